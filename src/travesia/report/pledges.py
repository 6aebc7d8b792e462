"""The figure of promises: needed, pledged and delivered, one figure a unit."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from travesia.report import palette
from travesia.report.grammar import SCHEMA, WIDTH_PX, Row, layer, quantity
from travesia.report.picture import Column, Figure, Label, Table, identifier, make_figure
from travesia.report.reading import rows_of, state_names
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study

PARTS = ("needed", "pledged", "delivered")
FILLS = {"needed": palette.PAPER, "pledged": palette.PLEDGED, "delivered": palette.BASELINE}
LINE_PX, BAR_PX, SPACE_PX, NAMES_PX = 17, 21, 16, 72
TITLE_SIGNS = 60


def pledge_figures(study: Study, words: Words) -> list[Figure]:
    """Draw one figure a unit: amounts of different units never share an axis."""
    rows = [tell_commitment(row, study, words) for row in rows_of(study.tables["balance"])]
    units = list(dict.fromkeys(row["unit"] for row in rows))
    return [_figure([row for row in rows if row["unit"] == unit], unit, study, words) for unit in units]


def tell_commitment(row: Row, study: Study, words: Words) -> dict[str, Any]:
    """Return a row of the balance with its full name and its state in words."""
    who = state_names(study).get(row["iso3"], row["iso3"]) if row["iso3"] else None
    title = row["title"] or row["commitment"]
    state = words.texts.get(f"state.{row['state']}", row["state"])
    return {**row, "name": f"{who}: {title}" if who else title, "state_told": state}


def _figure(rows: Sequence[Row], unit: str, study: Study, words: Words) -> Figure:
    told = words.texts.get(f"unit.{unit}", unit)
    values = {"unit": told, "n": len(rows), "as_of": words.day(study.as_of)}
    label = Label(
        identifier(f"pledges-{unit}"),
        words.plain("pledges.title", values),
        words.plain("pledges.description", values),
        words.plain("pledges.caption", values),
    )
    columns = (
        Column("name", words.plain("head.commitment")),
        *(Column(part, words.plain(f"head.{part}"), "count") for part in PARTS),
        Column("gap", words.plain("head.gap"), "count"),
        Column("state_told", words.plain("head.state_of")),
    )
    return make_figure(label, _definition(rows, words), Table(label.title, columns, tuple(rows)), words)


def _definition(rows: Sequence[Row], words: Words) -> dict[str, Any]:
    """Place titles and bars by the pixel down the figure, for titles may need two lines."""
    titles: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    y = 0
    for row in rows:
        lines = textwrap.wrap(row["name"], TITLE_SIGNS)
        titles.append({"text": [*lines], "y": y, "x": -NAMES_PX})
        y += LINE_PX * len(lines) + 6
        for part in PARTS:
            bars.append(_bar(row, part, y, words))
            y += BAR_PX
        y += SPACE_PX
    largest = max((bar["value"] or 0 for bar in bars), default=0)
    # Room at the right for the numbers, which stand at the ends of the bars.
    x = {**quantity("value", words), "scale": {"domain": [0, 1.3 * largest or 1], "nice": False}}
    return {
        "$schema": SCHEMA,
        "width": WIDTH_PX - NAMES_PX - 16,
        "height": y,
        "padding": 4,
        "autosize": "pad",
        "layer": _layers(titles, bars, x),
    }


def _bar(row: Row, part: str, y: int, words: Words) -> dict[str, Any]:
    value = row[part]
    exact = value is None or abs(value) < 1e6
    return {
        "part": part, "name": words.plain(f"head.{part}"), "value": value, "end": value or 0, "zero": 0,
        "y": y, "y2": y + BAR_PX - 6, "middle": y + (BAR_PX - 6) / 2, "left": -8,
        "text": words.number(value) if exact else words.compact(value),
    }  # fmt: skip


def _layers(titles: Sequence[Row], bars: Sequence[Row], x: Mapping[str, Any]) -> list[dict[str, Any]]:
    drawn = [bar for bar in bars if bar["value"] is not None]
    fill = {"field": "part", "type": "nominal", "legend": None,
            "scale": {"domain": list(FILLS), "range": list(FILLS.values())}}  # fmt: skip
    box = {"type": "rect", "stroke": palette.BASELINE, "strokeWidth": 1.2}
    title = {
        "type": "text",
        "align": "left",
        "baseline": "top",
        "fontWeight": "bold",
        "fontSize": 12.5,
        "lineHeight": LINE_PX,
    }
    name = {"type": "text", "align": "right", "baseline": "middle", "color": palette.MUTED}
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 6}
    parts = [
        layer(
            drawn,
            box,
            {"x": x, "x2": {"field": "zero"}, "y": _pixel("y"), "y2": {"field": "y2"}, "fill": fill},
        ),
        layer(titles, title, {"x": _pixel("x"), "y": _pixel("y"), "text": {"field": "text"}}),
        layer(bars, name, {"x": _pixel("left"), "y": _pixel("middle"), "text": {"field": "name"}}),
        layer(bars, text, {"x": {**x, "field": "end"}, "y": _pixel("middle"), "text": {"field": "text"}}),
    ]
    return [part for part in parts if part["data"]["values"]]


def _pixel(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}
