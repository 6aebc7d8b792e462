"""Dates against oracles: CLDR's own date formats, and the twenty public texts read by hand."""

from __future__ import annotations

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date
from date_cases import as_text, dates_in

from travesia.record.reading.dates import find_dates

TEXTS = Path(__file__).parents[3] / "shared" / "texts"
LOCALES = ["en_US", "en_GB", "es_ES", "es_MX", "es_419", "fr_FR", "fr_CA", "pt_BR", "pt_PT"]
FIRST, DAYS = date(1990, 1, 1), 16_800


@pytest.mark.parametrize("style", ["full", "long", "medium", "short"])
@pytest.mark.parametrize("locale", LOCALES)
def test_what_cldr_writes_is_read_back(locale, style):
    drawn = random.Random(f"{locale} {style}")
    for _ in range(150):
        day = FIRST + timedelta(days=drawn.randrange(DAYS))
        written = format_date(day, style, locale=locale)
        found = find_dates(as_text(written, locale[:2]), None)
        assert [(one.start, one.end) for one in found] == [(0, len(written))], written
        readings = [candidate.value for candidate in found[0].candidates] or [found[0].value]
        assert day.isoformat() in readings, written
        if any(mark.isalpha() for mark in written):
            assert readings == [day.isoformat()], written
        elif len(readings) > 1:
            assert len(readings) == 2, written
            assert day.day <= 12, written


BY_HAND = {
    "en-dhs-2022-10-22": [
        ("October 22, 2022", "2022-10-22"), ("October 12, 2022", "2022-10-12"), ("Today", "2022-10-22"),
        ("Tuesday", "2022-10-18"), ("late Wednesday", "2022-10-19"),
    ],
    "en-dhs-2023-07-25": [
        ("January to June", "2023-01/2023-06"), ("January 5th", "2023-01-05"), ("October 2022", "2022-10"),
        ("mid-December", "2022-12"), ("end of June", "2023-06"),
    ],
    "en-fedreg-2022-10-19": [
        ("prior five years", "2017-10-19/2022-10-19"), ("October 18, 2022", "2022-10-18"),
    ],
    "en-fedreg-2025-03-25": [
        ("2022 and 2023", "2022/2023"), ("March 25, 2025", "2025-03-25"), ("April 24, 2025", "2025-04-24"),
        ("that date", "2025-04-24"),
    ],
    "en-state-2023-06-23": [
        ("June 23", "2023-06-23"), ("coming years", None), ("June 23", "2023-06-23"),
    ],
    "en-usaid-2021-06-22": [
        ("June 17", "2021-06-17"), ("2021", "2021"), ("June 17", "2021-06-17"), ("June 17", "2021-06-17"),
    ],
    "en-usaid-2022-09-26": [
        ("March 2022", "2022-03"), ("August 2022", "2022-08"), ("December 2021", "2021-12"), ("2022", "2022"),
        ("August 2022", "2022-08"), ("2022", "2022"), ("August 2022", "2022-08"),
        ("September 22", "2022-09-22"), ("2022", "2022"), ("August 15", "2022-08-15"), ("2022", "2022"),
    ],
    "en-whitehouse-2021-10-08": [("Fiscal Year (FY) 2022", "2021-10/2022-09")],
    "en-whitehouse-2022-06-10": [("Today", "2022-06-10"), ("August 2022", "2022-08")],
    "en-whitehouse-2022-09-27": [("Monday, September 26, 2022", "2022-09-26"), ("June", "2022-06")],
    "es-state-2020-05-20": [
        ("año fiscal 2017", "2016-10/2020-05-20~"), ("hasta la fecha", "2020-05-20~"),
    ],
    "es-state-2022-10-06": [("6 de octubre de 2022", "2022-10-06"), ("Hoy", "2022-10-06")],
    "es-state-2023-06-23": [
        ("23 de junio", "2023-06-23"), ("próximos años", None), ("23 de junio", "2023-06-23"),
    ],
    "fr-state-2018-06-20": [("20 juin 2018", "2018-06-20"), ("2017", "2017")],
    "fr-state-2019-06-20": [
        ("20 juin 2019", "2019-06-20"), ("exercice fiscal 2018", "2017-10/2018-09"),
    ],
    "fr-state-2021-10-20": [
        ("20 octobre 2021", "2021-10-20"), ("aujourd'hui", "2021-10-20"), ("aujourd'hui", "2021-10-20"),
    ],
    "pt-embaixada-2018": [("Hoje", "2018-06"), ("início do ano fiscal de 2017", "2016-10/2018-06~")],
    "pt-state-2019-04-10": [("10 de abril de 2019", "2019-04-10"), ("Hoje", "2019-04-10")],
    "pt-state-2019-09-25": [
        ("25 de setembro de 2019", "2019-09-25"), ("25 de setembro", "2019-09-25"),
        ("Ano Fiscal de 2017", "2016-10/2019-09-25~"), ("janeiro de 2019", "2019-01"),
    ],
    "pt-state-2023-03-23": [
        ("23 de março de 2023", "2023-03-23"), ("2015", "2015/2023-03-23~"), ("2023", "2023"),
        ("2017", "2017/2023-03-23~"),
    ],
}  # fmt: skip


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("name", BY_HAND)
def test_public_text(name):
    with (TEXTS / "index.csv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["file"] == f"{name}.txt")
    original = (TEXTS / f"{name}.txt").read_text(encoding="utf-8")
    assert dates_in(original, row["language"], row["date"]) == BY_HAND[name]


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("en", "June 10, 2022 "), ("en", "on Friday was "), ("en", "end of "), ("en", "January to "),
        ("en", "1,"), ("en", "1"), ("en", "a"), ("en", " "), ("en", "2022-"), ("en", "first quarter of "),
        ("es", "de "), ("es", "hace más de "), ("fr", "il y a "), ("pt", "dia 9 e "),
    ],
)  # fmt: skip
def test_work_grows_no_faster_than_a_hostile_line(language, unit):
    """Counted in calls, not timed: twenty times the text is at most some twenty times the work."""
    short, long = (_calls(unit * count, language) for count in (200, 4000))
    assert long <= 25 * short


def _calls(original: str, language: str) -> int:
    text = as_text(original, language)
    find_dates(text, "2022-06-10")  # the patterns are compiled once
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        find_dates(text, "2022-06-10")
    finally:
        sys.setprofile(None)
    return calls
