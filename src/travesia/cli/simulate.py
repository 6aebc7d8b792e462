"""``travesia simulate``: one scenario, day by day, as tables."""

from __future__ import annotations

import json as jsonlib
import os
from typing import Annotated

import typer

from travesia.cli.options import Ends, Force, Keep, Known, Out, Pack, Quiet, Runs, Seed, Threads, Workers
from travesia.cli.output import check_keep, progress, say, stage, write_folder
from travesia.cli.run import known_of, span_of
from travesia.terms import UsageError


def simulate(
    pack: Pack,
    out: Out,
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", metavar="S", help="Scenario to run; default: the pack's first."),
    ] = None,
    rules: Annotated[
        str, typer.Option("--rules", metavar="RULES", help="Rules of movement: travesia, or flee.")
    ] = "travesia",
    full_scale: Annotated[
        bool, typer.Option("--full-scale", help="A displacement without its settings' hasten.")
    ] = False,
    expected: Annotated[
        bool, typer.Option("--expected", help="Expected flows in one pass: every draw is its mean.")
    ] = False,
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="First day written.")] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="D", help="First day no longer simulated.")
    ] = None,
    known: Known = None,
    end: Ends = None,
    runs: Runs = 200,
    seed: Seed = 1,
    threads: Threads = None,
    executor: Workers = "threads",
    keep: Keep = None,
    paths: Annotated[
        bool, typer.Option("--paths", help="Also write every run's people by day and place, as Parquet.")
    ] = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Run one scenario and write stock, crossings, outcomes and departures by day, and run.json.

    Counts are people at full scale. stock.csv holds the end of each day; people under way stand in the
    row `on-links`, those who passed or were let in at a border gate in `beyond-gates`.
    paths/SCENARIO/run-NUMBER.parquet holds run, day, place and people, where there are any.

    A pack made by `travesia import flee` holds a displacement: people driven from places in conflict, who
    walk. It has one course of events and no scenarios, runs over all its days, by our rules or by those of
    the peer, and is counted at the scale of its settings unless --full-scale is given.
    """
    from travesia.study import (
        Request,
        WalkRequest,
        displacement_of,
        save_tables,
        simulate_displacement,
        simulate_one,
    )

    if expected and (paths or keep):
        other = "--paths" if paths else "--keep"
        raise UsageError(f"--expected {other}: expected flows have no runs; drop one of the two")
    walk = WalkRequest(rules, full_scale, expected)
    displacement = displacement_of(pack, walk)
    if displacement is not None and (scenario or first or last or known):
        given = "--scenario" if scenario else "--from" if first else "--to" if last else "--known"
        raise UsageError(f"{given}: pack {pack} holds a displacement, which has one course; leave it out")
    check_keep(out, keep)
    request = Request(
        pack,
        (scenario,) if scenario else (),
        span_of(first, last),
        runs,
        seed,
        threads or os.cpu_count() or 1,
        executor=executor,
        keep=keep,
        known=known_of(known, end),
    )
    tell = None if quiet else stage
    with write_folder(out, force=force) as folder, progress(runs, "runs", quiet=quiet or expected) as advance:
        to = folder / "paths" if paths else None
        if displacement is None:
            result = simulate_one(request, expected, advance, to, tell)
        else:
            result = simulate_displacement(displacement, walk, request, advance, to, tell)
        save_tables(result.tables, folder)
        text = jsonlib.dumps(dict(result.facts), indent=2)
        (folder / "run.json").write_text(text + "\n", encoding="utf-8")
    say(str(out))
