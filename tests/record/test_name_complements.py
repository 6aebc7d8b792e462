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
            "En Kampala terminó la Conferencia de Solidaridad. La conferencia de Kampala fue larga.",
            [
                "Conferencia de Solidaridad = evt:conferencia-de-solidaridad",
                "conferencia de Kampala = evt:conferencia-de-solidaridad",
            ],
        ),
        # Nothing says that the Andean summit was in Bogotá.
        (
            "es",
            "La Cumbre Andina terminó el viernes. La próxima cumbre de Bogotá será en julio.",
            ["Cumbre Andina = evt:cumbre-andina", "cumbre de Bogotá = evt:cumbre-de-bogota"],
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


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        (
            "fr",
            "Le tribunal administratif de Lille a statué.",
            ["tribunal administratif de Lille = org:tribunal-administratif-de-lille", ">Lille = plc:lille"],
        ),
        (
            "fr",
            "la cour d’appel de Bordeaux",
            ["cour d’appel de Bordeaux = org:cour-d-appel-de-bordeaux", ">Bordeaux = plc:bordeaux"],
        ),
        ("es", "un tribunal rechazó la medida en Lima", ["Lima = plc:lima"]),
        (
            "es",
            "la guerra de Etiopía contra Eritrea",
            [
                "guerra de Etiopía contra Eritrea = evt:guerra-de-etiopia-contra-eritrea",
                ">Etiopía = cty:ETH",
                ">Eritrea = cty:ERI",
            ],
        ),
        ("es", "la guerra en Sudán", ["Sudán = cty:SDN"]),
        ("fr", "L’opposition proteste.", ["opposition = org:opposition"]),
        ("fr", "l’opposition à ce projet", []),
    ],
)
def test_courts_wars_and_the_opposition(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, *TYPES, "LOC") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("es", "y Washington pagará los vuelos", ["Washington = cty:USA"]),
        ("es", "en Bogotá y Washington ciudad", []),
        ("pt", "o governo em Washington recuou", ["Washington = cty:USA"]),
        ("pt", "caso Caracas volte a negociar", ["Caracas = cty:VEN"]),
        ("es", "defendió la exclusión de Managua", ["Managua = cty:NIC"]),
        ("es", "en la Casa de Gobierno, en Lima", []),
    ],
)
def test_a_capital_acts_after_and(language: str, written: str, expected: list[str]) -> None:
    assert lines(written, language, "GPE_METONYM") == expected


@pytest.mark.parametrize(
    ("language", "written", "expected"),
    [
        ("en", "Kenyan diplomats said so", ["GROUP Kenyan diplomats = grp:ken-diplomats"]),
        ("pt", "segundo diplomatas noruegueses", ["GROUP diplomatas noruegueses = grp:nor-diplomats"]),
        ("en", "the ambassadors of Chad and Mali", []),
        ("es", "dijo un diplomático chileno", ["PER_ROLE diplomático chileno = per:diplomat-of-chl"]),
        ("es", "un diplomático lo dijo", []),
        ("fr", "500 réfugiés évacués de Libye", ["GROUP réfugiés évacués de Libye = grp:lby-refugees"]),
        ("fr", "500 réfugiés arrivés de Libye", ["GROUP réfugiés = grp:refugees"]),
    ],
)
def test_people_with_their_nationality(language: str, written: str, expected: list[str]) -> None:
    groups = [f"GROUP {line}" for line in lines(written, language, "GROUP")]
    assert groups + [f"PER_ROLE {line}" for line in lines(written, language, "PER_ROLE")] == expected


FIRST_WORDS = [
    "La II Cumbre Ministerial de Movilidad Humana terminó. La Cumbre Ministerial reunió a diez países.",
    "La II Cumbre Andina terminó el viernes. La Cumbre Andina reunió a diez países.",
    "La Cumbre Regional sobre Migración terminó. La Cumbre Regional reunió a diez países.",
]


@pytest.mark.parametrize("text", FIRST_WORDS)
def test_a_meeting_is_named_once_however_much_of_its_name_is_said(text: str) -> None:
    named = [one.partition(" = ")[2] for one in lines(text, "es", "EVENT")]
    assert len(named) == 2
    assert len(set(named)) == 1


def test_the_first_words_of_a_name_are_the_meeting_named_in_full() -> None:
    text = "La Cumbre del Caribe sobre Migración terminó el viernes. La Cumbre del Caribe reunió a diez."
    named = [one.partition(" = ")[2] for one in lines(text, "es", "EVENT")]
    assert named == ["evt:cumbre-del-caribe-sobre-migracion"] * 2
