"""Defects of the peer in capacities, numbers of people and choices; see `verify_defects`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from simulators import Simulator, about, everybody, first_days, last_share
from small_displacements import (
    A_HUNDRED,
    CAMP,
    HOME,
    ONCE,
    STAY,
    TEN,
    choosing,
    counted,
    displacement_of,
    fork,
    site,
)

from travesia.movement import Displacement, Settings, SiteLink, SpawnRules

RULES = ("flee", "travesia")


# Capacity.


def full(capacity: int, inside: int, arriving: int = 100) -> Displacement:
    """A camp in which people stand on day 0; others set out on day 1 to it or to a camp without limit."""
    camps = [site("Limited", "camp", capacity), site("Open", "camp", -1)]
    return displacement_of(
        [HOME, *camps],
        [SiteLink("Home", "Limited", 10), SiteLink("Home", "Open", 10)],
        [
            counted("total", (0, inside), (1, inside + arriving)),
            counted("Limited", (0, inside)),
            counted("Open", (0, 0), (1, arriving)),
        ],
        3,
        Settings(SpawnRules(), STAY),
    )


def test_people_of_day_0_are_not_taken_off_the_capacity(simulate: Simulator):
    """1,000 places, 500 taken: 500 are left; the peer takes the 500 off and counts them inside: full."""
    assert last_share(simulate, full(1000, 500), "flee", "Limited") == 20 * 500
    seen = last_share(simulate, full(1000, 500), "travesia", "Limited") - 20 * 500
    assert about(1 / 2, 2000, seen)


@pytest.mark.parametrize("rules", RULES)
def test_only_people_counted_on_day_0_are_taken_off_a_capacity(simulate: Simulator, rules: str):
    """Not those of the column initial_idps, nor where conflict drives people out: 500 places are left."""
    plain = full(1000, 0)
    limited = replace(plain.sites[1], columns={"initial_idps": "500"})
    displaced = replace(plain, sites=(plain.sites[0], limited, plain.sites[2]))
    assert about(1 / 2, 2000, last_share(simulate, displaced, rules, "Limited") - 20 * 500)
    spawn = SpawnRules(conflict_driven="constant", displaced_per_conflict_day=50)
    driven = replace(full(1000, 500), settings=Settings(spawn, STAY))
    assert about(1 / 2, 3000, last_share(simulate, driven, rules, "Limited") - 20 * 500)


def test_a_full_camp_is_not_unlimited(simulate: Simulator):
    """500 places, 500 taken: the peer is left with a capacity of 0, which it takes for none set."""
    seen = last_share(simulate, full(500, 500), "flee", "Limited") - 20 * 500
    assert about(1 / 2, 2000, seen)
    assert last_share(simulate, full(500, 500), "travesia", "Limited") == 20 * 500


def test_no_capacity_stated_is_no_limit(simulate: Simulator):
    """Folders write 0, a blank or -1 for a capacity that nobody knows; that is no full camp."""
    for rules in RULES:
        for stated in (0, -1):
            assert about(1 / 2, 2000, last_share(simulate, full(stated, 0), rules, "Limited"))


def test_where_nothing_attracts_people_stay(simulate: Simulator):
    """The only neighbour has a score of 0, being in conflict: the peer goes there all the same."""
    other = site("Other", "conflict_zone", 0)
    displacement = displacement_of([HOME, other], [SiteLink("Home", "Other", 250)], [TEN], 1)
    assert first_days(simulate, displacement, "flee", "Home") == [0]
    assert first_days(simulate, displacement, "travesia", "Home") == [10]


# Numbers of people.


def halves(spawn: SpawnRules) -> Displacement:
    """Two camps that gain one person in two days each, in which 5 and 6 are counted on day 0."""
    return displacement_of(
        [HOME, site("Left", "camp", -1), site("Right", "camp", -1)],
        [SiteLink("Home", "Left", 10), SiteLink("Home", "Right", 10)],
        [
            counted("total", (0, 20), (2, 22)),
            counted("Left", (0, 5), (2, 6)),
            counted("Right", (0, 6), (2, 7)),
        ],
        3,
        Settings(spawn, STAY),
    )


def test_fractions_of_people_are_not_dropped_camp_by_camp(simulate: Simulator):
    """11, 12, 13: the peer drops one half in each camp on day 1."""
    assert everybody(simulate, halves(SpawnRules()), "flee") == [11, 11, 13]
    assert everybody(simulate, halves(SpawnRules()), "travesia") == [11, 12, 13]


def test_the_total_of_day_0_is_counted_once(simulate: Simulator):
    """20 in the total, 11 in the camps: the peer sends out 31."""
    spawn = SpawnRules(insert_day0=False)
    assert everybody(simulate, halves(spawn), "flee") == [31, 31, 33]
    assert everybody(simulate, halves(spawn), "travesia") == [11, 12, 13]


# Choices.


def test_foreign_is_what_is_abroad_for_each_person(simulate: Simulator):
    """People of two countries, each beside a camp in either; abroad weighs 3. The peer's abroad is Bland."""
    sites = [
        HOME,
        site("Beyond", "conflict_zone", 1000, "Bland"),
        site("Here", "camp", -1),
        site("There", "camp", -1, "Bland"),
    ]
    links = [SiteLink(home, camp, 50) for home in ("Home", "Beyond") for camp in ("Here", "There")]
    settings = Settings(ONCE, choosing(foreign_weight=3.0))
    both = displacement_of(sites, links, [A_HUNDRED], 1, settings)
    alone = replace(both, sites=(replace(HOME, people=0), *sites[1:]))
    assert about(3 / 4, 2000, last_share(simulate, both, "flee", "There"))
    assert about(3 / 4, 2000, last_share(simulate, alone, "flee", "There"))
    assert about(1 / 4, 2000, last_share(simulate, alone, "travesia", "There"))


def test_two_ways_to_a_place_are_one_option(simulate: Simulator):
    """Two roads to the left camp, one to the right, all as long: the peer sends 2/3 to the left."""
    plain = fork()
    parallel = replace(plain, links=(plain.links[0], *plain.links))
    assert about(2 / 3, 2000, last_share(simulate, parallel, "flee", "Left"))
    assert about(1 / 2, 2000, last_share(simulate, parallel, "travesia", "Left"))


def test_two_ways_over_markers_are_one_option_the_shorter(simulate: Simulator):
    """Left: 100 km over one marker, 300 over another; right: 100. Shares 4/7 by the peer, else 1/2."""
    marks = [site("Mark1", "marker"), site("Mark2", "marker")]
    links = [
        SiteLink("Home", "Mark1", 50), SiteLink("Mark1", "Left", 50),
        SiteLink("Home", "Mark2", 50), SiteLink("Mark2", "Left", 250),
        SiteLink("Home", "Right", 100),
    ]  # fmt: skip
    plain = fork()
    displacement = replace(plain, sites=(*plain.sites, *marks), links=tuple(links))
    assert about(4 / 7, 2000, last_share(simulate, displacement, "flee", "Left"))
    assert about(1 / 2, 2000, last_share(simulate, displacement, "travesia", "Left"))


@pytest.mark.parametrize("rules", RULES)
def test_a_hazard_is_of_the_score_and_not_of_the_inhabitants(simulate: Simulator, rules: str):
    """Women square the score, which is 1 for both towns; 81 inhabitants weigh 3 at a power of 1/4."""
    towns = [site("Small", people=1), site("Large", people=81)]
    # The peer takes a town that nobody leaves for a camp.
    move = choosing(
        default_movechance=0.006,
        women_avoid_hazards=True,
        use_pop_for_loc_weight=True,
        pop_power_for_loc_weight=0.25,
    )
    displacement = replace(
        displacement_of([HOME, *towns], [SiteLink("Home", each.name, 50) for each in towns], [A_HUNDRED], 1),
        settings=Settings(ONCE, move),
        demographics={"gender": (("female",), {"Default": np.ones(1)})},
    )
    assert about(3 / 4, 2000, last_share(simulate, displacement, rules, "Large"))


def test_fixed_routes_do_not_count_the_score_twice(simulate: Simulator):
    """Two camps as far, one abroad with weight 3: 9/10 by the peer under fixed routes, else 3/4."""
    settings = Settings(ONCE, choosing(foreign_weight=3.0, fixed_routes=True))
    displacement = replace(fork(), settings=settings)
    assert about(9 / 10, 2000, last_share(simulate, displacement, "flee", "Right"))
    assert about(3 / 4, 2000, last_share(simulate, displacement, "travesia", "Right"))


def test_an_awareness_of_0_does_not_hold_everybody(simulate: Simulator):
    displacement = replace(fork(), settings=Settings(ONCE, choosing(awareness_level=0)))
    assert first_days(simulate, displacement, "flee", "Home") == [100] * 4
    assert first_days(simulate, displacement, "travesia", "Home") == [0] * 4


def test_a_run_does_not_depend_on_the_run_before(simulate: Simulator):
    """Debt of one run is none of the next: the count falls by 5 on the last day."""
    displacement = displacement_of(
        [HOME, CAMP], [SiteLink("Home", "Camp", 10)], [counted("total", (0, 10), (3, 5))], 4
    )
    for rules in RULES:
        counts = simulate(displacement, rules, 3, 1)
        assert np.array_equal(counts.sum(axis=2), np.full((3, 4), 10.0))


def test_home_is_where_a_person_comes_from(simulate: Simulator):
    """Two camps as far from a hub; one is three times as far from home. The peer measures from the hub."""
    sites = [
        HOME,
        site("Hub", "forwarding_hub", at=(0.0, 2.0)),
        site("Near", "camp", -1, at=(0.0, 1.0)),
        site("Far", "camp", -1, at=(0.0, 3.0)),
    ]
    links = [SiteLink(one, other, 10) for one, other in (("Home", "Hub"), ("Hub", "Near"), ("Hub", "Far"))]
    settings = Settings(ONCE, choosing(stay_close_to_home=True, home_distance_power=1.0))
    displacement = displacement_of(sites, links, [A_HUNDRED], 1, settings)
    assert about(1 / 2, 2000, last_share(simulate, displacement, "flee", "Near"))
    assert about(3 / 4, 2000, last_share(simulate, displacement, "travesia", "Near"))
