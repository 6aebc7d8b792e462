"""Participation: who signed, hosted, attended, sent somebody else, stayed away or was not invited.

One record a participant. What it was that they took part in is the event or the instrument that the sentence
names, or the last one named before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from travesia.record.reading.families.who import states
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Mention, Proposal
from travesia.record.reading.scenes import ACTORS, Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

TOPIC = "participation"

_NEAREST = 60
"""How far after a cue its list of names starts at most, in code points."""

_PARTICIPANTS = ("GPE", "GPE_METONYM", "PER", "PER_ROLE", "ORG")


@dataclass(frozen=True)
class _Part:
    """A cue with those whom it speaks of and what they took part in."""

    scene: Scene
    cue: Trigger
    names: tuple[Mention, ...]
    of: str | None


def participation(found: Found) -> Iterator[Proposal]:
    """Propose one record a participant, in the order of the text."""
    every = scenes(found)
    proposed: set[tuple[str, str, str | None]] = set()
    for part in (one for scene in every for one in _parts(every, scene)):
        for name in part.names:
            key = (name.entity, part.cue.says["role"], part.of)
            if key not in proposed and not _refuted(key, proposed):
                proposed.add(key)
                yield _proposal(part, name)


def _refuted(key: tuple[str, str, str | None], proposed: set[tuple[str, str, str | None]]) -> bool:
    """Tell whether a firmer role of the same event is known: who stayed away did not attend."""
    actor, role, of = key
    firmer = {
        "attended": ("boycotted", "not_invited", "host", "attended_as_replacement", "expected"),
        "expected": ("boycotted", "not_invited", "host"),
    }.get(role, ())
    return any((actor, other, of) in proposed for other in firmer)


def _parts(every: Sequence[Scene], scene: Scene) -> Iterator[_Part]:
    taken: list[Extent] = []
    for cue in find_triggers(scene.found.text, TOPIC, "roles", scene.sentence):
        if any(cue.overlaps(one) for one in taken) or _inside_name(scene, cue):
            continue
        of = _object(every, scene, cue)
        names = _names(every, scene, cue) if of is not None else ()
        if names:
            taken.append(cue)
            yield _Part(scene, cue, names, of)


def _inside_name(scene: Scene, cue: Trigger) -> bool:
    return any(one.holds(cue) for one in scene.mentions)


def _names(every: Sequence[Scene], scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    if cue.says["side"] == "before":
        subjects = scene.subjects_of(cue)
        return tuple(one for one in subjects if one.type in _PARTICIPANTS and one.end <= cue.start)
    names = _list_after(scene, cue, scene.sentence.end)
    if names or scene.number + 1 >= len(every):
        return names
    return _items_below(every, scene)


def _list_after(scene: Scene, cue: Trigger, end: int) -> tuple[Mention, ...]:
    """Return the list of names that starts shortly after a cue."""
    after = [one for one in scene.actors() if one.type in ACTORS and cue.end <= one.start < end]
    if not after or after[0].start - cue.end > _NEAREST:
        return ()
    return scene.listed_with(after[0])


def _items_below(every: Sequence[Scene], scene: Scene) -> tuple[Mention, ...]:
    """Return the names of the lines of a list that a sentence ending in a colon announces."""
    if not scene.words(scene.sentence).rstrip().endswith(":"):
        return ()
    names: list[Mention] = []
    for below in every[scene.number + 1 :]:
        first = [one for one in below.mentions if one.type in _PARTICIPANTS]
        if below.sentence.kind not in {"item", "heading"} or not first:
            break
        names += below.listed_with(first[0])
    return tuple(names)


def _object(every: Sequence[Scene], scene: Scene, cue: Trigger) -> str | None:
    """Return the event or instrument that the sentence names nearest to the cue, or the last one before."""
    kinds = ("DOC",) if cue.says["role"] == "signatory" else ("EVENT",)
    fallback = ("EVENT", "DOC") if cue.says["role"] == "signatory" else ()
    for wanted in (kinds, fallback):
        here = [one for one in (*scene.mentions, *scene.nested) if one.type in wanted]
        if here:
            return min(here, key=lambda one: min(abs(one.start - cue.end), abs(cue.start - one.end))).entity
        before = [
            one
            for other in reversed(every[max(0, scene.number - 3) : scene.number])
            for one in reversed(other.mentions)
            if one.type in wanted
        ]
        if before:
            return before[0].entity
    return None


def _proposal(part: _Part, name: Mention) -> Proposal:
    scene, cue = part.scene, part.cue
    state = next(iter(states(scene, [name.entity])), None)
    fields: dict[str, Any] = {"actor": name.entity, "role": cue.says["role"], "of": part.of}
    slots = {"actor": Extent(name.start, name.end), "role": Extent(cue.start, cue.end)}
    if state is not None and state.startswith("cty:"):
        fields["for_state"] = state
    replaced = _replaced(part, name)
    if replaced is not None:
        fields["replaces"] = replaced.entity
        slots["replaces"] = Extent(replaced.start, replaced.end)
    if cue.says["role"] in {"boycotted", "not_invited"}:
        reason = _reason(scene, cue)
        fields |= {"reason": reason} if reason else {}
    return Proposal(
        id=record_id(scene.found, "participation", Extent(name.start, name.end), str(cue.says["role"])),
        type="participation", fields=fields, slots=slots,
        evidence=(Extent(name.start, name.end), Extent(cue.start, cue.end)),
        modality="scheduled" if cue.says["role"] == "expected" else "actual",
    )  # fmt: skip


def _replaced(part: _Part, name: Mention) -> Mention | None:
    """Return whom somebody stands in for: named after "in place of", or before "was represented by"."""
    if part.cue.says["role"] != "attended_as_replacement":
        return None
    scene, plain = part.scene, part.scene.found.text.plain
    if part.cue.says["side"] == "after":
        before = [one for one in scene.actors() if one.end <= part.cue.start and one.entity != name.entity]
        return before[-1] if before else None
    match = phrases(scene.found.text.language, TOPIC, "replaces").search(plain, name.end, scene.sentence.end)
    if match is None:
        return None
    after = [one for one in scene.actors() if 0 <= one.start - match.end() <= _NEAREST and one != name]
    return after[0] if after else None


def _reason(scene: Scene, cue: Trigger) -> str | None:
    plain, end = scene.found.text.plain, scene.sentence.end
    match = phrases(scene.found.text.language, TOPIC, "reasons").search(plain, cue.end, end)
    if match is None:
        return None
    stop = next((at for at in range(match.end(), end) if plain[at] in ".;"), end)
    return scene.found.text.original[match.start() : stop].strip()
