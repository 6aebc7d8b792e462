"""The one door to HiGHS: a part of a program as a linear or integer program.

No other module knows the solver. Highspy takes sparse arrays as they are; nothing is modelled row by row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np

from travesia.sharing.assign.program import OUT, Flags, Floats, Ints, Program, Rows, loads

Status = Literal["optimal", "infeasible", "limit"]


@dataclass(frozen=True)
class Part:
    """Pairs of a program that are open, while all other families are settled.

    ``pairs`` are sorted; ``taken`` [R] is what the settled families put on the rows; families of ``inside``
    [F] must take one of their open pairs.
    """

    pairs: Ints
    taken: Floats
    inside: Flags


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
    program: Program, rows: Rows, part: Part, *, integral: bool, seconds: float, start: Ints | None = None
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
    start
        An answer to begin from: the pair of each family, [F].
    """
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.setOptionValue("threads", 1)
    if integral:
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.0)
        # Measured on 20 places: presolve and restarts cost more than they save, two to five times.
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("mip_allow_restart", False)
    lp, kept, slack = _model(program, rows, part, integral)
    solver.passModel(lp)
    if start is not None:
        answer = highspy.HighsSolution()
        short = np.maximum(rows.lower - loads(program, start), 0.0)
        answer.col_value = np.concatenate([np.isin(part.pairs, start).astype(np.float64), short[slack]])
        solver.setSolution(answer)
    solver.run()
    return _found(solver, program, rows, part, (kept, slack), integral)


def chosen_of(program: Program, part: Part, x: Floats, chosen: Ints) -> Ints:
    """Return an answer with the whole families of a part's solution put in, [F]."""
    out = chosen.copy()
    taken = part.pairs[x > 0.5]
    out[np.searchsorted(program.start, taken, side="right") - 1] = taken
    return out


def _model(program: Program, rows: Rows, part: Part, integral: bool) -> tuple[Any, Ints, Ints]:
    """Build the model; also return which rows of the program it has, and which of them have a slack."""
    pairs = part.pairs
    family = np.searchsorted(program.start, pairs, side="right") - 1
    families, at = np.unique(family, return_inverse=True)
    row, value = _entries(program, pairs, family)
    touched = np.zeros(len(rows.lower), np.bool_)
    touched[row[value != 0]] = True
    touched |= rows.lower > part.taken
    kept = np.flatnonzero(touched)
    number = np.full(len(rows.lower), -1)
    number[kept] = np.arange(len(kept))
    slack = kept[np.isfinite(rows.least[kept]) & (rows.least[kept] < 0)]
    # One more entry a pair: its family's row, which stands after the program's rows.
    row = np.concatenate([number[row], (len(kept) + at)[:, None]], axis=1)
    value = np.concatenate([value, np.ones((len(pairs), 1))], axis=1)
    used = value != 0
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(pairs) + len(slack), len(kept) + len(families)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([program.worth[pairs], rows.least[slack]])
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
    lp.a_matrix_.value_ = np.concatenate([value[used], np.ones(len(slack))])
    if integral:
        kinds = [highspy.HighsVarType.kInteger] * len(pairs)
        lp.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * len(slack)
    return lp, kept, slack


def _entries(program: Program, pairs: Ints, family: Ints) -> tuple[Ints, Floats]:
    """Return row and coefficient of each pair on the program's rows, [len(pairs), D + (1) + G]."""
    places, resources = program.capacity.shape
    place = program.place[pairs]
    row = [place[:, None] * resources + np.arange(resources)]
    value = [program.use[family].astype(np.float64)]
    states, groups = len(program.state_lower), len(program.group_floor)
    if states:
        row.append(places * resources + program.state_of[place][:, None])
        value.append(program.people[family][:, None].astype(np.float64))
    if groups:
        row.append(np.broadcast_to(places * resources + states + np.arange(groups), (len(pairs), groups)))
        value.append(program.group_score[:, pairs].T)
    return np.concatenate(row, axis=1), np.concatenate(value, axis=1)


def _found(
    solver: Any, program: Program, rows: Rows, part: Part, order: tuple[Ints, Ints], integral: bool
) -> Found:
    kept, _ = order
    status: Status = {
        highspy.HighsModelStatus.kOptimal: "optimal",
        highspy.HighsModelStatus.kModelEmpty: "optimal",
        highspy.HighsModelStatus.kInfeasible: "infeasible",
        highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
    }.get(solver.getModelStatus(), "limit")  # type: ignore[assignment]
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
