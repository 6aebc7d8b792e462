"""The sentence of the answer: its words follow the numbers."""

from __future__ import annotations

import polars as pl
import pytest
from invented import ACCEPTS, REFUSES, STAYS, with_tables

from travesia.report.answer import (
    alternatives,
    between_sentences,
    cards,
    opposite,
    question,
    sentences,
    sign_sentences,
)
from travesia.report.reading import codes, effects, main_variant
from travesia.report.words import Words, load_words
from travesia.study import Study

DIFFERENCES = ("difference_p05", "difference_p50", "difference_p95")


def with_effect(
    study: Study, scenario: str, measure: str, values: tuple[float | None, float | None, float | None]
) -> Study:
    """Return the study with one effect replaced."""
    here = (pl.col("scenario") == scenario) & (pl.col("measure") == measure)
    table = study.tables["answers"].with_columns(
        pl.when(here).then(pl.lit(value, dtype=pl.Float64)).otherwise(pl.col(name)).alias(name)
        for name, value in zip(DIFFERENCES, values, strict=True)
    )
    return with_tables(study, {"answers": table})


def test_scenarios_get_short_codes_by_alternative(study: Study) -> None:
    told = codes(study)
    assert told[STAYS] == "A"
    assert told[ACCEPTS] == told[f"{ACCEPTS}-responding"] == "B1"
    assert told[REFUSES] == "B2"


def test_the_readings_stand_apart_each_with_both_measures(study: Study, words: Words) -> None:
    holding, responding = sentences(study, words)
    assert "Holding departures" in holding
    assert "251 thousand fewer encounters" in holding
    assert "190 to 310 thousand" in holding
    assert "but <strong>11.5 thousand more people" in holding
    assert "With departures responding" in responding
    assert "no sure change in encounters" in responding
    assert "from 160 thousand fewer to 310 thousand more" in responding
    assert "140 thousand more people" in responding


def test_more_becomes_fewer_when_the_sign_turns(study: Study, words: Words) -> None:
    turned = with_effect(study, ACCEPTS, "encounters", (190_300.0, 251_250.0, 310_400.0))
    holding = sentences(turned, words)[0]
    assert "251 thousand more encounters" in holding
    assert "and <strong>11.5 thousand more people" in holding


def test_zero_in_every_run_is_no_change(study: Study, words: Words) -> None:
    still = with_effect(study, ACCEPTS, "people", (0.0, 0.0, 0.0))
    assert "no change in people" in sentences(still, words)[0]
    assert cards(still, words)[0].figures[1].direction == "same"


def test_a_range_that_touches_zero_promises_no_direction(study: Study, words: Words) -> None:
    touching = with_effect(study, ACCEPTS, "people", (0.0, 5_000.0, 9_000.0))
    assert "no sure change in people" in sentences(touching, words)[0]


def test_an_effect_that_was_not_computed_is_left_out(study: Study, words: Words) -> None:
    missing = with_effect(study, ACCEPTS, "people", (None, None, None))
    assert "B1" not in sentences(missing, words)[0]
    assert [figure.measure for figure in cards(missing, words)[0].figures] == ["encounters"]
    assert len(effects(missing)) == len(effects(study)) - 1


def test_opposite_directions_are_said(study: Study) -> None:
    assert opposite(study)
    same_way = study
    for name, _, measure in [(ACCEPTS, 0, "encounters"), (REFUSES, 0, "encounters")]:
        same_way = with_effect(same_way, name, measure, (1.0, 2.0, 3.0))
    assert not opposite(same_way)


def test_the_deciding_assumption_is_named_with_what_it_decides(study: Study, words: Words) -> None:
    (told,) = sign_sentences(study, words)
    assert "Departures of Venezuelans" in told
    assert "encounters in B1 (departures responding)" in told
    assert "encounters in B2 (departures responding)" in told
    assert "people in" not in told


def test_without_a_decider_the_strongest_is_named(study: Study, words: Words) -> None:
    drivers = study.tables["drivers"].with_columns(decides_sign=pl.lit(False))
    (told,) = sign_sentences(with_tables(study, {"drivers": drivers}), words)
    assert "no single assumption" in told
    assert "Departures of Venezuelans" in told


def test_without_drivers_it_says_so(study: Study, words: Words) -> None:
    (told,) = sign_sentences(with_tables(study, {"drivers": study.tables["drivers"].clear()}), words)
    assert "does not say" in told


def test_the_main_variant_is_the_first_responding_one(study: Study) -> None:
    main = main_variant(study)
    assert main is not None
    assert main.name == f"{ACCEPTS}-responding"


def test_each_alternative_is_introduced_once(study: Study) -> None:
    assert [code for code, _, _ in alternatives(study)] == ["A", "B1", "B2"]


def test_no_driver_of_another_scenario_is_shown(study: Study, words: Words) -> None:
    foreign = study.tables["drivers"].with_columns(scenario=pl.lit("elsewhere"), decides_sign=pl.lit(True))
    (told,) = sign_sentences(with_tables(study, {"drivers": foreign}), words)
    assert "does not say" in told


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "a & b"])
def test_titles_of_assumptions_are_escaped(study: Study, words: Words, hostile: str) -> None:
    drivers = study.tables["drivers"].with_columns(title=pl.lit(hostile))
    told = " ".join(sign_sentences(with_tables(study, {"drivers": drivers}), words))
    assert hostile not in told


def _with_ranges(study: Study, ranges: dict[tuple[str, str], tuple[float, float]]) -> Study:
    answers = study.tables["answers"]
    columns = {}
    for at, name in enumerate(("difference_p05", "difference_p95")):
        values = {"|".join(pair): bounds[at] for pair, bounds in ranges.items()}
        key = pl.concat_str("scenario", "measure", separator="|")
        columns[name] = key.replace_strict(values, default=0.0, return_dtype=pl.Float64)
    return with_tables(study, {"answers": answers.with_columns(**columns)})


def test_where_alternatives_differ_in_sign_each_is_told(study: Study, words: Words) -> None:
    ranges = {
        (ACCEPTS, "encounters"): (-9.0, -5.0),
        (f"{ACCEPTS}-responding", "encounters"): (-5.0, 5.0),
        (REFUSES, "encounters"): (0.0, 0.0),
        (f"{REFUSES}-responding", "encounters"): (1.0, 9.0),
    }
    (told,) = between_sentences(_with_ranges(study, ranges), words)
    assert "the sign of encounters" in told
    assert "B1, holding departures: fewer" in told
    assert "B1, departures responding: either way" in told
    assert "B2, holding departures: no change" in told
    assert "B2, departures responding: more" in told


def test_effects_of_one_sign_or_none_decide_nothing_between_them(study: Study, words: Words) -> None:
    names = [name + suffix for name in (ACCEPTS, REFUSES) for suffix in ("", "-responding")]
    same = {(name, m): (1.0, 2.0) for name in names for m in ("encounters", "people")}
    assert between_sentences(_with_ranges(study, same), words) == []
    same[ACCEPTS, "people"] = (0.0, 0.0)
    assert between_sentences(_with_ranges(study, same), words) == []


@pytest.mark.parametrize(
    ("lang", "start"), [("en", "What if instead"), ("es", "¿Y si en cambio"), ("fr", "Et si au contraire")]
)
def test_the_question_names_the_baseline_and_each_alternative_once(
    study: Study, lang: str, start: str
) -> None:
    asked = question(study, load_words(lang))
    titles = [note.title for note in study.scenarios if note.reading != "responding"]
    assert asked.startswith(titles[0])
    assert start in asked
    assert [asked.count(title) for title in titles[1:]] == [1, 1]
