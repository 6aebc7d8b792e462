"""Prices for large instances: Newton steps on the smoothed dual, one compiled pass over the pairs each.

The dual of the relaxation has one price a row, however many families there are. Smoothed by a temperature
(each family takes its places by a logit of net worth, Cominetti and San Martin 1994) and kept inside its
bounds by a logarithm, it is convex and twice differentiable; the temperature falls to almost nothing, each
level starting from the last. Of many families a sample is enough while it is warm, and all of them with the
few pairs that are near when it is cold. Whatever comes out is only a proposal: `price_bound` certifies it.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.exact import margins
from travesia.sharing.assign.program import Floats, Ints, Program, Rows, part_of

WARMEST, MILD, COLDEST, COOLING = 0.25, 0.03, 8e-4, 0.5
"""Temperatures, as parts of the spread of scores: the first, the last of all pairs, the last of near ones;
and what is left of one in the next level."""

STEPS_A_LEVEL = 8
TRIES, SHORT = 6, 0.1
"""How often a step is shortened, and what part of the way to its bound a price keeps in a step."""

FIRST_RADIUS, GROWS, SHRINKS = 0.5, 2.0, 0.3
"""How far a price may go in the first step of a level, as a part of its temperature; what becomes of that
when the model of a step held what it promised, and when it did not."""

DONE = 0.05
"""A level is done when a step gains less than this part of the temperature for each price."""

FAINT, FAINT_IN_THE_COLD = 0.05, 0.001
"""Below this chance a pair counts in the curvature only by itself. That holds prices back that should move
together, which is safe while all is uncertain and slow near the end."""

MANY_FAMILIES = 20_000
"""Of more families every second, third and so on are the sample, at least so many."""

NEAR, AGAIN, TRUE = 0.3, 3, 1e-5
"""Pairs that give away more than this part of the spread of scores are left out in the cold; how often they
are chosen while they promise less than all do, by more than this part of the bound."""

DENSE_ROWS = 3_000
"""Above so many rows the curvature is kept by its diagonal only."""


class _Sides(NamedTuple):
    """The sides that can have a price: row, +1 for upper and -1 for lower, the side, and the most price."""

    row: Ints
    sign: Floats
    side: Floats
    most: Floats

    def prices(self, z: Floats, rows: int) -> Floats:
        """Return the prices of rows, given those of the sides."""
        prices = np.zeros(rows)
        np.add.at(prices, self.row, self.sign * z)
        return prices


def find_prices(program: Program, rows: Rows, deadline: float) -> Floats:
    """Return prices near the optimum of the relaxation, [R]; what stands at `deadline` (`time.monotonic`)."""
    sides = _sides(rows)
    count = len(rows.lower)
    spread = float(np.std(program.score)) or 1.0
    z = np.full(len(sides.row), 0.1 * spread / max(float(np.mean(program.people)), 1.0))
    z = np.minimum(z, 0.5 * sides.most)
    warm, cold = (WARMEST * spread, MILD * spread), (COOLING * MILD * spread, COLDEST * spread)
    every, sample, smaller = max(len(program.people) // MANY_FAMILIES, 1), program, sides
    if every > 1:
        drawn = np.arange(0, len(program.people), every)
        sample = part_of(program, drawn, np.flatnonzero(program.family % every == 0))
        smaller = sides._replace(side=sides.side * (sample.people.sum() / program.people.sum()))
    z = _cooled(_Pass(sample, count, FAINT), smaller, z, warm, deadline)
    prices = clipped(rows, sides.prices(z, count))
    for _ in range(AGAIN):
        gives_away, _ = margins(program, prices)
        near = part_of(program, np.arange(len(program.people)), np.flatnonzero(gives_away <= NEAR * spread))
        z = _cooled(_Pass(near, count, FAINT_IN_THE_COLD), sides, z, cold, deadline)
        prices = clipped(rows, sides.prices(z, count))
        missed = float(best_of(program, net_worth(program, prices)).sum())
        missed -= float(best_of(near, net_worth(near, prices)).sum())
        if missed <= TRUE * abs(price_bound(near, rows, prices) - program.out_penalty):
            break
    return prices


def _sides(rows: Rows) -> _Sides:
    upper = np.flatnonzero((rows.most > 0) & np.isfinite(rows.upper))
    lower = np.flatnonzero((rows.least < 0) & np.isfinite(rows.lower))
    return _Sides(
        np.concatenate([upper, lower]),
        np.concatenate([np.ones(len(upper)), -np.ones(len(lower))]),
        np.concatenate([rows.upper[upper], rows.lower[lower]]),
        np.concatenate([rows.most[upper], -rows.least[lower]]),
    )


def _cooled(
    taken: _Pass, sides: _Sides, z: Floats, temperatures: tuple[float, float], deadline: float
) -> Floats:
    """Return prices of the sides after all levels from the first temperature to the last."""
    temperature, last = temperatures
    radius = np.inf
    while temperature > last:
        radius = min(radius, FIRST_RADIUS * temperature)
        for _ in range(STEPS_A_LEVEL):
            if time.monotonic() > deadline:
                return z
            z, radius, gain = _newton(taken, sides, z, temperature, radius)
            if gain < DONE * temperature * len(z):
                break
        temperature *= COOLING
    return z


class _Pass:
    """One pass over the pairs: the smoothed dual at some prices, its slope and its curvature."""

    def __init__(self, program: Program, rows: int, faint: float) -> None:
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
        self.rows, self.faint = rows, faint
        self.dense = rows <= DENSE_ROWS

    def __call__(self, prices: Floats, temperature: float, curved: bool) -> tuple[float, Floats, Floats]:
        load = np.zeros(self.rows)
        shape = (self.rows, self.rows if self.dense else 1) if curved else (0, 0)
        curve = np.zeros(shape)
        value = _smoothed(*self.arrays, self.states, prices, temperature, load, curve, self.faint)
        return value, load, curve


def _newton(
    taken: _Pass, sides: _Sides, z: Floats, temperature: float, radius: float
) -> tuple[Floats, float, float]:
    """Take one step of at most a radius in each price; return where it led, the next radius, and the gain."""
    row, sign, side, most = sides
    wall = 0.5 * temperature
    value, load, curve = taken(sides.prices(z, taken.rows), temperature, True)
    room = most - z
    slope = side - sign * load[row] - wall / z + wall / room
    own = wall / z**2 + wall / room**2
    matrix = curve[np.ix_(row, row)] * np.outer(sign, sign) if taken.dense else curve[row, 0] + own
    if taken.dense:
        matrix[np.diag_indices(len(row))] += own

    def level(value: float, z: Floats) -> float:
        logs = float(np.log(z).sum() + np.log(np.minimum(most - z, 1e300)).sum())
        return value + float(side @ z) - wall * logs

    before = level(value, z)
    for attempt in range(TRIES):
        # Each price by itself stops short of its bounds: one that would leave does not hold up the others.
        low, high = np.maximum((SHORT - 1.0) * z, -radius), np.minimum((1.0 - SHORT) * room, radius)
        step, hoped = _in_box(matrix, slope, low, high, plain=attempt > TRIES // 2)
        trial = z + step
        value, _, _ = taken(sides.prices(trial, taken.rows), temperature, False)
        gain = before - level(value, trial)
        radius *= GROWS if gain > 0.6 * hoped else SHRINKS if gain < 0.25 * hoped else 1.0
        if gain >= 0.1 * hoped:
            return trial, radius, gain
    return z, radius, 0.0


def _in_box(matrix: Floats, slope: Floats, low: Floats, high: Floats, plain: bool) -> tuple[Floats, float]:
    """Return about the best step within a box by the quadratic model, and what the model hopes to gain.

    Prices that would leave the box stay at its side while the others are solved for anew. Where that gains
    nothing, or if it is `plain`, each price steps by itself, short enough for all to go together.
    """
    if matrix.ndim == 1:
        step = np.clip(-slope / matrix, low, high)
        return step, -float(slope @ step + 0.5 * step @ (matrix * step))
    step, free = np.zeros(len(slope)), np.ones(len(slope), np.bool_)
    for _ in range(0 if plain else TRIES):
        inner, outer = np.flatnonzero(free), np.flatnonzero(~free)
        given = slope[inner] + matrix[np.ix_(inner, outer)] @ step[outer]
        step[inner] = -np.linalg.solve(matrix[np.ix_(inner, inner)], given)
        leaves = free & ((step < low) | (step > high))
        step = np.clip(step, low, high)
        free &= ~leaves
        if not leaves.any() or not free.any():
            break
    hoped = -float(slope @ step + 0.5 * step @ matrix @ step)
    if hoped <= 0.0:
        step = np.clip(-slope / np.abs(matrix).sum(axis=1), low, high)
        hoped = -float(slope @ step + 0.5 * step @ matrix @ step)
    return step, hoped


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
