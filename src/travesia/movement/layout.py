"""From itineraries to the kernel's arrays of who can be where, and how one goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from travesia.movement.itineraries import Itineraries, Leg, Station, days_to_gates, legs_of
from travesia.movement.kernel import GATE, HUB, Layout, Sources
from travesia.movement.stretches import first_places
from travesia.region import Region
from travesia.terms import chance


def layout_of(
    itineraries: Itineraries,
    gates: tuple[str, ...],
    places: list[str],
    links: list[tuple[str, bool]],
    region: Region,
) -> Layout:
    """Return stations and legs as arrays; `places` and `links` in the order of their numbers."""
    stations = itineraries.stations
    number = {station: k for k, station in enumerate(stations)}
    classes = {name: c for c, name in enumerate(itineraries.nationalities)}
    first_link, link, offset = _leg_arrays(legs_of(itineraries), links)
    moves = [(target, leg) for station in stations for target, leg in itineraries.moves[station]]
    counts = [len(itineraries.moves[station]) for station in stations]
    kind_of_gate = dict(region.gates.select("id", "kind").iter_rows())
    ints = np.int64
    return Layout(
        cls=np.array([classes[s.nationality] for s in stations], dtype=ints),
        kind=np.array([s.kind for s in stations], dtype=ints),
        gate=np.array([gates.index(s.gate) if s.gate else -1 for s in stations], dtype=ints),
        attempt=np.array([s.attempt for s in stations], dtype=ints),
        place=np.array([places.index(s.place) for s in stations], dtype=ints),
        retry=np.array([number[_next_attempt(s, number)] for s in stations], dtype=ints),
        key=np.array([chance.word(s.name) for s in stations], dtype=np.uint64),
        leave=np.array([_leave(s, itineraries) for s in stations]),
        first_move=np.concatenate([[0], np.cumsum(counts)]).astype(ints),
        move_target=np.array([number[target] for target, _ in moves], dtype=ints),
        move_days=np.array([leg.days for _, leg in moves], dtype=ints),
        move_gate=np.array(
            [gates.index(t.gate) if t.kind == GATE and t.gate else -1 for t, _ in moves], dtype=ints
        ),
        first_link=first_link,
        link=link,
        offset=offset,
        gate_key=np.array([chance.word(f"gate|{gate}") for gate in gates], dtype=np.uint64),
        between_ports=np.array([kind_of_gate[gate] == "sector" for gate in gates], dtype=ints),
        at_gate=_at_gate(stations, classes, gates),
        home=np.array([places.index(_home(region, name)) for name in classes], dtype=ints),
        home_days=np.array(_home_days(itineraries), dtype=ints),
    )


def _home(region: Region, nationality: str) -> str:
    """Return the place to which people are flown: of their places of origin the most populous one."""
    people = dict(region.places.select("id", "population").iter_rows())
    rows = region.origins.filter(region.origins["nationality"] == nationality).select("place", "role").rows()
    places = [place for place, role in rows if role != "second"] or [place for place, _ in rows]
    return str(max(places, key=lambda place: people[place] or 0))


def _home_days(itineraries: Itineraries) -> list[int]:
    """Return by nationality the days from home to a border gate, on its quickest route."""
    ways = list(zip(itineraries.sources, days_to_gates(itineraries), strict=True))
    return [
        min((days for source, days in ways if source.nationality == name), default=1)
        for name in itineraries.nationalities
    ]


def _at_gate(
    stations: tuple[Station, ...], classes: Mapping[str, int], gates: tuple[str, ...]
) -> npt.NDArray[np.int64]:
    attempts = 1 + max((station.attempt for station in stations), default=0)
    out = np.full((len(classes), len(gates), attempts), -1, dtype=np.int64)
    for k, station in enumerate(stations):
        if station.kind == GATE and station.gate:
            out[classes[station.nationality], gates.index(station.gate), station.attempt] = k
    return out


def _next_attempt(station: Station, number: Mapping[Station, int]) -> Station:
    later = replace(station, attempt=station.attempt + 1)
    return later if station.kind == GATE and later in number else station


def _leave(station: Station, itineraries: Itineraries) -> float:
    # Who leaves with chance p on each day, the first included, waits (1 - p) / p days on average.
    return 1.0 / (1.0 + itineraries.waits_days.get(station.place, 0.0)) if station.kind == HUB else 1.0


def _leg_arrays(
    legs: list[Leg], links: list[tuple[str, bool]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    place = {link: i for i, link in enumerate(links)}
    first, numbers, offsets = [0], list[int](), list[int]()
    for leg in legs:
        numbers += [place[step.link, step.forward] for step in leg.steps]
        offsets += leg.crossed
        first.append(len(numbers))
    return tuple(np.array(x, dtype=np.int64) for x in (first, numbers, offsets))  # type: ignore[return-value]


def sources_of(itineraries: Itineraries, places: list[str]) -> Sources:
    """Return where people depart, as arrays; pathways are named by each plan."""
    moves = sum(len(found) for found in itineraries.moves.values())
    number = {station: k for k, station in enumerate(itineraries.stations)}
    starts = [start for source in itineraries.sources for start in source.starts]
    counts = [len(source.starts) for source in itineraries.sources]
    names = [f"{source.nationality}|{source.route}" for source in itineraries.sources]
    origins = [place for source in itineraries.sources for place in first_places(source)]
    return Sources(
        key=np.array([chance.word(name) for name in names], dtype=np.uint64),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        target=np.array([number[station] for _, station, _ in starts], dtype=np.int64),
        leg=np.arange(moves, moves + len(starts), dtype=np.int64),
        days=np.array([leg.days for _, _, leg in starts], dtype=np.int64),
        weight=np.array([weight for weight, _, _ in starts]),
        place=np.array([places.index(name) for name in origins], dtype=np.int64),
        start_key=np.array([chance.word(name) for name in origins], dtype=np.uint64),
        pathway_key=np.zeros(0, dtype=np.uint64),
        class_key=np.array([chance.word(name) for name in itineraries.nationalities], dtype=np.uint64),
    )
