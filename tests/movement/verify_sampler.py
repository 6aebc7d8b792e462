"""The kernel's samplers against exact laws: fractions where they are quick, lgamma sums elsewhere."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.movement.kernel import binomial, mix, poisson, uniform
from travesia.terms import chance

LEAST_U = 2.0**-53
"""The kernel's smallest uniform number; its largest is 1 less this."""
US = [LEAST_U, 1e-12, 1e-6, 0.013, 0.3, 0.5, 0.77, 0.999, 1 - 1e-9, 1 - LEAST_U]
BLUR = 1e-11
"""Sums of floats may be off by so much: closer to 0, 1 and an atom order is lost."""
uniforms = st.integers(0, 2**52 - 1).map(lambda k: (k + 0.5) * 2.0**-52).filter(lambda u: BLUR < u < 1 - BLUR)
chances = st.floats(0.0, 1.0)
counts = st.one_of(st.integers(0, 300), st.integers(0, 100_000))


def exact_binomial(n: int, p: float, u: float) -> int:
    """Return the least k with P(X <= k) >= u, in fractions."""
    chance_of, aim, total = Fraction(p), Fraction(u), Fraction(0)
    mass = (1 - chance_of) ** n
    for k in range(n + 1):
        total += mass
        if total >= aim:
            return k
        mass *= chance_of / (1 - chance_of) * Fraction(n - k, k + 1)
    return n


def log_binomial(n: int, p: float, k: int) -> float:
    choose = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return choose + k * math.log(p) + (n - k) * math.log1p(-p)


def log_poisson(mean: float, k: int) -> float:
    return k * math.log(mean) - mean - math.lgamma(k + 1)


def is_quantile(masses: list[float], first: int, k: int, u: float, slack: float) -> bool:
    """Tell whether `k` is a `u` quantile of masses at `first`, `first` + 1, and so on."""
    below, above = math.fsum(masses[: max(0, k - first)]), math.fsum(masses[max(0, k + 1 - first) :])
    reach, beyond = below + masses[k - first], above + masses[k - first]
    # P(X < k) < u <= P(X <= k), on the side on which the numbers are small.
    if u < 0.5:
        return below < u * (1 + slack) + 1e-13 and reach >= u * (1 - slack) - 1e-13
    return above <= (1 - u) * (1 + slack) + 1e-13 and beyond > (1 - u) * (1 - slack) - 1e-13


def window(centre: float, sd: float, last: float) -> range:
    return range(max(0, int(centre - 12 * sd - 50)), int(min(last, centre + 12 * sd + 50)) + 1)


@pytest.mark.parametrize("u", US)
@pytest.mark.parametrize("p", [1e-9, 0.02, 0.25, 0.5, 0.500001, 0.81, 1 - 1e-6])
@pytest.mark.parametrize("n", [1, 2, 7, 50, 96, 97])
def test_a_binomial_draw_is_the_exact_quantile(n: int, p: float, u: float):
    k = binomial(float(n), p, u)
    # An atom that sums of floats cannot tell from u may go either way; nothing else may.
    assert exact_binomial(n, p, max(0.0, u - 1e-13)) <= k <= exact_binomial(n, p, min(1.0, u + 1e-13))


@pytest.mark.parametrize("u", US)
@pytest.mark.parametrize("mean", [1e-3, 5.0, 47.9, 48.0, 48.1, 300.0, 4000.0])
@pytest.mark.parametrize("n", [10_000, 100_000])
def test_binomial_draws_of_many_people_are_quantiles_on_both_sides_of_the_change_of_branch(
    n: int, mean: float, u: float
):
    for p, wanted in ((mean / n, u), (1 - mean / n, u)):
        k = int(binomial(float(n), p, wanted))
        span = window(n * p, math.sqrt(n * p * (1 - p)), n)
        masses = [math.exp(log_binomial(n, p, i)) for i in span]
        assert is_quantile(masses, span.start, k, wanted, 1e-8), (p, k)


@pytest.mark.parametrize("u", US)
@pytest.mark.parametrize("mean", [1e-6, 0.3, 5.0, 47.999, 48.0, 48.001, 700.0, 100_000.0])
def test_a_poisson_draw_is_the_exact_quantile(mean: float, u: float):
    k = int(poisson(mean, u))
    span = window(mean, math.sqrt(mean), math.inf)
    masses = [math.exp(log_poisson(mean, i)) for i in span]
    assert is_quantile(masses, span.start, k, u, 1e-8), k


@given(n=st.integers(1, 100_000), p=st.floats(1e-12, 1 - 1e-12), u=uniforms)
@settings(max_examples=60, deadline=None)
def test_any_binomial_draw_is_a_quantile(n: int, p: float, u: float):
    k = int(binomial(float(n), p, u))
    span = window(n * p, math.sqrt(n * p * (1 - p)), n)
    masses = [math.exp(log_binomial(n, p, i)) for i in span]
    assert is_quantile(masses, span.start, k, u, 1e-7)


@given(n=counts, p=chances, one=uniforms, other=uniforms)
@settings(deadline=None)
def test_binomial_draws_rise_with_u_and_stay_within_the_people_there_are(
    n: int, p: float, one: float, other: float
):
    low, high = (binomial(float(n), p, u) for u in sorted((one, other)))
    assert 0 <= low <= high <= n
    assert low == math.floor(low)


@given(sizes=st.tuples(counts, counts), p=chances, u=uniforms)
@settings(deadline=None)
def test_binomial_draws_rise_with_the_number_of_people(sizes: tuple[int, int], p: float, u: float):
    low, high = sorted(sizes)
    fewer, more = binomial(float(low), p, u), binomial(float(high), p, u)
    assert fewer <= more
    # Those added cannot add more than themselves: who is left over rises as well.
    assert low - fewer <= high - more


@given(n=counts, ps=st.tuples(chances, chances), u=uniforms)
@settings(deadline=None)
def test_binomial_draws_rise_with_the_chance(n: int, ps: tuple[float, float], u: float):
    low, high = sorted(ps)
    assert binomial(float(n), low, u) <= binomial(float(n), high, u)


@given(n=st.integers(1, 5000), edge=st.sampled_from([0.5, 48.0]), steps=st.integers(-3, 3), u=uniforms)
@settings(deadline=None)
def test_binomial_draws_rise_across_the_borders_of_branches(n: int, edge: float, steps: int, u: float):
    p = edge if edge < 1 else min(1.0, edge / n)
    beside = [min(1.0, max(0.0, p + s * 1e-12)) for s in range(-3, 4)]
    drawn = [binomial(float(n), q, u) for q in beside]
    assert drawn == sorted(drawn)
    assert binomial(float(n), beside[steps + 3], u) <= binomial(float(n + 1), beside[steps + 3], u)


@given(
    means=st.tuples(st.floats(0, 2000), st.floats(0, 2000)) | st.tuples(st.floats(47, 49), st.floats(47, 49)),
    us=st.tuples(uniforms, uniforms),
)
@settings(deadline=None)
def test_poisson_draws_rise_with_u_and_with_the_mean(means: tuple[float, float], us: tuple[float, float]):
    (m0, m1), (u0, u1) = sorted(means), sorted(us)
    assert poisson(m0, u0) <= poisson(m0, u1) <= poisson(m1, u1)


@pytest.mark.parametrize("n", [1.0, 30.0, 200.0, 100_000.0])
@pytest.mark.parametrize("p", [1e-7, 0.01, 0.3, 0.5, 0.7, 0.99])
def test_the_rarest_uniforms_lead_to_rare_numbers_not_to_everybody(n: float, p: float):
    # Beyond 9.5 standard deviations and 60 there is less than the smallest uniform number.
    reach = 9.5 * math.sqrt(n * p * (1 - p)) + 60
    assert binomial(n, p, LEAST_U) >= n * p - reach
    assert binomial(n, p, 1 - LEAST_U) <= n * p + reach
    assert poisson(n * p, 1 - LEAST_U) <= n * p + 9.5 * math.sqrt(n * p) + 60


@pytest.mark.parametrize(("n", "p", "k"), [(0, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, -0.1, 0), (9, 1.2, 9)])
def test_certain_draws(n: int, p: float, k: int):
    assert binomial(float(n), p, 0.37) == k


def test_no_departures_where_the_mean_is_nought():
    assert poisson(0.0, 1 - LEAST_U) == 0.0


@given(state=st.integers(0, 2**64 - 1), word=st.integers(0, 2**64 - 1))
@settings(deadline=None)
def test_the_mixer_is_that_of_terms_bit_for_bit(state: int, word: int):
    assert int(mix(np.uint64(state), np.uint64(word))) == chance.mix(state, word)


@given(
    seed=st.integers(0, 2**63), run=st.integers(0, 500), day=st.integers(0, 2000), purpose=st.integers(1, 300)
)
@settings(deadline=None)
def test_a_uniform_number_is_that_of_terms_bit_for_bit(seed: int, run: int, day: int, purpose: int):
    key = np.uint64(0)
    for part in (seed, run, day, chance.word("VEN|pa-bajo-chiquito")):
        key = np.uint64(mix(key, np.uint64(part)))
    assert uniform(key, purpose) == chance.uniform(seed, run, day, "VEN|pa-bajo-chiquito", purpose)


def test_a_multinomial_by_conditional_binomials_has_the_right_moments():
    n, shares, draws = 40, (0.1, 0.45, 0.3, 0.15), 20_000
    parts = np.zeros((draws, 4))
    for i in range(draws):
        left, rest = float(n), 1.0
        for k, p in enumerate(shares[:-1]):
            parts[i, k] = binomial(left, min(1.0, p / rest), chance.uniform(11, i, k))
            left, rest = left - parts[i, k], rest - p
        parts[i, 3] = left
    p = np.array(shares)
    assert (parts.sum(axis=1) == n).all()
    z = (parts.mean(axis=0) - n * p) / np.sqrt(n * p * (1 - p) / draws)
    assert np.abs(z).max() < 4.5
    assert np.cov(parts.T) == pytest.approx(n * (np.diag(p) - np.outer(p, p)), abs=0.25)


def test_draws_fall_into_the_cells_of_the_law_chi_square():
    n, p, draws = 12, 0.3, 40_000
    drawn = [int(binomial(float(n), p, chance.uniform(3, "cells", i))) for i in range(draws)]
    seen = np.bincount(drawn, minlength=n + 1)
    due = draws * np.array([math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)])
    big = due > 5
    cells = np.append(seen[big], seen[~big].sum()), np.append(due[big], due[~big].sum())
    statistic = ((cells[0] - cells[1]) ** 2 / cells[1]).sum()
    # 99.99th percentile of chi-square with 10 degrees of freedom is 35.6.
    assert statistic < 35.6
