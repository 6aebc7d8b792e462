"""``travesia ledger export`` and ``import``: review in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travesia.cli.ledger_decisions import person
from travesia.cli.ledger_files import By, ProjectFolder, ledger_files, open_project
from travesia.cli.options import Json
from travesia.cli.output import emit_json, say, write_file
from travesia.cli.review_documents import Shelf

if TYPE_CHECKING:
    from travesia.record import Sheet

ALL = "all"


def export_review(file: Path, pack: str, status: str, *, force: bool) -> None:
    """Write proposals or records as a sheet that `import` takes back."""
    from travesia.record import load_ledger, sheet_of

    files, acceptances = ledger_files(pack)
    ledger = load_ledger(*files, acceptances=acceptances)
    sheet = sheet_of(ledger, None if status == ALL else status, Shelf.of(pack).text)
    with write_file(file, force=force) as fresh:
        _write(sheet, fresh)
    say(f"{file}: {len(sheet.rows)} rows; {len(ledger.proposed())} proposals are open: they reach no model")


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="What `export` wrote, filled in; or BOOK.xlsx#SHEET."),
    ],
    by: By,
    project: ProjectFolder = ".",
    json: Json = False,
) -> None:
    """Decide on proposals as a spreadsheet says: all of its rows, or none if one is wrong.

    Importing a file twice does nothing more. Where the pack asks for several people, each imports it under
    their own name.
    """
    from travesia.record import append, decisions_in, now_utc

    who = person(by)
    opened = open_project(project)
    taken = decisions_in(opened.ledger, file, by=who, at=now_utc())
    if taken.entries:
        opened = append(opened, *taken.entries)
    made = [entry.op for entry in taken.entries]
    counts = {op: made.count(op) for op in ("accept", "reject", "merge")}
    still_open = len(opened.ledger.proposed())
    if json:
        emit_json({**counts, "known_before": taken.known_before, "proposed": still_open})
        return
    told = ", ".join(f"{count} to {op}" for op, count in counts.items())
    say(f"{told}; {taken.known_before} known before; {still_open} proposals are open: they reach no model")


def _write(sheet: Sheet, path: Path) -> None:
    from travesia.record import DECISIONS

    write_sheet_file(sheet, path, "review", {"decision": DECISIONS})


def write_sheet_file(sheet: Sheet, path: Path, name: str, choices: Mapping[str, Sequence[str]]) -> None:
    """Write a table of texts as CSV, or as a workbook with a sheet of a name and words to choose from."""
    import polars as pl

    from travesia.record import guarded
    from travesia.terms import write_table, write_workbook

    is_workbook = path.suffix.lower() == ".xlsx"
    shown = str if is_workbook else guarded
    cells = {
        column: [shown(row[column]) if row.get(column) else None for row in sheet.rows]
        for column in sheet.columns
    }
    frame = pl.DataFrame(cells, schema=dict.fromkeys(sheet.columns, pl.String))
    if is_workbook:
        write_workbook({name: frame}, path, choices=choices)
    else:
        write_table(frame, path)
