"""Draws are keyed: any way of computing gives the same bytes, and two runs differ by what differs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from flee_folders import paths
from hypothesis import given, settings
from hypothesis import strategies as st
from small_displacements import CLOSURES, displacements
from small_jobs import LastFirst
from test_walk_invariants import crowded

from travesia.movement import (
    Closure,
    Displacement,
    Options,
    Terrain,
    Walked,
    build_terrain,
    full_scale,
    open_pool,
    read_flee_folder,
    stores,
    walk_displacement,
)
from travesia.movement.displacement import walking
from travesia.movement.displacement.walking import Walks, run_once
from travesia.movement.kernel import Walk
from travesia.terms import InputError

RULES = ["flee", "travesia"]
RUNS = 13
each_rule_set = pytest.mark.parametrize("rules", RULES)


def toy(case: str) -> Displacement:
    return read_flee_folder(*paths(case))


def digest(walked: Walked) -> str:
    out = hashlib.sha256()
    for daily in (walked.stock, walked.set_out, walked.spawned):
        for array in (daily.total, daily.squares, daily.least, daily.most):
            out.update(array.tobytes())
    for rows in (walked.person_days, walked.cohorts, walked.draws, walked.waiting):
        out.update(rows.tobytes())
    return out.hexdigest()


@pytest.mark.parametrize("case", ["toy-capped-a2", "toy-uncapped-stints"])
@each_rule_set
def test_threads_chunks_order_and_processes_change_no_byte(rules: str, case: str, tmp_path: Path):
    terrain = build_terrain(toy(case), rules)
    options = Options(RUNS, seed=5, threads=1)
    whole = digest(walk_displacement(terrain, options))
    assert digest(walk_displacement(terrain, replace(options, seed=6))) != whole
    for chunk, threads in ((1, 2), (4, 2), (100, 1)):
        assert digest(walk_displacement(terrain, replace(options, chunk=chunk, threads=threads))) == whole
    assert digest(walk_displacement(terrain, replace(options, chunk=3), LastFirst())) == whole
    kept = replace(options, keep=tmp_path / "kept", chunk=4)
    done: list[int] = []

    def stop(runs: int) -> None:
        done.append(runs)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        walk_displacement(terrain, kept, progress=stop)
    assert digest(walk_displacement(terrain, kept)) == whole
    with pytest.raises(InputError, match="kept: keeps an ensemble of"):
        walk_displacement(build_terrain(toy("toy-capped-a1"), rules), kept)


def test_processes_change_no_byte():
    terrain = build_terrain(toy("toy-capped-a2"), "flee")
    whole = digest(walk_displacement(terrain, Options(RUNS, threads=1)))
    with open_pool("processes", 2) as pool:
        assert digest(walk_displacement(terrain, Options(RUNS, chunk=3), pool)) == whole


@each_rule_set
@settings(max_examples=20)
@given(data=st.data())
def test_neither_the_size_of_stores_nor_the_runs_beside_change_a_run(rules: str, data: st.DataObject):
    terrain = build_terrain(data.draw(displacements(rules)), rules)
    plain = [run_once(terrain, 4, number)[0] for number in range(3)]
    for number, room in ((2, 1), (0, 1), (1, 1), (0, 5000)):
        again = run_once(terrain, 4, number, room=room)[0]
        for one, other in zip(plain[number], again, strict=True):
            assert one.tobytes() == other.tobytes()
    total = walk_displacement(terrain, Options(3, seed=4, threads=1)).stock.total
    assert np.array_equal(total, sum(trail.stock for trail in plain))


def test_a_run_begins_with_the_room_that_the_one_before_it_came_to_need(monkeypatch: pytest.MonkeyPatch):
    given_room: list[int] = []

    def empty_walk(terrain: Terrain, room: int) -> Walk:
        given_room.append(room)
        return stores.empty_walk(terrain, room)

    monkeypatch.setattr(walking, "_ROOM", 1)
    monkeypatch.setattr(walking, "empty_walk", empty_walk)
    list(Walks(build_terrain(crowded(1_000), "travesia"), 4).run(range(4)))
    doublings = max(given_room).bit_length() - 1
    assert doublings > 0
    assert given_room == sorted(given_room)
    assert len(given_room) == 4 + doublings


@each_rule_set
@settings(max_examples=40)
@given(data=st.data())
def test_before_a_closure_nothing_differs_not_by_one_person(rules: str, data: st.DataObject):
    before = data.draw(displacements(rules))
    names = [site.name for site in before.sites]
    kind = data.draw(st.sampled_from([kind for kind in CLOSURES if "camp" not in kind]))
    words = sorted({site.country for site in before.sites}) if kind == "country" else names
    first = data.draw(st.integers(1, before.days - 1))
    one, other = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
    after = replace(before, closures=(*before.closures, Closure(kind, one, other, first, first + 6)))
    for number in range(2):
        stocks = [
            run_once(build_terrain(each, rules), 9, number)[0].stock[:first] for each in (before, after)
        ]
        assert np.array_equal(*stocks)


@each_rule_set
def test_the_difference_that_a_closure_makes_is_told_far_better_by_pairs(rules: str):
    """The toy with all ways to one camp shut for the last fortnight: others take in who is under way."""
    base = full_scale(toy("toy-uncapped-a2"))
    camps = [k for k, site in enumerate(base.sites) if "camp" in site.kind]
    campo = next(site for site in base.sites if site.name == "Campo")
    shut = replace(base, closures=(*base.closures, Closure("location", campo.name, "", 45, 99)))
    ends = [
        np.array([run_once(terrain, 3, number)[0].stock[:, camps] for number in range(40)])
        for terrain in (build_terrain(each, rules) for each in (base, shut))
    ]
    assert np.array_equal(ends[0][:, :45], ends[1][:, :45])
    last = [end[:, -1] for end in ends]
    paired = (last[0] - last[1]).std(axis=0, ddof=1)
    independent = np.hypot(*(end.std(axis=0, ddof=1) for end in last))
    # As many runs tell a difference twice as small.
    assert (paired < 0.75 * independent).all()
    assert np.median(paired / independent) < 0.5


@each_rule_set
def test_two_settings_share_their_draws(rules: str):
    """A camp that attracts a little more takes people over from the other one, and sends nobody there."""
    base = crowded(0)
    more = replace(base, links=(replace(base.links[0], km=99.0), base.links[1]))
    gained = []
    for number in range(30):
        one, other = (run_once(build_terrain(each, rules), 2, number)[0].stock for each in (base, more))
        assert (other[:, 1] >= one[:, 1]).all()
        gained.append(other[-1, 1] - one[-1, 1])
    # 3,000 people; independent runs would differ by some forty.
    assert 0 < np.mean(gained) < 40
    assert np.std(gained) < 12
