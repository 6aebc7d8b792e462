"""Topics: which words of a sentence are what is said, before a verb of saying, after it or in a quote."""

from __future__ import annotations

import re

from travesia.record.reading.families.statements.speakers import tail_of
from travesia.record.reading.families.who import Who
from travesia.record.reading.nouns import Extent
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrases, phrases_at_end

_TOPIC = "statements"

_LONGEST = 110
"""Longest topic, in code points."""

_SOON = 40
"""How far after the verb a quote may begin that is what is said, in code points."""

_NEXT = 3
"""How far behind its speaker a quote begins that an aside announced, in code points."""

_BEYOND = 60
"""How far behind a source's name its clause may end: "according to the minister of labour, ..."."""


def topic_of(scene: Scene, verb: Trigger, who: Who, carried: bool) -> Extent | None:
    """Return what is said: a quote, the words before "said X", or those after the verb and its "that"."""
    plain, end = scene.found.text.plain, scene.sentence.end
    behind = who.extent is not None and who.extent.start >= verb.end
    if (verb.says.get("says") or behind) and not carried:
        quotes = quoted_in(scene)
        after = who.extent.end if behind and who.extent else verb.end
        ahead = [one for one in quotes if behind and 0 <= one.start - after <= _NEXT]
        if ahead:
            return trimmed(scene, ahead[0])
        if quotes and quotes[0].end <= max(verb.end, who.extent.end if who.extent else 0):
            return trimmed(scene, quotes[0])
    tail = tail_of(scene, verb) if verb.says.get("says") and not carried else None
    clitic = phrases_at_end(scene.found.text.language, _TOPIC, "clitics").search(
        scene.before(verb, _NEXT + 5)
    )
    if clitic and who.extent and 0 < who.extent.start - verb.end <= _NEXT * 2:
        return None  # what it is about is only a pronoun: "la saludó el ministro"
    if behind and not verb.says.get("says"):
        return trimmed(scene, Extent(who.extent.end if who.extent else verb.end, end), opening=True)
    if behind or tail is not None:
        last = min([verb.start, *([tail.start] if tail else [])])
        return trimmed(scene, Extent(scene.sentence.start, last))
    soon = [one for one in quoted_in(scene) if 0 <= one.start - verb.end <= _SOON]
    if soon:
        return trimmed(scene, soon[0])
    opener = phrases(scene.found.text.language, _TOPIC, "that")
    inside = opener.search(plain, verb.start, verb.end)
    that = None if inside else opener.search(plain, verb.end, min(end, verb.end + 60))
    start = that.end() if that and verb.says.get("says") else verb.end
    while start < end and plain[start] in ' ,:"':
        start += 1
    opening = phrases(scene.found.text.language, _TOPIC, "before_topic").match(plain, start)
    return trimmed(scene, Extent(opening.end() if opening and opening.end() < end else start, end))


def topic_around(scene: Scene, cue: Extent, source: Extent) -> Extent | None:
    """Return what somebody is the source of: the words before "according to X", else those after X."""
    opened = phrases_at_end(scene.found.text.language, _TOPIC, "before_source")
    ahead = scene.before(cue, _SOON).rstrip(" ,")
    opens = ahead.endswith((":", ";")) or opened.search(ahead) is not None
    before = None if opens else trimmed(scene, Extent(scene.sentence.start, cue.start))
    pause = scene.found.text.plain.find(",", source.end, source.end + _BEYOND)
    return before or trimmed(scene, Extent(max(pause, source.end), scene.sentence.end))


def trimmed(scene: Scene, extent: Extent, opening: bool = False, joined: bool = False) -> Extent | None:
    """Return the first words of a stretch, up to a pause or a length, without marks around them.

    With `opening`, without the preposition that opens them either; with `joined`, without "and" at the end.
    """
    plain = scene.found.text.plain
    start, end = extent.start, min(extent.end, extent.start + _LONGEST)
    small = phrases(scene.found.text.language, _TOPIC, "before_topic").match(plain, start + 1, end)
    start = small.end() if opening and small else start
    while start < end and plain[start] in ' ,:;."-':
        start += 1
    pause = re.compile(r'[;"]|, (?!\d)|\. ').search(plain, min(start + 4, end), end)
    if pause is not None:
        end = pause.start()
    elif end < extent.end:
        end = max(plain.rfind(" ", start, end), start)
    words = plain[start:end].rstrip(' ,:;."-')
    if joined:
        joiners = phrases(scene.found.text.language, "clauses", "joiners").pattern
        words = re.sub(rf"[\s,]*{joiners}(?:\s\S{{1,6}}){{0,2}}$", "", words, flags=re.I)
    return Extent(start, start + len(words)) if len(words) > 3 else None
