"""When and where something happens: the date and the place that go with it, and whether it has happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.dates.periods import moved
from travesia.record.reading.nouns import Extent, Mention, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrase_pattern, phrases, within

_COMMITMENTS = "commitments"

_HEAD = 8
"""Sentences at the head of a text among which its place and day are looked for."""

_BESIDE = re.compile(r"[\s,/-]*(?:\([^()]{1,40}\)[\s,-]*)?(?:[^\W\d]{1,4}\s+)?")
"""What may stand between the place and the day that open a text: no verb."""

_NEAR = 60
"""How far around a name the words "upcoming" or "was cancelled" count, in code points."""


def date_near(scene: Scene, extent: Extent) -> When | None:
    """Return the date nearest to a stretch: of its clause, or the only one of the sentence."""
    named = [one for one in scene.mentions if one.type == "EVENT"]
    dates = [one for one in scene.dates if one.value and one.relation != "since"]
    free = [one for one in dates if extent.holds(one) or not any(name.holds(one) for name in named)]
    here = list(within(free, scene.clause_of(extent))) or (free if len(free) == 1 else [])
    return min(here, key=lambda one: one.distance(extent), default=None)


def date_of(scene: Scene, extent: Extent, others: Sequence[Extent]) -> When | None:
    """Return the date near one of several events of a sentence, unless it stands nearer to another."""
    date = date_near(scene, extent)
    if date is None:
        return None
    own = date.distance(extent)
    return None if any(date.distance(other) < own for other in others if other != extent) else date


def status_of(scene: Scene, extent: Extent, date: str | None) -> str:
    """Return ``scheduled``, ``did_not_happen`` or ``actual`` for what a stretch tells.

    A date after the document's says that it was still to come; so do words such as "upcoming" right beside.
    """
    plain, language = scene.found.text.plain, scene.found.text.language
    start = max(scene.sentence.start, extent.start - _NEAR)
    end = min(scene.sentence.end, extent.end + _NEAR)
    if phrases(language, "events", "cancelled").search(plain, extent.start, end):
        return "did_not_happen"
    published = scene.found.published
    first = (date or "").partition("/")[0].rstrip("~")
    if first and published:
        shortest = min(len(first), len(published))
        if first[:shortest] != published[:shortest]:
            return "scheduled" if first[:shortest] > published[:shortest] else "actual"
    return "scheduled" if phrases(language, "events", "future").search(plain, start, end) else "actual"


@dataclass(frozen=True)
class Opening:
    """Place and day at the head of a text, and the number of the sentence that holds them."""

    number: int
    place: Mention | None
    when: When | None


def opening_of(every: Sequence[Scene]) -> Opening | None:
    """Return the place and day that a communiqué or a news wire opens with: "Lima, 5 May 2025"."""
    for scene in every[:_HEAD]:
        places = [one for one in scene.mentions if one.type in {"GPE", "LOC", "GPE_METONYM"}]
        place = next((one for one in places if one.start - scene.sentence.start <= 2), None)
        after = place.end if place else scene.sentence.start
        dates = [one for one in scene.dates if one.value and 0 <= one.start - after <= _NEAR]
        alone = scene.sentence.kind != "prose" and dates and dates[0].end >= scene.sentence.end - 1
        between = scene.found.text.plain[after : dates[0].start] if dates else ""
        beside = place is not None and _BESIDE.fullmatch(between) is not None
        if dates and (beside or alone):
            return Opening(scene.number, place, dates[0])
    return None


def held_at(scene: Scene, extent: Extent) -> Mention | None:
    """Return where something is held: a place after a preposition, in its clause or after "held"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    held = phrases(language, "events", "held").search(plain, extent.end, scene.sentence.end)
    clause = scene.clause_of(extent)
    for start in (extent.start, held.start() if held else None, clause.start):
        if start is None:
            continue
        end = scene.clause_of(Extent(max(start, extent.end) - 1, extent.end)).end
        first = extent.end if start != clause.start else start
        inside = [one for one in scene.mentions if first <= one.start and start < one.start < end]
        for one in [one for one in inside if one.type in ("LOC", "GPE")][:3]:
            before = plain[max(start, one.start - 15) : one.start]
            if _preposition(language).search(before):
                return one
    return None


@cache
def _preposition(language: str) -> re.Pattern[str]:
    determiners = phrase_pattern(cues(language, "clauses")["determiners"])
    return re.compile(
        rf"{phrases(language, 'events', 'places').pattern}\s*(?:{determiners}\s*)?$", re.IGNORECASE
    )


@cache
def _lasting(language: str) -> re.Pattern[str]:
    """Match for how long something goes on: "for a period of twelve months"."""
    values = cues(language, "dates")["values"]
    numbers = phrase_pattern([*values["numbers"], r"\d{1,2}"])
    units = phrase_pattern([*values["units"]])
    lead = phrase_pattern(cues(language, _COMMITMENTS)["lasting"])
    return re.compile(rf"{lead}\s+(?P<number>{numbers})\s+(?P<unit>{units})", re.IGNORECASE)


def after_lasting(scene: Scene, since: When, start: int, end: int) -> str | None:
    """Return the last day, month or year of what begins with a date and goes on for a time that is told."""
    found = _lasting(scene.found.text.language).search(scene.found.text.plain, start, end)
    if found is None or since.first is None:
        return None
    valid = phrases(scene.found.text.language, _COMMITMENTS, "validity")
    if valid.search(scene.found.text.plain, start, found.start()):
        return None
    values = cues(scene.found.text.language, "dates")["values"]
    written = found["number"].casefold()
    number = int(written) if written.isdigit() else int(values["numbers"].get(written, 0))
    if not number:
        return None
    last = moved(date.fromisoformat(since.first), values["units"][found["unit"].casefold()], number)
    return (last - timedelta(days=1)).isoformat()[: len(str(since.value))]
