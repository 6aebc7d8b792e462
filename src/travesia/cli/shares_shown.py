"""What ``travesia share`` shows: plain objects for programs, tables for people."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from travesia.cli.output import say
from travesia.cli.tables import show_table

if TYPE_CHECKING:
    from fractions import Fraction

    import polars as pl

    from travesia.cli.counts import Beside
    from travesia.sharing import FactorAudit, Key, KeyAudit, KeyRanges, Shares

Leaving = Mapping[str, Mapping[str, "tuple[Fraction, Fraction]"]]
"""By member: what every other's share is without it and with it."""


def plain_shares(shares: Shares, beside: Beside) -> dict[str, Any]:
    """Return shares as the plain object of the command; a row also holds what stands beside it."""
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
                **{name: of_state[row.iso3] for name, of_state in beside.items()},
            }
            for row in shares.rows
        ],
    }


def table_beside(shares: Shares, beside: Beside) -> pl.DataFrame:
    """Return the table that is written: shares, and a column for each number that stands beside them."""
    import polars as pl

    more = {
        f"{name}_{column}": [of_state[state][column] for state in shares.members]
        for name, of_state in beside.items()
        for column in of_state[shares.members[0]]
    }
    return shares.table.hstack(pl.DataFrame(more)) if more else shares.table


def show_beside(beside: Beside) -> None:
    """Write a table of each kind of numbers that stand beside shares."""
    for name, of_state in beside.items():
        columns = list(next(iter(of_state.values())))
        rows = [[state, *(_cell(row[column]) for column in columns)] for state, row in of_state.items()]
        say("")
        say({"by_origin": "people by origin", "relief": "relief", "contribution": "contributions"}[name])
        show_table(["state", *columns], rows, right=columns)


def _cell(value: float | bool | None) -> str:
    if value is None:
        return "not reported"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def plain_audit(audit: KeyAudit, leaving: Leaving) -> dict[str, Any]:
    """Return the audit of a key as a plain object."""
    key = audit.key
    return {
        "title": key.title,
        "cap_reading": key.cap_reading,
        "years": dict(key.years),
        "left_out_by_the_text": {each.iso3: each.reason for each in key.left_out},
        "sources": [vars(source) for source in key.sources],
        "bounds": audit.bounds,
        "factors": [_plain_factor(audit, each) for each in audit.factors],
        "leaving": [
            {
                "iso3": state,
                "others": [
                    {"iso3": other, "share": float(after), "share_without": float(before)}
                    for other, (before, after) in others.items()
                ],
            }
            for state, others in leaving.items()
        ],
    }


def _plain_factor(audit: KeyAudit, each: FactorAudit) -> dict[str, Any]:
    factor, scored = each.factor, audit.scored
    terms = scored.terms.get(factor, {})
    return {
        "column": factor.column,
        "direction": factor.direction,
        "scale": factor.scale,
        "cap": None if factor.cap is None else float(factor.cap),
        "weight": float(each.weight),
        "effective_weight": None if each.effective_weight is None else float(each.effective_weight),
        "moves": float(each.moves),
        "capped": each.capped,
        "against_direction": each.paradox,
        "rows": [
            {
                "iso3": state,
                "measure": float(scored.measures[factor][state]),
                "term": float(terms[state]) if state in terms else None,
                "sign": each.sign[state],
                "elasticity": each.elasticity[state],
                "effect": float(each.effect[state]),
            }
            for state in audit.members
        ],
    }


def plain_ranges(ranges: KeyRanges) -> dict[str, Any]:
    """Return the range over keys as a plain object."""
    return {
        "rows": [
            {
                "iso3": each.iso3,
                "lowest": float(each.shares[each.lowest]),
                "lowest_key": each.lowest,
                "highest": float(each.shares[each.highest]),
                "highest_key": each.highest,
                "shares": {key: float(share) for key, share in each.shares.items()},
            }
            for each in ranges.ranges
        ],
        "refused": ranges.refused,
    }


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def show_shares(shares: Shares, names: Mapping[str, str], *, why: bool) -> None:
    """Write a table for people; columns that hold nothing are left out."""
    columns = ["state", "name", "share", "people", "US dollars", "bound", "why"]
    rows = [
        [
            row.iso3,
            names.get(row.iso3, ""),
            f"{float(row.share):.3%}",
            "" if row.people is None else f"{row.people:,}",
            "" if row.usd is None else f"{row.usd:,.2f}",
            row.bound or "",
            row.why if why else "",
        ]
        for row in shares.rows
    ]
    year = "" if shares.year is None else f", indicators of {shares.year}"
    say(f"{shares.key.title}{year}; whole people by {shares.rounding}")
    show_table(columns, rows, right=columns[2:5])


def show_audit(audit: KeyAudit, leaving: Leaving) -> None:
    """Write what the factors of a key weigh, whom they move against their direction, who gains by whom."""
    _show_text(audit.key)
    if audit.factors:
        say("")
        columns = ["factor", "weight", "in the scores", "moves", "members capped", "against its direction"]
        rows = [
            [
                f"{each.factor.column}{' inverse' if each.factor.direction == 'inverse' else ''}",
                f"{float(each.weight):.1%}",
                "" if each.effective_weight is None else f"{float(each.effective_weight):.1%}",
                f"{float(each.moves):.2%}",
                str(len(each.capped)) if each.factor.cap is not None else "",
                _against(each),
            ]
            for each in audit.factors
        ]
        show_table(columns, rows, right=columns[1:5])
        say("in the scores: what the capped terms make up; moves: people who would be elsewhere without it;")
        say(
            "against its direction: members with more than without it though it asks for less, or the reverse"
        )
    if leaving:
        say("")
        columns = ["if it left", "gains most", "by points", "loses most", "by points "]
        show_table(
            columns, [[state, *_most(others)] for state, others in leaving.items()], right=columns[2::2]
        )


def _show_text(key: Key) -> None:
    say("")
    if key.cap_reading is not None:
        from travesia.sharing import CAPS

        say(f"cap read as: a fraction of {CAPS[key.cap_reading]}")
    if key.years:
        say("years in the text: " + ", ".join(f"{column} {year}" for column, year in key.years))
    if key.left_out:
        told = "; ".join(f"{each.iso3} {each.reason}" for each in key.left_out)
        say(f"left out by the text (and here with --as-enacted): {told}")
    for source in key.sources:
        faults = f"; {source.faults}" if source.faults else ""
        say(f"source: {source.title}, {source.publisher}{faults}")


def _against(each: FactorAudit) -> str:
    """Name the members, the strongest first, each with the effect in points."""
    if not each.paradox:
        return ""
    ranked = sorted(each.paradox, key=lambda state: -abs(each.effect[state]))
    told = ", ".join(f"{state} {100 * float(each.effect[state]):+.3f}" for state in ranked[:5])
    more = f" and {len(ranked) - 5} more" if len(ranked) > 5 else ""
    return f"{'capping paradox: ' if each.factor.cap is not None else ''}{told}{more}"


def _most(others: Mapping[str, tuple[Fraction, Fraction]]) -> list[str]:
    """Return who gains and who loses most where a member leaves, in points."""
    change = {state: 100 * float(without - with_it) for state, (without, with_it) in others.items()}
    up, down = (pick(change, key=lambda state: change[state]) for pick in (max, min))
    found = []
    for state, wanted in ((up, change[up] > 0), (down, change[down] < 0)):
        found += [state, f"{change[state]:+.3f}"] if wanted else ["", ""]
    return found


def show_ranges(ranges: KeyRanges, used: Key) -> None:
    """Write each member's share under the key in use beside its range over all keys."""
    name = f"{used.id} --cap {used.cap_reading}"
    columns = ["state", "this key", "lowest", "by", "highest", "by "]
    rows = [
        [
            each.iso3,
            f"{float(each.shares[name if name in each.shares else used.id]):.3%}",
            f"{float(each.shares[each.lowest]):.3%}",
            each.lowest,
            f"{float(each.shares[each.highest]):.3%}",
            each.highest,
        ]
        for each in ranges.ranges
    ]
    say("")
    say("shares under every key that the indicators allow, before exemptions and bounds on people")
    show_table(columns, rows, right=[columns[1], columns[2], columns[4]])
    for key, reason in ranges.refused.items():
        say(f"{key} refused: {reason}")
