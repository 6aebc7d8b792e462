"""Counts of camps day by day, and how many people they say have set out.

Between two counts people are interpolated, and fractions of a person dropped; before the first count and
after the last the numbers stand still. At a scale of 1 in `hasten` every count is divided before that, so
that the order of the arithmetic, and with it every whole number, is that of the peer engine.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement.displacement import CountPart, CountSeries, Displacement, Site

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
INITIAL = "initial_idps"
"""Column of sites: people in a camp on day 0 beside those counted; never divided by `hasten`."""


def is_camp(site: Site) -> bool:
    """Tell whether a site is a camp by its kind, of displaced people within the country or of others."""
    return "camp" in site.kind.lower()


def full_scale(displacement: Displacement) -> Displacement:
    """Return the same displacement with people undivided."""
    return dataclasses.replace(displacement, settings=dataclasses.replace(displacement.settings, hasten=1))


def people_at_scale(displacement: Displacement) -> Ints:
    """Return int64[site], inhabitants (the capacity of a camp) by whole division by `hasten`."""
    people = np.array([site.people for site in displacement.sites], dtype=np.int64)
    return people // displacement.settings.hasten


def count_series(name: str, parts: Sequence[CountPart], corrected: Sequence[int] = ()) -> CountSeries:
    """Add up the files of a series and correct its registrations, at full scale.

    Parameters
    ----------
    name
        The site, or another name for a total.
    parts
        Its files in order; none may begin later than the one before it.
    corrected
        Days on which registrations were corrected: earlier counts are scaled by the count of that day over
        the count before it.
    """
    days, people = _added_up(parts, tuple(corrected), 1)
    return CountSeries(name, days, people, tuple(parts), tuple(corrected))


def daily(series: CountSeries, days: int, hasten: int = 1) -> Ints:
    """Return int64[day], what a series says for each day from day 0 on, fractions dropped."""
    return between(series, days, hasten).astype(np.int64)


def between(series: CountSeries, days: int, hasten: int = 1) -> Floats:
    """Return float64[day], what a series says for each day from day 0 on."""
    known, people = series.days, series.people / hasten
    if series.parts and hasten != 1:
        known, people = _added_up(series.parts, series.corrected, hasten)
    asked = np.arange(days)
    # The first later count, also where days stand out of order.
    later = np.searchsorted(np.maximum.accumulate(known), asked, side="right")
    at = np.clip(later, 1, len(known) - 1) if len(known) > 1 else np.zeros(days, dtype=np.int64)
    before = np.maximum(at - 1, 0)
    gap = np.where(known[at] > known[before], known[at] - known[before], 1)
    share = (asked - known[before]) / gap
    value = people[before] + share * (people[at] - people[before])
    value = np.where(later >= len(known), people[-1], value)
    return np.where(asked <= known[0], people[0], value)


def counted(displacement: Displacement) -> Floats:
    """Return float64[day, site], people counted at the scale of `hasten`; NaN where a site has no series.

    Where camps start empty, those counted on day 0 are taken off every day.
    """
    out = np.full((displacement.days, len(displacement.sites)), np.nan)
    series = {item.name: item for item in displacement.counts[1:]}
    for at, site in enumerate(displacement.sites):
        if site.name in series:
            people = daily(series[site.name], displacement.days, displacement.settings.hasten)
            if displacement.settings.spawn.empty_camps_on_day0:
                people -= people[0]
            out[:, at] = people
    return out


def people_at_start(displacement: Displacement, rounded: bool = False) -> Ints:
    """Return int64[site], people in the camps before day 0.

    Fractions are dropped, or with `rounded` carried from camp to camp, so that their sum is rounded once.
    """
    rules, out = displacement.settings.spawn, np.zeros(len(displacement.sites), dtype=np.int64)
    if rules.empty_camps_on_day0:
        return out
    series = {item.name: item for item in displacement.counts[1:]} if rules.insert_day0 else {}
    counted_so_far = 0.0
    for at, site in enumerate(displacement.sites):
        if is_camp(site):
            if site.name in series:
                people = float(between(series[site.name], 1, displacement.settings.hasten)[0])
                before = np.floor(counted_so_far + 0.5)
                counted_so_far += people
                out[at] += int(np.floor(counted_so_far + 0.5) - before if rounded else people)
            out[at] += int(float(site.columns.get(INITIAL) or 0))
    return out


def new_people(displacement: Displacement) -> Ints:
    """Return int64[day], how many people set out by the counts.

    A day on which fewer people are counted than on the day before sends nobody; what is missing is taken
    off the days that follow. Day 0 sends nobody where people are put into the camps before it; else it
    sends all that are counted, by the total and, where camps are summed, by the camps as well.

    Raises
    ------
    ValueError
        If people set out by conflict rather than by counts, or nothing was counted.
    """
    rules, scale = displacement.settings.spawn, displacement.settings.hasten
    if rules.conflict_driven is not None or not displacement.counts:
        raise ValueError("nobody sets out by counts in this displacement")
    levels = [daily(series, displacement.days, scale) for series in displacement.counts]
    summed = np.sum(levels[1:], axis=0, dtype=np.int64) if rules.sum_from_camps else levels[0]
    total = np.broadcast_to(summed, displacement.days)
    first = 0
    if not (rules.insert_day0 or rules.empty_camps_on_day0):
        first = int(levels[0][0] + (total[0] if rules.sum_from_camps else 0))
    return _passed(total, int(total[0]) - first)


def new_people_once(displacement: Displacement) -> Ints:
    """Return int64[day], how many people set out by the counts, each counted once.

    Unlike the peer's rule, fractions are dropped once, from the sum of the series, and day 0 does not add
    the total to the camps where nobody is put into them.
    """
    rules, scale = displacement.settings.spawn, displacement.settings.hasten
    series = displacement.counts[1:] if rules.sum_from_camps else displacement.counts[:1]
    level = np.zeros(displacement.days)
    for item in series:
        level += between(item, displacement.days, scale)
    total = np.floor(level + 0.5).astype(np.int64)
    return _passed(total, int(total[0]) if rules.insert_day0 or rules.empty_camps_on_day0 else 0)


def _passed(total: Ints, at_start: int) -> Ints:
    """Return int64[day], by how much each day's total passes every total before it, day 0 `at_start`.

    Whoever has set out stays counted: a lower total later sends nobody until it is passed again.
    """
    return np.diff(np.maximum.accumulate(total), prepend=at_start)


def _added_up(parts: Sequence[CountPart], corrected: Sequence[int], hasten: int) -> tuple[Ints, Floats]:
    """Return days and people of files divided by `hasten`, added up, and corrected, in that order."""
    days, people = parts[0].days, parts[0].people / hasten
    for part in parts[1:]:
        days, people = _add(days, people, part.days, part.people / hasten)
    people = people.copy()
    for day in corrected:
        for at in np.flatnonzero(days == day):
            if at > 0:
                people[:at] *= people[at] / people[at - 1]
    return days, people


def _add(days: Ints, people: Floats, more_days: Ints, more: Floats) -> tuple[Ints, Floats]:
    """Add a file to another as the peer engine does: by date, without interpolation.

    A day of one file takes the next count of the first file and the last of the second. Days of the second
    file after the end of the first are left out, as are days of the first after the end of the second.
    """
    out: list[tuple[int, float]] = []
    at, last, before = 0, len(days) - 1, 0.0
    for day, count in zip(more_days.tolist(), more.tolist(), strict=True):
        while day > days[at]:
            out.append((int(days[at]), before + people[at]))
            if at == last:
                break
            at += 1
        if day <= days[at]:
            out.append((day, count + people[at]))
            before = count
            if day == days[at]:
                at = min(at + 1, last)
    return np.array([day for day, _ in out], dtype=np.int64), np.array([count for _, count in out])
