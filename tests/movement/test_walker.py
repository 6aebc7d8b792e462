"""The reference simulator alone: nobody is lost or invented, and a seed says everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_displacements import (
    ONCE,
    STAY,
    by_day,
    choosing,
    counted,
    displacement_of,
    displacements,
    fork,
    site,
)
from walker import RunStopsError, walk

from travesia.movement import Displacement, Settings, SiteLink, SpawnRules, new_people, people_at_start

RULES = ("flee", "travesia")


@pytest.mark.parametrize("rules", RULES)
@settings(max_examples=60)
@given(st.data())
def test_everybody_is_somewhere_every_day(rules: str, data: st.DataObject):
    displacement = data.draw(displacements(rules))
    walked = walk(displacement, rules, 1)
    assert walked.counts.shape == (displacement.days, len(displacement.sites) + 1)
    assert (walked.counts >= 0).all()
    assert np.array_equal(walked.counts.sum(axis=1), walked.people)
    assert (np.diff(walked.people) >= 0).all()
    assert np.array_equal(walk(displacement, rules, 1).counts, walked.counts)


@settings(max_examples=60)
@given(displacements("flee"))
def test_people_of_the_peers_rules_are_those_that_the_counts_send(displacement: Displacement):
    """Two people wrote down the peer's arithmetic of counts, the walker's and the reader's: they agree."""
    if displacement.settings.spawn.conflict_driven is None:
        people = people_at_start(displacement).sum() + new_people(displacement).cumsum()
        assert np.array_equal(walk(displacement, "flee", 1).people, people)


@settings(max_examples=60)
@given(displacements("travesia"))
def test_people_of_our_rules_never_exceed_what_was_counted(displacement: Displacement):
    """The highest total so far, apart from those put in on day 0, each camp rounded for itself."""
    spawn, hasten = displacement.settings.spawn, displacement.settings.hasten
    if spawn.conflict_driven is not None:
        return
    counts = displacement.counts[1:] if spawn.sum_from_camps else displacement.counts[:1]
    days = np.arange(displacement.days)
    total = sum((np.interp(days, each.days, each.people / hasten) for each in counts), np.zeros(len(days)))
    walked = walk(displacement, "travesia", 1)
    start = 0.0 if spawn.insert_day0 or spawn.empty_camps_on_day0 else total[0]
    inserted = 0
    if not spawn.empty_camps_on_day0:
        first = [each.people[0] / hasten for each in displacement.counts[1:] if spawn.insert_day0]
        inserted = sum(int(people + 0.5) for people in first)
        inserted += sum(int(each.columns.get("initial_idps", 0)) for each in displacement.sites)
    highest = np.maximum.accumulate(total) - total[0] + start + inserted
    assert (walked.people <= highest + 1.0).all()


def test_the_peer_stops_when_nobody_can_be_spawned():
    """Also when nobody is to be."""
    displacement = displacement_of(
        [site("Home", "conflict_zone", 1000), site("Camp", "camp", -1)], [SiteLink("Home", "Camp", 10)],
        [counted("total", (0, 10))], 4, intensity={"Home": by_day(4, (0, 1.0), (2, 0.0))},
    )  # fmt: skip
    with pytest.raises(RunStopsError, match="day 2"):
        walk(displacement, "flee", 1)
    assert walk(displacement, "travesia", 1).people.tolist() == [10, 10, 10, 10]


def test_the_peer_stops_when_a_place_is_deserted():
    spawn = SpawnRules(insert_day0=False, sum_from_camps=False, take_from_population=True)
    displacement = displacement_of(
        [site("Home", "conflict_zone", 8), site("Camp", "camp", -1)], [SiteLink("Home", "Camp", 10)],
        [counted("total", (0, 10))], 2, Settings(spawn, STAY),
    )  # fmt: skip
    with pytest.raises(RunStopsError, match="Home has nobody left"):
        walk(displacement, "flee", 1)


def test_an_awareness_of_0_holds_everybody_under_the_peers_rules():
    """The kernel refuses it; the peer runs, and nobody moves."""
    displacement = replace(fork(), settings=Settings(ONCE, choosing(awareness_level=0)))
    assert walk(displacement, "flee", 1).counts[:, 0].tolist() == [100] * 4
    assert walk(displacement, "travesia", 1).counts[:, 0].tolist() == [0] * 4
