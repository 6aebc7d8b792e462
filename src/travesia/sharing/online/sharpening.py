"""Prices of a large relaxation, sharpened: the smoothed dual alone leaves scarce room too cheap.

Column generation in a box about prices that are known (Marsten, Hogan and Blankenship 1975): the relaxation
over the few pairs that matter, whose prices may not leave the box; pairs that they make better come in.
"""

from __future__ import annotations

import numpy as np

from travesia.sharing.assign.bound import clipped, net_worth, price_bound
from travesia.sharing.assign.exact import margins
from travesia.sharing.assign.highs import Part, solve
from travesia.sharing.assign.program import Floats, Ints, Program, Rows

PAIRS_A_FAMILY = 4
"""Pairs a family, on average, that the relaxation starts with."""

REACH = 0.25
"""How far prices may move in a round, as a part of the spread of scores."""

ROUNDS = 4
CLOSE = 1e-3
"""Part of the score at which prices are close enough: those of another future differ by far more."""


def sharpened(program: Program, rows: Rows, prices: Floats, seconds: float) -> Floats:
    """Return the best prices that a few rounds find, [R], as their bound tells."""
    best, bound = prices, price_bound(program, rows, prices)
    reach = REACH * (float(np.std(program.score)) or 1.0)
    pairs = _near(program, prices)
    for _ in range(ROUNDS):
        low, high = np.maximum(rows.least, best - reach), np.minimum(rows.most, best + reach)
        box = Rows(rows.lower, rows.upper, low, high)
        part = Part(pairs, np.zeros(len(rows.lower)), program.must)
        relaxed = solve(program, box, part, integral=False, seconds=seconds)
        if relaxed.prices is None:
            break
        found = clipped(box, relaxed.prices)
        again = price_bound(program, rows, found)
        if again < bound:
            best, bound = found, again
        if bound - relaxed.worth <= CLOSE * abs(bound - program.out_penalty):
            break
        pairs = np.union1d(pairs, _better(program, net_worth(program, found), pairs))
    return best


def _near(program: Program, prices: Floats) -> Ints:
    """Return the pairs that give away least, and the best of each family."""
    gives_away, _ = margins(program, prices)
    wanted = PAIRS_A_FAMILY * len(program.people)
    if wanted >= len(gives_away):
        return np.arange(len(gives_away))
    kept = gives_away <= np.partition(gives_away, wanted)[wanted]
    return np.union1d(np.flatnonzero(kept), _better(program, -gives_away, np.zeros(0, np.int64)))


def _better(program: Program, net: Floats, pairs: Ints) -> Ints:
    """Return the best pair of each family that has a better one than some pairs hold."""
    family = program.family
    best = np.full(len(program.people), -np.inf)
    np.maximum.at(best, family, net)
    held = np.full(len(program.people), -np.inf)
    np.maximum.at(held, family[pairs], net[pairs])
    return np.flatnonzero((net == best[family]) & (net > held[family] + 1e-9))
