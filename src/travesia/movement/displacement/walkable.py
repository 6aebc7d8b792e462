"""What a displacement must be so that people can walk in it, told in one line where it is not.

A folder is checked cell by cell when it is imported; a pack may have been written by hand since, and some
things are only wrong together.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import NoReturn

from travesia.movement.displacement.counts import INITIAL
from travesia.movement.displacement.displacement import Displacement
from travesia.movement.displacement.settings import rule_bounds
from travesia.movement.kernel import MOST_CLOCKS
from travesia.terms import ScenarioError

MOST_DAYS_ON_LINK = 100_000
"""Days that a link may take; each of them is a list of people under way."""
_SPEED = "max_move_speed"
_LEAST_SPEED, _MOST = math.ulp(0.0), 2.0**53


def require_walkable(displacement: Displacement, quirks: bool) -> None:
    """Check a displacement before anything is laid out.

    Parameters
    ----------
    displacement
        As read, at any scale.
    quirks
        Whether it is for the peer's rules, by which the km of a day are counted one by one.

    Raises
    ------
    ScenarioError
        For a displacement without sites or counts, rules, columns or speeds out of bounds, links without
        length where weight is one over the length, and links that nobody gets to the end of.
    """
    name, move, spawn = displacement.name, displacement.settings.move, displacement.settings.spawn
    if not displacement.sites:
        raise ScenarioError(name, "has no sites", "name the places that people leave and come to")
    if spawn.conflict_driven is None and not displacement.counts:
        remedy = "add the total, or let people set out by conflict (conflict_driven)"
        raise ScenarioError(name, "has no counts that say how many people set out", remedy)
    speeds = (_LEAST_SPEED, MOST_CLOCKS if quirks else math.inf)
    for speed in (_SPEED, "max_walk_speed"):
        _within(name, speed, getattr(move, speed), speeds)
    for item in dataclasses.fields(move):
        if not isinstance(value := getattr(move, item.name), bool):
            _within(name, item.name, value, rule_bounds(item.name))
    for site in displacement.sites:
        for column in ("capacity_per_day", INITIAL):
            _number(f"{name}: {site.name}", site.columns, column, (0.0, _MOST))
    for link in displacement.links:
        where = f"{name}: {link.one} to {link.other}"
        own = _number(where, link.columns, _SPEED, speeds)
        _require_end(where, link.km, move.max_walk_speed if move.start_on_foot else math.inf)
        _require_end(where, link.km, move.max_move_speed if own is None else own)
        if move.softening + link.km <= 0.0 < move.distance_power:
            problem = "has no length, and softening is 0, so that its weight is without bound"
            raise ScenarioError(where, problem, "give it a length, or set softening above 0")


def _number(where: str, columns: Mapping[str, str], column: str, bounds: tuple[float, float]) -> float | None:
    text = columns.get(column, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        _refuse(where, column, text, "is not a number")
    _within(where, column, value, bounds)
    return value


def _within(where: str, column: str, value: float, bounds: tuple[float, float]) -> None:
    least, most = bounds
    if not (math.isfinite(value) and least <= value <= most):
        allowed = f"at least {least:g}" if most == math.inf else f"{least:g} to {most:g}"
        if least == _LEAST_SPEED:
            allowed = "above 0" if most == math.inf else f"above 0 and at most {most:g}"
        _refuse(where, column, value, f"is out of range, which is {allowed}")


def _refuse(where: str, column: str, value: object, problem: str) -> NoReturn:
    raise ScenarioError(where, problem, "correct the value", column=column, value=value)


def _require_end(where: str, km: float, km_a_day: float) -> None:
    if km > MOST_DAYS_ON_LINK * km_a_day:
        problem = f"takes more than {MOST_DAYS_ON_LINK:,} days at {km_a_day:g} km a day"
        raise ScenarioError(where, problem, "correct its length or the speed", column="km", value=km)
