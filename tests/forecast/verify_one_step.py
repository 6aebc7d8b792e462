"""One multiplicative step and the measure of error, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from travesia.forecast import updated, wape

# Of those who set out in a month, half are counted in the same month and a quarter in the next one.
RESPONSE = np.array([[[0.5, 0.0, 0.0], [0.25, 0.5, 0.0], [0.0, 0.25, 0.5]]])
DEPARTURES = np.array([[100.0, 200.0, 400.0]])
COUNTED = np.array([[60.0, 100.0, 300.0]])


def step(counted, response=RESPONSE, smoothing=0.0, walls=None):
    simulated = np.einsum("cij,cj->ci", response, DEPARTURES)
    return updated(DEPARTURES, response, counted / simulated, smoothing, walls)


def test_a_step_by_hand():
    # Expected are 50, 25 + 100 = 125 and 50 + 200 = 250; counted over expected 1.2, 0.8, 1.2.
    # Month 1: (0.5 * 1.2 + 0.25 * 0.8) / 0.75 = 16/15; month 2: (0.5 * 0.8 + 0.25 * 1.2) / 0.75 = 14/15;
    # month 3: 0.5 * 1.2 / 0.5 = 6/5.
    assert step(COUNTED) == pytest.approx(np.array([[100 * 16 / 15, 200 * 14 / 15, 480.0]]), rel=1e-14)


def test_a_month_that_was_not_counted_has_no_say():
    # Without month 2: month 1 follows month 1 alone (1.2), month 2 follows month 3 alone (1.2).
    counted = COUNTED.copy()
    counted[0, 1] = np.nan
    assert step(counted) == pytest.approx(np.array([[120.0, 240.0, 480.0]]), rel=1e-14)


@pytest.mark.parametrize("smoothing", [0.0, 0.02, 0.5])
def test_a_month_that_nothing_determines_is_left_alone(smoothing):
    response = RESPONSE.copy()
    response[0, :, 1] = 0.0
    assert step(COUNTED, response, smoothing)[0, 1] == DEPARTURES[0, 1]
    counted = np.array([[60.0, np.nan, np.nan]])
    assert step(counted, smoothing=smoothing)[0, 1:].tolist() == DEPARTURES[0, 1:].tolist()


def test_smoothing_takes_a_share_of_the_neighbours_logarithms():
    # Counts as expected leave 100, 200, 400, whose logarithms rise by ln 2 a month. With a fifth of the
    # mean of both neighbours (the ends being their own) the ends move by a tenth of ln 2, the middle stays.
    counted = np.array([[50.0, 125.0, 250.0]])
    expected = np.array([[100 * 2**0.1, 200.0, 400 / 2**0.1]])
    assert step(counted, smoothing=0.2) == pytest.approx(expected, rel=1e-14)


def test_nothing_is_smoothed_across_a_wall():
    counted = np.array([[50.0, 125.0, 250.0]])
    walls = np.array([[False, False, True]])
    # The last month stands alone; the second one sees itself in place of it: a tenth of ln 2 down.
    expected = np.array([[100 * 2**0.1, 200 / 2**0.1, 400.0]])
    assert step(counted, smoothing=0.2, walls=walls) == pytest.approx(expected, rel=1e-14)


def test_departures_stay_above_zero_and_zero_stays_zero():
    response = RESPONSE.repeat(2, axis=0)
    departures = np.array([[0.0, 10.0, 0.0], [1e-9, 1.0, 5.0]])
    ratio = np.array([[0.0, 5.0, 2.0], [0.0, 0.0, 0.0]])
    out = updated(departures, response, ratio, 0.02)
    assert (out >= 0.0).all()
    assert out[0, 0] == out[0, 2] == 0.0
    assert (out[1] < 1e-2).all()


def test_steps_converge_on_the_departures_behind_exact_counts():
    truth = np.array([[90.0, 300.0, 150.0]])
    counted = np.einsum("cij,cj->ci", RESPONSE, truth)
    departures = np.full((1, 3), 100.0)
    for _ in range(400):
        simulated = np.einsum("cij,cj->ci", RESPONSE, departures)
        departures = updated(departures, RESPONSE, counted / simulated, 0.0)
    assert departures == pytest.approx(truth, rel=1e-6)


def test_wape_by_hand():
    # |90 - 100| + |110 - 100| + |0 - 50| = 70 over 250.
    assert wape(np.array([[100.0, 100.0, 50.0]]), np.array([[90.0, 110.0, 0.0]])) == pytest.approx(0.28)


def test_wape_looks_only_at_what_was_counted():
    # The month that nobody counted is no error of 500.
    assert wape(np.array([100.0, np.nan]), np.array([80.0, 500.0])) == pytest.approx(0.2)


@pytest.mark.parametrize("observed", [[], [np.nan, np.nan], [0.0, 0.0]])
def test_wape_of_nothing_counted_is_missing(observed):
    assert wape(np.array(observed), np.ones(len(observed))) is None
