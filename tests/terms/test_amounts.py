from __future__ import annotations

import math
from dataclasses import FrozenInstanceError

import pytest

from travesia.terms import Amount, Cite, Source


def test_missing_is_none_and_not_zero():
    missing = Amount(None, "people", basis="observed")
    assert missing.value is None
    assert missing != Amount(0, "people", basis="observed")


def test_a_missing_value_may_have_a_range():
    assert Amount(None, "ratio", low=0.3, high=0.55).low == 0.3


def test_an_assumed_amount_needs_its_range():
    for low, high in [(None, None), (0.3, None), (None, 0.5)]:
        with pytest.raises(ValueError, match="low and high"):
            Amount(0.4, "ratio", low=low, high=high, basis="assumed")
    assert Amount(0.4, "ratio", low=0.3, high=0.55, basis="assumed").high == 0.55


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(0.4, 0.5, 0.6), (0.4, 0.1, 0.3), (None, 0.6, 0.5), (0.4, 0.5, None), (0.4, None, 0.3)],
)
def test_a_range_holds_its_value(value, low, high):
    with pytest.raises(ValueError, match=r"above|below"):
        Amount(value, "ratio", low=low, high=high)


@pytest.mark.parametrize("field", ["value", "low", "high"])
def test_nan_is_no_amount(field):
    numbers = {"value": 1.0, "low": 0.0, "high": 2.0, field: math.nan}
    with pytest.raises(ValueError, match="NaN"):
        Amount(unit="people", **numbers)


def test_nouns_are_frozen_and_compare_by_value():
    amount = Amount(1, "people")
    with pytest.raises(FrozenInstanceError):
        amount.value = 2  # type: ignore[misc]
    assert Amount(1, "people") == amount
    assert Cite("a", 3, 5, "no") == Cite("a", 3, 5, "no")
    assert Source("a", "T", "P", "CC-BY-4.0") != Source("b", "T", "P", "CC-BY-4.0")
