"""One scenario by itself: tables by day, and what the run cost."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from travesia.movement import (
    Flows,
    Plan,
    count_work,
    crossings_table,
    expected_as_flows,
    open_pool,
    outcomes_table,
    simulate,
    spawned_table,
    stock_table,
    warm_up,
)
from travesia.study.assembling import Request, prepare, run_options
from travesia.terms import Span


@dataclass(frozen=True)
class Single:
    """Tables of one scenario by name, and the facts of ``run.json``."""

    tables: dict[str, pl.DataFrame]
    facts: Mapping[str, float | int | str | None]


def simulate_one(
    request: Request,
    expected: bool = False,
    advance: Callable[[int], None] | None = None,
    paths: Path | None = None,
    stage: Callable[[str], None] | None = None,
) -> Single:
    """Run the one scenario of a request.

    Parameters
    ----------
    request
        Its first scenario is run, the pack's first one if it names none.
    expected
        Whether to take the mean of every draw, in one pass.
    advance
        Told of runs done.
    paths
        A folder for everybody's place by day and run; not with `expected`, which has no runs.
    stage
        Told of what takes long before the runs.
    """
    ready = prepare(request, stage=stage)
    plan = ready.plans[0]
    compile_s = warm_up(plan)
    wall, cpu = time.perf_counter(), cpu_seconds()
    if expected:
        flows = expected_as_flows([plan])[0]
    else:
        options = replace(run_options(request, "drawn"), paths=paths, paths_from=ready.span.start)
        with open_pool(request.executor, request.threads) as pool:
            flows = simulate([plan], options, advance, ready.happened, pool)[0]
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    first = ready.frame.day(ready.span.start)
    tables = {
        "stock": _with_data(stock_table(flows, first)),
        "crossings": crossings_table(flows, first),
        "outcomes": outcomes_table(flows, ready.span),
        "spawned": spawned_table(flows, first),
    }
    facts = _facts(plan, flows, ready.span, wall, cpu, compile_s)
    return Single(tables, {**facts, "draws": 0} if expected else facts)


def _with_data(stock: pl.DataFrame) -> pl.DataFrame:
    """Add the column for observed stocks, which no series holds by place and day: null, not zero."""
    return stock.with_columns(pl.lit(None, dtype=pl.Float64).alias("data"))


def _facts(
    plan: Plan, flows: Flows, span: Span, wall_s: float, cpu_s: float, compile_s: float
) -> Mapping[str, float | int | str | None]:
    cohorts, draws = count_work(plan)
    first = plan.frame.day(span.start)
    return {
        "scenario": plan.scenario.name,
        "digest": plan.scenario.digest,
        "runs": flows.runs,
        "days": span.days,
        "days_with_warm_up": plan.frame.span.days,
        "people": float(flows.departed.mean[first:].sum()),
        "person_days": float(flows.stock.mean[first:, :-1].sum()),
        "cohorts_per_day": float(np.mean(cohorts[first:])),
        "draws": int(draws * flows.runs),
        "cpu_s": round(cpu_s, 4),
        "wall_s": round(wall_s, 4),
        "compile_s": round(compile_s, 4),
        "peak_mb": peak_mb(),
    }


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of the ones that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_mb() -> float | None:
    """Return the most memory that the process has held, in MB; ``None`` where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024.0 * 1024.0 if sys.platform == "darwin" else 1024.0), 1)
