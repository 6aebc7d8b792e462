"""``travesia import fts|iati|unhcr|hapi``: what was paid or done, from a saved file into a project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli.options import Json, Quiet, day_of
from travesia.cli.output import emit_json, say, write_file
from travesia.terms import UsageError

if TYPE_CHECKING:
    import polars as pl

    from travesia.region import PackPaths
    from travesia.tracking import Commitment

File = Annotated[Path, typer.Argument(metavar="FILE", help="Saved file of the publisher.")]
Project = Annotated[
    Path, typer.Option("--project", metavar="DIR", help="Project folder that keeps the deliveries.")
]
For = Annotated[
    str | None,
    typer.Option("--commitment", metavar="ID", help="Count the rows that fit for this commitment."),
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", metavar="NAME", help="Only rows of this plan, sector or population group."),
]
CoversTo = Annotated[
    str | None,
    typer.Option("--covers-to", metavar="D", help="Day up to which the file holds everything of its kind."),
]


def fts(
    file: File,
    project: Project,
    commitment: For = None,
    channel: Channel = None,
    covers_to: CoversTo = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read flows of OCHA's Financial Tracking Service: JSON of its API v1, or the CSV of HDX."""
    _import("fts", file, project, (commitment, channel, covers_to), json=json)


def iati(
    file: File,
    project: Project,
    commitment: For = None,
    channel: Channel = None,
    covers_to: CoversTo = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read the transactions of IATI activities, XML of version 2.03. Amounts keep their currency."""
    _import("iati", file, project, (commitment, channel, covers_to), json=json)


def unhcr(
    file: File,
    project: Project,
    commitment: For = None,
    channel: Channel = None,
    covers_to: CoversTo = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read population or solutions of UNHCR's Refugee Data Finder: CSV or JSON, calendar years."""
    _import("unhcr", file, project, (commitment, channel, covers_to), json=json)


def hapi(
    file: File,
    project: Project,
    commitment: For = None,
    channel: Channel = None,
    covers_to: CoversTo = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read funding, refugees or returnees of the Humanitarian API of HDX: JSON or CSV."""
    _import("hapi", file, project, (commitment, channel, covers_to), json=json)


def _import(
    publisher: str,
    file: Path,
    project: Path,
    choices: tuple[str | None, str | None, str | None],
    *,
    json: bool,
) -> None:
    """Read a file, put its rows into the project's deliveries, and tell what was done with each."""
    import polars as pl

    from travesia.region import load_region
    from travesia.terms import write_table
    from travesia.tracking import READERS, link, merge, state_codes

    name, channel, day = choices
    paths = _project(project)
    covers = day_of("--covers-to", day)
    region = load_region(project)
    chosen = None if name is None else _commitment(paths, name)
    imported = READERS[publisher](file, state_codes(region.countries))
    rows = imported.rows
    left_out = dict(imported.left_out)
    if channel is not None:
        rows = _of_channel(rows, channel, file, left_out)
    if covers is not None:
        rows = rows.with_columns(covers_to=pl.lit(covers))
    not_linked: dict[str, int] = {}
    if chosen is not None:
        rows, not_linked = link(rows, chosen)
    merged, counts = merge(region.deliveries, rows)
    out = project / "overrides" / "deliveries.csv"
    out.parent.mkdir(exist_ok=True)
    with write_file(out, force=True) as fresh:
        write_table(merged, fresh)
    counts["linked"] = rows["commitment"].drop_nulls().len()
    _tell(out, counts, left_out, not_linked, json=json)


def _tell(
    out: Path,
    counts: Mapping[str, int],
    left_out: Mapping[str, int],
    not_linked: Mapping[str, int],
    *,
    json: bool,
) -> None:
    if json:
        answer: dict[str, Any] = {"file": out, **counts}
        for name, reasons in (("left_out", left_out), ("not_linked", not_linked)):
            answer[name] = [{"reason": reason, "rows": number} for reason, number in reasons.items()]
        emit_json(answer)
        return
    say(", ".join(f"{number:,} {what}" for what, number in counts.items()))
    for reason, number in left_out.items():
        say(f"left out: {number:,}: {reason}")
    for reason, number in not_linked.items():
        say(f"not counted for the commitment: {number:,}: {reason}")
    say(str(out))


def _project(folder: Path) -> PackPaths:
    from travesia.region import find_pack

    paths = find_pack(folder)
    if paths.project is None:
        raise UsageError(f"--project {folder}: is a pack; start a project over it with `travesia init`")
    return paths


def _commitment(paths: PackPaths, name: str) -> Commitment:
    from travesia.record import load_ledger
    from travesia.region import acceptances_of
    from travesia.tracking import commitments_of

    known = {
        one.id: one
        for one in commitments_of(
            load_ledger(*paths.layers("ledger.jsonl"), acceptances=acceptances_of(paths.folder))
        )
    }
    chosen = known.get(name.removeprefix("com:"))
    if chosen is None:
        raise UsageError(f"--commitment {name}: is not in the ledger; `travesia track` lists those that are")
    return chosen


def _of_channel(rows: pl.DataFrame, channel: str, file: Path, left_out: dict[str, int]) -> pl.DataFrame:
    kept = rows.filter(rows["channel"].eq_missing(channel))
    if kept.is_empty():
        names = ", ".join(sorted(rows["channel"].drop_nulls().unique())[:8]) or "none"
        raise UsageError(f"--channel {channel}: is not in {file}; it has {names}")
    left_out["other channels"] = rows.height - kept.height
    return kept
