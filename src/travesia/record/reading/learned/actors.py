"""Actors: who may be bound by a promise or rule a measure, the signs of each, and the likeliest of them.

Those who can act are named near: in the sentence, the ones around it or the head of the text. A body may act
in its own name or in that of its state. Each candidate is weighed; what the rules told is one more sign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from types import MappingProxyType

from travesia.record.reading.families.commitments.voices import Voices, voices_of
from travesia.record.reading.families.commitments.vouching import Voucher
from travesia.record.reading.families.who import Who, lists_of_states
from travesia.record.reading.learned.units import Unit
from travesia.record.reading.learned.weights import Learned
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Found, Mention, Proposal
from travesia.record.reading.once import once
from travesia.record.reading.openings import folded
from travesia.record.reading.scenes import ACTORS, PERSONS, Scene, scenes

ACTORS_OF = MappingProxyType({"commitment": "actor", "policy": "authority"})
"""The slot that says who acts, by type of record."""

_ACTING = (*ACTORS, "NORP", "GROUP")
_BACK = 3
_HEAD = 3
"""How many sentences before a record, and at the head of a text, name who may act in it."""

_FARTHEST = 12
"""How many sentences of a paragraph are looked at, at most."""

_WORD = 30
"""How far from a name the word beside it begins or ends, in code points."""

_LETTERS = 5
_MANY = 4
_OTHERS = ("beneficiary", "target", "origin", "targets", "introduced_by")
"""Slots whose fillers are rarely those who act."""


@dataclass
class Choice:
    """Who may act, the signs that speak for or against it, and where the text names it nearest."""

    ids: tuple[str, ...]
    signs: set[str] = field(default_factory=set)
    place: Extent | None = None


@dataclass(frozen=True)
class _Told:
    """A record that was read, and where it is told."""

    unit: Unit
    read: Proposal
    voices: Voices

    @property
    def scene(self) -> Scene:
        return self.unit.scene

    @cached_property
    def deed(self) -> Extent:
        """What is done: where its action, amount or kind stands."""
        held = self.read.slots
        near = (held[one] for one in ("action", "quantity", "kind") if one in held)
        return next(near, self.read.evidence[0])

    @property
    def slot(self) -> str:
        return ACTORS_OF[self.read.type]

    @cached_property
    def told(self) -> tuple[str, ...]:
        """Whom the rules told."""
        return _listed(self.read.fields.get(self.slot))

    @cached_property
    def vouching(self) -> frozenset[str]:
        """The states behind whoever says so."""
        return frozenset(self.voices.states(self.scene, Who(self.read.attribution), Voucher()))

    @cached_property
    def others(self) -> frozenset[str]:
        """Who fills other slots."""
        return frozenset(each for slot in _OTHERS for each in _listed(self.read.fields.get(slot)))

    @cached_property
    def told_at(self) -> str:
        """Where the one stands whom the rules told."""
        place = self.read.slots.get(self.slot)
        if place is None:
            return "nowhere"
        if self.read.evidence[0].overlaps(place):
            return "inside"
        return "sentence" if self.scene.sentence.holds(place) else "apart"


def with_likeliest_actor(learned: Learned, unit: Unit, read: Proposal) -> Proposal:
    """Return a record with the likeliest actor; whom the rules told stays a candidate."""
    slot = f"{read.type}.{ACTORS_OF[read.type]}"
    if not learned.settles(slot):
        return read
    choices = actor_choices(unit, read)
    worth = [learned.worth(slot, one.signs) for one in choices]
    best = max(zip(worth, choices, strict=True), key=lambda pair: pair[0], default=None)
    return read if best is None or "told" in best[1].signs else _with_actor(read, best[1])


def _with_actor(read: Proposal, choice: Choice) -> Proposal:
    slot, ids = ACTORS_OF[read.type], list(choice.ids)
    told = read.fields.get(slot)
    value = ids[0] if read.type == "policy" and len(ids) == 1 else ids
    others = (Candidate(told, "the subject of its verb, or whom the text tells of"),) if told else ()
    doubt = Doubt(slot, (Candidate(value, "who acts around it, taken together"), *others))
    return read.with_slot(doubt, value, choice.place)


def actor_choices(unit: Unit, read: Proposal) -> tuple[Choice, ...]:
    """Return who may act in a record that is told in a unit, each with its signs."""
    told = _Told(unit, read, voices_of(unit.scene.found))
    made: dict[tuple[str, ...], Choice] = {}
    _add(made, _named(told.scene, partial(_in_sentence, told)), told.scene)
    for key, one in once(unit.scene, _near).items():
        if key in made:
            made[key].signs |= one.signs
            made[key].place = made[key].place or one.place
        else:
            made[key] = Choice(one.ids, set(one.signs), one.place)
    _add(made, _by_rules(told), told.scene)
    for one in made.values():
        one.signs.update(_standing(told, one))
    return tuple(made.values())


_Named = tuple[tuple[str, ...], list[str], Extent | None]


@dataclass(frozen=True)
class _Actor:
    """One who may act in a sentence, and whether it is seen to.

    `names` are for whom it acts, how it does, and by which signs; `row` is the list that it opens.
    """

    mention: Mention
    seen: str
    names: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]
    row: tuple[tuple[str, ...], Extent] | None


def _near(scene: Scene) -> dict[tuple[str, ...], Choice]:
    """Return who is named around a sentence, which is the same for all its records."""
    voices = voices_of(scene.found)
    made: dict[tuple[str, ...], Choice] = {}
    _add(made, _beside(voices, scene), scene)
    return made


def _add(made: dict[tuple[str, ...], Choice], named: Iterable[_Named], scene: Scene) -> None:
    """Add who is named to the choices of a sentence; the same may be named again and again."""
    for ids, signs, place in named:
        if ids:
            key = tuple(sorted(set(ids)))
            if key not in made:
                made[key] = Choice(tuple(dict.fromkeys(ids)), _often(key, scene))
            made[key].signs.update(signs)
            made[key].place = made[key].place or place


def _by_rules(told: _Told) -> Iterator[_Named]:
    """Yield whom the rules told."""
    origin, at = told.read.origin.partition("@")[0], told.told_at
    signs = ["told", f"told {at}", f"told {at} {origin}", f"told of {min(len(told.told), _MANY)}"]
    yield told.told, signs, told.read.slots.get(told.slot)


def _beside(voices: Voices, here: Scene) -> Iterator[_Named]:
    """Yield who is named in the sentences around one, the lists of a text, its author and its host."""
    for scene in _around(voices, here):
        yield from _named(scene, partial(_where, here, scene))
    yield from ((row, ["a list"], None) for row in lists_of_states(here.found))
    yield voices.ours, ["ours"], None
    yield voices.host, ["host"], None


def _named(scene: Scene, where: Callable[[Mention, str], Iterator[str]]) -> Iterator[_Named]:
    """Yield who is named in a sentence, by which signs."""
    for one in once(scene, _acting):
        stands = list(where(one.mention, one.seen))
        for ids, how, signs in one.names:
            yield ids, [*stands, *signs, f"{how} {stands[0]}"], one.mention
        if one.row:
            ids, extent = one.row
            yield ids, [*(f"list {each}" for each in stands), f"list of {min(len(ids), _MANY)}"], extent


def _around(voices: Voices, scene: Scene) -> Iterator[Scene]:
    """Yield the sentences before one, the next one and the head of the text."""
    every, here = voices.every, scene.number
    back = range(here - 1, max(-1, here - 1 - _BACK), -1)
    yield from (every[number] for number in back)
    yield from every[here + 1 : here + 2]
    head = range(min(_HEAD, len(every)))
    yield from (every[number] for number in head if number != here and number not in back)


def _acting(scene: Scene) -> tuple[_Actor, ...]:
    """Return those who may act in a sentence."""
    every = (one for one in (*scene.mentions, *scene.nested) if one.type in _ACTING)
    return tuple(
        _Actor(one, _seen(scene, one), tuple(_alone(scene, one)), _together(scene, one)) for one in every
    )


def _alone(scene: Scene, mention: Mention) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """Yield for whom one acts who is named: the state behind it, and a body in its own name."""
    own = (mention.entity,)
    state = voices_of(scene.found).states(scene, Who(own), Voucher())
    known = scene.found.entities.get(mention.entity)
    if state and state != own:
        yield state, "state", (f"state of {mention.type}",)
    if state == own or mention.type not in PERSONS:
        how = "itself" if state == own else "own"
        yield own, how, (f"{how} {mention.type}", f"{how} {known.kind if known else None}")


def _together(scene: Scene, mention: Mention) -> tuple[tuple[str, ...], Extent] | None:
    """Return all of the list that a name opens, and where it stands."""
    row = scene.listed_with(mention)
    if len(row) <= 1 or row[0] != mention:
        return None
    ids = voices_of(scene.found).states(scene, Who(tuple(one.entity for one in row)), Voucher())
    return (ids, Extent(row[0].start, row[-1].end)) if len(ids) > 1 else None


def _where(here: Scene, scene: Scene, mention: Mention, seen: str) -> Iterator[str]:
    """Yield where a name of another sentence stands, the main sign first."""
    ahead = here.number - scene.number
    if ahead < 0:
        yield f"next {seen}"
    elif ahead > _BACK:
        yield f"head {scene.sentence.kind} {seen}"
    else:
        gap = scene.found.text.plain[scene.sentence.end : here.sentence.start]
        apart = "apart" if "\n" in gap else "near"
        yield f"back {ahead} {seen} {apart}"
        yield f"back {ahead} {mention.type}"
        acting = scene.seen_actors()
        if mention in acting[:1]:
            yield f"first back {ahead} {apart}"
        if mention in acting[-1:]:
            yield f"last back {ahead} {apart}"


def _in_sentence(told: _Told, mention: Mention, seen: str) -> Iterator[str]:
    scene, plain = told.scene, told.scene.found.text.plain
    side = "before" if mention.start < told.deed.start else "after"
    where = f"{'unit' if told.unit.holds(mention) else 'sentence'} {side} {seen}"
    yield where
    yield f"{where} {mention.type}"
    acting = scene.seen_actors()
    before = [one for one in acting if one.start < told.deed.start]
    if mention in before[-1:]:
        yield "last before"
    if mention in before[:1]:
        yield "first before"
    if mention in acting[:1]:
        yield "first"
    ahead = plain[max(scene.sentence.start, mention.start - _WORD) : mention.start].split()
    behind = plain[mention.end : min(scene.sentence.end, mention.end + _WORD)].split()
    yield f"{side} behind {folded(ahead[-1]) if ahead else 'none'}"
    yield f"{side} ahead of {folded(behind[0])[:_LETTERS] if behind else 'none'}"


def _seen(scene: Scene, mention: Mention) -> str:
    if mention.nested:
        return "nested"
    if mention not in scene.actors():
        return "still"
    return "seen" if mention in scene.seen_actors() else "hidden"


def _often(ids: Sequence[str], scene: Scene) -> set[str]:
    """Return how often a candidate is named in the text and in the paragraph of a sentence."""
    signs = set()
    for name, (counts, most) in once(scene, _all_counts).items():
        often = max(counts.get(each, 0) for each in ids)
        signs |= {f"{name} {min(often, _MANY)}", f"{name} share {_MANY * often // max(1, most)}"}
        if often and often == most:
            signs.add(f"most of {name}")
    return signs


def _all_counts(scene: Scene) -> Mapping[str, tuple[Mapping[str, int], int]]:
    """Return how often each actor is named in the text and in a paragraph, and how often the most named."""
    counts = {"text": once(scene.found, _counts), "paragraph": _count(_paragraph(scene))}
    return {name: (often, max(often.values(), default=0)) for name, often in counts.items()}


def _standing(told: _Told, one: Choice) -> Iterator[str]:
    """Yield what else the record says of a candidate, and what the rules told."""
    ids = set(one.ids)
    if ids == told.vouching:
        yield f"vouches {told.read.certainty}"
    if ids & told.others:
        yield "other slot"
    yield f"many {min(len(one.ids), _MANY)}"
    yield "type " + " ".join(sorted({each.partition(":")[0] if ":" in each else "words" for each in one.ids}))
    if "told" not in one.signs:
        yield f"against {told.told_at if told.told else 'none'}"


def _paragraph(scene: Scene) -> Sequence[Scene]:
    """Return the sentences of a paragraph up to one."""
    first = scene.found.text.plain.rfind("\n", 0, scene.sentence.start) + 1
    near = scenes(scene.found)[max(0, scene.number + 1 - _FARTHEST) : scene.number + 1]
    return [one for one in near if one.sentence.end > first]


def _counts(found: Found) -> Mapping[str, int]:
    return _count(scenes(found))


def _count(every: Iterable[Scene]) -> Counter[str]:
    """Return how often each actor is named in some sentences, and each state through its own."""
    named: Counter[str] = Counter()
    for scene in every:
        for one in scene.mentions:
            named.update({one.entity, scene.country_of(one.entity) or one.entity})
    return named


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (value,) if isinstance(value, str) else ()
