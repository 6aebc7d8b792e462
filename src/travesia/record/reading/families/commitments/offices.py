"""Offices: the state for which somebody acts, by the words of an office beside a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene, opening_state
from travesia.record.reading.triggers import phrase_pattern, phrases

_BESIDE = 50
"""How far from a person's name the state of its office stands, in code points."""

_OPENING = 6
"""How long the preposition is that opens a sentence before a city, in code points."""

_AFTER = 25
"""How far behind a state the word of its office may end, in code points."""


_SHORT = 2
"""How many words an office has that stands for a body which the text named in full: "the Department"."""

_TITLE = 4
"""How many words the office of a person has between its body and the name."""


def acting_in(scene: Scene, verb: Extent) -> tuple[str, ...]:
    """Return the state that acted last before a place of a sentence."""
    groups = [one for one in scene.mentions if one.type == "GROUP"]
    for one in reversed([*scene.mentions, *scene.nested]):
        state = scene.country_of(one.entity)
        # "Workers from Bosnia and Kosovo" are whom it is about.
        inside = one.nested and any(group.holds(one) for group in groups)
        if state and one.end <= verb.start and not inside and _acts(scene, one):
            return (state,)
    return ()


def acted_last(every: Sequence[Scene], scene: Scene, verb: Extent, near: bool = False) -> tuple[str, ...]:
    """Return the state that acted last before a verb, by name or office; `near`: in its paragraph."""
    first = scene.found.text.plain.rfind("\n", 0, scene.sentence.start) if near else -1
    earlier = (every[number] for number in range(scene.number, -1, -1))
    here = takewhile(lambda one: one.sentence.start > first, earlier)
    return next((state for one in here if (state := acting_in(one, verb))), ())


def named_in_full(every: Sequence[Scene], scene: Scene, office: Extent) -> str | None:
    """Return the body that an office stands for: "the Department" after "Department of Justice"."""
    words = scene.words(office).split()
    if len(words) != _SHORT:
        return None
    for earlier in (every[number] for number in range(scene.number, -1, -1)):
        for one in reversed(earlier.mentions):
            opens = scene.found.text.plain[one.start : one.end].startswith(words[-1].capitalize() + " ")
            if one.type == "ORG" and one.end <= office.start and opens:
                return one.entity
    return None


def unknown_body(scene: Scene, clause: Extent, verb: Extent) -> Extent | None:
    """Return the body that a clause opens with and that is no known name: ", y la Intendencia de Salto"."""
    opening = _opening_body(scene.found.text.language).fullmatch(
        scene.found.text.plain, clause.start, verb.start
    )
    if opening is None:
        return None
    place = Extent(opening.start("body"), opening.end("body"))
    whose = {one.type for one in (*scene.mentions, *scene.nested) if one.overlaps(place)}
    dated = any(one.overlaps(place) for one in scene.dates)
    return None if dated or whose - {"GPE", "LOC", "NORP"} else place


@cache
def _opening_body(language: str) -> re.Pattern[str]:
    """Match a joiner and the article and capitalised words of a body, up to its verb."""
    section = cues(language, "clauses")
    joiner, article = phrase_pattern(section["joiners"]), phrase_pattern(section["determiners"])
    name = r"(?-i:[A-Z\u00c0-\u00de])[^\W\d_]+(?:\s[^\W\d_]+){0,5}"
    return re.compile(rf"\W*(?:{joiner}\s+)?(?P<body>{article}\s*{name})\s+", re.IGNORECASE)


def _acts(scene: Scene, one: Mention) -> bool:
    if one.type in {"PER", "PER_ROLE"}:
        return True
    if one.type == "NORP":
        before = scene.before(one, 30)
        heads = [*phrases(scene.found.text.language, "clauses", "heads").finditer(before)]
        apart = not heads or set(before[heads[-1].end() :]) & set(",;:.")
        return one in scene.actors() or not apart
    return one.type in {"GPE", "GPE_METONYM"} and not scene.is_hidden(one)


def state_beside(scene: Scene, person: Extent) -> str | None:
    """Return the state of the office that stands beside a person."""
    beside = [one for one in (*scene.mentions, *scene.nested) if _names_office(scene, one, person)]
    return scene.country_of(beside[-1].entity) if beside else None


def opening_capital(every: Sequence[Scene], scene: Scene, person: Mention) -> str | None:
    """Return the state of the city where a sentence or its paragraph opens: "In Lima, the minister"."""
    first_of = scene.found.text.plain.rfind("\n", 0, scene.sentence.start)
    for number in range(scene.number, -1, -1):
        if every[number].sentence.start < first_of:
            return None
        end = person.start if number == scene.number else every[number].sentence.end
        state = _opening_capital(every[number], end)
        if state:
            return state
    return None


def _opening_capital(scene: Scene, end: int) -> str | None:
    first = next(iter(scene.mentions), None)
    if first is None or first.type not in {"GPE", "GPE_METONYM"} or not scene.is_hidden(first):
        return None
    between = scene.found.text.plain[first.end : min(end, first.end + 2 * _BESIDE)]
    office = phrases(scene.found.text.language, "clauses", "heads").search(between)
    near = first.start - scene.sentence.start < _OPENING
    return scene.country_of(first.entity) if near and office and between.startswith(",") else None


def state_abroad(every: Sequence[Scene]) -> tuple[str, ...]:
    """Return the state whose embassies or consulates a text names, where it names those of no other."""
    found = every[0].found
    missions = phrases(found.text.language, "clauses", "missions")
    named: set[str | None] = set()
    for match in missions.finditer(found.text.plain):
        after = (one for one in found.mentions if 0 <= one.start - match.end() <= 1 and one.type != "PER")
        named.update(every[0].country_of(one.entity) for one in after)
        own = (
            one
            for one in found.mentions
            if one.type == "ORG" and one.holds(Extent(match.start(), match.end()))
        )
        named.update(every[0].country_of(one.entity) for one in own)
    known = tuple(one for one in named if one)
    return known if len(known) == 1 else ()


def introduced(earlier: Sequence[Scene], actor: str) -> str | None:
    """Return the state with whose office a person was named earlier in the text."""
    for scene in earlier:
        for one in scene.mentions:
            if one.entity == actor:
                return state_beside(scene, one) or next(iter(acting_in(scene, one)), None)
    return None


def told_before(every: Sequence[Scene], scene: Scene, person: Mention) -> str | None:
    """Return the state that the sentence before opens with: "Chile refused. The minister, Ana Paz, said"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    opens = Extent(scene.sentence.start, person.start)
    office = phrases(language, "clauses", "heads").search(plain, opens.start, person.end)
    others = any(one.start < person.start for one in scene.mentions if one.type not in {"PER", "PER_ROLE"})
    if office is None or others or opens.end - opens.start > _BESIDE:
        return None
    if any(one.entity == person.entity for earlier in every[: scene.number] for one in earlier.mentions):
        return None
    state = opening_state(every, scene, _OPENING)
    return scene.country_of(state.entity) if state is not None else None


def _names_office(scene: Scene, state: Mention, person: Extent) -> bool:
    """Tell whether a state is that of the office beside a person: "ministra chilena", ", its minister"."""
    if state.type == "ORG" and 0 < person.start - state.end <= _BESIDE:
        # "USAID Assistant Administrator Denise Halloran": an office's own body stands right before it.
        words = scene.found.text.plain[state.end : person.start].split()
        return 0 < len(words) <= _TITLE and not any(one[-1] in ",;:" for one in words)
    if state.type not in {"NORP", "GPE"}:
        return False
    plain, language = scene.found.text.plain, scene.found.text.language
    if any(one.type == "PER" and person.between(state).holds(one) for one in scene.mentions):
        return False
    heads = phrases(language, "clauses", "heads")
    if 0 < state.start - person.end <= _BESIDE:
        between = plain[person.end : state.start]
        near = heads.search(plain, person.end, min(scene.sentence.end, state.end + _AFTER))
        joined = phrases(language, "clauses", "joiners").match(between.lstrip(", "))
        return between.startswith(", ") and between.count(",") == 1 and near is not None and not joined
    if not 0 <= person.start - state.end <= _BESIDE:
        return False
    after = heads.search(plain, state.end, person.start)
    if after and "," not in plain[state.end : after.start()]:
        return True
    first = max(scene.sentence.start, state.start - _BESIDE)
    before = [*heads.finditer(plain, first, state.start)]
    return bool(before) and "," not in plain[before[-1].end() : state.start]
