"""The figure of promises: needed, pledged and delivered, one panel a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from travesia.report import palette
from travesia.report.charts import chart_of, framed
from travesia.report.picture import Column, Figure, Label, Table, make_figure
from travesia.report.reading import rows_of, state_names
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study

PARTS = ("needed", "pledged", "delivered")
FILLS = {"needed": palette.PAPER, "pledged": palette.PLEDGED, "delivered": palette.BASELINE}


def pledge_figures(study: Study, words: Words) -> list[Figure]:
    """Draw one figure a unit: amounts of different units never share an axis."""
    rows = [_told(row, study, words) for row in rows_of(study.tables["balance"])]
    units = list(dict.fromkeys(row["unit"] for row in rows))
    return [_figure([row for row in rows if row["unit"] == unit], unit, study, words) for unit in units]


def _told(row: Mapping[str, Any], study: Study, words: Words) -> dict[str, Any]:
    names = state_names(study)
    who = names.get(row["iso3"], row["iso3"]) if row["iso3"] else None
    title = row["title"] or row["commitment"]
    state = words.texts.get(f"state.{row['state']}", row["state"])
    return {**row, "name": f"{who}: {title}" if who else title, "state_told": state}


def _figure(rows: Sequence[Mapping[str, Any]], unit: str, study: Study, words: Words) -> Figure:
    ident = "pledges-" + "".join(c if c.isalnum() else "-" for c in unit.lower())
    told = words.texts.get(f"unit.{unit}", unit)
    values = {"unit": told, "n": len(rows), "as_of": words.day(study.as_of)}
    label = Label(
        ident, words.plain("pledges.title", values),
        words.plain("pledges.description", values), words.plain("pledges.caption", values),
    )  # fmt: skip
    columns = (
        Column("name", words.plain("head.commitment")),
        *(Column(part, words.plain(f"head.{part}"), "count") for part in PARTS),
        Column("gap", words.plain("head.gap"), "count"),
        Column("state_told", words.plain("head.state_of")),
    )
    bars = [_bar(row, part, words) for row in rows for part in PARTS]
    definition = framed(_layers(bars), 30 + 84 * len(rows))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def _bar(row: Mapping[str, Any], part: str, words: Words) -> dict[str, Any]:
    value = row[part]
    text = words.plain("pledges.bar", {"part": words.plain(f"head.{part}"), "n": words.compact(value)})
    return {"row": row["name"], "part": part, "value": value, "start": 0, "text": text}


def _layers(bars: Sequence[Mapping[str, Any]]) -> list[alt.Chart]:
    order = list(dict.fromkeys(bar["row"] for bar in bars))
    lines = [f"{name}|{part}" for name in order for part in ("title", *PARTS)]
    placed = [{**bar, "line": f"{bar['row']}|{bar['part']}"} for bar in bars]
    y = alt.Y("line:N", title=None, sort=lines, scale=alt.Scale(domain=lines, paddingInner=0.25), axis=None)
    x = alt.X("value:Q", title=None, axis=alt.Axis(format="~s", tickCount=5), scale=alt.Scale(zero=True))
    fill = alt.Fill("part:N", scale=alt.Scale(domain=list(FILLS), range=list(FILLS.values())))
    drawn = [bar for bar in placed if bar["value"] is not None]
    rects = chart_of(drawn).mark_bar(stroke=palette.BASELINE, strokeWidth=1.2, height=15, align="left").encode(x, y, fill)
    heads = chart_of([{"line": f"{name}|title", "text": name, "start": 0} for name in order])
    titles = heads.mark_text(align="left", fontWeight="bold", fontSize=12.5, limit=460)
    halo = chart_of(placed).mark_text(align="left", dx=6, fontSize=12, stroke="white", strokeWidth=3)
    ink = chart_of(placed).mark_text(align="left", dx=6, fontSize=12, color=palette.INK)
    at_end = alt.X("start:Q")
    return [
        rects,
        titles.encode(at_end, y, alt.Text("text:N")),
        *(mark.encode(at_end, y, alt.Text("text:N")) for mark in (halo, ink)),
    ]
