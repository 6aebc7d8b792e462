"""Paired differences, rank correlations and signs, worked out by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from travesia.movement import drawn_parameters
from travesia.study import comparing

BEFORE, AFTER = [10, 20, 30, 40, 50], [15, 10, 45, 60, 40]
PARAMETER = "retry-after-expulsion"


def row(table, **match):
    return table.filter(**match).row(0, named=True)


def test_ranges_of_differences_are_taken_over_runs(by_hand):
    # By run the difference is 5, -10, 15, 20, -10; sorted -10, -10, 5, 15, 20.
    answer = row(comparing.answers(by_hand(BEFORE, AFTER)), measure="encounters")
    assert answer["difference_p05"] == -10.0
    assert answer["difference_p50"] == 5.0
    assert answer["difference_p95"] == pytest.approx(15 + 0.8 * 5)
    # The difference of the medians, 40 - 30, would be twice as much.
    assert answer["difference_p50"] != np.median(AFTER) - np.median(BEFORE)
    assert answer["runs_higher"] == 3 / 5


def test_ranges_of_changes_are_taken_over_runs(by_hand):
    # 15/10 - 1 = 0.5, then -0.5, 0.5, 0.5, -0.2; sorted -0.5, -0.2, 0.5, 0.5, 0.5.
    answer = row(comparing.answers(by_hand(BEFORE, AFTER)), measure="encounters")
    assert answer["change_p05"] == pytest.approx(-0.5 + 0.2 * 0.3)
    assert answer["change_p50"] == pytest.approx(0.5)
    assert answer["change_p95"] == pytest.approx(0.5)


def test_levels_are_those_of_the_runs(by_hand):
    answer = row(comparing.answers(by_hand(BEFORE, AFTER)), measure="encounters")
    assert (answer["baseline_mean"], answer["scenario_mean"]) == (30.0, 34.0)
    assert (answer["baseline_p05"], answer["baseline_p95"]) == (pytest.approx(12.0), pytest.approx(48.0))


def test_a_change_from_nothing_is_missing_not_infinite(by_hand):
    answer = row(comparing.answers(by_hand([0, 0, 4], [1, 2, 3])), measure="encounters")
    assert [answer[f"change_{q}"] for q in ("p05", "p50", "p95")] == [None, None, None]
    assert answer["difference_p50"] == 1.0


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        ("let_in", {"encounters", "people", "let_in"}),
        ("admitted", {"encounters", "people", "let_in"}),
        ("expelled", {"encounters", "people", "expulsions"}),
        ("returned", {"encounters", "people", "returns"}),
        ("passed", {"people", "not_met"}),
        ("turned_back", {"people", "turned_back"}),
    ],
)
def test_what_each_measure_counts(by_hand, outcome, counted):
    """People stand in an array of their own, here always filled; events count by their outcome."""
    table = comparing.answers(by_hand([0, 0, 0], [7, 7, 7], outcome))
    moved = set(table.filter(pl.col("difference_p50") == 7.0)["measure"])
    assert moved == counted
    assert set(table.filter(pl.col("difference_p50") == 0.0)["measure"]) == set(table["measure"]) - counted


def test_encounters_and_people_have_units_of_their_own(by_hand):
    units = dict(comparing.answers(by_hand(BEFORE, AFTER)).select("measure", "unit").iter_rows())
    assert units["encounters"] == "encounters"
    assert units["people"] == units["lawful_admissions"] == "people"


def test_only_the_nationality_that_differs_differs(by_hand):
    table = comparing.answers_by_nationality(by_hand(BEFORE, AFTER)).filter(measure="people")
    assert row(table, nationality="XAA")["difference_p50"] == 5.0
    others = table.filter(pl.col("nationality") != "XAA")
    assert others["difference_p95"].to_list() == [0.0, 0.0]


def differing(by_hand, runs, sorted_differences, parameter=PARAMETER):
    """Runs whose differences are those given, in rising order of a drawn parameter."""
    count = len(sorted_differences)
    drawn = drawn_parameters(runs.scenarios[0].parameters, runs.seed, range(count))[parameter]
    after = np.empty(count)
    after[np.argsort(drawn)] = np.array(sorted_differences) + 100.0
    return by_hand([100.0] * count, after)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([1, 2, 3, 4, 5], 1.0),
        ([5, 4, 3, 2, 1], -1.0),
        # 1 - 6 (1 + 1 + 1 + 1 + 0) / (5 (25 - 1)).
        ([2, 1, 4, 3, 5], 0.8),
        # Equal differences share their ranks: 1.5, 1.5, 3, 4.5, 4.5; 9 / sqrt(10 * 9).
        ([1, 1, 2, 3, 3], 9 / np.sqrt(90)),
    ],
)
def test_rank_correlation_by_hand(by_hand, runs, differences, expected):
    table = comparing.drivers(differing(by_hand, runs, differences))
    assert row(table, measure="people", parameter=PARAMETER)["rank_correlation"] == pytest.approx(expected)


def test_rank_correlation_is_missing_where_nothing_differs(by_hand, runs):
    table = comparing.drivers(differing(by_hand, runs, [4, 4, 4, 4]))
    assert table["rank_correlation"].null_count() == table.height


@pytest.mark.parametrize(
    ("differences", "low", "high", "decides"),
    [
        # The lowest third of six runs are the two with the lowest number, the highest third the two highest.
        ([-4, -2, 9, 9, 1, 3], -3.0, 2.0, True),
        ([4, 2, -9, -9, 1, 3], 3.0, 2.0, False),
        ([-4, 4, 1, 1, 1, 3], 0.0, 2.0, False),
    ],
)
def test_what_decides_the_sign(by_hand, runs, differences, low, high, decides):
    table = comparing.drivers(differing(by_hand, runs, differences))
    found = row(table, measure="encounters", parameter=PARAMETER)
    assert (found["difference_at_low"], found["difference_at_high"]) == (low, high)
    assert found["decides_sign"] is decides


def test_only_what_is_drawn_can_drive(by_hand, runs):
    """A delay without a range is no driver, nor are speeds, which are never drawn; changes are."""
    table = comparing.drivers(differing(by_hand, runs, [1, 2, 3, 4]))
    drawn = set(table["parameter"])
    assert "alberians" in drawn
    assert "retry-delay-days" not in drawn
    assert not any(name.startswith(("speed-", "wait-")) for name in drawn)
