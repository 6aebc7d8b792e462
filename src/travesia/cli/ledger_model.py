"""``travesia ledger branches`` and ``model``: what the model takes from records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli.ledger_files import LedgerPack
from travesia.cli.options import Ends, Json, day_of, ends_of
from travesia.cli.output import emit_json, plain_cite, say
from travesia.cli.tables import show_table

if TYPE_CHECKING:
    from travesia.scenario import KnownEnd
    from travesia.study import ModelInput

LONGEST = 90

KnownOn = Annotated[
    str | None, typer.Option("--known", metavar="D", help="As known at the end of this day; default: today.")
]


def branches(
    pack: LedgerPack = "americas", known: KnownOn = None, end: Ends = None, json: Json = False
) -> None:
    """List how policies could go on from a day: each end that was fixed, and each that a day left open.

    An end is open where the record says that it hangs on somebody's decision. Such a policy holds, or ends
    on a day that had been named before, or that you name with --end. `travesia run --known D` compares
    these ways. No way has a weight: no text says which is likely.
    """
    from travesia.scenario import ends_known, load_policies
    from travesia.study import ledger_of

    day = day_of("--known", known) or date.today()
    named = ends_of(day, end)
    found = ends_known(load_policies(pack), ledger_of(pack), day)
    rows = [row for one in found for row in _ways(one, [end for name, end in named if name == one.policy])]
    if json:
        emit_json({"known": day, "rows": rows})
        return
    say(f"As known at the end of {day}; an end is the first day no longer in force")
    cells = [
        [
            row["policy"], row["state"], row["branch"], str(row["valid_to"] or ""),
            ", ".join(row["decided_by"]), "; ".join(cite["source"] for cite in row["cites"]),
        ]
        for row in rows
        if row["state"] != "ended"
    ]  # fmt: skip
    if cells:
        show_table(["policy", "end", "branch", "on", "hangs on", "cites"], cells)
    say(f"{sum(one.state == 'ended' for one in found)} policies had ended by then")


def model(pack: LedgerPack = "americas", known: KnownOn = None, json: Json = False) -> None:
    """List what the model takes from each accepted record: what it becomes, its value, and the words cited.

    A policy becomes an instrument; a promise with a number a ceiling, floor or level, one without a line of
    a checklist; a figure a prior or a constraint; a signature a member of a coalition; a statement a stance.
    What becomes none is shown only. Beside a figure stands what the pack counts of the same; no fit draws on
    a figure by itself.
    """
    from travesia.region import load_region
    from travesia.study import ledger_of, model_inputs

    day = day_of("--known", known) or date.today()
    ledger = ledger_of(pack)
    found = model_inputs(load_region(pack), ledger, day)
    left_out = len(ledger.proposed())
    if json:
        rows = [{**vars(one), "cites": [plain_cite(cite) for cite in one.cites]} for one in found]
        emit_json({"known": day, "rows": rows, "proposals_left_out": left_out})
        return
    cells = [
        [one.record, one.becomes, _told(one), one.cites[0].source if one.cites else ""]
        for one in found
        if one.becomes != "none"
    ]
    if cells:
        show_table(["record", "becomes", "value", "first cite"], cells)
    shown_only = sum(one.becomes == "none" for one in found)
    say(
        f"{len(cells)} inputs as known on {day}; {shown_only} records are shown only, "
        f"{left_out} proposals left out"
    )


def _told(one: ModelInput) -> str:
    text = one.value if len(one.value) <= LONGEST else f"{one.value[: LONGEST - 3]}..."
    if one.counted is None:
        return text
    low, high = one.counted
    counted = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
    return f"{text}; counted {counted}" + ("" if one.agrees else ", which does not agree")


def _ways(end: KnownEnd, more: list[date]) -> list[dict[str, Any]]:
    """Return the ways in which one policy could go on."""
    whole = {
        "policy": end.policy, "record": end.record, "state": end.state, "decided_by": end.decided_by,
    }  # fmt: skip
    cites = [plain_cite(cite) for cite in end.cites]
    rows = [
        whole | {"branch": "ends", "valid_to": one.day, "cites": [plain_cite(cite) for cite in one.cites]}
        for one in end.candidates
    ]
    if end.state != "uncertain":
        return rows
    own = [whole | {"branch": "ends", "valid_to": day, "cites": []} for day in more]
    return [whole | {"branch": "holds", "valid_to": None, "cites": cites}, *rows, *own]
