"""The comparison of samples: known chances, few false alarms, and it does see what is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from samples_compared import chi_square_chance, compare
from small_displacements import STAY, counted, displacement_of, site
from walker import walk_in, walk_runs
from walker_travesia import TravesiaWorld

from travesia.movement import Displacement, Settings, SiteLink, SpawnRules

RUNS = 150


@pytest.mark.parametrize(
    ("x", "degrees"),
    [(3.8415, 1), (5.9915, 2), (7.8147, 3), (9.4877, 4), (11.0705, 5), (18.3070, 10), (24.9958, 15)],
)
def test_the_chance_of_a_chi_square_is_that_of_the_tables(x: float, degrees: int):
    assert chi_square_chance(x, degrees) == pytest.approx(0.05, abs=5e-6)
    assert chi_square_chance(0.0, degrees) == 1.0


@pytest.mark.parametrize("mean", [0.02, 0.3, 1.0, 4.0, 60.0])
def test_samples_of_one_law_are_seldom_told_apart(mean: float):
    """Of 200 pairs of samples at most 22 where 1 in 20 is allowed: more is a chance below 1 in 1,000."""
    rng = np.random.default_rng(2022)
    alarms = 0
    for _ in range(200):
        one, other = (rng.poisson(mean, (runs, 4, 3)).astype(float) for runs in (60, 90))
        alarms += not compare(one, other, 0.05).agree
    assert alarms <= 22


def test_samples_of_two_laws_are_told_apart():
    rng = np.random.default_rng(2022)
    one = rng.poisson(20.0, (RUNS, 5, 4)).astype(float)
    another = rng.poisson(20.0, (RUNS, 5, 4)).astype(float)
    assert compare(one, another).agree
    more = another.copy()
    more[:, 3, 2] = rng.poisson(23.0, RUNS)
    assert [(each.day, each.place) for each in compare(one, more).against[:1]] == [(3, 2)]
    wider = another.copy()
    wider[:, 1, 1] = 20 + 2 * (rng.poisson(20.0, RUNS) - 20)
    assert {each.what for each in compare(one, wider).against} >= {"variance", "histogram"}
    # Something rare that one sample has and the other never.
    rare = np.zeros((RUNS, 5, 4))
    assert compare(rare, rare).made == 0
    sometimes = rare.copy()
    sometimes[:25, 0, 0] = 1.0
    assert not compare(rare, sometimes).agree


class WholeDays(TravesiaWorld):
    """Wrong on purpose: each link of a day has a whole day."""

    day_ticks_of_a_further_link = True


class AlwaysRoom(TravesiaWorld):
    """Wrong on purpose: no camp is ever nearly full."""

    def room(self, place) -> float:
        return 1.0


class AllForeign(TravesiaWorld):
    """Wrong on purpose: home is where the first row is."""

    def is_foreign(self, person, place) -> bool:
        return place.country != self.places[0].country


def _crossroads() -> Displacement:
    """Two homes in two countries, two towns, three camps of which one fills."""
    sites = [
        site("Alba", "conflict_zone", 3000), site("Brio", "conflict_zone", 1000, "Bland"),
        site("Cima", "town"), site("Duna", "town", 0, "Bland"),
        site("Erma", "camp", 25), site("Fara", "camp", -1, "Bland"), site("Gola", "camp", -1),
    ]  # fmt: skip
    links = [
        SiteLink("Alba", "Cima", 120), SiteLink("Brio", "Duna", 90), SiteLink("Cima", "Duna", 130),
        SiteLink("Cima", "Erma", 140), SiteLink("Duna", "Fara", 60), SiteLink("Duna", "Gola", 170),
    ]  # fmt: skip
    move = STAY.__class__(
        max_move_speed=200.0,
        foreign_weight=2.0,
        conflict_weight=0.1,
        default_movechance=0.4,
        awareness_level=2,
    )
    counts = [
        counted("total", (0, 0)),
        *(counted(name, (0, 0), (12, 40)) for name in ("Erma", "Fara", "Gola")),
    ]
    return displacement_of(sites, links, counts, 12, Settings(SpawnRules(), move))


@pytest.mark.parametrize("wrong", [WholeDays, AlwaysRoom, AllForeign])
def test_a_walker_that_is_wrong_is_told_from_one_that_is_right(wrong: type[TravesiaWorld]):
    displacement = _crossroads()
    right = walk_runs(displacement, "travesia", RUNS, 1)
    assert compare(right, walk_runs(displacement, "travesia", RUNS, 2)).agree
    seen = np.stack([walk_in(wrong(displacement, seed)).counts for seed in range(RUNS)]).astype(float)
    assert not compare(right, seen).agree


def test_the_two_rule_sets_are_told_apart():
    displacement = _crossroads()
    one, other = (walk_runs(displacement, rules, RUNS, 1) for rules in ("flee", "travesia"))
    assert len(compare(one, other).against) > 20
