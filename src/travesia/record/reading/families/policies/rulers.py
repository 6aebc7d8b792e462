"""Rulers: who takes a measure, and who asked for it or brought it in."""

from __future__ import annotations

import re

from travesia.record.reading.families.policies.anchors import TOPIC
from travesia.record.reading.families.policies.standings import Standing
from travesia.record.reading.families.statements.speakers import speaker
from travesia.record.reading.families.statements.stages import Stage
from travesia.record.reading.families.who import NOBODY, Who, all_of
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

_ASKED = {"advocated", "proposed"}
"""Statuses of what somebody wants: nobody rules it yet."""

_OWNERLESS = {"policy_gap"}


def rulers(told: Stage, main: Standing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the state or body that takes a measure, never a court, and who only asks for it.

    One of the two is empty: what is asked for or proposed has no ruler yet.
    """
    scene = main.scene
    who = _who(told, main)
    ids = tuple(
        scene.country_of(one) or one if one.startswith("plc:") else one for one in who.ids if one[3:4] == ":"
    )
    if main.status is not None and main.status.says["status"] in _ASKED:
        return (), tuple(dict.fromkeys(ids))
    court = phrases(scene.found.text.language, TOPIC, "courts")
    if who.extent is not None and court.search(scene.words(who.extent)):
        own = [state for one in ids if (state := scene.country_of(one)) is not None]
    else:
        own = [scene.country_of(one) or one if one.startswith("per:") else one for one in ids]
    if not own and told.home and not scene.found.author:
        own = [told.home]
    return tuple(dict.fromkeys(own)), ()


def _who(told: Stage, main: Standing) -> Who:
    """Return who does what the status of a measure says; nobody where an end only comes."""
    scene, status, anchor = main.scene, main.status, main.anchor
    if anchor.kind in _OWNERLESS:
        return NOBODY
    verb: Extent | None = status
    if status is not None and (status.says.get("weak") or status.says.get("expiry") == "scheduled"):
        verb = None
    if verb is None:
        return NOBODY
    return _nearest(scene, verb, anchor) or speaker(told, scene, verb, says=False)


def _nearest(scene: Scene, verb: Extent, anchor: Extent) -> Who | None:
    """Return the actor right before a measure: of two clauses the nearer has its own subject."""
    at = min(verb.start, anchor.start)
    before = [one for one in scene.seen_actors() if one.end <= at]
    if not before or scene.is_passive(verb) or scene.is_author(verb):
        return None
    last = scene.listed_with(scene.in_person(before[-1]))
    if re.search(r'[;"]|\.\s', scene.words(Extent(last[-1].end, max(at, last[-1].end)))):
        return None
    return all_of(last)
