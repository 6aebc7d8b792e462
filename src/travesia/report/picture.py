"""A figure: a Vega-Lite definition drawn to SVG, its words, and a table of exactly the drawn numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from travesia.report import palette
from travesia.report.words import Words


@dataclass(frozen=True)
class Column:
    """A column of a table: its head and how its values are written.

    `kind` is one of text, long (text that needs room), month, count, decimal, rate, percent, usd; and bound
    and limit, a count and a decimal that may not apply (a dash), which is not the same as not reported.
    """

    name: str
    head: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows to be shown as text; `rows` hold plain values by column name, missing is ``None``."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Figure:
    """A drawn figure. `caption` names unit and source; `svg` carries `title` and `description`.

    `definition` is the Vega-Lite definition from which it was drawn, for those who want to draw it again.
    """

    id: str
    title: str
    description: str
    caption: str
    svg: Markup
    table: Table
    definition: Mapping[str, Any]


@dataclass(frozen=True)
class Label:
    """What a figure says in words: id, title, description for those who do not see it, caption."""

    id: str
    title: str
    description: str
    caption: str


def columns_of(words: Words, *specs: str | tuple[str, ...]) -> tuple[Column, ...]:
    """Make columns from names, (name, kind) or (name, kind, head)."""
    made = []
    for spec in specs:
        name, kind, head = _whole(spec)
        made.append(Column(name, words.plain(f"head.{head}"), kind))
    return tuple(made)


def _whole(spec: str | tuple[str, ...]) -> tuple[str, str, str]:
    if isinstance(spec, str):
        return spec, "text", spec
    return spec[0], spec[1], spec[2] if len(spec) > 2 else spec[0]


def make_figure(label: Label, definition: Mapping[str, Any], table: Table, words: Words) -> Figure:
    """Draw a Vega-Lite definition and bind it to its words and its table."""
    svg = draw(definition, label, words)
    return Figure(label.id, label.title, label.description, label.caption, svg, table, definition)


def draw(definition: Mapping[str, Any], label: Label, words: Words) -> Markup:
    """Draw a Vega-Lite definition to an SVG that can stand in a page: named, scalable, without links out.

    Source of the definition language: Vega-Lite 6, vega.github.io.
    """
    # Imported late: the drawing engine is large and only needed when a page is made.
    import vl_convert

    raw = vl_convert.vegalite_to_svg(
        {**definition, "config": _style(), "background": None},
        format_locale=words.format_locale(),
        allowed_base_urls=[],
    )
    return Markup(_tidy(raw, label))  # noqa: S704 - written by the drawing engine, which escapes text


def write_cell(value: Any, kind: str, words: Words) -> str:
    """Write a value for a reader; a missing number is "not reported"."""
    if value is None:
        return (
            ""
            if kind in ("text", "long")
            else "–"
            if kind in ("bound", "limit")
            else words.texts["number.missing"]
        )
    if kind == "month":
        return words.month(value)
    if kind == "percent":
        return words.percent(value, 1 if abs(value) >= 0.01 or value == 0 else 2)
    if kind == "rate":
        return words.number(value, 1)
    if kind in ("decimal", "limit"):
        return words.decimal(value)
    if kind in ("count", "bound", "usd"):
        return words.number(value)
    return str(value)


def is_number(column: Column) -> bool:
    """Tell whether a column is set as numbers are."""
    return column.kind not in ("text", "long", "month")


def identifier(text: str) -> str:
    """Return a text as an id of a page: lower case, all but letters and digits as hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def cells(table: Table, words: Words) -> list[list[str]]:
    """Return the rows of a table as written for a reader."""
    return [[write_cell(row.get(c.name), c.kind, words) for c in table.columns] for row in table.rows]


def _style() -> dict[str, Any]:
    axis = {
        "labelColor": palette.MUTED,
        "titleColor": palette.MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": palette.GRID,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "titlePadding": 8,
    }
    return {
        "aria": False,
        "font": palette.FONT,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"domain": True, "domainColor": palette.MUTED},
        "text": {"fontSize": 12, "color": palette.INK},
        "legend": {"disable": True},
    }


def _tidy(raw: str, label: Label) -> str:
    svg = re.sub(r'\s(?:xmlns|xmlns:xlink|version|class|role|aria-[a-z]+|pointer-events)="[^"]*"', "", raw)
    # The engine counts its ids on through the process; a page must not depend on what was drawn before.
    for i, name in enumerate(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg))):
        svg = svg.replace(f'id="{name}"', f'id="{label.id}-{i}"').replace(
            f"url(#{name})", f"url(#{label.id}-{i})"
        )
    svg = re.sub(r'(?<= )(d|transform|x|y|x1|x2|y1|y2)="([^"]*)"', _round, svg)
    svg = re.sub(r"<g(?: transform=\"translate\(0,0\)\")?></g>", "", svg)
    svg = re.sub(r'<path d="M0(?:\.5)?,0(?:\.5)?h[^"]*"(?: stroke="[^"]*")?\s*/>', "", svg)
    head = (
        f'<svg class="drawn" role="img" aria-labelledby="{label.id}-title {label.id}-desc" '
        f'preserveAspectRatio="xMidYMid meet"'
    )
    names = (
        f'<title id="{label.id}-title">{escape(label.title)}</title>'
        f'<desc id="{label.id}-desc">{escape(label.description)}</desc>'
    )
    svg = svg.replace("<svg", head, 1)
    return re.sub(r"(<svg[^>]*>)", lambda found: found.group(1) + names, svg, count=1)


def _round(found: re.Match[str]) -> str:
    numbers = re.sub(
        r"-?\d+\.\d+(?:e-?\d+)?", lambda n: f"{float(n.group()):.1f}".removesuffix(".0"), found.group(2)
    )
    return f'{found.group(1)}="{numbers}"'
