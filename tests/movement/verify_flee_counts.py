"""Counts against the peer engine: who set out and who was counted, to the last person, and by hand."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import numpy as np
import polars as pl
import pytest
from flee_folders import EVERY_CASE, SHARED, needs_shared, paths, stats

from travesia.movement import (
    CountPart,
    Displacement,
    Settings,
    Site,
    SpawnRules,
    count_series,
    counted,
    daily,
    full_scale,
    new_people,
    people_at_scale,
    people_at_start,
    read_flee_folder,
)


@pytest.mark.parametrize("case", EVERY_CASE)
def test_new_and_total_people_are_those_of_the_peer_engine_on_every_day(case):
    displacement = read_flee_folder(*paths(case))
    theirs = pl.read_csv(stats(case) / f"{case}.spawn.csv")
    new = new_people(displacement)
    assert new.tolist() == theirs["spawned"].to_list()
    assert (people_at_start(displacement).sum() + new.cumsum()).tolist() == theirs["agents"].to_list()


@needs_shared
@pytest.mark.parametrize("case", [path.name[:-8] for path in sorted(SHARED.glob("stats/*.parquet"))])
def test_people_counted_are_those_that_the_peer_engine_scores_against(case):
    displacement = read_flee_folder(*paths(case))
    theirs = pl.read_parquet(SHARED / "stats" / f"{case}.parquet")
    ours = counted(displacement)
    assert ours.shape == (displacement.days, len(displacement.sites))
    for at, site in enumerate(displacement.sites):
        data = theirs.filter(pl.col("location") == site.name).sort("day")["data"]
        assert np.array_equal(ours[:, at], data.cast(pl.Float64).to_numpy(), equal_nan=True), site.name


def part(*points, file="a.csv"):
    return CountPart(
        file,
        np.array([day for day, _ in points], dtype=np.int64),
        np.array([people for _, people in points], dtype=float),
    )


def test_between_counts_people_are_interpolated_and_fractions_dropped():
    series = count_series("Camp", [part((-2, 10), (2, 20), (5, 8))])
    # 10 + 10 * 2/4, 10 + 10 * 3/4, 20, 20 - 12/3, 20 - 24/3, 8, 8
    assert daily(series, 7).tolist() == [15, 17, 20, 16, 12, 8, 8]


def test_outside_the_counts_numbers_stand_still():
    assert daily(count_series("Camp", [part((2, 7), (3, 9))]), 6).tolist() == [7, 7, 7, 9, 9, 9]
    assert daily(count_series("Camp", [part((2, 7))]), 4).tolist() == [7, 7, 7, 7]


def test_counts_are_divided_before_they_are_interpolated():
    series = count_series("Camp", [part((0, 25), (4, 75))])
    # 2.5 to 7.5 in steps of 1.25; between whole people, 2 and 7, it would be 2 3 4 5 7.
    assert daily(series, 5, 10).tolist() == [2, 3, 5, 6, 7]
    assert daily(count_series("Camp", [part((0, 19), (2, 21))]), 3, 10).tolist() == [1, 2, 2]


def test_a_correction_scales_all_that_was_counted_before():
    series = count_series("Camp", [part((0, 100), (10, 200), (20, 150))], [20])
    assert series.people.tolist() == [75.0, 150.0, 150.0]
    assert series.parts[0].people.tolist() == [100.0, 200.0, 150.0]
    twice = count_series("Camp", [part((0, 100), (10, 200), (20, 150))], [20, 10])
    # After the first correction the counts of days 0 and 10 are 75 and 150, so the second doubles day 0.
    assert twice.people.tolist() == [150.0, 150.0, 150.0]


def test_files_are_added_by_date_without_interpolation():
    first, second = part((0, 10), (4, 30), (8, 50)), part((0, 1), (3, 2), (4, 3), (9, 4), file="b.csv")
    series = count_series("Camp", [first, second])
    # Day 3 takes the next count of the first file; day 8 the last of the second; day 9 is past the first.
    assert list(zip(series.days.tolist(), series.people.tolist(), strict=True)) == [
        (0, 11.0),
        (3, 32.0),
        (4, 33.0),
        (8, 53.0),
    ]


def test_a_file_that_ends_early_takes_the_rest_of_the_first_with_it():
    series = count_series("Camp", [part((0, 10), (4, 30), (8, 50)), part((0, 1), (4, 2), file="b.csv")])
    assert series.days.tolist() == [0, 4]
    assert daily(series, 10)[-1] == 32


def test_a_second_file_may_begin_earlier():
    series = count_series("Camp", [part((3, 10)), part((0, 5), (3, 6), file="b.csv")])
    assert list(zip(series.days.tolist(), series.people.tolist(), strict=True)) == [(0, 15.0), (3, 16.0)]


def test_every_file_is_divided_before_it_is_added_and_corrected():
    parts = [part((0, 57), (1, 33)), part((0, 43), (1, 77), file="b.csv")]
    series = count_series("Camp", parts, [1])
    by_hand = (57 / 100 + 43 / 100) * ((33 / 100 + 77 / 100) / (57 / 100 + 43 / 100))
    assert daily(series, 1, 100).tolist() == [math.trunc(by_hand)]


def place(name, kind="camp", people=0, **columns):
    return Site(name.lower(), name, "r", "C", 0.0, 0.0, kind, 0, people, columns)


def displaced(*levels, spawn=None, hasten=1, sites=None):
    """Return a displacement whose total and camps A, B, ... are counted every day."""
    counts = tuple(
        count_series(name, [part(*enumerate(level))])
        for name, level in zip(["total", *"ABC"], levels, strict=False)
    )
    return Displacement(
        name="invented",
        start=date(2020, 1, 1),
        days=len(levels[0]),
        sites=sites or (place("Town", "town", 99), place("A", people=55), place("B", people=-1)),
        links=(),
        closures=(),
        intensity=None,
        counts=counts,
        settings=Settings(spawn=spawn or SpawnRules(), hasten=hasten),
    )


TOTAL, A, B = [50, 60, 70, 80, 90], [10, 15, 12, 11, 30], [5, 5, 5, 5, 6]


def test_who_leaves_the_camps_is_owed_by_the_days_that_follow():
    displacement = displaced(TOTAL, A, B)
    # The sum of camps goes 15 20 17 16 36: 3 and 1 are owed when 20 come on the last day.
    assert new_people(displacement).tolist() == [0, 5, 0, 0, 16]
    assert people_at_start(displacement).tolist() == [0, 10, 5]


def test_the_total_counts_where_camps_are_not_summed():
    displacement = displaced(TOTAL, A, B, spawn=SpawnRules(sum_from_camps=False))
    assert new_people(displacement).tolist() == [0, 10, 10, 10, 10]


def test_without_people_in_camps_at_the_start_day_0_sends_total_and_camps():
    displacement = displaced(TOTAL, A, B, spawn=SpawnRules(insert_day0=False))
    assert new_people(displacement).tolist() == [65, 5, 0, 0, 16]
    assert people_at_start(displacement).tolist() == [0, 0, 0]


def test_without_people_in_camps_and_sums_day_0_sends_the_total_once():
    displacement = displaced(TOTAL, A, B, spawn=SpawnRules(insert_day0=False, sum_from_camps=False))
    assert new_people(displacement)[0] == 50


@pytest.mark.parametrize("insert", [True, False])
def test_empty_camps_start_empty_and_count_only_who_came_since(insert):
    spawn = SpawnRules(insert_day0=insert, empty_camps_on_day0=True)
    displacement = displaced(TOTAL, A, B, spawn=spawn)
    assert new_people(displacement).tolist() == [0, 5, 0, 0, 16]
    assert people_at_start(displacement).tolist() == [0, 0, 0]
    assert counted(displacement)[:, 1].tolist() == [0, 5, 2, 1, 20]


def test_people_displaced_before_day_0_are_in_their_camps_undivided():
    sites = (
        place("Town", "town", initial_idps="7"),
        place("A", initial_idps="30"),
        place("B", initial_idps=""),
    )
    displacement = displaced(TOTAL, A, B, sites=sites, hasten=5)
    assert people_at_start(displacement).tolist() == [0, 2 + 30, 1]
    assert people_at_start(full_scale(displacement)).tolist() == [0, 10 + 30, 5]


def test_places_without_a_series_have_no_count_which_is_not_zero():
    seen = counted(displaced(TOTAL, A, B))
    assert np.isnan(seen[:, 0]).all()
    assert seen[:, 1].tolist() == A


def test_inhabitants_and_capacities_are_divided_downwards():
    # -1 stays below 0, which is no limit.
    assert people_at_scale(displaced(TOTAL, A, B, hasten=10)).tolist() == [9, 5, -1]
    assert people_at_scale(full_scale(displaced(TOTAL, A, B, hasten=10))).tolist() == [99, 55, -1]


def test_who_sets_out_by_conflict_is_not_read_from_counts():
    driven = displaced(TOTAL, A, B, spawn=SpawnRules(conflict_driven="constant"))
    with pytest.raises(ValueError, match="by counts"):
        new_people(driven)
    with pytest.raises(ValueError, match="by counts"):
        new_people(dataclasses.replace(driven, counts=(), settings=Settings()))


@needs_shared
def test_full_scale_people_are_about_hasten_times_as_many():
    displacement = read_flee_folder(*paths("burundi2015-classic"))
    few, all_of_them = new_people(displacement).sum(), new_people(full_scale(displacement)).sum()
    assert all_of_them == pytest.approx(50 * few, rel=0.02)
    assert all_of_them > 200_000
