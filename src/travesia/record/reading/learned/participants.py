"""Participants: which names of a text took part in something, and as what, by the words around each.

The rules know the verbs and labels of signing, hosting, coming and staying away; lists are told in more ways
than they know. Each name is weighed by what stands around the list that it is in, where that stands, and
which roles the rules told there.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from travesia.record.reading.families.events.told import Told, told_of
from travesia.record.reading.families.meetings.gatherings import TOPIC as EVENTS
from travesia.record.reading.families.meetings.gatherings import Gatherings
from travesia.record.reading.families.participation.part import Part
from travesia.record.reading.families.participation.participation import TOPIC, holds
from travesia.record.reading.families.participation.summing_up import unrefuted
from travesia.record.reading.families.participation.turned import participants
from travesia.record.reading.learned.units import folded
from travesia.record.reading.learned.weights import ROLE, Learned
from travesia.record.reading.nouns import Extent, Found, Mention
from travesia.record.reading.scenes import ACTORS, PERSONS, Scene, before_in_paragraph, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

RULE = "rule "
"""How the signs begin that tell what the rules read."""

NONE = "none"
"""The role of a name that takes part in nothing."""

LEAST = 0.45
"""From which chance on a name takes part in something of which the rules do not tell."""

FAR_LIKELIER = 20.0
"""How many times likelier a role is, at least, that takes the place of the one that the rules told."""

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_PARTED = re.compile(r"[;:]\s")
_STEM = 5

_BEFORE, _AFTER = 60, 80
"""How far before and after a list the words are signs, in code points."""

_WORDS = 6
"""How many words before a list, after it and at the head of its sentence are signs."""

_OWNED = 3
"""How far after a state the person stands whose it is said to be, in code points."""

_MANY, _FARTHEST = 4, 4
"""From how many names on a list is long; the farthest step away from a cue."""

_STEP = 30
"""How many code points make a step away from a cue."""

_SIGNED = ("signatory", "not_invited")


@dataclass(frozen=True)
class Name:
    """A name that may take part in something, the signs of it, and the part that the rules gave it."""

    scene: Scene
    mention: Mention
    signs: frozenset[str]
    told: tuple[Part, ...]


def names(found: Found) -> Iterator[Name]:
    """Yield the names of a text that can act, in order, each with its signs."""
    told = told_of(found)
    at: dict[int, list[Part]] = defaultdict(list)
    roles: dict[str, set[str]] = defaultdict(set)
    for part in told.took:
        at[part.name.start].append(part)
        roles[part.actor].add(part.role)
    by_sentence: dict[int, Counter[str]] = defaultdict(Counter)
    for part in told.took:
        by_sentence[part.scene.number][part.role] += 1
    every = scenes(found)
    for scene in every:
        if scene.is_too_long:
            continue
        shared = frozenset(_of_sentence(every, scene, by_sentence))
        for one in (each for each in participants(scene.mentions) if each.type in ACTORS):
            given = at.get(one.start, [])
            signs = (
                *_told(scene, one, given, at),
                *_elsewhere(one, given, roles),
                *_around(scene, one),
                *_beside(scene, one, told.met),
            )
            yield Name(scene, one, shared.union(signs), tuple(given))


def _of_sentence(
    every: Sequence[Scene], scene: Scene, by_sentence: Mapping[int, Mapping[str, int]]
) -> Iterator[str]:
    """Yield what is the same for all names of a sentence: where it stands, what is told in and before it."""
    text, number = scene.found.text, scene.number
    yield f"kind {scene.sentence.kind}"
    yield from (f"roll {one.says['role']}" for one in find_triggers(text, TOPIC, "rolls", scene.sentence))
    for role, often in by_sentence.get(number, {}).items():
        yield from (f"{RULE}sentence {role}", f"{RULE}sentence {role} {min(often, _MANY)}")
    yield from (f"{RULE}before {role}" for role in by_sentence.get(number - 1, ()))
    if not number:
        return
    last = every[number - 1]
    words = _WORD.findall(last.words(last.sentence))
    yield f"last kind {last.sentence.kind}"
    yield f"last ends {words[-1] if words and not words[-1].isalnum() else ''}"
    yield f"last apart {before_in_paragraph(every, scene) is None}"
    for group in ("roles", "rolls"):
        yield from (
            f"last {group} {one.says['role']}" for one in find_triggers(text, TOPIC, group, last.sentence)
        )
    if last.stretches(EVENTS, "signs"):
        yield "last signs"


def _told(
    scene: Scene, one: Mention, given: Sequence[Part], at: Mapping[int, Sequence[Part]]
) -> Iterator[str]:
    """Yield what the rules told of a name and of those in one list with it."""
    row = scene.listed_with(one)
    if not given:
        yield f"{RULE}none"
    for part in given:
        yield from (
            f"{RULE}{part.role}",
            f"{RULE}{part.role} {one.type}",
            f"{RULE}{part.role} {len(row) > 1}",
        )
    yield from (
        f"{RULE}list {part.role}" for other in row if other != one for part in at.get(other.start, ())
    )


def _elsewhere(one: Mention, given: Sequence[Part], roles: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield in which roles the rules told somebody anywhere."""
    told = roles.get(one.entity, set())
    yield from (f"{RULE}somewhere {role}" for role in told)
    if told.difference(part.role for part in given):
        yield f"{RULE}elsewhere"


def _around(scene: Scene, one: Mention) -> Iterator[str]:
    """Yield the words around the list in which a name stands, and its place in it."""
    row = scene.listed_with(one)
    row = row if one in row else (one,)
    head, tail, plain = row[0], row[-1], scene.found.text.plain
    before = _stems(scene.before(head, _BEFORE))
    after = _stems(plain[tail.end : min(scene.sentence.end, tail.end + _AFTER)])
    yield from (f"type {one.type}", f"list {min(len(row), _MANY)}", f"at {min(row.index(one), 2)}")
    yield f"behind {before[-1] if before else '^'}"
    yield f"ahead of {after[0] if after else '$'}"
    yield from (f"before {word}" for word in before[-_WORDS:])
    yield from (f"after {word}" for word in after[:_WORDS])
    clause, denied = scene.clause_of(head), phrases(scene.found.text.language, "clauses", "negations")
    yield f"denied before {denied.search(plain, clause.start, head.start) is not None}"
    yield f"denied after {denied.search(plain, tail.end, max(tail.end, clause.end)) is not None}"
    yield from (f"opens {word}" for word in _stems(plain[scene.sentence.start : head.start])[:_WORDS])


def _stems(words: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(folded(words))]


def _beside(scene: Scene, one: Mention, met: Gatherings) -> Iterator[str]:
    """Yield the words for taking part in a sentence, on which side of a name and how far, and who acts."""
    clause = scene.clause_of(one)
    for cue in find_triggers(scene.found.text, TOPIC, "roles", scene.sentence):
        known = f"cue {cue.says['role']} {_side(cue, one)}"
        if not holds(scene, cue, met):
            yield f"no {known}"
            continue
        yield known
        yield f"{known} {cue.says.get('side')}"
        yield f"{known} {'here' if clause.start <= cue.start < clause.end else 'apart'}"
        yield f"{known} {min(cue.distance(one) // _STEP, _FARTHEST)}"
        parted = _PARTED.search(scene.words(cue.between(one))) is not None
        yield f"{known} {'parted' if parted else 'joined'}"
    for sign in scene.stretches(EVENTS, "signs"):
        yield f"signs {_side(sign, one)} {min(sign.distance(one) // _STEP, _FARTHEST)}"
    acting = scene.seen_actors()
    yield "seen" if one in acting else "hidden"
    if one in acting[:1]:
        yield "first"


def without_rules(signs: frozenset[str]) -> frozenset[str]:
    """Return the signs of a name without those of the rules."""
    return frozenset(one for one in signs if not one.startswith(RULE))


def _side(cue: Extent, one: Mention) -> str:
    return "after" if one.end <= cue.start else "before" if one.start >= cue.end else "inside"


def likely_parts(found: Found, learned: Learned) -> tuple[Part, ...]:
    """Return who took part: whom the rules told, each in his likely role, and who likely did beside them."""
    told = told_of(found)
    every = list(names(found)) if learned.settles(ROLE) else []
    chances = {one.mention.start: learned.chances(ROLE, one.signs) for one in every}
    found_in = [part for part in told.took if part.name.start not in chances]
    for one in every:
        found_in += _judged(told, one, chances)
    kept: dict[tuple[str, str, str], Part] = {}
    for part in sorted(found_in, key=lambda one: one.name.start):
        kept.setdefault((part.actor, part.role, part.of), part)
    return tuple(unrefuted(kept))


def _judged(told: Told, one: Name, every: Mapping[int, Mapping[str, float]]) -> Sequence[Part]:
    """Return the parts of a name: those that the rules told, unless another role is far likelier.

    It is to be far likelier than what the rules told of any name in the same list.
    """
    chances = every[one.mention.start]
    role = max((each for each in chances if each != NONE), key=chances.__getitem__)
    row = [each.start for each in one.scene.listed_with(one.mention)]
    alike = [every[at] for at in {*row, one.mention.start} if at in every]
    own = max((each[part.role] for each in alike for part in one.told), default=0.0)
    is_new = 1.0 - chances[NONE] >= LEAST and chances[role] >= FAR_LIKELIER * own
    return ([*_new(told, one, role, chances[role])] if is_new else []) or one.told


def _new(told: Told, one: Name, role: str, chance: float) -> Iterator[Part]:
    """Yield the part of a name in a role that the rules did not tell."""
    scene, place = one.scene, one.mention
    if any(0 < each.start - place.end <= _OWNED for each in scene.mentions if each.type in PERSONS):
        return  # "Mexico's Ana Ruiz stayed away": she did.
    if role == "signatory" and _signs_nothing(scene, place):
        return
    cues = find_triggers(scene.found.text, TOPIC, "roles", scene.sentence)
    alike = [each for each in cues if each.says["role"] == role]
    whole = Trigger(scene.sentence.start, scene.sentence.end, {"role": role})
    cue = min(alike, key=place.distance, default=whole)
    here = [part for part in told.took if part.scene is scene]
    near = [part.of for part in here if (part.role in _SIGNED) == (role in _SIGNED)]
    of = next(iter(near), None) or _object(told, scene, place, role)
    if of is not None and not of.startswith("pol:"):
        yield Part(scene, cue, place, role, of, chance=chance)


def _signs_nothing(scene: Scene, place: Mention) -> bool:
    """Tell whether it is said right behind a list that its names did not sign: "Chile and Peru abstained"."""
    row = scene.listed_with(place)
    end = max([place.end, *(one.end for one in row)])
    reach = min(scene.sentence.end, end + _BEFORE // 2)
    unsigned = phrases(scene.found.text.language, TOPIC, "unsigned")
    found = unsigned.search(scene.found.text.plain, end, reach)
    return found is not None and _PARTED.search(scene.found.text.plain, end, found.start()) is None


def _object(told: Told, scene: Scene, place: Extent, role: str) -> str | None:
    """Return what somebody in a role took part in: an instrument that is signed, else a meeting."""
    text = told.written.signed_in(scene, place) or told.written.at_hand(scene)
    meeting = told.met.meant(scene, place, role == "expected")
    first, second = (text, meeting) if role == "signatory" else (meeting, text)
    return first.id if first else second.id if second else None
