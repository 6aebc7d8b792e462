"""``travesia ledger``: records with their cites, what was known when, and who put their names to it."""

from __future__ import annotations

import typer

from travesia.cli.ledger_checks import lint, verify
from travesia.cli.ledger_decisions import accept, reject
from travesia.cli.ledger_exports import export
from travesia.cli.ledger_lists import as_of, show
from travesia.cli.ledger_model import branches, model
from travesia.cli.ledger_review import review
from travesia.cli.ledger_sheets import import_
from travesia.cli.ledger_systems import systems

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.callback()
def ledger_group() -> None:
    """Read, check and decide what a ledger holds.

    A project's ledger lies over that of its pack, which stays as it is.
    """


group.command("show", short_help="List records and proposals.")(show)
group.command("as-of", short_help="Tell what was in force on a day, as known on a day.")(as_of)
group.command("review", short_help="Walk through proposals and decide each.")(review)
group.command("accept", short_help="Put your name to proposals.")(accept)
group.command("reject", short_help="Turn a proposal down.")(reject)
group.command("export", short_help="Write a spreadsheet to review in, or what others read.")(export)
group.command("import", short_help="Decide as a filled-in spreadsheet says.")(import_)
group.command("verify", short_help="Look for lines changed, removed, put in or swapped.")(verify)
group.command("lint", short_help="Look for records that contradict one another.")(lint)
group.command("systems", short_help="List what the ledger was to hold, and whether it can be seen to work.")(
    systems
)
group.command("branches", short_help="List ends of policies that a day left open.")(branches)
group.command("model", short_help="List what the model takes from each record.")(model)
