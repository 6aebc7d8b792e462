"""What an ensemble costs: memory as runs grow, threads beside processes, and what keeping runs adds.

Memory is the most that a process of its own held, over a month of the Americas pack and two scenarios;
beside it stands the size of the totals by run, the only part that has to grow. `--quick` for fewer runs.
"""

from __future__ import annotations

import argparse
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from travesia.movement import Options, PoolKind, open_pool, paired_runs, simulate, warm_up
from travesia.study import Prepared, Request, prepare
from travesia.terms import Span

RUNS, QUICK_RUNS = (10, 50, 1000), (10, 20, 100)
TIMED = 40
MONTH = Span(date(2022, 10, 1), date(2022, 11, 1))
MB = 1024.0 if sys.platform != "darwin" else 1024.0**2


def prepared(span: Span | None = None) -> Prepared:
    """Return both scenarios of a question, ready to be run."""
    ready = prepare(Request("americas", ("title-42-stays", "title-42-ends-mexico-accepts"), span), least=2)
    warm_up(ready.plans[0])
    return ready


def peak_of(runs: int) -> None:
    """Print the most MB that this process has held after some runs, and the MB of their totals by run."""
    ready = prepared(MONTH)
    flows = simulate(ready.plans, Options(runs, threads=2), happened=ready.happened)
    totals = sum(part.counts.nbytes + part.people.nbytes + part.lawful.nbytes for part in flows)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB, totals / 2**20)


def show_memory(sizes: tuple[int, ...]) -> None:
    """Print how the memory of a process grows with runs."""
    print(f"{'runs':>6} {'peak MB':>9} {'more MB':>9} {'by run MB':>10} {'more, but for totals by run':>28}")
    first = None
    for runs in sizes:
        told = subprocess.run(
            [sys.executable, __file__, "--peak-of", str(runs)], check=True, capture_output=True, text=True
        )
        peak, totals = map(float, told.stdout.split())
        first = first or (peak, totals)
        more = peak - first[0]
        rest = more - (totals - first[1])
        print(f"{runs:>6} {peak:>9.0f} {more:>9.1f} {totals:>10.1f} {rest:>26.1f} MB")


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def cost(ready: Prepared, kind: PoolKind, options: Options) -> tuple[float, float]:
    """Return wall seconds with workers that have started, and CPU seconds with all that starting costs."""
    cpu = cpu_seconds()
    with open_pool(kind, 2) as pool:
        few = replace(options, runs=4, chunk=2, keep=None)
        simulate(ready.plans, few, happened=ready.happened, executor=pool)
        start = time.perf_counter()
        simulate(ready.plans, options, happened=ready.happened, executor=pool)
        wall = time.perf_counter() - start
    return wall, cpu_seconds() - cpu


def show_workers() -> None:
    """Print seconds by kind of worker, and of keeping runs and paths, as ratios to threads."""
    ready = prepared()
    packed = pickle.dumps(paired_runs(ready.plans, Options(), ready.happened))
    small = zlib.compress(packed, 1)
    print(f"\na job is {len(packed) / 1e6:.1f} MB, packed {len(small) / 1e6:.1f} MB; {TIMED} runs, 2 workers")
    print(f"{'':<16} {'wall s':>8} {'ratio':>7} {'CPU s':>8} {'ratio':>7}")
    with tempfile.TemporaryDirectory() as name:
        keep, paths = Path(name) / "kept", Path(name) / "paths"
        cases: dict[str, tuple[PoolKind, Options]] = {
            "threads": ("threads", Options(TIMED)),
            "processes": ("processes", Options(TIMED)),
            "threads, kept": ("threads", Options(TIMED, keep=keep)),
            "all kept before": ("threads", Options(TIMED, keep=keep)),
            "threads, paths": ("threads", Options(TIMED, paths=paths)),
        }
        first = None
        for case, (kind, options) in cases.items():
            wall, cpu = cost(ready, kind, options)
            first = first or (wall, cpu)
            print(f"{case:<16} {wall:>8.2f} {wall / first[0]:>6.2f}x {cpu:>8.2f} {cpu / first[1]:>6.2f}x")
        for folder in (keep, paths):
            mb = sum(path.stat().st_size for path in folder.rglob("*.*")) / 1e6
            print(f"{folder.name} on disk {mb:>10.1f} MB")


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument("--peak-of", type=int, metavar="RUNS", help="only the memory of so many runs, in MB")
    asked = parser.parse_args()
    if asked.peak_of:
        peak_of(asked.peak_of)
        return
    show_memory(QUICK_RUNS if asked.quick else RUNS)
    show_workers()


if __name__ == "__main__":
    main()
