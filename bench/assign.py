"""What placing made cases costs: CPU and wall seconds, certified gap, who is placed, most memory held.

Without words only the small instances; name others, for example `M M20 M20F W L`. `--peer` also gives each
instance whole to plain HiGHS, with `--limit` seconds. Each instance runs in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

import highspy
import numpy as np

from assign_cases import SIZE_OF, make_program
from travesia.sharing import OUT, Program, best_places, rows_of

GAPS = {"S": 1e-3, "M": 1e-3, "M20": 2e-3, "M20F": 2e-3, "L": 1e-4, "W": 1e-2, "W0": 1e-2}
"""Part of the score at which each instance is good enough."""

HEAD = (
    f"{'instance':<9}{'solver':<10}{'families':>9}{'pairs':>11}{'cpu s':>8}{'wall s':>8}{'gap %':>9}"
    f"{'placed':>9}{'peak MB':>9}"
)


def ours(program: Program, name: str, limit: float) -> tuple[float, int]:
    """Place with this package; return the certified gap as a part of the score, and how many are placed."""
    solved = best_places(program, seconds=limit, gap=GAPS.get(name, 1e-3))
    if solved.chosen is None:
        return float("nan"), 0
    placed = solved.chosen[solved.chosen != OUT]
    return solved.gap(program) / float(program.score[placed].sum()), len(placed)


def peer(program: Program, limit: float) -> tuple[float, int]:
    """Give the whole integer program to HiGHS as it stands."""
    from travesia.sharing import integer_model

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", limit)
    solver.passModel(integer_model(program, rows_of(program)))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != 2:
        return float("nan"), 0
    x = np.asarray(solver.getSolution().col_value)[: len(program.place)] > 0.5
    return (info.mip_dual_bound - info.objective_function_value) / float(program.score[x].sum()), int(x.sum())


def measure(name: str, solver: str, seed: int, limit: float) -> None:
    """Print one row of the table; what is compiled on first use is compiled before."""
    program = make_program(name, seed)
    if solver == "travesia":
        best_places(make_program("S", seed + 1), seconds=5.0, gap=1e-4)
    wall, cpu = time.perf_counter(), time.process_time()
    gap, placed = ours(program, name, limit) if solver == "travesia" else peer(program, limit)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(
        f"{name:<9}{solver:<10}{len(program.people):>9,}{len(program.place):>11,}{cpu:>8.1f}{wall:>8.1f}"
        f"{100 * gap:>9.3f}{placed:>9,}{peak:>9.0f}",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", default=["S"], help=", ".join(SIZE_OF))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=60.0, metavar="S", help="seconds for each solver")
    parser.add_argument("--peer", action="store_true", help="plain HiGHS beside it")
    parser.add_argument("--one", metavar="SOLVER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.names[0], options.one, options.seed, options.limit)
        return
    print(HEAD, flush=True)
    for name in options.names:
        for solver in ("travesia", "highs") if options.peer else ("travesia",):
            words = [name, "--one", solver, "--seed", str(options.seed), "--limit", str(options.limit)]
            subprocess.run([sys.executable, __file__, *words], check=True)


if __name__ == "__main__":
    main()
