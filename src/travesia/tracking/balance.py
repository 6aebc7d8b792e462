"""Pledged, needed, delivered: the balance of every commitment on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from travesia.record import Ledger
from travesia.region import Region
from travesia.terms import Cite
from travesia.tracking.commitment import Commitment, commitments_of, records_of, resolved_id
from travesia.tracking.curves import curve_of
from travesia.tracking.deliveries import Linked, Stages, count_linked, reported_by, with_links
from travesia.tracking.measures import Delivered, Mismatch, count_delivered
from travesia.tracking.overrides import Override, overrides_on
from travesia.tracking.states import State, state_on
from travesia.tracking.targets import TargetBound, target_bound

PLAN_SERIES, PLAN_BENEFICIARY = "rmrp-requirements", "VEN"
_LINKS: Mapping[str, str] = MappingProxyType(
    {
        "part_of": "part of {}: never added to it",
        "total_of": "holds {}: never added to it",
        "adds_to": "comes on top of {}: not netted against it",
    }
)


@dataclass(frozen=True)
class Pace:
    """How far delivery is along its stated curve.

    `elapsed` is the part of the window's months that is over on the day, a fraction of 1. What was to be
    delivered is a band, in the commitment's unit: at least what belongs to the days that were counted, at
    most what belongs to all days up to the day asked about. `low` and `high` are what was delivered, divided
    by the one and the other end of it; ``None`` where nothing was to be delivered yet.
    """

    curve: str
    elapsed: float
    expected_low: float
    expected_high: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Balance:
    """One commitment on one day.

    `pledged`, `needed`, `delivered` and `gap` are in `unit`; ``None`` is not reported, never zero. `needed`
    is filled only where a need of the commitment's own scope and unit is known, which no series here
    holds: the need of a plan addressed to all donors is told in `mismatches`. `gap` is what is pledged less
    what is delivered (below 0: more than pledged), ``None`` for a ceiling, which owes nothing. `as_of` is the
    day asked about, `reported_to` the last month or day counted. `committed`, `disbursed` and `spent` are of
    money, never added to each other. `record` is the record's id; `target` how it binds, ``None`` for one
    that is shown and never scored. `by_figures` is the state that the figures give, where people set another.
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
    record: str = ""
    target: TargetBound | None = None
    made: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    stages: Stages = field(default=Stages())
    reached: float | None = None
    """What was delivered as a fraction of what was pledged."""
    pace: Pace | None = None
    mismatches: tuple[Mismatch, ...] = ()
    by_figures: State | None = None


def track(region: Region, ledger: Ledger, *, as_of: date, known: date | None = None) -> tuple[Balance, ...]:
    """Hold every commitment that was made by a day against what was observed up to and with it.

    Parameters
    ----------
    region
        With the series and the deliveries that count.
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

    Raises
    ------
    InputError
        For a record that is not as it must be, or deliveries that name no commitment of the ledger.
    """
    to = as_of if known is None else min(as_of, known)
    every = commitments_of(ledger, known)
    if region.deliveries.height:
        region = replace(region, deliveries=reported_by(with_links(region.deliveries, ledger), known))
    made = [one for one in every if one.made <= to]
    overrides = {
        resolved_id(ledger, about): override
        for about, override in overrides_on(records_of(ledger, known), to).items()
    }
    return tuple(_balance(region, one, made, (as_of, to), overrides.get(one.id)) for one in made)


def _balance(
    region: Region,
    commitment: Commitment,
    others: Sequence[Commitment],
    days: tuple[date, date],
    override: Override | None,
) -> Balance:
    as_of, to = days
    counted, linked = _counted(region, commitment, to)
    state, why = state_on(to, commitment, others, counted)
    by_figures = None
    if override is not None:
        sources = "; ".join(dict.fromkeys(cite.source for cite in override.cites))
        why = f"set by {override.record} ({sources}); the figures say {state}: {why}"
        by_figures, state = state, override.state
    delivered = None if counted is None else counted.amount
    gap = reached = None
    if delivered is not None and commitment.amount is not None:
        gap = None if commitment.bound == "up_to" else commitment.amount - delivered
        reached = delivered / commitment.amount if commitment.amount else None
    pace, no_pace = _pace(region, commitment, counted, to)
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
        why="; ".join([why, *_link(commitment), *no_pace]),
        reported_to=None if counted is None else counted.reported_to,
        record=commitment.record,
        target=target_bound(commitment),
        made=commitment.made,
        first_day=commitment.first_day,
        last_day=commitment.last_day,
        stages=linked.stages,
        reached=reached,
        pace=pace,
        mismatches=(*_stated(commitment), *(counted.mismatches if counted else ()), *linked.mismatches,
                    *_need(region, commitment)),
        by_figures=by_figures,
    )  # fmt: skip


def _counted(region: Region, commitment: Commitment, to: date) -> tuple[Delivered | None, Linked]:
    """Count by the series that a commitment names, else by the deliveries that name the commitment."""
    linked = count_linked(region.deliveries, commitment, to)
    counted = count_delivered(region, commitment, to)
    if counted is None:
        return linked.delivered, linked
    if linked.delivered is None or linked.delivered.amount is None:
        return counted, linked
    told = f"{linked.delivered.amount:,.10g} of {linked.delivered.by} beside {counted.by}: not added"
    return counted, Linked(None, linked.stages, (*linked.mismatches, Mismatch("source", told)))


def _pace(
    region: Region, commitment: Commitment, counted: Delivered | None, to: date
) -> tuple[Pace | None, list[str]]:
    """Return the pace on a day, and in words why there is none where something was delivered."""
    if counted is None or counted.amount is None or counted.covered is None or not commitment.amount:
        return None, []
    curve = curve_of(region, commitment)
    if isinstance(curve, str):
        return None, [curve]
    upto, covered = to + timedelta(days=1), counted.covered
    end = covered.end or upto
    low = commitment.amount * (curve.expected(end) - curve.expected(covered.start))
    high = commitment.amount * curve.expected(upto)
    return Pace(
        curve=curve.name,
        elapsed=curve.elapsed(upto),
        expected_low=low,
        expected_high=high,
        low=counted.amount / high if high > 0 else None,
        high=counted.amount / low if low > 0 else None,
    ), []


def _stated(commitment: Commitment) -> list[Mismatch]:
    """Return mismatches that the commitment itself holds: its bound, its doubts, what was restated."""
    found = []
    if commitment.bound == "up_to":
        found.append(Mismatch("bound", "up to: a ceiling, which promises no floor and owes nothing"))
    if commitment.bound == "about":
        found.append(Mismatch("bound", "about: held against the amount as it stands"))
    if commitment.restated is not None:
        found.append(Mismatch("restated", commitment.restated))
    return found + [Mismatch(kind, text) for kind, text in commitment.notes]  # type: ignore[arg-type]


def _link(commitment: Commitment) -> list[str]:
    text = _LINKS.get(commitment.relation or "")
    return [text.format(commitment.related_to)] if text else []


def _need(region: Region, commitment: Commitment) -> list[Mismatch]:
    """Say why the need of a response plan is not set beside one state's money."""
    if not commitment.is_money or PLAN_BENEFICIARY not in commitment.beneficiaries:
        return []
    year = str(commitment.made.year)
    plan = region.series(PLAN_SERIES).filter(
        pl.col("period") == year, pl.col("channel").str.starts_with("launch")
    )
    if plan.height != 1:
        return []
    asked = f"{plan['value'].item():,.0f} USD"
    text = f"the response plan of {year} asked all donors for {asked}, which no single pledge was to meet"
    return [Mismatch("amount", text)]
