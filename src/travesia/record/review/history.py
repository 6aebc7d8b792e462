"""What people have done to proposals so far, as the ledger tells it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from travesia.record.ledger.folding import PROPOSAL, same_person
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Accept, Entry, Merge, Reject, Retract, Split
from travesia.record.review.drafts import versions_waiting


def decisions(ledger: Ledger) -> dict[str, tuple[Entry, ...]]:
    """Return what was decided on each proposal since it was last taken back; the newest decision last."""
    into: dict[str, list[str]] = {}
    for one in ledger.proposals():
        for record in one.into:
            into.setdefault(record, []).append(one.id)
    for version in ledger.waiting():
        for each in version.records:
            into.setdefault(each.id, []).extend(version.takes)
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in ledger.entries:
        for name in _touched(entry, into):
            before = found.pop(name, ())
            if not isinstance(entry.operation, Retract):
                found[name] = (*before, entry)
    return found


def decided_by(ledger: Ledger, by: str) -> tuple[str, ...]:
    """Return the proposals on which a person decided last, the newest decision first."""
    made = decisions(ledger)
    return tuple(name for name in reversed(made) if same_person(made[name][-1].by, by))


def names_under(ledger: Ledger, name: str, *, but: str) -> tuple[str, ...]:
    """Return who else put a name to what was made of a proposal since it was last taken back."""
    made = decisions(ledger).get(name, ())
    names = (entry.by for entry in made if not isinstance(entry.operation, Reject))
    return tuple(dict.fromkeys(by for by in names if not same_person(by, but)))


def outcome_of(ledger: Ledger, name: str) -> str:
    """Return in words what has become of a proposal."""
    found = ledger.proposal(name)
    names = [by for version in versions_waiting(ledger, name) for by in version.names]
    if names:
        return f"waits for another name after {', '.join(names)}"
    if found.status == "rejected":
        return f"rejected: {found.why}"
    return f"{found.status} as {', '.join(found.into)}" if found.into else "open"


def _touched(entry: Entry, into: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """Return the proposals on which an entry decides; `into` tells those of each record."""
    match entry.operation:
        case Accept(of=str() as name) if not name.startswith(PROPOSAL):
            return into.get(name, ())
        case Accept(of=str() as name) | Reject(of=name) | Split(of=name) | Retract(of=name):
            return (name,) if name.startswith(PROPOSAL) else ()
        case Merge(of=names):
            return tuple(name for name in names if name.startswith(PROPOSAL))
        case _:
            return ()
