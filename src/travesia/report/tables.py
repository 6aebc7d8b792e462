"""The tables of the page that no figure draws: states, measures, assumptions, policies, fit, sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from travesia.report.picture import Table, columns_of
from travesia.report.reading import HEADLINE, codes, rows_of, state_names
from travesia.report.standing import level_line, level_names
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study

WEAKEST_CORRELATION = 0.25
"""Assumptions that move an effect less than this are left to the table file."""
POLICY_STATES = ("acts", "moves nobody", "not in model")


def states_table(study: Study, words: Words) -> Table:
    """Return one row a state: share by the key, people hosted, the gap, and the need in money."""
    columns = columns_of(
        words, "state", ("share", "percent"), ("fair_people", "count"), ("hosted_people", "count"),
        ("gap_people", "count"), ("per_1000", "rate"), ("hosted_all_origins_people", "count"),
        ("share_without_exemption", "percent"), ("fair_need_usd", "usd"),
    )  # fmt: skip
    return Table(words.plain("states.caption"), columns, _states(study))


def reasons_table(study: Study, words: Words) -> Table:
    """Return one row a state: what bounds its share, how it came about, who is not counted there."""
    columns = columns_of(words, "state", "bound", ("why", "long"), ("caveat", "long"))
    return Table(words.plain("states.reasons_caption"), columns, _states(study))


def keys_refused_table(study: Study, words: Words) -> Table:
    """Return the keys that the indicators do not allow, and what each lacks."""
    columns = columns_of(words, ("title", "text", "key_title"), ("lacking", "long"))
    return Table(words.plain("keys.refused_caption"), columns, tuple(rows_of(study.tables["keys_refused"])))


def _states(study: Study) -> tuple[dict[str, Any], ...]:
    names, inhabitants = state_names(study), _inhabitants(study)
    rows = []
    for row in rows_of(study.tables["shares"].sort("share", descending=True)):
        people, hosted = inhabitants.get(row["iso3"]), row["hosted_people"]
        per_1000 = None if hosted is None or not people else 1000 * hosted / people
        rows.append({**row, "state": names.get(row["iso3"], row["name_en"]), "per_1000": per_1000})
    return tuple(rows)


def measures_table(study: Study, words: Words) -> Table:
    """Return every measure that was counted: baseline, scenario, and their paired difference."""
    code = codes(study)
    rows = [
        {
            **row,
            "who": words.plain("effects.line", {
                "variant": code[row["scenario"]], "reading": words.plain(f"reading.{row['reading']}"),
            }),
            "what": words.plain(f"measure.{row['measure']}"),
        }
        for row in rows_of(study.tables["answers"])
        if row["scenario"] in code
    ]  # fmt: skip
    columns = columns_of(
        words, ("what", "text", "measure"), ("who", "text", "variant"), ("baseline_mean", "count"),
        ("scenario_mean", "count"), ("difference_p05", "count"), ("difference_p50", "count"),
        ("difference_p95", "count"), ("change_p50", "percent"), ("runs_higher", "percent"),
    )  # fmt: skip
    return Table(words.plain("measures.caption"), columns, tuple(rows))


def drivers_table(study: Study, words: Words) -> Table:
    """Return which uncertain assumption moves the answer, the strongest first for each effect."""
    code = codes(study)
    drivers = study.tables["drivers"]
    keep = (
        drivers.filter(pl.col("rank_correlation").abs() >= WEAKEST_CORRELATION) if drivers.height else drivers
    )
    rows = [
        {
            **row,
            "line": words.plain("effects.row", {
                "variant": code[row["scenario"]],
                "reading": words.plain(f"reading_short.{row['reading']}"),
                "measure": words.plain(f"measure.{row['measure']}"),
            }),
            "decides": words.plain("word.yes" if row["decides_sign"] else "word.no"),
        }
        for row in rows_of(keep)
        if row["scenario"] in code and row["measure"] in HEADLINE
    ]  # fmt: skip
    columns = columns_of(
        words, ("line", "text", "variant"), ("title", "long", "assumption"), ("difference_at_low", "count"),
        ("difference_at_high", "count"), ("decides", "text", "decides_sign"), ("rank_correlation", "decimal"),
    )  # fmt: skip
    return Table(words.plain("drivers.caption"), columns, tuple(rows))


def assumptions_table(study: Study, words: Words) -> Table:
    """Return every parameter with its range, and whether it is observed, cited, fitted or assumed."""
    rows = [
        {
            **row,
            "basis_told": words.texts.get(f"basis.{row['basis']}", row["basis"]),
            "drawn": words.plain("word.yes" if row["drawn"] else "word.no"),
        }
        for row in rows_of(study.tables["assumptions"])
    ]
    columns = columns_of(
        words, ("title", "text", "assumption"), ("low", "limit"), ("central", "decimal"), ("high", "limit"),
        "unit", ("basis_told", "text", "basis"), "drawn", "source", ("why", "long"),
    )  # fmt: skip
    return Table(words.plain("assumptions.caption"), columns, tuple(rows))


def policies_table(study: Study, state: str, words: Words) -> Table:
    """Return the policies of one state: those that act, move nobody, or are not in the model."""
    rows = []
    for row in rows_of(study.tables["policies"].filter(pl.col("state") == state)):
        days = {"start": _day(row["start"], 0, words), "end": _day(row["end"], 1, words)}
        # A policy that a scenario made up has no record; what it rests on stands in its place.
        cites = {"cites": row["cites"] or row["source"]}
        scenarios = {"scenarios": _scenario_codes(row["in_scenarios"], codes(study))}
        rows.append({**row, **days, **cites, **scenarios})
    extra: tuple[Any, ...] = ("scenarios",) if state == "acts" else (("reason", "long"),)
    columns = columns_of(
        words, ("description", "text", "policy"), ("kind", "text", "kind"), ("start", "text", "start"),
        ("end", "text", "end"), *extra, "record", ("cites", "long"),
    )  # fmt: skip
    return Table(words.plain("policies.caption_" + state.replace(" ", "_")), columns, tuple(rows))


def fit_past_table(study: Study, words: Words) -> Table:
    """Return how far the past is reproduced, which it is by construction."""
    names = level_names(study)
    rows = [
        {**row, "line": level_line(row["level"], row["key"], names, words)}
        for row in rows_of(study.tables["fit_past"])
    ]
    columns = columns_of(
        words, ("line", "text", "what"), ("observed", "count"), ("simulated", "count"), ("wape", "percent")
    )
    return Table(words.plain("fit.past_caption"), columns, tuple(rows))


def scores_table(study: Study, words: Words) -> Table:
    """Return every error of the forecast beside that of the naive one; what was never observed has none."""
    names = level_names(study)
    rows = [
        {**row, "line": level_line(row["level"], row["key"], names, words)}
        for row in rows_of(study.tables["scores_as_of"].drop_nulls("wape_model"))
    ]
    columns = columns_of(
        words,
        ("line", "text", "what"),
        ("observed", "count"),
        ("wape_model", "percent"),
        ("wape_naive", "percent"),
    )
    return Table(words.plain("fit.title"), columns, tuple(rows))


def not_routed_table(study: Study, words: Words) -> Table:
    """Return the nationalities whose way the model does not know, with the reason."""
    names = state_names(study)
    rows = [
        {**row, "state": names.get(row["nationality"], row["nationality"])}
        for row in rows_of(study.tables["not_routed"])
    ]
    columns = columns_of(words, ("state", "text", "nationality"), ("why", "long"))
    return Table(words.plain("not_routed.caption"), columns, tuple(rows))


def sources_table(study: Study, words: Words) -> Table:
    """Return every source of the pack with publisher, licence and known faults."""
    rows = [
        {"source_title": s.title, "publisher": s.publisher, "licence": s.licence,
         "stored_copy": s.stored_copy, "faults": s.faults}
        for s in study.region.sources
    ]  # fmt: skip
    columns = columns_of(
        words, ("source_title", "long"), "publisher", "licence", "stored_copy", ("faults", "long")
    )  # fmt: skip
    return Table(words.plain("sources.caption"), columns, tuple(rows))


def _inhabitants(study: Study) -> dict[str, float]:
    """Return the latest population not later than the end of the window, by state."""
    last = (study.window.end or study.window.start).year
    table = study.region.indicators.filter(pl.col("year") <= last).drop_nulls("population").sort("year")
    return dict(table.select("iso3", "population").iter_rows())


def _scenario_codes(names: str | None, code: Mapping[str, str]) -> str:
    told = dict.fromkeys(code.get(name, name) for name in (names or "").replace("|", " ").split())
    return ", ".join(told)


def _day(day: date | None, back: int, words: Words) -> str:
    """Write a day; the end of a span is told as its last day, one day `back`."""
    return "" if day is None else words.day(day - timedelta(days=back))
