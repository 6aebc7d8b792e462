"""What proving the best placement of a year's cases of one agency costs: CPU seconds, and what was proved.

Made instances in the shape of published ones: 329 or 499 cases at 20 places, three in five pairs admissible,
and places that hold exactly whom chance has put there, so that every place is tight in every resource.
`--peer` also gives each to plain HiGHS, with `--limit` seconds. No person stands behind them.
"""

from __future__ import annotations

import argparse
import time

import highspy
import numpy as np

from assign_cases import DENSITY, FACTORS, PLACES, YEARS, year_sizes
from travesia.sharing import Program, best_places, integer_model, rows_of

RESOURCES = {
    "people": (0,),
    "people+children": (0, 1),
    "ages": (1, 2, 3),
    "people+ages": (0, 1, 2, 3),
}
VARIANTS = [(resources, penalty) for resources in RESOURCES for penalty in (0.0, 4.0)]

HEAD = (
    f"{'instance':<10}{'resources':<17}{'penalty':>8}{'seed':>6}  {'solver':<10}{'cpu s':>8}"
    f"{'worth':>13}  proved"
)


def make_year(name: str, resources: str, penalty: float, seed: int = 0) -> Program:
    """Make the cases of a year, and places as large as one placement at random asks for."""
    cases, total = YEARS[name]
    chance = np.random.default_rng([seed, cases])
    people = year_sizes(chance, cases, total)
    adults = np.minimum(people, chance.choice([1, 2, 3], size=cases, p=[0.35, 0.5, 0.15]))
    seniors = np.where(chance.random(cases) < 0.06, np.minimum(adults, chance.integers(1, 3, cases)), 0)
    use = np.stack([people, people - adults, adults - seniors, seniors], axis=1)[:, RESOURCES[resources]]
    weight = chance.lognormal(0.0, 0.8, PLACES)
    went = chance.choice(PLACES, size=cases, p=weight / weight.sum())
    able = chance.random((cases, PLACES)) < DENSITY
    able[np.arange(cases), went] = True
    capacity = np.zeros((PLACES, use.shape[1]), np.int64)
    np.add.at(capacity, went, use)
    able &= (use[:, None, :] <= capacity).all(axis=2)
    return Program(
        people=people,
        use=use,
        start=np.concatenate([[0], np.cumsum(able.sum(axis=1))]),
        place=np.nonzero(able)[1],
        score=_scores(chance, adults)[able],
        capacity=capacity,
        floor=np.zeros_like(capacity),
        unplaced_penalty=penalty,
    )


def _scores(chance: np.random.Generator, adults: np.ndarray) -> np.ndarray:
    """Return adults times a chance of work, by a logistic model for each place, [cases, places]."""
    own, there = chance.normal(-1.3, 0.8, len(adults)), chance.normal(0, 0.45, PLACES)
    spread = np.sqrt(0.28 / np.sqrt(FACTORS))
    one, other = (chance.normal(0, spread, (count, FACTORS)) for count in (len(adults), PLACES))
    return adults[:, None] / (1 + np.exp(-(own[:, None] + there + one @ other.T)))


def plain(program: Program, limit: float) -> tuple[float, bool]:
    """Give the whole integer program to HiGHS as it stands; return its worth and whether it was proved."""
    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "time_limit": limit}
    for option, value in options.items():
        solver.setOptionValue(option, value)
    solver.passModel(integer_model(program, rows_of(program)))
    solver.run()
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return solver.getInfo().objective_function_value, proved


def measure(solver: str, program: Program, limit: float) -> tuple[float, float, bool]:
    """Return CPU seconds, worth and whether it was proved."""
    began = time.process_time()
    if solver == "highs":
        worth, proved = plain(program, limit)
    else:
        solved = best_places(program, seconds=limit)
        chosen = np.zeros(0, np.int64) if solved.chosen is None else solved.chosen
        worth, proved = float(program.worth[chosen[chosen >= 0]].sum()), solved.proven
    return time.process_time() - began, worth - program.out_penalty, proved


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(YEARS), metavar="NAME", help=", ".join(YEARS))
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--limit", type=float, default=60.0, metavar="S", help="seconds for each solver")
    parser.add_argument("--peer", action="store_true", help="plain HiGHS beside it")
    options = parser.parse_args()
    solvers = ("travesia", "highs") if options.peer else ("travesia",)
    print(HEAD, flush=True)
    for name in options.names:
        for resources, penalty in VARIANTS:
            for seed in range(options.first, options.first + options.seeds):
                program = make_year(name, resources, penalty, seed)
                for solver in solvers:
                    cpu, worth, proved = measure(solver, program, options.limit)
                    print(
                        f"{name:<10}{resources:<17}{penalty:>8g}{seed:>6}  {solver:<10}{cpu:>8.2f}"
                        f"{worth:>13.6f}  {'yes' if proved else 'no'}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
