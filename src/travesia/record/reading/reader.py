"""The main path of reading: a document in, what it names and the records it supports out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from travesia.record.documents import Document
from travesia.record.reading.cue_files import LANGUAGES
from travesia.record.reading.dates import document_date, find_dates
from travesia.record.reading.extractors import Extractor, Rules
from travesia.record.reading.named_records import record_mentions
from travesia.record.reading.names import Gazetteer, find_names
from travesia.record.reading.nouns import (
    DocumentDate,
    Entity,
    Found,
    Mention,
    Proposal,
    Text,
)
from travesia.record.reading.quantities import find_quantities
from travesia.record.reading.text import prepare
from travesia.record.schema import PREFIXES, RECORD_TYPES

_RECORDS = frozenset(f"{prefix}:" for prefix in RECORD_TYPES)


@dataclass(frozen=True)
class Reading:
    """What a document says: its date, whom and what it names, and the records proposed from it.

    `dropped` counts records of a model that quoted what the text does not say.
    """

    document: Document
    date: DocumentDate
    found: Found
    proposals: tuple[Proposal, ...]
    dropped: int = 0

    @property
    def abstained(self) -> int:
        """How many slots were looked for and left empty."""
        return sum(len(one.abstained) for one in self.proposals)


def read_document(
    document: Document,
    gazetteer: Gazetteer | None = None,
    extractors: Sequence[Extractor] = (Rules(),),
) -> Reading:
    """Read a document: language, sentences, names, dates, quantities, then records.

    Parameters
    ----------
    document
        With what is said of it: a language or date given there goes before what the text says itself.
    gazetteer
        Names of countries, bodies, offices and places; by default those that ship.
    extractors
        What proposes records; by default the rules.

    Returns
    -------
    Reading
        The same for the same document, gazetteer and extractors. A text in none of the four languages has
        dates, names and records left empty.
    """
    gazetteer = gazetteer or Gazetteer.shipped()
    text = prepare(document.text, document.described.language)
    day = _date(document, text)
    found = _found(document, text, day, gazetteer)
    given = [extractor.propose(found) for extractor in extractors]
    proposals = {one.id: one for extracted in reversed(given) for one in extracted.proposals}
    known = proposals.keys() | {one for one in found.entities if one[:3] in PREFIXES}
    settled = (_without_loose_ends(one, known) for one in proposals.values())
    ordered = sorted(settled, key=lambda one: (one.evidence[0], one.id))
    dropped = sum(extracted.dropped for extracted in given)
    return Reading(document, day, _kept(found, ordered), tuple(ordered), dropped)


def _kept(found: Found, proposals: Sequence[Proposal]) -> Found:
    """Return what was found without what it is large by: notes of the families, names that nothing names.

    Processes hand over readings, and a reader of thousands of documents holds them all.
    """
    ids = {one.entity for one in found.mentions} | {text for one in proposals for text in one.texts()}
    entities = {id_: one for id_, one in found.entities.items() if id_ in ids or id_ == found.author}
    return replace(found, text=replace(found.text), entities=entities)


def _without_loose_ends(proposal: Proposal, known: Set[str]) -> Proposal:
    """Return a proposal without the slots that name a record which nobody proposes: those stay open."""
    loose = tuple(
        name
        for name, value in proposal.fields.items()
        if isinstance(value, str) and value[:4] in _RECORDS and value not in known
    )
    if not loose:
        return proposal
    fields = {name: value for name, value in proposal.fields.items() if name not in loose}
    slots = {name: extent for name, extent in proposal.slots.items() if name not in loose}
    return replace(proposal, fields=fields, slots=slots, abstained=(*proposal.abstained, *loose))


def _date(document: Document, text: Text) -> DocumentDate:
    said = document.described.published
    if said is not None:
        return DocumentDate(said, said, said, "metadata", "said beside the file")
    return document_date(text)


def _found(document: Document, text: Text, day: DocumentDate, gazetteer: Gazetteer) -> Found:
    if text.language not in LANGUAGES:
        return Found(text, day.value, document.described.publisher, {}, (), (), (), None, document.id)
    entities, mentions = find_names(text, day.value, gazetteer)
    dates = find_dates(text, day.value)
    return Found(
        text=text, published=day.value, publisher=document.described.publisher,
        # A record may name a state that the text does not: that of an office or of the author.
        entities={**gazetteer.entities, **entities},
        mentions=mentions, dates=dates, quantities=find_quantities(text, dates),
        author=_author(document.described.publisher, text, day, gazetteer), document=document.id,
    )  # fmt: skip


def _author(publisher: str | None, text: Text, day: DocumentDate, gazetteer: Gazetteer) -> str | None:
    """Return who says "we": the state or body that the publisher's name holds, if it is one only."""
    if publisher is None:
        return None
    name = prepare(publisher, text.language)
    entities, mentions = find_names(name, day.value, gazetteer)
    states = {_state(entities[one.entity]) for one in mentions if one.entity in entities} - {None}
    return states.pop() if len(states) == 1 else None


def _state(entity: Entity) -> str | None:
    if entity.type == "country":
        return entity.id
    return f"cty:{entity.country}" if entity.country else None


def all_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Return names, dates and quantities as mentions, in the order of the text.

    A date points at its value, a quantity at the figure that holds it; what points at nothing is left out.
    """
    figures: Mapping[tuple[int, int], str] = {
        (one.slots["value"].start, one.slots["value"].end): one.id
        for one in reading.proposals
        if one.type == "figure" and "value" in one.slots
    }
    dates = [
        Mention(one.start, one.end, "DATE", f"dat:{one.value}")
        for one in reading.found.dates
        if one.value and one.mention
    ]
    counted = [
        Mention(one.start, one.end, one.kind, figures[one.start, one.end])
        for one in reading.found.quantities
        if (one.start, one.end) in figures
    ]
    named = record_mentions(reading.found, reading.proposals)
    extents = {(one.start, one.end) for one in named}
    names = [one for one in reading.found.mentions if (one.start, one.end) not in extents]
    everything = [*names, *named, *dates, *counted]
    return tuple(_nested(sorted(everything, key=lambda one: (one.start, -one.end))))


def _nested(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Mark what lies wholly inside a longer mention."""
    marked: list[Mention] = []
    reach = -1
    for one in mentions:
        marked.append(replace(one, nested=True) if one.end <= reach else one)
        reach = max(reach, one.end)
    return marked
