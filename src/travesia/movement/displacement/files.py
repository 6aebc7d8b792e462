"""The folder ``displacement`` of a pack: what the simulator reads, as tidy tables and settings."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import dataframely as dy
import numpy as np
import polars as pl
from pydantic import TypeAdapter, ValidationError

from travesia.movement.displacement.counts import count_series
from travesia.movement.displacement.displacement import (
    Closure,
    CountPart,
    CountSeries,
    Displacement,
    Floats,
    Site,
    SiteLink,
)
from travesia.movement.displacement.settings import Settings
from travesia.region import find_pack
from travesia.terms import PackError, UnknownIdsError, read_table, schemas, write_table

Rows = Sequence[Mapping[str, Any]]
Shares = tuple[tuple[str, ...], Mapping[str, Floats]]
FOLDER, HEAD = "displacement", "settings.json"
FORMAT = 1
SITES, LINKS, CLOSURES = "sites.csv", "links.csv", "closures.csv"
SITE_COLUMNS, LINK_COLUMNS = "site-columns.csv", "link-columns.csv"
CONFLICTS, COUNTS, CORRECTIONS = "conflicts.csv", "counts.csv", "corrections.csv"
SHARES = "demographics.csv"
TABLES: Mapping[str, type[dy.Schema]] = MappingProxyType(
    {
        SITES: schemas.Sites,
        SITE_COLUMNS: schemas.SiteColumns,
        LINKS: schemas.SiteLinks,
        LINK_COLUMNS: schemas.SiteColumns,
        CLOSURES: schemas.SiteClosures,
        CONFLICTS: schemas.SiteConflicts,
        COUNTS: schemas.SiteCounts,
        CORRECTIONS: schemas.SiteCorrections,
        SHARES: schemas.SiteShares,
    }
)
"""Every table, by file; without a table of conflicts the file is not there."""


def write_displacement(displacement: Displacement, folder: Path) -> None:
    """Write the tables and the settings into a folder that exists."""
    rows = {
        SITES: [_without_columns(site) for site in displacement.sites],
        SITE_COLUMNS: _columns((site.name, site.columns) for site in displacement.sites),
        LINKS: [{"link": n, **_without_columns(link)} for n, link in enumerate(displacement.links, 1)],
        LINK_COLUMNS: _columns((str(n), link.columns) for n, link in enumerate(displacement.links, 1)),
        CLOSURES: [{"closure": n, **vars(change)} for n, change in enumerate(displacement.closures, 1)],
        COUNTS: _counts(displacement.counts),
        CORRECTIONS: _corrections(displacement.counts),
        SHARES: _shares(displacement),
    }
    if displacement.intensity is not None:
        rows[CONFLICTS] = _conflicts(displacement.intensity)
    for name, found in rows.items():
        columns = {column: rule.dtype for column, rule in TABLES[name].columns().items()}
        frame = pl.DataFrame(found, schema=columns, orient="row")
        text = pl.col(pl.String)
        write_table(frame.with_columns(pl.when(text != "").then(text)), folder / name)
    head = {
        "format": FORMAT,
        "name": displacement.name,
        "start": displacement.start.isoformat(),
        "days": displacement.days,
        "settings": dataclasses.asdict(displacement.settings),
    }
    text_of_head = json.dumps(head, indent=1, ensure_ascii=False, allow_nan=False)
    (folder / HEAD).write_text(f"{text_of_head}\n", encoding="utf-8", newline="")


def load_displacement(pack: str | Path) -> Displacement | None:
    """Read the displacement of a pack, by name or folder; ``None`` where it has none.

    Raises
    ------
    InputError
        If there is no such pack.
    PackError
        For a file that is missing or wrong.
    UnknownIdsError
        For a link, conflict or correction of something that is not there.
    """
    paths = find_pack(pack)
    if not paths.file(FOLDER).is_dir():
        return None

    def table(name: str) -> list[dict[str, Any]]:
        return list(read_table(paths.file(f"{FOLDER}/{name}"), TABLES[name]).iter_rows(named=True))

    head_file = paths.file(f"{FOLDER}/{HEAD}")
    start, days, name, settings = _read_head(head_file)
    of_site, of_link = _by_owner(table(SITE_COLUMNS)), _by_owner(table(LINK_COLUMNS))
    sites = tuple(
        Site(**{**row, "region": row["region"] or ""}, columns=of_site.get(row["name"], {}))
        for row in table(SITES)
    )
    links = tuple(
        SiteLink(row["one"], row["other"], row["km"], row["forced"], of_link.get(str(row["link"]), {}))
        for row in table(LINKS)
    )
    closures = tuple(
        Closure(row["kind"], row["one"] or "", row["other"] or "", row["first"], row["last"])
        for row in table(CLOSURES)
    )
    conflicts = table(CONFLICTS) if paths.file(f"{FOLDER}/{CONFLICTS}").exists() else None
    known = {site.name for site in sites}
    ends = (name for link in links for name in (link.one, link.other))
    _require_known(paths.file(f"{FOLDER}/{LINKS}"), known, ends)
    _require_known(paths.file(f"{FOLDER}/{CONFLICTS}"), known, (row["site"] for row in conflicts or ()))
    counts, corrections = table(COUNTS), table(CORRECTIONS)
    counted, corrected = ({row["series"] for row in rows} for rows in (counts, corrections))
    if missing := corrected - counted:
        raise UnknownIdsError(paths.file(f"{FOLDER}/{CORRECTIONS}"), "series", missing, known=COUNTS)
    return Displacement(
        name=name,
        start=start,
        days=days,
        sites=sites,
        links=links,
        closures=closures,
        intensity=None if conflicts is None else _intensity(conflicts, days),
        counts=_series(counts, corrections),
        settings=settings,
        demographics=_demographics(paths.file(f"{FOLDER}/{SHARES}"), table(SHARES)),
    )


def _without_columns(item: Site | SiteLink) -> dict[str, Any]:
    return {key: value for key, value in vars(item).items() if key != "columns"}


def _columns(items: Iterable[tuple[str, Mapping[str, str]]]) -> list[dict[str, Any]]:
    return [
        {"of": owner, "column": column, "value": value}
        for owner, columns in items
        for column, value in columns.items()
    ]


def _by_owner(rows: Rows) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {}
    for row in rows:
        out.setdefault(row["of"], {})[row["column"]] = row["value"] or ""
    return out


def _conflicts(intensity: Mapping[str, Floats]) -> list[dict[str, Any]]:
    """Return a row for the first day of every site and for every change."""
    return [
        {"site": site, "day": day, "intensity": float(levels[day])}
        for site, levels in intensity.items()
        for day in np.flatnonzero(np.diff(levels, prepend=np.nan) != 0.0).tolist()
    ]


def _intensity(rows: Rows, days: int) -> dict[str, Floats]:
    out: dict[str, Floats] = {}
    for row in rows:
        out.setdefault(row["site"], np.zeros(days))[row["day"] :] = row["intensity"]
    return out


def _counts(counts: Sequence[CountSeries]) -> list[dict[str, Any]]:
    return [
        {"series": series.name, "part": number, "point": at, "file": part.file, "day": day, "people": people}
        for series in counts
        for number, part in enumerate(series.parts, start=1)
        for at, (day, people) in enumerate(
            zip(part.days.tolist(), part.people.tolist(), strict=True), start=1
        )
    ]


def _corrections(counts: Sequence[CountSeries]) -> list[dict[str, Any]]:
    found = [(series.name, day) for series in counts for day in series.corrected]
    return [{"correction": n, "series": name, "day": day} for n, (name, day) in enumerate(found, start=1)]


def _series(rows: Rows, corrections: Rows) -> tuple[CountSeries, ...]:
    points: dict[str, dict[tuple[int, str], list[tuple[int, float]]]] = {}
    for row in rows:
        parts = points.setdefault(row["series"], {})
        parts.setdefault((row["part"], row["file"]), []).append((row["day"], row["people"]))
    corrected: dict[str, list[int]] = {}
    for row in corrections:
        corrected.setdefault(row["series"], []).append(row["day"])
    parts_of = {
        name: [_part(file, found) for (_, file), found in parts.items()] for name, parts in points.items()
    }
    return tuple(count_series(name, parts, corrected.get(name, ())) for name, parts in parts_of.items())


def _part(file: str, points: Sequence[tuple[int, float]]) -> CountPart:
    days, people = zip(*points, strict=True)
    return CountPart(file, np.array(days, dtype=np.int64), np.array(people, dtype=np.float64))


def _shares(displacement: Displacement) -> list[dict[str, Any]]:
    return [
        {"attribute": attribute, "column": column, "row": at, "value": value, "weight": weight}
        for attribute, (values, weights) in displacement.demographics.items()
        for column, found in weights.items()
        for at, (value, weight) in enumerate(zip(values, found.tolist(), strict=True), start=1)
    ]


def _demographics(path: Path, rows: Rows) -> dict[str, Shares]:
    found: dict[str, dict[str, list[tuple[str, float]]]] = {}
    for row in rows:
        columns = found.setdefault(row["attribute"], {})
        columns.setdefault(row["column"], []).append((row["value"], row["weight"]))
    out: dict[str, Shares] = {}
    for attribute, columns in found.items():
        values = tuple(value for value, _ in next(iter(columns.values())))
        for column, pairs in columns.items():
            if tuple(value for value, _ in pairs) != values:
                problem = f"does not have the values of {attribute} that the first column has"
                raise PackError(path, problem, "give every column all values", column="column", value=column)
        out[attribute] = (
            values,
            {column: np.array([weight for _, weight in pairs]) for column, pairs in columns.items()},
        )
    return out


def _read_head(path: Path) -> tuple[date, int, str, Settings]:
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(path, "file is missing", "import the folder again") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise PackError(path, "is no JSON", "correct the line, or import the folder again", row=row) from None
    if isinstance(head, dict) and isinstance(head.get("format"), int) and head["format"] > FORMAT:
        problem = f"this version reads formats up to {FORMAT}"
        raise PackError(path, problem, "update travesia", column="format", value=head["format"])
    try:
        settings = TypeAdapter(Settings).validate_python(head["settings"])
        if unknown := _keys(head["settings"]) - _keys(dataclasses.asdict(settings)):
            column = sorted(unknown)[0]
            raise PackError(path, "key is unknown", "remove it or correct its name", column=column)
        start, days, name = date.fromisoformat(head["start"]), int(head["days"]), str(head["name"])
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        column = ".".join(str(part) for part in first["loc"])
        raise PackError(path, str(first["msg"]).lower(), "correct the value", column=column) from None
    except (KeyError, TypeError, ValueError):
        remedy = "write name, start, days and settings, or import the folder again"
        raise PackError(path, "is not of the form that is read", remedy) from None
    for column, value in (("days", days), ("settings.hasten", settings.hasten)):
        if value < 1:
            raise PackError(path, "is below 1", "correct the value", column=column, value=value)
    return start, days, name, settings


def _keys(table: Mapping[str, Any], prefix: str = "settings.") -> set[str]:
    inner = [_keys(value, f"{prefix}{key}.") for key, value in table.items() if isinstance(value, dict)]
    return {prefix + key for key in table}.union(*inner)


def _require_known(path: Path, known: set[str], names: Iterable[str]) -> None:
    if missing := set(names) - known:
        raise UnknownIdsError(path, "site", missing, known=f"{FOLDER}/{SITES} (by name)")
