"""The shipped packs with their demand worked back once, and counts made from a demand that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from travesia.forecast import counted, fit_demand
from travesia.movement import OUTCOMES, Demand, Plan, expected_flows
from travesia.region import Region, load_region
from travesia.scenario import Scenario, load_scenario
from travesia.terms import Span

TOY_YEAR = Span(date(2022, 1, 1), date(2023, 1, 1))
TWO_YEARS = Span(date(2021, 10, 1), date(2023, 10, 1))


@dataclass(frozen=True)
class Worked:
    """A demand worked back, with what it was worked back from."""

    region: Region
    scenario: Scenario
    span: Span
    demand: Demand
    plan: Plan


def work_back(pack: str, span: Span) -> Worked:
    region = load_region(pack)
    scenario = load_scenario(region, region.default_scenarios[0], span=span)
    return Worked(region, scenario, span, *fit_demand(region, scenario, span))


@pytest.fixture(scope="session")
def toy() -> Worked:
    return work_back("toy", TOY_YEAR)


@pytest.fixture(scope="session")
def americas() -> Worked:
    return work_back("americas", TWO_YEARS)


@pytest.fixture
def observed_as() -> Callable[..., Region]:
    """A region in which was counted what a plan leads one to expect."""

    def make(region: Region, plan: Plan, months: tuple[str, ...]) -> Region:
        out = expected_flows(plan)
        passed, met = counted(plan, out)
        expelled = out.counts[..., OUTCOMES.index("expelled")]
        series = dict(region.gates.select("id", "series").iter_rows())
        corridor = plan.frame.itineraries.corridor
        rows = []
        for (m, c, g), people in np.ndenumerate(met):
            name = plan.frame.itineraries.nationalities[c]
            gate = plan.frame.gates[g]
            parts = {"T42": expelled[m, c, g], "T8": people - expelled[m, c, g]}
            rows += [(series[gate], months[m], gate, name, law, value) for law, value in parts.items()]
        for (m, c), people in np.ndenumerate(passed):
            name = plan.frame.itineraries.nationalities[c]
            rows.append((series[corridor], months[m], corridor, name, None, people))
        columns = ["series", "period", "place", "nationality", "authority", "value"]
        made = pl.DataFrame(
            [row for row in rows if row[-1] > 0.0], schema=columns, orient="row"
        ).with_columns(
            measure=pl.lit("flow").cast(region.observations["measure"].dtype),
            unit=pl.lit("encounters"),
            source=pl.lit("invented"),
        )
        kept = region.observations.filter(~pl.col("series").is_in(set(made["series"])))
        return replace(region, observations=pl.concat([kept, made], how="diagonal"))

    return make
