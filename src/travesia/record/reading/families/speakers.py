"""Who says it: before the verb, after it, after "according to", at the head of a list or of a turn to speak.

A speaker without a name ("the opposition", "relief actors") is kept in the words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrase_pattern, phrases, within

_TOPIC = "statements"
_BEHIND = 70
"""How far after "according to" or an inverted verb the speaker is looked for, in code points."""

_LONGEST = 2500
"""Longest sentence that is read for who does what, in code points: longer ones are lines of data."""

_TITLE = 40
"""How far after an office the name of its holder may stand, in code points."""

_OPENING = 8
"""In how many sentences from the start a text names who speaks in it."""

_TURN = re.compile(
    r"^[^\W\d_a-z][^\Wa-z ]{2,20}(?: [^\Wa-z]+| \([^()\n]{1,40}\)){0,5}\.? ?[-:]{1,2} ", re.MULTILINE
)
"""How a line of a transcript names who speaks: in capitals, before a dash or colon."""


@dataclass(frozen=True)
class Stage:
    """The sentences of a text, who speaks in each of them as "I" or "we", and the state that it speaks of.

    `voices` holds a speaker for each sentence; `home` is the author's state or that of the dateline.
    """

    scenes: tuple[Scene, ...]
    voices: tuple[Who, ...]
    byline: Who
    home: str | None

    @property
    def has_turns(self) -> bool:
        """Tell whether lines of their own name who speaks next, as in a transcript."""
        text = self.scenes[0].found.text.plain if self.scenes else ""
        return any(one.sentence.kind == "speaker" for one in self.scenes) or len(_TURN.findall(text)) > 1

    def voice(self, scene: Scene) -> Who:
        """Return who says "we" in a sentence."""
        return self.voices[scene.number]


def stage(scenes: Sequence[Scene]) -> Stage:
    """Find out who speaks where: by the turns of a transcript, by its heading, by its dateline."""
    byline = _byline(scenes)
    author = scenes[0].found.author if scenes else None
    voice = byline if byline != NOBODY else Who((author,)) if author else NOBODY
    voices = []
    for scene in scenes:
        if scene.sentence.kind == "speaker":
            voice = _turn(scene)
        elif (label := _TURN.match(scene.words(scene.sentence))) is not None:
            voice = _announced(scenes, scene, label[1])
        voices.append(voice)
    return Stage(tuple(scenes), tuple(voices), byline, author or _dateline(scenes))


def _byline(scenes: Sequence[Scene]) -> Who:
    """Return the one person named in the lines above the text."""
    people: dict[str, Extent] = {}
    for scene in scenes[:_OPENING]:
        if scene.sentence.kind not in {"heading", "dateline"}:
            break
        for one in scene.mentions:
            if one.type in {"PER", "PER_ROLE"}:
                people.setdefault(one.entity, Extent(one.start, one.end))
    return Who(tuple(people)) if len(people) == 1 else NOBODY


def _dateline(scenes: Sequence[Scene]) -> str | None:
    """Return the state of the place that the first lines are dated from."""
    for scene in scenes[:_OPENING]:
        places = [one for one in scene.mentions if one.entity.startswith(("plc:", "cty:"))]
        dated = scene.sentence.kind == "dateline" or scene.words(scene.sentence)[:60].isupper()
        if places and (dated or places[0].start - scene.sentence.start <= 2):
            known = [scene.country_of(one.entity) for one in places]
            return next((one for one in known if one), None)
    return None


def _turn(scene: Scene) -> Who:
    """Return who has the word after a line such as "SECRETARY BLINKEN:"; who only asks is nobody."""
    extent = scene.sentence
    words = scene.words(extent).rstrip(" :")
    if phrases(scene.found.text.language, _TOPIC, "questions").fullmatch(words):
        return NOBODY
    named = [one for one in scene.mentions if one.type in {"PER", "PER_ROLE"}]
    if named:
        return Who((named[0].entity,), Extent(named[0].start, named[0].end))
    return Who((words,), Extent(extent.start, extent.start + len(words)))


_TURN = re.compile(
    r"([^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ]+(?:[ .'][^\W\d_a-zà-ÿ]+){0,5})(?: \([^)]{1,40}\))?\s?(?:\.\s?-|:)\s"
)
"""A turn of a transcript inside a line: "MINISTRA.- ", "QUESTION (Reuters): "."""


def _announced(scenes: Sequence[Scene], scene: Scene, label: str) -> Who:
    """Return who has the word by office alone: the person whom the text named with it before."""
    if _cue(scene, _TOPIC, "questions").fullmatch(label):
        return NOBODY
    words = label.rsplit(maxsplit=1)[-1]
    for before in scenes[: scene.number + 1]:
        named = [one for one in before.mentions if one.type == "PER"]
        for match in re.finditer(rf"\b{re.escape(words)}\b", before.words(before.sentence), re.I):
            at = before.sentence.start + match.end()
            near = [one for one in named if 0 <= one.start - at <= _TITLE and not _cut(before, at, one)]
            if near:
                return Who((near[0].entity,))
    return Who((label,))


def _cut(scene: Scene, at: int, person: Extent) -> bool:
    return re.search(r"[.;:]", scene.words(Extent(at, person.start))) is not None


def speaker(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    """Return who says what a verb says; nobody where the text leaves it open."""
    behind = inverted(stage, scene, verb, says)
    if behind != NOBODY:
        return behind
    if _cue(scene, _TOPIC, "first").fullmatch(scene.words(verb)):
        return stage.voice(scene)
    agent = _cue(scene, "clauses", "agents").search(scene.found.text.plain, verb.end, scene.sentence.end)
    follows = agent is not None and agent.start() - verb.end <= 1
    if scene.is_passive(verb) or follows:
        near = [one for one in candidates(scene) if agent and 0 <= one.start - agent.end() <= _BEHIND // 2]
        return _named(stage, scene, near)
    return _subject(stage, scene, verb, says)


def after_source(stage: Stage, scene: Scene, cue: Extent) -> Who:
    """Return who stands after "according to"."""
    reach = Extent(cue.end, min(scene.sentence.end, cue.end + _BEHIND))
    stop = re.compile(r'[,;:"]').search(scene.found.text.plain, reach.start, reach.end)
    last = stop.start() if stop else reach.end
    near = [one for one in candidates(scene) if cue.end <= one.start < last]
    return _named(stage, scene, near)


def _cue(scene: Scene, topic: str, group: str) -> re.Pattern[str]:
    return phrases(scene.found.text.language, topic, group)


def _named(stage: Stage, scene: Scene, near: Sequence[Mention]) -> Who:
    """Return the first of some candidates, or the person who follows it: "its minister, Eleni Karras"."""
    if not near:
        return NOBODY
    for one in candidates(scene):
        if one.start >= near[0].end and one.type == "PER" and _apposed(scene, near[0], one):
            return _first(stage, scene, (one,), near[0].start)
    return _first(stage, scene, _together(scene, near[0]))


def _apposed(scene: Scene, office: Extent, person: Extent) -> bool:
    """Tell whether a name only adds to an office before it: at most a comma between, a pause after it."""
    between = scene.words(Extent(office.end, person.start))
    after = scene.words(Extent(person.end, scene.sentence.end))
    if len(between.split()) > 7 or not re.fullmatch(r"[\w' -]*,?[\w' -]*", between):
        return False
    return "," not in between or re.match(r'\s*[,.;:"]|\s*$', after) is not None


def inverted(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    """Return who follows a verb of saying after a quote or a comma: "..., said the minister"."""
    plain = scene.found.text.plain
    before = plain[max(scene.sentence.start, verb.start - 5) : verb.start].rstrip()
    opened = before.endswith(('"', '",', '" ,'))
    if not opened and not (says and before.endswith((",", ", a", ", ha"))):
        return NOBODY
    stop = re.compile(r'[;:"]|\b(?:that\b|que\b|qu\')').search(plain, verb.end, scene.sentence.end)
    last = min(stop.start() if stop else scene.sentence.end, verb.end + _BEHIND)
    near = [one for one in candidates(scene) if verb.end <= one.start < last]
    between = plain[verb.end : near[0].start] if near else ""
    if len(between.split()) > 7 or ("," in between and near[0].type != "PER"):
        return NOBODY
    return _named(stage, scene, near)


def _subject(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    clause = scene.clause_of(verb)
    shown = [one for one in candidates(scene) if not scene.is_hidden(one)]
    here = [one for one in shown if clause.start <= one.start and one.end <= verb.start]
    if here:
        tail = tail_of(scene, verb) if says else None
        last = [one for one in here if tail and one.start >= tail.start]
        near = [one for one in here if len(scene.words(Extent(one.end, verb.start)).split()) <= 2]
        return _first(stage, scene, _together(scene, (last or near[-1:] or here)[0]))
    if scene.is_author(verb):
        return stage.voice(scene)
    if _pronoun(scene, clause, verb):
        return _earlier(stage, scene)
    before = [one for one in candidates(scene) if one.end <= clause.start]
    if before and _cue(scene, _TOPIC, "relatives").match(scene.words(clause).lstrip(" ,")):
        return _first(stage, scene, _together(scene, before[-1]))
    if _joined(scene, clause) and (earlier := [one for one in before if one in shown]):
        return _first(stage, scene, _together(scene, earlier[0]))
    if re.fullmatch(r"\W*(?:\w{1,2}[.)]\s*)?", scene.words(Extent(scene.sentence.start, verb.start))):
        return _head(stage, scene)
    return NOBODY


def tail_of(scene: Scene, verb: Extent) -> Extent | None:
    """Return the last words of a sentence where they only say who said the rest: ", a spokesman said"."""
    plain, sentence = scene.found.text.plain, scene.sentence
    start = max(plain.rfind(mark, sentence.start, verb.start) for mark in (",", '"'))
    rest = plain[verb.end : sentence.end].strip(' ."')
    dated = any(0 <= one.start - verb.end <= 8 and len(rest) < 40 for one in scene.dates)
    told = _cue(scene, _TOPIC, "told").match(rest)
    ends = not rest or dated or (told is not None and len(rest) < 60)
    return Extent(start + 1, verb.end) if start > sentence.start and ends else None


def _joined(scene: Scene, clause: Extent) -> bool:
    """Tell whether a clause goes on with the subject before it: after "and", a comma, "who", a dash."""
    return scene.words(Extent(clause.start, min(clause.end, clause.start + 2))).strip()[:1] not in {":", ";"}


def _pronoun(scene: Scene, clause: Extent, verb: Extent) -> bool:
    near = Extent(max(clause.start, verb.start - 40), verb.start)
    return _pronouns(scene.found.text.language).search(scene.words(near)) is not None


@cache
def _pronouns(language: str) -> re.Pattern[str]:
    """Match a pronoun shortly before the end, with at most two words after it."""
    return re.compile(rf"{phrase_pattern(cues(language, 'clauses')['they'])}(?:\s\S+){{0,2}}\s*$", re.I)


def _earlier(stage: Stage, scene: Scene) -> Who:
    for before in reversed(stage.scenes[max(0, scene.number - 2) : scene.number]):
        shown = [one for one in candidates(before) if not before.is_hidden(one)]
        if shown:
            return _first(stage, before, _together(before, shown[0]), at=None)
    return NOBODY


def _head(stage: Stage, scene: Scene) -> Who:
    """Return the subject that introduces a list: "The ministers:" a few lines above."""
    for before in reversed(stage.scenes[max(0, scene.number - 30) : scene.number]):
        if before.words(before.sentence).rstrip().endswith(":"):
            shown = [one for one in candidates(before) if not before.is_hidden(one)]
            return _first(stage, before, _together(before, shown[0]), at=None) if shown else NOBODY
    return NOBODY


def _first(stage: Stage, scene: Scene, ones: Sequence[Mention], at: int | None = -1) -> Who:
    """Return some mentions as speakers; without an extent (`at` is none) where they stand elsewhere."""
    ids = [stage.home or one.entity if one.entity == "government" else one.entity for one in ones]
    if not ids:
        return NOBODY
    extent = None if at is None else Extent(ones[0].start if at < 0 else at, ones[-1].end)
    return Who(tuple(dict.fromkeys(ids)), extent)


def is_too_long(scene: Scene) -> bool:
    """Tell whether a sentence is rather a table or a line of data."""
    return scene.sentence.end - scene.sentence.start > _LONGEST


def candidates(scene: Scene) -> tuple[Mention, ...]:
    """Return who may speak in a sentence: those who can act, and speakers without a name."""
    return once(scene, _candidates)


def _candidates(scene: Scene) -> tuple[Mention, ...]:
    if is_too_long(scene):
        return ()
    plain, original = scene.found.text.plain, scene.found.text.original
    actors = [one for one in scene.actors() if not _in_office(scene, one)]
    nouns: list[Mention] = []
    for group in ("governments", "offices", "speakers"):
        for match in _cue(scene, _TOPIC, group).finditer(plain, scene.sentence.start, scene.sentence.end):
            noun = _whole(scene, Extent(match.start(), match.end()))
            joined = next((one for one in nouns if one.end + 1 == noun.start or noun.holds(one)), None)
            if joined is not None and joined.entity != "government":
                nouns.remove(joined)
                noun = Extent(min(joined.start, noun.start), noun.end)
            if any(one.overlaps(noun) or _titles(noun, one) for one in (*actors, *nouns)):
                continue
            words = "government" if group == "governments" else original[noun.start : noun.end]
            whose = _whose(scene, noun) if group == "offices" else None
            nouns.append(Mention(noun.start, noun.end, "GROUP", whose or words))
    return tuple(sorted([*actors, *nouns], key=lambda one: one.start))


def _in_office(scene: Scene, state: Mention) -> bool:
    """Tell whether a state or body only says whose office a person after it holds: "Mexican President X"."""
    if state.type == "PER":
        return False
    for person in within(scene.mentions, Extent(state.end, state.end + _BEHIND)):
        if person.type == "PER":
            between = scene.words(Extent(state.end, person.start))
            before = scene.words(Extent(max(scene.sentence.start, state.start - 60), state.start))
            office = _cue(scene, _TOPIC, "offices")
            if re.fullmatch(r"(?:'s)?,? ?(?:[\w'-]+ ){0,6}", between) and office.search(between):
                return True
            return between in {", ", " "} and re.search(office.pattern + _OF, before, re.I) is not None
    return False


_OF = (
    r"\s+(?:\w+\s+){0,2}?(?:of|for|de|du|des|da|do|del|d'|of the|de la|de l')\s*(?:the\s+|la\s+|los\s+|l')?$"
)


def _whose(scene: Scene, office: Extent) -> str | None:
    """Return for whom an officer without a name speaks: "a spokesman for the White House", "its minister"."""
    for one in scene.mentions:
        if one.type in {"GPE", "ORG", "GPE_METONYM"} and office.end < one.start <= office.end + 30:
            between = scene.words(Extent(office.end, one.start))
            return one.entity if re.fullmatch(_OF, between, re.I) else None
        if one.type in {"GPE", "ORG", "NORP"} and (_touch(one, office) or office.holds(one)):
            return one.entity
    return None


def _titles(noun: Extent, name: Extent) -> bool:
    """Tell whether a noun is only the title of the name right after it."""
    return 0 <= name.start - noun.end <= 1


def _together(scene: Scene, one: Mention) -> tuple[Mention, ...]:
    """Return the list that a speaker belongs to, or the speaker alone."""
    speakers = candidates(scene)
    return tuple(each for each in scene.listed_with(one) if each in speakers) or (one,)


def _whole(scene: Scene, noun: Extent) -> Extent:
    """Return a noun with the nationality beside it."""
    beside = [one for one in scene.mentions if one.type == "NORP" and _touch(one, noun)]
    return Extent(
        min([noun.start, *(one.start for one in beside)]), max([noun.end, *(one.end for one in beside)])
    )


def _touch(one: Extent, other: Extent) -> bool:
    return one.start - other.end == 1 or other.start - one.end == 1
