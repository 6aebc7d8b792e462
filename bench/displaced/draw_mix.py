"""Which laws a walk draws from on a day, and how fast the sampler alone draws from them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from travesia.movement import Terrain
from travesia.movement import kernel as of
from travesia.movement.kernel import Walk, binomial, mix, uniform

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
share_out = of._share_out
WHERE, CLASS = (int(of._WHERE_BITS), int(of._WHERE)), (int(of._CLASS_BITS), int(of._CLASS))
PURPOSE = np.uint64(1)


def drawn_laws(terrain: Terrain, walk: Walk, day: int) -> tuple[Floats, Floats]:
    """Return number and chance of each binomial draw by which those who stand somewhere leave on a day.

    Weights are those that the walk holds, so scores have to be those of the day before.
    """
    days, bag = terrain.days, walk.standing
    keys, people = bag.key[: bag.used[0]].astype(np.int64), bag.people[: bag.used[0]]
    place, cls = (keys >> bits & mask for bits, mask in (WHERE, CLASS))
    most = int(np.diff(terrain.ground.first_option[0]).max()) + 1
    n, p = np.empty((2, most * len(keys)))
    used = _record(
        place, days.group[cls], people, days.leave[days.row[day]][place], terrain.ground.first_option[0],
        walk.weights, n, p,
    )  # fmt: skip
    return n[:used].copy(), p[:used].copy()


@njit
def _record(
    place: Ints,
    group: Ints,
    people: Floats,
    leave: Floats,
    first: Ints,
    weights: Floats,
    n: Floats,
    p: Floats,
) -> int:
    used, piles, ranges = 0, np.zeros((2, 64)), np.zeros((64, 2), dtype=np.int64)
    parts = np.zeros(np.diff(first).max())
    for i in range(place.shape[0]):
        key, leaving = mix(np.uint64(0), np.uint64(i)), people[i]
        if leave[i] < 1.0:
            n[used], p[used] = leaving, leave[i]
            used += 1
            leaving = binomial(leaving, leave[i], uniform(key, PURPOSE))
        start, ways = first[place[i]], first[place[i] + 1] - first[place[i]]
        begin = start + place[i]
        cumulated = weights[group[i], begin : begin + ways + 1]
        if leaving <= 0.0 or cumulated[ways] <= 0.0:
            continue
        share_out(leaving, cumulated, parts, piles, key, PURPOSE, False)
        # The halves that the people were split over, from the parts that came out; one person needs one draw.
        depth, ranges[0, 0], ranges[0, 1] = 1, 0, ways
        while depth > 0:
            depth -= 1
            low, high = ranges[depth]
            here = parts[low:high].sum()
            if high - low == 1 or here <= 0.0:
                continue
            middle = (low + high) // 2
            whole = cumulated[high] - cumulated[low]
            chance = (cumulated[middle] - cumulated[low]) / whole if whole > 0.0 else 0.0
            if 0.0 < chance < 1.0:
                n[used], p[used] = here, chance
                used += 1
            if here == 1.0:
                continue
            ranges[depth, 0], ranges[depth, 1] = low, middle
            ranges[depth + 1, 0], ranges[depth + 1, 1] = middle, high
            depth += 2
    return used


@njit
def bare(n: Floats, p: Floats, seed: int) -> float:
    """Draw once from every law, with keys as in the kernel, and return the sum."""
    total, base = 0.0, mix(np.uint64(0), np.uint64(seed))
    for i in range(n.shape[0]):
        total += binomial(n[i], p[i], uniform(mix(base, np.uint64(i)), PURPOSE))
    return total
