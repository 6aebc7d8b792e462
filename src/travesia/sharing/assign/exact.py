"""Small instances, to the proven optimum: prices say which pairs can still matter, only these are searched.

A pair whose net worth lies ``g`` below its family's best cannot be in any answer worth more than the price
bound less ``g`` (reduced cost fixing). So a search over the pairs with ``g`` up to some margin, once it finds
an answer within that margin of the bound, has found the best of all. How far below the bound the best answer
lies is guessed from what a few cuts take off the bound; a guess too short fails at little cost, and the next
one reaches further.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.cuts import Sharper, sharpen
from travesia.sharing.assign.highs import Part, chosen_of, everyone_out, solve, whole_part
from travesia.sharing.assign.program import Floats, Ints, Program, Rows, fits, penalties, rows_of

FIRST_MARGIN = 0.0002
"""Of the score that the prices allow: the margin that is tried first."""

BEYOND, FURTHER, LAST = 1.35, 1.1, 2.0
"""How far below the bound to look for the best answer, times what cuts take off it; how much further after a
miss; and from where on, with all pairs open, as far as there are answers."""

WIDER, SPARE = 3.0, 1.35
"""By how much the margin grows at most in one step, and how much wider than needed, for the next guesses."""


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
    chosen, proven = _search(program, rows, prices, bound, deadline)
    if chosen is None and not proven and fits(program, rows, everyone_out(program)):
        chosen = everyone_out(program)
    return Solved(chosen, prices, bound, proven)


def _search(
    program: Program, rows: Rows, prices: Floats, bound: float, deadline: float
) -> tuple[Ints | None, bool]:
    """Return the best answer found, and whether it is proved that there is none better."""
    gives_away, out = margins(program, prices)
    least = FIRST_MARGIN * max(abs(bound - program.out_penalty), 1.0)
    margin, beyond = least, BEYOND
    chosen: Ints | None = None
    sharper: Sharper | None = None
    while _left(deadline) > 0:
        if sharper is None:
            everything = bool((gives_away <= margin).all() and (out[~program.must] <= margin).all())
            near = _near(program, rows, np.arange(len(gives_away)), (gives_away, out), margin)
            sharper = sharpen(program, rows, near, _left(deadline))
        if sharper is None:
            break
        aim = beyond * max(bound - sharper.bound, least / 16)
        if aim > margin and not everything:
            margin, sharper = min(SPARE * aim, WIDER * margin), None
            continue
        if np.isinf(aim):
            return None, True
        floor = -np.inf if everything and beyond > LAST else bound - aim
        slack = least / 1e6
        width = sharper.bound - floor + slack
        few = _near(program, rows, near.pairs, (sharper.gives_away, sharper.out), width)
        seconds = _left(deadline)
        found = solve(program, rows, few, integral=True, seconds=seconds, cutoff=floor - slack)
        worth = -np.inf
        if found.x is not None:
            answer = chosen_of(program, few, found.x, everyone_out(program))
            worth = answer_worth(program, rows, answer)
            if chosen is None or worth > answer_worth(program, rows, chosen):
                chosen = answer
        if found.status == "limit":
            break
        if worth >= floor:
            return chosen, True
        beyond *= FURTHER
    return chosen, False


def _near(program: Program, rows: Rows, pairs: Ints, given: tuple[Floats, Floats], margin: float) -> Part:
    """Return the part with what gives away no more than a margin: pairs, and families that may stay out."""
    gives_away, out = given
    return Part(pairs[gives_away <= margin], np.zeros(len(rows.lower)), program.must | (out > margin))


def _left(deadline: float) -> float:
    return deadline - time.monotonic()
