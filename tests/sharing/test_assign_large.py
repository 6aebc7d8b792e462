"""The way of large instances, on instances small enough to know the answer."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from travesia.sharing.assign.bound import clipped, net_worth, price_bound
from travesia.sharing.assign.exact import answer_worth, solve_exact
from travesia.sharing.assign.highs import solve, whole_part
from travesia.sharing.assign.large import near_pairs, solve_large
from travesia.sharing.assign.prices import find_prices
from travesia.sharing.assign.program import OUT, Program, fits, rows_of


def made(seed, *, families=120, places=10, states=False, floors=False):
    """A made program; room for a tenth more people than there are."""
    chance = np.random.default_rng(seed)
    people = chance.integers(1, 6, families)
    children = np.minimum(people - 1, chance.integers(0, 4, families))
    able = chance.random((families, places)) < 0.6
    able[np.arange(families), chance.integers(0, places, families)] = True
    family, place = np.nonzero(able)
    part = chance.dirichlet(np.full(places, 4.0))
    capacity = np.stack([np.ceil(1.1 * people.sum() * part), np.ceil(1.2 * children.sum() * part)], axis=1)
    state_of = np.arange(places) * 4 // places
    aim = people.sum() * np.bincount(state_of, weights=capacity[:, 0]) / capacity[:, 0].sum()
    floor = np.zeros_like(capacity)
    floor[:, 0] = np.floor(0.5 * capacity[:, 0]) if floors else 0
    return Program(
        people=people,
        use=np.stack([people, children], axis=1),
        start=np.concatenate([[0], np.cumsum(able.sum(axis=1))]),
        place=place,
        score=chance.random(len(place)) * people[family] ** 0.5,
        capacity=capacity.astype(np.int64),
        floor=floor.astype(np.int64),
        unplaced_penalty=4.0,
        state_of=state_of,
        state_lower=np.floor(0.9 * aim).astype(np.int64) if states else np.zeros(0, np.int64),
        state_upper=np.ceil(1.1 * aim).astype(np.int64) if states else np.zeros(0, np.int64),
        floor_penalty=np.full(2, 4.0),
    )


KINDS = [{}, {"states": True}, {"states": True, "floors": True}]


@pytest.mark.parametrize("kind", KINDS)
def test_prices_come_close_to_the_relaxation(kind):
    program = made(1, **kind)
    rows = rows_of(program)
    relaxed = solve(program, rows, whole_part(program, rows), integral=False, seconds=30)
    prices = find_prices(program, rows, time.monotonic() + 30)
    score = relaxed.worth - program.out_penalty
    found = price_bound(program, rows, prices)
    assert relaxed.worth - 1e-6 * score <= found <= relaxed.worth + 0.02 * score


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_fits_and_its_gap_is_true(kind):
    program = made(2, **kind)
    rows = rows_of(program)
    solved = solve_large(program, rows, time.monotonic() + 20, gap=2e-3)
    assert fits(program, rows, solved.chosen)
    best = solve_exact(program, rows, time.monotonic() + 5)
    worth, score = answer_worth(program, rows, solved.chosen), best.bound - program.out_penalty
    assert worth <= min(best.bound, solved.bound) + 1e-9
    # The prices were sharpened to a corner of the relaxation, which is where the exact way begins.
    assert solved.bound == pytest.approx(best.bound, abs=1e-3 * score)
    assert worth >= answer_worth(program, rows, best.chosen) - 5e-3 * score


def test_those_who_must_be_placed_are():
    program = made(3)
    program = replace(program, must=np.arange(120) % 7 == 0, unplaced_penalty=0.0)
    rows = rows_of(program)
    solved = solve_large(program, rows, time.monotonic() + 10, gap=5e-3)
    assert not (program.must & (solved.chosen == OUT)).any()


def test_pairs_near_the_best_keep_some_of_every_family():
    program = made(4)
    rows = rows_of(program)
    prices = clipped(rows, np.full(len(rows.lower), 0.1))
    net = net_worth(program, prices)
    best = np.maximum.reduceat(net, program.start[:-1])
    pairs = near_pairs(program, best[program.family] - net, 1)
    kept = np.bincount(program.family[pairs], minlength=120)
    assert (kept >= np.minimum(3, np.diff(program.start))).all()
