"""Participants that do not stand right before their verb: after it, in front, meant by "it", or excepted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Mention
from travesia.record.reading.scenes import PERSONS, Scene, before_in_paragraph, opening_state
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases, phrases_at_end

_TOPIC = "participation"

_NEAREST = 60
"""How far before a verb or a list what belongs to it stands at most, in code points."""

_WISH = 150
"""How far before a verb "urged" or "refused" may stand, in code points."""

_RELATIVE = 30
"""How far after "which" its verb stands at most, in code points."""

_FURTHEST = 110
"""How far after a verb that opens its sentence the subject starts at most, in code points."""

_BESIDE = 12
"""How far from words that speak of somebody he is named beside them, in code points."""

_BACK = ("not_invited", "boycotted", "signatory")
"""Roles for which a pronoun at the head of a sentence is looked up in the sentence before."""

_PARTICIPANTS = ("GPE", "GPE_METONYM", "PER", "PER_ROLE", "ORG", "NORP")


def participants(names: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return those of some names that can take part in something: no mere places."""
    return tuple(one for one in names if one.type in _PARTICIPANTS and not one.entity.startswith("plc:"))


def antecedent(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return whom "which" stands for: the name, or the list, right before the comma of its clause."""
    clause = scene.clause_of(cue)
    opens = _which(scene.found.text.language).match(scene.found.text.plain, clause.start, cue.start)
    near = [one for one in scene.actors() if one.end == clause.start]
    if opens is None or not near or any(opens.end() <= one.start < cue.start for one in scene.actors()):
        return ()
    if cue.start - opens.end() > _RELATIVE or scene.is_passive(cue):
        return ()
    return participants((near[0],) if cue.says["role"] == "host" else scene.listed_with(near[0]))


@cache
def _which(language: str) -> re.Pattern[str]:
    return re.compile(rf",\s+{phrases(language, _TOPIC, 'relatives').pattern}", re.IGNORECASE)


def is_of_another(scene: Scene, cue: Trigger) -> bool:
    """Tell whether something that nobody named stands right before a verb: "if the money does not come"."""
    language = scene.found.text.language
    before = scene.before(cue, _NEAREST)
    found = _thing(language).search(before)
    if found is None or cue.says["side"] != "before":
        return False
    start = cue.start - len(before) + found.start()
    return not any(one.end > start and one.start < cue.start for one in scene.mentions) and not (
        phrases(language, "clauses", "heads").search(found[0])
        or phrases(language, "clauses", "they").search(found[0])
        or phrases(language, "clauses", "titles").search(found[0])
    )


@cache
def _thing(language: str) -> re.Pattern[str]:
    """Match text that ends in an article and a noun or two."""
    articles = phrase_pattern(cues(language, _TOPIC)["articles"])
    unread = r"(?-i:[A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+)+),"
    return re.compile(rf"(?:{articles}\s*(?-i:[a-zà-ÿ][\w-]*)|{unread})\s+$", re.IGNORECASE)


def beside_unnamed(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return who does it with states that nobody names: "Peru and nineteen other countries signed"."""
    before = [one for one in scene.actors() if one.end <= cue.start]
    joined = bool(before) and scene.is_beside_unnamed(before[-1], cue)
    return participants(scene.listed_with(before[-1])) if joined else ()


def told_before(every: Sequence[Scene], scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return whom "it" or "they" at the head of a sentence stands for: the subject of the sentence before."""
    plain, language = scene.found.text.plain, scene.found.text.language
    if cue.says["role"] not in _BACK:
        return ()
    pronoun = phrases(language, _TOPIC, "pronouns").match(plain, scene.sentence.start, cue.start)
    named = any(one.start < cue.start for one in scene.actors())
    if pronoun is None or named or cue.start - pronoun.end() > _BESIDE:
        return ()
    last = before_in_paragraph(every, scene)
    if last is None:
        return ()
    subjects = last.seen_actors()
    return participants(last.listed_with(last.in_person(subjects[0]))) if subjects else ()


def goes_on(every: Sequence[Scene], scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the state that the sentence before opens with, where a verb has no subject: "Firmó con Perú"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    opens = phrases(language, _TOPIC, "no_subject").fullmatch(plain, scene.sentence.start, cue.start)
    if opens is None or cue.says["role"] not in _BACK:
        return ()
    state = opening_state(every, scene, _BESIDE)
    return (state,) if state is not None else ()


def with_aside(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return a later subject with an aside: "Spain came and Canada, though invited, sent nobody"."""
    plain = scene.found.text.plain
    before = [one for one in scene.actors() if one.end <= cue.start]
    if len(before) < 2 or scene.is_hidden(before[-1]):
        return ()
    aside = re.fullmatch(r",\s[^,;:.]{3,80},\s+", plain[before[-1].end : cue.start])
    joined = phrases(scene.found.text.language, "clauses", "joiners").search(
        plain, max(scene.sentence.start, before[-1].start - _BESIDE), before[-1].start
    )
    apart = re.search(r";\s(?:\w{1,3}[\s'])?$", scene.before(before[-1], _BESIDE))
    told = aside and (joined or apart) and before[-1].type not in PERSONS
    return participants((before[-1],)) if told else ()


def fronted(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the object that stands before its verb: "A Chile no lo invitaron"."""
    clause = scene.clause_of(cue)
    before = [one for one in scene.actors() if clause.start <= one.start and one.end <= cue.start]
    # "Cuba, whom nobody had asked": the words are a clause of their own.
    before = before or [one for one in scene.actors() if 0 <= clause.start - one.end <= len(", ")]
    if not before:
        return ()
    beside = cue.start - before[-1].end <= len(", ")
    return participants(scene.listed_with(before[-1] if beside else before[0]))


def late_subjects(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return who follows a verb that opens its sentence: "At the meeting took part as observers A and B"."""
    plain = scene.found.text.plain
    seen = [one for one in scene.seen_actors() if one.start >= cue.end]
    before = [one for one in scene.actors() if one.end <= cue.start]
    aside = bool(before) and plain[before[-1].end : cue.start].strip().endswith(",")
    sent_by = phrases(scene.found.text.language, _TOPIC, "signs_for").match(plain, scene.sentence.start)
    sent = len(before) == 1 and sent_by is not None and abs(before[0].start - sent_by.end()) <= 1
    if (
        (any(one.end <= cue.start for one in scene.seen_actors()) and not (aside or sent))
        or not seen
        or seen[0].start - cue.end > _FURTHEST
    ):
        return ()
    between = plain[cue.end : seen[0].start]
    if re.search(r"[.;:]|, (?!$)", between) or scene.is_author(cue):
        return ()
    names = participants(scene.listed_with(seen[0]))
    language = scene.found.text.language
    be = phrases(language, _TOPIC, "copulas").search(between)
    opens = phrases(language, _TOPIC, "openings").fullmatch(plain, scene.sentence.start, cue.start)
    first = cue.start - scene.sentence.start <= 2
    return names if be or opens or first or aside or sent else ()


def stand_in(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the person who stands in: the one right before the words, or their subject."""
    persons = [one for one in scene.actors() if one.type in PERSONS and one.end <= cue.start]
    if persons and cue.start - persons[-1].end <= _BESIDE:
        return (persons[-1],)
    subjects = [one for one in scene.subjects_of(cue) if one.type in PERSONS and one.end <= cue.start]
    return tuple(subjects[-1:])


def represented(scene: Scene, cue: Trigger) -> Mention | None:
    """Return the person who is represented by somebody, by name or office: the subject of the passive."""
    if cue.says["side"] != "after":
        return None
    if not says_by(scene, cue):
        # "The minister sent her deputy": who sends somebody is not there.
        sent = [one for one in scene.subjects_of(cue) if one.type in PERSONS and one.end <= cue.start]
        return sent[-1] if sent else None
    clause = scene.clause_of(cue)
    before = [one for one in scene.seen_actors() if clause.start <= one.start and one.end <= cue.start]
    before = before or [one for one in scene.seen_actors() if one.end <= cue.start]
    # "The president stayed in Lima and was represented by": who is meant stands a clause before.
    earlier = [one for one in scene.seen_actors() if one.end <= cue.start] if before else []
    return next((one for one in (*map(scene.in_person, before), *earlier) if one.type in PERSONS), None)


def says_by(scene: Scene, cue: Trigger) -> bool:
    """Tell whether a cue is of the passive, who did it named after it: "was represented by"."""
    by = phrases(scene.found.text.language, _TOPIC, "by")
    return cue.says["side"] == "after" and by.search(scene.words(cue)) is not None


def is_excepted(scene: Scene, one: Mention) -> bool:
    """Tell whether words such as "all but" stand before the list that a name belongs to."""
    first = next(other for other in scene.listed_with(one))
    before = scene.before(first, _NEAREST)
    return _but(scene.found.text.language).search(before) is not None


@cache
def _but(language: str) -> re.Pattern[str]:
    """Match text that ends in "except" and an article or an office."""
    section = cues(language, "clauses")
    small = phrase_pattern([*section["determiners"], *section["of"], *section["heads"]])
    return re.compile(rf"{phrases(language, _TOPIC, 'exceptions').pattern}\s*(?:{small}\s*)*$", re.IGNORECASE)


def is_only_wished(scene: Scene, cue: Trigger) -> bool:
    """Tell whether the words before a verb say that it tells of no deed: "urged Chile to"."""
    told = scene.before(cue, _WISH)
    return phrases_at_end(scene.found.text.language, _TOPIC, "not_done").search(told) is not None


def is_kept_away(scene: Scene, cue: Trigger, name: Mention) -> bool:
    """Tell whether something kept somebody away who was awaited: nobody boycotts a meeting for a storm."""
    plain, language = scene.found.text.plain, scene.found.text.language
    if phrases(language, _TOPIC, "deliberate").search(plain, scene.sentence.start, scene.sentence.end):
        return False
    clause = scene.clause_of(cue)
    start = min(name.start, clause.start)
    stop = re.compile(r";\s").search(plain, cue.end, scene.sentence.end)
    # What kept one away says nothing of the next: "the absence of Peru, and Chile, held up by floods,".
    listed = scene.listed_with(name)
    others = [one.start for one in scene.actors() if one.start > max(cue.end, name.end) and one not in listed]
    end = min([stop.start() if stop else scene.sentence.end, *others])
    return phrases(language, _TOPIC, "kept_away").search(plain, start, end) is not None


def is_apposed(scene: Scene, cue: Trigger) -> bool:
    """Tell whether words stand between commas after a name or an office: "Uruguay, host country, ..."."""
    plain, language = scene.found.text.plain, scene.found.text.language
    before = scene.before(cue, _BESIDE)
    named = any(0 < cue.start - one.end <= len(", the ") for one in scene.actors())
    office = phrases(language, "clauses", "titles").search(before) is not None
    # "The host, Ana Lima, said": whoever hosts is named after.
    opens = cue.start - scene.sentence.start <= 2
    after = any(
        one.type == "PER" and one.start - cue.end <= len(", ")
        for one in scene.mentions
        if one.start > cue.end
    )
    named = named or (opens and after)
    return plain[cue.end : cue.end + 1] == "," and (named or office)
