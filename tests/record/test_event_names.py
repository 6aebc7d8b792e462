"""Names of meetings by number or in small letters, and of storms."""

from __future__ import annotations

import pytest
from names_found import lines

NAMED = [
    ("en", "for the third meeting of the Border Forum", "third meeting of the Border Forum"),
    ("en", "co-chaired the 4th session of the Joint Committee", "4th session of the Joint Committee"),
    ("en", "displaced by Hurricane Delmar", "Hurricane Delmar"),
    ("es", "la séptima sesión del Grupo Migratorio", "séptima sesión del Grupo Migratorio"),
    ("es", "lo que deja la cumbre migratoria de Antigua", "cumbre migratoria de Antigua"),
    ("es", "tras el huracán Óscar", "huracán Óscar"),
    ("fr", "a présidé la deuxième session du Dialogue Tchad", "deuxième session du Dialogue Tchad"),
    ("fr", "après l'ouragan Béryl", "ouragan Béryl"),
    ("pt", "a III Comissão Mista para a Mobilidade", "III Comissão Mista para a Mobilidade"),
    ("pt", "na cimeira extraordinária da CPLP", "cimeira extraordinária da CPLP"),
    ("pt", "por causa do furacão Beryl", "furacão Beryl"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "written", "name"), NAMED)
def test_an_event_is_named_by_number_adjective_or_storm(language: str, written: str, name: str) -> None:
    found = [one.partition(" = ")[0] for one in lines(written, language, "EVENT")]
    assert [one for one in found if not one.startswith(">")] == [name]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "the third meeting of the day"),
        ("es", "una cumbre celebrada en Lima"),
        ("es", "una cumbre extraordinaria sin fecha"),
        ("fr", "un sommet organisé à Lima"),
        ("pt", "uma cúpula marcada para Lima"),
    ],
)
def test_what_only_tells_of_a_meeting_is_no_name(language: str, written: str) -> None:
    assert lines(written, language, "EVENT") == []
