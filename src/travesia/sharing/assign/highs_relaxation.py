"""The relaxation in HiGHS, kept between solutions while pairs come in and prices are held in a moving box."""

from __future__ import annotations

import highspy
import numpy as np

from travesia.sharing.assign.highs import Found, columns_of, new_solver
from travesia.sharing.assign.program import Floats, Ints, Program, Rows


class Relaxation:
    """The relaxation over some pairs, solved again and again: pairs come in, prices are held in a moving box.

    Each solution starts from the last basis. Families whose pairs are not among those given at the start
    are settled: ``taken`` [R] is what they put on the rows.
    """

    def __init__(self, program: Program, pairs: Ints, taken: Floats) -> None:
        self._program, self._taken = program, taken
        self.pairs = np.zeros(0, np.int64)
        self._rows = len(taken)
        families = np.unique(np.searchsorted(program.start, pairs, side="right") - 1)
        self._number = np.full(len(program.people), -1)
        self._number[families] = self._rows + np.arange(len(families))
        inf, none = highspy.kHighsInf, np.zeros(0)
        self._solver = new_solver(0.0, integral=False)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        count = self._rows + len(families)
        lower = np.concatenate([np.full(self._rows, -inf), program.must[families].astype(np.float64)])
        upper = np.concatenate([np.full(self._rows, inf), np.ones(len(families))])
        self._solver.addRows(count, lower, upper, 0, np.zeros(count, np.int32), none.astype(np.int32), none)
        # A unit below a side and a unit above it: their worths are the ends of the box of the row's price.
        every = np.arange(self._rows, dtype=np.int32)
        for sign in (1.0, -1.0):
            self._solver.addCols(
                self._rows, np.zeros(self._rows), np.zeros(self._rows), np.full(self._rows, inf), self._rows,
                every, every, np.full(self._rows, sign),
            )  # fmt: skip
        self.add(pairs)

    def add(self, pairs: Ints) -> int:
        """Let pairs come in, but for those of settled families; return how many came."""
        program = self._program
        pairs = pairs[self._number[np.searchsorted(program.start, pairs, side="right") - 1] >= 0]
        first, row, value = columns_of(program, pairs, self._number)
        none = np.zeros(len(pairs))
        self._solver.addCols(len(pairs), program.worth[pairs], none, none + 1.0, len(row), first, row, value)
        self.pairs = np.concatenate([self.pairs, pairs])
        return len(pairs)

    def solve(self, box: Rows, seconds: float) -> Found:
        """Solve with the prices of the rows held in a box (`Rows.least`, `Rows.most`)."""
        every = np.arange(self._rows, dtype=np.int32)
        inf = highspy.kHighsInf
        lower = np.where(box.least < 0, box.lower - self._taken, -inf)
        upper = np.where(box.most > 0, box.upper - self._taken, inf)
        self._solver.changeRowsBounds(self._rows, every, lower, upper)
        for first, end, sign in ((0, box.least, 1.0), (self._rows, box.most, -1.0)):
            free = np.isfinite(end) & (end != 0)
            at = (first + every).astype(np.int32)
            self._solver.changeColsCost(self._rows, at, sign * np.where(free, end, 0.0))
            self._solver.changeColsBounds(self._rows, at, np.zeros(self._rows), np.where(free, inf, 0.0))
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.run()
        solution = self._solver.getSolution()
        worth = float(self._solver.getInfo().objective_function_value)
        if not solution.dual_valid:
            return Found("limit", None, None, worth)
        x = np.asarray(solution.col_value)[2 * self._rows :]
        return Found("optimal", x, np.asarray(solution.row_dual)[: self._rows], worth)
