"""The practice of expelling: what a state does without a norm that the text names.

"Mass deportations of Haitians resumed", "Iran, which expels Afghans too", "it deported 250,000 last year":
who is expelled, by whom or how many tells that it is done. All that a text says of it is one measure, also
that somebody wants it stopped. Where a text is about a norm that lets people be expelled, it is that norm's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from travesia.record.reading.families.policies.anchors import TOPIC, Anchor
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.turns import time_of, without_dates
from travesia.record.reading.families.policies.whom import named_targets
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, within

_KIND = "expulsion_or_return"

_REACH = 45
"""How far after its words those whom a practice is for, or who does it, stand, in code points."""

_FAR = 110
"""How far after a verb the words stand that say where to people are brought."""

_PEOPLE = {"GROUP", "NORP"}

_BORDER = {_KIND, "entry_restriction"}


def with_practice(scenes: Sequence[Scene], found: Sequence[Measure]) -> list[Measure]:
    """Return the measures of a text, what it says of a practice of expelling being one of them."""
    if any(one.is_main and one.kind in _BORDER for one in found):
        return list(found)
    bare = [one for one in found if _is_bare(one)]
    kept = [one for one in found if not _is_bare(one)]
    taken = [place for one in kept for place in one.places]
    told = [
        one
        for scene in scenes
        if _is_read(scene)
        for one in (*_told(scene), *_carried(scene))
        if not any(one.overlaps(place) for place in taken)
    ]
    if not told:
        return list(found)
    again = (replace(place, again=True, turns=()) for one in bare for place in one.places)
    further = [one for one in again if not any(one.overlaps(each) for each in told)]
    practice = Measure(_KIND, None)
    for place in sorted([*told, *further], key=lambda place: place.start):
        practice.add(place)
    return sorted([*kept, practice], key=lambda one: one.places[0].start)


def _is_read(scene: Scene) -> bool:
    return scene.sentence.kind not in {"dateline", "speaker", "heading"} and not scene.is_too_long


def _is_bare(measure: Measure) -> bool:
    """Tell whether a measure is no more than the noun of a practice, whatever is asked of it."""
    if measure.name is not None or measure.kind != _KIND:
        return False
    places = measure.places
    noun = phrases(places[0].scene.found.text.language, TOPIC, "expelling")
    return all(noun.fullmatch(one.scene.words(one)) is not None for one in places)


def _told(scene: Scene) -> Iterator[Anchor]:
    """Yield where a sentence says that people are expelled: by a verb, or a noun with who or by whom."""
    for noun in scene.stretches(TOPIC, "expelling"):
        whom = _whom(scene, noun)
        if whom is not None and not scene.is_question:
            yield _place(scene, Extent(noun.start, whom.end), "in_force")
    for verb in scene.stretches(TOPIC, "expels"):
        asked = scene.found.text.plain[verb.end : verb.end + 1] == "-"
        if asked or scene.is_passive(verb) or time_of(scene, verb) != "past":
            continue
        whom = _counted(scene, verb)
        if whom is None and any(one.end <= verb.start for one in scene.seen_actors()):
            whom = _whom(scene, verb)
        if whom is not None:
            yield _place(scene, Extent(verb.start, whom.end), _standing(scene, verb))


def _standing(scene: Scene, verb: Extent) -> str:
    """Return how a practice stands: one that goes on since a day is in force, another is applied."""
    since = (one for one in scene.dates if one.relation == "since" and one.distance(verb) <= _FAR)
    return "in_force" if next(since, None) is not None else "applied"


def _carried(scene: Scene) -> Iterator[Anchor]:
    """Yield where police or soldiers bring people away: "police drive migrants back over the frontier"."""
    plain, last = scene.found.text.plain, scene.sentence.end
    if scene.is_question or not scene.stretches(TOPIC, "away"):
        return
    away = phrases(scene.found.text.language, TOPIC, "away")
    forces = scene.stretches(TOPIC, "forces")[:1]
    for verb in scene.stretches(TOPIC, "carries") if forces else ():
        if verb.start < forces[0].end:
            continue
        gone = away.search(plain, verb.end, min(last, verb.end + _FAR))
        whom = _whom(scene, verb)
        if gone is not None and whom is not None and time_of(scene, verb) == "past":
            yield _place(scene, Extent(verb.start, max(whom.end, gone.end())), _standing(scene, verb))
            return


def _place(scene: Scene, extent: Extent, status: str) -> Anchor:
    says = {"status": status, "practice": True}
    return Anchor(
        extent.start, extent.end, scene, _KIND, None, named_targets(scene, extent, _KIND), says=says
    )


def _whom(scene: Scene, words: Extent) -> Extent | None:
    """Return those who are expelled, in some words or right after them."""
    reach = Extent(words.start, min(scene.sentence.end, words.end + _REACH))
    named = [one for one in within(scene.mentions, reach) if one.type in _PEOPLE]
    people = phrases(scene.found.text.language, "measures", "people").search(
        scene.found.text.plain, reach.start, reach.end
    )
    found: list[Extent] = [*named[:1], *([Extent(*people.span())] if people else [])]
    whom = next((one for one in found if _is_near(scene, words, one)), None)
    return whom and Extent(whom.start, max(whom.end, words.end))


def _is_near(scene: Scene, words: Extent, people: Extent) -> bool:
    """Tell whether nothing but a date stands between some words and people."""
    between = without_dates(scene, Extent(words.end, max(words.end, people.start)))
    return re.search(r"[,;:.()]", between) is None


def _counted(scene: Scene, verb: Extent) -> Extent | None:
    """Return how many are expelled, right after a verb."""
    return next(
        (one for one in scene.quantities if 0 <= one.start - verb.end <= 12 and one.kind == "QUANTITY"), None
    )
