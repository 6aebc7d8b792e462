"""The invented world as the kernel's arrays, laid out at once instead of place by place.

People know their neighbours (awareness 1): an option for each link that leaves a place, and nobody has a
plan. All links stay open. Every number here is assumed, for the size of the work alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from displaced.invented_world import CAMP, Size, World
from travesia.movement import Displacement, Settings, Site, Terrain
from travesia.movement.displacement.ways import Links
from travesia.movement.kernel import SHARED, Days, Ground, Habits
from travesia.terms import chance

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SOFTENING_KM = 10.0
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Ways:
    """How people of the invented world move. All assumed.

    `town`, `camp`: chance to leave on a day; `conflict` places are left at once. `camp_appeal`,
    `conflict_appeal`: score beside a town's 1. `nearer`: factor on the score of a place for each link by
    which it is nearer to a camp. `prune`: options with less than the best one's weight over this are
    dropped. `groups` of classes: each has a strip of the world for home, where scores are less by
    `home_appeal`. Conflict begins on the first of `steady_days`.
    """

    town: float = 0.3
    camp: float = 0.001
    camp_appeal: float = 2.0
    conflict_appeal: float = 0.25
    nearer: float = 2.0
    prune: float = 3.0
    speed_km_day: float = 120.0
    groups: int = 8
    home_appeal: float = 0.5
    steady_days: int = 30


def terrain_of(world: World, size: Size, ways: Ways) -> Terrain:
    """Return an invented world as the kernel sees it."""
    ground, row = _ground(world, size.places, ways)
    sites = tuple(_site(k, world) for k in range(size.places))
    displacement = Displacement("invented", date(2025, 1, 1), size.days, sites, (), (), None, (), Settings())
    whole = np.ones(len(row), dtype=np.bool_)
    links = Links(ground.link_from, ground.link_to, ground.link_km, row, whole, ~whole)
    days, inhabitants = _days(world, size, ways)
    slots = int(world.km.max() / ways.speed_km_day) + 3
    return Terrain(displacement, "travesia", ground, days, _habits(ways), inhabitants, links, slots)


def _site(k: int, world: World) -> Site:
    return Site(f"place-{k}", f"Place {k}", "", "", world.y[k], world.x[k], "town", 0, 0)


def _ground(world: World, places: int, ways: Ways) -> tuple[Ground, Ints]:
    """Return the ground, its links in order of their start, and the row of the world's links by link."""
    start, end = np.concatenate([world.pairs, world.pairs[:, ::-1]]).T
    order = np.lexsort((end, start))
    start, end = np.ascontiguousarray(start[order]), np.ascontiguousarray(end[order])
    row = order % len(world.pairs)
    km, links = world.km[row], len(order)
    here, each = np.arange(places), np.arange(links)
    return Ground(
        place_key=np.array([chance.word(f"place-{k}") for k in here], dtype=np.uint64),
        link_from=start,
        link_to=end,
        link_km=km,
        link_speed=np.full(links, ways.speed_km_day),
        shuts=np.full((1, links), NEVER),
        stand_place=here,
        stand_goal=here.copy(),
        stand_key=np.array([chance.word(f"stand|place-{k}") for k in here], dtype=np.uint64),
        onward=np.full((1, places), -1),
        step_link=each,
        step_stand=end.copy(),
        step_back=start.copy(),
        first_option=np.searchsorted(start, np.arange(places + 1))[None],
        option_step=each.copy(),
        option_goal=end.copy(),
        option_ease=1.0 / (SOFTENING_KM + km),
        option_pull=np.ones(links),
        nears=np.zeros((1, places), dtype=np.bool_),
        same_clock=np.zeros((0, 0), dtype=np.int16),
    ), row


def _days(world: World, size: Size, ways: Ways) -> tuple[Days, Floats]:
    """Return what holds on each day, a row for each `steady_days`, and the inhabitants.

    The weight of a zone is what its class has to send, in equal parts for the zones that are in conflict.
    """
    classes, zones = world.zones.shape
    rows, places = -(-size.days // ways.steady_days), size.places
    begins = world.first // ways.steady_days
    sends = world.leaving.sum(axis=0).astype(np.float64)
    leave, drive = np.empty((rows, places)), np.zeros((rows, places))
    score, town = np.empty((rows, ways.groups, places)), np.empty((rows, places), dtype=np.bool_)
    group = np.arange(classes) % ways.groups
    strip = np.minimum(world.x / size.side_km * ways.groups, ways.groups - 1).astype(np.int64)
    abroad = np.where(np.arange(ways.groups)[:, None] == strip, ways.home_appeal, 1.0)
    camp, near = world.kind == CAMP, ways.nearer ** -links_to_camp(world, places).astype(np.float64)
    for row in range(rows):
        fights = np.zeros(places, dtype=np.bool_)
        active = begins <= row
        fights[world.zones[active]] = True
        leave[row] = np.where(fights, 1.0, np.where(camp, ways.camp, ways.town))
        town[row] = ~fights & ~camp
        worth = np.where(fights, ways.conflict_appeal, np.where(camp, ways.camp_appeal, 1.0)) * near
        score[row] = abroad * worth
        drive[row, world.zones[active]] = np.repeat(sends / active.sum(axis=1), active.sum(axis=1))
    share = np.zeros((places, classes))
    share[:, 0] = 1.0
    share[world.zones.ravel()] = np.repeat(np.eye(classes), zones, axis=0)
    return Days(
        epoch=np.zeros(size.days, dtype=np.int64),
        row=np.arange(size.days) // ways.steady_days,
        group=group,
        score=score,
        leave=leave,
        town=town,
        camp=np.broadcast_to(camp, (rows, places)).copy(),
        room=np.full((rows, places), np.inf),
        drive=drive,
        new=world.leaving.sum(axis=1).astype(np.float64),
        at_start=np.zeros(places),
        class_share=share,
    ), np.ones(places)


def links_to_camp(world: World, places: int) -> Ints:
    """Return int64[place], the least number of links to a camp; most + 1 where there is no way."""
    far = np.full(places, places)
    far[world.kind == CAMP] = 0
    one, other = world.pairs.T
    while True:
        before = far.copy()
        np.minimum.at(far, one, before[other] + 1)
        np.minimum.at(far, other, before[one] + 1)
        if np.array_equal(far, before):
            break
    reached = far < places
    return np.where(reached, far, far[reached].max() + 1)


def _habits(ways: Ways) -> Habits:
    return Habits(
        whole_day=False,
        on_foot=False,
        stints=False,
        lost_if_none=False,
        by_best_way=False,
        spawn=SHARED,
        from_population=False,
        top_speed=ways.speed_km_day,
        walk_speed=ways.speed_km_day,
        base_weight=0.0,
        power=1.0,
        buffer=0.9,
        prune=ways.prune,
    )
