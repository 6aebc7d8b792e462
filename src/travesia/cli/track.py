"""``travesia track``: what was pledged, needed and delivered, commitment by commitment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from travesia.cli.options import Json, Lang, Quiet, day_of
from travesia.cli.output import emit_json, plain_cite, say

if TYPE_CHECKING:
    from travesia.tracking import Balance


def track(
    pack: Annotated[
        str, typer.Argument(metavar="[PACK]", help="Name of a shipped pack, or a pack or project folder.")
    ] = "americas",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="D", help="Count what was observed up to and with this day; default: today."
        ),
    ] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="D", help="Ask what was known on this day.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
    lang: Lang = "en",
) -> None:
    """Compare what was pledged, needed and delivered, for every commitment of the ledger.

    Months count whole. What nobody reports is not reported: it is never zero.
    """
    from travesia.record import load_ledger
    from travesia.region import acceptances_of, find_pack, load_region
    from travesia.tracking import track as balances_of

    day, known_day = day_of("--as-of", as_of) or date.today(), day_of("--known", known)
    region = load_region(pack)
    ledger = load_ledger(*find_pack(pack).layers("ledger.jsonl"), acceptances=acceptances_of(pack))
    balances = balances_of(region, ledger, as_of=day, known=known_day)
    if json:
        emit_json({"as_of": day, "known": known_day, "rows": [_plain(balance) for balance in balances]})
    else:
        names = dict(region.countries.select("iso3", f"name_{lang}").iter_rows())
        _show(balances, names, day)


def _plain(balance: Balance) -> dict[str, Any]:
    fields = {name: getattr(balance, name) for name in balance.__dataclass_fields__}
    return fields | {"cites": [plain_cite(cite) for cite in balance.cites]}


def _show(balances: tuple[Balance, ...], names: dict[str, str], day: date) -> None:
    """Write a table for people: a dash is what nobody reports."""
    from travesia.cli.tables import show_table

    columns = ["commitment", "by", "unit", "pledged", "needed", "delivered", "gap", "state"]
    rows = [
        [
            balance.commitment,
            names.get(balance.iso3 or "", balance.iso3 or ""),
            balance.unit or "",
            *(_number(value) for value in (balance.pledged, balance.needed, balance.delivered, balance.gap)),
            balance.state,
        ]
        for balance in balances
    ]
    say(f"As of {day}; - is not reported, which is not zero")
    show_table(columns, rows, right=columns[3:7])


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"
