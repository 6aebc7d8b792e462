"""The ledger: versions of accepted records, asked by the day they hold and the day they were known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from travesia.record.record import Record


@dataclass(frozen=True)
class Entry:
    """One operation, ``accept``, ``amend`` or ``retract``: by whom, and the version it concerns."""

    op: str
    by: str
    record: Record


@dataclass(frozen=True)
class Standing:
    """A record as known on one day, and whether it holds on another."""

    record: Record
    in_force: bool


@dataclass(frozen=True)
class Ledger:
    """Everything accepted, in the order in which it was entered; nothing is ever edited in place."""

    entries: tuple[Entry, ...]

    def as_of(self, *, valid: date, known: date) -> tuple[Standing, ...]:
        """Return each record as known at the end of the day `known`, in the order of first entry.

        Also those that do not hold on the day `valid`. Left out are versions that a later one known by
        then replaced, retracted records, and records that another one known by then supersedes.
        """
        latest: dict[str, Entry] = {}
        for entry in self.entries:
            held = latest.get(entry.record.id)
            newer = held is None or entry.record.known_from >= held.record.known_from
            if entry.record.known_from <= known and newer:
                latest[entry.record.id] = entry
        kept = [entry.record for entry in latest.values() if entry.op != "retract"]
        replaced = {record.supersedes for record in kept}
        return tuple(Standing(r, r.in_force(valid)) for r in kept if r.id not in replaced)

    def latest(self) -> tuple[Record, ...]:
        """Return the newest version of each record that stands."""
        day = max((entry.record.known_from for entry in self.entries), default=date.max)
        return tuple(standing.record for standing in self.as_of(valid=day, known=day))


def commitments(ledger: Ledger) -> tuple[Record, ...]:
    """Return the newest version of each commitment, in the order of the ledger."""
    return tuple(record for record in ledger.latest() if record.type == "commitment")


def signatories(ledger: Ledger, instrument: str) -> tuple[str, ...]:
    """Return the states (ISO 3166 alpha-3, sorted) that signed an instrument, by its record id."""
    members = (record.fields for record in ledger.latest() if record.type == "participation")
    signed = {
        str(fields["iso3"])
        for fields in members
        if fields.get("of") == instrument and fields.get("role") == "signatory" and fields.get("iso3")
    }
    return tuple(sorted(signed))
