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
    # A title's line ends with the date, set off from a name; the first prose says nothing of it.
    ("en", "Lake Institute\nPolicy brief no. 12 | 20 February 2024\n\nOn 8 February they met.", "2024-02-20"),
    ("en", "Committee on Roads\nInterim report, 14 August 2025\n\nIt met on 6 May.", "2025-08-14"),
    ("es", "Balance de visas\n\nNota n.º 14. 22 de julio de 2025\n\nFirmó el 4 de junio.", "2025-07-22"),
    ("fr", "Le port\n\nDe notre envoyée à Lima, 12 octobre 2024\n\nDemain, il pleut.", "2024-10-12"),
    ("fr", "Commission des lois\nRapport\nDéposé le 23 janvier 2026 par Mme Paz\n\nIl pleut.", "2026-01-23"),
    ("fr", "Résumé de la séance du mardi 29 octobre 2024\n\nLe comité se réunit.", "2024-10-29"),
    ("pt", "OIM\nHaiti | dados até 30 de abril de 2025\n\nEm abril choveu.", "2025-04-30"),
    ("pt", "RESUMO DO DIÁRIO – Seção 1, edição de 5 de dezembro de 2025\n\nPortaria.", "2025-12-05"),
    ("es", "Comunicado\n\nBogotá, D. C., 17 de agosto de 2023. El Ministerio informa.", "2023-08-17"),
    ("pt", "Declaração\n\nDecidem ajudar.\n\nFeito em Lima, aos 10 de junho de 2022.", "2022-06-10"),
]


@pytest.mark.parametrize(("language", "original", "day"), PRINTED)
def test_printed(language, original, day):
    found = document_date(as_text(original, language))
    assert (found.value, found.earliest, found.latest, found.certainty) == (day, day, day, "stated")


@pytest.mark.parametrize(
    ("language", "original", "month", "last"),
    [
        ("en", "Who pays?\n\nBrief 31, Lake Centre, February 2026\n\nThey met.", "2026-02", "2026-02-28"),
        ("es", "Nota de análisis\nLa ruta\nFebrero de 2025\n\nLlueve.", "2025-02", "2025-02-28"),
        ("es", "Nota – ACNUR\nAsilo: situación a mediados de mayo de 2025\n\nQué.", "2025-05", None),
        ("fr", "Des promesses\nNote de l’Observatoire – novembre 2025\n\nIl pleut.", "2025-11", "2025-11-30"),
        ("pt", "Nota n.º 7 | fevereiro de 2025\nObservatório\n\nChove.", "2025-02", "2025-02-28"),
    ],
)
def test_a_month_printed_in_the_title(language, original, month, last):
    found = document_date(as_text(original, language))
    assert (found.value, found.certainty) == (month, "stated")
    assert found.earliest.startswith(month)
    assert last is None or found.latest == last


@pytest.mark.parametrize(
    ("language", "original", "day"),
    [
        (
            "en",
            "A title\n\nLIMA, Oct 22 - A court held on Thursday that the law of May 2025 stands.",
            "2026-10-22",
        ),
        ("en", "A title\n\nLIMA, March 11 (Wire) - She said on Wednesday it rose from 2024.", "2026-03-11"),
        ("fr", "LIMA, 11 mars - Il a dit mercredi que rien n’avait changé depuis 2024.", "2026-03-11"),
        # No weekday, no year; nor does a title that names a law say when it was written.
        ("en", "LIMA, May 3 - The law of May 2024 stands.", None),
        ("pt", "Portaria nº 61, de 4 de dezembro de 2025, disciplina o visto", None),
    ],
)
def test_a_dateline_without_a_year(language, original, day):
    found = document_date(as_text(original, language))
    assert (found.value, found.certainty) == (day, "inferred")


def test_a_paragraph_that_opens_with_a_date_is_no_dateline():
    found = document_date(as_text("Un titre\n\nLe 25 novembre 2023, ils ont abrogé la loi.", "fr"))
    assert found.certainty == "inferred"


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
