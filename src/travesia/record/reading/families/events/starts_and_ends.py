"""Terms of measures: the days on which a programme, a rule or a permit starts, ends or was to end.

A day is such a term by the verb that governs it ("launched in March", "vence el 3 de febrero") or by the
word before it ("à compter du 1er juin", "until 31 December") where a measure is spoken of beside it. A
meeting that opens and a total counted since some year are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.meetings.gatherings import TOPIC, Gatherings
from travesia.record.reading.families.who import who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Proposal, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrase_pattern, phrases, phrases_at_end

_KINDS = {
    "start": "policy_start", "was_to_start": "policy_start",
    "end": "policy_expiry", "was_to_end": "policy_expiry",
}  # fmt: skip
"""What kind of event the words of the cue file tell."""

_GAP = 60
"""How far from its verb a day stands at most, in code points."""

_REACH = 110
"""How far from a day or its verb the measure's noun stands at most, in code points."""

_FRONT = 25
"""How far from the start of a clause a day still opens it, in code points."""

_LEAD = 25
"""How much of the words before a day says from or until when, in code points."""

_BESIDE = 110
"""How far from a day after "from" or "until" the measure is spoken of at most, in code points."""

_LONG = 14
"""Days that a period lasts at least to be the term of a measure and not of a meeting."""

_DAYS = len("2025-01-01/2025-01-31")

_BESIDE_IT = 3
"""How many sentences from the one that set a day for an end another may tell that it was stopped."""


@dataclass(frozen=True)
class Term:
    """A start or an end that a text tells: the sentence, the words, the day, ISO, and whether it came."""

    scene: Scene
    kind: str
    extent: Extent
    when: When
    day: str
    status: str
    by: tuple[str, ...] = ()
    sure: bool = False


def terms(every: Sequence[Scene], met: Gatherings) -> Iterator[Proposal]:
    """Propose the starts and ends of measures; one of a kind and a day is told once."""
    known: dict[tuple[str, str], list[Term]] = {}
    for scene in every:
        if scene.sentence.kind not in {"heading", "speaker"} and not scene.is_endless:
            for term in _terms(every, scene, met):
                known.setdefault((term.kind, term.day), []).append(term)
    for told in known.values():
        yield _proposal(sorted(told, key=lambda one: not one.sure))


def _proposal(told: Sequence[Term]) -> Proposal:
    first = told[0]
    fields: dict[str, Any] = {"kind": first.kind, "date": first.day, "status": first.status}
    if first.by:
        fields["participants"] = list(first.by)
    modality = {"prospective": "conditional"}.get(first.status, first.status)
    return Proposal(
        id=record_id(first.scene.found, "event", first.extent, first.kind), type="event", fields=fields,
        evidence=tuple(one.extent for one in told), modality=modality,
        slots={"kind": first.extent, "date": Extent(first.when.start, first.when.end)},
    )  # fmt: skip


def _terms(every: Sequence[Scene], scene: Scene, met: Gatherings) -> Iterator[Term]:
    found = find_triggers(scene.found.text, TOPIC, "terms", scene.sentence)
    for when in scene.dates:
        if when.value is None:
            continue
        cue = _governing(scene, found, when)
        ruled = cue is not None and when.relation != "until" and _is_ruling(scene, cue)
        if cue is not None and (ruled or _is_meeting(scene, cue, met)):
            continue
        for kind, day in _sides(every, scene, cue, when, met):
            extent = _extent(scene, cue, when)
            status = _status(every, scene, cue, when, kind)
            by = _by(every, scene, extent) if kind == "policy_start" else ()
            yield Term(scene, kind, extent, when, day, status, by, bool(cue and cue.says.get("sure")))


def _by(every: Sequence[Scene], scene: Scene, extent: Extent) -> tuple[str, ...]:
    """Return the state or body whose measure it is, where it is who acts in the clause."""
    acting = who(every, scene, extent)
    kinds = {one.entity: one.type for one in scene.actors()}
    return tuple(one for one in acting.ids if kinds.get(one) in {"GPE", "GPE_METONYM", "ORG"})


def _sides(
    every: Sequence[Scene], scene: Scene, cue: Trigger | None, when: When, met: Gatherings
) -> Iterator[tuple[str, str]]:
    """Yield which ends of a measure's time a day is, with the date of each."""
    value = str(when.value)
    first, _, last = value.partition("/")
    sure = cue is not None and bool(cue.says.get("sure"))
    told = str(cue.says["told"]) if cue is not None and (sure or _has_noun(every, scene, cue, when)) else None
    if when.relation == "until":
        # "Criarão, até dezembro, um mecanismo": what starts until a day is due by then.
        if told in {"end", "was_to_end"} or (cue is None and _runs(scene, when, met)):
            yield "policy_expiry", last or first
    elif value.endswith("~"):
        if told == "start" or _lasts(scene, cue, when):
            yield "policy_start", first
    elif last and _is_term(scene, when, met):
        yield "policy_start", first
        yield "policy_expiry", last
    elif when.relation in {"since", "after"}:
        # What is "suspended since" a day past is a state and no end.
        if told is not None and (told.endswith("start") or _is_ahead(scene, when)):
            yield _KINDS[told], value
        elif cue is None and _is_ahead(scene, when) and _speaks_of_measure(scene, when, met):
            yield "policy_start", first
    elif told is not None and (when.relation is None or sure) and (sure or not _is_period(scene, when)):
        yield _KINDS[told], value


def _is_period(scene: Scene, when: When) -> bool:
    """Tell whether a bare year is when something is to be done, and no day on which it starts."""
    return len(str(when.value)) == 4 and _is_ahead(scene, when)


def _governing(scene: Scene, found: Sequence[Trigger], when: When) -> Trigger | None:
    """Return the verb of starting or ending that a day belongs to: before it, or after an opening day."""
    before = [one for one in found if one.start < when.start and _joined(scene, one, when)]
    if before and _is_lead(before[-1], when):
        before.pop()
    if before:
        cue = max(before, key=lambda one: (one.end, one.end - one.start))
        return None if _is_attribute(scene, when) else cue
    if not _opens(scene, when) or _is_attribute(scene, when):
        return None
    after = [one for one in found if one.start >= when.end and _joined(scene, one, when)]
    first = min(after, key=lambda one: one.start, default=None)
    between = scene.words(Extent(when.end, first.start)) if first is not None else ""
    return None if "," in between.lstrip(", ") else first


def _is_lead(cue: Trigger, when: When) -> bool:
    """Tell whether a verb only says from when: "Beginning April 15, the department will accept"."""
    return not cue.says.get("sure") and when.relation == "since" and cue.end + 1 >= when.start


def _is_attribute(scene: Scene, when: When) -> bool:
    """Tell whether a day belongs to the noun before it: "the tripartite agreement of 2010"."""
    of = phrases_at_end(scene.found.text.language, TOPIC, "attribute")
    before = scene.before(when, _LEAD)
    return when.relation is None and of.search(before) is not None


def _joined(scene: Scene, cue: Extent, when: When) -> bool:
    between = cue.between(when)
    if between.end - between.start > _GAP:
        return False
    other = any(one is not when and one.value and between.overlaps(one) for one in scene.dates)
    return not other and re.search(r"[;:.?!]\s", scene.words(between)) is None


def _opens(scene: Scene, when: When) -> bool:
    """Tell whether a day opens its sentence, or what follows a comma or "and"."""
    before = scene.before(when, _FRONT)
    if when.start - scene.sentence.start <= _FRONT:
        return True
    return _fronted(scene.found.text.language).search(before) is not None


@cache
def _fronted(language: str) -> re.Pattern[str]:
    """Match text that ends in a comma or "and" with nothing but prepositions after it."""
    joiners, beside = phrase_pattern(cues(language, "clauses")["joiners"]), cues(language, "dates")["beside"]
    small = [one for name in ("since", "starting", "until", "between") for one in beside[name]]
    words = phrase_pattern([*map(re.escape, small), *cues(language, TOPIC)["places"]])
    return re.compile(rf"(?:[,;:]|{joiners})\s+(?:{words}\s*)*$", re.IGNORECASE)


def _is_ruling(scene: Scene, cue: Extent) -> bool:
    """Tell whether it is a court that starts or ends something: that is its decision."""
    kinds = find_triggers(scene.found.text, TOPIC, "kinds", scene.sentence)
    return any(one.says["kind"] == "court_decision" and one.overlaps(cue) for one in kinds)


def _is_meeting(scene: Scene, cue: Extent, met: Gatherings) -> bool:
    """Tell whether what opens or ends is a meeting: nearer to the verb than any measure's noun."""
    told = [one for one, _ in met.told_in(scene)]
    named = [Extent(one.start, one.end) for one in scene.mentions if one.type == "EVENT"]
    meetings = [one.distance(cue) for one in (*told, *named)]
    nouns = [one.distance(cue) for one in _nouns(scene)]
    return bool(meetings) and min(meetings) <= _GAP and min(meetings) <= min([*nouns, _REACH])


def _nouns(scene: Scene) -> Sequence[Extent]:
    """Return where a sentence speaks of measures by a common noun, or names one."""
    named = [Extent(one.start, one.end) for one in scene.mentions if one.entity.startswith("pol:")]
    return [*scene.stretches(TOPIC, "measures"), *named]


def _has_noun(every: Sequence[Scene], scene: Scene, cue: Trigger, when: When) -> bool:
    """Tell whether a measure is what starts or ends: its noun stands beside the verb, or "it" takes it up."""
    start, end = min(cue.start, when.start), max(cue.end, when.end)
    near = Extent(max(scene.sentence.start, start - _REACH), min(scene.sentence.end, end + _GAP // 2))
    if any(near.holds(one) for one in _nouns(scene)):
        return True
    follows = _opens_sentence(scene, cue) and scene.number > 0
    return follows and bool(_nouns(every[scene.number - 1]))


def _opens_sentence(scene: Scene, cue: Trigger) -> bool:
    """Tell whether only a pronoun or nothing stands before a verb in its sentence."""
    return len(scene.words(Extent(scene.sentence.start, cue.start)).split()) <= 2


def _speaks_of_measure(scene: Scene, when: When, met: Gatherings) -> bool:
    """Tell whether a day after "from" or "until" is that of a measure: no meeting's, no sum's period."""
    clause = scene.clause_of(when)
    paid = any(one.kind == "MONEY" and clause.holds(one) for one in scene.quantities)
    if any(clause.overlaps(one) for one, _ in met.told_in(scene)) or (paid and len(str(when.value)) == 4):
        return False
    return _measure_near(scene, when) is not None


def _measure_near(scene: Scene, when: When) -> Extent | None:
    """Return the measure's noun, or what a measure does, that stands beside a day."""
    near = Extent(
        max(scene.sentence.start, when.start - _BESIDE), min(scene.sentence.end, when.end + _BESIDE)
    )
    acts = phrases(scene.found.text.language, TOPIC, "acts").finditer(
        scene.found.text.plain, near.start, near.end
    )
    found = [Extent(one.start(), one.end()) for one in acts]
    found += [one for one in _nouns(scene) if near.holds(one)]
    free = [one for one in found if not re.search(r"[;:.]\s", scene.words(one.between(when)))]
    return min(free, key=lambda one: (one.start > when.start, one.distance(when)), default=None)


def _runs(scene: Scene, when: When, met: Gatherings) -> bool:
    """Tell whether a measure runs until a day: a count until then is a target."""
    clause = scene.clause_of(when)
    counted = any(clause.holds(one) for one in scene.quantities)
    return _is_ahead(scene, when) and not counted and _speaks_of_measure(scene, when, met)


def _lasts(scene: Scene, cue: Extent | None, when: When) -> bool:
    """Tell whether something applies since a day: no total counted since then, no trend."""
    lasting = phrases(scene.found.text.language, TOPIC, "lasting")
    plain, start = scene.found.text.plain, max(scene.sentence.start, when.start - _GAP - _LEAD)
    start = max(start, cue.end) if cue is not None and cue.end < when.start else start
    if lasting.search(plain, start, when.start):
        return True
    end = min(scene.sentence.end, when.end + _REACH)
    return _opens(scene, when) and lasting.search(plain, when.end, end) is not None


def _is_term(scene: Scene, when: When, met: Gatherings) -> bool:
    """Tell whether a period is a measure's: from one day to another, weeks or longer, beside its noun."""
    to = phrases(scene.found.text.language, TOPIC, "to").search(scene.words(when))
    if to is None or when.first is None or when.last is None or len(str(when.value)) < _DAYS:
        return False
    days = (date.fromisoformat(when.last) - date.fromisoformat(when.first)).days
    return days >= _LONG and _speaks_of_measure(scene, when, met)


def _is_ahead(scene: Scene, when: When) -> bool:
    published = scene.found.published
    last = (when.last or when.first or "")[: len(published or "")]
    return published is not None and last >= published


def _extent(scene: Scene, cue: Trigger | None, when: When) -> Extent:
    """Return the verb and the day, with the word before it that says from or until when."""
    if cue is not None:
        return Extent(min(cue.start, when.start), max(cue.end, when.end))
    beside = _measure_near(scene, when) or when
    return Extent(min(beside.start, when.start), max(beside.end, when.end))


def _status(every: Sequence[Scene], scene: Scene, cue: Trigger | None, when: When, kind: str) -> str:
    published = scene.found.published or ""
    first = str(when.first or "")[: len(published)]
    told = cue.says.get("told") if cue is not None else None
    if cue is not None and told == "was_to_end" and _lived_on(every, scene, cue):
        return "did_not_happen"
    if told == "was_to_start" and _is_stopped(scene):
        return "did_not_happen"
    if kind == "policy_expiry" and when.last is not None and str(when.value).count("/"):
        first = when.last[: len(published)]
    if not published:
        planned = scene.modality(cue or when) in {"intended", "scheduled"}
        return "scheduled" if planned or when.relation == "until" else "actual"
    if first <= published:
        return "actual"
    conditional = phrases(scene.found.text.language, TOPIC, "if_only")
    near = Extent(
        max(scene.sentence.start, when.start - _REACH), min(scene.sentence.end, when.end + _REACH // 2)
    )
    return "prospective" if conditional.search(scene.words(near)) else "scheduled"


def _is_stopped(scene: Scene) -> bool:
    """Tell whether what was to start was stopped or put off, by the words of the sentence."""
    stopped = phrases(scene.found.text.language, TOPIC, "stopped")
    return stopped.search(scene.words(scene.sentence)) is not None


def _lived_on(every: Sequence[Scene], scene: Scene, cue: Extent) -> bool:
    """Tell whether a measure that was to end was kept or prolonged, there or in the sentences beside it."""
    stopped = phrases(scene.found.text.language, TOPIC, "lived_on")
    for other in every[max(0, scene.number - _BESIDE_IT) : scene.number + _BESIDE_IT]:
        start = cue.end if other is scene else other.sentence.start
        if stopped.search(other.found.text.plain, start, other.sentence.end):
            return True
    return False
