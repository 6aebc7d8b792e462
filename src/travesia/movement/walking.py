"""Runs of a displacement: the state they start from, and one run after the other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from travesia.movement.kernel import CLOCK_GRID, MOST_CLOCKS, Trail, Walk, wander
from travesia.movement.stores import empty_bag, empty_due
from travesia.movement.terrain import Terrain

_ROOM = 1024


def empty_walk(terrain: Terrain, room: int) -> Walk:
    """Return a state in which nobody is anywhere, with room for so many cohorts."""
    ground, days = terrain.ground, terrain.days
    groups, places = days.score.shape[1], len(terrain.places)
    widest = int(np.diff(ground.first_option, axis=1).max(initial=1))
    return Walk(
        due=empty_due(terrain.slots, 4 * room),
        standing=empty_bag(room),
        staying=empty_bag(room),
        today=empty_due(_times(terrain), 2 * room),
        now=empty_bag(room),
        resident=np.zeros(places),
        inhabitants=terrain.inhabitants.copy(),
        totals=np.zeros(3),
        weights=np.zeros((groups, len(ground.option_step) + places + 2)),
        fresh=np.zeros((groups, places), dtype=np.int64),
        chosen=np.zeros(widest),
        piles=np.zeros((2, 64)),
    )


def empty_trail(terrain: Terrain) -> Trail:
    """Return a trail on which nobody has been."""
    days, links = terrain.displacement.days, len(terrain.ground.link_km)
    return Trail(
        stock=np.zeros((days, len(terrain.places) + 1)),
        set_out=np.zeros((days, links)),
        person_days=np.zeros((days, links)),
        spawned=np.zeros(days),
        cohorts=np.zeros(days, dtype=np.int64),
    )


def run_once(terrain: Terrain, seed: int, number: int, expected: bool = False) -> tuple[Trail, Walk]:
    """Return what one run leaves behind, and its last state.

    The stores of cohorts are doubled until a run fits; a run is a pure function of its seed and number.
    """
    room = _ROOM
    while True:
        walk, trail = empty_walk(terrain, room), empty_trail(terrain)
        walk = wander(
            0, terrain.displacement.days, seed, number, terrain.ground, terrain.days, terrain.habits, walk,
            trail, expected,
        )  # fmt: skip
        if not _overflowed(walk):
            return trail, walk
        room *= 2


def _overflowed(walk: Walk) -> bool:
    bags, lists = (walk.standing, walk.staying, walk.now), (walk.due, walk.today)
    return any(bag.used[1] for bag in bags) or any(due.used[2] for due in lists)


def _times(terrain: Terrain) -> int:
    """Return the number of times of a day that are told apart."""
    if not terrain.habits.whole_day:
        return CLOCK_GRID
    return min(int(terrain.ground.link_speed.max(initial=terrain.habits.walk_speed)) + 1, MOST_CLOCKS)


def stock_runs(terrain: Terrain, runs: int, seed: int) -> npt.NDArray[np.float64]:
    """Return float64[run, day, place + 1], people at the end of each day; the last column is on links."""
    return np.array([run_once(terrain, seed, number)[0].stock for number in range(runs)])
