"""The way of large instances, on instances small enough to know the answer."""

from __future__ import annotations

import time
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from travesia.sharing.assign import best_places, solving
from travesia.sharing.assign.board import dearest, make_board, make_field, make_search
from travesia.sharing.assign.bound import clipped, net_worth, price_bound
from travesia.sharing.assign.chains import bring_in, settle_places, shake
from travesia.sharing.assign.exact import Solved, answer_worth, margins, solve_exact
from travesia.sharing.assign.highs import solve, whole_part
from travesia.sharing.assign.improve import Stop, answer_of, typical_reach
from travesia.sharing.assign.knapsack import knapsack_bound
from travesia.sharing.assign.large import solve_large
from travesia.sharing.assign.prices import find_prices
from travesia.sharing.assign.program import OUT, Program, fits, loads, rows_of
from travesia.sharing.assign.sharpening import near_pairs, sharpened

large = import_module("travesia.sharing.assign.large")


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
    # Sharpened to a corner of the relaxation, where the exact way begins; fillings go below it.
    assert answer_worth(program, rows, best.chosen) - 1e-9 <= solved.bound <= best.bound + 1e-3 * score
    assert worth >= answer_worth(program, rows, best.chosen) - 5e-3 * score


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_and_the_undecided_lead_to_the_same_as_all(monkeypatch, kind):
    program = made(9, families=600, **kind)
    rows = rows_of(program)
    relaxed = solve(program, rows, whole_part(program, rows), integral=False, seconds=30)
    for module in ("prices", "sharpening", "large"):
        monkeypatch.setattr(import_module(f"travesia.sharing.assign.{module}"), "MANY_FAMILIES", 150)
    opened = []
    laid_out = large.make_field
    monkeypatch.setattr(large, "make_field", lambda part, *rest: opened.append(part) or laid_out(part, *rest))
    score = relaxed.worth - program.out_penalty
    prices = find_prices(program, rows, soon(30))
    assert price_bound(program, rows, prices) <= relaxed.worth + 0.01 * score
    solved = solve_large(program, rows, soon(30), gap=2e-3)
    assert fits(program, rows, solved.chosen)
    assert len(opened[0].people) < 600
    assert answer_worth(program, rows, solved.chosen) <= relaxed.worth + 1e-6 * score
    assert solved.bound <= relaxed.worth + 1e-3 * score
    assert answer_worth(program, rows, solved.chosen) >= relaxed.worth - 5e-3 * score


def test_nobody_is_settled_where_prices_send_more_than_fit(monkeypatch):
    # Six want the first place, which has room for four; two want the other.
    program = Program(
        people=np.ones(8, np.int64),
        use=np.ones((8, 1), np.int64),
        start=np.arange(0, 17, 2),
        place=np.tile([0, 1], 8),
        score=np.array([1.0, 0.0] * 6 + [0.0, 1.0] * 2),
        capacity=np.array([[4], [4]]),
        floor=np.zeros((2, 1), np.int64),
    )
    monkeypatch.setattr(large, "MANY_FAMILIES", 1)
    monkeypatch.setattr(large, "OPEN_PAIRS", 0.9)
    rows = rows_of(program)
    given = margins(program, np.zeros(2))
    wanted = np.arange(0, 16, 2) + (np.arange(8) >= 6)
    first, all_of_them = large._opened(program, rows, given, wanted)
    assert first.tolist() == [True] * 6 + [False] * 2
    assert all_of_them.all()


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
    pairs = near_pairs(program, best[program.family] - net, 1, 3)
    kept = np.bincount(program.family[pairs], minlength=120)
    assert (kept >= np.minimum(3, np.diff(program.start))).all()


def laid_out(program):
    """The board of a program at the prices of its relaxation, all pairs considered, and its rows."""
    rows = rows_of(program)
    prices, bound, wanted = sharpened(
        program, rows, find_prices(program, rows, soon(10)), deadline=soon(10), gap=1e-3
    )
    field = make_field(program, rows, prices, np.arange(len(program.place)), margins(program, prices))
    number = np.full(len(program.place) + 1, OUT)
    number[field.program_pair] = np.arange(len(program.place))
    return rows, field, make_board(field, number[wanted]), bound


def soon(seconds):
    return time.monotonic() + seconds


@pytest.mark.parametrize("kind", KINDS)
def test_what_chains_and_disturbances_say_that_they_gain_is_gained(kind):
    program = made(5, **kind)
    rows, field, board, _ = laid_out(program)
    search, reach = make_search(field, 4), typical_reach(field)
    state, journal = np.array([1234567], np.uint64), np.zeros((2, 400), np.int64)

    def lost():
        # Hard sides cost what they cost on the board.
        eased = replace(rows, least=np.maximum(rows.least, -dearest(program)))
        chosen = answer_of(field, board)
        over = np.maximum(loads(program, chosen) - field.upper, 0.0)
        return (over * field.over).sum() - answer_worth(program, eased, chosen)

    places = np.arange(len(program.capacity))
    for step in (
        lambda: bring_in(field, board, search, reach),
        lambda: settle_places(field, board, search, places, reach),
        lambda: shake(field, board, search, state, journal, (300, -1), 4 * reach),
        lambda: shake(field, board, search, state, journal, (300, 7), 4 * reach),
    ):
        before = lost()
        gained = step()
        assert gained >= 0
        assert before - lost() == pytest.approx(gained, abs=1e-7)
    load = loads(program, answer_of(field, board))
    assert load == pytest.approx(board.load)
    assert (load[: 2 * len(places)] <= program.capacity.ravel()).all()


def test_a_chain_makes_room_where_no_single_move_can():
    # Places of one bed: the newcomer may only go to the first, whose guest may only go on to the second.
    program = Program(
        people=np.array([1, 1, 1]),
        use=np.array([[1], [1], [1]]),
        start=np.array([0, 1, 3, 5]),
        place=np.array([0, 0, 1, 1, 2]),
        score=np.array([1.0, 1.0, 0.9, 1.0, 0.9]),
        capacity=np.array([[1], [1], [1]]),
        floor=np.zeros((3, 1), np.int64),
    )
    rows = rows_of(program)
    prices = np.zeros(3)
    field = make_field(program, rows, prices, np.arange(5), margins(program, prices))
    board = make_board(field, np.array([OUT, 1, 3]))
    assert bring_in(field, board, make_search(field, 3), 1.0) == pytest.approx(0.8)
    assert answer_of(field, board).tolist() == [0, 2, 4]
    # One move fewer is not enough.
    board = make_board(field, np.array([OUT, 1, 3]))
    assert bring_in(field, board, make_search(field, 2), 1.0) == 0.0


@pytest.mark.parametrize("kind", KINDS)
def test_the_bound_of_fillings_lies_between_the_best_answer_and_the_bound_of_prices(kind):
    program = made(7, families=60, places=8, **kind)
    rows, _, _, bound = laid_out(program)
    prices, bound, _ = sharpened(program, rows, find_prices(program, rows, soon(10)), soon(10), 1e-4)
    best = solve_exact(program, rows, soon(20))
    never = Stop(soon(20), lambda: False)
    assert best.proven
    worth = answer_worth(program, rows, best.chosen)
    sharper = knapsack_bound(program, rows, (prices, bound, margins(program, prices)), worth, never)
    assert worth <= sharper <= bound + 1e-6
    if not kind:
        assert sharper < bound - 0.5 * (bound - worth)


@pytest.mark.parametrize("known", [None, "an answer"])
def test_what_a_search_leaves_open_is_bounded_and_improved_by_chains(monkeypatch, known):
    program = made(8, families=60, places=8)
    rows = rows_of(program)
    best = solve_exact(program, rows, soon(20))
    nobody = np.full(60, OUT)
    left_open = Solved(None if known is None else nobody, best.prices, best.bound + 1.0, proven=False)
    monkeypatch.setattr(solving, "solve_exact", lambda *_: left_open)
    solved = best_places(program, seconds=60, gap=5e-3)
    assert fits(program, rows, solved.chosen)
    assert not solved.proven
    assert solved.bound < left_open.bound
    assert answer_worth(program, rows, solved.chosen) > answer_worth(program, rows, nobody)
    assert answer_worth(program, rows, best.chosen) <= solved.bound + 1e-9
