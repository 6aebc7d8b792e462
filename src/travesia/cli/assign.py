"""``travesia assign``: recommend a place for every case, with a certificate and reasons."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli import placements_shown as shown
from travesia.cli.online_shown import arriving
from travesia.cli.options import Force, Json, Quiet
from travesia.cli.output import emit_json, json_text, stage, write_file, write_folder
from travesia.terms import InputError, UsageError

if TYPE_CHECKING:
    from travesia.sharing import Placements


def assign(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="Folder, or XLSX file, with the tables cases, places and scores."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder of CSV and JSON to write, or one .xlsx file."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Score terms, prices and runner-up of each placement.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="S", min=0.1, help="Seconds after reading.")
    ] = 60.0,
    gap: Annotated[
        float,
        typer.Option(
            "--gap", metavar="PART", min=0.0, max=1.0, help="Part of the score at which a large search stops."
        ),
    ] = 5e-4,
    raise_worst: Annotated[
        float | None,
        typer.Option(
            "--raise-worst", metavar="P", help="No group's mean below the least without floors, plus P."
        ),
    ] = None,
    online: Annotated[
        bool, typer.Option("--online", help="Place cases as they arrive, batch by batch, never ahead.")
    ] = False,
    history: Annotated[
        Path | None,
        typer.Option(
            "--history", metavar="DIR", help="Online: an earlier period's folder, to draw futures from."
        ),
    ] = None,
    expected: Annotated[
        int | None,
        typer.Option(
            "--expected", metavar="N", min=1, help="Online: cases in the period; default: as in the history."
        ),
    ] = None,
    futures: Annotated[
        int | None,
        typer.Option("--futures", metavar="N", min=0, help="Online: futures drawn a pricing; default 4."),
    ] = None,
    reprice: Annotated[
        int | None,
        typer.Option(
            "--reprice", metavar="N", min=1, help="Online: cases a pricing; default a 50th of those expected."
        ),
    ] = None,
    balance: Annotated[
        float | None,
        typer.Option(
            "--balance", metavar="X", min=0.0, help="Online: score that a person's wait of a period counts."
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", min=0, help="Online: seed of the futures; default 0.")
    ] = None,
    json: Json = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Recommend a place for every case: the greatest sum of scores that fits.

    A placement is a recommendation; a person decides. Every answer has a bound that no other answer
    exceeds; whoever is not placed is named with the reason. With --online each case is placed when its
    batch comes, at prices that stand for those who may still come.
    """
    from travesia.sharing import assign as at_once
    from travesia.sharing import read_instance, with_worst_raised

    tell = (lambda text: None) if quiet else stage
    given = {"expected": expected, "futures": futures, "reprice": reprice, "balance": balance, "seed": seed}
    named = {name: value for name, value in given.items() if value is not None}
    if not online and (named or history):
        raise UsageError(f"--{next(iter(named), 'history')} is about placing online; add --online")
    if online and raise_worst is not None:
        raise UsageError(
            "--raise-worst asks for all cases at once; leave out --online, or write group_floors"
        )
    instance = read_instance(folder)
    if raise_worst is not None:
        instance = with_worst_raised(instance, raise_worst)
    solve: Callable[[], Placements] = partial(at_once, instance, seconds=time_limit, gap=gap, tell=tell)
    if online:
        solve = arriving(instance, history, named, time_limit, quiet=quiet)
    with _target(out, force=force) as fresh:
        found = _on_a_thread(solve)
        plain = shown.plain(found, explain=explain)
        if json:
            emit_json(plain)
        if found.status == "infeasible":
            words = "; ".join(f"{c.words} ({c.file}{f':{c.row}' if c.row else ''})" for c in found.clash)
            raise InputError(folder, f"no answer keeps these together: {words}", "loosen any one of them")
        if found.status == "unknown":
            raise InputError(folder, f"no answer was found in {time_limit:g} s", "give more --time-limit")
        if fresh is not None:
            _write(fresh, found, plain)
    if not json:
        shown.show(found, explain=explain)


def _on_a_thread(solve: Callable[[], Placements]) -> Placements:
    """Solve on a thread of its own: Ctrl-C then ends at once, however deep the solver is."""
    pool = ThreadPoolExecutor(1)
    task = pool.submit(solve)
    while not task.done():
        wait([task], timeout=0.1)
    pool.shutdown(wait=False)
    return task.result()


def _target(out: Path | None, *, force: bool) -> AbstractContextManager[Path | None]:
    """Return what gives the folder or workbook to write, or none."""
    if out is None:
        return nullcontext()
    if out.suffix.lower() == ".csv":
        raise UsageError(f"--out {out}: is one table, and there are several; name a folder or an .xlsx file")
    write = write_file if out.suffix.lower() == ".xlsx" else write_folder
    return write(out, force=force)


def _write(fresh: Path, found: Placements, plain: dict[str, Any]) -> None:
    """Write all tables: as sheets, or as CSV files beside all of it as JSON."""
    from travesia.terms import write_table, write_workbook

    tables = shown.tables_of(found)
    if fresh.suffix.lower() == ".xlsx":
        write_workbook(tables, fresh)
        return
    for name, table in tables.items():
        write_table(table, fresh / f"{name}.csv")
    (fresh / "placements.json").write_text(f"{json_text(plain)}\n", encoding="utf-8")
