"""Who has the word where: by the turns of a transcript, by the heading, by the dateline, by the opening."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import phrases

_TOPIC = "statements"

_TITLE = 40
"""How far after an office the name of its holder may stand, in code points."""

_OPENING = 8
"""In how many sentences from the start a text names who speaks in it."""

_PARTIES = 3
"""From how many states on a list at the opening names the parties of a declaration."""

_MOST = 0.4
"""From which share of the names of states one is what a text tells of."""

_TURN = re.compile(
    r"([^\W\d_a-zà-ÿ][^\W\d_a-zà-ÿ]+(?:[ .'][^\W\d_a-zà-ÿ]+){0,5})(?: \([^)]{1,40}\))?\s?(?:\.\s?-|:)\s"
)
"""A turn of a transcript inside a line: "MINISTRA.- ", "QUESTION (Reuters): "."""


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
        return once(self, Stage._turns)

    def _turns(self) -> bool:
        text = self.scenes[0].found.text.plain if self.scenes else ""
        return any(one.sentence.kind == "speaker" for one in self.scenes) or len(_TURN.findall(text)) > 1

    def voice(self, scene: Scene) -> Who:
        """Return who says "we" in a sentence."""
        return self.voices[scene.number]


def stage_of(found: Found) -> Stage:
    """Find out who speaks where: by the turns of a transcript, by its heading, by its dateline."""
    return once(found, _stage)


def _stage(found: Found) -> Stage:
    every, author = scenes(found), found.author
    byline = _byline(every)
    home = author or _home(every)
    voice = byline if byline != NOBODY else Who((author,)) if author else _announcer(every)
    voice = voice if voice != NOBODY else _parties(every)
    opening = (
        byline if byline.ids and not byline.ids[0].startswith("per:spokes") else Who((home,) if home else ())
    )
    voices = []
    turns = len(_TURN.findall(found.text.plain)) > 1
    for scene in every:
        if scene.sentence.kind == "speaker":
            voice = _turn(scene, opening)
        elif turns and (label := _TURN.match(scene.words(scene.sentence))) is not None:
            voice = _announced(every, scene, label[1])
        voices.append(voice)
    return Stage(every, tuple(voices), byline, home)


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


def _home(scenes: Sequence[Scene]) -> str | None:
    """Return the state told of: of the dateline, of a sentence that a place opens, of most names."""
    opening = scenes[:_OPENING]
    for scene in opening:
        dated = scene.sentence.kind == "dateline" or scene.words(scene.sentence)[:60].isupper()
        if (dated or (scene.sentence.kind in {"heading", "item"} and scene.dates)) and (
            state := _place(scene)
        ):
            return state
    for scene in opening:
        places = [one for one in scene.mentions if one.entity.startswith(("plc:", "cty:"))]
        if places and places[0].start - scene.sentence.start <= 2 and (state := _place(scene)):
            return state
    named = Counter(
        one.entity
        for scene in scenes
        for one in scene.mentions
        if one.entity.startswith("cty:") and (one.type != "NORP" or one in scene.actors())
    )
    first = named.most_common(1)
    return first[0][0] if first and first[0][1] >= _MOST * named.total() else None


def _place(scene: Scene) -> str | None:
    places = [one for one in scene.mentions if one.entity.startswith(("plc:", "cty:"))]
    return next((state for one in places if (state := scene.country_of(one.entity))), None)


def _parties(scenes: Sequence[Scene]) -> Who:
    """Return the states that the first sentence of a declaration lists: who says "they regret" in it."""
    for scene in scenes[:_OPENING]:
        lists = [scene.listed_with(one) for one in scene.actors() if scene.sentence.kind != "heading"]
        longest = max(lists, key=len, default=())
        ids = tuple(dict.fromkeys(scene.country_of(one.entity) or one.entity for one in longest))
        if len(ids) >= _PARTIES:
            return Who(ids)
    return NOBODY


def _announcer(scenes: Sequence[Scene]) -> Who:
    """Return the state that announces something in the first sentence of a text: it says "we" in it."""
    for scene in [one for one in scenes[:_OPENING] if one.sentence.kind not in {"heading", "dateline"}][:2]:
        announces = phrases(scene.found.text.language, _TOPIC, "announces")
        for one in scene.seen_actors()[:1]:
            state = scene.country_of(one.entity)
            after = scene.words(Extent(one.end, min(scene.sentence.end, one.end + _TITLE)))
            if state and announces.match(after.lstrip()):
                return Who((state,))
    return NOBODY


def _turn(scene: Scene, opening: Who) -> Who:
    """Return who has the word after a line such as "SECRETARY BLINKEN:"; who only asks is nobody.

    Who answers ("A:") is whom the opening names.
    """
    extent = scene.sentence
    words = scene.words(extent).rstrip(" :")
    if phrases(scene.found.text.language, _TOPIC, "questions").fullmatch(words):
        return NOBODY
    if phrases(scene.found.text.language, _TOPIC, "answers").fullmatch(words) and opening != NOBODY:
        return opening
    named = [one for one in scene.mentions if one.type in {"PER", "PER_ROLE"}]
    if named:
        return Who((named[0].entity,))
    return Who((words,))


def _announced(scenes: Sequence[Scene], scene: Scene, label: str) -> Who:
    """Return who has the word by office alone: the person whom the text named with it before."""
    if phrases(scene.found.text.language, _TOPIC, "questions").fullmatch(label):
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
