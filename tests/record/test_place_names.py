"""Places that a noun tells, and names with their acronym in brackets."""

from __future__ import annotations

import pytest
from names_found import lines

PLACES = ("LOC", "GPE", "BORDER")


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "They crossed the Songwe River at night.", ["Songwe River = plc:songwe"]),
        (
            "en",
            "in the Goz and Kyangwali settlements; Kyangwali is full",
            ["Goz = plc:goz", "Kyangwali settlements = plc:kyangwali", "Kyangwali = plc:kyangwali"],
        ),
        ("en", "the Mocoron refugee camp", ["Mocoron refugee camp = plc:mocoron"]),
        ("en", "through the border town of Umm Dukhun", ["Umm Dukhun = plc:umm-dukhun"]),
        ("en", "in Wadi Fira province", ["Wadi Fira = plc:wadi-fira"]),
        ("en", "The river and the camp are near. A Canadian island", []),
        (
            "es",
            "el campamento de refugiados de Tongogara",
            ["campamento de refugiados de Tongogara = plc:tongogara"],
        ),
        ("es", "en los municipios de Unguía y Riosucio", ["Unguía = plc:unguia", "Riosucio = plc:riosucio"]),
        ("es", "abrirá un centro de acogida en marzo", []),
        ("es", "la costa de Libia", ["Libia = cty:LBY"]),
        ("fr", "au camp de Gado-Badzéré", ["camp de Gado-Badzéré = plc:gado-badzere"]),
        ("fr", "les provinces du Sila et du Wadi Fira", ["Sila = plc:sila", "Wadi Fira = plc:wadi-fira"]),
        (
            "fr",
            "sur le fleuve Logone ; le Logone déborde",
            ["fleuve Logone = plc:logone", "Logone = plc:logone"],
        ),
        ("pt", "no assentamento do Lóvua", ["assentamento do Lóvua = plc:lovua"]),
        (
            "pt",
            "atravessaram o rio Songwe para a Tanzânia",
            ["rio Songwe = plc:songwe", "Tanzânia = cty:TZA"],
        ),
        ("pt", "os deslocados de Cabo Delgado", ["Cabo Delgado = plc:cabo-delgado"]),
        ("pt", "um abrigo em Zumbo", []),
    ],
)
def test_a_noun_tells_a_place(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, *PLACES) == expected


def test_a_crossing_is_a_border() -> None:
    assert lines("por el paso fronterizo de Masnaa", "es", *PLACES) == [
        "paso fronterizo de Masnaa = plc:masnaa"
    ]
    assert lines("por el paso fronterizo de Masnaa", "es", "BORDER") != []


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "en",
            "the World Food Programme (WFP) said; WFP warned",
            ["World Food Programme (WFP) = org:wfp", "WFP = org:wfp"],
        ),
        # What a head tells is known by its acronym.
        (
            "es",
            "la Agencia Mundial para los Refugiados (ACNUR)",
            ["Agencia Mundial para los Refugiados (ACNUR) = org:unhcr"],
        ),
        (
            "pt",
            "o Ministério do Desenvolvimento Social (MDS) informa; o MDS pagará",
            [
                "Ministério do Desenvolvimento Social (MDS) = org:ministerio-do-desenvolvimento-social",
                "MDS = org:ministerio-do-desenvolvimento-social",
            ],
        ),
        ("fr", "la Commission européenne (lundi)", ["Commission européenne = org:european-commission"]),
    ],
)
def test_an_acronym_in_brackets_belongs_to_the_name(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "ORG") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "en",
            "The Federal Court ruled. The Court gave a month. A court may.",
            ["Federal Court = org:federal-court", "Court = org:federal-court"],
        ),
        (
            "es",
            "el Consejo Nacional de Migración; el Consejo decidirá",
            [
                "Consejo Nacional de Migración = org:consejo-nacional-de-migracion",
                "Consejo = org:consejo-nacional-de-migracion",
            ],
        ),
        # A ministry alone is its state's, and its state acts.
        (
            "pt",
            "o Ministério da Pesca; o Ministério pagará",
            ["Ministério da Pesca = org:ministerio-da-pesca"],
        ),
    ],
)
def test_a_body_named_before_may_stand_by_its_noun(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "ORG") == expected
