"""Options that several commands share, each written once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from travesia.terms import UsageError, parse_day

Language = Literal["en", "es", "fr", "pt"]

Pack = Annotated[
    str, typer.Argument(metavar="PACK", help="Name of a shipped pack, or a pack or project folder.")
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to write; it must not exist yet.")]
OutTable = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write the table as .csv or .xlsx as well.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace the output folder if it exists.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of every random number.")]
Runs = Annotated[int, typer.Option("--runs", metavar="N", min=1, help="Number of runs.")]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads", metavar="N", min=1, help="Threads; default: one a core. Results do not depend on it."
    ),
]
Workers = Annotated[
    Literal["threads", "processes"],
    typer.Option("--executor", help="What --threads counts. Results do not depend on it."),
]
Keep = Annotated[
    Path | None,
    typer.Option(
        "--keep", metavar="DIR", help="Folder for finished runs; the same command goes on from there."
    ),
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of what is written.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on stdout and nothing else.")]
Known = Annotated[
    str | None,
    typer.Option("--known", metavar="D", help="Let only what was known at the end of this day act."),
]
Ends = Annotated[
    list[str] | None,
    typer.Option(
        "--end", metavar="POLICY=D", help="With --known: a policy may end; D is the first day not in force."
    ),
]


def day_of(option: str, text: str | None) -> date | None:
    """Return the day that an option names; raises `UsageError` for what is none."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError:
        raise UsageError(
            f"{option} {text}: is no day; write it as YYYY-MM-DD, for example 2023-09-30"
        ) from None


def ends_of(known: date | None, texts: list[str] | None) -> tuple[tuple[str, date], ...]:
    """Return the ends that ``--end POLICY=D`` names; raises `UsageError` for what is none."""
    ends = []
    for text in texts or ():
        policy, sign, day = text.partition("=")
        if known is None:
            raise UsageError(f"--end {text}: goes with --known, the day of which more than one end is asked")
        found = day_of("--end", day) if policy and sign else None
        if found is None:
            raise UsageError(f"--end {text}: is not POLICY=D; write for example t42-original=2022-12-21")
        ends.append((policy, found))
    return tuple(ends)
