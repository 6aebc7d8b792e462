"""Itineraries: how people of each nationality go from their places of origin to the border gates.

A nationality has up to two **routes**. The *corridor* route leads through the first checkpoint that the
pack lists (the Darién, in the Americas); it is open to nationalities that were counted there. The
*direct* route avoids it, and leads through the next checkpoint if enough of the nationality were counted
there (`COUNTED_SHARE`). On a route people pass the checkpoints that lie on the quickest way, reach a
**hub**, the first place on the near side of the border (a checkpoint there, if the way leads through
one), wait, and choose a border gate. After the hub it no longer matters by which route one came. Air links
serve the first part of a journey only: behind a checkpoint or hub people go by land and water.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Literal

import polars as pl

from travesia.movement.kernel import CHECKPOINT, GATE, HUB
from travesia.movement.routes import Network, Step, network
from travesia.region import Region
from travesia.terms import PackError, ScenarioError

Route = Literal["corridor", "direct"]
COUNTED_SHARE = 0.2
"""People counted at the second checkpoint beyond those of the corridor, as a share of the encounters at the
border, from which on the direct route of a nationality is taken to lead through it."""
CROSSING_DAYS = 1.0
"""Most days from the last place on the near side to where people are met."""
ATTEMPTS = 3
"""Attempts told apart at a gate; the last one holds all later ones."""


@dataclass(frozen=True)
class Leg:
    """A stretch between two stations: its steps, and the whole days that it takes, waits included.

    `crossed` holds the day of the stretch on which each step ends.
    """

    steps: tuple[Step, ...]
    days: int
    crossed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Station:
    """A state of people: a nationality at a checkpoint, hub or gate, for gates at an attempt."""

    nationality: str
    kind: int
    place: str
    gate: str | None
    attempt: int = 0

    @property
    def name(self) -> str:
        """The name that keys its draws; it does not depend on what else the region holds."""
        return f"{self.nationality}|{self.place}|{self.gate or ''}|{self.attempt}"


@dataclass(frozen=True)
class Source:
    """People of a nationality who set out on a route: (share, first station, leg) by place of origin."""

    nationality: str
    route: Route
    starts: tuple[tuple[float, Station, Leg], ...]


@dataclass(frozen=True)
class Itineraries:
    """All stations with their onward moves, all sources, and who could not be routed and why."""

    nationalities: tuple[str, ...]
    stations: tuple[Station, ...]
    moves: Mapping[Station, tuple[tuple[Station, Leg], ...]]
    sources: tuple[Source, ...]
    corridor: str | None
    near_side: frozenset[str]
    """States from which one comes to the border gates."""
    waits_days: Mapping[str, float]
    """Mean days of waiting at a hub that is a checkpoint, by place; other hubs have no wait."""
    not_routed: tuple[tuple[str, str], ...]


@dataclass
class _Builder:
    """Collects stations and moves while the routes of one region are worked out."""

    region: Region
    net: Network
    parameters: Mapping[str, float]
    until: str | None
    moves: dict[Station, tuple[tuple[Station, Leg], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = list(self.region.gates.iter_rows(named=True))
        self.checkpoints = [row for row in rows if row["kind"] == "checkpoint"]
        self.gates = list(self.region.border_gates.iter_rows(named=True))
        for row in self.gates:
            if not row["approach"]:
                raise PackError(
                    f"{self.region.name}/gates.csv", "a border gate without an approach cannot be reached",
                    "name the places before it", column="id", value=row["id"],
                )  # fmt: skip
        if "wait-border-town-days" not in self.parameters:
            raise ScenarioError(
                f"{self.region.name}/parameters.toml", "wait-border-town-days is missing",
                "add it with its range",
            )  # fmt: skip
        self.gate_places = {row["id"]: _places(row) for row in rows}
        self.approaches = {place for row in self.gates for place in _split(row["approach"])}
        self.near = {self.net.country[place] for place in self.approaches}
        self.near_places = {place for place, country in self.net.country.items() if country in self.near}
        self.corridor = self.checkpoints[0] if self.checkpoints else None
        self.corridor_places = self.gate_places[self.corridor["id"]] if self.corridor else frozenset[str]()
        self.overland = _overland(self.region, self.checkpoints, self.near, self.until)

    def leg(self, steps: tuple[Step, ...], wait_days: float = 0.0, wait_before: int = 0) -> Leg:
        """Make a leg; `wait_days` are spent before the step `wait_before`, other waits where a step ends."""
        waits = [self.parameters.get(f"wait-{step.end}-days", 0.0) for step in steps[:-1]]
        days = max(1, round(sum(step.days for step in steps) + sum(waits) + wait_days))
        before = [0.0, *waits]
        before[wait_before] += wait_days
        gone = accumulate(wait + step.days for wait, step in zip(before, steps, strict=True))
        return Leg(steps, days, tuple(min(days, round(reached)) for reached in gone))

    def stations_on(self, nationality: str, way: tuple[Step, ...]) -> Iterator[tuple[int, Station]]:
        """Yield (steps done, station) along a way: foreign checkpoints, and at last the hub."""
        for done, step in enumerate(way, start=1):
            here = next((row for row in self.checkpoints if step.end in self.gate_places[row["id"]]), None)
            country = self.net.country[step.end]
            gate = here["id"] if here and country != nationality else None
            if country in self.near:
                # A checkpoint a little further on the way is the hub; else the first place across the border.
                rest = [place.end for place in way[done - 1 :]]
                for row in self.checkpoints:
                    later = [place for place in rest if place in self.gate_places[row["id"]]]
                    if later and country != nationality:
                        at = done + rest.index(later[0])
                        yield at, Station(nationality, HUB, later[0], row["id"])
                        return
                yield done, Station(nationality, HUB, step.end, None)
                return
            if gate:
                yield done, Station(nationality, CHECKPOINT, step.end, gate)

    def start(self, nationality: str, origin: str, route: Route) -> tuple[Station, Leg] | None:
        """Return the first station and leg from an origin, making all stations behind it."""
        if self.net.country[origin] in self.near:
            hub = Station(nationality, HUB, origin, None)
            self.choose(hub)
            return (hub, Leg((), 1)) if self.moves[hub] else None
        if route == "corridor":
            through, avoid = [self.corridor_places], frozenset[str]()
        else:
            through, avoid = (
                [self.gate_places[gate] for gate in self.overland.get(nationality, ())],
                self.corridor_places,
            )
        way: tuple[Step, ...] = ()
        for stage, targets in enumerate([*through, self.approaches]):
            here = way[-1].end if way else origin
            # The way to a checkpoint abroad does not lead over the near side and back.
            beside = avoid if self.near_places.intersection(targets) else avoid | self.near_places
            part = self.net.way(here, targets, avoid=beside, by_air=stage == 0)
            if part is None:
                return None
            way += part
        found = list(self.stations_on(nationality, way))
        if not found or found[-1][1].kind != HUB:
            return None
        self.choose(found[-1][1])
        if not self.moves[found[-1][1]]:
            return None
        for (done, station), (later, following) in pairwise(found):
            wait = self.parameters.get(f"wait-{station.place}-days", 0.0)
            self.moves.setdefault(station, ((following, self.leg(way[done:later], wait)),))
        return found[0][1], self.leg(way[: found[0][0]])

    def choose(self, hub: Station) -> None:
        """Give a hub its moves to every gate that can be reached from it."""
        if hub in self.moves:
            return
        wait = self.parameters["wait-border-town-days"]
        moves = []
        for row in self.gates:
            way = self.net.way(hub.place, self.gate_places[row["id"]])
            if way:
                home = _split(row["approach"])[0]
                station = Station(hub.nationality, GATE, home, row["id"])
                # Sectors stand at their headquarters, up to 240 km inside; people are met at the line.
                line = replace(way[-1], days=min(way[-1].days, CROSSING_DAYS))
                moves.append((station, self.leg((*way[:-1], line), wait, wait_before=-1)))
                for attempt in range(1, ATTEMPTS):
                    self.moves[Station(hub.nationality, GATE, home, row["id"], attempt)] = ()
                self.moves[station] = ()
        self.moves[hub] = tuple(moves)


def plan_itineraries(
    region: Region, parameters: Mapping[str, float], until: str | None = None
) -> Itineraries:
    """Work out the itineraries of every nationality that the region's origins name.

    Parameters
    ----------
    region
        Places, links, gates and origins.
    parameters
        Values by id: ``speed-KIND-km-day``, ``frontier-days``, ``wait-border-town-days`` and any
        ``wait-PLACE-days`` for a place passed on the way.
    until
        Last month of the observations that may be used; all for ``None``.
    """
    build = _Builder(region, network(region, parameters), parameters, until)
    nationalities, not_routed = _classes(region, until)
    counted = _counted_at(region, build.corridor["series"], until) if build.corridor else set()
    population = dict(region.places.select("id", "population").iter_rows())
    sources = []
    for nationality in nationalities:
        rows = region.origins.filter(pl.col("nationality") == nationality).select("place", "role").rows()
        routes: list[Route] = ["corridor", "direct"] if nationality in counted - build.near else ["direct"]
        reached = False
        for route in routes:
            places = [place for place, role in rows if route == "corridor" or role != "second"]
            starts = [(place, build.start(nationality, place, route)) for place in places]
            found = [(place, *start) for place, start in starts if start is not None]
            if found:
                weights = _weights([population[place] for place, _, _ in found])
                starts_of = tuple(
                    (w, station, leg) for w, (_, station, leg) in zip(weights, found, strict=True)
                )
                sources.append(Source(nationality, route, starts_of))
                reached = True
        if not reached:
            not_routed.append(
                (nationality, "no way over the links from its places of origin to a border gate")
            )
    stations = tuple(sorted(build.moves, key=lambda station: station.name))
    corridor = build.corridor["id"] if build.corridor else None
    near = frozenset(build.near)
    place_of_gate = dict(region.gates.select("id", "place").iter_rows())
    hubs = [station for station in stations if station.kind == HUB and station.gate]
    waits = {hub.place: parameters.get(f"wait-{place_of_gate[hub.gate or '']}-days", 0.0) for hub in hubs}
    return Itineraries(
        nationalities, stations, build.moves, tuple(sources), corridor, near, waits, tuple(not_routed)
    )


def _classes(region: Region, until: str | None) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Return the nationalities that the border tells apart and that have origins; and who is left out."""
    border = region.border_gates["series"].drop_nulls().unique()
    named = set[str]().union(*(_counted_at(region, series, until) for series in border))
    with_origin = set(region.origins["nationality"])
    left_out = [
        (name, "counted at the border, but the pack names no place of origin") for name in named - with_origin
    ]
    left_out += [
        (name, "the border gates count them among OTHER, as which they travel")
        for name in with_origin - named
    ]
    return tuple(sorted(named & with_origin)), sorted(left_out)


def _counted_at(region: Region, series: str | None, until: str | None) -> set[str]:
    rows = region.observations.filter(
        pl.col("series") == series, pl.lit(until is None) | (pl.col("period") <= (until or ""))
    )
    return set(rows["nationality"].drop_nulls().unique())


def _overland(
    region: Region, checkpoints: list[dict[str, str]], near: set[str], until: str | None
) -> dict[str, tuple[str, ...]]:
    """Return, by nationality, the checkpoint behind the corridor through which its direct route leads."""
    further = [row for row in checkpoints[1:] if row["country"] not in near]
    if not further:
        return {}
    border = region.border_gates["series"].drop_nulls().unique()
    names = {"beyond": [further[0]["series"]], "before": [checkpoints[0]["series"]], "met": list(border)}
    rows = (
        region.observations.lazy()
        .filter(pl.col("period").str.len_chars() == len("2022-12"), pl.col("nationality").is_not_null())
        .filter(pl.lit(until is None) | (pl.col("period") <= (until or "")))
        .filter(pl.col("series").is_in([name for group in names.values() for name in group]))
        .select("series", "period", "nationality", "value")
        .collect()
    )
    # Only months since the youngest of the series began can be compared.
    first = rows.group_by("series").agg(pl.col("period").min())["period"].max()
    rows = rows.filter(pl.col("period") >= first)
    sums = {
        name: dict(
            rows.filter(pl.col("series").is_in(group))
            .group_by("nationality")
            .agg(pl.col("value").sum())
            .iter_rows()
        )
        for name, group in names.items()
    }
    return {
        nationality: (further[0]["id"],)
        for nationality, people in sums["beyond"].items()
        if nationality != further[0]["country"]
        and people - sums["before"].get(nationality, 0.0)
        >= COUNTED_SHARE * sums["met"].get(nationality, float("inf"))
    }


def _weights(populations: list[int | None]) -> list[float]:
    """Return shares by population; equal ones where a population is unknown."""
    if any(people is None for people in populations):
        return [1.0 / len(populations)] * len(populations)
    total = sum(people for people in populations if people is not None)
    return [(people or 0) / total for people in populations]


def _split(text: str | None) -> list[str]:
    return text.split("|") if text else []


def _places(row: Mapping[str, str | None]) -> frozenset[str]:
    return frozenset([str(row["place"]), *_split(row["covers"])])


def days_to_gates(itineraries: Itineraries) -> tuple[int, ...]:
    """Return by source the mean days from departure to a border gate, the wait at the hub included."""
    moves, waits = itineraries.moves, itineraries.waits_days
    out = []
    for source in itineraries.sources:
        total = 0.0
        for weight, station, leg in source.starts:
            days, here = float(leg.days), station
            while len(moves[here]) == 1:
                here, onward = moves[here][0]
                days += onward.days
            last = [onward.days for _, onward in moves[here]]
            total += weight * (days + waits.get(here.place, 0.0) + (sum(last) / len(last) if last else 0.0))
        out.append(round(total))
    return tuple(out)


def legs_of(itineraries: Itineraries) -> list[Leg]:
    """Return the leg of every move, station by station, and then of every start, source by source."""
    onward = [leg for station in itineraries.stations for _, leg in itineraries.moves[station]]
    return onward + [leg for source in itineraries.sources for _, _, leg in source.starts]
