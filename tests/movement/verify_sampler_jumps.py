"""The sampler's fast path, jump by jump: where a law passes from one whole number to the next.

The reference adds up the masses of a law from its middle outwards, by the ratio of each to the next, and
takes each tail by itself. It is checked against fractions first, and shares no line with the sampler.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from travesia.movement.kernel import _doubt, _expanded, _normal_quantile, binomial, poisson
from travesia.terms import chance

Floats = npt.NDArray[np.float64]
POISSON = 0.0
"""In place of a number of people: the law without a most."""
VARIANCES = (9.0, 9.01, 9.4, 10.0, 10.35, 10.85, 12.0, 15.0, 20.0, 40.0, 100.0, 1000.0)
CHANCES = (None, 1e-7, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45, 0.499, 0.5)
BIG = [
    (10_000_000, 0.3), (100_000_000, 1e-6), (100_000_000, 0.01), (1_000_000_000, 1e-7), (1_000_000_000, 0.01),
]  # fmt: skip


class Law(NamedTuple):
    """Whole numbers, their masses, and the chances of at most and of at least each."""

    k: Floats
    mass: Floats
    most: Floats
    least: Floats
    mean: float
    variance: float
    p: float


def law(n: float, p: float) -> Law:
    """Return the binomial law of `n` and `p`, or with `POISSON` that of the mean `p`."""
    mean = n * p if n else p
    variance = mean * (1 - p) if n else mean
    reach = 9 * math.sqrt(variance) + 40
    k = np.arange(max(0, int(mean - reach)), int(min(n or math.inf, mean + reach)) + 1, dtype=float)
    ratio = (n - k[1:] + 1) / k[1:] * (p / (1 - p)) if n else mean / k[1:]
    log = np.concatenate([[0.0], np.cumsum(np.log(ratio))])
    mass = np.exp(log - log.max())
    mass /= math.fsum(mass)
    return Law(k, mass, np.cumsum(mass), np.cumsum(mass[::-1])[::-1], mean, variance, p if n else 0.0)


def laws_of(variance: float, p: float | None) -> list[Law]:
    """Return laws of at least this variance, some of them only just."""
    if p is None:
        return [law(POISSON, variance * (1 + step)) for step in (0.0, 0.001, 0.004, 0.01)]
    least = math.ceil(variance / (p * (1 - p)))
    return [law(least + more, p) for more in range(4)] + [law(least, min(0.5, p * 1.003))]


def drawn(n: float, p: float, u: float) -> float:
    return binomial(float(n), p, u) if n else poisson(p, u)


def exact_most(n: int, p: float, k: int) -> Fraction:
    of = Fraction(p)
    return sum((math.comb(n, i) * of**i * (1 - of) ** (n - i) for i in range(k + 1)), Fraction(0))


@pytest.mark.parametrize(("n", "p"), [(40, 0.37), (200, 0.05), (96, 0.5)])
def test_the_reference_is_the_law_in_fractions(n: int, p: float):
    found = law(n, p)
    for k in range(int(found.k[0]), int(found.k[-1]), 7):
        at = k - int(found.k[0])
        assert found.most[at] == pytest.approx(float(exact_most(n, p, k)), rel=1e-12)


@pytest.mark.parametrize("p", CHANCES)
def test_the_expansion_is_nearer_to_every_jump_than_it_doubts(p: float | None):
    """At a jump the expanded quantile is half-way between two numbers, but for an error that is bounded.

    The bounds keep a distance: the errors grow with the skew and with every deviation from the middle, so
    the largest are those of the Poisson law at the edges, 0.0005 at 2, 0.011 at 3 and 0.085 at 4 deviations.
    """
    most = dict.fromkeys((2, 3, 4), 0.0)
    for variance in VARIANCES:
        for of in laws_of(variance, p):
            # The chance of the smaller tail, in which no digit is lost.
            upper = np.append(of.least[1:], 0.0)
            within = (of.most > 1e-6) & (upper > 1e-6)
            for k, low, high in zip(of.k[within], of.most[within], upper[within], strict=True):
                z = _normal_quantile(low) if low < 0.5 else -_normal_quantile(high)
                if abs(z) <= 4.0:
                    error = abs(_expanded(of.mean, of.variance, of.p, z) - 0.5 - k)
                    assert error < _doubt(z)
                    band = max(2, math.ceil(abs(z)))
                    most[band] = max(most[band], error)
    assert most[2] < 0.3 * _doubt(2.0)
    assert most[3] < 0.6 * _doubt(3.0)
    assert most[4] < 0.9 * _doubt(4.0)


@pytest.mark.parametrize("variance", [9.0, 10.0, 30.0, 1e4])
@pytest.mark.parametrize("p", [0.0, 1e-3, 0.1, 0.3, 0.5])
def test_the_expansion_rises_so_that_right_at_the_jumps_is_right_between_them(variance: float, p: float):
    values = np.array([_expanded(0.0, variance, p, z) for z in np.linspace(-4.0, 4.0, 2001)])
    assert np.diff(values).min() > 0.0


@pytest.mark.parametrize("beside", [1e-12, 1e-11, 1e-9, 1e-7, 1e-5, 1e-4, 1e-3])
@pytest.mark.parametrize(
    ("n", "p"),
    [
        (36, 0.5), (37, 0.5), (40, 0.4), (100, 0.1), (100, 0.9), (950, 0.01), (9_100, 0.001), (10**6, 9.1e-6),
        (10**6, 1e-4), (50_000, 0.5), (POISSON, 9.0), (POISSON, 11.3), (POISSON, 400.0),
    ],
)  # fmt: skip
def test_just_beside_a_jump_the_draw_is_the_one_or_the_other_number(n: float, p: float, beside: float):
    of = law(n, p)
    # Sums of some hundred terms, and logarithms of factorials of n, are off by about this.
    blur = 2e-13 + 1e-15 * n
    if beside < 5 * blur:
        beside = 5 * blur
    step = max(1, len(of.k) // 400)
    for at in range(0, len(of.k) - 1, step):
        u = of.most[at]
        if beside < u < 1 - beside:
            assert drawn(n, p, u - beside) <= of.k[at] < drawn(n, p, u + beside), (of.k[at], u)


@pytest.mark.parametrize(("n", "p"), [*BIG, (10**9, 0.5), (10**9, 9.1e-9)])
def test_with_very_many_people_a_draw_is_off_by_no_more_than_rounding(n: int, p: float):
    of = law(n, p)
    for u in (1e-9, 1e-4, 0.02, 0.3, 0.5, 0.7, 0.99, 0.9999, 1 - 1e-9):
        at = int(drawn(n, p, u) - of.k[0])
        # Logarithms of factorials of n lose digits; of the chances 1e-5 is left in doubt.
        assert at == 0 or of.most[at - 1] < u * (1 + 1e-5)
        assert of.most[at] > u * (1 - 1e-5)


@pytest.mark.parametrize(("n", "p"), [*BIG, (36, 0.5), (1000, 0.01), (POISSON, 9.0), (POISSON, 1e6)])
def test_draws_rise_with_u_close_to_every_jump_also_with_very_many_people(n: float, p: float):
    of = law(n, p)
    rng = np.random.default_rng(7)
    typical = np.flatnonzero((of.most > 0.02) & (of.most < 0.98))
    for at in rng.choice(typical, min(12, len(typical)), replace=False):
        us = of.most[at] + of.mass[at] * np.linspace(-0.004, 0.004, 801)
        values = [drawn(n, p, u) for u in us]
        assert values == sorted(values), of.k[at]
        assert values[-1] - values[0] <= 1


@pytest.mark.parametrize(("n", "p"), [(36, 0.5), (950, 0.01), (10**7, 0.3), (POISSON, 9.0), (POISSON, 5e4)])
@pytest.mark.parametrize("deviations", [-8.0, -5.0, -4.0, -3.0, -2.0, 2.0, 3.0, 4.0, 5.0, 8.0])
def test_draws_rise_with_u_where_the_path_changes(n: float, p: float, deviations: float):
    """At 2, 3 and 4 deviations other margins begin, and beyond 4 every draw is a sum."""
    ends = [0.5 * math.erfc(-(deviations + step) / math.sqrt(2.0)) for step in (-0.02, 0.02)]
    us = np.clip(np.linspace(*ends, 2001), 2.0**-53, 1 - 2.0**-53)
    values = [drawn(n, p, u) for u in us]
    assert values == sorted(values)


@pytest.mark.parametrize(("n", "p"), [(37, 0.42), (10**6, 2e-5), (400, 0.93), (POISSON, 30.0)])
def test_draws_fall_into_the_cells_of_the_law_chi_square(n: float, p: float):
    draws, of = 40_000, law(n, p)
    seen = np.bincount([int(drawn(n, p, chance.uniform(9, i)) - of.k[0]) for i in range(draws)],
                       minlength=len(of.k))  # fmt: skip
    due = draws * of.mass
    big = due > 8
    cells = np.append(seen[big], seen[~big].sum()), np.append(due[big], due[~big].sum())
    statistic = float(((cells[0] - cells[1]) ** 2 / cells[1]).sum())
    # A normal number by the cube root of Wilson and Hilferty; above 4 once in 30,000.
    degrees = len(cells[0]) - 1
    spread = 2.0 / (9.0 * degrees)
    assert ((statistic / degrees) ** (1 / 3) - (1 - spread)) / math.sqrt(spread) < 4.0
