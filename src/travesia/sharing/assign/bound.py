"""The certificate: an upper bound that follows from prices alone, whoever found them.

For any prices of the rows within their bounds, no answer is worth more than

    sum over families of the best worth of a pair less the prices of what it uses (or 0: left out)
    + sum over rows of price times upper side where it is positive, times lower side where it is negative

(weak duality, Geoffrion 1974). It is evaluated here from the prices, with the error of every rounding
added, so that the number printed is a bound even in floating point.
"""

from __future__ import annotations

import math

import numpy as np

from travesia.sharing.assign.program import Flags, Floats, Program, Rows

_EPS = float(np.finfo(np.float64).eps)


def clipped(rows: Rows, prices: Floats) -> Floats:
    """Return prices within their bounds."""
    clean = np.where(np.isfinite(prices), prices, 0.0)
    return np.clip(clean, rows.least, rows.most)


def net_worth(program: Program, prices: Floats) -> Floats:
    """Return what each pair is worth less the prices of all that it uses, [K]."""
    return _net(program, prices)[0]


def best_of(program: Program, net: Floats, inside: Flags | None = None) -> Floats:
    """Return the best net worth of each family, [F]: 0 for left out where it may be, -inf for no way."""
    best = np.where(program.must if inside is None else inside, -np.inf, 0.0)
    some = np.flatnonzero(np.diff(program.start))
    if len(some):
        best[some] = np.maximum(best[some], np.maximum.reduceat(net, program.start[some]))
    return best


def row_terms(rows: Rows, prices: Floats) -> Floats:
    """Return the price of each row times the side that it is paid for, [R]."""
    side = np.where(prices > 0, rows.upper, rows.lower)
    return np.where(prices == 0, 0.0, prices * np.where(prices == 0, 0.0, side))


def price_bound(program: Program, rows: Rows, prices: Floats) -> float:
    """Return the certified bound of the worth of any answer at some prices.

    Parameters
    ----------
    program, rows
        What is solved.
    prices
        One a row; those outside their bounds are clipped.

    Returns
    -------
    float
        At least the greatest worth (scores, and penalties saved against leaving all out); rounded up.
    """
    prices = clipped(rows, prices)
    net, size = _net(program, prices)
    best = best_of(program, net)
    error = 0.0
    if len(net):
        steps = 4 + program.use.shape[1] + 2 * len(program.group_floor)
        some = np.flatnonzero(np.diff(program.start))
        error = steps * _EPS * math.fsum(np.maximum.reduceat(size, program.start[some]))
    terms = row_terms(rows, prices)
    error += 2 * _EPS * math.fsum(np.abs(terms))
    total = math.fsum([*best, *terms, error])
    return math.nextafter(total + 4 * _EPS * abs(total), math.inf)


def _net(program: Program, prices: Floats) -> tuple[Floats, Floats]:
    """Return net worths and, for the error, the sum of the sizes of what they are made of."""
    places, resources = program.capacity.shape
    counts = np.diff(program.start)
    net = program.worth.copy()
    size = np.abs(net)
    if program.unplaced_penalty:
        size = size + 2 * abs(program.unplaced_penalty) * np.repeat(program.people, counts)
    of_place = prices[: places * resources].reshape(places, resources)
    for resource in range(resources):
        if of_place[:, resource].any():
            term = of_place[program.place, resource] * np.repeat(program.use[:, resource], counts)
            net -= term
            size += np.abs(term)
    states = len(program.state_lower)
    of_state = prices[places * resources : places * resources + states]
    if of_state.any():
        term = of_state[program.state_of[program.place]] * np.repeat(program.people, counts)
        net -= term
        size += np.abs(term)
    for group, price in enumerate(prices[places * resources + states :]):
        if price:
            term = price * program.group_score[group]
            net -= term
            size += np.abs(term)
    return net, size
