"""What is read off the tables: codes, alternatives, and which way an effect goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import ACCEPTS, REFUSES, with_tables

from travesia.report.charts import direction_of
from travesia.report.reading import (
    Effect,
    baseline,
    codes,
    deciding,
    effect_of,
    group_of,
    main_variant,
    state_names,
    variants,
)
from travesia.study import ScenarioNote, Study

NUMBER = st.floats(min_value=-1e7, max_value=1e7)


def note(name: str, reading: str = "holding") -> ScenarioNote:
    return ScenarioNote(name, name.title(), None, (), reading)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("b1", "b1"),
        ("b1-responding", "b1"),
        ("b1_holding", "b1"),
        ("responding", "responding"),
        ("people-responding-late", "people-responding-late"),
    ],
)
def test_readings_of_one_alternative_share_its_name(name: str, group: str) -> None:
    assert group_of(note(name)) == group


def test_one_alternative_is_b_and_several_are_numbered(study: Study) -> None:
    base = baseline(study)
    one = replace(study, scenarios=(base, note("x"), note("x-responding", "responding")))
    assert sorted(codes(one).values()) == ["A", "B", "B"]
    three = replace(
        study, scenarios=(base, note("x"), note("y"), note("z"), note("y-responding", "responding"))
    )
    assert [codes(three)[n.name] for n in three.scenarios] == ["A", "B1", "B2", "B3", "B2"]


def test_without_a_responding_variant_the_first_is_shown_large(study: Study) -> None:
    held = replace(study, scenarios=(baseline(study), note("x"), note("y")))
    shown = main_variant(held)
    assert shown is not None
    assert shown.name == "x"
    assert main_variant(replace(study, scenarios=(baseline(study),))) is None


@given(st.lists(NUMBER, min_size=3, max_size=3))
def test_a_direction_is_claimed_only_where_the_whole_range_agrees(values: list[float]) -> None:
    low, middle, high = sorted(values)
    effect = Effect("s", "holding", "people", low, middle, high, 1.0, 0.0, 0.5)
    claimed = effect.direction
    assert (claimed == "more") == (low > 0)
    assert (claimed == "less") == (high < 0)
    assert (claimed == "same") == (low == high == 0)
    assert direction_of(low, high) == ("open" if claimed == "same" else claimed)


def test_a_missing_range_has_no_direction() -> None:
    assert direction_of(None, 3.0) == "open"


def test_an_effect_carries_the_numbers_of_its_row(study: Study) -> None:
    effect = effect_of(study, study.scenarios[1], "encounters")
    assert effect is not None
    assert (effect.low, effect.middle, effect.high) == (-310_400.0, -251_250.0, -190_300.0)
    assert effect.baseline == 912_000.0
    assert effect.change == pytest.approx(-251_250.0 / 912_000.0)
    assert effect_of(study, study.scenarios[1], "no-such-measure") is None


def test_drivers_that_decide_come_first_then_the_strongest(study: Study) -> None:
    note_of = {n.name: n for n in study.scenarios}
    rows = deciding(study, note_of[f"{REFUSES}-responding"], "encounters")
    assert [row["parameter"] for row in rows] == ["departures-ven", "retry", "retry-return"]
    assert rows[0]["decides_sign"]
    assert not deciding(
        with_tables(study, {"drivers": study.tables["drivers"].clear()}), note_of[ACCEPTS], "people"
    )


def test_states_are_named_in_the_language_of_the_page(study: Study) -> None:
    assert state_names(study)["USA"] == "United States"
    assert state_names(replace(study, lang="es"))["USA"] == "Estados Unidos"
    assert state_names(replace(study, lang="fr"))["BRA"] == "Brésil"


def test_the_baseline_is_the_first_and_never_a_variant(study: Study) -> None:
    assert baseline(study).reading == "baseline"
    assert baseline(study) not in variants(study)
    assert len(variants(study)) == 4
