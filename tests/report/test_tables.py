"""Tables that no figure draws: whole, in order, dates as last days, nothing invented for what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from invented import with_tables

from travesia.report import render
from travesia.report.picture import Table, cells
from travesia.report.pledges import pledges_table
from travesia.report.tables import (
    WEAKEST_CORRELATION,
    assumptions_table,
    drivers_table,
    fit_past_table,
    measures_table,
    not_routed_table,
    policies_table,
    reasons_table,
    scores_table,
    sources_table,
    states_table,
)
from travesia.report.words import Words
from travesia.study import Study
from travesia.terms import Span


def column(table: Table, name: str, words: Words) -> list[str]:
    at = [c.name for c in table.columns].index(name)
    return [row[at] for row in cells(table, words)]


def test_states_come_by_share_and_carry_their_own_gap(study: Study, words: Words) -> None:
    table = states_table(study, words)
    shares = [row["share"] for row in table.rows]
    assert len(shares) == 20
    assert shares == sorted(shares, reverse=True)
    for row in table.rows:
        if row["hosted_people"] is not None:
            assert row["gap_people"] == pytest.approx(row["hosted_people"] - row["fair_people"])


def test_hosted_per_inhabitant_uses_the_latest_year_within_the_study(study: Study, words: Words) -> None:
    row = next(row for row in states_table(study, words).rows if row["iso3"] == "PER")
    people = study.region.indicators.filter(iso3="PER", year=2023)["population"][0]
    assert row["per_1000"] == pytest.approx(1000 * row["hosted_people"] / people)
    earlier = replace(study, window=Span(date(2015, 1, 1), date(2015, 6, 1)))
    row = next(row for row in states_table(earlier, words).rows if row["iso3"] == "PER")
    people = study.region.indicators.filter(iso3="PER", year=2015)["population"][0]
    assert row["per_1000"] == pytest.approx(1000 * row["hosted_people"] / people)


def test_a_silent_state_is_not_reported_in_every_column_that_needs_it(study: Study, words: Words) -> None:
    table = states_table(study, words)
    silent = [row["state"] for row in table.rows if row["hosted_people"] is None]
    assert len(silent) == 1
    for name in ("hosted_people", "gap_people", "per_1000", "hosted_all_origins_people"):
        assert column(table, name, words).count("not reported") == 1


def test_reasons_stand_apart_from_the_numbers(study: Study, words: Words) -> None:
    table = reasons_table(study, words)
    assert column(table, "state", words) == column(states_table(study, words), "state", words)
    assert column(table, "caveat", words).count("parole not counted") == 1
    assert set(column(table, "why", words)) == {"half population, half GDP"}


def test_every_answer_is_listed_and_none_of_other_scenarios(study: Study, words: Words) -> None:
    answers = study.tables["answers"]
    assert len(measures_table(study, words).rows) == answers.height
    foreign = answers.head(1).with_columns(scenario=pl.lit("elsewhere"))
    mixed = with_tables(study, {"answers": pl.concat([answers, foreign])})
    assert len(measures_table(mixed, words).rows) == answers.height


def test_weak_drivers_are_left_out_and_deciders_told(study: Study, words: Words) -> None:
    table = drivers_table(study, words)
    assert all(abs(row["rank_correlation"]) >= WEAKEST_CORRELATION for row in table.rows)
    assert "Retry after an ordinary return" not in column(table, "title", words)
    assert column(table, "decides", words).count("yes") == 2


def test_a_parameter_without_a_range_has_dashes_not_a_report(study: Study, words: Words) -> None:
    table = assumptions_table(study, words)
    delay = [row["title"] for row in table.rows].index("Delay before a retry")
    assert column(table, "low", words)[delay] == column(table, "high", words)[delay] == "–"
    assert column(table, "central", words)[delay] == "10"
    assert set(column(table, "basis_told", words)) == {"assumed"}


def test_a_policy_ends_on_its_last_day_and_names_its_scenarios(study: Study, words: Words) -> None:
    acts = policies_table(study, "acts", words)
    assert column(acts, "start", words) == ["20 March 2020", "5 January 2023"]
    assert column(acts, "end", words) == ["11 May 2023", ""]
    assert column(acts, "scenarios", words) == ["A", "A, B1, B2"]


def test_policies_that_do_not_act_say_why(study: Study, words: Words) -> None:
    assert column(policies_table(study, "moves nobody", words), "reason", words) == ["no effect is cited"]
    assert column(policies_table(study, "not in model", words), "reason", words) == ["an umbrella"]


def test_policies_and_promises_lead_back_to_their_records(study: Study, words: Words) -> None:
    acts = policies_table(study, "acts", words)
    assert column(acts, "record", words)[0] == "pol:title-42"
    assert column(acts, "cites", words)[0] == "CDC order | doc:notice [10, 24): order of March"
    promises = pledges_table(study, words)
    assert column(promises, "record", words)[0] == "com:us-20000"
    assert column(promises, "cites", words)[0] == "white-house-2022"
    # A policy that a scenario made up has no record, and shows what it rests on.
    last = policies_table(study, "not in model", words).rows[-1]
    assert (last["record"], last["cites"]) == (None, last["source"])


def test_the_page_says_how_many_proposals_were_left_out(study: Study) -> None:
    text = "12 proposals of the ledger that nobody has accepted yet were left out"
    assert text in render(replace(study, left_out=12))


def test_policies_are_split_without_loss(study: Study, words: Words) -> None:
    states = ("acts", "moves nobody", "not in model")
    counts = [len(policies_table(study, state, words).rows) for state in states]
    assert sum(counts) == study.tables["policies"].height


def test_the_past_names_gates_and_states(study: Study, words: Words) -> None:
    lines = column(fit_past_table(study, words), "line", words)
    assert lines[0] == "Total"
    assert "Nationality: Venezuela" in lines
    assert any(line.startswith("Gate: El Paso") for line in lines)


def test_every_source_is_listed_with_its_licence(study: Study, words: Words) -> None:
    table = sources_table(study, words)
    assert len(table.rows) == len(study.region.sources) > 10
    assert all(column(table, "licence", words))


def test_nationalities_without_a_route_are_named(study: Study, words: Words) -> None:
    table = not_routed_table(study, words)
    assert cells(table, words) == [["Russia", "no cited place of entry"]]


def test_every_score_is_told_and_only_those_that_exist(study: Study, words: Words) -> None:
    scores = study.tables["scores_as_of"]
    told = scores_table(study, words)
    assert [row["wape_model"] for row in told.rows] == scores["wape_model"].drop_nulls().to_list()
    nothing = scores.with_columns(wape_model=pl.lit(None, dtype=pl.Float64))
    assert scores_table(with_tables(study, {"scores_as_of": nothing}), words).rows == ()
