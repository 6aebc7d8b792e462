"""Packing by simulated annealing over the pairs that matter, compiled.

Places may be over-full for a while, at a little more than the price of what they lack; as the temperature
falls that surcharge rises until nothing is over-full. A step moves one family, and half of the time a second
one into the room that it left (Kirkpatrick and others 1983; capacities as in Yagiura and others 2006).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from travesia.sharing.assign.program import OUT, Floats, Ints, Program, Rows, entries

STEPS = 8_000_000
HEAT = 0.25
"""First temperature, as a part of what the farthest pair gives away; colder leaves people out."""

STEPS_A_FAMILY = (300, 1_500)
"""Steps in all, and how few or many a family may get."""


def pack(program: Program, rows: Rows, prices: Floats, pairs: Ints, gives_away: Floats, begin: Ints) -> Ints:
    """Return an answer that keeps every upper side, [F]; lower sides and pins it may miss.

    Parameters
    ----------
    program, rows, prices
        What is solved, and prices near the optimum of its relaxation.
    pairs
        Pairs to consider, sorted.
    gives_away
        What each of these gives away at the prices.
    begin
        Where to begin, [F]; may be over-full.
    """
    family = np.searchsorted(program.start, pairs, side="right") - 1
    # Each family's pairs by what they give away: the first are proposed most.
    order = np.lexsort((gives_away, family))
    pairs, gives_away = pairs[order], gives_away[order]
    first = np.searchsorted(family, np.arange(len(program.people) + 1))
    row, amount = entries(program, pairs, family)
    at = np.full(len(program.place), OUT)
    at[pairs] = np.arange(len(pairs))
    begin = np.where(begin == OUT, OUT, at[np.maximum(begin, 0)])
    # A family's out costs its penalty; one that must be placed, more than anything could bring.
    spread = float(np.std(program.score)) or 1.0
    worth = program.worth[pairs] + np.where(program.must[family], 1e3 * spread, 0.0)
    # What a unit short costs at most; 0 where there is no lower side.
    dear = np.where(np.isfinite(rows.lower) & (rows.least < 0), np.minimum(-rows.least, 1e9), 0.0)
    lower = np.where(np.isfinite(rows.lower), rows.lower, 0.0)
    upper = np.where(rows.most > 0, rows.upper, np.inf)
    by_place = np.argsort(program.place[pairs], kind="stable")
    place_first = np.searchsorted(program.place[pairs][by_place], np.arange(len(program.capacity) + 1))
    families = max(len(program.people), 1)
    steps = int(np.clip(STEPS // families, *STEPS_A_FAMILY) * families)
    width = float(gives_away.max(initial=0.0)) or spread
    per_head = width / max(float(program.people.mean()), 1.0)
    chosen = _anneal(
        first, family, program.place[pairs], worth, row, amount, by_place, place_first, begin,
        lower, upper, prices, dear, steps,
        np.array([HEAT * width, 2e-4 * spread]), np.array([0.3 * per_head, 20.0 * spread]),
    )  # fmt: skip
    return np.where(chosen == OUT, OUT, pairs[np.maximum(chosen, 0)])


@njit(cache=True, inline="always")
def _next(state: Any) -> Any:
    """Return the next number of a counter-free generator (xorshift64*, Vigna 2016), and move it on."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return (x * np.uint64(2685821657736338717)) >> np.uint64(33)


@njit(cache=True, inline="always")
def _put(
    pair: Any, sign: float, row: Any, amount: Any, load: Any, lower: Any, upper: Any, over: Any, short: Any
) -> float:  # fmt: skip
    """Put a pair on its rows, or take it off; return what that costs beyond its worth."""
    cost = 0.0
    for e in range(row.shape[1]):
        r, much = row[pair, e], sign * amount[pair, e]
        now = load[r]
        then = now + much
        cost += over[r] * (max(then - upper[r], 0.0) - max(now - upper[r], 0.0))
        if short[r] > 0.0:
            cost += short[r] * (max(lower[r] - then, 0.0) - max(lower[r] - now, 0.0))
        load[r] = then
    return cost


@njit(cache=True)
def _move(
    one: Any, to: Any, chosen: Any, worth: Any, row: Any, amount: Any, load: Any, lower: Any, upper: Any,
    over: Any, short: Any,
) -> float:  # fmt: skip
    """Move a family to a pair (or out); return what that costs."""
    cost = 0.0
    if chosen[one] >= 0:
        cost += worth[chosen[one]] + _put(chosen[one], -1.0, row, amount, load, lower, upper, over, short)
    if to >= 0:
        cost += _put(to, 1.0, row, amount, load, lower, upper, over, short) - worth[to]
    chosen[one] = to
    return cost


@njit(cache=True, nogil=True)
def _anneal(
    first: Any, family: Any, place: Any, worth: Any, row: Any, amount: Any, by_place: Any, place_first: Any,
    begin: Any, lower: Any, upper: Any, price: Any, dear: Any, steps: int, heat: Any, surcharge: Any,
) -> Any:  # fmt: skip
    """Anneal from one answer to another; shapes as in `pack`."""
    count = len(begin)
    chosen = np.full(count, -1)
    load = np.zeros(len(lower))
    dues = np.maximum(price, 0.0)
    over = dues + surcharge[0]
    short = np.minimum(np.maximum(-price, 0.0) + surcharge[0], dear)
    for one in range(count):
        _move(one, begin[one], chosen, worth, row, amount, load, lower, upper, over, short)
    state = np.array([88172645463325252], np.uint64)
    block = max(steps // 200, 1)
    temperature = heat[0]
    for step in range(steps):
        if step % block == 0:
            part = step / steps
            temperature = heat[0] * (heat[1] / heat[0]) ** part
            much = surcharge[0] * (surcharge[1] / surcharge[0]) ** min(part / 0.9, 1.0)
            # The last tenth makes room wherever it still lacks.
            much = much if part < 0.9 else 100.0 * much
            over[:] = dues + much
            short[:] = np.minimum(np.maximum(-price, 0.0) + much, dear)
        mover = np.int64(_next(state) % np.uint64(count))
        pairs = first[mover + 1] - first[mover]
        if pairs == 0:
            continue
        draw = np.float64(_next(state)) / 2147483648.0
        to = first[mover] + np.int64(draw * draw * pairs)
        was = chosen[mover]
        if to == was:
            continue
        cost = _move(mover, to, chosen, worth, row, amount, load, lower, upper, over, short)
        other, other_was = np.int64(-1), np.int64(-1)
        if was >= 0 and _next(state) & np.uint64(1):
            there = place[was]
            size = place_first[there + 1] - place_first[there]
            for _ in range(6):
                pair = by_place[place_first[there] + np.int64(_next(state) % np.uint64(size))]
                if family[pair] != mover and chosen[family[pair]] != pair:
                    other = pair
                    now = chosen[family[pair]]
                    if now >= 0 and place[now] == place[to]:
                        break
            if other >= 0:
                other_was = chosen[family[other]]
                cost += _move(
                    family[other], other, chosen, worth, row, amount, load, lower, upper, over, short
                )
        if cost <= 0.0:
            continue
        # -log of a uniform number, by the number itself: accepted with chance exp(-cost / temperature).
        draw = (np.float64(_next(state)) + 0.5) / 2147483648.0
        if cost < -temperature * np.log(draw):
            continue
        if other >= 0:
            _move(family[other], other_was, chosen, worth, row, amount, load, lower, upper, over, short)
        _move(mover, was, chosen, worth, row, amount, load, lower, upper, over, short)
    _empty(chosen, worth, row, amount, load, upper, place, first)
    return chosen


@njit(cache=True)
def _empty(
    chosen: Any, worth: Any, row: Any, amount: Any, load: Any, upper: Any, place: Any, first: Any
) -> None:
    """Take out whoever stands in a place that is still over-full, the least worth first."""
    over = np.zeros(len(load))
    lower = short = over
    while True:
        full, least = -1, np.inf
        for one in range(len(chosen)):
            pair = chosen[one]
            if pair < 0:
                continue
            for e in range(row.shape[1]):
                if load[row[pair, e]] > upper[row[pair, e]] and amount[pair, e] > 0.0 and worth[pair] < least:
                    full, least = one, worth[pair]
        if full < 0:
            return
        _move(full, -1, chosen, worth, row, amount, load, lower, upper, over, short)
