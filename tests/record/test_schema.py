"""What a reading must be like, and what is said where it is not."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from invented_readings import TEXT, entity, mention, reading, record, right, span

from travesia.record import check_reading, citations
from travesia.record.schema import CLOSED, FIELDS, RECORD_TYPES, UNITS, is_date, words

SCHEMA = Path(__file__).parents[3] / "shared" / "notes" / "record-schema.md"

PREFIX = {kind: prefix for prefix, kind in RECORD_TYPES.items()}


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the annotation schema is not at hand")
def test_the_lists_are_those_of_the_schema():
    lists = SCHEMA.read_text(encoding="utf-8").partition("## Closed lists")[2]
    written = {}
    for line in re.findall(r"^- (.*)$", lists, re.MULTILINE):
        kind = line.partition(" ")[0]
        for name, listed in re.findall(r"`(\w+)`: ([\w ]+)", line):
            written[f"{kind}.{name}"] = listed.split()
    units = [unit for unit in written.pop("figure.unit") if unit != "and"]
    assert [*units, "other"] == list(UNITS)
    assert written == {name: list(words(name)) for name in CLOSED}


@pytest.mark.parametrize(("name", "word"), [(name, word) for name in CLOSED for word in words(name)])
def test_each_word_of_a_list_passes_and_no_other(name: str, word: str):
    kind, field = name.split(".")
    made = reading([], [record(f"{PREFIX[kind]}:x", "Kenya", **{field: word})])
    assert check_reading(made, TEXT) == []
    made["records"][0]["fields"][field] = f"{word}s"
    assert check_reading(made, TEXT) == [f"{PREFIX[kind]}:x: {field} has no word '{word}s'"]


@pytest.mark.parametrize("kind", FIELDS)
def test_a_field_of_another_type_is_named(kind: str):
    made = reading([], [record(f"{PREFIX[kind]}:x", "Kenya", colour="red")])
    assert check_reading(made, TEXT) == [f"{PREFIX[kind]}:x: no field 'colour'"]


def test_other_goes_where_the_schema_lets_it():
    made = reading([], [record("sta:x", "Kenya", stance="other"), record("par:x", "Kenya", role="other")])
    assert check_reading(made, TEXT) == ["par:x: role has no word 'other'"]


@pytest.mark.parametrize(
    "value", ["2024", "2024-02", "2024-02-29", "2020-10/2021-09", "2017/2023-03-23~", "2024-05-03~"]
)
def test_dates_as_the_schema_writes_them(value: str):
    assert is_date(value)


@pytest.mark.parametrize(
    "value", ["24", "2024-13", "2023-02-29", "May 2024", "2024/", "2024/2025/2026", "2024-5-3", None, 2024]
)
def test_what_is_no_date(value: object):
    assert not is_date(value)


def changed(change: Any) -> list[str]:
    made = copy.deepcopy(right())
    change(made)
    return check_reading(made, TEXT)


def test_a_right_reading_has_no_faults():
    assert check_reading(right(), TEXT) == []
    assert citations(right(), TEXT) == (12, 12)


def mention_with(**more: Any) -> Any:
    return lambda made: made["mentions"][1].update(more)


def record_with(**more: Any) -> Any:
    return lambda made: made["records"][1].update(more)


def evidence_with(**more: Any) -> Any:
    return lambda made: made["records"][1]["evidence"][0].update(more)


def field_with(**more: Any) -> Any:
    return lambda made: made["records"][1]["fields"].update(more)


FAULTS = {
    "mention of cty:KEN: the hash does not fit [8, 14)": mention_with(start=8),
    "com:admit: the hash does not fit [9, 999)": lambda made: made["records"][1]["evidence"][0].update(
        end=999
    ),
    "schema: 'record-gold/2' is not 'record-gold/1'": lambda made: made.update(schema="record-gold/2"),
    "document: 3 characters, the text has 102": lambda made: made["document"].update(chars=3),
    "fig:people: two have this id": lambda made: made["records"].append(made["records"][0]),
    "cty:KEN: iso3 is 'KE'": lambda made: made["entities"][0].update(iso3="KE"),
    "cty:KEN: no name": lambda made: made["entities"][0].update(name=""),
    "cty:KEN: type 'place' does not go with this id": lambda made: made["entities"][0].update(type="place"),
    "mention at 9: no type 'COUNTRY'": mention_with(type="COUNTRY"),
    "mention at 9: cty:ZZZ is neither an entity nor a record": mention_with(entity="cty:ZZZ"),
    "com:admit: no certainty 'sure'": record_with(certainty="sure"),
    "com:admit: no modality 'past'": record_with(modality="past"),
    "com:admit: no evidence": record_with(evidence=[]),
    "com:admit: type 'policy' does not go with this id": record_with(type="policy"),
    "com:admit: attribution names per:x, which is neither an entity nor a record": record_with(
        attribution="per:x"
    ),
    "com:admit: no unit 'persons'": field_with(unit="persons"),
    "com:admit: period 'next year' is no date": field_with(period="next year"),
    "com:admit: actor names cty:FRA, which is neither an entity nor a record": field_with(actor=["cty:FRA"]),
    "com:admit: readings.actor names cty:FRA, which is neither an entity nor a record": field_with(
        readings=[{"actor": "cty:FRA"}]
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named(fault: str):
    assert changed(FAULTS[fault]) == [fault]


def test_a_span_held_in_a_field_is_checked_too():
    made = right()
    made["records"][1]["fields"]["binding_span"] = span("would admit")
    assert check_reading(made, TEXT) == []
    made["records"][1]["fields"]["binding_span"]["sha256"] = "0" * 64
    assert citations(made, TEXT) == (12, 13)


def test_a_date_entity_is_its_value():
    made = reading([mention("DATE", "dat:2-may", "2 May")], [], entity("dat:2-may"))
    assert check_reading(made, TEXT) == ["dat:2-may: the value or the name is no date"]
