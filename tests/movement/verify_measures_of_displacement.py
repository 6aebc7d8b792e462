"""The measures, computed from the peer's published statistics, are the peer's published figures."""

from __future__ import annotations

import pytest

from displaced.accuracy import averaged_relative_difference
from displaced.agreement import compare
from displaced.cases import SHARED, cases_of

CASES = cases_of(SHARED) if SHARED.is_dir() else []
pytestmark = pytest.mark.skipif(not CASES, reason="the measured displacements are not beside the repository")
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@each_case
def test_the_relative_difference_is_the_published_one(case):
    found = averaged_relative_difference(case.peer_stock())
    # Of the mean of the runs, so a little less than the mean over runs.
    published = case.peer_summary()
    assert published["ard_mean"] - published["ard_sd"] < found <= published["ard_mean"] + 0.0001


@each_case
def test_the_peer_agrees_with_itself(case):
    peer, runs = (case.peer_stock(), case.peer_spawned()), int(case.peer_summary()["runs"])
    found = compare(peer, peer, runs, runs)
    assert found.failures(case.name) == []
    assert (found.rms_z, found.variance_ratio, found.largest_share) == (0.0, 1.0, 0.0)
    assert found.counts_equal
    assert found.compared > 600


@each_case
def test_the_ids_of_a_folder_are_all_different(case):
    stock = case.peer_stock()
    assert not stock.select("day", "place").is_duplicated().any()


@each_case
def test_everybody_stands_somewhere(case):
    days = case.peer_stock().group_by("day").agg(people="mean").sort("day")
    people = days["people"].list.sum()
    # On a day of closure the peer counts nobody on the links that it closes: at most 0.15 in these cases.
    assert (people - case.peer_spawned().sort("day")["total"]).abs().max() < 0.2
