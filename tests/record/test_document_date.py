"""The document's own date: where it is printed, and what bounds it where it is not."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from date_cases import as_text

from travesia.record.reading.dates import document_date

TEXTS = Path(__file__).parents[3] / "shared" / "texts"
PRINTED = [
    ("en", "Release Date: October 22, 2022\n\nWASHINGTON – On October 12, 2022, it began.", "2022-10-22"),
    ("en", "A fact sheet\nJune 10, 2022\n\nThe plan was signed on June 9, 2022.", "2022-06-10"),
    ("en", "LOS ANGELES, June 10, 2022 (Wire) - Leaders signed.", "2022-06-10"),
    ("en", "FOR IMMEDIATE RELEASE\nFriday, June 10, 2022\n\nIt began.", "2022-06-10"),
    ("en", "By Ana Paz | June 10, 2022\nLeaders signed.", "2022-06-10"),
    ("en", "[Federal Register Volume 87, Number 201 (Wednesday, October 19, 2022)]\nNotices", "2022-10-19"),
    ("es", "Centro de Medios\n6 de octubre de 2022\n\nBuenas tardes.", "2022-10-06"),
    ("es", "Ciudad de México, 10 de junio de 2022.- El presidente dijo.", "2022-06-10"),
    ("es", "Fecha de publicación: 10 de junio de 2022\nEl presidente dijo.", "2022-06-10"),
    ("fr", "Bureau du porte-parole\nLe 20 octobre 2021\n\nIl est vital.", "2021-10-20"),
    ("fr", "Paris, le 10 juin 2022 – Le président a dit.", "2022-06-10"),
    ("fr", "Publié le 10 juin 2022 à 14h30\nLe président a dit.", "2022-06-10"),
    ("pt", "Folha Informativa\n23 de março de 2023\n\nOs Estados Unidos são.", "2023-03-23"),
    ("pt", "Brasília, 10 de junho de 2022 – O presidente disse.", "2022-06-10"),
    ("pt", "Publicado em 10/06/2022\nO presidente disse.", "2022-06-10"),
    ("en", "COMMUNIQUÉ\nThird Meeting\nLima, 9–10 June 2022\n\n1. The ministers met.", "2022-06-10"),
    ("en", "Notice\n\nIt ends in 2025.\n\nDated at Lima this 9th day of June 2022.", "2022-06-09"),
    (
        "es",
        "Firman un acuerdo\n\nLima, 10 de junio de 2022 (Radio Andina). Diez países firmaron.",
        "2022-06-10",
    ),
    (
        "es",
        "Declaración\n\nAcuerdan ayudar.\n\nHecho en Lima, el 10 de junio de 2022, en dos copias.",
        "2022-06-10",
    ),
    (
        "fr",
        "Ministère\nPoint de presse du porte-parole – Paris, le 10 juin 2022\n\nQ : Quand ?",
        "2022-06-10",
    ),
    ("pt", "Declaração\n\nDecidem ajudar.\n\nFeito em Lima, aos 10 de junho de 2022.", "2022-06-10"),
]


@pytest.mark.parametrize(("language", "original", "day"), PRINTED)
def test_printed(language, original, day):
    found = document_date(as_text(original, language))
    assert (found.value, found.earliest, found.latest, found.certainty) == (day, day, day, "stated")


@pytest.mark.parametrize(
    ("language", "original", "value", "earliest", "latest"),
    [
        # A weekday settles the year of what is past; what is to come settles that it is not over yet.
        ("fr", "La cour a suspendu la fin de la mesure lundi 19 décembre. Elle devait expirer le mercredi"
               " 21 décembre. Un sommet aura lieu les 9 et 10 janvier 2023.",
         "2022-12-20", "2022-12-19", "2022-12-21"),
        ("en", "On Monday, September 26, 2022, they met.", "2022-09-26", "2022-09-26", None),
        ("en", "The plan will begin on October 18, 2022.", None, None, "2022-10-18"),
        ("en", "It was announced in October 2022. It grew.", None, "2022-10-01", None),
        ("en", "The first summit was held in 1994.", None, None, None),
        ("en", "Permits that have not expired by April 24, 2025 are void.", None, None, None),
        ("en", "In 2021, it grew. On June 17 they gave to the 2021 plan.", "2021-06-17", "2021-06-17", None),
        ("es", "El acuerdo fue firmado el 10 de junio de 2022 y comenzará en agosto de 2022.",
         "2022-06-10", "2022-06-10", "2022-08-31"),
        ("pt", "Não há data aqui.", None, None, None),
        ("unknown", "Am 10. Juni 2022.", None, None, None),
    ],
)  # fmt: skip
def test_inferred(language, original, value, earliest, latest):
    found = document_date(as_text(original, language))
    assert (found.value, found.earliest, found.latest, found.certainty) == (
        value,
        earliest,
        latest,
        "inferred",
    )
    assert found.basis


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the shared texts are not here")
def test_public_texts_print_their_date_or_bound_it():
    with (TEXTS / "index.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    stated = 0
    for row in rows:
        found = document_date(as_text((TEXTS / row["file"]).read_text(encoding="utf-8"), row["language"]))
        if found.certainty == "stated":
            stated += 1
            assert found.value == row["date"], row["file"]
        if len(row["date"]) == len("2022-06-10"):
            # One notice was printed the day after what it announces had begun.
            eve = (date.fromisoformat(row["date"]) - timedelta(days=1)).isoformat()
            assert (found.earliest or "") <= row["date"], row["file"]
            assert eve <= (found.latest or "9"), row["file"]
    assert stated == 8
