"""People shared out over options by weight: nobody is lost, and nobody goes where there is no weight."""

import numpy as np
import pytest

from travesia.movement.kernel import _share_out, mix

WEIGHTS = np.array([0.0, 2.0, 0.5, 0.0, 1.0, 4.0, 0.0])
RUNS = 20_000
PURPOSE = np.uint64(16)


def shared(people: float, seed: int) -> tuple[np.ndarray, int]:
    """Return float64[run, option] people, and the draws made."""
    cumulated, piles = np.concatenate([[0.0], np.cumsum(WEIGHTS)]), np.zeros((2, 64))
    out, draws = np.zeros((RUNS, len(WEIGHTS))), 0
    for run, parts in enumerate(out):
        # Python takes what compiled code returns for a whole number without sign.
        key = np.uint64(mix(np.uint64(seed), np.uint64(run)))
        draws += _share_out(people, cumulated, parts, piles, key, PURPOSE, False)
    return out, draws


def test_one_person_takes_one_draw_and_an_option_by_its_weight():
    found, draws = shared(1.0, 1)
    assert draws == RUNS
    assert (found.sum(axis=1) == 1.0).all()
    expected = RUNS * WEIGHTS / WEIGHTS.sum()
    assert (found[:, WEIGHTS == 0.0] == 0.0).all()
    some = WEIGHTS > 0.0
    chi_square = ((found.sum(axis=0) - expected)[some] ** 2 / expected[some]).sum()
    assert chi_square < 20.0  # 3 degrees of freedom: above that once in 6,000


@pytest.mark.parametrize("people", [2.0, 7.0])
def test_several_people_are_multinomial(people):
    found, _ = shared(people, 2)
    p = WEIGHTS / WEIGHTS.sum()
    assert (found.sum(axis=1) == people).all()
    assert (found[:, WEIGHTS == 0.0] == 0.0).all()
    error = np.sqrt(people * p * (1.0 - p) / RUNS)
    assert (np.abs(found.mean(axis=0) - people * p) <= 4.0 * error).all()
    covariance = people * (np.diag(p) - np.outer(p, p))
    assert np.abs(np.cov(found.T) - covariance).max() < 0.04 * people


def test_rounding_leads_nobody_beyond_the_last_option_with_weight(monkeypatch):
    """One of two people is in a half whose weight is the last digit of the sum, and draws its end."""
    monkeypatch.setitem(_share_out.py_func.__globals__, "binomial", lambda *_: 1.0)
    monkeypatch.setitem(_share_out.py_func.__globals__, "uniform", lambda *_: 2.0**-53)
    cumulated, parts = np.array([0.0, 1.0, 1.0, 1.0 + 2.0**-52, 1.0 + 2.0**-52]), np.zeros(4)
    _share_out.py_func(2.0, cumulated, parts, np.zeros((2, 64)), np.uint64(1), PURPOSE, False)
    assert parts.tolist() == [1.0, 0.0, 1.0, 0.0]
