"""The form of a line: which keys each operation has, checked as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from travesia.record.ledger import operations
from travesia.record.ledger.content import plain_record
from travesia.record.ledger.operations import Entry, Operation
from travesia.record.reading.nouns import Candidate, Doubt, Extent
from travesia.record.record import CERTAINTIES, MODALITIES, TYPES, Record
from travesia.terms import Cite


def _one_of(allowed: Iterable[str]) -> Callable[[str], str]:
    names = tuple(allowed)

    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"is none of {', '.join(names)}")
        return value

    return check


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ProposalId = Annotated[str, Field(pattern=r"^pro:[0-9a-f]{16}$")]
RecordId = Annotated[str, Field(pattern=r"^[a-z]{3}:[a-z0-9]+(-[a-z0-9]+)*$")]
AnyId = Annotated[str, Field(pattern=r"^(pro:[0-9a-f]{16}|[a-z]{3}:[a-z0-9]+(-[a-z0-9]+)*)$")]
Said = Annotated[str, Field(min_length=1)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class CiteShape(_Shape):
    """A cite as written."""

    source: Said
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    quote: str | None = None
    sha256: Sha256 | None = None


class RecordShape(_Shape):
    """A record as written."""

    id: RecordId
    type: Annotated[str, AfterValidator(_one_of(TYPES.values()))]
    fields: dict[str, Any]
    cites: list[CiteShape] = Field(min_length=1)
    certainty: Annotated[str, AfterValidator(_one_of(CERTAINTIES))]
    modality: Annotated[str, AfterValidator(_one_of(MODALITIES))]
    attribution: list[str]
    valid_from: date | None
    valid_to: date | None
    known_from: date
    origin: Said
    supersedes: RecordId | None = None


class CandidateShape(_Shape):
    """One way to read a doubtful slot, as written."""

    value: Any
    reason: str


class DoubtShape(_Shape):
    """A doubtful slot, as written."""

    slot: str
    candidates: list[CandidateShape]


class LineShape(_Shape):
    """What every line has."""

    op: str
    at: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")
    by: Said
    prev: Sha256 | None
    sha256: Sha256


class ProposeShape(LineShape):
    """A line that proposes."""

    op: Literal["propose"]
    id: ProposalId
    record: RecordShape
    doubts: list[DoubtShape] = []
    abstained: list[str] = []
    slots: dict[str, tuple[int, int]] = {}
    dated: bool = True


class AcceptShape(LineShape):
    """A line that accepts."""

    op: Literal["accept"]
    of: AnyId | None = None
    record: RecordShape | None = None
    edited: list[str] = []
    content: Sha256 | None = None


class RejectShape(LineShape):
    """A line that rejects."""

    op: Literal["reject"]
    of: ProposalId
    why: Said


class AmendShape(LineShape):
    """A line that amends."""

    op: Literal["amend"]
    record: RecordShape
    why: Said | None = None


class SupersedeShape(LineShape):
    """A line that supersedes."""

    op: Literal["supersede"]
    record: RecordShape
    replaces: list[str] = []
    why: Said | None = None


class RetractShape(LineShape):
    """A line that retracts."""

    op: Literal["retract"]
    of: AnyId
    known_from: date | None = None
    why: Said | None = None


class MergeShape(LineShape):
    """A line that merges."""

    op: Literal["merge"]
    of: list[AnyId]
    record: RecordShape
    why: Said | None = None


class SplitShape(LineShape):
    """A line that splits."""

    op: Literal["split"]
    of: AnyId
    records: list[RecordShape]
    why: Said | None = None


class NoteShape(LineShape):
    """A line that notes."""

    op: Literal["note"]
    of: AnyId
    text: Said


@cache
def line_shapes() -> TypeAdapter[Any]:
    """Return what checks a line: the shape of its operation."""
    shape = (
        ProposeShape | AcceptShape | RejectShape | AmendShape | SupersedeShape | RetractShape | MergeShape
        | SplitShape | NoteShape
    )  # fmt: skip
    return TypeAdapter(Annotated[shape, Field(discriminator="op")])


def entry_of(shape: LineShape) -> Entry:
    """Return the entry that a line holds; raises ``ValueError`` for a record that contradicts itself."""
    given = {name: getattr(shape, name) for name in type(shape).model_fields}
    kind = getattr(operations, shape.op.capitalize())
    operation = kind(**{one.name: _noun(one.name, given[one.name]) for one in fields(kind)})
    return Entry(operation, shape.by, shape.at)


def plain_entry(entry: Entry) -> dict[str, Any]:
    """Return the content of an entry's line, without the chain; what an operation leaves open is left out."""
    plain: dict[str, Any] = {"op": entry.op, "at": entry.at, "by": entry.by}
    operation: Operation = entry.operation
    for one in fields(operation):
        value = _plain(getattr(operation, one.name))
        # A record that is dated is the rule, so only the exception is written.
        if value not in (None, [], {}) and not (one.name == "dated" and value):
            plain[one.name] = value
    return plain


def _noun(name: str, value: Any) -> Any:
    if isinstance(value, RecordShape):
        return _record(value)
    if name == "records":
        return tuple(_record(shape) for shape in value)
    if name == "doubts":
        return tuple(
            Doubt(shape.slot, tuple(Candidate(one.value, one.reason) for one in shape.candidates))
            for shape in value
        )
    if name == "slots":
        return MappingProxyType({slot: Extent(*extent) for slot, extent in value.items()})
    return tuple(value) if isinstance(value, list) else value


def _record(shape: RecordShape) -> Record:
    if TYPES.get(shape.id[:3]) != shape.type:
        raise ValueError(f"{shape.id}: the id is not that of a record of type {shape.type}")
    if shape.valid_from and shape.valid_to and shape.valid_to < shape.valid_from:
        raise ValueError(f"{shape.id}: ends on {shape.valid_to}, before its start {shape.valid_from}")
    return Record(
        id=shape.id, type=shape.type, fields=MappingProxyType(shape.fields),
        cites=tuple(Cite(**cite.model_dump()) for cite in shape.cites),
        certainty=shape.certainty, modality=shape.modality, attribution=tuple(shape.attribution),
        valid_from=shape.valid_from, valid_to=shape.valid_to, known_from=shape.known_from,
        origin=shape.origin, supersedes=shape.supersedes,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    match value:
        case Record():
            return plain_record(value)
        case Doubt():
            ways = [{"value": one.value, "reason": one.reason} for one in value.candidates]
            return {"slot": value.slot, "candidates": ways}
        case Extent():
            return [value.start, value.end]
        case date():
            return value.isoformat()
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value
