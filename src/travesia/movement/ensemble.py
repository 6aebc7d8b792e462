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

from travesia.movement.arrays import GATE, HUB, OUTCOMES, Drawn, Out, State
from travesia.movement.draws import CENTRAL, draw_runs, drawn_parameters, people_given_encounters
from travesia.movement.flows import Daily, Flows
from travesia.movement.kernel import advance, crossings
from travesia.movement.plan import Plan, first_day_apart

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
    days = plan.frame.span.days
    rules = plan.rules._replace(period=np.arange(days)) if by_day else plan.rules
    state, out = empty_state(plan), empty_out(plan, days if by_day else len(plan.frame.periods))
    advance(0, days, 0, 0, plan.frame.layout, rules, plan.frame.sources, drawn, state, out, True)
    return out


def expected_as_flows(plan: Plan) -> Flows:
    """Return the expected flows of a plan in the form of one run."""
    sums = _Sums(plan)
    sums.add(expected_flows(plan))
    return _flows(plan, [sums])


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

    Draws are counted as the kernel makes them: six for a cohort at a border gate, one for a hub and each
    gate that may be chosen there, one for each place of origin of a source.
    """
    drawn, state, out = _central(plan), empty_state(plan), empty_out(plan)
    layout, days = plan.frame.layout, plan.frame.span.days
    cohorts, draws = np.zeros(days, dtype=np.int64), 0
    at_gate, at_hub = layout.kind == GATE, layout.kind == HUB
    moves = layout.first_move[1:] - layout.first_move[:-1]
    starts = plan.frame.sources.first[1:] - plan.frame.sources.first[:-1]
    for day in range(days):
        due = state.due[day % len(state.due)] > 0
        waiting = (state.waiting > 0) | (due & at_hub)
        cohorts[day] = int(due.sum() + (waiting & ~due).sum())
        draws += 6 * int((due & at_gate).sum()) + int((1 + moves)[waiting].sum())
        draws += int(starts[drawn.departures[day] > 0].sum())
        advance(day, day + 1, 0, 0, layout, plan.rules, plan.frame.sources, drawn, state, out, False)
    return cohorts, draws


def _central(plan: Plan) -> Drawn:
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    return draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 0, CENTRAL)[0]


def simulate(plans: Sequence[Plan], options: Options, progress: Progress | None = None) -> list[Flows]:
    """Run scenarios over one frame, paired: the same run draws the same numbers in each.

    Parameters
    ----------
    plans
        The first is the leader (baseline); encounters of every run are kept to what its demand fits.
    options
        Runs, seed, threads.
    progress
        Called with the number of runs done, once a chunk; never from two threads at once.

    Returns
    -------
    list of Flows
        In the order of `plans`. The same bytes for any number of threads.
    """
    leader = plans[0]
    central = drawn_parameters(leader.scenario.parameters, options.seed, CENTRAL)
    expected = expected_flows(leader, by_day=True)
    apart = [first_day_apart(leader, plan) for plan in plans]
    chunks = [range(at, min(at + _CHUNK, options.runs)) for at in range(0, options.runs, _CHUNK)]

    def work(runs: range) -> list[_Sums]:
        values = drawn_parameters(leader.scenario.parameters, options.seed, runs)
        if options.central:
            values = {name: np.repeat(value, len(runs)) for name, value in central.items()}
        scale = people_given_encounters(leader, expected, values, central)
        drawn = [draw_runs(plan, values, scale, options.seed, runs) for plan in plans]
        sums = [_Sums(plan) for plan in plans]
        for j, run in enumerate(runs):
            _run(plans, [d[j] for d in drawn], apart, options.seed, run, sums)
        return sums

    done: dict[int, list[_Sums]] = {}
    pool = ThreadPoolExecutor(max_workers=max(1, options.threads))
    try:
        futures = {pool.submit(work, chunk): chunk.start for chunk in chunks}
        for future in as_completed(futures):
            done[futures[future]] = future.result()
            if progress:
                progress(len(range(futures[future], min(futures[future] + _CHUNK, options.runs))))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return [_flows(plan, [done[chunk.start][i] for chunk in chunks]) for i, plan in enumerate(plans)]


class _Sums:
    """What a chunk of runs of one scenario adds up."""

    def __init__(self, plan: Plan) -> None:
        out = empty_out(plan, 0)
        self.plan = plan
        self.counts: list[npt.NDArray[np.float32]] = []
        self.people: list[npt.NDArray[np.float32]] = []
        self.lawful: list[npt.NDArray[np.float32]] = []
        crossed = np.zeros((len(out.departed), len(plan.frame.links)))
        self.daily = {
            "departed": _new_daily(out.departed),
            "stock": _new_daily(out.stock),
            "crossings": _new_daily(crossed),
        }

    def add(self, out: Out) -> None:
        """Add one run."""
        self.counts.append(out.counts.astype(np.float32))
        self.people.append(out.people.astype(np.float32))
        self.lawful.append(out.lawful.astype(np.float32))
        crossed = crossings(out.under_way, self.plan.frame.layout, len(self.plan.frame.links))
        values_of = {"departed": out.departed, "stock": out.stock, "crossings": crossed}
        for name, (total, squares, least, most) in self.daily.items():
            values = values_of[name]
            np.add(total, values, out=total)
            np.add(squares, values * values, out=squares)
            np.minimum(least, values, out=least)
            np.maximum(most, values, out=most)


def _run(
    plans: Sequence[Plan],
    drawn: Sequence[Drawn],
    apart: Sequence[int],
    seed: int,
    run: int,
    sums: Sequence[_Sums],
) -> None:
    """Run one number in every scenario, the others branching off the leader where they begin to differ."""
    leader = plans[0]
    days = leader.frame.span.days
    state, out = empty_state(leader), empty_out(leader)
    saved: dict[int, tuple[State, Out]] = {}
    at = 0
    for stop in sorted({*apart[1:], days}):
        advance(
            at,
            stop,
            seed,
            run,
            leader.frame.layout,
            leader.rules,
            leader.frame.sources,
            drawn[0],
            state,
            out,
            False,
        )
        at = stop
        if stop in apart[1:]:
            saved[stop] = (_copy_state(state), _copy_out(out))
    sums[0].add(out)
    for i, plan in enumerate(plans[1:], start=1):
        state, out = _branch(leader, plan, *saved[apart[i]])
        advance(
            apart[i],
            days,
            seed,
            run,
            plan.frame.layout,
            plan.rules,
            plan.frame.sources,
            drawn[i],
            state,
            out,
            False,
        )
        sums[i].add(out)


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


def _new_daily(like: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], ...]:
    return np.zeros_like(like), np.zeros_like(like), np.full_like(like, np.inf), np.full_like(like, -np.inf)


def empty_state(plan: Plan) -> State:
    """Return a state in which nobody is anywhere."""
    frame = plan.frame
    return State(
        due=np.zeros((frame.slots, len(frame.layout.cls))),
        waiting=np.zeros(len(frame.layout.cls)),
        resident=np.zeros(len(frame.places)),
        totals=np.zeros(2),
        queue=np.zeros((len(plan.pathways), len(frame.itineraries.nationalities))),
    )


def empty_out(plan: Plan, periods: int | None = None) -> Out:
    """Return totals of 0, for the frame's periods or another number of them."""
    frame = plan.frame
    n = len(frame.periods) if periods is None else periods
    classes, gates, days = len(frame.itineraries.nationalities), len(frame.gates), frame.span.days
    return Out(
        counts=np.zeros((n, classes, gates, len(OUTCOMES))),
        people=np.zeros((n, classes, gates)),
        lawful=np.zeros((n, len(plan.pathways), classes)),
        departed=np.zeros((days, len(frame.itineraries.sources))),
        stock=np.zeros((days, len(frame.places) + 2)),
        under_way=np.zeros((days, len(frame.layout.first_link) - 1)),
    )


def _flows(plan: Plan, parts: Sequence[_Sums]) -> Flows:
    runs = sum(len(part.counts) for part in parts)

    def daily(name: str) -> Daily:
        groups = [part.daily[name] for part in parts]
        total, squares = (np.sum([group[i] for group in groups], axis=0) for i in (0, 1))
        return Daily(
            runs,
            total,
            squares,
            np.min([g[2] for g in groups], axis=0),
            np.max([g[3] for g in groups], axis=0),
        )

    return Flows(
        scenario=plan.scenario.name,
        frame=plan.frame,
        pathways=plan.pathways,
        counts=np.stack([run for part in parts for run in part.counts]),
        people=np.stack([run for part in parts for run in part.people]),
        lawful=np.stack([run for part in parts for run in part.lawful]),
        departed=daily("departed"),
        stock=daily("stock"),
        crossings=daily("crossings"),
    )
