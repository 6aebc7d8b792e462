"""Pledged, needed, delivered: the balance of every commitment on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import polars as pl

from travesia.record import Ledger
from travesia.region import Region
from travesia.terms import Cite
from travesia.tracking.commitment import Commitment, commitments_of
from travesia.tracking.measures import count_delivered
from travesia.tracking.states import State, state_on

PLAN_SERIES, PLAN_BENEFICIARY = "rmrp-requirements", "VEN"
_LINKS: Mapping[str, str] = MappingProxyType(
    {
        "part_of": "part of {}: never added to it",
        "total_of": "holds {}: never added to it",
        "adds_to": "comes on top of {}: not netted against it",
    }
)


@dataclass(frozen=True)
class Balance:
    """One commitment on one day.

    `pledged`, `needed`, `delivered` and `gap` are in `unit`; ``None`` is not reported, never zero. `needed`
    is filled only where a need of the commitment's own scope and unit is known, which no series here
    holds: the need of a plan addressed to all donors is told in `why`. `gap` is what is pledged less what
    is delivered (below 0: more than pledged), ``None`` for a ceiling, which owes nothing. `as_of` is the
    day asked about, `reported_to` the last month counted.
    """

    commitment: str
    title: str
    iso3: str | None
    unit: str | None
    pledged: float | None
    needed: float | None
    delivered: float | None
    gap: float | None
    state: State
    as_of: date
    cites: tuple[Cite, ...]
    bound: str
    why: str
    reported_to: str | None = None


def track(region: Region, ledger: Ledger, *, as_of: date, known: date | None = None) -> tuple[Balance, ...]:
    """Hold every commitment that was made by a day against what was observed up to and with it.

    Parameters
    ----------
    region
        With the series that count delivery.
    ledger
        With the commitments.
    as_of
        The day asked about; months count whole, once they are over.
    known
        Ask what was known on this day: later commitments and later months do not count. Observations
        carry no date of publication, so a month counts as known once it is over. By default all that is
        known today counts.

    Returns
    -------
    tuple of Balance
        One a commitment made by `as_of`, by date and id. Those made later are left out.
    """
    to = as_of if known is None else min(as_of, known)
    made = [one for one in commitments_of(ledger, known) if one.made <= to]
    return tuple(_balance(region, one, made, as_of, to) for one in made)


def _balance(
    region: Region, commitment: Commitment, others: list[Commitment], as_of: date, to: date
) -> Balance:
    counted = count_delivered(region, commitment, to)
    state, why = state_on(to, commitment, others, counted)
    delivered = None if counted is None else counted.amount
    gap = None
    if delivered is not None and commitment.amount is not None and commitment.bound != "up_to":
        gap = commitment.amount - delivered
    return Balance(
        commitment=commitment.id,
        title=commitment.title,
        iso3=commitment.iso3,
        unit=commitment.unit,
        pledged=commitment.amount,
        needed=None,
        delivered=delivered,
        gap=gap,
        state=state,
        as_of=as_of,
        cites=commitment.cites,
        bound=commitment.bound,
        why="; ".join([why, *_link(commitment), *_need(region, commitment)]),
        reported_to=None if counted is None else counted.reported_to,
    )


def _link(commitment: Commitment) -> list[str]:
    text = _LINKS.get(commitment.relation or "")
    return [text.format(commitment.related_to)] if text else []


def _need(region: Region, commitment: Commitment) -> list[str]:
    """Say why the need of a response plan is not set beside one state's money."""
    if not commitment.is_money or PLAN_BENEFICIARY not in commitment.beneficiaries:
        return []
    year = str(commitment.made.year)
    plan = region.series(PLAN_SERIES).filter(
        pl.col("period") == year, pl.col("channel").str.starts_with("launch")
    )
    if plan.height != 1:
        return []
    return [
        f"scope mismatch: the response plan of {year} asked all donors for {plan['value'].item():,.0f} USD, "
        "which no single pledge was to meet"
    ]
