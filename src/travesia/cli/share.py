"""``travesia share``: divide people or money among states by a key."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from travesia.cli.options import Json, Lang, Quiet
from travesia.cli.output import emit_json, say
from travesia.terms import UsageError

if TYPE_CHECKING:
    from travesia.region import Region
    from travesia.sharing import Key, KeyInputs, Shares


def share(
    members: Annotated[
        str | None,
        typer.Option(
            "--members", metavar="GROUP|ISO3,...", help="la-declaration, r4v, americas, or codes with commas."
        ),
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="By what to divide; custom: a key of --key-file.")
    ] = "population-gdp",
    key_file: Annotated[
        Path | None, typer.Option("--key-file", metavar="FILE", help="TOML file of the key of your own.")
    ] = None,
    cap: Annotated[
        Literal["sum", "base"] | None,
        typer.Option("--cap", help="Reading of the cap, for a key that has two readings of it."),
    ] = None,
    rounding: Annotated[
        Literal["hamilton", "webster", "huntington-hill", "jefferson", "adams", "quota"],
        typer.Option("--rounding", help="How people are made whole; money goes to the cent."),
    ] = "hamilton",
    people: Annotated[
        int | None, typer.Option("--people", metavar="N", help="How many people to divide.")
    ] = None,
    usd: Annotated[
        str | None, typer.Option("--usd", metavar="X", help="How many US dollars to divide.")
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="Y", min=1900, max=2100, help="Year of the indicators; default: the last."
        ),
    ] = None,
    indicators: Annotated[
        Path | None,
        typer.Option(
            "--indicators", metavar="FILE", help="CSV or XLSX in place of the pack's; its rows are members."
        ),
    ] = None,
    exempt: Annotated[
        str | None, typer.Option("--exempt", metavar="ISO3,...", help="Members that take no part.")
    ] = None,
    pack: Annotated[
        str, typer.Option("--pack", metavar="PACK", help="Pack with states and indicators.")
    ] = "americas",
    json: Json = False,
    quiet: Quiet = False,
    lang: Lang = "en",
) -> None:
    """Divide people or money among states by a key.

    Shares add up exactly: whole people by the rounding, money to the cent by largest remainder.
    A missing indicator is refused, never taken for zero.
    """
    from travesia.sharing import fair_shares, find_key, split_codes, with_cap

    chosen = with_cap(find_key(key, key_file), cap)
    if people is None and usd is None:
        raise UsageError("--people: nothing to divide; give --people N, --usd X or both")
    money = _money(usd)
    inputs, region = _inputs(chosen, members, year, indicators, pack)
    reasons = dict.fromkeys(split_codes(exempt), "by choice") if exempt is not None else {}
    shares = fair_shares(chosen, inputs, people=people, usd=money, rounding=rounding, exempt=reasons)
    if json:
        emit_json(_plain(shares))
    else:
        _show(shares, _names(region, lang))


def _money(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise UsageError(f"--usd {text}: is no amount of US dollars; give for example 1790000000") from None


def _inputs(
    key: Key, members: str | None, year: int | None, indicators: Path | None, pack: str
) -> tuple[KeyInputs, Region | None]:
    from travesia.region import load_region
    from travesia.sharing import check_members, members_of, read_inputs, region_inputs, split_codes

    if indicators is None:
        region = load_region(pack)
        return region_inputs(region, members_of(region, members or "la-declaration"), key, year), region
    inputs = read_inputs(indicators, year, key.columns)
    if members is not None and set(
        check_members(split_codes(members), inputs.members, str(indicators))
    ) != set(inputs.members):
        raise UsageError(
            "--members: with --indicators the rows of the file are the members; leave --members out"
        )
    return inputs, None


def _plain(shares: Shares) -> dict[str, Any]:
    return {
        "key": shares.key.id,
        "members": shares.members,
        "year": shares.year,
        "people": shares.people,
        "usd": None if shares.usd is None else _number(shares.usd),
        "rounding": shares.rounding,
        "rows": [
            {
                "iso3": row.iso3,
                "score": float(row.score),
                "share": float(row.share),
                "people": row.people,
                "usd": None if row.usd is None else _number(row.usd),
                "bound": row.bound,
                "why": row.why,
            }
            for row in shares.rows
        ],
    }


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _names(region: Region | None, lang: str) -> dict[str, str]:
    return {} if region is None else dict(region.countries.select("iso3", f"name_{lang}").iter_rows())


def _show(shares: Shares, names: dict[str, str]) -> None:
    """Write a table for people; columns that hold nothing are left out."""
    from travesia.cli.tables import show_table

    columns = ["state", "name", "share", "people", "US dollars", "bound"]
    rows = [
        [
            row.iso3,
            names.get(row.iso3, ""),
            f"{float(row.share):.3%}",
            "" if row.people is None else f"{row.people:,}",
            "" if row.usd is None else f"{row.usd:,.2f}",
            row.bound or "",
        ]
        for row in shares.rows
    ]
    year = "" if shares.year is None else f", indicators of {shares.year}"
    say(f"{shares.key.title}{year}; whole people by {shares.rounding}")
    show_table(columns, rows, right=columns[2:5])
