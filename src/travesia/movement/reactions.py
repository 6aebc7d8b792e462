"""How people react in one run to what a scenario changes: who departs, which gate, how long, who is stopped.

The attributes of a `Change` times the coefficients that the run has drawn are changes of utility; the pivot
logit of `choice` makes shares of them. Without a change the arrays of the plan are handed back as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from travesia.movement.choice import followed, going, least_moves, shares, when_open
from travesia.movement.effects import (
    AIR_SHUT,
    APPOINTED,
    BAR,
    BESIDE,
    CAMPAIGN,
    CEILING,
    CLOSED,
    DETERRED,
    EASED,
    EXEMPT,
    FEE,
    LAND_SHUT,
    METERED,
    PLACES,
    RELIEF,
    RUSH,
    SANCTION,
    SENT_BACK,
    SHOCK,
    STATUS,
    STOPPED,
    WAITS,
    WATCHED,
)
from travesia.movement.kernel import Rules
from travesia.movement.plan import Plan

Floats = npt.NDArray[np.float64]
Numbers = Mapping[str, float]
Parts = Mapping[str, Floats]
ROUTES = (AIR_SHUT, LAND_SHUT, FEE, EASED)
"""Coefficients of a route's utility: they move people between routes, and in part to staying."""
LEVELS = (SHOCK, SANCTION, RELIEF, STATUS, RUSH, BAR)
"""Coefficients of going at all: departures are multiplied by the exponential."""
GATES = (CLOSED, METERED, WATCHED, APPOINTED)
LEAST_LEFT = 0.1
"""Share of departures that a lawful pathway leaves at least."""
OPEN_DAYS = 90
"""Days before a route was shut whose share it gets back at least."""


def weighed(plans: Sequence[Plan]) -> frozenset[str]:
    """Return the parameters that weigh what any of the plans changes against the baseline."""
    names = {name for plan in plans for name in plan.change.parts}
    return frozenset(other for name in names for other in (name, *BESIDE.get(name, ())))


def reacting_departures(plan: Plan, departures: Floats, numbers: Numbers) -> Floats:
    """Return float64[day, source] departures after the reaction; `departures` itself without a change.

    For nationalities whose departures the scenario states itself, from that day on only routes are chosen
    again: the stated change is the whole response of how many go.
    """
    parts = plan.change.parts
    if not parts:
        return departures
    route = _sum(ROUTES, parts, numbers, departures) + _no_longer_stopped(plan, numbers)
    level = _sum(LEVELS, parts, numbers, departures) + _believed_at_departure(plan, numbers)
    out = departures.copy()
    stated = _stated(plan)
    if route.any():
        least = numbers["known-route-share"]
        for columns in _by_nationality(plan):
            base, du = departures[:, columns], route[:, columns]
            if not du.any():
                continue
            openly = when_open(base, plan.shut[:, columns], OPEN_DAYS, least)
            free = going(base, du, openly, numbers["going-elasticity"])
            out[:, columns] = np.where(stated[:, columns], going(base, du, openly, 0.0), free)
    if level.any():
        out = np.where((level == 0.0) | stated, out, out * np.exp(level))
    return _instead_of_pathways(plan, out, stated, numbers)


def reacting_rules(plan: Plan, numbers: Numbers) -> Rules:
    """Return the rules of a run: the plan's own where a scenario changes nothing."""
    parts, rules, first = plan.change.parts, plan.rules, plan.change.first_day
    if not parts:
        return rules
    changed: dict[str, Floats] = {}
    later = {name: values[first:] for name, values in parts.items()}
    utility = _gate_utility(later, numbers, rules.choice[first:])
    days, classes = np.nonzero(utility.any(axis=2))
    if len(days):
        rows = first + days, classes
        chosen = rules.choice[rows]
        new = shares(chosen, utility[days, classes])
        changed |= {name: getattr(rules, name).copy() for name in ("choice", "keep", "gain")}
        changed["choice"][rows] = new
        changed["keep"][rows], changed["gain"][rows] = least_moves(chosen, new)
    if EXEMPT in parts:
        changed["expel"] = rules.expel.copy()
        changed["expel"][first:] *= np.swapaxes(np.exp(later[EXEMPT]), 1, 2)
        np.minimum(1.0, changed["expel"][first:], out=changed["expel"][first:])
    if STOPPED in parts:
        changed["stop"] = np.minimum(1.0, numbers[STOPPED] * np.maximum(parts[STOPPED], 0.0))
    if WAITS in parts:
        changed["waits"] = numbers[WAITS] ** parts[WAITS]
    if CEILING in parts:
        changed["ceiling"] = parts[CEILING] - 1.0
    fields: dict[str, Any] = {name: np.ascontiguousarray(values) for name, values in changed.items()}
    return rules._replace(**fields)


def deterred(plan: Plan, numbers: Numbers) -> Floats:
    """Return float64[day, source], people who depart under the baseline and stay in the scenario.

    Below 0 where more depart. Changes that the scenario states itself are not in it.
    """
    return plan.departures - reacting_departures(plan, plan.departures, numbers)


def _sum(names: tuple[str, ...], parts: Parts, numbers: Numbers, like: Floats) -> Floats:
    out = np.zeros_like(like)
    for name in names:
        if name in parts:
            out += numbers[name] * parts[name]
    return out


def _no_longer_stopped(plan: Plan, numbers: Numbers) -> Floats:
    """Return the utility of routes on which fewer are stopped than when the counts came about.

    Demand is worked back net of those who were stopped for good: without the stops more come through.
    """
    part = plan.change.parts.get(STOPPED)
    if part is None:
        return np.zeros_like(plan.departures)
    fewer = -np.minimum(part, 0.0)
    classes = plan.frame.source_class
    n = len(classes)
    total = fewer[:, :n] + fewer[:, n + 2 * classes] + fewer[:, n + 2 * classes + 1]
    lost = numbers[STOPPED] * (1.0 - numbers["retry-after-stop"])
    return np.asarray(-np.log1p(-lost) * total)


def _believed(parts: Parts, numbers: Numbers, like: Floats, with_outcomes: bool) -> Floats | None:
    """Return float64[day, class, gate], how beliefs about being sent back differ from the baseline's.

    What smugglers say does not change with the outcome, so the part of people who take their word does not
    learn: reach times trust is taken off.
    """
    felt = np.zeros_like(like)
    if DETERRED in parts:
        felt += numbers[DETERRED] * parts[DETERRED]
    if with_outcomes and SENT_BACK in parts:
        felt += parts[SENT_BACK]
    if not felt.any():
        return None
    heard = 1.0 - numbers["smuggler-reach"] * numbers["smuggler-trust"]
    return heard * followed(felt, numbers["experience-days"])


def _gate_utility(parts: Parts, numbers: Numbers, like: Floats) -> Floats:
    out = _sum(GATES, parts, numbers, like)
    weight = numbers.get("belief-gate-utility", 0.0)
    believed = _believed(parts, numbers, like, True) if weight else None
    return out if believed is None else out + weight * believed


def _believed_at_departure(plan: Plan, numbers: Numbers) -> Floats:
    """Return float64[day, source], the utility of going that news, deterrence and campaigns change."""
    parts = plan.change.parts
    out = np.zeros_like(plan.departures)
    weight = numbers.get("belief-departure-utility", 0.0)
    if not weight:
        return out
    if CAMPAIGN in parts:
        told = numbers[CAMPAIGN] * numbers["campaign-trust"] * parts[CAMPAIGN]
        out += weight * followed(told, numbers["belief-memory-days"])
    believed = _believed(parts, numbers, plan.rules.choice, False)
    if believed is not None:
        by_class = (believed * plan.rules.choice).sum(axis=2)
        out += weight * by_class[:, plan.frame.source_class]
    return out


def _instead_of_pathways(
    plan: Plan, departures: Floats, stated: npt.NDArray[np.bool_], numbers: Numbers
) -> Floats:
    """Take off those who stay and apply where a pathway has more places; add them where it has fewer."""
    places = plan.change.parts.get(PLACES)
    if places is None:
        return departures
    out = departures.copy()
    names = plan.frame.itineraries.nationalities
    for columns in _by_nationality(plan):
        source = plan.frame.itineraries.sources[columns[0]]
        staying = numbers["pathway-stay-share"] * places[:, names.index(source.nationality)]
        total = out[:, columns].sum(axis=1)
        wanted = np.maximum(total - staying, LEAST_LEFT * total)
        spread = np.full((len(total), len(columns)), 1.0 / len(columns))
        np.divide(out[:, columns], total[:, None], out=spread, where=total[:, None] > 0.0)
        touched = (staying != 0.0)[:, None] & ~stated[:, columns]
        out[:, columns] = np.where(touched, wanted[:, None] * spread, out[:, columns])
    return out


def _by_nationality(plan: Plan) -> list[list[int]]:
    sources = plan.frame.itineraries.sources
    names = dict.fromkeys(source.nationality for source in sources)
    return [[s for s, source in enumerate(sources) if source.nationality == name] for name in names]


def _stated(plan: Plan) -> npt.NDArray[np.bool_]:
    """Return bool[day, source]: the scenario states by itself how departures change."""
    out = np.zeros(plan.departures.shape, dtype=np.bool_)
    for change in plan.scenario.departures:
        for s, source in enumerate(plan.frame.itineraries.sources):
            if source.nationality in change.nationalities:
                out[max(0, plan.frame.day(change.start)) :, s] = True
    return out
