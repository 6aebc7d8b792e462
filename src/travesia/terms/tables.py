"""Reading and writing tables by their schema.

A file, CSV or a sheet of an Excel workbook, is read as text with spreadsheet row numbers, its width
checked, and cast here, so that every fault has a file, a row and a column. Empty cells are null.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from travesia.terms.errors import PackError
from travesia.terms.schemas import key_columns
from travesia.terms.workbooks import (
    FOREIGN,
    SUFFIXES,
    read_sheet_cells,
    read_sheet_header,
    split_sheet,
    write_sheet,
)

_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TRUE, _FALSE = ("1", "true"), ("0", "false")


@dataclass(frozen=True)
class _Sheet:
    """A file as text: its header, one column of cells each, and the spreadsheet row of every row."""

    header: list[str]
    columns: list[pl.Series]
    rows: pl.Series


def read_table(path: Path, schema: type[dy.Schema]) -> pl.DataFrame:
    """Read a CSV file (gzipped if it ends in ``.gz``) or a sheet of a workbook as the schema's table.

    Columns may come in any order; columns that the schema does not name are refused. Of a workbook with
    several sheets one is chosen by its name after a hash: ``needs.xlsx#Needs``.

    Raises
    ------
    PackError
        For a file that is missing, cut off, not UTF-8, no workbook, or whose header, width, values or
        keys are wrong.
    """
    read = _read_sheet(path)
    columns = schema.columns()
    _check_header(path, read.header, list(columns))
    text = pl.DataFrame(
        [column.replace("", None).alias(name) for name, column in zip(read.header, read.columns, strict=True)]
    ).select(list(columns))
    frame = pl.DataFrame(
        [_cast(path, read.rows, text[name], column.dtype) for name, column in columns.items()]
    )
    _check_keys(path, read.rows, frame, key_columns(schema))
    return _validate(path, read.rows, text, frame, schema)


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Read a file as `read_table` does, without a schema.

    Returns its header, and (spreadsheet row, cells by column) for each row.
    """
    read = _read_sheet(path)
    cells = zip(*(column.to_list() for column in read.columns), strict=True)
    numbered = zip(read.rows.to_list(), cells, strict=True)
    return read.header, [(number, dict(zip(read.header, row, strict=True))) for number, row in numbered]


def read_header(path: Path) -> list[str]:
    """Return the header of a file that `read_rows` reads, without reading a workbook's other rows."""
    file, sheet = split_sheet(path)
    if file.suffix.lower() in SUFFIXES:
        return read_sheet_header(path, _read_bytes(file), sheet)
    first = next(line for line in io.StringIO(_read_text(path), newline=None) if line.strip())
    return next(csv.reader([first.rstrip("\n")]))


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV, or as a workbook if `path` ends in ``.xlsx``.

    The same values give the same bytes: neither gzip nor the workbook has a clock.
    """
    if path.suffix.lower() == ".xlsx":
        write_sheet(frame, path)
        return
    flags = [name for name, dtype in frame.schema.items() if dtype == pl.Boolean]
    text = frame.with_columns(pl.col(flags).cast(pl.Int8)).write_csv(float_scientific=False)
    if path.suffix == ".gz":
        buffer = io.BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as stream:
            stream.write(text.encode())
        path.write_bytes(buffer.getvalue())
    else:
        path.write_text(text, encoding="utf-8", newline="")


def table_schema(frame: pl.DataFrame, schema: type[dy.Schema] | None = None) -> dict[str, Any]:
    """Return the Frictionless Table Schema of a frame; descriptions and key come from `schema`."""
    columns = schema.columns() if schema else {}
    fields = []
    for name, dtype in frame.schema.items():
        field: dict[str, Any] = {"name": name, "type": _frictionless(dtype)}
        if name in columns and columns[name].description:
            field["description"] = columns[name].description
        fields.append(field)
    out: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if schema and key_columns(schema):
        out["primaryKey"] = key_columns(schema)
    return out


def _frictionless(dtype: pl.DataType) -> str:
    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "number"
    names = {pl.Boolean: "boolean", pl.Date: "date", pl.Datetime: "datetime"}
    return names.get(dtype.base_type(), "string")


def _read_sheet(path: Path) -> _Sheet:
    file, sheet = split_sheet(path)
    suffix = file.suffix.lower()
    if suffix in FOREIGN:
        raise PackError(path, f"is a {suffix} file", "save it as XLSX or CSV UTF-8")
    if suffix in SUFFIXES:
        header, columns, rows = read_sheet_cells(path, _read_bytes(file), sheet)
    else:
        text = _read_text(path)
        # Most files hold no quotes, and splitting lines at commas is then all there is to do.
        header, columns, rows = _split_quoted(path, text) if '"' in text else _split_plain(path, text)
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise PackError(path, "column stands twice", "remove one", row=1, column=twice)
    return _Sheet(header, columns, rows)


def _read_bytes(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except FileNotFoundError:
        raise PackError(path, "file is missing", "add it, or take the file from a working pack") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise PackError(path, "gzip file is cut off or damaged", "compress or copy it again") from None
    except OSError as error:
        raise PackError(path, f"cannot be read ({error.strerror})", "check the path and its rights") from None


def _read_text(path: Path) -> str:
    data = _read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = _row_at(data[: error.start])
        raise PackError(path, "is not UTF-8", "save it as CSV UTF-8", row=row) from None
    if "\x00" in text:
        raise PackError(path, "holds NUL bytes and is no text", "save it as CSV UTF-8")
    if not text or text.isspace():
        raise PackError(path, "file is empty", "write at least the header row")
    return text


def _row_at(before: bytes) -> int:
    """Return the spreadsheet row that follows on some bytes; a line end within quotes starts no row."""
    outside = b"".join(before.split(b'"')[::2])
    return len(outside.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))


def _split_plain(path: Path, text: str) -> tuple[list[str], list[pl.Series], pl.Series]:
    lines = pl.Series(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    rows = pl.Series(range(1, len(lines) + 1))
    filled = lines != ""
    lines, rows = lines.filter(filled), rows.filter(filled)
    widths = lines.str.count_matches(",", literal=True) + 1
    _check_width(path, rows, widths)
    frame = lines.slice(1).str.split_exact(",", widths[0] - 1).struct.unnest()
    return lines[0].split(","), frame.get_columns(), rows.slice(1)


def _split_quoted(path: Path, text: str) -> tuple[list[str], list[pl.Series], pl.Series]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    cells, numbers, number = [], [], 0
    try:
        for number, row in enumerate(reader, start=1):
            if row:
                cells.append(row)
                numbers.append(number)
    except csv.Error as error:
        raise PackError(path, f"is no CSV ({error})", "check the quotes", row=number + 1) from None
    rows = pl.Series(numbers)
    _check_width(path, rows, pl.Series([len(row) for row in cells]))
    columns = [pl.Series([row[i] for row in cells[1:]], dtype=pl.String) for i in range(len(cells[0]))]
    return cells[0], columns, rows.slice(1)


def _check_width(path: Path, rows: pl.Series, widths: pl.Series) -> None:
    wrong = (widths != widths[0]).arg_true()
    if len(wrong):
        problem = f"row has {widths[wrong[0]]} cells, the header has {widths[0]}"
        raise PackError(path, problem, "add or remove cells", row=rows[wrong[0]])


def _check_header(path: Path, header: list[str], wanted: list[str]) -> None:
    missing = [name for name in wanted if name not in header]
    if missing:
        raise PackError(
            path, "column is missing", f"the header needs {','.join(wanted)}", row=1, column=missing[0]
        )
    extra = [name for name in header if name not in wanted]
    if extra:
        raise PackError(
            path, "column is unknown", f"the header is {','.join(wanted)}", row=1, column=extra[0]
        )


def _cast(path: Path, rows: pl.Series, text: pl.Series, dtype: pl.DataType) -> pl.Series:
    if dtype == pl.String:
        return text
    if dtype == pl.Boolean:
        lower = text.str.to_lowercase()
        cast = pl.select(
            pl.when(lower.is_in(_TRUE)).then(True).when(lower.is_in(_FALSE)).then(False).otherwise(None)
        ).to_series()
    elif dtype == pl.Date:
        days = text.str.to_date("%Y-%m-%d", strict=False)
        cast = pl.select(pl.when(text.str.contains(_DAY)).then(days)).to_series()
    else:
        cast = text.cast(dtype, strict=False)
    if dtype.is_float():
        cast = pl.select(pl.when(cast.is_finite()).then(cast)).to_series()
    bad = (text.is_not_null() & cast.is_null()).arg_true()
    if len(bad):
        at = int(bad[0])
        raise PackError(
            path,
            f"is not {_wanted(dtype)}",
            "correct the cell",
            row=rows[at],
            column=text.name,
            value=text[at],
        )
    return cast.alias(text.name)


def _wanted(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        return "one of " + ", ".join(dtype.categories.to_list())
    if dtype == pl.Boolean:
        return "1 or 0"
    if dtype == pl.Date:
        return "a day written YYYY-MM-DD"
    return "a whole number" if dtype.is_integer() else "a number"


def _check_keys(path: Path, rows: pl.Series, frame: pl.DataFrame, keys: list[str]) -> None:
    if not keys:
        return
    again = (~frame.select(pl.struct(keys).is_first_distinct()).to_series()).arg_true()
    if len(again):
        row = frame.row(again[0], named=True)
        value = " ".join(str(row[key]) for key in keys if row[key] is not None)
        raise PackError(path, "row stands twice", "keep one", row=rows[again[0]], column=keys[0], value=value)


def _validate(
    path: Path, rows: pl.Series, text: pl.DataFrame, frame: pl.DataFrame, schema: type[dy.Schema]
) -> pl.DataFrame:
    valid, failures = schema.filter(frame)
    rules = failures.counts()
    if not rules:
        return valid
    # Which rows failed is known by their values only; the first of them in the file is reported.
    failed = failures.details().unique(subset=frame.columns)
    numbered = frame.with_row_index("_at").join(failed, on=frame.columns, how="inner", nulls_equal=True)
    first = numbered.sort("_at").row(0, named=True)
    rule = next(name for name in rules if first[name] == "invalid")
    column, _, kind = rule.partition("|")
    if column not in frame.columns:
        raise PackError(path, f"breaks the rule {rule}", "correct the row", row=rows[first["_at"]])
    raise PackError(
        path,
        _RULES.get(kind, f"breaks the rule {kind.removeprefix('check__')}"),
        f"the cell holds: {schema.columns()[column].description}",
        row=rows[first["_at"]],
        column=column,
        value=text[column][first["_at"]],
    )


_RULES = {
    "nullability": "is empty",
    "min": "is too small",
    "max": "is too large",
    "regex": "is not written as it must be",
    "min_length": "is empty",
}
