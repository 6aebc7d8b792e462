"""Vouching: who says that something is promised, before it or after it, in quotation marks or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.offices import acted_last
from travesia.record.reading.families.who import NOBODY, Who, who
from travesia.record.reading.nouns import Extent
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases

_NEAR = 80
"""How far from its verb a speaker is looked for, in code points."""

_FAR = 160
"""How far before a promise the verb of its speaker may stand, in code points."""

_WITH_SUBJECTS = ("en", "fr")
"""Languages in which a verb has a subject or a pronoun of its own."""

_OFFICE = 12
"""How far behind a verb of saying "its minister" ends, in code points."""

ATTRIBUTED = "cty: org: per: grp:"
"""How the ids begin of those who can vouch for a record."""


@dataclass(frozen=True)
class Voucher:
    """Who says so, nearest first, and whether in quotation marks."""

    ids: tuple[str, ...] = ()
    quoted: bool = False

    @property
    def certainty(self) -> str:
        """The certainty of what is vouched for, in the schema's word."""
        if self.quoted:
            return "quoted"
        return "reported" if self.ids else "asserted"


def is_quoted(scene: Scene, verb: Extent) -> bool:
    """Tell whether a verb stands in quotation marks."""
    return any(one.holds(Extent(verb.start, verb.start + 1)) for one in quoted_in(scene))


def sayer(every: Sequence[Scene], scene: Scene, verb: Extent, end: int) -> tuple[str, ...]:
    """Return who says what a verb promises whose deed ends at a place; empty where nobody does."""
    plain, sentence = scene.found.text.plain, scene.sentence
    matches = scene.stretches("commitments", "said")
    before = [one for one in matches if one.end <= verb.start and verb.start - one.end < _FAR]
    if before and ";" not in plain[before[-1].end : verb.start]:
        found = who(every, scene, before[-1])
        return found.ids or named_by_office(every, scene, _after(before[-1]))
    for one in matches:
        if one.start < end:
            continue
        if plain[sentence.start : one.start].rstrip()[-1:] in {",", '"'}:
            return _speaker_after(every, scene, one)
        speaker = _speaker_before(every, scene, one, end)
        if speaker:
            return speaker
    return ()


def says_of_itself(every: Sequence[Scene], scene: Scene, verb: Extent) -> Who:
    """Return who says a verb without a subject: "Chile extenderá, y Panamá dijo que no cerrará"."""
    language, plain = scene.found.text.language, scene.found.text.plain
    said = [one for one in scene.stretches("commitments", "said") if one.end <= verb.start]
    if language in _WITH_SUBJECTS or not said:
        return NOBODY
    that = phrases(language, "commitments", "that").search(plain, said[-1].start, verb.start)
    if that is None or not set(plain[that.end() : verb.start].split()) <= _denials(language):
        return NOBODY
    found, clause = who(every, scene, said[-1]), scene.clause_of(said[-1])
    named = found.extent is not None and clause.start <= found.extent.start < said[-1].start
    return found if named else NOBODY


@cache
def _denials(language: str) -> frozenset[str]:
    """Return the small words that may stand between "that" and its verb."""
    clauses, section = cues(language, "clauses"), cues(language, "commitments")
    return frozenset([*clauses["negations"], *section["beside_verbs"], "se", ""])


def _speaker_before(every: Sequence[Scene], scene: Scene, said: Extent, end: int) -> tuple[str, ...]:
    """Return who stands between the comma or quote after a deed and "said": ", Chile's minister said"."""
    plain = scene.found.text.plain
    comma = max(plain.rfind(",", end - 1, said.start), plain.rfind('"', end - 1, said.start))
    if comma < 0:
        return ()
    named = [one for one in (*scene.mentions, *scene.nested) if comma < one.start and one.end <= said.start]
    persons = [one for one in named if one.type in {"PER", "PER_ROLE", "ORG"}]
    states = [one for one in named if scene.country_of(one.entity)]
    speaker = next(iter(persons or states), None)
    return (speaker.entity,) if speaker else named_by_office(every, scene, Extent(comma, said.start))


def _speaker_after(every: Sequence[Scene], scene: Scene, said: Extent) -> tuple[str, ...]:
    """Return who stands after "said", or right before it after a quote."""
    after = [one for one in scene.mentions if 0 <= one.start - said.end <= _NEAR]
    persons = [one for one in after if one.type in {"PER", "PER_ROLE"}]
    inside = [one for one in scene.nested if scene.country_of(one.entity)]
    named = persons or [
        one
        for one in after
        if scene.country_of(one.entity) or (one.type == "ORG" and any(one.holds(each) for each in inside))
    ]
    if named:
        return (named[0].entity,)
    return named_by_office(every, scene, _after(said)) or who(every, scene, said).ids


def named_by_office(every: Sequence[Scene], scene: Scene, place: Extent) -> tuple[str, ...]:
    """Return the state of "its minister" in some words: the one that acted last."""
    office = phrases(scene.found.text.language, "clauses", "they").search(scene.words(place))
    opening = Extent(scene.sentence.start, scene.sentence.start)
    return acted_last(every, scene, opening) if office else ()


def _after(said: Extent) -> Extent:
    """Return the words right after a verb of saying, in which "its minister" may stand."""
    return Extent(said.end, said.end + _OFFICE)
