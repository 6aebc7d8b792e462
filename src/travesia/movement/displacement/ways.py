"""Ways between sites: which links are open when, which ways people know, and the stands on them.

A way is a path of links over up to `awareness` places that count; markers do not. Each place on it is a
possible end. What is left of a way at a place makes a **stand**; the first stands are the places themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement.displacement import Closure, Displacement
from travesia.terms import ScenarioError

MOST_WAYS = 500_000
"""Ways that may be enumerated, from all places at all times: half a minute, and half a GB."""
_NEVER = 2**40
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Links:
    """Directed links: two for each row, row by row."""

    start: Ints
    end: Ints
    km: npt.NDArray[np.float64]
    row: Ints
    """Row of the table of links."""
    forward: Bools
    forced: Bools


@dataclass(frozen=True)
class Epochs:
    """Times in which the same links are open."""

    of_day: Ints
    open: Bools
    """[epoch, link]"""
    forced: Bools
    """[epoch, link]"""
    marker: Bools
    """[epoch, site]"""
    shuts: Ints
    """[epoch, link] first day after the epoch began on which a link shuts."""


@dataclass
class Ways:
    """Stands, steps and options, as they are found."""

    places: int
    stand_place: list[int] = field(default_factory=list)
    stand_goal: list[int] = field(default_factory=list)
    stand_way: list[tuple[int, ...]] = field(default_factory=list)
    step_link: list[int] = field(default_factory=list)
    step_stand: list[int] = field(default_factory=list)
    step_back: list[int] = field(default_factory=list)
    first: list[list[int]] = field(default_factory=list)
    option_step: list[int] = field(default_factory=list)
    option_goal: list[int] = field(default_factory=list)
    option_start: list[int] = field(default_factory=list)
    option_km: list[float] = field(default_factory=list)
    _stands: dict[tuple[int, tuple[int, ...]], int] = field(default_factory=dict)
    _steps: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in range(self.places):
            self.stand(place, ())

    def stand(self, place: int, way: tuple[int, ...]) -> int:
        """Return the number of a stand: a place and the places that are still to be passed."""
        number = self._stands.get((place, way))
        if number is None:
            number = self._stands[place, way] = len(self.stand_place)
            self.stand_place.append(place)
            self.stand_goal.append(way[-1] if way else place)
            self.stand_way.append(way)
        return number

    def step(self, link: int, reached: int, back: int) -> int:
        """Return the number of a step over a link."""
        number = self._steps.get((link, reached, back))
        if number is None:
            number = self._steps[link, reached, back] = len(self.step_link)
            self.step_link.append(link)
            self.step_stand.append(reached)
            self.step_back.append(back)
        return number


def directed_links(displacement: Displacement, quirks: bool) -> Links:
    """Return both ways of each row; the peer makes a row that forces from the first to the second twice."""
    index = {site.name: k for k, site in enumerate(displacement.sites)}
    start, end, km, row, forward, forced = ([] for _ in range(6))
    for r, link in enumerate(displacement.links):
        one, other = index[link.one], index[link.other]
        times = 2 if quirks and link.forced == 1 else 1
        for _ in range(times):
            for a, b, ahead in ((one, other, True), (other, one, False)):
                start.append(a)
                end.append(b)
                km.append(link.km)
                row.append(r)
                forward.append(ahead)
                forced.append((link.forced == 1 and ahead) or (link.forced == 2 and not ahead))
    ints = np.int64
    return Links(
        np.array(start, dtype=ints), np.array(end, dtype=ints), np.array(km, dtype=np.float64),
        np.array(row, dtype=ints), np.array(forward, dtype=np.bool_), np.array(forced, dtype=np.bool_),
    )  # fmt: skip


def epochs(displacement: Displacement, links: Links, marker: Bools, quirks: bool) -> Epochs:
    """Return the times in which the same links are open, forced and marked (`marker` is bool[day, site])."""
    days = displacement.days
    open_now = np.ones(len(links.start), dtype=np.bool_)
    covers = [_covered(displacement, links, closure, quirks) for closure in displacement.closures]
    shut_days: list[tuple[int, Bools]] = []
    of_day, kept = np.zeros(days, dtype=np.int64), list[tuple[bytes, ...]]()
    opens, forces, marks = list[Bools](), list[Bools](), list[Bools]()
    for day in range(days):
        before = open_now.copy()
        if quirks:
            for closure, cover in zip(displacement.closures, covers, strict=True):
                if day == closure.first:
                    open_now = open_now & ~cover
                if day == closure.last:
                    open_now = open_now | cover
        else:
            shut = [
                c for closure, c in zip(displacement.closures, covers, strict=True) if _holds(closure, day)
            ]
            open_now = ~np.logical_or.reduce(shut) if shut else np.ones_like(open_now)
        shut_days.append((day, before & ~open_now))
        forced = (
            np.zeros_like(open_now)
            if quirks
            else links.forced & open_now & ~_lifted(displacement, links, day)
        )
        state = (open_now.tobytes(), forced.tobytes(), marker[day].tobytes())
        if not kept or kept[-1] != state:
            kept.append(state)
            opens.append(open_now.copy())
            forces.append(forced)
            marks.append(marker[day])
        of_day[day] = len(kept) - 1
    shuts = np.full((len(opens), len(open_now)), _NEVER, dtype=np.int64)
    for e in range(len(opens)):
        began = int(np.argmax(of_day == e))
        for day, shut_now in reversed(shut_days):
            if day > began:
                shuts[e, shut_now] = day
    return Epochs(of_day, np.array(opens), np.array(forces), np.array(marks), shuts)


def _holds(closure: Closure, day: int) -> bool:
    return closure.first <= day and (day < closure.last or closure.last <= closure.first)


def _covered(displacement: Displacement, links: Links, closure: Closure, quirks: bool) -> Bools:
    """Return bool[link], the links that a closure shuts. The peer's closures of one link shut nothing."""
    country = np.array([site.country for site in displacement.sites])
    name = np.array([site.name for site in displacement.sites])
    one, other = closure.one, closure.other
    if closure.kind == "country":
        a, b = country[links.start], country[links.end]
    elif closure.kind == "location":
        return np.asarray((name[links.start] == one) | (name[links.end] == one))
    elif closure.kind == "link" and not quirks:
        a, b = name[links.start], name[links.end]
    else:
        return np.zeros(len(links.start), dtype=np.bool_)
    return np.asarray(((a == one) & (b == other)) | ((a == other) & (b == one)))


def _lifted(displacement: Displacement, links: Links, day: int) -> Bools:
    name = np.array([site.name for site in displacement.sites])
    out = np.zeros(len(links.start), dtype=np.bool_)
    for closure in displacement.closures:
        if closure.kind == "remove_forced_redirection" and _holds(closure, day):
            out |= (name[links.start] == closure.one) & (name[links.end] == closure.other)
    return out


def find_ways(displacement: Displacement, links: Links, times: Epochs, quirks: bool) -> Ways:
    """Enumerate the ways known from each place in each epoch.

    With `quirks` two ways to one place are two options; otherwise only the shortest is one.

    Raises
    ------
    ScenarioError
        If there are more than `MOST_WAYS`.
    """
    places, awareness = times.marker.shape[1], displacement.settings.move.awareness_level
    ways, left = Ways(places), MOST_WAYS
    for e in range(len(times.open)):
        out, taken = defaultdict(list), dict[tuple[int, int], int]()
        for link in np.flatnonzero(usable(links, times, e)).tolist():
            ends = int(links.start[link]), int(links.end[link])
            out[ends[0]].append(link)
            taken.setdefault(ends, link)
        first = [len(ways.option_step)]
        for place in range(places):
            # By the peer's rules awareness 0 holds everybody where he is.
            reach = _paths(place, out, links, times.marker[e], awareness)
            found = list(islice(reach, left + 1)) if awareness != 0 or not quirks else []
            left -= len(found)
            if left < 0:
                raise ScenarioError(
                    displacement.name,
                    f"people would know more than {MOST_WAYS:,} ways over {awareness} links ahead",
                    f"lower awareness_level {awareness}, or leave out links that nobody takes",
                )
            if not quirks:
                found = _shortest(found, links)
            for path in found:
                # Of parallel links the peer takes the first, whichever the way was reckoned over.
                link = taken[place, int(links.end[path[0]])] if quirks else path[0]
                _add_option(ways, link, path, links, quirks)
            first.append(len(ways.option_step))
        ways.first.append(first)
    return ways


def usable(links: Links, times: Epochs, epoch: int) -> Bools:
    """Return bool[link]: open, and where a forced link leaves a place only that one."""
    forced_from = np.zeros(times.marker.shape[1], dtype=np.bool_)
    forced_from[links.start[times.forced[epoch]]] = True
    return np.asarray(times.open[epoch] & (times.forced[epoch] | ~forced_from[links.start]))


def _paths(
    place: int, out: dict[int, list[int]], links: Links, marker: Bools, awareness: int
) -> Iterator[tuple[int, ...]]:
    """Yield simple paths of links from a place, depth first; none ends at a marker."""

    def follow(path: tuple[int, ...], seen: tuple[int, ...], steps: int) -> Iterator[tuple[int, ...]]:
        end = int(links.end[path[-1]])
        if marker[end]:
            steps -= 1
        else:
            yield path
        if awareness > steps:
            for link in out.get(end, ()):
                if int(links.end[link]) not in seen:
                    yield from follow((*path, link), (*seen, end), steps + 1)

    for link in out.get(place, ()):
        yield from follow((link,), (place,), 1)


def _shortest(paths: Sequence[tuple[int, ...]], links: Links) -> list[tuple[int, ...]]:
    best: dict[int, tuple[float, tuple[int, ...]]] = {}
    for path in paths:
        end, km = int(links.end[path[-1]]), float(links.km[list(path)].sum())
        if end not in best or km < best[end][0]:
            best[end] = (km, path)
    return [path for _, path in best.values()]


def _add_option(ways: Ways, link: int, path: tuple[int, ...], links: Links, quirks: bool) -> None:
    ends, place = tuple(int(links.end[each]) for each in path), int(links.start[link])
    ways.option_step.append(add_step(ways, link, ends[1:], links, quirks))
    ways.option_goal.append(ends[-1])
    ways.option_start.append(place)
    ways.option_km.append(float(links.km[list(path)].sum()))


def add_step(ways: Ways, link: int, left: tuple[int, ...], links: Links, quirks: bool) -> int:
    """Return the step over a link after which the places of `left` remain.

    Who is brought back, as the link has shut, keeps the rest of the plan under the peer's rules.
    """
    reached = ways.stand(int(links.end[link]), left)
    back = ways.stand(int(links.start[link]), left if quirks else ())
    return ways.step(link, reached, back)


def onward_steps(ways: Ways, links: Links, times: Epochs, quirks: bool) -> Ints:
    """Return int64[epoch, stand], the next step of a stand's plan: a link to its next place that is open.

    Of parallel links it is the first by the peer's rules, and the shortest by ours. Steps may lead to
    stands that are new; they are followed until there are none.
    """
    found: list[dict[int, int]] = [{} for _ in times.open]
    by_ends: dict[tuple[int, int], list[int]] = defaultdict(list)
    in_order = range(len(links.start)) if quirks else np.argsort(links.km, kind="stable").tolist()
    for link in in_order:
        by_ends[int(links.start[link]), int(links.end[link])].append(link)
    open_to = [usable(links, times, e) for e in range(len(times.open))]
    number = ways.places
    while number < len(ways.stand_place):
        place, way = ways.stand_place[number], ways.stand_way[number]
        for e in range(len(times.open)):
            for link in by_ends.get((place, way[0]), ()):
                if open_to[e][link]:
                    found[e][number] = add_step(ways, link, way[1:], links, quirks)
                    break
        number += 1
    out = np.full((len(times.open), len(ways.stand_place)), -1, dtype=np.int64)
    for e, steps in enumerate(found):
        for stand, step in steps.items():
            out[e, stand] = step
    return out
