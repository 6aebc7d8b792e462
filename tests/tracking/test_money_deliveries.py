"""Money of saved files: stages apart, one series, only what names the commitment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_ledgers import MONEY, kinds, ledger_of, paid, record

from travesia.region import Region
from travesia.terms import UnknownIdsError
from travesia.tracking import Balance, commitments_of, count_linked, link, merge, track


def one(region: Region, day: str = "2022-03-31", known: str | None = None, **changes: Any) -> Balance:
    ledger = ledger_of(record(**{**MONEY, **changes}))
    (found,) = track(
        region,
        ledger,
        as_of=date.fromisoformat(day),
        known=None if known is None else date.fromisoformat(known),
    )
    return found


PAYMENTS = (
    {"day": "2022-01-10", "stage": "committed", "value": 700.0},
    {"day": "2022-02-10", "stage": "disbursed", "value": 300.0},
    {"day": "2022-03-10", "stage": "disbursed", "value": 100.5},
    {"day": "2022-03-20", "stage": "spent", "value": 50.0},
    {"day": "2022-03-20", "stage": "pledged", "value": 900.0},
    {"day": "2022-04-10", "stage": "disbursed", "value": 5.0},
)


def test_stages_stand_apart_and_only_what_was_paid_out_is_delivered() -> None:
    found = one(paid(*PAYMENTS))
    assert (found.stages.committed, found.stages.disbursed, found.stages.spent) == (700, 400.5, 50)
    assert (found.delivered, found.gap, found.state) == (400.5, 599.5, "in_progress")
    assert found.reported_to == "2022-03-10"
    assert any("900 USD of fts-flows reported as pledged" in each.text for each in found.mismatches)


@pytest.mark.parametrize(("stage", "delivered"), [("committed", 700), ("disbursed", 400.5), ("spent", 50)])
def test_a_commitment_may_name_the_stage_that_counts(stage: str, delivered: float) -> None:
    assert one(paid(*PAYMENTS), stage=stage).delivered == delivered


def test_a_pledge_can_never_be_the_stage_that_counts() -> None:
    with pytest.raises(Exception, match="stage pledged: is none of committed, disbursed, spent"):
        one(paid(*PAYMENTS), stage="pledged")


def test_pledges_alone_deliver_nothing() -> None:
    found = one(paid({"day": "2022-01-10", "stage": "pledged", "value": 1000.0}))
    assert (found.delivered, found.gap, found.state) == (None, None, "unreported")


def test_what_names_no_commitment_counts_for_none() -> None:
    found = one(paid({"day": "2022-02-10", "value": 300.0, "commitment": None}))
    assert (found.delivered, found.state) == (None, "unreported")


def test_two_commitments_never_share_a_payment() -> None:
    region = paid({"day": "2022-02-10", "value": 1000.0})
    ledger = ledger_of(record(**MONEY), record("later", "2022-01-15", **MONEY, relation="adds_to",
                                               related_to="com:places"))  # fmt: skip
    found = {each.commitment: each for each in track(region, ledger, as_of=date(2022, 3, 31))}
    assert (found["places"].delivered, found["places"].state) == (1000, "met")
    assert (found["later"].delivered, found["later"].state) == (None, "unreported")


def test_what_the_receiver_tells_is_not_added() -> None:
    region = paid(
        {"day": "2022-02-10", "value": 300.0}, {"day": "2022-02-11", "value": 300.0, "direction": "in"}
    )
    found = one(region)
    assert found.delivered == 300
    assert "300 USD of fts-flows reported by the receiving side: not added" in [
        each.text for each in found.mismatches
    ]


def test_two_series_may_be_the_same_money_until_one_is_named() -> None:
    region = paid(
        {"day": "2022-02-10", "value": 300.0},
        {"day": "2022-02-10", "value": 310.0, "series": "iati-transactions"},
    )
    both = one(region)
    assert (both.delivered, both.state, kinds(both.mismatches)) == (None, "unreported", ["source"])
    assert one(region, measured_by="iati-transactions").delivered == 310


def test_another_currency_is_shown_and_not_changed() -> None:
    region = paid({"day": "2022-02-10", "value": 300.0}, {"day": "2022-02-10", "value": 90.0, "unit": "EUR"})
    found = one(region)
    assert found.delivered == 300
    assert [each.text for each in found.mismatches if each.kind == "currency"] == [
        "90 EUR of fts-flows in another unit: not changed"
    ]
    assert one(region, unit="EUR").delivered == 90


def test_another_state_s_money_does_not_count() -> None:
    region = paid(
        {"day": "2022-02-10", "value": 300.0}, {"day": "2022-02-10", "value": 90.0, "country": None}
    )
    found = one(region)
    assert found.delivered == 300
    assert "90 USD of fts-flows not by the state that promised: left out" in [
        e.text for e in found.mismatches
    ]


def test_money_that_came_back_is_taken_off() -> None:
    region = paid({"day": "2022-02-10", "value": 300.0}, {"day": "2022-02-20", "value": -120.25})
    assert one(region).delivered == 179.75


def test_without_knowing_that_the_file_is_complete_nothing_lapses() -> None:
    row = {"day": "2022-02-10", "value": 300.0}
    assert one(paid(row), "2022-07-31").state == "unreported"
    assert one(paid({**row, "covers_to": "2022-05-31"}), "2022-07-31").state == "unreported"
    assert one(paid({**row, "covers_to": "2022-06-30"}), "2022-07-31").state == "lapsed"
    assert one(paid({**row, "value": 1000.0}), "2022-07-31").state == "met"


def test_what_was_paid_after_the_window_is_shown_and_left_out() -> None:
    found = one(
        paid({"day": "2022-02-10", "value": 300.0}, {"day": "2022-07-01", "value": 9.0}), "2022-07-31"
    )
    assert found.delivered == 300
    assert "9 USD of fts-flows for periods not wholly in its window" in found.mismatches[0].text


def test_known_then_leaves_out_what_was_reported_later() -> None:
    region = paid(
        {"day": "2022-02-10", "value": 300.0, "reported": "2022-03-15"}, {"day": "2022-02-11", "value": 7.0}
    )
    assert one(region, "2022-03-31").delivered == 307
    assert one(region, "2022-03-31", known="2022-03-14").delivered == 7


def test_calendar_years_are_not_split_over_fiscal_years() -> None:
    people = {"unit": "people", "stage": None, "direction": None, "nationality": "VEN",
              "series": "unhcr-solutions"}  # fmt: skip
    years = [
        {**people, "first_day": f"{year}-01-01", "last_day": f"{year}-12-31", "value": value}
        for year, value in ((2022, 1.0), (2023, 10.0), (2024, 100.0))
    ]
    fiscal = {"unit": "person", "measured_by": None, "period_start": "2022-10-01", "period_end": "2024-09-30",
              "beneficiaries": ["VEN"]}  # fmt: skip
    found = one(paid(*years), "2024-12-31", **fiscal)
    assert (found.delivered, found.state) == (10, "unreported")
    assert "101 people of unhcr-solutions for periods not wholly in its window" in found.mismatches[0].text
    calendar = {**fiscal, "period_start": "2022-01-01", "period_end": "2024-12-31"}
    assert (one(paid(*years), "2024-12-31", **calendar).delivered) == 111


def test_returns_and_resettlement_are_never_one_count() -> None:
    people = {"unit": "people", "stage": None, "direction": None, "nationality": "VEN",
              "series": "unhcr-solutions", "first_day": "2022-01-01", "last_day": "2022-12-31"}  # fmt: skip
    year = {"unit": "person", "measured_by": None, "period_end": "2022-12-31", "beneficiaries": ["VEN"]}
    resettled = {**people, "channel": "resettlement", "value": 10.0}
    returned = {**people, "channel": "returned_refugees", "value": 100.0}
    both = one(paid(resettled, returned), "2022-12-31", **year)
    assert (both.delivered, both.state, kinds(both.mismatches)) == (None, "unreported", ["source"])
    alone = one(paid(resettled, {**returned, "commitment": None}), "2022-12-31", **year)
    assert (alone.delivered, alone.state) == (10, "lapsed")


def test_deliveries_that_name_no_commitment_of_the_ledger_are_refused() -> None:
    with pytest.raises(UnknownIdsError, match="unknown commitments elsewhere"):
        one(paid({"day": "2022-02-10", "value": 300.0, "commitment": "elsewhere"}))


def test_linking_takes_what_fits_and_tells_the_rest() -> None:
    region = paid(
        {"day": "2022-02-10", "value": 1.0, "commitment": None},
        {"day": "2021-02-10", "value": 2.0, "commitment": None},
        {"day": "2022-02-10", "value": 4.0, "commitment": None, "country": "CAN"},
        {"day": "2022-02-10", "value": 8.0, "commitment": "other", "unit": "EUR"},
        {"day": "2022-02-10", "value": 16.0, "commitment": None, "direction": "in"},
    )
    (commitment,) = commitments_of(ledger_of(record(**MONEY)))
    rows, why_not = link(region.deliveries, commitment)
    assert rows["commitment"].to_list() == ["places", None, None, "other", None]
    assert why_not == {
        "another unit": 1,
        "not by the state that promised": 1,
        "told by the receiving side": 1,
        "outside its window": 1,
    }
    assert count_linked(rows, commitment, date(2022, 3, 31)).stages.disbursed == 1


def test_the_same_file_again_changes_nothing_and_keeps_links() -> None:
    old = paid({"day": "2022-02-10", "value": 1.0}).deliveries
    again = paid({"day": "2022-02-10", "value": 1.0, "commitment": None}).deliveries
    merged, counts = merge(old, again)
    assert merged.equals(old)
    assert counts == {"read": 1, "new": 0, "renewed": 0}
    better = paid(
        {"day": "2022-02-10", "value": 3.0, "commitment": None}, {"day": "2022-02-11", "value": 9.0}
    )
    merged, counts = merge(old, better.deliveries)
    assert counts == {"read": 2, "new": 1, "renewed": 1}
    assert merged["value"].to_list() == [3, 9]
    assert merged["commitment"].to_list() == ["places", "places"]


AMOUNTS = st.integers(-1000, 100_000)


@given(
    st.lists(st.tuples(st.sampled_from(["committed", "disbursed", "spent"]), AMOUNTS), max_size=8),
    st.lists(st.tuples(st.sampled_from(["pledged", "needed"]), AMOUNTS), max_size=8),
)
def test_no_pledge_or_need_ever_enters_a_total(
    told: list[tuple[str, int]], said: list[tuple[str, int]]
) -> None:
    def rows(*parts: tuple[str, int]) -> list[dict[str, Any]]:
        return [{"day": "2022-02-10", "stage": stage, "value": float(value)} for stage, value in parts]

    without, with_them = one(paid(*rows(*told))), one(paid(*rows(*told, *said)))
    assert (without.delivered, without.stages) == (with_them.delivered, with_them.stages)
    assert without.gap == with_them.gap
    paid_out = [value for stage, value in told if stage == "disbursed"]
    assert with_them.delivered == (sum(paid_out) if paid_out else None)
