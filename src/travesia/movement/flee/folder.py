"""Reader of the folders of the peer engine Flee: ``input_csv``, ``source_data`` and a settings file.

People are read undivided; `hasten` stays in the settings. What the folder holds and this package does not
follow is named in ``settings.ignored``, never dropped in silence.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from travesia.movement.displacement.counts import INITIAL, is_camp
from travesia.movement.displacement.displacement import (
    Closure,
    CountSeries,
    Displacement,
    Floats,
    Site,
    SiteLink,
)
from travesia.movement.displacement.settings import Settings
from travesia.movement.displacement.site_ids import site_ids
from travesia.movement.flee.cells import Row, further_columns, read_rows, read_table
from travesia.movement.flee.counts import CORRECTIONS, LAYOUT, read_counts
from travesia.movement.flee.settings import read_flee_settings
from travesia.movement.flee.unread import unread
from travesia.terms import InputError, schemas

INPUT, COUNTS = "input_csv", "source_data"
LOCATIONS, ROUTES, CLOSURES = "locations.csv", "routes.csv", "closures.csv"
CONFLICTS, PERIOD = "conflicts.csv", "sim_period.csv"
DEMOGRAPHICS = "demographics_"
OF_PLACES, OF_COUNTRIES = ("location", "camp", "idpcamp", "link", "remove_forced_redirection"), ("country",)
Ignored = list[tuple[str, str]]
Demographics = Mapping[str, tuple[tuple[str, ...], Mapping[str, Floats]]]


def read_flee_folder(folder: Path, settings_file: Path) -> Displacement:
    """Read a displacement from a folder of the peer engine, as its user keeps it.

    Parameters
    ----------
    folder
        Holds ``input_csv`` (locations, routes and sim_period, and where there are any closures, conflicts,
        registration corrections and demographics) and ``source_data`` (data_layout and the files it names).
    settings_file
        The settings, ``simsetting.yml``.

    Returns
    -------
    Displacement
        At full scale; `settings.ignored` names what was found and does not act here, with the reason.

    Raises
    ------
    InputError
        For the first thing that is missing or wrong, with its file, row and column.
    """
    settings = read_flee_settings(settings_file)
    inputs, ignored = folder / INPUT, list(settings.ignored)
    start, days = _read_period(inputs / PERIOD)
    sites = _read_sites(inputs / LOCATIONS, ignored)
    names = {site.name for site in sites}
    counts = _read_counts(folder, start, settings, sites)
    links = _read_links(inputs / ROUTES, names)
    displacement = Displacement(
        name=folder.resolve().name,
        start=start,
        days=days,
        sites=sites,
        links=links,
        closures=_read_closures(inputs / CLOSURES, sites, ignored),
        intensity=_read_conflicts(inputs / CONFLICTS, days, names, ignored),
        counts=counts,
        settings=settings,
        demographics=_read_demographics(inputs),
    )
    ignored += unread(folder, displacement)
    return dataclasses.replace(displacement, settings=dataclasses.replace(settings, ignored=tuple(ignored)))


def _read_period(path: Path) -> tuple[date, int]:
    """Return day 0 and the number of days."""
    found = {row.text(0).lower(): row for row in read_rows(path)}
    for key, what in (("StartDate", "the first day"), ("Length", "the number of days")):
        if key.lower() not in found:
            raise InputError(path, "row is missing", f"add {what}", column=key)
    return found["startdate"].day_in(1, "StartDate"), found["length"].whole_in(1, "Length", 1)


def _read_sites(path: Path, ignored: Ignored) -> tuple[Site, ...]:
    header, rows = read_table(path, "name")
    if not rows:
        raise InputError(path, "holds no places", "write one place a row")
    names = [row.needed(0, "name") for row in rows]
    seen: set[str] = set()
    for name, row in zip(names, rows, strict=True):
        if name in seen:
            raise row.fault("name", name, "stands twice", "give each place a name of its own")
        seen.add(name)
    ids = site_ids(names)
    return tuple(_site(row, header, place, ignored) for row, place in zip(rows, ids, strict=True))


def _site(row: Row, header: tuple[str, ...], place: str, ignored: Ignored) -> Site:
    if len(row.cells) < 8:
        raise row.fault("name", row.text(0), f"row has {len(row.cells)} cells, 8 are needed", "add cells")
    kind, columns = row.needed(5, "location_type"), further_columns(header, row, 8)
    for column in (INITIAL, "capacity_per_day"):
        if columns.get(column):
            row.number_in(header.index(column), column, 0.0 if column == INITIAL else -np.inf)
    return Site(
        id=place,
        name=row.text(0),
        region=row.text(1),
        country=row.text(2) or "unknown",
        lat=_degrees(row, 3, "latitude", ignored),
        lon=_degrees(row, 4, "longitude", ignored),
        kind=kind,
        conflict_day=_conflict_day(row, kind),
        # No number is no inhabitant, and no limit for a camp, as in the peer engine.
        people=row.whole_in(7, "population", -1) if row.text(7) else 0,
        columns=columns,
    )


def _conflict_day(row: Row, kind: str) -> int:
    """Return the day on which a zone of conflict becomes one; elsewhere the cell is not asked for."""
    text = row.text(6)
    if "conflict" in kind.lower() or text.lstrip("+-").isdigit():
        return row.whole_in(6, "conflict_date", schemas.FIRST_DAY)
    return 0


def _degrees(row: Row, at: int, column: str, ignored: Ignored) -> float:
    if row.text(at):
        most = 90.0 if column == "latitude" else 180.0
        value = row.number_in(at, column)
        if abs(value) > most:
            raise row.fault(
                column, row.text(at), f"is no {column}", f"write degrees from -{most:g} to {most:g}"
            )
        return value
    where = f"{INPUT}/{LOCATIONS}:{row.number}: {column}"
    ignored.append(
        (where, "is empty; taken as 0, as in the peer engine, where only distances from home read it")
    )
    return 0.0


def _read_links(path: Path, names: set[str]) -> tuple[SiteLink, ...]:
    header, rows = read_table(path, "name1")
    out = []
    for row in rows:
        one, other = row.needed(0, "name1"), row.needed(1, "name2")
        for column, name in (("name1", one), ("name2", other)):
            if name not in names:
                raise row.fault(
                    column, name, f"is no place of {LOCATIONS}", "correct the name or add the place"
                )
        columns = further_columns(header, row, 4)
        for column in ("max_move_speed", "walk_probability"):
            if columns.get(column):
                row.number_in(header.index(column), column, 0.0)
        forced = row.whole_in(3, "forced_redirection", 0) if row.text(3) else 0
        if forced > 2:
            raise row.fault("forced_redirection", row.text(3), "is not 0, 1 or 2", "correct the cell")
        out.append(SiteLink(one, other, row.number_in(2, "distance", 0.0), forced, columns))
    return tuple(out)


def _read_closures(path: Path, sites: Sequence[Site], ignored: Ignored) -> tuple[Closure, ...]:
    """Read dated changes; rows that the peer engine passes over, for a stray space, are named."""
    if not path.exists():
        return ()
    places, countries = {site.name for site in sites}, {site.country for site in sites}
    out = []
    for row in read_table(path, "closure_type")[1]:
        kind, one, other = (row.cells[at] if at < len(row.cells) else "" for at in range(3))
        first, last = (
            row.whole_in(at, name, schemas.FIRST_DAY)
            for at, name in ((3, "closure_start"), (4, "closure_end"))
        )
        if kind not in OF_PLACES + OF_COUNTRIES:
            reason = f"type {kind!r} is none that is known (also a stray space makes it so)"
        elif kind in OF_COUNTRIES and not {one, other} <= countries:
            reason = f"no places lie in {', '.join(sorted({one, other} - countries))}"
        elif kind in OF_PLACES and one not in places:
            reason = f"{one!r} is no place of {LOCATIONS}"
        else:
            out.append(Closure(kind, one, other, first, last))
            continue
        ignored.append((f"{INPUT}/{CLOSURES}:{row.number}", f"{reason}; passed over, as in the peer engine"))
    return tuple(out)


def _read_conflicts(path: Path, days: int, names: set[str], ignored: Ignored) -> Mapping[str, Floats] | None:
    """Return float64[day] by site; ``None`` without a table."""
    if not path.exists():
        return None
    rows = read_rows(path)
    if not rows:
        return None
    header, rows = rows[0], rows[1:]
    if len(rows) < days:
        problem = f"has {len(rows)} days, the period has {days}"
        raise InputError(path, problem, f"add days, or shorten the period in {PERIOD}", row=header.number)
    columns = {at: header.text(at) for at in range(1, len(header.cells)) if header.text(at)}
    if len(set(columns.values())) < len(columns):
        twice = next(name for name in columns.values() if list(columns.values()).count(name) > 1)
        raise header.fault("name", twice, "stands twice", "keep one column")
    out = {}
    for at, name in columns.items():
        if name not in names:
            where = f"{INPUT}/{CONFLICTS}: {name}"
            ignored.append((where, f"is no place of {LOCATIONS}; passed over, as in the peer engine"))
            continue
        out[name] = np.array([row.number_in(at, name, 0.0) for row in rows[:days]])
    if odd := next((row for day, row in enumerate(rows[:days]) if row.text(0) != str(day)), None):
        where = f"{INPUT}/{CONFLICTS}:{odd.number}: {header.text(0).lstrip('#') or 'Day'} {odd.text(0)}"
        ignored.append((where, "days are taken in the order of the rows, as in the peer engine"))
    return out


def _read_counts(
    folder: Path, start: date, settings: Settings, sites: Sequence[Site]
) -> tuple[CountSeries, ...]:
    """Read counts; only where people set out by conflict may they be missing."""
    layout = folder / COUNTS / LAYOUT
    if settings.spawn.conflict_driven is not None and not layout.exists():
        return ()
    counts = read_counts(folder / COUNTS, folder / INPUT / CORRECTIONS, start)
    if not counts:
        raise InputError(layout, "names no series", "write the total first, then one row a camp")
    counted = {series.name for series in counts}
    for site in sites:
        if is_camp(site) and site.name not in counted and not settings.spawn.empty_camps_on_day0:
            remedy = "add its row, or set empty_camps_on_day0 in the settings"
            raise InputError(layout, "row is missing", remedy, column="name", value=site.name)
    return counts


def _read_demographics(inputs: Path) -> Demographics:
    found = sorted(inputs.glob(f"{DEMOGRAPHICS}*.csv"))
    return {path.stem.split("_")[1]: _shares(path) for path in found}


def _shares(path: Path) -> tuple[tuple[str, ...], Mapping[str, Floats]]:
    """Return values of an attribute, and float64[value], their weights, by column."""
    rows = read_rows(path)
    header, rows = (rows[0], rows[1:]) if rows else (Row(path, 1, ()), [])
    columns = {header.text(at): at for at in range(1, len(header.cells)) if header.text(at)}
    if "Default" not in columns:
        raise header.fault("Default", None, "column is missing", "add the weights of places without a column")
    if not rows:
        raise header.fault("Default", None, "no row follows", "write one value a row")
    values = tuple(row.needed(0, header.text(0)) for row in rows)
    weights = {name: np.array([_weight(row, at, name) for row in rows]) for name, at in columns.items()}
    for name, weight in weights.items():
        if not weight.sum() > 0.0:
            raise header.fault(name, None, "adds up to 0", "give one value a weight above 0")
    return values, weights


def _weight(row: Row, at: int, column: str) -> float:
    return row.number_in(at, column, 0.0) if row.text(at) else 0.0
