"""From a displacement and a set of rules to the kernel's arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement.classes import Classes, classes_of, nearness
from travesia.movement.displacement.counts import (
    daily,
    is_camp,
    new_people,
    new_people_once,
    people_at_scale,
    people_at_start,
)
from travesia.movement.displacement.displacement import Displacement
from travesia.movement.displacement.site_days import SiteDays, site_days
from travesia.movement.displacement.walkable import require_walkable
from travesia.movement.displacement.ways import (
    Epochs,
    Links,
    Ways,
    directed_links,
    epochs,
    find_ways,
    onward_steps,
)
from travesia.movement.kernel import (
    EACH,
    EACH_BY_POPULATION,
    EACH_POISSON,
    SHARED,
    Days,
    Ground,
    Habits,
)
from travesia.terms import ScenarioError, chance

Rules = Literal["travesia", "flee"]
RULE_SETS: tuple[Rules, ...] = ("travesia", "flee")
Floats = npt.NDArray[np.float64]
_SPAWN = {"constant": EACH, "pop_ratio": EACH_BY_POPULATION, "poisson": EACH_POISSON}
_MOST_CLOCKS = 40_000_000


@dataclass(frozen=True)
class Terrain:
    """A displacement as the kernel sees it, under one set of rules; `slots` is 1 + the longest way, days."""

    displacement: Displacement
    rules: Rules
    ground: Ground
    days: Days
    habits: Habits
    inhabitants: Floats
    links: Links
    slots: int

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the sites, in the kernel's order."""
        return tuple(site.id for site in self.displacement.sites)


def build_terrain(displacement: Displacement, rules: Rules = "travesia") -> Terrain:
    """Lay out ways, days and habits of a displacement.

    Parameters
    ----------
    displacement
        At the scale of its settings' `hasten`.
    rules
        ``flee``: the peer's semantics, its quirks included; ``travesia``: ours.

    Raises
    ------
    ScenarioError
        If nobody can walk there (`require_walkable`), there are too many ways or classes, or the peer's run
        would stop: people are to be driven out on a day on which no place has weight.
    """
    quirks = rules == "flee"
    require_walkable(displacement, quirks)
    state = site_days(displacement, quirks)
    links = directed_links(displacement, quirks)
    times = epochs(displacement, links, state.marker, quirks)
    ways = find_ways(displacement, links, times, quirks)
    onward = onward_steps(ways, links, times, quirks)
    if displacement.settings.move.fixed_routes:
        _keep_best(ways)
    ground = _ground(displacement, links, times, ways, quirks)._replace(onward=onward)
    if quirks and not displacement.settings.move.avoid_short_stints:
        ground = ground._replace(same_clock=_same_clock(ground))
    classes = classes_of(displacement, quirks)
    days = _days(displacement, state, times, classes, quirks)
    limited = np.asarray(np.isfinite(days.room).any(axis=0))
    ground = ground._replace(nears=_nears(ground, limited))
    habits = _habits(displacement, quirks)
    slow = min(habits.walk_speed if habits.on_foot else np.inf, float(ground.link_speed.min(initial=np.inf)))
    longest = float(ground.link_km.max(initial=0.0)) / slow
    inhabitants = _inhabitants(displacement)
    if quirks and habits.spawn == SHARED:
        _require_somewhere(displacement, days, inhabitants)
    return Terrain(displacement, rules, ground, days, habits, inhabitants, links, int(longest) + 3)


def _inhabitants(displacement: Displacement) -> Floats:
    """Return float64[site] at the scale of `hasten`; none in camps, whose people are a capacity."""
    camps = [is_camp(site) for site in displacement.sites]
    return np.where(camps, 0.0, people_at_scale(displacement))


def _ground(displacement: Displacement, links: Links, times: Epochs, ways: Ways, quirks: bool) -> Ground:
    """Return what does not change from day to day, but for the next steps of plans."""
    move = displacement.settings.move
    names = [site.id for site in displacement.sites]
    ints = np.int64
    km = np.array(ways.option_km, dtype=np.float64)
    stands = [
        "|".join([names[place], *(names[left] for left in way)])
        for place, way in zip(ways.stand_place, ways.stand_way, strict=True)
    ]
    speed = [
        _column(displacement.links[row].columns, "max_move_speed", move.max_move_speed) for row in links.row
    ]
    return Ground(
        place_key=np.array([chance.word(name) for name in names], dtype=np.uint64),
        link_from=links.start,
        link_to=links.end,
        link_km=links.km,
        link_speed=np.array(speed, dtype=np.float64),
        shuts=times.shuts,
        stand_place=np.array(ways.stand_place, dtype=ints),
        stand_goal=np.array(ways.stand_goal, dtype=ints),
        stand_key=np.array([chance.word(f"stand|{name}") for name in stands], dtype=np.uint64),
        onward=np.zeros((0, 0), dtype=ints),
        step_link=np.array(ways.step_link, dtype=ints),
        step_stand=np.array(ways.step_stand, dtype=ints),
        step_back=np.array(ways.step_back, dtype=ints),
        first_option=np.array(ways.first, dtype=ints),
        option_step=np.array(ways.option_step, dtype=ints),
        option_goal=np.array(ways.option_goal, dtype=ints),
        option_ease=(move.softening + km) ** -move.distance_power,
        option_pull=_pull(displacement, ways, quirks),
        nears=np.zeros(np.shape(ways.first), dtype=np.bool_),
        same_clock=np.zeros((0, 0), dtype=np.int16),
    )


def _same_clock(ground: Ground) -> npt.NDArray[np.int16]:
    """Return int16[stand, km], the most km used of a day that lead to the same as those given.

    Under the peer's rules the km that somebody has done on a day only decide, leg after leg, whether he may
    go on: two numbers are the same at a stand if that holds for every way on from it. So far fewer cohorts
    need to be told apart, and nothing is lost.
    """
    most = int(ground.link_speed.max(initial=0.0))
    stands = len(ground.stand_place)
    if stands * (most + 1) > _MOST_CLOCKS:
        return np.zeros((0, 0), dtype=np.int16)
    epochs, begins = ground.first_option.shape[0], ground.first_option
    start = np.repeat(np.tile(np.arange(begins.shape[1] - 1), epochs), np.diff(begins, axis=1).ravel())
    later = np.nonzero(ground.onward >= 0)
    ways = np.unique(
        np.concatenate(
            [
                np.stack([start, ground.option_step], axis=1),
                np.stack([later[1], ground.onward[later]], axis=1),
            ]
        ),
        axis=0,
    )
    origin, step = ways[:, 0], ways[:, 1]
    link, reached = ground.step_link[step], ground.step_stand[step]
    km, speed = np.maximum(1, (ground.link_km[link] + 0.5).astype(np.int64)), ground.link_speed[link]
    out = np.zeros((stands, most + 1), dtype=np.int16)
    out[:, most] = most
    ahead = np.full(len(step), -1)
    for clock in range(most - 1, -1, -1):
        end = clock + km
        leads = np.where(end < speed, out[reached, np.minimum(end, most)], -1)
        apart = np.zeros(stands, dtype=np.bool_)
        apart[origin[leads != ahead]] = True
        out[:, clock] = np.where(apart, clock, out[:, clock + 1])
        ahead = leads
    return out


def _nears(ground: Ground, limited: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return bool[epoch, place]: an option of a place ends where room is limited."""
    ends = np.concatenate([[0], np.cumsum(limited[ground.option_goal])])
    return np.asarray(ends[ground.first_option[:, 1:]] > ends[ground.first_option[:, :-1]])


def _pull(displacement: Displacement, ways: Ways, quirks: bool) -> Floats:
    """Return by option the factor by which nearness to where people stand attracts.

    The peer takes that for nearness to home, and takes degrees north for degrees east; ours is in the
    classes, which know a home.
    """
    if not (quirks and displacement.settings.move.stay_close_to_home):
        return np.ones(len(ways.option_goal))
    sites = tuple(replace(site, lat=site.lon, lon=site.lat) for site in displacement.sites)
    near = nearness(displacement.settings.move, sites)
    return np.asarray(near[ways.option_start, ways.option_goal])


def _column(columns: Mapping[str, str], name: str, default: float) -> float:
    text = columns.get(name, "").strip()
    return float(text) if text else default


def _days(displacement: Displacement, state: SiteDays, times: Epochs, classes: Classes, quirks: bool) -> Days:
    """Gather what holds on each day; equal days share a row."""
    move = displacement.settings.move
    score = (state.safety[:, None, :] * classes.foreign[None, :, :]) ** classes.power[None, :, None]
    score = score * classes.nearness[None, :, :]
    if move.use_pop_for_loc_weight:
        by_people = np.maximum(1.0, _inhabitants(displacement)) ** move.pop_power_for_loc_weight
        score = score * np.where(state.camp[:, None, :], 1.0, by_people)
    room = _room(displacement, quirks)
    leave = state.leave * _by_population(displacement)
    held = np.concatenate(
        [score.reshape(len(score), -1), leave, state.town, state.camp, room, state.drive], axis=1
    )
    _, first, row = np.unique(held, axis=0, return_index=True, return_inverse=True)
    return Days(
        epoch=times.of_day,
        row=row.astype(np.int64).ravel(),
        group=classes.group,
        score=np.ascontiguousarray(score[first]),
        leave=np.ascontiguousarray(np.clip(leave[first], 0.0, 1.0)),
        town=np.ascontiguousarray(state.town[first]),
        camp=np.ascontiguousarray(state.camp[first]),
        room=np.ascontiguousarray(room[first]),
        drive=np.ascontiguousarray(state.drive[first]),
        new=_new(displacement, quirks),
        at_start=people_at_start(displacement, rounded=not quirks).astype(np.float64),
        class_share=classes.share,
    )


def _new(displacement: Displacement, quirks: bool) -> Floats:
    if displacement.settings.spawn.conflict_driven is not None:
        return np.zeros(displacement.days)
    new = new_people(displacement) if quirks else new_people_once(displacement)
    return new.astype(np.float64)


def _room(displacement: Displacement, quirks: bool) -> Floats:
    """Return float64[day, site], the people for whom there is room; infinite where no capacity is stated.

    The peer rounds capacities down, takes those put in on day 0 off them although they count as there, and
    reads what is left as no limit once it falls under 1.
    """
    settings, sites = displacement.settings, displacement.sites
    out = np.full((displacement.days, len(sites)), np.inf)
    inserted = _counted_at_first(displacement)
    day = np.arange(1, displacement.days + 1)
    for k, (site, capacity) in enumerate(zip(sites, people_at_scale(displacement), strict=True)):
        if not is_camp(site):
            continue
        grows = _column(site.columns, "capacity_per_day", 0.0)
        if quirks:
            taken = inserted.get(site.name, 0) if capacity > 0 else 0
            room = (capacity - taken + grows * day) * settings.move.capacity_scaling
            out[:, k] = np.where(room < 1.0, np.inf, room)
        elif site.people > 0:
            out[:, k] = (site.people + grows * day) / settings.hasten * settings.move.capacity_scaling
    return out


def _counted_at_first(displacement: Displacement) -> dict[str, int]:
    """Return people by site whom the peer takes off capacities on day 0, also where camps start empty.

    Only those of the counts, and only where counts say how many set out.
    """
    settings = displacement.settings
    if settings.spawn.conflict_driven is not None or not settings.spawn.insert_day0:
        return {}
    return {item.name: int(daily(item, 1, settings.hasten)[0]) for item in displacement.counts[1:]}


def _by_population(displacement: Displacement) -> Floats:
    """Return by site the factor on the chance to leave by its size, inhabitants or capacity."""
    move = displacement.settings.move
    if move.movechance_pop_scale_factor == 0.0:
        return np.ones(len(displacement.sites))
    # A capacity below 0 is none.
    people = np.maximum(0.0, people_at_scale(displacement))
    if move.movechance_pop_scale_factor < 0.0 and not people.all():
        raise ScenarioError(
            displacement.name,
            f"{displacement.sites[int(people.argmin())].name} has neither inhabitants nor a capacity, and "
            "movechance_pop_scale_factor is below 0, so that the chance to leave it is without bound",
            "give it people, or set the factor to 0 or above",
        )
    return np.asarray((people / move.movechance_pop_base) ** move.movechance_pop_scale_factor)


def _habits(displacement: Displacement, quirks: bool) -> Habits:
    spawn, move = displacement.settings.spawn, displacement.settings.move
    return Habits(
        whole_day=quirks,
        on_foot=move.start_on_foot,
        stints=quirks and move.avoid_short_stints,
        lost_if_none=quirks,
        by_best_way=quirks and move.fixed_routes,
        spawn=_SPAWN[spawn.conflict_driven] if spawn.conflict_driven else SHARED,
        from_population=spawn.take_from_population,
        top_speed=move.max_move_speed,
        walk_speed=move.max_walk_speed,
        base_weight=move.weight_softening,
        power=move.weight_power,
        buffer=move.capacity_buffer,
        prune=move.pruning_threshold if move.pruning_threshold >= 1.001 else 0.0,
    )


def _keep_best(ways: Ways) -> None:
    """Keep of the ways of a place to an end only the shortest."""
    step, goal, start, km, first = (list[int](), list[int](), list[int](), list[float](), list[list[int]]())
    for offsets in ways.first:
        row = [len(step)]
        for a, b in pairwise(offsets):
            best: dict[int, int] = {}
            for i in range(a, b):
                end = ways.option_goal[i]
                if end not in best or ways.option_km[i] < ways.option_km[best[end]]:
                    best[end] = i
            for i in best.values():
                step.append(ways.option_step[i])
                goal.append(ways.option_goal[i])
                start.append(ways.option_start[i])
                km.append(ways.option_km[i])
            row.append(len(step))
        first.append(row)
    ways.option_step, ways.option_goal, ways.option_start, ways.option_km = step, goal, start, km
    ways.first = first


def _require_somewhere(displacement: Displacement, days: Days, inhabitants: Floats) -> None:
    weight = ((days.drive * inhabitants)[days.row] > 0).any(axis=1)
    stuck = np.flatnonzero((days.new > 0) & ~weight)
    if len(stuck):
        raise ScenarioError(
            displacement.name,
            f"day {stuck[0]}: {int(days.new[stuck[0]])} people are to set out and no place in conflict "
            "has inhabitants",
            "end the period there, or use --rules travesia, which lets them wait for the next conflict",
        )
