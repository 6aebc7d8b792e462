"""Large instances: prices, a packing by annealing, then a repair; the bound is that of the prices."""

from __future__ import annotations

import time

import numpy as np

from travesia.sharing.assign.annealing import pack
from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.exact import Solved, margins
from travesia.sharing.assign.highs import Part, everyone_out, solve
from travesia.sharing.assign.prices import find_prices
from travesia.sharing.assign.program import OUT, Flags, Floats, Ints, Program, Rows
from travesia.sharing.assign.repair import Core, Goal, repair

BEST = 3
"""Pairs that are considered of every family, however much they give away."""

RELAXED_PAIRS = 4
"""Pairs a family, on average, that the relaxation starts with."""

REACH = 0.1
"""How far prices may move from those found, as a part of the spread of scores."""

ROUNDS = 4
CLOSE = 1e-4
"""Part of the score at which the bound is close enough to the relaxation."""

CORE_PAIRS = 8
"""Pairs a family, on average, that the repair considers."""


def solve_large(program: Program, rows: Rows, deadline: float, gap: float = 5e-4) -> Solved:
    """Solve a large program to a certified gap, as a part of the score.

    What stands at `deadline` (`time.monotonic`) is given.
    """
    prices, bound, begin = _sharpened(program, rows, find_prices(program, rows, deadline), deadline)
    gives_away, _ = margins(program, prices)
    pairs = near_pairs(program, gives_away, CORE_PAIRS, net_worth(program, prices) >= program.worth)
    pairs = np.union1d(pairs, begin[begin != OUT])
    chosen = pack(program, rows, prices, pairs, gives_away[pairs], begin)
    core = Core.of(program, pairs, gives_away)
    return repair(program, rows, core, (prices, bound), chosen, Goal(deadline, gap))


def _sharpened(program: Program, rows: Rows, prices: Floats, deadline: float) -> tuple[Floats, float, Ints]:
    """Return prices at a corner of the relaxation, their bound, and the pair it gives most of each family.

    Column generation in a box about the prices that are known (Marsten, Hogan and Blankenship 1975): the
    relaxation over few pairs, whose prices may not leave the box; pairs that they make better come in.
    """
    bound = price_bound(program, rows, prices)
    reach = REACH * (float(np.std(program.score)) or 1.0)
    gives_away, _ = margins(program, prices)
    pairs = near_pairs(program, gives_away, RELAXED_PAIRS)
    begin = everyone_out(program)
    for _ in range(ROUNDS):
        if time.monotonic() > deadline:
            break
        box = Rows(
            rows.lower,
            rows.upper,
            np.maximum(rows.least, prices - reach),
            np.minimum(rows.most, prices + reach),
        )
        part = Part(pairs, np.zeros(len(rows.lower)), program.must)
        relaxed = solve(program, box, part, integral=False, seconds=deadline - time.monotonic())
        if relaxed.prices is None or relaxed.x is None:
            break
        order = np.argsort(relaxed.x, kind="stable")
        order = order[relaxed.x[order] > 0]
        begin[program.family[pairs[order]]] = pairs[order]
        found = clipped(box, relaxed.prices)
        net = net_worth(program, found)
        again = price_bound(program, rows, found)
        if again < bound:
            prices, bound = found, again
        if bound - relaxed.worth <= CLOSE * abs(bound - program.out_penalty):
            break
        pairs = np.union1d(pairs, _better(program, net, pairs))
    return prices, bound, begin


def _better(program: Program, net: Floats, pairs: Ints) -> Ints:
    """Return the best pair of each family that has a better one than some pairs hold."""
    family = program.family
    best = best_of(program, net)
    held = np.where(program.must, -np.inf, 0.0)
    np.maximum.at(held, family[pairs], net[pairs])
    return np.flatnonzero((net == best[family]) & (net > held[family] + 1e-9))


def near_pairs(program: Program, gives_away: Floats, count: int, free: Flags | None = None) -> Ints:
    """Return the pairs that give away least: `count` a family on average, and the best few of each family.

    Of the pairs that are `free`, [K], also the best few: whoever makes room can go there.
    """
    wanted = count * len(program.people)
    if wanted >= len(gives_away):
        return np.arange(len(gives_away))
    kept = gives_away <= np.partition(gives_away, wanted)[wanted]
    kept |= _best(program, gives_away)
    if free is not None:
        kept |= _best(program, np.where(free, gives_away, np.inf))
    return np.flatnonzero(kept)


def _best(program: Program, gives_away: Floats) -> Flags:
    """Return which pairs are among the best few of their family, [K]; infinite ones never are."""
    some = np.flatnonzero(np.diff(program.start))
    left = gives_away.copy()
    family = program.family
    kept = np.zeros(len(left), np.bool_)
    least = np.full(len(program.people), np.inf)
    for _ in range(BEST):
        least[some] = np.minimum.reduceat(left, program.start[some])
        best = (left == least[family]) & np.isfinite(left)
        kept |= best
        left[best] = np.inf
    return kept
