"""The charts of a study: arrivals by month, effects, nationalities, shares, pledges and fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import polars as pl

from travesia.report import palette
from travesia.report.picture import WIDTH_PX, Column, Figure, Label, Table, make_figure
from travesia.report.reading import Effect, baseline, codes, effects, main_variant, rows_of, state_names
from travesia.report.words import Words
from travesia.terms import first_day

if TYPE_CHECKING:
    from travesia.study import ScenarioNote, Study

Row = Mapping[str, Any]
NATIONALITIES_SHOWN = 12


def chart_of(rows: Sequence[Row]) -> alt.Chart:
    """Return an empty chart over some rows, carried inside the definition."""
    return alt.Chart(alt.Data(values=[dict(row) for row in rows]))


def framed(layers: Sequence[alt.Chart], height: int, width: int = WIDTH_PX) -> dict[str, Any]:
    """Lay charts over one another in a frame of fixed outer size, pixels."""
    fit = alt.AutoSizeParams(type="fit", contains="padding")
    chart = alt.layer(*layers).properties(width=width, height=height, autosize=fit, padding=4)
    definition: dict[str, Any] = chart.to_dict()
    return definition


def arrivals_chart(study: Study, note: ScenarioNote, measure: str, words: Words) -> Figure:
    """Draw arrivals by month in the baseline and a variant, with both kinds of spread, and what was observed."""
    base = baseline(study)
    table = study.tables["arrivals"].filter(pl.col("measure") == measure)
    simulated = table.filter(
        pl.col("source") == "simulated", pl.col("scenario").is_in([base.name, note.name])
    )
    observed = table.filter(pl.col("source") == "observed")
    code = codes(study)
    rows = [
        {**row, "day": first_day(row["month"]).isoformat(), "scenario": code.get(row["scenario"])}
        for row in (*rows_of(simulated), *rows_of(observed))
    ]
    layers = _arrival_layers(rows, (code[base.name], code[note.name]), study.window.start.isoformat())
    values = {
        "b": code[note.name],
        "reading": words.plain(f"reading.{note.reading}"),
        "measure": words.plain(f"measure.{measure}"),
        "day": words.day(study.window.start),
    }
    label = Label(
        id=f"arrivals-{measure}-{_ident(note.name)}",
        title=words.plain("arrivals.title", values),
        description=words.plain("arrivals.description", {**values, "months": simulated["month"].n_unique()}),
        caption=words.plain(f"arrivals.caption_{'observed' if observed.height else 'simulated'}", values),
    )
    return make_figure(label, framed(layers, 300), _arrivals_table(rows, label, words), words)


def _arrival_layers(rows: Sequence[Row], names: tuple[str, str], policy_day: str) -> list[alt.Chart]:
    x = alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format="%m/%Y", tickCount=6, grid=False))
    colour = alt.Color("scenario:N", scale=alt.Scale(domain=list(names), range=[palette.BASELINE, palette.VARIANT]))
    dash = alt.StrokeDash("scenario:N", scale=alt.Scale(domain=list(names), range=[[1, 0], [6, 3]]))
    axis = alt.Axis(format="~s", tickCount=5)
    layers = []
    for name in names:
        own = [row for row in rows if row["scenario"] == name and row["source"] == "simulated"]
        for low, high, opacity in (("p05", "p95", 0.16), ("p25", "p75", 0.26), ("draw_p05", "draw_p95", 0.55)):
            band = chart_of(own).mark_area(opacity=opacity)
            layers.append(band.encode(x, alt.Y(f"{low}:Q", title=None, axis=axis), alt.Y2(f"{high}:Q"), colour))
    simulated = [row for row in rows if row["source"] == "simulated"]
    layers.append(
        chart_of(simulated).mark_line(strokeWidth=2.2).encode(x, alt.Y("mean:Q", title=None, axis=axis), colour, dash)
    )
    points = [row for row in rows if row["source"] == "observed"]
    if points:
        dots = chart_of(points).mark_circle(size=38, color=palette.INK, opacity=1, stroke="white", strokeWidth=0.8)
        layers.append(dots.encode(x, alt.Y("mean:Q")))
    rule = chart_of([{"day": policy_day}]).mark_rule(color=palette.MUTED, strokeDash=[2, 3], strokeWidth=1.3)
    layers.append(rule.encode(x))
    return [*layers, *_end_labels(simulated, names, x)]


def _end_labels(rows: Sequence[Row], names: tuple[str, str], x: alt.X) -> list[alt.Chart]:
    """Name the lines at their ends; the higher one is lifted, the lower one sunk, so that they never meet."""
    last = max((row["day"] for row in rows), default="")
    ends = sorted((row for row in rows if row["day"] == last), key=lambda row: -row["mean"])
    colours = dict(zip(names, (palette.BASELINE, palette.VARIANT), strict=True))
    labels = []
    for place, row in enumerate(ends):
        text = chart_of([row]).mark_text(
            align="right", dx=-2, dy=-14 if place == 0 else 16, fontWeight="bold", fontSize=13,
            color=colours[row["scenario"]], stroke="white", strokeWidth=3, strokeJoin="round",
        )  # fmt: skip
        over = chart_of([row]).mark_text(
            align="right", dx=-2, dy=-14 if place == 0 else 16, fontWeight="bold", fontSize=13,
            color=colours[row["scenario"]],
        )  # fmt: skip
        labels += [mark.encode(x, alt.Y("mean:Q"), alt.Text("scenario:N")) for mark in (text, over)]
    return labels


def _arrivals_table(rows: Sequence[Row], label: Label, words: Words) -> Table:
    columns = [Column("month", words.plain("head.month"), "month"), Column("who", words.plain("head.scenario"))]
    for name in ("mean", "p05", "p25", "p75", "p95", "draw_p05", "draw_p95"):
        columns.append(Column(name, words.plain(f"head.{name}"), "count"))
    observed = words.plain("word.observed")
    told = tuple({**row, "who": observed if row["source"] == "observed" else row["scenario"]} for row in rows)
    return Table(label.title, tuple(columns), told)


def effects_chart(study: Study, words: Words) -> Figure:
    """Draw the paired difference of every variant, encounters and people apart, both readings."""
    rows = [_effect_row(study, effect, words) for effect in effects(study)]
    label = Label(
        "effects", words.plain("effects.title"),
        words.plain("effects.description", {"n": len(rows)}), words.plain("effects.caption"),
    )  # fmt: skip
    layers = _range_layers(rows, [row["line"] for row in rows])
    columns = (
        Column("line", words.plain("head.variant")),
        Column("what", words.plain("head.measure")),
        Column("low", words.plain("head.p05"), "count"),
        Column("middle", words.plain("head.p50"), "count"),
        Column("high", words.plain("head.p95"), "count"),
    )
    return make_figure(label, framed(layers, 60 + 38 * len(rows)), Table(label.title, columns, tuple(rows)), words)


def _effect_row(study: Study, effect: Effect, words: Words) -> dict[str, Any]:
    note = next(note for note in study.scenarios if note.name == effect.scenario)
    what = words.plain(f"measure.{effect.measure}")
    line = words.plain("effects.line", {"variant": codes(study)[note.name], "reading": words.plain(f"reading.{note.reading}")})
    return {
        "line": f"{line}: {what}", "what": what, "measure": effect.measure, "direction": effect.direction,
        "low": effect.low, "middle": effect.middle, "high": effect.high,
    }  # fmt: skip


def _range_layers(rows: Sequence[Row], order: Sequence[str]) -> list[alt.Chart]:
    """Lay out ranges about zero: a bar from low to high and a mark in the middle, one line a row."""
    colour = alt.Color(
        "direction:N",
        scale=alt.Scale(domain=["more", "less", "open"], range=[palette.MORE, palette.LESS, palette.OPEN]),
    )
    shape = alt.Shape("measure:N", scale=alt.Scale(domain=["encounters", "people"], range=["circle", "square"]))
    y = alt.Y("line:N", title=None, sort=list(order), axis=alt.Axis(labelLimit=210))
    dash = alt.StrokeDash("direction:N", scale=alt.Scale(domain=["more", "less", "open"], range=[[1, 0], [5, 3], [2, 2]]))
    axis = alt.Axis(format="+~s", tickCount=5)
    zero = chart_of([{"zero": 0}]).mark_rule(color=palette.INK, strokeWidth=1).encode(alt.X("zero:Q", title=None))
    bars = chart_of(rows).mark_rule(strokeWidth=3.2).encode(
        alt.X("low:Q", title=None, axis=axis), alt.X2("high:Q"), y, colour, dash
    )  # fmt: skip
    middles = chart_of(rows).mark_point(filled=True, opacity=1, size=90).encode(alt.X("middle:Q"), y, colour, shape)
    return [zero, bars, middles]


def nationality_chart(study: Study, words: Words) -> Figure | None:
    """Draw the difference by nationality of the main variant; the smallest ones are left to the table file."""
    note = main_variant(study)
    table = study.tables["answers_by_nationality"]
    if note is None or table.filter(scenario=note.name).is_empty():
        return None
    own = table.filter(pl.col("scenario") == note.name, pl.col("measure") == "encounters")
    own = own.drop_nulls("difference_p50").sort(pl.col("difference_p50").abs(), descending=True)
    names = state_names(study)
    rows = [
        {
            "line": names.get(row["nationality"], words.plain("word.other")), "measure": "encounters",
            "direction": _direction(row["difference_p05"], row["difference_p95"]),
            "low": row["difference_p05"], "middle": row["difference_p50"], "high": row["difference_p95"],
            "baseline": row["baseline_mean"],
        }
        for row in rows_of(own.head(NATIONALITIES_SHOWN))
    ]  # fmt: skip
    values = {"b": codes(study)[note.name], "reading": words.plain(f"reading.{note.reading}"), "n": len(rows), "rest": max(0, own.height - len(rows))}
    label = Label(
        "nationalities", words.plain("nationalities.title", values),
        words.plain("nationalities.description", values), words.plain("nationalities.caption", values),
    )  # fmt: skip
    columns = (
        Column("line", words.plain("head.nationality")),
        Column("baseline", words.plain("head.baseline"), "count"),
        *(Column(key, words.plain(f"head.{name}"), "count") for key, name in _RANGE),
    )
    layers = _range_layers(rows, [row["line"] for row in rows])
    return make_figure(label, framed(layers, 50 + 26 * len(rows)), Table(label.title, columns, tuple(rows)), words)


_RANGE = (("low", "p05"), ("middle", "p50"), ("high", "p95"))


def shares_chart(study: Study, words: Words) -> Figure:
    """Draw each state's share by the key (square) against the people whom it hosts (dot)."""
    table = study.tables["shares"].sort("share", descending=True)
    names = state_names(study)
    rows = [
        {
            "state": names.get(row["iso3"], row["name_en"]), "fair": row["fair_people"], "hosted": row["hosted_people"],
            "direction": None if row["gap_people"] is None else "more" if row["gap_people"] >= 0 else "less",
        }
        for row in rows_of(table)
    ]  # fmt: skip
    values = {"n": len(rows)}
    label = Label(
        "shares", words.plain("shares.title"),
        words.plain("shares.description", values), words.plain("shares.caption", values),
    )  # fmt: skip
    columns = (
        Column("state", words.plain("head.state")),
        Column("fair", words.plain("head.fair_people"), "count"),
        Column("hosted", words.plain("head.hosted_people"), "count"),
    )
    definition = framed(_share_layers(rows, words), 40 + 24 * len(rows))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def _share_layers(rows: Sequence[Row], words: Words) -> list[alt.Chart]:
    y = alt.Y("state:N", title=None, sort=[row["state"] for row in rows], axis=alt.Axis(labelLimit=180))
    axis = alt.Axis(format="~s", tickCount=5)
    reported = [row for row in rows if row["hosted"] is not None]
    lines = chart_of(reported).mark_rule(strokeWidth=3).encode(
        alt.X("fair:Q", title=None, axis=axis), alt.X2("hosted:Q"), y,
        alt.Color("direction:N", scale=alt.Scale(domain=["more", "less"], range=[palette.MORE, palette.LESS])),
        alt.StrokeDash("direction:N", scale=alt.Scale(domain=["more", "less"], range=[[1, 0], [5, 3]])),
    )  # fmt: skip
    squares = chart_of(rows).mark_point(shape="square", filled=True, size=75, fill="white", stroke=palette.INK,
                                        strokeWidth=1.6, opacity=1).encode(alt.X("fair:Q"), y)  # fmt: skip
    dots = chart_of(reported).mark_point(shape="circle", filled=True, size=80, opacity=1, color=palette.INK)
    layers = [lines, squares, dots.encode(alt.X("hosted:Q"), y)]
    silent = [{**row, "text": words.texts["number.missing"]} for row in rows if row["hosted"] is None]
    if silent:
        text = chart_of(silent).mark_text(align="left", dx=10, fontSize=11, color=palette.MUTED)
        layers.append(text.encode(alt.X("fair:Q"), y, alt.Text("text:N")))
    return layers


def fit_chart(study: Study, words: Words) -> Figure | None:
    """Draw the error of the model beside that of the naive forecast, both made as of one month."""
    table = study.tables["scores_as_of"]
    if table.is_empty():
        return None
    names = {row["id"]: row["name"] for row in rows_of(study.region.gates)} | state_names(study)
    rows = [
        {
            "line": words.plain("fit.line", {"level": words.plain(f"level.{row['level']}"),
                                             "key": names.get(row["key"], row["key"] or "")}).strip(" :"),
            "model": row["wape_model"], "naive": row["wape_naive"], "observed": row["observed"],
            "months": row["months"],
        }
        for row in rows_of(table.sort("observed", descending=True, nulls_last=True).head(24))
    ]  # fmt: skip
    label = Label("fit", words.plain("fit.title"), words.plain("fit.description", {"n": len(rows)}), words.plain("fit.caption"))
    columns = (
        Column("line", words.plain("head.what")), Column("months", words.plain("head.months")),
        Column("observed", words.plain("head.observed"), "count"),
        Column("model", words.plain("head.wape_model"), "percent"), Column("naive", words.plain("head.wape_naive"), "percent"),
    )  # fmt: skip
    y = alt.Y("line:N", title=None, sort=[row["line"] for row in rows], axis=alt.Axis(labelLimit=210))
    told = [row for row in rows if row["model"] is not None and row["naive"] is not None]
    x = alt.X("model:Q", title=None, axis=alt.Axis(format="%", tickCount=5))
    layers = [
        chart_of(told).mark_rule(color=palette.GRID, strokeWidth=3).encode(x, alt.X2("naive:Q"), y),
        chart_of(told).mark_point(shape="square", filled=True, fill="white", stroke=palette.INK, strokeWidth=1.6,
                                  size=70, opacity=1).encode(alt.X("naive:Q"), y),
        chart_of(told).mark_point(shape="circle", filled=True, size=80, opacity=1, color=palette.BASELINE)
        .encode(x, y),
    ]  # fmt: skip
    return make_figure(label, framed(layers, 40 + 24 * len(rows)), Table(label.title, columns, tuple(rows)), words)


def _direction(low: float | None, high: float | None) -> str:
    if low is None or high is None or low <= 0 <= high:
        return "open"
    return "more" if low > 0 else "less"


def _ident(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower())
