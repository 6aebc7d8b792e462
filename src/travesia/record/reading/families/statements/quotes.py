"""Quotes: verbs that only their place beside a quote tells, and what somebody says of himself inside one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import MappingProxyType

from travesia.record.reading.families.statements.candidates import candidates
from travesia.record.reading.nouns import Extent
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, phrases_at_end

_TOPIC = "statements"

_SOON = 40
"""How far after a quote who says it may stand before the verb, in code points."""

_ASIDE = 90
"""How far before a quote an aside may begin that says whose it is, in code points."""

_SHORT = 10
"""How far before a verb a negation begins that is its own, in code points."""

_MOST = 0.6
"""From which share of a sentence a quote is all that it holds."""

_ANY_VERB = MappingProxyType({"stance": "report", "says": True})
_INVERTED = MappingProxyType({"stance": "report", "says": True, "inverted": True})
_COLON = MappingProxyType({"stance": "report", "says": True, "colon": True})
"""What a verb says of which only the quote beside it tells that it is one of saying."""


def quoting(scene: Scene) -> Iterator[Trigger]:
    """Yield verbs that only their place beside a quote tells: "...", ironizo el ministro."""
    quotes = quoted_in(scene)
    found = find_triggers(scene.found.text, _TOPIC, "verbs", scene.sentence) if quotes else ()
    for quote in quotes:
        verb = _behind(scene, quote) or _ahead(scene, quote, found)
        if verb is not None and not any(one.overlaps(verb) for one in found):
            yield verb


def _behind(scene: Scene, quote: Extent) -> Trigger | None:
    after = scene.words(Extent(quote.end, scene.sentence.end))
    start = quote.end + len(after) - len(after.lstrip(" ,"))
    match = phrases(scene.found.text.language, _TOPIC, "after_quote").match(scene.found.text.plain, start)
    if match is not None:
        return Trigger(start, match.end(), _INVERTED)
    near = [one for one in candidates(scene) if 0 <= one.start - quote.end <= _SOON]
    pattern = phrases(scene.found.text.language, _TOPIC, "after_speaker")
    match = pattern.match(scene.found.text.plain, near[0].end + 1) if near else None
    return Trigger(match.start(), match.end(), _ANY_VERB) if match else None


def _ahead(scene: Scene, quote: Extent, found: Sequence[Trigger]) -> Trigger | None:
    """Return what hands over to a quote: a colon without a verb of saying, or 'X, admits Y, "..."'."""
    start = max(scene.sentence.start, quote.start - 3 * _ASIDE)
    before = scene.words(Extent(start, quote.start)).rstrip()
    at = start + len(before) - 1
    if before.endswith(":"):
        opening = start + max(before.rfind(mark) for mark in (";", ". ", '"')) + 1
        said = any(opening <= one.start and one.end <= quote.start for one in found)
        return None if said or at <= opening else Trigger(at - 1, at, _COLON)
    if not before.endswith(","):
        return None
    aside = _aside(scene.found.text.language).search(before[-_ASIDE:])
    first = at + 1 - len(before[-_ASIDE:])
    return Trigger(first + aside.start(1), first + aside.end(1), _INVERTED) if aside else None


@cache
def _aside(language: str) -> re.Pattern[str]:
    """Match a verb after a comma with who says it, up to another comma: ", reconoce un diplomatico,"."""
    verb = phrases(language, _TOPIC, "after_quote").pattern
    return re.compile(rf",\s+({verb})\s+[^,\";:]{{3,60}},$", re.IGNORECASE)


def own_words(scene: Scene) -> tuple[Trigger, ...]:
    """Return the verbs in quotes that say where the speaker himself stands: "we thank", "lamentamos"."""
    quotes = quoted_in(scene)
    if not quotes:
        return ()
    firsts = find_triggers(scene.found.text, _TOPIC, "firsts", scene.sentence)
    denied = phrases_at_end(scene.found.text.language, "clauses", "negations")
    return tuple(
        one
        for one in firsts
        if any(quote.holds(one) for quote in quotes) and not denied.search(scene.before(one, _SHORT))
    )


def is_all_quote(scene: Scene) -> bool:
    """Tell whether a sentence is a quote and little else, so that somebody before it must have the word."""
    length = sum(one.end - one.start for one in quoted_in(scene))
    return length >= _MOST * (scene.sentence.end - scene.sentence.start)


def is_recounted(scene: Scene, verb: Extent, told: str) -> bool:
    """Tell whether somebody only recounts or concedes what he is quoted with."""
    recounts = phrases(scene.found.text.language, _TOPIC, "recounts")
    return recounts.search(scene.words(verb)) is not None or recounts.search(told[:_SOON]) is not None


def is_judging(scene: Scene, verb: Extent, told: str) -> bool:
    """Tell whether words are quoted for how they judge: what only informs is told without quotation marks.

    What somebody recounts or concedes, and a day or a number between marks, judges nothing.
    """
    if not told or is_recounted(scene, verb, told):
        return False
    plain = [one for one in (*scene.dates, *scene.quantities) if getattr(one, "kind", "") != "RATIO"]
    return not any(quote.holds(one) for quote in quoted_in(scene) for one in plain)


def side_of(scene: Scene, told: str) -> str | None:
    """Return on which side some quoted words stand: of praise and blame with "but" between, the last counts.

    Praise with a reservation after it is support with a condition. What a speaker only calls something ("it
    is a blank cheque") is blame unless it praises.
    """

    def cue(group: str) -> Callable[[str], re.Match[str] | None]:
        return phrases(scene.found.text.language, _TOPIC, group).search

    good, bad, but = (cue(group)(told) for group in ("good", "bad", "but"))
    if cue("halves")(told):
        return "conditional_support"
    if good and but and good.end() <= but.start():
        return "conditional_support"
    if good and (not bad or good.start() < bad.start() or (but and bad.end() <= but.start() < good.start())):
        return "support"
    return "oppose" if bad or cue("equates")(told) else None
