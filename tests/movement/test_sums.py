"""Sums are a value: merged in any order and grouping they are the same bytes."""

from __future__ import annotations

import copy
import pickle
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_jobs import digest_of_sums, written

from travesia.movement import Sums, Whole, Written, merge
from travesia.movement.sums import narrow
from travesia.terms import UsageError

LARGEST = 3_037_000_499
"""Whole part of the root of 2**63 - 1."""


def sums_of(numbers: list[int]) -> Sums:
    sums = Sums(numbers)
    for number in numbers:
        sums.add(number, written(number, 0))
    return sums


def same(one: Sums, other: Sums) -> bool:
    return digest_of_sums([one]) == digest_of_sums([other])


parts = st.lists(st.integers(0, 4), min_size=1, max_size=14).map(
    lambda owners: [[n for n, owner in enumerate(owners) if owner == who] for who in range(5)]
)


@given(groups=parts, data=st.data())
def test_any_grouping_and_order_gives_the_bytes_of_one_loop(groups: list[list[int]], data: st.DataObject):
    whole = sums_of(sorted(n for group in groups for n in group))
    todo = [sums_of(data.draw(st.permutations(group))) for group in groups if group]
    while len(todo) > 1:
        one = todo.pop(data.draw(st.integers(0, len(todo) - 1)))
        other = todo.pop(data.draw(st.integers(0, len(todo) - 1)))
        todo.append(merge(one, other))
    assert same(todo[0], whole)


def test_merge_is_associative_and_commutative_and_changes_neither():
    a, b, c = (sums_of(numbers) for numbers in ([0, 7], [3], [1, 2, 9]))
    before = [digest_of_sums([part]) for part in (a, b, c)]
    assert same(merge(a, b), merge(b, a))
    assert same(merge(merge(a, b), c), merge(a, merge(b, c)))
    merge(a, b).daily["stock"].total += 1
    assert [digest_of_sums([part]) for part in (a, b, c)] == before


def test_nothing_is_the_neutral_element():
    some = sums_of([2, 5])
    for out in (merge(some, Sums([])), merge(Sums([]), some), merge(some, Sums([8, 9]))):
        assert same(out, some)


def test_the_sums_are_those_of_the_runs_one_by_one():
    numbers = [4, 0, 11]
    runs = [written(number, 0) for number in sorted(numbers)]
    sums = reduce(merge, [sums_of([number]) for number in numbers])
    stock = np.array([run.daily["stock"] for run in runs])
    assert sums.numbers.tolist() == [0, 4, 11]
    assert np.array_equal(sums.by_run["counts"], [run.by_run["counts"] for run in runs])
    daily = sums.summary("stock")
    assert daily.runs == 3
    assert np.array_equal(daily.total, stock.sum(axis=0))
    assert np.array_equal(daily.least, stock.min(axis=0))
    assert np.array_equal(daily.most, stock.max(axis=0))
    assert daily.mean == pytest.approx(stock.mean(axis=0))
    assert daily.sd == pytest.approx(stock.std(axis=0, ddof=1))


def test_a_run_is_added_once_and_only_where_there_is_room():
    sums = sums_of([1, 2])
    with pytest.raises(ValueError, match="run 2: has been added before"):
        sums.add(2, written(2, 0))
    with pytest.raises(ValueError, match="run 3: has no room"):
        sums.add(3, written(3, 0))
    with pytest.raises(ValueError, match="run 1: has been added before"):
        merge(sums, sums_of([0, 1]))
    with pytest.raises(ValueError, match="run 0: has no room"):
        sums.include(sums_of([0]))


def test_what_is_added_is_copied():
    values = np.ones((2, 2))
    sums = Sums([0])
    sums.add(0, Written({"counts": values}, {"stock": values}))
    before = copy.deepcopy(digest_of_sums([sums]))
    values += 1
    assert digest_of_sums([sums]) == before


@pytest.mark.parametrize("value", [0.5, np.nan, np.inf, 1e30])
@pytest.mark.filterwarnings("ignore:invalid value encountered in cast")
def test_daily_numbers_must_be_whole_or_their_order_would_matter(value: float):
    with pytest.raises(ValueError, match="run 0: stock holds a number that is not whole"):
        Sums([0]).add(0, Written({}, {"stock": np.array([[value]])}))


def test_negative_numbers_add_up_too():
    sums = Sums([0, 1])
    for number, value in ((0, -3.0), (1, 5.0)):
        sums.add(number, Written({}, {"change": np.array([value])}))
    change = sums.daily["change"]
    assert [int(part[0]) for part in (change.total, change.squares, change.least, change.most)] == [
        2,
        34,
        -3,
        5,
    ]


def test_squares_are_exact_far_beyond_what_float64_can_add_up():
    """Two runs of 120 million people: a float64 cannot hold the sum of squares, and rounds by the order."""
    people = [120_000_001.0, 119_999_999.0, 7.0]
    sums = Sums(range(3))
    for number, value in enumerate(people):
        sums.add(number, Written({}, {"stock": np.array([value])}))
    exact = sum(int(value) ** 2 for value in people)
    assert exact > 2**53
    assert int(sums.daily["stock"].squares[0]) == exact
    assert sums.summary("stock").squares[0] == float(exact)


@pytest.mark.parametrize(("value", "runs"), [(LARGEST + 1, 1), (LARGEST, 2), (2**40, 1)])
def test_more_than_adds_up_exactly_is_refused_in_one_line(value: int, runs: int):
    sums = Sums(range(runs))
    for number in range(runs - 1):
        sums.add(number, Written({}, {"stock": np.array([float(value)])}))
    with pytest.raises(UsageError, match=f"stock of {value:,} over {runs} runs is more than adds up exactly"):
        sums.add(runs - 1, Written({}, {"stock": np.array([float(value)])}))


def test_the_largest_that_adds_up_does():
    sums = Sums([0])
    sums.add(0, Written({}, {"stock": np.array([float(LARGEST)])}))
    assert int(sums.daily["stock"].squares[0]) == LARGEST**2


def test_the_sum_of_parts_is_checked_as_well():
    halves = []
    for number in range(2):
        half = Sums([number])
        half.add(number, Written({}, {"stock": np.array([float(LARGEST)])}))
        halves.append(half)
    with pytest.raises(UsageError, match="use fewer runs"):
        merge(*halves)


def test_a_copy_shares_nothing():
    whole = Whole(*(np.zeros(3, dtype=np.int64) for _ in range(4)))
    other = whole.copy()
    other.total += 1
    assert whole.total.sum() == 0


def test_whole_numbers_are_kept_in_the_narrowest_type_that_holds_them():
    for value, kind in (
        (127, np.int8),
        (128, np.int16),
        (-32768, np.int16),
        (2**31, np.int64),
        (2**31 - 1, np.int32),
    ):
        kept = narrow(np.array([0, value], dtype=np.int64))
        assert kept.dtype == kind
        assert kept.tolist() == [0, value]


def test_sums_that_travel_come_back_the_same_and_are_small_on_the_way():
    for numbers in ([3], [0, 1, 2]):
        sums = sums_of(numbers)
        assert same(pickle.loads(pickle.dumps(sums)), sums)
    still = Whole(*(np.zeros(10_000, dtype=np.int64) for _ in range(4)))
    assert len(pickle.dumps(still)) < 50_000
    assert pickle.loads(pickle.dumps(still)).total.dtype == np.int64
