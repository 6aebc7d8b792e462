"""When something happens: the date that goes with a stretch of a sentence, and whether it has happened."""

from __future__ import annotations

from travesia.record.reading.nouns import Extent, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, within

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
