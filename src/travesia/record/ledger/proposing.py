"""From what a reader found in a document to proposals: the same document and rules never propose twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from travesia.record.ledger.content import digest
from travesia.record.ledger.folding import PROPOSAL
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry, Propose
from travesia.record.ledger.validity import days_of, valid_days
from travesia.record.reading.naming import slug
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Proposal
from travesia.record.record import Record
from travesia.terms import Cite

if TYPE_CHECKING:
    from travesia.record.documents import Document


def propose_all(
    ledger: Ledger,
    document: Document,
    proposals: Iterable[Proposal],
    *,
    published: str | None,
    at: str,
    withheld: bool = False,
) -> tuple[Entry, ...]:
    """Return the entries by which a reader proposes what the ledger does not hold yet.

    A proposal is known again by its document, reader, type and evidence, also after it was accepted or
    rejected, and also if a later version of the reader reads its fields differently.

    Parameters
    ----------
    ledger
        As it stands.
    document
        What was read.
    proposals
        What was found, in the order of the text. Their ids need to differ within the document only: one
        that the ledger holds already gets the start of the document's digest behind it, and fields that
        name another proposal of the document follow.
    published
        The date of the document as far as known: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    at
        The time of entry, ``YYYY-MM-DDTHH:MM:SSZ``.
    withheld
        The words of the text may not be shown: offsets and digests stand for them in the ledger.
    """
    held = {one.id: one.record.id for one in ledger.proposals()}
    taken = {*held.values(), *ledger.record_ids()}
    found: dict[str, Proposal] = {}
    given: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, proposal in _named(document.sha256, proposals):
        if name not in given:
            found[name] = proposal
            given[name] = held.get(name) or _free(proposal, document.sha256, taken)
            taken.add(given[name])
        names[proposal.id] = given[name]
    day = days_of(published)[1]
    entries = []
    for name, proposal in found.items():
        if name not in held:
            cites = tuple(_cite(document, extent, withheld) for extent in proposal.evidence)
            record = _record(proposal, names, cites, day or date.fromisoformat(at[:10]), day)
            entries.append(
                Entry(_propose(name, record, proposal, dated=day is not None), proposal.origin, at)
            )
    return tuple(entries)


def _named(sha256: str, proposals: Iterable[Proposal]) -> Iterator[tuple[str, Proposal]]:
    """Give each proposal with its id in the ledger; what is found twice alike has one id."""
    seen: dict[str, Proposal] = {}
    for proposal in proposals:
        evidence = [[one.start, one.end] for one in proposal.evidence]
        reader, count = proposal.origin.partition("@")[0], 0
        while True:
            # Of several that rest on the same words, each has the number of its place among them.
            name = f"{PROPOSAL}{digest([sha256, reader, proposal.type, evidence, count])[:16]}"
            other = seen.setdefault(name, proposal)
            if _plain(other.fields) == _plain(proposal.fields):
                break
            count += 1
        yield name, proposal


def _free(proposal: Proposal, sha256: str, taken: set[str]) -> str:
    """Return an id for a record that none has yet: the reader's, or that with the document behind it."""
    kind, _, rest = proposal.id.partition(":")
    plain = f"{kind}:{slug(rest) or 'unnamed'}"
    name, count = plain, 0
    while name in taken:
        name = f"{plain}-{sha256[:8]}" + (f"-{count}" if count else "")
        count += 1
    return name


def _record(
    proposal: Proposal, names: Mapping[str, str], cites: tuple[Cite, ...], known: date, published: date | None
) -> Record:
    fields = _renamed(_plain(proposal.fields), names)
    start, end = valid_days(proposal.type, fields, published)
    return Record(
        id=names[proposal.id], type=proposal.type, fields=MappingProxyType(fields), cites=cites,
        certainty=proposal.certainty, modality=proposal.modality, attribution=proposal.attribution,
        valid_from=start, valid_to=end, known_from=known, origin=proposal.origin,
    )  # fmt: skip


def _propose(name: str, record: Record, proposal: Proposal, *, dated: bool) -> Propose:
    doubts = tuple(
        Doubt(doubt.slot, tuple(Candidate(_plain(one.value), one.reason) for one in doubt.candidates))
        for doubt in proposal.doubts
    )
    slots = {slot: Extent(extent.start, extent.end) for slot, extent in proposal.slots.items()}
    return Propose(name, record, doubts, proposal.abstained, MappingProxyType(slots), dated)


def _cite(document: Document, extent: Extent, withheld: bool) -> Cite:
    words = document.text[extent.start : extent.end]
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    return Cite(document.id, extent.start, extent.end, None if withheld else words, sha256)


def _plain(value: Any) -> Any:
    """Return a value as JSON gives it back, so that what is proposed equals what is read again."""
    if isinstance(value, MappingProxyType):
        value = dict(value)
    return json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False, default=_open))


def _open(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Extent):
        return [value.start, value.end]
    return str(value)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _renamed(one, names) for key, one in value.items()}
    return value
