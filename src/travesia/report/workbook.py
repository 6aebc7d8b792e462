"""The workbook: one sheet a table, one sheet a state."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

from travesia.report import palette
from travesia.report.answer import question
from travesia.report.picture import Column, write_cell
from travesia.report.pledges import PARTS
from travesia.report.reading import rows_of
from travesia.report.tables import reasons_table, states_table
from travesia.report.words import Words, load_words
from travesia.terms import UsageError

if TYPE_CHECKING:
    from travesia.study import Study

SHEET_ROWS = 1_048_576
"""Rows that a sheet can hold, header included."""
_FORMATS = {"count": "#,##0", "usd": "#,##0", "decimal": "#,##0.00", "percent": "0.0%"}


def workbook(study: Study, path: Path) -> None:
    """Write the tables of a study and a sheet for each state of its shares as an XLSX file.

    Missing numbers are empty cells in the tables and "not reported" on the sheets of states. The file's
    dates are those of the study, so that the same study gives the same bytes.

    Raises
    ------
    UsageError
        For a table with more rows than a sheet can hold, before anything is written.
    """
    words = load_words(study.lang)
    for name, table in study.tables.items():
        if table.height >= SHEET_ROWS:
            raise UsageError(f"table {name}: {table.height} rows do not fit a sheet; use tables/{name}.csv")
    book = xlsxwriter.Workbook(
        str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    created = dt.datetime(study.as_of.year, study.as_of.month, study.as_of.day)
    book.set_properties({"title": study.title, "comments": question(study, words), "created": created})
    formats = _formats(book)
    _about_sheet(book, study, words, formats)
    states, reasons = states_table(study, words), reasons_table(study, words)
    for row in states.rows:
        _state_sheet(book, study, ((*states.columns, *reasons.columns[1:]), row), words, formats)
    for name, table in study.tables.items():
        _table_sheet(book, name, table, formats)
    book.close()


def sheet_name(title: str) -> str:
    """Return a name that a sheet may have: no forbidden signs, at most 31 characters."""
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31]


def _formats(book: Any) -> dict[str, Any]:
    formats = {kind: book.add_format({"num_format": code}) for kind, code in _FORMATS.items()}
    formats["head"] = book.add_format(
        {"bold": True, "bg_color": "#E6EDF4", "text_wrap": True, "valign": "top"}
    )
    formats["title"] = book.add_format({"bold": True, "font_size": 16, "font_color": palette.BASELINE})
    formats["label"] = book.add_format({"bold": True, "valign": "top"})
    formats["text"] = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
    return formats


def _about_sheet(book: Any, study: Study, words: Words, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(sheet_name(words.plain("book.about")))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    sheet.write(0, 0, study.title, formats["title"])
    lines = [
        ("", question(study, words)), ("", words.plain("page.notice")),
        (words.plain("repeat.pack"), f"{study.pack} {study.pack_version}"),
        (words.plain("repeat.seed"), str(study.seed)), (words.plain("repeat.runs"), str(study.runs)),
        (words.plain("section.repeat"), study.command),
        (words.plain("section.responsibility"), words.plain("responsibility.use")),
        ("", words.plain("responsibility.boundaries")),
    ]  # fmt: skip
    for i, (label, text) in enumerate(lines, 2):
        sheet.write(i, 0, label, formats["label"])
        sheet.write(i, 1, text, formats["text"])


def _state_sheet(
    book: Any,
    study: Study,
    told: tuple[tuple[Column, ...], Mapping[str, Any]],
    words: Words,
    formats: Mapping[str, Any],
) -> None:
    columns, row = told
    sheet = book.add_worksheet(sheet_name(row["state"]))
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 6, 18)
    sheet.write(0, 0, row["state"], formats["title"])
    sheet.write_row(2, 0, [words.plain("book.field"), words.plain("book.value")], formats["head"])
    line = 3
    for column in columns[1:]:
        sheet.write(line, 0, column.head, formats["label"])
        _write_value(sheet, (line, 1), row.get(column.name), column.kind, words, formats)
        line += 1
    _state_commitments(sheet, line + 1, study, row["iso3"], words, formats)


def _state_commitments(
    sheet: Any, line: int, study: Study, iso3: str, words: Words, formats: Mapping[str, Any]
) -> None:
    rows = list(rows_of(study.tables["balance"].filter(pl.col("iso3") == iso3)))
    if not rows:
        sheet.write(line, 0, words.plain("book.no_commitments"))
        return
    heads = ["commitment", "unit", *PARTS, "gap", "state_of"]
    sheet.write_row(line, 0, [words.plain(f"head.{head}") for head in heads], formats["head"])
    for i, row in enumerate(rows, line + 1):
        sheet.write(i, 0, row["title"] or row["commitment"], formats["text"])
        sheet.write(i, 1, words.texts.get(f"unit.{row['unit']}", row["unit"]))
        for j, part in enumerate((*PARTS, "gap"), 2):
            _write_value(sheet, (i, j), row[part], "count", words, formats)
        sheet.write(i, 6, words.texts.get(f"state.{row['state']}", row["state"]))


def _write_value(
    sheet: Any, cell: tuple[int, int], value: Any, kind: str, words: Words, formats: Mapping[str, Any]
) -> None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(*cell, value, formats.get(kind))
    else:
        sheet.write_string(*cell, write_cell(value, kind, words), formats["text"])


def _table_sheet(book: Any, name: str, table: pl.DataFrame, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(sheet_name(name))
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, table.columns, formats["head"])
    for j, column in enumerate(table.columns):
        sheet.set_column(j, j, min(40, max(12, len(column) + 2)))
    for i, row in enumerate(table.iter_rows(), 1):
        for j, value in enumerate(row):
            _write_plain(sheet, i, j, value)
    if table.height:
        sheet.autofilter(0, 0, table.height, table.width - 1)


def _write_plain(sheet: Any, i: int, j: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(i, j, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(i, j, value)
    else:
        sheet.write_string(i, j, str(value))
