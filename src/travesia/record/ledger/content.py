"""What a record says, as JSON, and its digest: two people accept the same when the digests are equal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from travesia.record.record import Record


def plain_record(record: Record) -> dict[str, Any]:
    """Return a record as its line holds it; the same record always gives the same text."""
    plain = {
        "id": record.id, "type": record.type, "fields": dict(record.fields),
        "cites": [_without_missing(vars(cite)) for cite in record.cites],
        "certainty": record.certainty, "modality": record.modality,
        "attribution": list(record.attribution),
        "valid_from": _iso(record.valid_from), "valid_to": _iso(record.valid_to),
        "known_from": _iso(record.known_from), "origin": record.origin,
    }  # fmt: skip
    return plain | ({"supersedes": record.supersedes} if record.supersedes else {})


def content_of(*records: Record) -> str:
    """Return the SHA-256 of what records say, whoever wrote them down."""
    plain = [plain_record(record) for record in records]
    return digest([{name: value for name, value in one.items() if name != "origin"} for one in plain])


def edited_fields(old: Record, new: Record) -> tuple[str, ...]:
    """Name what differs between two records: fields as ``fields.NAME``, sorted; `origin` aside."""
    names = (
        "id", "type", "cites", "certainty", "modality", "attribution", "valid_from", "valid_to", "known_from",
    )  # fmt: skip
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    missing = object()
    for name in sorted({*old.fields, *new.fields}):
        if old.fields.get(name, missing) != new.fields.get(name, missing):
            changed.append(f"fields.{name}")
    return tuple(sorted(changed))


def digest(content: Mapping[str, Any] | list[Any]) -> str:
    """Return the SHA-256 of the JSON of a content, keys sorted, without spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _without_missing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
