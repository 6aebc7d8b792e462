"""The toy pack prepared once, with a few runs, and flows whose numbers are written by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from travesia.movement import OUTCOMES, Flows, Options, simulate
from travesia.study import Prepared, Request, prepare
from travesia.study.comparing import Runs

SEED = 3


@pytest.fixture(scope="session")
def ready() -> Prepared:
    return prepare(Request("toy"))


@pytest.fixture(scope="session")
def flows(ready: Prepared) -> list[Flows]:
    return simulate(ready.plans, Options(runs=6, seed=SEED, threads=1))


@pytest.fixture(scope="session")
def runs(ready: Prepared, flows: list[Flows]) -> Runs:
    return Runs(ready.scenarios, tuple(flows), tuple(flows), ready.window, SEED)


@pytest.fixture
def by_hand(ready: Prepared, flows: list[Flows]) -> Callable[..., Runs]:
    """Runs in which as many of XAA were let in at the one border gate on the window's first days as given."""

    def make(before: Sequence[float], after: Sequence[float], outcome: str = "let_in") -> Runs:
        frame = ready.frame
        period = next(i for i, period in enumerate(frame.periods) if period.start == ready.window.start)
        at = frame.itineraries.nationalities.index("XAA"), frame.gates.index("gate-sector-duna")

        def told(one: Flows, numbers: Sequence[float]) -> Flows:
            counts = np.zeros((len(numbers), *one.counts.shape[1:]))
            people = np.zeros((len(numbers), *one.people.shape[1:]))
            counts[:, period, *at, OUTCOMES.index(outcome)] = numbers
            people[:, period, *at] = numbers
            lawful = np.zeros((len(numbers), *one.lawful.shape[1:]))
            return replace(one, counts=counts, people=people, lawful=lawful)

        both = told(flows[0], before), told(flows[1], after)
        return Runs(ready.scenarios, both, both, ready.window, SEED)

    return make
