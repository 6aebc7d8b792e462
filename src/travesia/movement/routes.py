"""Routes over the links of a region: travel days and shortest ways.

The length of a journey is the sum over its links of km over the km a day of the link's kind, plus a share
of a day at each frontier; air links take a day whatever their length. Speeds are parameters of the pack.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from travesia.region import Region
from travesia.terms import ScenarioError

LAWFUL_KINDS = frozenset({"air_lawful"})
"""Links that only lawful pathways use."""


@dataclass(frozen=True)
class Step:
    """One link in one direction; `days` from its start to its end."""

    link: str
    kind: str
    forward: bool
    start: str
    end: str
    days: float


@dataclass(frozen=True)
class Network:
    """Steps that leave each place."""

    steps: Mapping[str, tuple[Step, ...]]
    country: Mapping[str, str]

    def way(
        self, start: str, targets: Collection[str], *, avoid: Collection[str] = (), by_air: bool = False
    ) -> tuple[Step, ...] | None:
        """Return the quickest way from a place to the nearest target, or ``None`` where there is none.

        Parameters
        ----------
        start, targets
            Place ids.
        avoid
            Places that the way must not touch.
        by_air
            Whether air links may be used.

        Ties are broken by place id, so that the answer does not depend on the order of the files.
        """
        best: dict[str, float] = {start: 0.0}
        came: dict[str, Step] = {}
        heap = [(0.0, start)]
        while heap:
            days, place = heapq.heappop(heap)
            if days > best[place]:
                continue
            if place in targets:
                return _unwind(came, start, place)
            for step in self.steps.get(place, ()):
                reach = days + step.days
                allowed = step.end not in avoid and (by_air or step.kind != "air")
                if allowed and reach < best.get(step.end, float("inf")):
                    best[step.end] = reach
                    came[step.end] = step
                    heapq.heappush(heap, (reach, step.end))
        return None


def network(region: Region, parameters: Mapping[str, float]) -> Network:
    """Return the network of a region; `parameters` are values by id, speeds in km a day.

    Raises
    ------
    ScenarioError
        Where the speed of a kind of link that the region has is missing or not above 0.
    """
    country = dict(region.places.select("id", "country").iter_rows())
    steps: dict[str, list[Step]] = {}
    for link, start, end, kind, km, one_way in region.routes.select(
        "id", "from", "to", "kind", "km", "one_way"
    ).iter_rows():
        if kind in LAWFUL_KINDS:
            continue
        days = (
            _value(region, parameters, "travel-air-days")
            if kind == "air"
            else km / _speed(region, parameters, kind)
        )
        days += _value(region, parameters, "frontier-days") if country[start] != country[end] else 0.0
        steps.setdefault(start, []).append(Step(link, kind, True, start, end, days))
        if not one_way:
            steps.setdefault(end, []).append(Step(link, kind, False, end, start, days))
    ordered = {
        place: tuple(sorted(found, key=lambda step: (step.end, step.link))) for place, found in steps.items()
    }
    return Network(ordered, country)


def _speed(region: Region, parameters: Mapping[str, float], kind: str) -> float:
    return _value(region, parameters, f"speed-{kind.replace('_', '-')}-km-day")


def _value(region: Region, parameters: Mapping[str, float], name: str) -> float:
    value = parameters.get(name)
    if value is None or value <= 0.0:
        raise ScenarioError(
            f"{region.name}/parameters.toml", f"{name} is missing or not above 0", "add it with its range"
        )
    return value


def _unwind(came: Mapping[str, Step], start: str, place: str) -> tuple[Step, ...]:
    way: list[Step] = []
    while place != start:
        way.append(came[place])
        place = came[place].start
    return tuple(reversed(way))
