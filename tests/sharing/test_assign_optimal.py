"""Answers of small instances against all answers there are, written out one by one."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from travesia.sharing.assign.bound import price_bound
from travesia.sharing.assign.cuts import UNIT, _Whole, rounded, sharpen
from travesia.sharing.assign.exact import answer_worth, solve_exact
from travesia.sharing.assign.highs import WithCuts, whole_part
from travesia.sharing.assign.program import OUT, Program, fits, penalties, rows_of

small = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def programs(draw, *, floors=True):
    families, places = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    resources = draw(st.integers(1, 2))
    numbers = lambda low, high, *shape: np.array(  # noqa: E731
        draw(st.lists(st.integers(low, high), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    ).reshape(shape)
    able = numbers(0, 3, families, places) > 0
    place = np.nonzero(able)[1]
    capacity = numbers(0, 6, places, resources)
    states = floors and draw(st.booleans())
    people = numbers(1, 3, families)
    return Program(
        people=people,
        use=np.concatenate([people[:, None], numbers(0, 2, families, resources - 1)], axis=1)
        if resources > 1
        else people[:, None],
        start=np.concatenate([[0], np.cumsum(able.sum(axis=1))]),
        place=place,
        score=numbers(-2, 20, len(place)) / 8,
        capacity=capacity,
        floor=np.minimum(numbers(0, 2, places, resources), capacity) if floors else np.zeros_like(capacity),
        must=numbers(0, 4, families) == 4 if floors else np.zeros(families, bool),
        unplaced_penalty=draw(st.sampled_from([0.0, 0.5, 2.0])),
        state_of=np.arange(places) % 2,
        state_lower=numbers(0, 2, 2) if states else np.zeros(0, int),
        state_upper=numbers(2, 8, 2) if states else np.zeros(0, int),
        floor_penalty=np.full(resources, draw(st.sampled_from([np.inf, 0.25]))),
    )


def every_answer(program):
    ways = [[OUT, *range(program.start[f], program.start[f + 1])] for f in range(len(program.people))]
    return (np.array(way) for way in itertools.product(*ways))


def obeys(program, chosen):
    """Every hard condition, spelt out person by person; no code shared with what is tested."""
    places, resources = program.capacity.shape
    for place, resource in itertools.product(range(places), range(resources)):
        load = sum(
            program.use[f, resource]
            for f, pair in enumerate(chosen)
            if pair != OUT and program.place[pair] == place
        )
        if load > program.capacity[place, resource]:
            return False
        if np.isinf(program.floor_penalty[resource]) and load < program.floor[place, resource]:
            return False
    for state in range(len(program.state_lower)):
        load = sum(
            program.people[f]
            for f, pair in enumerate(chosen)
            if pair != OUT and program.state_of[program.place[pair]] == state
        )
        if not program.state_lower[state] <= load <= program.state_upper[state]:
            return False
    for group, floor in enumerate(program.group_floor):
        if sum(program.group_score[group, pair] for pair in chosen if pair != OUT) < floor - 1e-9:
            return False
    return not any(must and pair == OUT for must, pair in zip(program.must, chosen, strict=True))


def value(program, chosen):
    score = sum(program.score[pair] for pair in chosen if pair != OUT)
    left = sum(program.people[f] for f, pair in enumerate(chosen) if pair == OUT)
    short = 0.0
    if np.isfinite(program.floor_penalty).all():
        for place, resource in np.ndindex(*program.capacity.shape):
            load = sum(
                program.use[f, resource]
                for f, pair in enumerate(chosen)
                if pair != OUT and program.place[pair] == place
            )
            short += program.floor_penalty[resource] * max(0, program.floor[place, resource] - load)
    return score - program.unplaced_penalty * left - short


def soon():
    return time.monotonic() + 30


@small
@given(programs())
def test_the_answer_is_the_best_of_all_answers(program):
    best = max((value(program, a) for a in every_answer(program) if obeys(program, a)), default=None)
    rows = rows_of(program)
    solved = solve_exact(program, rows, soon())
    assert solved.proven
    if best is None:
        assert solved.chosen is None
        return
    assert obeys(program, solved.chosen)
    assert fits(program, rows, solved.chosen)
    assert value(program, solved.chosen) == pytest.approx(best, abs=1e-9)
    assert answer_worth(program, rows, solved.chosen) - program.out_penalty == pytest.approx(best, abs=1e-9)
    assert solved.bound - program.out_penalty >= best


@small
@given(programs(), st.data())
def test_any_prices_give_a_bound(program, data):
    rows = rows_of(program)
    prices = np.array(
        data.draw(st.lists(st.floats(-3, 3), min_size=len(rows.lower), max_size=len(rows.lower)))
    )
    bound = price_bound(program, rows, prices) - program.out_penalty
    for answer in every_answer(program):
        if obeys(program, answer):
            assert value(program, answer) <= bound


@small
@given(programs(), st.data())
def test_no_cut_loses_an_answer(program, data):
    """Whatever the weights of the rows, and whichever pairs are turned."""
    rows, pairs = rows_of(program), len(program.place)
    part = whole_part(program, rows)
    relaxed = WithCuts(program, rows, part, 10.0)
    whole = _Whole(program, rows, part, relaxed)
    plain = st.sampled_from([UNIT // 2, UNIT // 3, 2 * UNIT // 3, UNIT // 4])
    some = 3 * len(whole.side)
    drawn = st.lists(st.one_of(st.integers(0, UNIT - 1), plain), min_size=some, max_size=some)
    weights = np.array(data.draw(drawn), np.int64).reshape(3, len(whole.side))
    turned = np.array(data.draw(st.lists(st.booleans(), min_size=pairs, max_size=pairs)), bool)
    value, upper, by = rounded(whole, weights * whole.usable, turned)
    assert (by > 0).all()
    for answer in every_answer(program):
        if obeys(program, answer):
            x = np.isin(np.arange(pairs), answer).astype(np.int64)
            assert (value @ x <= upper).all()


@small
@given(programs())
def test_the_sharper_bound_holds_and_so_does_what_each_pair_gives_away(program):
    rows = rows_of(program)
    sharper = sharpen(program, rows, whole_part(program, rows), 10.0)
    shift = program.out_penalty
    for answer in every_answer(program):
        if obeys(program, answer):
            worth = value(program, answer) + shift
            assert worth <= sharper.bound + 1e-7
            for family, pair in enumerate(answer):
                loss = sharper.out[family] if pair == OUT else sharper.gives_away[pair]
                assert worth <= sharper.bound - loss + 1e-7


@small
@given(programs(), st.data())
def test_penalties_and_fit_are_told_right(program, data):
    answers = list(every_answer(program))
    answer = answers[data.draw(st.integers(0, len(answers) - 1))]
    rows = rows_of(program)
    assert fits(program, rows, answer) == obeys(program, answer)
    if obeys(program, answer):
        score = sum(program.score[pair] for pair in answer if pair != OUT)
        assert score - penalties(program, rows, answer) == pytest.approx(value(program, answer))


@small
@given(programs(floors=False), st.data())
def test_floors_of_groups_hold_and_cost_what_they_must(program, data):
    member = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(program.people), max_size=len(program.people)))
    )
    family = np.repeat(np.arange(len(program.people)), np.diff(program.start))
    grouped = replace(
        program,
        group_score=np.where(member[family], program.score, 0.0)[None, :],
        group_floor=np.array([data.draw(st.integers(0, 12)) / 4]),
    )
    best = max((value(grouped, a) for a in every_answer(grouped) if obeys(grouped, a)), default=None)
    solved = solve_exact(grouped, rows_of(grouped), soon())
    if best is None:
        assert solved.chosen is None
    else:
        assert obeys(grouped, solved.chosen)
        assert value(grouped, solved.chosen) == pytest.approx(best, abs=1e-6)
        assert solved.bound - grouped.out_penalty >= best
