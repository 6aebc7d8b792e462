"""Charts of standing: shares against people hosted, and the model's errors beside the naive forecast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from travesia.report import palette
from travesia.report.grammar import Row, by_direction, framed, layer, lines_down, quantity
from travesia.report.picture import Column, Figure, Label, Table, make_figure
from travesia.report.reading import rows_of, state_names
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study

SQUARE = {
    "type": "point", "shape": "square", "filled": True, "size": 75, "fill": "white",
    "stroke": palette.INK, "strokeWidth": 1.6, "opacity": 1,
}  # fmt: skip
DOT = {"type": "point", "shape": "circle", "filled": True, "size": 80, "opacity": 1, "color": palette.INK}
SCORES_SHOWN = 22


def shares_chart(study: Study, words: Words) -> Figure:
    """Draw each state's share by the key (square) against the people whom it hosts (dot)."""
    names = state_names(study)
    rows = [
        {
            "line": names.get(row["iso3"], row["name_en"]),
            "fair": row["fair_people"],
            "hosted": row["hosted_people"],
            "direction": _hosting(row["hosted_people"], row["fair_people"]),
        }
        for row in rows_of(study.tables["shares"].sort("share", descending=True))
    ]
    label = Label(
        "shares-chart",
        words.plain("shares.title"),
        words.plain("shares.description", {"n": len(rows)}),
        words.plain("shares.caption"),
    )
    columns = (
        Column("line", words.plain("head.state")),
        Column("fair", words.plain("head.fair_people"), "count"),
        Column("hosted", words.plain("head.hosted_people"), "count"),
    )
    definition = framed(_share_layers(rows, words), 40 + 24 * len(rows))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def keys_chart(study: Study, words: Words) -> Figure | None:
    """Draw what each state would take under each key: a line over all, a square for the study's key."""
    shares = study.tables["key_shares"]
    if shares.is_empty():
        return None
    names = state_names(study)
    own = shares.filter("in_use").row(0, named=True)
    keys = list(dict.fromkeys([own["key"], *shares["key"]]))
    by_state = shares.pivot("key", index="iso3", values="people").sort(own["key"], descending=True)
    rows = [{"line": names.get(row["iso3"], row["iso3"]), **row} for row in rows_of(by_state)]
    label = Label(
        "keys-chart",
        words.plain("keys.title"),
        words.plain("keys.description", {"n": len(rows)}),
        words.plain("keys.caption", {"key": own["title"]}),
    )
    columns = (Column("line", words.plain("head.state")), *(Column(key, key, "count") for key in keys))
    # Nobody, as exempted states have, has no place on a logarithmic scale; they are in the table.
    drawn = [row for row in rows if all(row[key] for key in keys)]
    definition = framed(_key_layers(drawn, keys, words), 40 + 24 * len(drawn))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def _key_layers(rows: Sequence[Row], keys: Sequence[str], words: Words) -> list[dict[str, Any]]:
    """Return a line over all keys, upright marks for equal shares, dots for others, squares for the first."""
    own, *others = keys
    spans = [{**row, "low": min(row[k] for k in keys), "high": max(row[k] for k in keys)} for row in rows]
    marks = [{"line": row["line"], "key": key, "people": row[key]} for row in rows for key in others]
    most = max((span["high"] for span in spans), default=1)
    y, low, people = lines_down(rows), quantity("low", words), quantity("people")
    low["axis"]["values"] = [10**power for power in range(len(str(most)))]
    for channel in (low, people):
        channel["scale"] = {"type": "log"}
    line = {"type": "rule", "strokeWidth": 3, "color": palette.PLEDGED}
    tick = {"type": "tick", "thickness": 3, "size": 14, "color": palette.MUTED}
    dot = {**DOT, "size": 60, "color": palette.BASELINE}
    chosen = [{"line": row["line"], "people": row[own]} for row in rows]
    layers = [
        layer(spans, line, {"x": low, "x2": {"field": "high"}, "y": y}),
        layer([mark for mark in marks if mark["key"] == "equal"], tick, {"x": people, "y": y}),
        layer([mark for mark in marks if mark["key"] != "equal"], dot, {"x": people, "y": y}),
        layer(chosen, SQUARE, {"x": people, "y": y}),
    ]
    return [part for part in layers if part["data"]["values"]]


def _hosting(hosted: float | None, fair: float) -> str | None:
    return None if hosted is None else "more" if hosted >= fair else "less"


def _share_layers(rows: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    y, fair = lines_down(rows), quantity("fair", words)
    reported = [row for row in rows if row["hosted"] is not None]
    silent = [{**row, "text": words.texts["number.missing"]} for row in rows if row["hosted"] is None]
    between = {"x": fair, "x2": {"field": "hosted"}, "y": y, **by_direction()}
    text = {"type": "text", "align": "left", "dx": 10, "fontSize": 11, "color": palette.MUTED}
    layers = [
        layer(reported, {"type": "rule", "strokeWidth": 3}, between),
        layer(rows, SQUARE, {"x": fair, "y": y}),
        layer(reported, DOT, {"x": quantity("hosted"), "y": y}),
        layer(silent, text, {"x": fair, "y": y, "text": {"field": "text"}}),
    ]
    return [part for part in layers if part["data"]["values"]]


def fit_chart(study: Study, words: Words) -> Figure | None:
    """Draw the error of the model beside that of the naive forecast, both made as of one month."""
    table = study.tables["scores_as_of"]
    if table.is_empty():
        return None
    # What sums up a level comes first, then the largest nationalities and gates.
    parts = pl.col("key") != "all"
    ranked = (
        table.drop_nulls("wape_model").sort([parts, "observed"], descending=[False, True]).head(SCORES_SHOWN)
    )
    names = level_names(study)
    rows = [
        {
            "line": level_line(row["level"], row["key"], names, words),
            "model": row["wape_model"],
            "naive": row["wape_naive"],
            "observed": row["observed"],
            "months": row["months"],
        }
        for row in rows_of(ranked)
    ]
    label = Label(
        "fit-chart",
        words.plain("fit.title"),
        words.plain("fit.description", {"n": len(rows)}),
        words.plain("fit.when", table.select("known", "first", "last").row(0, named=True))
        + " "
        + words.plain("fit.caption"),
    )
    columns = (
        Column("line", words.plain("head.what")),
        Column("months", words.plain("head.months")),
        Column("observed", words.plain("head.observed"), "count"),
        Column("model", words.plain("head.wape_model"), "percent"),
        Column("naive", words.plain("head.wape_naive"), "percent"),
    )
    told = [row for row in rows if row["model"] is not None and row["naive"] is not None]
    definition = framed(_fit_layers(told), 40 + 24 * max(1, len(told)))
    return make_figure(label, definition, Table(label.title, columns, tuple(rows)), words)


def _fit_layers(rows: Sequence[Row]) -> list[dict[str, Any]]:
    y = lines_down(rows)
    model = {**quantity("model"), "axis": {"format": "%", "tickCount": 5}}
    line = {"type": "rule", "color": palette.GRID, "strokeWidth": 3}
    return [
        layer(rows, line, {"x": model, "x2": {"field": "naive"}, "y": y}),
        layer(rows, SQUARE, {"x": quantity("naive"), "y": y}),
        layer(rows, {**DOT, "color": palette.BASELINE}, {"x": model, "y": y}),
    ]


def level_names(study: Study) -> dict[str, str]:
    """Return the names of gates and states by id, for lines of fit."""
    return {row["id"]: row["name"] for row in rows_of(study.region.gates)} | state_names(study)


def level_line(level: str, key: str | None, names: dict[str, str], words: Words) -> str:
    """Return the name of a line of fit: its level, and its key where that says more."""
    if key is None or key in (level, "total", "all"):
        return words.texts.get(f"level_all.{level}", level)
    told = words.texts.get(f"level.{level}", level)
    key_told = words.plain("word.other") if key == "OTHER" else names.get(key, key)
    return words.plain("fit.line", {"level": told, "key": key_told})
