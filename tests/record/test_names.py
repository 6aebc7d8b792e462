"""Capitals that act, organisations, groups, borders, events, instruments, places, and what is nested."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from names_found import GAZETTEER, found, lines

US_MEXICO = "plc:border-mex-usa"


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "en",
            "Washington said so. In Washington, officials in Caracas said nothing.",
            ["Washington = cty:USA"],
        ),
        ("en", "talks between Washington and Caracas", ["Washington = cty:USA", "Caracas = cty:VEN"]),
        ("en", "the road between Bogotá and Quito; flights to Washington", []),
        ("en", "Washington has accused Caracas of fraud.", ["Washington = cty:USA", "Caracas = cty:VEN"]),
        ("en", "WASHINGTON - The law passed.\nWASHINGTON (AP) — President Biden", []),
        ("en", "Washington State and George Washington said", []),
        ("en", "The White House said it would; they met at the White House.", ["White House = cty:USA"]),
        (
            "es",
            "Según Caracas, Washington y La Habana firmaron un acuerdo en Caracas.",
            ["Caracas = cty:VEN", "Washington = cty:USA", "La Habana = cty:CUB"],
        ),
        (
            "fr",
            "Washington accuse Pékin. À Washington, le gouvernement de Caracas.",
            ["Washington = cty:USA", "Pékin = cty:CHN", "Caracas = cty:VEN"],
        ),
        ("fr", "Bruxelles a promis une aide.", ["Bruxelles = org:eu"]),
        ("pt", "Kinshasa comprometeu-se; em Luanda", ["Kinshasa = cty:COD"]),
        ("en", "Ottawa doubles places. Ottawa residents fled.", ["Ottawa = cty:CAN"]),
        ("en", 'Its minister said Nassau "will not sign".', ["Nassau = cty:BHS"]),
        (
            "en",
            "It gave $80 million to Tunis, and Kigali denies it.",
            ["Tunis = cty:TUN", "Kigali = cty:RWA"],
        ),
        ("en", "Orders from Ankara; people from Ankara.", ["Ankara = cty:TUR"]),
        ("es", "«No», respondió Quito. Pidió a Atenas que actúe.", ["Quito = cty:ECU", "Atenas = cty:GRC"]),
        ("es", "Nairobi duplica la ayuda. En Nairobi duplican.", ["Nairobi = cty:KEN"]),
        (
            "fr",
            "Nous demandons à Bakou de cesser, si Erevan le souhaite.",
            ["Bakou = cty:AZE", "Erevan = cty:ARM"],
        ),
        ("fr", "Ottawa ajoutera des places. Il vit à Ottawa.", ["Ottawa = cty:CAN"]),
        (
            "pt",
            "Lisboa concede vistos. Pediu a Washington que recue.",
            ["Lisboa = cty:PRT", "Washington = cty:USA"],
        ),
        (
            "pt",
            "Brasília e Washington assinaram um acordo em Brasília. O Itamaraty informou.",
            ["Brasília = cty:BRA", "Washington = cty:USA", "Itamaraty = cty:BRA"],
        ),
    ],
)
def test_a_capital_stands_for_a_government_where_it_acts(
    language: str, written: str, expected: list[str]
) -> None:
    assert lines(written, language, "GPE_METONYM") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "en",
            "the International Organization for Migration (IOM); OIM",
            ["International Organization for Migration (IOM) = org:iom"],
        ),
        ("en", "the Department of Justice", ["Department of Justice = org:doj"]),
        ("en", "the U.S. Department of Justice", ["U.S. Department of Justice = org:us-doj"]),
        ("fr", "la Chambre des représentants", ["Chambre des représentants = org:house"]),
        ("es", "la OIM, la OEA y el BID", ["OIM = org:iom", "OEA = org:oas", "BID = org:idb"]),
        ("fr", "le HCR et l’ONU", ["HCR = org:unhcr", "ONU = org:un"]),
        ("es", "Acnur informó", ["Acnur = org:unhcr"]),
        (
            "en",
            "the Migration Policy Center (MPC). The MPC said.",
            [
                "Migration Policy Center (MPC) = org:migration-policy-center",
                "MPC = org:migration-policy-center",
            ],
        ),
        (
            "es",
            "la Comisión Nacional de los Derechos Humanos (CNDH) de México y la CNDH",
            [
                "Comisión Nacional de los Derechos Humanos (CNDH) = "
                "org:comision-nacional-de-los-derechos-humanos",
                "CNDH = org:comision-nacional-de-los-derechos-humanos",
            ],
        ),
        (
            "en",
            "the Ministry of Foreign Affairs of Brazil",
            ["Ministry of Foreign Affairs of Brazil = org:bra-foreign-ministry"],
        ),
        (
            "en",
            "The U.S. government appealed to the Supreme Court on Tuesday.",
            ["U.S. government = org:us-government", "Supreme Court = org:us-supreme-court"],
        ),
        ("en", "the National Security Council", ["National Security Council = org:us-nsc"]),
        ("es", "la Corte Suprema de Chile", ["Corte Suprema de Chile = org:chl-supreme-court"]),
        ("en", "GO WITH ICE\nwho and us", []),
        ("en", "House Speaker Nancy Pelosi", []),
        ("en", "Homeland Security Advisor Liz Sherwood-Randall", []),
        (
            "es",
            "el Alto Comisionado de las Naciones Unidas para los Refugiados",
            [
                "Alto Comisionado de las Naciones Unidas para los Refugiados = org:unhcr",
                ">Naciones Unidas = org:un",
            ],
        ),
        (
            "pt",
            "o Departamento de Estado dos Estados Unidos",
            ["Departamento de Estado dos Estados Unidos = org:us-state-department"],
        ),
        ("es", "el Gobierno chileno y el gobierno chileno", ["Gobierno chileno = org:chl-government"]),
        ("fr", "l’armée congolaise", ["armée congolaise = org:cod-armee-congolaise"]),
        (
            "en",
            "the Chadian army and New Zealand Red Cross",
            [
                "Chadian army = org:tcd-chadian-army",
                "New Zealand Red Cross = org:new-zealand-red-cross",
                ">Red Cross = org:red-cross",
            ],
        ),
        ("fr", "à l’ambassade de France", ["ambassade de France = org:fra-embassy"]),
        (
            "pt",
            "a Embaixada do Brasil em Lima",
            [
                "Embaixada do Brasil em Lima = org:bra-embassy",
            ],
        ),
    ],
)
def test_organisations(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "ORG") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "en",
            "Venezuelan migrants and refugees",
            ["Venezuelan migrants and refugees = grp:ven-migrants-and-refugees"],
        ),
        (
            "en",
            "Cuban, Haitian and Nicaraguan migrants",
            ["Cuban, Haitian and Nicaraguan migrants = grp:migrants"],
        ),
        (
            "en",
            "asylum seekers from Haiti; migrants from Cuba, Haiti and Peru",
            ["asylum seekers = grp:hti-asylum-seekers", "migrants = grp:migrants"],
        ),
        ("en", "the UN High Commissioner for Refugees", []),
        (
            "es",
            "los refugiados y los migrantes venezolanos",
            ["refugiados y los migrantes venezolanos = grp:ven-migrants-and-refugees"],
        ),
        ("fr", "les demandeurs d’asile haïtiens", ["demandeurs d’asile haïtiens = grp:hti-asylum-seekers"]),
        ("pt", "foram deslocados; refugiados", ["refugiados = grp:refugees"]),
        ("en", "Venezuelan nationals; nationals", ["Venezuelan nationals = grp:ven-nationals"]),
        (
            "fr",
            "les ressortissants du Honduras et du Salvador",
            ["ressortissants du Honduras et du Salvador = grp:nationals"],
        ),
        (
            "es",
            "refugiados sirios, afganos y sudaneses",
            ["refugiados sirios, afganos y sudaneses = grp:refugees"],
        ),
        ("fr", "travailleurs haïtiens et cubains", ["travailleurs haïtiens et cubains = grp:workers"]),
        ("pt", "mulheres afegãs; mulheres", ["mulheres afegãs = grp:afg-women"]),
        (
            "en",
            "a Danish delegation; heads of delegation of Peru and Chile",
            ["Danish delegation = grp:dnk-delegation"],
        ),
    ],
)
def test_groups(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "GROUP") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "at the U.S.-Mexico border", [f"U.S.-Mexico border = {US_MEXICO}"]),
        ("en", "along the southwest border", [f"southwest border = {US_MEXICO}"]),
        (
            "en",
            "the border between Haiti and the Dominican Republic",
            ["border between Haiti and the Dominican Republic = plc:border-dom-hti"],
        ),
        ("en", "Mexico’s southern border", ["Mexico’s southern border = plc:border-mex-south"]),
        ("en", "at the border Venezuelans wait", []),
        ("es", "la frontera sur de Estados Unidos", [f"frontera sur de Estados Unidos = {US_MEXICO}"]),
        ("es", "la frontera colombo-venezolana", ["frontera colombo-venezolana = plc:border-col-ven"]),
        (
            "fr",
            "la frontière entre le Mexique et les États-Unis",
            [f"frontière entre le Mexique et les États-Unis = {US_MEXICO}"],
        ),
        ("fr", "aux États-Unis, la frontière mexicaine", [f"frontière mexicaine = {US_MEXICO}"]),
        ("pt", "na fronteira com a Venezuela", ["fronteira com a Venezuela = plc:border-ven"]),
    ],
)
def test_borders(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "BORDER") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "en",
            "the Los Angeles Declaration on Migration and Protection. The Declaration seeks",
            [
                "Los Angeles Declaration on Migration and Protection = ins:los-angeles-declaration",
                "Declaration = ins:los-angeles-declaration",
            ],
        ),
        (
            "en",
            "the Ninth Summit of the Americas; the Summit",
            [
                "Ninth Summit of the Americas = evt:summit-of-the-americas",
                "Summit = evt:summit-of-the-americas",
            ],
        ),
        (
            "es",
            "la X Cumbre de Líderes de América del Norte",
            ["X Cumbre de Líderes de América del Norte = evt:north-american-leaders-summit"],
        ),
        (
            "fr",
            "le « Titre 42 » et le sommet des Amériques",
            ["Titre 42 = pol:title-42", "sommet des Amériques = evt:summit-of-the-americas"],
        ),
        (
            "pt",
            "o Título 42 e a Cúpula das Américas",
            ["Título 42 = pol:title-42", "Cúpula das Américas = evt:summit-of-the-americas"],
        ),
        (
            "pt",
            "A Lei nº 13.445, de 24 de maio de 2017, e a Lei nº 13.445",
            ["Lei nº 13.445, de 24 de maio de 2017 = ins:lei-no-13-445", "Lei nº 13.445 = ins:lei-no-13-445"],
        ),
        (
            "es",
            "el Decreto Supremo N° 021-2025-IN",
            ["Decreto Supremo N° 021-2025-IN = ins:decreto-supremo-n-021-2025-in"],
        ),
        (
            "fr",
            "l’arrêté numéro 2023-006 du 14 juin 2023; une loi de 2019",
            ["arrêté numéro 2023-006 du 14 juin 2023 = ins:arrete-numero-2023-006"],
        ),
    ],
)
def test_events_and_instruments(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "EVENT", "DOC") == expected


def test_a_seat_is_a_place_where_something_happens_there() -> None:
    written = "They met at the White House. The officials of the White House left."
    assert lines(written, "en", "LOC", "ORG") == [
        "White House = plc:white-house",
        "White House = org:white-house",
    ]


def test_a_region_is_no_country() -> None:
    written = "Central American leaders in Latin America, the Togolese Republic"
    expected = ["Central American = plc:central-america", "Togolese Republic = cty:TGO"]
    assert lines(written, "en", "NORP", "GPE") == expected


def test_what_lies_inside_a_longer_name_is_nested() -> None:
    written = (
        "the Los Angeles Declaration, the Mexican president, the U.S.-Mexico border, Venezuelan migrants"
    )
    assert lines(written, "en", "GPE", "NORP") == [
        ">Los Angeles = plc:los-angeles",
        ">Mexican = cty:MEX",
        ">U.S. = cty:USA",
        ">Mexico = cty:MEX",
        ">Venezuelan = cty:VEN",
    ]


def test_places_of_a_pack_are_found_beside_those_known() -> None:
    rows = [
        {"id": "hn-trojes", "name": "Trojes", "country": "HND"},
        {"id": "co-ipiales", "name": "Ipiales (Rumichaca)", "country": "COL"},
        {"id": "us-los-angeles", "name": "Los Angeles", "country": "USA"},
    ]
    entities, mentions = found("De Trojes a Rumichaca y Los Angeles", "es", None, GAZETTEER.with_places(rows))
    assert [m.entity for m in mentions] == ["plc:hn-trojes", "plc:co-ipiales", "plc:los-angeles"]
    assert entities["plc:hn-trojes"].country == "HND"


LETTERS = st.text(alphabet=st.sampled_from("ABCDabcdé \n.,-'’“”()$ \u00a0\u0301"), max_size=40)
NAMES = st.sampled_from(
    [
        "the President",
        "Joe Biden",
        "Mexico",
        "U.S.",
        "border with",
        "between",
        "Washington",
        "and",
        "Ministry of",
        "(ABC)",
        "migrants",
        "la frontera",
        "Declaration",
        "of the",
        "Haitian",
        "Secretary",
        "Chad",
        "New Mexico",
        "É.-U.",
        "l’Équateur",
    ]
)


@given(
    st.lists(st.one_of(NAMES, LETTERS), max_size=25).map(" ".join), st.sampled_from(["en", "es", "fr", "pt"])
)
def test_mentions_of_any_text_stand_in_it_and_never_cross(written: str, language: str) -> None:
    entities, mentions = found(written, language)
    assert {m.entity for m in mentions} == set(entities)
    assert list(mentions) == sorted(mentions, key=lambda m: (m.start, -m.end))
    for m in mentions:
        assert 0 <= m.start < m.end <= len(written)
        assert m.nested == any(o != m and o.holds(m) for o in mentions)
    for a in mentions:
        assert all(a.holds(b) or b.holds(a) for b in mentions if a.overlaps(b))
