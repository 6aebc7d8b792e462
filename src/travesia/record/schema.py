"""The shape of what reading gives: closed lists, and a check of an object against the text that it cites."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from travesia.record.reading.nouns import MENTION_TYPES
from travesia.record.record import MODALITIES

SCHEMA = "record-gold/1"

PREFIXES = {
    "per": "person", "cty": "country", "org": "organisation", "grp": "group", "plc": "place", "dat": "date",
}  # fmt: skip
"""Types of entities by the first part of their ids."""

RECORD_TYPES = {
    "ins": "instrument", "evt": "event", "par": "participation", "com": "commitment", "fig": "figure",
    "pol": "policy", "sta": "statement", "rel": "relation",
}  # fmt: skip
"""Types of records that reading gives, by the first part of their ids."""

READ_CERTAINTIES = ("asserted", "quoted", "reported", "hedged", "inferred", "derived")

FIELDS = {
    "instrument": "name kind binding principle adopted place signatories n_signatories open_to_others",
    "event": "name kind start end date date_range place participants host status part_of cause superseded_by",
    "participation": "actor for_state role of replaces reason",
    "policy": "name kind legal_basis authority introduced_by targets status expected_end end contingency",
    "commitment": "actor action quantity unit bound beneficiary origin period binding condition target under"
    " measurable status_at_document polarity base",
    "figure": "value range qualifier unit measures place period as_of numerator implied",
    "statement": "speaker stance topic date relayed_by",
    "relation": "source target kind strength trend scope about",
}
"""The fields of each type of record, separated by spaces."""

FIELDS_OF_ALL = ("relevance", "readings", "note")
"""Fields that any record may have, beside notes (`..._note`) and spans (`..._span`)."""

CLOSED = {
    "event.kind": "summit ministerial_meeting bilateral_meeting assembly official_tour signing announcement"
    " press_briefing public_criticism boycott court_decision policy_start policy_expiry displacement"
    " mixed_movement arrivals_crisis crisis political_dialogue anecdote other",
    "event.status": "actual ongoing scheduled prospective did_not_happen",
    "policy.kind": "expulsion_or_return legal_pathway cap_amendment regularisation registration"
    " entry_restriction enforcement_cooperation externalised_cooperation information_campaign sanctions"
    " agreement diplomatic_exclusion institutional_reform policy_orientation policy_gap other",
    "policy.status": "in_force announced in_progress applied proposed advocated conditional stated absent"
    " ended suspended",
    "participation.role": "signatory host attended attended_as_replacement expected not_invited boycotted",
    "commitment.action": "admit resettle welcome_migrants regulate_flows fund support_host_communities"
    " strengthen_efforts promote_conditions_of_origin provide_security_assistance"
    " facilitate_access_to_protection_and_services reduce_and_divert_arrivals"
    " reduce_arrivals_and_order_process counter_disinformation support_dialogue review_sanctions"
    " launch_implementation_process assure refrain attend help other",
    "commitment.bound": "up_to more_than",
    "commitment.polarity": "negative",
    "commitment.status_at_document": "announced pledged planned agreed_need in_progress mobilised offered"
    " hinted assured stated in_force",
    "figure.qualifier": "exact more_than less_than almost about approximate up_to limit vague",
    "statement.stance": "support oppose demand refuse accuse announce report assurance conditional_support",
    "relation.kind": "cooperation partnership partnership_with_friction tension dispute"
    " commercial_dependence influence sanctions opposition_with_dialogue past_conflict neighbour criticism"
    " satisfaction recruitment flow part_of_total depends_on other",
    "instrument.kind": "political_declaration treaty bilateral_agreement memorandum statute other",
}
"""The words that a field may hold, separated by spaces."""

OPEN_TO_OTHER = {"participation.role", "commitment.bound", "commitment.polarity", "figure.qualifier"}
UNITS = ("person", "state", "USD", "km", "ratio", "authorization", "other")
DATES = {"start", "end", "date", "adopted", "period", "as_of", "expected_end"}

_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_DATE = re.compile(f"{_DAY}~?(?:/{_DAY}~?)?")
_ID = re.compile(r"[a-z]{3}:[^\s:]+")


def words(name: str) -> tuple[str, ...]:
    """Return the words of a closed list, such as ``event.kind``."""
    return tuple(CLOSED[name].split())


def is_date(value: object) -> bool:
    """Tell whether a value is a day, month, year or interval as the schema writes them."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        for part in value.replace("~", "").split("/"):
            date.fromisoformat(part + "-01" * (2 - part.count("-")))
    except ValueError:
        return False
    return True


def spans(reading: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield whose span it is, and the span, for everything in a reading that cites the text."""
    for mention in reading["mentions"]:
        yield f"mention of {mention['entity']}", mention
    for record in reading["records"]:
        for evidence in record["evidence"]:
            yield record["id"], evidence
        for name, value in record["fields"].items():
            for held in value if isinstance(value, list) else [value]:
                if isinstance(held, Mapping) and {"start", "end", "sha256"} <= set(held):
                    yield f"{record['id']} {name}", held


def citations(reading: Mapping[str, Any], text: str) -> tuple[int, int]:
    """Return how many spans hold what their hashes say, and how many there are."""
    checked = [_cites(span, text) for _, span in spans(reading)]
    return sum(checked), len(checked)


def _cites(span: Mapping[str, Any], text: str) -> bool:
    start, end = span.get("start"), span.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return False
    return bool(hashlib.sha256(text[start:end].encode("utf-8")).hexdigest() == span.get("sha256"))


def check_reading(reading: Mapping[str, Any], text: str) -> list[str]:
    """Return what is wrong with a reading, one line a fault; none where it has the schema's shape.

    Parameters
    ----------
    reading
        ``{schema, document, entities, mentions, records}``, offsets in code points of `text`.
    text
        The document's text as decoded, without newline translation.
    """
    faults = [f"{whose}: the hash does not fit [{span.get('start')}, {span.get('end')})"
              for whose, span in spans(reading) if not _cites(span, text)]  # fmt: skip
    if reading.get("schema") != SCHEMA:
        faults.append(f"schema: {reading.get('schema')!r} is not {SCHEMA!r}")
    if reading["document"].get("chars") != len(text):
        faults.append(f"document: {reading['document'].get('chars')} characters, the text has {len(text)}")
    identified = [*reading["entities"], *reading["records"]]
    ids = [each["id"] for each in identified]
    faults.extend(f"{each}: two have this id" for each in sorted({i for i in ids if ids.count(i) > 1}))
    known = frozenset(ids)
    for entity in reading["entities"]:
        faults.extend(f"{entity['id']}: {fault}" for fault in _entity_faults(entity))
    for mention in reading["mentions"]:
        faults.extend(f"mention at {mention['start']}: {fault}" for fault in _mention_faults(mention, known))
    for record in reading["records"]:
        faults.extend(f"{record['id']}: {fault}" for fault in _record_faults(record, known))
    return faults


def _entity_faults(entity: Mapping[str, Any]) -> Iterator[str]:
    prefix, _, rest = entity["id"].partition(":")
    if PREFIXES.get(prefix) != entity["type"]:
        yield f"type {entity['type']!r} does not go with this id"
    if not entity.get("name"):
        yield "no name"
    if prefix == "cty" and not (entity.get("iso3") == rest and re.fullmatch("[A-Z]{3}", rest)):
        yield f"iso3 is {entity.get('iso3')!r}"
    if prefix == "dat" and not (is_date(rest) and entity.get("name") == rest):
        yield "the value or the name is no date"


def _mention_faults(mention: Mapping[str, Any], known: frozenset[str]) -> Iterator[str]:
    if mention["type"] not in MENTION_TYPES:
        yield f"no type {mention['type']!r}"
    if mention["entity"] not in known:
        yield f"{mention['entity']} is neither an entity nor a record"


def _record_faults(record: Mapping[str, Any], known: frozenset[str]) -> Iterator[str]:
    kind = record["type"]
    if kind not in FIELDS or RECORD_TYPES.get(record["id"].partition(":")[0]) != kind:
        yield f"type {kind!r} does not go with this id"
        return
    if record["certainty"] not in READ_CERTAINTIES:
        yield f"no certainty {record['certainty']!r}"
    if record["modality"] not in MODALITIES:
        yield f"no modality {record['modality']!r}"
    if not record["evidence"]:
        yield "no evidence"
    yield from _unknown_ids("attribution", record["attribution"], known)
    allowed = {*FIELDS[kind].split(), *FIELDS_OF_ALL}
    for name, value in record["fields"].items():
        if name not in allowed and not name.endswith(("_note", "_span")):
            yield f"no field {name!r}"
        yield from _value_faults(kind, name, value)
        yield from _unknown_ids(name, value, known)


def _value_faults(kind: str, name: str, value: object) -> Iterator[str]:
    if value is None:
        return
    listed = f"{kind}.{name}"
    if listed in CLOSED and value not in words(listed) and (value != "other" or listed in OPEN_TO_OTHER):
        yield f"{name} has no word {value!r}"
    if name == "unit" and not is_unit(str(value)):
        yield f"no unit {value!r}"
    if name in DATES and not is_date(value):
        yield f"{name} {value!r} is no date"


def listed_unit(value: str) -> str:
    """Return a unit as the closed list has it: another currency than those listed is ``other``."""
    base, per, time = value.partition(" per ")
    return value if base in UNITS or not is_unit(value) else f"other{per}{time}"


def is_unit(value: str) -> bool:
    """Tell whether a unit is one of the closed list, or another currency by its code; or a rate of these."""
    base = re.sub(r" per (?:day|week|month|year)$", "", value)
    return base in UNITS or re.fullmatch("[A-Z]{3}", base) is not None


def _unknown_ids(name: str, value: object, known: frozenset[str]) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _unknown_ids(name, each, known)
    elif isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _unknown_ids(f"{name}.{inner}", each, known)
    elif isinstance(value, str) and _ID.fullmatch(value) and value not in known:
        yield f"{name} names {value}, which is neither an entity nor a record"
