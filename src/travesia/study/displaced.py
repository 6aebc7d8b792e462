"""The displacement of a pack by itself: tables by day, and what the runs cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from travesia.movement import (
    RULE_SETS,
    Displacement,
    build_terrain,
    expected_walk,
    full_scale,
    load_displacement,
    open_pool,
    tell_if_compiling,
    walk_displacement,
    walked_crossings_table,
    walked_spawned_table,
    walked_stock_table,
    wander,
    warm_up_walk,
)
from travesia.study.assembling import Request, run_options
from travesia.study.single import Single, cpu_seconds, peak_mb
from travesia.terms import UsageError


@dataclass(frozen=True)
class WalkRequest:
    """What is asked of a displacement: rules, scale, and expected people in one pass instead of runs."""

    rules: str = "travesia"
    full_scale: bool = False
    expected: bool = False


def displacement_of(pack: str, request: WalkRequest) -> Displacement | None:
    """Return the displacement of a pack at the scale asked for, ``None`` where it has none.

    Raises
    ------
    UsageError
        If the rules are none that there are, or the pack has no displacement and they need one.
    """
    if request.rules not in RULE_SETS:
        raise UsageError(f"--rules {request.rules}: is no set of rules; use {' or '.join(RULE_SETS)}")
    found = load_displacement(pack)
    if found is None:
        asked = "--full-scale" if request.full_scale else f"--rules {request.rules}"
        if request.full_scale or request.rules == "flee":
            raise UsageError(
                f"{asked}: pack {pack} holds no displacement; use a pack made by `travesia import flee`"
            )
        return None
    return full_scale(found) if request.full_scale else found


def simulate_displacement(
    displacement: Displacement,
    walk: WalkRequest,
    request: Request,
    advance: Callable[[int], None] | None = None,
    paths: Path | None = None,
    stage: Callable[[str], None] | None = None,
) -> Single:
    """Run a displacement.

    Parameters
    ----------
    displacement
        At the scale asked for.
    walk
        Rules, and whether to take the mean of every draw.
    request
        Runs, seed, threads, executor, folder to keep chunks in.
    advance
        Told of runs done.
    paths
        A folder for everybody's place by day and run; not with expected people.
    stage
        Told of what takes long before the runs.
    """
    began = time.perf_counter()
    terrain = build_terrain(displacement, "flee" if walk.rules == "flee" else "travesia")
    layout_s = time.perf_counter() - began
    tell_if_compiling(wander, stage)
    compile_s = warm_up_walk(terrain)
    wall, cpu = time.perf_counter(), cpu_seconds()
    if walk.expected:
        walked = expected_walk(terrain)
    else:
        options = replace(run_options(request, "drawn"), paths=paths)
        with open_pool(request.executor, request.threads) as pool:
            walked = walk_displacement(terrain, options, pool, advance)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    tables = {
        "stock": walked_stock_table(walked),
        "crossings": walked_crossings_table(walked),
        "outcomes": _no_outcomes(),
        "spawned": walked_spawned_table(walked),
    }
    facts: Mapping[str, float | int | str | None] = {
        "displacement": displacement.name,
        "rules": terrain.rules,
        "hasten": displacement.settings.hasten,
        "runs": walked.runs,
        "days": displacement.days,
        "people": float(tables["spawned"]["total"][-1]),
        "people_waiting": float(walked.waiting.mean()),
        "person_days": float(walked.stock.mean.sum()),
        "cohorts_per_day": round(float(walked.cohorts.mean()), 2),
        "draws": 0 if walk.expected else int(walked.draws.sum()),
        "cpu_s": round(cpu, 4),
        "wall_s": round(wall, 4),
        "layout_s": round(layout_s, 4),
        "compile_s": round(compile_s, 4),
        "peak_mb": peak_mb(),
    }
    return Single(tables, facts)


def _no_outcomes() -> pl.DataFrame:
    """Return the table of outcomes at gates, which a displacement does not have: no rows."""
    texts = dict.fromkeys(("gate", "nationality", "outcome"), pl.String())
    numbers = dict.fromkeys(("mean", "p05", "p95"), pl.Float64())
    return pl.DataFrame(schema={"start": pl.Date(), **texts, **numbers})
