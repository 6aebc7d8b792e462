"""Countries and nationalities: the shipped texts read by hand, names that mislead, every official name."""

from __future__ import annotations

import csv
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from names_found import found

TEXTS = Path(__file__).resolve().parents[3] / "shared" / "texts"
PARTNERS = "ARG BRA CAN CHL COL CRI ECU SLV GTM GUY HTI HND JAM MEX PAN PRY PER URY"
BY_HAND = {
    "en-dhs-2022-10-22": "VEN VEN VEN USA VEN USA VEN VEN VEN",
    "en-dhs-2023-07-25": "CUB HTI NIC VEN VEN CUB HTI NIC VEN USA USA",
    "en-fedreg-2022-10-19": "VEN VEN USA UKR VEN USA USA USA USA USA MEX PAN",
    "en-fedreg-2025-03-25": "CUB HTI NIC VEN USA USA USA",
    "en-state-2023-06-23": "USA BLZ USA BLZ USA BLZ",
    "en-usaid-2021-06-22": "VEN VEN VEN VEN VEN USA USA VEN VEN",
    "en-usaid-2022-09-26": "VEN VEN VEN VEN VEN VEN",
    "en-whitehouse-2021-10-08": "USA USA USA",
    "en-whitehouse-2022-06-10": "USA BLZ COL VEN COL VEN",
    "en-whitehouse-2022-09-27": f"{PARTNERS} USA USA",
    "es-state-2020-05-20": "USA VEN VEN VEN USA VEN VEN VEN",
    "es-state-2022-10-06": "USA PER USA USA",
    "es-state-2023-06-23": "USA BLZ USA BLZ USA BLZ",
    "fr-state-2018-06-20": "USA USA USA",
    "fr-state-2019-06-20": "USA SYR AFG SSD VEN",
    "fr-state-2021-10-20": "USA COL",
    "pt-embaixada-2018": "USA VEN BRA USA VEN USA VEN VEN COL USA COL VEN COL VEN",
    "pt-state-2019-04-10": "USA USA VEN VEN VEN USA VEN",
    "pt-state-2019-09-25": "USA USA VEN VEN VEN USA VEN VEN VEN",
    "pt-state-2023-03-23": "USA USA VEN VEN VEN VEN USA VEN USA USA USA VEN",
}


def codes(written: str, language: str) -> str:
    """Return the countries mentioned, in the order of the text."""
    return " ".join(m.entity[4:] for m in found(written, language)[1] if m.entity.startswith("cty:"))


@pytest.mark.parametrize("name", BY_HAND)
def test_each_country_of_the_shipped_texts(name: str) -> None:
    written = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    assert codes(written, name[:2]) == BY_HAND[name]


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "They ate turkey with Chad Wolf and met Jordan Bardella and a chad.", ""),
        (
            "en",
            "From Jordan, Syria and Lebanon; Chad, Sudan and Niger; Nigeria.",
            "JOR SYR LBN TCD SDN NER NGA",
        ),
        ("en", "Texas, Georgia and Florida sued. New Jersey did not.", ""),
        ("en", "Armenia and Georgia", "ARM GEO"),
        ("en", "Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", "GIN GNB GNQ PNG"),
        ("en", "Dominica and the Dominican Republic; Dominicans", "DMA DOM DOM"),
        ("en", "Northern Ireland and Ireland", "GBR IRL"),
        ("en", "South Korea, South Sudan, Sudan, American Samoa", "KOR SSD SDN ASM"),
        ("en", "Latin America, Latin American leaders, the American continent", ""),
        ("en", "JOIN US TODAY\nTHE US AND MEXICO AGREE\nlet us go", "USA MEX"),
        ("en", "The U.S.-Mexico border costs US$200 (8 U.S.C. 1157).", "USA MEX"),
        ("en", "A version in Spanish and in French. Spanish officials spoke.", "ESP"),
        ("en", "Venezuela’s crisis; Venezuelans; VENEZUELA", "VEN VEN VEN"),
        ("en", "The Bahamas, Grenada, and Haiti", "BHS GRD HTI"),
        ("en", "America’s promise to Americans in the UK", "USA USA GBR"),
        ("es", "EE. UU., los EEUU y los Estados Unidos Mexicanos", "USA USA MEX"),
        ("es", "en más de US$ 200 millones para Haití, Granada y Belice", "HTI GRD BLZ"),
        ("es", "la señora Guadalupe habla en español de Francia Márquez en Granada", ""),
        ("es", "haitianos, hondureñas, estadounidenses, norteamericanos", "HTI HND USA USA"),
        ("es", "el continente americano y los pueblos americanos", ""),
        ("fr", "les É.-U., le Salvador, les États‑Unis d’Amérique", "USA SLV USA"),
        (
            "fr",
            "Dominique Strauss-Kahn, Salvador Allende et François Hollande à la Réunion ministérielle",
            "",
        ),
        ("fr", "Guatemala, Honduras, Salvador et Haïti", "GTM HND SLV HTI"),
        ("fr", "les Vénézuéliennes et le président américain", "VEN USA"),
        ("fr", "le Congo, le Gabon et la RDC; Goma est calme", "COD GAB COD"),
        ("fr", "du Cap-Vert, du Congo, de la Côte d’Ivoire", "CPV COG CIV"),
        ("en", "Congo and Rwanda agreed.", "COD RWA"),
        ("fr", "du Guyana, d’Haïti, de Sainte-Lucie. Sainte-Lucie a dit.", "GUY HTI LCA LCA"),
        ("es", "Jamaica\nPanamá\nSanta Lucía", "JAM PAN LCA"),
        ("es", "la calle Santa Lucía; clases de español", ""),
        ("pt", "o Malawi, o Quénia e o Zimbabwe", "MWI KEN ZWE"),
        ("pt", "os EUA, o Peru, a República da Guiana e a Guiana Francesa", "USA PER GUY GUF"),
        ("pt", "o governo norte-americano e os latino-americanos em Salvador", "USA"),
    ],
)
def test_names_that_mislead(language: str, written: str, expected: str) -> None:
    assert codes(written, language) == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "the Kingdom of Eswatini and the Republic of Benin", "Kingdom of Eswatini|Republic of Benin"),
        ("es", "la República de Benín y la República Democrática del Congo",
         "República de Benín|República Democrática del Congo"),
        ("fr", "la République de Maurice et la République du Bénin",
         "République de Maurice|République du Bénin"),
        ("pt", "da República Democrática de Timor-Leste e da República de Angola",
         "República Democrática de Timor-Leste|República de Angola"),
        ("fr", "L'Union européenne et la Tunisie se fâchent", "Tunisie"),
    ],
)  # fmt: skip
def test_a_formal_name_is_the_country_whole(language: str, written: str, expected: str) -> None:
    states = [one for one in found(written, language)[1] if one.type == "GPE" and not one.nested]
    assert "|".join(written[one.start : one.end] for one in states) == expected


def _forms(*kinds: str) -> list[tuple[str, str, str]]:
    table = files("travesia.record.reading") / "gazetteer" / "countries.csv"
    return [
        (row["iso3"], row["language"], form)
        for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())
        if row["kind"] in kinds
        for form in row["forms"].split("|")
    ]


def _bare(form: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))


@given(st.sampled_from(_forms("official", "demonym")), st.booleans())
def test_an_official_name_or_a_nationality_means_its_own_country(
    form: tuple[str, str, str], bare: bool
) -> None:
    iso3, language, written = form
    shown = _bare(written) if bare else unicodedata.normalize("NFD", written)
    assert set(codes(f"{{{shown}}}", language).split()) == {iso3}


def test_every_name_means_its_own_country_unless_it_is_doubtful() -> None:
    wrong = {
        (iso3, language, form)
        for iso3, language, form in _forms("name", "official")
        if set(codes(f"{{{_bare(form)}}}", language).split()) != {iso3}
    }
    doubtful = "Chad|Georgia|Géorgie|Geórgia|Granada|Grenada|Jordan|Mauricio|Maurício"
    assert {form for _, _, form in wrong} == {
        *doubtful.split("|"),
        "Santa Lucía",
        "Sainte-Lucie",
        "Santa Lúcia",
    }


def test_offsets_are_those_of_the_original() -> None:
    written = "L’aide\u00a0: les\u202fÉtats\u2011Unis"
    (mention,) = found(written, "fr")[1]
    assert written[mention.start : mention.end] == "États\u2011Unis"
