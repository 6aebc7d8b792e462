"""The kernel's states, stores of cohorts and totals, made and copied."""

from __future__ import annotations

import numpy as np

from travesia.movement.displacement.terrain import Terrain
from travesia.movement.kernel import (
    CLOCK_GRID,
    MOST_CLOCKS,
    NIGHTS,
    OUTCOMES,
    Bag,
    Due,
    Out,
    State,
    Trail,
    Walk,
)
from travesia.movement.plan import Frame, Plan


def empty_bag(room: int) -> Bag:
    """Return a bag for up to `room` cohorts."""
    slots = 1 << max(4, (2 * room - 1).bit_length())
    return Bag(
        np.zeros(room, dtype=np.uint64), np.zeros(room), np.full(slots, -1, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
    )  # fmt: skip


def empty_due(slots: int, room: int) -> Due:
    """Return a store of people under way for up to `slots` - 1 days and `room` entries."""
    return Due(
        np.empty(room, dtype=np.uint64), np.empty(room), np.empty(room, dtype=np.int64),
        np.full((slots, 2), -1, dtype=np.int64), np.array([-1, 0, 0], dtype=np.int64),
    )  # fmt: skip


def copy_due(due: Due) -> Due:
    """Return a store that shares nothing with the given one; what was never used is not copied."""
    used = int(due.used[1])
    copy = Due._make((*(np.empty_like(array) for array in due[:3]), due.ends.copy(), due.used.copy()))
    for old, new in zip(due[:3], copy[:3], strict=True):
        new[:used] = old[:used]
    return copy


def empty_state(plan: Plan) -> State:
    """Return a state in which nobody is anywhere."""
    frame = plan.frame
    return State(
        due=empty_due(frame.slots, frame.slots * _sends_a_day(frame)),
        # People who come from home, or have waited, are cohorts by themselves.
        today=empty_bag(3 * len(frame.layout.cls)),
        waiting=empty_bag(len(frame.layout.cls)),
        resident=np.zeros(len(frame.places)),
        totals=np.zeros(2),
        queue=np.zeros((len(plan.pathways), len(frame.itineraries.nationalities))),
        held=np.zeros(len(frame.layout.cls)),
        asking=np.zeros(len(frame.layout.cls)),
        order=np.zeros(3 * len(frame.layout.cls), dtype=np.int64),
        parts=np.zeros((7, len(frame.gates))),
    )


def _sends_a_day(frame: Frame) -> int:
    """Return the most cohorts that can be sent on their way on one day.

    Onward, back again, from home, out, away; stopped and going on later; waiting before a gate, or gone to
    another one, from its queue too. Memory that nobody is written into is not taken.
    """
    layout = frame.layout
    elsewhere = 4 * int((layout.at_gate >= 0).sum()) * len(frame.gates)
    return 5 * len(layout.cls) + len(layout.move_target) + 2 * len(frame.sources.target) + elsewhere


def empty_out(plan: Plan, periods: int | None = None) -> Out:
    """Return totals of 0, for the frame's periods or another number of them."""
    frame = plan.frame
    n = len(frame.periods) if periods is None else periods
    classes, gates, days = len(frame.itineraries.nationalities), len(frame.gates), frame.span.days
    return Out(
        counts=np.zeros((n, classes, gates, len(OUTCOMES))),
        people=np.zeros((n, classes, gates)),
        lawful=np.zeros((n, len(plan.pathways), classes)),
        met_later=np.zeros((n, len(frame.layout.cls))),
        again=np.zeros((n, classes, gates)),
        waited=np.zeros((n, len(frame.layout.cls))),
        queue=np.zeros((n, classes, gates, NIGHTS + 1)),
        departed=np.zeros((days, len(frame.itineraries.sources))),
        stock=np.zeros((days, len(frame.places) + 2)),
        under_way=np.zeros((days, len(frame.layout.first_link) - 1)),
    )


def empty_walk(terrain: Terrain, room: int) -> Walk:
    """Return a state of a displacement in which nobody is anywhere, with room for so many cohorts."""
    ground, habits = terrain.ground, terrain.habits
    groups, places = terrain.days.score.shape[1], len(terrain.places)
    fastest = float(ground.link_speed.max(initial=habits.walk_speed))
    times = min(int(fastest) + 1, MOST_CLOCKS) if habits.whole_day else CLOCK_GRID
    return Walk(
        due=empty_due(terrain.slots, 4 * room),
        standing=empty_bag(room),
        staying=empty_bag(room),
        today=empty_due(times, 2 * room),
        now=empty_bag(room),
        coming=empty_bag(room),
        resident=np.zeros(places),
        inhabitants=terrain.inhabitants.copy(),
        totals=np.zeros(3),
        weights=np.zeros((groups, len(ground.option_step) + places + 2)),
        fresh=np.zeros((groups, places), dtype=np.int64),
        chosen=np.zeros(int(np.diff(ground.first_option, axis=1).max(initial=1))),
        filling=np.zeros(places),
        driven=np.zeros(places),
        drives=np.zeros(places + 1),
        piles=np.zeros((2, 64)),
    )


def empty_trail(terrain: Terrain) -> Trail:
    """Return a trail on which nobody has been."""
    days, links = terrain.displacement.days, len(terrain.ground.link_km)
    return Trail(
        stock=np.zeros((days, len(terrain.places) + 1)),
        set_out=np.zeros((days, links)),
        person_days=np.zeros(links),
        spawned=np.zeros(days),
        cohorts=np.zeros(days, dtype=np.int64),
    )
