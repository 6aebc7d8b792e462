"""What the lines of a ledger come to, read one after the other: proposals, versions, closings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from travesia.record.ledger.content import content_of, edited_fields
from travesia.record.ledger.operations import (
    Accept,
    Amend,
    Entry,
    Merge,
    Note,
    Propose,
    Reject,
    Retract,
    Split,
    Supersede,
)
from travesia.record.record import Record
from travesia.terms import TravesiaError

PROPOSAL = "pro:"
"""How the id of a proposal begins."""

Status = Literal["proposed", "accepted", "rejected", "merged", "split"]


_STATUS: Mapping[str, Status] = MappingProxyType({"merge": "merged", "split": "split"})
"""What becomes of the proposals that an operation takes, where they are not simply accepted."""


class MisplacedError(TravesiaError):
    """An operation that does not fit what was entered before: about which id, why, and what to do."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        self.name, self.problem, self.remedy = name, problem, remedy
        super().__init__(f"{name}: {problem}; {remedy}")


@dataclass(frozen=True)
class Proposed:
    """A proposal and what became of it; `into` names the records that it went into, `why` a rejection."""

    proposal: Propose
    by: str
    at: str
    status: Status = "proposed"
    into: tuple[str, ...] = ()
    why: str | None = None

    @property
    def id(self) -> str:
        """The id of the proposal."""
        return self.proposal.id

    @property
    def record(self) -> Record:
        """The record proposed."""
        return self.proposal.record


@dataclass(frozen=True)
class Version:
    """Records entered together by one operation, and who put their names to them.

    It counts once as many different names as the pack demands stand under it; from then on the proposals
    that it `takes` are decided and the records that it `closes` are closed.
    """

    records: tuple[Record, ...]
    op: Literal["accept", "amend", "supersede", "merge", "split"]
    names: tuple[str, ...]
    takes: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """What became known of a record on a day: a version of it, or with no `record` that it is gone."""

    known_from: date
    record: Record | None
    version: Version | None = None


@dataclass
class Fold:
    """The state of a ledger after some of its lines; `add` takes the next one."""

    acceptances: Mapping[str, int]
    proposals: dict[str, Proposed] = field(default_factory=dict)
    timelines: dict[str, list[Event]] = field(default_factory=dict)
    waiting: list[Version] = field(default_factory=list)
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def copy(self) -> Fold:
        """Return a state that further lines change without changing this one."""
        timelines = {name: list(timeline) for name, timeline in self.timelines.items()}
        notes = {name: list(said) for name, said in self.notes.items()}
        return replace(
            self, proposals=dict(self.proposals), timelines=timelines, waiting=list(self.waiting),
            merged=dict(self.merged), notes=notes,
        )  # fmt: skip

    def add(self, entry: Entry) -> None:
        """Take the next line.

        Raises
        ------
        MisplacedError
            If the operation does not fit what was entered before it; nothing is changed then.
        """
        match entry.operation:
            case Propose() as proposal:
                if proposal.id in self.proposals:
                    raise MisplacedError(proposal.id, "is proposed twice", "remove the second line")
                self.proposals[proposal.id] = Proposed(proposal, entry.by, entry.at)
            case Accept() as accept:
                self._accept(accept, entry)
            case Reject() as reject:
                self._open(reject.of)
                self._drop_waiting(reject.of)
                self._decide(reject.of, "rejected", why=reject.why)
            case Amend(record=record):
                self._must_stand(record.id)
                self._enter(Version((record,), "amend", (entry.by,)))
            case Supersede(record=record):
                self._must_be_new(record.id)
                if not record.supersedes or record.supersedes == record.id:
                    raise MisplacedError(record.id, "supersedes no other record", "name one in `supersedes`")
                self._must_stand(record.supersedes)
                self._enter(Version((record,), "supersede", (entry.by,)))
            case Retract(of=name) if name.startswith(PROPOSAL):
                self._take_back(name)
            case Retract() as retract:
                self._must_stand(retract.of)
                day = retract.known_from or entry.day
                if day < (first := min(event.known_from for event in self.timelines[retract.of])):
                    raise MisplacedError(retract.of, f"is known only from {first}", "retract it from then on")
                self.timelines[retract.of].append(Event(day, None))
            case Merge() as merge:
                self._merge(merge, entry.by)
            case Split() as split:
                self._split(split, entry.by)
            case Note(of=name, text=text):
                if name not in self.proposals and name not in self.timelines:
                    raise MisplacedError(name, "is neither proposed nor accepted", "correct the id")
                self.notes.setdefault(name, []).append((entry.by, text))

    def resolved(self, name: str) -> str:
        """Return the record that a record or proposal was merged into, or its own id."""
        while len(into := self.merged.get(name, ())) == 1:
            name = into[0]
        return name

    def _accept(self, accept: Accept, entry: Entry) -> None:
        if accept.of is None:
            if accept.record is None:
                raise MisplacedError("accept", "names nothing", "name a proposal or give a record")
            self._must_be_new(accept.record.id)
            self._enter(Version((accept.record,), "accept", (entry.by,)))
        elif not accept.of.startswith(PROPOSAL):
            self._endorse(accept.of, accept.content, entry.by)
        else:
            found = self._open(accept.of)
            record = accept.record or found.record
            if accept.record is None and not found.proposal.dated:
                record = replace(record, known_from=entry.day)
            if record.type != found.record.type:
                raise MisplacedError(accept.of, f"proposes a {found.record.type}", "keep its type")
            if accept.record is not None and accept.edited != edited_fields(found.record, record):
                raise MisplacedError(
                    accept.of, "differs in other fields than `edited` names", "name them all"
                )
            self._must_be_new(record.id)
            self._enter(Version((record,), "accept", (entry.by,), takes=(accept.of,)))

    def _endorse(self, name: str, content: str | None, by: str) -> None:
        for version in self.waiting:
            if name in (one.id for one in version.records) and content == content_of(*version.records):
                return self._enter(replace(version, names=(by,)))
        raise MisplacedError(
            name, "has no version of this content that waits for a name", "accept a proposal, or amend it"
        )

    def _merge(self, merge: Merge, by: str) -> None:
        taken = tuple(name for name in merge.of if name.startswith(PROPOSAL))
        records = tuple(name for name in merge.of if not name.startswith(PROPOSAL))
        for name in taken:
            self._open(name)
        for name in records:
            self._must_stand(name)
        if len(set(merge.of)) < 2:
            raise MisplacedError(merge.record.id, "merges fewer than two", "name each proposal and record")
        if merge.record.id not in records:
            self._must_be_new(merge.record.id)
        closes = tuple(name for name in records if name != merge.record.id)
        self._enter(Version((merge.record,), "merge", (by,), taken, closes))

    def _split(self, split: Split, by: str) -> None:
        if len({record.id for record in split.records}) < 2:
            raise MisplacedError(split.of, "is split into fewer than two", "give each part an id of its own")
        for record in split.records:
            self._must_be_new(record.id)
        if split.of.startswith(PROPOSAL):
            self._open(split.of)
            self._enter(Version(split.records, "split", (by,), takes=(split.of,)))
        else:
            self._must_stand(split.of)
            self._enter(Version(split.records, "split", (by,), closes=(split.of,)))

    def _enter(self, version: Version) -> None:
        """Add a version, or a name to the same one that waits; put it in force when the names suffice."""
        needed = max(
            self.acceptances.get(record.type, self.acceptances.get("*", 1)) for record in version.records
        )
        if needed > 1 and (held := self._same_waiting(version)):
            (by,) = version.names
            if any(same_person(by, other) for other in held.names):
                raise MisplacedError(
                    version.records[0].id, f"was accepted by {by} already", "ask another person"
                )
            self.waiting.remove(held)
            version = replace(held, names=(*held.names, by))
        if len(version.names) < needed:
            self.waiting.append(version)
        else:
            self._put_in_force(version)

    def _same_waiting(self, version: Version) -> Version | None:
        content = content_of(*version.records)
        same = (
            held
            for held in self.waiting
            if (held.op, held.takes, held.closes) == (version.op, version.takes, version.closes)
            and content_of(*held.records) == content
        )
        return next(same, None)

    def _put_in_force(self, version: Version) -> None:
        into = tuple(record.id for record in version.records)
        for record in version.records:
            self.timelines.setdefault(record.id, []).append(Event(record.known_from, record, version))
        first_known = min(record.known_from for record in version.records)
        for name in version.closes:
            self.timelines[name].append(Event(first_known, None, version))
            self.merged[name] = into
        status = _STATUS.get(version.op, "accepted")
        for name in version.takes:
            self._decide(name, status, into=into)
            if (proposed := self.proposals[name].record.id) not in into:
                self.merged[proposed] = into
        self.waiting = [other for other in self.waiting if not _overtaken(other, version)]

    def _take_back(self, name: str) -> None:
        """Undo what was decided on a proposal, unless something rests on it."""
        found = self.proposals.get(name)
        waits = any(name in version.takes for version in self.waiting)
        if found is None or (found.status == "proposed" and not waits):
            raise MisplacedError(name, "has no decision to take back", "correct the id")
        self._drop_waiting(name)
        if found.status in ("proposed", "rejected"):
            return self._decide(name, "proposed")
        version = next(
            event.version
            for record in found.into
            for event in self.timelines[record]
            if event.version is not None and name in event.version.takes
        )
        touched = (*(record.id for record in version.records), *version.closes)
        if any(self.timelines[record][-1].version is not version for record in touched):
            raise MisplacedError(name, "has a record that was changed since", "retract the record")
        for record in touched:
            self.timelines[record].pop()
            self.merged.pop(record, None)
            if not self.timelines[record]:
                del self.timelines[record]
        for taken in version.takes:
            self.merged.pop(self.proposals[taken].record.id, None)
            self._decide(taken, "proposed")
        return None

    def _decide(
        self, name: str, status: Status, *, into: tuple[str, ...] = (), why: str | None = None
    ) -> None:
        self.proposals[name] = replace(self.proposals[name], status=status, into=into, why=why)

    def _drop_waiting(self, name: str) -> None:
        self.waiting = [version for version in self.waiting if name not in version.takes]

    def _open(self, name: str) -> Proposed:
        found = self.proposals.get(name)
        if found is None:
            raise MisplacedError(name, "was never proposed", "correct the id")
        if found.status not in ("proposed", "rejected"):
            raise MisplacedError(
                name, f"is {found.status} already", "amend the record, or take the decision back"
            )
        return found

    def _must_stand(self, name: str) -> None:
        if name in self.merged:
            into = ", ".join(self.merged[name])
            raise MisplacedError(name, f"was closed in favour of {into}", "name that record")
        if name not in self.timelines:
            raise MisplacedError(name, "was never accepted", "accept it first")

    def _must_be_new(self, name: str) -> None:
        if name in self.merged:
            raise MisplacedError(name, f"stands for {self.resolved(name)}", "choose another id")
        if name in self.timelines:
            raise MisplacedError(name, "is accepted twice", "amend it, or accept under another id")


def same_person(one: str, other: str) -> bool:
    """Tell whether two names are one person's: whatever their case and spaces."""
    return _person(one) == _person(other)


def _person(name: str) -> str:
    """Return a name as it tells people apart: whatever its case and spaces."""
    return " ".join(name.split()).casefold()


def _overtaken(waiting: Version, done: Version) -> bool:
    """Tell whether a version that waits has lost its ground to one that now counts."""
    new = {record.id for record in waiting.records} if waiting.op != "amend" else set()
    names = {record.id for record in done.records}
    touched = {record.id for record in waiting.records} | set(waiting.closes)
    return bool(new & names or touched & set(done.closes) or set(waiting.takes) & set(done.takes))
