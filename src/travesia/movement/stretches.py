"""What the ways of a frame touch: the places and directed links by which people come, stretch by stretch.

A source has three stretches: from its places of origin to the first station, from station to station up to
its hub, and from the hub to the border gates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from travesia.movement.itineraries import Itineraries, Leg, Source
from travesia.movement.kernel import CHECKPOINT

FIRST, BETWEEN, LAST = range(3)
"""Stretches: to the first station, from station to station, from the hub to the gates."""


@dataclass(frozen=True)
class Stretch:
    """Places and directed links of a stretch; `air` are the links by air, `land` all others."""

    places: frozenset[str]
    air: frozenset[str]
    land: frozenset[str]

    def touches(self, where: Iterable[str]) -> bool:
        """Tell whether a place or link of `where` lies on the stretch."""
        return not (self.places | self.air | self.land).isdisjoint(where)


@dataclass(frozen=True)
class Way:
    """The way from one place of origin: its share of the source, the place, and its stretches."""

    share: float
    origin: str
    stretches: tuple[Stretch, Stretch, Stretch]

    def touches(self, where: Iterable[str], stretches: Iterable[int] = (FIRST, BETWEEN, LAST)) -> bool:
        """Tell whether a place or link of `where` lies on one of the stretches."""
        return any(self.stretches[at].touches(where) for at in stretches)


def ways_of(source: Source, itineraries: Itineraries) -> tuple[Way, ...]:
    """Return the way from each place of origin of a source."""
    out = []
    for (share, station, leg), origin in zip(source.starts, first_places(source), strict=True):
        between, here = list[Leg](), station
        while here.kind == CHECKPOINT:
            here, onward = itineraries.moves[here][0]
            between.append(onward)
        last = [onward for _, onward in itineraries.moves[here]]
        stretches = (_stretch([leg], origin), _stretch(between), _stretch(last))
        out.append(Way(share, origin, stretches))
    return tuple(out)


def first_places(source: Source) -> tuple[str, ...]:
    """Return the place of origin of each start of a source."""
    return tuple(leg.steps[0].start if leg.steps else station.place for _, station, leg in source.starts)


def _stretch(legs: Iterable[Leg], *places: str) -> Stretch:
    steps = [step for leg in legs for step in leg.steps]
    named = [(f"{step.start}--{step.end}--{step.kind}", step.kind == "air") for step in steps]
    return Stretch(
        frozenset((*places, *(step.end for step in steps))),
        frozenset(name for name, by_air in named if by_air),
        frozenset(name for name, by_air in named if not by_air),
    )
