from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from travesia.region import Region, load_region
from travesia.sharing import DEFAULT_EXEMPTIONS, hosted_pool, plan_need_usd, responsibility
from travesia.terms import InputError, UsageError


def hosted(region: Region, members: str = "americas", **options: object) -> dict[str, tuple]:
    return {row[0]: row[1:] for row in hosted_pool(region, members, **options).iter_rows()}


def test_the_pool_counts_three_groups_and_no_nationals(small_region: Region) -> None:
    pool = hosted(small_region, year=2022)
    assert pool["AAA"] == (10 + 20 + 570, 10 + 20 + 570 + 40 + 7)
    assert pool["USA"] == (400, 400)
    assert pool["VEN"] == (None, 90)


def test_what_is_not_reported_is_null_and_not_zero(small_region: Region) -> None:
    pool = hosted(small_region, year=2022)
    assert pool["BBB"] == (None, 3)
    assert pool["HTI"] == (None, None)


def test_another_origin_and_another_year(small_region: Region) -> None:
    assert hosted(small_region, year=2022, origin="HTI")["AAA"][0] == 40
    assert hosted(small_region, "AAA,BBB", year=2021) == {"AAA": (1, 1), "BBB": (None, None)}


def test_a_year_without_stocks_is_refused(small_region: Region) -> None:
    with pytest.raises(
        UsageError, match="pool year 2019: is not in unhcr-population of small; it has 2021 to 2022"
    ):
        hosted_pool(small_region, "AAA", year=2019)


def test_the_need_is_that_of_the_launch(small_region: Region) -> None:
    assert plan_need_usd(small_region, 2022) == 1001
    assert plan_need_usd(small_region, 2024) == Decimal("5.5")
    with pytest.raises(InputError, match="series rmrp-requirements: have no need of 2019 at launch"):
        plan_need_usd(small_region, 2019)


def test_fair_shares_beside_hosted_worked_by_hand(small_region: Region) -> None:
    # Population 100 300 100 500, GDP 1000 1000 500 7500: scores .1 .2 .075 .625; without HTI / .925.
    found = responsibility(small_region)
    table = {row["iso3"]: row for row in found.table.iter_rows(named=True)}
    assert list(table) == ["AAA", "BBB", "HTI", "USA"]
    assert found.pool_people == 1000
    assert found.pool_all_origins_people == 647 + 3 + 400
    assert [row["score"] for row in table.values()] == [0.1, 0.2, 0.075, 0.625]
    assert [row["share"] for row in table.values()] == pytest.approx([4 / 37, 8 / 37, 0, 25 / 37])
    assert [row["share_without_exemption"] for row in table.values()] == [0.1, 0.2, 0.075, 0.625]
    assert [row["fair_people"] for row in table.values()] == [108, 216, 0, 676]
    assert [row["gap_people"] for row in table.values()] == [108 - 600, None, None, 276]
    assert [row["bound"] for row in table.values()] == [None, None, "upper", None]
    assert table["HTI"]["why"].startswith("exempted: state in crisis")
    assert (found.key_year, found.pool_year, found.unreported) == (2021, 2022, ("BBB", "HTI"))


def test_money_needed_is_shared_to_the_cent_and_delivery_is_not_reported(small_region: Region) -> None:
    found = responsibility(small_region)
    cents = [round(usd * 100) for usd in found.table["fair_need_usd"]]
    # 1001 dollars over 37ths: 10821.62 21643.24 0 67635.14 in cents, the odd cent to the largest remainder.
    assert cents == [10822, 21643, 0, 67635]
    assert found.need_usd == 1001
    assert found.delivered_usd is None
    assert responsibility(small_region, need_usd=37).table["fair_need_usd"].to_list() == [4, 8, 0, 25]


def test_every_host_says_what_its_figure_leaves_out(small_region: Region) -> None:
    caveats = dict(responsibility(small_region).table.select("iso3", "caveat").iter_rows())
    assert caveats["AAA"] is None
    assert "parole or temporary protected status" in caveats["USA"]
    assert "outside the R4V platform" in caveats["USA"]
    assert caveats["BBB"].startswith("not reported")


def test_exemptions_touch_only_members_and_can_be_lifted(small_region: Region) -> None:
    assert [exemption.iso3 for exemption in responsibility(small_region).exemptions] == ["HTI"]
    plain = responsibility(small_region, exempt=())
    assert plain.exemptions == ()
    assert plain.table["share"].to_list() == plain.table["share_without_exemption"].to_list()
    assert responsibility(small_region, "AAA,USA").exemptions == ()


def test_default_exemptions_have_reason_and_cite() -> None:
    assert all(exemption.reason and exemption.cites for exemption in DEFAULT_EXEMPTIONS)
    assert len({exemption.iso3 for exemption in DEFAULT_EXEMPTIONS}) == len(DEFAULT_EXEMPTIONS)


def test_another_key_needs_no_indicator(small_region: Region) -> None:
    found = responsibility(small_region, "AAA,CCC,VEN,USA", key="equal", year=2021)
    assert found.table["share"].to_list() == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3])
    assert found.table.filter(pl.col("iso3") == "CCC")["gdp_usd"].to_list() == [None]


def test_a_missing_indicator_of_a_member_is_refused_even_if_it_is_exempted(small_region: Region) -> None:
    with pytest.raises(InputError, match="gdp_usd VEN 2021"):
        responsibility(small_region, "AAA,USA,VEN")


def test_a_pool_that_nobody_reports_shares_nobody(small_region: Region) -> None:
    silent = replace(
        small_region, observations=small_region.observations.filter(pl.col("nationality").ne_missing("VEN"))
    )
    found = responsibility(silent)
    assert found.pool_people == 0
    assert found.table["gap_people"].null_count() == 4


def test_the_pool_of_a_wider_group_is_shared_among_the_members() -> None:
    americas = load_region("americas")
    own, wide = responsibility(americas), responsibility(americas, pool_of="americas")
    everybody = hosted_pool(americas, "americas", year=2022)["hosted_people"].sum()
    assert wide.table["fair_people"].sum() == round(everybody) > own.table["fair_people"].sum()
    assert wide.members == own.members
    assert wide.table["hosted_people"].equals(own.table["hosted_people"])
    assert set(own.table["pool"]) == {"members"}
    assert set(wide.table["pool"]) == {"americas"}
