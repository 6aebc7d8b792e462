"""An invented world, for its size alone: places, links to near neighbours, conflicts, classes of people.

Nothing here is a claim about any place. Every number is drawn from one seed; the same size and seed give the
same world.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
TOWN, CAMP, CONFLICT = 0, 1, 2
NEIGHBOURS = 6


@dataclass(frozen=True)
class Size:
    """How much world. `side_km` puts places as near to each other as towns are on land: 51 km."""

    places: int = 50_000
    links: int = 150_000
    people: int = 120_000_000
    classes: int = 200
    days: int = 365
    zones_a_class: int = 8
    camp_share: float = 0.02
    side_km: float = 11_400.0


@dataclass(frozen=True)
class World:
    """The world.

    `x`, `y`: float64[place], km. `kind`: int64[place]. `pairs`: int64[link, 2], both ways, the lower place
    first; `km`: float64[link], by road. `zones`: int64[class, zone], the places that a class leaves, in the
    order in which conflict comes to them on the days `first`: int64[class, zone]. `leaving`:
    int64[day, class], people who set out; they sum to the people of the size.
    """

    x: Floats
    y: Floats
    kind: Ints
    pairs: Ints
    km: Floats
    zones: Ints
    first: Ints
    leaving: Ints


def neighbours(x: Floats, y: Floats, side: float, count: int) -> Ints:
    """Return int64[place, count], for each place the nearest others, found among nine cells of a grid."""
    cells = max(1, int(np.sqrt(len(x) / 8.0)))
    column, row = (np.minimum((axis / side * cells).astype(np.int64), cells - 1) for axis in (x, y))
    order = np.argsort(row * cells + column, kind="stable")
    starts = np.searchsorted((row * cells + column)[order], np.arange(cells * cells + 1))
    near = np.empty((len(x), count), dtype=np.int64)
    for cell in range(cells * cells):
        here = order[starts[cell] : starts[cell + 1]]
        if len(here):
            others = _around(cell, cells, order, starts, count)
            apart = np.hypot(x[here, None] - x[others], y[here, None] - y[others])
            apart[here[:, None] == others] = np.inf
            near[here] = others[np.argpartition(apart, count - 1, axis=1)[:, :count]]
    return near


def _around(cell: int, cells: int, order: Ints, starts: Ints, count: int) -> Ints:
    # More rings where the nine cells hold too few places; at last the whole grid.
    for reach in range(1, cells + 1):
        up, across = divmod(cell, cells)
        left, right = max(0, across - reach), min(cells - 1, across + reach)
        rows = range(max(0, up - reach), min(cells - 1, up + reach) + 1)
        found = [order[starts[r * cells + left] : starts[r * cells + right + 1]] for r in rows]
        others = np.concatenate(found)
        if len(others) > count:
            return others
    raise ValueError(f"{len(order)} places are too few for {count} neighbours each")


def nearest_pairs(x: Floats, y: Floats, size: Size) -> Ints:
    """Return int64[link, 2], each pair once: every place and its nearest, then the shortest others."""
    near = neighbours(x, y, size.side_km, NEIGHBOURS)
    ends = np.stack([np.repeat(np.arange(len(x)), NEIGHBOURS), near.ravel()], axis=1)
    pairs = np.unique(np.sort(ends, axis=1), axis=0)
    if len(pairs) < size.links:
        raise ValueError(f"{len(pairs)} pairs of near neighbours are fewer than {size.links} links")
    apart = crow_km(x, y, pairs)
    nearest = np.full(len(x), np.inf)
    for end in pairs.T:
        np.minimum.at(nearest, end, apart)
    later = (apart > nearest[pairs[:, 0]]) & (apart > nearest[pairs[:, 1]])
    return pairs[np.sort(np.lexsort((apart, later))[: size.links])]


def crow_km(x: Floats, y: Floats, pairs: Ints) -> Floats:
    """Return float64[link], the distance as the crow flies."""
    one, other = pairs.T
    return np.hypot(x[one] - x[other], y[one] - y[other])


def invent(size: Size, seed: int = 1) -> World:
    """Invent a world: the same one for the same size and seed."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0.0, size.side_km, (2, size.places))
    pairs = nearest_pairs(x, y, size)
    # Roads are longer than the crow flies.
    km = np.maximum(1.0, np.round(crow_km(x, y, pairs) * rng.uniform(1.1, 1.5, len(pairs))))
    kind = np.where(rng.random(size.places) < size.camp_share, CAMP, TOWN)
    homes = rng.choice(size.places, size.classes, replace=False)
    zones = np.empty((size.classes, size.zones_a_class), dtype=np.int64)
    for index, home in enumerate(homes):
        free = np.flatnonzero(kind == TOWN)
        apart = np.hypot(x[free] - x[home], y[free] - y[home])
        zones[index] = free[np.argsort(apart, kind="stable")[: size.zones_a_class]]
        kind[zones[index]] = CONFLICT
    first = np.sort(rng.integers(0, size.days // 2, (size.classes, size.zones_a_class)), axis=1)
    first[:, 0] = 0
    return World(x, y, kind, pairs, km, zones, first, _leaving(size, rng))


def _leaving(size: Size, rng: np.random.Generator) -> Ints:
    # Few classes are large and many small, as nationalities are; every day somebody sets out.
    shares = rng.permutation(1.0 / np.arange(1, size.classes + 1))
    pace = rng.uniform(0.5, 1.5, (size.days, size.classes)) * shares
    return rng.multinomial(size.people, (pace / pace.sum()).ravel()).reshape(pace.shape).astype(np.int64)
