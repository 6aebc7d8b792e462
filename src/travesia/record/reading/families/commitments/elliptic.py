"""Elliptic amounts: a number without its noun, which counts what was counted last: "has promised 30 more"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import before_amount, unit_of
from travesia.record.reading.families.commitments.binding import TOPIC, Case
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.triggers import phrase_pattern

_COUNTED = ("person", "authorization", "other")


def more_of_them(case: Case, reach: Extent) -> Quantity | None:
    """Return so many more of what was counted last, right behind the verb with which a stretch begins."""
    found = _more(case.language).match(case.plain, reach.start, reach.end)
    last = _last_count(case, reach.start) if found else None
    if found is None or last is None:
        return None
    place = Extent(*found.span("first" if found["first"] else "second"))
    if any(one.overlaps(place) for one in (*case.scene.quantities, *case.scene.dates)):
        return None
    numbers = cues(case.language, "dates")["values"]["numbers"]
    written = case.plain[place.start : place.end]
    value = int(written) if written.isdigit() else numbers.get(written.casefold())
    if not value:
        return None
    return replace(last, start=place.start, end=place.end, value=value, qualifier="exact", candidates=())


def _last_count(case: Case, at: int) -> Quantity | None:
    """Return what was counted last before a place: in its sentence, else in the one before."""
    number = case.scene.number
    for scene in reversed(case.voices.every[max(0, number - 1) : number + 1]):
        counted = [
            one
            for one in scene.quantities
            if one.end <= at and one.kind == "QUANTITY" and (unit_of(scene, one) or "").startswith(_COUNTED)
        ]
        if counted:
            return counted[-1]
    return None


@cache
def _more(language: str) -> re.Pattern[str]:
    """Match a verb, or none, and a number that "more" or "others" stands beside."""
    section = cues(language, TOPIC)
    words = cues(language, "dates")["values"]["numbers"]
    numbers = phrase_pattern([*(word for word, value in words.items() if value > 1), r"\d{1,4}"])
    before, behind = (phrase_pattern(section[name]) for name in ("more_before", "more_behind"))
    verb = r"\s*(?:[^\W\d_]+\s+)??"
    small = before_amount(language)
    told = rf"(?:{before}\s+(?P<first>{numbers})|{small}(?P<second>{numbers})\s+{behind})"
    return re.compile(rf"{verb}{told}(?!\s*%)", re.IGNORECASE)
