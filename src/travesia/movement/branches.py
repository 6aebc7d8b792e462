"""Scenarios run together: each computes only what is apart from the leader, by day and nationality.

Nationalities that nothing couples may be moved one group after the other, and their people added. So the
leader is moved in **teams**, its nationalities by the scenarios that they have left it for. Each other
scenario moves one team, of all who are apart in it, and takes the leader's numbers for the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from travesia.movement.kernel import Drawn, Out, Rules, State, advance, join
from travesia.movement.plan import Plan
from travesia.movement.stores import empty_out, empty_state

Bools = npt.NDArray[np.bool_]
Team = tuple[int, Bools, State]
"""Number of the plan, bool[class] who is in it, and where they are."""


def run_together(
    plans: Sequence[Plan],
    apart: npt.NDArray[np.int64],
    key: tuple[int, int],
    holds: Sequence[tuple[Drawn, Rules]],
    expected: bool = False,
) -> list[Out]:
    """Move one run through all scenarios.

    Parameters
    ----------
    plans
        The leader, and those that branch off it.
    apart
        As of `apart.days_apart`; with earlier days, more is computed again, and the same comes out.
    key
        Seed and number of the run.
    holds
        By plan, what the run has drawn and its rules.
    expected
        Whether each draw is its mean.

    Returns
    -------
    list of Out
        Of draws the same to the bit as of each scenario by itself; of means but for the rounding of stock.
    """
    leader, days = plans[0], plans[0].frame.span.days
    outs = [empty_out(plan) for plan in plans]
    stock = np.empty_like(outs[0].stock)
    gone = np.zeros(apart.shape, dtype=np.bool_)
    teams: list[Team] = [(0, ~gone[0], empty_state(leader))]
    for first, end in pairwise(sorted({0, days, *apart[apart < days].tolist()})):
        before, gone = gone, apart <= first
        for out, plan, leave in zip(outs, plans, gone & ~before, strict=True):
            _take_over(out, plan, outs[0], leader, leave)
        teams = [(p, who, _gathered(plans, p, who, teams, before)) for p, who in _teams(gone)]
        for out in outs:
            out.stock[first:end] = out.stock[first - 1] if first else 0.0
        for p, who, state in teams:
            drawn, rules = holds[p]
            own = _only(drawn, plans[p], who)
            layout, sources = plans[p].frame.layout, plans[p].frame.sources
            into = outs[p]._replace(stock=stock)
            advance(first, end, *key, layout, rules, sources, own, state, into, expected)
            for s, out in enumerate(outs):
                if s == p or (p == 0 and not gone[s, who].any()):
                    out.stock[first:end] += stock[first:end]
    for out, plan, leave in zip(outs[1:], plans[1:], gone[1:], strict=True):
        _take_over(out, plan, outs[0], leader, ~leave)
    return outs


def _teams(gone: Bools) -> Iterator[tuple[int, Bools]]:
    """Yield plan and bool[class] of each team, from bool[plan, class] of those that have left the leader."""
    for group in np.unique(gone, axis=1).T:
        yield 0, (gone == group[:, None]).all(axis=0)
    for p, who in enumerate(gone):
        if who.any():
            yield p, who


def _gathered(plans: Sequence[Plan], p: int, who: Bools, teams: Sequence[Team], before: Bools) -> State:
    """Return the people of some classes in plan `p`, out of the teams that have moved them up to now.

    They are counted at places, on links and beyond the gates from 0: what a team adds is the change.
    """
    plan, state = plans[p], empty_state(plans[p])
    for q, members, old in teams:
        if q in (0, p):
            # Who had not left the leader before now is in one of the leader's teams.
            taken = who & members & (before[p] == (q > 0))
            chosen = taken[plan.frame.layout.cls]
            join(old.due, old.waiting, chosen, state.due, state.waiting)
            np.copyto(state.held, old.held, where=chosen)
            np.copyto(state.asking, old.asking, where=chosen)
            for w, v in _same_pathways(plan, plans[q]):
                np.copyto(state.queue[w], old.queue[v], where=taken)
    return state


def _only(drawn: Drawn, plan: Plan, who: Bools) -> Drawn:
    """Return what a run has drawn, with nobody who departs or applies but some classes."""
    if who.all():
        return drawn
    return drawn._replace(
        departures=drawn.departures * who[plan.frame.source_class], applicants=drawn.applicants * who
    )


def _take_over(out: Out, plan: Plan, of: Out, leader: Plan, who: Bools) -> None:
    """Copy what the leader's run has written about some classes; stock, where all are one, is left out."""
    if not who.any():
        return
    frame = plan.frame
    by_state = who[frame.layout.cls]
    columns = {
        "counts": who[:, None, None], "people": who[:, None], "again": who[:, None], "met_later": by_state,
        "waited": by_state, "departed": who[frame.source_class], "under_way": who[frame.journeys.cls],
        "queue": who[:, None, None],
    }  # fmt: skip
    for name, where in columns.items():
        np.copyto(getattr(out, name), getattr(of, name), where=where)
    for w, v in _same_pathways(plan, leader):
        np.copyto(out.lawful[:, w], of.lawful[:, v], where=who)


def _same_pathways(plan: Plan, other: Plan) -> list[tuple[int, int]]:
    """Return the places of the pathways of a plan, and of those with the same names in another."""
    there = other.pathways
    return [(w, there.index(name)) for w, name in enumerate(plan.pathways) if name in there]
