"""The commitments of the Americas pack, against published counts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from travesia.cli import call
from travesia.record import Ledger, load_ledger
from travesia.region import Region, find_pack, load_region
from travesia.tracking import Balance, track


@pytest.fixture(scope="module")
def pack() -> tuple[Region, Ledger]:
    return load_region("americas"), load_ledger(*find_pack("americas").layers("ledger.jsonl"))


def on(pack: tuple[Region, Ledger], *day: int) -> dict[str, Balance]:
    return {balance.commitment: balance for balance in track(*pack, as_of=date(*day))}


@pytest.mark.parametrize(
    ("day", "delivered", "state"),
    [
        ("2022-06-10", None, "pledged"),
        ("2022-10-30", None, "pledged"),
        ("2023-09-30", 6312, "in_progress"),
        ("2024-09-30", 31670, "exceeded"),
        ("2025-06-30", 31670, "exceeded"),
    ],
)
def test_the_20_000_places_by_the_command(
    capsys: pytest.CaptureFixture[str], day: str, delivered: int | None, state: str
) -> None:
    assert call(["track", "--as-of", day, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["as_of"] == day
    (row,) = (row for row in answer["rows"] if row["commitment"] == "us-2022-refugees")
    assert (row["iso3"], row["unit"], row["pledged"]) == ("USA", "person", 20000)
    assert (row["delivered"], row["state"]) == (delivered, state)
    # Said again on 5 January 2023 as "up to": a ceiling owes nothing.
    assert (row["gap"], row["bound"]) == (None, "up_to")
    assert row["cites"]
    # 32 % at half time is 63 % of what was due by then; at the end 158 %.
    half, end = (0.5, 0.32, 0.63), (1.0, 1.58, 1.58)
    paces = {"2023-09-30": half, "2024-09-30": end, "2025-06-30": end}
    if day in paces:
        assert (row["elapsed"], round(row["reached"], 2), round(row["pace_low"], 2)) == paces[day]
        assert row["pace_low"] == row["pace_high"]
        restated = [each["text"] for each in row["mismatches"] if each["kind"] == "restated"]
        assert restated == ["restated on 2023-01-05: bound from exact to up_to"]


def test_until_they_were_said_again_the_20_000_places_were_a_level(pack: tuple[Region, Ledger]) -> None:
    day = date(2022, 12, 31)
    balance = next(one for one in track(*pack, as_of=day, known=day) if one.commitment == "us-2022-refugees")
    assert balance.bound == "exact"
    assert balance.delivered is not None
    assert balance.gap == 20000 - balance.delivered


def test_the_count_of_the_20_000_is_that_of_the_region_of_the_programme(pack: tuple[Region, Ledger]) -> None:
    series = pack[0].series("us-refugee-admissions")
    window = series.filter(
        (series["channel"] == "latin-america-caribbean")
        & (series["period"] >= "2022-10")
        & (series["period"] <= "2024-09")
    )
    assert window["value"].sum() == on(pack, 2024, 9, 30)["us-2022-refugees"].delivered


def test_the_314_million_stand_alone(pack: tuple[Region, Ledger]) -> None:
    for day in ((2022, 6, 10), (2022, 12, 31), (2024, 9, 30)):
        balance = on(pack, *day)["us-2022-ven-jun"]
        assert (balance.pledged, balance.delivered, balance.needed) == (314_000_000, None, None)
        assert balance.state == "unreported"
        (need,) = (each for each in balance.mismatches if each.kind == "amount")
        assert "1,790,000,000" in need.text


def test_the_24_000_were_replaced_by_30_000_a_month(pack: tuple[Region, Ledger]) -> None:
    assert on(pack, 2022, 12, 31)["us-2022-ven-parole"].state == "unreported"
    assert "us-2023-chnv" not in on(pack, 2022, 12, 31)
    after = on(pack, 2023, 1, 5)
    assert after["us-2022-ven-parole"].state == "superseded"
    assert after["us-2023-chnv"].state == "announced"


def test_extra_visas_of_one_year_are_not_ended_by_those_of_the_next(pack: tuple[Region, Ledger]) -> None:
    assert on(pack, 2023, 1, 1)["us-2021-h2b"].state == "unreported"


def test_promises_without_an_amount_are_listed_and_never_scored(pack: tuple[Region, Ledger]) -> None:
    balances = on(pack, 2024, 9, 30)
    assert {balances[name].state for name in ("co-2022-statute", "bz-2022-regularise")} == {"unverifiable"}


def test_the_ceiling_for_latin_america_was_not_reached(pack: tuple[Region, Ledger]) -> None:
    # 2,485 refugees from Latin America and the Caribbean were admitted in fiscal year 2022: PRM,
    # Refugee Admissions Report.
    balance = on(pack, 2022, 9, 30)["us-2021-refugee-ceiling-latin-america"]
    assert (balance.pledged, balance.delivered, balance.bound) == (15_000, 2_485, "up_to")


def test_money_is_never_delivered_by_a_pledge(pack: tuple[Region, Ledger]) -> None:
    money = [balance for balance in on(pack, 2025, 1, 1).values() if balance.unit == "USD"]
    assert len(money) == 19
    assert {balance.delivered for balance in money} == {None}
