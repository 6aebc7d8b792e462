"""Responsibility: each member's fair share of the people hosted by all, beside what it hosts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from travesia.region import Region
from travesia.sharing.exemptions import DEFAULT_EXEMPTIONS, Exemption
from travesia.sharing.inputs import region_inputs
from travesia.sharing.key import Key
from travesia.sharing.key_files import find_key
from travesia.sharing.members import members_of
from travesia.sharing.pool import hosted_pool, plan_need_usd
from travesia.sharing.shares import Shares, fair_shares
from travesia.sharing.showing import shown
from travesia.sharing.tables import ResponsibilityTable

POOL_ORIGIN = "VEN"
"""Where the people of the pool are displaced from."""
MEMBERS = "members"
"""The pool of those whom the members themselves host."""
NAMES = ("name_en", "name_es", "name_fr", "name_pt")

US_CAVEAT = "people under humanitarian parole or temporary protected status are not in these statistics"
OUTSIDE_R4V_CAVEAT = (
    "outside the R4V platform: Venezuelans who are neither refugees nor asylum-seekers are not estimated"
)
SILENT_CAVEAT = "not reported: no figure on people displaced from Venezuela"


@dataclass(frozen=True)
class Responsibility:
    """Fair share, hosted and gap of every member.

    `table` has the schema `ResponsibilityTable`. `pool_people` is what the members (or the wider group of
    the column ``pool``) report to host, and what `fair_people` adds up to; `unreported` are members that
    report nothing, so that their gap is unknown.
    `need_usd` is what was asked for, not what was pledged or paid; `delivered_usd` is ``None``: not reported.
    """

    key: Key
    key_year: int | None
    pool_year: int
    members: tuple[str, ...]
    table: pl.DataFrame
    pool_people: int
    pool_all_origins_people: int
    need_usd: Decimal
    delivered_usd: Decimal | None
    exemptions: tuple[Exemption, ...]
    unreported: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return shown(self.table)


def responsibility(
    region: Region,
    members: str | Sequence[str] = "la-declaration",
    *,
    key: str = "population-gdp",
    year: int = 2021,
    pool_year: int = 2022,
    pool_of: str = MEMBERS,
    need_usd: Decimal | int | None = None,
    exempt: Sequence[Exemption] = DEFAULT_EXEMPTIONS,
) -> Responsibility:
    """Set each member's fair share beside the people it hosts.

    The pool is the people displaced from Venezuela whom the members host at the end of `pool_year`;
    the need is that of the regional response plan of the same year.

    Parameters
    ----------
    region
        With countries, indicators and the series of `hosted_pool` and `plan_need_usd`.
    members
        A group or codes, see `members_of`.
    key
        Id of a key.
    year
        Calendar year of the key's indicators.
    pool_year
        Calendar year of the pool and of the plan.
    pool_of
        Whose hosted people are shared: ``members``, or a wider group of states such as ``americas``.
    need_usd
        Money needed, US dollars; by default what the plan of `pool_year` asked for at its launch.
    exempt
        States that take no part where they are members.

    Raises
    ------
    UsageError, InputError
        As `members_of`, `region_inputs`, `hosted_pool`, `plan_need_usd` and `fair_shares` do.
    """
    states = members_of(region, members)
    rule = find_key(key)
    applied = tuple(exemption for exemption in exempt if exemption.iso3 in states)
    inputs = region_inputs(region, states, rule, year)
    pool = hosted_pool(region, states, year=pool_year)
    whole = pool if pool_of == MEMBERS else hosted_pool(region, pool_of, year=pool_year)
    hosted = round(whole["hosted_people"].sum())
    need = plan_need_usd(region, pool_year) if need_usd is None else Decimal(need_usd)
    reasons = {exemption.iso3: exemption.reason for exemption in applied}
    shares = fair_shares(rule, inputs, people=hosted, usd=need, exempt=reasons)
    without = fair_shares(rule, inputs)
    table = _table(region, shares, without, pool).join(
        inputs.table.select("iso3", "population", gdp_usd="gdp"), on="iso3", how="left", maintain_order="left"
    )
    return Responsibility(
        key=rule,
        key_year=shares.year,
        pool_year=pool_year,
        members=states,
        table=ResponsibilityTable.validate(
            table.with_columns(
                pool=pl.lit(pool_of),
                pool_origin=pl.lit(POOL_ORIGIN),
                pool_year=pl.lit(pool_year, dtype=pl.Int64),
            ).select(list(ResponsibilityTable.columns()))
        ),
        pool_people=hosted,
        pool_all_origins_people=round(whole["hosted_all_origins_people"].sum()),
        need_usd=need,
        delivered_usd=None,
        exemptions=applied,
        unreported=tuple(pool.filter(pl.col("hosted_people").is_null())["iso3"]),
    )


def _table(region: Region, shares: Shares, without: Shares, pool: pl.DataFrame) -> pl.DataFrame:
    platform = dict(region.countries.select("iso3", "r4v_platform").iter_rows())
    silent = set(pool.filter(pl.col("hosted_people").is_null())["iso3"])
    plain = {row.iso3: float(row.share) for row in without.rows}
    rows = pl.DataFrame(
        [
            {
                "iso3": row.iso3,
                "score": float(row.score),
                "share": float(row.share),
                "fair_people": row.people,
                "share_without_exemption": plain[row.iso3],
                "fair_need_usd": None if row.usd is None else float(row.usd),
                "bound": row.bound,
                "why": row.why,
                "caveat": _caveat(row.iso3, platform, silent),
            }
            for row in shares.rows
        ],
        schema_overrides={"bound": pl.String, "caveat": pl.String},
        infer_schema_length=None,
    )
    return (
        rows.join(region.countries.select("iso3", *NAMES), on="iso3", how="left", maintain_order="left")
        .join(pool, on="iso3", how="left", maintain_order="left")
        .with_columns(gap_people=pl.col("fair_people") - pl.col("hosted_people"))
    )


def _caveat(state: str, platform: Mapping[str, bool], silent: set[str]) -> str | None:
    """Say what the hosted figure of a state leaves out."""
    said = [
        text
        for holds, text in (
            (state in silent, SILENT_CAVEAT),
            (state == "USA", US_CAVEAT),
            (not platform[state], OUTSIDE_R4V_CAVEAT),
        )
        if holds
    ]
    return "; ".join(said) or None
