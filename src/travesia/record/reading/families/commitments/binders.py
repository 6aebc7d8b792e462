"""Binders: the words of a sentence that bind somebody, also where an aside parts them.

"Se obliga, a su vez, a readmitir" and "comptent, dès janvier, partager" bind as their verbs do without what
stands between the commas; "Lima scraps the fee on 1 July" binds by its present and its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.binding import TOPIC
from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrase_pattern

_WINDOW = 60
"""How far before and behind an aside the words of a binder stand, in code points."""

_PARTED = ("firm", "plan", "work", "say", "not")
"""Classes of binders that an aside may part from what follows."""

_LEADING = ("firm", "plan", "work")
"""Classes of binders that take an infinitive."""


def binders_in(scene: Scene) -> tuple[Trigger, ...]:
    """Return what binds somebody in a sentence, in the order of the text."""
    found = _leading(find_triggers(scene.found.text, TOPIC, "verbs", scene.sentence))
    return tuple(sorted((*found, *_parted(scene, found)), key=lambda one: one.start))


def _leading(found: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """Return binders without those that are the deed of the one right before: "pledged to set aside"."""
    led = [
        second.start
        for first, second in pairwise(found)
        if second.says["class"] == "say" and first.says["class"] in _LEADING and second.start - first.end <= 1
    ]
    return tuple(one for one in found if one.start not in led) if led else found


def _parted(scene: Scene, found: Sequence[Trigger]) -> Iterator[Trigger]:
    """Yield the binders that are whole only without the aside in them; each ends where the aside ends."""
    text, sentence = scene.found.text, scene.sentence
    last = sentence.start
    for aside in _aside(text.language).finditer(text.plain, sentence.start, sentence.end):
        for one in _over(text, Extent(max(last, sentence.start), sentence.end), aside):
            if one.says["class"] in _PARTED and not any(_is_same(one, each) for each in found):
                yield one
                last = one.end


def _is_same(one: Trigger, other: Trigger) -> bool:
    return other.start <= one.start < other.end and other.says["class"] in _PARTED[:3]


def _over(text: Text, within: Extent, aside: re.Match[str]) -> Iterator[Trigger]:
    first = max(within.start, aside.start() - _WINDOW)
    first = text.plain.find(" ", first, aside.start()) if first > within.start else first
    if first < 0:
        return
    before = text.plain[first : aside.start()]
    behind = text.plain[aside.end() - 1 : min(within.end, aside.end() + _WINDOW)]
    joined = Text(before + behind, before + behind, text.language, ())
    for one in find_triggers(joined, TOPIC, "verbs"):
        if one.start < len(before) <= one.end + 1:
            end = aside.end() + max(0, one.end - len(before) - 1)
            yield Trigger(first + one.start, end, one.says)


@cache
def _aside(language: str) -> re.Pattern[str]:
    """Match an aside between commas or in brackets, with its blank, before what goes on with a deed."""
    section = cues(language, TOPIC)
    opening = phrase_pattern([*section["between_commas"], *cues(language, "clauses")["prepositions"]])
    goes_on, adverb = section["goes_on_with"], phrase_pattern(section["adverbials"])
    return re.compile(
        rf"(?:(?:\s\([^()\n]{{1,60}}\))?,\s(?={opening})[^,;:()\n]{{2,60}},|\s\([^()\n]{{1,60}}\),?"
        rf"|\s{adverb})\s(?={goes_on})",
        re.IGNORECASE,
    )
