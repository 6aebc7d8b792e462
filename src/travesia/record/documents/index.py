"""An index of documents: a table beside the files that says who published which file when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from travesia.record.documents.document import Described
from travesia.record.reading.cue_files import LANGUAGES
from travesia.terms import InputError, parse_day, read_rows

_FIELDS = {
    "language": "language", "date": "published", "publisher": "publisher", "title": "title",
    "licence": "licence", "kind": "kind",
}  # fmt: skip
"""Columns of an index, and what of a document each says; other columns are the user's own."""


def read_index(path: Path) -> Mapping[str, Described]:
    """Read an index (CSV or workbook).

    It has a column ``file``, and any of language, date, publisher, title, licence and kind; other columns
    are the user's own. Returns what is said of each file, by its name; an empty cell says nothing.

    Raises
    ------
    InputError
        Naming row and column: no column ``file``, a file named twice, a language that cannot be read, a date
        that is no day, month or year.
    """
    header, rows = read_rows(path)
    if "file" not in header:
        raise InputError(path, "has no column file", "add it: the name of each file", row=1)
    index: dict[str, Described] = {}
    for number, row in rows:
        name = row["file"].strip()
        if not name or name in index:
            problem = "is named twice" if name else "is missing"
            raise InputError(path, problem, "give each file one row", row=number, column="file", value=name)
        said = {field: row.get(column, "").strip() or None for column, field in _FIELDS.items()}
        check_said(path, number, said)
        index[name] = Described(**said)
    return index


def check_said(path: Path | str, row: int | None, said: Mapping[str, str | None]) -> None:
    """Check the language and the date that somebody gives of a document."""
    language, published = said.get("language"), said.get("published")
    if language is not None and language not in LANGUAGES:
        remedy = f"give one of {', '.join(LANGUAGES)}, or nothing to have it found"
        raise InputError(path, "cannot be read", remedy, row=row, column="language", value=language)
    if published is not None and not _is_date(published):
        remedy = "write it as YYYY-MM-DD, YYYY-MM or YYYY"
        raise InputError(path, "is no date", remedy, row=row, column="date", value=published)


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    try:
        parse_day((text + "-01-01")[:10])
    except ValueError:
        return False
    return True
