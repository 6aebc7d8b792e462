"""The pivot logit worked out by hand, and what must hold for any shares and changes of utility."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.movement.choice import followed, going, least_moves, shares, when_open

laws = st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6).map(lambda w: np.array(w) / sum(w))
NO_FLOOR = np.zeros((1, 2))


def test_odds_change_by_the_exponential_of_the_utility():
    # Odds of 1 to 3 times e to the log of 6 are 6 to 3.
    new = shares(np.array([[0.25, 0.75]]), np.array([[np.log(6.0), 0.0]]))
    assert new[0] == pytest.approx([2 / 3, 1 / 3])


def test_the_ratio_of_two_others_stays_when_a_third_is_shut():
    new = shares(np.array([[0.5, 0.3, 0.2]]), np.array([[-np.inf, 0.0, 0.0]]))
    assert new[0] == pytest.approx([0.0, 0.6, 0.4])


def test_who_finds_everything_shut_keeps_the_shares():
    base = np.array([[0.5, 0.5, 0.0]])
    assert np.array_equal(shares(base, np.array([[-np.inf, -np.inf, 0.0]])), base)


@given(law=laws)
def test_without_a_change_not_a_bit_changes(law: np.ndarray):
    base = np.stack([law, law[::-1]])
    new = shares(base, np.zeros_like(base))
    assert new.tobytes() == base.tobytes()
    assert going(base, np.zeros_like(base), base, 0.5).tobytes() == base.tobytes()


@given(law=laws, data=st.data())
def test_shares_stay_shares_and_rise_with_their_own_utility(law: np.ndarray, data: st.DataObject):
    utility = np.array(data.draw(st.lists(st.floats(-500, 500), min_size=len(law), max_size=len(law))))
    new = shares(law[None], utility[None])[0]
    assert new.sum() == pytest.approx(1.0)
    assert (new >= 0.0).all()
    better = utility.copy()
    better[0] += 1.0
    assert shares(law[None], better[None])[0, 0] >= new[0] - 1e-12


@pytest.mark.parametrize(
    ("elasticity", "direct", "corridor"),
    [
        # A utility of -log 10 leaves 9 of 90: shares 9/19 and 10/19 of a sum of 0.19.
        (0.0, 100 * 9 / 19, 100 * 10 / 19),  # all others take the other route
        (1.0, 9.0, 10.0),  # nobody does
        (0.5, 100 * 9 / 19 * 0.19**0.5, 100 * 10 / 19 * 0.19**0.5),
    ],
)
def test_who_loses_a_route_takes_another_or_stays(elasticity: float, direct: float, corridor: float):
    new = going(np.array([[90.0, 10.0]]), np.array([[-np.log(10.0), 0.0]]), NO_FLOOR, elasticity)
    assert new[0] == pytest.approx([direct, corridor])


def test_with_one_route_only_they_stay():
    new = going(np.array([[100.0]]), np.array([[-np.inf]]), np.zeros((1, 1)), 0.5)
    assert new.tolist() == [[0.0]]


def test_a_route_of_nobody_is_opened_at_its_floor():
    new = going(np.array([[0.0, 100.0]]), np.array([[1.8, 0.0]]), np.array([[0.25, 0.0]]), 0.0)
    assert new[0] == pytest.approx([20.0, 80.0])


def test_a_floor_does_not_hold_where_a_route_gets_worse():
    new = going(np.array([[0.0, 100.0]]), np.array([[-1.8, 0.0]]), np.array([[0.25, 0.0]]), 0.0)
    assert new[0].tolist() == [0.0, 100.0]


def test_nobody_departs_where_nobody_did():
    assert not going(np.zeros((1, 2)), np.ones((1, 2)), np.ones((1, 2)), 0.5).any()


def test_the_share_when_open_is_that_of_the_last_open_days_before():
    base = np.array([[60.0, 40.0], [80.0, 20.0], [10.0, 90.0], [50.0, 50.0]])
    shut = np.array([[False, False], [False, False], [True, False], [True, False]])
    assert when_open(base, shut, 1, 0.01)[:, 0].tolist() == [0.01, 0.01, 0.8, 0.8]
    assert when_open(base, shut, 9, 0.01)[2, 0] == pytest.approx(0.7)
    # No later day is looked at: what comes after does not move it.
    later = base.copy()
    later[3] = [0.0, 7.0]
    assert when_open(later, shut, 9, 0.01)[2, 0] == when_open(base, shut, 9, 0.01)[2, 0]


def test_a_belief_follows_a_day_later_and_comes_near():
    felt = followed(np.array([0.0, 1.0, 1.0, 1.0]), 2.0)
    assert felt.tolist() == [0.0, 0.0, 0.5, 0.75]
    assert followed(np.ones((400, 2)), 30.0)[-1] == pytest.approx([1.0, 1.0], abs=1e-4)


@given(one=laws, data=st.data())
def test_the_least_moves_lead_to_the_new_shares(one: np.ndarray, data: st.DataObject):
    other = np.array(data.draw(st.lists(st.floats(0.01, 1.0), min_size=len(one), max_size=len(one))))
    other /= other.sum()
    keep, gain = least_moves(one[None], other[None])
    moved = one * (1.0 - keep[0])
    assert one * keep[0] + moved.sum() * gain[0] == pytest.approx(other)
    # No coupling of two laws moves fewer than their distance in total variation.
    assert moved.sum() == pytest.approx(np.abs(one - other).sum() / 2)
