"""Who acts: from the subject of a verb to the ids that a record names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Found, Mention
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, before_in_paragraph, scenes
from travesia.record.reading.triggers import phrases


@dataclass(frozen=True)
class Who:
    """Actors by id, in the order of the text, and where they stand; empty where the text leaves it open."""

    ids: tuple[str, ...]
    extent: Extent | None = None


NOBODY = Who(())

_MANY = 4
"""How many states a list holds at least for "the signatories" of the next sentence to be those."""

_PAIR = 2

_PLACES = ("GPE", "GPE_METONYM", "ORG")

_ASIDE = 90
"""Longest aside between a subject and its verb, in code points."""

_RELATIVE = 20
"""How near its verb a name stands for which a relative pronoun stands, in code points."""


def all_of(listed: Sequence[Mention]) -> Who:
    """Return the actors of a list, each once, and where it stands."""
    return Who(_ids(listed), Extent(listed[0].start, listed[-1].end))


def who(every: Sequence[Scene], scene: Scene, verb: Extent) -> Who:
    """Return who does what a verb says.

    "We" is the author of the document, or the speaker of the sentence; a pronoun ("it", "they") or a verb
    without any subject stands for the subject of the sentence before.
    """
    subjects = scene.subjects_of(verb)
    if subjects:
        return all_of(subjects)
    if scene.is_author(verb):
        return Who((scene.found.author,)) if scene.found.author else NOBODY
    if scene.is_passive(verb) or scene.number == 0 or not _is_pronoun(scene, verb):
        return NOBODY
    before = every[scene.number - 1]
    earlier = before.seen_actors()
    return Who(_ids(before.listed_with(earlier[0]))) if earlier else NOBODY


def antecedent(scene: Scene, verb: Extent) -> Who:
    """Return whom a relative pronoun right before a verb stands for: "followed by Japan, which gave".

    A preposition hides a name from the verb of its sentence, not from that of the clause about it.
    """
    near = [one for one in scene.actors() if one.end < verb.start and verb.start - one.end <= _RELATIVE]
    if near:
        between = scene.found.text.plain[near[-1].end : verb.start]
        pronoun = phrases(scene.found.text.language, "clauses", "relatives").fullmatch(between.strip(" ,)"))
        if pronoun and between.lstrip(" )").startswith(","):
            listed = [one for one in scene.listed_with(near[-1]) if one.end <= near[-1].end]
            return Who(_ids(listed), Extent(listed[0].start, near[-1].end))
    return NOBODY


def resumed(scene: Scene, verb: Extent) -> Mention | None:
    """Return who stands before an aside that ends right before a verb: "Peru, whose envoy left early, will".

    The aside may be a relative clause, what somebody says or an apposition, without a comma of its own.
    """
    plain, start = scene.found.text.plain, scene.sentence.start
    if plain[max(start, verb.start - 2) : verb.start] != ", ":
        return None
    ends = {one.end: one for one in scene.seen_actors() if one.type in _PLACES}
    first, comma = max(start, verb.start - _ASIDE), verb.start - 2
    while (comma := plain.rfind(",", first, comma)) > 0:
        if comma in ends:
            return ends[comma]
    return None


def listed_before(every: Sequence[Scene], scene: Scene) -> tuple[str, ...]:
    """Return the states that the sentence right before lists, if it is of the same paragraph."""
    before = before_in_paragraph(every, scene)
    if before is None or scene.sentence.kind == "item":
        return ()
    states = [row for row in _rows(before) if len(row) >= _MANY]
    return _ids(states[-1]) if states else ()


def lists_of_states(found: Found) -> tuple[tuple[str, ...], ...]:
    """Return the different lists of at least three states that a text gives."""
    return once(found, _lists_of_states)


def _lists_of_states(found: Found) -> tuple[tuple[str, ...], ...]:
    rows = (_ids(row) for scene in scenes(found) for row in _rows(scene) if len(row) > _PAIR)
    return tuple(dict.fromkeys(rows))


def pair_before(every: Sequence[Scene], scene: Scene) -> tuple[str, ...]:
    """Return the last two states that were named together before: "both countries".

    Of the sentence right before they may be all that it names, in a list or not: "Peru accused Chile".
    """
    last = before_in_paragraph(every, scene)
    for earlier in reversed(every[: scene.number]):
        named = _states_of(earlier) if earlier is last else ()
        if len(named) == _PAIR:
            return named
        pairs = [row for row in _rows(earlier) if len(row) == _PAIR]
        if pairs:
            return _ids(pairs[-1])
    return ()


def numbers_in(language: str, words: str) -> list[int]:
    """Return the numbers that a few words tell, in digits or not: "the two governments"."""
    known = cues(language, "dates")["values"]["numbers"]
    told = (int(one) if one.isdigit() else known.get(one) for one in words.casefold().split())
    return [one for one in told if one is not None]


def _states_of(scene: Scene) -> tuple[str, ...]:
    """Return the states that a sentence names, each once."""
    named = (one for one in scene.mentions if one.type in {"GPE", "GPE_METONYM", "NORP"})
    known = (scene.country_of(one.entity) for one in named)
    return tuple(dict.fromkeys(one for one in known if one))


def _rows(scene: Scene) -> list[tuple[Mention, ...]]:
    rows = [tuple(_state(scene, each) for each in scene.listed_with(one)) for one in scene.actors()]
    return [row for row in rows if all(one.type in {"GPE", "GPE_METONYM"} for one in row)]


def _state(scene: Scene, one: Mention) -> Mention:
    """Return the state that a government is of, where it is named in full: "the Government of Fiji"."""
    state = scene.country_of(one.entity) if one.type == "ORG" else None
    entity = scene.found.entities.get(one.entity)
    own = state is not None and entity is not None and entity.kind == "government"
    return replace(one, type="GPE", entity=str(state)) if own else one


def _ids(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.entity for one in mentions))


def _is_pronoun(scene: Scene, verb: Extent) -> bool:
    clause = scene.clause_of(verb)
    pattern = phrases(scene.found.text.language, "clauses", "they")
    return pattern.search(scene.found.text.plain, clause.start, verb.start) is not None


def states(scene: Scene, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the states behind some actors: an official's or a ministry's own, others as they are.

    Organisations of many states stay what they are, so do persons without an office.
    """
    return tuple(dict.fromkeys(scene.country_of(one) or one for one in ids))
