"""Checks of the observations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from travesia.region.findings import Fault, Subject
from travesia.region.loading import table_path
from travesia.region.map_checks import END_GATES
from travesia.terms import fiscal_year_span, month_of, months_in, read_table, schemas

TOTALS = "published-totals"
YEARS = (1900, 2100)


def periods(subject: Subject) -> Iterator[Fault]:
    """Find years out of range, and series that go on after the end of the data but are not background."""
    seen = subject.region.observations.with_row_index("at")
    year = pl.col("period").str.head(4).cast(pl.Int32)
    for row in seen.filter(~year.is_between(*YEARS)).iter_rows(named=True):
        message = f"{row['period']} of {row['series']} is out of range"
        yield Fault("observations", row["at"], "period", message, "correct the period")
    if subject.manifest.data_end is None:
        return
    end = month_of(subject.manifest.data_end)
    # A year counts by its last month.
    yearly = pl.col("period").str.len_chars() == 4
    last = pl.when(yearly).then(pl.col("period") + "-12").otherwise("period")
    late = seen.filter((last >= end) & ~pl.col("series").is_in(subject.manifest.background))
    for series, rows in late.group_by("series", maintain_order=True):
        first = rows.row(0, named=True)
        message = f"{series[0]} goes on after data_end: {rows.height} rows, the first {first['period']}"
        remedy = "move data_end in pack.toml, or name the series in background"
        yield Fault("observations", first["at"], "period", message, remedy, "warning")


def measures(subject: Subject) -> Iterator[Fault]:
    """Find series that mix stocks and flows, which must never be added."""
    seen = subject.region.observations.with_row_index("at")
    for series, rows in seen.group_by("series", maintain_order=True):
        other = rows.filter(pl.col("measure") != pl.col("measure").first())
        if other.height:
            row = other.row(0, named=True)
            message = f"{series[0]} mixes {rows['measure'][0]} and {row['measure']}"
            yield Fault("observations", row["at"], "measure", message, "make two series")


def nationalities(subject: Subject) -> Iterator[Fault]:
    """Find nationalities counted at a sector or port that start nowhere, so that nobody could route them."""
    region = subject.region
    ends = region.gates.filter(pl.col("kind").cast(pl.String).is_in(END_GATES))
    counted = ends["series"].drop_nulls().unique().to_list()
    start = region.origins["nationality"].unique().to_list()
    seen = region.observations.with_row_index("at").filter(pl.col("series").is_in(counted))
    lost = seen.filter(~pl.col("nationality").is_in(start))
    for name, rows in lost.group_by("nationality", maintain_order=True):
        row = rows.row(0, named=True)
        message = f"{name[0]} is counted in {row['series']} but starts nowhere"
        yield Fault("observations", row["at"], "nationality", message, "add its places to origins.csv")


def totals(subject: Subject) -> Iterator[Fault]:
    """Find series that do not add up to a published total; a pack without that file is not checked.

    Raises
    ------
    PackError
        If the file of totals is wrong.
    """
    path = table_path(subject.paths, TOTALS)
    if not path.exists():
        return
    published = read_table(path, schemas.PublishedTotals)
    for index, total in enumerate(published.iter_rows(named=True)):
        message = _difference(subject.region.series(total["series"]), total)
        if message:
            yield Fault(TOTALS, index, "value", message, "find the rows that differ")


def _difference(series: pl.DataFrame, total: Mapping[str, Any]) -> str | None:
    period, channel, value = total["period"], total["channel"], total["value"]
    rows = series.filter(_within(period))
    if channel is not None:
        rows = rows.filter(pl.col("channel") == channel)
    name = " ".join(part for part in (total["series"], period, channel) if part)
    if not rows.height:
        return f"{name} has no rows, published are {value:.0f}"
    if (rows["unit"] != total["unit"]).any():
        return f"{name} is not all in {total['unit']}"
    summed = rows["value"].sum()
    return None if summed == value else f"{name} adds up to {summed:.0f}, published are {value:.0f}"


def _within(period: str) -> pl.Expr:
    """Tell whether a row falls into a year, a US fiscal year (FY2021), a month, or first/last month."""
    if fiscal := re.fullmatch(r"FY(\d{4})", period):
        return pl.col("period").is_in(months_in(fiscal_year_span(int(fiscal[1]))))
    if "/" in period:
        first, last = period.split("/")
        return pl.col("period").is_between(pl.lit(first), pl.lit(last))
    return pl.col("period").str.starts_with(period)
