"""Names that go on in small letters, titles in capitals, and meetings by their noun and place."""

from __future__ import annotations

import pytest
from names_found import lines

TYPES = ("ORG", "EVENT", "DOC", "GPE")


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("fr", "Le Conseil fédéral a ouvert la session.", ["Conseil fédéral = org:conseil-federal"]),
        (
            "fr",
            "La Cour administrative rejette le recours.",
            ["Cour administrative = org:cour-administrative"],
        ),
        (
            "fr",
            "au Collectif malien pour les droits",
            ["Collectif malien pour les droits = org:collectif-malien-pour-les-droits"],
        ),
        (
            "fr",
            "la Conférence mondiale sur les réfugiés rohingyas de Dhaka",
            [
                "Conférence mondiale sur les réfugiés = evt:conference-mondiale-sur-les-refugies",
                "Dhaka = plc:dhaka",
            ],
        ),
        # The capital may be the sentence's, and what follows a verb.
        ("fr", "Réunion sur la migration : rien de neuf", []),
        ("fr", "Le Comité rejette la demande.", []),
        (
            "fr",
            "la Convention de Genève relative au statut des réfugiés",
            [
                "Convention de Genève relative au statut des réfugiés = ins:refugee-convention",
                ">Genève = plc:geneva",
            ],
        ),
        ("pt", "o Governo federal amplia", ["Governo federal = org:governo-federal"]),
        (
            "es",
            "el Gobierno nacional y el Gobierno de Chile",
            ["Gobierno nacional = org:gobierno-nacional", "Chile = cty:CHL"],
        ),
        (
            "es",
            "DECLARACIÓN DE SALTO SOBRE MOVILIDAD\nLos presidentes",
            ["DECLARACIÓN DE SALTO SOBRE MOVILIDAD = ins:declaracion-de-salto-sobre-movilidad"],
        ),
        ("en", "JOINT COMMUNIQUÉ\nThe ministers", []),
    ],
)
def test_names_go_on_in_small_letters(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, *TYPES) == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "es",
            "La Conferencia de Solidaridad terminó. La conferencia de Kampala fue larga.",
            [
                "Conferencia de Solidaridad = evt:conferencia-de-solidaridad",
                "conferencia de Kampala = evt:conferencia-de-solidaridad",
            ],
        ),
        # The other conference has a city of its own.
        (
            "pt",
            "A Conferência de Bogotá e a conferência de Nairobi",
            [
                "Conferência de Bogotá = evt:conferencia-de-bogota",
                "conferência de Nairobi = evt:conferencia-de-nairobi",
            ],
        ),
        ("en", "before the Doha conference", ["Doha conference = evt:doha-conference"]),
    ],
)
def test_a_meeting_by_its_noun_and_place(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "EVENT") == expected
