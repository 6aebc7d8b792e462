"""Reading and writing tables by their schema.

A file is read as text with spreadsheet row numbers, its width checked, and cast here, so that every
fault has a file, a row and a column. Empty cells are null.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from travesia.terms.errors import InputError, PackError
from travesia.terms.schemas import key_columns

_TRUE, _FALSE = ("1", "true"), ("0", "false")


def read_table(path: Path, schema: type[dy.Schema]) -> pl.DataFrame:
    """Read a CSV file (gzipped if it ends in ``.gz``) as the schema's table.

    Columns may come in any order; columns that the schema does not name are refused.

    Raises
    ------
    PackError
        For a file that is missing, cut off, not UTF-8, or whose header, width, values or keys are wrong.
    """
    header, rows, numbers = _read_text(path)
    columns = schema.columns()
    _check_header(path, header, list(columns))
    text = pl.DataFrame(
        {name: [row[i] or None for row in rows] for i, name in enumerate(header)},
        schema=dict.fromkeys(header, pl.String),
    )
    frame = pl.DataFrame(
        {name: _cast(path, numbers, text[name], column.dtype) for name, column in columns.items()}
    )
    return _validate(path, numbers, frame, schema)


def read_rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Read a CSV file without a schema: its header, and (spreadsheet row, cells by column) for each row."""
    header, rows, numbers = _read_text(path)
    return header, [(number, dict(zip(header, row, strict=True))) for number, row in zip(numbers, rows, strict=True)]


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV, byte for byte the same for the same values (gzip without a clock)."""
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


def _read_text(path: Path) -> tuple[list[str], list[list[str]], list[int]]:
    try:
        raw = path.read_bytes()
        data = gzip.decompress(raw) if path.suffix == ".gz" else raw
    except FileNotFoundError:
        raise PackError(path, "file is missing", "add it, or take the file from a working pack") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise PackError(path, "gzip file is cut off or damaged", "compress or copy it again") from None
    except OSError as error:
        raise PackError(path, f"cannot be read ({error.strerror})", "check the path and its rights") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise PackError(path, "is not UTF-8", "save it as CSV UTF-8", row=row) from None
    if "\x00" in text:
        raise PackError(path, "holds NUL bytes and is no text", "save it as CSV UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, numbers = [], []
    try:
        for number, row in enumerate(reader, start=1):
            if row:
                rows.append(row)
                numbers.append(number)
    except csv.Error as error:
        raise PackError(path, f"is no CSV ({error})", "check the quotes", row=reader.line_num) from None
    if not rows:
        raise PackError(path, "file is empty", "write at least the header row")
    header, width = rows[0], len(rows[0])
    for number, row in zip(numbers, rows, strict=True):
        if len(row) != width:
            raise PackError(
                path, f"row has {len(row)} cells, the header has {width}", "add or remove cells", row=number
            )
    return header, rows[1:], numbers[1:]


def _check_header(path: Path, header: list[str], wanted: list[str]) -> None:
    if len(set(header)) != len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise PackError(path, "column stands twice", "remove one", row=1, column=twice)
    missing = [name for name in wanted if name not in header]
    if missing:
        raise PackError(path, "column is missing", f"the header needs {','.join(wanted)}", row=1, column=missing[0])
    extra = [name for name in header if name not in wanted]
    if extra:
        raise PackError(path, "column is unknown", f"the header is {','.join(wanted)}", row=1, column=extra[0])


def _cast(path: Path, numbers: list[int], text: pl.Series, dtype: pl.DataType) -> pl.Series:
    if dtype == pl.String:
        return text
    if dtype == pl.Boolean:
        lower = text.str.to_lowercase()
        cast = pl.select(
            pl.when(lower.is_in(_TRUE)).then(True).when(lower.is_in(_FALSE)).then(False).otherwise(None)
        ).to_series()
    elif dtype == pl.Date:
        cast = text.str.to_date("%Y-%m-%d", strict=False)
    else:
        cast = text.cast(dtype, strict=False)
    if dtype.is_float():
        cast = pl.select(pl.when(cast.is_finite()).then(cast)).to_series()
    bad = (text.is_not_null() & cast.is_null()).arg_true()
    if len(bad):
        at = int(bad[0])
        raise PackError(
            path, f"is not {_wanted(dtype)}", "correct the cell", row=numbers[at], column=text.name, value=text[at]
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


def _validate(path: Path, numbers: list[int], frame: pl.DataFrame, schema: type[dy.Schema]) -> pl.DataFrame:
    marked = frame.with_columns(pl.Series("_row", numbers))
    keys = key_columns(schema)
    if keys and (twice := marked.filter(~pl.struct(keys).is_first_distinct())).height:
        row = twice.row(0, named=True)
        value = " ".join(str(row[key]) for key in keys if row[key] is not None)
        raise PackError(path, "row stands twice", "keep one", row=row["_row"], column=keys[0], value=value)
    valid, failures = schema.filter(frame)
    counts = failures.counts()
    if not counts:
        return valid
    column, _, kind = next(iter(counts)).partition("|")
    failing = failures.invalid()
    first = marked.join(failing.unique(), on=frame.columns, how="semi", nulls_equal=True)
    bad = _first_failing(first, schema, column)
    raise PackError(
        path, _RULES.get(kind, f"breaks the rule {kind}"), "correct the cell",
        row=bad["_row"], column=column, value=bad[column],
    )  # fmt: skip


_RULES = {
    "nullability": "is empty",
    "min": "is too small",
    "max": "is too large",
    "regex": "is not written as it must be",
    "min_length": "is empty",
}


def _first_failing(rows: pl.DataFrame, schema: type[dy.Schema], column: str) -> dict[str, Any]:
    rule_column = schema.columns()[column]
    for row in rows.sort("_row").iter_rows(named=True):
        rules = rule_column.validation_rules(pl.lit(row[column], dtype=rule_column.dtype))
        if not all(pl.select(expr).item() for expr in rules.values()):
            return row
    raise InputError("table", f"no row breaks the rule of {column}", "report this as a defect")
