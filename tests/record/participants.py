"""Who took part in what, as read from an invented text."""

from __future__ import annotations

from typing import Any

from travesia.record import Described, as_json, read_document
from travesia.record.documents import Document

Took = set[tuple[str, str, str]]


def read(language: str, text: str) -> dict[str, Any]:
    """Return the reading of an invented text of 10 July 2023."""
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published="2023-07-10", language=language),
    )  # fmt: skip
    return dict(as_json(read_document(document)))


def records(reading: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the fields of the records of a type, in order."""
    return [one["fields"] | {"id": one["id"]} for one in reading["records"] if one["type"] == kind]


def took_part(reading: dict[str, Any]) -> Took:
    """Return who took part: the last part of the actor's id, the role, and the kind of what it was."""
    kinds = {one["id"]: one["fields"]["kind"] for one in reading["records"] if "kind" in one["fields"]}
    return {
        (one["actor"].rpartition(":")[2].rpartition("-")[2], one["role"], kinds[one["of"]])
        for one in records(reading, "participation")
    }


def everyone(names: str, role: str, kind: str) -> Took:
    """Return what is wanted of several participants alike."""
    return {(name, role, kind) for name in names.split()}
