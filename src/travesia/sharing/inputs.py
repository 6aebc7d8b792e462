"""The numbers that a key weighs: of one year from a region, or from a file of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import dataframely as dy
import polars as pl

from travesia.region import Region
from travesia.sharing.key import COLUMNS, Key
from travesia.sharing.tables import KeyIndicators
from travesia.terms import InputError, PackError, UsageError, read_rows, read_table

_PACK_COLUMNS: Mapping[str, str] = MappingProxyType(
    {"population": "population", "gdp": "gdp_usd", "unemployment_pct": "unemployment_pct"}
)
"""Column of ``indicators`` for each column of a key; past asylum applications are not in a pack."""


@dataclass(frozen=True)
class KeyInputs:
    """Indicators of the members of one year.

    `table` has the columns of `COLUMNS` that exist, one row a member, in the members' order. `origin` is
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

    def column(self, name: str) -> dict[str, Fraction]:
        """Return one indicator of every member, as the decimal number that is printed.

        Raises
        ------
        InputError
            For a value that is missing, naming state, column and year. It never counts as zero.
        """
        values = self.table[name].to_list() if name in self.table.columns else [None] * self.table.height
        found = dict(zip(self.members, values, strict=True))
        if missing := [state for state, value in found.items() if value is None]:
            raise self.fault(
                missing, name, "is missing, and missing is not zero", "leave the state out or add it"
            )
        return {state: Fraction(str(value)) for state, value in found.items()}

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
    table = pl.DataFrame({"iso3": list(members)}).join(
        rows.select("iso3", *columns), on="iso3", how="left", maintain_order="left"
    )
    return KeyInputs(f"{region.name} indicators", year, table, _PACK_COLUMNS)


def read_inputs(path: Path, year: int | None = None) -> KeyInputs:
    """Read indicators from a CSV file; its rows are the members.

    The file has ``iso3`` and any of `COLUMNS`; only ratios between states count, so population and GDP
    may be in any unit. An empty cell is missing, and refused where the key needs it.

    Raises
    ------
    PackError
        For a file that cannot be read, or a wrong header, value or state named twice.
    """
    header, rows = read_rows(path)
    left_out = [column for column in COLUMNS if column not in header]
    if len(left_out) == len(COLUMNS):
        raise PackError(path, "has no indicator", f"add a column of {', '.join(COLUMNS)}", row=1)
    if not rows:
        raise PackError(path, "has no row", "write one row a state")
    return KeyInputs(str(path), year, read_table(path, _without(left_out)), MappingProxyType({}), path)


def _without(columns: Sequence[str]) -> type[dy.Schema]:
    """Return the schema of the file without the columns that it leaves out."""
    kept = {name: column for name, column in KeyIndicators.columns().items() if name not in columns}
    return type("KeyIndicators", (dy.Schema,), kept)
