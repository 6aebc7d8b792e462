"""A reading as the JSON object of ``travesia read --json``: spans with hashes, null for unknown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from travesia.record.reading.nouns import Entity, Extent, Mention, Proposal
from travesia.record.reading.reader import Reading, all_mentions
from travesia.record.schema import PREFIXES, SCHEMA


def as_json(reading: Reading) -> dict[str, Any]:
    """Return a reading in the shape ``{schema, document, entities, mentions, records}``.

    Offsets are code points of the document's text, half-open; each object with ``start`` and ``end`` has the
    SHA-256 of the words between them. Mentions of records that nobody proposes are left out.
    """
    records = [_record(reading, one) for one in reading.proposals]
    known = {one["id"] for one in records} | {one for one in reading.found.entities if one[:3] in PREFIXES}
    mentions = [one for one in all_mentions(reading) if one.entity.startswith("dat:") or one.entity in known]
    return {
        "schema": SCHEMA,
        "document": _document(reading),
        "entities": [_entity(one) for one in _named(reading, mentions)],
        "mentions": [_mention(reading, one) for one in mentions],
        "records": records,
        "abstained": reading.abstained,
        "dropped": reading.dropped,
    }


def _document(reading: Reading) -> dict[str, Any]:
    document, said, date = reading.document, reading.document.described, reading.date
    return {
        "id": document.id, "file": document.file, "sha256": document.sha256, "bytes": document.bytes,
        "chars": len(document.text), "encoding": document.encoding, "media": document.media,
        "text_sha256": document.text_sha256, "lang": reading.found.text.language, "kind": said.kind,
        "publisher": said.publisher, "title": said.title, "licence": said.licence, "dateline": None,
        "doc_date": {
            "value": date.value, "earliest": date.earliest, "latest": date.latest,
            "certainty": date.certainty, "basis": date.basis,
        },
        "translation": None,
    }  # fmt: skip


def _named(reading: Reading, mentions: Iterable[Mention]) -> list[Entity]:
    """Return every entity that a mention or a record names, and the dates among them."""
    ids = {one.entity for one in mentions} | {text for one in reading.proposals for text in one.texts()}
    known = reading.found.entities.values()
    entities = [one for one in known if one.id in ids and one.id[:3] in PREFIXES]
    dates = sorted(one for one in ids if one.startswith("dat:"))
    return entities + [Entity(one, "date", one.removeprefix("dat:")) for one in dates]


def _entity(entity: Entity) -> dict[str, Any]:
    written: dict[str, Any] = {"id": entity.id, "type": PREFIXES[entity.id[:3]], "name": entity.name}
    extra = {"iso3": entity.iso3, "country": entity.country, "kind": entity.kind}
    written |= {name: value for name, value in extra.items() if value is not None}
    if entity.roles:
        written["roles"] = [{"role": role, "of": body} for role, body in entity.roles]
    if not entity.named:
        written["named"] = False
    return written


def _span(reading: Reading, extent: Extent) -> dict[str, Any]:
    quote = reading.document.text[extent.start : extent.end]
    return {"start": extent.start, "end": extent.end, "sha256": hashlib.sha256(quote.encode()).hexdigest()}


def _mention(reading: Reading, mention: Mention) -> dict[str, Any]:
    written = {"type": mention.type, "entity": mention.entity, **_span(reading, mention)}
    return written | ({"nested": True} if mention.nested else {})


def _record(reading: Reading, proposal: Proposal) -> dict[str, Any]:
    written = {
        "id": proposal.id, "type": proposal.type, "certainty": proposal.certainty,
        "modality": proposal.modality, "attribution": list(proposal.attribution) or None,
        "evidence": [_span(reading, extent) for extent in proposal.evidence],
        "fields": dict(proposal.fields), "origin": proposal.origin,
    }  # fmt: skip
    if proposal.doubts:
        written["doubts"] = [
            {
                "slot": doubt.slot,
                "candidates": [{"value": c.value, "reason": c.reason} for c in doubt.candidates],
            }
            for doubt in proposal.doubts
        ]
    if proposal.slots:
        written["slots"] = {slot: _span(reading, extent) for slot, extent in proposal.slots.items()}
    if proposal.abstained:
        written["abstained"] = list(proposal.abstained)
    return written
