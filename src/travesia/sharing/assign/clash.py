"""Why nothing is possible: conditions that cannot hold together, each of which is needed for that.

A deletion filter (Chinneck and Dravnieks 1991): take conditions out one by one; one without which the rest is
still infeasible stays out. What remains is irreducible: without any one of it there would be an answer. It
starts from the conditions that the relaxation's proof uses, where there is one.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from travesia.sharing.assign.highs import Part, solve
from travesia.sharing.assign.instance import Condition, Instance
from travesia.sharing.assign.program import Flags, Floats, Program, Rows, rows_of

_SIDES = 2


def clash_of(instance: Instance, deadline: float) -> tuple[Condition, ...]:
    """Return an irreducible set of clashing conditions of an infeasible instance, in words.

    Stops filtering at `deadline`; what is named then clashes, but may hold more than is needed.
    """
    program = _hard(instance.program)
    rows = rows_of(program)
    pinned = np.flatnonzero(program.must)
    for family in pinned:
        if program.start[family] == program.start[family + 1]:
            return _of_family(instance, int(family))
    relaxed = not _possible(program, rows, program.must, integral=False, deadline=deadline)
    sides = _conditions(rows)
    active = [*(("pin", int(family)) for family in pinned), *sides]
    for item in list(active):
        trial = [other for other in active if other != item]
        if time.monotonic() > deadline:
            break
        if not _possible(
            program, *_only(rows, trial, len(program.must)), integral=not relaxed, deadline=deadline
        ):
            active = trial
    return tuple(condition for item in active for condition in _words(instance, item))


def _hard(program: Program) -> Program:
    """Return the program without scores: only whether there is an answer counts."""
    return replace(program, score=np.zeros(len(program.place)), unplaced_penalty=0.0)


def _conditions(rows: Rows) -> list[tuple[str, int]]:
    hard = np.isneginf(rows.least) & np.isfinite(rows.lower)
    lower = [("lower", int(row)) for row in np.flatnonzero(hard)]
    return [*lower, *(("upper", int(row)) for row in np.flatnonzero(rows.most > 0))]


def _only(rows: Rows, active: list[tuple[str, int]], families: int) -> tuple[Rows, Flags]:
    """Return the rows with only some sides, and which families must be placed."""
    lower, upper = np.full(len(rows.lower), -np.inf), np.full(len(rows.lower), np.inf)
    must = np.zeros(families, np.bool_)
    for kind, number in active:
        if kind == "pin":
            must[number] = True
        elif kind == "lower":
            lower[number] = rows.lower[number]
        else:
            upper[number] = rows.upper[number]
    least = np.where(np.isfinite(lower), -np.inf, 0.0)
    most = np.where(np.isfinite(upper), np.inf, 0.0)
    return Rows(lower, upper, least, most), must


def _possible(program: Program, rows: Rows, must: Flags, *, integral: bool, deadline: float) -> bool:
    part = Part(np.arange(len(program.place)), _nothing(rows), must)
    seconds = max(deadline - time.monotonic(), 0.05)
    return solve(program, rows, part, integral=integral, seconds=seconds).status != "infeasible"


def _nothing(rows: Rows) -> Floats:
    return np.zeros(len(rows.lower))


def _words(instance: Instance, item: tuple[str, int]) -> tuple[Condition, ...]:
    kind, number = item
    if kind == "pin":
        return _of_family(instance, number)
    lower, upper = instance.rows[number]
    condition = lower if kind == "lower" else upper
    return (condition,) if condition is not None else ()


def _of_family(instance: Instance, family: int) -> tuple[Condition, ...]:
    cases = [int(case) for case in np.flatnonzero(instance.family_of == family)]
    found = [instance.pins[case] for case in cases if case in instance.pins]
    return (*found, *dict.fromkeys(instance.links[case] for case in cases if case in instance.links))
