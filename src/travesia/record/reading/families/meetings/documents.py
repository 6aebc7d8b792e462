"""Instruments of a text: declarations, treaties and memoranda, by name or "a memorandum" that is signed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from travesia.record.reading.families.meetings.gatherings import (
    TOPIC,
    by_sentence,
    is_indefinite,
    noun_phrase,
)
from travesia.record.reading.naming import named_id, record_id
from travesia.record.reading.nouns import Extent, Found, Mention
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import find_triggers, phrases, phrases_at_end

_HEADINGS = 4
"""Lines at the head of a text among which one may be its title."""

_BARE = 4
"""Words that a heading without a name has at most: "COMUNICADO CONJUNTO"."""

_NAME = re.compile(r"[A-ZÀ-Ý][\w'-]*(?:\s(?:[a-zà-ÿ']{1,5}\s){0,2}[A-ZÀ-Ý][\w'-]*){0,12}")
"""A name in capitals, with small words between them."""

_SIGNED = 60
"""How far from a noun the words for signing stand at most, in code points."""

_SMALL = 4
"""How long an article at the head of a title is at most, in code points."""

_PARTNER = 30
"""How far after "an agreement with" its partner is named at most, in code points."""

_DECLARATIONS = ("political_declaration", "memorandum", "bilateral_agreement", "treaty")


@dataclass
class Instrument:
    """An instrument that a text speaks of: `told` are the places where it does, in order.

    `sealed` says that somebody signs it, or that its partner is named: worth a record without a name.
    """

    id: str
    kind: str
    named: bool
    sealed: bool = False
    told: list[tuple[Scene, Extent]] = field(default_factory=list)


@dataclass(frozen=True)
class Instruments:
    """All instruments of a text, in the order in which it first speaks of them."""

    every: tuple[Instrument, ...]

    def told_in(self, scene: Scene) -> list[tuple[Extent, Instrument]]:
        """Return what of a sentence speaks of which instrument."""
        return once(self, Instruments._by_sentence).get(scene.number, [])

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

    def at_hand(self, scene: Scene) -> Instrument | None:
        """Return the instrument that the text itself is, or the one that it means at a sentence."""
        return self.own() or self.meant(scene)

    def sealed(self, scene: Scene) -> Instrument | None:
        """Return what the names below a text sign: itself, or the last declaration that it tells of."""
        told = [
            one
            for one in self.every
            if one.kind == "political_declaration" and one.told[0][0].number < scene.number
        ]
        return self.own() or (told[-1] if told else self.meant(scene))

    def _by_sentence(self) -> dict[int, list[tuple[Extent, Instrument]]]:
        return by_sentence((one, one.told) for one in self.every)

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
    title = title_of(every)
    for scene in (one for one in every if not one.is_endless):
        for extent, given, kind in _noted(scene):
            if title is not None and (title.told[0][1].holds(extent) or _is_present(scene, extent)):
                known.setdefault(title.id, title)
                if not title.told[0][1].holds(extent):
                    title.told.append((scene, extent))
                continue
            at_head = scene.sentence.kind == "heading" and scene.number < _HEADINGS
            if given is None and (kind == "other" or at_head):
                continue
            last = _last(known, scene, extent, kind) if given is None else None
            indefinite, sealed = is_indefinite(scene, extent), _is_sealed(scene, extent)
            joint = _is_joint(scene, extent)
            if last is not None and (not (indefinite or sealed) or _apposed(last, scene, extent)):
                last.told.append((scene, extent))
            elif given is not None or sealed or joint or _is_signed(scene, extent):
                name = given or _later(every, scene, extent, kind)
                key = name or record_id(found, "instrument", noun_phrase(scene, extent))
                one = known.setdefault(
                    key, Instrument(key, kind, key in names or given is not None, sealed or joint)
                )
                one.told.append((scene, extent))
    return Instruments(tuple(known.values()))


def title_of(every: Sequence[Scene]) -> Instrument | None:
    """Return the instrument that a text itself is, by a heading that calls it a declaration.

    A heading without a name, "JOINT COMMUNIQUÉ", is one only where the text seals no other that has a name.
    """
    for scene in every[:_HEADINGS]:
        cues = find_triggers(scene.found.text, TOPIC, "documents", scene.sentence)
        if scene.sentence.kind != "heading" or not cues or not _opens(scene, cues[0]):
            continue
        title = Extent(scene.sentence.start, scene.sentence.end)
        kind = str(cues[0].says["kind"])
        bare = noun_phrase(scene, cues[0]).end == cues[0].end
        if bare and (len(scene.words(title).split()) > _BARE or _seals_another(every, scene)):
            continue
        joint = len(scene.words(cues[0]).split()) > 1
        if not bare and (other := _named_in(scene) or _short(every, scene)) is not None:
            return Instrument(other, kind, True, joint, [(scene, title)])
        return Instrument(named_id("instrument", scene.words(title)), kind, False, joint, [(scene, title)])
    return None


def _opens(scene: Scene, noun: Extent) -> bool:
    """Tell whether a noun opens a heading, alone or behind a place: "BRIDGETOWN DECLARATION ON MOBILITY"."""
    places = (one for one in (*scene.mentions, *scene.nested) if one.type == "GPE")
    behind = any(one.start == scene.sentence.start and noun.start - one.end == 1 for one in places)
    return noun.start == scene.sentence.start or (behind and noun_phrase(scene, noun).end > noun.end)


def _seals_another(every: Sequence[Scene], title: Scene) -> bool:
    """Tell whether a text seals an instrument that has a name, beside the one that its title calls it."""
    return any(next(_sealed_names(scene), None) is not None for scene in every[title.number + 1 :])


def _sealed_names(scene: Scene) -> Iterator[tuple[Extent, str]]:
    """Yield the names in capitals after words for signing: "adopted the Lima Commitments on Mobility"."""
    plain, end = scene.found.text.plain, scene.sentence.end
    for sign in scene.stretches(TOPIC, "signs"):
        for name in _NAME.finditer(plain, sign.end, end):
            if name.start() - sign.end > _PARTNER or re.search(r"[.;:]", plain[sign.end : name.start()]):
                break
            extent = Extent(name.start(), name.end())
            if len(name[0].split()) > 1 and (kind := _noun_of(scene, extent)) is not None:
                yield extent, kind
                break


def _noun_of(scene: Scene, name: Extent) -> str | None:
    """Return what a name in capitals is by the noun of an instrument in it; ``None`` where it has none."""
    for group in ("documents", "instruments"):
        for one in find_triggers(scene.found.text, TOPIC, group, name):
            if scene.found.text.plain[one.start].isupper() and one.says["kind"] != "statute":
                return None if _is_present(scene, one) else str(one.says["kind"])
    return None


def _named_in(scene: Scene) -> str | None:
    """Return the id of the instrument that opens a title: the rest of the text speaks of it by that."""
    opens = (one for one in scene.mentions if one.start - scene.sentence.start <= _SMALL)
    return next((one.entity for one in opens if one.type == "DOC" and one.entity.startswith("ins:")), None)


def _short(every: Sequence[Scene], scene: Scene) -> str | None:
    """Return the id of the short name that a text has for what its title names in full."""
    title = set(scene.words(scene.sentence).casefold().split())
    for other in every[scene.number + 1 :]:
        for one in other.mentions:
            words = other.words(one).casefold().split()
            if one.type == "DOC" and len(words) > 1 and title.issuperset(words):
                return one.entity
    return None


def _is_present(scene: Scene, extent: Extent) -> bool:
    """Tell whether a noun speaks of the text itself: "the present declaration"."""
    before = scene.before(extent, _PARTNER)
    return phrases_at_end(scene.found.text.language, TOPIC, "present").search(before) is not None


@cache
def _signing(language: str) -> re.Pattern[str]:
    """Match text that ends in a word for signing and at most six more."""
    return re.compile(rf"{phrases(language, TOPIC, 'signs').pattern},?\s+(?:\S+\s+){{0,6}}$", re.IGNORECASE)


@cache
def _ending(language: str) -> re.Pattern[str]:
    """Match text that ends in "ended with" and at most an article and two adjectives."""
    words = phrases(language, TOPIC, "ends_with").pattern
    return re.compile(rf"{words}\s+(?:[^\s,.;:]+\s+){{1,3}}$", re.IGNORECASE)


def _last(known: Mapping[str, Instrument], scene: Scene, extent: Extent, kind: str) -> Instrument | None:
    """Return the instrument told last of the kind that a noun names, or told right before it."""
    told = [one for one in known.values() if one.kind == kind or _apposed(one, scene, extent)]
    return max(told, key=lambda one: one.told[-1][1].start, default=None)


def _apposed(last: Instrument, scene: Scene, extent: Extent) -> bool:
    """Tell whether a noun says what the name before it is: "the Lima Declaration, a four-page text"."""
    other, name = last.told[-1]
    between = scene.found.text.plain[name.end : extent.start]
    return other.number == scene.number and re.fullmatch(r",\s[\w\s-]{0,25}", between) is not None


def _later(every: Sequence[Scene], scene: Scene, extent: Extent, kind: str) -> str | None:
    """Return the id of an instrument that is signed before its name stands, if it does."""
    numbers, names = once(every[0].found, _named_by_kind).get(kind, ([], []))
    if kind != "political_declaration" and is_indefinite(scene, extent) and len(set(names)) != 1:
        return None
    at = bisect_left(numbers, scene.number)
    return names[at] if at < len(names) else None


def _named_by_kind(found: Found) -> dict[str, tuple[list[int], list[str]]]:
    """Return of each kind the named instruments in the order of the text, with their sentences."""
    named: dict[str, tuple[list[int], list[str]]] = {}
    for scene in (one for one in scenes(found) if not one.is_endless):
        for _, name, kind in _noted(scene):
            if name is not None:
                numbers, names = named.setdefault(kind, ([], []))
                numbers.append(scene.number)
                names.append(name)
    return named


def _noted(scene: Scene) -> tuple[tuple[Extent, str | None, str], ...]:
    """Return what of a sentence may speak of an instrument: the stretch, the id of a name, the kind."""
    return once(scene, _in_order)


def _in_order(scene: Scene) -> tuple[tuple[Extent, str | None, str], ...]:
    return tuple(sorted(_places(scene), key=lambda one: one[0]))


def _places(scene: Scene) -> Iterator[tuple[Extent, str | None, str]]:
    named = [
        one for one in (*scene.mentions, *scene.nested) if one.type == "DOC" and one.entity.startswith("ins:")
    ]
    named_so: list[Extent] = []
    for one in named:
        if not _is_measure(scene, one):
            yield Extent(one.start, one.end), one.entity, kind_of(scene, one)
    for extent, kind in _sealed_names(scene):
        known = any(one.overlaps(extent) for one in (*scene.mentions, *scene.nested) if one.type == "DOC")
        if (
            not known
            and phrases(scene.found.text.language, TOPIC, "plans").match(scene.words(extent)) is None
        ):
            named_so.append(extent)
            yield extent, named_id("instrument", scene.words(extent)), kind
    for extent in _numbered(scene):
        if not any(one.overlaps(extent) for one in (*scene.mentions, *scene.nested) if one.type == "DOC"):
            named_so.append(extent)
            number = re.split(r",? (?:du|de|del) (?=\d)", scene.words(extent))[0]
            yield extent, named_id("instrument", number), _act(scene, extent)
    if scene.sentence.kind == "heading" and scene.number < _HEADINGS:
        yield Extent(scene.sentence.start, scene.sentence.end), None, "other"
    taken = [one for one in (*scene.mentions, *scene.nested) if one.type in {"DOC", "EVENT", "ORG"}]
    for cue in find_triggers(scene.found.text, TOPIC, "documents", scene.sentence):
        if not any(one.overlaps(cue) for one in (*taken, *named_so)):
            yield Extent(cue.start, cue.end), None, str(cue.says["kind"])


def _numbered(scene: Scene) -> Iterator[Extent]:
    """Yield the acts of a state that a number names: "Decreto Supremo N° 021-2025-IN"."""
    for one in scene.stretches(TOPIC, "numbered"):
        words = scene.words(one)
        if words[0].isupper() or any(letter.isdigit() for letter in words):
            yield one


def _act(scene: Scene, name: Extent) -> str:
    """Return whether an act is a statute or less than that, by its first noun."""
    kind = kind_of(scene, name)
    return kind if kind == "statute" else "other"


def kind_of(scene: Scene, name: Extent) -> str:
    """Return what a named instrument is, by the words of its name."""
    kinds = find_triggers(scene.found.text, TOPIC, "instruments", name)
    return str(kinds[0].says["kind"]) if kinds else "other"


def _is_measure(scene: Scene, name: Mention) -> bool:
    """Tell whether a name is a programme's or a plan's: that is a measure, unless the plan is an appeal."""
    language, words = scene.found.text.language, scene.words(name)
    plans, known = phrases(language, TOPIC, "plans"), name.entity.partition(":")[2].replace("-", " ")
    if plans.match(words) is None and plans.match(known) is None:
        return False
    return phrases(language, TOPIC, "appeals").search(words) is None


def _is_sealed(scene: Scene, extent: Extent) -> bool:
    """Tell whether an instrument without a name is signed on a day or in a place, or has a partner."""
    before = scene.before(extent, _PARTNER)
    if is_indefinite(scene, extent) and _signing(scene.found.text.language).search(before):
        return True
    if is_indefinite(scene, extent) and _ending(scene.found.text.language).search(
        scene.before(extent, _SIGNED)
    ):
        return True
    after = Extent(extent.end, min(scene.sentence.end, extent.end + 2 * _SIGNED))
    signed = phrases(scene.found.text.language, TOPIC, "signs").search(
        scene.found.text.plain, after.start, after.end
    )
    if signed is not None and not re.search(r"[;:.]\s", scene.words(Extent(extent.end, signed.start()))):
        by = phrases(scene.found.text.language, "clauses", "agents")
        reach = Extent(signed.end(), min(after.end, signed.end() + _SIGNED // 2))
        placed = [*scene.dates, *(one for one in scene.mentions if one.type == "GPE")]
        near = [one for one in placed if reach.start <= one.start <= reach.end]
        return any(not by.search(scene.words(Extent(reach.start, one.start))) for one in near)
    partners = phrases(scene.found.text.language, TOPIC, "partners").match(
        scene.found.text.plain, min(extent.end + 1, after.end), after.end
    )
    if partners is None:
        return False
    named = [one for one in scene.mentions if one.entity.startswith("cty:")]
    return any(0 <= one.start - partners.end() <= _PARTNER // 2 for one in named)


def _is_joint(scene: Scene, extent: Extent) -> bool:
    """Tell whether a noun without a name speaks of what several adopt: "the final communiqué"."""
    return phrases(scene.found.text.language, TOPIC, "joint").search(scene.words(extent)) is not None


def _is_signed(scene: Scene, extent: Extent) -> bool:
    """Tell whether words for signing stand in the sentence before a noun, or right after it."""
    roles = find_triggers(scene.found.text, "participation", "roles", scene.sentence)
    signing = [Extent(cue.start, cue.end) for cue in roles if cue.says["role"] == "signatory"]
    return any(cue.distance(extent) <= _SIGNED for cue in (*signing, *scene.stretches(TOPIC, "signs")))


def signings(scene: Scene) -> Iterator[tuple[Extent, bool]]:
    """Yield where a sentence tells of a signing, the instrument included, and whether that follows."""
    found = scene.found.text
    done = phrases(found.language, TOPIC, "done").match(found.plain, scene.sentence.start, scene.sentence.end)
    if done is not None and scene.dates:
        yield Extent(done.start(), scene.dates[0].end), True
    noted = [extent for extent, _, kind in _noted(scene) if kind != "statute"]
    for here in scene.stretches(TOPIC, "signs"):
        near = [one for one in noted if one.distance(here) <= _SIGNED and not one.overlaps(here)]
        joined = [one for one in near if not re.search(r"[.;:]\s", scene.words(here.between(one)))]
        one = min(joined, key=lambda one: one.distance(here), default=None)
        if one is not None:
            yield Extent(min(here.start, one.start), max(here.end, one.end)), one.start >= here.end
