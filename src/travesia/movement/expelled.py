"""Which share of those met is expelled, as observed; and without a policy that names nationalities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from travesia.movement.observed import carried, encounters_at_gates, expelled_share, last_month_known
from travesia.scenario import Policy, Scenario, Timetable, timetable
from travesia.terms import Span, add_months, first_day, month_of, month_span

if TYPE_CHECKING:
    from travesia.movement.plan import Frame

Floats = npt.NDArray[np.float64]
BEFORE_MONTHS = 3
"""Months before an expulsion policy that names nationalities whose share holds where it is taken out."""


@dataclass(frozen=True)
class _Seen:
    """What was observed by month: months, share expelled, and whether expulsion was in force all month."""

    months: tuple[str, ...]
    share: Floats
    whole: npt.NDArray[np.bool_]


def expelled_by_day(
    frame: Frame, base: Scenario, known: date | None, scenario: Scenario | None = None
) -> Floats:
    """Return float64[gate, nationality, day]: observed shares of full months in force, or of the nearest.

    Where the baseline holds an expulsion policy that names nationalities and `scenario` does not, the
    share is the mean of the last `BEFORE_MONTHS` months before that policy, if they were observed and it is
    lower.
    """
    out = np.zeros((len(frame.gates), len(frame.itineraries.nationalities), frame.span.days))
    seen = _seen(frame, base, known)
    if seen is None:
        return out
    filled = carried(seen.share, seen.whole)
    ever = np.maximum.accumulate(timetable_of(frame, base, frame.span).expulsion, axis=2)
    np.copyto(out, filled[:, :, month_index(frame, seen.months)], where=ever)
    if scenario is not None and scenario.policies != base.policies:
        for policy in base.policies:
            if policy.kind == "expulsion" and policy.in_model and policy.nationalities is not None:
                _taken_back(out, frame, seen, policy, scenario)
    return out


def _taken_back(out: Floats, frame: Frame, seen: _Seen, policy: Policy, scenario: Scenario) -> None:
    """Give the days on which a policy is in force in the baseline only the share from before it."""
    held = [other.span for other in scenario.policies if other.id == policy.id and other.kind == policy.kind]
    gone = _days(frame, [policy.span]) & ~_days(frame, held)
    if not gone.any():
        return
    before = [
        m for m, month in enumerate(seen.months) if first_day(add_months(month, 1)) <= policy.span.start
    ]
    classes = [c for c, name in enumerate(frame.itineraries.nationalities) if policy.concerns(name)]
    for gate, row in enumerate(frame.region.gates.iter_rows(named=True)):
        if {row["place"], *(row["covers"] or "").split("|")}.isdisjoint(policy.where):
            continue
        for c in classes:
            usable = [m for m in before if seen.whole[gate, c, m] and not np.isnan(seen.share[gate, c, m])]
            if usable:
                # Few were met at some gates, so that a share may be chance: taking it out expels nobody more.
                before_it = seen.share[gate, c, usable[-BEFORE_MONTHS:]].mean()
                out[gate, c, gone] = np.minimum(out[gate, c, gone], before_it)


def _days(frame: Frame, spans: list[Span]) -> npt.NDArray[np.bool_]:
    out = np.zeros(frame.span.days, dtype=np.bool_)
    for span in spans:
        part = span.clip(frame.span)
        if part is not None:
            out[frame.day(part.start) : frame.day(part.start) + part.days] = True
    return out


def _seen(frame: Frame, base: Scenario, known: date | None) -> _Seen | None:
    seen = encounters_at_gates(frame.region, frame.itineraries.nationalities)
    if known is not None:
        seen = seen.until(last_month_known(known))
    if not seen.months:
        return None
    share = expelled_share(seen, tuple(frame.region.gates["kind"]))
    return _Seen(seen.months, share, _in_force_whole_month(frame, base, seen.months))


def _in_force_whole_month(frame: Frame, base: Scenario, months: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return bool[gate, nationality, month]: expulsion was in force on each day of a month, run or not."""
    counted = Span(first_day(months[0]), month_span(months[-1]).end)
    expulsion = timetable_of(frame, base, counted).expulsion
    whole = np.zeros((*expulsion.shape[:2], len(months)), dtype=np.bool_)
    for m, month in enumerate(months):
        part = month_span(month)
        first = (part.start - counted.start).days
        whole[:, :, m] = expulsion[:, :, first : first + part.days].all(axis=2)
    return whole


def month_index(frame: Frame, months: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Return the place in `months` of each day of the frame; the nearest one outside them."""
    names = [month_of(frame.span.start + timedelta(days=day)) for day in range(frame.span.days)]
    return np.clip(np.searchsorted(months, names), 0, len(months) - 1).astype(np.int64)


def timetable_of(frame: Frame, scenario: Scenario, span: Span) -> Timetable:
    """Return the scenario's timetable for the nationalities that the border tells apart."""
    whole = timetable(scenario, frame.region, span.start, span.days)
    names = frame.itineraries.nationalities
    rows = [whole.nationalities.index(name) for name in names]
    return replace(
        whole, nationalities=names, expulsion=whole.expulsion[:, rows], returns=whole.returns[:, rows]
    )
