"""A displacement as a pack: the ordinary files, so that it can be checked and drawn, and its own folder."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl

from travesia.movement.displacement.country_codes import Country, countries_named
from travesia.movement.displacement.counts import is_camp
from travesia.movement.displacement.displacement import Displacement, Site
from travesia.movement.displacement.files import FOLDER, write_displacement
from travesia.movement.displacement.site_ids import site_ids
from travesia.region import Projection, project
from travesia.terms import schemas, write_table

MANIFEST = """\
name = {name}
version = "1"
format = 1
visibility = "restricted"

[title]
en = {en}
es = {es}
fr = {fr}
pt = {pt}

[default_span]
start = "{start}"
end = "{end}"

[[sources]]
id = "flee-folder"
title = {source}
publisher = "not stated in the folder"
licence = "not stated in the folder; ask who gave it to you before passing it on"
faults = "as the folder says; nothing was checked against its sources"
"""
SCENARIOS = """\
[scenarios.as-imported]
title = "As the folder says"
"""
MARGIN_KM = 50


def save_displacement(displacement: Displacement, folder: Path) -> None:
    """Write a displacement as a pack into a folder that exists and is empty.

    Places, routes, origins and countries are those of the displacement. A kind of place is told by what
    people do there: they start in zones of conflict, end in camps and pass elsewhere. Links that join the
    same two places stand there once, since a pack knows one road between two places; ``displacement``
    keeps every one. The pack has no gates, indicators, observations, policies or outlines, and is marked
    restricted, since the folder states no licence.
    """
    named = countries_named(site.country for site in displacement.sites)
    ids = {site.name: site.id for site in displacement.sites}
    rows: dict[str, tuple[Any, list[dict[str, Any]]]] = {
        "places.csv": (schemas.Places, [_place(site, named) for site in displacement.sites]),
        "routes.csv": (schemas.Routes, _routes(displacement, ids)),
        "gates.csv": (schemas.Gates, []),
        "origins.csv": (schemas.Origins, _origins(displacement, named)),
        "countries.csv": (schemas.Countries, _countries(named)),
        "indicators.csv": (schemas.Indicators, []),
        "observations.csv": (schemas.Observations, []),
    }
    for name, (schema, found) in rows.items():
        columns = {column: rule.dtype for column, rule in schema.columns().items()}
        write_table(pl.DataFrame(found, schema=columns, orient="row"), folder / name)
    texts = {
        "pack.toml": _manifest(displacement),
        "scenarios.toml": SCENARIOS,
        "parameters.toml": "parameters = []\n",
        "policies.toml": "policies = []\n",
        "ledger.jsonl": "",
        "shapes.json": json.dumps(_shapes(displacement)) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / FOLDER).mkdir()
    write_displacement(displacement, folder / FOLDER)


def unmatched_countries(displacement: Displacement) -> tuple[Country, ...]:
    """Return the countries whose names match no state, with the codes that they were given."""
    named = countries_named(site.country for site in displacement.sites)
    return tuple(country for country in named.values() if not country.matched)


def _place(site: Site, named: Mapping[str, Country]) -> dict[str, Any]:
    kind = "destination" if is_camp(site) else "origin" if _starts(site) else "transit"
    return {
        "id": site.id,
        "name": site.name,
        "country": named[site.country].iso3,
        "kind": kind,
        "lat": site.lat,
        "lon": site.lon,
        # What a camp holds is a capacity; none is said where the cell is 0 or empty.
        "population": None if is_camp(site) or site.people < 1 else site.people,
        "coordinates": "unchecked",
    }


def _starts(site: Site) -> bool:
    return "conflict" in site.kind.lower() and not is_camp(site)


def _routes(displacement: Displacement, ids: Mapping[str, str]) -> list[dict[str, Any]]:
    shortest: dict[frozenset[str], dict[str, Any]] = {}
    for link in displacement.links:
        start, end, pair = ids[link.one], ids[link.other], frozenset((link.one, link.other))
        if start == end or (pair in shortest and shortest[pair]["km"] <= link.km):
            continue
        route = {"id": f"{start}--{end}--road", "from": start, "to": end, "kind": "road"}
        shortest[pair] = {**route, "km": link.km, "one_way": False}
    return list(shortest.values())


def _origins(displacement: Displacement, named: Mapping[str, Country]) -> list[dict[str, Any]]:
    intensity = displacement.intensity or {}
    fought = {name for name, levels in intensity.items() if levels.max(initial=0.0) > 0.0}
    return [
        {"nationality": named[site.country].iso3, "place": site.id, "role": "home"}
        for site in displacement.sites
        if _starts(site) or (site.name in fought and not is_camp(site))
    ]


def _countries(named: Mapping[str, Country]) -> list[dict[str, Any]]:
    """Return one row a state, also where a folder writes its name in two ways."""
    return list({country.iso3: dict(country.row) for country in named.values()}.values())


def _manifest(displacement: Displacement) -> str:
    name = displacement.name
    return MANIFEST.format(
        name=json.dumps(site_ids([name])[0]),
        en=_quoted(f"Imported from a folder of Flee: {name}"),
        es=_quoted(f"Importado de una carpeta de Flee: {name}"),
        fr=_quoted(f"Importé d’un dossier de Flee : {name}"),
        pt=_quoted(f"Importado de uma pasta do Flee: {name}"),
        source=_quoted(f"Folder {name} of the engine Flee"),
        start=displacement.start,
        end=displacement.start + timedelta(days=displacement.days),
    )


def _quoted(text: str) -> str:
    """Return a TOML string: JSON escapes are a part of TOML's, but for characters beyond 16 bits."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shapes(displacement: Displacement) -> dict[str, Any]:
    """Return a map without outlines, around the places."""
    lats, lons = [[getattr(site, name) for site in displacement.sites] for name in ("lat", "lon")]
    centre = Projection(lat0=statistics.median(lats), lon0=statistics.median(lons))
    points = [project(site.lon, site.lat, centre) for site in displacement.sites]
    xs, ys = zip(*points, strict=True)
    frame = [min(xs) - MARGIN_KM, min(ys) - MARGIN_KM, max(xs) + MARGIN_KM, max(ys) + MARGIN_KM]
    return {
        "projection": centre.as_dict(),
        "frame": [round(edge) for edge in frame],
        "countries": {},
        "states": {},
    }
