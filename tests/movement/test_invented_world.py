"""The invented world has the size that was asked for, and its links join neighbours."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from displaced.invented_world import CAMP, CONFLICT, NEIGHBOURS, TOWN, Size, invent, nearest_pairs, neighbours

SMALL = Size(places=2_000, links=6_000, people=5_000_000, classes=10, days=90, side_km=2_280.0)


@pytest.fixture(scope="module")
def world():
    return invent(SMALL)


def test_the_nearest_are_the_nearest_by_brute_force():
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0.0, 100.0, (2, 300))
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    np.fill_diagonal(apart, np.inf)
    found = np.sort(np.take_along_axis(apart, neighbours(x, y, 100.0, 3), axis=1), axis=1)
    # A nearer one two cells away would be missed: so rare at this density that none is here.
    assert np.array_equal(found, np.sort(apart, axis=1)[:, :3])


def test_every_place_has_a_link(world):
    assert len(np.unique(world.pairs)) == SMALL.places


def test_nobody_neighbours_itself(world):
    assert (world.pairs[:, 0] < world.pairs[:, 1]).all()
    assert len(np.unique(world.pairs, axis=0)) == len(world.pairs) == SMALL.links


def test_roads_are_longer_than_the_crow_flies(world):
    one, other = world.pairs.T
    apart = np.sqrt((world.x[one] - world.x[other]) ** 2 + (world.y[one] - world.y[other]) ** 2)
    assert (world.km >= np.floor(apart)).all()
    assert (world.km <= np.maximum(1.0, apart * 1.5 + 0.5)).all()
    assert 20.0 < np.median(world.km) < 100.0


def test_almost_everybody_can_go_almost_everywhere(world):
    group = np.arange(SMALL.places)
    for _ in range(SMALL.places):
        lowest = np.minimum(group[world.pairs[:, 0]], group[world.pairs[:, 1]])
        before = group.copy()
        np.minimum.at(group, world.pairs[:, 0], lowest)
        np.minimum.at(group, world.pairs[:, 1], lowest)
        if np.array_equal(before, group):
            break
    assert np.bincount(group).max() > 0.95 * SMALL.places


def test_everybody_sets_out_once(world):
    assert world.leaving.shape == (SMALL.days, SMALL.classes)
    assert world.leaving.sum() == SMALL.people
    assert (world.leaving > 0).all()


def test_kinds_and_zones(world):
    assert set(np.unique(world.kind)) == {TOWN, CAMP, CONFLICT}
    assert 0.01 < (world.kind == CAMP).mean() < 0.03
    assert len(np.unique(world.zones)) == world.zones.size == (world.kind == CONFLICT).sum()
    assert (world.kind[world.zones] == CONFLICT).all()


def test_conflict_comes_to_one_zone_first_and_to_others_over_time(world):
    assert (world.first[:, 0] == 0).all()
    assert (np.diff(world.first, axis=1) >= 0).all()
    assert world.first.max() > SMALL.days // 4
    assert world.first.max() < SMALL.days


def test_zones_of_a_class_are_near_to_each_other(world):
    across = np.hypot(np.ptp(world.x[world.zones], axis=1), np.ptp(world.y[world.zones], axis=1))
    assert across.max() < 0.25 * SMALL.side_km


def test_one_seed_gives_one_world(world):
    same, other = invent(SMALL), invent(SMALL, seed=2)
    for field in dataclasses.fields(world):
        assert np.array_equal(getattr(same, field.name), getattr(world, field.name))
    assert not np.array_equal(other.x, world.x)


def test_more_links_than_near_neighbours_are_refused():
    x, y = np.random.default_rng(1).uniform(0.0, 100.0, (2, 50))
    with pytest.raises(ValueError, match="fewer than 301 links"):
        nearest_pairs(x, y, Size(places=50, links=50 * NEIGHBOURS + 1, side_km=100.0))


def test_too_few_places_are_refused():
    with pytest.raises(ValueError, match="too few"):
        neighbours(np.zeros(3), np.zeros(3), 1.0, 3)
