"""The observed series of the pack in one tidy form, from the raw files."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from build_map import areas, read_raw
from build_names import codes_of

COLUMNS = [
    "series", "period", "place", "country", "nationality", "channel", "authority", "measure", "unit", "value",
    "source",
]  # fmt: skip
KEY = COLUMNS[:7]


def tidy(
    frame: pl.DataFrame, series: str, source: str, *, measure: str = "flow", unit: str = "people"
) -> pl.DataFrame:
    """Bring a frame with some of the tidy columns and `value` to the full form, summed over all else.

    A cell that is missing stays out of the sum; a sum of missing cells only is left out.
    """
    frame = frame.with_columns(pl.col("value").cast(pl.Float64)).filter(pl.col("value").is_not_null())
    fixed = {"series": series, "source": source, "measure": measure} | (
        {} if "unit" in frame.columns else {"unit": unit}
    )
    absent = [name for name in KEY if name not in frame.columns and name not in fixed]
    frame = frame.with_columns(
        *(pl.lit(value).alias(name) for name, value in fixed.items()),
        *(pl.lit(None, dtype=pl.String).alias(name) for name in absent),
    )
    return (
        frame.group_by([name for name in COLUMNS if name != "value"])
        .agg(pl.col("value").sum())
        .select(COLUMNS)
    )


def observations(raw: Path) -> pl.DataFrame:
    """Return every series, sorted by its key."""
    frames = [
        *us_border(raw),
        *border_patrol(raw),
        *on_the_way(raw),
        *unhcr(raw),
        *us_refugees(raw),
        *others(raw),
    ]
    # No comma in any cell: files without quotes are read several times faster.
    frame = pl.concat(frames).sort(KEY, nulls_last=False)
    if not (frame["value"] == frame["value"].round(0)).all():
        raise SystemExit("a count is not a whole number")
    return frame.with_columns(pl.col("value").cast(pl.Int64))


def us_border(raw: Path) -> list[pl.DataFrame]:
    """Return the encounters at the US borders."""
    southwest = read_raw(raw / "cbp-southwest-encounters.csv.gz").join(
        areas(raw).select("area", place="gate"), on="area", how="left", validate="m:1"
    )
    southwest = southwest.with_columns(period="month", country=pl.lit("USA"), value="encounters")
    if southwest["place"].null_count():
        raise SystemExit("an area of the southwest border has no gate")
    by_group = pl.format("{} {}", "component", "demographic")
    early = read_raw(raw / "cbp-southwest-encounters-fy2018-2019.csv")
    wide = read_raw(raw / "cbp-nationwide-encounters-by-state.csv.gz")
    source = "cbp-southwest-encounters"
    return [
        tidy(southwest.with_columns(channel="component"), "cbp-southwest", source, unit="encounters"),
        tidy(
            southwest.drop("place", "nationality").with_columns(channel=by_group),
            "cbp-southwest-demographic", source, unit="encounters",
        ),
        tidy(
            early.with_columns(period="month", country=pl.lit("USA"), value="encounters", channel=by_group),
            "cbp-southwest-2018-2019", "cbp-southwest-encounters-fy2018-2019", unit="encounters",
        ),
        tidy(
            wide.with_columns(period="month", country=pl.lit("USA"), value="encounters", channel="region"),
            "cbp-nationwide", "cbp-nationwide-encounters-by-state", unit="encounters",
        ),
    ]  # fmt: skip


def border_patrol(raw: Path) -> list[pl.DataFrame]:
    """Return the encounters of the US Border Patrol by sector and by citizenship, from October 1999."""
    sector = read_raw(raw / "usbp-encounters-by-sector.csv.gz").join(
        areas(raw).filter(pl.col("component") == "USBP").select(sector="ohss_sector", place="gate"),
        on="sector", how="left", validate="m:1",
    )  # fmt: skip
    exact = pl.col("encounters_exact").is_not_null()
    slug = pl.col("sector").str.to_lowercase().str.replace_all(r"[^a-z]+", "-")
    sector = sector.with_columns(
        period="month",
        country=pl.lit("USA"),
        channel=pl.when(pl.col("place").is_null()).then(slug).otherwise(pl.col("region")),
        unit=pl.when(exact).then(pl.lit("encounters")).otherwise(pl.lit("encounters rounded to 10")),
        value=pl.coalesce("encounters_exact", "encounters_rounded"),
    )
    citizenship = read_raw(raw / "usbp-encounters-by-citizenship.csv.gz")
    citizenship = citizenship.with_columns(
        codes_of(citizenship["citizenship"], read_raw(raw / "countries.csv")).alias("nationality"),
        period="month", country=pl.lit("USA"), channel="region", value="encounters",
    )  # fmt: skip
    return [
        tidy(sector, "usbp-sector", "usbp-encounters-by-sector"),
        tidy(
            citizenship,
            "usbp-citizenship",
            "usbp-encounters-by-citizenship",
            unit="encounters rounded to 10",
        ),
    ]


def on_the_way(raw: Path) -> list[pl.DataFrame]:
    """Return the counts in Panama, Honduras, Mexico and Guatemala."""
    darien = read_raw(raw / "darien-transits.csv")
    darien = darien.with_columns(place=pl.lit("gate-darien"), country=pl.lit("PAN"), value="transits")
    honduras = read_raw(raw / "honduras-irregular-arrivals.csv")
    honduras = honduras.with_columns(
        period="month", place=pl.lit("gate-honduras"), country=pl.lit("HND"), value="arrivals"
    )
    met = read_raw(raw / "mexico-irregular-encounters.csv")
    met = met.with_columns(
        period="month", place=pl.lit("gate-mexico"), country=pl.lit("MEX"), value="encounters"
    )
    returned = read_raw(raw / "mexico-returns.csv")
    returned = returned.with_columns(period="month", country=pl.lit("MEX"), channel="type", value="returns")
    guatemala = read_raw(raw / "guatemala-returns.csv").with_columns(
        period="month",
        country=pl.lit("GTM"),
        nationality=pl.lit("GTM"),
        channel="from_country",
        value="returns",
    )
    return [
        tidy(darien, "darien-transits", "darien-transits"),
        tidy(honduras, "honduras-irregular-arrivals", "honduras-irregular-arrivals"),
        tidy(met, "mexico-irregular-encounters", "mexico-irregular-encounters", unit="encounters"),
        tidy(returned, "mexico-returns", "mexico-returns"),
        tidy(guatemala, "guatemala-returns", "guatemala-returns"),
    ]


def unhcr(raw: Path) -> list[pl.DataFrame]:
    """Return people of concern at the end of each year, and asylum applications."""
    groups = ["refugees", "asylum_seekers", "oip"]
    pairs = read_raw(raw / "unhcr-population-americas.csv.gz").rename(
        {"year": "period", "origin": "nationality", "asylum": "country"}
    )
    world = read_raw(raw / "unhcr-population-by-asylum-world.csv").rename(
        {"year": "period", "asylum": "country"}
    )
    applied = read_raw(raw / "unhcr-asylum-applications-americas.csv.gz").with_columns(
        channel=pl.format("{} {} {}", "application_type", "decision_level", "unit"),
        unit=pl.col("unit").replace_strict({"P": "applications of people", "C": "applications in cases"}),
        period="year", nationality="origin", country="asylum", value="applied",
    )  # fmt: skip
    return [
        tidy(
            pairs.unpivot(groups, index=["period", "nationality", "country"], variable_name="channel"),
            "unhcr-population", "unhcr-population-americas", measure="stock",
        ),
        tidy(
            world.unpivot(groups, index=["period", "country"], variable_name="channel"),
            "unhcr-population-world", "unhcr-population-by-asylum-world", measure="stock",
        ),
        tidy(applied, "unhcr-asylum-applications", "unhcr-asylum-applications-americas"),
    ]  # fmt: skip


def us_refugees(raw: Path) -> list[pl.DataFrame]:
    """Return refugees admitted to the United States by month, and the ceilings by fiscal year."""
    slug = pl.col("region").str.to_lowercase().str.replace_all(r"[^a-z]+", "-")
    admitted = read_raw(raw / "us-refugee-admissions-by-nationality.csv.gz")
    admitted = admitted.with_columns(
        codes_of(admitted["nationality"], read_raw(raw / "countries.csv")).alias("nationality"),
        period="month", country=pl.lit("USA"), channel=slug, value="admitted",
    )  # fmt: skip
    ceilings = read_raw(raw / "us-refugee-ceilings.csv").with_columns(
        period="fiscal_year", country=pl.lit("USA"), channel=slug, value="ceiling_high"
    )
    return [
        tidy(admitted, "us-refugee-admissions", "us-refugee-admissions-by-nationality"),
        tidy(ceilings, "us-refugee-ceilings", "us-refugee-ceilings"),
    ]


def others(raw: Path) -> list[pl.DataFrame]:
    """Return migrant stocks, deaths (by month, route and state), snapshots, needs of the response plan."""
    stock = read_raw(raw / "undesa-migrant-stock-americas.csv.gz").rename(
        {"year": "period", "origin": "nationality", "residence": "country", "migrants": "value"}
    )
    deaths = read_raw(raw / "missing-migrants-americas.csv.gz").select(
        period="month", country="country", channel=_slug("route"), value="dead_or_missing"
    )
    totals = {"LAC": "latin-america-caribbean", "WORLD": "world"}
    whole = pl.col("host").is_in(list(totals))
    snapshots = read_raw(raw / "r4v-venezuelans-snapshots.csv").select(
        period="date", nationality=pl.lit("VEN"), value="venezuelans",
        country=pl.when(~whole).then(pl.col("host")),
        channel=pl.when(whole).then(pl.col("host").replace(totals)),
    )  # fmt: skip
    needs = read_raw(raw / "rmrp-requirements.csv").select(
        period="year",
        channel=pl.col("version").str.replace(",", ""),
        value=pl.col("required_million_usd").cast(pl.Float64) * 1e6,
    )
    return [
        tidy(stock, "undesa-migrant-stock", "undesa-migrant-stock-americas", measure="stock"),
        tidy(deaths, "missing-migrants", "missing-migrants-americas"),
        tidy(snapshots, "r4v-snapshots", "r4v-venezuelans-snapshots", measure="stock"),
        tidy(needs, "rmrp-requirements", "rmrp-requirements", unit="usd"),
    ]


def _slug(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^a-z]+", "-")
