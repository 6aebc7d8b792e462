from __future__ import annotations

import itertools
import math
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.sharing import (
    Factor,
    Key,
    KeyInputs,
    airport_costs,
    audit_key,
    fair_shares,
    find_key,
    key_ranges,
    keys,
    membership,
    shapley_costs,
    with_cap,
    without_factor,
)
from travesia.terms import UsageError

F = Fraction


def inputs_of(**columns: list[float | None]) -> KeyInputs:
    names = ["AAA", "BBB", "CCC", "DDD"][: len(next(iter(columns.values())))]
    return KeyInputs("test", None, pl.DataFrame({"iso3": names, **columns}), MappingProxyType({}))


def shares_of(key: Key, inputs: KeyInputs) -> dict[str, Fraction]:
    return {row.iso3: row.share for row in fair_shares(key, inputs).rows}


FOUR = inputs_of(
    population=[10, 20, 30, 40],
    gdp=[40, 10, 30, 20],
    unemployment_pct=[3, 6, 9, 12],
    asylum_per_million=[100, 900, 20, 400],
)


def test_effective_weights_are_what_the_caps_leave() -> None:
    # Two members: people and GDP 1/10 3/10 and 9/10 7/10; inverse parts 1/2 1/2; caps by the sum .12 and .48.
    two = inputs_of(population=[1, 9], gdp=[3, 7], unemployment_pct=[5, 5], asylum_per_million=[9, 9])
    audit = audit_key(with_cap(find_key("eu-2015-09"), "sum"), two)
    weights = {each.factor.column: each.effective_weight for each in audit.factors}
    assert weights == {
        "population": F("0.4"),
        "gdp": F("0.4"),
        "asylum_per_million": F("0.06"),
        "unemployment_pct": F("0.06"),
    }
    assert {each.factor.column: each.capped for each in audit.factors}["unemployment_pct"] == ("AAA", "BBB")


def test_signs_are_those_of_a_nudge_computed_anew() -> None:
    for name in ("eu-2015-05", "grech", "population-gdp"):
        key = find_key(name)
        for each in audit_key(key, FOUR).factors:
            column = each.factor.column
            for at, state in enumerate(FOUR.members):
                table = FOUR.table.with_columns(
                    pl.when(pl.arange(pl.len()) == at).then(pl.col(column) * 1.01).otherwise(pl.col(column))
                )
                nudged = KeyInputs("nudged", None, table, MappingProxyType({}))
                change = shares_of(key, nudged)[state] / shares_of(key, FOUR)[state] - 1
                assert each.elasticity[state] == pytest.approx(float(change) / 0.01, rel=1e-9)
                assert each.sign[state] == ("more" if change > 0 else "less" if change < 0 else "none")


def test_the_effect_of_a_factor_is_the_share_less_the_share_without_it() -> None:
    key = find_key("eu-2015-05")
    last = audit_key(key, FOUR).factors[-1]
    other = shares_of(without_factor(key, last.factor), FOUR)
    assert last.effect == {state: share - other[state] for state, share in shares_of(key, FOUR).items()}
    assert sum(last.effect.values()) == 0
    assert last.moves == sum(abs(change) for change in last.effect.values()) / 2


def test_without_a_factor_its_weight_goes_to_the_base() -> None:
    key = find_key("eu-2015-05")
    left = without_factor(key, key.factors[3])
    assert [(f.column, f.weight) for f in left.factors] == [
        ("population", F(9, 20)),
        ("gdp", F(9, 20)),
        ("asylum_per_million", F(1, 10)),
    ]
    assert [f.weight for f in without_factor(key, key.factors[0]).factors] == [F(4, 6), F(1, 6), F(1, 6)]
    grech = find_key("grech")
    assert len(without_factor(grech, grech.adjustments[0].factors[0]).adjustments) == 1


def test_every_key_can_lose_every_factor() -> None:
    for key in keys().values():
        for factor in key.every_factor:
            left = without_factor(key, factor)
            assert factor not in left.every_factor
            assert not left.factors or sum(f.weight for f in left.factors) == 1


def test_a_factor_against_its_direction_is_found_by_hand() -> None:
    # People 1/10 9/10; inverse unemployment of 6 and 4: 2/5 3/5, mean 5. AAA has more unemployment than the
    # mean, and yet 1/2 x 1/10 + 1/2 x 2/5 = 1/4 against 1/10 without: the parts forget how small it is.
    key = Key(
        "k", "k", (Factor("population", F(1, 2)), Factor("unemployment_pct", F(1, 2), "inverse")), (), ()
    )
    audit = audit_key(key, inputs_of(population=[1, 9], unemployment_pct=[6, 4]))
    assert audit.factors[1].effect == {"AAA": F(15, 100), "BBB": F(-15, 100)}
    assert audit.factors[1].paradox == ("AAA", "BBB")
    assert audit.factors[0].paradox == ()


def test_bounds_that_bind_are_named() -> None:
    key = Key(
        "k", "k", (Factor("population", F(1)),), (), (), floor=F(1, 8), ceiling=F(3, 8), excluded=("CCC",)
    )
    audit = audit_key(key, FOUR)
    # CCC takes no part; DDD is held at 3/8, then BBB too, which would have 5/8 x 2/3.
    assert audit.bounds == {"BBB": "upper", "CCC": "upper", "DDD": "upper"}
    assert audit.shares == shares_of(key, FOUR)


def test_ranges_over_keys_name_the_keys_that_refuse() -> None:
    found = key_ranges(keys().values(), FOUR)
    assert set(found.refused) == {"koenigstein", "svr-swp", "bovens-bartsch"}
    assert found.refused["svr-swp"].startswith("test: area_km2 AAA (and 3 more): is missing")
    first = found.ranges[0]
    assert set(first.shares) == {
        "eu-2015-05", "eu-2015-09 --cap sum", "eu-2015-09 --cap base", "grech", "population-gdp", "equal",
    }  # fmt: skip
    assert first.shares["population-gdp"] == (F(1, 10) + F(4, 10)) / 2
    assert first.shares[first.lowest] == min(first.shares.values())
    assert first.shares[first.highest] == max(first.shares.values())
    for name in first.shares:
        assert sum(each.shares[name] for each in found.ranges) == 1


def test_audits_and_ranges_show_themselves_as_tables() -> None:
    audit, ranges = audit_key(find_key("grech"), FOUR), key_ranges(keys().values(), FOUR)
    assert audit.table["factor"].to_list() == ["population", "gdp", "unemployment_pct", "asylum_per_million"]
    assert audit.table["effective_weight"].to_list() == [0.5, 0.5, None, None]
    assert ranges.table["iso3"].to_list() == list(FOUR.members)
    assert ranges.table["equal"].to_list() == [0.25] * 4
    assert set(ranges.table.columns) == {"iso3", *ranges.ranges[0].shares}
    for each in (audit, ranges):
        assert "<table" in each._repr_html_()
    assert audit_key(find_key("equal"), FOUR).table.is_empty()


def test_membership_applies_the_key_anew() -> None:
    found = membership(find_key("population-gdp"), FOUR, "AAA")
    assert list(found) == ["BBB", "CCC", "DDD"]
    # Without AAA: people 20 of 90, GDP 10 of 60; with it 20 of 100 and 10 of 100.
    assert found["BBB"] == ((F(20, 90) + F(10, 60)) / 2, (F(20, 100) + F(10, 100)) / 2)
    assert sum(without for without, _ in found.values()) == 1


@pytest.mark.parametrize(
    ("state", "inputs", "says"),
    [("ZZZ", FOUR, "member ZZZ: is not among"), ("AAA", FOUR.of(["AAA"]), "member AAA: is the only one")],
)
def test_membership_of_nobody_is_refused(state: str, inputs: KeyInputs, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        membership(find_key("equal"), inputs, state)


def airport(needs: list[float]) -> object:
    def cost(coalitions: np.ndarray) -> np.ndarray:
        return np.max(np.where(coalitions, np.array(needs), 0.0), axis=1)

    return cost


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9))
@settings(deadline=None, max_examples=40)
def test_shapley_of_an_airport_is_its_closed_form(needs: list[int]) -> None:
    players = [f"P{at}" for at in range(len(needs))]
    found = shapley_costs(players, airport(needs))
    wanted = airport_costs(dict(zip(players, map(float, needs), strict=True)))
    assert found.costs == pytest.approx(wanted, abs=1e-9)
    assert math.fsum(found.costs.values()) == pytest.approx(max(needs), abs=1e-9)
    assert set(found.standard_error.values()) == {0.0}


def test_airport_by_hand() -> None:
    # 12 shared by three, then 6 more by two, then 30 more by one.
    assert airport_costs({"C": 48, "A": 12, "B": 18}) == {"C": 4 + 3 + 30, "A": 4, "B": 4 + 3}


def test_shapley_is_the_mean_over_all_orders() -> None:
    players = ["A", "B", "C", "D"]
    worth = np.random.default_rng(5).normal(size=16)
    worth[0] = 0

    def cost(coalitions: np.ndarray) -> np.ndarray:
        return worth[coalitions @ (1 << np.arange(4))]

    totals = dict.fromkeys(players, 0.0)
    for order in itertools.permutations(range(4)):
        held = 0
        for at in order:
            totals[players[at]] += worth[held | 1 << at] - worth[held]
            held |= 1 << at
    wanted = {player: total / 24 for player, total in totals.items()}
    assert shapley_costs(players, cost).costs == pytest.approx(wanted)


def test_a_sample_covers_the_exact_value_within_its_standard_error() -> None:
    needs = [float(at * at) for at in range(30)]
    players = [f"P{at:02}" for at in range(30)]
    wanted = airport_costs(dict(zip(players, needs, strict=True)))
    found = shapley_costs(players, airport(needs), orders=400, seed=3)
    assert math.fsum(found.costs.values()) == pytest.approx(max(needs))
    off = [(found.costs[p] - wanted[p]) / (found.standard_error[p] or 1) for p in players]
    assert max(map(abs, off)) < 4.5
    assert math.sqrt(np.mean(np.square(off))) < 1.6
    assert shapley_costs(players, airport(needs), orders=400, seed=3) == found


def test_what_shapley_cannot_share_is_refused() -> None:
    many = [f"P{at}" for at in range(21)]
    for players, cost, orders, says in (
        (many, airport([1.0] * 21), None, "21 are more than the 20"),
        ([], airport([]), None, "players: are none"),
        (["A", "A"], airport([1.0, 2.0]), None, "stands twice"),
        (["A"], lambda who: np.ones(len(who)), None, "nobody at all costs 1"),
        (["A"], airport([1.0]), 1, "orders 1: are too few"),
    ):
        with pytest.raises(UsageError, match=says):
            shapley_costs(players, cost, orders=orders)
    with pytest.raises(UsageError, match="need of A: -1"):
        airport_costs({"A": -1.0})
