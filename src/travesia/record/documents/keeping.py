"""The documents of a project: texts beside the ledger that cites them, for those who review it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

from travesia.record.documents.document import Document
from travesia.terms import InputError, read_rows

FOLDER, INDEX = "documents", "index.csv"

COLUMNS = (
    "id", "file", "sha256", "text_sha256", "language", "date", "date_certainty", "publisher", "title",
    "licence", "kind", "withheld",
)  # fmt: skip
"""Columns of the index of a project's documents."""


def keep_document(folder: Path, document: Document, row: Mapping[str, str | None], *, withheld: bool) -> None:
    """Keep a document in a project: a row of ``documents/index.csv``, and its text unless it is withheld.

    Parameters
    ----------
    folder
        The project's folder.
    document
        What was read.
    row
        What is known of it beside the file: language, date, date_certainty, publisher, title, licence, kind.
    withheld
        The text may not be kept: only its name and hashes are.
    """
    home = folder / FOLDER
    home.mkdir(exist_ok=True)
    rows = _rows(home / INDEX)
    fields = {
        "id": document.id, "file": document.file, "sha256": document.sha256,
        "text_sha256": document.text_sha256, "withheld": "1" if withheld else "0",
    }  # fmt: skip
    rows[document.id] = {**dict.fromkeys(COLUMNS, ""), **{k: v or "" for k, v in row.items()}, **fields}
    if not withheld:
        _write(_text_file(folder, document.id), document.text)
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows.values())
    _write(home / INDEX, written.getvalue())


def kept_documents(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a folder's ``documents/index.csv`` by id; none where it keeps no documents."""
    return _rows(folder / FOLDER / INDEX)


def kept_text(folder: Path, name: str) -> str | None:
    """Return the text of a kept document; ``None`` where it is withheld or not kept.

    Raises
    ------
    InputError
        If the text was changed since it was read: its offsets would cite other words.
    """
    row = kept_documents(folder).get(name)
    path = _text_file(folder, name)
    if row is None or not path.exists():
        return None
    text = path.read_bytes().decode("utf-8")
    if hashlib.sha256(text.encode()).hexdigest() != row["text_sha256"]:
        raise InputError(path, "was changed after it was read", "put the original back")
    return text


def _text_file(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name.removeprefix('doc:')}.txt"


def _rows(index: Path) -> dict[str, dict[str, str]]:
    if not index.exists():
        return {}
    header, rows = read_rows(index)
    if not {"id", "text_sha256"} <= set(header):
        raise InputError(
            index, "has no columns id and text_sha256", "take the index that `read` wrote", row=1
        )
    return {row["id"]: row for _, row in rows}


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(text.encode("utf-8"))
    fresh.replace(path)
