"""Tables that set scenarios beside each other. Differences are paired: run by run, the same numbers drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from travesia.movement import MEASURES, OUTCOMES, Flows, draw, drawn_parameters, encounters_at_gates
from travesia.region import Region
from travesia.scenario import Parameter, Scenario
from travesia.study.study import Reading
from travesia.terms import Span, month_of, month_span

Floats = npt.NDArray[np.float64]
SHOWN_BY_MONTH = ("encounters", "people")
_DAYS_A_MONTH = 365.25 / 12
_DRIVER_TEXTS = ("scenario", "reading", "measure", "parameter", "title")
_DRIVER_NUMBERS = ("rank_correlation", "difference_at_low", "difference_at_high")


@dataclass(frozen=True)
class Runs:
    """All runs of one study: the baseline first, then the alternatives; `central` with parameters held."""

    scenarios: tuple[Scenario, ...]
    flows: tuple[Flows, ...]
    central: tuple[Flows, ...]
    window: Span
    seed: int
    weighed: frozenset[str] = frozenset()
    """Parameters that weigh what a scenario changes; see `movement.weighed`."""


def reading_of(scenario: Scenario, baseline: Scenario) -> Reading:
    """Return how a scenario is read beside the baseline."""
    if scenario.name == baseline.name:
        return "baseline"
    return "responding" if scenario.departures else "holding"


def arrivals(runs: Runs, region: Region, shown: Span) -> pl.DataFrame:
    """Return people and encounters at the border by month, simulated with ranges and observed.

    ``p05`` to ``p95`` spread over parameters and draws; ``draw_p05`` and ``draw_p95`` over draws alone, with
    every parameter at its central value.
    """
    rows = []
    for scenario, flows, central in zip(runs.scenarios, runs.flows, runs.central, strict=True):
        months = months_of(flows, shown)
        for measure in SHOWN_BY_MONTH:
            for month, periods in months.items():
                values = flows.at_border(measure)[:, periods].sum(axis=(1, 2, 3))
                noise = central.at_border(measure)[:, periods].sum(axis=(1, 2, 3))
                quantiles = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95])
                draws = np.quantile(noise, [0.05, 0.95])
                rows.append(
                    {
                        "month": month,
                        "scenario": scenario.name,
                        "measure": measure,
                        "source": "simulated",
                        "mean": float(values.mean()),
                        **dict(zip(("p05", "p25", "p50", "p75", "p95"), quantiles.tolist(), strict=True)),
                        "draw_p05": float(draws[0]),
                        "draw_p95": float(draws[1]),
                    }
                )
    return pl.concat([pl.DataFrame(rows), _observed(runs, region, shown)], how="diagonal_relaxed")


def _observed(runs: Runs, region: Region, shown: Span) -> pl.DataFrame:
    seen = encounters_at_gates(region, runs.flows[0].frame.itineraries.nationalities)
    inside = [m for m, month in enumerate(seen.months) if _whole(month, shown)]
    return pl.DataFrame(
        {
            "month": [seen.months[m] for m in inside],
            "scenario": [runs.scenarios[0].name] * len(inside),
            "measure": ["encounters"] * len(inside),
            "source": ["observed"] * len(inside),
            "mean": [float(seen.total[:, :, m].sum()) for m in inside],
        },
        schema_overrides={"month": pl.String, "mean": pl.Float64},
    )


def _whole(month: str, shown: Span) -> bool:
    part = month_span(month).clip(shown)
    return part == month_span(month)


def months_of(flows: Flows, shown: Span) -> dict[str, list[int]]:
    """Return the periods of every month that lies wholly in a span."""
    months: dict[str, list[int]] = {}
    for i, period in enumerate(flows.frame.periods):
        month = month_of(period.start)
        if _whole(month, shown):
            months.setdefault(month, []).append(i)
    return months


def answers(runs: Runs) -> pl.DataFrame:
    """Return levels, paired difference and change over the window, by alternative and measure."""
    rows = []
    base = runs.scenarios[0]
    for scenario, flows in zip(runs.scenarios[1:], runs.flows[1:], strict=True):
        for measure in MEASURES:
            before, after = runs.flows[0].total(measure, runs.window), flows.total(measure, runs.window)
            difference = after - before
            change = np.divide(difference, before, out=np.full_like(before, np.nan), where=before > 0)
            rows.append(
                {
                    "scenario": scenario.name,
                    "baseline": base.name,
                    "reading": reading_of(scenario, base),
                    "measure": measure,
                    "unit": "people" if measure in ("people", "lawful_admissions") else "encounters",
                    **_levels("baseline", before),
                    **_levels("scenario", after),
                    **_ranges("difference", difference),
                    **_ranges("change", change),
                    "runs_higher": float((difference > 0).mean()),
                }
            )
    return pl.DataFrame(rows, schema_overrides={f"change_{q}": pl.Float64 for q in ("p05", "p50", "p95")})


def answers_by_nationality(runs: Runs) -> pl.DataFrame:
    """Return the paired difference of encounters and people over the window, by nationality."""
    nationalities = runs.flows[0].frame.itineraries.nationalities
    rows = []
    for scenario, flows in zip(runs.scenarios[1:], runs.flows[1:], strict=True):
        for measure in SHOWN_BY_MONTH:
            before = runs.flows[0].at_border(measure, runs.window).sum(axis=(1, 3))
            after = flows.at_border(measure, runs.window).sum(axis=(1, 3))
            for c, nationality in enumerate(nationalities):
                rows.append(
                    {
                        "scenario": scenario.name,
                        "nationality": nationality,
                        "measure": measure,
                        "baseline_mean": float(before[:, c].mean()),
                        **_ranges("difference", after[:, c] - before[:, c]),
                    }
                )
    return pl.DataFrame(rows)


def link_flows(runs: Runs, region: Region) -> pl.DataFrame:
    """Return mean people a month who cross each link in each direction, over the window."""
    ends = {
        link: (start, end, kind)
        for link, start, end, kind in region.routes.select("id", "from", "to", "kind").rows()
    }
    rows = []
    for scenario, flows in zip(runs.scenarios, runs.flows, strict=True):
        frame = flows.frame
        days = slice(frame.day(runs.window.start), frame.day(runs.window.start) + runs.window.days)
        monthly = flows.crossings.mean[days].sum(axis=0) / runs.window.days * _DAYS_A_MONTH
        for (link, forward), people in zip(frame.links, monthly, strict=True):
            start, end, kind = ends[link]
            rows.append(
                {
                    "scenario": scenario.name,
                    "link": link,
                    "from": start if forward else end,
                    "to": end if forward else start,
                    "kind": kind,
                    "people_per_month": float(people),
                }
            )
    return pl.DataFrame(rows).filter(pl.col("people_per_month") > 0.0)


def outcomes(runs: Runs, shown: Span) -> pl.DataFrame:
    """Return events by month, gate, nationality and outcome, with their range; empty cells are left out."""
    parts = []
    for scenario, flows in zip(runs.scenarios, runs.flows, strict=True):
        nationalities, gates = flows.frame.itineraries.nationalities, flows.frame.gates
        for month, periods in months_of(flows, shown).items():
            block = flows.counts[:, periods].astype(np.float64).sum(axis=1)
            c, g, o = np.nonzero(block.mean(axis=0))
            cells = block[:, c, g, o]
            low, high = np.quantile(cells, [0.05, 0.95], axis=0)
            parts.append(
                pl.DataFrame(
                    {
                        "scenario": [scenario.name] * len(c),
                        "month": [month] * len(c),
                        "gate": [gates[k] for k in g],
                        "nationality": [nationalities[k] for k in c],
                        "outcome": [OUTCOMES[k] for k in o],
                        "mean": cells.mean(axis=0),
                        "p05": low,
                        "p95": high,
                    },
                    # A month without anybody has empty columns, which tell no type.
                    schema_overrides=dict.fromkeys(_OUTCOME_TEXTS, pl.String()),
                )
            )
    return pl.concat(parts)


_OUTCOME_TEXTS = ("scenario", "month", "gate", "nationality", "outcome")


def drivers(runs: Runs) -> pl.DataFrame:
    """Return, for every drawn number, how the paired difference over the window goes with it.

    ``rank_correlation`` is Spearman's over runs; ``difference_at_low`` and ``difference_at_high`` are medians
    over the runs with the number in its lowest and highest third; ``decides_sign`` that they differ in sign.
    """
    rows = []
    base = runs.scenarios[0]
    numbers = range(runs.flows[0].runs)
    parameters = drawn_parameters(base.parameters, runs.seed, numbers)
    titles = {item.id: item.title for item in base.parameters}
    used = drawn_by_runs(base.parameters)
    for scenario, flows in zip(runs.scenarios[1:], runs.flows[1:], strict=True):
        drawn = dict(parameters) | {
            change.id: draw(change.amount, runs.seed, change.id, numbers) for change in scenario.departures
        }
        names = titles | {change.id: change.title for change in scenario.departures}
        for measure in SHOWN_BY_MONTH:
            difference = flows.total(measure, runs.window) - runs.flows[0].total(measure, runs.window)
            for name, values in drawn.items():
                stated = {change.id for change in scenario.departures}
                if np.ptp(values) == 0.0 or name not in used | runs.weighed | stated:
                    continue
                low, high = _thirds(values, difference)
                rows.append(
                    {
                        "scenario": scenario.name,
                        "reading": reading_of(scenario, base),
                        "measure": measure,
                        "parameter": name,
                        "title": names[name],
                        "rank_correlation": _spearman(values, difference),
                        "difference_at_low": low,
                        "difference_at_high": high,
                        "decides_sign": low * high < 0.0,
                    }
                )
    schema: dict[str, pl.DataType] = dict.fromkeys(_DRIVER_TEXTS, pl.String())
    schema |= dict.fromkeys(_DRIVER_NUMBERS, pl.Float64())
    return pl.DataFrame(rows, schema={**schema, "decides_sign": pl.Boolean()})


USED = frozenset(
    {
        "retry-after-expulsion",
        "retry-after-flight",
        "retry-after-return",
        "flown-share",
        "appointment-wait-share",
        "not-met-share",
        "returned-share-mexicans",
        "returned-share-others",
    }
)
"""Parameters that every run draws; travel times and waits stay at their central values."""


def drawn_by_runs(parameters: Iterable[Parameter]) -> frozenset[str]:
    """Return the parameters that every run draws, with those that replace them for some nationalities."""
    return USED | {item.id for item in parameters if item.instead_of in USED}


def _thirds(values: Floats, difference: Floats) -> tuple[float, float]:
    low, high = np.quantile(values, [1 / 3, 2 / 3])
    return float(np.median(difference[values <= low])), float(np.median(difference[values >= high]))


def _spearman(one: Floats, other: Floats) -> float | None:
    # Runs with equal differences share the mean of their ranks.
    ranks = [pl.Series(values).rank("average").to_numpy() for values in (one, other)]
    if len(one) < 3 or np.ptp(other) == 0.0:
        return None
    centred = [rank - np.mean(rank) for rank in ranks]
    return float(np.dot(*centred) / np.sqrt(np.dot(centred[0], centred[0]) * np.dot(centred[1], centred[1])))


def _levels(name: str, values: Floats) -> dict[str, float]:
    low, high = np.quantile(values, [0.05, 0.95])
    return {f"{name}_mean": float(values.mean()), f"{name}_p05": float(low), f"{name}_p95": float(high)}


def _ranges(name: str, values: Floats) -> dict[str, float | None]:
    if np.isnan(values).any():
        return {f"{name}_p05": None, f"{name}_p50": None, f"{name}_p95": None}
    low, mid, high = np.quantile(values, [0.05, 0.5, 0.95])
    return {f"{name}_p05": float(low), f"{name}_p50": float(mid), f"{name}_p95": float(high)}


def window_of(scenarios: Sequence[Scenario], first: Span, last_day: Span) -> Span:
    """Return the days over which scenarios are compared.

    From the first day on which an alternative can differ to the last one on which a policy that it ends
    early stood in the baseline; the end of the run where no such policy ends before.

    Parameters
    ----------
    scenarios
        Baseline first.
    first, last_day
        The span of the first difference (its start counts) and the span of the run.
    """
    base = {policy.id: policy for policy in scenarios[0].policies}
    ends = set()
    for scenario in scenarios[1:]:
        for policy in scenario.policies:
            was = base.get(policy.id)
            if (
                was is not None
                and was.in_model
                and policy.span.end != was.span.end
                and was.span.end is not None
            ):
                ends.add(was.span.end)
    inside = [end for end in ends if first.start < end < (last_day.end or end)]
    return Span(first.start, max(inside) if inside else last_day.end)
