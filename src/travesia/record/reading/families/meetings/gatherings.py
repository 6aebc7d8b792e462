"""Gatherings: the meetings that a text speaks of, named or not, and which of them a place in it means.

A named event is one gathering wherever its name stands. A common noun ("the meeting", "a summit") or a verb
("will meet again") is the gathering spoken of before where it is definite, of a like kind and as much to come
or past; else a new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.when import date_of, status_of
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Mention
from travesia.record.reading.once import once
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import find_triggers, phrase_pattern, phrases

TOPIC = "events"

_Told = TypeVar("_Told")

_ANY = ("other", "any")
"""Kinds of the nouns that may speak of a meeting of any kind: "meeting", "event"."""

_BEFORE = 40
"""How far before a noun its article and its adjectives stand, in code points."""

_OPENING = 120
"""How far after a participle that opens a sentence its subject stands at most, in code points."""

_GUEST = 60
"""How far after "will receive" a guest is named at most, in code points: his office stands between."""

_HEADLINES = 5
"""How many lines at the head of a text may be its headline."""

_LONGEST, _LONGEST_VERB = 80, 240
"""How much of what follows a noun, and a verb, belongs to it at most, in code points."""


@dataclass
class Gathering:
    """A meeting that a text speaks of: `told` are the places where it does, in order.

    `ahead` says that it was still to come, `named` that it has a name, by which its record is known;
    `evidence` is where the text first speaks of it. `earlier` says that it is only told as one held before
    that of which the text tells: "the previous meeting".
    """

    id: str
    kind: str
    ahead: bool
    named: bool
    evidence: Extent
    earlier: bool = False
    told: list[tuple[Scene, Extent]] = field(default_factory=list)


@dataclass(frozen=True)
class Gatherings:
    """All gatherings of a text, in the order in which it first speaks of them."""

    every: tuple[Gathering, ...]

    def told_in(self, scene: Scene) -> list[tuple[Extent, Gathering]]:
        """Return what of a sentence speaks of which gathering."""
        return once(self, Gatherings._by_sentence).get(scene.number, [])

    def _by_sentence(self) -> dict[int, list[tuple[Extent, Gathering]]]:
        return by_sentence((one, one.told) for one in self.every)

    def meant(self, scene: Scene, cue: Extent, ahead: bool) -> Gathering | None:
        """Return the gathering that a place in a text means.

        The nearest of the sentence, the last of the sentences before in the paragraph, or the one that the
        text speaks of most; rather one that is to come, or past, as asked.
        """
        here = self.told_in(scene)
        if here:
            return min(here, key=lambda one: (one[1].ahead != ahead, one[0].distance(cue)))[1]
        by_sentence = once(self, Gatherings._by_sentence)
        for number in _before_in_paragraph(scene):
            told = by_sentence.get(number, ())
            before = [one for one in told if one[1].ahead == ahead and not one[1].earlier]
            if before:
                return max(before, key=lambda one: one[0].start)[1]
        story = [one for one in self.every if not one.earlier]
        alike = [one for one in story if one.ahead == ahead] or story
        return max(alike, key=lambda one: len(one.told), default=None)


def by_sentence(
    every: Iterable[tuple[_Told, Sequence[tuple[Scene, Extent]]]],
) -> dict[int, list[tuple[Extent, _Told]]]:
    """Return where things are told by the numbers of the sentences, from the places of each."""
    found: dict[int, list[tuple[Extent, _Told]]] = {}
    for one, told in every:
        for scene, extent in told:
            found.setdefault(scene.number, []).append((extent, one))
    return found


def _before_in_paragraph(scene: Scene) -> Iterator[int]:
    """Yield the numbers of the sentences before one, as far as no line ends between, the last first."""
    text = scene.found.text
    opens = text.plain.rfind("\n", 0, scene.sentence.start) + 1
    for number in range(scene.number - 1, -1, -1):
        if text.sentences[number].end < opens:
            return
        yield number


def gatherings(found: Found, every: Sequence[Scene]) -> Gatherings:
    """Find the gatherings of a text."""
    known: list[Gathering] = []
    for scene in every:
        if scene.sentence.kind == "speaker" or scene.is_endless:
            continue
        places = _places(scene)
        for extent, kind, name in places:
            others = [other for other, _, _ in places]
            one = _which(scene, _Place(extent, kind, name, _is_ahead(scene, extent, others)), known)
            if one is not None:
                one.told.append((scene, extent))
    return Gatherings(tuple(known))


def _places(scene: Scene) -> list[tuple[Extent, str, str | None]]:
    """Return what may speak of a gathering: its extent, the kind, and the id of a named one."""
    places: list[tuple[Extent, str, str | None]] = [*_names(scene), *_nouns(scene)]
    if len(places) > 1:
        # "After two days of talks the summit closed": the days are those of the summit.
        spans = _ends(scene.found.text.language, "days_of")
        others = [one for one in places if not spans.search(_around(scene, one[0])[0])]
        places = others or places
    clauses = [scene.clause_of(extent) for extent, _, _ in places]
    for verb in _verbs(scene, guests_only=bool(places)):
        far = all(verb[0].distance(one) > _BEFORE for one, _, _ in places)
        if scene.clause_of(verb[0]) not in clauses or far:
            places.append(verb)
    return sorted(places, key=lambda one: one[0])


def event_names(scene: Scene) -> Iterator[Mention]:
    """Yield the names of events in a sentence, without one inside another.

    "The second session of the Dialogue" is that session, wherever the Dialogue has a name of its own.
    """
    named = [one for one in scene.mentions if one.type == "EVENT"]
    inside = [one for one in scene.nested if not any(each.holds(one) for each in named)]
    yield from (one for one in (*named, *inside) if one.type == "EVENT" and one.entity.startswith("evt:"))


def _names(scene: Scene) -> Iterator[tuple[Extent, str, str | None]]:
    aside = _ends(scene.found.text.language, "aside")
    for one in event_names(scene):
        if not aside.search(_around(scene, one)[0]):
            nouns = find_triggers(scene.found.text, TOPIC, "gatherings", one)
            known = find_triggers(scene.found.text, TOPIC, "named", one)
            kinds = [str(cue.says["kind"]) for cue in (*nouns, *known)]
            if nouns or (kinds and kinds[0] == "assembly"):
                yield Extent(one.start, one.end), kinds[0], one.entity


def _nouns(scene: Scene) -> Iterator[tuple[Extent, str, str | None]]:
    taken = [one for one in (*scene.mentions, *scene.nested) if one.type in {"EVENT", "ORG", "DOC"}]
    for cue in find_triggers(scene.found.text, TOPIC, "gatherings", scene.sentence):
        if not any(one.start <= cue.start < one.end for one in taken):
            yield Extent(cue.start, cue.end), str(cue.says["kind"]), None


def _verbs(scene: Scene, guests_only: bool) -> Iterator[tuple[Extent, str, str | None]]:
    plain, language = scene.found.text.plain, scene.found.text.language
    for cue in find_triggers(scene.found.text, TOPIC, "meets", scene.sentence):
        before = Extent(scene.sentence.start, cue.start)
        acts = any(before.holds(one) for one in scene.actors())
        opens = cue.start - scene.sentence.start <= 2
        who = phrases(language, TOPIC, "who_meets").search(
            plain, before.start, min(scene.sentence.end, cue.end + (_OPENING if opens else 0))
        )
        if guests_only and not cue.says.get("guests"):
            continue
        if cue.says.get("guests"):
            hosted = phrases(language, TOPIC, "host").search(plain, before.start, before.end)
            if hosted or guest_after(scene, cue) is None:
                continue
        if acts or who or cue.says.get("alone"):
            yield Extent(cue.start, cue.end), str(cue.says["kind"]), None
            return


def guest_after(scene: Scene, cue: Extent) -> Mention | None:
    """Return the person named right after words such as "will receive"."""
    near = [one for one in scene.mentions if 0 <= one.start - cue.end <= _GUEST and one.type in PERSONS]
    if not near or re.search(r"[.;:]\s", scene.found.text.plain[cue.end : near[0].start]):
        return None
    return near[0]


@dataclass(frozen=True)
class _Place:
    """A stretch that may speak of a gathering, the id of a named one, and whether it was to come."""

    extent: Extent
    kind: str
    name: str | None
    ahead: bool


def _which(scene: Scene, place: _Place, known: list[Gathering]) -> Gathering | None:
    """Return the gathering that a place speaks of, a new one where it is none of those known."""
    extent, kind, name = place.extent, place.kind, place.name
    following = _is_next(scene, extent)
    if name is not None:
        held = next((one for one in known if one.id == name), None)
        if held is not None and _ordinal(scene, extent) not in (None, _ordinal(*held.told[0])):
            return _added(
                known, Gathering(record_id(scene.found, "event", extent), kind, place.ahead, False, extent)
            )
        if held is not None and (held.ahead or not following):
            return held
        if held is None:
            return _added(known, Gathering(name, kind, place.ahead, True, extent))
    if name is None and _is_earlier(scene, extent):
        made = Gathering(record_id(scene.found, "event", extent, "earlier"), kind, False, False, extent, True)
        known.append(made)
        return made
    ahead = following or place.ahead
    story = [one for one in known if not one.earlier]
    same = [one for one in story if _may_be(one.kind, kind)]
    if same and not following and _ends(scene.found.text.language, "this").search(_around(scene, extent)[0]):
        return same[-1]
    alike = [one for one in story if one.ahead == ahead and _may_be(one.kind, kind)]
    if alike and (not is_indefinite(scene, extent) or _is_shunned(scene, extent)):
        return alike[-1]
    if kind == "any" and not _has_host(scene):
        return None
    if len(known) == 1 and not ahead and _is_headline(known[0]) and _may_be(known[0].kind, kind):
        return known[0]
    evidence = evidence_of(scene, extent)
    name = record_id(scene.found, "event", evidence, "gathering")
    return _added(known, Gathering(name, kind, ahead, False, evidence))


def _ordinal(scene: Scene, extent: Extent) -> str | None:
    """Return the number before a name, "III" or "3rd": two numbers are two meetings."""
    found = re.search(r"(?:^|\s)([IVX]+|\d+(?:st|nd|rd|th|\.?[ªºª°]|e|ème)?)\s*$", _around(scene, extent)[0])
    return found[1] if found else None


def _is_shunned(scene: Scene, extent: Extent) -> bool:
    """Tell whether a noun says what somebody stayed away from: "shunned a meeting" is one told before."""
    roles = find_triggers(scene.found.text, "participation", "roles", scene.sentence)
    return any(one.says["role"] == "boycotted" and 0 <= extent.start - one.end <= 15 for one in roles)


def _has_host(scene: Scene) -> bool:
    roles = find_triggers(scene.found.text, "participation", "roles", scene.sentence)
    return any(cue.says["role"] == "host" for cue in roles)


def _added(known: list[Gathering], made: Gathering) -> Gathering:
    """Add a gathering; the one of the headline without a name is the first that the story tells of."""
    headed = [
        one
        for one in known
        if not one.named
        and _is_headline(one)
        and (_may_be(one.kind, made.kind) or _may_be(made.kind, one.kind))
    ]
    if len(headed) == len(known) == 1:
        made.told.extend(headed[0].told)
        known.clear()
    known.append(made)
    return made


def _is_headline(one: Gathering) -> bool:
    """Tell whether headings above the text are all that speaks of a gathering."""
    return all(
        scene.sentence.kind == "heading"
        and scene.number < _HEADLINES
        and not scene.words(scene.sentence).rstrip().endswith((",", ";", ":"))
        for scene, _ in one.told
    )


def _may_be(kind: str, noun: str) -> bool:
    """Tell whether a noun of one kind may speak of a gathering of another."""
    return kind == noun or noun in _ANY or (kind == "other" and noun in {"ministerial_meeting", "assembly"})


def evidence_of(scene: Scene, extent: Extent) -> Extent:
    """Return a noun or a verb with what belongs to it: up to the end of its clause."""
    clause = scene.clause_of(extent)
    verb = bool(_verb(scene.found.text.language).fullmatch(scene.words(extent)))
    end = min(max(clause.end, extent.end), extent.end + (_LONGEST_VERB if verb else _LONGEST))
    cut = -1 if verb else scene.found.text.plain.find(",", extent.end, end)
    end = cut if cut >= 0 else end
    while end > extent.end and scene.found.text.plain[end - 1] in " .,;:":
        end -= 1
    return Extent(extent.start, end)


def _is_ahead(scene: Scene, extent: Extent, others: Sequence[Extent]) -> bool:
    future = phrases(scene.found.text.language, TOPIC, "future")
    if future.search(scene.found.text.plain, extent.start, extent.end):
        return True
    date = date_of(scene, extent, others)
    return status_of(scene, extent, date.value if date else None) == "scheduled"


def _is_next(scene: Scene, extent: Extent) -> bool:
    before, after = _around(scene, extent)
    language = scene.found.text.language
    return bool(_ends(language, "next").search(before) or _starts(language, "next").match(after))


def _is_earlier(scene: Scene, extent: Extent) -> bool:
    """Tell whether a noun speaks of a meeting held before the one that is told of: "la cita anterior"."""
    before, after = _around(scene, extent)
    language = scene.found.text.language
    return bool(_ends(language, "previous").search(before) or _starts(language, "previous").match(after))


def noun_phrase(scene: Scene, extent: Extent) -> Extent:
    """Return a noun with what it is about or of, where a preposition says so."""
    about = phrases(scene.found.text.language, TOPIC, "about").match(
        scene.found.text.plain, extent.end + 1, scene.sentence.end
    )
    return evidence_of(scene, extent) if about else Extent(extent.start, extent.end)


@cache
def _verb(language: str) -> re.Pattern[str]:
    """Match the verbs of meeting, whose evidence runs on to what was met for."""
    entries = cues(language, TOPIC)["meets"]
    return re.compile(phrase_pattern([one for entry in entries for one in entry["find"]]), re.IGNORECASE)


def is_indefinite(scene: Scene, extent: Extent) -> bool:
    """Tell whether an indefinite article stands before a noun: the text speaks of it for the first time."""
    return _ends(scene.found.text.language, "indefinite").search(_around(scene, extent)[0]) is not None


def _around(scene: Scene, extent: Extent) -> tuple[str, str]:
    plain = scene.found.text.plain
    before = scene.before(extent, _BEFORE)
    return before, plain[extent.end : min(scene.sentence.end, extent.end + _BEFORE)]


@cache
def _ends(language: str, group: str) -> re.Pattern[str]:
    """Match what ends in some words and at most two adjectives."""
    words = phrase_pattern(cues(language, TOPIC)[group])
    return re.compile(rf"{words}\s*(?:[\w'-]+\s+){{0,2}}$", re.IGNORECASE)


@cache
def _starts(language: str, group: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{phrase_pattern(cues(language, TOPIC)[group])}", re.IGNORECASE)


def is_told_at(scene: Scene, cue: Extent, met: Gatherings) -> Gathering | None:
    """Return the gathering at which a sentence says that something was done: "announced at the summit"."""
    near = sorted(met.told_in(scene), key=lambda one: one[0].distance(cue))
    for extent, gathering in near:
        before = scene.before(extent, 3 * _BEFORE)
        if not gathering.ahead and at_meeting(scene.found.text.language).search(before):
            return gathering
    return None


@cache
def at_meeting(language: str) -> re.Pattern[str]:
    """Match text that ends in "at the" or "during the opening of the"."""
    at, section = phrase_pattern(cues(language, TOPIC)["at"]), cues(language, "clauses")
    small = phrase_pattern([*section["determiners"], *section["of"]])
    return re.compile(rf"{at}\s*(?:{small}\s*)*(?:[\w'-]+\s+){{0,6}}$", re.IGNORECASE)
