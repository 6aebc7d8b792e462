"""What pairing is worth: how a difference of two scenarios spreads, paired and with seeds of their own.

Where parameters differ by run, much of the spread is that of the effect itself, which no pairing takes
away: the ratio is then near 1 although draws are paired. A ratio of 5 means that unpaired scenarios need
25 times as many runs for the same certainty. `--quick` for fewer runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from travesia.movement import Options, Plan, build_plan, simulate
from travesia.scenario import with_end
from travesia.study import Prepared, Request, prepare

RUNS, QUICK_RUNS = 100, 30
POLICY = "t42-original"
SMALL_CHANGE = timedelta(days=14)
MEASURES = ("encounters", "people")
OTHER_SEED = 1_000_003


def totals(ready: Prepared, plans: Sequence[Plan], options: Options) -> dict[str, npt.NDArray[np.float64]]:
    """Return float64[run] over the window by measure, for the last one of some plans."""
    flows = simulate(plans, options, None, ready.happened)[-1]
    return {measure: flows.total(measure, ready.window) for measure in MEASURES}


def show(ready: Prepared, changes: Sequence[tuple[str, Plan]], runs: int, central: bool) -> None:
    """Print one line a change and measure: mean difference, both spreads, their ratio."""
    one, other = (Options(runs, seed, threads=2, central=central) for seed in (1, OTHER_SEED))
    before = totals(ready, [ready.happened], one)
    print(f"{'change':<42} {'measure':<11} {'difference':>11} {'sd paired':>10} {'sd apart':>9} {'ratio':>7}")
    for name, plan in changes:
        paired, apart = totals(ready, [plan], one), totals(ready, [plan], other)
        for measure in MEASURES:
            difference = paired[measure] - before[measure]
            mean, together = float(difference.mean()), float(difference.std(ddof=1))
            alone = float((apart[measure] - before[measure]).std(ddof=1))
            ratio = f"{alone / together:>7.1f}" if together > 0.0 else f"{'inf':>7}"
            print(f"{name:<42} {measure:<11} {mean:>11,.0f} {together:>10,.0f} {alone:>9,.0f} {ratio}")


def main() -> None:
    """Print a table for draws and parameters together, and one for draws alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    runs = QUICK_RUNS if parser.parse_args().quick else RUNS
    ready = prepare(Request("americas"))
    base = ready.scenarios[0]
    policy = next(policy for policy in base.policies if policy.id == POLICY)
    if policy.span.end is None:
        raise SystemExit(f"{POLICY} has no end in {base.name}; choose another policy")
    sooner = policy.span.end - SMALL_CHANGE
    small = build_plan(ready.frame, with_end(base, POLICY, sooner), ready.demand, base)
    changes = [(scenario.name, plan) for scenario, plan in zip(ready.scenarios, ready.plans, strict=True)][
        1:3
    ]
    changes.append((f"{POLICY} ends {SMALL_CHANGE.days} days sooner", small))
    for words, central in (("parameters and draws differ by run", False), ("draws alone", True)):
        print(f"\n{words}, {runs} runs, {ready.window.start} to {ready.window.end}")
        show(ready, changes, runs, central)


if __name__ == "__main__":
    main()
