"""People by office, by full name, by surname, and by office alone at the document's date."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import pairwise

import pytest
from names_found import GAZETTEER, found, lines

AMLO = "per:andres-manuel-lopez-obrador"
BIDEN = "per:joe-biden"


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "President Joe Biden spoke. Biden left.", [f"Joe Biden = {BIDEN}", f"Biden = {BIDEN}"]),
        (
            "en",
            "Mexican President Andrés Manuel López Obrador came; Lopez Obrador and AMLO are one.",
            [f"{name} = {AMLO}" for name in ("Andrés Manuel López Obrador", "Lopez Obrador", "AMLO")],
        ),
        ("en", "Secretary Antony J. Blinken", ["Antony J. Blinken = per:antony-blinken"]),
        ("en", "Assistant to the Administrator Sarah Charles", ["Sarah Charles = per:sarah-charles"]),
        (
            "en",
            "U.S. Ambassador to the UN Linda Thomas-Greenfield",
            ["Linda Thomas-Greenfield = per:linda-thomas-greenfield"],
        ),
        (
            "en",
            "Chad Wolf met Jordan Bardella.",
            ["Chad Wolf = per:chad-wolf", "Jordan Bardella = per:jordan-bardella"],
        ),
        ("en", "Mr. Trudeau, Sen. Ted Cruz", ["Trudeau = per:justin-trudeau", "Ted Cruz = per:ted-cruz"]),
        ("en", "El Paso, San Juan Capistrano, New York and The White House", []),
        (
            "es",
            "el canciller Marcelo Ebrard; Ebrard",
            ["Marcelo Ebrard = per:marcelo-ebrard", "Ebrard = per:marcelo-ebrard"],
        ),
        (
            "es",
            "Xiomara Castro, presidenta de Honduras, y Nueva York",
            ["Xiomara Castro = per:xiomara-castro"],
        ),
        (
            "fr",
            "le président Duque et M. Lopez Obrador",
            ["Duque = per:ivan-duque", f"Lopez Obrador = {AMLO}"],
        ),
        ("fr", "le secrétaire d’État américain Antony Blinken", ["Antony Blinken = per:antony-blinken"]),
        ("pt", "o vice-presidente Hamilton Mourão", ["Hamilton Mourão = per:hamilton-mourao"]),
        (
            "pt",
            "a embaixadora dos Estados Unidos para a Organização das Nações Unidas, Linda Thomas-Greenfield",
            ["Linda Thomas-Greenfield = per:linda-thomas-greenfield"],
        ),
        ("es", "el ministro de Trabajo y Previsión Social, Juan Pérez", ["Juan Pérez = per:juan-perez"]),
        ("es", "la gobernadora de la provincia, Marta Ruiz", ["Marta Ruiz = per:marta-ruiz"]),
        ("fr", "la ministre tchadienne des Femmes, Amina Longoh", ["Amina Longoh = per:amina-longoh"]),
        (
            "fr",
            "le ministre malien des Affaires étrangères, Zoumana Diarra",
            ["Zoumana Diarra = per:zoumana-diarra"],
        ),
        ("es", "el Presidente de Perú, Mauricio Quesada; vino", ["Mauricio Quesada = per:mauricio-quesada"]),
        ("en", "chaired by H.E. Nimali Perera, Minister of Labour", ["Nimali Perera = per:nimali-perera"]),
        ("pt", "o ministro do Interior, Manuel Homem", ["Manuel Homem = per:manuel-homem"]),
        ("pt", "Gabinete do Porta-voz\nFolha Informativa", []),
    ],
)
def test_people_by_name(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "PER") == expected


@pytest.mark.parametrize(
    ("language", "published", "written", "expected"),
    [
        ("en", "2022-06-10", "the Mexican president stayed away", [f"Mexican president = {AMLO}"]),
        (
            "en",
            "2025-01-10",
            "the Mexican president stayed away",
            ["Mexican president = per:claudia-sheinbaum"],
        ),
        ("en", None, "the Mexican president stayed away", ["Mexican president = per:president-of-mex"]),
        ("en", "1999-01-01", "Brazil's president", ["Brazil's president = per:president-of-bra"]),
        (
            "es",
            "2022-06-10",
            "el presidente de El Salvador",
            ["presidente de El Salvador = per:nayib-bukele"],
        ),
        ("es", "2021-01-20", "el presidente estadounidense", [f"presidente estadounidense = {BIDEN}"]),
        (
            "es",
            "2021-01-19",
            "el presidente estadounidense",
            ["presidente estadounidense = per:donald-trump"],
        ),
        ("es", "2022-06-10", "el mandatario canadiense", ["mandatario canadiense = per:justin-trudeau"]),
        ("fr", "2022-06-10", "le président américain", [f"président américain = {BIDEN}"]),
        (
            "pt",
            "2019-04-10",
            "o vice-presidente Pence. O vice-presidente reconhece",
            ["vice-presidente = per:mike-pence"],
        ),
        ("en", "2022-06-10", "the former president; presidents; as President by law", []),
        (
            "en",
            "2022-10-10",
            "Presidents Biden and Petro met; the president left",
            ["president = per:president"],
        ),
        (
            "fr",
            "2019-06-20",
            "le Haut-Commissaire des Nations unies pour les réfugiés",
            ["Haut-Commissaire des Nations unies pour les réfugiés = per:filippo-grandi"],
        ),
    ],
)
def test_people_by_office_alone(language: str, published: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "PER_ROLE", published=published) == expected


def test_who_is_not_known_stays_without_a_name() -> None:
    entities, _ = found("the Mexican president", "en", None)
    assert not entities["per:president-of-mex"].named
    assert entities["per:president-of-mex"].roles == (("president", "cty:MEX"),)


def test_an_office_is_held_only_while_it_is_held() -> None:
    written = "President Donald Trump and Donald Trump"
    assert found(written, "en", "2019-01-01")[0]["per:donald-trump"].roles == (("president", "cty:USA"),)
    assert found("former President Trump", "en", "2022-01-01")[0]["per:donald-trump"].roles == ()


def test_a_surname_that_two_people_share_waits_for_a_full_name() -> None:
    written = "Castro waits. Xiomara Castro came, and Castro spoke. Raúl Castro stayed; Castro"
    assert lines(written, "en", "PER") == [
        "Xiomara Castro = per:xiomara-castro",
        "Castro = per:xiomara-castro",
        "Raúl Castro = per:raul-castro",
    ]


def test_an_office_has_one_holder_at_a_time() -> None:
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in GAZETTEER.tenures:
        assert not row.last or row.first < row.last
        rows.setdefault((row.office, row.of), []).append((row.first, row.last or "9999-12-31"))
    for office, spans in rows.items():
        ordered = sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered)), office


def test_each_tenure_says_what_it_rests_on() -> None:
    table = files("travesia.record.reading") / "gazetteer" / "offices.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert {row["basis"] for row in rows} == {"recollection"}
    assert len(rows) == len(GAZETTEER.tenures)


CALLED = [
    ("en", "Espera Kalundi, a seamstress from Bukavu, got hers.", "Espera Kalundi"),
    ("en", "Hannek Broits, who grows oranges by the river, lost sleep.", "Hannek Broits"),
    ("en", "They thanked the council. The lawyer Yanir Poll left.", "Yanir Poll"),
    ("es", "El boliviano Sevro Apazza sí acudió.", "Sevro Apazza"),
    ("es", "«Aquí estamos», relató Yormar Peñalosa, un mecánico de 34 años.", "Yormar Peñalosa"),
    ("es", "La abogada Yanirza Polanko habló después.", "Yanirza Polanko"),
    ("fr", "Une comptable de Cúcuta attend. L'avocat Rejan Perrasse plaide.", "Rejan Perrasse"),
    ("fr", "Modouk Dialla, 31 ans, ne sort plus que la nuit.", "Modouk Dialla"),
    ("pt", "Em Tabatinga, a barqueira Neidde Kurico leva passageiros.", "Neidde Kurico"),
    ("pt", "Fatumma Kapingga, 52, vende óleo no posto.", "Fatumma Kapingga"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "written", "name"), CALLED)
def test_a_calling_a_nationality_or_an_age_tells_a_person(language: str, written: str, name: str) -> None:
    assert name in [one.partition(" = ")[0] for one in lines(written, language, "PER")]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Mozambique, asked to do the same at Ressanno Garcina, said no."),
        ("pt", "Em São Vicente Novo, garantiu a ministra, nada muda."),
        ("es", "La caravana salió de Ciudad Alemana, 12 de mayo, a pie."),
        ("fr", "L'association Passerelles Sahelo dénonce des expulsions."),
    ],
)
def test_places_and_bodies_are_no_people_for_a_verb_beside_them(language: str, written: str) -> None:
    assert lines(written, language, "PER") == []
