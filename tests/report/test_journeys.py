"""The section on what people go through: every measure, a warning beside exposure, gates without tracing."""

from __future__ import annotations

import polars as pl
import pytest
from invented import REFUSES, invented_study, with_tables

from travesia.report import render
from travesia.report.journeys import MOST_GATES, elsewhere, gates_chart, journeys_chart, journeys_table
from travesia.report.words import LANGUAGES, Words, load_words
from travesia.study import Study


def test_every_measure_of_every_alternative_has_a_row(study: Study, words: Words):
    table = journeys_table(study, words)
    assert len(table.rows) == study.tables["journeys"].height
    told = {row["what"] for row in table.rows}
    assert len(told) == 4 + study.region.dangers.height
    for title in study.region.dangers["title"]:
        assert any(title in what for what in told), title
    assert {row["who"].split(",")[0] for row in table.rows} == {"B1", "B2"}


def test_a_danger_that_the_pack_does_not_name_keeps_its_id(study: Study, words: Words):
    strange = study.tables["journeys"].with_columns(
        id=pl.when(pl.col("measure") == "exposure").then(pl.lit("glacier")).otherwise("id")
    )
    table = journeys_table(with_tables(study, {"journeys": strange}), words)
    assert any("glacier" in row["what"] for row in table.rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_time_on_dangerous_links_never_stands_without_its_warning(lang: str):
    page, words = render(invented_study(lang)), load_words(lang)
    section = page[page.index('id="journeys"') : page.index('id="shares"')]
    assert str(words("journeys.warning")) in section
    assert str(words("journeys.net")) in section


def test_gates_are_those_with_most_change_of_the_alternative_shown_large(study: Study, words: Words):
    figure = gates_chart(study, words)
    assert figure is not None
    change = [abs(row["difference_p50"]) for row in figure.table.rows]
    assert change == sorted(change, reverse=True)
    assert 0 < len(change) <= MOST_GATES
    assert {row["nationality"] for row in figure.table.rows} == {"all"}
    assert {row["scenario"] for row in figure.table.rows} == {"title-42-ends-mexico-accepts-responding"}
    assert all(not row["line"].startswith("gate-") for row in figure.table.rows)
    assert figure.title.startswith("B1, departures responding")


def test_changes_are_drawn_in_per_cent_of_the_baseline(study: Study, words: Words):
    figure = journeys_chart(study, words)
    assert figure is not None
    rows = figure.table.rows
    assert len(rows) == 4 + study.region.dangers.height
    for row in rows:
        assert row["middle"] == pytest.approx(100 * row["difference_p50"] / row["baseline_mean"])
        assert row["low"] <= row["middle"] <= row["high"]


def test_where_the_baseline_has_none_no_per_cent_is_drawn(study: Study, words: Words):
    table = study.tables["journeys"].with_columns(
        baseline_mean=pl.when(pl.col("measure") == "waiting").then(0.0).otherwise("baseline_mean")
    )
    figure = journeys_chart(with_tables(study, {"journeys": table}), words)
    assert figure is not None
    assert len(figure.table.rows) == 3 + study.region.dangers.height
    none = table.with_columns(baseline_mean=pl.lit(0.0))
    assert journeys_chart(with_tables(study, {"journeys": none}), words) is None


def test_how_many_arrive_elsewhere_is_told_with_its_range(study: Study, words: Words):
    told = elsewhere(study, words)
    assert told is not None
    assert "12.3 thousand people at least (6.1 to 18.4 thousand)" in told


def test_nobody_elsewhere_is_told_as_such(study: Study, words: Words):
    none = study.tables["diverted"].filter(pl.col("by") != "between_gates")
    told = elsewhere(with_tables(study, {"diverted": none}), words)
    assert told is not None
    assert told.endswith("there are only more or fewer of them.")


def test_a_mean_that_a_run_does_not_have_is_not_reported(study: Study):
    table = study.tables["journeys"].with_columns(
        pl.when(pl.col("measure") == "days_on_the_way").then(None).otherwise(pl.col(name)).alias(name)
        for name in ("baseline_mean", "difference_p50")
    )
    page = render(with_tables(study, {"journeys": table.filter(scenario=REFUSES)}))
    section = page[page.index('id="journeys"') : page.index('id="shares"')]
    assert section.count("not reported") == 2
