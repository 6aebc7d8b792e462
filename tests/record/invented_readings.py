"""Small readings of an invented text, to hold against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from travesia.record.schema import PREFIXES, RECORD_TYPES

TEXT = (
    "On 2 May Kenya said it would admit 900 people from Sudan. Uganda stayed away from the Nairobi meeting."
)


def span(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "sha256": hashlib.sha256(quote.encode()).hexdigest()}


def mention(kind: str, entity: str, quote: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "entity": entity, **span(quote), **more}


def record(name: str, quote: str, **fields: Any) -> dict[str, Any]:
    about = {"certainty": "asserted", "modality": "actual", "attribution": None}
    about |= {key: fields.pop(key) for key in list(fields) if key in about}
    kind = RECORD_TYPES[name.partition(":")[0]]
    return {"id": name, "type": kind, "evidence": [span(quote)], "fields": fields, **about}


def entity(name: str, **more: Any) -> dict[str, Any]:
    prefix, _, rest = name.partition(":")
    iso3 = {"iso3": rest} if prefix == "cty" else {}
    return {"id": name, "type": PREFIXES[prefix], "name": rest, **iso3, **more}


def reading(
    mentions: Sequence[dict[str, Any]], records: Sequence[dict[str, Any]], *more: Any
) -> dict[str, Any]:
    names = {each["entity"] for each in mentions if each["entity"].partition(":")[0] in PREFIXES}
    declared = {each["id"] for each in more}
    return {
        "schema": "record-gold/1",
        "document": {"id": "doc:x", "chars": len(TEXT), "lang": "en"},
        "entities": [entity(name) for name in sorted(names - declared)] + list(more),
        "mentions": list(mentions),
        "records": list(records),
    }


def right() -> dict[str, Any]:
    """Return the reading that is taken for right."""
    return reading(
        [
            mention("DATE", "dat:2024-05-02", "2 May"),
            mention("GPE", "cty:KEN", "Kenya"),
            mention("QUANTITY", "fig:people", "900 people"),
            mention("GPE", "cty:SDN", "Sudan"),
            mention("GPE", "cty:UGA", "Uganda"),
            mention("EVENT", "evt:meeting", "Nairobi meeting"),
            mention("GPE", "plc:nairobi", "Nairobi", nested=True),
        ],
        [
            record("fig:people", "900 people", value=900, unit="person", qualifier="exact"),
            record("com:admit", "Kenya said it would admit 900 people", actor=["cty:KEN"], action="admit",
                   quantity=900, unit="person", origin=["cty:SDN"], measurable=True),
            record("evt:meeting", "Nairobi meeting", kind="other", place="plc:nairobi", status="actual"),
            record("par:uganda", "Uganda", actor="cty:UGA", role="boycotted", of="evt:meeting"),
            record("sta:kenya", "Kenya said", speaker="cty:KEN", stance="announce", date="2024-05-02"),
        ],
    )  # fmt: skip
