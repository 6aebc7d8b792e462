"""``travesia ledger systems``."""

from __future__ import annotations

from functools import cache

import typer

from travesia.cli.ledger_files import LedgerPack, ledger_files
from travesia.cli.options import Json
from travesia.cli.output import emit_json, say
from travesia.cli.tables import show_table

SHOWN = 3
"""Names of records or uses that a row of the table shows; the rest is counted."""


def systems(pack: LedgerPack = "americas", json: Json = False) -> None:
    """List the systems that the pack set out to hold: the records of each, what uses them, whether it works.

    A system works if all of its records are accepted, everything that uses them exists, and nothing is said
    to be open. What is open is told below the table.
    """
    from travesia.record import load_ledger
    from travesia.study import systems_of

    files, acceptances = ledger_files(pack)
    found = systems_of(pack, load_ledger(*files, acceptances=acceptances), _is_command)
    if json:
        rows = [
            {
                "system": one.number, "title": one.title, "records": one.records, "used_by": one.used_by,
                "works": one.works, "missing": one.missing, "open": one.open,
            }
            for one in found
        ]  # fmt: skip
        emit_json({"rows": rows})
        return
    cells = [
        [
            str(one.number),
            one.title,
            "yes" if one.works else "no",
            _short(one.records),
            _short(one.used_by),
        ]
        for one in found
    ]
    show_table(["system", "title", "works", "records", "used by"], cells)
    for one in found:
        why = [*(f"{name} is missing" for name in one.missing), *([one.open] if one.open else [])]
        if why:
            say(f"{one.number} {one.title}: {'; '.join(why)}")
    say(f"{sum(one.works for one in found)} of {len(found)} work")


def _short(names: tuple[str, ...]) -> str:
    more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


@cache
def _is_command(line: str) -> bool:
    """Tell whether words such as ``share --members`` name a command and an option of it."""
    from travesia.cli import build_app

    words = line.split()
    command = typer.main.get_command(build_app(*words[:1]))
    while words and not words[0].startswith("-"):
        found = getattr(command, "commands", {}).get(words.pop(0))
        if found is None:
            return False
        command = found
    return all(any(word in param.opts for param in command.params) for word in words)
