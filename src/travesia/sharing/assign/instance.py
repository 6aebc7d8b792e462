"""What was read: cases and places by name, the program that they make, and every condition with its cite."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from travesia.sharing.assign.program import Floats, Ints, Program

Shares: TypeAlias = tuple[tuple[Fraction, Fraction], ...]


def people_of(share: tuple[Fraction, Fraction], total: int) -> tuple[int, int]:
    """Return the least and most people of a state whose shares are of so many."""
    return math.ceil(share[0] * total), math.floor(share[1] * total)


@dataclass(frozen=True)
class Condition:
    """A condition that can clash with others: its words, and where it stands."""

    words: str
    file: str
    row: int


@dataclass(frozen=True)
class Aim:
    """What groups are promised beside their floors, and where that stands.

    ``leximin``: the least mean as high as can be, then the next. ``raise_worst``: no group's mean below the
    least one that there is without floors, and so much more. A mean is a group's score for each ``per``.
    """

    leximin: bool = False
    raise_worst: float | None = None
    per: str = "case"
    file: str = "params.toml"
    row: int = 0


@dataclass(frozen=True)
class Instance:
    """Cases, places and admissible pairs.

    ``family_of`` [cases] is the family of each case in ``program``: its own, or the one that it shares with
    linked cases. ``terms`` names the parts of a score, each [pairs of cases]; ``case_start`` and
    ``case_place`` are the admissible pairs of cases in the order of ``terms``. ``scale`` is how many units of
    the program are one of a resource. ``why_not`` says of a case without a place what stands against it.
    ``batch_of`` [cases] numbers the batch in which a case arrives, ``batches`` names them; without batches
    each case comes alone. ``shares`` are a state's least and most of all people. ``group_part``
    [groups, cases] is what each case adds to the number that its group's score is divided by, and
    ``group_least`` the floor of that mean (-inf: none).
    """

    cases: tuple[str, ...]
    places: tuple[str, ...]
    states: tuple[str, ...]
    resources: tuple[str, ...]
    scale: tuple[int, ...]
    people: Ints
    family_of: Ints
    program: Program
    terms: Mapping[str, Floats]
    case_start: Ints
    case_place: Ints
    why_not: Mapping[int, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    group_size: tuple[float, ...] = ()
    aim: Aim = Aim()
    pins: Mapping[int, Condition] = field(default_factory=dict)
    links: Mapping[int, Condition] = field(default_factory=dict)
    rows: Mapping[int, tuple[Condition | None, Condition | None]] = field(default_factory=dict)
    """Row of the program -> its lower and its upper side."""
    batches: tuple[str, ...] = ()
    batch_of: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    shares: Shares = ()
    group_least: tuple[float, ...] = ()
    group_part: Floats = field(default_factory=lambda: np.zeros((0, 0)))
