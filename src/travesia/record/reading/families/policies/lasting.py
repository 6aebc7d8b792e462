"""Practices told by since when: "Uganda has registered the Sudanese in the north since March".

What is done to people since a day, or will be from one on, is a measure whatever its verb; how many they are
makes it a figure or a promise. Only a sentence that tells no measure otherwise is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.policies.whom import named_targets
from travesia.record.reading.nouns import Extent, When
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, within

_TOPIC = "measures"

_PEOPLE = {"GROUP", "NORP"}

_FEWEST = 6
"""How many words a clause has at least that tells a measure."""


@dataclass(frozen=True)
class Practice(Extent):
    """A clause that tells since when something is done: its kind, for whom, and whether it is to come."""

    kind: str
    whom: tuple[str, ...]
    is_to_come: bool


def practices(scene: Scene) -> Iterator[Practice]:
    """Yield the clauses of a sentence that say since when something is done to people."""
    if scene.sentence.kind in {"heading", "dateline", "speaker"} or scene.is_question:
        return
    for day in scene.dates:
        if day.relation != "since" or day.value is None:
            continue
        clause = _around(scene, day)
        if len(scene.words(clause).split()) < _FEWEST or within(scene.quantities, clause):
            continue
        kind = _kind(scene, clause)
        if kind is None or not _names_people(scene, clause):
            continue
        ahead = bool(day.first) and str(day.first) > (scene.found.published or "9")
        if ahead or str(day.value).endswith("~"):
            whom = named_targets(scene, clause, kind)
            yield Practice(clause.start, clause.end, kind, whom, ahead)
            return


def _around(scene: Scene, day: When) -> Extent:
    """Return the clause of a day, without its opening words and marks, up to the next mark."""
    clause = scene.clause_of(day)
    words = scene.words(clause)
    first = max((one.end() for one in re.finditer(r"[;:]\s", words[: day.start - clause.start])), default=0)
    last = re.search(r"[;:.](?:\s|$)", words[day.end - clause.start :])
    end = day.end + last.start() if last else clause.end
    lead = re.match(r"[\s,]*", words[first:])
    return Extent(clause.start + first + (lead.end() if lead else 0), end)


def _names_people(scene: Scene, clause: Extent) -> bool:
    if any(one.type in _PEOPLE for one in within(scene.mentions, clause)):
        return True
    people = phrases(scene.found.text.language, _TOPIC, "people")
    return people.search(scene.found.text.plain, clause.start, clause.end) is not None


def _kind(scene: Scene, clause: Extent) -> str | None:
    """Return the kind of the first list of objects that a clause holds a word of."""
    language, plain = scene.found.text.language, scene.found.text.plain
    return next(
        (
            kind
            for name, kind in _kinds(language)
            if phrases(language, _TOPIC, name).search(plain, clause.start, clause.end)
        ),
        None,
    )


@cache
def _kinds(language: str) -> tuple[tuple[str, str], ...]:
    """Return the lists of objects with the kind that the first class of verbs gives them, people last."""
    told: dict[str, str] = {}
    for one in cues(language, _TOPIC)["clauses"]:
        for name, kind in one.get("with", {}).items():
            told.setdefault(name, kind)
    told.pop("people", None)
    return (*told.items(), ("people", "other"))
