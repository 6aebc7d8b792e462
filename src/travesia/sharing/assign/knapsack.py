"""A sharper bound where places are small: no place can be filled as exactly as the prices suppose.

The prices let a place sell all its room. Whole families rarely fill it for nothing: the least that any set of
families loses at a place, over what they give away and over room that stays empty, comes off the bound of the
prices. Each family has a due, so that one on whom several places count is paid for once (Lagrangian
relaxation of "one place a family"; Ross and Soland 1975; Fisher, Jaikumar and Van Wassenhove 1986).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from travesia.sharing.assign.improve import Stop
from travesia.sharing.assign.program import Floats, Ints, Program, Rows

STEP, SHRINKS, ITERATIONS = 0.3, 0.9, 25
"""First step of the dues, as a part of Polyak's, what becomes of it each time, and how often."""

FIRST_DUE = 0.5
"""Part of what its second choice gives away that a family is let off at first: its first alone wants it."""

NEAR = 0.1
"""Pairs that give away more, as a part of the spread of scores, are bounded together, not one by one."""

LARGEST_TABLE = 10_000_000
"""Families times loads of a place; larger places stay with what the prices say."""


def knapsack_bound(
    program: Program,
    rows: Rows,
    certificate: tuple[Floats, float, tuple[Floats, Floats]],
    worth: float,
    stop: Stop,
) -> float:
    """Return a bound of the worth of any answer, never above that of the prices.

    Parameters
    ----------
    program, rows
        What is solved.
    certificate
        Prices within their bounds, their bound, what each pair, [K], and leaving out, [F], give away.
    worth
        Of an answer: steps are as long as the bound is above it (Polyak 1969).
    stop
        When to stop.
    """
    prices, bound, (gives_away, out) = certificate
    spread = float(np.std(program.score))
    near = NEAR * spread
    places, resources = program.capacity.shape
    # Dues stay above -near, so that a pair that is left out here never gives away less than that.
    pairs = np.flatnonzero(gives_away <= 2.0 * near)
    pairs = pairs[np.argsort(program.place[pairs], kind="stable")]
    family = program.family[pairs]
    first = np.searchsorted(program.place[pairs], np.arange(places + 1))
    table = np.diff(first) * np.prod(program.capacity + 1.0, axis=1)
    if not ((table > 0) & (table <= LARGEST_TABLE)).any():
        return bound
    price = prices[: places * resources].reshape(places, resources)
    lower = rows.lower[: places * resources].reshape(places, resources)
    # Room that sells is idle at its price; a floor that costs is overdone at its price.
    least_idle = np.where(price < 0, price * np.maximum(lower, 0.0), 0.0).sum(axis=1)
    least_due = -np.minimum(near, np.where(program.must, np.inf, out))
    dues = FIRST_DUE * np.maximum(-_second(gives_away[pairs], family, near, len(out)), least_due)
    sharpest = bound
    step = STEP
    for _ in range(ITERATIONS):
        taken = np.zeros(len(dues))
        lost = _fillings(
            first, family, gives_away[pairs] + dues[family], program.use, program.capacity, price,
            np.maximum(lower, 0.0), least_idle, near, LARGEST_TABLE, taken,
        )  # fmt: skip
        # Sums of at most some thousands of terms: the margin is far beyond their rounding.
        value = bound + float(dues.sum()) - lost
        sharpest = min(sharpest, value + 1e-9 * max(1.0, abs(value)))
        if stop():
            break
        wrong = float(((1.0 - taken) ** 2).sum())
        if not wrong:
            break
        dues = np.maximum(dues - step * max(value - worth, 0.0) / wrong * (1.0 - taken), least_due)
        step *= SHRINKS
    return sharpest


def _second(give: Floats, family: Ints, most: float, families: int) -> Floats:
    """Return what the second choice of each family gives away, but not more than the most, [F]."""
    order = np.lexsort((give, family))
    count = np.bincount(family, minlength=families)
    several = count > 1
    second = np.full(families, most)
    second[several] = give[order][(np.cumsum(count) - count)[several] + 1]
    second[second > most] = most
    return second


@njit(cache=True, nogil=True)
def _fillings(
    first: Any, family: Any, give: Any, use: Any, capacity: Any, price: Any, lower: Any, least_idle: Any,
    near: float, largest: int, taken: Any,
) -> float:  # fmt: skip
    """Return the least that all places lose together; count in ``taken`` [F] who is in the best fillings."""
    places, resources = capacity.shape
    total = 0.0
    for place in range(places):
        gained = 0.0
        for at in range(first[place], first[place + 1]):
            gained += min(give[at], 0.0)
        # Whoever is in it, a filling loses no less than this.
        least = gained + least_idle[place]
        cells = 1
        for d in range(resources):
            cells *= capacity[place, d] + 1
        items = np.empty(first[place + 1] - first[place], np.int64)
        count = 0
        for at in range(first[place], first[place + 1]):
            if give[at] <= near and (use[family[at]] <= capacity[place]).all():
                items[count] = at
                count += 1
        if count * cells > largest:
            total += least
            continue
        lost, least = _filling(
            items[:count], family, give, use, capacity[place], price[place], lower[place], cells, taken
        )
        total += min(lost, near + least + least_idle[place])
    return total


@njit(cache=True, nogil=True)
def _filling(
    items: Any,
    family: Any,
    give: Any,
    use: Any,
    capacity: Any,
    price: Any,
    lower: Any,
    cells: int,
    taken: Any,
) -> tuple[float, float]:
    """Return the least that a filling of one place loses, with and without idle room."""
    resources = len(capacity)
    stride = np.ones(resources, np.int64)
    for d in range(resources - 1, 0, -1):
        stride[d - 1] = stride[d] * (capacity[d] + 1)
    loads = np.empty((cells, resources), np.int64)
    for cell in range(cells):
        rest = cell
        for d in range(resources):
            loads[cell, d] = rest // stride[d]
            rest -= loads[cell, d] * stride[d]
    least = np.full(cells, np.inf)
    least[0] = 0.0
    came = np.zeros((len(items), cells), np.bool_)
    highest = 0
    for i in range(len(items)):
        needs = use[family[items[i]]]
        shift = 0
        for d in range(resources):
            shift += stride[d] * needs[d]
        highest = min(highest + shift, cells - 1)
        for cell in range(highest, shift - 1, -1):
            then = least[cell - shift] + give[items[i]]
            if then < least[cell]:
                # The shift alone would run over the edge of a resource.
                fits = True
                for d in range(resources):
                    fits &= loads[cell, d] >= needs[d]
                if fits:
                    least[cell] = then
                    came[i, cell] = True
    best, at, apart = np.inf, 0, np.inf
    for cell in range(highest + 1):
        lost = least[cell]
        apart = min(apart, lost)
        for d in range(resources):
            lost += price[d] * ((capacity[d] if price[d] > 0 else lower[d]) - loads[cell, d])
        if lost < best:
            best, at = lost, cell
    for i in range(len(items) - 1, -1, -1):
        if came[i, at]:
            taken[family[items[i]]] += 1.0
            for d in range(resources):
                at -= stride[d] * use[family[items[i]], d]
    return best, apart
