"""The day on which a norm that is the text itself comes into force: all that it lays down begins then."""

from __future__ import annotations

from travesia.record.reading.families.policies.anchors import TOPIC
from travesia.record.reading.nouns import Found, When
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import find_triggers

_NEAR = 50
"""How far after "enters into force" its day stands, in code points."""


def enters_later(found: Found) -> When | None:
    """Return the day after the document's on which "this order" comes into force, where it says one."""
    return once(found, _day)


def _day(found: Found) -> When | None:
    published, own = found.published or "", False
    for scene in scenes(found):
        own = _names_itself(scene) or (own and _is_short(scene))
        starts = find_triggers(found.text, "events", "terms", scene.sentence) if own and published else ()
        for verb in (one for one in starts if one.says["told"] == "start"):
            near = [one for one in scene.dates if one.first and 0 <= one.start - verb.end <= _NEAR]
            if near and str(near[0].first) > published:
                return near[0]
    return None


def _names_itself(scene: Scene) -> bool:
    return bool(scene.stretches(TOPIC, "own"))


def _is_short(scene: Scene) -> bool:
    """Tell whether a sentence can go on with "it": it names nobody who acts."""
    return not scene.seen_actors()
