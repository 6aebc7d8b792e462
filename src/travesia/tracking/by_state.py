"""Fair share, pledges and deliveries of each state, side by side for one unit and window.

Pledges of a state stand one by one and are never added up: a later announcement may repeat, hold or add to
an earlier one, and what it does is rarely said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from travesia.region import Region
from travesia.sharing import (
    DEFAULT_EXEMPTIONS,
    fair_shares,
    find_key,
    hosted_pool,
    members_of,
    plan_need_usd,
    region_inputs,
)
from travesia.terms import InputError, Span, UsageError
from travesia.tracking.balance import Balance


@dataclass(frozen=True)
class StateStanding:
    """What fell to a state, what it pledged, and what it delivered, in `unit` and over `window`.

    `fair` is its share of what was needed, ``None`` where `fair_of` says why there is none. `paid` is the
    money that it is reported to have paid out in the window, whatever for; ``None`` is not reported.
    `pledges` are those of the window, each with what was counted for it alone.
    """

    iso3: str
    unit: str
    window: Span
    fair: float | None
    fair_of: str
    paid: float | None
    pledges: tuple[Balance, ...]


def stand_by_state(
    region: Region,
    balances: Sequence[Balance],
    unit: str,
    window: Span,
    *,
    members: str | Sequence[str] = "la-declaration",
    key: str = "population-gdp",
) -> tuple[StateStanding, ...]:
    """Set fair share, pledges and deliveries of states side by side.

    What is shared is, in US dollars, what the regional plan of the window's first year asked for at its
    launch; in people, those displaced from Venezuela whom the members host at the end of that year.
    Indicators are those of the year before, or the last there are.

    Parameters
    ----------
    region
        With the states, their indicators, and the deliveries.
    balances
        Of every commitment, as `track` gives them; what was paid after their day does not count.
    unit
        ``USD`` or ``person``; other units have pledges, but no fair share.
    window
        With an end. A pledge belongs to it that was to be kept within it at least in part; one without an
        end that begins in it.
    members
        Who shares: a group or codes.
    key
        By which key.

    Returns
    -------
    tuple of StateStanding
        The members, then other states that pledged, by code.

    Raises
    ------
    UsageError, InputError
        For an unknown group, state or key.
    """
    states = members_of(region, members) if _has(region, members) else ()
    find_key(key)
    of_unit = [one for one in balances if one.unit == unit and one.iso3 and _belongs(one, window)]
    pledging = sorted({one.iso3 for one in of_unit if one.iso3} - set(states))
    fair, fair_of = _fair(region, states, unit, window, key)
    to = min((one.as_of for one in balances), default=date.max)
    return tuple(
        StateStanding(
            iso3=state,
            unit=unit,
            window=window,
            fair=fair.get(state),
            fair_of=fair_of if state in fair or not fair else "no member of those who share",
            paid=_paid(region, state, unit, window, to),
            pledges=tuple(one for one in of_unit if one.iso3 == state),
        )
        for state in (*states, *pledging)
    )


def _has(region: Region, members: str | Sequence[str]) -> bool:
    """Whether a pack has anybody of the group of the twenty; other groups and codes are checked below."""
    return members != "la-declaration" or bool(region.countries["la_declaration"].any())


def _belongs(balance: Balance, window: Span) -> bool:
    first = balance.first_day
    if first is None:
        return False
    if balance.last_day is None:
        return first in window
    return Span.from_last_day(first, balance.last_day).clip(window) is not None


def _fair(
    region: Region, states: Sequence[str], unit: str, window: Span, key: str
) -> tuple[dict[str, float], str]:
    """Return each member's share and what is shared, or nothing and why."""
    if unit not in ("USD", "person"):
        return {}, f"no need is known in {unit}"
    if not states:
        return {}, "nobody shares: the pack has no members"
    year, rule = window.start.year, find_key(key)
    exempt = {each.iso3: each.reason for each in DEFAULT_EXEMPTIONS if each.iso3 in states}
    indicators = year - 1 if year - 1 in set(region.indicators["year"]) else None
    try:
        inputs = region_inputs(region, states, rule, indicators)
        if unit == "USD":
            need = plan_need_usd(region, year)
            what = f"{need:,.0f} USD that the regional plan of {year} asked for"
            shares = fair_shares(rule, inputs, usd=need, exempt=exempt)
        else:
            pool = round(hosted_pool(region, states, year=year)["hosted_people"].sum())
            what = f"{pool:,} people displaced from Venezuela whom the members host at the end of {year}"
            shares = fair_shares(rule, inputs, people=pool, exempt=exempt)
    except (InputError, UsageError) as error:
        return {}, f"none: {error}"
    parts = {row.iso3: row.usd if unit == "USD" else row.people for row in shares.rows}
    return {state: float(part) for state, part in parts.items() if part is not None}, f"{what}, by {key}"


def _paid(region: Region, state: str, unit: str, window: Span, to: date) -> float | None:
    """Return the money that a state paid out up to a day; where two series tell of it, neither is taken."""
    last = min(to, (window.end or window.start) - timedelta(days=1))
    rows = region.deliveries.filter(
        pl.col("country") == state, pl.col("unit") == unit, pl.col("stage") == "disbursed",
        pl.col("direction") == "out", pl.col("first_day") >= window.start, pl.col("last_day") <= last,
    )  # fmt: skip
    return round(float(rows["value"].sum()), 2) if rows["series"].n_unique() == 1 else None
