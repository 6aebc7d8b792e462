"""What is solved: families and places as sparse arrays, and every condition as a row with two sides."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

OUT = -1
"""Stands for "left out" where a family's pair is chosen."""


def _no_flags() -> Flags:
    return np.zeros(0, np.bool_)


def _no_ints() -> Ints:
    return np.zeros(0, np.int64)


def _no_floats() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True)
class Program:
    """Families to places: maximise the scores of the placed, less penalties.

    F families, L places, D resources, K admissible pairs sorted by family, S states, G groups. A family is
    what moves as one: a case, or cases that are linked. Resources are whole numbers, so that whether an
    answer fits is decided exactly.

    ``people`` [F], ``use`` [F, D], ``capacity`` and ``floor`` [L, D]; the pairs of family f stand at
    ``start[f]:start[f + 1]`` of ``place`` [K] and ``score`` [K]. Families of ``must`` [F] may not stay out.
    ``state_of`` [L] numbers a place's state; ``state_lower`` and ``state_upper`` [S] bound people placed in
    it. ``group_score`` [G, K] is what a pair brings to a group, ``group_floor`` [G] what the group must get.
    Penalties are in score: a person left out, a unit short of a place's floor (by resource, [D]), a score
    short of a group's floor; infinite means that the condition is hard.
    """

    people: Ints
    use: Ints
    start: Ints
    place: Ints
    score: Floats
    capacity: Ints
    floor: Ints
    must: Flags = field(default_factory=_no_flags)
    unplaced_penalty: float = 0.0
    state_of: Ints = field(default_factory=_no_ints)
    state_lower: Ints = field(default_factory=_no_ints)
    state_upper: Ints = field(default_factory=_no_ints)
    floor_penalty: Floats = field(default_factory=_no_floats)
    group_score: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    group_floor: Floats = field(default_factory=_no_floats)
    group_penalty: float = np.inf

    def __post_init__(self) -> None:
        if not len(self.must):
            object.__setattr__(self, "must", np.zeros(len(self.people), np.bool_))
        if not len(self.floor_penalty):
            object.__setattr__(self, "floor_penalty", np.full(self.use.shape[1], np.inf))

    @property
    def family(self) -> Ints:
        """Family of each pair, [K]."""
        return np.repeat(np.arange(len(self.people)), np.diff(self.start))

    @cached_property
    def worth(self) -> Floats:
        """What placing a pair brings against leaving the family out, [K]: score and penalty saved."""
        if not self.unplaced_penalty:
            return self.score
        return self.score + self.unplaced_penalty * np.repeat(self.people, np.diff(self.start))

    @property
    def out_penalty(self) -> float:
        """Penalty of leaving everybody out; worths count from there."""
        return float(self.unplaced_penalty * self.people.sum())


def part_of(program: Program, families: Ints, pairs: Ints) -> Program:
    """Return the program of some families and some of their pairs, both in order, at the same places."""
    return replace(
        program,
        people=program.people[families],
        use=program.use[families],
        start=np.searchsorted(program.family[pairs], np.append(families, len(program.people))),
        place=program.place[pairs],
        score=program.score[pairs],
        must=program.must[families],
        group_score=program.group_score[:, pairs] if len(program.group_floor) else program.group_score,
    )


@dataclass(frozen=True)
class Rows:
    """Every condition but "one place a family" as ``lower <= sum of coefficients <= upper``, R rows.

    First place by place each resource (R = L * D), then people by state, then score by group. The price of a
    row lies in [`least`, `most`]: 0 or more where only the upper side is there, 0 or less where only the
    lower; a penalty bounds it.
    """

    lower: Floats
    upper: Floats
    least: Floats
    most: Floats


def rows_of(program: Program) -> Rows:
    """Return the rows of a program."""
    places, resources = program.capacity.shape
    group = len(program.group_floor)
    bounded = np.concatenate([program.state_upper < program.people.sum(), np.zeros(group, np.bool_)])
    floors = program.floor.ravel()
    lower = np.concatenate([floors, program.state_lower, program.group_floor]).astype(np.float64)
    unbounded = np.full(group, np.inf)
    upper = np.concatenate([program.capacity.ravel(), program.state_upper, unbounded]).astype(np.float64)
    penalty = np.concatenate(
        [
            np.tile(program.floor_penalty, places),
            np.full(len(program.state_lower), np.inf),
            np.full(group, program.group_penalty),
        ]
    )
    least = np.where(lower > 0, -penalty, 0.0)
    # Scores may be negative, so that a group's floor of zero or less can bind too; no floor is -inf.
    groups = slice(len(lower) - group, None)
    least[groups] = np.where(np.isfinite(lower[groups]), -penalty[groups], 0.0)
    most = np.where(np.concatenate([np.ones(places * resources, np.bool_), bounded]), np.inf, 0.0)
    return Rows(lower, upper, least, most)


def entries(program: Program, pairs: Ints, family: Ints) -> tuple[Ints, Floats]:
    """Return row and coefficient of each pair on the program's rows, [len(pairs), D + (1) + G]."""
    places, resources = program.capacity.shape
    place = program.place[pairs]
    row = [place[:, None] * resources + np.arange(resources)]
    value = [program.use[family].astype(np.float64)]
    states, groups = len(program.state_lower), len(program.group_floor)
    if states:
        row.append(places * resources + program.state_of[place][:, None])
        value.append(program.people[family][:, None].astype(np.float64))
    if groups:
        row.append(np.broadcast_to(places * resources + states + np.arange(groups), (len(pairs), groups)))
        value.append(program.group_score[:, pairs].T)
    return np.concatenate(row, axis=1), np.concatenate(value, axis=1)


def loads(program: Program, chosen: Ints) -> Floats:
    """Return what an answer puts on each row, [R]; whole numbers below 2**53 stay exact in it."""
    families = np.flatnonzero(chosen != OUT)
    pairs = chosen[families]
    place = program.place[pairs]
    load = np.zeros_like(program.capacity)
    np.add.at(load, place, program.use[families])
    state = np.zeros(len(program.state_lower), np.int64)
    if len(state):
        np.add.at(state, program.state_of[place], program.people[families])
    group = program.group_score[:, pairs].sum(axis=1) if len(program.group_floor) else np.zeros(0)
    return np.concatenate([load.ravel().astype(np.float64), state.astype(np.float64), group])


def shortfall(program: Program, rows: Rows, load: Floats) -> Floats:
    """Return by how much each row misses its lower side, [R]; sums of scores may be short by rounding."""
    short = np.maximum(rows.lower - load, 0.0)
    groups = len(program.group_floor)
    if groups:
        allowed = 1e-6 * np.maximum(1.0, np.abs(program.group_floor))
        short[-groups:] = np.where(short[-groups:] <= allowed, 0.0, short[-groups:])
    return short


def fits(program: Program, rows: Rows, chosen: Ints) -> bool:
    """Tell whether an answer keeps every hard condition."""
    load = loads(program, chosen)
    short = shortfall(program, rows, load)
    hard = np.isinf(rows.least)
    return bool(
        (load <= rows.upper).all() and not short[hard].any() and not (program.must & (chosen == OUT)).any()
    )


def penalties(program: Program, rows: Rows, chosen: Ints) -> float:
    """Return the penalties of an answer: people left out, and what elastic floors miss."""
    short = shortfall(program, rows, loads(program, chosen))
    missed = short > 0
    left = int(program.people[chosen == OUT].sum())
    return float(program.unplaced_penalty * left + (-rows.least[missed] * short[missed]).sum())
