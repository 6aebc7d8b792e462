"""Repair by packing anew: neighbouring places are emptied together and filled by an integer program.

All other families stand meanwhile, so the program is small; what gains is kept (large neighbourhood search,
Shaw 1998). The next places are those where most is lost against the bound, by families that are not where the
prices would have them and by room that has a price and stands empty.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.exact import Solved, answer_worth
from travesia.sharing.assign.highs import Part, chosen_of, solve
from travesia.sharing.assign.program import OUT, Flags, Floats, Ints, Program, Rows, fits, loads

PART_FAMILIES = (60, 100, 500)
"""Families that are packed anew at a time: at least, at first, at most."""

EASY_SECONDS, HARD_SECONDS = 0.05, 0.5
"""Parts solved faster grow, parts that take longer shrink."""

TIRED_OUT = 4
"""Packings without gain after which a place is left alone."""


@dataclass(frozen=True)
class Goal:
    """When to stop: at a time (`time.monotonic`), or at a gap as a part of the score."""

    deadline: float
    gap: float


@dataclass(frozen=True)
class Core:
    """Pairs worth considering: number, family, place and what each gives away at the prices."""

    pairs: Ints
    family: Ints
    place: Ints
    gives_away: Floats
    width: float
    all_give_away: Floats

    @classmethod
    def of(cls, program: Program, pairs: Ints, gives_away: Floats) -> Core:
        """Take some pairs of a program, sorted."""
        family = np.searchsorted(program.start, pairs, side="right") - 1
        width = float(gives_away[pairs].max(initial=0.0)) or 1.0
        return cls(pairs, family, program.place[pairs], gives_away[pairs], width, gives_away)


def repair(
    program: Program,
    rows: Rows,
    core: Core,
    certificate: tuple[Floats, float],
    chosen: Ints,
    goal: Goal,
) -> Solved:
    """Improve an answer until its gap is small, nothing gains any more, or time is up.

    Parameters
    ----------
    program, rows, core
        What is solved, and the pairs to consider.
    certificate
        Prices and their bound.
    chosen
        Where to begin, [F]: must keep every upper side, may miss lower sides.
    goal
        When to stop.
    """
    prices, bound = certificate
    # More than anybody is worth anywhere, once: the pairs are many.
    dear = 2.0 * (float(np.abs(program.worth).max(initial=0.0)) + 1.0)
    strict, rows = rows, _eased(rows, dear)
    chance = np.random.default_rng(0)
    tired = np.zeros(len(program.capacity))
    size = float(PART_FAMILIES[1])
    worth = _value(program, rows, chosen, 2.0 * dear)
    small = goal.gap * abs(bound - program.out_penalty)
    while time.monotonic() < goal.deadline and not (fits(program, strict, chosen) and bound - worth <= small):
        fresh = np.where(tired < TIRED_OUT, 0.5**tired, 0.0)
        lost = _lost(program, rows, core, prices, chosen) * fresh
        missed = _missed(program, core, chosen) * fresh
        if max(lost.max(), missed.max()) <= 0:
            break
        # Someone left out is worth opening every pair of some places, not only those that matter.
        wide = missed.max() > lost.max()
        first = int(np.argmax(missed if wide else lost))
        inside = _neighbours(program, core, chosen, (first, int(size)), chance)
        part, families = _part(program, core, chosen, inside, wide)
        began = time.monotonic()
        found = solve(
            program, rows, part, integral=True, seconds=min(1.0, goal.deadline - time.monotonic()),
            gap=0.2 * small * families.sum() / len(families),
        )  # fmt: skip
        spent = time.monotonic() - began
        size *= 1.1 if spent < EASY_SECONDS else 0.8 if spent > HARD_SECONDS else 1.0
        size = min(max(size, PART_FAMILIES[0]), PART_FAMILIES[2])
        tired[inside if not wide else first] += 1
        if found.x is None:
            continue
        trial = chosen_of(program, part, found.x, np.where(families, OUT, chosen))
        better = _value(program, rows, trial, 2.0 * dear)
        if better > worth + 1e-9:
            chosen, worth = trial, better
            tired[inside] = 0
    return Solved(chosen if fits(program, strict, chosen) else None, prices, bound, proven=False)


def _eased(rows: Rows, dear: float) -> Rows:
    """Return rows whose lower sides may be missed, at so much a unit."""
    return replace(rows, least=np.where(np.isneginf(rows.least), -dear, rows.least))


def _value(program: Program, rows: Rows, chosen: Ints, dear: float) -> float:
    """Return the worth of an answer, less so much for each family that must be placed and is not."""
    return answer_worth(program, rows, chosen) - dear * float((program.must & (chosen == OUT)).sum())


def _lost(program: Program, rows: Rows, core: Core, prices: Floats, chosen: Ints) -> Floats:
    """Return what is lost against the bound at each place, [L]."""
    places, resources = program.capacity.shape
    idle = np.where(prices > 0, prices * np.where(prices > 0, rows.upper - loads(program, chosen), 0.0), 0.0)
    lost = idle[: places * resources].reshape(places, resources).sum(axis=1)
    placed = np.flatnonzero(chosen != OUT)
    np.add.at(lost, program.place[chosen[placed]], core.all_give_away[chosen[placed]])
    return np.asarray(lost)


def _missed(program: Program, core: Core, chosen: Ints) -> Floats:
    """Return what those left out could bring at each place, [L]: most where they give away least."""
    missed = np.zeros(len(program.capacity))
    for pairs in _pairs_of(program, np.flatnonzero(chosen == OUT)):
        brings = program.worth[pairs] * np.exp(-core.all_give_away[pairs] / core.width)
        np.maximum.at(missed, program.place[pairs], brings + program.must[_family(program, pairs[:1])])
    return missed


def _pairs_of(program: Program, families: Ints) -> list[Ints]:
    ranges = [np.arange(program.start[family], program.start[family + 1]) for family in families]
    return [pairs for pairs in ranges if len(pairs)]


def _family(program: Program, pairs: Ints) -> Ints:
    return np.searchsorted(program.start, pairs, side="right") - 1


def _neighbours(
    program: Program, core: Core, chosen: Ints, wanted: tuple[int, int], chance: np.random.Generator
) -> Ints:
    """Return a place and those that it shares most families with, up to so many families."""
    first, most = wanted
    places = len(program.capacity)
    at = np.full(len(chosen), OUT)
    placed = np.flatnonzero(chosen != OUT)
    at[placed] = program.place[chosen[placed]]
    close = np.exp(-4.0 * core.gives_away / core.width)
    near = np.zeros(places)
    # Where its families could go, and whose families could come.
    here = np.zeros(len(chosen), np.bool_)
    here[at == first] = True
    here[core.family[(core.place == first) & (core.gives_away <= 0.0)]] = True
    leaving = here[core.family]
    np.add.at(near, core.place[leaving], close[leaving])
    coming = (core.place == first) & (at[core.family] != OUT)
    np.add.at(near, at[core.family[coming]], close[coming])
    near *= chance.uniform(0.5, 1.5, places)
    near[first] = np.inf
    order = np.argsort(-near, kind="stable")
    order = order[near[order] > 0]
    size = np.bincount(at[placed], minlength=places)[order]
    count = max(2, int(np.searchsorted(np.cumsum(size), most, side="right")))
    return order[:count]


def _part(program: Program, core: Core, chosen: Ints, inside: Ints, wide: bool) -> tuple[Part, Flags]:
    """Open the families at some places, and those left out that could come; all others stand."""
    there = np.zeros(len(program.capacity), np.bool_)
    there[inside] = True
    families = np.zeros(len(chosen), np.bool_)
    placed = np.flatnonzero(chosen != OUT)
    families[placed[there[program.place[chosen[placed]]]]] = True
    if wide:
        for pairs in _pairs_of(program, np.flatnonzero(chosen == OUT)):
            families[_family(program, pairs[:1])] |= there[program.place[pairs]].any()
        pairs = np.concatenate(_pairs_of(program, np.flatnonzero(families)))
        open_pairs = pairs[there[program.place[pairs]]]
    else:
        coming = there[core.place] & (chosen == OUT)[core.family]
        families[core.family[coming]] = True
        open_pairs = core.pairs[there[core.place] & families[core.family]]
    now = chosen[families & (chosen != OUT)]
    fixed = np.where(families, OUT, chosen)
    return Part(np.union1d(open_pairs, now), loads(program, fixed), program.must, chosen), families
