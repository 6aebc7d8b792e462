"""The same people under every key: what each member would take, and which keys cannot say."""

from __future__ import annotations

import polars as pl

from travesia.region import Region
from travesia.sharing.audit import readings
from travesia.sharing.hosting import Responsibility
from travesia.sharing.inputs import region_inputs
from travesia.sharing.key_files import keys
from travesia.sharing.shares import fair_shares
from travesia.sharing.tables import KeyShares, KeysRefused
from travesia.terms import InputError


def shares_by_key(region: Region, found: Responsibility) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Divide the pool of a responsibility by every key, with the same members, year and exemptions.

    Returns
    -------
    tuple
        Tables `KeyShares` and `KeysRefused`; a key for which an indicator is missing is refused.
    """
    inputs = region_inputs(region, found.members, found.key, found.key_year)
    exempt = {each.iso3: each.reason for each in found.exemptions}
    rows, refused = [], []
    for name, key in readings(keys().values()):
        try:
            shares = fair_shares(key, inputs, people=found.pool_people, exempt=exempt)
        except InputError as error:
            lacks = [f"{column} ({count})" for column, count in inputs.lacking(key.columns).items()]
            refused.append((name, key.title, ", ".join(lacks) or error.problem))
            continue
        own = key.id == found.key.id
        rows += [(name, row.iso3, key.title, own, float(row.share), row.people) for row in shares.rows]
    return (
        KeyShares.validate(pl.DataFrame(rows, schema=list(KeyShares.columns()), orient="row"), cast=True),
        KeysRefused.validate(
            pl.DataFrame(refused, schema=list(KeysRefused.columns()), orient="row"), cast=True
        ),
    )
