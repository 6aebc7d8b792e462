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
from travesia.movement.terrain import build_terrain
from travesia.movement.walking import run_once

Counts = npt.NDArray[np.float64]
Simulator = Callable[[Displacement, str, int, int], Counts]


def kernel_runs(displacement: Displacement, rules: str, runs: int, seed: int) -> Counts:
    """Simulate by the compiled kernel."""
    terrain = build_terrain(displacement, "flee" if rules == "flee" else "travesia")
    return np.stack([run_once(terrain, seed, number)[0].stock for number in range(runs)]).astype(float)


SIMULATORS: dict[str, Simulator] = {"walker": walk_runs, "kernel": kernel_runs}

AWAITED: dict[tuple[str, str], str] = {
    ("kernel", "test_without_a_table_a_conflict_begins_on_the_day_of_its_row"): (
        "by the peer's rules the day of a row must not act"
    ),
    ("kernel", "test_a_capacity_of_0_is_full_and_a_negative_one_is_no_limit"): (
        "a capacity of 0 is taken for none; it cannot be told from a blank, which is read as 0"
    ),
    ("kernel", "test_an_awareness_of_0_does_not_hold_everybody"): "people move under the peer's rules too",
    ("kernel", "test_home_is_where_a_person_comes_from"): "distance is measured from where people stand",
    ("kernel", "test_of_parallel_links_on_the_way_the_shorter_is_taken"): "the first row is taken",
    ("kernel", "test_closing_a_camp_does_not_end_its_conflict"): "it does, for a day",
    ("kernel", "test_a_hazard_is_of_the_score_and_not_of_the_inhabitants"): "inhabitants are squared too",
    ("kernel", "travesia"): "parallel links, closed camps in conflict",
}
"""What a simulator is known not to do yet, by test or rule set; a test that passes after all is an error."""


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
