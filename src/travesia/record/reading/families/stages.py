"""Who has the word where: by the turns of a transcript, by the heading, by the dateline, by the opening."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

_TOPIC = "statements"

_TITLE = 40
"""How far after an office the name of its holder may stand, in code points."""

_OPENING = 8
"""In how many sentences from the start a text names who speaks in it."""

_PARTIES = 3
"""From how many states on a list at the opening names the parties of a declaration."""

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
        text = self.scenes[0].found.text.plain if self.scenes else ""
        return any(one.sentence.kind == "speaker" for one in self.scenes) or len(_TURN.findall(text)) > 1

    def voice(self, scene: Scene) -> Who:
        """Return who says "we" in a sentence."""
        return self.voices[scene.number]


def stage(scenes: Sequence[Scene]) -> Stage:
    """Find out who speaks where: by the turns of a transcript, by its heading, by its dateline."""
    byline = _byline(scenes)
    author = scenes[0].found.author if scenes else None
    home = author or _dateline(scenes)
    voice = byline if byline != NOBODY else Who((author,)) if author else _parties(scenes)
    opening = byline if byline.ids and not byline.ids[0].startswith("per:spokes") else Who((home,) if home else ())
    voices = []
    for scene in scenes:
        if scene.sentence.kind == "speaker":
            voice = _turn(scene, opening)
        elif (label := _TURN.match(scene.words(scene.sentence))) is not None:
            voice = _announced(scenes, scene, label[1])
        voices.append(voice)
    return Stage(tuple(scenes), tuple(voices), byline, home)


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
        heading = scene.sentence.kind == "heading" and bool(scene.dates)
        if places and (dated or heading or _opens(scene, places[0])):
            known = [scene.country_of(one.entity) for one in places]
            return next((one for one in known if one), None)
    return None


def _opens(scene: Scene, place: Mention) -> bool:
    """Tell whether a place opens a sentence as where it was written: "Lima, 3 may (EFE)." or "OTTAWA -"."""
    after = scene.words(Extent(place.end, scene.sentence.end))
    opened = place.start - scene.sentence.start <= 2
    return opened and re.match(r"[^.;\n]{0,50}?(?:\)|\s-|\.-|\d{4}\.)", after) is not None


def _parties(scenes: Sequence[Scene]) -> Who:
    """Return the states that the first sentence of a declaration lists: who says "they regret" in it."""
    for scene in scenes[:_OPENING]:
        lists = [scene.listed_with(one) for one in scene.actors() if scene.sentence.kind != "heading"]
        longest = max(lists, key=len, default=())
        ids = tuple(dict.fromkeys(scene.country_of(one.entity) or one.entity for one in longest))
        if len(ids) >= _PARTIES:
            return Who(ids)
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
