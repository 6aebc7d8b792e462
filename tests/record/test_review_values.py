"""What people write into fields: all that was ever annotated can be written, and comes back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from annotated.sources import INVENTED, annotated, sources, text_of
from reviewing import ACCEPT, REJECT, Cost, costs, length, shortest
from travesia.record import Ledger, as_json, decisions_in, load_document, propose_all, read_document, sheet_of
from travesia.record.review.values import (
    ABOUT,
    allowed,
    checked_field,
    completed,
    parse_value,
    written,
)
from travesia.terms import TravesiaError

AT = "2024-03-01T08:00:00Z"


def annotations() -> list[Mapping[str, Any]]:
    return [annotated(source)[0] for source in sources(INVENTED)]


def _plain(value: Any) -> Any:
    """Return a value with plain blanks, as it is typed; one of a list is as good as a list of one."""
    many = value if isinstance(value, list | tuple) else [value]
    return [" ".join(one.split()) if isinstance(one, str) else one for one in many]


def test_every_annotated_value_can_be_written_and_comes_back() -> None:
    values = [
        (record["type"], name, value)
        for gold in annotations()
        for record in gold["records"]
        for name, value in (*record["fields"].items(), *((name, record[name]) for name in ABOUT[:2]))
    ]
    assert len(values) > 500
    for kind, name, value in values:
        typed = parse_value(kind, name, written(value))
        assert _plain(typed) == _plain(value), (kind, name, value)
        assert parse_value(kind, name, written(value), value) is value


def test_what_is_proposed_of_a_text_comes_back_from_a_spreadsheet_unchanged(tmp_path: Path) -> None:
    import csv

    for source in sources(INVENTED)[:4]:
        reading = read_document(load_document(text_of(source)))
        entries = propose_all(
            Ledger(()), reading.document, reading.proposals, published=reading.date.value, at=AT
        )
        ledger = Ledger(entries)
        sheet = sheet_of(ledger, "proposed", lambda name, text=reading.found.text: text)
        path = tmp_path / f"{source.stem}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, sheet.columns, restval="")
            table.writeheader()
            table.writerows({**row, "decision": "accept"} for row in sheet.rows)
        taken = decisions_in(ledger, path, by="Ana", at=AT)
        assert len(taken.entries) == len(sheet.rows) > 0
        assert all(entry.operation.record is None for entry in taken.entries)


def test_whatever_the_reader_doubts_can_be_chosen() -> None:
    doubts = [
        (one.type, doubt)
        for source in sources(INVENTED)
        for one in read_document(load_document(text_of(source))).proposals
        for doubt in one.doubts
    ]
    assert "base" in {doubt.slot for _, doubt in doubts}
    for kind, doubt in doubts:
        assert checked_field(kind, doubt.slot) == doubt.slot
        for way in doubt.candidates:
            assert parse_value(kind, doubt.slot, written(way.value), way.value) == way.value


@pytest.mark.parametrize(
    ("kind", "name", "begun", "word"),
    [
        ("policy", "status", "in_f", "in_force"),
        ("policy", "status", "In force", "in_force"),
        ("policy", "status", "in", "in"),
        ("policy", "status", "", ""),
        ("commitment", "bound", "more", "more_than"),
        ("commitment", "unit", "USD", "USD"),
        ("commitment", "condition", "if", "if"),
    ],
)
def test_a_word_of_a_list_may_be_begun(kind: str, name: str, begun: str, word: str) -> None:
    assert completed(kind, name, begun) == word


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("eur", "EUR"),
        ("usd per Month", "USD per month"),
        ("Person per day", "person per day"),
        ("CAD per year", "CAD per year"),
    ],
)
def test_a_unit_is_a_word_a_currency_or_a_rate_of_these(text: str, unit: str) -> None:
    assert parse_value("commitment", "unit", text) == unit


@pytest.mark.parametrize(
    "text", ["people", "euros", "person per", "person per decade", "per month", "EUR/day"]
)
def test_what_is_no_unit_is_told_with_what_is(text: str) -> None:
    with pytest.raises(TravesiaError, match="is no unit; write one of person"):
        parse_value("commitment", "unit", text)


def test_as_few_letters_as_the_bench_counts_are_enough() -> None:
    for kind, name in (("policy", "kind"), ("commitment", "action"), ("event", "kind"), ("figure", "unit")):
        for word in allowed(kind, name):
            assert completed(kind, name, word[: shortest(word, allowed(kind, name))]) == word


def test_the_bench_counts_what_a_person_presses() -> None:
    gold, text = annotated(sources(INVENTED)[0])
    same = costs(gold, gold, "")
    total = sum(same.values(), Cost())
    assert (total.keys, total.edits) == (ACCEPT * len(gold["records"]), 0)
    nothing = sum(costs({**gold, "records": []}, gold, "").values(), Cost())
    assert nothing.keys == nothing.blank == total.blank > total.keys
    useless = sum(costs(gold, {**gold, "records": []}, "").values(), Cost())
    assert (useless.keys, useless.blank) == (REJECT * len(gold["records"]), 0)
    assert sum(costs(gold, gold, " ".join(text.split())).values(), Cost()).blank < total.blank
    assert length("commitment", "actor", ["cty:USA", "cty:MEX"], {"cty:USA": "USA", "cty:MEX": "MEX"}) == 8


def test_the_bench_counts_an_edit_and_a_choice() -> None:
    gold = next(
        one for one in annotations() if any("period" in record["fields"] for record in one["records"])
    )
    right = next(record for record in gold["records"] if "period" in record["fields"])
    wrong = {**right, "fields": {**right["fields"], "period": "1999", "note": "x"}}
    records = [wrong if record is right else record for record in gold["records"]]

    def keys(own: Mapping[str, Any]) -> int:
        predicted = {**gold, "records": [own if record is wrong else record for record in records]}
        return sum(cost.keys_accepted for cost in costs(predicted, gold, "").values()) - len(records)

    value = len(right["fields"]["period"])
    assert keys(wrong) == (2 + value) + 3
    ways = [{"value": "1999", "reason": ""}, {"value": right["fields"]["period"], "reason": ""}]
    assert keys({**wrong, "doubts": [{"slot": "period", "candidates": ways}]}) == 2 + 3


def test_readings_have_the_shape_that_the_bench_compares() -> None:
    source = sources(INVENTED)[0]
    predicted = as_json(read_document(load_document(text_of(source))))
    assert all(set(ABOUT) <= set(record) for record in predicted["records"])
