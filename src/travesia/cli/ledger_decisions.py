"""``travesia ledger accept`` and ``reject``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli.ledger_files import By, ProjectFolder, open_project
from travesia.cli.options import Json
from travesia.cli.output import emit_json, say
from travesia.terms import UsageError

if TYPE_CHECKING:
    from travesia.record import Entry, Ledger


def accept(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Proposals, by id or how it begins; or records.")
    ],
    by: By,
    project: ProjectFolder = ".",
    json: Json = False,
) -> None:
    """Put your name to proposals, or to versions that wait for a further name; all of them or none.

    Where the pack asks for several people, a record counts once enough of them accepted the same.
    """
    from travesia.record import accepted, append, now_utc

    opened = open_project(project)
    ledger, at = opened.ledger, now_utc()
    entries: list[Entry] = []
    for name in ids:
        entry = accepted(ledger, full_id(ledger, name), by=person(by), at=at)
        ledger = ledger.with_entries(entry)
        entries.append(entry)
    ledger = append(opened, *entries).ledger
    rows = [_outcome(ledger, full_id(ledger, name)) for name in ids]
    if json:
        emit_json({"rows": rows})
        return
    for row in rows:
        became = f"accepted as {', '.join(row['records'])}"
        say(f"{row['id']}: {became}" if row["accepted"] else f"{row['id']}: waits for others after {by}")


def reject(
    name: Annotated[str, typer.Argument(metavar="ID", help="A proposal, by its id or how it begins.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason; stands in the ledger.")],
    by: By,
    project: ProjectFolder = ".",
) -> None:
    """Turn a proposal down; it is not proposed again when its document is read again."""
    from travesia.record import append, now_utc, rejected

    if not why.strip():
        raise UsageError("--why: is empty; say why, for others and for later")
    opened = open_project(project)
    chosen = full_id(opened.ledger, name)
    append(opened, rejected(opened.ledger, chosen, by=person(by), at=now_utc(), why=why.strip()))
    say(f"{chosen}: rejected")


def full_id(ledger: Ledger, name: str) -> str:
    """Return the id of the one proposal that begins so; any other name as it is."""
    if not name.startswith("pro:"):
        return name
    found = [one.id for one in ledger.proposals() if one.id.startswith(name)]
    if len(found) > 1:
        raise UsageError(f"{name}: begins {len(found)} proposals; give more of the id, such as {found[0]}")
    return found[0] if found else name


def person(by: str) -> str:
    """Return the name of who decides; raises `UsageError` for none."""
    if not by.strip():
        raise UsageError("--by: is empty; give the name of the person who decides")
    return by.strip()


def _outcome(ledger: Ledger, name: str) -> dict[str, Any]:
    """Return what came of accepting: the records that count now, or the names so far."""
    waiting = [
        version
        for version in ledger.waiting()
        if name in version.takes or name in (record.id for record in version.records)
    ]
    into = ledger.proposal(name).into if name.startswith("pro:") else (name,)
    return {
        "id": name, "accepted": not waiting, "records": [] if waiting else list(into),
        "accepted_by": [by for version in waiting for by in version.names],
    }  # fmt: skip
