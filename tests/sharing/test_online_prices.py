"""Prices of large futures: sharpened ones are never worse, and nearly those of the relaxation."""

from __future__ import annotations

import time

import numpy as np
import pytest
from test_assign_large import made

from travesia.sharing import price_bound, rows_of
from travesia.sharing.assign.highs import solve, whole_part
from travesia.sharing.assign.prices import find_prices
from travesia.sharing.assign.sharpening import sharpened
from travesia.sharing.online.parts import joined, part_of


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", [{}, {"states": True, "floors": True}])
def test_sharpened_prices_come_to_the_relaxation(seed, kind):
    program = made(seed, families=300, places=20, **kind)
    rows = rows_of(program)
    smooth = find_prices(program, rows, time.monotonic() + 60)
    relaxed = solve(program, rows, whole_part(program, rows), integral=False, seconds=60)
    score = relaxed.worth - program.out_penalty
    before = price_bound(program, rows, smooth)
    after = price_bound(program, rows, sharpened(program, rows, smooth, time.monotonic() + 60, 0.01)[0])
    assert relaxed.worth - 1e-6 * score <= after <= before
    assert after <= relaxed.worth + 2e-3 * score


def test_from_no_prices_at_all():
    program = made(3)
    rows = rows_of(program)
    nothing = np.zeros(len(rows.lower))
    found = sharpened(program, rows, nothing, time.monotonic() + 60, 0.01)[0]
    assert price_bound(program, rows, found) < price_bound(program, rows, nothing)


def test_parts_and_joins_keep_whose_pair_is_whose():
    program = made(4, families=12, places=5)
    twice = part_of(program, np.array([7, 2, 7]))
    both = joined(twice, part_of(program, np.array([0])))
    for at, family in enumerate([7, 2, 7, 0]):
        mine = slice(program.start[family], program.start[family + 1])
        here = slice(both.start[at], both.start[at + 1])
        assert (both.place[here] == program.place[mine]).all()
        assert (both.score[here] == program.score[mine]).all()
        assert both.people[at] == program.people[family]
    room = program.capacity.copy()
    room[int(program.place[program.start[7]])] = 0
    fitting = part_of(program, np.array([7, 2]), room)
    assert set(fitting.place[: fitting.start[1]]) < set(program.place[program.start[7] : program.start[8]])
    assert all(
        (fitting.use[[0, 1]].repeat(np.diff(fitting.start), axis=0) <= room[fitting.place]).all(axis=1)
    )
