"""Odd displacements: each works and nobody is lost, or is refused in one line that says what to do."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from small_displacements import ONCE, STAY, by_day, counted, displacement_of, site

from travesia.movement import (
    Closure,
    Displacement,
    MoveRules,
    Options,
    Settings,
    Site,
    SiteLink,
    SpawnRules,
    build_terrain,
    expected_walk,
    walk_displacement,
    walked_stock_table,
)
from travesia.movement.displacement import walkable, ways
from travesia.terms import ScenarioError

WAR, TOWN = site("War", "conflict_zone", 5_000), site("Town")
CAMP, DEEP = site("Camp", "camp", -1), site("Deep", "camp", -1)
TOTAL = [counted("total", (0, 0), (4, 400))]
RULES = ["flee", "travesia"]
each_rule_set = pytest.mark.parametrize("rules", RULES)


def made(sites: list[Site], *links: tuple, days: int = 4, **changed: object) -> Displacement:
    settings = Settings(
        replace(ONCE, **{k: v for k, v in changed.items() if k in SpawnRules.__dataclass_fields__}),
        replace(STAY, **{k: v for k, v in changed.items() if k in MoveRules.__dataclass_fields__}),
        hasten=changed.get("hasten", 1),  # type: ignore[arg-type]
    )
    rows = [SiteLink(*link) for link in links]
    return displacement_of(sites, rows, TOTAL, days, settings)


def last_day(displacement: Displacement, rules: str) -> list[float]:
    """Return expected people at each place and on links at the end; nobody may be lost in runs either."""
    terrain = build_terrain(displacement, rules)
    walked, expected = walk_displacement(terrain, Options(2, threads=1)), expected_walk(terrain)
    for each in (walked, expected):
        total = np.cumsum(each.spawned.mean) + terrain.days.at_start.sum()
        assert each.stock.mean.sum(axis=1) == pytest.approx(total)
        assert each.stock.least.min() >= 0.0
    return expected.stock.mean[-1].tolist()


def assert_refused(displacement: Displacement, rules: str, *words: str) -> None:
    with pytest.raises(ScenarioError, match=".*".join(map(re.escape, words))) as told:
        walk_displacement(build_terrain(displacement, rules), Options(1, threads=1))
    assert "\n" not in str(told.value)


@each_rule_set
@pytest.mark.parametrize("rest", [[], [CAMP], [CAMP, DEEP, site("Mark", "marker")]])
def test_who_has_no_link_stays(rules: str, rest: list[Site]):
    assert last_day(made([WAR, *rest]), rules)[0] == 300.0
    beyond = [("Camp", "Deep", 10.0)] if len(rest) > 1 else []
    assert last_day(made([WAR, *rest], *beyond), rules)[0] == 300.0


@each_rule_set
def test_one_day_is_enough(rules: str):
    assert last_day(made([WAR, CAMP], ("War", "Camp", 50.0), days=1), rules) == [0.0, 0.0, 0.0]


@each_rule_set
@pytest.mark.parametrize("kind", ["location", "camp"])
def test_with_all_camps_closed_at_once_nobody_is_lost(rules: str, kind: str):
    shut = tuple(Closure(kind, name, "", 1, 3) for name in ("Camp", "Deep"))
    open_again = replace(made([WAR, CAMP, DEEP], ("War", "Camp", 50.0), ("War", "Deep", 80.0)), closures=shut)
    assert last_day(open_again, rules)[1:3] == pytest.approx([300 * 8 / 13, 300 * 5 / 13])
    for_ever = replace(open_again, closures=tuple(replace(each, last=99) for each in shut))
    if kind == "location":
        assert last_day(for_ever, rules)[0] == 300.0


@each_rule_set
def test_nobody_ends_at_a_marker(rules: str):
    mark = site("Mark", "marker")
    assert last_day(made([WAR, mark], ("War", "Mark", 50.0)), rules) == [300.0, 0.0, 0.0]
    past = made([WAR, mark, CAMP], ("War", "Mark", 50.0), ("Mark", "Camp", 30.0))
    assert last_day(past, rules)[2:] == [300.0, 0.0]


@each_rule_set
@pytest.mark.parametrize("forced", [0, 1])
def test_people_go_round_a_cycle_of_hubs_and_the_day_ends_all_the_same(rules: str, forced: int):
    hubs = [site(f"Hub{n}", "forwarding_hub") for n in range(3)]
    ring = [(f"Hub{n}", f"Hub{(n + 1) % 3}", 20.0, forced) for n in range(3)]
    assert sum(last_day(made([WAR, *hubs], ("War", "Hub0", 50.0), *ring), rules)[1:]) == pytest.approx(300.0)


@each_rule_set
@pytest.mark.parametrize("km", [0.0, 1e-9, 0.3])
def test_links_shorter_than_a_km_lead_somewhere(rules: str, km: float):
    pair = made([WAR, CAMP], ("War", "Camp", km), softening=10.0)
    assert last_day(pair, rules) == pytest.approx([0.0, 300.0, 0.0])
    hubs = [site(f"Hub{n}", "forwarding_hub") for n in range(2)]
    ring = made([WAR, *hubs], ("War", "Hub0", km), ("Hub0", "Hub1", km), softening=10.0)
    assert sum(last_day(ring, rules)) == pytest.approx(300.0)


@each_rule_set
def test_parallel_links_are_one_way_each(rules: str):
    three = made([WAR, CAMP], *[("War", "Camp", km) for km in (50.0, 50.0, 500.0)])
    assert last_day(three, rules) == pytest.approx([0.0, 300.0, 0.0])


@each_rule_set
def test_a_very_long_link_is_walked_to_its_end(rules: str):
    far = made([WAR, CAMP], ("War", "Camp", 10_000.0), start_on_foot=True, max_walk_speed=35.0, days=300)
    far = replace(far, counts=(counted("total", (0, 90)),), settings=replace(far.settings, spawn=ONCE))
    terrain = build_terrain(far, rules)
    on_links = expected_walk(terrain).stock.mean[:, -1]
    # 285.7 days: everybody is under way for 285 nights, from the first on, and there on day 285.
    assert on_links[:285].tolist() == [90.0] * 285
    assert on_links[286:].max() == 0.0
    too_far = made([WAR, CAMP], ("War", "Camp", 1e7), start_on_foot=True, max_walk_speed=35.0)
    assert_refused(too_far, rules, "War to Camp: km 10000000.0: takes more than 100,000 days at 35 km a day")


@each_rule_set
@pytest.mark.parametrize("room", [0, -1])
def test_a_capacity_of_nought_or_none_is_no_limit(rules: str, room: int):
    camp = site("Camp", "camp", room)
    assert last_day(made([WAR, camp], ("War", "Camp", 50.0)), rules)[1] == pytest.approx(300.0)


def test_conflict_ends_while_people_are_to_set_out():
    calm = replace(
        made([WAR, CAMP], ("War", "Camp", 50.0), days=6), intensity={"War": by_day(6, (0, 1), (2, 0), (4, 1))}
    )
    assert_refused(calm, "flee", "small: day 2: 100 people are to set out and no place", "--rules travesia")
    assert walk_displacement(build_terrain(calm), Options(1)).spawned.mean.tolist() == [0, 100, 0, 0, 300, 0]
    never = replace(calm, intensity={"War": by_day(6, (0, 1), (2, 0))})
    walked = walk_displacement(build_terrain(never), Options(2))
    assert walked.spawned.mean.sum() == 100.0
    assert walked.waiting.tolist() == [300.0, 300.0]


def test_hasten_larger_than_the_number_of_inhabitants_leaves_nobody_to_set_out():
    few = made([site("War", "conflict_zone", 50), CAMP], ("War", "Camp", 50.0), hasten=100)
    assert_refused(
        few, "flee", "small: day 1: 1 people are to set out and no place in conflict has inhabitants"
    )
    assert walk_displacement(build_terrain(few), Options(1)).waiting.tolist() == [3.0]


@each_rule_set
@pytest.mark.parametrize(("mode", "rate"), [("constant", 45.0), ("pop_ratio", 0.4), ("poisson", 45.0)])
@pytest.mark.parametrize("taken", [False, True])
def test_people_driven_out_by_conflict_are_no_more_than_there_are_where_they_are_taken_off(
    rules: str, mode: str, rate: float, taken: bool
):
    driven = made(
        [site("War", "conflict_zone", 120), CAMP],
        ("War", "Camp", 50.0),
        conflict_driven=mode,
        displaced_per_conflict_day=rate,
        take_from_population=taken,
    )
    walked = walk_displacement(build_terrain(driven, rules), Options(20, threads=1))
    wanted = {"constant": 120 if taken else 180, "pop_ratio": 48 + 28 + 17 + 10 if taken else 192}
    if mode != "poisson":
        assert walked.spawned.mean.sum() == wanted[mode]
    elif taken:
        assert walked.stock.most.sum(axis=1).max() <= 120.0
    else:
        assert walked.spawned.mean.sum() == pytest.approx(180.0, abs=4 * np.sqrt(180 / 20))
    assert last_day(driven, rules)[1] == pytest.approx(wanted.get(mode, 120 if taken else 180))


def test_nobody_sets_out_who_is_no_inhabitant():
    empty = made([site("War", "conflict_zone", 120), CAMP], ("War", "Camp", 50.0), take_from_population=True)
    assert_refused(empty, "flee", "180 people are to set out whom no place in conflict has as inhabitants")
    with pytest.raises(ScenarioError, match="180 people are to set out"):
        expected_walk(build_terrain(empty, "flee"))
    walked = walk_displacement(build_terrain(empty), Options(3))
    assert walked.spawned.mean.tolist() == [0, 100, 20, 0]
    assert walked.waiting.tolist() == [180.0] * 3


@each_rule_set
def test_rules_and_columns_out_of_bounds_are_named(rules: str):
    pair = [WAR, CAMP], ("War", "Camp", 50.0)
    for name, value in [
        ("max_move_speed", 0.0),
        ("max_walk_speed", -1.0),
        ("camp_weight", -1.0),
        ("conflict_movechance", 1.5),
        ("default_movechance", float("nan")),
        ("capacity_buffer", 1.5),
        ("awareness_level", 0),
        ("weight_power", float("inf")),
    ]:
        assert_refused(made(*pair, **{name: value}), rules, f"small: {name} {value}: is out of range")
    for column, value in [("max_move_speed", "fast"), ("max_move_speed", "0"), ("max_move_speed", "nan")]:
        of_link = made([WAR, CAMP], ("War", "Camp", 50.0, 0, {column: value}))
        assert_refused(of_link, rules, "small: War to Camp: max_move_speed")
    for column in ("initial_idps", "capacity_per_day"):
        camp = replace(CAMP, columns={column: "many"})
        assert_refused(
            made([WAR, camp], ("War", "Camp", 50.0)), rules, f"small: Camp: {column} many: is not a number"
        )
    assert_refused(made([]), rules, "small: has no sites")
    assert_refused(replace(made(*pair), counts=()), rules, "small: has no counts")
    assert_refused(
        made([WAR, CAMP], ("War", "Camp", 0.0)), rules, "War to Camp: has no length, and softening is 0"
    )


@each_rule_set
def test_a_town_without_inhabitants_and_a_chance_by_their_number(rules: str):
    three = [WAR, TOWN, CAMP], ("War", "Town", 50.0), ("Town", "Camp", 70.0)
    assert last_day(made(*three, movechance_pop_scale_factor=0.5), rules)[2] == 0.0
    assert_refused(made(*three, movechance_pop_scale_factor=-0.5), rules, "Town has neither inhabitants nor")


def test_more_km_a_day_than_the_rules_of_flee_can_count_are_refused_not_mistaken():
    """Beyond 4,095 the km done on a day would overflow into what people remember."""
    fast = made(
        [WAR, TOWN, CAMP],
        ("War", "Town", 3_500.0),
        ("Town", "Camp", 590.0),
        max_move_speed=4095.0,
        awareness_level=2,
    )
    slow = made(
        [WAR, TOWN, CAMP],
        ("War", "Town", 350.0),
        ("Town", "Camp", 59.0),
        max_move_speed=409.0,
        awareness_level=2,
    )
    assert last_day(fast, "flee") == pytest.approx(last_day(slow, "flee"), rel=0.02)
    faster = replace(fast, settings=Settings(ONCE, replace(fast.settings.move, max_move_speed=4096.0)))
    assert_refused(
        faster, "flee", "max_move_speed 4096.0: is out of range, which is above 0 and at most 4095"
    )
    assert sum(last_day(faster, "travesia")) == pytest.approx(300.0)


def dense(places: int, awareness: int) -> Displacement:
    sites = [WAR, *(site(f"T{n}") for n in range(1, places))]
    rows = [
        (a.name, b.name, 50.0 + i + 0.13 * j)
        for i, a in enumerate(sites)
        for j, b in enumerate(sites)
        if i < j
    ]
    return made(sites, *rows, awareness_level=awareness)


@each_rule_set
def test_ways_without_number_are_refused_before_memory_ends(rules: str, monkeypatch):
    assert sum(last_day(dense(6, 5), rules)) == pytest.approx(300.0)
    # Six places: 6 * (5 + 20 + 60 + 120 + 120) ways.
    monkeypatch.setattr(ways, "MOST_WAYS", 1_949)
    assert_refused(
        dense(6, 5), rules, "small: people would know more than 1,949 ways over 5 links ahead; lower"
    )
    monkeypatch.setattr(ways, "MOST_WAYS", 1_950)
    build_terrain(dense(6, 5), rules)


def test_the_bound_on_ways_lets_twelve_places_each_joined_to_each_be_known_four_links_ahead():
    assert 12 * (11 + 110 + 990 + 7_920) < ways.MOST_WAYS < 12 * (11 + 110 + 990 + 7_920 + 55_440)
    assert_refused(dense(12, 5), "travesia", "people would know more than 500,000 ways over 5 links ahead")


def test_more_classes_than_can_be_told_apart_are_refused():
    sites = [WAR, *(replace(site(f"T{n}"), country=f"C{n}") for n in range(1_400))]
    shares = {
        "age": (("5", "16", "40", "70"), {"Default": np.ones(4)}),
        "gender": (("male", "female"), {"Default": np.ones(2)}),
    }
    many = made(sites, children_avoid_hazards=True, women_avoid_hazards=True)
    assert_refused(replace(many, demographics=shares), "travesia", "4,203 classes by origin")


def test_links_by_the_number_of_days_are_bounded_by_what_is_said():
    assert walkable.MOST_DAYS_ON_LINK == 100_000
    edge = made([WAR, CAMP], ("War", "Camp", 100_000.0), max_move_speed=1.0)
    assert build_terrain(edge, "flee").slots == 100_003


@each_rule_set
def test_tables_have_no_count_under_nought(rules: str):
    busy = made(
        [WAR, TOWN, CAMP],
        ("War", "Town", 50.0),
        ("Town", "Camp", 70.0),
        ("War", "Camp", 33.3),
        default_movechance=0.3,
        camp_movechance=0.1,
        days=40,
    )
    table = walked_stock_table(expected_walk(build_terrain(busy, rules)))
    assert table["mean"].min() >= 0.0  # type: ignore[operator]
