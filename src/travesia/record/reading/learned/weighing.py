"""Weighing: which proposals of the rules stay, and where the rules miss a record that is likely there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from types import MappingProxyType

from travesia.record.reading.families.commitments.likely import likely_commitment
from travesia.record.reading.families.events.named import named
from travesia.record.reading.families.events.told import told_of
from travesia.record.reading.families.policies.likely import likely_policy
from travesia.record.reading.learned.actors import with_likeliest_actor
from travesia.record.reading.learned.dates import ENDS, Day, days
from travesia.record.reading.learned.events import likely_events
from travesia.record.reading.learned.notions import modality_signs, status_signs
from travesia.record.reading.learned.participants import likely_parts
from travesia.record.reading.learned.taken_up import is_story, taken_up
from travesia.record.reading.learned.units import Unit, is_told_in, trimmed, units
from travesia.record.reading.learned.weights import DAY, MODALITY, SLOTS, STATUS, Learned
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Found, Proposal
from travesia.version import __version__

ORIGIN = f"learned@{__version__}"
"""The origin of records that no rule found."""

_LIKELY_DAY = 0.4
"""From which chance on a day fills a slot; 0.35 to 0.5 are as good on texts left out."""

_UNLIKELY_DAY = 0.1
"""Below which chance a day does not stay that the rules chose."""

_ALWAYS = {"status"}
"""Slots that are filled where the rules leave them open."""


@dataclass(frozen=True)
class Bounds:
    """From which chance on a unit tells a record, and below which it tells none whatever the rules say.

    Chosen on texts left out of the fit (`bench/learned.py --bounds`). The texts for learning tell of several
    times as many measures a page as public ones: bounds that are best for those find more false policies
    than true ones in a communiqué, so that these lie between. `make` reads the slots of a record that the
    rules missed, of which `main` says what it is; `whole` takes the unit as the first evidence.
    """

    least: float
    floor: float
    make: Callable[[Learned, Unit], Proposal]
    main: str
    whole: bool = False


def _policy(learned: Learned, unit: Unit) -> Proposal:
    kind = learned.likeliest("policy.kind", unit.signs)
    return likely_policy(unit.scene, trimmed(unit.scene, unit), kind)


def _commitment(_: Learned, unit: Unit) -> Proposal:
    return likely_commitment(unit.scene, trimmed(unit.scene, unit))


BOUNDS: Mapping[str, Bounds] = MappingProxyType({
    "policy": Bounds(0.65, 0.0, _policy, "kind", whole=True),
    "commitment": Bounds(0.75, 0.05, _commitment, "action"),
})  # fmt: skip


def weighed(found: Found, proposals: Iterable[Proposal], learned: Learned) -> Iterator[Proposal]:
    """Yield the proposals that are likely enough, and those made where one is likely and none was.

    Records of other types pass as they are; events that dates tell are added.
    """
    every = tuple(_with_participants(found, tuple(proposals), learned))
    for question, bounds in BOUNDS.items():
        read = [one for one in every if one.type == question]
        chances = [(one, learned.chance(question, one.signs)) for one in units(found)]
        kept = list(_kept(read, chances, bounds, learned))
        yield from taken_up(found, kept) if question == "policy" else kept
        yield from _made(question, read, chances, learned)
    yield from (one for one in every if one.type not in BOUNDS)
    events = [one for one in every if one.type == "event"]
    yield from (replace(one, origin=ORIGIN) for one in likely_events(found, events, learned))


def _with_participants(found: Found, every: Sequence[Proposal], learned: Learned) -> Iterator[Proposal]:
    """Yield the proposals, with those who likely took part in the place of those whom the rules told."""
    took, told = likely_parts(found, learned), {id(one) for one in named(found)}
    if took == told_of(found).took:
        yield from every
        return
    chances = {(part.name.start, part.role): part.chance for part in took}
    for one in named(found, took):
        chance = chances.get((one.evidence[0].start, str(one.fields.get("role"))))
        yield one if chance is None or one.type != "participation" else _likely(one, chance)
    yield from (one for one in every if id(one) not in told)


def _likely(read: Proposal, chance: float) -> Proposal:
    """Return a participation that no rule told, with the reason for it."""
    because = f"likely here ({chance:.0%}), by the words around it"
    return replace(read, origin=ORIGIN, doubts=(Doubt("role", (Candidate(read.fields["role"], because),)),))


def _kept(
    read: Sequence[Proposal], chances: Sequence[tuple[Unit, float]], bounds: Bounds, learned: Learned
) -> Iterator[Proposal]:
    """Yield the proposals whose first evidence is no unlikely place; one in no unit is not judged."""
    widened: set[int] = set()
    for one in read:
        there = _telling(one.evidence[0], chances)
        unit, chance = max(there, key=lambda pair: pair[1], default=(None, 1.0))
        if unit is None or is_story(one):
            yield one
        elif chance >= bounds.floor:
            whole = bounds.whole and chance >= bounds.least and unit.start not in widened
            widened |= {unit.start} if whole else set()
            cited = (trimmed(unit.scene, unit), *one.evidence[1:]) if whole else one.evidence
            yield replace(_settled(learned, unit, one), evidence=cited)


def _made(
    question: str, read: Sequence[Proposal], chances: Sequence[tuple[Unit, float]], learned: Learned
) -> Iterator[Proposal]:
    """Yield records for the likely units in which no proposal has its first evidence."""
    bounds = BOUNDS[question]
    # What takes up the measure that a text is about is none of its own; other measures told again often are.
    places = [each for one in read for each in (one.evidence if is_story(one) else one.evidence[:1])]
    places += [each for one in read for each in one.slots.values()]
    told = {unit.start for one in places for unit, _ in _telling(one, chances)}
    for unit, chance in chances:
        if chance >= bounds.least and unit.start not in told:
            made = _settled(learned, unit, replace(bounds.make(learned, unit), origin=ORIGIN))
            because = f"likely here ({chance:.0%}): {', '.join(learned.reasons(question, unit.signs))}"
            doubt = Doubt(bounds.main, (Candidate(made.fields[bounds.main], because),))
            kept = tuple(one for one in made.doubts if one.slot != bounds.main)
            yield replace(made, doubts=(doubt, *kept))


def _settled(learned: Learned, unit: Unit, read: Proposal) -> Proposal:
    """Return a record with the likeliest values of its slots; what the rules read stays a candidate."""
    fields, doubts = dict(read.fields), list(read.doubts)
    for slot in SLOTS:
        kind, _, name = slot.partition(".")
        told = fields.get(name)
        if kind != read.type or (told is None and name not in _ALWAYS):
            continue
        signs = status_signs(unit, read.fields.get("kind")) if slot == STATUS else unit.signs
        value = learned.likeliest(slot, signs, told)
        if value != told:
            fields[name] = value
            others = (Candidate(told, "the words of its verb or noun"),) if told else ()
            doubts.append(Doubt(name, (Candidate(value, "the words around it, taken together"), *others)))
    settled = _in_its_mode(learned, unit, replace(read, fields=fields, doubts=tuple(doubts)))
    return _dated(learned, unit, with_likeliest_actor(learned, unit, settled))


def _in_its_mode(learned: Learned, unit: Unit, read: Proposal) -> Proposal:
    """Return a policy with the modality that its status and words make likeliest."""
    if read.type != "policy" or not learned.settles(MODALITY):
        return read
    signs = modality_signs(unit, read.fields.get("kind"), read.fields.get("status"))
    return replace(read, modality=learned.likeliest(MODALITY, signs, read.modality))


def _dated(learned: Learned, unit: Unit, read: Proposal) -> Proposal:
    """Return a policy with the days that likely end it; one that the rules read stays a candidate."""
    if read.type != "policy" or not learned.settles(DAY):
        return read
    near = [(one, learned.chances(DAY, one.signs)) for one in days(unit, read, read.fields.get("status"))]
    for name in ENDS if near else ():
        told = read.fields.get(name)
        ranked = [(chances[name], one) for one, chances in near]
        chance, day = max(ranked, key=lambda pair: pair[0])
        kept = next((one for least, one in ranked if one.value == told and least >= _UNLIKELY_DAY), None)
        read = _filled(read, name, day if chance >= _LIKELY_DAY else kept)
    return read


def _filled(read: Proposal, name: str, day: Day | None) -> Proposal:
    """Return a record with a slot filled by a day, or left open."""
    told, value = read.fields.get(name), day.value if day else None
    if value == told:
        return read
    before = [Candidate(told, "the words of its verb or noun")] if told else []
    chosen = [Candidate(value, "the words around the date, taken together")] if day else []
    read = replace(read, doubts=tuple(one for one in read.doubts if one.slot != name))
    return read.with_slot(Doubt(name, (*chosen, *before)), value, day.date if day else None)


def _telling(evidence: Extent, chances: Sequence[tuple[Unit, float]]) -> list[tuple[Unit, float]]:
    """Return the units, in order and apart as they are, in which a stretch is told."""
    first = bisect_right(chances, evidence.start, key=lambda pair: pair[0].end)
    near = takewhile(
        lambda pair: pair[0].start < evidence.end, (chances[at] for at in range(first, len(chances)))
    )
    return [pair for pair in near if is_told_in(evidence, pair[0])]
