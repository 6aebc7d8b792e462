"""Terms: by when, from when or in which period a deed is to be done.

The day of an announcement is none, nor is a date that an amount is only compared with, that stands in a
relative clause or a condition, or that belongs to another amount of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.dates.periods import written
from travesia.record.reading.families.commitments.binding import TOPIC, Promise
from travesia.record.reading.families.commitments.deeds import first_verb
from travesia.record.reading.families.commitments.issuers import LETTERHEAD
from travesia.record.reading.families.commitments.reaches import reach_of
from travesia.record.reading.families.when import after_lasting
from travesia.record.reading.nouns import Extent, Quantity, Sentence, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers, phrase_pattern, phrases, within

_LASTING = ("person", "authorization")
"""Units of what goes on for a while, so that the next sentence may tell how long."""

_NEXT = 2
"""How many sentences after a promise may tell how long what it starts goes on."""

_SINCE = 30
"""How far before a date its preposition stands, in code points."""

_ALONE = 3
"""How many words between an actor and its amount leave no room for a verb of its own."""

_JOINED = 2
"""How many words join two years: "and in"."""

_FUTURES = ("will", "receive")
"""Kinds of promises that are told in the future: from no day that has passed on they are due."""

_DEEDS = ("will", "receive", "firm", "plan", "start", "become")
"""Kinds of promises whose deed, with its day, stands behind the binder."""

_ENDS = ("by", "until", "before")


def period_of(promise: Promise, every: Sequence[Scene]) -> When | None:
    """Return when a deed is to be done: by its own sentence, those right after it, or the years of a heading.

    `every` holds the scenes of the text.
    """
    scene = promise.scene
    named = [one for one in scene.mentions if one.type in {"EVENT", "DOC"}]
    dates = [_ahead_reading(promise, one) for one in scene.dates if one.value]
    free = [one for one in dates if not any(name.holds(one) for name in named)]
    own = [one for one in free if _belongs(promise, one) and is_ahead(promise, one)]
    long = [one for one in own if one.fiscal or "/" in str(one.value) or len(str(one.value)) == 4]
    chosen = next(iter(long or own), None)
    chosen = _of_two_years(scene, chosen, own) if chosen is not None else None
    if chosen is not None and "/" not in str(chosen.value) and chosen.relation in {"since", "after", None}:
        ends = [one for one in own if one.relation in _ENDS and one.start > chosen.end]
        until = str(ends[0].value) if ends else after_lasting(scene, chosen, chosen.end, scene.sentence.end)
        chosen = _joined(chosen, until)
    for following in every[scene.number + 1 : scene.number + 1 + _NEXT]:
        apart = "\n" in scene.found.text.plain[scene.sentence.end : following.sentence.start]
        between = every[following.number - 1]
        if following.number == scene.number + 1 or not apart or _is_of_sum(between):
            chosen = _told_next(promise, chosen, following)
    return chosen or _of_heading(promise, every)


def _is_of_sum(scene: Scene) -> bool:
    """Tell whether a sentence only shares out the sum before it: "Of this amount, 8 million go to"."""
    parts = phrases(scene.found.text.language, "relations", "parts")
    return parts.match(scene.found.text.plain, scene.sentence.start) is not None


def _ahead_reading(promise: Promise, when: When) -> When:
    """Return a date of a future in its reading that is to come: "from 1 October, those registered will"."""
    starts = promise.kind in _FUTURES and when.relation in {"since", "after"}
    behind = promise.kind in _DEEDS and when.relation in {None, *_ENDS} and promise.binder.end <= when.start
    before = promise.scene.before(when, _SINCE)
    if _past(promise.scene.found.text.language).search(before):
        return when
    told = Extent(promise.binder.end if behind else promise.scene.sentence.start, when.start)
    if not (starts or behind) or is_ahead(promise, when) or _aside(promise.scene, told):
        return when
    if behind and phrases(promise.scene.found.text.language, TOPIC, "said").search(promise.scene.words(told)):
        return when
    for one in when.candidates:
        other = written(one.value) if one.value else None
        if other is not None:
            read = replace(when, value=one.value, first=other.first.isoformat(), last=other.last.isoformat())
            if is_ahead(promise, read):
                return read
    return when


def _of_two_years(scene: Scene, first: When, own: Sequence[When]) -> When:
    """Return the years that stand one after the other: "in 2025 and in 2026"."""
    after = next((one for one in own if one.start > first.end), None)
    if after is None or not all(re.fullmatch(r"\d{4}", str(one.value)) for one in (first, after)):
        return first
    gap = scene.found.text.plain[first.end : after.start]
    joined = phrases(scene.found.text.language, "clauses", "joiners").search(gap)
    return _joined(first, str(after.value)) if joined and len(gap.split()) <= _JOINED else first


def _of_heading(promise: Promise, every: Sequence[Scene]) -> When | None:
    """Return the years that the heading of a fact sheet names, for the people that its items count."""
    counts = promise.unit in {*_LASTING, "ratio"} and not promise.negative
    if not counts or promise.scene.sentence.kind != "item":
        return None
    heads = [one for one in every[:LETTERHEAD] if one.sentence.kind == "heading"]
    years = [one for head in heads for one in head.dates if re.fullmatch(r"\d{4}/\d{4}", str(one.value))]
    return years[0] if len(years) == 1 and is_ahead(promise, years[0]) else None


def _anchor(promise: Promise) -> Extent:
    return promise.quantity or promise.action or promise.deed


def _belongs(promise: Promise, when: When) -> bool:
    """Tell whether a date of the sentence is one of this deed."""
    anchor = _anchor(promise)
    amounts = [one for one in promise.scene.quantities if one.value is not None and one != promise.quantity]
    if when.start >= anchor.end:
        return _follows(promise, when, amounts)
    if (
        anchor == promise.deed
        and promise.binder.end < when.start
        and _aside(promise.scene, Extent(promise.binder.end, when.start))
    ):
        return False
    if _is_second_part(promise, when):
        return not _has_own_verb(promise)
    if _is_of_earlier_deed(promise, when, amounts) or _is_of_receipt(promise, when):
        return False
    if _is_of_clause_before(promise, when):
        return False
    before = Extent(promise.binder.end, when.start)
    later = not promise.alone and before.start < before.end and when.end <= promise.deed.start
    if later and first_verb(promise.scene.found.text, before):
        # "To prolong visas until May and to admit 200": the term is of the deed that it stands in.
        return False
    first = _opening_of(promise, when)
    if any(first <= one.start < when.start for one in amounts if one.kind != "RATIO"):
        return False
    return _precedes(promise, when)


def _opening_of(promise: Promise, when: When) -> int:
    """Return from where on an amount keeps a date from a deed: earlier ones are others'."""
    subject, sentence = promise.subject.extent, promise.scene.sentence
    clause = promise.scene.clause_of(promise.binder)
    if subject is not None and sentence.start <= subject.start <= promise.binder.start:
        return max(clause.start, subject.start) if subject.start < when.start else sentence.start
    return clause.start if clause.start <= when.start else sentence.start


def _is_second_part(promise: Promise, when: When) -> bool:
    """Tell whether a deed shares the verb and term before it: "2,500 people by 2026, and France 800"."""
    subject, quantity = promise.subject.extent, promise.quantity
    if (
        subject is None
        or quantity is None
        or not promise.binder.end <= when.start < when.end <= subject.start
    ):
        return False
    own = within(promise.scene.dates, Extent(subject.end, quantity.start))
    between = promise.scene.found.text.plain[subject.end : quantity.start].split()
    return len(between) <= _ALONE and not any(one.value for one in own)


def _has_own_verb(promise: Promise) -> bool:
    """Tell whether a second part says what its actor is to do: "and Spain to train 400 guards"."""
    subject, quantity = promise.subject.extent, promise.quantity
    if subject is None or quantity is None:
        return False
    gap = promise.scene.words(Extent(subject.end, quantity.start)).split()
    between = Extent(subject.end + sum(len(one) + 1 for one in gap[:1]), quantity.start)
    text = promise.scene.found.text
    return any(first_verb(text, place) for place in (Extent(subject.end, quantity.start), between))


def _is_of_earlier_deed(promise: Promise, when: When, amounts: Sequence[Quantity]) -> bool:
    """Tell whether a date stands in the deed of a verb before: "will admit, by May, 500 and will give"."""
    verbs = find_triggers(promise.scene.found.text, TOPIC, "verbs", promise.scene.sentence)
    earlier = any(one.start < when.start for one in verbs)
    between = Extent(when.end, min(promise.binder.start, promise.deed.start))
    return earlier and any(between.holds(one) for one in amounts if one.kind != "RATIO")


def _is_of_clause_before(promise: Promise, when: When) -> bool:
    """Tell whether "and" parts a date from the verb of a deed: "prolongs it until June and offers 400"."""
    scene, binder = promise.scene, promise.binder
    if when.end > binder.start or _opens(scene.sentence, when):
        return False
    gap = scene.found.text.plain[when.end : binder.start]
    joined = phrases(scene.found.text.language, "clauses", "joiners").search(gap)
    return joined is not None and not gap[: joined.start()].strip(" ,")


def _is_of_receipt(promise: Promise, when: When) -> bool:
    """Tell whether a date says by when requests came: "claims received by 3 May will be decided"."""
    if when.end > promise.binder.start:
        return False
    language, plain = promise.scene.found.text.language, promise.scene.found.text.plain
    came = phrases(language, TOPIC, "handed_in").search(plain, promise.scene.sentence.start, when.start)
    return came is not None and not set(plain[came.end() : when.start]) & set(",;:.")


def _follows(promise: Promise, when: When, amounts: Sequence[Quantity]) -> bool:
    """Tell whether a date after an amount or action is its own: nothing else comes between."""
    scene, anchor = promise.scene, _anchor(promise)
    plain, language = scene.found.text.plain, scene.found.text.language
    between = Extent(anchor.end, when.start)
    each = phrases(language, TOPIC, "respectively").search(plain, promise.binder.end, when.start)
    if promise.quantity and not each and any(between.holds(one) for one in amounts if one.kind != "RATIO"):
        return False
    if _aside(scene, between) or _is_compared(promise, when) or _next_acts(promise, between):
        return False
    if _is_of_next_deed(promise, between) or _opens_next_clause(scene, between):
        return False
    if when.start < reach_of(promise).end:
        return True
    if promise.quantity is None or ";" in plain[between.start : between.end]:
        return False
    beyond = Extent(reach_of(promise).end, when.start)
    others = any(beyond.holds(one) for one in scene.seen_actors())
    return not others and phrases(language, TOPIC, "said").search(plain, beyond.start, beyond.end) is None


def _next_acts(promise: Promise, between: Extent) -> bool:
    """Tell whether another actor with its own verb comes before a date: "and Chile will open in May"."""
    verbs = find_triggers(promise.scene.found.text, TOPIC, "verbs", promise.scene.sentence)
    starts = [one.start for one in verbs if between.start <= one.start and one.end <= between.end + 1]
    actors = [one for one in promise.scene.seen_actors() if between.holds(one)]
    return any(0 <= start - one.end <= 2 for one in actors for start in starts)


def _opens_next_clause(scene: Scene, between: Extent) -> bool:
    """Tell whether a date opens the next clause of what is said: "6 million and that, from May, a clerk"."""
    return _and_that(scene.found.text.language).search(scene.words(between)) is not None


@cache
def _past(language: str) -> re.Pattern[str]:
    """Match what shows that a day behind it has passed: "since", or the participle in "entered before"."""
    section = cues(language, TOPIC)
    since, small, done = (phrase_pattern(section[one]) for one in ("since_when", "before_terms", "done_by"))
    return re.compile(rf"(?:{since}|{done}(?:\s+{small})*)\s*$", re.IGNORECASE)


@cache
def _and_that(language: str) -> re.Pattern[str]:
    """Match "and that" with the preposition of a day at the end of a stretch."""
    joiner, small = (
        phrase_pattern(cues(language, "clauses")["joiners"]),
        phrase_pattern(cues(language, TOPIC)["before_terms"]),
    )
    that = phrase_pattern(cues(language, TOPIC)["that"])
    return re.compile(rf"{joiner}\s+{that}\s*,?\s*(?:{small}\s*)*$", re.IGNORECASE)


def _is_of_next_deed(promise: Promise, between: Extent) -> bool:
    """Tell whether another deed is told before a date: "5 million and announced that it will extend"."""
    scene = promise.scene
    said = phrases(scene.found.text.language, TOPIC, "said").search(
        scene.found.text.plain, between.start, between.end
    )
    verbs = find_triggers(scene.found.text, TOPIC, "verbs", scene.sentence)
    return said is not None and any(
        said.end() <= one.start < between.end and one.says["class"] in {"will", "firm", "not"}
        for one in verbs
    )


def _precedes(promise: Promise, when: When) -> bool:
    """Tell whether a date before an amount or action tells its term, and not when it was announced."""
    scene, binder = promise.scene, promise.binder
    plain = scene.found.text.plain
    clause = scene.clause_of(promise.quantity or promise.deed)
    if promise.kind in {"may", "cap"} and clause.start <= when.start:
        return True
    if when.start >= reach_of(promise).start:
        return True
    comma = "," in plain[when.end : binder.start]
    if comma and _aside(scene, Extent(scene.sentence.start, when.start)):
        return False
    if promise.kind in {"will", "receive", "may", "start", "become", "share"}:
        return scene.clause_of(binder).start <= when.start or comma
    opens = _opens(scene.sentence, when)
    if opens and comma and is_ahead(promise, when, strictly=True):
        # "For 2026, Canada has offered 2,000 places": nothing was offered on a day that is to come.
        return True
    own = scene.clause_of(binder).start <= when.start or opens
    return own and (when.relation in {"by", "until", "since"} or when.fiscal)


def _opens(sentence: Sentence, when: When) -> bool:
    return when.start - sentence.start < 20


def _aside(scene: Scene, between: Extent) -> bool:
    """Tell whether a relative clause or a condition opens in a stretch and is not closed there."""
    plain, language = scene.found.text.plain, scene.found.text.language
    opened = [*phrases(language, TOPIC, "asides").finditer(plain, between.start, between.end)]
    if opened and "," not in plain[opened[-1].end() : between.end]:
        return True
    condition = phrases(language, TOPIC, "conditions").search(plain, between.start, scene.sentence.end)
    return condition is not None and condition.start() < between.end


def _is_compared(promise: Promise, when: When) -> bool:
    """Tell whether a date is what an amount is compared with: "double that of 2024"."""
    scene = promise.scene
    anchor = promise.quantity.end if promise.quantity else promise.deed.start
    if when.start < anchor:
        return False
    compared = phrases(scene.found.text.language, TOPIC, "compared")
    return compared.search(scene.found.text.plain, anchor, when.start) is not None


def is_ahead(promise: Promise, when: When, strictly: bool = False) -> bool:
    """Tell whether a date reaches beyond the document's; where that has none, whether it is a period.

    `strictly` leaves out the day of the document and the year or month that it stands in.
    """
    if promise.kind == "given":
        return True
    published = promise.scene.found.published
    if when.relation == "since" and promise.kind not in {"cap", "may"}:
        if "~" in str(when.value) or (published and when.first and when.first < published):
            return False
    elif "~" in str(when.value) and when.relation != "since":
        return False
    last = when.last or str(when.value).partition("/")[2].rstrip("~") or str(when.value).rstrip("~")
    if published is None:
        return when.fiscal or len(str(when.value)) == 4 or "/" in str(when.value) or when.relation is not None
    size = min(len(last), len(published))
    if strictly:
        return last[:size] > published[:size]
    if len(str(when.value)) == len(published) and when.relation != "since":
        return last > published
    return last[:size] >= published[:size]


def _joined(first: When, until: str | None) -> When:
    """Return the period from a first day, month or year to a last."""
    last = (until or "").partition("/")[2] or (until or "")
    if not last or last < str(first.value)[: len(last)]:
        return first
    return replace(first, value=f"{first.value}/{last}", candidates=(), last=None)


def _told_next(promise: Promise, own: When | None, following: Scene) -> When | None:
    """Return a term that goes on to what the next sentence says: "The measure ends in June 2026"."""
    unit = (promise.unit or "").partition(" per ")[0]
    money = promise.quantity is not None and unit not in _LASTING
    closed = own is not None and ("/" in str(own.value) or own.relation in _ENDS)
    if closed or (promise.quantity is None and own is None):
        return own
    language, sentence = following.found.text.language, following.sentence
    opening = phrases(language, TOPIC, "money_goes_on" if money else "goes_on")
    opened = opening.match(following.found.text.plain, sentence.start)
    if opened is None:
        return own
    after = within(following.dates, Extent(opened.end(), sentence.end))
    ends = [one for one in after if one.value and is_ahead(promise, one) and one.relation != "since"]
    if own is None:
        return ends[0] if ends else None
    until = str(ends[0].value) if ends else after_lasting(following, own, opened.end(), sentence.end)
    return _joined(own, until)
