"""A study over the shipped Americas pack whose numbers are all invented, for tests of the page."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from travesia.region import Region, load_region
from travesia.study import ScenarioNote, Study
from travesia.terms import Span, months_in

STAYS, ACCEPTS, REFUSES = "title-42-stays", "title-42-ends-mexico-accepts", "title-42-ends-mexico-refuses"
SCENARIOS = (
    ScenarioNote(STAYS, "Title 42 stays, as it happened", None, (), "baseline"),
    ScenarioNote(
        ACCEPTS,
        "Title 42 ends on 21 December 2022; Mexico accepts returns",
        STAYS,
        ("Title 42 and the policies that rest on it end on 21 December 2022",),
        "holding",
    ),
    ScenarioNote(
        f"{ACCEPTS}-responding",
        "Title 42 ends on 21 December 2022; Mexico accepts returns",
        ACCEPTS,
        ("Departures respond",),
        "responding",
    ),
    ScenarioNote(
        REFUSES,
        "Title 42 ends on 21 December 2022; Mexico does not accept returns",
        STAYS,
        ("Title 42 and the policies that rest on it end on 21 December 2022",),
        "holding",
    ),
    ScenarioNote(
        f"{REFUSES}-responding",
        "Title 42 ends on 21 December 2022; Mexico does not accept returns",
        REFUSES,
        ("Departures respond",),
        "responding",
    ),
)
SPAN = Span(date(2022, 10, 1), date(2023, 6, 1))
WINDOW = Span(date(2022, 12, 21), date(2023, 5, 12))
EFFECTS = {
    (1, "encounters"): (-310_400.0, -251_250.0, -190_300.0),
    (1, "people"): (6_200.0, 11_480.0, 17_900.0),
    (2, "encounters"): (-160_000.0, 42_000.0, 310_000.0),
    (2, "people"): (31_000.0, 140_000.0, 350_000.0),
    (3, "encounters"): (-280_000.0, -219_000.0, -160_000.0),
    (3, "people"): (9_000.0, 15_100.0, 22_700.0),
    (4, "encounters"): (-90_000.0, 96_000.0, 402_000.0),
    (4, "people"): (44_000.0, 168_000.0, 399_000.0),
}
JOURNEYS = """ve-caracas us-el-paso 26000, ve-maracaibo us-eagle-pass 17000, ec-quito us-el-paso 12000,
co-bogota us-yuma 15000, gt-guatemala us-mcallen 14000, hn-san-pedro-sula us-mcallen 16000,
sv-san-salvador us-mcallen 6000, mx-mexico-city us-tucson 52000, cu-havana us-yuma 24000,
ni-managua us-del-rio 21000, pe-lima us-san-diego 7000, br-sao-paulo us-san-diego 4000,
cl-santiago us-el-paso 5000, ve-caracas pe-lima 6000, ve-caracas co-bogota 14000,
ht-port-au-prince us-del-rio 5000"""


def invented_study(lang: str = "en") -> Study:
    """Return a whole study; every table has the columns of the contract, and some nulls."""
    region = load_region("americas")
    return Study(
        title="What if Title 42 had ended on 21 December 2022?",
        question="What would have changed at the US southwest border, what would each of the "
        "twenty signatories' fair share have been, and how far was the pledge of 20,000 places kept?",
        pack="americas",
        pack_version=region.version,
        command="travesia run americas --runs 200 --seed 1",
        seed=1,
        runs=200,
        span=SPAN,
        window=WINDOW,
        scenarios=SCENARIOS,
        tables=_tables(region),
        region=region,
        versions={"travesia": "0.1.0", "python": "3.11"},
        digests={"pack": "ab" * 32},
        as_of=date(2023, 9, 30),
        lang=lang,
    )


def with_tables(study: Study, tables: Mapping[str, pl.DataFrame]) -> Study:
    """Return the study with some tables replaced."""
    return replace(study, tables={**study.tables, **tables})


def _tables(region: Region) -> dict[str, pl.DataFrame]:
    files = Path(__file__).with_name("invented_tables").glob("*.csv")
    written = {file.stem: pl.read_csv(file, infer_schema_length=None, try_parse_dates=True) for file in files}
    return written | {
        "arrivals": _arrivals(),
        "answers": _answers(),
        "answers_by_nationality": _by_nationality(),
        "link_flows": _link_flows(region),
        "outcomes": _outcomes(),
        "shares": _shares(region),
        "key_shares": _key_shares(region),
        "keys_refused": pl.DataFrame(
            {"key": ["grech"], "title": ["Grech's corrected key"], "lacking": ["asylum_per_million (20)"]}
        ),
    }


def _arrivals() -> pl.DataFrame:
    rows = []
    for m, month in enumerate(months_in(SPAN)):
        for i, note in enumerate(SCENARIOS):
            for measure, level in (("encounters", 190_000.0), ("people", 130_000.0)):
                low, middle, high = EFFECTS.get((i, measure), (0.0, 0.0, 0.0))
                ramp = min(1.0, max(0, m - 2) / 2) / 5
                mean = level + 20_000 * math.sin(m / 2) + middle * ramp
                wide = 6_000 + 1_500 * m + (high - low) * ramp / 2
                rows.append(
                    (
                        month,
                        note.name,
                        measure,
                        "simulated",
                        mean,
                        mean - wide,
                        mean - wide / 2.4,
                        mean,
                        mean + wide / 2.4,
                        mean + wide,
                        mean - 900,
                        mean + 900,
                    )
                )
        rows.append(
            (month, None, "encounters", "observed", 186_500.0 + 21_000 * math.sin(m / 2), *[None] * 7)
        )
    names = [
        "month",
        "scenario",
        "measure",
        "source",
        "mean",
        "p05",
        "p25",
        "p50",
        "p75",
        "p95",
        "draw_p05",
        "draw_p95",
    ]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)


def _answers() -> pl.DataFrame:
    rows = []
    for i, note in enumerate(SCENARIOS[1:], 1):
        for measure, base in (
            ("encounters", 912_000.0),
            ("people", 640_500.0),
            ("expulsions", 341_000.0),
            ("let_in", 388_000.0),
        ):
            low, middle, high = EFFECTS.get((i, measure), (-340_000.0, -330_000.0, -321_000.0))
            rows.append(
                (
                    note.name,
                    STAYS,
                    note.reading,
                    measure,
                    "people" if measure == "people" else "encounters",
                    base,
                    base * 0.95,
                    base * 1.05,
                    base + middle,
                    base + low,
                    base + high,
                    low,
                    middle,
                    high,
                    low / base,
                    middle / base,
                    high / base,
                    0.0 if high < 0 else 1.0 if low > 0 else 0.62,
                )
            )
    names = [
        "scenario",
        "baseline",
        "reading",
        "measure",
        "unit",
        "baseline_mean",
        "baseline_p05",
        "baseline_p95",
        "scenario_mean",
        "scenario_p05",
        "scenario_p95",
        "difference_p05",
        "difference_p50",
        "difference_p95",
        "change_p05",
        "change_p50",
        "change_p95",
        "runs_higher",
    ]
    return pl.DataFrame(rows, schema=names, orient="row")


def _by_nationality() -> pl.DataFrame:
    sizes = {
        "MEX": -61_000,
        "GTM": -39_000,
        "HND": -31_000,
        "SLV": -11_000,
        "VEN": 88_000,
        "CUB": 2_000,
        "NIC": -4_000,
        "COL": -9_000,
        "ECU": -12_500,
        "PER": 700,
        "HTI": -90,
        "BRA": 410,
        "IND": 60,
        "OTHER": -1_900,
    }
    rows = [
        (
            note.name,
            iso3,
            measure,
            abs(size) * 2.5,
            size - abs(size) * 0.4 - 800,
            float(size),
            size + abs(size) * 0.4 + 800,
        )
        for note in SCENARIOS[1:]
        for iso3, size in sizes.items()
        for measure in ("encounters", "people")
    ]
    names = [
        "scenario",
        "nationality",
        "measure",
        "baseline_mean",
        "difference_p05",
        "difference_p50",
        "difference_p95",
    ]
    return pl.DataFrame(rows, schema=names, orient="row")


def _link_flows(region: Region) -> pl.DataFrame:
    roads: dict[str, list[tuple[float, str, str, str]]] = {}
    for ident, start, end, kind, km in region.routes.select("id", "from", "to", "kind", "km").iter_rows():
        cost = km * (3.0 if kind.startswith("air") else 1.0)
        roads.setdefault(start, []).append((cost, end, ident, kind))
        roads.setdefault(end, []).append((cost, start, ident, kind))
    rows = []
    for i, note in enumerate(SCENARIOS):
        flows: dict[tuple[str, str, str, str], float] = {}
        for j, journey in enumerate(JOURNEYS.split(",")):
            start, end, people = journey.split()
            factor = 1.0 if i == 0 else 1.0 + (0.32 - 0.07 * j + 0.04 * i if i % 2 == 0 else -0.02 * j)
            for step in _way(roads, start, end):
                flows[step] = flows.get(step, 0.0) + int(people) * factor
        rows += [
            (note.name, ident, a, b, kind, people) for (ident, a, b, kind), people in sorted(flows.items())
        ]
    return pl.DataFrame(
        rows, schema=["scenario", "link", "from", "to", "kind", "people_per_month"], orient="row"
    )


def _way(
    roads: dict[str, list[tuple[float, str, str, str]]], start: str, end: str
) -> list[tuple[str, str, str, str]]:
    if start not in roads or end not in roads:
        return []
    queue: list[tuple[float, str, list[tuple[str, str, str, str]]]] = [(0.0, start, [])]
    done: set[str] = set()
    while queue:
        cost, place, way = heapq.heappop(queue)
        if place == end:
            return way
        if place not in done:
            done.add(place)
            for km, other, ident, kind in roads[place]:
                heapq.heappush(queue, (cost + km, other, [*way, (ident, place, other, kind)]))
    return []


def _outcomes() -> pl.DataFrame:
    rows = [
        (note.name, month, "gate-sector-el-paso", "VEN", outcome, 1000.0, 900.0, 1100.0)
        for note in SCENARIOS
        for month in months_in(SPAN)
        for outcome in ("expelled", "let_in", "pass")
    ]
    return pl.DataFrame(
        rows,
        schema=["scenario", "month", "gate", "nationality", "outcome", "mean", "p05", "p95"],
        orient="row",
    )


def _key_shares(region: Region) -> pl.DataFrame:
    members = region.countries.filter(pl.col("la_declaration")).sort("iso3")["iso3"].to_list()
    n = len(members)
    keys = {
        "population-gdp": ("Half and half", [n - i for i in range(n)]),
        "equal": ("The same for all", [n] * n),
        "svr-swp": ("Four factors", [1 + i * i % 17 for i in range(n)]),
    }
    # The last member is exempted: it takes nobody under any key.
    rows = [
        (key, state, title, key == "population-gdp", weight / sum(weights[:-1]), weight * 9_000)
        if state != members[-1]
        else (key, state, title, key == "population-gdp", 0.0, 0)
        for key, (title, weights) in keys.items()
        for state, weight in zip(members, weights, strict=True)
    ]
    return pl.DataFrame(rows, schema=["key", "iso3", "title", "in_use", "share", "people"], orient="row")


def _shares(region: Region) -> pl.DataFrame:
    members = region.countries.filter(pl.col("la_declaration")).sort("iso3")
    n, total = members.height, 5_800_000
    rows = []
    for i, (iso3, name) in enumerate(members.select("iso3", "name_en").iter_rows()):
        share = (n - i) / (n * (n + 1) / 2)
        hosted = None if i == 7 else float((i * 37 % n) * 51_000 + 900)
        fair = share * total
        rows.append(
            (
                iso3,
                name,
                share,
                fair,
                hosted,
                None if hosted is None else hosted - fair,
                None if hosted is None else hosted * 1.2,
                share,
                share * 1.79e9,
                None,
                "half population, half GDP",
                "parole not counted" if iso3 == "USA" else None,
                "members",
                "VEN",
                2022,
            )
        )
    names = [
        "iso3",
        "name_en",
        "share",
        "fair_people",
        "hosted_people",
        "gap_people",
        "hosted_all_origins_people",
        "share_without_exemption",
        "fair_need_usd",
        "bound",
        "why",
        "caveat",
        "pool",
        "pool_origin",
        "pool_year",
    ]
    return pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
