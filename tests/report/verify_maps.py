"""The geometry of flows, computed by hand: widths, heads, dashes, sums over both directions."""

from __future__ import annotations

import math
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.report import maps
from travesia.report.maps import Flow, Scale, View

PLAIN = View(left=0.0, top=0.0, width=1000.0, height=500.0, width_px=500.0)
LINE = [(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)]


def area(ring: maps.Ring) -> float:
    pairs = pairwise(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def links(*rows: tuple[str, str, float | None]) -> pl.DataFrame:
    schema = ["scenario", "link", "from", "to", "kind", "people_per_month"]
    return pl.DataFrame(
        [("a", f"{start}--{end}", start, end, "road", people) for start, end, people in rows],
        schema=schema,
        orient="row",
    )


def test_both_directions_and_all_kinds_add_up_and_the_head_follows_the_larger() -> None:
    flows = maps.flows_of(links(("x", "y", 30.0), ("y", "x", 50.0), ("x", "y", 5.0), ("y", "z", 7.0)), "a")
    assert flows == [Flow("y", "x", 85.0), Flow("y", "z", 7.0)]


def test_a_missing_flow_is_no_flow_and_other_scenarios_are_left_out() -> None:
    assert [flow.people for flow in maps.flows_of(links(("x", "y", None), ("y", "x", 2.0)), "a")] == [2.0]
    assert maps.flows_of(links(("x", "y", 3.0)), "b") == []


def test_change_is_variant_minus_base_also_where_one_lacks_the_pair() -> None:
    base = [Flow("x", "y", 10.0), Flow("y", "z", 4.0)]
    variant = [Flow("y", "x", 16.0), Flow("z", "w", 1.0)]
    assert maps.change_of(base, variant) == [Flow("x", "y", 6.0), Flow("y", "z", -4.0), Flow("z", "w", 1.0)]


PEOPLE = st.floats(min_value=0, max_value=1e5)
PAIRS = st.dictionaries(st.sampled_from([("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")]), PEOPLE)


@given(PAIRS, PAIRS)
def test_change_turns_its_sign_when_the_scenarios_are_swapped(
    one: dict[tuple[str, str], float], two: dict[tuple[str, str], float]
) -> None:
    before = [Flow(*pair, people) for pair, people in one.items()]
    after = [Flow(*pair, people) for pair, people in two.items()]
    there = {frozenset((f.start, f.end)): f.people for f in maps.change_of(before, after)}
    back = {frozenset((f.start, f.end)): -f.people for f in maps.change_of(after, before)}
    assert {p: v for p, v in there.items() if v} == {p: v for p, v in back.items() if v}


def test_a_ribbon_is_as_wide_as_asked() -> None:
    (body,) = maps.ribbon(LINE, width=10.0, unit=20.0, dashed=False)
    assert area(body) == pytest.approx(100.0 * 10.0)
    ys = [y for _, y in body]
    assert (min(ys), max(ys)) == (-5.0, 5.0)


def test_a_long_ribbon_has_a_head_wider_than_its_body() -> None:
    body, head = maps.ribbon([(0.0, 0.0), (1000.0, 0.0)], width=10.0, unit=1.0, dashed=False)
    assert area(body) == pytest.approx(10_000.0)
    xs, ys = zip(*head, strict=True)
    assert max(ys) - min(ys) > 10.0
    tip = max(range(len(xs)), key=lambda i: xs[i])
    assert ys[tip] == pytest.approx(0.0), "the head points from start to end"


def test_dashes_cover_their_stated_share() -> None:
    parts = maps.ribbon([(0.0, 0.0), (2000.0, 0.0)], width=0.0001, unit=1.0, dashed=True)[:-1]
    lengths = [max(x for x, _ in ring) - min(x for x, _ in ring) for ring in parts]
    share = maps.DASH_PX / (maps.DASH_PX + maps.GAP_PX)
    assert sum(lengths) / 2000.0 == pytest.approx(share, rel=0.01)


def test_width_is_proportional_but_for_hairlines() -> None:
    scale = Scale(people=10_000.0, px=15.0)
    assert scale.width_px(10_000.0) == 15.0
    assert scale.width_px(-5_000.0) == 7.5
    assert scale.width_px(1.0) == maps.FAINTEST_PX


def test_the_drawn_width_follows_the_people() -> None:
    points = {"a": (0.0, 0.0), "b": (0.0, 60.0)}
    layer = maps.flows_layer([Flow("a", "b", 5_000.0)], points, PLAIN, Scale(10_000.0, 15.0), 100.0)
    body = layer.features[0]["geometry"]["coordinates"][0][0]
    length = sum(
        math.dist(a, b)
        for a, b in zip(maps.arc(*points.values()), maps.arc(*points.values())[1:], strict=False)
    )
    assert area(body) / length == pytest.approx(7.5 * PLAIN.unit, rel=0.02)


def test_small_flows_are_dropped_and_counted_and_unknown_places_left_out() -> None:
    points = {"a": (0.0, 0.0), "b": (10.0, 0.0), "c": (0.0, 10.0)}
    flows = [
        Flow("a", "b", 500.0),
        Flow("a", "c", -99.9),
        Flow("b", "c", 100.0),
        Flow("a", "off", 900.0),
        Flow("c", "b", 0.0),
    ]
    layer = maps.flows_layer(flows, points, PLAIN, Scale(1000.0, 10.0), 100.0)
    assert len(layer.features) == 2
    assert layer.dropped == 1
    assert [feature["properties"]["sign"] for feature in layer.features] == ["more", "more"]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (1.0, 1.0),
        (1.01, 1.5),
        (17.0, 20.0),
        (31_000.0, 40_000.0),
        (99_999.0, 100_000.0),
        (0.0021, 0.003),
        (8.0, 8.0),
    ],
)
def test_round_numbers(value: float, rounded: float) -> None:
    assert maps.round_up(value) == pytest.approx(rounded)


@given(st.floats(min_value=1e-3, max_value=1e9))
def test_rounding_up_never_doubles(value: float) -> None:
    assert value * (1 - 1e-9) <= maps.round_up(value) <= 2 * value


def test_the_scale_shows_the_largest_flow_within_the_widest() -> None:
    scale = maps.scale_for([Flow("a", "b", -73_000.0), Flow("b", "c", 20.0)], 15.0)
    assert scale == Scale(80_000.0, 15.0)
    assert maps.legend_steps(scale) == (80_000.0, 20_000.0, 4_000.0)
    assert maps.scale_for([], 15.0).people == 1.0


POINTS = st.lists(st.tuples(st.integers(-9000, 9000), st.integers(-9000, 9000)), min_size=1, max_size=20)


@given(POINTS)
def test_a_view_holds_all_points_within_its_proportions(points: list[tuple[int, int]]) -> None:
    view = maps.view_on(points, 440.0, (1.05, 1.4))
    assert all(view.holds(point) for point in points)
    assert 1.05 - 1e-9 <= view.height_px / view.width_px <= 1.4 + 1e-9
    for point in points:
        x, y = view.to_px(point)
        assert 0 <= x <= 440
        assert 0 <= y <= view.height_px


def test_an_arc_joins_its_ends_and_bends() -> None:
    curve = maps.arc((0.0, 0.0), (100.0, 0.0))
    assert curve[0] == (0.0, 0.0)
    assert curve[-1] == (100.0, 0.0)
    assert max(y for _, y in curve) == pytest.approx(100.0 * maps.CURVE)


def test_only_land_that_reaches_into_the_view_is_kept() -> None:
    inside = [[10, 10], [20, 10], [20, 20]]
    across = [[-50, 10], [50, 10], [50, 20]]
    outside = [[2000, 10], [2010, 10], [2010, 20]]
    kept = maps.land({"AAA": [inside, outside], "BBB": [outside], "CCC": [across]}, PLAIN)
    assert [feature["properties"]["iso3"] for feature in kept] == ["AAA", "CCC"]
    assert kept[0]["geometry"]["coordinates"] == [[inside]]
