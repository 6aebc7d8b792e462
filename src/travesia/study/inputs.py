"""What the model takes from each record: the table of section "From record to model" of the documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import polars as pl

from travesia.record import Ledger, Record
from travesia.region import Region
from travesia.scenario import KnownEnd, Policy, ends_known, load_policies
from travesia.sharing import POOL_CHANNELS, POOL_SERIES
from travesia.terms import Cite
from travesia.tracking import Prior, checklist_of, commitments_of, prior_of, targets_of

Becomes = Literal[
    "instrument",
    "ceiling",
    "floor",
    "level",
    "checklist",
    "coalition",
    "prior",
    "constraint",
    "stance",
    "none",
]


@dataclass(frozen=True)
class ModelInput:
    """What one record becomes.

    `value` says it in words; `low`, `high` and `unit` are its numbers, where it has any. `counted` is the
    range of what the pack's series counts for the same at the ends of the year before and of the year of the
    figure, `agrees` whether the two ranges meet. `none` is a record that is shown and enters no model.
    """

    record: str
    type: str
    becomes: Becomes
    value: str
    cites: tuple[Cite, ...]
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    counted: tuple[float, float] | None = None
    agrees: bool | None = None


def model_inputs(region: Region, ledger: Ledger, known: date) -> tuple[ModelInput, ...]:
    """Return what each accepted record becomes, in the order of the ledger, as known at the end of a day.

    Parameters
    ----------
    region
        Whose policies and series the records meet.
    ledger
        Its accepted records; proposals become nothing.
    known
        The day.
    """
    policies = {policy.record: policy for policy in load_policies(region.folder)}
    ends = {end.record: end for end in ends_known(tuple(policies.values()), ledger, known)}
    promised = _promised(ledger, known)
    found = []
    for standing in ledger.as_of(valid=known, known=known):
        record = standing.record
        if record.id in policies:
            found.append(_of_policy(record, policies[record.id], ends.get(record.id)))
        elif record.id in promised:
            found.append(replace(promised[record.id], cites=record.cites))
        elif (prior := prior_of(record)) is not None:
            found.append(_of_figure(region, record, prior))
        else:
            found.append(_of_other(record))
    return tuple(found)


def _of_policy(record: Record, policy: Policy, end: KnownEnd | None) -> ModelInput:
    days = f"{record.valid_from} to {_last(record.valid_to) or 'no end known'}"
    if end is not None and end.state == "uncertain":
        named = ", ".join(str(one.day) for one in end.candidates) or "no day named"
        days = f"{record.valid_from}; holds or ends, and hangs on {', '.join(end.decided_by)} ({named})"
    told = f"{policy.id}, {policy.kind}: {days}"
    return ModelInput(record.id, record.type, "instrument" if policy.in_model else "none", told, record.cites)


def _promised(ledger: Ledger, known: date) -> Mapping[str, ModelInput]:
    made = commitments_of(ledger, known)
    targets = {
        one.record: ModelInput(
            one.record, "commitment", one.bound,
            f"{one.amount:,.10g} {one.unit}: {one.window.start} to {_last(one.window.end) or 'no end named'}",
            one.cites, None if one.bound == "ceiling" else one.amount,
            None if one.bound == "floor" else one.amount, one.unit,
        )
        for one in targets_of(made)
    }  # fmt: skip
    rest = {
        one.record: ModelInput(one.record, "commitment", "checklist", one.title, one.cites)
        for one in checklist_of(made)
    }
    return {**targets, **rest}


def _of_figure(region: Region, record: Record, prior: Prior) -> ModelInput:
    low = "" if prior.low is None else f"{prior.low:,.10g} to "
    told = f"{low or 'up to '}{prior.high:,.10g} {prior.unit}: {prior.measures}".rstrip(": ")
    counted = _counted(region, record, prior)
    agrees = None
    if counted is not None:
        agrees = (prior.low is None or prior.low <= counted[1]) and counted[0] <= prior.high
    return ModelInput(
        record.id, "figure", prior.becomes, told, record.cites, prior.low, prior.high, prior.unit, counted,
        agrees,
    )  # fmt: skip


def _of_other(record: Record) -> ModelInput:
    fields = record.fields
    becomes: Becomes = "none"
    told = str(fields.get("name") or fields.get("measures") or fields.get("kind") or "")
    if record.type == "participation":
        becomes = "coalition" if fields.get("role") == "signatory" else "none"
        told = f"{fields.get('iso3') or fields.get('actor')}, {fields.get('role')} of {fields.get('of')}"
    elif record.type == "statement":
        becomes = "stance"
        told = f"{_named(fields.get('speaker'))}: {fields.get('stance')}: {fields.get('topic') or ''}"
    elif record.type == "relation":
        told = f"{fields.get('source')} {fields.get('kind')} {fields.get('target')}"
    return ModelInput(record.id, record.type, becomes, told, record.cites)


def _counted(region: Region, record: Record, prior: Prior) -> tuple[float, float] | None:
    """Return the counts at the ends of the year before and of the year of a figure; ``None`` for none."""
    said = str(record.fields.get("as_of") or record.fields.get("period") or "")
    year = said.rpartition("/")[2][:4]
    if prior.series is None or not year.isdecimal():
        return None
    rows = region.series(prior.series)
    if prior.nationality is None:
        values = rows.filter(pl.col("period") == year)["value"].to_list()
        return (values[0], values[0]) if len(values) == 1 else None
    abroad = rows.filter(pl.col("nationality") == prior.nationality, pl.col("country") != prior.nationality)
    if prior.series == POOL_SERIES:
        abroad = abroad.filter(pl.col("channel").is_in(list(POOL_CHANNELS)))
    years = (abroad.filter(pl.col("period") == str(each))["value"] for each in (int(year) - 1, int(year)))
    ends = [float(values.sum()) for values in years if len(values)]
    return (min(ends), max(ends)) if ends else None


def _last(end: date | None) -> date | None:
    return None if end is None else end - timedelta(days=1)


def _named(speaker: object) -> str:
    return (
        ", ".join(map(str, speaker))
        if isinstance(speaker, Sequence) and not isinstance(speaker, str)
        else str(speaker)
    )
