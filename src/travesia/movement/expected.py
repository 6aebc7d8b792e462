"""Expected flows in one pass, and the kernel made ready."""

from __future__ import annotations

import time

import numpy as np

from travesia.movement.draws import CENTRAL, draw_runs, drawn_parameters, rules_of_runs
from travesia.movement.kernel import Drawn, Out, Rules, advance, crossings, join, set_out
from travesia.movement.plan import Plan
from travesia.movement.stores import empty_out, empty_state


def expected_flows(plan: Plan, drawn: Drawn | None = None, by_day: bool = False) -> Out:
    """Return the expected flows of a plan in one pass: every draw is its mean.

    Parameters
    ----------
    plan
        The scenario's arrays.
    drawn
        Parameters and departures; the central ones for ``None``.
    by_day
        Whether totals have one period a day instead of the frame's periods.
    """
    drawn = central_run(plan) if drawn is None else drawn
    days = plan.frame.span.days
    rules = central_rules(plan)
    rules = rules._replace(period=np.arange(days)) if by_day else rules
    state, out = empty_state(plan), empty_out(plan, days if by_day else len(plan.frame.periods))
    advance(0, days, 0, 0, plan.frame.layout, rules, plan.frame.sources, drawn, state, out, True)
    return out


def warm_up(plan: Plan) -> float:
    """Compile the kernel, or load it from the cache, and return the seconds that it took."""
    start = time.perf_counter()
    drawn = central_run(plan)
    layout, sources, state = plan.frame.layout, plan.frame.sources, empty_state(plan)
    advance(0, 1, 0, 0, layout, plan.rules, sources, drawn, state, empty_out(plan), True)
    into = empty_state(plan)
    join(state.due, state.waiting, layout.kind >= 0, into.due, into.waiting)
    under_way, journeys = empty_out(plan).under_way, plan.frame.journeys
    crossings(under_way, layout, len(plan.frame.links))
    set_out(under_way, layout, journeys, plan.rules.period, plan.frame.region.dangers.height)
    return time.perf_counter() - start


def central_run(plan: Plan) -> Drawn:
    """Return what a run has drawn that keeps every parameter at its central value."""
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    return draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 0, CENTRAL)[0]


def central_rules(plan: Plan) -> Rules:
    """Return what holds at the central values, the reactions to the scenario included."""
    return rules_of_runs(plan, drawn_parameters(plan.scenario.parameters, 0, CENTRAL))[0]
