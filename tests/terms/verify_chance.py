"""Published and hand-computed answers for keyed chance."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from travesia.terms import chance

# First outputs of SplitMix64 from seed 1234567 (Vigna's splitmix64.c, as its ports are tested).
SPLITMIX64 = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]


def test_mix_is_the_finaliser_of_splitmix64():
    step = 0x9E3779B97F4A7C15
    states = [(1234567 + n * step) % 2**64 for n in range(5)]
    assert [chance.mix(state, 0) for state in states] == SPLITMIX64
    assert [chance.mix(0, state) for state in states] == SPLITMIX64


def test_a_word_is_the_little_endian_blake2b_of_its_name():
    digest = hashlib.blake2b("retrý".encode(), digest_size=8).digest()
    assert chance.word("retrý") == sum(byte << 8 * place for place, byte in enumerate(digest))


def test_triangular_quantiles_by_hand():
    # F(x) = (x - 0.30)^2 / (0.25 * 0.10) up to the mode 0.40, where F = 0.4;
    # beyond it 1 - (0.55 - x)^2 / (0.25 * 0.15).
    q = chance.triangular_quantile(np.array([0.1, 0.4, 0.85, 0.999999999999]), 0.30, 0.40, 0.55)
    assert q == pytest.approx([0.35, 0.40, 0.475, 0.55], abs=1e-6)


def test_the_mean_of_triangular_quantiles_is_that_of_the_law():
    u = (np.arange(100_000) + 0.5) / 100_000
    assert chance.triangular_quantile(u, 1.0, 1.0, 3.0).mean() == pytest.approx(5 / 3, abs=1e-6)
    assert chance.triangular_quantile(u, 0.3, 0.4, 0.55).mean() == pytest.approx(1.25 / 3, abs=1e-6)


def test_another_process_with_another_hash_seed_draws_the_same_number():
    line = "from travesia.terms import chance; print(repr(chance.uniform(7, 'retry', 3)))"
    for hash_seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", line],
            env={"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert float(run.stdout) == chance.uniform(7, "retry", 3)
