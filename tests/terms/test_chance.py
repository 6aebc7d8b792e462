from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.terms import chance

words64 = st.integers(0, 2**64 - 1)


@given(words64, words64)
def test_mix_stays_within_64_bits_and_hangs_on_both_words(state, word):
    mixed = chance.mix(state, word)
    assert 0 <= mixed < 2**64
    assert mixed != chance.mix(state ^ 1, word)
    assert mixed != chance.mix(state, word ^ 1)


def test_one_flipped_bit_flips_half_of_the_bits():
    flips = [
        (chance.mix(n, 12345) ^ chance.mix(n, 12345 ^ (1 << bit))).bit_count()
        for n in range(50)
        for bit in range(64)
    ]
    # 3,200 means of 64 fair coins: standard error 4 / sqrt(3200) = 0.07.
    assert abs(np.mean(flips) - 32) < 0.35
    assert min(flips) > 8


@given(st.integers(), st.lists(st.one_of(st.integers(), st.text()), max_size=5))
def test_a_number_lies_strictly_between_0_and_1_and_is_a_function_of_its_key(seed, key):
    u = chance.uniform(seed, *key)
    assert 0.0 < u < 1.0
    assert u == chance.uniform(seed, *key)


def test_the_largest_and_smallest_bits_stay_inside(monkeypatch):
    for bits in (0, 2**64 - 1):
        monkeypatch.setattr(chance, "mix", lambda state, word, bits=bits: bits)
        assert 0.0 < chance.uniform(1, "x") < 1.0


def test_order_of_the_key_kind_of_its_parts_and_seed_all_matter():
    numbers = [
        chance.uniform(7, "retry", 1, 2),
        chance.uniform(7, "retry", 2, 1),
        chance.uniform(7, 1, "retry", 2),
        chance.uniform(8, "retry", 1, 2),
        chance.uniform(7, "retry", "1", 2),
        chance.uniform(7, "retry", 1),
        chance.uniform(7, "retry", 1, 2, 0),
        chance.uniform(7, "retr", "y", 1, 2),
    ]
    assert len(set(numbers)) == len(numbers)


def test_numbers_of_numpy_make_the_same_key():
    assert chance.uniform(np.int64(7), "retry", np.int32(3)) == chance.uniform(7, "retry", 3)


def chi_square(counts):
    expected = counts.sum() / counts.size
    return float(((counts - expected) ** 2 / expected).sum())


@pytest.mark.parametrize("vary", ["run", "seed", "name"])
def test_numbers_are_uniform_along_every_part_of_the_key(vary):
    n, bins = 20_000, 100
    keys = {
        "run": ((1, "retry", i) for i in range(n)),
        "seed": ((i, "retry", 1) for i in range(n)),
        "name": ((1, f"parameter-{i}", 1) for i in range(n)),
    }
    u = np.array([chance.uniform(*key) for key in keys[vary]])
    # 99 degrees of freedom: 0.9999-quantile 161, 0.0001-quantile 54.
    assert 54 < chi_square(np.histogram(u, bins, (0, 1))[0]) < 161


def test_neighbouring_keys_are_independent():
    n, bins = 20_000, 10
    for other in [lambda i: (1, "a", i + 1), lambda i: (2, "a", i), lambda i: (1, "b", i)]:
        pairs = np.array([(chance.uniform(1, "a", i), chance.uniform(*other(i))) for i in range(n)])
        counts = np.histogram2d(pairs[:, 0], pairs[:, 1], bins, [(0, 1), (0, 1)])[0]
        # 99 degrees of freedom, as above; the margins are not fixed.
        assert 54 < chi_square(counts) < 161


@given(
    st.tuples(*[st.floats(-1e6, 1e6)] * 3).map(sorted),
    st.lists(st.floats(0, 1, exclude_min=True, exclude_max=True), min_size=2, max_size=30).map(sorted),
)
def test_triangular_quantiles_rise_with_u_and_stay_in_the_range(limits, u):
    low, mode, high = limits
    q = chance.triangular_quantile(np.array(u), low, mode, high)
    assert (np.diff(q) >= 0).all()
    assert (low <= q).all()
    assert (q <= high).all()


def test_triangular_quantiles_keep_their_shape_and_do_not_touch_their_input():
    u = np.full((2, 3), 0.5)
    assert chance.triangular_quantile(u, 0.3, 0.4, 0.55).shape == (2, 3)
    assert (u == 0.5).all()


def test_a_range_of_no_width_gives_its_value():
    assert (chance.triangular_quantile(np.array([0.1, 0.9]), 0.4, 0.4, 0.4) == 0.4).all()


@pytest.mark.parametrize("limits", [(1.0, 0.5, 2.0), (0.0, 3.0, 2.0), (0.0, float("nan"), 1.0)])
def test_a_mode_outside_its_range_is_refused(limits):
    with pytest.raises(ValueError, match="low <= mode <= high"):
        chance.triangular_quantile(np.array([0.5]), *limits)
