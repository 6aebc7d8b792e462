"""Pinned numbers: every study of every release with one seed rests on them."""

from __future__ import annotations

import pytest

from travesia.terms import chance

PINNED = [
    ((0,), 0.8833108082136426),
    ((7, "retry", 3), 0.6217360175283068),
    ((-1, "departures", "VEN", 199), 0.011253568241257894),
]


@pytest.mark.parametrize(("key", "number"), PINNED)
def test_a_keyed_number_never_changes(key, number):
    assert chance.uniform(*key) == number


def test_a_word_never_changes():
    assert chance.word("retry") == 5243782678344882459
