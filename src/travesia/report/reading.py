"""What the tables of a study say: which scenario stands for what, and which way each effect goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from travesia.study import ScenarioNote, Study

HEADLINE = ("encounters", "people")
READINGS = ("holding", "responding")


@dataclass(frozen=True)
class Effect:
    """A paired difference from the baseline, counted over the window, with its 90 % range over runs."""

    scenario: str
    reading: str
    measure: str
    low: float
    middle: float
    high: float
    baseline: float | None
    change: float | None
    runs_higher: float | None

    @property
    def direction(self) -> str:
        """Return "more" or "less" where nearly all runs agree, "same" where nothing moves, else "open"."""
        if self.low == self.high == 0:
            return "same"
        if self.low > 0:
            return "more"
        return "less" if self.high < 0 else "open"


def baseline(study: Study) -> ScenarioNote:
    """Return the scenario against which the others are read."""
    return study.scenarios[0]


def variants(study: Study) -> tuple[ScenarioNote, ...]:
    """Return the scenarios that are compared with the baseline, in the order of the study."""
    return study.scenarios[1:]


def main_variant(study: Study) -> ScenarioNote | None:
    """Return the variant that figures show large: the first with departures responding, else the first."""
    responding = [note for note in variants(study) if note.reading == "responding"]
    return next(iter(responding or variants(study)), None)


def group_of(note: ScenarioNote) -> str:
    """Return the name that the readings of one alternative share: ``x-responding`` belongs to ``x``."""
    return re.sub(r"[-_ ](holding|responding)$", "", note.name)


def codes(study: Study) -> dict[str, str]:
    """Return the short code of every scenario: A, then B, or B1, B2, ... one for each alternative."""
    groups = list(dict.fromkeys(group_of(note) for note in variants(study)))
    number = {group: "B" if len(groups) == 1 else f"B{i}" for i, group in enumerate(groups, 1)}
    return {baseline(study).name: "A"} | {note.name: number[group_of(note)] for note in variants(study)}


def effects(study: Study) -> list[Effect]:
    """Return the effects of every variant on encounters and people that could be computed."""
    return [
        effect
        for note in variants(study)
        for measure in HEADLINE
        if (effect := effect_of(study, note, measure)) is not None
    ]


def effect_of(study: Study, note: ScenarioNote, measure: str) -> Effect | None:
    """Return the effect of a variant on a measure, or ``None`` where the study did not compute it."""
    row = first_row(study.tables["answers"], {"scenario": note.name, "measure": measure})
    if row is None or row["difference_p50"] is None:
        return None
    return Effect(
        scenario=note.name,
        reading=note.reading,
        measure=measure,
        low=row["difference_p05"],
        middle=row["difference_p50"],
        high=row["difference_p95"],
        baseline=row["baseline_mean"],
        change=row["change_p50"],
        runs_higher=row["runs_higher"],
    )


def deciding(study: Study, note: ScenarioNote, measure: str) -> list[dict[str, Any]]:
    """Return the drivers of a variant's effect, those that decide its sign first, then by strength."""
    rows = list(study.tables["drivers"].filter(scenario=note.name, measure=measure).iter_rows(named=True))
    return sorted(rows, key=lambda r: (not r["decides_sign"], -abs(r["rank_correlation"] or 0.0)))


def first_row(table: pl.DataFrame, match: dict[str, str]) -> dict[str, Any] | None:
    """Return the first row whose columns hold the values of `match`."""
    rows = table.filter(*(pl.col(name) == value for name, value in match.items())).head(1)
    return rows.row(0, named=True) if rows.height else None


def rows_of(table: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Return the rows of a table by column name."""
    return table.iter_rows(named=True)


def state_names(study: Study) -> dict[str, str]:
    """Return the names of states in the language of the page, by ISO code."""
    column = f"name_{study.lang}"
    return dict(study.region.countries.select("iso3", column).iter_rows())
