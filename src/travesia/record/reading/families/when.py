"""When something happens: the date that goes with a stretch of a sentence, and whether it has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from travesia.record.reading.nouns import Extent, Mention, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, within

_HEAD = 8
"""Sentences at the head of a text among which its place and day are looked for."""

_NEAR = 60
"""How far around a name the words "upcoming" or "was cancelled" count, in code points."""


def date_near(scene: Scene, extent: Extent) -> When | None:
    """Return the date nearest to a stretch: of its clause, or the only one of the sentence."""
    named = [one for one in scene.mentions if one.type == "EVENT"]
    dates = [one for one in scene.dates if one.value and one.relation != "since"]
    free = [one for one in dates if extent.holds(one) or not any(name.holds(one) for name in named)]
    here = list(within(free, scene.clause_of(extent))) or (free if len(free) == 1 else [])
    return min(here, key=lambda one: _distance(one, extent), default=None)


def _distance(one: Extent, other: Extent) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


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
        if dates and (place is not None or scene.sentence.kind == "dateline"):
            return Opening(scene.number, place, dates[0])
    return None
