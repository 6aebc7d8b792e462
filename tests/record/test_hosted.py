"""Whom the host of a meeting receives comes to that meeting, and to no other."""

from __future__ import annotations

import pytest
from participants import read, records, took_part

HOSTED = [
    ("en", "The Lima Summit was held on Friday. The host, Peruvian President Ana Ruiz, received Pedro Soto, "
           "the president of Chile."),
    ("es", "La Cumbre de Lima se celebró el viernes. La anfitriona, la presidenta peruana Ana Ruiz, recibió "
           "al presidente de Chile, Pedro Soto."),
    ("fr", "Le Sommet de Lima s'est tenu vendredi. L'hôte, la présidente péruvienne Ana Ruiz, a reçu "
           "le président du Chili, Pedro Soto."),
    ("pt", "A Cúpula de Lima realizou-se na sexta-feira. A anfitriã, a presidente peruana Ana Ruiz, recebeu "
           "o presidente do Chile, Pedro Soto."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), HOSTED)
def test_whom_the_host_receives_came_to_the_summit_told_before(language: str, text: str) -> None:
    reading = read(language, text)
    assert [one["kind"] for one in records(reading, "event")] == ["summit"]
    assert ("soto", "attended", "summit") in took_part(reading)
