"""Instruments of a text: declarations, treaties and memoranda, by name or "a memorandum" that is signed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from travesia.record.reading.families.gatherings import TOPIC, is_indefinite, noun_phrase
from travesia.record.reading.naming import named_id, record_id
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers

_HEADINGS = 4
"""Lines at the head of a text among which one may be its title."""

_SOON = 4
"""Within how many sentences "a declaration" that was adopted is named, its own included."""

_DECLARATIONS = ("political_declaration", "memorandum", "bilateral_agreement", "treaty")


@dataclass
class Instrument:
    """An instrument that a text speaks of: `told` are the places where it does, in order."""

    id: str
    kind: str
    named: bool
    told: list[tuple[Scene, Extent]] = field(default_factory=list)


@dataclass(frozen=True)
class Instruments:
    """All instruments of a text, in the order in which it first speaks of them."""

    every: tuple[Instrument, ...]

    def told_in(self, scene: Scene) -> list[tuple[Extent, Instrument]]:
        """Return what of a sentence speaks of which instrument."""
        return once(self, Instruments._by_sentence).get(scene.number, [])

    def signed_in(self, scene: Scene, cue: Extent) -> Instrument | None:
        """Return the instrument of a sentence that is nearest to the words for signing."""
        here = self.told_in(scene)
        return min(here, key=lambda one: one[0].distance(cue), default=(None, None))[1]

    def meant(self, scene: Scene) -> Instrument | None:
        """Return the last declaration or agreement told before a sentence, or else the first after it."""
        numbers, declared = once(self, Instruments._declared)
        at = bisect_right(numbers, scene.number)
        if at:
            return declared[at - 1]
        return next((one for one in self.every if one.kind in _DECLARATIONS), None)

    def own(self) -> Instrument | None:
        """Return the instrument that the text itself is: the declaration told in its first headings."""
        return once(self, Instruments._own)

    def _own(self) -> Instrument | None:
        heads = (
            one
            for one in self.every
            for scene, _ in one.told
            if scene.sentence.kind == "heading" and scene.number < _HEADINGS and one.kind in _DECLARATIONS
        )
        return next(heads, None)

    def _by_sentence(self) -> dict[int, list[tuple[Extent, Instrument]]]:
        found: dict[int, list[tuple[Extent, Instrument]]] = {}
        for one in self.every:
            for scene, extent in one.told:
                found.setdefault(scene.number, []).append((extent, one))
        return found

    def _declared(self) -> tuple[list[int], list[Instrument]]:
        """Return the places of declarations in the order of the text: their sentences, and which they are."""
        places = [
            (scene.number, extent.start, -rank, one)
            for rank, one in enumerate(self.every)
            for scene, extent in one.told
            if one.kind in _DECLARATIONS
        ]
        places.sort(key=lambda place: place[:3])
        return [place[0] for place in places], [place[3] for place in places]


def instruments(found: Found, every: Sequence[Scene]) -> Instruments:
    """Find the instruments of a text: those that it names, and others that somebody signs."""
    known: dict[str, Instrument] = {}
    names = {one.entity for one in found.mentions if one.type == "DOC"}
    for scene in (one for one in every if not one.is_endless):
        for extent, given, kind in sorted(_places(scene), key=lambda one: one[0]):
            last = _last(known, scene, extent, kind) if given is None else None
            indefinite = is_indefinite(scene, extent)
            if last is not None and (not indefinite or _apposed(last, scene, extent)):
                last.told.append((scene, extent))
            elif given is not None or _is_signed(scene, extent):
                name = _named_later(every, scene, given, kind) or _later(every, scene, extent, kind)
                key = name or record_id(found, "instrument", noun_phrase(scene, extent))
                known.setdefault(key, Instrument(key, kind, key in names)).told.append((scene, extent))
    return Instruments(tuple(known.values()))


def _last(known: Mapping[str, Instrument], scene: Scene, extent: Extent, kind: str) -> Instrument | None:
    """Return the instrument told last of the kind that a noun names, or told right before it."""
    told = [one for one in known.values() if one.kind == kind or _apposed(one, scene, extent)]
    return max(told, key=lambda one: one.told[-1][1].start, default=None)


def _apposed(last: Instrument, scene: Scene, extent: Extent) -> bool:
    """Tell whether a noun says what the name before it is: "the Lima Declaration, a four-page text"."""
    other, name = last.told[-1]
    between = scene.found.text.plain[name.end : extent.start]
    return other.number == scene.number and re.fullmatch(r",\s[\w\s-]{0,25}", between) is not None


def _named_later(every: Sequence[Scene], scene: Scene, given: str | None, kind: str) -> str | None:
    """Return the id of an instrument, that of its short name where a title holds the whole of it."""
    title = set(scene.words(scene.sentence).casefold().split())
    if given is None or scene.sentence.kind != "heading":
        return given
    for other in every[scene.number + 1 :]:
        for one in other.mentions:
            words = other.words(one).casefold().split()
            if one.type == "DOC" and len(words) > 1 and title.issuperset(words):
                return one.entity
    return given


def _later(every: Sequence[Scene], scene: Scene, extent: Extent, kind: str) -> str | None:
    """Return the id of an instrument that is signed before its name stands, if it does.

    "Adopted a declaration" and a name soon after are one; a definite noun is the next one named anywhere.
    """
    near = scene.number + _SOON if is_indefinite(scene, extent) else len(every)
    if near < len(every) and noun_phrase(scene, extent).end > extent.end:
        return None
    for other in every[scene.number : near]:
        for _, name, named in _places(other):
            if name is not None and named == kind:
                return name
    return None


def _places(scene: Scene) -> Iterator[tuple[Extent, str | None, str]]:
    named = [
        one for one in (*scene.mentions, *scene.nested) if one.type == "DOC" and one.entity.startswith("ins:")
    ]
    for one in named:
        kinds = find_triggers(scene.found.text, TOPIC, "instruments", one)
        yield Extent(one.start, one.end), one.entity, str(kinds[0].says["kind"]) if kinds else "other"
    title = _title(scene)
    if title is not None:
        yield title
        return
    taken = [one for one in (*scene.mentions, *scene.nested) if one.type in {"DOC", "EVENT", "ORG"}]
    for cue in find_triggers(scene.found.text, TOPIC, "documents", scene.sentence):
        if not any(one.overlaps(cue) for one in taken):
            yield Extent(cue.start, cue.end), None, str(cue.says["kind"])


def _title(scene: Scene) -> tuple[Extent, str | None, str] | None:
    """Return the instrument that a text itself is, by a heading that calls it a declaration."""
    if scene.sentence.kind != "heading" or scene.number >= _HEADINGS:
        return None
    cues = find_triggers(scene.found.text, TOPIC, "documents", scene.sentence)
    if not cues or cues[0].start > scene.sentence.start:
        return None
    ends = scene.found.text.original[cues[0].end : cues[0].end + 1] in {"", "\n", "\r"}
    alone = ends and len(scene.words(cues[0]).split()) > 1
    if not alone and noun_phrase(scene, cues[0]).end == cues[0].end:
        return None
    title = Extent(scene.sentence.start, cues[0].end if alone else scene.sentence.end)
    named = named_id("instrument", scene.words(title))
    return title, named, str(cues[0].says["kind"])


def _is_signed(scene: Scene, extent: Extent) -> bool:
    """Tell whether words for signing stand in the sentence before a noun, or right after it."""
    cues = find_triggers(scene.found.text, "participation", "roles", scene.sentence)
    signing = [cue for cue in cues if cue.says["role"] == "signatory"]
    return any(cue.distance(extent) <= 60 for cue in signing)
