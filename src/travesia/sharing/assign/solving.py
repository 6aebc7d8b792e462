"""From an instance to placements: the answer, its certificate and its reasons."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from travesia.sharing.assign.clash import clash_of
from travesia.sharing.assign.envy import envy_of
from travesia.sharing.assign.exact import Solved, answer_worth, solve_exact
from travesia.sharing.assign.explain import groups_of, placements_of, prices_of, unplaced_of
from travesia.sharing.assign.highs import solve, whole_part
from travesia.sharing.assign.instance import Instance
from travesia.sharing.assign.placements import Placements, Status
from travesia.sharing.assign.program import OUT, Ints, Program, Rows, fits, loads, penalties, rows_of
from travesia.sharing.assign.promises import Promised, cost_of, promise, worst_after

Tell = Callable[[str], None]

EXACT_PAIRS = 30_000
"""Up to so many pairs a search to the proven optimum comes first."""

EXACT_TIME = 0.5
"""Part of the time that this search gets; then prices and chains do what they can."""


def assign(
    instance: Instance, *, seconds: float = 60.0, gap: float = 5e-4, tell: Tell = lambda text: None
) -> Placements:
    """Find the best places for cases.

    Up to `EXACT_PAIRS` admissible pairs the search goes on to the proven optimum.

    Parameters
    ----------
    instance
        From `read_instance`.
    seconds
        Time limit; what stands then is given with its certified gap.
    gap
        Part of the score at which the search on larger instances stops.
    tell
        Called with what is being worked on.

    Returns
    -------
    Placements
        Of an infeasible instance: no placement, and the conditions that clash.
    """
    began = time.monotonic()
    deadline = began + seconds
    tell(f"placing {len(instance.cases):,} cases at {len(instance.places):,} places")
    promised = promise(
        instance,
        lambda program, rows, until: solve_program(program, rows, until, gap),
        deadline,
        exact_pairs=EXACT_PAIRS,
    )
    instance = promised.instance
    program = instance.program
    rows = rows_of(program)
    solved = promised.solved or solve_program(program, rows, deadline, gap)
    if solved.chosen is None:
        clash = clash_of(instance, deadline) if solved.proven else ()
        status: Status = "infeasible" if solved.proven else "unknown"
        return Placements(status, None, None, None, time.monotonic() - began, clash=clash)
    chosen = fill(program, rows, solved.chosen)
    answer = _with_groups(_certified(instance, rows, chosen, solved), promised, chosen, solved)
    return replace(answer, seconds=time.monotonic() - began)


def best_places(program: Program, *, seconds: float = 60.0, gap: float = 5e-4) -> Solved:
    """Solve a program of arrays; see `assign` for time limit and gap."""
    return solve_program(program, rows_of(program), time.monotonic() + seconds, gap)


def solve_program(program: Program, rows: Rows, deadline: float, gap: float = 5e-4) -> Solved:
    """Solve a program by the way that its size asks for, until `deadline` (`time.monotonic`)."""
    searched: Solved | None = None
    if len(program.place) <= EXACT_PAIRS:
        now = time.monotonic()
        searched = solve_exact(program, rows, now + EXACT_TIME * (deadline - now))
        if searched.proven or time.monotonic() >= deadline:
            return searched
    # Loaded late: what is soon proven needs nothing compiled.
    from travesia.sharing.assign.large import solve_large

    solved = _better(program, rows, solve_large(program, rows, deadline, gap), searched)
    if solved.chosen is not None:
        return solved
    # No answer met every hard condition; whether any can is another question.
    whole = whole_part(program, rows)
    relaxed = solve(program, rows, whole, integral=False, seconds=max(deadline - time.monotonic(), 10.0))
    return replace(solved, proven=relaxed.status == "infeasible")


def _better(program: Program, rows: Rows, one: Solved, other: Solved | None) -> Solved:
    """Return the better of two answers, with the lower of their bounds and its prices."""
    if other is None:
        return one
    answers = [solved.chosen for solved in (one, other) if solved.chosen is not None]
    best = max(answers, key=lambda chosen: answer_worth(program, rows, chosen), default=None)
    lower = min(one, other, key=lambda solved: solved.bound)
    return replace(lower, chosen=best)


def fill(program: Program, rows: Rows, chosen: Ints) -> Ints:
    """Place those left out wherever there is room and nothing is lost, [F]."""
    chosen = chosen.copy()
    left = loads(program, chosen)
    room = rows.upper - left
    places, resources = program.capacity.shape
    for family in np.flatnonzero(chosen == OUT):
        pairs = np.arange(program.start[family], program.start[family + 1])
        for pair in pairs[np.argsort(-program.worth[pairs], kind="stable")] if len(pairs) else ():
            if program.worth[pair] < 0 or (program.group_score[:, pair] < 0).any():
                continue
            load = np.zeros(len(room))
            place = int(program.place[pair])
            load[place * resources : (place + 1) * resources] = program.use[family]
            if len(program.state_lower):
                load[places * resources + program.state_of[place]] = program.people[family]
            if (load <= room).all():
                chosen[family] = pair
                room -= load
                break
    return chosen


def _certified(instance: Instance, rows: Rows, chosen: Ints, solved: Solved) -> Placements:
    """Return the answer with its bound; that it keeps every condition is checked here once more."""
    program = instance.program
    if not fits(program, rows, chosen):
        raise AssertionError("an answer breaks a condition that it was solved under")
    placed = placements_of(instance, chosen, solved.prices)
    objective = math.fsum(row.score for row in placed)
    shift = penalties(program, rows, chosen) - program.out_penalty
    by_prices = max(solved.bound + shift, objective)
    return Placements(
        status="optimal" if solved.proven else "feasible",
        objective=objective,
        bound=objective if solved.proven else by_prices,
        price_bound=by_prices,
        seconds=0.0,
        placements=placed,
        unplaced=unplaced_of(instance, chosen, solved.prices),
        prices=prices_of(instance, solved.prices),
        envy=envy_of(instance, chosen),
    )


def _with_groups(answer: Placements, promised: Promised, chosen: Ints, solved: Solved) -> Placements:
    """Return the answer with what groups got and what that cost."""
    instance, cost = promised.instance, cost_of(promised, chosen)
    total = None if cost is None or answer.objective is None else answer.objective + cost
    raised = promised.raised
    if raised is not None:
        after = worst_after(instance, chosen)
        raised = replace(raised, after=after, met=after >= raised.floor - 1e-6 * max(1.0, abs(raised.floor)))
    levels = promised.leximin.levels if promised.leximin else ()
    return replace(
        answer,
        groups=groups_of(instance, chosen, solved.prices, levels),
        group_cost=cost,
        group_cost_share=cost / total if cost is not None and total else None,
        leximin=promised.leximin,
        raised=raised,
    )
