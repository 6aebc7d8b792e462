"""``travesia assign``: recommend a place for every case, with a certificate and reasons."""

from __future__ import annotations

import json as json_text
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli.options import Force, Json, Quiet
from travesia.cli.output import emit_json, say, stage, to_plain, write_folder
from travesia.terms import InputError

if TYPE_CHECKING:
    from travesia.sharing import Placements


def assign(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder with cases.csv, places.csv and scores.csv.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder to write as CSV and JSON; it must not exist yet."),
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
    json: Json = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Recommend a place for every case: the greatest sum of scores that fits.

    A placement is a recommendation; a person decides. Every answer has a bound that no other answer
    exceeds; whoever is not placed is named with the reason.
    """
    from travesia.sharing import assign as solve
    from travesia.sharing import read_instance

    tell = (lambda text: None) if quiet else stage
    instance = read_instance(folder)
    with nullcontext() if out is None else write_folder(out, force=force) as fresh:
        # On a thread of its own: Ctrl-C then ends at once, however deep the solver is.
        pool = ThreadPoolExecutor(1)
        task = pool.submit(solve, instance, seconds=time_limit, gap=gap, tell=tell)
        while not task.done():
            wait([task], timeout=0.1)
        pool.shutdown(wait=False)
        found = task.result()
        plain = _plain(found, explain=explain)
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
        _show(found, explain)


def _plain(found: Placements, *, explain: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "objective": found.objective,
        "bound": found.bound,
        "gap": found.gap,
        "status": found.status,
        "placed": len(found.placements),
        "unplaced": [
            {"case": row.case, "people": row.people, "reason": row.reason} for row in found.unplaced
        ],
        "seconds": found.seconds,
        "notice": found.notice,
        "price_bound": found.price_bound,
    }
    if found.groups:
        plain["groups"] = [vars(row) for row in found.groups]
        plain["group_cost"] = found.group_cost
    if found.clash:
        plain["clash"] = [vars(row) for row in found.clash]
    if explain:
        plain["prices"] = [vars(row) for row in found.prices]
    plain["placements"] = [
        {
            "case": row.case,
            "place": row.place,
            "score": row.score,
            "runner_up": row.runner_up,
            "cost": row.cost,
            **({"terms": dict(row.terms), "paid": dict(row.prices), "why": _why(row)} if explain else {}),
        }
        for row in found.placements
    ]
    return plain


def _why(row: Any) -> str:
    """Say in words why a case is placed where it is."""
    terms = " + ".join(f"{name} {value:.4g}" for name, value in row.terms.items())
    paid = "".join(f", less {value:.4g} for scarce {name}" for name, value in row.prices.items())
    if row.runner_up is None:
        return f"{terms}{paid}; no other place is admissible"
    return f"{terms}{paid}; at these prices {row.runner_up} would cost the total {row.cost:.4g}"


def _write(folder: Path, found: Placements, plain: dict[str, Any]) -> None:
    """Write placements, those without a place, prices, and all of it as JSON; each says who decides."""
    import polars as pl

    from travesia.terms import write_table

    text = pl.String
    placed = {
        "case": text,
        "place": text,
        "score": pl.Float64,
        "runner_up": text,
        "cost": pl.Float64,
        "why": text,
    }
    rows = [(r.case, r.place, r.score, r.runner_up, r.cost, _why(r), found.notice) for r in found.placements]
    write_table(pl.DataFrame(rows, {**placed, "notice": text}, orient="row"), folder / "placements.csv")
    left = [(row.case, row.people, row.reason, found.notice) for row in found.unplaced]
    columns = {"case": text, "people": pl.Int64, "reason": text, "notice": text}
    write_table(pl.DataFrame(left, columns, orient="row"), folder / "unplaced.csv")
    prices = [(row.condition, row.unit, row.price) for row in found.prices]
    named = {"condition": text, "unit": text, "price": pl.Float64}
    write_table(pl.DataFrame(prices, named, orient="row"), folder / "prices.csv")
    (folder / "placements.json").write_text(
        json_text.dumps(to_plain(plain), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )


def _show(found: Placements, explain: bool) -> None:
    from travesia.cli.tables import show_table

    columns = ["case", "place", "score", "runner-up", "cost", "why"]
    show_table(
        columns,
        [
            [
                row.case,
                row.place,
                f"{row.score:.4f}",
                row.runner_up or "",
                "" if row.cost is None else f"{row.cost:.4f}",
                _why(row) if explain else "",
            ]
            for row in found.placements
        ],
        right=columns[2:3] + columns[4:5],
    )
    for row in found.unplaced:
        say(f"not placed: {row.case} ({row.people} people): {row.reason}")
    for group in found.groups:
        floor = "" if group.floor is None else f", floor {group.floor:.4f}"
        say(f"group {group.group}: {group.mean:.4f}{floor}, raising it by 1 costs {group.price:.4f}")
    if found.group_cost is not None:
        say(f"the floors of groups cost the total {found.group_cost:.4f}")
    say(
        f"{len(found.placements)} placed, {len(found.unplaced)} not; objective {found.objective:.4f},"
        f" bound {found.bound:.4f}, gap {found.gap:.4f} ({found.status}). {found.notice}"
    )
