"""Which files a ledger command reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travesia.cli.output import stage
from travesia.terms import PackError, UsageError

if TYPE_CHECKING:
    from travesia.record import OpenLedger
    from travesia.region import PackPaths

LEDGER = "ledger.jsonl"

LedgerPack = Annotated[
    str, typer.Argument(metavar="[PACK]", help="Name of a shipped pack, or a pack or project folder.")
]
ProjectFolder = Annotated[
    str, typer.Option("--project", metavar="DIR", help="Project to write to; default: the working folder.")
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; stands in the ledger.")]


def ledger_files(pack: str) -> tuple[tuple[Path, ...], Mapping[str, int]]:
    """Return the files of a ledger and how many people must accept a record; says what is passed over."""
    from travesia.region import acceptances_of, find_pack

    files = find_pack(pack).layers(LEDGER)
    for path in files:
        _tell_of_half_a_line(path)
    return files, acceptances_of(pack)


def project_paths(folder: str) -> PackPaths:
    """Return where the files of a project lie.

    Raises
    ------
    UsageError
        If the folder is no project: a pack stays as it is.
    """
    from travesia.region import find_pack

    try:
        paths = find_pack(folder)
    except PackError:
        raise UsageError(
            f"--project {folder}: is no project; name one, or make one with `travesia init NAME`"
        ) from None
    if paths.project is None:
        raise UsageError(
            f"--project {folder}: is a pack, which stays as it is; "
            f"make a project over it with `travesia init NAME --pack {folder}`"
        )
    return paths


def open_project(folder: str) -> OpenLedger:
    """Open the ledger of a project for writing; raises as ``project_paths``."""
    from travesia.record import open_ledger
    from travesia.region import acceptances_of

    paths = project_paths(folder)
    own = paths.folder / LEDGER
    _tell_of_half_a_line(own)
    below = [path for path in paths.layers(LEDGER) if path != own]
    return open_ledger(*below, path=own, acceptances=acceptances_of(folder))


def _tell_of_half_a_line(path: Path) -> None:
    from travesia.record import torn_end

    if path.exists() and torn_end(path):
        stage(f"{path}: ends in half a line, left by a writer that was stopped; it does not count")
