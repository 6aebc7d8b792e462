"""Linked cases move as one: cases become families before anything is solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from travesia.sharing.assign.instance import Condition
from travesia.sharing.assign.program import Flags, Ints
from travesia.sharing.assign.sheets import read_cells
from travesia.terms import InputError


@dataclass(frozen=True)
class Families:
    """Which family each case is of, [cases], and what pins leave to each: ``pinned`` [families, places]."""

    family_of: Ints
    must: Flags
    at: Mapping[int, int]
    links: Mapping[int, Condition]

    @property
    def count(self) -> int:
        """Number of families."""
        return len(self.must)

    def total(self, of_cases: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the sum over the cases of each family."""
        if self.count == len(self.family_of):
            return of_cases
        out = np.zeros((self.count, *of_cases.shape[1:]), of_cases.dtype)
        np.add.at(out, self.family_of, of_cases)
        return out

    def common(self, of_cases: Flags) -> Flags:
        """Return what holds for every case of each family; pins leave only their own place."""
        out = np.ones((self.count, of_cases.shape[1]), np.bool_)
        np.logical_and.at(out, self.family_of, of_cases)
        for family, place in self.at.items():
            kept = out[family, place]
            out[family] = False
            out[family, place] = kept
        return out


def families_of(
    path: Path | None, cases: Mapping[str, int], pinned: Mapping[int, int], pins: Mapping[int, Condition]
) -> Families:
    """Join linked cases (table ``links``: case, with) to families, numbered by their first case.

    Raises
    ------
    InputError
        For an unknown case, a case linked to itself, or linked cases that are pinned to different places.
    """
    first = list(range(len(cases)))
    links: dict[int, Condition] = {}

    def root(case: int) -> int:
        while first[case] != case:
            case = first[case]
        return case

    if path is not None:
        for cells in read_cells(path, ["case", "with"])[1]:
            one, other = (cells.known(column, "case", cases) for column in ("case", "with"))
            if one == other:
                raise cells.fault("with", "a case is linked to itself", "take the row out")
            words = f"cases {cells.name('case')} and {cells.name('with')} go together"
            links.setdefault(one, Condition(words, path.name, cells.row))
            links.setdefault(other, Condition(words, path.name, cells.row))
            low, high = sorted((root(one), root(other)))
            first[high] = low
    roots = np.array([root(case) for case in range(len(cases))])
    _, family_of = np.unique(roots, return_inverse=True)
    must = np.zeros(int(family_of.max()) + 1, np.bool_)
    at: dict[int, int] = {}
    by: dict[int, int] = {}
    for case, place in pinned.items():
        family = int(family_of[case])
        if at.setdefault(family, place) != place:
            earlier = pins[by[family]]
            words = f"{earlier.words} ({earlier.file}:{earlier.row}) and {pins[case].words}"
            problem = f"they go together, yet {words} ({pins[case].file}:{pins[case].row})"
            raise InputError(path or "links", problem, "take the link or a pin out", row=links[case].row)
        by.setdefault(family, case)
        must[family] = True
    return Families(family_of.astype(np.int64), must, at, links)
