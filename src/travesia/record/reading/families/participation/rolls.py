"""Rolls: lists with a label, "Present: Chile, Peru", and the list that opens a declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from travesia.record.reading.families.participation.rosters import below, is_long, over_heads
from travesia.record.reading.families.participation.turned import participants
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

TOPIC = "participation"

_NEAREST = 60
"""How far after the opening of a declaration its list of names starts at most, in code points."""

_DELEGATIONS = 3
"""How many lines of a state and its delegate are a list of delegations."""

_ABOVE = 2
"""How far above such a list its label stands at most, in lines."""

_HONOUR = 12
"""How long a form of address before a delegate's name is at most, in code points."""

_LIST = 2
"""How many names in an opening are a list."""


def rolls(every: Sequence[Scene], scene: Scene) -> Iterator[tuple[Trigger, Mention]]:
    """Yield the names of a list with a label, "Present: Chile, Peru (Chair)", each with its role."""
    text = scene.found.text
    colon = text.plain.find(":", scene.sentence.start, scene.sentence.end)
    head = Extent(scene.sentence.start, max(colon, scene.sentence.start))
    labels = find_triggers(text, TOPIC, "rolls", head)
    if colon < 0 or not labels or not _label(text.plain[scene.sentence.start : labels[0].start]):
        return
    if not _label(text.plain[labels[-1].end : colon]):
        return
    names = [one for one in scene.mentions if one.start > colon]
    if names and is_long(scene):
        return
    chairs = phrases(text.language, TOPIC, "chairs")
    persons = tuple(one for one in names if one.type == "PER")
    if len(persons) > 1 and (labels[0].says["role"] == "signatory" or _several(scene, persons)):
        # "For Peru, Ana Lima; for Chile, Juan Paz": persons sign for states, and come for bodies.
        names = [*persons]
    for one in participants(names) or below(every, scene):
        yield labels[0], one
        aside = re.match(r"\s*\(([^()\n]{1,40})\)", text.plain[one.end : one.end + 50])
        if aside and chairs.search(aside[1]):
            yield Trigger(one.end, one.end + aside.end(), {"role": "host"}), one


def delegations(every: Sequence[Scene]) -> list[tuple[Scene, Trigger, Mention]]:
    """Return the persons of a list by states below a label, "Fiji: Hon. Sereana Tuilagi, Minister".

    The words for it say `for` which state each is there.
    """
    rows = [one for scene in every if (one := _delegate(scene)) is not None]
    if len(rows) < _DELEGATIONS:
        return []
    first = rows[0][0].number
    above = every[max(0, first - _ABOVE) : first]
    labels = [cue for one in above for cue in find_triggers(one.found.text, TOPIC, "rolls", one.sentence)]
    if not labels:
        return []
    role = labels[-1].says["role"]
    return [
        (scene, Trigger(state.start, one.start, {"role": role, "for": state.entity}), one)
        for scene, state, one in rows
    ]


def _delegate(scene: Scene) -> tuple[Scene, Mention, Mention] | None:
    """Return the state that opens a line and the person whom it names behind a colon."""
    if len(scene.mentions) < _LIST:
        return None
    state, person = scene.mentions[:2]
    led = state.type == "GPE" and state.start == scene.sentence.start
    near = person.type == "PER" and person.start - state.end <= _HONOUR
    colon = scene.words(state.between(person)).lstrip().startswith(":")
    return (scene, state, person) if led and near and colon else None


def _several(scene: Scene, persons: Sequence[Mention]) -> bool:
    """Tell whether a semicolon stands between persons, each with what he is."""
    plain = scene.found.text.plain
    return all(";" in plain[left.end : right.start] for left, right in pairwise(persons))


def _label(words: str) -> bool:
    """Tell whether no more stands beside a label than a number or a bracket."""
    return re.fullmatch(r"[\s\d.()*-]{0,12}", words) is not None


def opening(scene: Scene) -> tuple[Mention, ...]:
    """Return those who make a declaration: the list after "We, the representatives of".

    Somebody must adopt or declare something within the next few sentences.
    """
    return once(scene, _opening)


def _opening(scene: Scene) -> tuple[Mention, ...]:
    language, plain = scene.found.text.language, scene.found.text.plain
    match = phrases(language, TOPIC, "preamble").match(plain, scene.sentence.start)
    after = [one for one in scene.actors() if match and one.start >= match.end()]
    if match is None or not after or after[0].start - match.end() > _NEAREST:
        return ()
    listed = participants(scene.listed_with(after[0]))
    names = over_heads(scene, listed) if listed else ()
    we = phrases(language, "clauses", "we").match(plain, scene.sentence.start)
    if len(names) < _LIST or not (we or _says(scene, "convened", names[-1].end)):
        return ()
    # A sentence that runs on over recitals has its verb some lines below.
    runs_on = not scene.words(scene.sentence).rstrip().endswith((".", ":"))
    near = scenes(scene.found)[scene.number + 1 : scene.number + (9 if we or runs_on else 2)]
    declared = _says(scene, "declares", names[-1].end) or any(
        _says(one, "declares", one.sentence.start) for one in near
    )
    return names if declared else ()


def _says(scene: Scene, group: str, start: int) -> bool:
    pattern = phrases(scene.found.text.language, TOPIC, group)
    return pattern.search(scene.found.text.plain, start, scene.sentence.end) is not None
