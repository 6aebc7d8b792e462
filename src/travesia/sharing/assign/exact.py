"""Small instances, to the proven optimum: prices say which pairs can still matter, only these are searched.

A pair whose net worth lies ``g`` below its family's best cannot be in any answer worth more than the price
bound less ``g`` (reduced cost fixing). So the search over the pairs with ``g`` up to some margin, once it
finds an answer within that margin of the bound, has found the best of all.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.highs import Part, chosen_of, everyone_out, solve, whole_part
from travesia.sharing.assign.program import Floats, Ints, Program, Rows, fits, penalties, rows_of

FIRST_MARGIN = 0.0002
"""Of the score that the prices allow: the margin that is tried first; most instances need no other."""


@dataclass(frozen=True)
class Solved:
    """An answer: the pair of each family, ``None`` where no answer keeps all conditions.

    ``bound`` is of the worth (see `Program.worth`). ``proven`` says that the whole search ended, so that no
    answer is worth more than this one, which the prices alone need not show.
    """

    chosen: Ints | None
    prices: Floats
    bound: float
    proven: bool

    def gap(self, program: Program) -> float:
        """Return bound less worth, penalties counted in both alike; 0 where it is proven."""
        if self.chosen is None:
            return float("inf")
        worth = answer_worth(program, rows_of(program), self.chosen)
        return 0.0 if self.proven else max(self.bound - worth, 0.0)


def answer_worth(program: Program, rows: Rows, chosen: Ints) -> float:
    """Return the worth of an answer: what the bound bounds."""
    score = float(program.score[chosen[chosen >= 0]].sum())
    return score - penalties(program, rows, chosen) + program.out_penalty


def margins(program: Program, prices: Floats) -> tuple[Floats, Floats]:
    """Return what choosing each pair gives away at the prices, [K], and what leaving each family out does."""
    net = net_worth(program, prices)
    best = best_of(program, net)
    return np.repeat(best, np.diff(program.start)) - net, best


def solve_exact(program: Program, rows: Rows, deadline: float) -> Solved:
    """Solve a program to the proven optimum, or as far as it gets until `deadline` (`time.monotonic`)."""
    if (program.must & (np.diff(program.start) == 0)).any():
        return Solved(None, np.zeros(len(rows.lower)), -np.inf, proven=True)
    relaxed = solve(program, rows, whole_part(program, rows), integral=False, seconds=_left(deadline))
    if relaxed.status == "infeasible":
        return Solved(None, np.zeros(len(rows.lower)), -np.inf, proven=True)
    prices = clipped(rows, relaxed.prices if relaxed.prices is not None else np.zeros(len(rows.lower)))
    bound = price_bound(program, rows, prices)
    gives_away, best = margins(program, prices)
    margin = FIRST_MARGIN * max(abs(bound - program.out_penalty), 1.0)
    chosen: Ints | None = None
    while True:
        everything = bool((gives_away <= margin).all() and (best[~program.must] <= margin).all())
        part = Part(
            np.flatnonzero(gives_away <= margin),
            np.zeros(len(rows.lower)),
            program.must | (best > margin),
            chosen,
        )
        found = solve(program, rows, part, integral=True, seconds=_left(deadline))
        if found.x is not None:
            chosen = chosen_of(program, part, found.x, everyone_out(program))
        if found.status == "limit" or time.monotonic() > deadline:
            nobody = everyone_out(program)
            stands = chosen if chosen is not None else nobody if fits(program, rows, nobody) else None
            return Solved(stands, prices, bound, proven=False)
        if chosen is None:
            if everything:
                return Solved(None, prices, bound, proven=True)
            margin = 10 * margin
        elif everything or bound - answer_worth(program, rows, chosen) <= margin:
            return Solved(chosen, prices, bound, proven=True)
        else:
            # The answer found says how far a better one can give away.
            margin = bound - answer_worth(program, rows, chosen)


def _left(deadline: float) -> float:
    return deadline - time.monotonic()
