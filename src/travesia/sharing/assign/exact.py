"""Small instances, to the proven optimum: prices say which pairs can still matter, only these are searched.

A pair whose net worth lies ``g`` below its family's best cannot be in any answer worth more than the price
bound less ``g`` (reduced cost fixing). So a search over the pairs with ``g`` up to some margin, once it finds
an answer within that margin of the bound, has found the best of all. Cuts bring the bound down to just above
the best answer, where few pairs are left and hardly any room may stay empty. From there the search goes down
step by step: one too short fails at little cost.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from travesia.sharing.assign.bound import best_of, clipped, net_worth, price_bound
from travesia.sharing.assign.cuts import sharper, within
from travesia.sharing.assign.highs import Part, chosen_of, cut, everyone_out, solve, whole_part
from travesia.sharing.assign.program import Floats, Ints, Program, Rows, fits, penalties, rows_of

MARGIN, WIDER = 0.004, 8.0
"""Of the score that the prices allow: how far below it to look at first; and how much wider after a miss."""

STEP, LEAST, DEEPER = 0.03, 1e-7, 1.6
"""How far below the bound of the cuts to look first, in parts of what they took off and, at the least, of the
score; and how much deeper then."""

MOST_RESOURCES = 6
"""Of more, sums are not compared."""

TRIFLE = 2e-10
"""Of the score that the prices allow: what makes no difference."""


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
    chosen, proven = _search(program, without_implied(program, rows), prices, bound, deadline)
    if chosen is None and not proven and fits(program, rows, everyone_out(program)):
        chosen = everyone_out(program)
    return Solved(chosen, prices, bound, proven)


class _Best:
    """The best answer so far."""

    def __init__(self, program: Program, rows: Rows) -> None:
        self.program, self.rows = program, rows
        self.chosen: Ints | None = None
        self.worth = -np.inf

    def see(self, part: Part, x: Floats | None) -> None:
        """Take a solution of a part, if there is one and it is better."""
        if x is None:
            return
        chosen = chosen_of(self.program, part, x, everyone_out(self.program))
        worth = answer_worth(self.program, self.rows, chosen)
        if worth > self.worth:
            self.chosen, self.worth = chosen, worth


def without_implied(program: Program, rows: Rows) -> Rows:
    """Free the rows that hold wherever some others do: beds, say, that are as many as those of all ages.

    A solver with the same row twice has more to do, and finds less.
    """
    resources = program.capacity.shape[1]
    kept = np.ones(program.capacity.shape, np.bool_)
    for resource in range(resources if resources <= MOST_RESOURCES else 0):
        others = [other for other in range(resources) if other != resource]
        for count in range(1, resources):
            for some in map(list, combinations(others, count)):
                if (program.use[:, resource] <= program.use[:, some].sum(axis=1)).all():
                    room = program.capacity[:, some].sum(axis=1) <= program.capacity[:, resource]
                    kept[:, resource] &= ~(room & kept[:, some].all(axis=1))
    free = np.flatnonzero(~kept.ravel())
    upper, most = rows.upper.copy(), rows.most.copy()
    upper[free], most[free] = np.inf, 0.0
    return replace(rows, upper=upper, most=most)


def _search(
    program: Program, rows: Rows, prices: Floats, bound: float, deadline: float
) -> tuple[Ints | None, bool]:
    """Return the best answer found, and whether it is proved that there is none better."""
    gives_away, out = margins(program, prices)
    margin = MARGIN * max(abs(bound - program.out_penalty), 1.0)
    best = _Best(program, rows)
    while _left(deadline) > 0:
        everything = bool((gives_away <= margin).all() and (out[~program.must] <= margin).all())
        open_pairs = np.flatnonzero(gives_away <= margin)
        near = Part(open_pairs, np.zeros(len(rows.lower)), program.must | (out > margin))
        floor = -np.inf if everything else bound - margin
        ended = _descend(best, near, (bound, floor), deadline)
        if ended is None:
            break
        if ended:
            return best.chosen, True
        margin *= WIDER
    return best.chosen, False


def _descend(best: _Best, near: Part, ends: tuple[float, float], deadline: float) -> bool | None:
    """Look further and further down for the best answer of a part; tell whether it is found and proved.

    ``ends`` are the bound of the prices and the worth below which not to look. ``None``: no time is left.
    """
    program, rows = best.program, best.rows
    bound, floor = ends
    found = cut(program, rows, near, _left(deadline))
    if found is None:
        return None
    best.see(near, found.x)
    sharp = sharper(program, rows, near, found)
    size = max(abs(bound - program.out_penalty), 1.0)
    depth, slack = max(STEP * (bound - sharp.bound), LEAST * size), TRIFLE * size
    while _left(deadline) > 0:
        lowest = max(sharp.bound - depth, floor, best.worth)
        if np.isneginf(sharp.bound) or sharp.bound + slack < lowest:
            return best.worth >= lowest
        part, full = within(near, rows, sharp, sharp.bound - lowest + slack)
        if len(part.pairs) == len(near.pairs) and (part.inside == near.inside).all():
            lowest, full = max(floor, best.worth), rows
        searched = solve(program, full, part, integral=True, seconds=_left(deadline), cutoff=lowest - slack)
        best.see(part, searched.x)
        if searched.status == "limit":
            return None
        if best.worth >= lowest or lowest == floor:
            return best.worth >= lowest
        depth *= DEEPER
    return None


def _left(deadline: float) -> float:
    return deadline - time.monotonic()
