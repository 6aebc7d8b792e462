"""Excel workbooks as text, cell by cell, so that a table in one is read and checked as a CSV file is.

A cell holds what the same sheet saved as CSV would hold, at full precision: a number in at most 15
digits, which is all that a spreadsheet keeps and what hides the tail of ``=0.1+0.2``, and a date as
YYYY-MM-DD. A formula stands for the value that was saved with it. A sheet is chosen by its name after a
hash, ``needs.xlsx#Needs``, so that whatever takes a path takes a sheet, and every fault names it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from travesia.terms.errors import PackError

if TYPE_CHECKING:
    from openpyxl import Workbook

SUFFIXES = (".xlsx", ".xlsm")
"""Files that are read as workbooks."""
FOREIGN = (".xls", ".xlsb", ".ods", ".numbers")
"""Spreadsheets that are refused with a word on how to save them."""

_CHOSEN = re.compile(r"(?P<file>.+?\.xls[xm])#(?P<sheet>.+)", re.IGNORECASE)
_OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
_DIGITS = 15
_WHOLE_SHEET, _WHOLE_CELL = 1_048_576, 32_767
# What openpyxl raises on a damaged file is anything that a missing part of one can cause.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, LookupError, ValueError, TypeError,
    AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip

Cells = tuple[list[str], list[pl.Series], pl.Series]
"""Header, one text column of cells each, and the spreadsheet row of every row."""


def split_sheet(path: Path) -> tuple[Path, str | None]:
    """Take the name of a sheet off the path of a workbook; a file that is called so is left alone."""
    found = _CHOSEN.fullmatch(path.name)
    if found is None or path.exists():
        return path, None
    return path.with_name(found["file"]), found["sheet"]


def read_sheet_cells(path: Path, data: bytes, sheet: str | None) -> Cells:
    """Read one sheet of a workbook; its first row that is not empty is the header.

    Without `sheet`, the workbook must have just one visible sheet that holds anything: which of several
    is meant is not guessed. Hidden sheets are read only by name. Rows without any value are skipped.

    Raises
    ------
    PackError
        For a file that is no workbook or damaged, a sheet that is not there or not chosen, an error or
        an uncalculated formula in a cell, or a row longer than the header.
    """
    with _opened(path, data) as book:
        name = _choose(path, book, sheet)
        rows = list(_rows(book, name))
        found = [(number, texts) for number, texts in rows if any(texts)]
        if not found:
            raise PackError(path, "sheet is empty", "write at least the header row")
        header, cells, numbers = _square(path, found)
        if len(found) < len(rows) or any("" in row for row in cells):
            _check_formulas(path, data, name, header)
    columns = [pl.Series([row[i] for row in cells], dtype=pl.String) for i in range(len(header))]
    return header, columns, pl.Series(numbers, dtype=pl.Int64)


def read_sheet_header(path: Path, data: bytes, sheet: str | None) -> list[str]:
    """Return the header of one sheet without reading the rest; raises what `read_sheet_cells` does."""
    with _opened(path, data) as book:
        rows = _rows(book, _choose(path, book, sheet))
        found = next(((number, texts) for number, texts in rows if any(texts)), None)
        if found is None:
            raise PackError(path, "sheet is empty", "write at least the header row")
        return _square(path, [found])[0]


def is_spreadsheet(path: Path) -> bool:
    """Tell whether a file is named as a spreadsheet, one that is read or one that is refused."""
    return path.suffix.lower() in (*SUFFIXES, *FOREIGN)


def sheet_names(path: Path) -> dict[str, bool]:
    """Return the sheets of a workbook that hold anything, and whether each is visible."""
    if path.suffix.lower() in FOREIGN:
        raise PackError(path, f"is a {path.suffix.lower()} file", "save it as XLSX")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PackError(path, f"cannot be read ({error.strerror})", "check the path and its rights") from None
    with _opened(path, data) as book:
        return {
            str(one.title): one.sheet_state == "visible"
            for one in book.worksheets
            if any(any(texts) for _, texts in _rows(book, str(one.title)))
        }


def write_sheet(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as a workbook of one sheet, byte for byte the same for the same values."""
    write_workbook({"table": frame}, path)


def write_workbook(
    frames: Mapping[str, pl.DataFrame],
    path: Path,
    *,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write tables as the sheets of a workbook, byte for byte the same for the same values.

    Parameters
    ----------
    frames
        Tables by the name of their sheet.
    path
        The file to write.
    choices
        For tables that somebody fills in: the words to choose from in columns of a name. Texts are then
        kept as they are typed, so that 2023-01 does not become a day.

    Raises
    ------
    PackError
        For more rows, or a longer text, than a workbook holds.
    """
    import xlsxwriter

    longest = {name: _longest(frame, path) for name, frame in frames.items()}
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": dt.datetime(1980, 1, 1)})
        typed = book.add_format({"num_format": "@"}) if choices is not None else None
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, frame in frames.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, frame.columns, bold)
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(frame):
                form = day if column.dtype == pl.Date else typed if column.dtype == pl.String else None
                sheet.write_column(1, at, column.to_list(), form)
                sheet.set_column(at, at, min(longest[name][at] + 2, 60), None if form is day else form)
                if words := (choices or {}).get(column.name):
                    listed = {"validate": "list", "source": list(words)}
                    sheet.data_validation(1, at, max(frame.height, 1), at, listed)


def _longest(frame: pl.DataFrame, path: Path) -> list[int]:
    """Return the length of the longest text of each column; refuse what does not fit a sheet."""
    if frame.height >= _WHOLE_SHEET:
        raise PackError(path, f"{frame.height} rows do not fit a sheet", "write it as CSV")
    longest = [max(len(str(value)) for value in (column.name, *column)) for column in frame]
    if max(longest, default=0) > _WHOLE_CELL:
        raise PackError(path, f"a text of {max(longest)} signs does not fit a cell", "write it as CSV")
    return longest


@contextmanager
def _opened(path: Path, data: bytes) -> Iterator[Workbook]:
    """Give a workbook to read; whatever a damaged one causes meanwhile is one error."""
    _check_kind(path, data)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and rules that it does not keep; only cells are wanted here.
            warnings.simplefilter("ignore")
            yield _open(data)
    except PackError:
        raise
    except _DAMAGE:
        raise PackError(
            path, "workbook is damaged", "open it in a spreadsheet program and save it again"
        ) from None


def _check_kind(path: Path, data: bytes) -> None:
    if data.startswith(_OLD_OR_LOCKED):
        raise PackError(
            path, "is an old workbook or locked with a password", "save it as XLSX without a password"
        )
    if not data.startswith(b"PK"):
        raise PackError(path, "is no Excel workbook", "save it as XLSX, or name it .csv if it is CSV")


def _open(data: bytes) -> Workbook:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _choose(path: Path, book: Workbook, sheet: str | None) -> str:
    names = [str(one.title) for one in book.worksheets]
    if sheet is not None:
        if sheet not in names:
            raise PackError(path, f"has no sheet {sheet}", f"choose one of {', '.join(names)}")
        return sheet
    visible = [str(one.title) for one in book.worksheets if one.sheet_state == "visible"]
    filled = [name for name in visible if any(any(texts) for _, texts in _rows(book, name))]
    if not filled:
        raise PackError(path, "has no visible sheet with anything in it", "write at least the header row")
    if len(filled) > 1:
        raise PackError(
            path, f"has {len(filled)} sheets: {', '.join(filled)}", f"choose one: {path.name}#{filled[0]}"
        )
    return filled[0]


def _rows(book: Workbook, name: str) -> Iterator[tuple[int, list[str]]]:
    for number, cells in _cells(book, name):
        yield number, [_text(cell) for cell in cells]


def _cells(book: Workbook, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    sheet: Any = book[name]
    # Some programs write a wrong extent into the file; without one, the rows themselves are counted.
    sheet.reset_dimensions()
    return enumerate(sheet.iter_rows(), start=1)


class _Fault(str):
    """What a spreadsheet shows where a formula failed, such as #DIV/0!."""

    __slots__ = ()


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return _Fault(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def _decimal(value: float) -> str:
    return format(Decimal(f"{value:.{_DIGITS}g}"), "f")


def _letters(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(at + 1))


def _square(path: Path, found: list[tuple[int, list[str]]]) -> tuple[list[str], list[list[str]], list[int]]:
    """Cut empty cells off the right of the header and give every row its width."""
    first, header = found[0]
    while not header[-1]:
        header = header[:-1]
    width = len(header)
    if "" in header:
        column = _letters(header.index(""))
        raise PackError(path, "column has no name", "name or remove it", row=first, column=column)
    for number, row in found:
        if any(row[width:]):
            last = max(at for at, text in enumerate(row) if text)
            problem = f"row has {last + 1} cells, the header has {width}"
            raise PackError(path, problem, "add or remove cells", row=number)
        for column, text in zip(header, row, strict=False):
            if isinstance(text, _Fault):
                problem, remedy = "is what a failed formula shows", "mend the formula or write the value"
                raise PackError(path, problem, remedy, row=number, column=column, value=text)
    cells = [(row + [""] * width)[:width] for _, row in found[1:]]
    return header, cells, [number for number, _ in found[1:]]


def _check_formulas(path: Path, data: bytes, name: str, header: list[str]) -> None:
    """Tell an empty cell from a formula that no program has calculated: the latter is not missing."""
    import openpyxl

    values = _cells(_open(data), name)
    formulas = _cells(openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False), name)
    for (number, shown), (_, written) in zip(values, formulas, strict=False):
        for column, value, formula in zip(header, shown, written, strict=False):
            if formula.data_type == "f" and value.value is None:
                problem = "is a formula without a calculated value"
                remedy = "open the workbook in a spreadsheet program and save it, or write the value"
                raise PackError(path, problem, remedy, row=number, column=column)
