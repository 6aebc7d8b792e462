from __future__ import annotations

import itertools
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.sharing import ROUNDINGS, share_people, share_usd
from travesia.sharing.rounding import QUOTA_LIMIT
from travesia.terms import NotModelledError, UsageError

DIVISOR = ("webster", "huntington-hill", "jefferson", "adams")
STATES = [a + b for a, b in itertools.product("ABCD", "ABC")]

weights = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)
people = st.integers(0, 300)
ways = st.sampled_from(ROUNDINGS)


def named(values: list[int]) -> dict[str, Fraction]:
    return {state: Fraction(value) for state, value in zip(STATES, values, strict=False)}


def seat_by_seat(method: str, values: list[int], seats: int) -> list[int]:
    """Divisor methods as textbooks define them: each seat to the largest weight / signpost."""

    def order(at: int, held: list[int]) -> tuple[float, Fraction, int, str]:
        k, weight = held[at], Fraction(values[at])
        square = {
            "webster": Fraction(2 * k + 1, 2) ** 2,
            "huntington-hill": Fraction(k * (k + 1)),
            "jefferson": Fraction(k + 1) ** 2,
            "adams": Fraction(k) ** 2,
        }[method]
        return (-math.inf if square == 0 else 0, -(weight**2) / (square or 1), -values[at], STATES[at])

    held = [0] * len(values)
    for _ in range(seats):
        held[min((at for at, value in enumerate(values) if value), key=lambda at: order(at, held))] += 1
    return held


@given(weights, people, ways)
def test_parts_are_whole_and_add_up_to_what_was_shared(values: list[int], n: int, way: str) -> None:
    parts = share_people(named(values), n, way)
    assert sum(parts.values()) == n
    assert all(isinstance(part, int) and part >= 0 for part in parts.values())
    assert all(part == 0 for part, value in zip(parts.values(), values, strict=True) if value == 0)


@given(weights, people, st.sampled_from(DIVISOR))
def test_divisor_methods_equal_the_seat_by_seat_definition(values: list[int], n: int, way: str) -> None:
    assert list(share_people(named(values), n, way).values()) == seat_by_seat(way, values, n)


@given(weights, people, st.sampled_from(["hamilton", "quota"]))
def test_hamilton_and_quota_stay_within_quota(values: list[int], n: int, way: str) -> None:
    for state, part in share_people(named(values), n, way).items():
        exact = named(values)[state] * n / sum(values)
        assert math.floor(exact) <= part <= math.ceil(exact)


@given(weights, people)
def test_jefferson_is_never_below_and_adams_never_above_quota(values: list[int], n: int) -> None:
    low, high = (share_people(named(values), n, way) for way in ("jefferson", "adams"))
    for state, weight in named(values).items():
        assert low[state] >= math.floor(weight * n / sum(values))
        assert high[state] <= math.ceil(weight * n / sum(values))


@given(weights, people, st.sampled_from([*DIVISOR, "quota"]))
def test_one_more_person_takes_nobody_from_any_state(values: list[int], n: int, way: str) -> None:
    before, after = share_people(named(values), n, way), share_people(named(values), n + 1, way)
    assert all(after[state] >= before[state] for state in before)


@given(st.lists(st.integers(1, 300), min_size=2, max_size=6), st.data(), people, st.sampled_from(DIVISOR))
def test_a_state_that_grows_faster_does_not_lose_to_one_that_grows_slower(
    values: list[int], data: st.DataObject, n: int, way: str
) -> None:
    later = [value + data.draw(st.integers(0, 100)) for value in values]
    before, after = share_people(named(values), n, way), share_people(named(later), n, way)
    for (i, one), (j, two) in itertools.permutations(enumerate(STATES[: len(values)]), 2):
        if Fraction(later[i], values[i]) > Fraction(later[j], values[j]):
            assert not (after[one] < before[one] and after[two] > before[two])


@given(weights, people, ways, st.randoms())
def test_the_order_in_which_states_are_listed_does_not_matter(
    values: list[int], n: int, way: str, random: object
) -> None:
    listed = list(named(values).items())
    random.shuffle(listed)
    assert share_people(dict(listed), n, way) == share_people(named(values), n, way)


@given(weights, people, ways, st.integers(2, 10**30))
def test_only_ratios_of_weights_count(values: list[int], n: int, way: str, scale: int) -> None:
    scaled = {state: weight * Fraction(1, scale) for state, weight in named(values).items()}
    assert share_people(scaled, n, way) == share_people(named(values), n, way)


@given(st.lists(st.integers(1, 10**15), min_size=2, max_size=40, unique=True), st.integers(0, 10**14))
def test_large_amounts_stay_exact(values: list[int], cents: int) -> None:
    weights = {f"S{at:02}": Fraction(value) for at, value in enumerate(values)}
    for way in ("hamilton", *DIVISOR):
        assert sum(share_people(weights, cents, way).values()) == cents


@given(weights, st.integers(0, 10**9))
def test_money_adds_up_to_the_cent(values: list[int], cents: int) -> None:
    total = Decimal(cents).scaleb(-2)
    parts = share_usd(named(values), total)
    assert sum(parts.values()) == total
    assert all(part == part.quantize(Decimal("0.01")) for part in parts.values())


def test_hamilton_shows_the_population_paradox_that_divisor_methods_exclude() -> None:
    # A grows faster than C (1.4 % against 1.3 %), yet a seat goes from A to C; found by search.
    found = [
        (one, two, n)
        for n in (5, 7, 10)
        for one in itertools.product(range(1, 14), repeat=3)
        for two in [(one[0] + 1, one[1], one[2] + 1), (one[0] + 1, one[1] + 5, one[2] + 1)]
        if paradox("hamilton", one, two, n)
    ]
    assert found
    assert not any(paradox(way, *case) for case in found for way in DIVISOR)


def paradox(way: str, one: tuple[int, ...], two: tuple[int, ...], n: int) -> bool:
    before = list(share_people(named(list(one)), n, way).values())
    after = list(share_people(named(list(two)), n, way).values())
    return any(
        Fraction(two[i], one[i]) > Fraction(two[j], one[j]) and after[i] < before[i] and after[j] > before[j]
        for i, j in itertools.permutations(range(len(one)), 2)
    )


def test_equal_claims_are_settled_by_the_alphabet() -> None:
    for way in ROUNDINGS:
        assert share_people({"B": Fraction(1), "A": Fraction(1)}, 1, way) == {"B": 0, "A": 1}


@pytest.mark.parametrize("way", ["adams", "huntington-hill"])
def test_methods_that_give_everyone_one_serve_the_largest_first_when_there_are_too_few(way: str) -> None:
    assert share_people(named([3, 9, 5]), 2, way) == {"AA": 0, "AB": 1, "AC": 1}
    assert share_people(named([1, 10**9]), 2, way) == {"AA": 1, "AB": 1}


@pytest.mark.parametrize("way", ROUNDINGS)
def test_nobody_to_share(way: str) -> None:
    assert set(share_people(named([3, 9, 5]), 0, way).values()) == {0}


@pytest.mark.parametrize(
    ("values", "n", "way", "says"),
    [
        ([1, 2], -1, "hamilton", "people -1: is below 0"),
        ([1, -2], 1, "hamilton", "weight of AB: is below 0"),
        ([0, 0], 1, "hamilton", "all zero"),
        ([1], 1, "largest", "rounding largest: is unknown; use hamilton, webster"),
    ],
)
def test_what_cannot_be_shared_is_refused(values: list[int], n: int, way: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        share_people(named(values), n, way)


def test_the_quota_method_says_that_it_is_too_slow() -> None:
    with pytest.raises(NotModelledError, match="use hamilton"):
        share_people(named([1, 2]), QUOTA_LIMIT + 1, "quota")


@pytest.mark.parametrize("usd", ["-1", "0.001", "NaN", "Infinity"])
def test_what_is_no_amount_of_dollars_and_cents_is_refused(usd: str) -> None:
    with pytest.raises(UsageError, match="dollars and cents"):
        share_usd(named([1, 2]), Decimal(usd))
