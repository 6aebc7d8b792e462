"""From which day on a scenario differs from another, nationality by nationality.

A nationality is apart from the day on which anything that is decided about it differs, or on which it shares
a number with one that is apart: the ceiling or the appointments of a gate, the places of a pathway. Nothing
else couples nationalities: draws are keyed by state, and beliefs follow the chance that holds at a gate,
not what others have met there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from travesia.movement.effects import CEILING, COLUMNS
from travesia.movement.kernel import Rules
from travesia.movement.plan import Frame, Plan

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_RULES = {
    "expel": "gate, class", "accept": "gate, class", "appointments": "gate", "turn_back": "class",
    "choice": "class, gate", "keep": "class, gate", "gain": "class, gate", "stop": "stretch",
    "waits": "class", "ceiling": "gate",
}  # fmt: skip
"""What the columns of the rules stand for, as `COLUMNS` tells it of what a scenario changes."""
_NOT_DECIDED = {"quota", "period"}
"""Pathways are matched by name; all scenarios of a frame have the same periods."""


def first_day_apart(one: Plan, other: Plan) -> int:
    """Return the first day on which two plans of one frame differ; the number of days if they never do."""
    return int(_decided_apart(one, other).min(initial=one.frame.span.days))


def days_apart(plans: Sequence[Plan]) -> Ints:
    """Return int64[plan, class], the day from which on a class is no longer what it is in the first plan.

    The number of days if it always is.
    """
    leader, out = plans[0], np.stack([_decided_apart(plans[0], plan) for plan in plans])
    for apart, plan in zip(out[1:], plans[1:], strict=True):
        shared = [*_shared(leader), *_shared(plan)]
        before = None
        while before is None or (before != apart).any():
            before = apart.copy()
            for days, classes in shared:
                first = apart[classes].min(initial=len(days))
                later = first + np.flatnonzero(days[first:])[:1]
                apart[classes] = np.minimum(apart[classes], later.min(initial=len(days)))
    return out


def _decided_apart(one: Plan, other: Plan) -> Ints:
    """Return int64[class], the first day on which what is decided about a class differs."""
    frame, columns, days = one.frame, _columns(one.frame), one.frame.span.days
    pairs: list[tuple[str, Floats, Floats]] = [("source", one.departures, other.departures)]
    for name in sorted({*Rules._fields} - _NOT_DECIDED):
        pairs.append((_RULES[name], getattr(one.rules, name), getattr(other.rules, name)))
    for name in {*one.pathways, *other.pathways}:
        pairs.append(("class", _quota(one, name), _quota(other, name)))
    for name in {*one.change.parts, *other.change.parts}:
        pairs.append((COLUMNS[name], _changed(one, name), _changed(other, name)))
    out = np.full(len(frame.itineraries.nationalities), days)
    for axes, a, b in pairs:
        unlike = (a != b).reshape(days, -1)
        first = np.where(unlike.any(axis=0), unlike.argmax(axis=0), days)
        out = np.minimum(out, np.where(columns[axes], first, days).min(axis=1, initial=days))
    for change in set(one.scenario.departures) ^ set(other.scenario.departures):
        named = [name in change.nationalities for name in frame.itineraries.nationalities]
        out[named] = np.minimum(out[named], max(0, frame.day(change.start)))
    return out


def _columns(frame: Frame) -> dict[str, Bools]:
    """Return bool[class, column] by what columns stand for: the column decides about the class."""
    each, gates = np.eye(len(frame.itineraries.nationalities), dtype=np.bool_), len(frame.gates)
    sources = each[:, frame.source_class]
    return {
        "class": each,
        "source": sources,
        "stretch": np.concatenate([sources, np.repeat(each, 2, axis=1)], axis=1),
        "class, gate": np.repeat(each, gates, axis=1),
        "gate, class": np.tile(each, gates),
        "gate": _comes_to(frame).T,
    }


def _comes_to(frame: Frame) -> Bools:
    """Return bool[gate, class]: people of the class may come to the gate or checkpoint."""
    out = np.zeros((len(frame.gates), len(frame.itineraries.nationalities)), dtype=np.bool_)
    stations = frame.layout.gate >= 0
    out[frame.layout.gate[stations], frame.layout.cls[stations]] = True
    return out


def _shared(plan: Plan) -> list[tuple[Bools, Bools]]:
    """Return what classes share in a scenario: bool[day] on which it is shared out, bool[class] by whom."""
    held = (plan.rules.ceiling >= 0.0) | (_changed(plan, CEILING) > 0.0)
    at_gates = held | (plan.rules.appointments > 0.0)
    places = (_quota(plan, name) for name in plan.pathways)
    return [
        *zip(at_gates.T, _comes_to(plan.frame), strict=True),
        *((quota.any(axis=1), quota.any(axis=0)) for quota in places),
    ]


def _changed(plan: Plan, name: str) -> Floats:
    """Return float64[day, ...], what a scenario changes of an attribute; one 0 where it changes nothing."""
    return plan.change.parts.get(name, np.zeros(1))


def _quota(plan: Plan, name: str) -> Floats:
    """Return float64[day, class], the day's places of a pathway for those whom it names."""
    nationalities = plan.frame.itineraries.nationalities
    out = np.zeros((plan.frame.span.days, len(nationalities)))
    for path in plan.timetable.pathways:
        if path.policy == name and name in plan.pathways:
            out[:] = plan.rules.quota[:, plan.pathways.index(name), None]
            out *= [nationality in path.nationalities for nationality in nationalities]
    return out
