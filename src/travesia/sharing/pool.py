"""The pool: people displaced and hosted, by host, at the end of a year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import polars as pl

from travesia.region import Region
from travesia.sharing.members import members_of
from travesia.terms import InputError, UsageError
from travesia.terms.schemas import HostedPool

POOL_SERIES = "unhcr-population"
POOL_CHANNELS = ("refugees", "asylum_seekers", "oip")
"""Refugees, asylum-seekers, and others in need of international protection."""

NEED_SERIES = "rmrp-requirements"


def hosted_pool(
    region: Region, members: str | Sequence[str], *, year: int, origin: str = "VEN"
) -> pl.DataFrame:
    """Count people of an origin, and of all origins, hosted by each member at the end of a year.

    Nationals never count as hosted. A member for which nothing is reported has null, not 0.

    Parameters
    ----------
    region
        With the series ``unhcr-population`` (people at the end of the year).
    members
        A group or codes, see `members_of`; ``americas`` is the whole of the Americas.
    year
        Calendar year.
    origin
        State from which people of the first column are displaced.

    Returns
    -------
    polars.DataFrame
        Schema `HostedPool`, one row a member, in people.

    Raises
    ------
    UsageError
        If the series does not have the year.
    """
    states = members_of(region, members)
    stock = region.series(POOL_SERIES).filter(pl.col("channel").is_in(list(POOL_CHANNELS)))
    years = stock["period"].unique().sort().to_list()
    if str(year) not in years:
        span = f"{years[0]} to {years[-1]}" if years else "no year"
        raise UsageError(f"pool year {year}: is not in {POOL_SERIES} of {region.name}; it has {span}")
    abroad = stock.filter(
        (pl.col("period") == str(year)) & pl.col("nationality").ne_missing(pl.col("country"))
    )
    counted = abroad.group_by("country").agg(
        pl.col("value").filter(pl.col("nationality") == origin).pipe(_sum_or_null).alias("hosted_people"),
        pl.col("value").pipe(_sum_or_null).alias("hosted_all_origins_people"),
    )
    pool = pl.DataFrame({"iso3": list(states)}).join(
        counted, left_on="iso3", right_on="country", how="left", maintain_order="left"
    )
    return HostedPool.validate(pool)


def plan_need_usd(region: Region, year: int) -> Decimal:
    """Return what the regional response plan of a year asked for at its launch, in US dollars.

    Raises
    ------
    InputError
        If the region has no such figure.
    """
    rows = region.series(NEED_SERIES).filter(
        (pl.col("period") == str(year)) & pl.col("channel").str.starts_with("launch")
    )
    if rows.height != 1:
        raise InputError(
            f"{region.name} observations", f"have no need of {year} at launch", "add it, or name the need",
            column="series", value=NEED_SERIES,
        )  # fmt: skip
    return Decimal(str(rows["value"].item()))


def _sum_or_null(values: pl.Expr) -> pl.Expr:
    """Sum that is null, not 0, where there is nothing to add."""
    return pl.when(values.count() > 0).then(values.sum())
