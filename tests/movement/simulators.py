"""Who simulates a displacement in these tests: expectations hold for every one of them.

A simulator is called with a displacement, the rule set, a number of runs and a seed, and returns
float64[run, day, place + 1], people at the end of each day, the last column people on links. The kernel
joins by a line here.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from walker import walk_runs

from travesia.movement import Displacement
from travesia.movement.displacement.terrain import build_terrain
from travesia.movement.displacement.walking import run_once

Counts = npt.NDArray[np.float64]
Simulator = Callable[[Displacement, str, int, int], Counts]


def kernel_runs(displacement: Displacement, rules: str, runs: int, seed: int) -> Counts:
    """Simulate by the compiled kernel."""
    terrain = build_terrain(displacement, "flee" if rules == "flee" else "travesia")
    return np.stack([run_once(terrain, seed, number)[0].stock for number in range(runs)]).astype(float)


SIMULATORS: dict[str, Simulator] = {"walker": walk_runs, "kernel": kernel_runs}


def at(displacement: Displacement, counts: Counts, name: str) -> Counts:
    """Return float64[run, day] at a site."""
    return counts[:, :, [each.name for each in displacement.sites].index(name)]


def first_days(simulate: Simulator, displacement: Displacement, rules: str, name: str) -> list[float]:
    """Return people at a site by day, of one run of a displacement in which nothing is left to chance."""
    return at(displacement, simulate(displacement, rules, 1, 1), name)[0].tolist()


def about(share: float, people: int, seen: float) -> bool:
    """Say whether a number of people may be binomial with this share."""
    return abs(seen - share * people) <= 5 * math.sqrt(people * share * (1 - share)) + 1e-9


def last_share(simulate: Simulator, displacement: Displacement, rules: str, name: str) -> float:
    """Return people at a site at the end, over all of 20 runs."""
    return float(at(displacement, simulate(displacement, rules, 20, 1), name)[:, -1].sum())


def everybody(simulate: Simulator, displacement: Displacement, rules: str) -> list[float]:
    return simulate(displacement, rules, 1, 1)[0].sum(axis=1).tolist()
