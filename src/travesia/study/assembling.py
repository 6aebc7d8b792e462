"""The order of a run: from a pack's name to a study."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import polars as pl

from travesia.forecast import fit_demand, fit_table, score_as_of
from travesia.movement import (
    Demand,
    Frame,
    Itineraries,
    Options,
    Plan,
    PoolKind,
    advance,
    build_frame,
    build_plan,
    encounters_at_gates,
    first_day_apart,
    open_pool,
    simulate,
    tell_if_compiling,
    weighed,
)
from travesia.record import Ledger
from travesia.region import Region, load_region
from travesia.scenario import Scenario, load_scenario
from travesia.sharing import members_of
from travesia.study.choosing import Known, ledger_of, scenarios_to_run
from travesia.study.comparing import (
    Runs,
    answers,
    answers_by_nationality,
    arrivals,
    drawn_by_runs,
    drivers,
    link_flows,
    outcomes,
    reading_of,
    window_of,
)
from travesia.study.journeys import journey_tables
from travesia.study.listing import policies_listed
from travesia.study.responsibility import share_tables, state_pledges
from travesia.study.study import ScenarioNote, Study
from travesia.terms import Span, UsageError, add_months, first_day, month_span, months_in
from travesia.tracking import balance_table, track

WARM_UP_DAYS = 120
"""Days simulated before those shown, so that the routes are full."""
FITTED_MONTHS = 24
"""Last months counted over which the past fit is reported; the forecast knows the first half of them."""
_PACKAGES = ("numpy", "numba", "polars", "vl-convert-python")


@dataclass(frozen=True)
class Request:
    """What a user asks for; ``None`` where the pack decides.

    `members` share the people hosted by themselves, or by the wider group `pool_of`. `threads` is the number
    of workers, `executor` their kind; `keep` is a folder for finished runs, to go on from there after a stop.
    `known` asks for the ways in which the first scenario could go on, as known on a day.
    """

    pack: str = "americas"
    scenarios: tuple[str, ...] = ()
    span: Span | None = None
    runs: int = 200
    seed: int = 1
    threads: int = 1
    lang: str = "en"
    members: str = "la-declaration"
    pool_of: str = "members"
    executor: PoolKind = "threads"
    keep: Path | None = None
    known: Known | None = None

    @property
    def command(self) -> str:
        """The command that repeats the study, without what changes no number: workers, kept runs."""
        words = ["travesia", "run", self.pack]
        for name in self.scenarios:
            words += ["--scenario", name]
        if self.span is not None:
            words += ["--from", str(self.span.start), "--to", str(self.span.end)]
        words += self.known.words if self.known else []
        if self.members != "la-declaration":
            words += ["--members", self.members]
        if self.pool_of != "members":
            words += ["--pool", self.pool_of]
        words += ["--runs", str(self.runs), "--seed", str(self.seed)]
        return shlex.join(words if self.lang == "en" else [*words, "--lang", self.lang])


@dataclass(frozen=True)
class Told:
    """Where a run tells of its progress: `stage` in words, `runs` by number of runs done."""

    stage: Callable[[str], None]
    runs: Callable[[int], None]


@dataclass(frozen=True)
class Prepared:
    """Everything that has been worked out before the first draw."""

    region: Region
    scenarios: tuple[Scenario, ...]
    itineraries: Itineraries
    demand: Demand
    fitted: Plan
    """What happened, over the months of the demand; `happened` over the days of the frame."""
    happened: Plan
    frame: Frame
    plans: tuple[Plan, ...]
    span: Span
    window: Span


def run_study(request: Request, told: Told) -> Study:
    """Run the scenarios of a request and assemble the study that compares them.

    Raises
    ------
    UsageError
        For fewer than two scenarios, one named twice, or a span that the observations do not cover or
        that holds no whole month.
    InputError
        As the rooms below raise it.
    """
    ready = prepare(request, least=2, stage=told.stage)
    told.stage(f"simulating {len(ready.plans)} scenarios")
    options = run_options(request, "drawn")
    held = replace(run_options(request, "central"), runs=max(20, request.runs // 4), central=True)
    with open_pool(request.executor, request.threads) as pool:
        flows = simulate(ready.plans, options, told.runs, ready.happened, pool)
        central = simulate(ready.plans, held, None, ready.happened, pool)
    told.stage("comparing, sharing, tracking")
    of_changes = weighed(ready.plans)
    runs = Runs(ready.scenarios, tuple(flows), tuple(central), ready.window, request.seed, of_changes)
    region, ledger = ready.region, ledger_of(request.pack)
    return Study(
        title=_title(region, request),
        question=_question(ready),
        pack=region.name,
        pack_version=region.version,
        command=request.command,
        seed=request.seed,
        runs=request.runs,
        span=ready.span,
        window=ready.window,
        scenarios=tuple(_note(scenario, ready.scenarios[0]) for scenario in ready.scenarios),
        tables=_tables(ready, runs, request, ledger),
        region=region,
        versions=_versions(region),
        digests={"pack": region.digest, **{scenario.name: scenario.digest for scenario in ready.scenarios}},
        as_of=_data_end(region),
        lang=request.lang,
        left_out=len(ledger.proposed()),
    )


def run_options(request: Request, part: str) -> Options:
    """Return how the ensemble of a request is run; `part` names its folder under the one to keep runs in."""
    keep = None if request.keep is None else request.keep / part
    return Options(request.runs, request.seed, request.threads, keep=keep)


def prepare(request: Request, least: int = 1, stage: Callable[[str], None] | None = None) -> Prepared:
    """Load a pack, fit its demand, and lay out all scenarios of a request over one frame.

    Departures are worked back under what happened: the scenario without a base on which the first one rests.
    At least `least` scenarios must be named, by the request or by the pack. `stage` is told when the long
    work begins, after all that a user wrote has been read.
    """
    region = load_region(request.pack)
    if request.members != "la-declaration":
        members_of(region, request.members)
    if request.pool_of != "members":
        members_of(region, request.pool_of)
    names = request.scenarios or region.default_scenarios
    span = request.span or region.default_span
    scenarios = scenarios_to_run(region, names, request.known, span, least)
    # What was known on a day is no scenario of the file; what happened is the one that it was known of.
    happened = scenarios[0] if request.known is None else load_scenario(region, names[0], span=span)
    while happened.base is not None:
        happened = load_scenario(region, happened.base, span=span)
    last = _data_end(region)
    _check_span(region, span, last)
    if least > 1:
        _check_months(span)
    tell_if_compiling(advance, stage)
    if stage is not None:
        stage("working back departures")
    demand, fitted = fit_demand(region, happened, _fit_span(region, span, last))
    itineraries = fitted.frame.itineraries
    whole = Span(span.start - timedelta(days=WARM_UP_DAYS), span.end)
    draft = build_frame(region, itineraries, whole)
    window = _window(draft, scenarios, happened, demand, span)
    cuts = tuple(day for day in (span.start, window.start, window.end) if day is not None)
    frame = build_frame(region, itineraries, whole, cuts)
    plans = tuple(build_plan(frame, scenario, demand, happened) for scenario in scenarios)
    base = plans[0] if happened is scenarios[0] else build_plan(frame, happened, demand)
    return Prepared(region, scenarios, itineraries, demand, fitted, base, frame, plans, span, window)


def _check_span(region: Region, span: Span, last: date) -> None:
    first = first_day(_counted_months(region)[0])
    if span.start < first:
        raise UsageError(
            f"--from {span.start}: observations of {region.name} begin on {first}; choose a later day"
        )
    if span.end is None or span.end > last + timedelta(days=1):
        raise UsageError(
            f"--to {span.end}: observations of {region.name} end on {last}; choose an earlier day"
        )


def _check_months(span: Span) -> None:
    if not any(month_span(month).clip(span) == month_span(month) for month in months_in(span)):
        raise UsageError(
            f"--from {span.start} --to {span.end}: no whole month lies between them, as a study needs; "
            "choose more days, or use simulate"
        )


def _fit_span(region: Region, span: Span, last: date) -> Span:
    reported = first_day(_counted_months(region)[-FITTED_MONTHS:][0])
    return Span(min(reported, span.start - timedelta(days=WARM_UP_DAYS)), last + timedelta(days=1))


def _window(
    frame: Frame, scenarios: Sequence[Scenario], happened: Scenario, demand: Demand, span: Span
) -> Span:
    if len(scenarios) == 1:
        return span
    plans = [build_plan(frame, scenario, demand, happened) for scenario in scenarios]
    apart = min(first_day_apart(plans[0], plan) for plan in plans[1:])
    start = frame.span.start + timedelta(days=apart)
    if start not in span:
        return span
    return window_of(scenarios, Span(start, span.end), span)


def _counted_months(region: Region) -> tuple[str, ...]:
    """Return the months counted at the border gates."""
    months = encounters_at_gates(region, tuple(sorted(region.origins["nationality"].unique()))).months
    if not months:
        raise UsageError(
            f"{region.name}: nothing was counted at its border gates; add observations to the pack"
        )
    return months


def _data_end(region: Region) -> date:
    """Return the last day of the last month counted at the border gates."""
    return first_day(add_months(_counted_months(region)[-1], 1)) - timedelta(days=1)


def _last_month_of_all(region: Region) -> date:
    """Return the last day of the last month of any series: promises are tracked up to it."""
    months = region.observations.filter(pl.col("period").str.len_chars() == len("2022-12"))["period"]
    end = month_span(str(months.max())).end
    return _data_end(region) if end is None else end - timedelta(days=1)


def _title(region: Region, request: Request) -> str:
    asked = region.question if not request.scenarios and request.known is None else None
    return (asked or region.title)[request.lang]


def _question(ready: Prepared) -> str:
    base, *others = ready.scenarios
    held = [scenario.title for scenario in others if not scenario.departures] or [
        item.title for item in others
    ]
    return f"{base.title}. What if instead: " + "; or: ".join(held) + "?"


def _note(scenario: Scenario, baseline: Scenario) -> ScenarioNote:
    return ScenarioNote(
        scenario.name, scenario.title, scenario.base, scenario.changes, reading_of(scenario, baseline)
    )


def _tables(ready: Prepared, runs: Runs, request: Request, ledger: Ledger) -> Mapping[str, pl.DataFrame]:
    region = ready.region
    months = _counted_months(region)[-FITTED_MONTHS:]
    known = months[(len(months) - 1) // 2]
    balances = track(region, ledger, as_of=_last_month_of_all(region))
    shares = share_tables(region, request.members, request.pool_of)
    return {
        "arrivals": arrivals(runs, region, ready.span),
        "answers": answers(runs),
        "answers_by_nationality": answers_by_nationality(runs),
        "link_flows": link_flows(runs, region),
        "outcomes": outcomes(runs, ready.span),
        **journey_tables(runs),
        "drivers": drivers(runs),
        "assumptions": _assumptions(ready.scenarios, weighed(ready.plans)),
        "fit_past": fit_table(region, ready.demand, ready.fitted, months),
        "scores_as_of": score_as_of(region, ready.fitted.scenario.name, known, months[-1]),
        **shares,
        "balance": balance_table(balances),
        "state_pledges": state_pledges(region, balances, shares["shares"], request.members),
        "policies": policies_listed(ready.scenarios, [plan.timetable for plan in ready.plans], ledger),
        "not_routed": pl.DataFrame(ready.itineraries.not_routed, schema=["nationality", "why"], orient="row"),
    }


def _assumptions(scenarios: Sequence[Scenario], of_changes: frozenset[str]) -> pl.DataFrame:
    used = of_changes | drawn_by_runs(scenarios[0].parameters)
    rows = {
        item.id: _assumption(item.id, item.title, item.amount, item.why, item.id in used)
        for item in scenarios[0].parameters
    }
    for scenario in scenarios[1:]:
        for change in scenario.departures:
            why = f"{change.amount.source or ''} (scenario {scenario.name}, from {change.start})"
            rows[f"{scenario.name}/{change.id}"] = _assumption(
                change.id, change.title, change.amount, why, True
            )
    return pl.DataFrame(list(rows.values()))


def _assumption(name: str, title: str, amount: object, why: str, drawn: bool) -> dict[str, object]:
    fields = {field: getattr(amount, field) for field in ("low", "value", "high", "unit", "basis", "source")}
    fields["central"] = fields.pop("value")
    return {"id": name, "title": title, **fields, "drawn": drawn, "why": why}


def _versions(region: Region) -> dict[str, str]:
    own = {"travesia": version("travesia"), region.name: region.version, "python": platform.python_version()}
    return own | {name: version(name) for name in _PACKAGES}
