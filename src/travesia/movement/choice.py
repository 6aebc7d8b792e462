"""The pivot logit: how the shares of routes and gates move when what differs from the baseline does.

With shares s under the baseline and a change du of the utility of each alternative, the new shares are
``s exp(du) / sum(s exp(du))`` (incremental logit: Ben-Akiva and Lerman 1985, Discrete Choice Analysis,
chapter 5; Kumar 1980). Whether people go at all follows from the same sum: with going and staying as the
upper choice of a nested logit and far more people who stay than who go, those who go are multiplied by
``(sum(s exp(du))) ** elasticity``. Without a change nothing is touched: not one bit.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def shares(base: Floats, utility: Floats) -> Floats:
    """Return the shares after a change of utility, along the last axis.

    Parameters
    ----------
    base
        float64[..., alternative], shares under the baseline, summing to 1.
    utility
        Change of utility, of the same shape; a row without a change is returned as it is. An alternative
        that is shut has minus infinity; where all that have a share are shut, the shares stay.
    """
    moved = (utility != 0.0).any(axis=-1)
    out, s, du = base.copy(), base[moved], utility[moved]
    # The greatest is taken off before the exponential, which otherwise overflows.
    top = np.max(np.where(s > 0.0, du, -np.inf), axis=-1, keepdims=True, initial=-np.inf)
    some = np.isfinite(top[:, 0])
    weights = s[some] * np.exp(du[some] - top[some])
    s[some] = weights / weights.sum(axis=-1, keepdims=True)
    out[moved] = s
    return out


def going(base: Floats, utility: Floats, least: Floats, elasticity: float) -> Floats:
    """Return who departs on each route of one nationality, after a change of utility.

    Parameters
    ----------
    base
        float64[day, route], departures under the baseline.
    utility
        float64[day, route], change of utility.
    least
        float64[day, route], share that a route has at least once its utility is raised: what a pivot cannot
        know of a route that was shut is taken from days on which it was open.
    elasticity
        How those who go follow the logsum: 0, all who lose a route take another; 1, none does.

    Returns
    -------
    float64[day, route]
        Days without a change are those of `base`, unchanged. What is missing against `base` is deterred.
    """
    out = base.copy()
    total = base.sum(axis=1)
    moved = (utility != 0.0).any(axis=1) & (total > 0.0)
    s, du = base[moved] / total[moved, None], utility[moved]
    weight = np.where(du > 0.0, np.maximum(s * np.exp(du), least[moved]), s * np.exp(du))
    logsum = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, logsum, out=np.zeros_like(weight), where=logsum > 0.0)
    out[moved] = total[moved, None] * share * logsum**elasticity
    return out


def when_open(base: Floats, shut: npt.NDArray[np.bool_], days: int, floor: float) -> Floats:
    """Return float64[day, route], the share of a route on the last `days` days on which it was open.

    `shut` is bool[day, route] under the baseline. Where the days hold no open one, it is `floor`.
    Only earlier days are looked at.
    """
    total = base.sum(axis=1, keepdims=True)
    share = np.divide(base, total, out=np.zeros_like(base), where=total > 0.0)
    out = np.full_like(base, floor)
    for route in np.flatnonzero(shut.any(axis=0)):
        shut_days = np.flatnonzero(shut[:, route])
        open_days = np.flatnonzero(~shut[:, route] & (total[:, 0] > 0.0))
        before = np.searchsorted(open_days, shut_days)
        for count in np.unique(before[before > 0]):
            seen = share[open_days[max(0, count - days) : count], route].tolist()
            out[shut_days[before == count], route] = max(floor, sum(seen) / len(seen))
    return out


def followed(change: Floats, days: float) -> Floats:
    """Return how a belief follows what happens: an exponential mean over past days (first axis), from 0.

    A belief moves each day by 1 / `days` of the way to what was met on the day before. It knows nothing
    of the day itself.
    """
    flat = change.reshape(len(change), -1)
    felt = np.flatnonzero(flat.any(axis=0))
    met, believed = flat[:, felt], np.zeros((len(flat), len(felt)))
    rate = 1.0 / max(1.0, days)
    for day in range(1 + int(met.any(axis=1).argmax()) if met.size else len(met), len(met)):
        believed[day] = believed[day - 1] + rate * (met[day - 1] - believed[day - 1])
    out = np.zeros_like(flat)
    out[:, felt] = believed
    return out.reshape(change.shape)


def least_moves(base: Floats, new: Floats) -> tuple[Floats, Floats]:
    """Return the chance to keep an alternative, and the shares among those that gain, along the last axis.

    Who has chosen by `base` and keeps with the first, else chooses by the second, has chosen by `new`, and
    no rule with that outcome moves fewer people (the maximal coupling of two laws).
    """
    keep = np.ones_like(base)
    np.divide(new, base, out=keep, where=(base > 0.0) & (new < base))
    gain = np.maximum(new - base, 0.0)
    total = gain.sum(axis=-1, keepdims=True)
    return keep, np.divide(gain, total, out=np.zeros_like(gain), where=total > 0.0)
