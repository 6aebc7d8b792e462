"""The geometry of flow maps: views of projected shapes, and flows as curved, headed, proportional ribbons.

Everything here is in map units, the integer plane in which a pack stores its shapes (x to the right, y
down). A view says how many map units one pixel of the drawing covers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

Point = tuple[float, float]
Ring = list[list[float]]

CURVE = 0.12
"""Height of a flow's arc as a share of its length."""
DASH_PX, GAP_PX = 7.0, 4.0
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
FAINTEST_PX = 0.7
"""Flows that are drawn at all are at least this wide, so that they can be seen."""


@dataclass(frozen=True)
class View:
    """A window on the plane: left, top, width and height in map units, and its width in pixels."""

    left: float
    top: float
    width: float
    height: float
    width_px: float

    @property
    def unit(self) -> float:
        """Map units a pixel."""
        return self.width / self.width_px

    @property
    def height_px(self) -> float:
        """Height of the drawing, pixels."""
        return self.height / self.unit

    def to_px(self, point: Point) -> Point:
        """Return a point of the plane in pixels of the drawing."""
        return (point[0] - self.left) / self.unit, (point[1] - self.top) / self.unit

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies in the view."""
        return 0 <= point[0] - self.left <= self.width and 0 <= point[1] - self.top <= self.height


@dataclass(frozen=True)
class Flow:
    """People a month between two places, both ways and over all kinds of link; negative for a loss.

    The head points from `start` to `end`, the way that more people take.
    """

    start: str
    end: str
    people: float


@dataclass(frozen=True)
class Scale:
    """How wide a flow is drawn, the same on every map that is compared: `people` a month are `px` wide."""

    people: float
    px: float

    def width_px(self, people: float) -> float:
        """Return the width of a flow, pixels."""
        return max(FAINTEST_PX, abs(people) / self.people * self.px)


@dataclass(frozen=True)
class FlowLayer:
    """Flows as polygons. `dropped` flows are under `threshold` people a month and not drawn."""

    features: tuple[dict[str, Any], ...]
    threshold: float
    dropped: int


def flows_of(link_flows: pl.DataFrame, scenario: str) -> list[Flow]:
    """Add up the links of a scenario by pair of places, both ways; largest first."""
    rows = link_flows.filter(pl.col("scenario") == scenario)
    one_way: dict[tuple[str, str], float] = {}
    for start, end, people in rows.select("from", "to", "people_per_month").iter_rows():
        one_way[start, end] = one_way.get((start, end), 0.0) + (people or 0.0)
    pairs: dict[frozenset[str], Flow] = {}
    for (start, end), people in one_way.items():
        back = one_way.get((end, start), 0.0)
        head = (start, end) if (people, start) >= (back, end) else (end, start)
        pairs[frozenset((start, end))] = Flow(*head, people + back)
    return sorted(pairs.values(), key=lambda flow: (-flow.people, flow.start, flow.end))


def change_of(base: Sequence[Flow], variant: Sequence[Flow]) -> list[Flow]:
    """Return variant minus base by pair of places, headed as in the base; largest change first."""
    before = {frozenset((flow.start, flow.end)): flow for flow in base}
    after = {frozenset((flow.start, flow.end)): flow for flow in variant}
    changes = []
    for pair in before.keys() | after.keys():
        old, new = before.get(pair), after.get(pair)
        headed = old if old is not None and old.people > 0 else new
        if headed is not None:
            people = (new.people if new else 0.0) - (old.people if old else 0.0)
            changes.append(Flow(headed.start, headed.end, people))
    return sorted(changes, key=lambda flow: (-abs(flow.people), flow.start, flow.end))


def scale_for(flows: Iterable[Flow], widest_px: float) -> Scale:
    """Choose a scale that draws the largest flow about `widest_px` wide, on a round number of people."""
    largest = max((abs(flow.people) for flow in flows), default=0.0)
    people = round_up(largest) if largest > 0 else 1.0
    return Scale(people, widest_px)


def round_up(value: float) -> float:
    """Return the next number of the form 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _ROUND if step * power >= value * (1 - 1e-12))


def legend_steps(scale: Scale) -> tuple[float, ...]:
    """Return three round numbers of people whose widths the legend draws, largest first."""
    return scale.people, round_up(scale.people / 4), round_up(scale.people / 20)


def flows_layer(
    flows: Sequence[Flow], points: Mapping[str, Point], view: View, scale: Scale, threshold: float
) -> FlowLayer:
    """Turn flows into polygons in map units: curved, headed, width proportional to people a month.

    `points` are places in map units. Flows under `threshold` people a month are dropped and counted.
    Losses (negative flows) are dashed. Smaller flows come last, so that they lie on top.
    """
    seen = [flow for flow in flows if flow.start in points and flow.end in points and flow.people != 0]
    drawn = [flow for flow in seen if abs(flow.people) >= threshold]
    features = []
    for flow in drawn:
        curve = arc(points[flow.start], points[flow.end])
        width = scale.width_px(flow.people) * view.unit
        polygons = ribbon(curve, width, view.unit, dashed=flow.people < 0)
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in polygons]},
                "properties": {"sign": "less" if flow.people < 0 else "more"},
            }
        )
    return FlowLayer(tuple(features), threshold, len(seen) - len(drawn))


def arc(start: Point, end: Point, steps: int = 14) -> list[Point]:
    """Return points of a flat quadratic curve that bends to the right of its way."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    control = ((start[0] + end[0]) / 2 - dy * CURVE * 2, (start[1] + end[1]) / 2 + dx * CURVE * 2)
    curve = []
    for i in range(steps + 1):
        t = i / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        curve.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return curve


def ribbon(curve: Sequence[Point], width: float, unit: float, *, dashed: bool) -> list[Ring]:
    """Return the polygons of one flow: its body, whole or in dashes, and a head where there is room.

    `width` and the result are in map units; `unit` is one pixel of the drawing.
    """
    along = _lengths(curve)
    total = along[-1]
    head = min(1.1 * width + 5 * unit, 14 * unit + 0.5 * width)
    has_head = total > 2.2 * head
    middle = 0.5 * total + 0.5 * head
    parts = [(0.0, total)]
    if dashed:
        dash, gap = DASH_PX * unit + 0.3 * width, GAP_PX * unit
        count = max(1, round(total / (dash + gap)))
        step = total / count
        parts = [(i * step, i * step + step * dash / (dash + gap)) for i in range(count)]
    rings = [_body(curve, along, part, width / 2) for part in parts]
    if has_head:
        rings.append(
            _head(curve, along, (middle - head, middle), 0.5 * width + max(1.8 * unit, 0.32 * width))
        )
    return rings


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def view_on(points: Sequence[Point], width_px: float, ratios: tuple[float, float]) -> View:
    """Return the view that holds all points with a margin; height over width is kept within `ratios`."""
    left, top, right, bottom = bounds(points)
    margin = 0.06 * max(right - left, bottom - top, 1.0)
    width, height = right - left + 2 * margin, bottom - top + 2 * margin
    ratio = min(max(height / width, ratios[0]), ratios[1])
    full_width = max(width, height / ratio)
    full_height = full_width * ratio
    centre = (left + right) / 2, (top + bottom) / 2
    return View(centre[0] - full_width / 2, centre[1] - full_height / 2, full_width, full_height, width_px)


def land(countries: Mapping[str, Sequence[Ring]], view: View) -> list[dict[str, Any]]:
    """Return the outlines that reach into a view as one feature a state; rings outside are left out."""
    features = []
    for iso3, rings in sorted(countries.items()):
        kept = [ring for ring in rings if len(ring) > 2 and _meets(ring, view)]
        if kept:
            geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in kept]}
            features.append({"type": "Feature", "geometry": geometry, "properties": {"iso3": iso3}})
    return features


def _meets(ring: Ring, view: View) -> bool:
    left, top, right, bottom = bounds((x, y) for x, y in ring)
    return (
        left <= view.left + view.width
        and right >= view.left
        and top <= view.top + view.height
        and bottom >= view.top
    )


def _lengths(curve: Sequence[Point]) -> list[float]:
    along = [0.0]
    for a, b in pairwise(curve):
        along.append(along[-1] + math.dist(a, b))
    return along


def _at(curve: Sequence[Point], along: Sequence[float], s: float) -> tuple[Point, Point]:
    """Return the point at arc length `s` and the unit normal to the left of the way there."""
    s = min(max(s, 0.0), along[-1])
    i = next((k for k in range(1, len(along)) if along[k] >= s), len(along) - 1)
    (x0, y0), (x1, y1) = curve[i - 1], curve[i]
    length = along[i] - along[i - 1] or 1.0
    t = (s - along[i - 1]) / length
    return (x0 + t * (x1 - x0), y0 + t * (y1 - y0)), (-(y1 - y0) / length, (x1 - x0) / length)


def _body(curve: Sequence[Point], along: Sequence[float], part: tuple[float, float], half: float) -> Ring:
    stops = [part[0], *(s for s in along if part[0] < s < part[1]), part[1]]
    spots = [_at(curve, along, s) for s in stops]
    left = [[p[0] + n[0] * half, p[1] + n[1] * half] for p, n in spots]
    right = [[p[0] - n[0] * half, p[1] - n[1] * half] for p, n in reversed(spots)]
    return _closed([*left, *right])


def _head(curve: Sequence[Point], along: Sequence[float], part: tuple[float, float], half: float) -> Ring:
    (base, normal), (tip, _) = _at(curve, along, part[0]), _at(curve, along, part[1])
    wings = [[base[0] + side * normal[0] * half, base[1] + side * normal[1] * half] for side in (1, -1)]
    return _closed([wings[0], [*tip], wings[1]])


def _closed(ring: Ring) -> Ring:
    rounded = [[round(x, 1), round(y, 1)] for x, y in ring]
    return [*rounded, rounded[0]]
