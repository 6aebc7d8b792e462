"""When a proposed record holds, from the dates among its fields; what they do not say stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from travesia.terms import month_span, parse_day, parse_month

_HOLDS_NOW = frozenset({"in_force", "in_progress", "applied"})


def days_of(value: object) -> tuple[date | None, date | None]:
    """Return the first and last day of a date as records write it; ``None`` for what it leaves open.

    ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``a/b`` for a period, each side of which may be missing, and a
    trailing ``~`` for "now"; what has another form is unknown.
    """
    if not isinstance(value, str):
        return None, None
    first, slash, last = value.rstrip("~").partition("/")
    if slash:
        return _days(first)[0], _days(last)[1]
    return _days(first)


def valid_days(kind: str, fields: Mapping[str, Any], known: date | None) -> tuple[date | None, date | None]:
    """Return the days on which a record of a type holds, half-open.

    Parameters
    ----------
    kind
        The type of the record.
    fields
        Its fields; the last day of a period is in it.
    known
        The day of its document. A commitment holds from then on, or from the start of its period; a policy
        that the document calls in force holds at least from then on.
    """
    first, last = _stated(kind, fields)
    if kind == "commitment" and known is not None:
        first = known if first is None else min(first, known)
    if kind == "policy" and first is None and fields.get("status") in _HOLDS_NOW:
        first = known
    if first is not None and last is not None and last < first:
        # The text, or its reading, contradicts itself: `lint` names it.
        return None, None
    return first, None if last is None else last + timedelta(days=1)


def _stated(kind: str, fields: Mapping[str, Any]) -> tuple[date | None, date | None]:
    first, last = days_of(fields.get("period") or fields.get("date_range"))
    if kind in ("event", "figure", "statement"):
        one = days_of(fields.get("date") or fields.get("as_of"))
        # What was said stays said.
        first, last = first or one[0], last or (None if kind == "statement" else one[1])
    if kind == "instrument":
        first = days_of(fields.get("adopted"))[0]
    first = days_of(fields.get("start") or fields.get("period_start"))[0] or first
    ends = fields.get("end") or fields.get("period_end")
    if not ends and not fields.get("contingency"):
        ends = fields.get("expected_end")
    return first, days_of(ends)[1] or last


def _days(text: str) -> tuple[date | None, date | None]:
    try:
        if len(text) == 4:
            return date(int(text), 1, 1), date(int(text), 12, 31)
        if len(text) == 7:
            span = month_span(parse_month(text))
            return span.start, None if span.end is None else span.end - timedelta(days=1)
        day = parse_day(text)
    except ValueError:
        return None, None
    return day, day
