"""The door to HiGHS: a part of a program as a linear or integer program.

No other module but `highs_groups` knows the solver. Highspy takes sparse arrays as they are; nothing is
modelled row by row.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np

from travesia.sharing.assign.program import OUT, Flags, Floats, Ints, Program, Rows, entries, loads

Status = Literal["optimal", "infeasible", "limit"]


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


class _Quiet(highspy.Highs):
    """A solver that says nothing from its first breath: HiGHS 1.16 prints its name as it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 - HiGHS's own name; it calls this while it is made
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def new_solver(seconds: float, integral: bool, cutoff: float = -np.inf) -> Any:
    """Return a solver with the options of this package."""
    solver: Any = _Quiet()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.setOptionValue("threads", 1)
    if integral:
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_abs_gap", 0.0)
        solver.setOptionValue("mip_allow_restart", False)
        if np.isfinite(cutoff):
            # HiGHS minimises inside.
            solver.setOptionValue("objective_bound", -cutoff)
            _only_search(solver)
        else:
            solver.setOptionValue("presolve", "off")
    return solver


def _only_search(solver: Any) -> None:
    """Let a solver search the tree of answers and do little else, which is the fastest way to a proof."""
    solver.setOptionValue("mip_heuristic_effort", 0.0)
    for heuristic in ("feasibility_jump", "rens", "rins", "root_reduced_cost"):
        solver.setOptionValue(f"mip_heuristic_run_{heuristic}", False)
    # By default most of the time goes into trying out branches, and much into cuts that no longer bind.
    solver.setOptionValue("mip_pscost_minreliable", 1)
    solver.setOptionValue("mip_pool_soft_limit", 500)


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


@dataclass(frozen=True)
class Cut:
    """What HiGHS finds out about a part before it branches.

    ``x`` is an answer, if it came upon one. ``value`` [C, pairs] and ``upper`` [C] are cuts, ``value @ x <=
    upper``, which all answers keep that are worth more than that one; ``prices`` [R] and ``cut_prices`` [C]
    are of the relaxation with them. ``ended``: there is no better answer.
    """

    x: Floats | None
    ended: bool
    value: Floats
    upper: Floats
    prices: Floats
    cut_prices: Floats


def cut(program: Program, rows: Rows, part: Part, seconds: float) -> Cut | None:
    """Let HiGHS cut the relaxation of a part; ``None`` if time runs out."""
    began = time.monotonic()
    solver = new_solver(seconds, integral=True)
    # Presolve stays off: cuts must be about the pairs as they stand.
    _only_search(solver)
    solver.setOptionValue("mip_max_nodes", 1)
    lp, kept, _ = model_of(program, rows, part, integral=True)
    if not lp.num_col_:
        nothing = np.zeros(0)
        return Cut(None, False, np.zeros((0, 0)), nothing, np.zeros(len(rows.lower)), nothing)
    value, upper = np.zeros((0, lp.num_col_)), np.zeros(0)

    def keep(event: Any) -> None:
        nonlocal value, upper
        pool = event.data_out
        upper = np.array(pool.cutpool_upper)
        size = np.diff(np.append(pool.cutpool_start[: len(upper)], len(pool.cutpool_index)))
        value = np.zeros((len(upper), lp.num_col_))
        value[np.repeat(np.arange(len(upper)), size), pool.cutpool_index] = pool.cutpool_value

    solver.cbMipGetCutPool.subscribe(keep)
    solver.passModel(lp)
    solver.run()
    found = found_of(solver, rows, part, kept, integral=True)
    on_pairs = ~value[:, len(part.pairs) :].any(axis=1)
    value, upper = value[on_pairs], upper[on_pairs]
    lp.integrality_ = []
    relaxed = new_solver(seconds + began - time.monotonic(), integral=False)
    relaxed.passModel(lp)
    at, column = np.nonzero(value)
    begin = np.searchsorted(at, np.arange(len(upper))).astype(np.int32)
    low = np.full(len(upper), -np.inf)
    relaxed.addRows(len(upper), low, upper, len(at), begin, column.astype(np.int32), value[at, column])
    relaxed.run()
    status = _status(relaxed)
    if status == "limit":
        return None
    dual = (
        np.asarray(relaxed.getSolution().row_dual)
        if status == "optimal"
        else np.zeros(len(upper) + len(kept))
    )
    prices = np.zeros(len(rows.lower))
    prices[kept] = dual[: len(kept)]
    return Cut(
        x=found.x,
        ended=found.status != "limit" or status == "infeasible",
        value=value[:, : len(part.pairs)],
        upper=upper,
        prices=prices,
        cut_prices=dual[len(dual) - len(upper) :],
    )


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
