"""What can be done in a ledger: nine operations, each entered by somebody at some time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from travesia.record.reading.nouns import Doubt, Extent
from travesia.record.record import Record


@dataclass(frozen=True)
class Propose:
    """Lay a record before reviewers; it counts nowhere until it is accepted.

    `id` starts with ``pro:`` and follows from document, rule and evidence. `doubts`, `abstained` and
    `slots` are those of the reader. A record that is not `dated` comes from a document without a date: it
    counts as known from the day on which it is accepted.
    """

    id: str
    record: Record
    doubts: tuple[Doubt, ...] = ()
    abstained: tuple[str, ...] = ()
    slots: Mapping[str, Extent] = field(default_factory=lambda: MappingProxyType({}))
    dated: bool = True


@dataclass(frozen=True)
class Accept:
    """Put one's name to a record: a proposal's, a version that waits for a further name, or one by hand.

    `of` a proposal: the record is the proposal's, or `record` where fields were `edited` on the way. `of` a
    record: `content` is the digest of the version meant. Without `of`: `record` is entered by hand.
    """

    of: str | None = None
    record: Record | None = None
    edited: tuple[str, ...] = ()
    content: str | None = None


@dataclass(frozen=True)
class Reject:
    """Turn a proposal down."""

    of: str
    why: str


@dataclass(frozen=True)
class Amend:
    """Enter a newer version of a record; it holds the whole record, known from its own day."""

    record: Record
    why: str | None = None


@dataclass(frozen=True)
class Supersede:
    """Enter a record of another author or document that closes the one which it `supersedes`.

    `replaces` names the fields of the old record that the new one says otherwise.
    """

    record: Record
    replaces: tuple[str, ...] = ()
    why: str | None = None


@dataclass(frozen=True)
class Retract:
    """Withdraw a record from a day on; or, `of` a proposal, take back what was decided on it."""

    of: str
    known_from: date | None = None
    why: str | None = None


@dataclass(frozen=True)
class Merge:
    """Make one record of several proposals or records, which are closed from then on."""

    of: tuple[str, ...]
    record: Record
    why: str | None = None


@dataclass(frozen=True)
class Split:
    """Make several records of one proposal or record, which is closed from then on."""

    of: str
    records: tuple[Record, ...]
    why: str | None = None


@dataclass(frozen=True)
class Note:
    """Say something about a record or a proposal; it changes nothing."""

    of: str
    text: str


Operation = Propose | Accept | Reject | Amend | Supersede | Retract | Merge | Split | Note


@dataclass(frozen=True)
class Entry:
    """One line of a ledger: an operation, by whom, and when it was entered (``YYYY-MM-DDTHH:MM:SSZ``)."""

    operation: Operation
    by: str
    at: str

    @property
    def op(self) -> str:
        """The name of the operation as the line has it."""
        return type(self.operation).__name__.lower()

    @property
    def day(self) -> date:
        """The day of entry, in UTC."""
        return date.fromisoformat(self.at[:10])


def records_of(operation: Operation) -> tuple[Record, ...]:
    """Return the records that an operation holds."""
    if isinstance(operation, Split):
        return operation.records
    record = getattr(operation, "record", None)
    return () if record is None else (record,)
