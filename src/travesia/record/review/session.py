"""A review: what a person does to one proposal after the other, as entries for the ledger.

Nothing here reads or writes a file: commands go in, a new state and the entries that say so come out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from travesia.record.ledger.deciding import accepted, rejected
from travesia.record.ledger.duplicates import merge_candidates
from travesia.record.ledger.folding import Proposed
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry, Note, Retract, Split
from travesia.record.record import Record
from travesia.record.review.drafts import (
    as_of_entry,
    document_of,
    drafted,
    open_proposals,
    parts_of,
    value_of,
    versions_waiting,
    waits_with,
    with_field,
)
from travesia.record.review.evidence import with_cite
from travesia.record.review.history import decided_by, names_under, outcome_of
from travesia.record.review.merging import merging
from travesia.record.review.values import checked_field, completed, parse_value
from travesia.terms import Cite, UsageError

REASONS = (
    "the text does not say this",
    "the words were misread",
    "it is said of somebody or something else",
    "a wish, a question or an example, nothing done or promised",
    "known already from another record",
    "nothing to do with movement or its causes",
)
"""Usual reasons for which a proposal is turned down."""

Action = Literal["accept", "set", "choose", "cite", "reject", "merge", "split", "note", "skip", "undo"]


@dataclass(frozen=True)
class Command:
    """What a person does to the proposal that is laid before them.

    `slot` is the field of ``set`` and ``choose``. `text` is the value to set, the number of a candidate, the
    reason of a rejection (in words, or its number among `REASONS`), what to merge with (an id, or its number
    among the candidates), or a note. `parts` gives for each field that a split divides the values of the
    parts. `evidence` is what the record is to rest on instead of its first words, or besides where `text`
    says ``beside``; `cite_of` makes it of a quote.
    """

    do: Action
    slot: str = ""
    text: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Cite | None = None


@dataclass(frozen=True)
class Review:
    """Where a person stands in reviewing: what to walk through, and how far the present one is edited.

    `queue` holds ids of proposals, `place` is the present one's. `drafts` are the edits of it that are not
    accepted yet, the newest last; `left` the proposals decided or skipped in this review, the last one last.
    """

    ledger: Ledger
    by: str
    queue: tuple[str, ...]
    place: int = 0
    drafts: tuple[Record, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def present(self) -> Proposed | None:
        """The proposal to decide; ``None`` once all were walked through."""
        return self.ledger.proposal(self.queue[self.place]) if self.place < len(self.queue) else None

    @property
    def draft(self) -> Record:
        """The present proposal's record as edited so far."""
        return self.drafts[-1] if self.drafts else drafted(self.ledger, self.queue[self.place])

    @property
    def accepted(self) -> int:
        """How many of the proposals in the queue carry this person's name or went into a record."""
        found = (self.ledger.proposal(name) for name in self.queue)
        return sum(
            one.status in ("accepted", "merged", "split") or waits_with(self.ledger, one.id, self.by)
            for one in found
        )


@dataclass(frozen=True)
class Outcome:
    """What came of a command: the review as it stands then, what to write, and what to tell the person."""

    review: Review
    entries: tuple[Entry, ...] = ()
    said: str = ""


def start_review(
    ledger: Ledger, by: str, *, kind: str | None = None, document: str | None = None, limit: int | None = None
) -> Review:
    """Return a review of the open proposals that a person can decide, in the order of the documents.

    Proposals that wait for a further name are among them for everybody whose name is not under them.

    Parameters
    ----------
    ledger
        As it stands.
    by
        Who reviews.
    kind, document
        Only proposals of this type, or that cite this document.
    limit
        At most so many.
    """
    found = [
        one.id
        for one in open_proposals(ledger, by)
        if kind in (None, one.record.type) and document in (None, document_of(one))
    ]
    return Review(ledger, by, tuple(found[:limit]))


def step(review: Review, command: Command, at: str) -> Outcome:
    """Do what a person commands; the entries are to be written before anybody is told.

    Parameters
    ----------
    review
        As it stands.
    command
        What to do.
    at
        The time of entry, ``YYYY-MM-DDTHH:MM:SSZ``.

    Raises
    ------
    TravesiaError
        If it cannot be done: one line that says why; nothing has changed then.
    """
    if command.do == "undo":
        return _undo(review, at)
    if review.present is None:
        raise UsageError("all proposals were walked through; nothing is left to decide")
    return _ACTIONS[command.do](review, command, at)


def on_ledger(review: Review, ledger: Ledger) -> Review:
    """Return a review on the ledger as others have left it; what they decided meanwhile is passed over."""
    review = replace(review, ledger=ledger)
    if review.present is None or _is_open(review, review.present.id):
        return review
    return _advanced(replace(review, drafts=()))


def _accept(review: Review, command: Command, at: str) -> Outcome:
    del command
    name, ledger = review.queue[review.place], review.ledger
    waits = versions_waiting(ledger, name)
    if len(waits) > 1 or (review.drafts and review.draft != drafted(ledger, name)):
        record = as_of_entry(review.draft, _day(at), dated=ledger.proposal(name).proposal.dated)
        return _decided(review, accepted(ledger, name, by=review.by, at=at, record=record))
    return _decided(review, accepted(ledger, name, by=review.by, at=at))


def _set(review: Review, command: Command, at: str) -> Outcome:
    del at
    draft = review.draft
    name = checked_field(draft.type, command.slot)
    old = value_of(draft, name)
    value = parse_value(draft.type, name, completed(draft.type, name, command.text), old)
    return _edited(review, name, value)


def _choose(review: Review, command: Command, at: str) -> Outcome:
    del at
    present = review.ledger.proposal(review.queue[review.place]).proposal
    name = checked_field(present.record.type, command.slot)
    ways = next((doubt.candidates for doubt in present.doubts if doubt.slot == name), ())
    if not ways:
        raise UsageError(f"{name}: has no candidates; write a value")
    return _edited(review, name, ways[_number(command.text, len(ways), name)].value)


def _edited(review: Review, name: str, value: object) -> Outcome:
    draft, present = review.draft, review.ledger.proposal(review.queue[review.place]).proposal
    if value == value_of(draft, name):
        return Outcome(review, said=f"{name}: is that already")
    made = with_field(draft, name, value, dated=present.dated)
    return Outcome(replace(review, drafts=(*review.drafts, made)))


def _cite(review: Review, command: Command, at: str) -> Outcome:
    del at
    if command.evidence is None or command.evidence.source != review.draft.cites[0].source:
        raise UsageError("evidence: give words of the document that the proposal cites")
    made = with_cite(review.draft, command.evidence, beside=command.text == "beside")
    if made == review.draft:
        return Outcome(review, said="the record rests on these words already")
    return Outcome(replace(review, drafts=(*review.drafts, made)))


def _reject(review: Review, command: Command, at: str) -> Outcome:
    why = " ".join(command.text.split())
    if not why:
        raise UsageError("a rejection needs a reason; it is for others and for later")
    if why.isdecimal():
        why = REASONS[_number(why, len(REASONS), "reason")]
    name = review.queue[review.place]
    return _decided(review, rejected(review.ledger, name, by=review.by, at=at, why=why))


def _merge(review: Review, command: Command, at: str) -> Outcome:
    ledger, name = review.ledger, review.queue[review.place]
    other = command.text.strip()
    if other.isdecimal():
        found = merge_candidates(ledger, ledger.proposal(name))
        other = found[_number(other, len(found), "merge")].id
    return _decided(review, merging(ledger, name, review.draft, other, by=review.by, at=at))


def _split(review: Review, command: Command, at: str) -> Outcome:
    ledger, name, draft = review.ledger, review.queue[review.place], review.draft
    dated = ledger.proposal(name).proposal.dated
    counts = {len(texts) for texts in command.parts.values()}
    if len(counts) != 1 or min(counts) < 2:
        raise UsageError("a split needs a field with two values or more, and as many in each field")
    parts = {}
    for given, texts in command.parts.items():
        slot = checked_field(draft.type, given)
        parts[slot] = [parse_value(draft.type, slot, completed(draft.type, slot, text)) for text in texts]
    taken = {*ledger.record_ids(), *(one.record.id for one in ledger.proposals())}
    records = parts_of(as_of_entry(draft, _day(at), dated=dated), parts, taken=taken, dated=dated)
    return _decided(review, Entry(Split(name, records), review.by, at))


def _note(review: Review, command: Command, at: str) -> Outcome:
    text = " ".join(command.text.split())
    if not text:
        raise UsageError("the note is empty; say something")
    entry = Entry(Note(review.queue[review.place], text), review.by, at)
    return Outcome(replace(review, ledger=review.ledger.with_entries(entry)), (entry,), "noted")


def _skip(review: Review, command: Command, at: str) -> Outcome:
    del command, at
    said = "skipped without the edits; it stays open" if review.drafts else "skipped; it stays open"
    return Outcome(_advanced(_leaving(review)), said=said)


def _undo(review: Review, at: str) -> Outcome:
    """Take back the last edit, else the last decision, of this review or of an earlier one."""
    if review.drafts:
        return Outcome(replace(review, drafts=review.drafts[:-1]), said="the last edit is taken back")
    mine = decided_by(review.ledger, review.by)
    if not review.left and not mine:
        raise UsageError("nothing of yours is left to take back")
    name = review.left[-1] if review.left else mine[0]
    back = replace(review, left=review.left[:-1])
    back = replace(back, place=review.queue.index(name)) if name in review.queue else _inserted(back, name)
    if name not in mine:
        return Outcome(back, said="back to what was skipped")
    others = names_under(review.ledger, name, but=review.by)
    entry = Entry(Retract(name), review.by, at)
    back = replace(back, ledger=review.ledger.with_entries(entry))
    lost = f"; {' and '.join(others)} must accept it again" if others else ""
    return Outcome(back, (entry,), f"the decision is taken back{lost}")


def _decided(review: Review, entry: Entry) -> Outcome:
    name = review.queue[review.place]
    ledger = review.ledger.with_entries(entry)
    done = replace(_leaving(review), ledger=ledger)
    return Outcome(_advanced(done), (entry,), outcome_of(ledger, name))


def _leaving(review: Review) -> Review:
    return replace(review, left=(*review.left, review.queue[review.place]), drafts=())


def _advanced(review: Review) -> Review:
    place = review.place
    while place < len(review.queue):
        name = review.queue[place]
        if _is_open(review, name) and (not review.left or name != review.left[-1]):
            break
        place += 1
    return replace(review, place=place)


def _inserted(review: Review, name: str) -> Review:
    queue = (*review.queue[: review.place], name, *review.queue[review.place :])
    return replace(review, queue=queue)


def _is_open(review: Review, name: str) -> bool:
    found = review.ledger.proposal(name)
    return found.status == "proposed" and not waits_with(review.ledger, name, review.by)


def _number(text: str, count: int, what: str) -> int:
    """Return the place of what was chosen by number, counted from nought."""
    if not text.isdecimal() or not 1 <= int(text) <= count:
        choice = f"choose 1 to {count}" if count else "there is none to choose"
        raise UsageError(f"{what} {text}: has no such number; {choice}")
    return int(text) - 1


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])


_ACTIONS: Mapping[str, Callable[[Review, Command, str], Outcome]] = MappingProxyType({
    "accept": _accept, "set": _set, "choose": _choose, "cite": _cite, "reject": _reject, "merge": _merge,
    "split": _split, "note": _note, "skip": _skip,
})  # fmt: skip
