"""What people go through, as tables of the page: repeat attempts, waits, days, dangers, and other gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from travesia.report.picture import Column, Table
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
    columns = _columns(
        words, ("what", "text", "measure"), ("who", "text", "variant"), ("baseline_mean", "decimal"),
        ("scenario_mean", "decimal"), *_RANGE,
    )  # fmt: skip
    return Table(words.plain("journeys.caption"), columns, tuple(rows))


def gates_table(study: Study, words: Words) -> Table:
    """Return the gates at which more or fewer people arrive in the alternative that figures show large."""
    names, note = dict(study.region.gates.select("id", "name").iter_rows()), main_variant(study)
    found = study.tables["diverted"].filter(
        pl.col("nationality") == "all", pl.col("scenario") == (note.name if note else "")
    )
    gates = found.filter(pl.col("by") == "gate").sort(pl.col("difference_p50").abs(), descending=True)
    rows = [{**row, "gate": names.get(row["id"], row["id"])} for row in rows_of(gates.head(MOST_GATES))]
    columns = _columns(
        words, ("gate", "text", "gate"), ("baseline_mean", "decimal"), ("scenario_mean", "decimal"), *_RANGE
    )
    values = {"b": codes(study)[note.name] if note else "B", "a": "A"}
    return Table(words.plain("journeys.gates_caption", values), columns, tuple(rows))


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


def _columns(words: Words, *specs: tuple[str, ...]) -> tuple[Column, ...]:
    """Make columns from (name, kind) or (name, kind, head)."""
    return tuple(
        Column(spec[0], words.plain(f"head.{spec[-1] if len(spec) > 2 else spec[0]}"), spec[1])
        for spec in specs
    )
