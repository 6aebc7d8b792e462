"""Cuts: conditions that every whole answer keeps anyway, and that the relaxation breaks.

HiGHS finds them; what they are worth is reckoned here, by weak duality as in `price_bound`: cuts are rows
more, with prices of 0 or more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.bound import best_of, clipped, net_worth, row_terms
from travesia.sharing.assign.highs import Cut, Part
from travesia.sharing.assign.program import Floats, Program, Rows


@dataclass(frozen=True)
class Sharper:
    """A bound of the answers of a part that are better than the one that came with its cuts.

    ``bound`` is -inf where there are none. ``gives_away`` is what each pair of the part gives away against
    it, [pairs of the part], ``out`` what leaving each family out does, [F], and ``idle`` what each unit of
    room that stays empty does, [R].
    """

    bound: float
    gives_away: Floats
    out: Floats
    idle: Floats


def sharper(program: Program, rows: Rows, part: Part, cut: Cut) -> Sharper:
    """Bound the answers of a part in which nobody is settled (``taken`` is 0)."""
    if cut.ended:
        return Sharper(
            -np.inf, np.zeros(len(part.pairs)), np.zeros(len(part.inside)), np.zeros(len(rows.lower))
        )
    prices, cut_prices = clipped(rows, cut.prices), np.maximum(cut.cut_prices, 0.0)
    net = np.full(len(program.place), -np.inf)
    net[part.pairs] = net_worth(program, prices)[part.pairs] - cut_prices @ cut.value
    best = best_of(program, net, part.inside)
    bound = float(best.sum() + row_terms(rows, prices).sum() + cut_prices @ cut.upper)
    return Sharper(bound, best[program.family[part.pairs]] - net[part.pairs], best, np.maximum(prices, 0.0))


def within(part: Part, rows: Rows, sharp: Sharper, width: float) -> tuple[Part, Rows]:
    """Return what answers can have that are worth no less than the bound less a width.

    That is pairs and families that may stay out, and rows that leave no more room empty than such an answer
    can: most of them none, so that they hold with equality.
    """
    few = Part(part.pairs[sharp.gives_away <= width], part.taken, part.inside | (sharp.out > width))
    costs = (sharp.idle > 0) & np.isfinite(rows.upper)
    # A trifle more, for the division rounds.
    empty = np.floor(width / np.where(costs, sharp.idle, 1.0) + 1e-6)
    lower = np.where(costs, rows.upper - empty, -np.inf)
    raised = lower > np.maximum(rows.lower, 0.0)
    return few, replace(
        rows, lower=np.where(raised, lower, rows.lower), least=np.where(raised, -np.inf, rows.least)
    )
