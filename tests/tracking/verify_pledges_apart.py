"""The 314 million of June 2022 beside later announcements: never added up, never netted."""

from __future__ import annotations

import json
from datetime import date

import pytest
from small_ledgers import ledger_of, paid, record

from travesia.cli import call
from travesia.region import load_region
from travesia.terms import Span
from travesia.tracking import stand_by_state, state_pledges_table, track

JUNE, OCTOBER, MAY = 314_000_000, 817_000_000, 578_000_000
USD = {"unit": "USD", "measured_by": None, "beneficiaries": ["VEN"], "period_end": None, "basis": "announced"}


def announced():
    return ledger_of(
        record("june", "2022-06-10", quantity=JUNE, **USD, period_start="2022-06-10"),
        record("october", "2022-10-06", quantity=OCTOBER, **USD, period_start="2022-09-22"),
        record("may", "2024-05-07", quantity=MAY, **USD, period_start="2024-05-07"),
    )


@pytest.mark.parametrize("relation", [None, "adds_to", "total_of", "part_of"])
def test_later_announcements_change_nothing_of_the_first(relation: str | None) -> None:
    alone = ledger_of(record("june", "2022-06-10", quantity=JUNE, **USD, period_start="2022-06-10"))
    later = record("october", "2022-10-06", quantity=OCTOBER, **USD, relation=relation, related_to="com:june")
    both = ledger_of(*(entry.operation.record for entry in alone.entries), later)
    region = paid({"day": "2022-11-01", "value": 100e6, "commitment": "june"})
    (by_itself,) = track(region, alone, as_of=date(2024, 12, 31))
    beside = {one.commitment: one for one in track(region, both, as_of=date(2024, 12, 31))}
    assert beside["june"] == by_itself
    assert (beside["june"].pledged, beside["june"].delivered, beside["june"].gap) == (
        JUNE,
        100e6,
        JUNE - 100e6,
    )
    assert (beside["october"].pledged, beside["october"].delivered) == (OCTOBER, None)


def test_a_state_has_them_one_by_one() -> None:
    region = load_region("americas")
    balances = track(region, announced(), as_of=date(2024, 12, 31))
    window = Span(date(2022, 1, 1), date(2025, 1, 1))
    states = {one.iso3: one for one in stand_by_state(region, balances, "USD", window)}
    assert [each.pledged for each in states["USA"].pledges] == [JUNE, OCTOBER, MAY]
    amounts = state_pledges_table(tuple(states.values()))["pledged"].drop_nulls().to_list()
    assert amounts == [JUNE, OCTOBER, MAY]
    year = stand_by_state(region, balances, "USD", Span(date(2022, 1, 1), date(2023, 1, 1)))
    assert [each.pledged for one in year for each in one.pledges] == [JUNE, OCTOBER]


def test_no_number_of_the_command_is_a_sum_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    window = ["--from", "2022-01-01", "--to", "2024-12-31"]
    assert call(["track", "--as-of", "2024-12-31", "--by", "state", *window, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (usa,) = (row for row in answer["rows"] if row["iso3"] == "USA")
    pledged = {each["commitment"]: each["pledged"] for each in usa["pledges"]}
    assert pledged["us-2022-ven-jun"] == JUNE
    assert pledged["us-2024-region-may"] == MAY
    later = [pledged[name] for name in ("us-2022-ven-sep", "us-2022-region-oct", "us-2024-region-may")]
    sums = {JUNE + value for value in later} | {JUNE + sum(later[:2]), JUNE + sum(later)}
    differences = {value - JUNE for value in later}
    numbers = {value for row in answer["rows"] for value in (row["fair"], row["paid"])}
    numbers |= {each[name] for each in usa["pledges"] for name in ("pledged", "delivered", "gap")}
    assert not (sums | differences) & numbers
    # The plan of 2022 asked for 1,790 million, and the members' shares of it add up to it.
    assert sum(row["fair"] for row in answer["rows"] if row["fair"] is not None) == pytest.approx(
        1_790_000_000
    )
    assert {row["paid"] for row in answer["rows"]} == {None}
