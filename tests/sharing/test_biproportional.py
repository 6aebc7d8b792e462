from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from travesia.sharing import biproportional, share_people
from travesia.terms import UsageError

F = Fraction
HOSTS = "ABCD"


@st.composite
def matrices(draw: st.DrawFn, rows: int = 4, size: int = 30) -> tuple[dict, dict, dict]:
    """Weights with zeros, and totals that some whole matrix on their cells has."""
    n, m = draw(st.integers(1, rows)), draw(st.integers(1, 4))
    weights = {f"O{i}": {HOSTS[j]: draw(st.integers(0, 50)) for j in range(m)} for i in range(n)}
    some = {
        i: {j: draw(st.integers(0, size)) if weight else 0 for j, weight in row.items()}
        for i, row in weights.items()
    }
    assume(all(any(row.values()) for row in weights.values()))
    origins = {i: sum(row.values()) for i, row in some.items()}
    hosts = {HOSTS[j]: sum(row[HOSTS[j]] for row in some.values()) for j in range(m)}
    return weights, origins, hosts


def cost(weights: dict, people: dict) -> float:
    """Cost of a matrix, cell by cell and person by person, as the method defines it."""
    return math.fsum(
        math.log((2 * k + 1) / 2) - math.log(weights[i][j])
        for i, row in people.items()
        for j, number in row.items()
        for k in range(number)
    )


@given(matrices())
@settings(deadline=None)
def test_both_totals_are_exact_and_no_weight_takes_nobody(problem: tuple) -> None:
    weights, origins, hosts = problem
    found = biproportional(weights, origins, hosts)
    assert {i: sum(row.values()) for i, row in found.items()} == origins
    assert {j: sum(row[j] for row in found.values()) for j in hosts} == hosts
    assert all(n >= 0 and (n == 0 or weights[i][j]) for i, row in found.items() for j, n in row.items())


@given(matrices(rows=2, size=3))
@settings(deadline=None, max_examples=60)
def test_no_other_whole_matrix_with_these_totals_is_cheaper(problem: tuple) -> None:
    weights, origins, hosts = problem
    found = cost(weights, biproportional(weights, origins, hosts))
    cells = [(i, j) for i in origins for j in hosts]
    ranges = [range(min(origins[i], hosts[j]) + 1 if weights[i][j] else 1) for i, j in cells]
    assume(math.prod(map(len, ranges)) <= 5000)
    for numbers in itertools.product(*ranges):
        other = {i: {} for i in origins}
        for (i, j), number in zip(cells, numbers, strict=True):
            other[i][j] = number
        if all(sum(row.values()) == origins[i] for i, row in other.items()) and all(
            sum(row[j] for row in other.values()) == hosts[j] for j in hosts
        ):
            assert cost(weights, other) >= found - 1e-9


@given(matrices(rows=4, size=4000))
@settings(deadline=None, max_examples=30)
def test_divisors_of_rows_and_columns_exist(problem: tuple) -> None:
    # x is a rounding of weight x row x column multipliers exactly if no cycle of moves saves anything
    # (Rote and Zachariasen): a two-by-two exchange is the shortest such cycle.
    weights, origins, hosts = problem
    found = biproportional(weights, origins, hosts)
    for (i, one), (k, two) in itertools.permutations(found.items(), 2):
        for a, b in itertools.permutations(hosts, 2):
            if one[a] and two[b] and weights[i][b] and weights[k][a]:
                saved = F(2 * one[a] - 1, weights[i][a]) * F(2 * two[b] - 1, weights[k][b])
                paid = F(2 * one[b] + 1, weights[i][b]) * F(2 * two[a] + 1, weights[k][a])
                assert float(saved / paid) <= 1 + 1e-9


def test_one_origin_is_what_its_hosts_take() -> None:
    assert biproportional({"X": {"A": 1, "B": 9}}, {"X": 10}, {"A": 7, "B": 3}) == {"X": {"A": 7, "B": 3}}


def test_proportional_totals_are_rounded_as_webster_rounds() -> None:
    # Both origins weigh alike and are alike in number, and the totals are twice Webster's.
    weights = {"A": F(1, 2), "B": F(1, 3), "C": F(1, 6)}
    once = share_people(weights, 60, "webster")
    found = biproportional(
        {"X": weights, "Y": weights}, {"X": 60, "Y": 60}, {host: 2 * n for host, n in once.items()}
    )
    assert found == {"X": once, "Y": once}


def test_divisors_of_one_by_hand() -> None:
    # With divisors of 1 the weights .4 .6 and 1.6 .4 round to 0 1 and 2 0, which has these totals.
    weights = {"X": {"A": F("0.4"), "B": F("0.6")}, "Y": {"A": F("1.6"), "B": F("0.4")}}
    assert biproportional(weights, {"X": 1, "Y": 2}, {"A": 2, "B": 1}) == {
        "X": {"A": 0, "B": 1},
        "Y": {"A": 2, "B": 0},
    }


@pytest.mark.parametrize(
    ("weights", "origins", "hosts", "says"),
    [
        ({"X": {"A": 1}}, {"X": 2}, {"A": 3}, "origins: send 2 people and hosts take 3"),
        ({"X": {"A": 1}}, {"X": -2}, {"A": -2}, "X: -2 people are below 0"),
        ({}, {"X": 2}, {"A": 2}, "origin X: has no weights"),
        ({"X": {"A": -1}}, {"X": 2}, {"A": 2}, "origin X: a weight is below 0"),
        ({"X": {"Z": 1}}, {"X": 2}, {"A": 2}, "origin X: weighs Z, which is no host"),
        ({"X": {"A": 0}}, {"X": 2}, {"A": 2}, "origin X: no host with room takes its people"),
        (
            {"X": {"A": 1}, "Y": {"A": 1, "B": 1}},
            {"X": 3, "Y": 1},
            {"A": 2, "B": 2},
            "hosts A: must take 1 people more than they may, for origins X weigh no other host",
        ),
    ],
)
def test_totals_that_cannot_be_met_are_said_in_one_line(
    weights: dict, origins: dict, hosts: dict, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        biproportional(weights, origins, hosts)
