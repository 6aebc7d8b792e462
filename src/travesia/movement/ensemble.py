"""Ensembles: many runs of several scenarios, paired, over threads.

A scenario that is the same as its leader up to some day is not computed again up to it: the leader's state
on that day is its start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travesia.movement.draws import (
    CENTRAL,
    draw_runs,
    drawn_parameters,
    people_given_encounters,
    rules_of_runs,
)
from travesia.movement.flows import Flows
from travesia.movement.kernel import (
    GATE,
    HUB,
    NOT_MET,
    RETRY_EXPELLED,
    RETRY_RETURNED,
    Drawn,
    Out,
    Rules,
    State,
    advance,
    crossings,
)
from travesia.movement.plan import Plan, first_day_apart
from travesia.movement.sums import Sums, empty_out, empty_state

Progress = Callable[[int], None]
_CHUNK = 10


@dataclass(frozen=True)
class Options:
    """How an ensemble is run; `central` keeps all parameters at their central values."""

    runs: int = 200
    seed: int = 1
    threads: int = 2
    central: bool = False


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
    drawn = _central(plan) if drawn is None else drawn
    days, rules = plan.frame.span.days, central_rules(plan)
    rules = rules._replace(period=np.arange(days)) if by_day else rules
    state, out = empty_state(plan), empty_out(plan, days if by_day else len(plan.frame.periods))
    advance(0, days, 0, 0, plan.frame.layout, rules, plan.frame.sources, drawn, state, out, True)
    return out


def expected_as_flows(plan: Plan) -> Flows:
    """Return the expected flows of a plan in the form of one run."""
    sums = Sums(plan, 1)
    sums.add(0, expected_flows(plan))
    return sums.flows()


def warm_up(plan: Plan) -> float:
    """Compile the kernel, or load it from the cache, and return the seconds that it took."""
    start = time.perf_counter()
    drawn = _central(plan)
    layout, sources = plan.frame.layout, plan.frame.sources
    advance(0, 1, 0, 0, layout, plan.rules, sources, drawn, empty_state(plan), empty_out(plan), True)
    crossings(empty_out(plan).under_way, layout, len(plan.frame.links))
    return time.perf_counter() - start


def count_work(plan: Plan) -> tuple[npt.NDArray[np.int64], int]:
    """Return int64[day] cohorts with people who are due or waiting, and the draws, of one central run.

    A draw counts where its chance is neither 0 nor 1; at a gate all draws of a cohort count, also those
    that the one before has left nobody for.
    """
    drawn, state, out = _central(plan), empty_state(plan), empty_out(plan)
    layout, rules, sources = plan.frame.layout, central_rules(plan), plan.frame.sources
    cohorts, draws = np.zeros(plan.frame.span.days, dtype=np.int64), 0
    at_hub = layout.kind == HUB
    leaves = _uncertain(layout.leave)
    starts = sources.first[1:] - sources.first[:-1]
    for day in range(len(cohorts)):
        due = state.due[day % len(state.due)] > 0
        waiting = (state.waiting > 0) | (due & at_hub)
        cohorts[day] = int((due | waiting).sum())
        choices = (rules.choice[day] > 0).sum(axis=1)[layout.cls]
        draws += int((leaves + choices - 1)[waiting].sum())
        draws += _gate_draws(plan, drawn, day, np.flatnonzero(due & (layout.kind == GATE)))
        draws += int(starts[drawn.departures[day] > 0].sum()) + int((drawn.applicants[day] > 0).sum())
        advance(day, day + 1, 0, 0, layout, rules, sources, drawn, state, out, False)
    return cohorts, draws


def _gate_draws(plan: Plan, drawn: Drawn, day: int, states: npt.NDArray[np.int64]) -> int:
    layout, rules, numbers = plan.frame.layout, plan.rules, drawn.parameters
    cls, gate = layout.cls[states], layout.gate[states]
    expel, accept = rules.expel[day, gate, cls], rules.accept[day, gate, cls]
    returned = accept + (1.0 - accept) * drawn.base_return[cls]
    chances = (
        np.where(layout.attempt[states] == 0, rules.turn_back[day, cls], 0.0),
        np.where(layout.between_ports[gate] == 1, numbers[NOT_MET], 0.0),
        expel,
        returned,
        np.where(expel > 0.0, numbers[RETRY_EXPELLED], 0.0),
        np.where(returned > 0.0, numbers[RETRY_RETURNED], 0.0),
    )
    return sum(int(_uncertain(chance).sum()) for chance in chances)


def _uncertain(chance: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    return (chance > 0.0) & (chance < 1.0)


def central_rules(plan: Plan) -> Rules:
    """Return what holds at the central values, the reactions to the scenario included."""
    return rules_of_runs(plan, drawn_parameters(plan.scenario.parameters, 0, CENTRAL))[0]


def _central(plan: Plan) -> Drawn:
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    return draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 0, CENTRAL)[0]


def simulate(
    plans: Sequence[Plan], options: Options, progress: Progress | None = None, happened: Plan | None = None
) -> list[Flows]:
    """Run scenarios over one frame, paired: the same run draws the same numbers in each.

    Parameters
    ----------
    plans
        The first is the leader (baseline), off which the others branch.
    options
        Runs, seed, threads.
    progress
        Called with the number of runs done, once a chunk; never from two threads at once.
    happened
        The plan under which the observations came about, the leader for ``None``: in every run its encounters
        are kept to those that the demand was fitted to.

    Returns
    -------
    list of Flows
        In the order of `plans`. The same bytes for any number of threads.
    """
    leader, happened = plans[0], happened or plans[0]
    central = drawn_parameters(leader.scenario.parameters, options.seed, CENTRAL)
    expected = expected_flows(happened, by_day=True)
    apart = [first_day_apart(leader, plan) for plan in plans]
    chunks = [range(at, min(at + _CHUNK, options.runs)) for at in range(0, options.runs, _CHUNK)]

    sums = [Sums(plan, options.runs) for plan in plans]

    def work(runs: range) -> int:
        numbers = CENTRAL if options.central else runs
        values = drawn_parameters(leader.scenario.parameters, options.seed, numbers)
        scale = people_given_encounters(happened, expected, values, central)
        drawn = [draw_runs(plan, values, scale, options.seed, numbers) for plan in plans]
        rules = [rules_of_runs(plan, values) for plan in plans]
        for j, run in enumerate(runs):
            at = 0 if options.central else j
            _run(
                plans,
                [(own[at], holds[at]) for own, holds in zip(drawn, rules, strict=True)],
                apart,
                (_as_int64(options.seed), run),
                sums,
            )
        return len(runs)

    pool = ThreadPoolExecutor(max_workers=max(1, options.threads))
    try:
        futures = [pool.submit(work, chunk) for chunk in chunks]
        for future in as_completed(futures):
            done = future.result()
            if progress:
                progress(done)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return [part.flows() for part in sums]


def _as_int64(seed: int) -> int:
    """Return the seed as the kernel takes it: its lowest 64 bits, read as a number with a sign."""
    return (seed + 2**63) % 2**64 - 2**63


def _run(
    plans: Sequence[Plan],
    drawn: Sequence[tuple[Drawn, Rules]],
    apart: Sequence[int],
    draw: tuple[int, int],
    sums: Sequence[Sums],
) -> None:
    """Run one number in every scenario, the others branching off the leader where they begin to differ.

    `draw` is (seed, number of the run).
    """
    leader = plans[0]
    days = leader.frame.span.days
    state, out = empty_state(leader), empty_out(leader)
    saved: dict[int, tuple[State, Out]] = {}
    at = 0
    for stop in sorted({*apart[1:], days}):
        _advance(leader, (at, stop), draw, drawn[0], state, out)
        at = stop
        if stop in apart[1:]:
            saved[stop] = (_copy_state(state), _copy_out(out))
    sums[0].add(draw[1], out)
    for plan, own, first, part in zip(plans[1:], drawn[1:], apart[1:], sums[1:], strict=True):
        state, out = _branch(leader, plan, *saved[first])
        _advance(plan, (first, days), draw, own, state, out)
        part.add(draw[1], out)


def _advance(
    plan: Plan,
    days: tuple[int, int],
    draw: tuple[int, int],
    holds: tuple[Drawn, Rules],
    state: State,
    out: Out,
) -> None:
    drawn, rules = holds
    advance(*days, *draw, plan.frame.layout, rules, plan.frame.sources, drawn, state, out, False)


def _branch(leader: Plan, plan: Plan, state: State, out: Out) -> tuple[State, Out]:
    """Return copies of the leader's state and totals with the pathways of the branch, matched by name."""
    state, out = _copy_state(state), _copy_out(out)
    queue, lawful = empty_state(plan).queue, empty_out(plan).lawful
    for w, name in enumerate(plan.pathways):
        if name in leader.pathways:
            queue[w] = state.queue[leader.pathways.index(name)]
            lawful[:, w] = out.lawful[:, leader.pathways.index(name)]
    return state._replace(queue=queue), out._replace(lawful=lawful)


def _copy_state(state: State) -> State:
    return State(*(array.copy() for array in state))


def _copy_out(out: Out) -> Out:
    return Out(*(array.copy() for array in out))
