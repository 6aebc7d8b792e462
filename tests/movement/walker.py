"""A reference simulator of displacements: one person at a time, slow and obvious, under either rule set.

It shares the displacement with the kernel and nothing else. `walker_world` has what places, links and a
choice are, `walker_flee` and `walker_travesia` what a day is.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from walker_flee import FleeWorld, RunStopsError
from walker_travesia import TravesiaWorld
from walker_world import Place, World

from travesia.movement.displacement.displacement import Displacement

__all__ = ["WORLDS", "Rules", "RunStopsError", "Walked", "World", "walk", "walk_runs"]

Rules = Literal["flee", "travesia"]
WORLDS: dict[str, type[World]] = {"flee": FleeWorld, "travesia": TravesiaWorld}


class Walked(NamedTuple):
    """Where everybody is.

    `counts` is int64[day, place + 1] at the end of each day, the last column people on links; `people` is
    int64[day], everybody there has been up to each day, those put in on day 0 included.
    """

    counts: npt.NDArray[np.int64]
    people: npt.NDArray[np.int64]


def walk(displacement: Displacement, rules: str, seed: int) -> Walked:
    """Simulate a displacement once, by rules `flee` or `travesia`."""
    return walk_in(WORLDS[rules](displacement, seed))


def walk_in(world: World) -> Walked:
    """Let all days of a world pass."""
    counts, people = [], []
    world.begin()
    for day in range(world.displacement.days):
        world.live(day)
        on_links = sum(not isinstance(person.at, Place) for person in world.everybody)
        counts.append([place.people for place in world.places] + [on_links])
        people.append(len(world.everybody))
    return Walked(np.array(counts, dtype=np.int64), np.array(people, dtype=np.int64))


def walk_runs(displacement: Displacement, rules: str, runs: int, seed: int) -> npt.NDArray[np.float64]:
    """Simulate a displacement several times: float64[run, day, place + 1]."""
    seeds = range(seed * 10_000, seed * 10_000 + runs)
    return np.stack([walk(displacement, rules, each).counts for each in seeds]).astype(float)
