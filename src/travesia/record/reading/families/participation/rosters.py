"""Rosters: the names to which words such as "signed", "hosted by" or "was not invited" belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.meetings.gatherings import TOPIC as EVENTS
from travesia.record.reading.families.meetings.gatherings import guest_after
from travesia.record.reading.families.participation.delegates import with_fellows
from travesia.record.reading.families.participation.hosts import host_named, with_host
from travesia.record.reading.families.participation.turned import (
    antecedent,
    beside_unnamed,
    fronted,
    goes_on,
    is_excepted,
    is_of_another,
    late_subjects,
    participants,
    stand_in,
    told_before,
    with_aside,
)
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import ACTORS, PERSONS, Scene, before_in_paragraph
from travesia.record.reading.triggers import Trigger, find_triggers, phrase_pattern, phrases

TOPIC = "participation"

_NEAREST = 60
"""How far after a cue its list of names starts at most, in code points."""

_SENT = 110
"""How far after "sent" the name of whom starts at most: his office stands between."""

_BESIDE = 12
"""How far before its words somebody who stands in is named beside them, in code points."""

_LIST = 3
"""How many names after a colon are a list."""

_TITLE = re.compile(r"(?<!\w)[A-ZÀ-Þ][\w.]{0,4}\.\s*$")
"""A form of address before a name, "Hon." or "M.": its stop ends no sentence."""

_QUOTE_ENDS = re.compile(r"[,.!?]\s?[\"»\u201d]|[\"»\u201d],")
"""After these is told who said it."""

_PARTICIPANTS = ("GPE", "GPE_METONYM", "PER", "PER_ROLE", "ORG")


@dataclass(frozen=True)
class Roster:
    """Names that a cue speaks of; `whole` where they are all; `state` of whoever sent them."""

    names: tuple[Mention, ...]
    whole: bool = False
    state: str | None = None


def roster(every: Sequence[Scene], scene: Scene, cue: Trigger) -> Roster:
    """Return the names to which a cue belongs: before it, after it, or below it line by line."""
    if cue.says["role"] == "attended_as_replacement" and cue.says["side"] == "after":
        return _sent(every, scene, cue)
    if cue.says["role"] == "attended_as_replacement":
        return Roster(stand_in(scene, cue))
    if cue.says["side"] == "by":
        return Roster(participants(scene.agents_of(cue)))
    if cue.says["side"] == "apposed":
        return Roster(participants([one for one in scene.actors() if one.end <= cue.start][-1:]))
    if cue.says["side"] == "fronted":
        return Roster(fronted(scene, cue))
    if cue.says["side"] == "before":
        names = _before(scene, cue)
        if cue.says["role"] == "signatory" and len(names) < _LIST:
            names = _after_colon(scene, cue) or names
        names = names or told_before(every, scene, cue)
        names = names or _among(scene, cue) or _right_after(scene, cue) or _after_colon(scene, cue)
    else:
        names = _after(scene, cue) or _after_colon(scene, cue)
    names = names or below(every, scene) or _namely(scene, cue)
    if cue.says["side"] == "before" and (not names or _is_with(scene, cue)):
        names = (*goes_on(every, scene, cue), *names)
    if names and not cue.says.get("one"):
        names = over_heads(scene, with_fellows(scene, cue, names))
    if cue.says["role"] == "signatory" and [one.type for one in names] == ["ORG"]:
        # A body that stands alone approves a plan; what it signs, a state or others sign too.
        names = ()
    names = _first_row(scene, names)
    if names:
        names = (*names, *(one for one in _likewise(scene, cue) if one not in names))
    if cue.says["role"] != "not_invited":
        names = tuple(one for one in names if not is_excepted(scene, one))
    return Roster(names, whole=not _is_part(scene, cue, names))


def _first_row(scene: Scene, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return names up to a semicolon after which others have a verb: "A, B and C; D and E abstained"."""
    plain = scene.found.text.plain
    stops = [n for n, (left, right) in enumerate(pairwise(names), 1) if ";" in plain[left.end : right.start]]
    verb = names and re.match(r"\s+(?-i:[a-zà-ÿ])", plain[names[-1].end : scene.sentence.end])
    return names[: stops[0]] if verb and len(stops) == 1 and stops[0] > 1 else names


def _is_with(scene: Scene, cue: Trigger) -> bool:
    """Tell whether what follows a verb is with whom: "firmó con Perú"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    return phrases(language, TOPIC, "with").match(plain, min(cue.end + 1, scene.sentence.end)) is not None


def _before(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    if together := beside_unnamed(scene, cue):
        return together
    if is_of_another(scene, cue) or _is_of_text(scene, cue):
        return ()
    told = antecedent(scene, cue) or host_named(scene, cue) or with_aside(scene, cue)
    if told:
        return told
    subjects = scene.subjects_of(cue)
    if subjects and subjects[0].start >= cue.end:
        return participants(subjects) if scene.is_passive(cue) else ()
    if not participants(subjects):
        return _nationals(scene, cue)
    if phrases(scene.found.text.language, "clauses", "they").search(scene.words(cue)):
        # "The Quito Process held its ninth round": what holds its own meeting is no guest of it.
        subjects = tuple(one for one in subjects if one.type != "ORG")
    return with_host(scene, participants(subjects))


def _is_of_text(scene: Scene, cue: Trigger) -> bool:
    """Tell whether a participle says of an instrument that it was signed: "the accord signed in 1999"."""
    participles = phrases(scene.found.text.language, TOPIC, "participles")
    if cue.says["role"] != "signatory" or participles.match(scene.words(cue)) is None:
        return False
    near = Extent(max(scene.sentence.start, cue.start - _NEAREST), cue.start)
    texts = find_triggers(scene.found.text, EVENTS, "documents", near)
    between = scene.words(Extent(texts[-1].end, cue.start)) if texts else "."
    return re.fullmatch(r"(?: [^\W\d_A-ZÀ-Þ]+){0,4} ", between) is not None


def _nationals(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return states named by what their officials are: "the Chilean and Peruvian presidents"."""
    clause, text = scene.clause_of(cue), scene.found.text
    names = [one for one in scene.mentions if one.type == "NORP" and clause.start <= one.start < cue.start]
    if len(names) < 2 or any(
        one.end <= cue.start and clause.holds(one) and one.type != "NORP" for one in scene.actors()
    ):
        return ()
    heads = phrases(text.language, "clauses", "heads")
    beside = text.plain[max(clause.start, names[0].start - 25) : names[0].start]
    after = text.plain[names[-1].end : cue.start]
    return tuple(names) if heads.search(beside) or heads.search(after) else ()


def over_heads(scene: Scene, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Add what a list goes on with after another office: "the presidents of A and the ministers of B"."""
    plain, heads = scene.found.text.plain, _next_heads(scene.found.text.language)
    kept = list(names)
    for one in scene.actors():
        if one.entity == scene.country_of(kept[-1].entity):
            continue  # "Ana Lima, Minister of Foreign Affairs of Peru"
        if one.start >= kept[-1].end and heads.fullmatch(plain[kept[-1].end : one.start]):
            kept += participants(scene.listed_with(one))
    for one in reversed(scene.actors()):
        between = plain[one.end : kept[0].start]
        office = kept[0].type == "PER_ROLE" and _next_office(scene.found.text.language).fullmatch(between)
        if one.end <= kept[0].start and (office or heads.fullmatch(between)):
            kept = [*participants(scene.listed_with(one)), *kept]
    return tuple(kept)


@cache
def _next_heads(language: str) -> re.Pattern[str]:
    """Match what joins two lists: a comma or "and", an office in the plural or not, and "of"."""
    section = cues(language, "clauses")
    joiner, small = (
        phrase_pattern(section["joiners"]),
        phrase_pattern([*section["determiners"], *section["of"]]),
    )
    heads = phrase_pattern(section["heads"])
    return re.compile(
        rf"\s*(?:[,;]\s*(?:{joiner})?|{joiner})\s*(?:{small}\s*)*(?:\w+\s+)?{heads}\s+"
        rf"(?:[\w'-]+\s+){{0,3}}?(?:{small}\s*)+", re.IGNORECASE,
    )  # fmt: skip


@cache
def _next_office(language: str) -> re.Pattern[str]:
    """Match what stands between a list and an office that it goes on with: ", the"."""
    section = cues(language, "clauses")
    small = phrase_pattern([*section["joiners"], *section["determiners"]])
    return re.compile(rf",\s+(?:{small}\s*)*", re.IGNORECASE)


def _likewise(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return others who share a role: "was kept off the list, as was Eritrea"."""
    plain, words = scene.found.text.plain, phrases(scene.found.text.language, TOPIC, "likewise")
    match = words.search(plain, cue.end, min(scene.sentence.end, cue.end + _NEAREST))
    if match is None or not plain[: match.start()].rstrip().endswith(","):
        return ()
    after = [one for one in scene.actors() if 0 <= one.start - match.end() <= _NEAREST]
    small = after and _inverted(scene.found.text.language).fullmatch(plain[match.end() : after[0].start])
    return participants(scene.listed_with(after[0])) if small else ()


def _among(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return those named of many who act: "twenty states, including Chile and Peru, signed"."""
    plain = scene.found.text.plain
    before = [one for one in scene.actors() if one.end <= cue.start]
    if not before or not re.fullmatch(r"\s*[,)]\s*(?:\w+\s+)?", plain[before[-1].end : cue.start]):
        return ()
    names = scene.listed_with(before[-1])
    words = phrases(scene.found.text.language, TOPIC, "parts_of_list")
    start = max(scene.sentence.start, names[0].start - 25)
    return participants(names) if words.search(plain, start, names[0].start) else ()


def _namely(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return some named after all: "delegates from eleven countries took part, among them Chile and Peru"."""
    plain = scene.found.text.plain
    words = phrases(scene.found.text.language, TOPIC, "parts_of_list")
    match = words.search(plain, cue.end, scene.sentence.end)
    after = [one for one in scene.actors() if match and 0 <= one.start - match.end() <= _BESIDE]
    if match is None or not after or not plain[: match.start()].rstrip().endswith((",", "(")):
        return ()
    names = participants(scene.listed_with(after[0]))
    return names if len(names) > 1 else ()


def _right_after(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the subjects of an inverted sentence: nothing but articles and offices stands between."""
    after = [one for one in scene.actors() if one.start >= cue.end]
    if not after:
        return ()
    between = scene.found.text.plain[cue.end : after[0].start]
    told = [one for one in scene.mentions if one.type in {"DOC", "EVENT"} and one.start < after[0].start]
    if told and cue.end < told[-1].end:
        between = scene.found.text.plain[told[-1].end : after[0].start]
    if _inverted(scene.found.text.language).fullmatch(between):
        return participants(scene.listed_with(after[0]))
    return late_subjects(scene, cue)


@cache
def _inverted(language: str) -> re.Pattern[str]:
    section = cues(language, "clauses")
    meetings = [one for entry in cues(language, EVENTS)["gatherings"] for one in entry["find"]]
    small = [*section["determiners"], *section["heads"], *section["of"], *section["titles"]]
    words = phrase_pattern([*small, *meetings])
    return re.compile(rf"\s*(?:{words}\s*)*", re.IGNORECASE)


def _after(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the list of names that starts shortly after a cue; one name or pair where it takes no list."""
    after = [one for one in scene.actors() if one.type in ACTORS and cue.end <= one.start]
    if not after or after[0].start - cue.end > _NEAREST:
        return ()
    between = _TITLE.sub("", scene.found.text.plain[cue.end : after[0].start])
    if phrases(scene.found.text.language, "clauses", "agents").search(between):
        return ()
    part = phrases(scene.found.text.language, TOPIC, "parts_of_list").search(between)
    if _QUOTE_ENDS.search(between):
        return ()
    stops = re.search(r"[.;:,]\s", between)
    office = phrases(scene.found.text.language, "clauses", "titles").search(between)
    if stops and not part and not office and not between.lstrip().startswith((":", ",")):
        return ()
    first = scene.in_person(after[0])
    names = tuple(one for one in participants(scene.listed_with(first)) if one.start >= first.start)
    if cue.says.get("one"):
        return _pair(scene, names)
    return names


def guests(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the persons whom somebody meets or receives: the list right after the words."""
    if not cue.says.get("guests"):
        return ()
    first = guest_after(scene, cue)
    if first is None:
        return ()
    return tuple(one for one in scene.listed_with(first) if one.type in PERSONS and one.start >= first.start)


def _pair(scene: Scene, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the names up to the first comma."""
    kept = list(names[:1])
    for left, right in pairwise(names):
        if "," in scene.found.text.plain[left.end : right.start]:
            break
        kept.append(right)
    return tuple(kept)


def _sent(every: Sequence[Scene], scene: Scene, cue: Trigger) -> Roster:
    """Return who was sent: the person named after the words, where they speak of a meeting.

    "She sent her deputy" goes on from a sentence that tells that somebody stayed away.
    """
    language, plain = scene.found.text.language, scene.found.text.plain
    before = Extent(scene.sentence.start, cue.start)
    roles = find_triggers(scene.found.text, TOPIC, "roles", before)
    sender, stayed = scene, [one for one in roles if one.says["role"] == "boycotted"]
    if not stayed and not any(before.holds(one) for one in scene.seen_actors()):
        sender = before_in_paragraph(every, scene) or scene
        roles = find_triggers(scene.found.text, TOPIC, "roles", sender.sentence)
        stayed = [one for one in roles if one.says["role"] == "boycotted" and sender is not scene]
    if not stayed and not phrases(language, TOPIC, "stead").search(plain, cue.start, scene.sentence.end):
        return Roster(())
    persons = [one for one in scene.actors() if one.type in PERSONS and one.start >= cue.end]
    if not persons or persons[0].start - cue.end > _SENT:
        return Roster(())
    if phrases(language, TOPIC, "replaces").search(plain, cue.end, persons[0].start):
        return Roster(())
    if len(persons) > 1 and re.fullmatch(r"(?:\s\w+){0,2},\s", plain[persons[0].end : persons[1].start]):
        # An office, and who holds it: "by the deputy minister of labour, Ana Lima".
        persons = persons[1:] if persons[1].type == "PER" else persons
    # Why somebody stays away may name others: "refused to go as Cuba was not invited, and sent his deputy".
    away = [one for one in stayed if one.says["side"] == "before"][-1:]
    senders = [who for one in away for who in _before(sender, one)] or participants(scene.subjects_of(cue))
    states = [state for one in senders if (state := scene.country_of(one.entity)) is not None]
    return Roster((persons[0],), state=states[-1] if states else None)


def _after_colon(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return a list that a colon sets off: "the following adopted it: Benin, Ghana and Togo"."""
    colon = scene.found.text.plain.find(":", cue.start, scene.sentence.end)
    after = [one for one in scene.actors() if one.start > colon]
    if colon < 0 or not after or after[0].start - colon > _NEAREST:
        return ()
    names = participants(scene.listed_with(after[0]))
    return names if len(names) >= _LIST else ()


def below(every: Sequence[Scene], scene: Scene) -> tuple[Mention, ...]:
    """Return the names of the lines of a list that a sentence ending in a colon announces."""
    if not scene.words(scene.sentence).rstrip().endswith(":"):
        return ()
    names: list[Mention] = []
    for below in every[scene.number + 1 :]:
        first = [one for one in below.mentions if one.type in _PARTICIPANTS]
        beside = below.number == scene.number + 1
        if (below.sentence.kind == "prose" and not beside) or not first or is_long(below):
            break
        names += participants(below.listed_with(first[0]))
    return tuple(names)


def is_long(scene: Scene) -> bool:
    """Tell whether a line holds much more than names."""
    named = sum(one.end - one.start for one in scene.mentions)
    return scene.sentence.end - scene.sentence.start > 3 * named + 30


def _is_part(scene: Scene, cue: Trigger, names: tuple[Mention, ...]) -> bool:
    """Tell whether words such as "including" say that not all are named."""
    if not names or cue.says.get("some"):
        return True
    start, end = min(cue.start, names[0].start - _NEAREST), max(cue.end, names[-1].end + 20)
    start, end = max(start, scene.sentence.start), min(end, scene.sentence.end)
    pattern = phrases(scene.found.text.language, TOPIC, "parts_of_list")
    return pattern.search(scene.found.text.plain, start, end) is not None
