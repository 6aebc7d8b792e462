"""Every state by its rule, on commitments and counts worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledgers import admissions, ledger_of, record, region_of

from travesia.record import Record
from travesia.region import Region
from travesia.tracking import Balance, track

HALF_YEAR = {f"2022-0{month}": 10.0 for month in range(1, 7)}


def on(day: str, region: Region, *records: Record, known: str | None = None) -> dict[str, Balance]:
    found = track(
        region,
        ledger_of(*records),
        as_of=date.fromisoformat(day),
        known=None if known is None else date.fromisoformat(known),
    )
    return {balance.commitment: balance for balance in found}


def one(day: str, region: Region, **changes: Any) -> Balance:
    return on(day, region, record(**changes))["places"]


@pytest.mark.parametrize(
    ("basis", "state"),
    [
        ("announced", "announced"),
        ("offered", "announced"),
        ("pledged", "pledged"),
        ("committed", "formalised"),
        ("agreed", "formalised"),
    ],
)
def test_before_its_window_opens_the_state_is_how_firmly_it_was_said(basis: str, state: str) -> None:
    measured = one("2021-12-31", admissions(HALF_YEAR), basis=basis)
    unmeasured = one("2021-12-31", admissions(HALF_YEAR), basis=basis, measured_by=None)
    assert measured.state == unmeasured.state == state
    assert measured.delivered is None
    assert measured.gap is None


def test_until_a_month_is_over_nothing_can_be_counted() -> None:
    early = one("2022-01-30", admissions(HALF_YEAR))
    assert (early.state, early.delivered) == ("pledged", None)
    assert one("2022-01-31", admissions(HALF_YEAR)).delivered == 10


def test_months_count_whole_and_only_within_the_window() -> None:
    region = admissions({**HALF_YEAR, "2021-12": 1000.0, "2022-07": 1000.0})
    assert one("2022-02-28", region).delivered == 20
    assert one("2022-03-30", region).delivered == 20
    assert one("2022-03-31", region).delivered == 30
    assert one("2023-01-31", region).delivered == 60
    # A window that opens within a month leaves that month out: it cannot be split.
    assert one("2022-03-31", region, period_start="2022-01-15").delivered == 20


def test_in_progress_while_the_window_is_open() -> None:
    half = one("2022-03-31", admissions(HALF_YEAR))
    assert (half.state, half.pledged, half.delivered, half.gap) == ("in_progress", 100, 30, 70)
    assert half.reported_to == "2022-03"
    assert "counted to the end of 2022-03 in admissions" in half.why


def test_lapsed_when_the_window_is_over_and_every_month_is_counted() -> None:
    assert one("2022-06-29", admissions(HALF_YEAR)).state == "in_progress"
    assert one("2022-06-30", admissions(HALF_YEAR)).state == "lapsed"
    assert one("2024-01-01", admissions(HALF_YEAR)).gap == 40


def test_met_and_exceeded_as_soon_as_the_count_says_so() -> None:
    region = admissions({**HALF_YEAR, "2022-02": 90.0})
    assert one("2022-02-28", region).state == "met"
    more = one("2022-03-31", region)
    assert (more.state, more.gap) == ("exceeded", -10)


def test_without_an_end_a_commitment_never_lapses() -> None:
    assert one("2022-06-30", admissions(HALF_YEAR), period_end=None).state == "in_progress"


def test_a_month_that_the_series_does_not_cover_ends_the_count() -> None:
    region = admissions({month: 10.0 for month in HALF_YEAR if month != "2022-03"})
    open_, over = one("2022-05-31", region), one("2022-06-30", region)
    assert (open_.state, open_.delivered, open_.reported_to) == ("in_progress", 20, "2022-02")
    assert (over.state, over.delivered) == ("unreported", 20)
    assert "later months of its window are not reported" in over.why


def test_a_late_series_can_still_show_that_it_was_met() -> None:
    assert one("2022-06-30", admissions({"2022-01": 100.0})).state == "met"


def test_a_series_that_has_nothing_for_the_window_is_unreported_and_not_zero() -> None:
    silent = one("2022-06-30", admissions({"2021-05": 10.0}))
    assert (silent.state, silent.delivered, silent.gap) == ("unreported", None, None)


def test_a_covered_month_without_the_beneficiaries_counts_zero() -> None:
    region = region_of({("2022-01", "USA", "VEN"): 3.0, ("2022-02", "USA", "AFG"): 50.0})
    february = one("2022-02-28", region)
    assert (february.delivered, february.reported_to) == (3, "2022-02")


def test_only_the_state_that_promised_and_its_beneficiaries_count() -> None:
    region = region_of(
        {
            ("2022-01", "USA", "VEN"): 1.0,
            ("2022-01", "USA", "HTI"): 2.0,
            ("2022-01", "USA", "AFG"): 4.0,
            ("2022-01", "CAN", "VEN"): 8.0,
        }
    )
    assert one("2022-01-31", region).delivered == 3
    assert one("2022-01-31", region, actor=["CAN"]).delivered == 8
    assert one("2022-01-31", region, actor=["USA", "CAN"]).delivered is None


@pytest.mark.parametrize("unit", ["visa", "USD", "person per month"])
def test_units_that_differ_are_never_compared(unit: str) -> None:
    balance = one("2022-06-30", admissions(HALF_YEAR), unit=unit)
    assert (balance.state, balance.delivered, balance.gap) == ("unreported", None, None)


def test_stocks_and_other_units_of_a_series_never_count_as_delivered() -> None:
    counts = {("2022-01", "USA", "VEN"): 500.0}
    for region in (region_of(counts, measure="stock"), region_of(counts, unit="encounters")):
        assert one("2022-01-31", region).state == "unreported"


@pytest.mark.parametrize(("people", "state"), [(10.0, "lapsed"), (20.0, "exceeded")])
def test_a_ceiling_is_not_met_by_a_lower_count_and_leaves_no_gap(people: float, state: str) -> None:
    balance = one("2022-06-30", admissions(dict.fromkeys(HALF_YEAR, people)), bound="up_to")
    assert (balance.state, balance.gap) == (state, None)
    assert "no floor was promised" in balance.why


def test_silence_never_meets_a_ceiling() -> None:
    assert one("2022-06-30", admissions({}), bound="up_to").state == "unreported"
    zero = one("2022-06-30", admissions(dict.fromkeys(HALF_YEAR, 0.0)), bound="up_to")
    assert (zero.state, zero.delivered) == ("lapsed", 0)


def test_money_pledged_never_counts_as_delivered() -> None:
    balance = one("2022-06-30", admissions(HALF_YEAR), unit="USD", measured_by=None, beneficiaries=["VEN"])
    assert (balance.state, balance.pledged, balance.delivered) == ("unreported", 100, None)
    assert "money paid is not reported" in balance.why


def test_the_need_of_a_whole_plan_is_not_set_beside_one_pledge() -> None:
    money = {"unit": "USD", "measured_by": None, "beneficiaries": ["VEN"]}
    balance = on("2022-06-30", admissions({}), record(known="2022-06-10", **money))["places"]
    assert balance.needed is None
    told = [each.text for each in balance.mismatches if each.kind == "amount"]
    assert told == [
        "the response plan of 2022 asked all donors for 1,790,000,000 USD, which no single pledge was to meet"
    ]
    for other in (
        record(known="2021-12-01", **money),
        record(known="2022-06-10", **{**money, "beneficiaries": ["HTI"]}),
        record(known="2022-06-10"),
    ):
        kinds = [each.kind for each in on("2022-06-30", admissions({}), other)["places"].mismatches]
        assert "amount" not in kinds


def test_without_an_amount_nothing_can_be_verified() -> None:
    for day in ("2021-12-05", "2022-06-30"):
        balance = one(day, admissions(HALF_YEAR), quantity=None, unit=None, bound=None)
        assert (balance.state, balance.pledged, balance.gap) == ("unverifiable", None, None)


@pytest.mark.parametrize(
    ("relation", "state"),
    [
        ("supersedes", "superseded"),
        ("amends", "superseded"),
        ("withdraws", "withdrawn"),
        ("blocks", "blocked"),
    ],
)
def test_another_commitment_can_end_it(relation: str, state: str) -> None:
    later = record("later", "2022-03-15", relation=relation, related_to="com:places", quantity=500)
    before = on("2022-03-14", admissions(HALF_YEAR), record(), later)
    after = on("2022-03-15", admissions(HALF_YEAR), record(), later)
    assert before["places"].state == "in_progress"
    assert "later" not in before
    assert after["places"].state == state
    assert "by later of 2022-03-15" in after["places"].why
    assert after["later"].state == "in_progress"


def test_what_comes_after_its_window_does_not_end_it() -> None:
    later = record("later", "2022-07-01", relation="amends", related_to="com:places")
    assert on("2022-08-01", admissions(HALF_YEAR), record(), later)["places"].state == "lapsed"


@pytest.mark.parametrize(
    ("relation", "says"),
    [
        ("part_of", "part of places: never added to it"),
        ("total_of", "holds places: never added to it"),
        ("adds_to", "comes on top of places: not netted against it"),
    ],
)
def test_parts_and_additions_leave_the_other_alone(relation: str, says: str) -> None:
    alone = on("2022-03-31", admissions(HALF_YEAR), record())["places"]
    later = record("later", "2022-03-15", relation=relation, related_to="com:places")
    both = on("2022-03-31", admissions(HALF_YEAR), record(), later)
    assert both["places"] == alone
    assert says in both["later"].why


@given(
    st.lists(st.integers(0, 60), min_size=6, max_size=6),
    st.sampled_from(["exact", "about", "at_least", "up_to"]),
    st.dates(date(2021, 12, 1), date(2022, 9, 1)),
)
def test_state_and_numbers_always_agree(people: list[int], bound: str, day: date) -> None:
    region = region_of({(month, "USA", "VEN"): n for month, n in zip(HALF_YEAR, people, strict=True)})
    (balance,) = track(region, ledger_of(record(bound=bound)), as_of=day)
    over = day >= date(2022, 6, 30)
    if balance.delivered is None:
        assert balance.state == "pledged"
        assert day < date(2022, 1, 31)
    elif balance.delivered > 100:
        assert balance.state == "exceeded"
    elif balance.delivered == 100:
        assert balance.state == "met"
    else:
        assert balance.state == ("lapsed" if over else "in_progress")
    if balance.delivered is not None and bound != "up_to":
        assert balance.gap == 100 - balance.delivered
    if over:
        assert balance.delivered == sum(people)
