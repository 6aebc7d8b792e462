"""Made cases for the assignment: families, supports, ties, places and states, from a seed.

The shape is that of the benchmark described in `docs/concepts/assignment.md`; no person stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from travesia.sharing import Program

SIZES = np.array([0.46, 0.11, 0.116, 0.129, 0.106, 0.05, 0.017, 0.007, 0.003, 0.002])
LANGUAGES, NATIONALITIES, FACTORS, STATES = 24, 30, 4, 20

YEARS = {"year-329": (329, 839), "year-499": (499, 1_304)}
"""Cases and people of two published years of one agency, at `PLACES` places, of which each case could have
`DENSITY`."""

PLACES, DENSITY = 20, 0.60
YEAR_SIZES = np.array([157, 35, 34, 41, 34, 21, 6, 1]) / 329
"""Cases of 1 to 8 people in the first of these years."""


@dataclass(frozen=True)
class Size:
    """One instance of the benchmark: how many, and which of states' shares and fill floors it has.

    ``packed`` sizes every place by families dealt out to it, and a tenth more, so that all can be placed.
    """

    families: int
    places: int
    people: int
    states: bool = False
    floors: bool = False
    packed: bool = False


SIZE_OF = {
    "S": Size(1_000, 100, 2_857),
    "M": Size(7_000, 350, 20_000),
    "M20": Size(7_000, 350, 20_000, states=True),
    "M20F": Size(7_000, 350, 20_000, states=True, floors=True),
    "L": Size(100_000, 300, 259_245),
    "W": Size(7_000, 7_000, 20_000, packed=True),
    # Room by weight alone: in places of three people most families find no room for all, whoever packs.
    "W0": Size(7_000, 7_000, 20_000),
}


def make_program(name: str, seed: int = 0) -> Program:
    """Make an instance of the benchmark."""
    chance = np.random.default_rng([seed, *name.encode()])
    return make_year(SIZE_OF[name], chance, chance)


def make_year(size: Size, chance: np.random.Generator, there: np.random.Generator) -> Program:
    """Make families by one chance and places by another: the same places take other families another year."""
    people = _sizes(chance, size)
    adults = np.minimum(people, chance.choice([1, 2, 3], size=size.families, p=[0.35, 0.5, 0.15]))
    use = np.stack([people, people - adults], axis=1)
    weight = there.lognormal(0.0, 1.0, size.places)
    capacity = _capacities(there, weight, people, people - adults)
    able = _supports((chance, there), size, people, adults)
    tied = chance.random(size.families) < 0.30
    tie = chance.choice(size.places, size=size.families, p=capacity[:, 0] / capacity[:, 0].sum())
    if size.packed:
        tie = _dealt(chance, able, weight, size.families)
        capacity = np.zeros_like(capacity)
        np.add.at(capacity, tie, use)
        capacity += np.floor(0.1 * capacity + chance.random(capacity.shape)).astype(np.int64)
    start, place = _admissible(able, use, capacity, np.where(tied, tie, -1), all_fit=size.packed)
    family = np.repeat(np.arange(size.families), np.diff(start))
    score = _scores((chance, there), size, adults, family, place)
    state_of = np.arange(size.places) * STATES // size.places
    total = int(people.sum())
    aim = total * np.bincount(state_of, weights=capacity[:, 0]) / capacity[:, 0].sum()
    floor = np.zeros_like(capacity)
    if size.floors:
        floor[:, 0] = 0.6 * capacity[:, 0]
    return Program(
        people=people,
        use=use,
        start=start,
        place=place,
        score=score,
        capacity=capacity,
        floor=floor,
        unplaced_penalty=4.0,
        state_of=state_of,
        state_lower=np.ceil(0.95 * aim).astype(np.int64) if size.states else np.zeros(0, np.int64),
        state_upper=np.floor(1.05 * aim).astype(np.int64) if size.states else np.zeros(0, np.int64),
        floor_penalty=np.full(2, 4.0),
    )


def _sizes(chance: np.random.Generator, size: Size) -> np.ndarray:
    """Draw family sizes, and stretch them one person at a time to the wanted total."""
    people = chance.choice(np.arange(1, 11), size=size.families, p=SIZES / SIZES.sum())
    while people.sum() != size.people:
        more = np.sign(size.people - people.sum())
        open_to = np.flatnonzero((people + more >= 1) & (people + more <= 10))
        count = min(abs(size.people - people.sum()), len(open_to))
        people[chance.choice(open_to, size=count, replace=False)] += more
    return people


def _capacities(
    chance: np.random.Generator, weight: np.ndarray, people: np.ndarray, children: np.ndarray
) -> np.ndarray:
    """Share 1.10 times the people, and 1.08 times the children, among places by weight."""
    part = weight / weight.sum()
    beds = np.floor(1.10 * people.sum() * part + chance.random(len(weight)))
    seats = np.floor(
        1.08 * children.sum() * part * chance.uniform(0.85, 1.35, len(weight)) + chance.random(len(weight))
    )
    return np.stack([beds, seats], axis=1).astype(np.int64)


def _supports(
    chances: tuple[np.random.Generator, np.random.Generator],
    size: Size,
    people: np.ndarray,
    adults: np.ndarray,
) -> Callable[[int], np.ndarray]:
    """Draw what families need and places offer; return which places offer all that a family needs."""
    chance, there = chances
    zipf = lambda count: (np.arange(1, count + 1) ** -1.1) / (np.arange(1, count + 1) ** -1.1).sum()  # noqa: E731
    language = chance.choice(LANGUAGES, size=size.families, p=zipf(LANGUAGES))
    nationality = chance.choice(NATIONALITIES, size=size.families, p=zipf(NATIONALITIES))
    speaks = (
        there.random((LANGUAGES, size.places))
        < np.minimum(1, 0.45 + 0.5 / np.sqrt(np.arange(1, LANGUAGES + 1)))[:, None]
    )
    knows = there.random((NATIONALITIES, size.places)) < 0.93
    large, alone = there.random(size.places) < 0.80, there.random(size.places) < 0.85

    def able(family: int) -> np.ndarray:
        open_to = speaks[language[family]] & knows[nationality[family]]
        if people[family] >= 6:
            open_to = open_to & large
        if adults[family] == 1 and people[family] > 1:
            open_to = open_to & alone
        return open_to

    return able


def _dealt(
    chance: np.random.Generator, able: Callable[[int], np.ndarray], weight: np.ndarray, families: int
) -> np.ndarray:
    """Deal families out to places that can have them, by weight."""
    dealt = np.zeros(families, np.int64)
    for family in range(families):
        part = np.cumsum(weight * able(family))
        dealt[family] = np.searchsorted(part, chance.random() * part[-1], side="right")
    return dealt


def _admissible(
    able: Callable[[int], np.ndarray], use: np.ndarray, capacity: np.ndarray, tie: np.ndarray, all_fit: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return admissible pairs: what a family needs and a place offers, and ties to one place (-1: none)."""
    kept = np.zeros_like(capacity)
    counts, found = np.zeros(len(use), np.int64), []
    for family in range(len(use)):
        places = np.flatnonzero(able(family) & (capacity >= use[family]).all(axis=1))
        # A family with a tie goes where its relatives are, while that place has room for them all.
        own = tie[family]
        after = kept[own] + use[family]
        if own in places and (all_fit or (after <= 0.8 * capacity[own]).all()):
            kept[own] = after
            places = tie[family : family + 1]
        counts[family] = len(places)
        found.append(places)
    return np.concatenate([[0], np.cumsum(counts)]), np.concatenate(found)


def _scores(
    chances: tuple[np.random.Generator, np.random.Generator],
    size: Size,
    adults: np.ndarray,
    family: np.ndarray,
    place: np.ndarray,
) -> np.ndarray:
    """Return adults times a chance of work: of the family, of the place, and of how they suit each other."""
    chance, there = chances
    own, good = chance.normal(-0.4, 0.8, size.families), there.normal(0, 0.55, size.places)
    spread = np.sqrt(0.28 / np.sqrt(FACTORS))
    one = chance.normal(0, spread, (size.families, FACTORS))
    other = there.normal(0, spread, (size.places, FACTORS))
    suits = own[family] + good[place]
    for factor in range(FACTORS):
        suits += one[family, factor] * other[place, factor]
    return adults[family] / (1 + np.exp(-suits))


def year_sizes(chance: np.random.Generator, cases: int, total: int) -> np.ndarray:
    """Draw the sizes of a year's cases, and change one at a time until there are so many people."""
    people = chance.choice(np.arange(1, 9), size=cases, p=YEAR_SIZES)
    while people.sum() != total:
        more = np.sign(total - people.sum())
        open_to = np.flatnonzero((people > 1) & (people + more >= 1) & (people + more <= 8))
        people[chance.choice(open_to)] += more
    return people
