"""Are two samples of runs from one law? A chi-square of counts and two moments, cell by cell.

A cell is a place on a day. Three numbers are compared in each: the histogram over runs (chi-square of two
samples), the mean, and the variance on a log scale with the standard error that the fourth moment gives. The
chance of one false alarm among all of them is at most `false_alarms` by Bonferroni, whatever the days have to
do with each other. The chances are those of large samples: at 60 and 90 runs false alarms were measured at
up to twice what is allowed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.float64]
FALSE_ALARMS = 1e-3
LEAST_EXPECTED = 8.0
"""Runs expected in the smaller sample in a bin of a histogram; rarer counts share a bin."""
LEAST_MOVING = 12
"""Runs with a count other than the most common one, expected in the smaller sample, to compare moments."""


@dataclass(frozen=True)
class Difference:
    """One number that two samples disagree on: chance of that much or more if they had one law."""

    what: str
    day: int
    place: int
    chance: float


@dataclass(frozen=True)
class Comparison:
    """All comparisons made, and those that speak against one law, the worst first."""

    made: int
    against: tuple[Difference, ...]
    worst: float

    @property
    def agree(self) -> bool:
        return not self.against

    def __str__(self) -> str:
        lines = [f"{d.what} on day {d.day} at {d.place}: chance {d.chance:.1e}" for d in self.against[:5]]
        return f"{len(self.against)} of {self.made} apart; worst {self.worst:.1e}; " + "; ".join(lines)


def compare(one: Counts, other: Counts, false_alarms: float = FALSE_ALARMS) -> Comparison:
    """Compare two samples of runs.

    Parameters
    ----------
    one, other
        float64[run, day, place + 1], people; as many days and places, perhaps not as many runs.
    false_alarms
        Chance that samples from one law are told apart all the same.
    """
    assert one.shape[1:] == other.shape[1:]
    found = []
    for day, place in np.ndindex(one.shape[1:]):
        a, b = one[:, day, place], other[:, day, place]
        found += [Difference(what, day, place, chance) for what, chance in _chances(a, b)]
    limit = false_alarms / max(len(found), 1)
    against = sorted((each for each in found if each.chance < limit), key=lambda each: each.chance)
    return Comparison(len(found), tuple(against), min((each.chance for each in found), default=1.0))


def _chances(a: Counts, b: Counts) -> list[tuple[str, float]]:
    """Return the chance of each comparison of a cell; none where nothing varies and both say the same."""
    both = np.concatenate([a, b])
    values, how_often = np.unique(both, return_counts=True)
    if len(values) == 1:
        return []
    out = [("histogram", _histogram_chance(a, b))]
    unusual = 1 - how_often.max() / len(both)
    moves = unusual * min(len(a), len(b)) >= LEAST_MOVING
    if moves:
        out.append(("mean", _mean_chance(a, b)))
    # The variance of what is mostly one number is far from log-normal.
    if moves and unusual >= 0.5 and a.var() > 0 and b.var() > 0:
        out.append(("variance", _variance_chance(a, b)))
    return out


def _histogram_chance(a: Counts, b: Counts) -> float:
    edges = _edges(np.sort(np.concatenate([a, b])), len(a), len(b))
    if not len(edges):
        return _apart_chance(a, b)
    table = np.stack(
        [np.bincount(np.searchsorted(edges, x, "right"), minlength=len(edges) + 1) for x in (a, b)]
    )
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / table.sum()
    return chi_square_chance(float(((table - expected) ** 2 / expected).sum()), len(edges))


def _edges(both: Counts, runs: int, other_runs: int) -> Counts:
    """Return where one bin ends and the next begins, with enough runs of either sample in each."""
    enough = LEAST_EXPECTED * (runs + other_runs) / min(runs, other_runs)
    edges: list[float] = []
    begun = 0
    for value in np.unique(both)[1:]:
        at = int(np.searchsorted(both, value))
        if at - begun >= enough and len(both) - at >= enough:
            edges.append(float(value))
            begun = at
    return np.array(edges)


def _apart_chance(a: Counts, b: Counts) -> float:
    """Return the chance that what is rare falls so unevenly into the samples (Fisher, two-sided)."""
    values, how_often = np.unique(np.concatenate([a, b]), return_counts=True)
    usual = values[how_often.argmax()]
    rare_a, rare_b = int((a != usual).sum()), int((b != usual).sum())
    rare, runs = rare_a + rare_b, len(a) + len(b)
    chances = [
        _draw_chance(k, rare, len(a), runs) for k in range(max(0, rare - len(b)), min(rare, len(a)) + 1)
    ]
    seen = _draw_chance(rare_a, rare, len(a), runs)
    return min(1.0, sum(chance for chance in chances if chance <= seen * (1 + 1e-9)))


def _draw_chance(k: int, rare: int, draws: int, runs: int) -> float:
    return math.comb(rare, k) * math.comb(runs - rare, draws - k) / math.comb(runs, draws)


def _mean_chance(a: Counts, b: Counts) -> float:
    # Both together say how much one law varies: a sample that happens to hold nothing rare would say 0.
    error = np.concatenate([a, b]).std(ddof=1) * math.sqrt(1 / len(a) + 1 / len(b))
    return _normal_chance((a.mean() - b.mean()) / error)


def _variance_chance(a: Counts, b: Counts) -> float:
    error = math.sqrt((_kurtosis(np.concatenate([a, b])) - 1.0) * (1 / len(a) + 1 / len(b)))
    return _normal_chance(math.log(a.var(ddof=1) / b.var(ddof=1)) / error)


def _kurtosis(x: Counts) -> float:
    """Return the fourth moment over the squared variance, at least that of a normal law."""
    return max(3.0, float(((x - x.mean()) ** 4).mean() / x.var() ** 2))


def _normal_chance(z: float) -> float:
    return math.erfc(abs(z) / math.sqrt(2.0))


def chi_square_chance(x: float, degrees: int) -> float:
    """Return the chance that a chi-square of so many degrees of freedom is above `x`."""
    half = x / 2.0
    if degrees % 2 == 0:
        first, term, terms = math.exp(-half), math.exp(-half), range(1, degrees // 2)
        steps = [half / k for k in terms]
    else:
        first, term = math.erfc(math.sqrt(half)), math.exp(-half) / math.sqrt(math.pi * half) if half else 0.0
        steps = [half / (k - 0.5) for k in range(1, (degrees + 1) // 2)]
    chance = first
    for step in steps:
        term *= step
        chance += term
    return min(1.0, chance)
