"""``travesia run``: from a pack to a study folder with its report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travesia.cli.check import has_displacement
from travesia.cli.options import (
    Ends,
    Force,
    Keep,
    Known,
    Lang,
    Quiet,
    Runs,
    Seed,
    Threads,
    Workers,
    day_of,
    ends_of,
)
from travesia.cli.output import check_keep, progress, say, stage, write_folder
from travesia.terms import Span, UsageError, parse_day

if TYPE_CHECKING:
    from travesia.study import Known as KnownDay


def run(
    pack: Annotated[
        str, typer.Argument(metavar="[PACK]", help="Name of a shipped pack, or a pack or project folder.")
    ] = "americas",
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="S",
            help="Baseline first, then what is compared with it; default: the pack's.",
        ),
    ] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="D", help="First day shown.")] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="D", help="First day no longer simulated.")
    ] = None,
    known: Known = None,
    end: Ends = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="The study folder; default: studies/PACK, numbered."),
    ] = None,
    force: Force = False,
    members: Annotated[
        str, typer.Option("--members", metavar="GROUP|ISO3,...", help="States that share responsibility.")
    ] = "la-declaration",
    pool: Annotated[
        str, typer.Option("--pool", metavar="GROUP", help="Who hosts those shared: members, or americas.")
    ] = "members",
    runs: Runs = 200,
    seed: Seed = 1,
    threads: Threads = None,
    executor: Workers = "threads",
    keep: Keep = None,
    lang: Lang = "en",
    quiet: Quiet = False,
) -> None:
    """Simulate scenarios side by side, share, track, and write a study; prints the path of its report last.

    The first scenario is the baseline. All runs are paired: scenarios differ only by what they change. With
    --known the ways in which that day left ends open are compared: each holds, or ends on a day named.
    """
    from travesia import report
    from travesia.study import REPORT_FILE, Request, Told, run_study, save_study

    if has_displacement(pack):
        raise UsageError(
            f"run {pack}: holds a displacement, which has one course and no scenarios to compare; "
            f"use travesia simulate {pack} --out DIR"
        )
    request = Request(
        pack=pack,
        scenarios=tuple(scenario or ()),
        span=span_of(first, last),
        runs=runs,
        seed=seed,
        threads=threads or os.cpu_count() or 1,
        lang=lang,
        members=members,
        pool_of=pool,
        executor=executor,
        keep=keep,
        known=known_of(known, end),
    )
    target = out or _free_folder(pack)
    check_keep(target, keep)
    with write_folder(target, force=force) as folder:
        with progress(runs, "runs", quiet=quiet) as advance:
            study = run_study(request, Told((lambda text: None) if quiet else stage, advance))
        if not quiet:
            stage("writing tables and report")
        save_study(study, folder)
        (folder / REPORT_FILE).write_text(report.render(study), encoding="utf-8")
        report.workbook(study, folder / "study.xlsx")
    say(str(target / REPORT_FILE))


def span_of(first: str | None, last: str | None) -> Span | None:
    """Return the span of --from and --to, ``None`` where neither was given."""
    if first is None and last is None:
        return None
    if first is None or last is None:
        raise UsageError("--from and --to go together; give both as YYYY-MM-DD")
    try:
        span = Span(parse_day(first), parse_day(last))
    except ValueError as error:
        raise UsageError(
            f"--from {first} --to {last}: {error}; write days as YYYY-MM-DD, the first one earlier"
        ) from None
    if span.days == 0:
        raise UsageError(f"--from {first} --to {last}: no day lies between them; choose a later --to")
    return span


def known_of(day: str | None, ends: list[str] | None) -> KnownDay | None:
    """Return what --known and --end ask for; ``None`` where neither was given."""
    from travesia.study import Known as KnownDay

    found = day_of("--known", day)
    named = ends_of(found, ends)
    return None if found is None else KnownDay(found, named)


def _free_folder(pack: str) -> Path:
    """Return the first of studies/NAME, studies/NAME-2, ... that is free; in a project, its own studies."""
    from travesia.region import find_pack

    paths = find_pack(pack)
    home = (paths.project or Path()) / "studies"
    names = (paths.name if number == 1 else f"{paths.name}-{number}" for number in range(1, 10_000))
    return next(home / name for name in names if not (home / name).exists())
