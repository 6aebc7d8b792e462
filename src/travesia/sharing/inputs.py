"""The numbers that a key weighs: of one year from a region, or from a file of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import median
from types import MappingProxyType

import dataframely as dy
import polars as pl

from travesia.region import Region
from travesia.sharing.key import Factor, Key
from travesia.sharing.tables import KeyIndicators, PeopleBounds
from travesia.terms import InputError, PackError, UsageError, read_rows, read_table

_PACK_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"population": "population", "gdp": "gdp_usd", "unemployment_pct": "unemployment_pct"}
)
"""Column of ``indicators`` for each column of a key that a pack has by year."""

COLUMNS = tuple(name for name in KeyIndicators.columns() if name != "iso3")
"""Indicators that are described; a key of one's own may name others."""


@dataclass(frozen=True)
class KeyInputs:
    """Indicators of the members of one year.

    `table` has the indicators that exist as columns, one row a member, in the members' order. `origin` is
    the pack or file, `names` how each column is called there, for messages.
    """

    origin: str
    year: int | None
    table: pl.DataFrame
    names: Mapping[str, str]
    file: Path | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """Codes of the members."""
        return tuple(self.table["iso3"])

    def column(self, name: str) -> dict[str, Fraction | None]:
        """Return one indicator of every member, as the decimal number that is printed."""
        values = self.table[name].to_list() if name in self.table.columns else [None] * self.table.height
        return {
            state: None if value is None else Fraction(str(value))
            for state, value in zip(self.members, values, strict=True)
        }

    def values(self, factor: Factor) -> dict[str, Fraction]:
        """Return what a factor weighs: its indicator of every member, with its fallback where it has one.

        Raises
        ------
        InputError
            For a value that is missing and has no fallback, naming state, column and year (it never
            counts as zero), or values that the factor cannot divide by.
        """
        found = self.column(factor.column)
        held = [value for value in found.values() if value is not None]
        missing = [state for state, value in found.items() if value is None]
        if missing and not (factor.fallback and held):
            raise self.fault(
                missing, factor.column, "is missing, and missing is not zero", "leave the state out or add it"
            )
        values = {state: median(held) if value is None else value for state, value in found.items()}
        self._check(factor, values)
        return values

    def lacking(self, columns: Sequence[str]) -> dict[str, int]:
        """Return for how many members each of some indicators is missing, if for any."""
        missing = {name: sum(value is None for value in self.column(name).values()) for name in columns}
        return {name: number for name, number in missing.items() if number}

    def stand_ins(self, factors: Sequence[Factor]) -> dict[str, str]:
        """Return in words what stands in for what a member lacks, for each member that lacks any."""
        told: dict[str, list[str]] = {}
        for factor in factors:
            for state, value in self.column(factor.column).items():
                if value is None:
                    middle = float(self.values(factor)[state])
                    told.setdefault(state, []).append(
                        f"{factor.column} missing: the members' median {middle:g} taken"
                    )
        return {state: "; ".join(dict.fromkeys(texts)) for state, texts in told.items()}

    def _check(self, factor: Factor, values: Mapping[str, Fraction]) -> None:
        column, inverse = factor.column, factor.direction == "inverse"
        zeros = [state for state, value in values.items() if not value]
        if factor.scale == "part" and inverse and zeros:
            remedy = "give a value above 0 or leave it out"
            raise self.fault(zeros, column, "is 0, and the key divides by it", remedy)
        if factor.scale != "index" and len(zeros) == len(values):
            raise self.fault(self.members, column, "is 0 for all members", "check the column")
        if factor.scale == "index" and len(set(values.values())) == 1:
            problem = "is the same for all members, and the key sets it between the lowest and the highest"
            raise self.fault(self.members, column, problem, "check the column, or use another key")

    def of(self, members: Sequence[str]) -> KeyInputs:
        """Return the inputs of some of the members, in their own order."""
        return replace(self, table=self.table.filter(pl.col("iso3").is_in(list(members))))

    def fault(self, states: Sequence[str], column: str, problem: str, remedy: str) -> InputError:
        """Return the error for a value of the first of some states."""
        year = "" if self.year is None else f" {self.year}"
        more = f" (and {len(states) - 1} more)" if len(states) > 1 else ""
        row = None
        if self.file is not None:
            row = next(number for number, cells in read_rows(self.file)[1] if cells["iso3"] == states[0])
        return InputError(
            self.origin,
            problem,
            remedy,
            row=row,
            column=self.names.get(column, column),
            value=f"{states[0]}{year}{more}",
        )


def as_enacted(key: Key, inputs: KeyInputs) -> KeyInputs:
    """Return the inputs without the states that the text of the key leaves out.

    Raises
    ------
    UsageError
        If nobody remains.
    """
    out = {each.iso3 for each in key.left_out}
    members = [state for state in inputs.members if state not in out]
    if not members:
        raise UsageError(f"key {key.id}: its text leaves out every member; name others")
    return inputs.of(members)


def region_inputs(region: Region, members: Sequence[str], key: Key, year: int | None = None) -> KeyInputs:
    """Take the indicators of a year from a region.

    Parameters
    ----------
    region
        Where the indicators are.
    members
        Codes of the members.
    key
        What will be weighed.
    year
        Calendar year; by default the last in which any state has all that the key needs.

    Raises
    ------
    UsageError
        For a year that the region does not have.
    InputError
        If the region has no year with what the key needs.
    """
    needed = [_PACK_COLUMNS[column] for column in key.columns if column in _PACK_COLUMNS]
    held = region.indicators.drop_nulls(needed) if needed else region.indicators
    years = held["year"].unique().sort().to_list()
    if year is None and not key.columns:
        return _of_year(region, members, None)
    if not years:
        raise InputError(
            f"{region.name} indicators", f"have no year with {' and '.join(needed)}", "give --indicators"
        )
    if year is not None and year not in years:
        raise UsageError(
            f"year {year}: is not in the indicators of {region.name}; take one from {years[0]} to {years[-1]}"
        )
    return _of_year(region, members, years[-1] if year is None else year)


def _of_year(region: Region, members: Sequence[str], year: int | None) -> KeyInputs:
    rows = region.indicators.clear() if year is None else region.indicators.filter(pl.col("year") == year)
    columns = [pl.col(theirs).alias(ours) for ours, theirs in _PACK_COLUMNS.items()]
    table = (
        pl.DataFrame({"iso3": list(members)})
        .join(rows.select("iso3", *columns), on="iso3", how="left", maintain_order="left")
        .join(region.countries.select("iso3", "area_km2"), on="iso3", how="left", maintain_order="left")
    )
    return KeyInputs(f"{region.name} indicators", year, table, _PACK_COLUMNS)


def read_inputs(path: Path, year: int | None = None, also: Sequence[str] = ()) -> KeyInputs:
    """Read indicators from a CSV file or a workbook; its rows are the members.

    The file has ``iso3`` and any of `COLUMNS`; only ratios between states count, so population and GDP
    may be in any unit. An empty cell is missing, and refused where the key needs it.

    Parameters
    ----------
    path
        The file.
    year
        Calendar year of its values, for messages.
    also
        Further columns that a key of one's own weighs: numbers not below 0.

    Raises
    ------
    PackError
        For a file that cannot be read, or a wrong header, value or state named twice.
    """
    header, rows = read_rows(path)
    known = KeyIndicators.columns() | {name: _further(name) for name in also if name not in COLUMNS}
    if len(known.keys() & set(header)) <= 1:
        raise PackError(path, "has no indicator", f"add a column of {', '.join(list(known)[1:])}", row=1)
    if not rows:
        raise PackError(path, "has no row", "write one row a state")
    kept = {name: column for name, column in known.items() if name in header or name == "iso3"}
    schema = type("KeyIndicators", (dy.Schema,), kept)
    table = read_table(path, schema)
    return KeyInputs(str(path), year, table, MappingProxyType({}), path)


def _further(name: str) -> dy.Column:
    return dy.Float64(nullable=True, min=0, description=f"{name}, a number not below 0")


def read_bounds(path: Path) -> dict[str, tuple[int | None, int | None]]:
    """Read least and most people of states by the schema `PeopleBounds`; an empty cell is no bound.

    Raises
    ------
    PackError
        For a file that cannot be read, or a wrong header, value or state named twice.
    """
    rows = read_table(path, PeopleBounds).iter_rows()
    return {state: (least, most) for state, least, most in rows}
