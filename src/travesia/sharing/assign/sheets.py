"""Cells of the assignment's files: names, whole and decimal numbers, each fault with its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from travesia.terms import InputError, PackError, UnknownIdsError, read_rows

MOST_DECIMALS = 4
"""Of a resource: with more, sums inside the solver could not tell full from over-full."""


@dataclass(frozen=True)
class Cells:
    """A row of a file: its number and its cells by column."""

    path: Path
    row: int
    cells: Mapping[str, str]

    def fault(self, column: str, problem: str, remedy: str) -> InputError:
        """Return the error for a cell."""
        value = self.cells.get(column, "")
        return InputError(self.path, problem, remedy, row=self.row, column=column, value=value or None)

    def name(self, column: str) -> str:
        """Return an id, without white space at its edges."""
        text = self.cells[column].strip()
        if not text:
            raise self.fault(column, "is empty", "give an id")
        return text

    def known(self, column: str, kind: str, ids: Mapping[str, int], table: str = "") -> int:
        """Return the number of a name that must be known, by default from the table ``KINDs``."""
        name = self.name(column)
        if name not in ids:
            known = f"the table {table or f'{kind}s'}"
            raise UnknownIdsError(self.path, kind, [name], known=known, row=self.row, column=column)
        return ids[name]

    def number(self, column: str, *, default: str = "", least: int | None = 0) -> Decimal:
        """Return a decimal number, by default of 0 or more."""
        text = self.cells.get(column, "").strip() or default
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            problem = "is not a number" if text else "is empty, and missing is not zero"
            raise self.fault(column, problem, "correct the cell")
        if least is not None and value < least:
            raise self.fault(column, "is negative" if least == 0 else f"is below {least}", "correct the cell")
        return value

    def amount(self, column: str, *, default: str = "") -> Decimal:
        """Return an amount of a resource."""
        value = self.number(column, default=default)
        exponent = value.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
            raise self.fault(column, f"has more than {MOST_DECIMALS} decimals", "round it")
        if value > 10**9:
            raise self.fault(column, "is above 1,000,000,000", "give a limit that can be met")
        return value

    def share(self, column: str, default: str) -> Decimal:
        """Return a share, a fraction of 1."""
        value = self.number(column, default=default)
        if value > 1:
            raise self.fault(column, "is a share above 1", "give a fraction of 1, for example 0.05")
        return value


def read_cells(
    path: Path, needed: Sequence[str], allowed: Sequence[str] | None = ()
) -> tuple[list[str], list[Cells]]:
    """Read a file with its rows numbered; columns not `needed` or `allowed` are refused (None: any)."""
    header, rows = read_rows(path)
    for column in needed:
        if column not in header:
            raise PackError(
                path, "column is missing", f"the header needs {','.join(needed)}", row=1, column=column
            )
    for column in header:
        if allowed is not None and column not in (*needed, *allowed):
            known = ",".join((*needed, *allowed))
            raise PackError(
                path, "column is unknown", f"the columns are {known}", row=1, column=column or "''"
            )
    return header, [Cells(path, number, cells) for number, cells in rows]


def numbered(rows: Sequence[Cells], column: str) -> dict[str, int]:
    """Return the number of each id of a column in which none may stand twice."""
    ids: dict[str, int] = {}
    for cells in rows:
        name = cells.name(column)
        if name in ids:
            raise cells.fault(column, "row stands twice", f"keep one, row {rows[ids[name]].row} or this one")
        ids[name] = len(ids)
    return ids


def scaled(columns: Sequence[Sequence[Decimal]]) -> tuple[int, list[list[int]]]:
    """Return amounts as whole numbers of the largest power of ten that makes them whole, and that power."""
    amounts = [amount for column in columns for amount in column]
    finest = max((-int(amount.normalize().as_tuple().exponent) for amount in amounts), default=0)
    scale = 10 ** max(finest, 0)
    return scale, [[int(amount * scale) for amount in column] for column in columns]
