"""Prices sharpened: the relaxation over the few pairs that matter, about the prices that are known."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numba import njit

from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.exact import margins
from travesia.sharing.assign.highs import everyone_out
from travesia.sharing.assign.highs_relaxation import Relaxation
from travesia.sharing.assign.prices import MANY_FAMILIES
from travesia.sharing.assign.program import Floats, Ints, Program, Rows, loads

RELAXED_PAIRS, RELAXED_PAIRS_OF_MANY = (3.0, 3), (1.15, 1)
"""Pairs a family, on average and at least, that the relaxation starts with; the second of many families."""

REACH = 0.05
"""How far prices may move from those found, as a part of the spread of scores."""

GROUP_REACH = 0.2
"""How far the price of a group's floor may move."""

ROUNDS = 20
CLOSE = 0.03
"""Part of the wanted gap at which the bound is close enough to the relaxation."""


def sharpened(
    program: Program, rows: Rows, prices: Floats, deadline: float, gap: float
) -> tuple[Floats, float, Ints]:
    """Return prices at a corner of the relaxation, their bound, and the pair it gives most of each family.

    Column generation in a box about the prices that are known (Marsten, Hogan and Blankenship 1975): the
    relaxation over few pairs, whose prices may not leave the box; pairs that they make better come in.
    """
    bound = price_bound(program, rows, prices)
    reach = np.full(len(prices), REACH * (float(np.std(program.score)) or 1.0))
    # The price of a group's floor is score for score, and lies between the other prices and 1 or more.
    reach[len(prices) - len(program.group_floor) :] = GROUP_REACH
    wanted = everyone_out(program)
    few = RELAXED_PAIRS if len(program.people) <= MANY_FAMILIES else RELAXED_PAIRS_OF_MANY
    pairs, settled = decided(program, margins(program, prices), few)
    wanted[program.family[settled]] = settled
    relaxation = Relaxation(program, pairs, loads(program, wanted))
    worth = float(program.worth[settled].sum())
    for _ in range(ROUNDS):
        if time.monotonic() > deadline:
            break
        box = Rows(
            rows.lower,
            rows.upper,
            np.maximum(rows.least, prices - reach),
            np.minimum(rows.most, prices + reach),
        )
        found = relaxation.solve(box, deadline - time.monotonic())
        if found.prices is None or found.x is None:
            break
        order = np.argsort(found.x, kind="stable")
        order = order[found.x[order] > 0]
        wanted[program.family[relaxation.pairs[order]]] = relaxation.pairs[order]
        trial = clipped(rows, found.prices)
        again = price_bound(program, rows, trial)
        net = net_worth(program, trial)
        better = again < bound
        if better:
            prices, bound = trial, again
        close = bound - found.worth - worth <= CLOSE * gap * abs(bound - program.out_penalty)
        # Where the box holds a price back, the relaxation is solved only as far as the box goes.
        held = (trial <= box.least) & (box.least > rows.least) | (trial >= box.most) & (box.most < rows.most)
        close &= not (better and held.any())
        if close or not (relaxation.add(_better(program, net, relaxation.pairs)) or better):
            break
    return prices, bound, wanted


def decided(program: Program, given: tuple[Floats, Floats], pairs: tuple[float, int]) -> tuple[Ints, Ints]:
    """Tell open families from those whom prices decide, by the pairs that are near.

    Parameters
    ----------
    program
        What is solved.
    given
        What each pair, [K], and leaving each family out, [F], give away.
    pairs
        How many are near: a family on average, and at least.

    Returns
    -------
    tuple
        The near pairs of families that have several, or may as well be left out; and those of the others.
    """
    gives_away, out = given
    near = near_pairs(program, gives_away, *pairs)
    family = program.family[near]
    alone = np.bincount(family, minlength=len(out)) == 1
    alone &= program.must | (out > gives_away[near].max(initial=0.0))
    return near[~alone[family]], near[alone[family]]


def _better(program: Program, net: Floats, pairs: Ints) -> Ints:
    """Return the best pair of each family that has a better one than some pairs hold."""
    family = program.family
    best = best_of(program, net)
    held = np.where(program.must, -np.inf, 0.0)
    np.maximum.at(held, family[pairs], net[pairs])
    return np.flatnonzero((net == best[family]) & (net > held[family] + 1e-9))


def near_pairs(program: Program, gives_away: Floats, count: float, least: int) -> Ints:
    """Return the pairs that give away least: `count` a family on average, and the `least` best of each."""
    wanted = int(count * len(program.people))
    if wanted >= len(gives_away):
        return np.arange(len(gives_away))
    limit = float(np.partition(gives_away, wanted)[wanted])
    return np.flatnonzero(_near(program.start, gives_away, limit, least))


@njit(cache=True, nogil=True)
def _near(start: Any, gives_away: Any, limit: float, least: int) -> Any:
    """Return which pairs give away no more than a limit, or are among the best few of their family, [K]."""
    near = gives_away <= limit
    for family in range(len(start) - 1):
        own = gives_away[start[family] : start[family + 1]]
        if len(own) <= least:
            near[start[family] : start[family + 1]] = True
        elif near[start[family] : start[family + 1]].sum() < least:
            near[start[family] : start[family + 1]] |= own <= np.partition(own, least - 1)[least - 1]
    return near
