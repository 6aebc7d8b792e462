"""The flow maps: A, and what changes in B, each with a width legend and named places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from travesia.region import project, projection_of
from travesia.report import maps, palette
from travesia.report.grammar import SCHEMA, Row, layer
from travesia.report.picture import Column, Figure, Label, Table, identifier, make_figure
from travesia.report.reading import baseline, codes, main_variant, variants
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import ScenarioNote, Study

MAP_PX, SMALL_PX = 440, 340
WIDEST_PX, WIDEST_CHANGE_PX = 15.0, 20.0
THINNEST_PX = 0.25
"""Flows that would be drawn narrower than this are dropped, and counted in the caption."""
BUSY = 0.3
"""The close-up holds the flows of at least this share of the largest."""
LABELS, SMALL_LABELS = 15, 6
LEGEND_WIDTH_PX = 165.0
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True)
class Plane:
    """What all maps of a study share: places in map units, outlines, the views and the two scales."""

    points: Mapping[str, maps.Point]
    names: Mapping[str, str]
    countries: Mapping[str, Sequence[maps.Ring]]
    whole: maps.View
    close: maps.View
    flows: maps.Scale
    changes: maps.Scale
    codes: Mapping[str, str]


@dataclass(frozen=True)
class MapSet:
    """The maps of a study: large ones of the whole region and close up, small ones of other variants.

    In the `still` variants no flow changes by `threshold` people a month or more; they have no map.
    """

    large: tuple[Figure, ...]
    close: tuple[Figure, ...]
    small: tuple[Figure, ...]
    still: tuple[ScenarioNote, ...]
    threshold: float


def map_set(study: Study, words: Words) -> MapSet | None:
    """Draw the maps of a study; ``None`` where nothing moves."""
    base, main = baseline(study), main_variant(study)
    before = maps.flows_of(study.tables["link_flows"], base.name)
    if not before or main is None:
        return None
    changes = {
        note.name: maps.change_of(before, maps.flows_of(study.tables["link_flows"], note.name))
        for note in variants(study)
    }
    plane = _plane(study, before, [flow for flows in changes.values() for flow in flows])

    def draw_base(view: maps.View, kind: str) -> Figure:
        return _map(plane, _Sheet(kind, view, before, plane.flows, base, None), words)

    def draw_change(view: maps.View, kind: str, note: ScenarioNote) -> Figure:
        return _map(plane, _Sheet(kind, view, changes[note.name], plane.changes, base, note), words)

    small = maps.View(plane.close.left, plane.close.top, plane.close.width, plane.close.height, SMALL_PX)
    threshold = _threshold(plane.changes)
    others = [note for note in variants(study) if note.name != main.name]
    moving = {n.name for n in others if any(abs(f.people) >= threshold for f in changes[n.name])}
    return MapSet(
        large=(draw_base(plane.whole, "whole"), draw_change(plane.whole, "whole", main)),
        close=(draw_base(plane.close, "close"), draw_change(plane.close, "close", main)),
        small=tuple(draw_change(small, "small", note) for note in others if note.name in moving),
        still=tuple(note for note in others if note.name not in moving),
        threshold=threshold,
    )


def _plane(study: Study, before: Sequence[maps.Flow], changes: Sequence[maps.Flow]) -> Plane:
    projection = projection_of(study.region.shapes)
    countries = study.region.shapes["countries"]
    rows = study.region.places.select("id", "name", "country", "lon", "lat").iter_rows()
    places = [
        (ident, name, country, project(lon, lat, projection)) for ident, name, country, lon, lat in rows
    ]
    points = {ident: point for ident, _, _, point in places}
    # Gateways of people from other continents lie far outside the map; their flows are cut at its edge.
    on_map = {ident for ident, _, country, _ in places if country in countries}
    flows = maps.scale_for(before, WIDEST_PX)
    floor = _threshold(flows)
    shown = [flow for flow in before if flow.people >= floor and {flow.start, flow.end} <= on_map]
    ends = [points[end] for flow in shown for end in (flow.start, flow.end)]
    busy = [points[e] for f in shown if f.people >= BUSY * shown[0].people for e in (f.start, f.end)]
    return Plane(
        points=points,
        names={ident: name for ident, name, _, _ in places},
        countries=countries,
        whole=maps.view_on(ends, MAP_PX, (1.05, 1.4)),
        close=maps.view_on(busy, MAP_PX, (0.72, 1.0)),
        flows=flows,
        changes=maps.scale_for(changes, WIDEST_CHANGE_PX),
        codes=codes(study),
    )


def _threshold(scale: maps.Scale) -> float:
    return maps.round_up(THINNEST_PX / scale.px * scale.people)


@dataclass(frozen=True)
class _Sheet:
    kind: str
    view: maps.View
    flows: Sequence[maps.Flow]
    scale: maps.Scale
    base: ScenarioNote
    note: ScenarioNote | None


def _map(plane: Plane, sheet: _Sheet, words: Words) -> Figure:
    threshold = _threshold(sheet.scale)
    layer = maps.flows_layer(sheet.flows, plane.points, sheet.view, sheet.scale, threshold)
    sort = "flows" if sheet.note is None else "changes"
    subject = sheet.note or sheet.base
    values = {
        "a": plane.codes[sheet.base.name],
        "b": plane.codes[subject.name],
        "reading": words.plain(f"reading.{subject.reading}"),
        "title": subject.title,
        "n": words.number(len(layer.features)),
        "dropped": words.number(layer.dropped),
        "threshold": words.number(layer.threshold),
        "part": words.plain(f"maps.part_{sheet.kind}"),
    }
    label = Label(
        id=identifier(f"map-{sort}-{sheet.kind}-{subject.name}"),
        title=words.plain(f"maps.{sort}_title", values),
        description=words.plain(f"maps.{sort}_description", values),
        caption=words.plain(f"maps.{sort}_caption" + ("_small" if sheet.kind == "small" else ""), values),
    )
    definition = _definition(plane, sheet, layer, words)
    return make_figure(label, definition, _map_table(plane, sheet, threshold, label, words), words)


def _map_table(plane: Plane, sheet: _Sheet, threshold: float, label: Label, words: Words) -> Table:
    drawn = [
        f
        for f in sheet.flows
        if abs(f.people) >= threshold and f.start in plane.points and f.end in plane.points
    ]
    rows = tuple({"from": plane.names[f.start], "to": plane.names[f.end], "people": f.people} for f in drawn)
    columns = (
        Column("from", words.plain("head.from")),
        Column("to", words.plain("head.to")),
        Column("people", words.plain("head.people_per_month"), "count"),
    )
    return Table(label.title, columns, rows)


def _definition(plane: Plane, sheet: _Sheet, flows: maps.FlowLayer, words: Words) -> dict[str, Any]:
    view = sheet.view
    colours = (palette.BASELINE, palette.BASELINE) if sheet.note is None else (palette.MORE, palette.LESS)
    fill = {"field": "properties.sign", "type": "nominal", "legend": None,
            "scale": {"domain": ["more", "less"], "range": list(colours)}}  # fmt: skip
    ground = {"type": "geoshape", "fill": palette.LAND, "stroke": palette.LAND_LINE, "strokeWidth": 0.8}
    # The shapes are projected already, when the pack is built: here they are only scaled and cut to the view.
    projection = {
        "type": "identity",
        "scale": 1 / view.unit,
        "translate": [-view.left / view.unit, -view.top / view.unit],
        "clipExtent": [[0, 0], [view.width_px, view.height_px]],
    }
    shapes = [
        {"data": {"values": maps.land(plane.countries, view)}, "mark": ground, "projection": projection},
        {"data": {"values": list(flows.features)}, "mark": {"type": "geoshape", "opacity": 0.9},
         "projection": projection, "encoding": {"fill": fill}},
    ]  # fmt: skip
    return {
        "$schema": SCHEMA,
        "width": view.width_px,
        "height": view.height_px,
        "padding": 0,
        "autosize": "none",
        "view": {"fill": palette.SEA, "stroke": None},
        "layer": [*shapes, *_place_layers(plane, sheet), *_legend_layers(sheet, words)],
    }


def _pixel(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _place_layers(plane: Plane, sheet: _Sheet) -> list[dict[str, Any]]:
    labels = _labels(plane, sheet)
    dot = {
        "type": "circle",
        "size": 20,
        "color": "white",
        "stroke": palette.INK,
        "strokeWidth": 1,
        "opacity": 1,
    }
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
    halo = {
        **text,
        "color": "white",
        "stroke": "white",
        "strokeWidth": 3,
        "strokeJoin": "round",
        "opacity": 0.85,
    }
    named = {"x": _pixel("x"), "y": _pixel("y"), "text": {"field": "name"}}
    parts = [
        layer(labels, dot, {"x": _pixel("dot_x"), "y": _pixel("dot_y")}),
        layer(labels, halo, named),
        layer(labels, {**text, "color": palette.INK}, named),
    ]
    return [part for part in parts if part["data"]["values"]]


def _labels(plane: Plane, sheet: _Sheet) -> list[dict[str, Any]]:
    """Choose the places that a map names, in pixels: where journeys begin, end or join come first.

    A place ranks by the people who pass it and by those who begin or end there, which count twice. No name
    lies on another, and a name hides as little of the lines as can be.
    """
    view = sheet.view
    flows = [flow for flow in sheet.flows if abs(flow.people) >= _threshold(sheet.scale)]
    through: dict[str, float] = {}
    net: dict[str, float] = {}
    for flow in flows:
        for end, sign in ((flow.start, 1), (flow.end, -1)):
            if end in plane.points and view.holds(plane.points[end]):
                through[end] = through.get(end, 0.0) + abs(flow.people) / 2
                net[end] = net.get(end, 0.0) + sign * flow.people
    ranked = sorted(through, key=lambda ident: (-(through[ident] + 2 * abs(net[ident])), ident))
    lines = _line_points(plane, flows, view)
    taken: list[Box] = [_legend_box(view, sheet.scale)]
    labels: list[dict[str, Any]] = []
    for ident in ranked:
        name = plane.names[ident].split(" (")[0]
        spot = view.to_px(plane.points[ident])
        box = _best_box(spot, 6.7 * len(name) + 2, taken, lines, view)
        if box is not None and name not in {label["name"] for label in labels}:
            taken += [box, (spot[0] - 4, spot[1] - 4, spot[0] + 4, spot[1] + 4)]
            labels.append(
                {
                    "name": name,
                    "x": box[0] + 1,
                    "y": (box[1] + box[3]) / 2,
                    "dot_x": spot[0],
                    "dot_y": spot[1],
                }
            )
        if len(labels) == (SMALL_LABELS if sheet.kind == "small" else LABELS):
            break
    return labels


def _line_points(plane: Plane, flows: Sequence[maps.Flow], view: maps.View) -> list[maps.Point]:
    """Return points along the flows in pixels, closer together where labels could hide a line."""
    ends = [
        (plane.points[f.start], plane.points[f.end])
        for f in flows
        if f.start in plane.points and f.end in plane.points
    ]
    curves = [[view.to_px(point) for point in maps.arc(start, end)] for start, end in ends]
    return [point for curve in curves for point in curve if 0 <= point[0] <= view.width_px]


def _best_box(
    spot: maps.Point, width: float, taken: Sequence[Box], lines: Sequence[maps.Point], view: maps.View
) -> Box | None:
    """Return the box beside a spot that is free of other names and hides least of the lines."""
    x, y = spot
    corners = [(x + 9, y - 8), (x - 9 - width, y - 8), (x - width / 2, y - 25), (x - width / 2, y + 9),
               (x + 7, y - 21), (x + 7, y + 5), (x - 7 - width, y - 21), (x - 7 - width, y + 5)]  # fmt: skip
    boxes = [(left, top, left + width, top + 16) for left, top in corners]
    free = [box for box in boxes if _inside(box, view) and not any(_meet(box, other) for other in taken)]
    hidden = [sum(b[0] <= px <= b[2] and b[1] <= py <= b[3] for px, py in lines) for b in free]
    return free[hidden.index(min(hidden))] if free else None


def _inside(box: Box, view: maps.View) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= view.width_px - 2 and box[3] <= view.height_px - 2


def _meet(one: Box, other: Box) -> bool:
    return not (one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1])


def _legend_step(scale: maps.Scale) -> float:
    return max(20.0, scale.px + 5)


def _legend_box(view: maps.View, scale: maps.Scale) -> Box:
    return 0.0, view.height_px - 30 - 2.9 * _legend_step(scale), LEGEND_WIDTH_PX, view.height_px


def _legend_layers(sheet: _Sheet, words: Words) -> list[dict[str, Any]]:
    """Draw lines of stated widths: three of them, or on a change map the largest for more and for less."""
    height, left = sheet.view.height_px, 12.0
    steps = maps.legend_steps(sheet.scale)
    shown = [(steps[0], "more"), (steps[0], "less"), (steps[1], "more")]
    if sheet.note is None:
        shown = [(people, "flow") for people in steps]
    step = _legend_step(sheet.scale)
    rows = [
        {
            "x": left, "x2": left + 42, "y": height - 16 - step * (2 - i), "tx": left + 50, "sign": sign,
            "width": sheet.scale.width_px(people),
            "text": words.plain(f"maps.legend_{sign}", {"n": words.number(people)}),
        }
        for i, (people, sign) in enumerate(shown)
    ]  # fmt: skip
    x, y, x2 = _pixel("x"), _pixel("y"), {"field": "x2"}
    box = _legend_box(sheet.view, sheet.scale)
    back = [{"x": 0, "x2": box[2], "y": box[1], "y2": height}]
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
    title = [{"x": left, "y": height - 16 - 2.9 * step, "text": words.plain("maps.legend_title")}]
    cover = {"type": "rect", "color": palette.SEA, "opacity": 0.85}
    return [
        layer(back, cover, {"x": x, "y": y, "x2": x2, "y2": {"field": "y2"}}),
        *(layer([row], _legend_line(row), {"x": x, "y": y, "x2": x2}) for row in rows),
        layer(rows, text, {"x": _pixel("tx"), "y": y, "text": {"field": "text"}}),
        layer(title, {**text, "fontWeight": "bold"}, {"x": x, "y": y, "text": {"field": "text"}}),
    ]


def _legend_line(row: Row) -> dict[str, Any]:
    colour = {"flow": palette.BASELINE, "more": palette.MORE, "less": palette.LESS}[row["sign"]]
    dash = [maps.DASH_PX, maps.GAP_PX] if row["sign"] == "less" else [1, 0]
    return {"type": "rule", "strokeWidth": row["width"], "color": colour, "strokeDash": dash, "opacity": 0.9}
