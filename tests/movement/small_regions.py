"""Small invented regions, scenarios and demands: by hand, and as a strategy of hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from hypothesis import strategies as st

from travesia.movement import Demand, Flows, Frame, Plan, build_frame, build_plan, plan_itineraries
from travesia.region import Region
from travesia.scenario import DepartureChange, Parameter, Policy, Scenario
from travesia.terms import Amount, Span, months_in, schemas

START = date(2022, 1, 1)
VALUES = {
    "retry-after-expulsion": (0.4, 0.3, 0.55),
    "retry-delay-days": (10.0, 10.0, 10.0),
    "retry-after-return": (0.1, 0.05, 0.15),
    "returned-share-mexicans": (0.8, 0.6, 1.0),
    "returned-share-others": (0.1, 0.0, 0.3),
    "not-met-share": (0.2, 0.1, 0.3),
    "applicants-per-place": (1.5, 1.0, 3.0),
    "speed-road-km-day": (200.0, 120.0, 300.0),
    "speed-jungle-km-day": (15.0, 8.0, 25.0),
    "speed-sea-km-day": (150.0, 100.0, 250.0),
    "speed-border-desert-km-day": (25.0, 15.0, 35.0),
    "travel-air-days": (1.0, 1.0, 3.0),
    "frontier-days": (0.5, 0.2, 1.0),
    "wait-border-town-days": (3.0, 2.0, 30.0),
}
"""Value, low, high of every parameter."""
REACTIONS = {
    "air-shut-utility": (-1.8, -3.0, -1.4), "land-shut-utility": (-0.5, -0.7, 0.0),
    "fee-utility-100-usd": (-0.1, -0.2, 0.0), "way-eased-utility": (0.1, 0.0, 0.3),
    "going-elasticity": (0.5, 0.1, 0.9), "known-route-share": (0.01, 0.001, 0.05),
    "stopped-share": (0.3, 0.1, 0.4), "retry-after-stop": (0.6, 0.3, 0.9),
    "facilitated-wait-ratio": (0.5, 0.4, 1.0), "outside-quota-share": (0.5, 0.2, 0.9),
    "leave-queue-share": (0.2, 0.02, 0.3), "switch-gate-days": (3.0, 3.0, 3.0),
    "closed-gate-utility": (-2.0, -4.0, -1.0), "metered-gate-utility": (-0.5, -1.5, 0.0),
    "watched-gate-utility": (-0.3, -0.5, 0.0), "appointments-utility-100": (0.5, 0.0, 1.0),
    "belief-gate-utility": (-1.0, -2.0, 0.0), "belief-departure-utility": (-0.5, -0.8, 0.0),
    "experience-days": (10.0, 5.0, 20.0), "belief-memory-days": (20.0, 10.0, 40.0),
    "smuggler-reach": (0.5, 0.2, 0.8), "smuggler-trust": (0.3, 0.1, 0.6),
    "campaign-reach": (0.4, 0.1, 0.5), "campaign-trust": (0.5, 0.1, 0.6),
    "deterrence-believed-share": (0.2, 0.1, 0.3), "rush-utility": (0.05, 0.0, 0.1),
    "pathway-stay-share": (0.5, 0.2, 0.9), "origin-shock-utility": (0.4, 0.1, 0.8),
    "origin-shock-days": (30.0, 30.0, 30.0), "sanction-utility": (0.2, 0.1, 0.4),
    "sanction-relief-utility": (-0.1, -0.2, 0.0), "status-utility": (-0.2, -0.3, 0.0),
    "waiting-return-share": (0.1, 0.1, 0.1), "pathway-bar-utility": (-0.5, -0.8, 0.0),
}  # fmt: skip
"""Value, low, high of what weighs a change against the baseline; packs need not give them."""


def parameters(**changed: float | tuple[float, float, float]) -> tuple[Parameter, ...]:
    """Return the parameters with some changed; a single number has no range."""
    values = dict(VALUES)
    for name, value in changed.items():
        values[name.replace("_", "-")] = value if isinstance(value, tuple) else (value, value, value)
    return tuple(
        Parameter(name, name, Amount(value, "ratio", low, high, basis="assumed"), "invented")
        for name, (value, low, high) in values.items()
    )


def reacting(**changed: float | tuple[float, float, float]) -> tuple[Parameter, ...]:
    """Return the parameters with those that weigh changes, some of them changed."""
    fixed = {name.replace("-", "_"): value for name, value in REACTIONS.items()}
    return parameters(**{**fixed, **changed})


def instead(of: str, nationality: str, value: float) -> Parameter:
    """Return a parameter that replaces another one for a nationality."""
    amount = Amount(value, "ratio", value, value, basis="assumed")
    return Parameter(f"{of}-{nationality.lower()}", of, amount, "invented", of, (nationality,))


def numbers(of: tuple[Parameter, ...]) -> dict[str, float]:
    return {item.id: float(item.amount.value or 0.0) for item in of}


Place = tuple[str, str]
"""Id and country."""
Link = tuple[str, str, str, float]
"""From, to, kind, km."""


def gate(
    name: str, kind: str, at: Place, approach: str | None = None, covers: str | None = None
) -> dict[str, Any]:
    """Return one row of gates.csv; border gates share the series border, checkpoints have their own."""
    series = name if kind == "checkpoint" else "border"
    return {
        "id": name, "name": name, "kind": kind, "country": at[1], "place": at[0],
        "covers": covers, "approach": approach, "series": series,
    }  # fmt: skip


def counted(
    series: str, month: str, at: str, nationality: str, value: float, authority: str | None = None
) -> dict[str, Any]:
    """Return one row of observations."""
    return {
        "series": series, "period": month, "place": at, "country": None, "nationality": nationality,
        "channel": None, "authority": authority, "measure": "flow", "unit": "encounters", "value": value,
        "source": "invented",
    }  # fmt: skip


def region_of(
    places: list[Place],
    links: list[Link],
    gates: list[dict[str, Any]],
    origins: list[tuple[str, str, str]],
    observations: list[dict[str, Any]],
    population: dict[str, int] | None = None,
    one_way: bool = False,
) -> Region:
    """Make a region in memory; its tables pass the schemas of a pack."""

    def table(schema: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
        names = list(schema.columns())
        if not rows:
            return schema.create_empty()
        frame = pl.DataFrame(rows, infer_schema_length=None)
        return schema.validate(frame.select(names), cast=True)

    people = population or {}
    return Region(
        name="small", version="1", title={"en": "small"}, folder=Path("small"), restricted=False,
        default_scenarios=("base",), default_span=Span(START, date(2022, 4, 1)), sources=(),
        places=table(schemas.Places, [
            {"id": name, "name": name, "country": country, "kind": "transit", "lat": 0.0, "lon": 0.0,
             "population": people.get(name), "coordinates": "approximate"} for name, country in places
        ]),
        routes=table(schemas.Routes, [
            {"id": f"{a}--{b}--{kind}", "from": a, "to": b, "kind": kind, "km": km,
             "one_way": one_way or kind == "air"}
            for a, b, kind, km in links
        ]),
        gates=table(schemas.Gates, gates),
        origins=table(schemas.Origins, [{"nationality": n, "place": p, "role": r} for n, p, r in origins]),
        countries=schemas.Countries.create_empty(),
        indicators=schemas.Indicators.create_empty(),
        observations=table(schemas.Observations, observations),
        shapes={}, digest="small",
    )  # fmt: skip


def policy(
    name: str,
    kind: str,
    where: tuple[str, ...],
    start: date = START,
    end: date | None = None,
    nationalities: tuple[str, ...] | None = None,
    amount: Amount | None = None,
) -> Policy:
    """Return a policy that acts on everybody, from the first day on, unless it is told otherwise."""
    return Policy(
        id=name, kind=kind, authority=("DDD",), span=Span(start, end), where=where,
        nationalities=nationalities, excepted=(), demographics=None,
        effect={} if amount is None else {"amount": amount}, in_model=True,
        description=name, certainty="invented", source="invented",
        legal_basis="ordinary-law" if kind == "return" else None,
    )  # fmt: skip


def scenario_of(
    policies: tuple[Policy, ...] = (),
    span: Span | None = None,
    departures: tuple[DepartureChange, ...] = (),
    with_parameters: tuple[Parameter, ...] | None = None,
    name: str = "base",
) -> Scenario:
    """Return a scenario over the first three months of 2022."""
    return Scenario(
        name=name, title=name, region="small", policies=policies,
        parameters=parameters() if with_parameters is None else with_parameters,
        departures=departures, span=span or Span(START, date(2022, 4, 1)),
    )  # fmt: skip


def demand_of(
    frame: Frame,
    people: dict[tuple[str, str], float | list[float]],
    turned_back: float | np.ndarray = 0.0,
    choice: np.ndarray | None = None,
) -> Demand:
    """Return a demand by month; border gates are chosen evenly unless `choice` [class, gate] is given."""
    months = tuple(months_in(frame.span))
    classes = len(frame.itineraries.nationalities)
    turned = np.asarray(turned_back, float).reshape(-1, 1)
    border = np.array([kind != "checkpoint" for kind in frame.region.gates["kind"]], dtype=float)
    even = np.tile(border / border.sum(), (classes, 1)) if choice is None else choice
    return Demand(
        mode="past", rule="by hand", known=None, months=months, nationalities=frame.itineraries.nationalities,
        gates=frame.gates,
        departures_people={k: np.broadcast_to(np.asarray(n, float), len(months)) for k, n in people.items()},
        turned_back=np.broadcast_to(turned, (classes, len(months))).copy(),
        choice=np.repeat(even[:, :, None], len(months), axis=2),
    )  # fmt: skip


def days_of(span: Span) -> tuple[date, ...]:
    """Return every day of a span, to cut a frame into periods of one day."""
    return tuple(span.start + timedelta(days=day) for day in range(span.days))


# One way, one gate: everything can be worked out on paper.

SIMPLE_PLACES = [("a", "AAA"), ("n", "NNN"), ("d", "DDD")]
SIMPLE_LINKS = [("a", "n", "road", 400.0), ("n", "d", "border_desert", 25.0)]


def simple_region(
    share_expelled: float = 0.0, nationalities: tuple[str, ...] = ("AAA",), kind: str = "sector"
) -> Region:
    """Return one origin, one town on the near side, one gate, 1,000 encounters a month by nationality."""
    seen = [
        counted("border", month, "g", nationality, 1000.0 * share, authority)
        for month in ("2022-01", "2022-02", "2022-03", "2022-04", "2022-05", "2022-06")
        for nationality in nationalities
        for share, authority in ((share_expelled, "T42"), (1.0 - share_expelled, "T8"))
    ]
    gates = [gate("g", kind, ("d", "DDD"), approach="n")]
    origins = [(nationality, "a", "home") for nationality in nationalities]
    return region_of(SIMPLE_PLACES, SIMPLE_LINKS, gates, origins, seen)


def plan_of(
    region: Region,
    scenario: Scenario,
    people: dict[tuple[str, str], float | list[float]],
    by_day: bool = False,
    **demand: Any,
) -> Plan:
    """Return a plan over the scenario's span, with a demand by hand."""
    itineraries = plan_itineraries(region, numbers(scenario.parameters))
    cuts = days_of(scenario.span) if by_day else ()
    frame = build_frame(region, itineraries, scenario.span, cuts)
    return build_plan(frame, scenario, demand_of(frame, people, **demand))


def stock_of_all(flows: Flows) -> np.ndarray:
    """Return float64[day], everybody at the end of each day, summed over runs."""
    return flows.stock.total.sum(axis=1)


# Random ones.


class Case:
    """A random region with two scenarios of it by day; no dataclass, to be shown in a line."""

    def __init__(self, plan: Plan, other: Plan, seed: int) -> None:
        self.plan, self.other, self.seed = plan, other, seed

    def __repr__(self) -> str:
        acts = [[f"{p.id} {p.span}" for p in plan.scenario.policies] for plan in (self.plan, self.other)]
        return f"Case({self.plan.frame.gates}, {acts[0]}, {acts[1]}, seed {self.seed})"


@st.composite
def regions(draw: Any) -> Region:
    """Draw a region: origins, perhaps a corridor, towns on the near side, ports and sectors, counts."""
    towns = [(f"n{i}", "NNN") for i in range(draw(st.integers(1, 3)))]
    homes = [(f"a{i}", "AAA") for i in range(draw(st.integers(1, 2)))]
    ends = [(f"d{i}", "DDD") for i in range(draw(st.integers(1, 3)))]
    places = [*homes, ("b0", "BBB"), ("b1", "BBB"), ("hub", "NNN"), *towns, *ends, ("e", "EEE")]
    km = st.floats(1.0, 500.0)
    links = [(home, "b0", "jungle", draw(st.floats(1.0, 40.0))) for home, _ in homes]
    links += [("b0", "b1", "road", draw(km)), ("b1", "hub", "road", draw(km))]
    links += [("hub", town, "road", draw(km)) for town, _ in towns]
    if draw(st.booleans()):
        links.append(("a0", "hub", draw(st.sampled_from(["sea", "air"])), draw(km)))
    if draw(st.booleans()):
        links.append(("e", "b1", "air", 5000.0))
    gates = []
    for i, end in enumerate(ends):
        near = sorted(draw(st.sets(st.sampled_from([town for town, _ in towns]), min_size=1)))
        links += [(town, end[0], "border_desert", draw(st.floats(1.0, 60.0))) for town in near]
        gates.append(gate(f"g{i}", draw(st.sampled_from(["sector", "port"])), end, "|".join(near)))
    if draw(st.booleans()):
        gates.append(gate("corridor", "checkpoint", ("b0", "BBB"), "|".join(name for name, _ in homes)))
    if draw(st.booleans()):
        gates.append(gate("near", "checkpoint", ("hub", "NNN"), "b1"))
    origins = [("AAA", home, "home") for home, _ in homes]
    origins += [("NNN", towns[0][0], "home"), ("OTHER", "e", "gateway"), ("ZZZ", "b1", "home")]
    count = st.integers(1, 400).map(float)
    seen = []
    for month in ("2022-01", "2022-02", "2022-03"):
        for row in gates:
            names = ("AAA", "NNN", "OTHER") if row["kind"] != "checkpoint" else ("AAA", "ZZZ")
            for nationality in names:
                authorities = ("T8", "T42") if row["kind"] != "checkpoint" else (None,)
                seen += [
                    counted(row["series"], month, row["id"], nationality, draw(count), a) for a in authorities
                ]
    return region_of(places, links, gates, origins, seen)


REACTING = (
    "visa", "closure", "reopening", "capacity", "cost-risk", "sanction", "origin-shock", "information",
    "status", "transit-enforcement", "transit-facilitation", "deterrence",
)  # fmt: skip
"""Kinds that act through what they change against the baseline."""

SHARED = ("appointments", "quota-pathway", "capacity")
"""Kinds that give nationalities a number to share."""


def policies(draw: Any, region: Region, last: int) -> tuple[Policy, ...]:
    """Draw policies at the border gates, and a pathway over the first link."""
    border = tuple(region.gates.filter(pl.col("kind") != "checkpoint")["place"])
    links = tuple(region.routes["id"][:1])
    out = []
    plain = ("expulsion", "return", "appointments", "quota-pathway")
    for kind in (*plain, *draw(st.lists(st.sampled_from(REACTING), max_size=4, unique=True))):
        for k in range(draw(st.integers(0, 2) if kind in plain else st.just(1))):
            first = START + timedelta(days=draw(st.just(0) | st.integers(0, last)))
            end = draw(st.none() | st.integers(1, last).map(lambda n, d=first: d + timedelta(days=n)))
            named = draw(
                st.none() | st.sets(st.sampled_from(["AAA", "NNN", "OTHER"]), min_size=1).map(sorted)
            )
            number = None
            if kind in ("appointments", "quota-pathway", "capacity"):
                a_day = draw(st.integers(0, 30) | st.floats(0.0, 30.0))
                number = Amount(float(a_day), "persons per day")
            if kind == "cost-risk":
                number = Amount(draw(st.floats(-300.0, 300.0)), "USD per person")
            where = links if kind == "quota-pathway" else border
            if kind in REACTING:
                anywhere = (*region.places["id"], *region.routes["id"])
                where = tuple(sorted(draw(st.sets(st.sampled_from(anywhere), min_size=1, max_size=4))))
            out.append(
                policy(
                    f"{kind}-{k}", kind, where, first, end, None if named is None else tuple(named), number
                )
            )
    return tuple(out)


def plans_for(draw: Any, region: Region, last: int, *sets: tuple[Policy, ...]) -> list[Plan]:
    """Draw a demand of up to 900 people a month on each route; the first set of policies is the baseline."""
    span = Span(START, START + timedelta(days=last))
    drawn = reacting(
        retry_delay_days=float(draw(st.integers(1, 30))),
        retry_after_flight=0.3,
        appointment_wait_share=draw(st.sampled_from([0.0, 0.5, 1.0])),
        flown_share=draw(st.sampled_from([0.0, 0.5, 1.0])),
    )
    first = scenario_of(sets[0], span, with_parameters=drawn)
    others = [replace(first, name=f"other-{i}", policies=found) for i, found in enumerate(sets[1:])]
    itineraries = plan_itineraries(region, numbers(first.parameters))
    frame = build_frame(region, itineraries, span, days_of(span))
    people = {
        (source.nationality, source.route): draw(st.just(0.0) | st.floats(50.0, 900.0))
        for source in itineraries.sources
    }
    classes = len(itineraries.nationalities)
    turned = np.array([draw(st.sampled_from([0.0, 0.0, 0.3, 1.0])) for _ in range(classes)])
    border = np.array([kind != "checkpoint" for kind in region.gates["kind"]])
    weights = np.array([[draw(st.floats(0.01, 1.0)) if at else 0.0 for at in border] for _ in range(classes)])
    demand = demand_of(frame, people, turned, weights / weights.sum(axis=1, keepdims=True))
    return [build_plan(frame, scenario, demand, first) for scenario in (first, *others)]


@st.composite
def cases(draw: Any) -> Case:
    """Draw a region with two scenarios of it that need have nothing in common."""
    region, last = draw(regions()), draw(st.integers(55, 80))
    sets = (policies(draw, region, last), policies(draw, region, last))
    return Case(*plans_for(draw, region, last, *sets), draw(st.integers(0, 2**32)))


@st.composite
def families(draw: Any) -> tuple[list[Plan], int]:
    """Draw a region with a baseline and two scenarios that mostly differ for one nationality; and a seed."""
    region, last = draw(regions()), draw(st.integers(55, 80))
    whole = policies(draw, region, last)
    apart = draw(st.booleans())
    base = tuple(p for p in whole if not (apart and p.kind in SHARED))
    others = []
    for k in range(2):
        more = []
        for p in policies(draw, region, last):
            start = START + timedelta(days=draw(st.integers(0, last)))
            name = draw(st.sampled_from(["AAA", "NNN", "OTHER"]))
            if p.kind not in SHARED or draw(st.integers(0, 3)) == 0:
                more.append(replace(p, id=f"{p.id}-{k}", span=Span(start), nationalities=(name,)))
        without = draw(st.integers(0, 2 * len(base)))
        others.append((*base[:without], *base[without + 1 :], *more[: draw(st.integers(1, 2))]))
    return plans_for(draw, region, last, base, *others), draw(st.integers(0, 2**32))
