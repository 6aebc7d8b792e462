"""``travesia track``: what was pledged, needed and delivered, commitment by commitment or state by state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from travesia.cli.options import Json, Lang, Quiet, day_of
from travesia.cli.output import emit_json, plain_cite, say
from travesia.terms import UsageError

if TYPE_CHECKING:
    from travesia.terms import Span
    from travesia.tracking import Balance, StateStanding

_SIGNS = {"up_to": "≤", "at_least": "≥", "about": "≈"}
"""Signs before an amount, by its bound."""


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
    by: Annotated[
        Literal["commitment", "state"], typer.Option("--by", help="One row a commitment, or a state.")
    ] = "commitment",
    unit: Annotated[
        str, typer.Option("--unit", metavar="UNIT", help="By state: USD, person, or another unit of pledges.")
    ] = "USD",
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="D", help="By state: first day; default: the year of --as-of."),
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="D", help="By state: last day; default: as for --from.")
    ] = None,
    members: Annotated[
        str, typer.Option("--members", metavar="GROUP|ISO3,...", help="By state: who shares.")
    ] = "la-declaration",
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="By state: by which key.")
    ] = "population-gdp",
    json: Json = False,
    quiet: Quiet = False,
    lang: Lang = "en",
) -> None:
    """Compare what was pledged, needed and delivered, for every commitment of the ledger.

    Months count whole. What nobody reports is not reported: it is never zero. By state, fair share, pledges
    and deliveries stand side by side; pledges of a state are never added up.
    """
    from travesia.record import load_ledger
    from travesia.region import acceptances_of, find_pack, load_region
    from travesia.tracking import reported_by, stand_by_state
    from travesia.tracking import track as balances_of

    day, known_day = day_of("--as-of", as_of) or date.today(), day_of("--known", known)
    window = _window(day, day_of("--from", start), day_of("--to", end))
    region = load_region(pack)
    ledger = load_ledger(*find_pack(pack).layers("ledger.jsonl"), acceptances=acceptances_of(pack))
    balances = balances_of(region, ledger, as_of=day, known=known_day)
    names = dict(region.countries.select("iso3", f"name_{lang}").iter_rows())
    asked = {"as_of": day, "known": known_day}
    if by == "state":
        region = replace(region, deliveries=reported_by(region.deliveries, known_day))
        states = stand_by_state(region, balances, unit, window, members=members, key=key)
        _by_state(states, asked | {"by": by, "unit": unit, "key": key}, window, names, json=json)
    elif json:
        emit_json(asked | {"rows": [_plain(balance) for balance in balances]})
    else:
        _show(balances, names, day)


def _window(day: date, start: date | None, last: date | None) -> Span:
    from travesia.terms import Span

    start = start or date((last or day).year, 1, 1)
    last = last or date(start.year, 12, 31)
    if last < start:
        raise UsageError(f"--to {last}: is before --from {start}; name a later day")
    return Span.from_last_day(start, last)


def _plain(balance: Balance) -> dict[str, Any]:
    from travesia.tracking import plain_balance

    row = plain_balance(balance)
    told = [{"kind": each.kind, "text": each.text} for each in balance.mismatches]
    return row | {"cites": [plain_cite(cite) for cite in balance.cites], "mismatches": told}


def _show(balances: tuple[Balance, ...], names: dict[str, str], day: date) -> None:
    """Write a table for people: a dash is what nobody reports; below it what is shown and never scored."""
    from travesia.cli.tables import show_table

    columns = ["commitment", "by", "unit", "pledged", "needed", "delivered", "gap", "state", "pace"]
    rows = [
        [
            balance.commitment,
            names.get(balance.iso3 or "", balance.iso3 or ""),
            balance.unit or "",
            _SIGNS.get(balance.bound, "") + _number(balance.pledged),
            *(_number(value) for value in (balance.needed, balance.delivered, balance.gap)),
            balance.state,
            _pace(balance),
        ]
        for balance in balances
        if balance.target is not None
    ]
    say(f"As of {day}; - is not reported, which is not zero")
    show_table(columns, rows, right=[*columns[3:7], "pace"])
    unscored = [balance for balance in balances if balance.target is None]
    if unscored:
        say("\nNames no amount that can be measured; shown, never scored:")
        show_table(["commitment", "by", "state", "what"], [
            [one.commitment, names.get(one.iso3 or "", one.iso3 or ""), one.state, one.title]
            for one in unscored
        ])  # fmt: skip
    if any(balance.mismatches for balance in balances):
        say("\nWhere what is counted is not quite what was promised:")
        for balance in balances:
            for each in (each for each in balance.mismatches if each.kind != "bound"):
                say(f"  {balance.commitment}: {each.kind}: {each.text}")


def _pace(balance: Balance) -> str:
    """Write delivered / expected as a band of per cent, one number where both ends round to it."""
    if balance.pace is None:
        return "-"
    ends = [f"{end:.0%}" for end in (balance.pace.low, balance.pace.high) if end is not None]
    return "–".join(dict.fromkeys(ends)) or "-"


def _by_state(
    states: tuple[StateStanding, ...],
    asked: dict[str, Any],
    window: Span,
    names: dict[str, str],
    *,
    json: bool,
) -> None:
    from travesia.cli.tables import show_table
    from travesia.tracking import state_pledges_table

    last = window.end - timedelta(days=1) if window.end else None
    fair_of = next((one.fair_of for one in states if one.fair is not None), None)
    why = fair_of or next((one.fair_of for one in states), "nobody shares and nobody pledged")
    if json:
        plain = [
            {
                **{name: getattr(one, name) for name in ("iso3", "unit", "fair", "fair_of", "paid")},
                "pledges": [_plain(balance) for balance in one.pledges],
            }
            for one in states
        ]
        emit_json(asked | {"from": window.start, "to": last, "fair_of": why, "rows": plain})
        return
    say(f"From {window.start} to {last}, as of {asked['as_of']}, {asked['unit']}; - is not reported")
    say(f"Fair share: of {why}" if fair_of else f"Fair share: {why}")
    columns = ["state", "fair share", "paid out", "commitment", "pledged", "delivered", "state of it"]
    table = state_pledges_table(states).iter_rows(named=True)
    rows = [
        [names.get(row["iso3"], row["iso3"]), _number(row["fair"]), _number(row["paid"]),
         row["commitment"] or "", _number(row["pledged"]), _number(row["delivered"]), row["state"] or ""]
        for row in table
    ]  # fmt: skip
    show_table(columns, rows, right=["fair share", "paid out", "pledged", "delivered"])
    say("Pledges of a state are not added up: one may repeat, hold or add to another.")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"
