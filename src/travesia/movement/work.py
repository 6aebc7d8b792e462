"""How much work a run is: cohorts and draws."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travesia.movement.expected import central_rules, central_run
from travesia.movement.kernel import (
    ACROSS,
    FLOWN,
    GATE,
    HUB,
    NOT_MET,
    REMOVED,
    STATE,
    Drawn,
    Layout,
    Rules,
    State,
    advance,
    collect,
)
from travesia.movement.plan import Plan
from travesia.movement.stores import copy_due, empty_bag, empty_out, empty_state


def count_work(plan: Plan) -> tuple[npt.NDArray[np.int64], int]:
    """Return int64[day] cohorts with people who are due or waiting, and the draws, of one central run.

    A draw counts where its chance is neither 0 nor 1; at a gate all draws of a cohort count, also those
    that the one before has left nobody for.
    """
    drawn, state, out = central_run(plan), empty_state(plan), empty_out(plan)
    layout, rules, sources = plan.frame.layout, central_rules(plan), plan.frame.sources
    cohorts, draws = np.zeros(plan.frame.span.days, dtype=np.int64), 0
    at_hub = layout.kind == HUB
    leaves = _uncertain(layout.leave)
    starts = sources.first[1:] - sources.first[:-1]
    for day in range(len(cohorts)):
        due, waiting = _present(state, day)
        waiting |= due & at_hub
        cohorts[day] = int((due | waiting).sum())
        choices = (rules.choice[day] > 0).sum(axis=1)[layout.cls]
        draws += int((leaves + choices - 1)[waiting].sum())
        draws += _gate_draws(layout, rules, drawn, day, np.flatnonzero(due & (layout.kind == GATE)))
        draws += int(starts[drawn.departures[day] > 0].sum()) + int((drawn.applicants[day] > 0).sum())
        advance(day, day + 1, 0, 0, layout, rules, sources, drawn, state, out, False)
    return cohorts, draws


def _present(state: State, day: int) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return bool[state] twice: people are due on the day, people wait."""
    due = empty_bag(len(state.today.key))
    collect(copy_due(state.due), day, due)
    states = np.arange(len(state.held))
    return tuple(  # type: ignore[return-value]
        np.isin(states, bag.key[: bag.used[0]][bag.people[: bag.used[0]] > 0] & STATE)
        for bag in (due, state.waiting)
    )


def _gate_draws(layout: Layout, rules: Rules, drawn: Drawn, day: int, states: npt.NDArray[np.int64]) -> int:
    cls, gate = layout.cls[states], layout.gate[states]
    expel, accept = rules.expel[day, gate, cls], rules.accept[day, gate, cls]
    returned = accept + (1.0 - accept) * drawn.base_return[cls]
    chances = (
        np.where(layout.attempt[states] == 0, rules.turn_back[day, cls], 0.0),
        np.where(layout.between_ports[gate] == 1, drawn.parameters[NOT_MET], 0.0),
        expel,
        returned,
        np.where(expel > 0.0, drawn.flown[cls], 0.0),
        np.where(expel > 0.0, drawn.retry[cls, ACROSS], 0.0),
        np.where((expel > 0.0) & (drawn.flown[cls] > 0.0), drawn.retry[cls, FLOWN], 0.0),
        np.where(returned > 0.0, drawn.retry[cls, REMOVED], 0.0),
    )
    return sum(int(_uncertain(chance).sum()) for chance in chances)


def _uncertain(chance: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    return (chance > 0.0) & (chance < 1.0)
