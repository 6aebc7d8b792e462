"""Promises of money as IATI activities: in the standard's order, never paid by being promised, read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import polars as pl
import pytest
from small_ledgers import MONEY, deliveries_of, ledger_of, record

from travesia.record import Ledger
from travesia.region import load_region
from travesia.terms import UsageError
from travesia.tracking import READERS, Activities, Reporter, State, iati_activities, state_codes

REPORTER = Reporter("XI-IATI-EXAMPLE", "80", "Example University")

# The order in which the schema of IATI 2.03 wants them, as far as they are used here.
ACTIVITY = [
    "iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status",
    "activity-date", "budget", "transaction", "related-activity",
]  # fmt: skip
TRANSACTION = [
    "transaction-type", "transaction-date", "value", "description", "provider-org", "receiver-org", "sector",
    "recipient-country", "recipient-region",
]  # fmt: skip
BUDGET = ["period-start", "period-end", "value"]


@pytest.fixture(scope="module")
def countries() -> pl.DataFrame:
    return load_region("americas").countries


def _made(
    ledger: Ledger, countries: pl.DataFrame, *rows: dict[str, Any], state: State = "pledged"
) -> Activities:
    names = {one.id.removeprefix("com:") for one in ledger.accepted()}
    return iati_activities(ledger, dict.fromkeys(names, state), deliveries_of(*rows), countries, REPORTER)


def _activities(made: Activities) -> list[Xml.Element]:
    return list(Xml.fromstring(made.xml))


PAYMENTS: tuple[dict[str, Any], ...] = (
    {"day": "2022-02-10", "stage": "disbursed", "value": 300.5, "to_country": "COL", "receiver": "A & B"},
    {"day": "2022-03-10", "stage": "spent", "value": 50.0, "channel": "72010"},
    {"day": "2022-03-20", "stage": "committed", "value": 700.0, "unit": "EUR"},
    {"day": "2022-03-21", "stage": "disbursed", "value": -20.0, "first_day": "2022-03-01"},
    {"day": "2022-03-22", "stage": "pledged", "value": 900.0},
    {"day": "2022-03-23", "stage": "disbursed", "value": 9.0, "direction": "in"},
    {"day": "2022-03-24", "stage": "disbursed", "value": 5.0, "commitment": None},
)


def test_elements_stand_in_the_order_of_the_schema(countries: pl.DataFrame) -> None:
    whole, part = (
        record("whole", **MONEY),
        record("part", **MONEY, relation="part_of", related_to="com:whole"),
    )
    rows = [{**row, "commitment": "whole"} for row in PAYMENTS]
    root = Xml.fromstring(_made(ledger_of(whole, part), countries, *rows).xml)
    assert (root.tag, root.attrib) == ("iati-activities", {"version": "2.03"})
    for parents, order in (("iati-activity", ACTIVITY), ("transaction", TRANSACTION), ("budget", BUDGET)):
        found = list(root.iter(parents))
        assert found
        for parent in found:
            tags = [child.tag for child in parent]
            assert tags == sorted(tags, key=order.index)
    for activity in root:
        tags = {child.tag for child in activity}
        assert tags >= {*ACTIVITY[:7]}
        reporting = activity.find("reporting-org")
        assert reporting is not None
        assert reporting.attrib == {"ref": "XI-IATI-EXAMPLE", "type": "80", "secondary-reporter": "1"}
        assert str(activity.findtext("iati-identifier")).startswith("XI-IATI-EXAMPLE-")


@pytest.mark.parametrize("state", ["announced", "pledged", "in_progress", "met", "exceeded", "lapsed"])
@pytest.mark.parametrize("basis", ["announced", "offered", "pledged", "committed", "agreed"])
def test_a_promise_is_never_a_disbursement(countries: pl.DataFrame, state: State, basis: str) -> None:
    (activity,) = _activities(_made(ledger_of(record(**{**MONEY, "basis": basis})), countries, state=state))
    (transaction,) = activity.findall("transaction")
    kind = transaction.find("transaction-type")
    assert kind is not None
    assert kind.attrib["code"] == ("2" if basis in {"committed", "agreed"} else "12")


def test_our_own_reader_reads_back_what_was_promised_and_paid(
    countries: pl.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "activities.xml"
    path.write_bytes(_made(ledger_of(record(**MONEY)), countries, *PAYMENTS).xml)
    read = READERS["iati"](path, state_codes(countries))
    assert read.left_out == {}
    columns = ("stage", "direction", "value", "unit", "country", "to_country", "channel")
    assert read.rows.select(*columns).rows() == [
        ("pledged", "out", 1000.0, "USD", "USA", None, "99810"),
        ("disbursed", "out", 300.5, "USD", "USA", "COL", "99810"),
        ("spent", "out", 50.0, "USD", "USA", None, "72010"),
        ("committed", "out", 700.0, "EUR", "USA", None, "99810"),
        ("disbursed", "out", -20.0, "USD", "USA", None, "99810"),
    ]
    assert read.rows["receiver"].to_list() == [None, "A & B", None, None, None]
    days = [str(day) for day in read.rows["last_day"]]
    assert days == ["2021-12-01", "2022-02-10", "2022-03-10", "2022-03-20", "2022-03-21"]


def test_what_another_holds_already_is_told_and_not_pledged_twice(countries: pl.DataFrame) -> None:
    ledger = ledger_of(
        record("whole", **MONEY),
        record("part", **{**MONEY, "quantity": 400}, relation="part_of", related_to="com:whole"),
        record("total", **{**MONEY, "quantity": 5000}, relation="total_of", related_to="com:whole"),
        record("more", **{**MONEY, "quantity": 7}, relation="adds_to", related_to="com:whole"),
    )
    pledged = {
        str(one.findtext("iati-identifier")).removeprefix("XI-IATI-EXAMPLE-"): one.findtext(
            "transaction/value"
        )
        for one in _activities(_made(ledger, countries))
    }
    assert pledged == {"whole": None, "part": None, "total": "5000", "more": "7"}
    related = {
        (one.attrib["type"], one.attrib["ref"])
        for activity in _activities(_made(ledger, countries))
        for one in activity.findall("related-activity")
    }
    assert related == {(code, "XI-IATI-EXAMPLE-whole") for code in ("1", "2", "3")}


def test_what_is_no_money_or_no_longer_stands_is_left_out_and_counted(countries: pl.DataFrame) -> None:
    ledger = ledger_of(
        record("places"), record("money", **MONEY), record("open", **{**MONEY, "quantity": None})
    )
    states: dict[str, State] = {"places": "met", "money": "withdrawn", "open": "unverifiable"}
    made = iati_activities(ledger, states, deliveries_of(), countries, REPORTER)
    assert made.written == 0
    assert made.left_out == {
        "no money": ("places",), "no longer stands": ("money",), "names no amount": ("open",),
    }  # fmt: skip


def test_a_budget_covers_a_year_at_most(countries: pl.DataFrame) -> None:
    short = record("short", **MONEY)
    long = record("long", **{**MONEY, "period_end": "2023-12-31"})
    found = {
        str(one.findtext("iati-identifier"))[-5:]: one.find("budget")
        for one in _activities(_made(ledger_of(short, long), countries))
    }
    assert found["-long"] is None
    assert found["short"] is not None
    assert found["short"].findtext("value") == "1000"


def test_the_americas_come_out_the_same_and_are_read_back(
    tmp_path: Path, travesia: Callable[..., Any], countries: pl.DataFrame
) -> None:
    words = (
        "americas",
        "--as",
        "iati",
        "--as-of",
        "2023-09-30",
        "--reporter",
        "XI-IATI-EXAMPLE 80 Example U",
    )
    one, other = tmp_path / "one.xml", tmp_path / "other.xml"
    assert travesia("ledger", "export", one, *words).code == 0
    assert travesia("ledger", "export", other, *words).code == 0
    assert one.read_bytes() == other.read_bytes()
    rows = READERS["iati"](one, state_codes(countries)).rows
    assert set(rows["stage"]) <= {"pledged", "committed"}
    assert 314e6 in rows["value"].to_list()


@pytest.mark.parametrize("text", ["", "Me", "XI-1 8 Name", "XI/1 80 Name", "XI-1 80 "])
def test_a_reporter_is_an_identifier_a_type_and_a_name(text: str) -> None:
    with pytest.raises(UsageError, match="write it like"):
        Reporter.of(text)


def test_what_xml_cannot_hold_is_a_space(countries: pl.DataFrame) -> None:
    (activity,) = _activities(
        _made(ledger_of(record(**{**MONEY, "commitment": "a\x0cb <c> & d"})), countries)
    )
    assert activity.findtext("title/narrative") == "a b <c> & d"
