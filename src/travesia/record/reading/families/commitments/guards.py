"""Guards: whether what binders seem to promise binds somebody who can be bound."""

from __future__ import annotations

import re

from travesia.record.reading.families.commitments.announced import names_a_deed
from travesia.record.reading.families.commitments.binding import CLOSE, TOPIC, Case, Promise
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.triggers import phrases, phrases_at_end

_NEXT = 16
"""How far before a binder its negation stands, in code points."""

_ASKED = 80
"""How far before a binder the condition opens that it stands in, in code points."""

_SINCE = 16
"""How near behind an amount the words stand that tell since when, in code points."""

_OPENS = 24
"""How far into a sentence what opens it stands, in code points."""

_NEEDS_SUBJECT = ("pledged", "offered", "planned")


def binds(case: Case, promise: Promise) -> bool:
    """Tell whether somebody is bound who can be: smugglers and analysts promise too, but bind no state."""
    start = case.scene.clause_of(case.binder).start
    if _is_in_condition(case, promise) or _is_of_court(case, promise) or _is_total(case, promise):
        return False
    if _is_noun(case) or _was_planned(case, promise) or _is_asked(case) or _is_delivered(case, promise):
        return False
    if promise.kind in {"may", "given", "noun", "share"} or promise.binder.says.get("nobody"):
        return True
    if promise.kind in {"start", "become", "rise", "cap"}:
        if _is_rumour(case):
            return False
        return case.speaks or case.has("collectives", case.scene.sentence.start, case.binder.start)
    if promise.kind == "receive" and promise.subject == NOBODY:
        return True
    if promise.kind == "not" and promise.subject == NOBODY:
        return True
    others = [*phrases(case.language, TOPIC, "unbound").finditer(case.plain, start, case.binder.start)]
    named = promise.subject.extent
    hidden = bool(others) and (named is None or named.start <= others[0].start() or named.end < start)
    if hidden and (promise.subject == NOBODY or not _goes_on(case)):
        return False
    if promise.quantity is None:
        if _is_condition(case, promise) or _is_of_another(case, promise):
            return False
        return promise.negative or promise.subject != NOBODY or case.is_ours or _is_planned(case, promise)
    # Who issues a text is bound by what its offices will do (the future has asked who they are).
    bound = promise.subject != NOBODY or case.is_ours or promise.kind == "will"
    return bound or promise.status not in _NEEDS_SUBJECT or (promise.kind == "plan" and _is_of_project(case))


def _is_rumour(case: Case) -> bool:
    """Tell whether a sentence opens with where rumours stand: "on TikTok they say that"."""
    start = case.scene.sentence.start
    return case.has("rumours", start, min(case.binder.start, start + _OPENS))


def _goes_on(case: Case) -> bool:
    """Tell whether a verb is joined to the one before it: "will admit 8,000 refugees and will give"."""
    joined = phrases_at_end(case.language, "clauses", "joiners")
    return joined.search(case.scene.before(case.binder, _NEXT)) is not None


def _is_of_project(case: Case) -> bool:
    """Tell whether a project or its money aims at something, in the words of who can bind a state."""
    start = case.scene.clause_of(case.binder).start
    return case.speaks and any(case.has(one, start, case.binder.start) for one in ("undertakings", "funds"))


def _is_condition(case: Case, promise: Promise) -> bool:
    """Tell whether who seems to act stands in the condition that opens a sentence: "If the court agrees,"."""
    named, sentence = promise.subject.extent, case.scene.sentence
    opening = phrases(case.language, TOPIC, "conditions").match(case.plain, sentence.start)
    if opening is None or named is None or not sentence.start < named.start < case.binder.start:
        return False
    return named.start < case.plain.find(",", opening.end(), case.binder.start)


def _is_in_condition(case: Case, promise: Promise) -> bool:
    """Tell whether a binder with its subject is what a condition asks of somebody: "if Spain guarantees"."""
    named, at = promise.subject.extent, case.binder.start
    opening = _last(case, "conditions", _ASKED)
    if opening is None or set(case.plain[opening.end() : at]) & set(",;:."):
        return False
    if phrases(case.language, TOPIC, "while").match(case.plain, opening.start()):
        # "Mientras que Ecuador extenderá": what only stands beside is no condition.
        return False
    if named is not None and opening.end() <= named.start < at:
        return True
    return case.has("governments", opening.end(), at)


def _last(case: Case, group: str, reach: int) -> re.Match[str] | None:
    """Return the last words of a group that stand so far before a binder in its sentence."""
    start, at = max(case.scene.sentence.start, case.binder.start - reach), case.binder.start
    found = [*phrases(case.language, TOPIC, group).finditer(case.plain, start, at)]
    return found[-1] if found else None


def _is_of_court(case: Case, promise: Promise) -> bool:
    """Tell whether a court is who acts: it rules, and promises nothing."""
    named = (case.scene.found.entities.get(one) for one in promise.subject.ids)
    courts = phrases(case.language, "policies", "courts")
    return any(courts.search(one.name) for one in named if one is not None)


def _is_total(case: Case, promise: Promise) -> bool:
    """Tell whether an amount is all that was given, told since when: "to 60 million since 2021"."""
    amount = promise.quantity
    if amount is None:
        return False
    behind = (one for one in case.scene.dates if 0 <= one.start - amount.end <= _SINCE)
    return any(one.relation == "since" and str(one.value).endswith("~") for one in behind)


def _is_asked(case: Case) -> bool:
    """Tell whether a verb stands in a question that others ask: "without saying who would pay for it"."""
    last = _last(case, "open_questions", _ASKED // 2)
    return last is not None and not set(case.plain[last.end() : case.binder.start]) & set(',;:."')


def _is_delivered(case: Case, promise: Promise) -> bool:
    """Tell whether a past year stands behind what was set aside or given: "allocated 6 million in 2024"."""
    amount, published = promise.quantity, case.scene.found.published
    if amount is None or not published or promise.status not in {"mobilised", "in_progress"}:
        return False
    behind = [one for one in case.scene.dates if 0 <= one.start - amount.end <= _ASKED // 2 and one.value]
    last = str(behind[0].value).rpartition("/")[2].rstrip("~") if behind else published
    size = min(len(last), len(published))
    return last[:size] < published[:size]


def _is_noun(case: Case) -> bool:
    """Tell whether the word that would bind is a noun: "no point in signing promises", "the offers"."""
    words = case.scene.words(case.binder)
    if case.binder.says["class"] != "say" or " " in words:
        return False
    before = case.scene.before(case.binder, _NEXT)
    return phrases_at_end(case.language, TOPIC, "nouns_behind").search(before) is not None


def _was_planned(case: Case, promise: Promise) -> bool:
    """Tell whether a plan is told of the past, as none any more: "was to allow", "had ruled out"."""
    if promise.kind == "not" and case.has("pluperfects", case.binder.start, case.binder.end):
        return True
    if promise.kind not in {"plan", "will"} or case.is_reported:
        return False
    before = case.scene.before(case.binder, _NEXT)
    had = phrases_at_end(case.language, TOPIC, "pluperfects").search(before)
    return had is not None or case.has("past_plans", case.binder.start, case.binder.end)


def _is_planned(case: Case, promise: Promise) -> bool:
    """Tell whether a plan or package that somebody presents is said to hold a deed."""
    return promise.kind == "say" and case.speaks and names_a_deed(case)


def is_denied(case: Case) -> bool:
    """Tell whether the words before a binder deny it: "denied that it had promised", "does not oblige"."""
    start, at = case.scene.sentence.start, case.binder.start
    if case.has("denials", max(start, at - CLOSE // 2), at):
        return True
    before = case.plain[max(start, at - _NEXT) : at]
    negated = phrases(case.language, "clauses", "negations").search(before)
    binds = case.binder.says["class"] in {"firm", "say", "plan", "give"}
    return binds and negated is not None and not set(before[negated.end() :]) & set(",;:")


def _is_of_another(case: Case, promise: Promise) -> bool:
    """Tell whether a state only owns what acts: "Canada's economy will grow"."""
    named = promise.subject.extent
    acts = promise.kind in {"will", "not", "plan"}
    if named is None or not acts or not case.plain.startswith("'s ", named.end):
        return False
    acting = phrases(case.language, "clauses", "heads")
    return acting.search(case.plain, named.end, min(case.binder.start, named.end + CLOSE // 3)) is None
