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
from travesia.sharing.assign.cuts import sharper, within
from travesia.sharing.assign.exact import answer_worth, solve_exact, without_implied
from travesia.sharing.assign.highs import chosen_of, cut, everyone_out, solve, whole_part
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
@given(programs(), st.floats(0, 3))
def test_no_better_answer_is_lost_by_cuts_and_by_what_they_rule_out(program, width):
    rows = rows_of(program)
    part = whole_part(program, rows)
    found = cut(program, rows, part, 10.0)
    sharp = sharper(program, rows, part, found)
    few, full = within(part, rows, sharp, width)
    least = -np.inf
    if found.x is not None:
        least = answer_worth(program, rows, chosen_of(program, part, found.x, everyone_out(program)))
    better = [
        answer
        for answer in every_answer(program)
        if obeys(program, answer) and value(program, answer) + program.out_penalty > least + 1e-6
    ]
    assert not (found.ended and better)
    for answer in better:
        worth = value(program, answer) + program.out_penalty
        placed = answer[answer != OUT]
        assert (found.value[:, placed].sum(axis=1) <= found.upper + 1e-7).all()
        assert worth <= sharp.bound + 1e-7
        for family, pair in enumerate(answer):
            loss = sharp.out[family] if pair == OUT else sharp.gives_away[pair]
            assert worth <= sharp.bound - loss + 1e-7
        if worth >= sharp.bound - width + 1e-6:
            assert np.isin(placed, few.pairs).all()
            assert not (few.inside & (answer == OUT)).any()
            assert fits(replace(program, must=few.inside), full, answer)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("penalty", [0.0, 4.0])
def test_where_every_place_is_tight_the_answer_is_that_of_plain_highs(seed, penalty):
    """Places hold exactly whom chance has put there, in three classes of age and all together."""
    program = tight(seed, penalty)
    rows = rows_of(program)
    part = whole_part(program, rows)
    best = solve(program, rows, part, integral=True, seconds=60.0)
    solved = solve_exact(program, rows, soon())
    assert solved.proven
    assert answer_worth(program, rows, solved.chosen) == pytest.approx(best.worth, abs=1e-6)
    found = cut(program, rows, part, 10.0)
    assert len(found.upper)
    assert found.ended or best.worth <= sharper(program, rows, part, found).bound < solved.bound
    # A search that ended may have ruled out all that is no better than its answer.
    assert found.ended or (found.value @ np.rint(best.x) <= found.upper + 1e-6).all()


def tight(seed, penalty, families=60, places=5):
    chance = np.random.default_rng(seed)
    ages = np.stack([chance.integers(0, 5, families), chance.integers(1, 4, families)], axis=1)
    ages = np.concatenate([ages, chance.random((families, 1)) < 0.1], axis=1).astype(np.int64)
    use = np.concatenate([ages.sum(axis=1, keepdims=True), ages], axis=1)
    went = chance.integers(0, places, families)
    able = chance.random((families, places)) < 0.7
    able[np.arange(families), went] = True
    capacity = np.zeros((places, 4), np.int64)
    np.add.at(capacity, went, use)
    return Program(
        people=use[:, 0],
        use=use,
        start=np.concatenate([[0], np.cumsum(able.sum(axis=1))]),
        place=np.nonzero(able)[1],
        score=chance.random(int(able.sum())) * np.repeat(ages[:, 1], able.sum(axis=1)),
        capacity=capacity,
        floor=np.zeros_like(capacity),
        unplaced_penalty=penalty,
    )


def test_a_row_that_others_imply_is_freed_and_no_other():
    program = tight(0, 0.0)
    rows = rows_of(program)
    freed = np.isinf(without_implied(program, rows).upper).reshape(program.capacity.shape)
    assert freed[:, 0].all()
    assert not freed[:, 1:].any()
    # Fewer beds than all ages have together are a condition of their own.
    fewer = program.capacity - np.array([1, 0, 0, 0])
    scarce = replace(program, capacity=fewer)
    assert np.array_equal(without_implied(scarce, rows_of(scarce)).upper, rows_of(scarce).upper)


@small
@given(programs())
def test_what_keeps_the_rows_that_are_left_keeps_those_that_were_freed(program):
    rows = rows_of(program)
    left = without_implied(program, rows)
    for answer in every_answer(program):
        assert fits(program, left, answer) == fits(program, rows, answer)


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
