from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.sharing import bounded_shares
from travesia.terms import UsageError

F = Fraction


@st.composite
def problems(draw: st.DrawFn) -> tuple[dict[str, F], dict[str, F], dict[str, F]]:
    states = "ABCDEF"[: draw(st.integers(1, 6))]
    weights = {s: F(draw(st.integers(0, 50))) for s in states}
    low = {s: F(draw(st.integers(0, 100 // len(states))), 100) for s in states}
    high = {s: max(low[s], F(draw(st.integers(0, 100)), 100)) for s in states}
    return weights, low, high


@given(problems())
def test_shares_add_up_to_one_within_bounds_and_keep_proportion_in_between(problem: tuple) -> None:
    weights, low, high = problem
    if sum(high[s] if weights[s] else low[s] for s in weights) < 1:
        with pytest.raises(UsageError, match="upper bounds"):
            bounded_shares(weights, low, high)
        return
    found = bounded_shares(weights, low, high)
    assert sum(found.shares.values()) == 1
    assert all(low[s] <= found.shares[s] <= high[s] for s in weights)
    free = {s for s in weights if found.binding[s] is None and weights[s]}
    assert len({found.shares[s] / weights[s] for s in free}) <= 1
    for s in weights:
        if found.binding[s] == "upper":
            assert found.shares[s] == high[s]
        if found.binding[s] == "lower":
            assert found.shares[s] == low[s]
        # A bound binds only where the state would otherwise lie outside it.
        for other in free:
            level = found.shares[other] / weights[other]
            if found.binding[s] == "upper":
                assert weights[s] * level > high[s]
            if found.binding[s] == "lower":
                assert weights[s] * level < low[s]


def test_without_bounds_shares_are_the_weights() -> None:
    found = bounded_shares({"A": F(1), "B": F(3)}, {}, {})
    assert found.shares == {"A": F(1, 4), "B": F(3, 4)}
    assert set(found.binding.values()) == {None}


def test_what_an_exempted_state_does_not_carry_goes_to_the_others_in_proportion() -> None:
    found = bounded_shares({"A": F(1, 2), "B": F(3, 10), "C": F(1, 5)}, {}, {"A": F(0)})
    assert found.shares == {"A": F(0), "B": F(3, 5), "C": F(2, 5)}
    assert found.binding == {"A": "upper", "B": None, "C": None}


def test_a_ceiling_and_a_floor_worked_by_hand() -> None:
    # A would have 0.6: held at 0.4. Of the 0.6 left, C takes its floor 0.2; B and D share 0.4 as 3 to 1.
    weights = {"A": F(12), "B": F(6), "C": F(0), "D": F(2)}
    found = bounded_shares(weights, {"C": F(1, 5)}, {"A": F(2, 5)})
    assert found.shares == {"A": F(2, 5), "B": F(3, 10), "C": F(1, 5), "D": F(1, 10)}
    assert found.binding == {"A": "upper", "B": None, "C": "lower", "D": None}


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        ({"A": F(3, 5), "B": F(1, 2)}, {}, "lower bounds: add up to 1.1000"),
        ({}, {"A": F(1, 5), "B": F(1, 5)}, "can carry 0.4000 of the whole"),
        ({"A": F(1, 2)}, {"A": F(1, 5)}, "bounds of A"),
        ({}, {"A": F(6, 5)}, "bounds of A"),
        ({"A": F(-1, 5)}, {}, "bounds of A"),
    ],
)
def test_bounds_that_leave_no_solution_are_refused(low: dict, high: dict, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        bounded_shares({"A": F(1), "B": F(1)}, low, high)
