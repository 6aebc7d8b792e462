"""Who takes responsibility: fair shares by one key and by all, beside what states pledged and paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from travesia.region import Region
from travesia.sharing import KeyShares, KeysRefused, ResponsibilityTable, responsibility, shares_by_key
from travesia.terms import Span
from travesia.tracking import Balance, StatePledges, stand_by_state, state_pledges_table

_SHARED_SERIES = ("unhcr-population", "rmrp-requirements")
"""Who is hosted where, and what was asked for: without them there is nothing to share."""
_PLEDGED_UNITS = ("USD", "person")
"""Units in which states are set side by side with their fair share."""


def share_tables(region: Region, members: str, pool_of: str) -> dict[str, pl.DataFrame]:
    """Return fair shares, by one key and by all; empty without members, hosted people or a need."""
    counted = all(region.series(name).height for name in _SHARED_SERIES)
    if not counted or not region.countries["la_declaration"].any():
        return {
            "shares": ResponsibilityTable.create_empty(),
            "key_shares": KeyShares.create_empty(),
            "keys_refused": KeysRefused.create_empty(),
        }
    found = responsibility(region, members, pool_of=pool_of)
    by_key, refused = shares_by_key(region, found)
    return {"shares": found.table, "key_shares": by_key, "keys_refused": refused}


def state_pledges(
    region: Region, balances: Sequence[Balance], shares: pl.DataFrame, members: str
) -> pl.DataFrame:
    """Return fair share, pledges and deliveries of states over the year of the shares; empty without them."""
    if shares.is_empty():
        return StatePledges.create_empty()
    year = shares["pool_year"].item(0)
    window = Span(date(year, 1, 1), date(year + 1, 1, 1))
    return state_pledges_table(
        [
            one
            for unit in _PLEDGED_UNITS
            for one in stand_by_state(region, balances, unit, window, members=members)
        ]
    )
