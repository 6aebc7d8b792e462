from __future__ import annotations

import polars as pl
import pytest

from travesia.region import Region, load_region
from travesia.sharing import KeysRefused, fair_shares, find_key, region_inputs, responsibility, shares_by_key


@pytest.fixture(scope="module")
def americas() -> Region:
    return load_region("americas")


def test_the_same_people_under_every_key_that_the_pack_allows(americas: Region) -> None:
    found = responsibility(americas)
    by_key, refused = shares_by_key(americas, found)
    assert set(by_key["key"]) == {"population-gdp", "equal", "svr-swp"}
    assert (by_key.group_by("key").agg(pl.col("people").sum())["people"] == found.pool_people).all()
    own = by_key.filter("in_use")
    assert own.select("iso3", "people").rows() == found.table.select("iso3", "fair_people").rows()
    # Haiti is exempted under every key.
    assert by_key.filter(iso3="HTI")["people"].to_list() == [0, 0, 0]
    inputs = region_inputs(americas, found.members, found.key, found.key_year)
    exempt = {each.iso3: each.reason for each in found.exemptions}
    anew = fair_shares(find_key("svr-swp"), inputs, people=found.pool_people, exempt=exempt)
    assert by_key.filter(key="svr-swp")["people"].to_list() == [row.people for row in anew.rows]
    assert dict(refused.select("key", "lacking").iter_rows()) == {
        "eu-2015-05": "asylum_per_million (20)",
        "eu-2015-09 --cap sum": "asylum_per_million (20)",
        "eu-2015-09 --cap base": "asylum_per_million (20)",
        "grech": "asylum_per_million (20)",
        "koenigstein": "tax_revenue (20)",
        "bovens-bartsch": "gdp_per_head_ppp (20), job_vacancy_pct (20), old_age_pct (20)",
    }


def test_a_member_without_unemployment_refuses_the_keys_that_weigh_it(small_region: Region) -> None:
    found = responsibility(small_region, need_usd=1000)
    by_key, refused = shares_by_key(small_region, found)
    assert set(by_key["key"]) == {"population-gdp", "equal"}
    lacking = dict(refused.select("key", "lacking").iter_rows())
    assert lacking["grech"] == "unemployment_pct (1), asylum_per_million (4)"
    assert refused.columns == list(KeysRefused.columns())
