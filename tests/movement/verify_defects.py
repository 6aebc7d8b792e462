"""Each known defect of the peer, and what the package does instead, on displacements worked out by hand.

An expectation is a function of a simulator, so that the same numbers hold for the reference simulator and
for the kernel (`simulators.SIMULATORS`). Where nothing is left to chance people are counted exactly; where a
choice is drawn, the number must be within five standard deviations of a binomial law.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from simulators import SIMULATORS, Simulator, about, everybody, first_days, last_share
from small_displacements import ALWAYS, ONCE, STAY, by_day, counted, displacement_of, site

from travesia.movement import Closure, Displacement, MoveRules, Settings, SiteLink, SpawnRules

RULES = ("flee", "travesia")


@pytest.fixture(params=sorted(SIMULATORS))
def simulate(request: pytest.FixtureRequest) -> Simulator:
    return SIMULATORS[request.param]


def choosing(**rules: object) -> MoveRules:
    return replace(STAY, **rules)  # type: ignore[arg-type]


HOME, CAMP = site("Home", "conflict_zone", 1000), site("Camp", "camp", -1)
TEN = counted("total", (0, 10))
A_HUNDRED = counted("total", (0, 100))


# Distances.


def relay(*km: float, rules: MoveRules = STAY, hubs: str = "conflict_zone") -> Displacement:
    """Home to a camp over places that attract nobody, so that everybody's plan leads to the camp."""
    between = [site(f"Stop{i}", hubs) for i in range(1, len(km))]
    names = ["Home", *(each.name for each in between), "Camp"]
    links = [SiteLink(one, other, d) for one, other, d in zip(names, names[1:], km, strict=False)]
    settings = Settings(ONCE, replace(rules, awareness_level=len(km)))
    return displacement_of([HOME, *between, CAMP], links, [TEN], settings=settings)


def test_a_second_link_has_what_is_left_of_the_day(simulate: Simulator):
    """Two links of 150 km at 200 km a day: 300 km in a day by the peer; one day and a half is right."""
    assert first_days(simulate, relay(150, 150), "flee", "Camp") == [10, 10, 10, 10]
    assert first_days(simulate, relay(150, 150), "travesia", "Camp") == [0, 10, 10, 10]
    # Nor has who only planned as far as a hub and is sent on from there.
    hub = replace(relay(150, 150, hubs="forwarding_hub"), settings=Settings(ONCE, STAY))
    assert first_days(simulate, hub, "flee", "Camp") == [10, 10, 10, 10]
    assert first_days(simulate, hub, "travesia", "Camp") == [0, 10, 10, 10]


@pytest.mark.parametrize(
    ("km", "flee", "travesia"),
    [
        ((100, 100), [10, 10, 10, 10], [10, 10, 10, 10]),
        ((120, 120, 120), [0, 10, 10, 10], [0, 10, 10, 10]),
        ((199, 199, 199, 1), [0, 10, 10, 10], [0, 0, 10, 10]),
        ((250, 100), [0, 10, 10, 10], [0, 10, 10, 10]),
        ((250, 199), [0, 10, 10, 10], [0, 0, 10, 10]),
        ((350, 210), [0, 0, 10, 10], [0, 0, 10, 10]),
    ],
)
def test_days_on_the_way_are_kilometres_over_speed(
    simulate: Simulator, km: tuple[float, ...], flee: list[float], travesia: list[float]
):
    """By the peer a day ends once the kilometres of the day reach the speed, whatever a link is long."""
    assert first_days(simulate, relay(*km), "flee", "Camp") == flee
    assert first_days(simulate, relay(*km), "travesia", "Camp") == travesia


def test_who_arrives_at_the_end_of_a_day_has_arrived(simulate: Simulator):
    """200 km at 200 km a day."""
    assert first_days(simulate, relay(200), "flee", "Camp") == [0, 10, 10, 10]
    assert first_days(simulate, relay(200), "travesia", "Camp") == [10, 10, 10, 10]


def test_the_first_link_on_foot_takes_its_days_exactly(simulate: Simulator):
    """100 km at 40 km a day, then 100 km at 200: 3 days whatever is left, against 2.5 and 0.5 days."""
    displacement = relay(100, 100, rules=choosing(start_on_foot=True))
    assert first_days(simulate, displacement, "flee", "Camp") == [0, 0, 10, 10]
    assert first_days(simulate, displacement, "travesia", "Camp") == [0, 0, 10, 10]
    longer = relay(100, 101, rules=choosing(start_on_foot=True))
    assert first_days(simulate, longer, "flee", "Camp") == [0, 0, 10, 10]
    assert first_days(simulate, longer, "travesia", "Camp") == [0, 0, 0, 10]


# Closures and forced links.


def fork(
    *closures: Closure, forced: int = 0, km: tuple[float, float] = (100.0, 100.0), days: int = 4
) -> Displacement:
    """Home to the left or to the right camp."""
    camps = [site("Left", "camp", -1), site("Right", "camp", -1, country="Bland")]
    links = [SiteLink("Home", "Left", km[0], forced), SiteLink("Home", "Right", km[1])]
    return displacement_of([HOME, *camps], links, [A_HUNDRED], days, closures=closures)


def test_a_closed_link_is_closed_both_ways(simulate: Simulator):
    displacement = fork(Closure("link", "Left", "Home", 0, 2))
    assert about(1 / 2, 2000, last_share(simulate, displacement, "flee", "Left"))
    assert last_share(simulate, displacement, "travesia", "Left") == 0
    both = [Closure("link", one, "Home", 0, 2) for one in ("Left", "Right")]
    assert first_days(simulate, fork(*both), "travesia", "Home") == [100, 100, 0, 0]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(
    "closure", [Closure("country", "Bland", "Aland", 0, ALWAYS), Closure("location", "Right", "-", 0, ALWAYS)]
)
def test_a_closed_border_or_place_is_closed_by_either(simulate: Simulator, rules: str, closure: Closure):
    assert first_days(simulate, fork(closure), rules, "Left") == [100, 100, 100, 100]


@pytest.mark.parametrize("rules", RULES)
def test_who_is_on_a_link_that_closes_is_brought_back_when_he_would_have_arrived(
    simulate: Simulator, rules: str
):
    """350 km: the link closes on day 1, reopens on day 3; back at home on day 1, out again on day 3."""
    closure = Closure("country", "Aland", "Bland", 1, 3)
    displacement = displacement_of(
        [HOME, replace(CAMP, country="Bland")], [SiteLink("Home", "Camp", 350)], [TEN], 6, closures=[closure]
    )
    assert first_days(simulate, displacement, rules, "Home") == [0, 10, 10, 0, 0, 0]
    assert first_days(simulate, displacement, rules, "Camp") == [0, 0, 0, 0, 10, 10]


def test_a_forced_link_takes_everybody(simulate: Simulator):
    """By the peer it is two links that nobody has to take: 2/3 of the people."""
    assert about(2 / 3, 2000, last_share(simulate, fork(forced=1), "flee", "Left"))
    assert last_share(simulate, fork(forced=1), "travesia", "Left") == 2000
    # The other way: from the camp home, which nobody leaves. It is not doubled.
    assert about(1 / 2, 2000, last_share(simulate, fork(forced=2), "flee", "Left"))
    assert about(1 / 2, 2000, last_share(simulate, fork(forced=2), "travesia", "Left"))


def test_a_forced_link_is_forced_the_way_its_flag_says(simulate: Simulator):
    """Flag 2 on a row from the left camp to home forces from home to the left camp."""
    plain = fork()
    turned = replace(plain, links=(SiteLink("Left", "Home", 100.0, 2), plain.links[1]))
    assert last_share(simulate, turned, "travesia", "Left") == 2000


def test_a_forced_link_that_is_lifted_or_closed_forces_nobody(simulate: Simulator):
    for closure in (
        Closure("remove_forced_redirection", "Home", "Left", 0, ALWAYS),
        Closure("remove_forced_redirection", "Home", "Left", 1, ALWAYS),
    ):
        seen = last_share(simulate, fork(closure, forced=1), "travesia", "Left")
        assert about(1 / 2, 2000, seen) if closure.first == 0 else seen == 2000
    closed = fork(Closure("link", "Home", "Left", 0, ALWAYS), forced=1)
    assert last_share(simulate, closed, "travesia", "Right") == 2000


# Conflict.


def driven(days: int, *changes: tuple[int, float]) -> Displacement:
    """Ten people a day at intensity 1 are driven out of a place, typed conflict, whose intensity changes."""
    spawn = SpawnRules(insert_day0=False, conflict_driven="constant", displaced_per_conflict_day=10)
    return displacement_of(
        [HOME, CAMP], [SiteLink("Home", "Camp", 10)], [], days, Settings(spawn, STAY),
        intensity={"Home": by_day(days, *changes)},
    )  # fmt: skip


def test_every_change_of_intensity_acts(simulate: Simulator):
    """Intensity 1, 3, 2, 0: the peer stays at 1 until it is 0."""
    displacement = driven(4, (0, 1.0), (1, 3.0), (2, 2.0), (3, 0.0))
    assert first_days(simulate, displacement, "flee", "Camp") == [10, 20, 30, 30]
    assert first_days(simulate, displacement, "travesia", "Camp") == [10, 40, 60, 60]


def test_peace_on_day_0_acts(simulate: Simulator):
    """Typed conflict with day 0, but its table says 0: the peer has a conflict of 1, for ever."""
    assert first_days(simulate, driven(3, (0, 0.0)), "flee", "Camp") == [10, 20, 30]
    assert first_days(simulate, driven(3, (0, 0.0)), "travesia", "Camp") == [0, 0, 0]


def test_without_a_table_a_conflict_begins_on_the_day_of_its_row(simulate: Simulator):
    displacement = replace(driven(4), intensity=None)
    home = replace(displacement.sites[0], conflict_day=2)
    displacement = replace(displacement, sites=(home, *displacement.sites[1:]))
    assert first_days(simulate, displacement, "flee", "Camp") == [0, 0, 0, 0]
    assert first_days(simulate, displacement, "travesia", "Camp") == [0, 0, 10, 20]


def test_a_camp_that_had_a_conflict_is_a_camp_again(simulate: Simulator):
    """Fifty people in a camp without links, in conflict on day 0, then a road to a town; towns are left."""
    closure = Closure("location", "Town", "-", 0, 2)
    displacement = displacement_of(
        [HOME, CAMP, site("Town", "forwarding_hub"), site("Far", "camp", -1)],
        [SiteLink("Camp", "Town", 10), SiteLink("Town", "Far", 10)],
        [counted("total", (0, 50)), counted("Camp", (0, 50)), counted("Far", (0, 0))],
        4,
        Settings(SpawnRules(), choosing(default_movechance=1.0, camp_movechance=0.0)),
        [closure],
        {"Home": by_day(4, (0, 1.0)), "Camp": by_day(4, (0, 1.0), (1, 0.0))},
    )
    assert first_days(simulate, displacement, "flee", "Camp")[:2] == [50, 50]
    assert first_days(simulate, displacement, "flee", "Camp")[2] < 50
    assert first_days(simulate, displacement, "travesia", "Camp") == [50, 50, 50, 50]


def test_who_cannot_set_out_in_peace_does_with_the_next_conflict(simulate: Simulator):
    """Ten more counted a day, conflict on days 0 and 3 only. The peer stops on day 1."""
    spawn = SpawnRules(insert_day0=False, sum_from_camps=False)
    displacement = displacement_of(
        [HOME, CAMP], [SiteLink("Home", "Camp", 10)], [counted("total", (0, 10), (10, 110))], 6,
        Settings(spawn, STAY), intensity={"Home": by_day(6, (0, 1.0), (1, 0.0), (3, 1.0), (4, 0.0))},
    )  # fmt: skip
    assert first_days(simulate, displacement, "travesia", "Camp") == [10, 10, 10, 40, 40, 40]


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


def test_a_full_camp_is_not_unlimited(simulate: Simulator):
    """500 places, 500 taken: the peer is left with a capacity of 0, which it takes for none set."""
    seen = last_share(simulate, full(500, 500), "flee", "Limited") - 20 * 500
    assert about(1 / 2, 2000, seen)
    assert last_share(simulate, full(500, 500), "travesia", "Limited") == 20 * 500


def test_a_capacity_of_0_is_full_and_a_negative_one_is_no_limit(simulate: Simulator):
    assert about(1 / 2, 2000, last_share(simulate, full(0, 0), "flee", "Limited"))
    assert last_share(simulate, full(0, 0), "travesia", "Limited") == 0
    for rules in RULES:
        assert about(1 / 2, 2000, last_share(simulate, full(-1, 0), rules, "Limited"))


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
