"""Leximin over groups: the least mean as high as can be, then the next least, and so on.

For whole families the sums of the k least means are maximised one after the other, k = 1, 2, ..., each kept
while the next is raised (W. Ogryczak and T. Sliwinski, "On direct methods for lexicographic min-max
optimization", ICCSA 2006). At scale that is out of reach, and groups are promised what the relaxation gives
them, less a little; there the groups whose rows have a price are those that cannot get more.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from travesia.sharing.assign.bound import best_of, net_worth
from travesia.sharing.assign.exact import Solved, margins
from travesia.sharing.assign.highs import chosen_of, everyone_out, whole_part
from travesia.sharing.assign.highs_groups import Ladder, Levels, solve_ordered
from travesia.sharing.assign.program import OUT, Floats, Ints, Program, Rows, loads

SAME = 1e-6
"""By how much a sum of means may fall back while the next is raised: what the solver cannot tell apart."""

CLOSE = 1e-4
"""Part of a sum of means that pairs not considered could still add to the relaxation."""

PAIRS = 4
"""Pairs a family, on average, that the relaxation of a large program starts with."""


def means_of(program: Program, size: Floats, chosen: Ints) -> Floats:
    """Return the mean of each group in an answer, [G]."""
    return loads(program, chosen)[-len(size) :] / size


def exact_leximin(program: Program, rows: Rows, size: Floats, deadline: float) -> Ints | None:
    """Return the leximin answer of whole families that has the greatest worth, [F].

    Parameters
    ----------
    program, rows
        What is solved; floors of groups hold as well.
    size
        What the score of each group is divided by, [G].
    deadline
        By `time.monotonic`.

    Returns
    -------
    Ints or None
        ``None`` where there is no answer, or none was proven by the deadline.
    """
    if (program.must & (np.diff(program.start) == 0)).any():
        return None
    ladder, part = Ladder(size), whole_part(program, rows)
    chosen = everyone_out(program)
    for rung in range(1, len(size) + 2):
        found = solve_ordered(program, rows, part, ladder, seconds=deadline - time.monotonic())
        if found.status == "infeasible" and rung > 1:
            # The answer before stands, so that only the solver's tolerance can be in the way.
            ladder = replace(ladder, sums=tuple(value - 9 * SAME for value in ladder.sums))
            found = solve_ordered(program, rows, part, ladder, seconds=deadline - time.monotonic())
        if found.status != "optimal" or found.x is None:
            return None
        chosen = chosen_of(program, part, found.x, everyone_out(program))
        least = float(np.sort(means_of(program, size, chosen))[:rung].sum())
        ladder = replace(ladder, sums=(*ladder.sums, least - SAME))
    return chosen


def relaxed_leximin(
    program: Program, rows: Rows, size: Floats, pairs: Ints, deadline: float
) -> Floats | None:
    """Return the leximin means where families may be parted, [G]; no answer of whole families beats them.

    The least mean is raised; groups that hold it down keep it, and the least of the others is raised. Begins
    with some pairs and takes in those that the prices of each step ask for, until all others together could
    add no more than `CLOSE`. ``None`` where there is no answer, or time is up.
    """
    blank = replace(program, score=np.zeros(len(program.place)), unplaced_penalty=0.0)
    levels = Levels(program, rows, size)
    levels.add(pairs)
    free = np.ones(len(size), np.bool_)
    means: Floats | None = None
    while free.any():
        found = levels.solve(deadline - time.monotonic())
        if found is None:
            return None
        level, means, prices, weight = found
        asked, more = _asked(blank, prices, levels.pairs)
        if more > CLOSE * abs(level):
            levels.add(asked)
            continue
        # The weights add up to 1, so that one group at least is held.
        down = free & (weight > SAME)
        for group in np.flatnonzero(down):
            levels.hold(int(group), level - SAME)
        free &= ~down
    return means


def near_pairs(program: Program, solved: Solved) -> Ints:
    """Return pairs that give little away at the prices of an answer, its own, and the best of each group."""
    if PAIRS * len(program.people) >= len(program.place):
        return np.arange(len(program.place))
    gives_away, _ = margins(program, solved.prices)
    kept = gives_away <= np.partition(gives_away, PAIRS * len(program.people))[PAIRS * len(program.people)]
    kept |= np.repeat(program.must, np.diff(program.start))
    if solved.chosen is not None:
        kept[solved.chosen[solved.chosen != OUT]] = True
    return np.flatnonzero(kept)


def _asked(blank: Program, prices: Floats, pairs: Ints) -> tuple[Ints, float]:
    """Return the best pair of each family that beats those held, and what all these could add at most."""
    net = net_worth(blank, prices)
    best = best_of(blank, net)
    held = np.where(blank.must, -np.inf, 0.0)
    np.maximum.at(held, blank.family[pairs], net[pairs])
    gain = np.where(np.isfinite(best), best, 0.0) - np.where(np.isfinite(held), held, 0.0)
    family = blank.family
    asked = np.flatnonzero((net == best[family]) & (gain[family] > 1e-9))
    return asked, float(gain.sum())
