"""The invented world as the kernel sees it: sound arrays, and a run in which nobody is lost."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from displaced.draw_mix import bare, drawn_laws
from displaced.invented_terrain import Ways, links_to_camp, terrain_of
from displaced.invented_world import CAMP, Size, invent
from travesia.movement.kernel import wander
from travesia.movement.stores import empty_trail, empty_walk

SMALL = Size(places=600, links=1_800, people=60_000, classes=6, days=40, side_km=1_250.0)


@pytest.fixture(scope="module")
def world():
    return invent(SMALL)


@pytest.fixture(scope="module")
def terrain(world):
    return terrain_of(world, SMALL, Ways())


def run(terrain, seed, days=SMALL.days):
    walk, trail = empty_walk(terrain, 1 << 14), empty_trail(terrain)
    wander(0, days, seed, 0, terrain.ground, terrain.days, terrain.habits, walk, trail, False)
    assert not walk.standing.used[1]
    assert not walk.due.used[2]
    return walk, trail


def test_each_place_has_an_option_for_each_link_that_leaves_it(world, terrain):
    ground = terrain.ground
    found = set()
    for place, (first, end) in enumerate(pairwise(ground.first_option[0])):
        for option in range(first, end):
            link = ground.step_link[ground.option_step[option]]
            assert ground.link_from[link] == place
            assert ground.link_to[link] == ground.option_goal[option] == ground.step_stand[link]
            found.add((place, int(ground.option_goal[option])))
    wanted = {(int(a), int(b)) for a, b in world.pairs}
    assert found == wanted | {(b, a) for a, b in wanted}


def test_both_ways_of_a_link_are_as_long(world, terrain):
    km = {tuple(pair): length for pair, length in zip(world.pairs.tolist(), world.km, strict=True)}
    ground = terrain.ground
    for start, end, length in zip(ground.link_from, ground.link_to, ground.link_km, strict=True):
        assert km[min(start, end), max(start, end)] == length


def test_links_to_a_camp_by_hand(world):
    far = links_to_camp(world, SMALL.places)
    assert (far[world.kind == CAMP] == 0).all()
    assert (far[world.kind != CAMP] > 0).all()
    one, other = world.pairs.T
    assert (np.abs(far[one] - far[other]) <= 1).all()


def test_only_zones_in_conflict_drive_people_out(world, terrain):
    zones = set(world.zones.ravel().tolist())
    for row in terrain.days.drive:
        assert set(np.flatnonzero(row).tolist()) <= zones
    assert set(np.flatnonzero(terrain.days.drive[-1]).tolist()) == {
        int(zone)
        for zone, day in zip(world.zones.ravel(), world.first.ravel(), strict=True)
        if day // 30 <= 1
    }


def test_classes_of_a_place_sum_to_one(terrain):
    assert np.allclose(terrain.days.class_share.sum(axis=1), 1.0)


def test_everybody_sets_out_and_nobody_is_lost(world, terrain):
    _, trail = run(terrain, 1)
    assert np.array_equal(trail.spawned, world.leaving.sum(axis=1))
    assert np.array_equal(trail.stock.sum(axis=1), np.cumsum(trail.spawned))


def test_people_reach_camps(world, terrain):
    _, trail = run(terrain, 1)
    assert trail.stock[-1, :-1][world.kind == CAMP].sum() > 0.2 * SMALL.people


def test_the_laws_looked_at_are_those_of_the_people_who_stand(terrain):
    walk, _ = run(terrain, 2, days=20)
    n, p = drawn_laws(terrain, walk, 20)
    assert ((p > 0.0) & (p < 1.0)).all()
    assert (n > 0.0).all()
    assert (n == np.rint(n)).all()
    people = walk.standing.people[: walk.standing.used[0]]
    assert n.max() <= people.max()
    # Each cohort at a town or camp draws who leaves; camps and towns hold nearly everybody.
    assert len(n) > 0.5 * walk.standing.used[0]


def test_the_bare_sampler_draws_from_the_laws():
    n, p = np.full(4_000, 100.0), np.full(4_000, 0.3)
    assert abs(bare(n, p, 1) / n.sum() - 0.3) < 0.005
    assert bare(n, p, 1) == bare(n, p, 1) != bare(n, p, 2)
