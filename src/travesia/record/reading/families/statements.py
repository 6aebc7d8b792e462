"""Statements: who says what about what, and with which stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travesia.record.reading.families.when import date_near
from travesia.record.reading.families.who import NOBODY, Who, who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_LONGEST = 200
"""Longest topic, in code points."""


def statements(found: Found) -> Iterator[Proposal]:
    """Propose what named speakers say, in order; what nobody in particular says is left out."""
    every = scenes(found)
    for scene in every:
        if scene.sentence.kind in {"heading", "dateline", "speaker"}:
            continue
        said: set[tuple[str, ...]] = set()
        for verb in find_triggers(found.text, "statements", "verbs", scene.sentence):
            speaker = _speaker(every, scene, verb)
            if speaker != NOBODY and speaker.ids not in said:
                said.add(speaker.ids)
                yield _proposal(scene, verb, speaker)


def _speaker(every: Sequence[Scene], scene: Scene, verb: Trigger) -> Who:
    plain, language = scene.found.text.plain, scene.found.text.language
    if phrases(language, "statements", "sources").fullmatch(plain, verb.start, verb.end):
        after = [one for one in scene.actors() if 0 <= one.start - verb.end <= 25]
        if after:
            return Who((after[0].entity,), Extent(after[0].start, after[0].end))
    if _is_noun(scene, verb):
        return NOBODY
    speaker = who(every, scene, verb)
    if speaker.extent is None or verb.start - speaker.extent.end > _LONGEST // 2:
        return NOBODY
    return speaker


def _is_noun(scene: Scene, verb: Trigger) -> bool:
    """Tell whether a word that may be a verb is a noun here: an article or a preposition stands before it."""
    plain, language = scene.found.text.plain, scene.found.text.language
    before = plain[scene.sentence.start : verb.start].rstrip().rsplit(" ", 1)[-1]
    return any(
        phrases(language, "clauses", group).fullmatch(before) for group in ("determiners", "prepositions")
    )


def _proposal(scene: Scene, verb: Trigger, speaker: Who) -> Proposal:
    topic = _topic(scene, verb)
    fields: dict[str, Any] = {
        "speaker": speaker.ids[0] if len(speaker.ids) == 1 else list(speaker.ids),
        "stance": verb.says["stance"],
    }
    slots: dict[str, Extent] = {"stance": Extent(verb.start, verb.end)}
    if speaker.extent is not None:
        slots["speaker"] = speaker.extent
    if topic is not None:
        fields["topic"] = scene.found.text.original[topic.start : topic.end]
        slots["topic"] = topic
    date = date_near(scene, verb)
    value = date.value if date is not None else scene.found.published
    if value is not None:
        fields["date"] = value
    ends = [verb, *([speaker.extent] if speaker.extent else []), *([topic] if topic else [])]
    evidence = Extent(min(one.start for one in ends), max(one.end for one in ends))
    quoted = '"' in scene.words(evidence)
    return Proposal(
        id=record_id(scene.found, "statement", evidence), type="statement", fields=fields,
        evidence=(evidence,), certainty="quoted" if quoted else "reported", slots=slots,
        attribution=tuple(speaker.ids[:1]), abstained=() if topic else ("topic",),
    )  # fmt: skip


def _topic(scene: Scene, verb: Trigger) -> Extent | None:
    """Return what is said: the words after the verb and its "that", up to the end of the clause after it."""
    plain, end = scene.found.text.plain, scene.sentence.end
    start = verb.end
    opening = phrases(scene.found.text.language, "statements", "before_topic")
    while start < end and plain[start] in ' ,:"':
        start += 1
    match = opening.match(plain, start)
    if match is not None and match.end() < end:
        start = match.end()
    stops = [at for at in (plain.find(mark, start, end) for mark in (";", ". ")) if at >= 0]
    last = min([end, start + _LONGEST, *stops])
    words = plain[start:last]
    start += len(words) - len(words.lstrip(' ,:"'))
    words = words.strip(' ,:".')
    return Extent(start, start + len(words)) if len(words) > 3 else None
