"""From a scenario and a region to its timetable: policies as per-day arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from travesia.region import Region
from travesia.scenario.kinds import (
    DAYS_A_MONTH,
    EFFECTS,
    ELSEWHERE,
    KINDS,
    NO_CEILING,
    NO_CLASS,
    NO_GATE,
    NO_LINK,
    NO_NUMBER,
    NO_PARENT,
    NO_PATHWAY,
    NO_RATE,
    OPEN_TOTAL,
    ORDINARY_RETURN,
    PER_DAY,
    PER_MONTH,
    TUESDAY_TO_SATURDAY,
    UNITS,
    WAIT_FOR_HEARING,
)
from travesia.scenario.policy import Policy
from travesia.scenario.scenario import Scenario
from travesia.scenario.timetable import Effect, Pathway, Timetable
from travesia.terms import Amount, ScenarioError, Span

RUSH_DAYS = 30
"""Days before the first day of a policy, once it is announced, in which people act ahead of it."""
Mask = npt.NDArray[np.bool_]


@dataclass
class _Draft:
    """A timetable being filled in; arrays as in `Timetable`."""

    window: Span
    gates: tuple[str, ...]
    places: tuple[frozenset[str], ...]
    nationalities: tuple[str, ...]
    links: frozenset[str]
    expulsion: Mask
    returns: Mask
    appointments_people: npt.NDArray[np.float64]
    pathways: list[Pathway] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    acting: list[str] = field(default_factory=list)
    not_modelled: list[tuple[str, str, str]] = field(default_factory=list)


def timetable(scenario: Scenario, region: Region, start: date, days: int) -> Timetable:
    """Turn the policies of a scenario into per-day arrays.

    Only policies with `in_model` that are in force on one of the days are looked at; each of them stands
    either in `acting` or, with the reason, in `not_modelled`. Whether an effect meets anybody is known only
    where itineraries are: there the reason is added.

    Parameters
    ----------
    scenario, region
        The policies, and the gates (in the order of ``region.gates``) and links on which they act.
    start, days
        First day and number of days of the arrays.

    Returns
    -------
    Timetable
        Nationalities are the sorted codes of ``region.origins``. A daily number of appointments is spread
        evenly over the named places that have a gate; a total evenly over the days of its span; a monthly
        number by 30.4375 days.

    Raises
    ------
    ScenarioError
        A number has a unit that has no meaning for its kind.
    """
    draft = _empty(region, start, days)
    policies = [p for p in scenario.policies if p.in_model and p.span.clip(draft.window)]
    exemptions = [p for p in policies if p.kind == "exemption"]
    for policy in policies:
        reason = _apply(draft, policy, exemptions, scenario.policies)
        if reason is None:
            draft.acting.append(policy.id)
        else:
            draft.not_modelled.append((policy.id, policy.kind, reason))
    return Timetable(
        start=start, days=days, gates=draft.gates, nationalities=draft.nationalities,
        expulsion=draft.expulsion, returns=draft.returns, appointments_people=draft.appointments_people,
        pathways=tuple(draft.pathways), effects=tuple(draft.effects), acting=tuple(draft.acting),
        not_modelled=tuple(draft.not_modelled),
    )  # fmt: skip


def people_a_day(policy: Policy) -> float | None:
    """Return the daily number that a policy names: infinite where it names none.

    ``None`` where a total cannot be spread because no end is known; raises `ScenarioError` for a unit that
    is no number of people.
    """
    amount = policy.effect.get("amount", Amount(None, ""))
    if amount.value is None:
        return float("inf")
    rule = UNITS.get(amount.unit, NO_RATE)
    if rule == NO_RATE:
        known = ", ".join(unit for unit, meaning in UNITS.items() if meaning != NO_RATE)
        raise ScenarioError(
            f"policy {policy.id}", "unit is no number of people in a time", f"use one of {known}",
            column="unit", value=amount.unit,
        )  # fmt: skip
    if rule in (PER_DAY, TUESDAY_TO_SATURDAY):
        return amount.value
    if rule == PER_MONTH:
        return amount.value / DAYS_A_MONTH
    end = policy.span.end or policy.planned_end
    return None if end is None else amount.value / Span(policy.span.start, end).days


def _empty(region: Region, start: date, days: int) -> _Draft:
    gates = region.gates.select("id", "place", "covers").rows()
    nationalities = tuple(sorted(set(region.origins["nationality"].to_list())))
    shape = (len(gates), len(nationalities), days)
    routes = region.routes.select("id", "from", "to", "kind", "one_way").rows()
    back = (f"{to}--{origin}--{kind}" for _, origin, to, kind, one_way in routes if not one_way)
    return _Draft(
        window=Span(start, start + timedelta(days=days)),
        gates=tuple(gate for gate, _, _ in gates),
        places=tuple(frozenset((place, *(covers or "").split("|"))) - {""} for _, place, covers in gates),
        nationalities=nationalities, links=frozenset((*(route[0] for route in routes), *back)),
        expulsion=np.zeros(shape, dtype=np.bool_), returns=np.zeros(shape, dtype=np.bool_),
        appointments_people=np.full((len(gates), days), np.nan),
    )  # fmt: skip


def _apply(draft: _Draft, policy: Policy, exemptions: list[Policy], all_of: Iterable[Policy]) -> str | None:
    """Write a policy into the draft; return the reason if it moves nobody."""
    if (never := KINDS[policy.kind]) is not None:
        return never
    if policy.kind == "quota-pathway":
        return _pathway(draft, policy)
    if policy.kind == "pathway-bar":
        return _bar(draft, policy, all_of)
    if policy.kind in EFFECTS:
        return _effect(draft, policy)
    if policy.kind == "appointments":
        return _appointments(draft, policy) if _gates(draft, policy) else NO_GATE
    reason = NO_CLASS if not _classes(draft, policy) else None
    reason = NO_GATE if not _gates(draft, policy) else reason
    if reason is None and policy.kind == "exemption" and not _exempts_expulsion(policy, all_of):
        reason = NO_PARENT
    if reason is not None:
        return reason
    if policy.kind == "return":
        return _return(draft, policy)
    if policy.kind == "exemption":
        # Some demographic groups only: the share expelled holds what the policy does.
        return None if policy.demographics is None else _effect(draft, policy)
    mask = _mask(draft, policy)
    lines = _line_of_descent(policy, all_of)
    for exemption in exemptions:
        if exemption.part_of in lines and exemption.demographics is None:
            mask &= ~_mask(draft, exemption)
    draft.expulsion |= mask
    return None


def _effect(draft: _Draft, policy: Policy) -> str | None:
    if not _classes(draft, policy):
        return NO_CLASS
    days = _in_force(draft, policy)
    before = np.zeros_like(days)
    if policy.announced is not None and policy.announced < policy.span.start:
        soon = max(policy.announced, policy.span.start - timedelta(days=RUSH_DAYS))
        part = Span(soon, policy.span.start).clip(draft.window)
        if part is not None:
            first = (part.start - draft.window.start).days
            before[first : first + part.days] = True
    named = [len(places.intersection(policy.where)) / len(places) for places in draft.places]
    first_day = (policy.span.start - draft.window.start).days
    draft.effects.append(Effect(policy, first_day, days, before, np.array(named)))
    return None


def _bar(draft: _Draft, policy: Policy, all_of: Iterable[Policy]) -> str | None:
    """Hold a bar for as long as the scenario has the pathway from which it bars."""
    for parent in all_of:
        if parent.id == policy.part_of and parent.kind == "quota-pathway" and parent.in_model:
            while_open = policy.span.clip(parent.span)
            if while_open is not None and while_open.clip(draft.window):
                return _effect(draft, replace(policy, span=while_open))
    return NO_PATHWAY


def _return(draft: _Draft, policy: Policy) -> str | None:
    if policy.legal_basis == ORDINARY_RETURN:
        draft.returns |= _mask(draft, policy)
        return None
    return _effect(draft, policy) if policy.legal_basis == WAIT_FOR_HEARING else ELSEWHERE


def _pathway(draft: _Draft, policy: Policy) -> str | None:
    links = tuple(link for link in policy.where if link in draft.links)
    classes = tuple(draft.nationalities[n] for n in _classes(draft, policy))
    if not links:
        return NO_LINK
    if not classes:
        return NO_CLASS
    quota = people_a_day(policy)
    if quota is None:
        return OPEN_TOTAL
    if np.isinf(quota):
        return NO_NUMBER
    per_day = np.zeros(draft.expulsion.shape[2])
    per_day[_days(draft, policy)] = quota
    draft.pathways.append(Pathway(policy.id, links, classes, per_day))
    return None


def _appointments(draft: _Draft, policy: Policy) -> str | None:
    quota = people_a_day(policy)
    if quota is None:
        return OPEN_TOTAL
    if np.isinf(quota):
        return NO_CEILING
    named = [sum(place in places for place in policy.where) for places in draft.places]
    for gate, count in enumerate(named):
        if count:
            row = draft.appointments_people[gate, _days(draft, policy)]
            row[:] = np.nan_to_num(row, nan=0.0, posinf=np.inf) + quota * (count / sum(named))
    return None


def _mask(draft: _Draft, policy: Policy) -> Mask:
    mask = np.zeros_like(draft.expulsion)
    mask[np.ix_(_gates(draft, policy), _classes(draft, policy))] = _in_force(draft, policy)
    return mask


def _in_force(draft: _Draft, policy: Policy) -> Mask:
    days = np.zeros(draft.expulsion.shape[2], dtype=np.bool_)
    days[_days(draft, policy)] = True
    return days


def _gates(draft: _Draft, policy: Policy) -> list[int]:
    return [gate for gate, places in enumerate(draft.places) if places.intersection(policy.where)]


def _classes(draft: _Draft, policy: Policy) -> list[int]:
    return [n for n, code in enumerate(draft.nationalities) if policy.concerns(code)]


def _days(draft: _Draft, policy: Policy) -> slice:
    part = policy.span.clip(draft.window)
    if part is None or part.end is None:
        return slice(0, 0)
    return slice((part.start - draft.window.start).days, (part.end - draft.window.start).days)


def _line_of_descent(policy: Policy, all_of: Iterable[Policy]) -> set[str]:
    by_id = {other.id: other for other in all_of}
    line, at = {policy.id}, policy
    while at.part_of in by_id and at.part_of not in line:
        at = by_id[at.part_of]
        line.add(at.id)
    return line


def _exempts_expulsion(policy: Policy, all_of: Iterable[Policy]) -> bool:
    return any(other.id == policy.part_of and other.kind == "expulsion" for other in all_of)
