"""Places, routes, gates, origins, states and indicators of the pack, from the raw files."""

from __future__ import annotations

from pathlib import Path

import polars as pl

CHECKPOINTS = [
    # Every walk through the jungle passes exactly one of the first villages on the Panamanian side.
    ("gate-darien", "Darién", "PAN", "pa-bajo-chiquito", "pa-canaan-membrillo",
     "co-acandi|co-capurgana", "darien-transits"),
    # Every road from Nicaragua to the north passes Danlí or Choluteca.
    ("gate-honduras", "Honduran border with Nicaragua", "HND", "hn-danli", "hn-choluteca",
     "ni-ocotal|ni-jalapa|ni-somotillo", "honduras-irregular-arrivals"),
    # The Mexican count covers the whole country; here it stands at the way in by land.
    ("gate-mexico", "Mexican southern border", "MEX", "mx-tapachula", "mx-comalapa|mx-tenosique|mx-chetumal",
     "gt-tecun-uman|gt-la-mesilla|gt-el-ceibo|bz-belmopan", "mexico-irregular-encounters"),
]  # fmt: skip

FORMER = ["ANT", "SCG"]
"""Withdrawn codes that the raw table of states still lists."""


def read_raw(path: Path) -> pl.DataFrame:
    """Read a raw file as text; only empty cells are missing (NA is Namibia)."""
    return pl.read_csv(path, infer_schema=False, null_values=[""])


def places(raw: Path) -> pl.DataFrame:
    """Return the places; crossings that are no town or post of known position are rounded to 0.1 degree."""
    frame = read_raw(raw / "places.csv")
    routes = read_raw(raw / "routes.csv").filter(pl.col("kind") == "jungle")
    on_jungle = pl.concat([routes["from"], routes["to"]]).unique().to_list()
    irregular = (pl.col("kind") == "crossing") & (
        (pl.col("coordinates") == "approximate") | pl.col("id").is_in(on_jungle)
    )
    degrees = [
        pl.when(irregular)
        .then(pl.col(name).cast(pl.Float64).round(1))
        .otherwise(pl.col(name).cast(pl.Float64))
        .alias(name)
        for name in ("lat", "lon")
    ]
    marked = pl.when(irregular).then(pl.lit("district")).otherwise(pl.col("coordinates")).alias("coordinates")
    return frame.select(
        "id", "name", "country", "kind", *degrees, pl.col("population").cast(pl.Int64), marked
    )


def routes(raw: Path) -> pl.DataFrame:
    """Return the links."""
    frame = read_raw(raw / "routes.csv")
    return frame.select("id", "from", "to", "kind", pl.col("km").cast(pl.Float64), pl.col("one_way") == "1")


def areas(raw: Path) -> pl.DataFrame:
    """Return the raw table of border areas with the id of each one's gate."""
    short = (
        pl.col("area")
        .str.replace(r" (Sector|Field Office)$", "")
        .str.to_lowercase()
        .str.replace_all(" ", "-")
    )
    kind = pl.when(pl.col("component") == "USBP").then(pl.lit("sector")).otherwise(pl.lit("port"))
    return read_raw(raw / "cbp-areas.csv").with_columns(
        kind.alias("kind"), pl.format("gate-{}-{}", kind, short).alias("gate")
    )


def gates(raw: Path) -> pl.DataFrame:
    """Return the gates: sectors and field offices of the southwest border, and the checkpoints on the way."""
    border = areas(raw).select(
        id="gate",
        name="area",
        kind="kind",
        country=pl.lit("USA"),
        place="place_id",
        covers="covers_places",
        approach="mexican_side",
        series=pl.lit("cbp-southwest"),
    )
    rows = [
        {"id": gate, "name": name, "kind": "checkpoint", "country": country, "place": place, "covers": covers,
         "approach": approach, "series": series}
        for gate, name, country, place, covers, approach, series in CHECKPOINTS
    ]  # fmt: skip
    # The first port stands in `place`, the others in `covers`.
    others = (
        pl.col("covers")
        .str.split("|")
        .list.set_difference(pl.concat_list("place"))
        .list.sort()
        .list.join("|")
    )
    return pl.concat([border, pl.DataFrame(rows)]).with_columns(
        pl.when(others != "").then(others).alias("covers")
    )


def origins(raw: Path) -> pl.DataFrame:
    """Return where people of a nationality start."""
    return (
        read_raw(raw / "origins.csv")
        .select("nationality", "role", place="place_id")
        .select("nationality", "place", "role")
    )


def countries(raw: Path) -> pl.DataFrame:
    """Return the states of the world; former states, without names in four languages, are codes only."""
    flags = [(pl.col(name) == "1").alias(name) for name in ("americas", "la_declaration", "r4v_platform")]
    today = read_raw(raw / "countries.csv").filter(~pl.col("iso3").is_in(FORMER))
    return today.select(
        "iso3", "iso2", "name_en", "name_es", "name_fr", "name_pt", "subregion", *flags,
        pl.col("area_km2").cast(pl.Float64),
    )  # fmt: skip


def indicators(raw: Path) -> pl.DataFrame:
    """Return the yearly indicators of states."""
    numbers = [pl.col(name).cast(pl.Float64) for name in ("gdp_usd", "unemployment_pct")]
    today = read_raw(raw / "country-indicators.csv").filter(~pl.col("iso3").is_in(FORMER))
    return today.select("iso3", pl.col("year").cast(pl.Int64), pl.col("population").cast(pl.Int64), *numbers)
