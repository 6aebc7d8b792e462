"""Summing up: what the parts of a whole text say of one another, once all of its sentences are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from travesia.record.reading.families.meetings.gatherings import Gatherings
from travesia.record.reading.families.participation.having_the_floor import heard_at
from travesia.record.reading.families.participation.part import Part
from travesia.record.reading.families.participation.turned import says_by
from travesia.record.reading.scenes import PERSONS, Scene

_FIRMER = {
    "attended": ("boycotted", "not_invited", "attended_as_replacement"),
    "expected": ("boycotted", "not_invited", "attended_as_replacement", "attended"),
}
"""Roles that leave no room for a weaker one at the same event."""

_SEVERAL = 3
"""Of how many it is told at least what they did at a meeting, or signed, where a text reports it."""


def summed_up(
    every: Sequence[Scene], met: Gatherings, found: Mapping[tuple[str, str, str], Part]
) -> tuple[Part, ...]:
    """Return the parts of a text, by actor, role and of what, each in the role that it has after all."""
    kept = [*_replacing(unrefuted(found))]
    return (*kept, *_replaced_by(kept), *_heard(every, met, kept))


def unrefuted(found: Mapping[tuple[str, str, str], Part]) -> list[Part]:
    """Return the parts of which no firmer one at the same event is known: who stayed away did not attend."""
    return [
        part
        for (actor, role, of), part in found.items()
        if not any((actor, other, of) in found for other in _FIRMER.get(role, ()))
    ]


def _replacing(kept: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts; who stands in for nobody named stands in for who of his state stayed away."""
    away = [part for part in kept if part.role == "boycotted" and part.name.type in PERSONS]
    for part in kept:
        if part.role != "attended_as_replacement":
            yield part
            continue
        own = part.for_state
        near = [one for one in away if own in (None, one.for_state)]
        near = [one for one in near if abs(one.scene.number - part.scene.number) <= 2]
        replaces = part.replaces or (near[-1].name if near else None)
        state = own or (near[-1].for_state if near else None)
        # Who represents a state of which nobody stayed away comes in nobody's place.
        role = "attended" if replaces is None and says_by(part.scene, part.cue) else part.role
        yield replace(part, role=role, state=state, replaces=replaces)


def _replaced_by(kept: Sequence[Part]) -> Iterator[Part]:
    """Yield those in whose place others came, where nothing else is told of them: they stayed away."""
    known = {(part.actor, part.of) for part in kept}
    for part in kept:
        if part.replaces is not None and (part.replaces.entity, part.of) not in known:
            known.add((part.replaces.entity, part.of))
            yield replace(part, name=part.replaces, role="boycotted", replaces=None, inferred=True)


def _heard(every: Sequence[Scene], met: Gatherings, kept: Sequence[Part]) -> Iterator[Part]:
    """Yield who speaks for a state in the report of a meeting of several."""
    signed = {part.actor for part in kept if part.role == "signatory"}
    held = [one for one in met.every if not one.ahead]
    told = {one.id: {part.actor for part in kept if part.of == one.id} for one in held}
    story = max(told, key=lambda one: len(told[one]), default=None)
    if story is None or not told[story] or len(told[story] | signed) < _SEVERAL:
        return
    gathering = next(one for one in held if one.id == story)
    known = {part.actor for part in kept} | {part.replaces.entity for part in kept if part.replaces}
    for scene, cue, name in heard_at(every, gathering):
        if name.entity not in known:
            known.add(name.entity)
            yield Part(scene, cue, name, "attended", story, inferred=True)
