"""Checks of places, links, gates and origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from travesia.region.findings import Fault, Severity, Subject
from travesia.region.shapes import great_circle_km, project, projection_of

UNCHECKED = "unchecked"
"""Coordinates as an imported folder gave them: what they contradict is doubtful, not wrong."""
HALF_CELL_KM = 7.9
"""Half the diagonal of a cell of 0.1 degree at the equator: how far rounding may move an end of a link."""
SLACK_KM = 0.5
"""Lengths may be rounded by this much."""
END_GATES = ("sector", "port")
"""Kinds of gates at which a journey ends; checkpoints are passed."""


def duplicate_links(subject: Subject) -> Iterator[Fault]:
    """Find links with the same ends, direction and kind as another."""
    seen: dict[tuple[str, str, str], str] = {}
    for index, link in enumerate(subject.region.routes.iter_rows(named=True)):
        ways = [(link["from"], link["to"], link["kind"])]
        if not link["one_way"]:
            ways.append((link["to"], link["from"], link["kind"]))
        if double := next((seen[way] for way in ways if way in seen), None):
            yield Fault("routes", index, "id", f"{link['id']} is the same link as {double}", "keep one")
        seen.update(dict.fromkeys(ways, link["id"]))


def short_links(subject: Subject) -> Iterator[Fault]:
    """Find links shorter than the great circle between their ends, or from a place to itself.

    An end whose coordinates are rounded to a district may be off by `HALF_CELL_KM`; with an unchecked end a
    short link is a warning.
    """
    places = {place["id"]: place for place in subject.region.places.iter_rows(named=True)}
    for index, link in enumerate(subject.region.routes.iter_rows(named=True)):
        start, end = places[link["from"]], places[link["to"]]
        if start is end:
            yield Fault("routes", index, "to", f"{link['id']} ends where it starts", "name another place")
        least = great_circle_km(start["lon"], start["lat"], end["lon"], end["lat"])
        rounded = sum(place["coordinates"] == "district" for place in (start, end))
        if link["km"] < least - SLACK_KM - rounded * HALF_CELL_KM:
            message = f"{link['km']:g} km is shorter than the great circle, {least:.1f} km"
            remedy = "correct the length or the coordinates"
            yield Fault("routes", index, "km", message, remedy, _severity(start, end))


def dangers(subject: Subject) -> Iterator[Fault]:
    """Find links that stand under two dangers: time on them would be counted twice."""
    seen: dict[str, str] = {}
    for index, danger in enumerate(subject.region.dangers.iter_rows(named=True)):
        for link in danger["links"].split("|"):
            if link in seen:
                message = f"{link} stands under {seen[link]} too"
                yield Fault("dangers", index, "links", message, "keep one")
            seen[link] = danger["id"]


def reachable_places(subject: Subject) -> Iterator[Fault]:
    """Find places where nobody starts and no link leads, and origins from which a gate cannot be reached."""
    region = subject.region
    near = _backwards(region.routes.iter_rows(named=True))
    starts = set(region.origins["place"])
    for index, place in enumerate(region.places.iter_rows(named=True)):
        if place["id"] not in starts and not near[place["id"]]:
            message = f"nobody starts at {place['id']} and no link leads there"
            yield Fault("places", index, "id", message, "add a link or an origin", _severity(place))
    ends = [gate for gate in region.gates.iter_rows(named=True) if gate["kind"] in END_GATES]
    upstream = {place: _upstream(place, near) for gate in ends for place in _stands_for(gate)}
    for index, start in enumerate(region.origins["place"]):
        cut = [place for place, before in upstream.items() if start not in before]
        if cut:
            message = f"no way leads from {start} to {', '.join(cut[:5])}"
            yield Fault("origins", index, "place", message, "add links")


def gates(subject: Subject) -> Iterator[Fault]:
    """Find gates without a near side or without a link from it, places with two gates, ports with none."""
    region = subject.region
    near = _backwards(region.routes.iter_rows(named=True))
    gate_of: dict[str, str] = {}
    for index, gate in enumerate(region.gates.iter_rows(named=True)):
        if not gate["approach"]:
            message = f"{gate['id']} has no near side"
            yield Fault("gates", index, "approach", message, "name the places before it")
        # The near side of a checkpoint may be some links away.
        passed = gate["kind"] not in END_GATES
        ends = _stands_for(gate)
        before: set[str] = set().union(*(_upstream(end, near) if passed else near[end] for end in ends))
        apart = [place for place in _ids(gate["approach"]) if place not in before]
        if apart:
            message = f"no {'way' if passed else 'link'} leads from {', '.join(apart)} to {gate['id']}"
            yield Fault("gates", index, "approach", message, "add a link, or name the place before the gate")
        for place in ends:
            if place in gate_of:
                message = f"{place} belongs to {gate_of[place]} already"
                yield Fault("gates", index, "covers", message, "keep one")
            gate_of[place] = gate["id"]
    for index, (port, kind) in enumerate(region.places.select("id", "kind").iter_rows()):
        if kind == "port" and port not in gate_of:
            message = f"port {port} belongs to no gate"
            yield Fault("places", index, "kind", message, "let a gate cover it")


def coordinates(subject: Subject) -> Iterator[Fault]:
    """Find places off the map, and irregular crossings shown more exactly than by their district.

    Places of states without an outline are gateways from elsewhere and need not lie on the map.
    """
    region = subject.region
    projection = projection_of(region.shapes)
    left, top, right, bottom = region.shapes["frame"]
    mapped = region.shapes["countries"]
    for index, place in enumerate(region.places.iter_rows(named=True)):
        lat, lon, name = place["lat"], place["lon"], place["id"]
        x, y = project(lon, lat, projection)
        if place["country"] in mapped and not (left <= x <= right and top <= y <= bottom):
            message = f"{name} at {lat:g}, {lon:g} lies outside the map"
            yield Fault("places", index, "lat", message, "correct lat and lon (they may be exchanged)")
        if place["kind"] == "crossing" and place["coordinates"] == "approximate":
            message = f"crossing {name} is no town of known position"
            yield Fault("places", index, "coordinates", message, "round it to 0.1 degree and write district")
        sharp = any(abs(10 * degrees - round(10 * degrees)) > 1e-6 for degrees in (lat, lon))
        if place["coordinates"] == "district" and sharp:
            message = f"{name} is marked district but is not rounded"
            yield Fault("places", index, "lat", message, "round it to 0.1 degree")


def _severity(*places: Mapping[str, Any]) -> Severity:
    return "warning" if any(place["coordinates"] == UNCHECKED for place in places) else "error"


def _ids(cell: str | None) -> list[str]:
    return cell.split("|") if cell else []


def _stands_for(gate: Mapping[str, Any]) -> list[str]:
    """Return the places of a gate, its own first."""
    return [gate["place"], *_ids(gate["covers"])]


def _backwards(links: Iterable[Mapping[str, Any]]) -> Mapping[str, set[str]]:
    """Return for each place the places from which a link leads there."""
    near: dict[str, set[str]] = defaultdict(set)
    for link in links:
        near[link["to"]].add(link["from"])
        if not link["one_way"]:
            near[link["from"]].add(link["to"])
    return near


def _upstream(place: str, near: Mapping[str, set[str]]) -> set[str]:
    """Return every place from which a way leads to `place`, with itself."""
    found, left = {place}, [place]
    while left:
        new = near[left.pop()] - found
        found |= new
        left += new
    return found
