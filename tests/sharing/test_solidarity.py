from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.sharing import (
    KeyInputs,
    Shares,
    buy_out,
    corrective_allocation,
    fair_shares,
    find_key,
    find_solidarity,
)
from travesia.terms import UsageError

KEY = find_key("population-gdp")
DUBLIN, REGULATION = (find_solidarity(KEY, name) for name in ("dublin-2016", "regulation-2024"))


def shares_of(sizes: list[int], people: int | None = None) -> Shares:
    names = [f"AA{letter}" for letter in "ABCDEF"][: len(sizes)]
    table = pl.DataFrame({"iso3": names, "population": sizes, "gdp": sizes})
    return fair_shares(KEY, KeyInputs("test", None, table, MappingProxyType({})), people=people)


def test_relief_above_one_and_a_half_times_the_share_by_hand() -> None:
    # 1,000 people; shares .1 .2 .3 .4 are 100 200 300 400. AAA hosts 400, 250 above its 150; AAB's 250 are
    # within its 300; AAC and AAD host 150 and 200, and have room for 150 and 200: 250 shared as 3 to 4.
    found = corrective_allocation(
        shares_of([1, 2, 3, 4]), {"AAA": 400, "AAB": 250, "AAC": 150, "AAD": 200}, DUBLIN
    )
    assert [each.triggered for each in found] == [True, False, False, False]
    assert [each.gives for each in found] == [250, 0, 0, 0]
    assert [each.receives for each in found] == [0, 0, 107, 143]
    assert [each.after for each in found] == [150, 250, 257, 343]
    assert found[3].reference == 400


def test_at_one_and_a_half_times_nobody_is_moved() -> None:
    found = corrective_allocation(shares_of([1, 1]), {"AAA": 150, "AAB": 50}, DUBLIN)
    assert [each.after for each in found] == [150, 50]
    assert not any(each.triggered for each in found)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 2000)), min_size=1, max_size=6))
def test_nobody_is_lost_and_nobody_is_lifted_above_its_share(states: list[tuple[int, int]]) -> None:
    shares = shares_of([size for size, _ in states])
    hosted = dict(zip(shares.members, (people for _, people in states), strict=True))
    found = corrective_allocation(shares, hosted, DUBLIN)
    assert sum(each.after for each in found) == sum(hosted.values())
    for each in found:
        assert not (each.gives and each.receives)
        if each.triggered:
            assert 0 <= each.after - Fraction(3, 2) * each.reference < 1
        if each.receives:
            assert each.after < each.reference + 1


def test_what_is_paid_for_those_not_taken() -> None:
    shares = shares_of([1, 3], people=40)
    paid = buy_out(shares, {"AAA": 4, "AAB": 33}, DUBLIN)
    assert [(each.due, each.not_taken, each.eur) for each in paid] == [(10, 6, 1_500_000), (30, 0, 0)]
    silent = buy_out(shares, {"AAB": 29}, REGULATION)
    assert [(each.taken, each.not_taken, each.eur) for each in silent] == [
        (None, None, None),
        (29, 1, 20_000),
    ]


def test_what_cannot_be_computed_is_refused() -> None:
    shares = shares_of([1, 3])
    with pytest.raises(UsageError, match="hosted AAB: is missing or below 0"):
        corrective_allocation(shares, {"AAA": 1}, DUBLIN)
    with pytest.raises(UsageError, match="rule regulation-2024: has no threshold"):
        corrective_allocation(shares, {"AAA": 1, "AAB": 1}, REGULATION)
    with pytest.raises(UsageError, match="people: none were shared"):
        buy_out(shares, {}, DUBLIN)
    with pytest.raises(UsageError, match="taken AAA: -1"):
        buy_out(shares_of([1, 3], people=4), {"AAA": -1}, DUBLIN)
    with pytest.raises(UsageError, match="rule r: has no rate"):
        buy_out(shares, {}, replace(DUBLIN, id="r", eur_per_person=None))
    with pytest.raises(UsageError, match="rule dublin: key population-gdp has dublin-2016, regulation-2024"):
        find_solidarity(KEY, "dublin")
    with pytest.raises(UsageError, match="key equal has none"):
        find_solidarity(find_key("equal"), "dublin")
