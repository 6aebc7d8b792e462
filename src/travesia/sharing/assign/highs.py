"""The door to HiGHS: a part of a program as a linear or integer program.

No other module but `highs_groups` knows the solver. Highspy takes sparse arrays as they are; nothing is
modelled row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np

from travesia.sharing.assign.program import OUT, Flags, Floats, Ints, Program, Rows, entries, loads

Status = Literal["optimal", "infeasible", "limit"]

SPLIT = 0.01
"""A pair is chosen in part from here on."""


@dataclass(frozen=True)
class Part:
    """Pairs of a program that are open, while all other families are settled.

    ``pairs`` are sorted; ``taken`` [R] is what the settled families put on the rows; families of ``inside``
    [F] must take one of their open pairs. ``start`` [F] is an answer to begin from.
    """

    pairs: Ints
    taken: Floats
    inside: Flags
    start: Ints | None = None


@dataclass(frozen=True)
class Found:
    """What HiGHS found: ``x`` for each open pair (``None`` if nothing), ``prices`` of the rows (of an LP)."""

    status: Status
    x: Floats | None
    prices: Floats | None
    worth: float


def whole_part(program: Program, rows: Rows) -> Part:
    """Return all of a program as a part."""
    return Part(np.arange(len(program.place)), np.zeros(len(rows.lower)), program.must)


def solve(
    program: Program,
    rows: Rows,
    part: Part,
    *,
    integral: bool,
    seconds: float,
    cutoff: float = -np.inf,
) -> Found:
    """Solve a part of a program.

    Parameters
    ----------
    program, rows, part
        What is solved, and which of it is open.
    integral
        Whole families, or parts of them.
    seconds
        Time limit.
    cutoff
        Answers worth less need not be found; what is found then may be worth less than the best of the part.
    """
    if not len(part.pairs) and not np.isfinite(rows.least[rows.least < 0]).any():
        # HiGHS calls a model without columns empty, whatever its rows ask for.
        possible = bool((rows.lower <= part.taken).all())
        x = np.zeros(0) if possible else None
        return Found("optimal" if possible else "infeasible", x, np.zeros(len(rows.lower)), 0.0)
    solver = new_solver(seconds, integral, cutoff)
    lp, kept, below = model_of(program, rows, part, integral)
    solver.passModel(lp)
    if part.start is not None:
        answer = highspy.HighsSolution()
        short = np.maximum(rows.lower - loads(program, part.start), 0.0)
        answer.col_value = np.concatenate([np.isin(part.pairs, part.start).astype(np.float64), short[below]])
        solver.setSolution(answer)
    solver.run()
    return found_of(solver, rows, part, kept, integral)


def integer_model(program: Program, rows: Rows) -> Any:
    """Return all of a program as HiGHS takes it, for comparison."""
    return model_of(program, rows, whole_part(program, rows), integral=True)[0]


def chosen_of(program: Program, part: Part, x: Floats, chosen: Ints) -> Ints:
    """Return an answer with the whole families of a part's solution put in, [F]."""
    out = chosen.copy()
    taken = part.pairs[x > 0.5]
    out[np.searchsorted(program.start, taken, side="right") - 1] = taken
    return out


def new_solver(seconds: float, integral: bool, cutoff: float = -np.inf) -> Any:
    """Return a solver with the options of this package."""
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.setOptionValue("threads", 1)
    if integral:
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.0)
        if np.isfinite(cutoff):
            # HiGHS minimises inside.
            solver.setOptionValue("objective_bound", -cutoff)
        # On 300 to 500 families at 20 places with three resources both cost more than they save, twice and
        # more; with one resource it is about even.
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("mip_allow_restart", False)
    return solver


def columns_of(program: Program, pairs: Ints, family_row: Ints) -> tuple[Ints, Ints, Floats]:
    """Return pairs as columns: where each starts, rows and values; each also stands on its family's row."""
    family = np.searchsorted(program.start, pairs, side="right") - 1
    row, value = entries(program, pairs, family)
    row = np.concatenate([row, family_row[family][:, None]], axis=1)
    value = np.concatenate([value, np.ones((len(pairs), 1))], axis=1)
    used = value != 0
    first = np.cumsum(used.sum(axis=1)) - used.sum(axis=1)
    return first.astype(np.int32), row[used].astype(np.int32), value[used]


def model_of(program: Program, rows: Rows, part: Part, integral: bool) -> tuple[Any, Ints, Ints]:
    """Build the model; also return which rows of the program it has, and which of them may be missed."""
    pairs = part.pairs
    family = np.searchsorted(program.start, pairs, side="right") - 1
    families, at = np.unique(family, return_inverse=True)
    row, value = entries(program, pairs, family)
    touched = np.zeros(len(rows.lower), np.bool_)
    touched[row[value != 0]] = True
    touched |= rows.lower > part.taken
    kept = np.flatnonzero(touched)
    number = np.full(len(rows.lower), -1)
    number[kept] = np.arange(len(kept))
    # A price that is bounded is a way out at that price: below a side, or above it.
    below = kept[np.isfinite(rows.least[kept]) & (rows.least[kept] != 0)]
    above = kept[np.isfinite(rows.most[kept]) & (rows.most[kept] != 0)]
    slack = np.concatenate([below, above])
    sign = np.concatenate([np.ones(len(below)), -np.ones(len(above))])
    # One more entry a pair: its family's row, which stands after the program's rows.
    row = np.concatenate([number[row], (len(kept) + at)[:, None]], axis=1)
    value = np.concatenate([value, np.ones((len(pairs), 1))], axis=1)
    used = value != 0
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(pairs) + len(slack), len(kept) + len(families)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([program.worth[pairs], rows.least[below], -rows.most[above]])
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate([np.ones(len(pairs)), np.full(len(slack), np.inf)])
    needed = part.inside[families].astype(np.float64)
    lower = np.where(rows.least[kept] < 0, rows.lower[kept] - part.taken[kept], -np.inf)
    lp.row_lower_ = np.concatenate([lower, needed])
    upper = np.where(rows.most[kept] > 0, rows.upper[kept] - part.taken[kept], np.inf)
    lp.row_upper_ = np.concatenate([upper, np.ones(len(families))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    counts = np.concatenate([[0], used.sum(axis=1), np.ones(len(slack), np.int64)])
    lp.a_matrix_.start_ = np.cumsum(counts).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate([row[used], number[slack]]).astype(np.int32)
    lp.a_matrix_.value_ = np.concatenate([value[used], sign])
    if integral:
        kinds = [highspy.HighsVarType.kInteger] * len(pairs)
        lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * len(slack)
    return lp, kept, below


class WithCuts:
    """The relaxation of a part of a program, to which cuts can be added; it keeps its basis in between.

    ``family`` and ``row_of_family`` are of each open pair, ``number`` is the model's row for each of the
    program's, ``kept`` the program's for each of the model's first ones; the families' rows follow them.
    ``cut_value`` [C, pairs] and ``cut_upper`` [C] are the cuts that bind.
    """

    def __init__(self, program: Program, rows: Rows, part: Part, seconds: float) -> None:
        lp, self.kept, _ = model_of(program, rows, part, integral=False)
        self.family = np.searchsorted(program.start, part.pairs, side="right") - 1
        at = np.unique(self.family, return_inverse=True)[1]
        self.number = np.zeros(len(rows.lower), np.int64)
        self.number[self.kept] = np.arange(len(self.kept))
        self.row_of_family = len(self.kept) + at
        self.rows, self.pairs, self.height = len(rows.lower), len(part.pairs), lp.num_row_
        self.cut_value, self.cut_upper = np.zeros((0, self.pairs)), np.zeros(0)
        self.solver = new_solver(seconds, integral=False)
        self.solver.passModel(lp)
        self._run()

    @property
    def solved(self) -> bool:
        """Tell whether there is a relaxed answer."""
        return self.status == "optimal"

    def add(self, value: Floats, upper: Floats) -> None:
        """Add cuts ``value @ x <= upper`` and solve again; those that no longer bind are dropped."""
        counts = (value != 0).sum(axis=1)
        begin = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int32)
        index = np.nonzero(value)[1].astype(np.int32)
        low = np.full(len(upper), -np.inf)
        self.solver.addRows(len(upper), low, upper, len(index), begin, index, value[value != 0])
        self.cut_value = np.concatenate([self.cut_value, value])
        self.cut_upper = np.concatenate([self.cut_upper, upper])
        self._run()
        if self.solved:
            basic = highspy.HighsBasisStatus.kBasic
            idle = np.array([row == basic for row in self.solver.getBasis().row_status[self.height :]])
            if idle.any():
                away = (self.height + np.flatnonzero(idle)).astype(np.int32)
                self.solver.deleteRows(len(away), away)
                self.cut_value, self.cut_upper = self.cut_value[~idle], self.cut_upper[~idle]
                self._run()

    def weights(self) -> Floats:
        """Return the inverse of the basis, [N, model's rows], for the pairs that are chosen in part."""
        pair = np.asarray(self.solver.getBasicVariables()[1])
        basic = np.flatnonzero((pair >= 0) & (pair < self.pairs))
        x = self.x[pair[basic]]
        split = basic[np.abs(x - np.rint(x)) > SPLIT]
        found = [self.solver.getBasisInverseRow(int(row))[1] for row in split]
        return np.array(found) if found else np.zeros((0, self.height))

    def _run(self) -> None:
        self.solver.run()
        self.status: Status = _status(self.solver)
        solution = self.solver.getSolution()
        self.worth = float(self.solver.getInfo().objective_function_value)
        self.x = np.asarray(solution.col_value)[: self.pairs]
        dual = np.asarray(solution.row_dual)
        self.prices, self.cut_prices = np.zeros(self.rows), np.zeros(0)
        if self.solved:
            self.prices[self.kept] = dual[: len(self.kept)]
            self.cut_prices = dual[self.height :]


def _status(solver: Any) -> Status:
    return {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kModelEmpty: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
    }.get(solver.getModelStatus(), "limit")  # type: ignore[return-value]


def found_of(solver: Any, rows: Rows, part: Part, kept: Ints, integral: bool) -> Found:
    """Return what a solver that has run found."""
    status = _status(solver)
    solution = solver.getSolution()
    feasible = solver.getInfo().primal_solution_status == 2
    x = np.asarray(solution.col_value)[: len(part.pairs)] if feasible else None
    prices = None
    if not integral and solution.dual_valid:
        prices = np.zeros(len(rows.lower))
        prices[kept] = np.asarray(solution.row_dual)[: len(kept)]
    return Found(status, x, prices, float(solver.getInfo().objective_function_value))


def everyone_out(program: Program) -> Ints:
    """Return the answer that leaves everybody out, [F]."""
    return np.full(len(program.people), OUT)
