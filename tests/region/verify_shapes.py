"""Distances and projection against published and hand-computed answers."""

from __future__ import annotations

from math import cos, pi, radians, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.region import Projection, Region, great_circle_km, project, projection_of
from travesia.region.shapes import AMERICAS, EARTH_RADIUS_KM

LATS = st.floats(-89, 89)
LONS = st.floats(-180, 180)


def test_a_degree_and_a_quarter_of_the_globe() -> None:
    assert great_circle_km(0, 0, 0, 1) == pytest.approx(EARTH_RADIUS_KM * pi / 180)
    assert great_circle_km(10, 0, 100, 0) == pytest.approx(EARTH_RADIUS_KM * pi / 2)
    assert great_circle_km(-75, 90, 12, -90) == pytest.approx(EARTH_RADIUS_KM * pi)
    # A degree of longitude at 60 degrees north, along the great circle: a hand-made chord.
    chord = 2 * sqrt((cos(radians(60)) * 2 * (1 - cos(radians(1))) ** 0.5 / 2) ** 2 / 2)
    assert great_circle_km(0, 60, 1, 60) == pytest.approx(EARTH_RADIUS_KM * chord, rel=1e-4)


def test_a_published_distance() -> None:
    # Nashville (36.12 N, 86.67 W) to Los Angeles (33.94 N, 118.40 W): 2886.45 km on a sphere of 6371 km
    # (2887.26 km with the radius 6372.8 km of the widely copied example).
    km = great_circle_km(-86.67, 36.12, -118.40, 33.94)
    assert km / EARTH_RADIUS_KM * 6372.8 == pytest.approx(2887.2599506071106, rel=1e-9)


@given(LONS, LATS, LONS, LATS)
def test_distance_is_symmetric_and_bounded(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    km = great_circle_km(lon1, lat1, lon2, lat2)
    assert km == pytest.approx(great_circle_km(lon2, lat2, lon1, lat1), abs=1e-6)
    assert 0 <= km <= pi * EARTH_RADIUS_KM + 1e-6


def test_the_numerical_example_of_snyder() -> None:
    # Snyder (1987), page 332: radius 3, centre 40 N 100 W, point 20 S 100 E.
    x, y = project(100, -20, Projection(lat0=40, lon0=-100, radius_km=3))
    assert x == pytest.approx(-4.2339303, abs=1e-7)
    assert -y == pytest.approx(4.0257775, abs=1e-7)


def test_centre_and_directions() -> None:
    assert project(AMERICAS.lon0, AMERICAS.lat0) == (0, 0)
    east, _ = project(AMERICAS.lon0 + 1, AMERICAS.lat0)
    _, south = project(AMERICAS.lon0, AMERICAS.lat0 - 1)
    assert east > 0
    assert south > 0


@given(st.floats(-50, 55), st.floats(-125, -40))
def test_areas_are_true(lat: float, lon: float) -> None:
    """A small cell has on the map the area that it has on the globe."""
    step = 0.01
    corners = [(lon, lat), (lon + step, lat), (lon + step, lat + step), (lon, lat + step)]
    points = [project(*corner) for corner in corners]
    flat = (
        abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))) / 2
    )
    side = radians(step) * EARTH_RADIUS_KM
    assert flat == pytest.approx(side * side * cos(radians(lat + step / 2)), rel=1e-4)


def test_the_opposite_of_the_centre_has_no_place() -> None:
    with pytest.raises(ValueError, match="opposite"):
        project(AMERICAS.lon0 + 180, -AMERICAS.lat0)


def test_places_fall_into_their_states(americas: Region) -> None:
    """A point-in-ring test ties places and shapes to one projection; coasts are simplified, so towns only."""
    inside = {
        "mx-mexico-city": "MEX", "co-bogota": "COL", "us-denver": "USA", "br-manaus": "BRA",
        "bo-la-paz": "BOL",
        "py-asuncion": "PRY", "hn-tegucigalpa": "HND", "gt-huehuetenango": "GTM",
    }  # fmt: skip
    projection = projection_of(americas.shapes)
    for row in americas.places.iter_rows(named=True):
        if row["id"] in inside:
            point = project(row["lon"], row["lat"], projection)
            found = [iso3 for iso3, rings in americas.shapes["countries"].items() if _within(point, rings)]
            assert found == [inside[row["id"]]], row["id"]


def test_outlines_have_nearly_the_area_of_their_states(americas: Region) -> None:
    """The map is equal-area: a ring in km has the state's area, less lakes and what was thinned away."""
    areas = dict(americas.countries.select("iso3", "area_km2").iter_rows())
    for iso3 in (
        "MEX",
        "COL",
        "BRA",
        "ARG",
        "PER",
        "BOL",
        "VEN",
        "GTM",
        "HND",
        "NIC",
        "PAN",
        "HTI",
        "CUB",
        "URY",
    ):
        drawn = sum(_area(ring) for ring in americas.shapes["countries"][iso3])
        assert drawn == pytest.approx(areas[iso3], rel=0.08), iso3


def test_neighbours_share_their_border(americas: Region) -> None:
    """Each border between two states is the same line in both, so that no gap opens."""
    countries = americas.shapes["countries"]
    # Chile and Argentina meet a second time on Tierra del Fuego.
    borders = {
        ("COL", "VEN"): 1, ("GTM", "MEX"): 1, ("HTI", "DOM"): 1, ("ARG", "CHL"): 2, ("USA", "MEX"): 1,
        ("COL", "PAN"): 1,
    }  # fmt: skip
    for (one, other), lines in borders.items():
        shared = _edges(countries[one]) & _edges(countries[other])
        assert len(shared) >= 3, (one, other)
        # Shared edges form lines: all points are met twice but the two ends of each line.
        ends = [point for edge in shared for point in edge]
        assert sum(ends.count(point) == 1 for point in set(ends)) == 2 * lines, (one, other)


def test_shapes_stay_small(americas: Region) -> None:
    assert (americas.folder / "shapes.json").stat().st_size < 60_000
    left, top, right, bottom = americas.shapes["frame"]
    points = [point for rings in americas.shapes["countries"].values() for ring in rings for point in ring]
    assert all(isinstance(number, int) for point in points for number in point)
    assert min(y for _, y in points) >= top
    assert max(y for _, y in points) <= bottom
    assert min(x for x, _ in points) >= left
    assert max(x for x, _ in points) <= right


def _edges(rings: list[list[list[int]]]) -> set[frozenset[tuple[int, int]]]:
    return {
        frozenset(((a[0], a[1]), (b[0], b[1])))
        for ring in rings
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
    }


def _area(ring: list[list[int]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def _within(point: tuple[float, float], rings: list[list[list[int]]]) -> bool:
    x, y = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossed += 1
    return crossed % 2 == 1
