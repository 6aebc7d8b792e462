"""What holds for every displacement, whoever moves: nobody is lost, nobody is invented, means are means."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_displacements import ONCE, STAY, counted, displacement_of, displacements, site

from travesia.movement import (
    Displacement,
    MoveRules,
    Options,
    Settings,
    SiteLink,
    Terrain,
    build_terrain,
    expected_walk,
    new_people,
    walk_displacement,
)
from travesia.movement.displacement.walking import run_once

RULES = ["flee", "travesia"]
RUNS = 150
each_rule_set = pytest.mark.parametrize("rules", RULES)


def everybody(terrain: Terrain, spawned: np.ndarray) -> np.ndarray:
    """Return float64[day], people there have been up to each day."""
    return np.asarray(terrain.days.at_start.sum() + np.cumsum(spawned))


@each_rule_set
@settings(max_examples=40)
@given(data=st.data())
def test_nobody_is_lost_or_invented_on_any_day_of_any_run(rules: str, data: st.DataObject):
    displacement = data.draw(displacements(rules))
    terrain = build_terrain(displacement, rules)
    for number in range(4):
        trail, walk = run_once(terrain, 7, number)
        assert (trail.stock >= 0.0).all()
        assert np.array_equal(trail.stock, np.rint(trail.stock))
        assert np.array_equal(trail.stock.sum(axis=1), everybody(terrain, trail.spawned))
        assert (trail.set_out >= 0.0).all()
        # Whoever is on a link has set out, and each day on links is one that was to be spent there.
        assert trail.set_out.sum() >= trail.stock[-1, -1]
        if displacement.settings.spawn.conflict_driven is None:
            assert trail.spawned.sum() + walk.totals[1] == terrain.days.new.sum()


@each_rule_set
@settings(max_examples=40)
@given(data=st.data())
def test_expected_people_add_up_to_all_there_are(rules: str, data: st.DataObject):
    terrain = build_terrain(data.draw(displacements(rules)), rules)
    trail, _ = run_once(terrain, 0, 0, expected=True)
    assert np.isfinite(trail.stock).all()
    assert trail.stock.min() > -1e-9
    assert trail.stock.sum(axis=1) == pytest.approx(everybody(terrain, trail.spawned), rel=1e-12, abs=1e-9)


@settings(max_examples=40)
@given(data=st.data())
def test_by_the_rules_of_flee_as_many_set_out_each_day_as_the_counts_say(data: st.DataObject):
    displacement = data.draw(displacements("flee"))
    walked = walk_displacement(build_terrain(displacement, "flee"), Options(3, threads=1))
    if displacement.settings.spawn.conflict_driven is None:
        assert walked.spawned.mean.tolist() == new_people(displacement).tolist()
        assert np.array_equal(walked.spawned.least, walked.spawned.most)


def simple_mean(displacement: Displacement) -> Displacement:
    """Return a displacement whose places of departure do not depend on who has left already."""
    spawn = replace(displacement.settings.spawn, take_from_population=False)
    return replace(displacement, settings=replace(displacement.settings, spawn=spawn))


def too_far(total: np.ndarray, mean: np.ndarray, false_alarms: float) -> np.ndarray:
    """Return where a sum of independent yes-or-no draws is further from its mean than chance allows.

    The bound is Bernstein's, with the mean in place of the variance, which it never falls short of.
    """
    deviation = np.abs(total - mean)
    log_chance = -(deviation**2) / (2.0 * (mean + deviation / 3.0) + 1e-12)
    return np.asarray(
        (deviation > 1e-6 * (1 + mean)) & (log_chance < math.log(false_alarms / 2.0 / mean.size))
    )


@each_rule_set
@settings(max_examples=10)
@given(data=st.data())
def test_without_capacities_the_mean_of_runs_comes_to_the_expected_people(rules: str, data: st.DataObject):
    terrain = build_terrain(simple_mean(data.draw(displacements(rules, capacities=False))), rules)
    walked, expected = walk_displacement(terrain, Options(RUNS, seed=3, threads=1)), expected_walk(terrain)
    # All examples of a day together raise a false alarm once in some thousand.
    assert not too_far(walked.stock.total, RUNS * expected.stock.total, 1e-6).any()
    assert not too_far(walked.spawned.total, RUNS * expected.spawned.total, 1e-6).any()


def crowded(room: int, people: int = 3_000) -> Displacement:
    """Return a displacement of people in ten days, with room for some in the nearer one of two camps."""
    move = replace(STAY, awareness_level=1)
    return displacement_of(
        [site("War", "conflict_zone", 5_000), site("Near", "camp", people=room), site("Far", "camp")],
        [SiteLink("War", "Near", 100.0), SiteLink("War", "Far", 150.0)],
        [counted("total", (0, 0), (10, people))],
        days=10,
        settings=Settings(ONCE, move),
    )


def test_where_a_camp_fills_up_the_mean_of_runs_is_another_one():
    """Crowding does not rise in proportion: the expected people are those of nobody's run."""
    for room, differ in ((1_000, False), (8, True)):
        terrain = build_terrain(crowded(room, people=30), "travesia")
        runs = 500
        walked = walk_displacement(terrain, Options(runs, threads=1))
        expected = expected_walk(terrain)
        error = np.maximum(walked.stock.sd / math.sqrt(runs), 1e-6)
        z = np.abs(walked.stock.mean - expected.stock.mean) / error
        assert (z.max() > 6.0) == differ, z.max()


@each_rule_set
@pytest.mark.parametrize("move", [STAY, MoveRules()])
def test_a_power_of_the_comparison_a_mean_that_is_off_is_found_out(rules: str, move: MoveRules):
    terrain = build_terrain(replace(crowded(0), settings=Settings(ONCE, move)), rules)
    walked, expected = walk_displacement(terrain, Options(RUNS, threads=1)), expected_walk(terrain)
    mean = RUNS * expected.stock.total
    assert not too_far(walked.stock.total, mean, 1e-6).any()
    assert too_far(walked.stock.total, mean * 1.03, 1e-6).any()
