"""Published and hand-computed apportionments."""

from __future__ import annotations

from fractions import Fraction

import pytest

from travesia.sharing import ROUNDINGS, share_people


def shared(weights: list[int], people: int, rounding: str) -> list[int]:
    states = {f"S{at:02}": Fraction(weight) for at, weight in enumerate(weights)}
    return list(share_people(states, people, rounding).values())


def test_alabama_paradox() -> None:
    assert shared([6, 6, 2], 10, "hamilton") == [4, 4, 2]
    assert shared([6, 6, 2], 11, "hamilton") == [5, 5, 1]


def test_the_quota_method_has_no_alabama_paradox() -> None:
    small = [shared([6, 6, 2], people, "quota")[2] for people in range(60)]
    assert small == sorted(small)


@pytest.mark.parametrize(
    ("rounding", "parts"),
    [
        # The six-state example of M. L. Balinski and H. P. Young, Fair Representation: five methods, five
        # answers. Quotas 9.988 9.064 7.182 5.260 3.321 1.185.
        ("hamilton", [10, 9, 7, 5, 4, 1]),
        ("jefferson", [11, 9, 7, 5, 3, 1]),
        ("webster", [10, 9, 8, 5, 3, 1]),
        ("huntington-hill", [10, 9, 7, 6, 3, 1]),
        ("adams", [10, 9, 7, 5, 3, 2]),
    ],
)
def test_published_example_in_which_the_methods_differ(rounding: str, parts: list[int]) -> None:
    assert shared([27744, 25178, 19951, 14610, 9225, 3292], 36, rounding) == parts


def test_whole_quotas_are_given_by_every_method() -> None:
    for rounding in ROUNDINGS:
        assert shared([1, 2, 3, 4], 100, rounding) == [10, 20, 30, 40]


def test_jefferson_goes_above_and_adams_below_quota() -> None:
    # One state dwarfs ten small ones: 20 seats give it a quota of 18 and each of the others 0.2.
    weights = [90, *[1] * 10]
    assert shared(weights, 20, "jefferson")[0] == 20
    assert shared(weights, 20, "adams")[0] == 10
