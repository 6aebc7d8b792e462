"""HiGHS for groups: the least means with whole families, and where families may be parted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from travesia.sharing.assign.highs import Found, Part, columns_of, found_of, model_of, new_solver
from travesia.sharing.assign.program import Floats, Ints, Program, Rows


@dataclass(frozen=True)
class Ladder:
    """Sums of the least means of groups that stand already: of the least, the two least, and so on.

    ``size`` [G] is what each group's score is divided by.
    """

    size: Floats
    sums: tuple[float, ...] = ()


def solve_ordered(
    program: Program,
    rows: Rows,
    part: Part,
    ladder: Ladder,
    *,
    seconds: float,
) -> Found:
    """Maximise the sum of the k least means of groups, or the worth once every rung of a ladder stands.

    Families are whole.
    Mean y of each group; for rung j a level t and shortfalls d below it, so that the greatest j t - sum d is
    the sum of the j least means (Ogryczak and Sliwinski 2006): this holds for whole families too, where the
    group that is j-th worst may differ from answer to answer. Penalties count for the worth alone.
    """
    lp, kept, _ = model_of(program, rows, part, integral=True)
    groups, rungs = len(ladder.size), len(ladder.sums)
    first, above = lp.num_col_, len(rows.lower) - groups
    last = rungs == groups
    if not last:
        lp.col_cost_ = np.zeros(first)
    solver = new_solver(seconds, integral=True)
    solver.passModel(lp)
    # Finite bounds on all columns: with free ones the search has called answers that stood impossible.
    low, high = _reach(program, ladder.size)
    least, most = float(low.min()), float(high.max())
    floor = np.maximum(program.group_floor / ladder.size, low)
    solver.addCols(groups, np.zeros(groups), floor, np.maximum(floor, high), 0, [], [], [])
    at = {int(row): index for index, row in enumerate(kept)}
    for group, size in enumerate(ladder.size):
        if (row := at.get(above + group)) is None:
            solver.changeColBounds(first + group, 0.0, 0.0)
        else:
            solver.changeRowBounds(row, 0.0, 0.0)
            solver.changeCoeff(row, first + group, -float(size))
    for rung in range(1, rungs + 1 + (not last)):
        aimed = rung > rungs
        level = first + groups + (rung - 1) * (groups + 1)
        short = np.arange(level + 1, level + 1 + groups)
        cost = np.where(aimed, np.concatenate([[rung], -np.ones(groups)]), 0.0)
        lower = np.append(least, np.zeros(groups))
        upper = np.append(most, np.full(groups, most - least))
        solver.addCols(groups + 1, cost, lower, upper, 0, [], [], [])
        for group in range(groups):
            solver.addRow(
                0.0, np.inf, 3, np.array([first + group, short[group], level]), np.array([1.0, 1.0, -1.0])
            )
        if not aimed:
            index = np.concatenate([[level], short])
            value = np.concatenate([[rung], -np.ones(groups)])
            solver.addRow(ladder.sums[rung - 1], np.inf, groups + 1, index, value)
    solver.run()
    return found_of(solver, rows, part, kept, integral=True)


def _reach(program: Program, size: Floats) -> tuple[Floats, Floats]:
    """Return the least and the greatest mean that each group could have without any condition, [G]."""
    some = np.flatnonzero(np.diff(program.start))
    if not len(some):
        return np.zeros(len(size)), np.zeros(len(size))
    best, worst = (
        pick.reduceat(program.group_score, program.start[some], axis=1) for pick in (np.maximum, np.minimum)
    )
    return np.minimum(worst, 0.0).sum(axis=1) / size, np.maximum(best, 0.0).sum(axis=1) / size


class Levels:
    """The relaxation that raises the least mean of the groups that are not held yet.

    Columns are the means y of groups, the level t, then pairs, which may be added: the solver goes on from
    where it stands. Rows are the program's, one a family, and ``y >= t`` for each group. Sides that a penalty
    makes elastic do not count, for penalties are no part of a mean.
    """

    def __init__(self, program: Program, rows: Rows, size: Floats) -> None:
        groups, families = len(size), len(program.people)
        self._program, self._rows, self._groups = program, len(rows.lower), groups
        lower = np.where(np.isneginf(rows.least), rows.lower, -np.inf)
        upper = np.where(np.isposinf(rows.most), rows.upper, np.inf)
        # A group's row becomes: score less size times mean is 0; its floor bounds the mean.
        lower[-groups:] = upper[-groups:] = 0.0
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = groups + 1, len(lower) + families + groups
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.append(np.zeros(groups), 1.0)
        lp.col_lower_ = np.append(program.group_floor / size, -np.inf)
        lp.col_upper_ = np.full(groups + 1, np.inf)
        lp.row_lower_ = np.concatenate([lower, program.must.astype(np.float64), np.zeros(groups)])
        lp.row_upper_ = np.concatenate([upper, np.ones(families), np.full(groups, np.inf)])
        least = self._least(np.arange(groups))
        own = np.stack([np.arange(groups) + len(lower) - groups, least], axis=1)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.append(2 * np.arange(groups + 1), 3 * groups).astype(np.int32)
        lp.a_matrix_.index_ = np.concatenate([own.ravel(), least]).astype(np.int32)
        value = np.stack([-size, np.ones(groups)], axis=1)
        lp.a_matrix_.value_ = np.concatenate([value.ravel(), -np.ones(groups)])
        self._solver = new_solver(0.0, integral=False)
        self._solver.passModel(lp)
        self.pairs = np.zeros(0, np.int64)

    def _least(self, groups: Ints) -> Ints:
        """Return the rows ``y >= t`` of groups."""
        return self._rows + len(self._program.people) + groups

    def add(self, pairs: Ints) -> None:
        """Open further pairs."""
        family_row = self._rows + np.arange(len(self._program.people))
        start, index, value = columns_of(self._program, pairs, family_row)
        none = np.zeros(len(pairs))
        self._solver.addCols(len(pairs), none, none, none + np.inf, len(index), start, index, value)
        self.pairs = np.concatenate([self.pairs, pairs])

    def solve(self, seconds: float) -> tuple[float, Floats, Floats, Floats] | None:
        """Return the level, the means [G], the prices of the program's rows [R], and who holds it down.

        The last is the weight of each group's row in the level, [G]: a group with a weight above 0 has the
        level as its mean in every best answer. ``None`` where there is no answer, or none was found in time.
        """
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        # What is there when pairs come in stays feasible, so that the primal simplex can go on from it.
        self._solver.setOptionValue("simplex_strategy", 4)
        solution: Any = self._solver.getSolution()
        dual = np.asarray(solution.row_dual)
        level = float(self._solver.getInfo().objective_function_value)
        means = np.asarray(solution.col_value)[: self._groups]
        return level, means, dual[: self._rows], np.abs(dual[self._least(np.arange(self._groups))])

    def hold(self, group: int, level: float) -> None:
        """Promise a group a mean, and let it no longer hold the level down."""
        row = int(self._least(np.array([group]))[0])
        self._solver.changeColBounds(group, level, np.inf)
        self._solver.changeRowBounds(row, -np.inf, np.inf)
