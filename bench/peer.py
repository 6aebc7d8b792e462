"""Our CPU seconds and the peer engine's, for the same network and the same people, in one go.

The peer (flee 3.1) is installed from the package index into an environment of its own and built through its
own Python API from the same folder; both sides read nothing while the clock runs. Ours are CPU seconds a run
in an ensemble on one thread, compilation left out, the median of three ensembles; `alone` is one run in a
process of its own, start and reading included. Then what ten times the people cost us: with few people most
states of a day are empty and cost nothing, with all of them they are not.

The full scale of the peer takes minutes: unless `--full` is given, it is extrapolated from a run with a
fifth of the people, in proportion to person-days, and marked so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from displaced.cases import SHARED, Case, cases_of, with_hasten, with_people
from displaced.commands import Asked, Simulated, import_flee, simulate
from displaced.peer import PeerRun, make_environment, run_peer

CASE = "burundi2015-classic"
SCALED, FIFTH, FULL = 50, 5, 1
AIMS = {SCALED: 1_000, FULL: 10_000}
GROWTH = (((50, 1), (5, 1)), ((10, 1), (1, 1)), ((1, 1), (1, 10)), ((1, 10), (1, 100)))
"""Pairs of (hasten, times the people of the folder), the second ten times the first."""
MOST_GROWTH = 1.3
TIMES = 3
"""Measurements of which the median is told."""


@dataclass(frozen=True)
class Sizes:
    """Where things are, and how many runs of each side are measured."""

    case: Case
    folder: Path
    runs: int
    peer_runs: int

    def settings(self, hasten: int) -> Path:
        """Return the settings of the case with people divided by `hasten`."""
        return with_hasten(self.case.settings, hasten, self.folder)

    def pack(self, hasten: int, times: int = 1) -> Path:
        """Return the pack of the case with so many times its people, divided by `hasten`."""
        pack, inputs = self.folder / f"pack-{hasten}-{times}", self.case.inputs
        if pack.exists():
            return pack
        if times > 1:
            inputs = with_people(inputs, times, self.folder / f"{inputs.name}-{times}-times")
        return import_flee(inputs, self.settings(hasten), pack)


def ours(sizes: Sizes, hasten: int, runs: int | None = None, times: int = 1) -> Simulated:
    """Simulate an ensemble by one thread."""
    asked = Asked(runs=runs or sizes.runs)
    return simulate(sizes.pack(hasten, times), asked, sizes.folder / f"runs-{hasten}-{times}")


def run_seconds(sizes: Sizes, *scales: tuple[int, int]) -> list[float]:
    """Return our CPU seconds a run at some scales: medians of ensembles taken in turn, compiled before."""
    for hasten, times in scales:
        ours(sizes, hasten, 1, times)
    taken = [
        [ours(sizes, hasten, None, times).facts["cpu_s"] / sizes.runs for hasten, times in scales]
        for _ in range(TIMES)
    ]
    return [median(of_one) for of_one in zip(*taken, strict=True)]


def alone_s(sizes: Sizes, hasten: int) -> float:
    """Return the CPU seconds of a process that makes one run: the median of some."""
    return median(_alone_once_s(sizes, hasten) for _ in range(TIMES))


def _alone_once_s(sizes: Sizes, hasten: int) -> float:
    words = ["simulate", sizes.pack(hasten), *Asked(runs=1).words, "--quiet", "--out", sizes.folder / "alone"]
    start = "import sys; from travesia.cli import main; main()"
    before = os.times()
    called = [sys.executable, "-c", start, *(str(word) for word in words), "--force"]
    subprocess.run(called, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def peer_s(sizes: Sizes, python: Path, hasten: int, runs: int) -> tuple[float, PeerRun]:
    """Return the peer's mean CPU seconds a run, and its last run."""
    settings = sizes.settings(hasten)
    done = [run_peer(python, sizes.case.inputs, settings, seed) for seed in range(1, runs + 1)]
    return sum(run.cpu_s for run in done) / runs, done[-1]


def show_peer(hasten: int, seconds: float, run: PeerRun) -> None:
    """Print what a run of the peer took."""
    size = f"{run.people[-1]:,} people, {run.days} days, {run.person_days:,} person-days"
    print(f"peer, hasten {hasten}: {size}, {run.peak_mb:.0f} MB")
    print(f"  CPU s a run                   {seconds:>12.3f}")
    print(f"  setting out, moving           {run.setting_out_s:>12.3f} {run.moving_s:.3f}, last run")
    print(f"  person-days a CPU second      {run.person_days / seconds:>12,.0f}", flush=True)


def compare(sizes: Sizes, hasten: int, peer: float, people: tuple[int, ...] | None) -> float:
    """Print our side and the ratio; return our CPU seconds a run."""
    mine, seconds = ours(sizes, hasten, 1), run_seconds(sizes, (hasten, 1))[0]
    total = mine.spawned.sort("day")["total"]
    same = "not run" if people is None else "yes" if tuple(total) == people else "NO"
    how = "extrapolated" if people is None else "measured"
    print(f"ours, hasten {hasten}: {total[-1]:,} people, {total.sum():,} person-days, {sizes.runs} runs")
    print(f"  same people on every day      {same:>12}")
    print(f"  peer, CPU s a run             {peer:>12.3f}  {how}")
    print(f"  ours, CPU s a run             {seconds:>12.6f}  in an ensemble")
    print(f"  ratio                         {peer / seconds:>11,.0f}x  aim {AIMS[hasten]:,}x")
    once = alone_s(sizes, hasten)
    print(f"  ours alone, CPU s             {once:>12.3f}  ratio {peer / once:,.1f}x", flush=True)
    return seconds


def show_growth(sizes: Sizes) -> None:
    """Print what ten times the people cost."""
    print(f"ten times the people, CPU s a run; bound {MOST_GROWTH} times")
    for few, many in GROWTH:
        total = [ours(sizes, hasten, 1, times).spawned["total"].max() for hasten, times in (few, many)]
        less, more = run_seconds(sizes, few, many)
        print(
            f"  {total[0]:>10,} to {total[1]:>10,} people: {more / less:.2f} times, {less:.4f} to {more:.4f}"
        )


def measure(sizes: Sizes, python: Path, full: bool) -> None:
    """Print both sides, scaled and at full scale, and our growth."""
    seconds, run = peer_s(sizes, python, SCALED, sizes.peer_runs)
    show_peer(SCALED, seconds, run)
    compare(sizes, SCALED, seconds, run.people)
    print()
    hasten = FULL if full else FIFTH
    seconds, run = peer_s(sizes, python, hasten, 1)
    show_peer(hasten, seconds, run)
    if full:
        compare(sizes, FULL, seconds, run.people)
    else:
        everybody = int(ours(sizes, FULL, 1).spawned["total"].sum())
        factor = everybody / run.person_days
        print(f"extrapolated to full scale by person-days: {seconds:.2f} CPU s x {factor:.3f}")
        compare(sizes, FULL, seconds * factor, None)
    print()
    show_growth(sizes)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="default: ../shared/flee, where it exists")
    parser.add_argument("--runs", type=int, default=200, help="our runs")
    parser.add_argument("--peer-runs", type=int, default=3, help="runs of the peer, scaled")
    parser.add_argument("--full", action="store_true", help="run the peer at full scale: minutes")
    parser.add_argument("--environment", type=Path, help="where the peer is installed, kept; else for once")
    asked = parser.parse_args()
    if asked.folder is None and not SHARED.is_dir():
        print("skipped: no folder of measured displacements was given")
        return
    case = cases_of(asked.folder or SHARED, [CASE])[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = make_environment(asked.environment or folder / "peer")
        measure(Sizes(case, folder, asked.runs, asked.peer_runs), python, asked.full)


if __name__ == "__main__":
    main()
