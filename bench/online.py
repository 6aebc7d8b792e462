"""What placing cases as they arrive keeps of what hindsight could have had, greedy beside it.

Each row is a rule on made arrivals, one by one. Futures are drawn from those who have arrived and, "in", from
the year itself, "out", from another year at the same places, "own", nobody else. Hindsight is a certified
bound for all cases known from the start; beside the score as a part of it stand those left out.

year-329 and year-499 have the shape of published years of one agency: 20 places, three in five pairs
admissible, places that hold exactly whom chance has put there. m and M have the shape of `assign_cases.py`:
20 families a place, three in ten of them tied to one place. No person stands behind any of them.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from assign_cases import DENSITY, FACTORS, PLACES, SIZE_OF, YEARS, Size, make_year, year_sizes
from travesia.sharing import OUT, Arrivals, OnlineRule, Pool, Program, best_places, place_arrivals

SMALL = {"m": Size(1_400, 70, 4_000)}

HEAD = (
    f"{'instance':<10}{'seed':>5}  {'rule':<13}{'% hindsight':>12}{'families':>10}{'left out':>10}"
    f"{'people':>8}{'wait %':>8}{'cpu s':>8}"
)


def two_years(name: str, seed: int) -> tuple[Program, Program]:
    """Make a year and another one at the same places."""
    if name in YEARS:
        return one_agency(name, seed)
    size = (SMALL | SIZE_OF)[name]
    made = []
    for year in range(2):
        chance, there = (np.random.default_rng([seed, *own, *name.encode()]) for own in ([year], []))
        made.append(make_year(size, chance, there))
    return made[0], made[1]


def one_agency(name: str, seed: int) -> tuple[Program, Program]:
    """Make two years of one agency; the places hold exactly a placement of the first at random."""
    count, total = YEARS[name]
    there = np.random.default_rng([seed, count])
    good, weight = there.normal(0, 0.45, PLACES), there.lognormal(0.0, 0.8, PLACES)
    spread = np.sqrt(0.28 / np.sqrt(FACTORS))
    other = there.normal(0, spread, (PLACES, FACTORS))
    capacity = np.zeros((PLACES, 1), np.int64)
    made = []
    for year in range(2):
        chance = np.random.default_rng([seed, count, year])
        people = year_sizes(chance, count, total)
        adults = np.minimum(people, chance.choice([1, 2, 3], size=count, p=[0.35, 0.5, 0.15]))
        went = chance.choice(PLACES, size=count, p=weight / weight.sum())
        able = chance.random((count, PLACES)) < DENSITY
        able[np.arange(count), went] = True
        if year == 0:
            np.add.at(capacity, went, people[:, None])
        able &= people[:, None] <= capacity[:, 0]
        suits = chance.normal(0, spread, (count, FACTORS)) @ other.T
        score = adults[:, None] / (1 + np.exp(1.3 - chance.normal(0, 0.8, count)[:, None] - good - suits))
        made.append(
            Program(
                people=people,
                use=people[:, None],
                start=np.concatenate([[0], np.cumsum(able.sum(axis=1))]),
                place=np.nonzero(able)[1],
                score=score[able],
                capacity=capacity,
                floor=np.zeros_like(capacity),
            )
        )
    return made[0], made[1]


def score_of(program: Program, chosen: np.ndarray) -> float:
    """Return the sum of the scores of the placed."""
    return float(program.score[chosen[chosen != OUT]].sum())


def measure(name: str, seed: int, options: argparse.Namespace) -> None:
    """Print the rows of an instance."""
    year, another = two_years(name, seed)
    began = time.process_time()
    best = best_places(year, seconds=options.limit, gap=1e-3)
    # Of answers that place everybody: where there is a penalty, there is room for all.
    bound = best.bound - year.out_penalty
    row(name, seed, "hindsight", year, best.chosen, (bound, None, time.process_time() - began))
    rule = OnlineRule(futures=options.futures, reprice=options.reprice, expected=len(year.people))
    balanced = OnlineRule(
        futures=options.futures, reprice=options.reprice, expected=len(year.people), balance=options.balance
    )
    rules = {
        "greedy": (Pool.all_of(year), OnlineRule(futures=0)),
        "prices, in": (Pool.all_of(year), rule),
        "prices, out": (Pool.all_of(another), rule),
        "prices, own": (None, rule),
        "balance, out": (Pool.all_of(another), balanced),
    }
    for told, (pool, how) in rules.items():
        if told not in options.rules and options.rules:
            continue
        began = time.process_time()
        run = place_arrivals(year, Arrivals.one_by_one(year), pool, how)
        spent = time.process_time() - began
        row(name, seed, told, year, run.chosen(len(year.people)), (bound, run.wait, spent))


def row(
    name: str,
    seed: int,
    told: str,
    year: Program,
    chosen: np.ndarray,
    numbers: tuple[float, float | None, float],
) -> None:
    """Print one row."""
    bound, wait, spent = numbers
    busy = "" if wait is None else f"{100 * wait:.1f}"
    print(
        f"{name:<10}{seed:>5}  {told:<13}{100 * score_of(year, chosen) / bound:>12.2f}{len(chosen):>10,}"
        f"{int((chosen == OUT).sum()):>10,}{int(year.people[chosen == OUT].sum()):>8,}{busy:>8}{spent:>8.1f}",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = ", ".join([*YEARS, *SMALL, *SIZE_OF])
    parser.add_argument("names", nargs="*", metavar="NAME", default=[*YEARS, *SMALL], help=names)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--futures", type=int, default=4)
    parser.add_argument("--reprice", type=int, default=None, metavar="N", help="families a pricing")
    parser.add_argument("--balance", type=float, default=0.3, metavar="X")
    parser.add_argument("--limit", type=float, default=60.0, metavar="S", help="seconds for hindsight")
    parser.add_argument("--rules", nargs="*", default=(), metavar="RULE", help="only these rows")
    options = parser.parse_args()
    print(HEAD, flush=True)
    for name in options.names:
        for seed in range(options.seeds):
            measure(name, seed, options)


if __name__ == "__main__":
    main()
