"""Full paths: where everybody is on every day of every run, a Parquet file a run and scenario."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.terms import UsageError


@dataclass(frozen=True)
class Axes:
    """The axes of a daily stock: `places` from day `start` on, in each of the scenarios."""

    scenarios: tuple[str, ...]
    start: date
    places: tuple[str, ...]

    def day(self, when: date | None) -> int:
        """Return the number of a day, 0 for ``None``; raises ``UsageError`` for one before the start."""
        number = 0 if when is None else (when - self.start).days
        if number < 0:
            raise UsageError(f"{when}: lies before the first day simulated, {self.start}; choose a later day")
        return number


def path_bytes(stock: npt.NDArray[np.float64], axes: Axes, number: int, first: int) -> bytes:
    """Return one run as Parquet: run, day, place, people, without the rows in which nobody is.

    Parameters
    ----------
    stock
        float64[day, place], people at the end of each day.
    axes
        What the axes stand for.
    number, first
        Number of the run, and the first day that is kept.
    """
    day, place = np.nonzero(stock[first:])
    start = axes.start + timedelta(days=first)
    table = pl.DataFrame(
        {
            "run": np.full(len(day), number, dtype=np.int32),
            "day": pl.Series(np.datetime64(start) + day.astype("timedelta64[D]"), dtype=pl.Date),
            "place": pl.Series(axes.places, dtype=pl.String).gather(place),
            "people": stock[first:][day, place].astype(np.int64),
        }
    )
    into = io.BytesIO()
    table.write_parquet(into, compression="zstd", statistics=True)
    return into.getvalue()


def save_paths(folder: Path, axes: Axes, paths: Mapping[tuple[int, int], bytes]) -> None:
    """Write paths as FOLDER/SCENARIO/run-NUMBER.parquet, each file whole or not at all."""
    for (number, scenario), content in paths.items():
        target = folder / axes.scenarios[scenario] / f"run-{number:05d}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        put(target, content)


def put(target: Path, content: bytes) -> None:
    """Write a file beside its place and rename it: half of it never looks whole."""
    fresh = target.with_name(f".{target.name}.part")
    try:
        fresh.write_bytes(content)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
