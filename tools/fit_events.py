"""What annotated events teach: which kind of event a date tells, or none, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fit_rows import first_span
from travesia.record.reading.learned.events import NONE, Dated, dated
from travesia.record.reading.learned.units import is_told_in
from travesia.record.reading.nouns import Extent, Found

Row = tuple[frozenset[str], str]


def event_rows(found: Found, records: Sequence[Mapping[str, Any]]) -> tuple[list[Row], list[Row]]:
    """Return the signs of each date with the kind of event that it tells; of each event, with its status."""
    events = [one for one in records if one["type"] == "event"]
    told = [(one.signs, _told(one, events)) for one in dated(found)]
    kinds = [(signs, event["fields"]["kind"] if event else NONE) for signs, event in told]
    return kinds, [(signs, event["fields"]["status"]) for signs, event in told if event]


def _told(one: Dated, events: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the event that a date tells: on that day, told in its unit or citing it; best what cites it."""
    there = [event for event in events if one.date.value in _days(event["fields"])]
    citing = [event for event in there if any(each.overlaps(one.date) for each in _spans(event))]
    return next(iter((*citing, *(each for each in there if is_told_in(first_span(each), one.unit)))), None)


def _days(fields: Mapping[str, Any]) -> set[str | None]:
    return {fields.get("date"), fields.get("date_range")}


def _spans(event: Mapping[str, Any]) -> Iterator[Extent]:
    return (Extent(one["start"], one["end"]) for one in event["evidence"])
