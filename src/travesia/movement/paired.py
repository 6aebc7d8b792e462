"""Scenarios with gates, run in pairs: the same run draws the same numbers in each.

What is the same in a scenario and its leader is not computed again, by day and nationality (`branches`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from travesia.movement.apart import days_apart
from travesia.movement.branches import run_together
from travesia.movement.draws import (
    CENTRAL,
    draw_runs,
    drawn_parameters,
    people_given_encounters,
    rules_of_runs,
)
from travesia.movement.ensemble import Options, Progress, as_int64, digest_arrays, run_job
from travesia.movement.expected import central_rules, central_run, expected_flows
from travesia.movement.flows import BEYOND, ON_LINKS, Daily, Flows
from travesia.movement.kernel import Drawn, Out, Rules, crossings, set_out
from travesia.movement.paths import Axes
from travesia.movement.plan import Plan
from travesia.movement.sums import Written

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.float32]
_BY_RUN = ("counts", "people", "lawful", "met_later", "again", "waited", "queue")
_SET_OUT, _DAILY = ("set_out", "exposed"), ("departed", "stock", "crossings")


def simulate(
    plans: Sequence[Plan],
    options: Options,
    progress: Progress | None = None,
    happened: Plan | None = None,
    executor: Executor | None = None,
) -> list[Flows]:
    """Run scenarios over one frame, paired: the same run draws the same numbers in each.

    Parameters
    ----------
    plans
        The first is the leader (baseline), off which the others branch.
    options
        Runs, seed, threads, folders to keep chunks in and to write paths into.
    progress
        Called with the number of runs done, once a chunk; never from two threads at once.
    happened
        The plan under which the observations came about, the leader for ``None``: in every run its encounters
        are kept to those that the demand was fitted to.
    executor
        Where the runs are worked on, as of Dask's ``Client.get_executor()``; threads of this process for
        ``None``. It is not shut down.

    Returns
    -------
    list of Flows
        In the order of `plans`. The same bytes for any executor, number of threads and size of chunks.

    Raises
    ------
    InputError
        If the folder to keep is of another ensemble.
    """
    job = paired_runs(plans, options, happened or plans[0])
    sums = run_job(job, options, executor, progress)
    return [
        _flows(plan, part.by_run, {name: part.summary(name) for name in _DAILY})
        for plan, part in zip(plans, sums, strict=True)
    ]


def expected_as_flows(plans: Sequence[Plan]) -> list[Flows]:
    """Return the expected flows of plans over one frame, each in the form of one run; the first one leads."""
    holds = [(central_run(plan), central_rules(plan)) for plan in plans]
    outs = run_together(plans, days_apart(plans), (0, 0), holds, expected=True)
    flows = []
    for plan, out in zip(plans, outs, strict=True):
        written = _written(plan, out)
        rows = {name: values[None].astype(np.float32) for name, values in written.by_run.items()}
        daily = {name: Daily(1, day, day * day, day, day) for name, day in written.daily.items()}
        flows.append(_flows(plan, rows, daily))
    return flows


@dataclass(frozen=True)
class PairedRuns:
    """The job: plans without what no run reads; `apart` as of `days_apart`, which changes no number."""

    plans: tuple[Plan, ...]
    apart: npt.NDArray[np.int64]
    happened: Plan
    expected: Out
    seed: int
    central: bool

    @property
    def axes(self) -> Axes:
        """Names of the scenarios, and what the axes of daily stock are."""
        frame = self.plans[0].frame
        names = tuple(plan.scenario.name for plan in self.plans)
        return Axes(names, frame.span.start, (*frame.places, ON_LINKS, BEYOND))

    def facts(self) -> Mapping[str, str]:
        """Everything that the numbers depend on."""
        digest = hashlib.sha256()
        for plan in (*self.plans, self.happened):
            _digest_plan(plan, digest)
        for array in self.expected:
            digest.update(array.tobytes())
        return {
            "seed": str(self.seed),
            "scenarios": " ".join(self.axes.scenarios),
            "parameters": "central" if self.central else "drawn",
            "span": str(self.plans[0].frame.span),
            "pack, scenario or demand": digest.hexdigest(),
        }

    def run(self, numbers: Sequence[int]) -> Iterator[tuple[Written, ...]]:
        """Do the runs of these numbers in order."""
        parameters = self.plans[0].scenario.parameters
        central = drawn_parameters(parameters, self.seed, CENTRAL)
        if self.central:
            scale = people_given_encounters(self.happened, self.expected, central, central)
            holds = self._holds(CENTRAL, central, scale)
            yield from (self._run(number, holds) for number in numbers)
            return
        values = drawn_parameters(parameters, self.seed, numbers)
        scale = people_given_encounters(self.happened, self.expected, values, central)
        for j, number in enumerate(numbers):
            # One run at a time: what holds in a run takes much more room than what comes out of it.
            own = {name: drawn[j : j + 1] for name, drawn in values.items()}
            yield self._run(number, self._holds([number], own, scale[j : j + 1]))

    def _holds(
        self, which: Sequence[int] | None, values: Mapping[str, Floats], scale: Floats
    ) -> list[tuple[Drawn, Rules]]:
        """Return for each scenario what one run has drawn, and its rules."""
        return [
            (draw_runs(plan, values, scale, self.seed, which)[0], rules_of_runs(plan, values)[0])
            for plan in self.plans
        ]

    def _run(self, number: int, holds: Sequence[tuple[Drawn, Rules]]) -> tuple[Written, ...]:
        """Run one number in every scenario."""
        outs = run_together(self.plans, self.apart, (as_int64(self.seed), number), holds)
        return tuple(_written(plan, out) for plan, out in zip(self.plans, outs, strict=True))


def paired_runs(plans: Sequence[Plan], options: Options, happened: Plan) -> PairedRuns:
    """Return the job of scenarios over one frame; the first one leads."""
    expected = expected_flows(happened, by_day=True)
    nothing = {name: np.zeros(0) for name in Out._fields if name != "counts"}
    light, apart = tuple(_light(plan) for plan in plans), days_apart(plans)
    return PairedRuns(
        light, apart, _light(happened), expected._replace(**nothing), options.seed, options.central
    )


def _light(plan: Plan) -> Plan:
    """Return a plan without what no run reads, since it may have far to go."""
    region = plan.frame.region
    region = replace(
        region,
        shapes={},
        observations=region.observations.clear(),
        indicators=region.indicators.clear(),
    )
    # Policies have become arrays; only what departures do is drawn run by run.
    scenario = replace(plan.scenario, policies=())
    return replace(
        plan, scenario=scenario, frame=replace(plan.frame, region=region), expelled=plan.expelled[:0]
    )


def _digest_plan(plan: Plan, digest: hashlib._Hash) -> None:
    layout, sources, journeys = plan.frame.layout, plan.frame.sources, plan.frame.journeys
    changed = [plan.change.parts[name] for name in sorted(plan.change.parts)]
    digest_arrays(digest, (*layout, *sources, *journeys, *plan.rules, plan.departures, plan.shut, *changed))
    named = [(path.policy, path.nationalities) for path in plan.timetable.pathways]
    texts = (
        plan.scenario.parameters, plan.scenario.departures, plan.pathways, named, sorted(plan.change.parts),
        plan.frame.itineraries.nationalities, sorted(plan.frame.itineraries.near_side),
        plan.frame.places, plan.frame.periods,
    )  # fmt: skip
    digest.update(repr(texts).encode())


def _written(plan: Plan, out: Out) -> Written:
    frame = plan.frame
    crossed = crossings(out.under_way, frame.layout, len(frame.links))
    sums = set_out(
        out.under_way, frame.layout, frame.journeys, plan.rules.period, frame.region.dangers.height
    )
    return Written(
        {name: getattr(out, name) for name in _BY_RUN} | dict(zip(_SET_OUT, sums, strict=True)),
        {"departed": out.departed, "stock": out.stock, "crossings": crossed},
    )


def _flows(plan: Plan, rows: Mapping[str, Rows], daily: Mapping[str, Daily]) -> Flows:
    arrays: dict[str, Any] = {name: rows[name] for name in (*_BY_RUN, *_SET_OUT)}
    arrays |= {name: daily[name] for name in _DAILY}
    return Flows(plan.scenario.name, plan.frame, plan.pathways, **arrays)
