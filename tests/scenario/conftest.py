"""A region read straight from the pack's tables: the scenario room needs no other part of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from travesia.region.region import Region
from travesia.terms import Span, read_table, schemas

PACKS = Path(__file__).parents[2] / "src" / "travesia" / "packs"


def read_region(folder: Path) -> Region:
    empty = pl.DataFrame()
    return Region(
        name=folder.name, version="0", title={}, folder=folder, restricted=False, default_scenarios=(),
        default_span=Span(date(2021, 10, 1), date(2023, 10, 1)), sources=(),
        places=read_table(folder / "places.csv", schemas.Places),
        routes=read_table(folder / "routes.csv", schemas.Routes),
        gates=read_table(folder / "gates.csv", schemas.Gates),
        origins=read_table(folder / "origins.csv", schemas.Origins),
        countries=read_table(folder / "countries.csv", schemas.Countries),
        indicators=empty, observations=empty, shapes={}, digest="",
    )  # fmt: skip


@pytest.fixture(scope="session")
def americas() -> Region:
    return read_region(PACKS / "americas")
