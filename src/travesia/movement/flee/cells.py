"""Cells of the CSV files that users of the peer engine keep: forgiving of form, strict about numbers.

Headers may start with ``#``, cells may have quotes and spaces around them, lines may be blank or end as on
Windows. Rows count as in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from travesia.terms import InputError

LARGEST = 2**53
"""The largest whole number that is read; beyond it not every whole number has a floating point of its own."""


@dataclass(frozen=True)
class Row:
    """A row of a file, its cells as they stand there."""

    file: Path
    number: int
    cells: tuple[str, ...]

    def text(self, at: int) -> str:
        """Return a cell without the spaces around it; empty where the row is shorter."""
        return self.cells[at].strip() if at < len(self.cells) else ""

    def needed(self, at: int, column: str) -> str:
        """Return a cell that must not be empty."""
        if not (text := self.text(at)):
            raise self.fault(column, "", "is empty", "fill the cell")
        return text

    def number_in(self, at: int, column: str, least: float = -math.inf) -> float:
        """Return a finite number of at least `least`."""
        text = self.needed(at, column)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise self.fault(column, text, "is not a number", "correct the cell")
        if value < least:
            raise self.fault(column, text, f"is below {least:g}", "correct the cell")
        return value

    def whole_in(self, at: int, column: str, least: float = -math.inf) -> int:
        """Return a whole number of at least `least`."""
        value = self.number_in(at, column, least)
        if value != int(value):
            raise self.fault(column, self.text(at), "is not a whole number", "correct the cell")
        if abs(value) > LARGEST:
            raise self.fault(column, self.text(at), "is too large", "correct the cell")
        return int(value)

    def day_in(self, at: int, column: str) -> date:
        """Return a day written YYYY-MM-DD."""
        text = self.needed(at, column)
        if (day := day_of(text)) is None:
            raise self.fault(column, text, "is not a day written YYYY-MM-DD", "correct the cell")
        return day

    def fault(self, column: str, value: object, problem: str, remedy: str) -> InputError:
        """Return the error that names this row."""
        return InputError(self.file, problem, remedy, row=self.number, column=column, value=value)


def day_of(text: str) -> date | None:
    """Return the day that a text names, ``None`` where it names none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a file that hold anything, its header and comments among them.

    Raises
    ------
    InputError
        For a file that is missing, cannot be read, is not UTF-8, or whose quotes do not close.
    """
    text = read_text(path)
    # Quotes after a comma and a space are quotes only if that space is passed over.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=', "' in text)
    rows, number = [], 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append(Row(path, number, tuple(cells)))
    except csv.Error as error:
        raise InputError(path, f"is no CSV ({error})", "check the quotes", row=number + 1) from None
    return rows


def read_table(path: Path, first: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return the names of the columns and the rows below them; further rows with a ``#`` are comments.

    Parameters
    ----------
    path
        The file.
    first
        Name of the first column, by which a header without ``#`` is known.
    """
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for row in read_rows(path):
        marked = row.text(0).startswith("#")
        if not header and not rows and (marked or row.text(0).lower() == first):
            header = tuple(row.text(at).lstrip("#").strip() for at in range(len(row.cells)))
        elif not marked:
            rows.append(row)
    return header, rows


def further_columns(header: tuple[str, ...], row: Row, after: int) -> dict[str, str]:
    """Return the cells after a number of known columns, by name.

    Raises
    ------
    InputError
        If a cell that holds something has no name above it.
    """
    found = {}
    for at in range(after, max(len(header), len(row.cells))):
        name = header[at] if at < len(header) else ""
        if name:
            found[name] = row.text(at)
        elif row.text(at):
            raise row.fault(f"column {at + 1}", row.text(at), "has no name in the header", "name the column")
    return found


def read_text(path: Path) -> str:
    """Return the text of a file; raises `InputError` for one that is missing, unreadable or not UTF-8."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(path, "file is missing", "add it, or name the folder that holds it") from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise InputError(path, "is not UTF-8", "save it as UTF-8", row=row) from None
    except OSError as error:
        raise InputError(
            path, f"cannot be read ({error.strerror})", "check the path and its rights"
        ) from None
    if "\x00" in text:
        raise InputError(path, "holds NUL bytes and is no text", "save it as UTF-8")
    return text
