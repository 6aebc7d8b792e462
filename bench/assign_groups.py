"""What raising the worst group costs, on the made cases of `assign_cases.py`.

Six groups of family kinds: one, two or three adults, with children or without. A group's mean is its score
for each adult. The instance is solved without floors; then no group may be below the least mean found and 2
points more. Without words only S; name others, for example `S M`. `--penalty` makes the floors elastic.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

import numpy as np

from assign_cases import SIZE_OF, make_program
from travesia.sharing import OUT, Program, Solved, best_places

ADULTS = ("1 adult", "2 adults", "3 adults")
KINDS = [f"{adults}{more}" for adults in ADULTS for more in ("", " and children")]


def grouped(program: Program) -> tuple[Program, np.ndarray]:
    """Return the program with its six groups, and the adults of each."""
    children = program.use[:, 1]
    adults = program.people - children
    kind = 2 * (adults - 1) + (children > 0)
    of_pair = np.repeat(kind, np.diff(program.start))
    score = np.array([np.where(of_pair == number, program.score, 0.0) for number in range(len(KINDS))])
    size = np.bincount(kind, weights=adults, minlength=len(KINDS))
    return replace(program, group_score=score, group_floor=np.full(len(KINDS), -np.inf)), size


def means(program: Program, size: np.ndarray, solved: Solved) -> np.ndarray:
    """Return the mean of each group."""
    return program.group_score[:, solved.chosen[solved.chosen != OUT]].sum(axis=1) / size


def measure(name: str, options: argparse.Namespace) -> None:
    """Print what one instance gives."""
    program, size = grouped(make_program(name, options.seed))
    bare = replace(program, group_score=np.zeros((0, 0)), group_floor=np.zeros(0))
    cpu = time.process_time()
    free = best_places(bare, seconds=options.limit, gap=options.gap)
    before = means(program, size, free)
    worst, middle = int(before.argmin()), time.process_time()
    level = float(before[worst]) + options.points
    penalty = np.inf if options.penalty is None else options.penalty
    raised = replace(program, group_floor=level * size, group_penalty=penalty)
    solved = best_places(raised, seconds=options.limit, gap=options.gap)
    end = time.process_time()
    print(f"{name}: worst of {len(KINDS)} groups: {KINDS[worst]}, {before[worst]:.4f}; floor {level:.4f}")
    if solved.chosen is None:
        print(f"  no answer found ({'there is none' if solved.proven else 'open'}); cpu {end - cpu:.1f} s")
        return
    after = means(program, size, solved)
    total = float(program.score[free.chosen[free.chosen != OUT]].sum())
    score = float(program.score[solved.chosen[solved.chosen != OUT]].sum())
    met = after.min() >= level - 1e-6
    print(f"  {'met' if met else 'missed'}: the least is {after.min():.4f}, the worst has {after[worst]:.4f}")
    for kind, one, other in zip(KINDS, before, after, strict=True):
        print(f"    {kind:<22}{one:>8.4f} -> {other:.4f}")
    print(f"  total {total:.2f} -> {score:.2f}, cost {total - score:.2f}, {100 * (1 - score / total):.3f} %")
    print(
        f"  gaps {100 * free.gap(bare) / total:.3f} % and {100 * solved.gap(raised) / score:.3f} %;"
        f" left out {(free.chosen == OUT).sum()} and {(solved.chosen == OUT).sum()};"
        f" cpu {middle - cpu:.1f} and {end - middle:.1f} s"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", default=["S"], help=", ".join(SIZE_OF))
    parser.add_argument("--points", type=float, default=0.02, metavar="P", help="by how much to raise")
    parser.add_argument("--penalty", type=float, metavar="X", help="for each score that a group is short")
    parser.add_argument("--gap", type=float, default=1e-3, metavar="PART", help="at which a search stops")
    parser.add_argument("--limit", type=float, default=60.0, metavar="S", help="seconds for each solve")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for name in options.names:
        measure(name, options)


if __name__ == "__main__":
    main()
