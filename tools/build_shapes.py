"""Outlines of the states, projected once and simplified so that shared borders stay shared."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from travesia.region.shapes import AMERICAS, project

Point = tuple[int, int]
Ring = list[Point]

TOLERANCE_KM = 7.0
"""A line may move by this much: less than half a pixel of a map 600 pixels high."""
SMALLEST_KM2 = 900.0
"""Islands below this area are left out, unless a state has nothing larger."""
NORTH, SOUTH = 57.0, -56.5
FRAME_WEST, FRAME_EAST = -128.0, -34.0
LEFT_OUT = ("GRL", "SPM")


def shapes(raw: Path) -> dict[str, Any]:
    """Return the content of ``shapes.json``: projection, frame, rings by state, and US border states."""
    top = round(project(AMERICAS.lon0, NORTH)[1])
    states = _features(raw / "americas-countries-50m.geojson", "iso3", top)
    border = _features(raw / "us-border-states.geojson", "name", top)
    left, right = (
        round(project(lon, 30.0 if lon == FRAME_WEST else -8.0)[0]) for lon in (FRAME_WEST, FRAME_EAST)
    )
    bottom = round(project(-68.0, SOUTH)[1])
    inside = {
        iso3: [ring for ring in rings if any(left <= x <= right for x, _ in ring)]
        for iso3, rings in states.items()
        if iso3 not in LEFT_OUT
    }
    return {
        "projection": AMERICAS.as_dict(),
        "frame": [left, top, right, bottom],
        "countries": _thinned({iso3: rings for iso3, rings in inside.items() if rings}),
        "states": _thinned(border),
    }


def write_shapes(content: dict[str, Any], path: Path) -> None:
    """Write the shapes as JSON, one state a line."""
    head = json.dumps({key: content[key] for key in ("projection", "frame")})[1:-1]
    groups = []
    for name in ("countries", "states"):
        rows = ",\n".join(
            f"{json.dumps(key)}:{json.dumps(rings, separators=(',', ':'))}"
            for key, rings in content[name].items()
        )
        groups.append(f'"{name}":{{\n{rows}\n}}')
    path.write_text("{" + head + ",\n" + ",\n".join(groups) + "}\n", encoding="utf-8", newline="")


def _features(path: Path, key: str, top: int) -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = (
            geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        )
        # Alaska's last islands lie across the date line.
        near = [ring for polygon in polygons for ring in polygon if all(lon < 0 for lon, _ in ring)]
        rings = [_clipped([_rounded(lon, lat) for lon, lat in ring[:-1]], top) for ring in near]
        found[feature["properties"][key]] = [ring for ring in rings if len(ring) > 2]
    return dict(sorted(found.items()))


def _rounded(lon: float, lat: float) -> Point:
    x, y = project(lon, lat)
    return round(x), round(y)


def _clipped(ring: Ring, top: int) -> Ring:
    """Cut off what lies above the line y = `top` (Sutherland and Hodgman, one edge)."""
    kept: Ring = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if y1 >= top:
            kept.append((x1, y1))
        if (y1 >= top) != (y2 >= top):
            kept.append((round(x1 + (x2 - x1) * (top - y1) / (y2 - y1)), top))
    return kept


def _thinned(states: dict[str, list[Ring]]) -> dict[str, list[list[list[int]]]]:
    """Simplify every stretch of border once, so that both neighbours get the same line."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for rings in states.values():
        for ring in rings:
            for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
                near[here].add(there)
                near[there].add(here)
    result = {}
    for state, rings in states.items():
        largest = max(map(_area, rings))
        kept = [ring for ring in rings if _area(ring) >= min(SMALLEST_KM2, largest)]
        thin = [_thin_ring(ring, near) for ring in kept]
        result[state] = [[list(point) for point in ring] for ring in thin if len(ring) > 2]
    return result


def _thin_ring(ring: Ring, near: dict[Point, set[Point]]) -> Ring:
    """Cut a ring where lines meet (or at its first point and the farthest from it) and thin each part."""
    at = [index for index, point in enumerate(ring) if len(near[point]) > 2]
    if len(at) < 2:
        start = at[0] if at else ring.index(min(ring))
        far = max(range(len(ring)), key=lambda index: (_square(ring[start], ring[index]), ring[index]))
        at = sorted({start, far})
    thin: Ring = []
    for first, last in zip(at, [*at[1:], at[0] + len(ring)], strict=True):
        line = [ring[index % len(ring)] for index in range(first, last + 1)]
        forward = line <= line[::-1]
        kept = _douglas_peucker(line if forward else line[::-1])
        thin += (kept if forward else kept[::-1])[:-1]
    # A small island keeps a shape of its own rather than shrink to a line.
    return thin if len(thin) > 2 else ring


def _douglas_peucker(line: Ring) -> Ring:
    """Drop points that lie within the tolerance of the line without them (Douglas and Peucker 1973)."""
    keep = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        worst = max(inner, key=lambda index: (_off(line[index], line[first], line[last]), -index))
        if _off(line[worst], line[first], line[last]) > TOLERANCE_KM:
            keep.add(worst)
            parts += [(first, worst), (worst, last)]
    return [line[index] for index in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a stretch."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    across = (point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)
    return float((across[0] ** 2 + across[1] ** 2) ** 0.5)


def _square(one: Point, other: Point) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
