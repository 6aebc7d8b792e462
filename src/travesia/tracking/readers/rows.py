"""What all readers share: bounded files, cells with their row and column, and the table of deliveries."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from travesia.terms import InputError, parse_day
from travesia.terms.schemas import Deliveries

MOST_BYTES = 256 * 2**20
"""Larger files are refused: they would not fit the memory of a small machine once read."""
_PREAMBLE_LINES = 30
"""Lines that may stand before the header of a table, as some downloads put there."""
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]{1,3})?")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?")


@dataclass(frozen=True)
class Imported:
    """Rows of the schema `Deliveries`, and how many rows were left out, by the reason."""

    rows: pl.DataFrame
    left_out: Mapping[str, int]


_TYPES = MappingProxyType({name: column.dtype for name, column in Deliveries.columns().items()})


def _no_cells() -> dict[str, list[Any]]:
    return {name: [] for name in _TYPES}


@dataclass
class Found:
    """Rows as a reader finds them in a file, column by column, with what it leaves out."""

    path: Path
    series: str
    left_out: Counter[str] = field(default_factory=Counter)
    columns: dict[str, list[Any]] = field(default_factory=_no_cells)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, number: int, name: str, cells: Mapping[str, Any]) -> None:
        """Add a row by its id; raises `InputError` for an id that stands twice in the file."""
        if name in self.numbers:
            raise fault(self.path, f"stands in row {self.numbers[name]} already", number, "id", name)
        self.numbers[name] = number
        whole = {"series": self.series, "id": name, "file": self.path.name, "row": number, **cells}
        for column, held in self.columns.items():
            held.append(whole.get(column))

    def imported(self) -> Imported:
        """Return what was found as a table."""
        frame = pl.DataFrame(self.columns, schema=dict(_TYPES))
        return Imported(Deliveries.validate(frame), dict(self.left_out))


def fault(
    path: Path, problem: str, row: int | None, column: str | None = None, value: object = None
) -> InputError:
    """Return the error for a cell of a file."""
    return InputError(
        path, problem, "save the file again from its publisher", row=row, column=column, value=value
    )


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raises `InputError` for one that is missing, empty or too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise fault(path, f"is larger than {MOST_BYTES // 2**20} MiB", None)
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            path, f"cannot be read ({error.strerror})", "check the path and its rights"
        ) from None
    if not raw.strip():
        raise fault(path, "file is empty", None)
    return raw


def is_json(raw: bytes) -> bool:
    """Whether a file is JSON rather than a table, by its first sign."""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_json(path: Path, raw: bytes) -> Any:
    """Return the value of a JSON file; raises `InputError` for what is none, or nested without measure."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError:
        raise fault(path, "is nested too deeply", None) from None
    except UnicodeDecodeError:
        raise fault(path, "is not UTF-8", None) from None
    except json.JSONDecodeError as error:
        raise fault(path, f"is no JSON ({error.msg})", error.lineno) from None
    except ValueError as error:
        raise fault(path, f"is no JSON ({error})", None) from None


def items_of(path: Path, whole: Any, *keys: str) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the objects of a list that lies under keys, each with its number from 1."""
    found = whole
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list):
        raise fault(path, f"has no list {'.'.join(keys)}", None)
    for number, item in enumerate(found, 1):
        if not isinstance(item, dict):
            raise fault(path, "is no object", number)
    return list(enumerate(found, 1))


def table_rows(path: Path, raw: bytes, needed: Sequence[str]) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the rows of a CSV file with their number; the header is the first line with all needed columns.

    A line of HXL tags below the header, cells that begin with ``#``, is passed over.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fault(path, "is not UTF-8", None) from None
    header: list[str] | None = None
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, row in _lines(path, text):
        if header is None:
            if set(needed) <= set(row):
                header = row
            elif number > _PREAMBLE_LINES:
                break
            continue
        if not any(row) or all(not cell or cell.startswith("#") for cell in row):
            continue
        if len(row) != len(header):
            raise fault(path, f"row has {len(row)} cells, the header has {len(header)}", number)
        found.append((number, dict(zip(header, row, strict=True))))
    if header is None:
        raise fault(path, f"has no header with {', '.join(needed)}", None)
    return found


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            yield number, row
    except csv.Error as error:
        raise fault(path, f"is no CSV ({error})", number + 1) from None


def number_of(path: Path, row: int, column: str, value: object) -> float:
    """Return a number, of JSON or as text; raises `InputError` for anything else."""
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value.strip()):
            raise fault(path, "is not a number", row, column, value)
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise fault(path, "is not a number", row, column, value)
    return float(value)


def optional_number(path: Path, row: int, column: str, value: object) -> float | None:
    """Return a number, or ``None`` for an empty cell."""
    return None if value is None or value == "" else number_of(path, row, column, value)


def day_of(path: Path, row: int, column: str, value: object) -> date:
    """Return the day of a date or of an instant; raises `InputError` for anything else."""
    match = _INSTANT.fullmatch(str(value))
    try:
        return parse_day(match[1] if match else str(value))
    except ValueError:
        raise fault(path, "is not a day written YYYY-MM-DD", row, column, value) from None


def optional_day(path: Path, row: int, column: str, value: object) -> date | None:
    """Return a day, or ``None`` for an empty cell."""
    return None if value is None or value == "" else day_of(path, row, column, value)


def text_of(value: object) -> str | None:
    """Return a cell as text without white space at its ends, ``None`` for an empty one."""
    return str(value).strip() or None if value is not None else None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
