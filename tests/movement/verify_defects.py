"""Each known defect of the peer, and what the package does instead, on displacements worked out by hand.

An expectation is a function of a simulator, so that the same numbers hold for the reference simulator and
for the kernel (`simulators.SIMULATORS`). Where nothing is left to chance people are counted exactly; where a
choice is drawn, the number must be within five standard deviations of a binomial law.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulators import Simulator, about, everybody, first_days, last_share
from small_displacements import (
    ALWAYS,
    CAMP,
    HOME,
    ONCE,
    STAY,
    TEN,
    by_day,
    choosing,
    counted,
    displacement_of,
    fork,
    site,
)

from travesia.movement import Closure, Displacement, MoveRules, Settings, SiteLink, SpawnRules

RULES = ("flee", "travesia")


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


def test_of_parallel_links_on_the_way_the_shorter_is_taken(simulate: Simulator):
    """100 km, then 300 or 100 km: the peer reckons with the shorter and walks the first row."""
    displacement = relay(100, 300)
    links = (*displacement.links, replace(displacement.links[1], km=100.0))
    displacement = replace(displacement, links=links)
    assert first_days(simulate, displacement, "flee", "Camp") == [0, 10, 10, 10]
    assert first_days(simulate, displacement, "travesia", "Camp") == [10, 10, 10, 10]


# Closures and forced links.


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


def test_closing_a_camp_does_not_end_its_conflict(simulate: Simulator):
    """Ten people a day are driven from a camp that is a town on days 1 and 2; conflict is left at once."""
    spawn = SpawnRules(insert_day0=False, conflict_driven="constant", displaced_per_conflict_day=10)
    displacement = displacement_of(
        [HOME, CAMP, site("Far", "camp", -1)], [SiteLink("Camp", "Far", 10)], [], 4, Settings(spawn, STAY),
        [Closure("camp", "Camp", "-", 1, 3)], {"Home": by_day(4), "Camp": by_day(4, (0, 1.0))},
    )  # fmt: skip
    # Ten a day at home too, where the peer does not see the peace of day 0.
    assert everybody(simulate, displacement, "flee") == [20, 40, 50, 60]
    assert first_days(simulate, displacement, "travesia", "Far") == [10, 20, 30, 40]


def test_who_cannot_set_out_in_peace_does_with_the_next_conflict(simulate: Simulator):
    """Ten more counted a day, conflict on days 0 and 3 only. The peer stops on day 1."""
    spawn = SpawnRules(insert_day0=False, sum_from_camps=False)
    displacement = displacement_of(
        [HOME, CAMP], [SiteLink("Home", "Camp", 10)], [counted("total", (0, 10), (10, 110))], 6,
        Settings(spawn, STAY), intensity={"Home": by_day(6, (0, 1.0), (1, 0.0), (3, 1.0), (4, 0.0))},
    )  # fmt: skip
    assert first_days(simulate, displacement, "travesia", "Camp") == [10, 10, 10, 40, 40, 40]
