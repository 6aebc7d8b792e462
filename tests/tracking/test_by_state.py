"""Fair share, pledges and deliveries of states, side by side."""

from __future__ import annotations

import json
from datetime import date

import pytest
from small_ledgers import MONEY, ledger_of, paid, record

from travesia.cli import call
from travesia.region import load_region
from travesia.terms import Span, UsageError
from travesia.tracking import StatePledges, stand_by_state, state_pledges_table, track

YEAR = Span(date(2022, 1, 1), date(2023, 1, 1))


@pytest.fixture(scope="module")
def americas():
    return load_region("americas")


def test_what_a_state_paid_stands_beside_what_it_pledged(americas) -> None:
    region = paid(
        {"day": "2022-02-10", "value": 300.0},
        {"day": "2022-03-10", "value": 40.0, "commitment": None},
        {"day": "2023-03-10", "value": 5.0, "commitment": None},
        {"day": "2022-03-10", "value": 900.0, "stage": "pledged"},
        {"day": "2022-03-10", "value": 70.0, "stage": "committed"},
        region=americas,
    )
    balances = track(region, ledger_of(record(**MONEY)), as_of=date(2022, 12, 31))
    states = {one.iso3: one for one in stand_by_state(region, balances, "USD", YEAR)}
    assert len(states) == 20
    usa = states["USA"]
    # 300 were paid on the pledge, and 340 in the year for anything.
    assert (usa.paid, [each.delivered for each in usa.pledges]) == (340, [300])
    assert usa.fair is not None
    assert usa.fair_of == "1,790,000,000 USD that the regional plan of 2022 asked for, by population-gdp"
    assert (states["COL"].paid, states["COL"].pledges) == (None, ())
    early = track(region, ledger_of(record(**MONEY)), as_of=date(2022, 2, 28))
    assert {one.iso3: one.paid for one in stand_by_state(region, early, "USD", YEAR)}["USA"] == 300


def test_money_that_two_series_report_is_not_added(americas) -> None:
    region = paid(
        {"day": "2022-02-10", "value": 300.0, "commitment": None},
        {"day": "2022-02-10", "value": 300.0, "commitment": None, "series": "iati-transactions"},
        region=americas,
    )
    states = {one.iso3: one for one in stand_by_state(region, (), "USD", YEAR)}
    assert states["USA"].paid is None


def test_people_are_shared_by_whom_the_members_host(americas) -> None:
    balances = track(americas, ledger_of(record(known="2022-01-10")), as_of=date(2022, 12, 31))
    states = stand_by_state(americas, balances, "person", YEAR)
    shared = [one.fair for one in states if one.fair is not None]
    assert f"{round(sum(shared)):,} people displaced from Venezuela" in states[0].fair_of
    (usa,) = (one for one in states if one.iso3 == "USA")
    assert [each.commitment for each in usa.pledges] == ["places"]


def test_a_state_that_pledges_and_shares_nothing_is_there_too(americas) -> None:
    balances = track(americas, ledger_of(record(actor=["DEU"], **MONEY)), as_of=date(2022, 12, 31))
    *_, last = stand_by_state(americas, balances, "USD", YEAR)
    assert (last.iso3, last.fair, last.fair_of) == ("DEU", None, "no member of those who share")


@pytest.mark.parametrize(("unit", "year", "says"), [
    ("USD", 2016, "none: "), ("person", 2024, "none: "), ("visa", 2022, "no need is known in visa"),
])  # fmt: skip
def test_where_nothing_is_known_to_share_it_says_why(americas, unit: str, year: int, says: str) -> None:
    states = stand_by_state(americas, (), unit, Span(date(year, 1, 1), date(year + 1, 1, 1)))
    assert {one.fair for one in states} == {None}
    assert states[0].fair_of.startswith(says)


def test_an_unknown_key_or_group_is_refused(americas) -> None:
    for choice in ({"key": "nonsense"}, {"members": "nobody"}):
        with pytest.raises(UsageError):
            stand_by_state(americas, (), "USD", YEAR, **choice)


def test_a_pledge_belongs_to_the_windows_in_which_it_was_to_be_kept(americas) -> None:
    def names(start: int, end: int, **changes) -> list[str]:
        balances = track(americas, ledger_of(record(**{**MONEY, **changes})), as_of=date(2025, 1, 1))
        window = Span(date(start, 1, 1), date(end, 1, 1))
        return [
            each.commitment
            for one in stand_by_state(americas, balances, "USD", window)
            for each in one.pledges
        ]

    assert names(2022, 2023) == names(2021, 2025) == ["places"]
    assert names(2023, 2024) == names(2020, 2022) == []
    # One without an end belongs where it begins, not to every year after.
    assert names(2022, 2023, period_end=None) == ["places"]
    assert names(2023, 2024, period_end=None) == []


def test_the_table_has_a_row_a_pledge_and_no_row_less_than_a_state(americas) -> None:
    ledger = ledger_of(record(**MONEY), record("more", "2022-01-10", **MONEY))
    states = stand_by_state(americas, track(americas, ledger, as_of=date(2022, 12, 31)), "USD", YEAR)
    table = state_pledges_table(states)
    assert table.columns == list(StatePledges.columns())
    assert table.height == 21
    assert state_pledges_table(()).height == 0


def test_the_command_for_people_and_a_pack_without_members(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["track", "--as-of", "2022-12-31", "--by", "state", "--lang", "es"]) == 0
    said = capsys.readouterr().out
    assert "Estados Unidos" in said
    assert "314,000,000" in said
    assert "Pledges of a state are not added up" in said
    assert call(["track", "toy", "--as-of", "2022-12-31", "--by", "state", "--unit", "person", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {row["fair"] for row in answer["rows"]} == {None}
    assert answer["fair_of"].startswith("none: ")
    (pledging,) = (row for row in answer["rows"] if row["pledges"])
    assert (pledging["iso3"], pledging["pledges"][0]["commitment"]) == ("XCC", "xc-places")


def test_a_window_that_ends_before_it_begins_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["track", "--by", "state", "--from", "2023-01-01", "--to", "2022-01-01"]) == 2
    assert "--to 2022-01-01: is before --from" in capsys.readouterr().err
