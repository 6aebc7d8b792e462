"""The kernel, which moves cohorts, agrees in law with a simulator that moves one person at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from reference import walk
from small_regions import (
    START,
    counted,
    demand_of,
    gate,
    instead,
    numbers,
    policy,
    reacting,
    region_of,
    scenario_of,
)

from travesia.movement import (
    CENTRAL,
    Options,
    Plan,
    build_frame,
    build_plan,
    draw_runs,
    drawn_parameters,
    plan_itineraries,
    rules_of_runs,
    simulate,
)
from travesia.terms import Span

RUNS = 250
SPAN = Span(START, date(2022, 4, 1))
PLACES = [
    ("a", "AAA"),
    ("b", "AAA"),
    ("gap", "BBB"),
    ("hub", "NNN"),
    ("n", "NNN"),
    ("d", "DDD"),
    ("p", "DDD"),
]
LINKS = [
    ("a", "gap", "jungle", 45.0), ("b", "gap", "jungle", 15.0), ("gap", "hub", "road", 800.0),
    ("b", "hub", "sea", 300.0), ("hub", "n", "road", 400.0), ("n", "d", "border_desert", 20.0),
    ("n", "p", "border_desert", 20.0),
]  # fmt: skip
GATES = [
    gate("line", "sector", ("d", "DDD"), "n"),
    gate("port", "port", ("p", "DDD"), "n"),
    gate("corridor", "checkpoint", ("gap", "BBB"), "a"),
    gate("near", "checkpoint", ("hub", "NNN"), "gap"),
]


@pytest.fixture(scope="module", params=[False, True], ids=["as-it-was", "reacting"])
def plan(request: pytest.FixtureRequest) -> Plan:
    """Return a plan of two nationalities, also with checks, papers and a closed port it did not have."""
    rows = [
        counted("border", month, at, name, 100.0, authority)
        for month in ("2022-01", "2022-02", "2022-03")
        for at in ("line", "port")
        for name in ("AAA", "NNN")
        for authority in ("T8", "T42", "T42")[: 3 if at == "line" else 2]
    ]
    rows.append(counted("corridor", "2022-01", "gap", "AAA", 50.0))
    origins = [("AAA", "a", "home"), ("AAA", "b", "home"), ("NNN", "n", "home")]
    region = region_of(PLACES, LINKS, GATES, origins, rows, population={"a": 3000, "b": 1000})
    acts = (
        policy("t42", "expulsion", ("d", "p"), end=date(2022, 3, 1)),
        policy("back", "return", ("d", "p"), start=date(2022, 3, 1), nationalities=("AAA",)),
    )
    given = reacting(wait_hub_days=4.0, retry_delay_days=5.0, flown_share=0.5, retry_after_flight=0.7)
    given += (instead("flown-share", "NNN", 0.1), instead("retry-after-expulsion", "NNN", 0.6))
    scenario = scenario_of(acts, SPAN, with_parameters=given)
    reacts = (
        policy("checks", "transit-enforcement", ("gap", "hub"), start=date(2022, 1, 20)),
        policy("guards", "transit-enforcement", ("n",), start=date(2022, 2, 1), nationalities=("AAA",)),
        policy("papers", "transit-facilitation", ("n",), start=date(2022, 2, 10), nationalities=("AAA",)),
        policy("shut", "closure", ("p",), start=date(2022, 2, 1), end=date(2022, 3, 10)),
    )
    other = replace(scenario, name="other", policies=(*acts, *(reacts if request.param else ())))
    frame = build_frame(region, plan_itineraries(region, numbers(scenario.parameters)), SPAN)
    choice = np.array([[0.7, 0.3, 0.0, 0.0], [0.4, 0.6, 0.0, 0.0]])
    people: dict[tuple[str, str], float | list[float]] = {
        ("AAA", "corridor"): 40.0, ("AAA", "direct"): 15.0, ("NNN", "direct"): 25.0,
    }  # fmt: skip
    return build_plan(frame, other, demand_of(frame, people, np.array([0.2, 0.0]), choice), scenario)


@pytest.fixture(scope="module")
def both(plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Return float64[run, number] of the reference and of the kernel: every count, and people."""
    values = drawn_parameters(plan.scenario.parameters, 0, CENTRAL)
    drawn = draw_runs(plan, values, np.ones((1, *plan.departures.shape)), 0, CENTRAL)[0]
    rng = np.random.default_rng(2022)
    rules = rules_of_runs(plan, values)[0]
    worlds = [walk(plan, drawn, rng, rules) for _ in range(RUNS)]
    slow = np.stack([np.concatenate([world.counts.ravel(), world.people.ravel()]) for world in worlds])
    flows = simulate([plan], Options(runs=4 * RUNS, seed=5, central=True))[0]
    counts = flows.counts.sum(axis=1, dtype=float).reshape(4 * RUNS, -1)
    people = flows.people.sum(axis=1, dtype=float).reshape(4 * RUNS, -1)
    return slow, np.concatenate([counts, people], axis=1)


def test_the_same_things_happen_at_all(both: tuple[np.ndarray, np.ndarray]):
    slow, fast = both
    often = fast.mean(axis=0) > 0.2
    assert often.sum() > 15
    assert np.array_equal(fast.sum(axis=0) > 0, often | (fast.sum(axis=0) > 0))
    assert (slow.sum(axis=0)[often] > 0).all()
    assert (slow.sum(axis=0)[fast.sum(axis=0) == 0] < 5).all()


def test_means_agree(both: tuple[np.ndarray, np.ndarray]):
    slow, fast = both
    often = fast.mean(axis=0) > 0.2
    error = np.sqrt(slow.var(axis=0) / len(slow) + fast.var(axis=0) / len(fast))[often]
    z = (slow.mean(axis=0) - fast.mean(axis=0))[often] / error
    assert np.abs(z).max() < 4.5, z


def test_spreads_agree(both: tuple[np.ndarray, np.ndarray]):
    slow, fast = both
    often = fast.mean(axis=0) > 2.0
    ratio = slow[:, often].var(axis=0, ddof=1) / fast[:, often].var(axis=0, ddof=1)
    # A variance of 250 nearly normal numbers is off by about sqrt(2 / 250), 9 per cent.
    assert np.abs(np.log(ratio)).max() < 4.5 * np.sqrt(2 / RUNS + 2 / (4 * RUNS)), ratio


def test_numbers_move_together_alike(both: tuple[np.ndarray, np.ndarray]):
    slow, fast = both
    often = fast.mean(axis=0) > 4.0
    apart = np.corrcoef(slow[:, often].T) - np.corrcoef(fast[:, often].T)
    assert np.abs(apart).max() < 4.5 / np.sqrt(RUNS - 3) * np.sqrt(1.25)


def test_the_histogram_of_encounters_agrees(plan: Plan, both: tuple[np.ndarray, np.ndarray]):
    classes, gates = len(plan.frame.itineraries.nationalities), len(plan.frame.gates)
    met = np.zeros((classes, gates, 7), dtype=bool)
    met[:, :2, [1, 3, 4, 6]] = True
    columns = np.flatnonzero(np.concatenate([met.ravel(), np.zeros(classes * gates, dtype=bool)]))
    slow, fast = (np.sort(numbers_[:, columns].sum(axis=1)) for numbers_ in both)
    # Kolmogorov and Smirnov: the greatest distance of two empirical laws, 99.99 per cent bound.
    grid = np.union1d(slow, fast)
    distance = np.abs(
        np.searchsorted(slow, grid, "right") / len(slow) - np.searchsorted(fast, grid, "right") / len(fast)
    ).max()
    assert distance < 2.23 * np.sqrt(1 / len(slow) + 1 / len(fast))
