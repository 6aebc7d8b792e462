"""What two scenarios of the Americas cost over 18 months by day: expected flows, 20 and 200 paired runs.

Each stage in wall and CPU seconds: layout and fit, expected flows, making the job, runs. Then the share
of one thread's CPU seconds that is the kernel's, what scenarios cost that differ for one nationality, and
the most memory held. `--quick` leaves out the 200 runs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from statistics import median
from typing import TypeVar
from unittest import mock

import numpy as np

from travesia.movement import (
    Options,
    branches,
    build_plan,
    expected_as_flows,
    paired_runs,
    simulate,
    warm_up,
    work_chunk,
)  # fmt: skip
from travesia.movement.paired import PairedRuns
from travesia.scenario import without
from travesia.study import Prepared, Request, prepare
from travesia.study.single import peak_mb
from travesia.terms import Span

T = TypeVar("T")
PAIR = ("title-42-stays", "title-42-ends-mexico-accepts")
SPAN = Span(date(2022, 1, 1), date(2023, 7, 1))
THREADS, TIMES, CHUNK = 2, 3, 10
BEFORE_APPOINTMENTS = Span(SPAN.start, date(2023, 1, 1))
"""Appointments at ports, from 12 January 2023 on, couple nearly all nationalities."""
FOR_ONE = ("mex-visa-ven", "t42-venezuela-expulsions")
AIMS = {"expected flows of both": 0.5, "20 paired runs": 2.0, "200 paired runs": 5.0}
"""Wall seconds on two cores; for 200 runs 20 is the bound."""


def measured(name: str, work: Callable[[], T], times: int = 1) -> T:
    """Do a piece of work some times, print the medians of its wall and CPU seconds, and return its result."""
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    aim = f"  aim {AIMS[name]:g} s" if name in AIMS else ""
    print(f"{name:<30} {median(walls):>8.2f} {median(cpus):>8.2f} {peak_mb() or 0.0:>9,.0f}{aim}", flush=True)
    return result


def kernel_share(ready: Prepared) -> tuple[float, float]:
    """Return CPU seconds of a pair of runs by one thread, and the share that the kernel takes of them."""
    job, spent = paired_runs(ready.plans, Options(CHUNK), ready.happened), 0.0
    advance = branches.advance

    def timed(*words: object) -> None:
        nonlocal spent
        start = time.process_time()
        advance(*words)
        spent += time.process_time() - start

    start = time.process_time()
    with mock.patch.object(branches, "advance", timed):
        work_chunk(job, range(CHUNK), None)
    whole = time.process_time() - start
    return whole / CHUNK, spent / whole


def cpu_s(job: PairedRuns) -> float:
    """Return CPU seconds of a run by one thread: the least of some times, for others work beside it."""
    spent = []
    for _ in range(TIMES):
        start = time.process_time()
        work_chunk(job, range(CHUNK), None)
        spent.append((time.process_time() - start) / CHUNK)
    return min(spent)


def for_one_nationality() -> None:
    """Print what a scenario adds to a run of the baseline, next to what it adds if it is computed whole."""
    print(f"\n{'scenario for one nationality':<48} {'CPU s more':>10} {'if whole':>9} {'ratio':>6}")
    for span in (BEFORE_APPOINTMENTS, SPAN):
        ready = prepare(Request("americas", PAIR, span), least=2)
        base, leader = ready.scenarios[0], ready.plans[0]
        alone = cpu_s(paired_runs([leader], Options(CHUNK), ready.happened))
        for name in FOR_ONE:
            other = build_plan(ready.frame, without(base, name), ready.demand, base)
            job = paired_runs([leader, other], Options(CHUNK), ready.happened)
            whole = replace(job, apart=np.minimum(job.apart, [[ready.frame.span.days], [0]]))
            more, most = cpu_s(job) - alone, cpu_s(whole) - alone
            label = f"without {name}, to {span.end}"
            print(f"{label:<48} {more:>10.3f} {most:>9.3f} {more / most:>6.2f}", flush=True)


def main() -> None:
    """Print what each stage costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the 200 runs")
    quick = parser.parse_args().quick
    print(f"{PAIR[0]}, {PAIR[1]}, {SPAN.start} to {SPAN.end}, {THREADS} threads")
    print(f"{'':<30} {'wall s':>8} {'CPU s':>8} {'peak MB':>9}")
    prepare(Request("americas", PAIR, SPAN), least=2)  # What is compiled is loaded here.
    ready = measured("pack, layout and fit", lambda: prepare(Request("americas", PAIR, SPAN), least=2))
    warm_up(ready.plans[0])
    measured("expected flows of both", lambda: expected_as_flows(ready.plans), TIMES)
    measured("job of paired runs", lambda: paired_runs(ready.plans, Options(), ready.happened), TIMES)
    for runs, times in ((20, TIMES), *(() if quick else ((200, 1),))):
        options = Options(runs, seed=1, threads=THREADS)
        measured(
            f"{runs} paired runs",
            lambda options=options: simulate(ready.plans, options, happened=ready.happened),  # type: ignore[misc]
            times,
        )
    seconds, share = kernel_share(ready)
    days, states = ready.frame.span.days, len(ready.frame.layout.cls)
    print(f"\na pair of runs: {seconds:.3f} CPU s, {share:.0%} in the kernel; {days} days, {states} states")
    for_one_nationality()
    print(f"\npeak memory {peak_mb() or 0.0:,.0f} MB, aim 1,000 MB")


if __name__ == "__main__":
    main()
