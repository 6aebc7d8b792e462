"""The flow maps: A, and what changes in B, each with a width legend and named places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from travesia.report import maps, palette
from travesia.report.charts import chart_of
from travesia.report.picture import Column, Figure, Label, Table, make_figure
from travesia.report.reading import baseline, codes, main_variant, variants
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import ScenarioNote, Study

MAP_PX, SMALL_PX = 480, 300
WIDEST_PX = 15.0
THINNEST_PX = 0.25
"""Flows that would be drawn narrower than this are dropped, and counted in the caption."""
LABELS = 14
TABLE_ROWS = 40


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
    """The maps of a study: large ones of the whole region and close up, small ones of other variants."""

    large: tuple[Figure, ...]
    close: tuple[Figure, ...]
    small: tuple[Figure, ...]


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
    others = [note for note in variants(study) if note.name != main.name]
    return MapSet(
        large=(draw_base(plane.whole, "whole"), draw_change(plane.whole, "whole", main)),
        close=(draw_base(plane.close, "close"), draw_change(plane.close, "close", main)),
        small=tuple(draw_change(small, "small", note) for note in others),
    )


def _plane(study: Study, before: Sequence[maps.Flow], changes: Sequence[maps.Flow]) -> Plane:
    # The region room projects places with the projection of its shapes; imported late, it reads the pack.
    from travesia.region import project, projection_of

    projection = projection_of(study.region.shapes)
    rows = study.region.places.select("id", "name", "lon", "lat").iter_rows()
    places = [(ident, name, project(lon, lat, projection)) for ident, name, lon, lat in rows]
    points = {ident: point for ident, _, point in places}
    flows = maps.scale_for(before, WIDEST_PX)
    floor = THINNEST_PX / WIDEST_PX * flows.people
    shown = [f for f in before if f.people >= floor and f.start in points and f.end in points]
    ends = [points[end] for flow in shown for end in (flow.start, flow.end)]
    busy = [points[e] for f in shown if f.people >= 0.3 * shown[0].people for e in (f.start, f.end)]
    return Plane(
        points=points,
        names={ident: name for ident, name, _ in places},
        countries=study.region.shapes["countries"],
        whole=maps.view_on(ends, MAP_PX, (1.05, 1.4)),
        close=maps.view_on(busy, MAP_PX, (0.72, 1.0)),
        flows=flows,
        changes=maps.scale_for(changes, WIDEST_PX),
        codes=codes(study),
    )


@dataclass(frozen=True)
class _Sheet:
    kind: str
    view: maps.View
    flows: Sequence[maps.Flow]
    scale: maps.Scale
    base: ScenarioNote
    note: ScenarioNote | None


def _map(plane: Plane, sheet: _Sheet, words: Words) -> Figure:
    threshold = THINNEST_PX / sheet.scale.px * sheet.scale.people
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
        id=f"map-{sort}-{sheet.kind}-" + "".join(c if c.isalnum() else "-" for c in subject.name.lower()),
        title=words.plain(f"maps.{sort}_title", values),
        description=words.plain(f"maps.{sort}_description", values),
        caption=words.plain(f"maps.{sort}_caption", values),
    )
    definition = _definition(plane, sheet, layer, words)
    return make_figure(label, definition, _map_table(plane, sheet, threshold, label, words), words)


def _map_table(plane: Plane, sheet: _Sheet, threshold: float, label: Label, words: Words) -> Table:
    drawn = [f for f in sheet.flows if abs(f.people) >= threshold and f.start in plane.points and f.end in plane.points]
    rows = tuple(
        {"from": plane.names[f.start], "to": plane.names[f.end], "people": f.people} for f in drawn
    )
    columns = (
        Column("from", words.plain("head.from")),
        Column("to", words.plain("head.to")),
        Column("people", words.plain("head.people_per_month"), "count"),
    )
    return Table(label.title, columns, rows)


def _definition(plane: Plane, sheet: _Sheet, layer: maps.FlowLayer, words: Words) -> dict[str, Any]:
    view = sheet.view
    width, height = view.width_px, view.height_px
    shapes = maps.land(plane.countries, view)
    ground = alt.Chart(alt.Data(values=shapes)).mark_geoshape(
        fill=palette.LAND, stroke=palette.LAND_LINE, strokeWidth=0.8
    )
    colours = (palette.BASELINE, palette.BASELINE) if sheet.note is None else (palette.MORE, palette.LESS)
    flows = alt.Chart(alt.Data(values=list(layer.features))).mark_geoshape(opacity=0.88).encode(
        alt.Fill("properties.sign:N", scale=alt.Scale(domain=["more", "less"], range=list(colours)))
    )  # fmt: skip
    charts = [_projected(ground, view), _projected(flows, view)]
    charts += _place_layers(plane, sheet)
    charts += _legend_layers(sheet, words)
    chart = alt.layer(*charts).properties(width=width, height=height, padding=0)
    definition: dict[str, Any] = chart.to_dict()
    definition["view"] = {"fill": palette.SEA, "stroke": None}
    return definition


def _projected(chart: alt.Chart, view: maps.View) -> alt.Chart:
    """Draw in the plane of the pack as it is: its shapes are projected already."""
    return chart.project(
        type="identity",
        scale=1 / view.unit,
        translate=[-view.left / view.unit, -view.top / view.unit],
        clipExtent=[[0, 0], [view.width_px, view.height_px]],
    )


def _at(field: str) -> Any:
    axis = alt.X if field == "x" else alt.Y
    return axis(f"{field}:Q", scale=None, axis=None)


def _place_layers(plane: Plane, sheet: _Sheet) -> list[alt.Chart]:
    nodes, labels = place_labels(plane, sheet.flows, sheet.view)
    size = 9 if sheet.kind == "whole" else 14
    dots = chart_of(nodes).mark_circle(size=size, color="white", stroke=palette.INK, strokeWidth=0.8, opacity=1)
    text = {"align": "left", "baseline": "middle", "fontSize": 11.5}
    halo = chart_of(labels).mark_text(**text, color="white", stroke="white", strokeWidth=3, strokeJoin="round")
    ink = chart_of(labels).mark_text(**text, color=palette.INK)
    x, y = _at("x"), _at("y")
    return [
        dots.encode(x, y),
        *(mark.encode(x, y, alt.Text("name:N")) for mark in (halo, ink)),
    ]


def place_labels(
    plane: Plane, flows: Sequence[maps.Flow], view: maps.View
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Choose the dots and names of a map, in pixels: the busiest places first, never one name on another."""
    busy: dict[str, float] = {}
    for flow in flows:
        for end in (flow.start, flow.end):
            if end in plane.points and view.holds(plane.points[end]):
                busy[end] = busy.get(end, 0.0) + abs(flow.people)
    ranked = sorted(busy, key=lambda ident: (-busy[ident], ident))
    spots = {ident: view.to_px(plane.points[ident]) for ident in ranked}
    taken: list[tuple[float, float, float, float]] = [_legend_box(view)]
    labels: list[dict[str, Any]] = []
    for ident in ranked:
        if len(labels) == LABELS:
            break
        box = _free_box(spots[ident], 6.3 * len(plane.names[ident]) + 2, taken, view)
        if box is not None:
            taken.append(box)
            labels.append({"name": plane.names[ident], "x": box[0] + 1, "y": (box[1] + box[3]) / 2})
    nodes = [{"x": x, "y": y} for x, y in spots.values()]
    return nodes, labels


def _free_box(
    spot: maps.Point, width: float, taken: Sequence[tuple[float, float, float, float]], view: maps.View
) -> tuple[float, float, float, float] | None:
    x, y = spot
    for left, top in ((x + 9, y - 8), (x - 9 - width, y - 8), (x - width / 2, y - 25), (x - width / 2, y + 9)):
        box = (left, top, left + width, top + 16)
        inside = left >= 2 and top >= 2 and box[2] <= view.width_px - 2 and box[3] <= view.height_px - 2
        clear = all(
            box[2] < other[0] or other[2] < box[0] or box[3] < other[1] or other[3] < box[1] for other in taken
        )
        if inside and clear:
            return box
    return None


def _legend_box(view: maps.View) -> tuple[float, float, float, float]:
    return 0.0, view.height_px - 98, 168.0, view.height_px


def _legend_layers(sheet: _Sheet, words: Words) -> list[alt.Chart]:
    """Draw lines of three stated widths; on a change map the largest once for more and once for less."""
    bottom, left = sheet.view.height_px - 14, 12.0
    steps = maps.legend_steps(sheet.scale)
    signs = ["flow"] * 3 if sheet.note is None else ["more", "less", "more"]
    rows = []
    for i, (people, sign) in enumerate(zip(steps if sheet.note is None else (steps[0], steps[0], steps[1]), signs, strict=True)):
        text = words.plain(f"maps.legend_{sign}", {"n": words.number(people)})
        y = bottom - 19 * (2 - i)
        rows.append({"x": left, "x2": left + 40, "y": y, "tx": left + 48, "text": text, "sign": sign,
                     "width": sheet.scale.width_px(people)})  # fmt: skip
    title = [{"x": left, "y": bottom - 60, "text": words.plain("maps.legend_title")}]
    x, y = _at("x"), _at("y")
    back = chart_of([{"x": 0, "x2": 168, "y": bottom - 78, "y2": sheet.view.height_px}])
    charts = [back.mark_rect(color=palette.SEA, opacity=0.85).encode(x, y, alt.X2("x2:Q"), alt.Y2("y2:Q"))]
    colour = {"flow": palette.BASELINE, "more": palette.MORE, "less": palette.LESS}
    for row in rows:
        dash = [maps.DASH_PX, maps.GAP_PX] if row["sign"] == "less" else [1, 0]
        line = chart_of([row]).mark_rule(strokeWidth=row["width"], color=colour[row["sign"]], strokeDash=dash, opacity=0.88)
        charts.append(line.encode(x, y, alt.X2("x2:Q")))
    text = chart_of(rows).mark_text(align="left", baseline="middle", fontSize=11.5)
    charts.append(text.encode(alt.X("tx:Q", scale=None, axis=None), y, alt.Text("text:N")))
    charts.append(chart_of(title).mark_text(align="left", baseline="middle", fontSize=11.5, fontWeight="bold").encode(x, y, alt.Text("text:N")))
    return charts
