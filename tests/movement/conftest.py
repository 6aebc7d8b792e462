"""The shipped packs and the demand fitted to the larger one, worked out once."""

from __future__ import annotations

from datetime import date

import pytest
from simulators import SIMULATORS, Simulator

from travesia.forecast import fit_demand
from travesia.movement import Demand, Plan
from travesia.region import Region, load_region
from travesia.scenario import Scenario, load_scenario
from travesia.terms import Span


@pytest.fixture(scope="session")
def americas() -> Region:
    return load_region("americas")


@pytest.fixture(scope="session")
def toy() -> Region:
    return load_region("toy")


@pytest.fixture(scope="session")
def happened(americas: Region) -> Scenario:
    return load_scenario(americas, "title-42-stays")


@pytest.fixture(scope="session")
def fitted(americas: Region, happened: Scenario) -> tuple[Demand, Plan]:
    """Departures worked back for the months around the two policies of October 2022 and January 2023."""
    return fit_demand(americas, happened, Span(date(2022, 9, 1), date(2023, 3, 1)))


@pytest.fixture(scope="session")
def toy_fitted(toy: Region) -> tuple[Demand, Plan]:
    return fit_demand(toy, load_scenario(toy, "expulsion-stays"), toy.default_span)


@pytest.fixture(params=sorted(SIMULATORS))
def simulate(request: pytest.FixtureRequest) -> Simulator:
    """Give every simulator of displacements in turn."""
    return SIMULATORS[request.param]
