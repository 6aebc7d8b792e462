from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from travesia.region import Region
from travesia.terms import Span, schemas

COUNTRIES = {
    # iso3: (americas, la_declaration, r4v_platform)
    "AAA": (True, True, True),
    "BBB": (True, True, False),
    "CCC": (True, False, True),
    "HTI": (True, True, False),
    "USA": (True, True, False),
    "VEN": (True, False, False),
}
INDICATORS = [
    # iso3, year, population, gdp_usd, unemployment_pct
    ("AAA", 2021, 100, 1000.0, 5.0),
    ("BBB", 2021, 300, 1000.0, 10.0),
    ("CCC", 2021, 100, None, 4.0),
    ("HTI", 2021, 100, 500.0, None),
    ("USA", 2021, 500, 7500.0, 4.0),
    ("VEN", 2021, 400, None, None),
    ("AAA", 2022, 110, 1100.0, 5.0),
    ("BBB", 2022, 310, 900.0, 9.0),
    ("USA", 2022, 510, 8000.0, 4.0),
    ("HTI", 2022, 100, 500.0, None),
    ("AAA", 2023, 111, None, None),
]
STOCKS = [
    # year, host, origin, channel, people
    ("2022", "AAA", "VEN", "refugees", 10.0),
    ("2022", "AAA", "VEN", "asylum_seekers", 20.0),
    ("2022", "AAA", "VEN", "oip", 570.0),
    ("2022", "AAA", "VEN", "stateless", 999.0),
    ("2022", "AAA", "HTI", "refugees", 40.0),
    ("2022", "AAA", "AAA", "oip", 5000.0),
    ("2022", "AAA", "UNK", "refugees", 7.0),
    ("2022", "BBB", "HTI", "refugees", 3.0),
    ("2022", "USA", "VEN", "refugees", 0.0),
    ("2022", "USA", "VEN", "asylum_seekers", 400.0),
    ("2022", "VEN", "VEN", "oip", 60.0),
    ("2022", "VEN", "COL", "refugees", 90.0),
    ("2021", "AAA", "VEN", "refugees", 1.0),
]
NEEDS = [("2022", "launch", 1001.0), ("2022", "revised, May", 2000.0), ("2024", "launch, revised", 5.5)]


def observations() -> pl.DataFrame:
    empty = dict.fromkeys(schemas.Observations.columns())
    rows = [
        empty
        | {
            "series": "unhcr-population",
            "period": year,
            "country": host,
            "nationality": origin,
            "channel": channel,
            "measure": "stock",
            "unit": "people",
            "value": value,
            "source": "test",
        }
        for year, host, origin, channel, value in STOCKS
    ]
    rows += [
        empty
        | {
            "series": "rmrp-requirements",
            "period": year,
            "channel": version,
            "measure": "flow",
            "unit": "usd",
            "value": value,
            "source": "test",
        }
        for year, version, value in NEEDS
    ]
    return schemas.Observations.validate(pl.DataFrame(rows, infer_schema_length=None), cast=True)


def countries() -> pl.DataFrame:
    rows = [
        {
            "iso3": iso3,
            "iso2": None,
            **{f"name_{lang}": f"{iso3} {lang}" for lang in ("en", "es", "fr", "pt")},
            "subregion": None,
            "americas": americas,
            "la_declaration": declaration,
            "r4v_platform": platform,
            "area_km2": None,
        }
        for iso3, (americas, declaration, platform) in COUNTRIES.items()
    ]
    return schemas.Countries.validate(pl.DataFrame(rows), cast=True)


@pytest.fixture
def small_region() -> Region:
    """Six states with numbers that divide by hand."""
    names = ["iso3", "year", "population", "gdp_usd", "unemployment_pct"]
    nothing = pl.DataFrame()
    return Region(
        name="small",
        version="1",
        title={},
        folder=Path("small"),
        restricted=False,
        default_scenarios=(),
        default_span=Span(date(2022, 1, 1), date(2023, 1, 1)),
        sources=(),
        places=nothing,
        routes=nothing,
        gates=nothing,
        origins=nothing,
        countries=countries(),
        indicators=schemas.Indicators.validate(
            pl.DataFrame(INDICATORS, schema=names, orient="row", infer_schema_length=None), cast=True
        ),
        observations=observations(),
        shapes={},
        digest="",
    )
