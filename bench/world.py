"""What a large world costs: 50,000 places, 150,000 links, 120 million people in 200 classes, a year by day.

One run by one thread through the compiled kernel. The world is invented, for its size alone. The bare
sampler draws from the laws of some days with keyed numbers, and does nothing else: its speed is
the limit, and what the draws of the run would take at it is the share of time in draws. `--quick`: a tenth.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
import numpy.typing as npt

from displaced.draw_mix import bare, drawn_laws
from displaced.invented_terrain import Ways, terrain_of
from displaced.invented_world import Size, invent
from travesia.movement import Terrain
from travesia.movement.kernel import Trail, Walk, wander
from travesia.movement.stores import empty_trail, empty_walk
from travesia.study.single import peak_mb

Floats = npt.NDArray[np.float64]
QUICK = Size(places=5_000, links=15_000, people=12_000_000, classes=20, days=120, side_km=3_600.0)
ROOM, QUICK_ROOM = 1 << 18, 1 << 15
"""Cohorts that a store has room for; twice as many as there are."""
MIDDLE = 15
"""Day of each month of 30 days before which the draws to come are looked at: scores hold by month."""
TIMES = 5


@dataclass(frozen=True)
class Year:
    """One run: seconds, people at the end, laws that were drawn from, cohorts that stand and are on links."""

    wall_s: float
    cpu_s: float
    trail: Trail
    walk: Walk
    n: Floats
    p: Floats
    standing: Floats
    on_links: Floats


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU seconds of a call."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def warm_up(terrain: Terrain) -> None:
    """Compile, or load what has been compiled."""
    walk, trail = empty_walk(terrain, 1), empty_trail(terrain)
    wander(0, 0, 0, 0, terrain.ground, terrain.days, terrain.habits, walk, trail, False)


def run_year(terrain: Terrain, room: int, seed: int) -> Year:
    """Make one run; the clock stands while the draws of a day are looked at."""
    days = terrain.displacement.days
    walk, trail = empty_walk(terrain, room), empty_trail(terrain)
    stops = [*range(MIDDLE, days, 30), days]
    wall = cpu = 0.0
    at, laws, standing, on_links = 0, [], [], []

    def advance(until: int) -> None:
        nonlocal at
        wander(at, until, seed, 0, terrain.ground, terrain.days, terrain.habits, walk, trail, False)
        at = until

    for stop in stops:
        more = timed(lambda stop=stop: advance(stop))  # type: ignore[misc]
        wall, cpu = wall + more[0], cpu + more[1]
        if stop < days:
            laws.append(drawn_laws(terrain, walk, stop))
        standing.append(walk.standing.used[0])
        on_links.append(_entries(walk.due.ends[:, 0], walk.due.later))
    bags, lists = (walk.standing, walk.staying, walk.now, walk.coming), (walk.due, walk.today)
    if any(bag.used[1] for bag in bags) or any(due.used[2] for due in lists):
        raise SystemExit(f"error: more cohorts than the stores have room for; make ROOM more than {room}")
    n, p = (np.concatenate(part) for part in zip(*laws, strict=True))
    return Year(wall, cpu, trail, walk, n, p, np.array(standing), np.array(on_links))


def _entries(first: npt.NDArray[np.int64], later: npt.NDArray[np.int64]) -> int:
    """Return how many entries the lists hold that begin at `first`."""
    count, here = 0, first[first >= 0]
    while len(here):
        count, here = count + len(here), later[here]
        here = here[here >= 0]
    return count


def sampler_speed(n: Floats, p: Floats) -> float:
    """Return the draws a CPU-second of the sampler alone: the median of some times."""
    bare(n[:10], p[:10], 0)
    return len(n) / median(timed(lambda seed=seed: bare(n, p, seed))[1] for seed in range(TIMES))


def show(size: Size, terrain: Terrain, year: Year) -> None:
    """Print what the run took."""
    draws, cohorts = year.walk.totals[2], year.trail.cohorts
    speed = sampler_speed(year.n, year.p)
    person_days, camp = year.trail.stock.sum(), terrain.days.camp[0]
    last, set_out = year.trail.stock[-1], year.trail.set_out.sum()
    print(f"places {size.places:,}, links {size.links:,}, classes {size.classes}, days {size.days}")
    in_camps = last[:-1][camp].sum() / last.sum()
    print(f"people at the end             {last.sum():>16,.0f}  {in_camps:.0%} in camps")
    print(f"people set out on a link      {set_out:>16,.0f}  {set_out / person_days:.1%} of person-days")
    print(f"cohorts a day                 {cohorts.mean():>16,.0f}  most {cohorts.max():,}; stand or arrive")
    print(f"  standing by night           {year.standing.mean():>16,.0f}")
    print(f"  and on links                {year.on_links.mean():>16,.0f}")
    print(f"wall s                        {year.wall_s:>16.1f}  bound 60")
    print(f"CPU s                         {year.cpu_s:>16.1f}")
    print(f"peak MB                       {peak_mb() or 0.0:>16,.0f}  bound 8,000")
    print(f"draws                         {draws:>16,.0f}  {draws / cohorts.sum():.2f} a cohort and day")
    print(f"draws a CPU-second            {draws / year.cpu_s:>16,.0f}")
    print(f"  of the bare sampler         {speed:>16,.0f}  on {len(year.n):,} draws of some days")
    print(f"share of time in draws        {draws / speed / year.cpu_s:>16.1%}")
    print(f"cohorts a CPU-second          {cohorts.sum() / year.cpu_s:>16,.0f}")
    print(f"person-days a CPU-second      {person_days / year.cpu_s:>16,.0f}")


def main() -> None:
    """Print what one run of the invented world costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the world")
    quick = parser.parse_args().quick
    size, room = (QUICK, QUICK_ROOM) if quick else (Size(), ROOM)
    terrain = terrain_of(invent(size), size, Ways())
    print(f"compiled or loaded in         {timed(lambda: warm_up(terrain))[0]:>16.1f} s", flush=True)
    show(size, terrain, run_year(terrain, room, 1))


if __name__ == "__main__":
    main()
