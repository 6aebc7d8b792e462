"""What people go through, on the page: repeat attempts, waits, days, dangers, and other gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from travesia.report.charts import direction_of, range_layers
from travesia.report.grammar import framed
from travesia.report.picture import Figure, Label, Table, columns_of, make_figure
from travesia.report.reading import codes, first_row, main_variant, rows_of
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study

MOST_GATES = 8
"""Gates shown: those at which most people more or fewer arrive."""
_RANGE = (("difference_p05", "decimal"), ("difference_p50", "decimal"), ("difference_p95", "decimal"))


def journeys_table(study: Study, words: Words) -> Table:
    """Return what all people together go through: baseline, alternative and paired difference."""
    code = codes(study)
    dangers = dict(study.region.dangers.select("id", "title").iter_rows())
    rows = []
    for row in rows_of(study.tables["journeys"]):
        if row["scenario"] not in code:
            continue
        what = words.plain(f"journeys.{row['measure']}", {"danger": dangers.get(row["id"], row["id"])})
        reading = next(note.reading for note in study.scenarios if note.name == row["scenario"])
        values = {"variant": code[row["scenario"]], "reading": words.plain(f"reading.{reading}")}
        rows.append({**row, "what": what, "who": words.plain("effects.line", values)})
    columns = columns_of(
        words, ("what", "text", "measure"), ("who", "text", "variant"), ("baseline_mean", "decimal"),
        ("scenario_mean", "decimal"), *_RANGE,
    )  # fmt: skip
    return Table(words.plain("journeys.caption"), columns, tuple(rows))


def journeys_chart(study: Study, words: Words) -> Figure | None:
    """Draw how far the main variant moves what people go through, per cent of the baseline's mean."""
    note = main_variant(study)
    dangers = dict(study.region.dangers.select("id", "title").iter_rows())
    own = study.tables["journeys"].filter(
        pl.col("scenario") == (note.name if note else ""), pl.col("baseline_mean") > 0
    )
    if note is None or own.is_empty():
        return None
    rows = [
        {
            **row,
            **_range(row, 100 / row["baseline_mean"]),
            "line": dangers.get(row["id"]) or words.plain(f"journeys.{row['measure']}_short"),
            "measure": "people",
        }
        for row in rows_of(own)
    ]
    return _ranges("changes", rows, study, words)


def gates_chart(study: Study, words: Words) -> Figure | None:
    """Draw the gates at which most people more or fewer arrive in the main variant."""
    names, note = dict(study.region.gates.select("id", "name").iter_rows()), main_variant(study)
    found = study.tables["diverted"].filter(
        pl.col("nationality") == "all", pl.col("scenario") == (note.name if note else "")
    )
    gates = found.filter(pl.col("by") == "gate").sort(pl.col("difference_p50").abs(), descending=True)
    if note is None or gates.is_empty():
        return None
    rows = [
        {**row, "line": names.get(row["id"], row["id"]), "measure": "people", **_range(row, 1)}
        for row in rows_of(gates.head(MOST_GATES))
    ]
    return _ranges("gates", rows, study, words)


def _range(row: Mapping[str, Any], factor: float) -> dict[str, Any]:
    """Return the range of a paired difference as a chart wants it, times a factor."""
    low, middle, high = (row[name] * factor for name, _ in _RANGE)
    return {"low": low, "middle": middle, "high": high, "direction": direction_of(low, high)}


def _ranges(name: str, rows: list[dict[str, Any]], study: Study, words: Words) -> Figure:
    note = main_variant(study)
    values = {
        "b": codes(study)[note.name] if note else "",
        "reading": words.plain(f"reading.{note.reading}") if note else "",
        "n": len(rows),
    }
    title, description, caption = (
        words.plain(f"journeys.{name}_{part}", values) for part in ("title", "description", "caption")
    )
    columns = columns_of(
        words, ("line", "text", "measure" if name == "changes" else "gate"), ("baseline_mean", "decimal"),
        ("scenario_mean", "decimal"), ("low", "decimal", "p05"), ("middle", "decimal", "p50"),
        ("high", "decimal", "p95"),
    )  # fmt: skip
    definition = framed(range_layers(rows, words), 50 + 26 * len(rows))
    label = Label(f"journeys-{name}", title, description, caption)
    return make_figure(label, definition, Table(title, columns, tuple(rows)), words)


def elsewhere(study: Study, words: Words) -> str | None:
    """Say how many people at least arrive at another gate in the alternative that figures show large."""
    note = main_variant(study)
    if note is None:
        return None
    match = {"scenario": note.name, "nationality": "all", "by": "between_gates"}
    row = first_row(study.tables["diverted"], match)
    values = {"b": codes(study)[note.name], "reading": words.plain(f"reading.{note.reading}")}
    if row is None:
        return words.plain("journeys.nobody_elsewhere", values)
    values |= {
        "n": words.compact(row["difference_p50"]),
        "range": words.between(row["difference_p05"], row["difference_p95"]),
    }
    return words.plain("journeys.elsewhere", values)
