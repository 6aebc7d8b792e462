"""Large instances: prices, a packing by annealing, then a repair; the bound is that of the prices."""

from __future__ import annotations

import time

import numpy as np

from travesia.sharing.assign.annealing import pack
from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.exact import Solved, margins
from travesia.sharing.assign.highs import Part, solve
from travesia.sharing.assign.prices import find_prices
from travesia.sharing.assign.program import Floats, Program, Rows
from travesia.sharing.assign.repair import Core, repair

RELAXED_PAIRS = 5
"""Pairs a family, on average, that the relaxation starts with."""

REACH = 0.1
"""How far prices may move from those found, as a part of the spread of scores."""

ROUNDS = 4
CLOSE = 2e-5
"""Part of the score at which the bound is close enough to the relaxation."""

CORE_PAIRS = 8
"""Pairs a family, on average, that the repair considers."""


def solve_large(program: Program, rows: Rows, deadline: float) -> Solved:
    """Solve a large program with a certified gap; what stands at `deadline` (`time.monotonic`) is given."""
    prices, bound = _sharpened(program, rows, find_prices(program, rows, deadline), deadline)
    gives_away, _ = margins(program, prices)
    pairs = np.flatnonzero(gives_away <= _width(gives_away, CORE_PAIRS * len(program.people)))
    chosen = pack(program, rows, prices, pairs, gives_away[pairs])
    return repair(program, rows, Core.of(program, pairs, gives_away), (prices, bound), chosen, deadline)


def _sharpened(program: Program, rows: Rows, prices: Floats, deadline: float) -> tuple[Floats, float]:
    """Return prices at a corner of the relaxation, and their bound.

    Column generation in a box about the prices that are known (Marsten, Hogan and Blankenship 1975): the
    relaxation over few pairs, whose prices may not leave the box; pairs that they make better come in.
    """
    bound = price_bound(program, rows, prices)
    reach = REACH * (float(np.std(program.score)) or 1.0)
    gives_away, _ = margins(program, prices)
    pairs = np.flatnonzero(gives_away <= _width(gives_away, RELAXED_PAIRS * len(program.people)))
    for _ in range(ROUNDS):
        if time.monotonic() > deadline:
            break
        box = Rows(
            rows.lower, rows.upper, np.maximum(rows.least, prices - reach), np.minimum(rows.most, prices + reach)
        )
        part = Part(pairs, np.zeros(len(rows.lower)), program.must)
        relaxed = solve(program, box, part, integral=False, seconds=deadline - time.monotonic())
        if relaxed.prices is None:
            break
        found = clipped(box, relaxed.prices)
        net = net_worth(program, found)
        again = price_bound(program, rows, found)
        if again < bound:
            prices, bound = found, again
        if bound - relaxed.worth <= CLOSE * abs(bound - program.out_penalty):
            break
        pairs = np.union1d(pairs, _better(program, net, pairs))
    return prices, bound


def _better(program: Program, net: Floats, pairs: Ints) -> Ints:
    """Return the best pair of each family that has a better one than some pairs hold."""
    family = program.family
    best = best_of(program, net)
    held = np.where(program.must, -np.inf, 0.0)
    np.maximum.at(held, family[pairs], net[pairs])
    return np.flatnonzero((net == best[family]) & (net > held[family] + 1e-9))


def _width(gives_away: Floats, pairs: int) -> float:
    """Return how much the so manieth best pair gives away."""
    if pairs >= len(gives_away):
        return np.inf
    return float(np.partition(gives_away, pairs)[pairs])

