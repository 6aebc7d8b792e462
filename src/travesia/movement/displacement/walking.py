"""Runs of a displacement: the job that an ensemble repeats, and what its runs add up to."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.movement.displacement.counts import counted
from travesia.movement.displacement.terrain import Terrain
from travesia.movement.ensemble import Options, Progress, as_int64, digest_arrays, run_job
from travesia.movement.flows import ON_LINKS, Daily
from travesia.movement.kernel import Trail, Walk, wander
from travesia.movement.paths import Axes
from travesia.movement.stores import empty_trail, empty_walk
from travesia.movement.sums import Written
from travesia.terms import ScenarioError

_ROOM = 1024
_DAILY = ("stock", "set_out", "spawned")


@dataclass(frozen=True)
class Walked:
    """What the runs of a displacement came to, in people at the scale of its settings.

    `stock` is [day, place + 1], people at the end of each day, the last column on links; it must not be
    summed over days. `set_out` is [day, link], people who set out on a link; `spawned` is [day]. By run:
    `person_days` [run, link] spent on links, `cohorts` a day, `draws`, and `waiting`, people who could not
    set out up to the last day, as no place in conflict had inhabitants.
    """

    terrain: Terrain
    stock: Daily
    set_out: Daily
    spawned: Daily
    person_days: npt.NDArray[np.float64]
    cohorts: npt.NDArray[np.float64]
    draws: npt.NDArray[np.float64]
    waiting: npt.NDArray[np.float64]

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.draws)


def walk_displacement(
    terrain: Terrain, options: Options, executor: Executor | None = None, progress: Progress | None = None
) -> Walked:
    """Run a displacement many times.

    Parameters
    ----------
    terrain
        The displacement under a set of rules.
    options
        Runs, seed, threads, folders to keep chunks in and to write paths into.
    executor
        Where the runs are worked on; threads of this process for ``None``.
    progress
        Called with the number of runs done, once a chunk.

    Returns
    -------
    Walked
        The same bytes for any executor, number of threads and size of chunks.
    """
    (sums,) = run_job(Walks(terrain, options.seed), options, executor, progress)
    stock, set_out, spawned = (sums.summary(name) for name in _DAILY)
    rows = {name: values.astype(np.float64) for name, values in sums.by_run.items()}
    return Walked(terrain, stock, set_out, spawned, **rows)


def expected_walk(terrain: Terrain) -> Walked:
    """Return the expected people of a displacement in one pass, in the form of one run.

    Every draw is its mean. Where a camp fills up the mean of runs is another one, as crowding does not rise
    in proportion.
    """
    written = _written(*run_once(terrain, 0, 0, expected=True))
    # Who leaves a place is taken off what came in parts: rounding may leave less than nobody.
    stock, set_out, spawned = (
        Daily(1, day, day * day, day, day)
        for day in (np.maximum(written.daily[name], 0.0) for name in _DAILY)
    )
    return Walked(terrain, stock, set_out, spawned, **{n: row[None] for n, row in written.by_run.items()})


@dataclass(frozen=True)
class Walks:
    """The job: a terrain and a seed."""

    terrain: Terrain
    seed: int

    @property
    def axes(self) -> Axes:
        """The name of the rules, and what the axes of daily stock are."""
        terrain = self.terrain
        return Axes((terrain.rules,), terrain.displacement.start, (*terrain.places, ON_LINKS))

    def facts(self) -> Mapping[str, str]:
        """Everything that the numbers depend on."""
        digest = hashlib.sha256()
        digest_arrays(digest, (*self.terrain.ground, *self.terrain.days, self.terrain.inhabitants))
        digest.update(repr(self.terrain.habits).encode())
        return {"seed": str(self.seed), "rules": self.terrain.rules, "displacement": digest.hexdigest()}

    def run(self, numbers: Sequence[int]) -> Iterator[tuple[Written, ...]]:
        """Do the runs of these numbers in order."""
        room = _ROOM
        for number in numbers:
            trail, walk = run_once(self.terrain, self.seed, number, room=room)
            # What one run came to need the next will need as well.
            room = len(walk.standing.key)
            yield (_written(trail, walk),)


def _written(trail: Trail, walk: Walk) -> Written:
    return Written(
        {
            "person_days": trail.person_days,
            "cohorts": np.array(trail.cohorts.mean()),
            "draws": np.array(walk.totals[2]),
            "waiting": np.array(walk.totals[1]),
        },
        {name: getattr(trail, name) for name in _DAILY},
    )


def run_once(
    terrain: Terrain, seed: int, number: int, expected: bool = False, room: int = _ROOM
) -> tuple[Trail, Walk]:
    """Return what one run leaves behind, and its last state.

    The stores have room for so many cohorts and are doubled until a run fits; a run is a pure function of its
    seed and number.

    Raises
    ------
    ScenarioError
        Where the peer's run would stop: more people are to set out than there are inhabitants.
    """
    while True:
        walk, trail = empty_walk(terrain, room), empty_trail(terrain)
        key = (as_int64(seed), number)
        wander(
            0, terrain.displacement.days, *key, terrain.ground, terrain.days, terrain.habits, walk, trail,
            expected,
        )  # fmt: skip
        bags, lists = (walk.standing, walk.staying, walk.now, walk.coming), (walk.due, walk.today)
        if not (any(bag.used[1] for bag in bags) or any(due.used[2] for due in lists)):
            break
        room *= 2
    if terrain.rules == "flee" and walk.totals[1] > 0.0:
        raise ScenarioError(
            terrain.displacement.name,
            f"{walk.totals[1]:.0f} people are to set out whom no place in conflict has as inhabitants",
            "give the places more inhabitants, or use --rules travesia, which lets those people wait",
        )
    return trail, walk


def warm_up_walk(terrain: Terrain) -> float:
    """Compile the kernel, or load it from the cache, and return the seconds that it took."""
    start = time.perf_counter()
    walk, trail = empty_walk(terrain, 1), empty_trail(terrain)
    wander(0, 0, 0, 0, terrain.ground, terrain.days, terrain.habits, walk, trail, False)
    return time.perf_counter() - start


def walked_stock_table(walked: Walked) -> pl.DataFrame:
    """Return day, place, mean, sd, min, max, data, date, name: people at the end of each day."""
    displacement, days = walked.terrain.displacement, walked.terrain.displacement.days
    places = [*walked.terrain.places, ON_LINKS]
    names = [*(site.name for site in displacement.sites), None]
    seen = np.concatenate([counted(displacement), np.full((days, 1), np.nan)], axis=1)
    dates = [displacement.start + timedelta(days=day) for day in range(days)]
    return pl.DataFrame(
        {
            "day": np.repeat(np.arange(days), len(places)),
            "place": places * days,
            **walked.stock.levels(),
            "data": pl.Series(seen.ravel()).fill_nan(None),
            "date": pl.Series(dates, dtype=pl.Date).repeat_by(len(places)).explode(),
            "name": pl.Series(names * days, dtype=pl.String),
        }
    )


def walked_crossings_table(walked: Walked) -> pl.DataFrame:
    """Return day, from, to, km, mean, sd, min, max of people who set out on a link."""
    ground, days = walked.terrain.ground, walked.terrain.displacement.days
    places = np.array(walked.terrain.places, dtype=object)
    links = len(ground.link_km)
    return pl.DataFrame(
        {
            "day": np.repeat(np.arange(days), links),
            "from": pl.Series(list(places[ground.link_from]) * days, dtype=pl.String),
            "to": pl.Series(list(places[ground.link_to]) * days, dtype=pl.String),
            "km": np.tile(ground.link_km, days),
            **walked.set_out.levels(),
        }
    )


def walked_spawned_table(walked: Walked) -> pl.DataFrame:
    """Return day, new, total: people spawned, and all there are with those put in on day 0.

    Whole numbers where every run spawns the same; means where chance decides how many.
    """
    new = walked.spawned.mean
    total = walked.terrain.days.at_start.sum() + np.cumsum(new)
    if np.array_equal(walked.spawned.least, walked.spawned.most) and np.array_equal(new, np.rint(new)):
        new, total = new.astype(np.int64), total.astype(np.int64)
    return pl.DataFrame({"day": np.arange(len(new)), "new": new, "total": total})
