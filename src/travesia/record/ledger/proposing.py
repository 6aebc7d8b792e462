"""From what a reader found in a document to proposals: the same document and rules never propose twice."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from travesia.record.ledger.content import digest
from travesia.record.ledger.folding import PROPOSAL
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry, Propose
from travesia.record.ledger.validity import days_of, valid_days
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Proposal
from travesia.record.record import Record
from travesia.terms import Cite


class CitedDocument(Protocol):
    """A document as the ledger cites it.

    `id` names it as a source, `sha256` is that of its bytes, `text` what offsets count in, `published` its
    date as far as known (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``). The words of a text that is `withheld`
    are not copied into the ledger: offsets and digests stand for them.
    """

    @property
    def id(self) -> str: ...  # noqa: D102 - told above
    @property
    def sha256(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def published(self) -> str | None: ...  # noqa: D102
    @property
    def withheld(self) -> bool: ...  # noqa: D102


def propose_all(
    ledger: Ledger, document: CitedDocument, proposals: Iterable[Proposal], *, rule: str, at: str
) -> tuple[Entry, ...]:
    """Return the entries by which a reader proposes what the ledger does not hold yet.

    A proposal is known again by its document, rule, type and evidence, also after it was accepted or
    rejected, and also if a later version of the rule reads its fields differently.

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
    rule
        Who proposes, ``NAME@VERSION``; it becomes the origin of the records.
    at
        The time of entry, ``YYYY-MM-DDTHH:MM:SSZ``.
    """
    held = {one.id: one.record.id for one in ledger.proposals()}
    taken = {*held.values(), *ledger.record_ids()}
    found: dict[str, Proposal] = {}
    given: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, proposal in _named(document, proposals, rule):
        if name not in given:
            found[name] = proposal
            given[name] = held.get(name) or _free(proposal, document.sha256, taken)
            taken.add(given[name])
        names[proposal.id] = given[name]
    return tuple(
        Entry(_propose(name, proposal, document, names, rule, at), rule, at)
        for name, proposal in found.items()
        if name not in held
    )


def _named(
    document: CitedDocument, proposals: Iterable[Proposal], rule: str
) -> Iterator[tuple[str, Proposal]]:
    """Give each proposal with its id in the ledger; what is found twice alike has one id."""
    seen: dict[str, Proposal] = {}
    for proposal in proposals:
        evidence = [[one.start, one.end] for one in proposal.evidence]
        count = 0
        while True:
            # Of several that rest on the same words, each has the number of its place among them.
            key = [document.sha256, rule.partition("@")[0], proposal.type, evidence, count]
            name = f"{PROPOSAL}{digest(key)[:16]}"
            other = seen.setdefault(name, proposal)
            if _plain(other.fields) == _plain(proposal.fields):
                break
            count += 1
        yield name, proposal


def _free(proposal: Proposal, sha256: str, taken: set[str]) -> str:
    """Return an id for a record that none has yet: the reader's, or that with the document behind it."""
    kind, _, rest = proposal.id.partition(":")
    plain = f"{kind}:{re.sub(r'[^a-z0-9]+', '-', rest.lower()).strip('-') or 'unnamed'}"
    name, count = plain, 0
    while name in taken:
        name = f"{plain}-{sha256[:8]}" + (f"-{count}" if count else "")
        count += 1
    return name


def _propose(
    name: str, proposal: Proposal, document: CitedDocument, names: Mapping[str, str], rule: str, at: str
) -> Propose:
    published = days_of(document.published)[1]
    known = published or date.fromisoformat(at[:10])
    fields = _renamed(_plain(proposal.fields), names)
    start, end = valid_days(proposal.type, fields, published)
    record = Record(
        id=names[proposal.id], type=proposal.type, fields=MappingProxyType(fields),
        cites=tuple(_cite(document, extent) for extent in proposal.evidence),
        certainty=proposal.certainty, modality=proposal.modality, attribution=proposal.attribution,
        valid_from=start, valid_to=end, known_from=known, origin=rule,
    )  # fmt: skip
    doubts = tuple(
        Doubt(doubt.slot, tuple(Candidate(_plain(one.value), one.reason) for one in doubt.candidates))
        for doubt in proposal.doubts
    )
    slots = {slot: Extent(extent.start, extent.end) for slot, extent in proposal.slots.items()}
    return Propose(
        name, record, doubts, proposal.abstained, MappingProxyType(slots), dated=published is not None
    )


def _cite(document: CitedDocument, extent: Extent) -> Cite:
    words = document.text[extent.start : extent.end]
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    return Cite(document.id, extent.start, extent.end, None if document.withheld else words, sha256)


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
