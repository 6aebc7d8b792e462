"""What `travesia run americas` costs: seconds of each stage, its share of all, and the most memory held.

Compiled code comes from the cache; a first run after a change of the kernel takes longer. `--quick` for
fewer runs.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from travesia import report
from travesia.forecast import fit_demand, score_as_of
from travesia.region import load_region
from travesia.scenario import load_scenario
from travesia.study import Request, Told, prepare, run_study, save_study

RUNS, QUICK_RUNS = 200, 20
THREADS = 2


class Watch:
    """Seconds of wall clock and CPU by stage, in the order in which the stages were begun."""

    def __init__(self) -> None:
        self.stages: dict[str, tuple[float, float]] = {}
        self.begin("load: pack, scenarios")

    def begin(self, stage: str) -> None:
        """End the stage that runs and begin another."""
        self.end()
        self.stage, self.at = stage, (time.perf_counter(), time.process_time())

    def end(self) -> None:
        """End the stage that runs."""
        if hasattr(self, "stage"):
            spent = (time.perf_counter() - self.at[0], time.process_time() - self.at[1])
            self.stages[self.stage] = spent


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )


def show(stages: dict[str, tuple[float, float]], whole: float) -> None:
    """Print seconds and share of each stage."""
    for name, (wall, cpu) in stages.items():
        print(f"{name:<44} {wall:>7.2f} {cpu:>7.2f} {wall / whole:>6.0%}")


def main() -> None:
    """Run a study and print where its time went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    runs = QUICK_RUNS if parser.parse_args().quick else RUNS
    watch = Watch()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study = run_study(
            Request("americas", runs=runs, threads=THREADS), Told(watch.begin, lambda done: None)
        )
        watch.begin("writing tables")
        save_study(study, folder)
        watch.begin("report: page")
        (folder / "report.html").write_text(report.render(study), encoding="utf-8")
        watch.begin("report: workbook")
        report.workbook(study, folder / "study.xlsx")
        watch.end()
    whole = sum(wall for wall, _ in watch.stages.values())
    print(f"{runs} runs of {len(study.scenarios)} scenarios, {THREADS} threads")
    print(f"{'stage':<44} {'wall s':>7} {'CPU s':>7} {'share':>6}")
    show(watch.stages, whole)
    print(f"{'all':<44} {whole:>7.2f}\npeak memory {peak_mb():,.0f} MB")
    show_parts(whole)


def show_parts(whole: float) -> None:
    """Print what the parts of the longer stages cost, each measured once more by itself."""
    ready = prepare(Request("americas"))
    known, last = ready.demand.months[-13], ready.demand.months[-1]
    scenario = ready.fitted.scenario
    parts = Watch()
    parts.begin("part: load the pack")
    region = load_region("americas")
    parts.begin("part: load a scenario")
    load_scenario(region, scenario.name, span=ready.span)
    parts.begin("part: past fit")
    fit_demand(region, scenario, ready.fitted.frame.span)
    parts.begin(f"part: as of {known}, fitted and scored")
    score_as_of(region, scenario.name, known, last)
    parts.end()
    print()
    show({name: spent for name, spent in parts.stages.items() if name.startswith("part")}, whole)


if __name__ == "__main__":
    main()
