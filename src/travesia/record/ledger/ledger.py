"""The ledger: versions of accepted records, asked by the day they hold and the day they were known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from travesia.record.ledger.folding import Event, Fold, MisplacedError, Proposed, Version
from travesia.record.ledger.operations import Entry
from travesia.record.record import Record


@dataclass(frozen=True)
class Standing:
    """A record as known on one day, and whether it holds on another."""

    record: Record
    in_force: bool


@dataclass(frozen=True)
class Ledger:
    """All operations, in the order in which they were entered; nothing is ever edited in place.

    `acceptances` says by type of record, ``*`` for all others, how many different people must accept the
    same content before it counts; 1 where it says nothing.

    Raises
    ------
    MisplacedError
        When asked, if an operation does not fit those before it.
    """

    entries: tuple[Entry, ...]
    acceptances: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def _fold(self) -> Fold:
        fold = Fold(self.acceptances)
        for entry in self.entries:
            fold.add(entry)
        return fold

    def with_entries(self, *entries: Entry) -> Ledger:
        """Return the ledger with further operations at its end; raises `MisplacedError` at once."""
        fold = self._fold.copy()
        for entry in entries:
            fold.add(entry)
        ledger = Ledger((*self.entries, *entries), self.acceptances)
        # What the property would find, found already.
        ledger.__dict__["_fold"] = fold
        return ledger

    def as_of(self, *, valid: date, known: date) -> tuple[Standing, ...]:
        """Return each accepted record as known at the end of the day `known`, in the order of first entry.

        Also those that do not hold on the day `valid`. Left out are versions that a later one known by
        then replaced, records retracted, merged or split by then, and records that another one which
        stands then supersedes. Of two versions known from the same day the one entered later counts.
        """
        newest = {name: _newest(timeline, known) for name, timeline in self._fold.timelines.items()}
        kept = [event.record for event in newest.values() if event is not None and event.record is not None]
        replaced = {name for r in kept if r.supersedes for name in _went_into(r.supersedes, newest)}
        return tuple(Standing(r, r.in_force(valid)) for r in kept if r.id not in replaced)

    def accepted(self) -> tuple[Record, ...]:
        """Return the newest version of each accepted record that stands: all that may reach a model."""
        events = (event for timeline in self._fold.timelines.values() for event in timeline)
        day = max((event.known_from for event in events), default=date.max)
        return tuple(standing.record for standing in self.as_of(valid=day, known=day))

    def proposals(self) -> tuple[Proposed, ...]:
        """Return every proposal with what became of it, in the order of entry."""
        return tuple(self._fold.proposals.values())

    def proposed(self) -> tuple[Proposed, ...]:
        """Return the proposals that nobody has decided, or not enough people."""
        return tuple(found for found in self.proposals() if found.status == "proposed")

    def proposal(self, name: str) -> Proposed:
        """Return a proposal by its id; raises `MisplacedError` if there is none."""
        found = self._fold.proposals.get(name)
        if found is None:
            raise MisplacedError(name, "was never proposed", "correct the id")
        return found

    def record_ids(self) -> tuple[str, ...]:
        """Return the ids of all records ever accepted, standing or not, and of those that went into them."""
        return (
            *self._fold.timelines,
            *(name for name in self._fold.merged if name not in self._fold.timelines),
        )

    def versions(self, name: str) -> tuple[Record, ...]:
        """Return every accepted version of a record, in the order in which they came to count."""
        timeline = self._fold.timelines.get(name, [])
        return tuple(event.record for event in timeline if event.record is not None)

    def waiting(self) -> tuple[Version, ...]:
        """Return the versions to which some, but not enough people have put their names."""
        return tuple(self._fold.waiting)

    def notes(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the notes on a record or proposal: who said what."""
        return tuple(self._fold.notes.get(name, ()))

    def resolved(self, name: str) -> str:
        """Return the record that a record was merged into, or its own id."""
        return self._fold.resolved(name)

    def first_known(self, name: str) -> date:
        """Return the first day on which anything of an accepted record was known."""
        return min(record.known_from for record in self.versions(name))


def _newest(timeline: Sequence[Event], known: date) -> Event | None:
    newest: Event | None = None
    for event in timeline:
        if event.known_from <= known and (newest is None or event.known_from >= newest.known_from):
            newest = event
    return newest


def _went_into(name: str, newest: Mapping[str, Event | None]) -> Iterator[str]:
    """Give a record and, where it was merged or split by then, what came of it."""
    yield name
    event = newest.get(name)
    if event is not None and event.record is None and event.version is not None:
        for record in event.version.records:
            yield from _went_into(record.id, newest)


def commitments(ledger: Ledger) -> tuple[Record, ...]:
    """Return the newest version of each commitment, in the order of the ledger."""
    return tuple(record for record in ledger.accepted() if record.type == "commitment")


def signatories(ledger: Ledger, instrument: str, known: date | None = None) -> tuple[str, ...]:
    """Return the states (ISO 3166 alpha-3, sorted) that signed an instrument, by its record id.

    As known at the end of the day `known`; by default by the newest version of each record.
    """
    records = ledger.accepted()
    if known is not None:
        records = tuple(standing.record for standing in ledger.as_of(valid=known, known=known))
    members = (record.fields for record in records if record.type == "participation")
    signed = {
        str(fields["iso3"])
        for fields in members
        if ledger.resolved(str(fields.get("of"))) == ledger.resolved(instrument)
        and fields.get("role") == "signatory"
        and fields.get("iso3")
    }
    return tuple(sorted(signed))
