"""Prices for large instances: Newton steps on the smoothed dual, one compiled pass over the pairs each.

The dual of the relaxation has one price a row, however many families there are. Smoothed by a temperature
(each family takes its places by a logit of net worth, Cominetti and San Martin 1994) and kept inside its
bounds by a logarithm, it is convex and twice differentiable; the temperature falls to almost nothing, each
level starting from the last. Whatever comes out is only a proposal: `price_bound` certifies it.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numba import njit

from travesia.sharing.assign.bound import clipped
from travesia.sharing.assign.program import Floats, Ints, Program, Rows

WARMEST, COOLING = 0.25, 0.5
STEPS_A_LEVEL = 6
TRIES, SHORT = 6, 0.1
"""How often a step is shortened, and what part of the way to its bound a price keeps in a step."""

FAINT = 0.05
"""Below this chance a pair counts in the curvature only by itself."""

DENSE_ROWS = 3_000
"""Above so many rows the curvature is kept by its diagonal only."""


def find_prices(program: Program, rows: Rows, deadline: float, *, coldest: float = 0.02) -> Floats:
    """Return prices near the optimum of the relaxation, [R].

    Parameters
    ----------
    program, rows
        What is solved.
    deadline
        `time.monotonic` at which to stop with what there is.
    coldest
        Last temperature, as a part of the spread of a family's worths.
    """
    upper = np.flatnonzero((rows.most > 0) & np.isfinite(rows.upper))
    lower = np.flatnonzero((rows.least < 0) & np.isfinite(rows.lower))
    row = np.concatenate([upper, lower])
    sign = np.concatenate([np.ones(len(upper)), -np.ones(len(lower))])
    side = np.concatenate([rows.upper[upper], rows.lower[lower]])
    most = np.concatenate([rows.most[upper], -rows.least[lower]])
    spread = float(np.std(program.score)) or 1.0
    taken = _Pass(program, len(rows.lower))
    temperature = WARMEST * spread
    z = np.minimum(np.full(len(row), 0.1 * spread / max(float(np.mean(program.people)), 1.0)), 0.5 * most)
    while temperature > coldest * spread and time.monotonic() < deadline:
        for _ in range(STEPS_A_LEVEL):
            z, done = _newton(taken, (row, sign, side, most), z, temperature)
            if done or time.monotonic() > deadline:
                break
        temperature *= COOLING
    prices = np.zeros(len(rows.lower))
    np.add.at(prices, row, sign * z)
    return clipped(rows, prices)


class _Pass:
    """One pass over the pairs: the smoothed dual at some prices, its slope and its curvature."""

    def __init__(self, program: Program, rows: int) -> None:
        self.states = len(program.state_lower)
        self.arrays = (
            program.start,
            program.place,
            program.worth,
            program.use.astype(np.float64),
            program.people.astype(np.float64),
            program.state_of if self.states else np.zeros(len(program.capacity), np.int64),
            np.ascontiguousarray(program.group_score.T),
            program.must,
        )
        self.rows = rows
        self.dense = rows <= DENSE_ROWS

    def __call__(self, prices: Floats, temperature: float, curved: bool) -> tuple[float, Floats, Floats]:
        load = np.zeros(self.rows)
        shape = (self.rows, self.rows if self.dense else 1) if curved else (0, 0)
        curve = np.zeros(shape)
        value = _smoothed(*self.arrays, self.states, prices, temperature, load, curve, FAINT)
        return value, load, curve


def _newton(
    taken: _Pass, sides: tuple[Ints, Floats, Floats, Floats], z: Floats, temperature: float
) -> tuple[Floats, bool]:
    """Take one damped step; also tell whether the level is done."""
    row, sign, side, most = sides
    wall = 0.5 * temperature
    value, load, curve = taken(_prices(taken.rows, row, sign, z), temperature, True)
    room = most - z
    slope = side - sign * load[row] - wall / z + wall / room
    own = wall / z**2 + wall / room**2
    if taken.dense:
        matrix = curve[np.ix_(row, row)] * np.outer(sign, sign)
        matrix[np.diag_indices(len(row))] += own
        step = -np.linalg.solve(matrix, slope)
    else:
        step = -slope / (curve[row, 0] + own)
    decrease = -float(slope @ step)

    def level(value: float, z: Floats) -> float:
        logs = float(np.log(z).sum() + np.log(np.minimum(most - z, 1e300)).sum())
        return value + float(side @ z) - wall * logs

    before, length = level(value, z), 1.0
    for _ in range(TRIES):
        # Each price by itself stops short of its bounds: one that would leave does not hold up the others.
        trial = np.minimum(np.maximum(z + length * step, SHORT * z), z + (1.0 - SHORT) * room)
        value, _, _ = taken(_prices(taken.rows, row, sign, trial), temperature, False)
        if level(value, trial) <= before + 1e-4 * float(slope @ (trial - z)):
            return trial, decrease < 0.1 * temperature * len(row)
        length *= 0.4
    return z, True


def _prices(rows: int, row: Ints, sign: Floats, z: Floats) -> Floats:
    prices = np.zeros(rows)
    np.add.at(prices, row, sign * z)
    return prices


@njit(cache=True, nogil=True, fastmath=True)
def _smoothed(
    start: Any, place: Any, worth: Any, use: Any, people: Any, state_of: Any, group: Any, must: Any,
    states: int, prices: Any, temperature: float, load: Any, curve: Any, faint: float,
) -> float:  # fmt: skip
    """Add up the smoothed best net worth of all families, the loads and the curvature.

    Shapes as in `Program`, groups turned, [K, G]; ``load`` [R] and ``curve`` ([R, R], [R, 1] for its diagonal
    only, or [0, 0] for none) are added to.
    """
    resources, groups = use.shape[1], group.shape[1]
    first_state = len(state_of) * resources
    first_group = first_state + states
    widest = 1
    for family in range(len(start) - 1):
        widest = max(widest, start[family + 1] - start[family])
    entries = resources + (1 if states else 0) + groups
    net = np.empty(widest)
    at, row, amount = np.empty(widest, np.int64), np.empty(entries, np.int64), np.empty(entries)
    strong_row, strong_amount = np.empty((widest, entries), np.int64), np.empty((widest, entries))
    total = 0.0
    for family in range(len(start) - 1):
        low, count = start[family], start[family + 1] - start[family]
        if not count:
            continue
        best = -np.inf if must[family] else 0.0
        for k in range(count):
            there = place[low + k]
            value = worth[low + k]
            for d in range(resources):
                value -= prices[there * resources + d] * use[family, d]
            if states:
                value -= prices[first_state + state_of[there]] * people[family]
            for g in range(groups):
                value -= prices[first_group + g] * group[low + k, g]
            net[k] = value
            best = max(best, value)
        weight = 0.0 if must[family] else np.exp(-best / temperature)
        near = 0
        floor = best - 25.0 * temperature
        for k in range(count):
            if net[k] > floor:
                net[near] = np.exp((net[k] - best) / temperature)
                weight += net[near]
                at[near] = low + k
                near += 1
        total += best + temperature * np.log(weight)
        strong = 0
        for k in range(near):
            chance = net[k] / weight
            there = place[at[k]]
            for d in range(resources):
                row[d], amount[d] = there * resources + d, use[family, d]
            if states:
                row[resources], amount[resources] = first_state + state_of[there], people[family]
            for g in range(groups):
                row[entries - groups + g], amount[entries - groups + g] = first_group + g, group[at[k], g]
            for e in range(entries):
                load[row[e]] += chance * amount[e]
            if not len(curve):
                continue
            if curve.shape[1] == 1:
                for e in range(entries):
                    curve[row[e], 0] += chance * (1.0 - chance) * amount[e] * amount[e] / temperature
                continue
            for e in range(entries):
                for f in range(entries):
                    curve[row[e], row[f]] += chance * amount[e] * amount[f] / temperature
            if chance > faint:
                net[strong] = chance
                for e in range(entries):
                    strong_row[strong, e], strong_amount[strong, e] = row[e], amount[e]
                strong += 1
        for a in range(strong):
            for b in range(strong):
                both = net[a] * net[b] / temperature
                for e in range(entries):
                    for f in range(entries):
                        curve[strong_row[a, e], strong_row[b, f]] -= (
                            both * strong_amount[a, e] * strong_amount[b, f]
                        )
    return total
