"""The figures of states: fair share, what was paid out, and each pledge with its delivery, by unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from travesia.report.grammar import Row
from travesia.report.picture import Column, Figure, Label, Table, identifier, make_figure
from travesia.report.pledges import bars_down, told_number
from travesia.report.reading import rows_of, state_names
from travesia.report.words import Words

if TYPE_CHECKING:
    from travesia.study import Study


def state_pledge_figures(study: Study, words: Words) -> list[Figure]:
    """Draw one figure a unit, of the states that pledged or paid; pledges of a state are never added up."""
    rows = _rows(study, words)
    figures = []
    for unit in dict.fromkeys(row["unit"] for row in rows):
        told = [row for row in rows if row["unit"] == unit]
        drawn = [row for row in told if row["commitment"] is not None or row["paid"] is not None]
        if drawn:
            figures.append(_figure(drawn, words))
    return figures


def state_pledges_table(study: Study, words: Words) -> Table:
    """Return every state, also those that pledged nothing that the ledger knows of."""
    return Table(
        words.plain("by_state.all_caption"), _columns(words, with_unit=True), tuple(_rows(study, words))
    )


def _rows(study: Study, words: Words) -> list[dict[str, Any]]:
    names = state_names(study)
    return [
        {
            **row,
            "name": names.get(row["iso3"], row["iso3"]),
            "unit_told": words.texts.get(f"unit.{row['unit']}", row["unit"]),
            "state_told": words.texts.get(f"state.{row['state']}", row["state"]),
        }
        for row in rows_of(study.tables["state_pledges"])
    ]


def _columns(words: Words, *, with_unit: bool) -> tuple[Column, ...]:
    unit = (Column("unit_told", words.plain("head.unit")),) if with_unit else ()
    return (
        Column("name", words.plain("head.state")),
        *unit,
        Column("fair", words.plain("head.fair_share"), "count"),
        Column("paid", words.plain("head.paid"), "count"),
        Column("title", words.plain("head.commitment"), "long"),
        Column("pledged", words.plain("head.pledged"), "count"),
        Column("delivered", words.plain("head.delivered"), "count"),
        Column("state_told", words.plain("head.state_of")),
        Column("fair_of", words.plain("head.fair_of"), "long"),
    )


def _figure(rows: Sequence[Row], words: Words) -> Figure:
    first = rows[0]
    values = {
        "unit": first["unit_told"], "n": len({row["iso3"] for row in rows}),
        "first": words.day(first["first_day"]), "last": words.day(first["last_day"]),
    }  # fmt: skip
    label = Label(
        identifier(f"state-pledges-{first['unit']}"),
        words.plain("by_state.title", values),
        words.plain("by_state.description", values),
        words.plain("by_state.caption", values),
    )
    table = Table(label.title, _columns(words, with_unit=False), tuple(rows))
    return make_figure(label, bars_down(_bars(rows, words), words), table, words)


def _bars(rows: Sequence[Row], words: Words) -> list[dict[str, Any]]:
    """Return a bar for each state's fair share, with what it paid out inside, then one for each pledge."""
    found: list[dict[str, Any]] = []
    for state in dict.fromkeys(row["iso3"] for row in rows):
        own = [row for row in rows if row["iso3"] == state]
        head, pledges = own[0], [row for row in own if row["commitment"] is not None]
        told = [("fair", head["fair"]), ("paid", head["paid"])]
        found.append(
            {"name": head["name"], "numbers": _told(told, words), "fair": head["fair"], "pledged": None,
             "delivered": head["paid"], "needed": None}
        )  # fmt: skip
        for row in pledges:
            told = [("pledged", row["pledged"]), ("delivered", row["delivered"])]
            found.append(
                {"name": row["title"], "numbers": _told(told, words), "fair": None, "pledged": row["pledged"],
                 "delivered": row["delivered"], "needed": None}
            )  # fmt: skip
    return found


def _told(parts: Sequence[tuple[str, float | None]], words: Words) -> str:
    return " · ".join(
        words.plain("pledges.part", {"part": words.plain(f"by_state.{name}"), "n": told_number(value, words)})
        for name, value in parts
    )
