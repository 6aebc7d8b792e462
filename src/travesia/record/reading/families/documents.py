"""Instruments of a text: declarations, treaties and memoranda, by name or "a memorandum" that is signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from travesia.record.reading.families.gatherings import TOPIC, is_indefinite, noun_phrase
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers

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

    def signed_in(self, scene: Scene, cue: Extent) -> Instrument | None:
        """Return the instrument of a sentence that is nearest to the words for signing."""
        here = [
            (extent, one) for one in self.every for other, extent in one.told if other.number == scene.number
        ]
        return min(here, key=lambda one: _distance(one[0], cue), default=(None, None))[1]

    def meant(self, scene: Scene) -> Instrument | None:
        """Return the last declaration or agreement told before a sentence, or else the first after it."""
        fit = [one for one in self.every if one.kind in _DECLARATIONS]
        before = [
            (other.number, extent.start, one)
            for one in fit
            for other, extent in one.told
            if other.number <= scene.number
        ]
        if before:
            return max(before, key=lambda one: one[:2])[2]
        return fit[0] if fit else None


def _distance(one: Extent, other: Extent) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def instruments(found: Found, every: Sequence[Scene]) -> Instruments:
    """Find the instruments of a text: those that it names, and others that somebody signs."""
    known: dict[str, Instrument] = {}
    last: Instrument | None = None
    for scene in (one for one in every if not one.is_endless):
        for extent, given, kind in sorted(_places(scene), key=lambda one: one[0]):
            signed = given is None and _is_signed(scene, extent)
            if given is None and last is not None and not (signed and is_indefinite(scene, extent)):
                if is_indefinite(scene, extent):
                    continue
            elif given is not None or signed:
                name = given or _later(every, scene, extent, kind)
                key = name or record_id(found, "instrument", noun_phrase(scene, extent))
                last = known.setdefault(key, Instrument(key, kind, named=name is not None))
            if last is not None:
                last.told.append((scene, extent))
    return Instruments(tuple(known.values()))


def _later(every: Sequence[Scene], scene: Scene, extent: Extent, kind: str) -> str | None:
    """Return the id of an instrument that is signed before its name stands, if it does."""
    if not is_indefinite(scene, extent):
        for other in every[scene.number :]:
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
    taken = [one for one in (*scene.mentions, *scene.nested) if one.type in {"DOC", "EVENT", "ORG"}]
    for cue in find_triggers(scene.found.text, TOPIC, "documents", scene.sentence):
        if not any(one.overlaps(cue) for one in taken):
            yield Extent(cue.start, cue.end), None, str(cue.says["kind"])


def _is_signed(scene: Scene, extent: Extent) -> bool:
    """Tell whether words for signing stand in the sentence before a noun, or right after it."""
    cues = find_triggers(scene.found.text, "participation", "roles", scene.sentence)
    signing = [cue for cue in cues if cue.says["role"] == "signatory"]
    return any(_distance(cue, extent) <= 60 for cue in signing)
