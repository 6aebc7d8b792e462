"""What runs add up to: a value that can be merged, in any order and to the byte.

Two sorts of arrays come out of a run. Totals **by run** are small and kept, a row a run. **Daily** arrays
are large and only added up: total, squares, least and most over runs. These are whole numbers in int64, and
adding whole numbers does not depend on the order: so neither threads nor processes, chunks or the order in
which they end change a byte.

Limits. A draw is exact up to 2**53 people, for the kernel counts in float64. Squares are exact while runs
times the square of the largest daily value stay under 2**63 (1,000 runs of 96 million people at one
place), and refused beyond. A total by run is a float32: exact up to 2**24, then rounded, in any order alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from travesia.movement.flows import Daily
from travesia.terms import UsageError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_MOST = 2**63 - 1


class Written(NamedTuple):
    """What one run of one scenario writes down: arrays by name; daily ones hold whole numbers."""

    by_run: Mapping[str, Floats]
    daily: Mapping[str, Floats]


@dataclass
class Whole:
    """Sums over runs of one daily array."""

    total: Ints
    squares: Ints
    least: Ints
    most: Ints

    def include(self, other: Whole) -> None:
        """Add the sums of other runs."""
        self.total += other.total
        self.squares += other.squares
        np.minimum(self.least, other.least, out=self.least)
        np.maximum(self.most, other.most, out=self.most)

    def copy(self) -> Whole:
        """Return sums that share nothing with these."""
        return Whole(*(getattr(self, field.name).copy() for field in fields(self)))

    def __reduce__(self) -> tuple[Any, ...]:
        # Sums come back from processes and clusters; most of their numbers are small.
        return _widened, tuple(narrow(getattr(self, field.name)) for field in fields(self))


class Sums:
    """What the runs of one scenario add up to; it has room for the runs of the given numbers.

    Filled by one thread: whoever works beside it fills a part of its own, and the parts are merged.
    """

    def __init__(self, numbers: Sequence[int]) -> None:
        self.numbers: Ints = np.array(sorted(set(numbers)), dtype=np.int64)
        self.done = np.zeros(len(self.numbers), dtype=np.bool_)
        self.by_run: dict[str, npt.NDArray[np.float32]] = {}
        self.daily: dict[str, Whole] = {}

    def add(self, number: int, written: Written) -> None:
        """Add one run.

        Raises
        ------
        ValueError
            If the run has been added before, there is no room for it, or a daily number is not whole.
        UsageError
            If the sum of squares could be more than can be added exactly.
        """
        at = self._room(np.array([number]))
        for name, values in written.by_run.items():
            self._rows(name, np.shape(values))[at] = values
        for name, values in written.daily.items():
            whole = values.astype(np.int64)
            if not np.array_equal(whole, values):
                raise ValueError(f"run {number}: {name} holds a number that is not whole")
            self._include(name, Whole(whole, whole * whole, whole, whole))

    def include(self, other: Sums) -> None:
        """Add all runs of other sums; raises like `add`."""
        at = self._room(other.numbers[other.done])
        for name, rows in other.by_run.items():
            self._rows(name, rows.shape[1:])[at] = rows[other.done]
        for name, part in other.daily.items():
            self._include(name, part)

    def summary(self, name: str) -> Daily:
        """Return the sums of a daily array, in float64: squares are rounded once, from the exact sum."""
        part = self.daily[name]
        arrays = (getattr(part, field.name).astype(np.float64) for field in fields(part))
        return Daily(int(self.done.sum()), *arrays)

    def _room(self, numbers: Ints) -> Ints:
        """Mark runs as done and return their rows."""
        at = np.searchsorted(self.numbers, numbers)
        for row, number in zip(at, numbers, strict=True):
            if row == len(self.numbers) or self.numbers[row] != number:
                raise ValueError(f"run {number}: has no room here")
            if self.done[row]:
                raise ValueError(f"run {number}: has been added before")
        self.done[at] = True
        return at

    def _rows(self, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
        if name not in self.by_run:
            self.by_run[name] = np.zeros((len(self.numbers), *shape), dtype=np.float32)
        return self.by_run[name]

    def _include(self, name: str, part: Whole) -> None:
        if name in self.daily:
            self.daily[name].include(part)
        else:
            self.daily[name] = part.copy()
        whole, runs = self.daily[name], int(self.done.sum())
        most = max(int(whole.most.max(initial=0)), -int(whole.least.min(initial=0)))
        if most * most * runs > _MOST:
            raise UsageError(
                f"{name} of {most:,} over {runs:,} runs is more than adds up exactly; use fewer runs"
            )


def narrow(values: Ints) -> npt.NDArray[Any]:
    """Return the same whole numbers in the narrowest type that holds them."""
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    for kind in (np.int8, np.int16, np.int32):
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return values.astype(kind)
    return values


def _widened(*arrays: npt.NDArray[Any]) -> Whole:
    return Whole(*(array.astype(np.int64) for array in arrays))


def merge(one: Sums, other: Sums) -> Sums:
    """Return the sums of the runs of both; associative and commutative to the byte, changing neither.

    Raises
    ------
    ValueError
        If both hold the same run.
    """
    out = Sums([*one.numbers[one.done].tolist(), *other.numbers[other.done].tolist()])
    out.include(one)
    out.include(other)
    return out
