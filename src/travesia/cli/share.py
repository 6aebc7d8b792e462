"""``travesia share``: divide people or money among states by a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from travesia.cli import shares_shown as shown
from travesia.cli.counts import read_counts
from travesia.cli.options import Force, Json, Lang, OutTable, Quiet, day_of
from travesia.cli.output import check_table_file, emit_json, write_table_file
from travesia.terms import UsageError

if TYPE_CHECKING:
    from travesia.region import Region
    from travesia.sharing import Key, KeyAudit, KeyInputs, KeyRanges, Solidarity


def share(
    members: Annotated[
        str | None,
        typer.Option(
            "--members",
            metavar="GROUP|INS|ISO3,...",
            help="la-declaration, r4v, americas, who signed ins:ID of the ledger, or codes with commas.",
        ),
    ] = None,
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="D", help="For ins:ID: who had signed as known on this day."),
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
    as_enacted: Annotated[
        bool, typer.Option("--as-enacted", help="Leave out the members that the text of the key leaves out.")
    ] = False,
    bounds: Annotated[
        Path | None,
        typer.Option(
            "--bounds", metavar="FILE", help="CSV or XLSX: iso3, least_people, most_people of some members."
        ),
    ] = None,
    fallback: Annotated[
        str | None,
        typer.Option(
            "--fallback", metavar="COLUMN=median,...", help="Members' median in place of a missing value."
        ),
    ] = None,
    by_origin: Annotated[
        Path | None,
        typer.Option(
            "--by-origin", metavar="FILE", help="CSV or XLSX: origin, people; who of each goes to whom."
        ),
    ] = None,
    solidarity: Annotated[
        str | None,
        typer.Option("--solidarity", metavar="RULE", help="A law's rule for --hosted or --taken."),
    ] = None,
    hosted: Annotated[
        Path | None,
        typer.Option("--hosted", metavar="FILE", help="CSV or XLSX: iso3, people; who is relieved by RULE."),
    ] = None,
    taken: Annotated[
        Path | None,
        typer.Option(
            "--taken", metavar="FILE", help="CSV or XLSX: iso3, people; what RULE asks for those not taken."
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how each share came about, and audit the key.")
    ] = False,
    all_keys: Annotated[
        bool, typer.Option("--all-keys", help="Each member's range of shares over all keys.")
    ] = False,
    pack: Annotated[
        str, typer.Option("--pack", metavar="PACK", help="Pack with states and indicators.")
    ] = "americas",
    out: OutTable = None,
    force: Force = False,
    json: Json = False,
    quiet: Quiet = False,
    lang: Lang = "en",
) -> None:
    """Divide people or money among states by a key.

    Shares add up exactly: whole people by the rounding, money to the cent by largest remainder.
    A missing indicator is refused, never taken for zero.
    """
    from travesia.sharing import as_enacted as enacted
    from travesia.sharing import fair_shares, find_key, read_bounds, split_codes, with_cap, with_fallbacks

    stand_ins = _fallbacks(fallback)
    chosen = with_fallbacks(with_cap(find_key(key, key_file), cap), stand_ins)
    if people is None and usd is None and by_origin is None and hosted is None:
        raise UsageError("--people: nothing to divide; give --people N, --usd X or both")
    rule = _solidarity(chosen, solidarity, hosted, taken)
    check_table_file(out)
    money = _money(usd)
    named = (members, day_of("--known", known))
    inputs, region = _inputs(chosen, named, year, indicators, pack)
    if as_enacted:
        inputs = enacted(chosen, inputs)
    counts = read_counts(inputs.members, by_origin, hosted, taken)
    shares = fair_shares(
        chosen,
        inputs,
        people=counts.people if people is None else people,
        usd=money,
        rounding=rounding,
        exempt=dict.fromkeys(split_codes(exempt), "by choice") if exempt is not None else {},
        bounds=read_bounds(bounds) if bounds is not None else {},
    )
    audit = _audit(chosen, inputs) if explain else None
    ranges = _ranges(chosen, inputs, stand_ins) if all_keys else None
    beside = counts.beside(shares, rule)
    write_table_file(shown.table_beside(shares, beside), out, force=force)
    if json:
        more = {
            "explain": audit and shown.plain_audit(*audit),
            "all_keys": ranges and shown.plain_ranges(ranges),
        }
        emit_json(shown.plain_shares(shares, beside) | {name: part for name, part in more.items() if part})
        return
    shown.show_shares(shares, _names(region, lang), why=explain)
    shown.show_beside(beside)
    if audit is not None:
        shown.show_audit(*audit)
    if ranges is not None:
        shown.show_ranges(ranges, chosen)


def _solidarity(key: Key, name: str | None, hosted: Path | None, taken: Path | None) -> Solidarity | None:
    """Return the rule that was asked for; it acts on counts, and counts need it."""
    from travesia.sharing import find_solidarity

    if name is None and hosted is None and taken is None:
        return None
    if name is None:
        known = ", ".join(rule.id for rule in key.solidarity) or "none"
        raise UsageError(f"--solidarity: is missing; key {key.id} has {known}")
    if hosted is None and taken is None:
        raise UsageError(f"--solidarity {name}: acts on counts; give --hosted FILE, --taken FILE or both")
    return find_solidarity(key, name)


def _fallbacks(text: str | None) -> dict[str, str]:
    """Read ``COLUMN=NAME,...``; what is no such pair is refused with the name that is missing."""
    parts = [part.strip().partition("=") for part in (text or "").split(",") if part.strip()]
    return {column: name for column, _, name in parts}


def _audit(key: Key, inputs: KeyInputs) -> tuple[KeyAudit, shown.Leaving]:
    from travesia.sharing import audit_key, membership

    leaving = {}
    if len(inputs.members) > 1:
        leaving = {state: membership(key, inputs, state) for state in inputs.members}
    return audit_key(key, inputs), leaving


def _ranges(key: Key, inputs: KeyInputs, stand_ins: Mapping[str, str]) -> KeyRanges:
    """Compute the range over all keys and a user's own, with the same fallbacks for all that weigh them."""
    from travesia.sharing import key_ranges, keys, with_fallbacks

    every = keys()
    every.setdefault(key.id, key)
    return key_ranges(
        (
            with_fallbacks(each, {name: how for name, how in stand_ins.items() if name in each.columns})
            for each in every.values()
        ),
        inputs,
    )


def _money(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        raise UsageError(f"--usd {text}: is no amount of US dollars; give for example 1790000000") from None


def _inputs(
    key: Key, named: tuple[str | None, date | None], year: int | None, indicators: Path | None, pack: str
) -> tuple[KeyInputs, Region | None]:
    from travesia.region import load_region
    from travesia.sharing import check_members, members_of, read_inputs, region_inputs, split_codes

    members, known = named
    if indicators is None:
        region = load_region(pack)
        states = members_of(region, members or "la-declaration", known)
        return region_inputs(region, states, key, year), region
    inputs = read_inputs(indicators, year, key.columns)
    if members is not None and set(
        check_members(split_codes(members), inputs.members, str(indicators))
    ) != set(inputs.members):
        raise UsageError(
            "--members: with --indicators the rows of the file are the members; leave --members out"
        )
    return inputs, None


def _names(region: Region | None, lang: str) -> dict[str, str]:
    return {} if region is None else dict(region.countries.select("iso3", f"name_{lang}").iter_rows())
