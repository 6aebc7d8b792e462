"""Charts of the answer: arrivals by month, effects of the alternatives, nationalities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from travesia.report import palette
from travesia.report.grammar import (
    OWN_DASH,
    SMALL_PX,
    SOLID,
    WIDTH_PX,
    Row,
    by_direction,
    framed,
    layer,
    lines_down,
    month_axis,
    quantity,
)
from travesia.report.picture import Column, Figure, Label, Table, identifier, make_figure
from travesia.report.reading import Effect, baseline, codes, effects, main_variant, rows_of, state_names
from travesia.report.words import Words
from travesia.terms import first_day

if TYPE_CHECKING:
    from travesia.study import ScenarioNote, Study

NATIONALITIES_SHOWN = 10
BANDS = (("p05", "p95", 0.16), ("p25", "p75", 0.26), ("draw_p05", "draw_p95", 0.55))
RANGE = (("low", "p05"), ("middle", "p50"), ("high", "p95"))


def arrivals_chart(study: Study, note: ScenarioNote, measure: str, words: Words) -> Figure:
    """Draw arrivals by month in the baseline and a variant, with both kinds of spread and the observed."""
    main = main_variant(study)
    small = main is None or note.name != main.name
    base, code = baseline(study), codes(study)
    table = study.tables["arrivals"].filter(pl.col("measure") == measure)
    own = pl.col("scenario").is_in([base.name, note.name]) & (pl.col("source") == "simulated")
    observed = table.filter(pl.col("source") == "observed")
    rows = [
        {**row, "day": first_day(row["month"]).isoformat(), "scenario": code.get(row["scenario"])}
        for row in (*rows_of(table.filter(own)), *rows_of(observed))
    ]
    values = {
        "b": code[note.name],
        "reading": words.plain(f"reading.{note.reading}"),
        "measure": words.plain(f"measure.{measure}"),
        "Measure": _capital(words.plain(f"measure.{measure}")),
        "day": words.day(study.window.start),
        "months": table["month"].n_unique(),
    }
    caption = "small" if small else "observed" if observed.height else "simulated"
    label = Label(
        id=identifier(f"arrivals-{measure}-{note.name}"),
        title=words.plain("arrivals.title_small" if small else "arrivals.title", values),
        description=words.plain("arrivals.description", values),
        caption=words.plain(f"arrivals.caption_{caption}", values),
    )
    layers = _arrival_layers(rows, (code[base.name], code[note.name]), study.window.start.isoformat(), words)
    definition = framed(layers, 230, SMALL_PX) if small else framed(layers, 310, WIDTH_PX)
    return make_figure(label, definition, _arrivals_table(rows, label, words), words)


def _arrival_layers(
    rows: Sequence[Row], names: tuple[str, str], first: str, words: Words
) -> list[dict[str, Any]]:
    x, mean = month_axis(words), quantity("mean", words)
    colours = {"domain": list(names), "range": [palette.BASELINE, palette.VARIANT]}
    colour = {"color": {"field": "scenario", "type": "nominal", "scale": colours, "legend": None}}
    dashes = {"domain": list(names), "range": [SOLID, OWN_DASH]}
    dash = {"strokeDash": {"field": "scenario", "type": "nominal", "scale": dashes, "legend": None}}
    simulated = [row for row in rows if row["source"] == "simulated"]
    layers = [
        layer(
            [row for row in simulated if row["scenario"] == name and row[low] is not None],
            {"type": "area", "opacity": opacity},
            {"x": x, "y": quantity(low, words), "y2": {"field": high}, **colour},
        )
        for name in names
        for low, high, opacity in BANDS
    ]
    layers.append(
        layer(simulated, {"type": "line", "strokeWidth": 2.2}, {"x": x, "y": mean, **colour, **dash})
    )
    points = [row for row in rows if row["source"] == "observed" and row["mean"] is not None]
    dot = {
        "type": "circle",
        "size": 44,
        "color": palette.INK,
        "opacity": 1,
        "stroke": "white",
        "strokeWidth": 0.8,
    }
    layers.append(layer(points, dot, {"x": x, "y": mean}))
    rule = {"type": "rule", "color": palette.MUTED, "strokeDash": [2, 3], "strokeWidth": 1.3}
    layers.append(layer([{"day": first}], rule, {"x": x}))
    return [*(part for part in layers if part["data"]["values"]), *_end_labels(simulated, names, x, mean)]


def _end_labels(rows: Sequence[Row], names: tuple[str, str], x: Row, y: Row) -> list[dict[str, Any]]:
    """Name the lines at their ends: the higher name is lifted, the lower one sunk, so they never meet."""
    last = max((row["day"] for row in rows), default="")
    ends = sorted((row for row in rows if row["day"] == last), key=lambda row: -row["mean"])
    colours = dict(zip(names, (palette.BASELINE, palette.VARIANT), strict=True))
    labels = []
    for place, row in enumerate(ends):
        text = {
            "type": "text",
            "align": "right",
            "dx": -2,
            "dy": -14 if place == 0 else 16,
            "fontWeight": "bold",
        }
        colour = colours[row["scenario"]]
        halo = {
            **text,
            "fontSize": 13,
            "color": "white",
            "stroke": "white",
            "strokeWidth": 3.5,
            "strokeJoin": "round",
        }
        ink = {**text, "fontSize": 13, "color": colour}
        encoding = {"x": x, "y": y, "text": {"field": "scenario"}}
        labels += [layer([row], mark, encoding) for mark in (halo, ink)]
    return labels


def _arrivals_table(rows: Sequence[Row], label: Label, words: Words) -> Table:
    columns = [
        Column("month", words.plain("head.month"), "month"),
        Column("who", words.plain("head.scenario")),
    ]
    for name in ("mean", "p05", "p25", "p75", "p95", "draw_p05", "draw_p95"):
        columns.append(Column(name, words.plain(f"head.{name}"), "bound" if name != "mean" else "count"))
    observed = words.plain("word.observed")
    told = tuple({**row, "who": observed if row["source"] == "observed" else row["scenario"]} for row in rows)
    return Table(label.title, tuple(columns), told)


def effects_chart(study: Study, words: Words) -> Figure:
    """Draw the paired difference of every variant, encounters and people apart, both readings."""
    rows = [_effect_row(study, effect, words) for effect in effects(study)]
    label = Label(
        "effects",
        words.plain("effects.title"),
        words.plain("effects.description", {"n": len(rows)}),
        words.plain("effects.caption"),
    )
    columns = (
        Column("line", words.plain("head.variant")),
        *(Column(key, words.plain(f"head.{name}"), "count") for key, name in RANGE),
    )
    definition = framed(range_layers(rows, words), 50 + 34 * len(rows))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def _effect_row(study: Study, effect: Effect, words: Words) -> dict[str, Any]:
    values = {
        "variant": codes(study)[effect.scenario],
        "reading": words.plain(f"reading_short.{effect.reading}"),
        "measure": words.plain(f"measure.{effect.measure}"),
    }
    return {
        "line": words.plain("effects.row", values),
        "measure": effect.measure,
        "direction": direction_of(effect.low, effect.high),
        "low": effect.low,
        "middle": effect.middle,
        "high": effect.high,
    }


def nationality_chart(study: Study, measure: str, words: Words) -> Figure | None:
    """Draw the difference by nationality of the main variant; the smallest are left to the table file."""
    note = main_variant(study)
    table = study.tables["answers_by_nationality"].filter(pl.col("measure") == measure)
    own = table.filter(pl.col("scenario") == (note.name if note else "")).drop_nulls("difference_p50")
    if note is None or own.is_empty():
        return None
    own = own.sort([pl.col("difference_p50").abs(), "nationality"], descending=[True, False])
    names, other = state_names(study), words.plain("word.other")
    rows = [
        {
            "line": names.get(row["nationality"], other),
            "measure": measure,
            "direction": direction_of(row["difference_p05"], row["difference_p95"]),
            "low": row["difference_p05"],
            "middle": row["difference_p50"],
            "high": row["difference_p95"],
            "baseline": row["baseline_mean"],
        }
        for row in rows_of(own.head(NATIONALITIES_SHOWN))
    ]
    what = words.plain(f"measure.{measure}")
    values = {
        "b": codes(study)[note.name], "reading": words.plain(f"reading.{note.reading}"), "n": len(rows),
        "rest": max(0, own.height - len(rows)), "measure": what, "Measure": _capital(what),
    }  # fmt: skip
    title, description, caption = (
        words.plain(f"nationalities.{part}", values) for part in ("title", "description", "caption")
    )
    if values["rest"]:
        caption += " " + words.plain("nationalities.rest", values)
    columns = (
        Column("line", words.plain("head.nationality")),
        Column("baseline", words.plain("head.baseline"), "count"),
        *(Column(key, words.plain(f"head.{name}"), "count") for key, name in RANGE),
    )
    label = Label(f"nationalities-{measure}", title, description, caption)
    definition = framed(range_layers(rows, words), 50 + 26 * len(rows))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def range_layers(rows: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    """Lay out ranges about zero: a bar from low to high and a mark in the middle, one line a row."""
    y, direction = lines_down(rows), by_direction()
    shapes = {"domain": ["encounters", "people"], "range": ["circle", "square"]}
    shape = {"field": "measure", "type": "nominal", "scale": shapes, "legend": None}
    zero = {"type": "rule", "color": palette.INK, "strokeWidth": 1}
    low = quantity("low", words, signed=True)
    middle = {"x": quantity("middle"), "y": y, "color": direction["color"], "shape": shape}
    return [
        layer([{"zero": 0}], zero, {"x": quantity("zero")}),
        layer(
            rows,
            {"type": "rule", "strokeWidth": 3.4},
            {"x": low, "x2": {"field": "high"}, "y": y, **direction},
        ),
        layer(rows, {"type": "point", "filled": True, "opacity": 1, "size": 95}, middle),
    ]


def direction_of(low: float | None, high: float | None) -> str:
    """Return more or less where a range lies on one side of zero, else open."""
    if low is None or high is None or low <= 0 <= high:
        return "open"
    return "more" if low > 0 else "less"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
