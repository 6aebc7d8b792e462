"""What a reviewer sees of a proposal: the words with their slots, each field, doubts, doubles, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from travesia.record.ledger.duplicates import MergeCandidate, merge_candidates
from travesia.record.ledger.index import name_of
from travesia.record.ledger.operations import Propose
from travesia.record.reading.nouns import Extent, Text
from travesia.record.record import Record
from travesia.record.review.drafts import value_of, versions_waiting
from travesia.record.review.session import Review
from travesia.record.review.values import ABOUT, allowed, written
from travesia.record.schema import FIELDS
from travesia.terms import Cite, UsageError

EVIDENCE = "evidence"
"""The label of a mark on the words that support a record as a whole."""

LONGEST = 600
"""The longest passage that is shown whole, in characters; of others what lies far from any mark is cut."""


@dataclass(frozen=True)
class Mark:
    """A stretch of a passage, ``[start, end)``, and the slot that it fills."""

    start: int
    end: int
    slot: str


@dataclass(frozen=True)
class Passage:
    """A sentence or line of a document, fit to be printed, with its marks; the outer ones come first."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class FieldSeen:
    """A field as a reviewer sees it.

    `text` is its value as written, empty where unknown; `candidates` are the ways to read it with their
    reasons, the reader's choice first; `left_open` says that the reader looked for it in vain, `edited` that
    the reviewer or somebody before changed it, `words` what it may hold where that is a closed list.
    """

    name: str
    text: str
    candidates: tuple[tuple[str, str], ...] = ()
    left_open: bool = False
    edited: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Double:
    """A record or proposal that may say the same: its id, what it is called, and why one would think so."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True)
class View:
    """All that is laid before a reviewer of one proposal.

    `passages` are empty where the text is withheld and was not quoted. `accepted_by` are names that it
    waits after, `place` counts from 1.
    """

    id: str
    type: str
    record: str
    document: str
    passages: tuple[Passage, ...]
    fields: tuple[FieldSeen, ...]
    doubles: tuple[Double, ...]
    accepted_by: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    place: int
    total: int
    accepted: int


def view_of(review: Review, text: Text | None, about: Mapping[str, str] = MappingProxyType({})) -> View:
    """Return what a reviewer sees of the present proposal.

    Parameters
    ----------
    review
        As it stands.
    text
        The document's text, prepared; ``None`` where it is not at hand.
    about
        The document's row in the index of the project's documents.
    """
    present = review.present
    if present is None:
        raise UsageError("all proposals were walked through; nothing is left to show")
    ledger, draft = review.ledger, review.draft
    source = draft.cites[0].source
    told = (source, *(about.get(column, "") for column in ("title", "publisher", "date")))
    names = (by for version in versions_waiting(ledger, present.id) for by in version.names)
    return View(
        id=present.id, type=draft.type, record=draft.id,
        document=printable(", ".join(filter(None, told))),
        passages=passages_of(present.proposal, text, draft.cites), fields=fields_of(present.proposal, draft),
        doubles=tuple(map(_double, merge_candidates(ledger, present))),
        accepted_by=tuple(dict.fromkeys(map(printable, names))),
        notes=tuple((printable(by), printable(said)) for by, said in ledger.notes(present.id)),
        place=review.place + 1, total=len(review.queue), accepted=review.accepted,
    )  # fmt: skip


def fields_of(proposal: Propose, draft: Record) -> tuple[FieldSeen, ...]:
    """Return the fields of a proposal's record: filled ones first, then those looked for in vain.

    Editing does not change their order, so that each keeps its key while it is worked on.
    """
    doubts = {doubt.slot: doubt.candidates for doubt in proposal.doubts}
    seen = []
    for name in dict.fromkeys((*FIELDS.get(draft.type, "").split(), *draft.fields, *ABOUT)):
        value = value_of(draft, name)
        ways = tuple((printable(written(one.value)), printable(one.reason)) for one in doubts.get(name, ()))
        left_open, edited = name in proposal.abstained, value != value_of(proposal.record, name)
        words = allowed(draft.type, name)
        seen.append(FieldSeen(name, printable(written(value)), ways, left_open, edited, words))
    return tuple(sorted(seen, key=lambda one: _rank(one, bool(written(value_of(proposal.record, one.name))))))


def passages_of(proposal: Propose, text: Text | None, cites: Iterable[Cite]) -> tuple[Passage, ...]:
    """Return the sentences that hold evidence and a proposal's slots; the quotes where there is no text."""
    if text is None:
        quotes = [cite.quote for cite in cites if cite.quote]
        return tuple(Passage(printable(quote)) for quote in quotes)
    slots = [Mark(one.start, one.end, slot) for slot, one in proposal.slots.items()]
    spans = [(one.start, one.end) for one in cites]
    evidence = [Mark(start, end, EVIDENCE) for start, end in spans if start is not None and end is not None]
    marks = sorted({*slots, *evidence}, key=lambda one: (one.start, -one.end, one.slot))
    return tuple(_passage(text, sentence, marks) for sentence in _sentences(text, marks))


def printable(text: str) -> str:
    """Return a text of the same length in which white space is a space and what does not print a dot."""
    return "".join(" " if sign.isspace() else sign if sign.isprintable() else "·" for sign in text)


def _rank(seen: FieldSeen, was_filled: bool) -> int:
    if seen.name in ABOUT:
        return 3
    return 0 if was_filled else 1 if seen.candidates or seen.left_open else 2


def _double(found: MergeCandidate) -> Double:
    return Double(found.id, printable(name_of(found.record)), printable(found.reason))


def _sentences(text: Text, marks: Iterable[Mark]) -> list[Extent]:
    """Return the sentences in which anything is marked; the marks themselves where they lie in none."""
    found = {
        Extent(sentence.start, sentence.end)
        for sentence in text.sentences
        if any(one.start < sentence.end and sentence.start < one.end for one in marks)
    }
    loose = {
        Extent(one.start, one.end)
        for one in marks
        if not any(one.start < sentence.end and sentence.start < one.end for sentence in found)
    }
    return sorted(found | loose)


def _passage(text: Text, sentence: Extent, marks: Iterable[Mark]) -> Passage:
    inside = [
        Mark(max(one.start, sentence.start), min(one.end, sentence.end), one.slot)
        for one in marks
        if one.start < sentence.end and sentence.start < one.end
    ]
    start, end = sentence.start, sentence.end
    if end - start > LONGEST:
        room = LONGEST // 4
        start = max(start, min(one.start for one in inside) - room)
        end = min(end, max(one.end for one in inside) + room)
    words = printable(text.original[start:end])
    before, after = "… " if start > sentence.start else "", " …" if end < sentence.end else ""
    shift = len(before) - start
    moved = tuple(Mark(one.start + shift, one.end + shift, one.slot) for one in inside)
    return Passage(f"{before}{words}{after}", moved)
