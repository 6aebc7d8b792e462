"""What each state needs, has received and can absorb, from a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import dataframely as dy

from travesia.terms import InputError, PackError, UsageError, read_rows, read_table

MOST_USD = 1e13
"""Above it, a number in a file no longer keeps its cents."""

_OPTIONAL = ("severity", "cap_usd")


class NeedsTable(dy.Schema):
    """Needs of states; the columns ``severity`` and ``cap_usd`` may be left out."""

    iso3 = dy.String(primary_key=True, regex=r"^[A-Z]{3}$", description="ISO 3166 alpha-3")
    need_usd = dy.Float64(
        min=0,
        max=MOST_USD,
        check={"0 or at least a cent": lambda need: (need <= 0) | (need >= 0.01)},
        description="what is needed, US dollars; 0 is allowed, missing is not zero",
    )
    received_usd = dy.Float64(
        min=0, max=MOST_USD, description="what has been received, US dollars; missing is not zero"
    )
    severity = dy.Float64(
        nullable=True,
        min=0,
        max=1e6,
        check={"0 or at least a millionth": lambda severity: (severity <= 0) | (severity >= 1e-6)},
        description="how severe the need is, on any scale from 0 up",
    )
    cap_usd = dy.Float64(
        nullable=True,
        min=0,
        max=MOST_USD,
        description="the most that can be absorbed now, US dollars; empty: no limit",
    )


@dataclass(frozen=True)
class Need:
    """Need of one state, in US cents, exactly; `cap` is what it can absorb, ``None`` for no limit."""

    iso3: str
    need: Fraction
    received: Fraction
    severity: Fraction | None = None
    cap: Fraction | None = None

    def __post_init__(self) -> None:
        amounts = (self.need, self.received, self.severity, self.cap)
        if any(amount is not None and amount < 0 for amount in amounts):
            raise UsageError(f"need of {self.iso3}: holds a number below 0; give what is needed and received")

    @property
    def gap(self) -> Fraction:
        """What is needed and not received, cents, not below 0."""
        return max(self.need - self.received, Fraction(0))

    @property
    def room(self) -> int:
        """The most that may be awarded: gap and cap, in whole cents."""
        return int(self.gap if self.cap is None else min(self.gap, self.cap))

    @property
    def coverage(self) -> Fraction | None:
        """What has been received per dollar needed; ``None`` where nothing is needed."""
        return self.received / self.need if self.need else None


@dataclass(frozen=True)
class Needs:
    """Needs of all states, in the order of the file, and where they were read."""

    rows: tuple[Need, ...]
    file: Path | None = None

    def __post_init__(self) -> None:
        states = [need.iso3 for need in self.rows]
        if len(set(states)) < len(states):
            twice = next(state for state in states if states.count(state) > 1)
            raise UsageError(f"needs of {twice}: stand twice; give each state once")

    def severities(self) -> dict[str, Fraction]:
        """Return the severity of every state that may be awarded anything.

        Raises
        ------
        InputError
            For a severity that is missing, naming file, row and column.
        """
        found: dict[str, Fraction] = {}
        for need in self.rows:
            if need.room and need.severity is None:
                raise self._missing(need)
            if need.severity is not None:
                found[need.iso3] = need.severity
        return found

    def _missing(self, need: Need) -> InputError:
        remedy = "give every state one, or choose a rule that needs none"
        if self.file is None:
            return InputError("needs", "is missing, and missing is not zero", remedy,
                              column="severity", value=need.iso3)  # fmt: skip
        header, rows = read_rows(self.file)
        if "severity" not in header:
            return PackError(self.file, "column is missing", remedy, row=1, column="severity")
        row = next(number for number, cells in rows if cells["iso3"] == need.iso3)
        return PackError(self.file, "is missing, and missing is not zero", remedy,
                         row=row, column="severity", value=need.iso3)  # fmt: skip


def read_needs(path: Path) -> Needs:
    """Read needs from a CSV file or a sheet of a workbook, see `NeedsTable`.

    Codes are checked for their form only, three capitals: a fund's states need not be in any pack.

    Raises
    ------
    PackError
        For a file that cannot be read, or a wrong header, value, or state named twice.
    """
    header, rows = read_rows(path)
    if not rows:
        raise PackError(path, "has no row", "write one row a state")
    columns = {
        name: column
        for name, column in NeedsTable.columns().items()
        if name in header or name not in _OPTIONAL
    }
    table = read_table(path, type("NeedsTable", (dy.Schema,), columns))
    return Needs(
        tuple(
            Need(
                row["iso3"],
                _exact(row["need_usd"]) * 100,
                _exact(row["received_usd"]) * 100,
                _optional(row.get("severity"), 1),
                _optional(row.get("cap_usd"), 100),
            )
            for row in table.iter_rows(named=True)
        ),
        path,
    )


def _exact(value: float) -> Fraction:
    """Return the decimal number that is printed for a float, which is what the file says."""
    return Fraction(str(value))


def _optional(value: float | None, times: int) -> Fraction | None:
    return None if value is None else _exact(value) * times
