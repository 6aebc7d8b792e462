"""What groups are promised beyond the floors that are given: the worst raised, or leximin."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.bound import clipped, price_bound
from travesia.sharing.assign.exact import Solved
from travesia.sharing.assign.highs import solve, whole_part
from travesia.sharing.assign.instance import Aim, Condition, Instance
from travesia.sharing.assign.leximin import exact_leximin, means_of, near_pairs, relaxed_leximin
from travesia.sharing.assign.placements import Leximin, Raised
from travesia.sharing.assign.program import OUT, Floats, Ints, Program, Rows, rows_of
from travesia.terms import UsageError

Solver = Callable[[Program, Rows, float], Solved]
"""Solves a program until a deadline."""

LOWERED = (1e-3, 1e-2, 1e-1, 1.0)
"""Parts by which floors are lowered below the relaxation, one after the other, until an answer is found."""

EXACT_PART = 0.6
"""Of the time that is left: how long leximin of whole families may take."""


@dataclass(frozen=True)
class Promised:
    """The instance with its floors of groups, and what is known on the way to them.

    ``solved`` is the answer where it was found together with the floors; ``free`` is that without floors.
    """

    instance: Instance
    free: Solved | None = None
    solved: Solved | None = None
    leximin: Leximin | None = None
    raised: Raised | None = None


def with_worst_raised(instance: Instance, points: float) -> Instance:
    """Return the instance with the aim to raise the worst group, in place of the one that it has.

    Raises
    ------
    UsageError
        For points that are not above 0.
    """
    if not 0 < points < float("inf"):
        raise UsageError(f"raise worst {points:g}: is not above 0; give for example 0.02")
    return replace(instance, aim=Aim(raise_worst=points, per=instance.aim.per, file="--raise-worst"))


def promise(instance: Instance, solver: Solver, deadline: float, *, exact_pairs: int) -> Promised:
    """Work out the floors of groups. Without floors or aims nothing is done.

    Parameters
    ----------
    instance
        With its aim; floors that are given hold beside it.
    solver
        By what whole programs are solved.
    deadline
        By `time.monotonic`; half of the time goes to the answer without floors, which tells their cost.
    exact_pairs
        Up to so many pairs leximin of whole families is tried.

    Raises
    ------
    UsageError
        For an aim without groups, or leximin that was not found in the time.
    """
    aim, program = instance.aim, instance.program
    asked = aim.leximin or aim.raise_worst is not None
    if asked and not instance.groups:
        raise UsageError("groups: there are none to promise anything to; name cases in the table groups")
    if not asked and not np.isfinite(program.group_floor).any():
        return Promised(instance)
    bare = replace(program, group_score=np.zeros((0, 0)), group_floor=np.zeros(0))
    now = time.monotonic()
    free = solver(bare, rows_of(bare), now + (deadline - now) / 2)
    if free.chosen is None or not asked:
        return Promised(instance, free=free)
    if aim.raise_worst is not None:
        return replace(_raised(instance, free.chosen, aim.raise_worst), free=free)
    return replace(_leximin(instance, free, solver, deadline, exact_pairs), free=free)


def _raised(instance: Instance, free: Ints, points: float) -> Promised:
    size = np.array(instance.group_size)
    means = means_of(instance.program, size, free)
    worst = int(np.argmin(means))
    level = float(means[worst]) + points
    floor = np.maximum(instance.program.group_floor, level * size)
    words = f"{points:g} above the least without floors"
    raised = Raised(instance.groups[worst], float(means[worst]), level)
    return Promised(_with_floor(instance, floor, words), raised=raised)


def _leximin(instance: Instance, free: Solved, solver: Solver, deadline: float, exact_pairs: int) -> Promised:
    program, size = instance.program, np.array(instance.group_size)
    rows = rows_of(program)
    small = len(program.place) <= exact_pairs
    pairs = np.arange(len(program.place)) if small else near_pairs(program, free)
    levels = relaxed_leximin(program, rows, size, pairs, deadline)
    if small:
        now = time.monotonic()
        chosen = exact_leximin(program, rows, size, now + EXACT_PART * (deadline - now))
        if chosen is not None:
            reached = _with_floor(instance, means_of(program, size, chosen) * size, "leximin")
            solved = _priced(reached.program, chosen, deadline)
            return Promised(reached, solved=solved, leximin=Leximin(True, None, _floats(levels)))
    for part in LOWERED:
        if levels is None:
            break
        floor = np.maximum(program.group_floor, (levels - part * np.abs(levels)) * size)
        lowered = _with_floor(instance, floor, f"leximin less {part:.1%}")
        now = time.monotonic()
        solved = solver(lowered.program, rows_of(lowered.program), now + (deadline - now) / 2)
        if solved.chosen is not None:
            return Promised(lowered, solved=solved, leximin=Leximin(False, part, _floats(levels)))
    solved = solver(program, rows, deadline)
    if solved.chosen is not None:
        raise UsageError("leximin: was not found in the time; give more --time-limit")
    return Promised(instance, solved=solved)


def _priced(program: Program, chosen: Ints, deadline: float) -> Solved:
    """Return an answer that is proven the best with the prices of its relaxation."""
    rows = rows_of(program)
    seconds = max(deadline - time.monotonic(), 1.0)
    relaxed = solve(program, rows, whole_part(program, rows), integral=False, seconds=seconds)
    prices = clipped(rows, relaxed.prices if relaxed.prices is not None else np.zeros(len(rows.lower)))
    return Solved(chosen, prices, price_bound(program, rows, prices), proven=True)


def _with_floor(instance: Instance, floor: Floats, words: str) -> Instance:
    """Return the instance with floors of groups, each with its words."""
    aim, first = instance.aim, len(instance.rows) - len(instance.groups)
    cites = {
        first + at: (
            Condition(f"group {name} gets at least {least:.4g} a {aim.per} ({words})", aim.file, aim.row),
            None,
        )
        for at, (name, least) in enumerate(zip(instance.groups, floor / instance.group_size, strict=True))
    }
    program = replace(instance.program, group_floor=floor)
    return replace(instance, program=program, rows={**instance.rows, **cites})


def _floats(levels: Floats | None) -> tuple[float, ...]:
    return () if levels is None else tuple(map(float, levels))


def worst_after(instance: Instance, chosen: Ints) -> float:
    """Return the least mean of any group."""
    return float(means_of(instance.program, np.array(instance.group_size), chosen).min())


def cost_of(promised: Promised, chosen: Ints) -> float | None:
    """Return what the floors cost the total: the score of the answer without them, less this one's."""
    if promised.free is None or promised.free.chosen is None:
        return None
    score = promised.instance.program.score
    free = promised.free.chosen
    return float(score[free[free != OUT]].sum() - score[chosen[chosen != OUT]].sum())
