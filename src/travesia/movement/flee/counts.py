"""Counts of camps in a folder of the peer engine: ``source_data`` and the registration corrections."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from travesia.movement.displacement.counts import count_series
from travesia.movement.displacement.displacement import CountPart, CountSeries
from travesia.movement.flee.cells import Row, day_of, read_rows

LAYOUT = "data_layout.csv"
CORRECTIONS = "registration_corrections.csv"


def read_counts(folder: Path, corrections: Path, start: date) -> tuple[CountSeries, ...]:
    """Read every series that ``data_layout.csv`` names, the total first, added up and corrected.

    Parameters
    ----------
    folder
        The folder of counts, ``source_data``.
    corrections
        File of corrections; it need not exist.
    start
        Day 0.

    Raises
    ------
    InputError
        For a file that is missing or wrong, a name that stands twice, a file added up that begins later
        than the ones before it, and a correction of something that was not counted on its day.
    """
    rows = [row for row in read_rows(folder / LAYOUT) if not row.text(0).startswith("#")]
    parts: dict[str, list[CountPart]] = {}
    for row in rows:
        name = row.needed(0, "name")
        if name in parts:
            raise row.fault("name", name, "stands twice", "keep one row")
        row.needed(1, "file")
        names = [row.text(at) for at in range(1, len(row.cells)) if row.text(at)]
        parts[name] = [_read_part(folder, file, start) for file in names]
        for before, part in zip(parts[name], parts[name][1:], strict=False):
            if part.days[0] > before.days[0]:
                problem = f"begins later than {before.file}, to which it is added"
                remedy = f"add a first row that says how many were counted when {before.file} begins"
                raise row.fault("file", part.file, problem, remedy)
    corrected = _read_corrections(corrections, parts, start)
    return tuple(count_series(name, parts[name], corrected.get(name, ())) for name in parts)


def _read_part(folder: Path, file: str, start: date) -> CountPart:
    """Read a file of counts: a day and a number of people a row; rows without a number say nothing."""
    days, people = [], []
    for row in read_rows(folder / file):
        heading = row.number == 1 and day_of(row.text(0)) is None
        if heading or row.text(0).startswith("#") or not row.text(1):
            continue
        days.append((row.day_in(0, "date") - start).days)
        people.append(float(row.whole_in(1, "people", 0)))
    if not days:
        raise Row(folder / file, 1, ()).fault(
            "date", None, "holds no counts", "write a day and a number a row"
        )
    return CountPart(file, np.array(days, dtype=np.int64), np.array(people))


def _read_corrections(
    path: Path, parts: dict[str, list[CountPart]], start: date
) -> dict[str, tuple[int, ...]]:
    """Return by series the days of its corrections, those before the start left out."""
    out: dict[str, tuple[int, ...]] = {}
    if not path.exists():
        return out
    for row in read_rows(path):
        name = row.text(0)
        if name.startswith("#") or not row.text(1):
            continue
        day = (row.day_in(1, "date") - start).days
        if name not in parts:
            raise row.fault("name", name, f"has no row in {LAYOUT}", "correct the name or remove the row")
        if day < 0:
            continue
        series = count_series(name, parts[name], out.get(name, ()))
        found = np.flatnonzero(series.days == day)
        if not len(found) or found[0] == 0:
            problem = "is no day after the first on which the series has a count"
            raise row.fault(
                "date", row.text(1), problem, f"add a count of {name} on that day, or remove the row"
            )
        if series.people[found - 1].min() < 1.0:
            problem = "follows a count below 1, which cannot be scaled"
            raise row.fault("date", row.text(1), problem, "remove the row")
        out[name] = (*out.get(name, ()), day)
    return out
