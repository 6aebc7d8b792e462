"""From a pack folder to a region: every table read by its schema, every id matched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from travesia.region.manifest import MANIFEST, Manifest, read_manifest
from travesia.region.paths import PackPaths, find_pack
from travesia.region.region import Region
from travesia.region.text import read_text
from travesia.terms import InputError, PackError, UnknownIdsError, read_rows, read_table, schemas

TABLES = {
    "places": schemas.Places,
    "routes": schemas.Routes,
    "gates": schemas.Gates,
    "origins": schemas.Origins,
    "countries": schemas.Countries,
    "indicators": schemas.Indicators,
    "observations": schemas.Observations,
}
OPTIONAL = {"dangers": schemas.Dangers, "deliveries": schemas.Deliveries}
"""Tables that a pack may do without; a file that is there is read like the others."""
SHAPES = "shapes.json"


@dataclass(frozen=True)
class Reference:
    """A column whose cells must be ids that exist; `many` cells hold several, ``|`` between them."""

    table: str
    column: str
    kind: str
    known: str
    many: bool = False


REFERENCES = (
    Reference("places", "country", "state", "countries.csv"),
    Reference("routes", "from", "place", "places.csv"),
    Reference("routes", "to", "place", "places.csv"),
    Reference("dangers", "links", "link", "routes.csv", many=True),
    Reference("dangers", "source", "source", "pack.toml"),
    Reference("gates", "country", "state", "countries.csv"),
    Reference("gates", "place", "place", "places.csv"),
    Reference("gates", "covers", "place", "places.csv", many=True),
    Reference("gates", "approach", "place", "places.csv", many=True),
    Reference("gates", "series", "series", "observations"),
    Reference("origins", "nationality", "nationality", "countries.csv or codes of pack.toml"),
    Reference("origins", "place", "place", "places.csv"),
    Reference("indicators", "iso3", "state", "countries.csv"),
    Reference("observations", "place", "place or gate", "places.csv or gates.csv"),
    Reference("observations", "country", "state", "countries.csv or codes of pack.toml"),
    Reference("observations", "nationality", "nationality", "countries.csv or codes of pack.toml"),
    Reference("observations", "source", "source", "pack.toml"),
    Reference("deliveries", "country", "state", "countries.csv or codes of pack.toml"),
    Reference("deliveries", "to_country", "state", "countries.csv or codes of pack.toml"),
)


def load_region(pack: str | Path) -> Region:
    """Read a pack, by name or folder, and match every id in it.

    Raises
    ------
    InputError
        If there is no such pack.
    PackError
        For the first file that is missing or wrong.
    UnknownIdsError
        For ids that do not exist, naming the first five of them and the row of the first.
    """
    paths = find_pack(pack)
    manifest = read_manifest(paths.file(MANIFEST))
    found = schemas_of(paths)
    tables = {name: read_table(table_path(paths, name), schema) for name, schema in found.items()}
    for error in unknown_ids(paths, manifest, tables):
        raise error
    return assemble(paths, manifest, tables, read_shapes(paths.file(SHAPES)))


def country_names(lang: str, pack: str | Path = "americas") -> dict[str, str]:
    """Return the names of all states of a pack in a language, by code, without reading the rest of it."""
    paths = find_pack(pack)
    table = read_table(table_path(paths, "countries"), TABLES["countries"])
    return dict(table.select("iso3", f"name_{lang}").iter_rows())


def acceptances_of(pack: str | Path) -> Mapping[str, int]:
    """Return how many different people must accept a record of a pack's ledger, by its type.

    ``*`` stands for all types that are not named. A project asks what its pack asks; raises as `load_region`.
    """
    return read_manifest(find_pack(pack).file(MANIFEST)).ledger.by_type_of_record()


def schemas_of(paths: PackPaths) -> dict[str, type[dy.Schema]]:
    """Return the schemas of the tables of a pack: those that every pack has, and others that it has."""
    found = {name: schema for name, schema in OPTIONAL.items() if table_path(paths, name).exists()}
    return {**TABLES, **found}


def assemble(
    paths: PackPaths, manifest: Manifest, tables: Mapping[str, pl.DataFrame], shapes: Mapping[str, Any]
) -> Region:
    """Put the parts of a pack together."""
    return Region(
        name=manifest.name,
        version=manifest.version,
        title=manifest.title.model_dump(),
        question=None if manifest.question is None else manifest.question.model_dump(),
        folder=paths.folder,
        restricted=manifest.visibility == "restricted",
        default_scenarios=manifest.default_scenarios,
        default_span=manifest.span(),
        sources=tuple(source.source() for source in manifest.sources),
        places=tables["places"],
        routes=tables["routes"],
        gates=tables["gates"],
        origins=tables["origins"],
        countries=tables["countries"],
        indicators=tables["indicators"],
        observations=tables["observations"],
        dangers=tables.get("dangers", schemas.Dangers.create_empty()),
        deliveries=tables.get("deliveries", schemas.Deliveries.create_empty()),
        shapes=shapes,
        digest=_digest(paths),
    )


def table_path(paths: PackPaths, name: str) -> Path:
    """Return the file of a table; observations may be gzipped or not, an override counts first.

    Raises
    ------
    PackError
        If observations stand in one folder both ways.
    """
    if name != "observations":
        return paths.file(f"{name}.csv")
    zipped, plain = paths.file(f"{name}.csv.gz"), paths.file(f"{name}.csv")
    if not plain.exists() or (zipped.exists() and zipped.parent != paths.base == plain.parent):
        return zipped
    if zipped.exists() and zipped.parent == plain.parent:
        raise PackError(plain, "stands beside observations.csv.gz", "keep one")
    return plain


def read_shapes(path: Path) -> Mapping[str, Any]:
    """Read ``shapes.json``; raises `PackError` for a file that is missing or not of that form."""
    try:
        shapes = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise PackError(path, f"is no JSON ({error.msg})", "build it again", row=error.lineno) from None
    try:
        {float(shapes["projection"][key]) for key in ("lat0", "lon0", "radius_km")}
        whole = len(shapes["frame"]) == 4 and isinstance(shapes["countries"], dict)
    except (KeyError, TypeError, ValueError):
        whole = False
    if not whole:
        raise PackError(path, "has no projection, frame and countries", "build it again")
    return dict(shapes)


def unknown_ids(
    paths: PackPaths, manifest: Manifest, tables: Mapping[str, pl.DataFrame]
) -> Iterator[UnknownIdsError]:
    """Yield an error for every column that names ids which do not exist."""
    known = _known(manifest, tables)
    for reference in REFERENCES:
        if reference.table not in tables or reference.known not in known:
            continue
        cells = tables[reference.table][reference.column]
        if reference.many:
            cells = cells.str.split("|").explode()
        missing = sorted(set(cells.drop_nulls().unique()) - known[reference.known])
        if missing:
            path = table_path(paths, reference.table)
            row = _row_of(path, reference, set(missing))
            yield UnknownIdsError(
                path, reference.kind, missing, known=reference.known, row=row, column=reference.column
            )


def _known(manifest: Manifest, tables: Mapping[str, pl.DataFrame]) -> dict[str, set[str]]:
    """Return the ids that exist, by where they are listed; what could not be read is left out."""
    known = {"pack.toml": {source.id for source in manifest.sources}}
    columns = {"places": "id", "routes": "id", "gates": "id", "countries": "iso3", "observations": "series"}
    ids = {name: set(tables[name][column]) for name, column in columns.items() if name in tables}
    if "places" in ids:
        known["places.csv"] = ids["places"]
    if "routes" in ids:
        known["routes.csv"] = ids["routes"]
    if "countries" in ids:
        known["countries.csv"] = ids["countries"]
        known["countries.csv or codes of pack.toml"] = ids["countries"] | set(manifest.codes)
    if "places" in ids and "gates" in ids:
        known["places.csv or gates.csv"] = ids["places"] | ids["gates"]
    if "observations" in ids:
        known["observations"] = ids["observations"]
    return known


def _row_of(path: Path, reference: Reference, missing: set[str]) -> int | None:
    _, rows = read_rows(path)
    split: Callable[[str], list[str]] = (
        (lambda cell: cell.split("|")) if reference.many else (lambda cell: [cell])
    )
    return next((row for row, cells in rows if missing.intersection(split(cells[reference.column]))), None)


def _digest(paths: PackPaths) -> str:
    """Return the SHA-256 over the names and contents of all files that count."""
    whole = hashlib.sha256()
    for name, path in paths.files().items():
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(
                path, f"cannot be read ({error.strerror})", "check the path and its rights"
            ) from None
        whole.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return whole.hexdigest()
