"""Names of meetings by number or in small letters, and of storms."""

from __future__ import annotations

import pytest
from names_found import lines
from participants import read

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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La cumbre terminó con la Carta de Lima."),
        ("pt", "A cúpula terminou em Manaus sem acordo."),
        ("es", "La cumbre reunió en Lima a ocho países."),
        ("en", "Rosa Paz of the Andean Refugee Forum, a charity in Lima, urged governments to act."),
        ("es", "Lo pidió el Foro Migrante, una ONG de Lima."),
    ],
)
def test_a_verb_makes_no_name_of_a_meeting_and_a_charity_is_none(language: str, text: str) -> None:
    assert not [one for one in read(language, text)["mentions"] if one["type"] == "EVENT"]


def test_the_second_session_of_a_dialogue_is_one_meeting_with_its_guests() -> None:
    text = (
        "Le Chili a présidé jeudi à Lima la deuxième session du Dialogue Chili-Pérou sur les migrations. "
        "La Bolivie et l'Équateur y ont participé."
    )
    reading = read("fr", text)
    of = {one["fields"]["of"] for one in reading["records"] if one["type"] == "participation"}
    assert len(of) == 1
    assert "session" in of.pop()
