"""The ledger's file: JSON Lines, one operation a line, each with the hash of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from travesia.record.ledger import Entry, Ledger
from travesia.record.record import CERTAINTIES, MODALITIES, TYPES, Record
from travesia.terms import Cite, InputError


def _one_of(allowed: Iterable[str]) -> Callable[[str], str]:
    names = tuple(allowed)

    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"is none of {', '.join(names)}")
        return value

    return check


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class CiteShape(_Shape):
    """A cite as written."""

    source: str = Field(min_length=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    quote: str | None = None


class RecordShape(_Shape):
    """A record as written."""

    id: str = Field(pattern=r"^[a-z]{3}:[a-z0-9]+(-[a-z0-9]+)*$")
    type: Annotated[str, AfterValidator(_one_of(TYPES.values()))]
    fields: dict[str, Any]
    cites: list[CiteShape] = Field(min_length=1)
    certainty: Annotated[str, AfterValidator(_one_of(CERTAINTIES))]
    modality: Annotated[str, AfterValidator(_one_of(MODALITIES))]
    attribution: list[str]
    valid_from: date | None
    valid_to: date | None
    known_from: date
    origin: str = Field(min_length=1)
    supersedes: str | None = None


class EntryShape(_Shape):
    """A line as written."""

    op: Literal["accept", "amend", "retract"]
    by: str = Field(min_length=1)
    record: RecordShape
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


def load_ledger(*paths: Path) -> Ledger:
    """Read a ledger; several files (a pack's, then a project's own) are read as one.

    Raises
    ------
    InputError
        One line naming file and line: missing file, no UTF-8, no JSON, unknown or missing keys, a hash that
        does not fit, an id accepted twice, or an amendment of what was never accepted.
    """
    entries: list[Entry] = []
    accepted: set[str] = set()
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            if line.strip():
                entry = _entry(path, number, line)
                _check_order(path, number, entry, accepted)
                entries.append(entry)
    return Ledger(tuple(entries))


def entry_line(entry: Entry) -> str:
    """Return the line of an entry, without line feed; the same entry always gives the same line."""
    record = entry.record
    content = {
        "op": entry.op,
        "by": entry.by,
        "record": {
            "id": record.id, "type": record.type, "fields": dict(record.fields),
            "cites": [_without_missing(vars(cite)) for cite in record.cites],
            "certainty": record.certainty, "modality": record.modality,
            "attribution": list(record.attribution),
            "valid_from": _iso(record.valid_from), "valid_to": _iso(record.valid_to),
            "known_from": _iso(record.known_from), "origin": record.origin,
        } | ({"supersedes": record.supersedes} if record.supersedes else {}),
    }  # fmt: skip
    return json.dumps({**content, "sha256": content_hash(content)}, ensure_ascii=False)


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of a line's content: its JSON without ``sha256``, keys sorted, without spaces."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8").split("\n")
    except FileNotFoundError:
        raise InputError(path, "file is missing", "add it, or take the file from a working pack") from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise InputError(path, "is not UTF-8", "save it as UTF-8", row=row) from None
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "check the path") from None


def _entry(path: Path, number: int, line: str) -> Entry:
    try:
        content = json.loads(line)
        shape = EntryShape.model_validate_json(line)
    except json.JSONDecodeError as error:
        remedy = "write one object a line, or take the line from a working ledger"
        raise InputError(path, f"is no JSON ({error.msg})", remedy, row=number) from None
    except ValidationError as error:
        raise _misshapen(path, number, error) from None
    written = content.pop("sha256")
    if content_hash(content) != written:
        problem = "does not fit the content: the line was changed by hand"
        raise InputError(
            path, problem, "enter an amendment instead", row=number, column="sha256", value=written
        )
    try:
        return Entry(shape.op, shape.by, _record(shape.record))
    except ValueError as error:
        remedy = "correct the record"
        raise InputError(path, str(error), remedy, row=number, column="id", value=shape.record.id) from None


def _record(shape: RecordShape) -> Record:
    if TYPES.get(shape.id[:3]) != shape.type:
        raise ValueError(f"the id is not that of a record of type {shape.type}")
    if shape.valid_from and shape.valid_to and shape.valid_to < shape.valid_from:
        raise ValueError(f"ends on {shape.valid_to}, before its start {shape.valid_from}")
    return Record(
        id=shape.id, type=shape.type, fields=MappingProxyType(shape.fields),
        cites=tuple(Cite(cite.source, cite.start, cite.end, cite.quote) for cite in shape.cites),
        certainty=shape.certainty, modality=shape.modality, attribution=tuple(shape.attribution),
        valid_from=shape.valid_from, valid_to=shape.valid_to, known_from=shape.known_from,
        origin=shape.origin, supersedes=shape.supersedes,
    )  # fmt: skip


def _misshapen(path: Path, number: int, error: ValidationError) -> InputError:
    first = error.errors(include_url=False)[0]
    names = [str(part) for part in first["loc"]]
    problem = {"extra_forbidden": "key is unknown", "missing": "key is missing"}.get(first["type"])
    value = None if problem or not isinstance(first["input"], (str, int, float)) else first["input"]
    message = problem or str(first["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return InputError(path, message, "correct the line", row=number, column=".".join(names), value=value)


def _check_order(path: Path, number: int, entry: Entry, accepted: set[str]) -> None:
    name = entry.record.id
    if entry.op == "accept" and name in accepted:
        raise InputError(path, "is accepted twice", "amend it instead", row=number, column="id", value=name)
    if entry.op != "accept" and name not in accepted:
        raise InputError(path, "was never accepted", "accept it first", row=number, column="id", value=name)
    accepted.add(name)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _without_missing(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
