"""Build the Americas pack from the raw files, byte for byte the same every time.

    python tools/build_americas.py --raw DIR [--out DIR]

Policies, parameters and scenarios of the pack are written by hand and left alone.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

import polars as pl

import build_map
from build_names import CODES
from build_series import observations
from build_shapes import shapes, write_shapes
from build_sources import read_sources, write_toml
from travesia.terms import schemas, write_table

PACK = Path(__file__).resolve().parents[1] / "src" / "travesia" / "packs" / "americas"

TITLE = {
    "en": "People on the move in the Americas",
    "es": "Personas en movimiento en las Américas",
    "fr": "Personnes en déplacement dans les Amériques",
    "pt": "Pessoas em movimento nas Américas",
}
QUESTION = {
    "en": "What if Title 42 had ended on 21 December 2022?",
    "es": "¿Y si el Título 42 hubiera terminado el 21 de diciembre de 2022?",
    "fr": "Et si le Titre 42 avait pris fin le 21 décembre 2022 ?",
    "pt": "E se o Título 42 tivesse terminado em 21 de dezembro de 2022?",
}
SCENARIOS = [
    "title-42-stays",
    "title-42-ends-mexico-accepts",
    "title-42-ends-mexico-accepts-responding",
    "title-42-ends-mexico-refuses",
    "title-42-ends-mexico-refuses-responding",
]
BACKGROUND = [
    "missing-migrants", "r4v-snapshots", "rmrp-requirements", "undesa-migrant-stock",
    "us-refugee-admissions", "us-refugee-ceilings",
]  # fmt: skip
"""Series that go beyond the end of the data on movement: for tracking and background, never predictors."""

ROUNDING = (
    "Crossings that are no post or town of known position, and both ends of every walk through the jungle, "
    "are rounded to 0.1 degree (column coordinates: district): a map of flows needs no more, "
    "and nobody shall find people on an irregular way by it."
)

FILES = [
    "places.csv", "routes.csv", "origins.csv", "cbp-areas.csv", "countries.csv", "country-indicators.csv",
    "americas-countries-50m.geojson", "us-border-states.geojson", "cbp-southwest-encounters.csv.gz",
    "cbp-southwest-encounters-fy2018-2019.csv", "cbp-nationwide-encounters-by-state.csv.gz",
    "usbp-encounters-by-sector.csv.gz", "usbp-encounters-by-citizenship.csv.gz", "darien-transits.csv",
    "honduras-irregular-arrivals.csv", "mexico-irregular-encounters.csv", "mexico-returns.csv",
    "guatemala-returns.csv", "unhcr-population-americas.csv.gz", "unhcr-population-by-asylum-world.csv",
    "unhcr-asylum-applications-americas.csv.gz", "us-refugee-admissions-by-nationality.csv.gz",
    "us-refugee-ceilings.csv", "undesa-migrant-stock-americas.csv.gz", "missing-migrants-americas.csv.gz",
    "r4v-venezuelans-snapshots.csv", "rmrp-requirements.csv", "published-totals.csv",
]  # fmt: skip

TOTALS = {
    # Series of the raw table -> series of the pack; filter of the raw table -> channel.
    "cbp-nationwide-encounters-by-state": "cbp-nationwide",
    "cbp-southwest-encounters": "cbp-southwest",
    "usbp-encounters-by-sector": "usbp-sector",
    "darien-transits": "darien-transits",
    "mexico-irregular-encounters": "mexico-irregular-encounters",
    "unhcr-population-by-asylum-world": "unhcr-population-world",
    "us-refugee-admissions-by-nationality": "us-refugee-admissions",
}
FILTERS = {
    "all": None,
    "southwest exact": "southwest",
    "refugees": "refugees",
    "oip": "oip",
    "Latin America and Caribbean": "latin-america-caribbean",
}


def published_totals(raw: Path) -> pl.DataFrame:
    """Return totals published elsewhere, under the names of the pack's series."""
    frame = build_map.read_raw(raw / "published-totals.csv")
    return frame.select(
        pl.col("series").replace_strict(TOTALS, return_dtype=pl.String),
        "period",
        channel=pl.col("filter").replace_strict(FILTERS, return_dtype=pl.String),
        value=pl.col("value").cast(pl.Int64),
        unit=pl.col("unit").replace({"persons": "people", "events": "encounters"}),
        note="note",
    ).sort("series", "period", "channel")


def manifest(raw: Path) -> dict[str, Any]:
    """Return the content of ``pack.toml``."""
    identities = {name: name.split(".")[0] for name in FILES}
    return {
        "name": "americas",
        "version": "1.0.0",
        "format": 1,
        "visibility": "public",
        "default_scenarios": SCENARIOS,
        "data_end": "2023-10-01",
        "background": BACKGROUND,
        "rounding": ROUNDING,
        "readme_sha256": hashlib.sha256((raw / "README.md").read_bytes()).hexdigest(),
        "title": TITLE,
        "question": QUESTION,
        "default_span": {"start": "2022-10-01", "end": "2023-06-01"},
        "codes": CODES,
        "sources": read_sources(raw, identities),
    }


def build(raw: Path, out: Path) -> None:
    """Write every generated file of the pack into `out`."""
    tables = {
        "places.csv": (build_map.places(raw), schemas.Places),
        "routes.csv": (build_map.routes(raw), schemas.Routes),
        "gates.csv": (build_map.gates(raw), schemas.Gates),
        "origins.csv": (build_map.origins(raw), schemas.Origins),
        "countries.csv": (build_map.countries(raw), schemas.Countries),
        "indicators.csv": (build_map.indicators(raw), schemas.Indicators),
        "observations.csv.gz": (observations(raw), schemas.Observations),
        "published-totals.csv": (published_totals(raw), schemas.PublishedTotals),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, (frame, schema) in tables.items():
        if list(schema.columns()) != frame.columns:
            raise SystemExit(f"{name}: columns are {frame.columns}")
        write_table(frame, out / name)
    write_shapes(shapes(raw), out / "shapes.json")
    (out / "pack.toml").write_text(write_toml(manifest(raw)), encoding="utf-8", newline="")


def main() -> None:
    """Read the command line and build."""
    parser = argparse.ArgumentParser(description="Build the Americas pack from the raw files.")
    parser.add_argument("--raw", type=Path, required=True, help="folder with the raw files and their README")
    parser.add_argument("--out", type=Path, default=PACK, help="folder of the pack")
    given = parser.parse_args()
    build(given.raw, given.out)


if __name__ == "__main__":
    main()
