"""Bid prices: the mean over sampled futures of the prices of the relaxation, from what stands at a moment.

A future is those who have arrived and have no place yet, and as many families as are still expected, drawn
with replacement from a pool. Its relaxation has the room that is left; its prices say what a unit of room is
worth to those who come later (Ahani and others 2024; Talluri and van Ryzin 1998). The price of a group's
floor is the multiplier on the group's scores (Freund and others 2023).
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.bound import clipped
from travesia.sharing.assign.highs import solve, whole_part
from travesia.sharing.assign.instance import people_of
from travesia.sharing.assign.program import Floats, Ints, Program, Rows, rows_of
from travesia.sharing.online.arrivals import OnlineRule, Pool
from travesia.sharing.online.parts import joined, part_of
from travesia.sharing.online.standing import Standing

RELAXED_PAIRS = 10_000
"""Up to so many pairs the relaxation is solved as it is; above, its smoothed dual is."""

GREATEST_MULTIPLIER = 4.0
"""What a group's floor can add to the weight of the group's scores: a floor out of reach stays so."""

PRICED = 0.01
"""Part of the score that stands for how close the prices of a future need be: futures differ by far more."""

LONG_SECONDS = 3_600.0
"""No time limit that matters: prices do not depend on the machine."""


@dataclass(frozen=True)
class Forecast:
    """Families and people still expected."""

    families: int
    people: float


def forecast(standing: Standing, waiting: Ints, pool: Pool, expected: int | None) -> Forecast:
    """Return who is still expected: of a known total, or as many as fill what room those here leave."""
    if expected is not None:
        left = max(expected - standing.arrived, 0)
    else:
        mean = pool.program.use[pool.families].mean(axis=0)
        room = standing.room.sum(axis=0) - standing.program.use[waiting].sum(axis=0)
        left = max(math.floor(min((room[mean > 0] / mean[mean > 0]).tolist(), default=0)), 0)
    return Forecast(left, left * float(pool.program.people[pool.families].mean()))


def bid_prices(standing: Standing, waiting: Ints, pool: Pool, rule: OnlineRule, ahead: int) -> Floats:
    """Return the mean price of each row over the sampled futures, [R]; rows as in `rows_of`.

    Parameters
    ----------
    standing
        What stands.
    waiting
        Families that have arrived and are to be placed now.
    pool
        Families that futures are drawn from.
    rule
        How many futures, and the seed.
    ahead
        Families still expected.
    """
    # Keyed by the moment: what is drawn does not depend on what was drawn before.
    chance = np.random.default_rng([rule.seed, standing.arrived])
    found = []
    for _ in range(rule.futures):
        drawn = pool.families[chance.integers(len(pool.families), size=ahead)]
        program = _future(standing, waiting, pool, drawn)
        found.append(_prices(program))
    return np.asarray(np.mean(found, axis=0))


def _prices(program: Program) -> Floats:
    rows = _eased(program, rows_of(program))
    if not len(program.place):
        return np.zeros(len(rows.lower))
    if len(program.place) <= RELAXED_PAIRS:
        found = solve(program, rows, whole_part(program, rows), integral=False, seconds=LONG_SECONDS)
        if found.prices is not None:
            return clipped(rows, found.prices)
    # Loaded late: small instances need nothing compiled.
    from travesia.sharing.assign.prices import find_prices
    from travesia.sharing.assign.sharpening import sharpened

    never = time.monotonic() + LONG_SECONDS
    return sharpened(program, rows, find_prices(program, rows, never), never, PRICED)[0]


def _eased(program: Program, rows: Rows) -> Rows:
    """Return rows whose lower sides can be missed: a future that cannot keep them has prices all the same."""
    dear = np.full(len(rows.lower), float(np.abs(program.worth).max(initial=0.0)))
    dear[len(dear) - len(program.group_floor) :] = GREATEST_MULTIPLIER
    return replace(rows, least=np.maximum(rows.least, -dear))


def _future(standing: Standing, waiting: Ints, pool: Pool, drawn: Ints) -> Program:
    """Return those who wait and those who were drawn, at the room that is left."""
    now, later, arrivals = standing.program, pool.program, standing.arrivals
    here, coming = part_of(now, waiting, standing.room), part_of(later, drawn, standing.room)
    total = standing.people_seen + int(later.people[drawn].sum())
    sides = np.array([people_of(share, total) for share in arrivals.shares], np.int64).reshape(-1, 2)
    parts = standing.parts_seen + pool.group_part[:, drawn].sum(axis=1)
    asked = np.isfinite(arrivals.group_least)
    least = np.where(asked, np.where(asked, arrivals.group_least, 0.0) * parts - standing.to_groups, -np.inf)
    both = joined(here, coming)
    return replace(
        both,
        capacity=standing.room,
        floor=np.maximum(now.floor - (now.capacity - standing.room), 0),
        must=np.zeros(len(both.people), np.bool_),
        state_lower=np.maximum(sides[:, 0] - standing.in_state, 0),
        state_upper=np.maximum(sides[:, 1] - standing.in_state, 0),
        group_floor=least,
    )
