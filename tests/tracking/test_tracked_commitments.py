"""From ledger records to commitments, and what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small_ledgers import ENTERED, ledger_of, record, region_of

from travesia.record import Entry, Ledger, Retract
from travesia.terms import Cite, InputError
from travesia.tracking import BalanceTable, balance_table, commitments_of, track

REGION = region_of({(f"2022-0{month}", "USA", "VEN"): 10.0 for month in range(1, 7)})


def test_fields_are_read_as_they_stand() -> None:
    (found,) = commitments_of(ledger_of(record(quantity=20.5, unit="USD")))
    assert (found.id, found.iso3, found.title) == ("places", "USA", "Take in people")
    assert (found.made, found.first_day, found.last_day) == (
        date(2021, 12, 1), date(2022, 1, 1), date(2022, 6, 30)
    )  # fmt: skip
    assert (found.amount, found.is_money) == (20.5, True)
    assert found.cites == (Cite("source of places"),)


def test_what_a_text_leaves_open_stays_open() -> None:
    bare = record(fields={"actor": "cty:CAN", "action": "welcome_migrants"})
    (found,) = commitments_of(ledger_of(bare))
    assert (found.iso3, found.title, found.basis) == ("CAN", "welcome_migrants", "announced")
    assert (found.amount, found.unit, found.last_day, found.measured_by) == (None, None, None, None)
    assert found.first_day == found.made


def test_other_records_are_passed_over_and_order_is_by_day() -> None:
    other = replace(record("fact"), type="figure")
    found = commitments_of(
        ledger_of(record("b", "2022-02-01"), other, record("c"), record("a", "2022-02-01"))
    )
    assert [one.id for one in found] == ["c", "a", "b"]


def test_joint_commitments_name_no_single_state() -> None:
    (found,) = commitments_of(ledger_of(record(actor=["USA", "CAN"])))
    assert found.iso3 is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"period_start": "in spring"}, "com:places: period_start in spring: is not a day"),
        ({"period_end": "2022-13-01"}, "com:places: period_end 2022-13-01: is not a day"),
        ({"period_end": "2021-01-01"}, "com:places: period_end 2021-01-01: is before the start"),
        ({"quantity": "many"}, "com:places: quantity many: is not a number"),
        ({"quantity": True}, "com:places: quantity True: is not a number"),
        ({"bound": "nearly"}, "com:places: bound nearly: is none of exact, about"),
        ({"basis": "hoped"}, "com:places: basis hoped: is none of announced"),
        ({"relation": "likes"}, "com:places: relation likes: is none of part_of"),
    ],
)
def test_a_wrong_field_names_record_and_field(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        commitments_of(ledger_of(record(**changes)))


def test_commitments_made_later_are_left_out() -> None:
    ledger = ledger_of(record(), record("later", "2022-05-01"))
    assert [one.commitment for one in track(REGION, ledger, as_of=date(2022, 4, 30))] == ["places"]
    assert len(track(REGION, ledger, as_of=date(2022, 5, 1))) == 2
    assert track(REGION, ledger, as_of=date(2020, 1, 1)) == ()


def test_known_asks_what_was_known_then() -> None:
    first, better = record(), record(known="2022-04-10", quantity=30, bound="at_least")
    ledger = ledger_of(first, better, record("later", "2022-05-01"))

    def asked(as_of: date, known: date | None = None) -> dict[str, tuple]:
        found = track(REGION, ledger, as_of=as_of, known=known)
        return {one.commitment: (one.pledged, one.delivered, one.state) for one in found}

    # Asked today about the end of March, the better version counts; asked then, the first one did.
    assert asked(date(2022, 3, 31)) == {"places": (30, 30, "met")}
    assert asked(date(2022, 3, 31), date(2022, 3, 31)) == {"places": (100, 30, "in_progress")}
    assert asked(date(2022, 6, 30), date(2022, 4, 20)) == {"places": (30, 30, "met")}
    assert asked(date(2022, 6, 30), date(2022, 4, 9)) == {"places": (100, 30, "in_progress")}
    assert asked(date(2022, 6, 30))["places"] == (30, 60, "exceeded")


def test_an_amended_record_was_made_when_it_was_first_known() -> None:
    (found,) = commitments_of(ledger_of(record(), record(known="2023-01-05", quantity=1)))
    assert (found.made, found.amount) == (date(2021, 12, 1), 1)


def test_a_retracted_commitment_is_gone() -> None:
    gone = Retract("com:places", known_from=date(2022, 2, 1))
    ledger = ledger_of(record()).with_entries(Entry(gone, "hand:test", ENTERED))
    assert track(REGION, ledger, as_of=date(2022, 3, 31)) == ()
    assert len(track(REGION, ledger, as_of=date(2022, 3, 31), known=date(2022, 1, 31))) == 1


def test_an_empty_ledger_has_no_balance() -> None:
    assert track(REGION, Ledger(()), as_of=date(2022, 3, 31)) == ()


def test_balances_as_a_table_keep_what_is_not_reported_apart_from_zero() -> None:
    silent = record("silent", measured_by=None, actor=["USA", "CAN"], quantity=7.5, unit="USD")
    day = date(2022, 3, 31)
    table = balance_table(track(REGION, ledger_of(record(), silent), as_of=day))
    assert table.columns == list(BalanceTable.columns())
    rows = {row["commitment"]: row for row in table.iter_rows(named=True)}
    assert (rows["places"]["delivered"], rows["places"]["gap"], rows["places"]["state"]) == (
        30,
        70,
        "in_progress",
    )
    assert (rows["silent"]["iso3"], rows["silent"]["pledged"], rows["silent"]["delivered"]) == (
        None,
        7.5,
        None,
    )
    assert rows["places"]["cites"] == "source of places"
    assert rows["places"]["as_of"] == day


def test_no_balances_make_an_empty_table() -> None:
    assert balance_table(()).columns == list(BalanceTable.columns())
