"""Who vouches for a number or a movement: a source, somebody who says so, or the writer alone."""

from __future__ import annotations

import pytest
from policies_read import proposals_of

from travesia.record.reading.nouns import Proposal

TOLD = [
    ("en", "According to IOM, some 400 people left Haiti in May.", ("org:iom",)),
    ("en", "Some 400 people left Haiti in May, according to IOM.", ("org:iom",)),
    ("en", "Panama said that 400 people had crossed the border in May.", ("cty:PAN",)),
    ("en", "Panama said on Monday some 400 people crossed the border in May.", ("cty:PAN",)),
    ("es", "Según la OIM, unas 400 personas salieron de Haití en mayo.", ("org:iom",)),
    ("es", "Panamá informó que 400 personas cruzaron la frontera en mayo.", ("cty:PAN",)),
    ("fr", "Selon l'OIM, quelque 400 personnes ont quitté Haïti en mai.", ("org:iom",)),
    ("fr", "Le Panama a indiqué que 400 personnes avaient franchi la frontière en mai.", ("cty:PAN",)),
    ("pt", "Segundo a OIM, cerca de 400 pessoas deixaram o Haiti em maio.", ("org:iom",)),
    ("pt", "O Panamá informou que 400 pessoas atravessaram a fronteira em maio.", ("cty:PAN",)),
]
ITS_OWN = [
    ("en", "Some 400 people left Haiti in May."),
    ("en", "Panama announced 3 million dollars."),
    ("en", "Some 400 people left Haiti in May; according to IOM, the road was closed."),
    ("es", "Panamá anunció 3 millones de dólares."),
    ("fr", "Le Panama a annoncé 3 millions de dollars."),
    ("pt", "O Panamá anunciou 3 milhões de dólares."),
]


@pytest.mark.parametrize(("language", "text", "source"), TOLD)
def test_a_figure_names_who_vouches_for_it(language: str, text: str, source: tuple[str, ...]) -> None:
    figure = _one(text, language, "figure")
    assert (figure.attribution, figure.certainty) == (source, "reported")


@pytest.mark.parametrize(("language", "text"), ITS_OWN)
def test_what_the_writer_tells_has_no_source(language: str, text: str) -> None:
    figure = _one(text, language, "figure")
    assert (figure.attribution, figure.certainty) == ((), "asserted")


def test_what_stands_in_quotation_marks_is_quoted() -> None:
    assert _one('"At least 400 people left Haiti in May," Panama said.', "en", "figure").certainty == "quoted"


def test_a_movement_names_who_counted_it() -> None:
    event = _one("According to IOM, some 400 people fled Haiti in May.", "en", "event")
    assert event.attribution == ("org:iom",)


def _one(text: str, language: str, kind: str) -> Proposal:
    (found,) = proposals_of(text, language, kind)
    return found
