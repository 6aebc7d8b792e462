"""The reference simulator, by the peer's rules, against the statistics of the peer's own runs."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from flee_folders import SHARED, TOYS, needs_shared, paths
from walker import walk

from travesia.movement import read_flee_folder

RUNS = 12
LEAST_ERROR = 0.3
"""Pooled standard error, in people, below which a place on a day hardly varies and is not compared."""


@needs_shared
@pytest.mark.parametrize("case", TOYS)
def test_the_walker_agrees_with_the_peers_runs(case: str):
    displacement = read_flee_folder(*paths(case))
    walked = [walk(displacement, "flee", seed) for seed in range(RUNS)]
    counts = np.stack([each.counts for each in walked]).astype(float)
    names = [*(site.name for site in displacement.sites), "(on links)"]
    mean, sd = _statistics(case, names, displacement.days)
    theirs = int(pl.read_csv(SHARED / "summary.csv").filter(pl.col("case") == case)["runs"][0])

    people = pl.read_csv(SHARED / "stats" / f"{case}.spawn.csv")["agents"].to_numpy()
    assert all(np.array_equal(each.people, people) for each in walked)
    ours = counts.std(axis=0, ddof=1)
    error = np.sqrt((sd**2 + ours**2) / 2 * (1 / theirs + 1 / RUNS))
    apart = counts.mean(axis=0) - mean
    varies = error > LEAST_ERROR
    assert np.sqrt(np.mean((apart[varies] / error[varies]) ** 2)) < 1.3
    assert 0.7 < (ours**2).sum() / (sd**2).sum() < 1.4
    assert np.abs(apart).max() / people.max() < 0.015


def _statistics(case: str, names: list[str], days: int) -> tuple[np.ndarray, np.ndarray]:
    """Return float64[day, place + 1], mean and standard deviation of the peer's runs."""
    frame = pl.read_parquet(SHARED / "stats" / f"{case}.parquet").with_columns(pl.col("location").cast(str))
    mean, sd = np.zeros((days, len(names))), np.zeros((days, len(names)))
    for at, name in enumerate(names):
        rows = frame.filter(pl.col("location") == name).sort("day")
        mean[:, at], sd[:, at] = rows["mean"].to_numpy(), rows["sd"].to_numpy()
    return mean, sd
