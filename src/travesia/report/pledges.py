"""The figure of promises: needed, pledged and delivered, one figure a unit."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from travesia.report import palette
from travesia.report.grammar import SCHEMA, WIDTH_PX, Row, layer, quantity
from travesia.report.picture import Column, Figure, Label, Table, identifier, make_figure
from travesia.report.reading import rows_of, state_names
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study

PARTS = ("pledged", "delivered", "needed")
LINE_PX, BAR_PX, SPACE_PX = 17, 15, 20
TITLE_SIGNS = 60


def pledge_figures(study: Study, words: Words) -> list[Figure]:
    """Draw one figure a unit, the one with most commitments first; different units never share an axis.

    Commitments without a unit name no amount; they are in `pledges_table` only.
    """
    rows = [tell_commitment(row, study, words) for row in rows_of(study.tables["balance"])]
    units = list(dict.fromkeys(row["unit"] for row in rows if row["unit"] is not None))
    groups = sorted(([row for row in rows if row["unit"] == unit] for unit in units), key=len, reverse=True)
    return [_figure(group, study, words) for group in groups]


def tell_commitment(row: Row, study: Study, words: Words) -> dict[str, Any]:
    """Return a row of the balance with its full name, and its state and unit in words."""
    who = state_names(study).get(row["iso3"], row["iso3"]) if row["iso3"] else None
    title = row["title"] or row["commitment"]
    return {
        **row,
        "name": f"{who}: {title}" if who else title,
        "state_told": words.texts.get(f"state.{row['state']}", row["state"]),
        "unit_told": words.texts.get(f"unit.{row['unit']}", row["unit"]),
        "pace_told": _pace(row, words),
    }


def _pace(row: Row, words: Words) -> str | None:
    """Write delivered / expected as a band of per cent, one number where both ends round to it."""
    ends = [words.percent(end) for end in (row.get("pace_low"), row.get("pace_high")) if end is not None]
    return " – ".join(dict.fromkeys(ends)) or None


def pledges_table(study: Study, words: Words) -> Table:
    """Return every commitment, also those that name no amount."""
    rows = tuple(tell_commitment(row, study, words) for row in rows_of(study.tables["balance"]))
    return Table(words.plain("pledges.all_caption"), _columns(words, with_unit=True), rows)


def _columns(words: Words, *, with_unit: bool) -> tuple[Column, ...]:
    unit = (Column("unit_told", words.plain("head.unit")),) if with_unit else ()
    return (
        Column("name", words.plain("head.commitment"), "long"),
        *unit,
        *(Column(part, words.plain(f"head.{part}"), "count") for part in PARTS),
        Column("gap", words.plain("head.gap"), "count"),
        Column("pace_told", words.plain("head.pace")),
        Column("state_told", words.plain("head.state_of")),
        Column("why", words.plain("head.why"), "long"),
        Column("mismatches", words.plain("head.mismatches"), "long"),
        Column("record", words.plain("head.record")),
        Column("cites", words.plain("head.cites"), "long"),
    )


def _figure(rows: Sequence[Row], study: Study, words: Words) -> Figure:
    unit = rows[0]["unit_told"]
    values = {"unit": unit, "n": len(rows), "as_of": _as_of(rows, words)}
    label = Label(
        identifier(f"pledges-{rows[0]['unit']}"),
        words.plain("pledges.title", values),
        words.plain("pledges.description", values),
        words.plain("pledges.caption", values),
    )
    table = Table(label.title, _columns(words, with_unit=False), tuple(rows))
    bars = [{**row, "fair": None, "numbers": _numbers(row, words)} for row in rows]
    return make_figure(label, bars_down(bars, words), table, words)


def _as_of(rows: Sequence[Row], words: Words) -> str:
    """Return the day up to which deliveries are counted, in words."""
    days = {str(row["as_of"]) for row in rows}
    day = max(days)
    return words.plain("word.latest") if day >= "9999" else words.day(date.fromisoformat(day))


def bars_down(rows: Sequence[Row], words: Words) -> dict[str, Any]:
    """Return the definition of bars one below the other, each under its name and its numbers in words.

    Rows have `name`, `numbers`, and the lengths `fair`, `pledged`, `delivered`, `needed`, ``None`` for
    no such bar. Titles and bars are placed by the pixel, for titles may need two lines.
    """
    texts: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    y = 0
    for row in rows:
        for line in textwrap.wrap(row["name"], TITLE_SIGNS):
            texts.append({"text": line, "y": y, "zero": 0, "weight": "name"})
            y += LINE_PX
        texts.append({"text": row["numbers"], "y": y, "zero": 0, "weight": "numbers"})
        y += LINE_PX + 2
        bars.append(
            {**{part: row[part] for part in ("fair", *PARTS)}, "zero": 0, "top": y, "bottom": y + BAR_PX,
             "inner_top": y + 5, "inner_bottom": y + BAR_PX - 5, "over": y - 3, "under": y + BAR_PX + 3}
        )  # fmt: skip
        y += BAR_PX + SPACE_PX
    return {
        "$schema": SCHEMA,
        "width": WIDTH_PX - 24,
        "height": y - SPACE_PX // 2,
        "padding": {"left": 2, "right": 14, "top": 4, "bottom": 4},
        "layer": _layers(texts, bars, words),
    }


def _numbers(row: Row, words: Words) -> str:
    told = []
    for part in PARTS:
        n = told_number(row[part], words)
        told.append(words.plain("pledges.part", {"part": words.plain(f"pledges.{part}"), "n": n}))
    return " · ".join(told)


def told_number(value: float | None, words: Words) -> str:
    """Write a number in full, from a million on to about three figures."""
    exact = value is None or abs(value) < 1e6
    return words.number(value) if exact else words.compact(value)


def _layers(texts: Sequence[Row], bars: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    def bar(part: str, ends: tuple[str, str], mark: Mapping[str, Any]) -> dict[str, Any]:
        x = {**quantity(part, words), "scale": {"zero": True}}
        encoding = {"x": x, "x2": {"field": "zero"}, "y": _pixel(ends[0]), "y2": {"field": ends[1]}}
        return layer([row for row in bars if row[part] is not None], mark, encoding)

    pale = {"type": "rect", "color": palette.PLEDGED, "stroke": palette.BASELINE, "strokeWidth": 1}
    dark = {"type": "rect", "color": palette.BASELINE}
    share = {"type": "rect", "color": palette.PAPER, "stroke": palette.INK, "strokeWidth": 1.6}
    need = [row for row in bars if row["needed"] is not None]
    upright = {"x": quantity("needed"), "y": _pixel("over"), "y2": {"field": "under"}}
    text = {"type": "text", "align": "left", "baseline": "top", "fontSize": 12}
    styles = {"name": {"fontWeight": "bold"}, "numbers": {"color": palette.MUTED}}
    told = {"x": quantity("zero"), "y": _pixel("y"), "text": {"field": "text"}}
    parts = [
        bar("fair", ("top", "bottom"), share),
        bar("pledged", ("top", "bottom"), pale),
        bar("delivered", ("inner_top", "inner_bottom"), dark),
        layer(need, {"type": "rule", "color": palette.INK, "strokeWidth": 2.5}, upright),
        *(
            layer([row for row in texts if row["weight"] == weight], {**text, **style}, told)
            for weight, style in styles.items()
        ),
    ]
    return [part for part in parts if part["data"]["values"]]


def _pixel(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}
