"""What the kernel costs on the Americas pack.

Work a day, draws beside the bare sampler, and growth with runs and people.

Every table gives ratios; CPU seconds are those of one thread. `--quick` for smaller sizes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from numba import njit

from travesia.movement import (
    CENTRAL,
    Drawn,
    Flows,
    Options,
    Plan,
    advance,
    count_work,
    draw_runs,
    drawn_parameters,
    empty_out,
    empty_state,
    kernel,
    simulate,
    warm_up,
)
from travesia.movement.kernel import binomial, collect, hypergeometric, mix, poisson, uniform
from travesia.movement.stores import copy_due, empty_bag
from travesia.study import Request, prepare

Floats = npt.NDArray[np.float64]
RUNS, QUICK_RUNS = (10, 20, 50, 100, 200, 500), (10, 20, 50)
PEOPLE = (1, 10, 100)
FIXED = 20
"""Runs of the tables in which the number of runs stays the same."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a call in this process."""
    start = time.process_time()
    work()
    return time.process_time() - start


def flows_of(plan: Plan, runs: int) -> Flows:
    """Return the flows of a plan, by one thread."""
    return simulate([plan], Options(runs, seed=1, threads=1))[0]


def cohort_sizes(plan: Plan) -> Floats:
    """Return the people of every cohort that is due on a day, over all days of one central run."""
    drawn = central(plan)
    state, out, sizes = empty_state(plan), empty_out(plan), []
    for day in range(plan.frame.span.days):
        due = empty_bag(len(state.today.key))
        collect(copy_due(state.due), day, due)
        here = due.people[: due.used[0]]
        sizes.append(here[here > 0].copy())
        advance(
            day, day + 1, 0, 0, plan.frame.layout, plan.rules, plan.frame.sources, drawn, state, out, False
        )
    return np.concatenate(sizes)


def central(plan: Plan) -> Drawn:
    """Return what a run has drawn that keeps every parameter at its central value."""
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    return draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 0, CENTRAL)[0]


@njit
def bare(sizes: Floats, times: int, seed: int) -> float:
    """Draw from every cohort size `times` times, with keys as in the kernel, and nothing else."""
    total = 0.0
    for repeat in range(times):
        base = mix(np.uint64(seed), np.uint64(repeat))
        for i in range(sizes.shape[0]):
            total += binomial(sizes[i], 0.3, uniform(mix(base, np.uint64(i)), 1))
    return total


def draws_of_a_run(plan: Plan) -> int:
    """Return how often one central run asks the sampler for more than a certainty.

    The kernel's own Python is run, not its compiled form, with a sampler that counts its calls. A draw among
    nobody, or with a chance of 0 or 1, needs no number and is not counted.
    """
    # What is without a door to Python cannot be called from the kernel's own Python.
    steps = [
        name
        for name, function in vars(kernel).items()
        if getattr(function, "targetoptions", {}).get("no_cpython_wrapper")
    ]
    compiled = {
        name: getattr(kernel, name) for name in (*steps, "binomial", "poisson", "hypergeometric", "mix")
    }
    asked = 0

    def counting_binomial(n: float, p: float, u: float) -> float:
        nonlocal asked
        asked += n > 0.0 and 0.0 < p < 1.0
        return binomial(n, p, u)

    def counting_poisson(mean: float, u: float) -> float:
        nonlocal asked
        asked += mean > 0.0
        return poisson(mean, u)

    def counting_hypergeometric(marked: float, others: float, taken: float, u: float) -> float:
        nonlocal asked
        asked += max(0.0, taken - others) < min(marked, taken)
        return hypergeometric(marked, others, taken, u)

    # What stays compiled is compiled now, while all that it calls still is.
    uniform(mix(np.uint64(0), np.uint64(1)), 1)
    plain = {name: getattr(kernel, name).py_func for name in steps}
    try:
        for name, function in plain.items():
            setattr(kernel, name, function)
        kernel.binomial, kernel.poisson = counting_binomial, counting_poisson
        kernel.hypergeometric = counting_hypergeometric
        # Python takes what compiled code returns for a whole number without sign.
        kernel.mix = lambda state, word: np.uint64(mix(np.uint64(state), np.uint64(word)))
        frame = plan.frame
        into = empty_state(plan), empty_out(plan)
        kernel.advance.py_func(
            0, frame.span.days, 0, 0, frame.layout, plan.rules, frame.sources, central(plan), *into, False
        )
    finally:
        for name, function in compiled.items():
            setattr(kernel, name, function)
    return asked


def bare_draws_per_second(sizes: Floats) -> float:
    """Return the draws a CPU-second of the sampler alone, on the cohort sizes of a run."""
    bare(sizes[:10], 1, 0)
    times = max(1, 3_000_000 // len(sizes))
    return times * len(sizes) / cpu_seconds(lambda: bare(sizes, times, 1))


def show_work(plan: Plan) -> None:
    """Print what a run has to do, and how fast it does it."""
    cohorts, most = count_work(plan)
    draws = draws_of_a_run(plan)
    flows = flows_of(plan, FIXED)
    seconds = cpu_seconds(lambda: flows_of(plan, FIXED)) / FIXED
    sizes = cohort_sizes(plan)
    sampler = bare_draws_per_second(sizes)
    # People beyond the gates are no longer followed.
    person_days = flows.stock.mean[:, :-1].sum()
    days, states, people = plan.frame.span.days, len(plan.frame.layout.cls), flows.departed.mean.sum()
    print(f"days {days}, states {states}, people {people:,.0f}")
    print(f"cohorts a day            {cohorts.mean():>14,.0f}   most {cohorts.max():,}")
    print(f"people a cohort          {sizes.mean():>14,.0f}   median {np.median(sizes):,.0f}")
    print(f"draws a run              {draws:>14,}   {draws / cohorts.sum():.2f} a cohort and day")
    print(f"  certainties included   {most:>14,}   ratio {most / draws:.2f}")
    print(f"CPU a run                {seconds:>14.4f} s")
    print(f"draws a CPU-second       {draws / seconds:>14,.0f}")
    print(f"  of the bare sampler    {sampler:>14,.0f}   ratio {draws / seconds / sampler:.2f}")
    print(f"person-days a CPU-second {person_days / seconds:>14,.0f}")


def show_growth(title: str, sizes: tuple[int, ...], cost: Callable[[int], float]) -> None:
    """Print how CPU seconds grow with a size, both as ratios to the least one."""
    print(f"\n{title:<10} {'CPU s':>9} {'size':>8} {'cost':>8} {'cost/size':>10}")
    first = 0.0
    for size in sizes:
        seconds = cost(size)
        first = first or seconds
        more, dearer = size / sizes[0], seconds / first
        print(f"{size:<10} {seconds:>9.3f} {more:>7.1f}x {dearer:>7.2f}x {dearer / more:>10.3f}")


def main() -> None:
    """Print three tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes")
    quick = parser.parse_args().quick
    plan = prepare(Request("americas")).plans[0]
    warm_up(plan)
    show_work(plan)
    show_growth("runs", QUICK_RUNS if quick else RUNS, lambda runs: cpu_seconds(lambda: flows_of(plan, runs)))

    def with_people(factor: int) -> float:
        scaled = replace(plan, departures=plan.departures * factor)
        return cpu_seconds(lambda: flows_of(scaled, FIXED // 2 if quick else FIXED))

    show_growth("people", PEOPLE, with_people)


if __name__ == "__main__":
    main()
