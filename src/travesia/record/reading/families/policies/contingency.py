"""Contingencies: what a measure's end still hangs on, a court above all, and who decides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

_TOPIC = "policies"
_OPEN = {"in_force", "suspended"}
_EFFECT = 90
"""Longest effect, in code points."""


def contingency(
    scene: Scene, scenes: Sequence[Scene], status: Extent | None, settled: str | None
) -> dict[str, Any] | None:
    """Return what a court has decided or may decide of a measure that is in force or suspended.

    The court stands in the sentence that settles the status or, under a condition, in the one after it.
    """
    if status is None or settled not in _OPEN:
        return None
    here = _court(scene)
    if here is not None:
        condition = _condition(scene, here)
        effect = _effect(scene, Extent(here.end, scene.sentence.end)) if condition else status
        return _told(scene, here, effect)
    after = scenes[scene.number + 1] if scene.number + 1 < len(scenes) else None
    court = _court(after) if after else None
    if after is None or court is None or not _condition(after, court):
        return None
    return _told(after, court, _effect(after, Extent(court.end, after.sentence.end)))


def _court(scene: Scene) -> Extent | None:
    found = phrases(scene.found.text.language, _TOPIC, "courts").search(
        scene.found.text.plain, scene.sentence.start, scene.sentence.end
    )
    return Extent(found.start(), found.end()) if found else None


def _condition(scene: Scene, court: Extent) -> bool:
    """Tell whether a sentence puts what a court does under a condition: "unless the court ..."."""
    found = phrases(scene.found.text.language, _TOPIC, "contingent").search(
        scene.found.text.plain, max(scene.sentence.start, court.start - 60), court.end
    )
    return found is not None


def _effect(scene: Scene, rest: Extent) -> Extent | None:
    """Return what the decision would do: the clause after the court."""
    plain = scene.found.text.plain
    ends = [at for at in (plain.find(mark, rest.start + 3, rest.end) for mark in (",", ";")) if at > 0]
    words = plain[rest.start : min([rest.end, rest.start + _EFFECT, *ends])]
    start = rest.start + len(words) - len(words.lstrip(" ,"))
    end = start + len(words.strip(" ,.;"))
    return Extent(start, end) if end - start > 3 else None


def _told(scene: Scene, court: Extent, effect: Extent | None) -> dict[str, Any]:
    original = scene.found.text.original
    named = [one for one in scene.mentions if one.type in {"ORG", "PER", "PER_ROLE"} and one.overlaps(court)]
    told: dict[str, Any] = {"kind": "court"}
    told["decided_by"] = named[0].entity if named else original[court.start : court.end]
    if effect is not None:
        told["effect"] = original[effect.start : effect.end]
    if phrases(scene.found.text.language, _TOPIC, "reversible").search(
        scene.found.text.plain, scene.sentence.start, scene.sentence.end
    ):
        told["reversible"] = True
    return told
