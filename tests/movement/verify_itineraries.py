"""Itineraries over little networks, with days counted on paper; and those of the Americas."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from small_regions import counted, gate, numbers, parameters, region_of

from travesia.movement import Itineraries, Source, Station, plan_itineraries
from travesia.movement.kernel import CHECKPOINT, GATE, HUB
from travesia.region import Region
from travesia.scenario import Scenario, load_parameters

PLACES = [
    ("far", "EEE"), ("home", "AAA"), ("port-town", "AAA"), ("gap", "BBB"), ("mid", "BBB"), ("post", "CCC"),
    ("edge", "NNN"), ("town", "NNN"), ("end", "DDD"),
]  # fmt: skip
LINKS = [
    ("far", "home", "air", 9000.0),
    ("far", "town", "air", 9000.0),
    ("home", "gap", "jungle", 60.0),  # 4 days and half a day at the frontier
    ("home", "port-town", "road", 400.0),  # 2 days
    ("port-town", "mid", "sea", 600.0),  # 4 days and a half
    ("gap", "mid", "road", 300.0),  # 1.5 days
    ("mid", "post", "road", 500.0),  # 2.5 days and a half
    ("mid", "town", "air", 2000.0),
    ("post", "edge", "road", 700.0),  # 3.5 days and a half
    ("edge", "town", "road", 1000.0),  # 5 days
    ("town", "end", "border_desert", 25.0),  # 1 day and a half
]
GATES = [
    gate("line", "sector", ("end", "DDD"), "town"),
    gate("corridor", "checkpoint", ("gap", "BBB"), "home"),
    gate("second", "checkpoint", ("post", "CCC"), "mid"),
]
ORIGINS = [
    ("AAA", "home", "home"),
    ("NNN", "edge", "home"),
    ("OTHER", "far", "gateway"),
    ("EEE", "far", "home"),
]


def seen(*more: tuple[str, str, str, float], month: str = "2022-01") -> list[dict[str, object]]:
    """Return 100 encounters each of AAA, NNN, OTHER, and more (series, place, nationality, value)."""
    rows = [counted("border", month, "line", name, 100.0, "T8") for name in ("AAA", "NNN", "OTHER")]
    return rows + [counted(series, month, at, name, value) for series, at, name, value in more]


def planned(observations: list[dict[str, object]], **changed: float) -> Itineraries:
    region = region_of(PLACES, LINKS, GATES, ORIGINS, observations)
    return plan_itineraries(region, numbers(parameters(**changed)))


def source(found: Itineraries, nationality: str, route: str) -> Source:
    return next(item for item in found.sources if (item.nationality, item.route) == (nationality, route))


def journey(found: Itineraries, start: Source) -> list[tuple[str, str | None, int, int]]:
    """Return (place, gate, kind, days of the leg to it) along the first start, up to the hub's first gate."""
    _, station, leg = start.starts[0]
    out = [(station.place, station.gate, station.kind, leg.days)]
    while found.moves[station]:
        station, leg = found.moves[station][0]
        out.append((station.place, station.gate, station.kind, leg.days))
    return out


def links_of(found: Itineraries, start: Source) -> list[str]:
    _, station, leg = start.starts[0]
    out = [step.link for step in leg.steps]
    while found.moves[station]:
        station, leg = found.moves[station][0]
        out += [step.link for step in leg.steps]
    return out


CORRIDOR_SEEN = seen(("corridor", "gap", "AAA", 30.0), ("corridor", "gap", "OTHER", 30.0))


def test_days_through_the_corridor_are_those_on_paper():
    found = planned(CORRIDOR_SEEN)
    assert journey(found, source(found, "AAA", "corridor")) == [
        ("gap", "corridor", CHECKPOINT, 4),  # 4.5, to the even number
        ("post", "second", CHECKPOINT, 4),  # 1.5 + 3.0 = 4.5
        ("edge", None, HUB, 4),  # 3.5 + 0.5
        ("town", "line", GATE, 9),  # 5 + 1.5 cut to 1 + 3 of waiting; people return to the town
    ]


def test_the_direct_route_avoids_the_corridor():
    found = planned(CORRIDOR_SEEN)
    direct = source(found, "AAA", "direct")
    assert "home--gap--jungle" not in links_of(found, direct)
    # By sea and then by air, as a flight may end the first part of a way: 2 +
    # 4.5 + 1.5 days; the town is on the near side, so the hub is the town itself.
    assert journey(found, direct) == [("town", None, HUB, 8), ("town", "line", GATE, 4)]


def test_behind_a_checkpoint_nobody_flies():
    found = planned(CORRIDOR_SEEN)
    for start in found.sources:
        legs = [leg for moves in found.moves.values() for _, leg in moves]
        assert not any(step.kind == "air" for leg in legs for step in leg.steps)
        if start.route == "corridor":
            assert links_of(found, start)[-2:] == ["edge--town--road", "town--end--border_desert"]


def test_a_flight_takes_its_days_whatever_the_distance():
    found = planned(CORRIDOR_SEEN)
    # To the other side of the world in a day and a frontier, then 4.5 days of jungle: 6.
    first = source(found, "OTHER", "corridor").starts[0]
    assert [step.kind for step in first[2].steps] == ["air", "jungle"]
    assert first[2].days == 6
    assert planned(CORRIDOR_SEEN, travel_air_days=3.0).sources != found.sources


def test_the_second_checkpoint_is_forced_where_enough_were_counted_there():
    flies = planned([*CORRIDOR_SEEN, counted("second", "2022-01", "post", "OTHER", 49.0)])
    assert links_of(flies, source(flies, "OTHER", "direct"))[0] == "far--town--air"
    # Beyond the 30 of the corridor 20 or more of 100.
    walks = planned([*CORRIDOR_SEEN, counted("second", "2022-01", "post", "OTHER", 50.0)])
    way = links_of(walks, source(walks, "OTHER", "direct"))
    assert "mid--post--road" in way
    assert "home--gap--jungle" not in way


def test_the_toy_region_by_hand(toy: Region):
    values = {item.id: float(item.amount.value or 0) for item in load_parameters(toy.folder)}
    found = plan_itineraries(toy, values)
    assert {(item.nationality, item.route) for item in found.sources} >= {
        ("XAA", "corridor"),
        ("XBB", "direct"),
    }
    start = source(found, "XAA", "corridor")
    # From Mirador 120 km by sea at 150 a day and a frontier: 1.3; from Alba 95 km of road more: 1.775,
    # less than 9.8 through the jungle.
    assert [leg.days for _, _, leg in start.starts] == [2, 1]
    # 900,000 and 120,000 people.
    assert [weight for weight, _, _ in start.starts] == pytest.approx([900 / 1020, 120 / 1020])
    hub = start.starts[0][1]
    assert (hub.place, hub.gate, found.waits_days[hub.place]) == ("xb-bosque", "gate-bosque", 4.0)
    # 390 km by bus at 300 a day, 8 days at Cruce, a day across, 7 days of waiting: 17.3.
    assert [leg.days for _, leg in found.moves[hub]] == [17]


def test_only_months_that_both_series_cover_are_compared():
    early = [counted("border", "2021-06", "line", "OTHER", 9000.0, "T8")]
    late = [counted("second", "2022-01", "post", "OTHER", 50.0)]
    found = planned([*CORRIDOR_SEEN, *early, *late])
    assert "mid--post--road" in links_of(found, source(found, "OTHER", "direct"))


def test_nationals_of_the_near_side_start_from_home_as_their_hub():
    found = planned(CORRIDOR_SEEN)
    ways = [item for item in found.sources if item.nationality == "NNN"]
    assert [item.route for item in ways] == ["direct"]
    weight, station, leg = ways[0].starts[0]
    assert (weight, station, leg.steps, leg.days) == (1.0, Station("NNN", HUB, "edge", None), (), 1)
    assert journey(found, ways[0])[-1] == ("town", "line", GATE, 9)


def test_who_was_never_counted_in_the_corridor_does_not_take_it():
    found = planned(seen(("corridor", "gap", "AAA", 30.0)))
    assert {(item.nationality, item.route) for item in found.sources} == {
        ("AAA", "corridor"), ("AAA", "direct"), ("NNN", "direct"), ("OTHER", "direct"),
    }  # fmt: skip


def test_waits_on_the_way_at_a_checkpoint_and_at_the_border():
    plain = journey(planned(CORRIDOR_SEEN), source(planned(CORRIDOR_SEEN), "AAA", "corridor"))
    for name, leg in (
        ("wait_mid_days", 1),
        ("wait_gap_days", 1),
        ("wait_post_days", 2),
        ("wait_town_days", 3),
    ):
        found = planned(CORRIDOR_SEEN, **{name: 10.0})
        later = journey(found, source(found, "AAA", "corridor"))
        assert [b[3] - a[3] for a, b in zip(plain, later, strict=True)] == [
            10 * (k == leg) for k in range(4)
        ], name


def test_a_checkpoint_on_the_near_side_is_the_hub_and_its_wait_is_drawn_there():
    gates = [*GATES, gate("inside", "checkpoint", ("edge", "NNN"), "post")]
    region = region_of(PLACES, LINKS, gates, ORIGINS, CORRIDOR_SEEN)
    found = plan_itineraries(region, numbers(parameters(wait_edge_days=8.0)))
    assert journey(found, source(found, "AAA", "corridor"))[2] == ("edge", "inside", HUB, 4)
    assert found.waits_days["edge"] == 8.0
    # Its own nationals are not stopped there.
    assert source(found, "NNN", "direct").starts[0][1].gate is None


def test_starts_weigh_by_population_and_evenly_where_one_is_unknown():
    origins = [*ORIGINS, ("AAA", "port-town", "home")]
    people = {"home": 900, "port-town": 300}
    known = region_of(PLACES, LINKS, GATES, origins, CORRIDOR_SEEN, population=people)
    parts = source(plan_itineraries(known, numbers(parameters())), "AAA", "corridor").starts
    assert [weight for weight, _, _ in parts] == [0.75, 0.25]
    unknown = region_of(PLACES, LINKS, GATES, origins, CORRIDOR_SEEN, population={"home": 900})
    parts = source(plan_itineraries(unknown, numbers(parameters())), "AAA", "corridor").starts
    assert [weight for weight, _, _ in parts] == [0.5, 0.5]


def test_second_countries_are_left_by_the_corridor_only():
    origins = [("AAA", "home", "home"), ("AAA", "port-town", "second"), *ORIGINS[1:]]
    region = region_of(PLACES, LINKS, GATES, origins, CORRIDOR_SEEN)
    found = plan_itineraries(region, numbers(parameters()))
    assert len(source(found, "AAA", "corridor").starts) == 2
    assert len(source(found, "AAA", "direct").starts) == 1


def test_nobody_is_dropped_in_silence():
    links = [link for link in LINKS if link[0] != "far"]
    rows = [*CORRIDOR_SEEN, counted("border", "2022-01", "line", "UUU", 5.0, "T8")]
    found = plan_itineraries(region_of(PLACES, links, GATES, ORIGINS, rows), numbers(parameters()))
    reasons = dict(found.not_routed)
    assert "no way" in reasons["OTHER"]
    assert "names no place of origin" in reasons["UUU"]
    assert "OTHER" in reasons["EEE"]
    assert {"AAA", "NNN"} == {item.nationality for item in found.sources}


def test_a_town_before_a_gate_without_a_link_to_it_is_no_way():
    links = [link for link in LINKS if link[1] != "end"]
    found = plan_itineraries(region_of(PLACES, links, GATES, ORIGINS, CORRIDOR_SEEN), numbers(parameters()))
    assert {"AAA", "NNN", "OTHER"} <= {name for name, _ in found.not_routed}
    assert found.sources == ()


def test_one_way_links_are_not_travelled_back():
    back = [("edge", "post", "road", 700.0) if link[:2] == ("post", "edge") else link for link in LINKS]
    region = region_of(PLACES, back, GATES, ORIGINS, CORRIDOR_SEEN, one_way=True)
    found = plan_itineraries(region, numbers(parameters()))
    assert [item.route for item in found.sources if item.nationality == "AAA"] == ["direct"]


def test_the_order_of_the_files_does_not_matter():
    region = region_of(PLACES, LINKS, GATES, ORIGINS, CORRIDOR_SEEN)
    turned = region_of(PLACES[::-1], LINKS[::-1], GATES, ORIGINS, CORRIDOR_SEEN[::-1])
    one, other = (plan_itineraries(item, numbers(parameters())) for item in (region, turned))
    assert one == other


@pytest.fixture(scope="module")
def values(happened: Scenario) -> dict[str, float]:
    return numbers(happened.parameters)


def border_series(region: Region) -> set[str]:
    return set(region.gates.filter(pl.col("kind") != "checkpoint")["series"])


def test_every_nationality_counted_at_the_southwest_border_is_routed(
    americas: Region, values: dict[str, float]
):
    found = plan_itineraries(americas, values)
    rows = americas.observations.filter(pl.col("series").is_in(sorted(border_series(americas))))
    named = set(rows["nationality"].drop_nulls())
    assert len(named) > 15
    assert {item.nationality for item in found.sources} == named
    assert all("OTHER" in reason for _, reason in found.not_routed)
    for item in found.sources:
        assert sum(weight for weight, _, _ in item.starts) == pytest.approx(1.0)
        assert journey(found, item)[-1][2] == GATE


def test_the_ways_of_the_americas_are_plausible(americas: Region, values: dict[str, float]):
    found = plan_itineraries(americas, values)
    assert found.corridor == "gate-darien"
    routes = {(item.nationality, item.route) for item in found.sources}
    assert ("VEN", "corridor") in routes
    assert not {("MEX", "corridor"), ("GTM", "corridor"), ("HND", "corridor")} & routes
    assert [station.kind for _, station, _ in source(found, "MEX", "direct").starts] == [HUB] * 7
    overland = links_of(found, source(found, "GTM", "direct"))
    assert not any(link.endswith("air") for link in overland)
    # Published: 30 to 35 days from the Darien to the Rio Grande, waits included, in 2022.
    way = journey(found, source(found, "VEN", "corridor"))
    hub = next(
        station for station in found.moves if station.nationality == "VEN" and station.place == way[-2][0]
    )
    nearest = min(leg.days for _, leg in found.moves[hub])
    days = sum(leg for *_, leg in way[1:-1]) + nearest + found.waits_days[hub.place]
    assert 25 <= days <= 40


def test_itineraries_as_of_a_month_use_no_later_observation(americas: Region, values: dict[str, float]):
    known = plan_itineraries(americas, values, "2022-06")
    late = pl.col("period") > "2022-06"
    garbled = americas.observations.with_columns(
        pl.when(late).then(pl.lit("OTHER")).otherwise(pl.col("nationality")).alias("nationality"),
        pl.when(late).then(pl.col("value") * 7 + 1).otherwise(pl.col("value")).alias("value"),
    )
    assert plan_itineraries(replace(americas, observations=garbled), values, "2022-06") == known
    cut = americas.observations.filter(~late)
    assert plan_itineraries(replace(americas, observations=cut), values) == known
