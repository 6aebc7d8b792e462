"""Balances as a table, for a study's files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, get_args

import dataframely as dy
import polars as pl

from travesia.terms.schemas import KEY
from travesia.tracking.balance import Balance
from travesia.tracking.by_state import StateStanding
from travesia.tracking.states import State


class BalanceTable(dy.Schema):
    """What was pledged, needed and delivered, a commitment a row. Null is not reported, never zero."""

    commitment = dy.String(primary_key=True, description="commitment id")
    title = dy.String(description="what was promised")
    iso3 = dy.String(nullable=True, regex=r"^[A-Z]{3}$", description="state that promised; null for several")
    unit = dy.String(nullable=True, description="unit of the amounts")
    bound = dy.String(description="exact, about, at_least; up_to is a ceiling")
    pledged = dy.Float64(nullable=True, min=0, description="amount promised, in unit")
    needed = dy.Float64(nullable=True, min=0, description="need of the same scope and unit, in unit")
    delivered = dy.Float64(nullable=True, min=0, description="counted up to the day, in unit")
    gap = dy.Float64(nullable=True, description="pledged less delivered, in unit; null for a ceiling")
    state = dy.Enum(get_args(State), description="state of the commitment on the day")
    as_of = dy.Date(description="the day asked about")
    reported_to = dy.String(
        nullable=True, regex=r"^\d{4}-\d{2}(-\d{2})?$", description="last month or day counted"
    )
    why = dy.String(description="which rule decided, and what the figures leave out")
    cites = dy.String(description="sources, | between them")
    record = dy.String(description="id of the record in the ledger")
    target = dy.String(nullable=True, description="ceiling, floor or level; empty: shown, never scored")
    committed = dy.Float64(nullable=True, description="money committed, in unit; never added to the others")
    disbursed = dy.Float64(nullable=True, description="money paid out, in unit")
    spent = dy.Float64(nullable=True, description="money spent directly by who pays, in unit")
    reached = dy.Float64(nullable=True, description="delivered as a fraction of pledged")
    curve = dy.String(nullable=True, description="how delivery was to come; empty where there is no pace")
    elapsed = dy.Float64(nullable=True, description="part of the window that is over, fraction of 1")
    expected_low = dy.Float64(nullable=True, description="due over the days counted, in unit")
    expected_high = dy.Float64(nullable=True, description="due up to the day asked about, in unit")
    pace_low = dy.Float64(nullable=True, description="delivered / expected_high")
    pace_high = dy.Float64(nullable=True, description="delivered / expected_low")
    mismatches = dy.String(description="where what is counted is not quite what was promised, | between")
    by_figures = dy.String(nullable=True, description="state by the figures, where people set another")


class StatePledges(dy.Schema):
    """Fair share, pledges and deliveries of states for a unit and window; a pledge a row, never added."""

    unit = dy.String(metadata=KEY, description="unit of the amounts")
    iso3 = dy.String(metadata=KEY, regex=r"^[A-Z]{3}$", description="state")
    commitment = dy.String(
        metadata=KEY, nullable=True, description="commitment id; empty: none in the window"
    )
    first_day = dy.Date(description="first day of the window")
    last_day = dy.Date(description="last day of the window")
    fair = dy.Float64(nullable=True, min=0, description="fair share of what is needed in the window, in unit")
    fair_of = dy.String(description="what is shared, and by which key; or why nothing is")
    paid = dy.Float64(nullable=True, description="money paid out in the window, whatever it was for, in unit")
    pledged = dy.Float64(nullable=True, min=0, description="amount of this commitment, in unit")
    delivered = dy.Float64(nullable=True, description="counted for this commitment, in unit")
    state = dy.String(nullable=True, description="state of this commitment")
    title = dy.String(nullable=True, description="what was promised")


def plain_balance(balance: Balance) -> dict[str, Any]:
    """Return a balance with its parts side by side; cites and mismatches stay lists."""
    row = {name: getattr(balance, name) for name in balance.__dataclass_fields__}
    stages, pace = row.pop("stages"), row.pop("pace")
    row |= {name: getattr(stages, name) for name in stages.__dataclass_fields__}
    for name in ("curve", "elapsed", "expected_low", "expected_high"):
        row[name] = getattr(pace, name, None)
    return row | {"pace_low": getattr(pace, "low", None), "pace_high": getattr(pace, "high", None)}


def balance_table(balances: Sequence[Balance]) -> pl.DataFrame:
    """Return balances as a table of schema `BalanceTable`."""
    columns = BalanceTable.columns()
    rows = []
    for balance in balances:
        plain = plain_balance(balance)
        plain["cites"] = " | ".join(cite.source for cite in balance.cites)
        plain["mismatches"] = " | ".join(f"{each.kind}: {each.text}" for each in balance.mismatches)
        rows.append({name: plain[name] for name in columns})
    types = {name: column.dtype for name, column in columns.items()}
    return BalanceTable.validate(pl.DataFrame(rows, schema=types), cast=True)


def state_pledges_table(states: Sequence[StateStanding]) -> pl.DataFrame:
    """Return the standing of states as a table of schema `StatePledges`, a pledge a row."""
    columns = StatePledges.columns()
    rows = []
    for one in states:
        last = (one.window.end or date.max) - timedelta(days=1)
        whole = {
            "unit": one.unit, "iso3": one.iso3, "first_day": one.window.start, "last_day": last,
            "fair": one.fair, "fair_of": one.fair_of, "paid": one.paid,
        }  # fmt: skip
        for pledge in one.pledges or (None,):
            names = ("commitment", "pledged", "delivered", "state", "title")
            rows.append(whole | {name: getattr(pledge, name, None) for name in names})
    types = {name: column.dtype for name, column in columns.items()}
    return StatePledges.validate(pl.DataFrame(rows, schema=types), cast=True)
