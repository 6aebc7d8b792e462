"""Short forms for Vega-Lite definitions, which are plain data: layers, frames, axes, directions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from travesia.report import palette
from travesia.report.words import Words

Row = Mapping[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH_PX, SMALL_PX = 440, 340
"""Nominal widths of charts: legible on a telephone, and scaled up to a half or a third of a desktop page."""
DIRECTIONS = {"domain": ["more", "less", "open"], "range": [palette.MORE, palette.LESS, palette.OPEN]}
DASHES = {"domain": ["more", "less", "open"], "range": [[1, 0], [5, 3], [2, 2]]}
SOLID, OWN_DASH = [1, 0], [6, 3]


def layer(rows: Sequence[Row], mark: Mapping[str, Any], encoding: Mapping[str, Any]) -> dict[str, Any]:
    """Return a layer that carries its rows; only the fields that the encoding names are kept."""
    named = json.dumps(encoding)
    fields = [field for field in (rows[0] if rows else {}) if f'"{field}"' in named]
    return {
        "data": {"values": [{field: row[field] for field in fields} for row in rows]},
        "mark": dict(mark),
        "encoding": dict(encoding),
    }


def framed(layers: Sequence[Mapping[str, Any]], height: float, width: float = WIDTH_PX) -> dict[str, Any]:
    """Lay layers over one another in a frame of fixed outer size, pixels."""
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": list(layers),
    }


def quantity(field: str, words: Words | None = None, *, signed: bool = False) -> dict[str, Any]:
    """Return the encoding of a number; with `words` it has an axis that writes thousands as the page does."""
    channel: dict[str, Any] = {"field": field, "type": "quantitative", "title": None}
    if words is not None:
        channel["axis"] = {"tickCount": 5, "labelExpr": number_expression(words, signed=signed)}
    return channel


def number_expression(words: Words, *, signed: bool) -> str:
    """Return the Vega expression that writes an axis label short, in the language: 0, 20k, 1.5 M."""
    thousand, million = json.dumps(words.texts["number.k"]), json.dumps(words.texts["number.m"])
    size = (
        f"abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',~f') + {million} : "
        f"abs(datum.value) >= 1e3 ? format(datum.value / 1e3, ',~f') + {thousand} : "
        "format(datum.value, ',~f')"
    )
    return f"(datum.value > 0 ? '+' : '') + ({size})" if signed else size


def month_axis(words: Words) -> dict[str, Any]:
    """Return the encoding of months along x, named in the language of the page."""
    names = json.dumps(list(words.months_short))
    label = f"{names}[utcmonth(datum.value)] + ' ' + utcyear(datum.value)"
    axis = {
        "tickCount": {"interval": "month", "step": 2},
        "grid": False,
        "labelExpr": label,
        "labelOverlap": True,
    }
    return {"field": "day", "type": "temporal", "title": None, "scale": {"type": "utc"}, "axis": axis}


def lines_down(rows: Sequence[Row], field: str = "line") -> dict[str, Any]:
    """Return the encoding that gives each row a line of its own, in the order of the rows."""
    order = [row[field] for row in rows]
    return {"field": field, "type": "nominal", "title": None, "sort": order, "axis": {"labelLimit": 250}}


def by_direction() -> dict[str, Any]:
    """Return colour and dash by direction, so that colour is never alone."""
    return {
        "color": {"field": "direction", "type": "nominal", "scale": DIRECTIONS, "legend": None},
        "strokeDash": {"field": "direction", "type": "nominal", "scale": DASHES, "legend": None},
    }
