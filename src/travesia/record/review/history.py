"""What people have done to proposals so far, as the ledger tells it."""

from __future__ import annotations

from travesia.record.ledger.folding import PROPOSAL, same_person
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Accept, Entry, Merge, Reject, Retract, Split
from travesia.record.record import Record
from travesia.record.review.drafts import versions_waiting


def decided_by(ledger: Ledger, by: str) -> tuple[str, ...]:
    """Return the proposals on which a person decided last, the newest decision first."""
    seen: dict[str, bool] = {}
    for entry in reversed(ledger.entries):
        mine = same_person(entry.by, by) and not isinstance(entry.operation, Retract)
        for name in _touched(ledger, entry):
            seen.setdefault(name, mine)
    return tuple(name for name, mine in seen.items() if mine)


def names_under(ledger: Ledger, name: str, *, but: str) -> tuple[str, ...]:
    """Return who else put a name to what was made of a proposal since it was last taken back."""
    names: list[str] = []
    for entry in ledger.entries:
        if name in _touched(ledger, entry):
            if isinstance(entry.operation, Reject | Retract):
                names.clear()
            elif not any(same_person(entry.by, other) for other in (but, *names)):
                names.append(entry.by)
    return tuple(names)


def outcome_of(ledger: Ledger, name: str) -> str:
    """Return in words what has become of a proposal."""
    found = ledger.proposal(name)
    names = [by for version in versions_waiting(ledger, name) for by in version.names]
    if names:
        return f"waits for another name after {', '.join(names)}"
    if found.status == "rejected":
        return f"rejected: {found.why}"
    return f"{found.status} as {', '.join(found.into)}" if found.into else "open"


def _touched(ledger: Ledger, entry: Entry) -> tuple[str, ...]:
    """Return the proposals on which an entry decides."""
    match entry.operation:
        case Accept(of=str() as name) if not name.startswith(PROPOSAL):
            waiting = (version for version in ledger.waiting() if name in _ids(version.records))
            takes = [taken for version in waiting for taken in version.takes]
            return (*takes, *(one.id for one in ledger.proposals() if name in one.into))
        case Accept(of=str() as name) | Reject(of=name) | Split(of=name) | Retract(of=name):
            return (name,) if name.startswith(PROPOSAL) else ()
        case Merge(of=names):
            return tuple(name for name in names if name.startswith(PROPOSAL))
        case _:
            return ()


def _ids(records: tuple[Record, ...]) -> tuple[str, ...]:
    return tuple(record.id for record in records)
