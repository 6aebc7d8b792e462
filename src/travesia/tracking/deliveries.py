"""What was delivered, as saved files of publishers report it row by row.

A row counts for the commitment that it names, and for no other: what was paid in a year may belong to any of
several announcements, and no rule here guesses to which. Stages of money are summed apart. What several
series report may be the same money, so one of them counts. What the receiving side reports is never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from travesia.record import Ledger
from travesia.terms import Span, UnknownIdsError
from travesia.tracking.commitment import Commitment, resolved_id, short_id
from travesia.tracking.measures import Delivered, Mismatch, MismatchKind, unit_counted

_PAID_OUT = pl.col("direction").is_null() | (pl.col("direction") == "out")


@dataclass(frozen=True)
class Stages:
    """Money of one commitment by stage, in its unit; ``None`` is not reported. Never added to each other."""

    committed: float | None = None
    disbursed: float | None = None
    spent: float | None = None


@dataclass(frozen=True)
class Linked:
    """Rows that name a commitment, counted: what is delivered, every stage, and what does not fit."""

    delivered: Delivered | None
    stages: Stages
    mismatches: tuple[Mismatch, ...]


NOTHING = Linked(None, Stages(), ())


def with_links(deliveries: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Return deliveries whose rows name commitments that stand, also where these were merged since.

    Raises
    ------
    UnknownIdsError
        For rows that name a commitment which the ledger never held.
    """
    named = set(deliveries["commitment"].drop_nulls())
    strangers = named - {short_id(name) for name in ledger.record_ids()}
    if strangers:
        raise UnknownIdsError("deliveries.csv", "commitments", strangers, known="the ledger")
    resolved = {name: resolved_id(ledger, name) for name in named}
    return deliveries.with_columns(pl.col("commitment").replace(resolved))


def reported_by(deliveries: pl.DataFrame, known: date | None) -> pl.DataFrame:
    """Return what was known on a day; a row that does not say since when counts once its period is over."""
    if known is None:
        return deliveries
    return deliveries.filter(pl.coalesce("reported", "last_day") <= known)


def count_linked(deliveries: pl.DataFrame, commitment: Commitment, to: date) -> Linked:
    """Count the rows that name a commitment, up to and with a day.

    Rows that lie partly outside the window are not split: they are left out and told, as are other units
    and currencies, pledges that the files repeat, and what the receiving side reports.

    Parameters
    ----------
    deliveries
        Table of the schema `Deliveries`.
    commitment
        The one to count for.
    to
        The last day that counts.
    """
    rows = deliveries.filter(pl.col("commitment") == commitment.id, pl.col("measure") == "flow")
    series = sorted(rows["series"].unique())
    if not series:
        return NOTHING
    told: list[Mismatch] = []
    if commitment.measured_by in series:
        series = [commitment.measured_by]
    if len(series) > 1:
        names = " and ".join(series)
        text = f"{names} may report the same deliveries: none counts until measured_by names one"
        return Linked(None, Stages(), (Mismatch("source", text),))
    fitting = _fitting(rows.filter(pl.col("series") == series[0]), commitment, to, told)
    if not commitment.is_money:
        groups = sorted(fitting["channel"].drop_nulls().unique())
        if len(groups) > 1:
            text = f"{' and '.join(groups)} are not the same: none counts until the rows of one only name it"
            return Linked(None, Stages(), (*told, Mismatch("source", text)))
        return Linked(_delivered(fitting, commitment, to, series[0]), Stages(), tuple(told))
    of_stage = {name: fitting.filter(pl.col("stage") == name) for name in ("committed", "disbursed", "spent")}
    stages = Stages(**{name: _sum(part) for name, part in of_stage.items()})
    # What is known of one stage says nothing of another: silence on payments stays silence.
    paid = of_stage[commitment.stage]
    return Linked(_delivered(paid, commitment, to, series[0]), stages, tuple(told))


def _fitting(rows: pl.DataFrame, commitment: Commitment, to: date, told: list[Mismatch]) -> pl.DataFrame:
    """Return the rows that count; tell what is left out, and why."""
    unit = unit_counted(commitment)
    rows = _leave_out(rows, pl.col("unit") == (unit or ""), "currency", "in another unit: not changed", told)
    rows = _leave_out(rows, _PAID_OUT, "source", "reported by the receiving side: not added", told)
    pledge = pl.col("stage").is_null() | ~pl.col("stage").is_in(["pledged", "needed"])
    rows = _leave_out(rows, pledge, "amount", "reported as pledged or asked for: in no total", told)
    if commitment.iso3 is not None:
        mine = (pl.col("country") == commitment.iso3).fill_null(False)
        rows = _leave_out(rows, mine, "source", "not by the state that promised: left out", told)
    if commitment.beneficiaries and not commitment.is_money:
        meant = pl.col("nationality").is_in(list(commitment.beneficiaries)).fill_null(False)
        rows = _leave_out(rows, meant, "region", "for people whom it does not name: left out", told)
    last = commitment.last_day or date.max
    inside = (pl.col("first_day") >= commitment.first_day) & (pl.col("last_day") <= last)
    window = f"{commitment.first_day} to {commitment.last_day or 'no end'}"
    why = f"for periods not wholly in its window, {window}: not split"
    rows = _leave_out(rows.filter(pl.col("first_day") <= to), inside, "period", why, told)
    return rows.filter(pl.col("last_day") <= to)


def _leave_out(
    rows: pl.DataFrame, keep: pl.Expr, kind: MismatchKind, why: str, told: list[Mismatch]
) -> pl.DataFrame:
    for unit, out in rows.filter(~keep).group_by("unit", maintain_order=True):
        text = f"{out['value'].sum():,.10g} {unit[0]} of {out['series'][0]} {why}"
        told.append(Mismatch(kind, text))
    return rows.filter(keep)


def _delivered(rows: pl.DataFrame, commitment: Commitment, to: date, series: str) -> Delivered:
    """Sum rows that count; without any, nothing is reported."""
    if rows.is_empty():
        return Delivered(None, series, None, None, begun=True, complete=False)
    money = commitment.is_money
    covers = [day for day in rows["covers_to"].to_list() if day is not None]
    reported = min(to, max([*rows["last_day"].to_list(), *covers]))
    end = to if commitment.last_day is None else min(to, commitment.last_day)
    # Payments may begin on any day of the window; people of a period that is missing were not counted.
    start = commitment.first_day if money else min(rows["first_day"].to_list())
    whole = reported >= end and start <= commitment.first_day
    return Delivered(
        amount=_sum(rows),
        by=series,
        reported_to=reported.isoformat(),
        covered=Span(start, reported + timedelta(days=1)),
        begun=True,
        complete=whole and (bool(covers) or not money),
    )


def _sum(rows: pl.DataFrame) -> float | None:
    """Sum to the cent; null, not 0, where there is nothing to add."""
    if rows.is_empty():
        return None
    total = round(float(rows["value"].sum()), 2)
    return int(total) if total.is_integer() else total


_WHY_NOT: Mapping[str, str] = MappingProxyType(
    {
        "unit": "another unit",
        "country": "not by the state that promised",
        "direction": "told by the receiving side",
        "measure": "no flow",
        "nationality": "people whom it does not name",
        "window": "outside its window",
    }
)


def link(rows: pl.DataFrame, commitment: Commitment) -> tuple[pl.DataFrame, dict[str, int]]:
    """Make rows count for a commitment, those of its state, unit, people and window.

    Returns
    -------
    tuple
        All rows, those that fit with the commitment's id; and how many do not fit, by the first reason.
    """
    last = commitment.last_day or date.max
    people = pl.lit(True)
    if commitment.beneficiaries and not commitment.is_money:
        people = pl.col("nationality").is_in(list(commitment.beneficiaries))
    fits = {
        "unit": pl.col("unit") == (unit_counted(commitment) or ""),
        "country": pl.lit(True) if commitment.iso3 is None else pl.col("country") == commitment.iso3,
        "direction": _PAID_OUT,
        "measure": pl.col("measure") == "flow",
        "nationality": people,
        "window": (pl.col("last_day") >= commitment.first_day) & (pl.col("first_day") <= last),
    }
    left, why_not = rows, {}
    for name, rule in fits.items():
        kept = left.filter(rule.fill_null(False))
        if kept.height < left.height:
            why_not[_WHY_NOT[name]] = left.height - kept.height
        left = kept
    fitting = pl.all_horizontal(*(rule.fill_null(False) for rule in fits.values()))
    linked = pl.when(fitting).then(pl.lit(commitment.id)).otherwise(pl.col("commitment"))
    return rows.with_columns(commitment=linked), why_not


def merge(old: pl.DataFrame, new: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """Put rows among those that are held, by series and id; reading the same file again changes nothing.

    A row that is held is renewed by what the file says now, and keeps the commitment that it counts for
    unless the new one names another.

    Returns
    -------
    tuple
        All rows by series and id; and how many were read, are new, and were renewed.
    """
    keys = ["series", "id"]
    links = old.select(*keys, held="commitment")
    new = new.join(links, on=keys, how="left", maintain_order="left")
    new = new.with_columns(commitment=pl.coalesce("commitment", "held")).drop("held").select(old.columns)
    kept = old.join(new, on=keys, how="anti")
    same = new.join(old, on=old.columns, how="semi", nulls_equal=True).height
    added = new.join(old, on=keys, how="anti").height
    counts = {"read": new.height, "new": added, "renewed": new.height - added - same}
    return pl.concat([kept, new]).sort(keys), counts
