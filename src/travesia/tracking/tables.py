"""Balances as a table, for a study's files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import dataframely as dy
import polars as pl

from travesia.tracking.balance import Balance
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
    reported_to = dy.String(nullable=True, regex=r"^\d{4}-\d{2}$", description="last month counted")
    why = dy.String(description="which rule decided, and what the figures leave out")
    cites = dy.String(description="sources, | between them")


def balance_table(balances: Sequence[Balance]) -> pl.DataFrame:
    """Return balances as a table of schema `BalanceTable`."""
    columns = BalanceTable.columns()
    rows = [
        {name: getattr(balance, name) for name in columns}
        | {"cites": " | ".join(cite.source for cite in balance.cites)}
        for balance in balances
    ]
    types = {name: column.dtype for name, column in columns.items()}
    return BalanceTable.validate(pl.DataFrame(rows, schema=types), cast=True)
