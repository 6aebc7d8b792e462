"""Hosts that stand in a list or beside an office: "host Sri Lanka", "el canciller anfitrión, Juan Díaz"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.participation.turned import participants
from travesia.record.reading.nouns import Mention
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases

_TOPIC = "participation"

_BESIDE = 12
"""How far before its adjective the office of a host begins at most, in code points."""


def hosting(scene: Scene, names: Sequence[Mention]) -> Mention | None:
    """Return the one of a list that words beside it call the host: "Thailand and host Sri Lanka"."""
    words = phrases(scene.found.text.language, _TOPIC, "host_before")
    for one in names:
        before = scene.before(one, 25)
        if re.search(rf"{words.pattern}\s*(?:\w{{1,3}}\s+)?$", before, re.IGNORECASE):
            return one
    return None


def host_named(scene: Scene, cue: Trigger) -> tuple[Mention, ...]:
    """Return the person named right after an office that hosts: "el canciller anfitrión, Juan Díaz,"."""
    if cue.says["role"] != "host":
        return ()
    near = [one for one in scene.actors() if one.type in PERSONS and 0 < one.start - cue.end <= 2]
    titles = phrases(scene.found.text.language, "clauses", "titles")
    before = scene.before(cue, _BESIDE)
    return tuple(near[:1]) if near and titles.search(before) else ()


def host_titled(scene: Scene) -> Iterator[tuple[Trigger, Mention]]:
    """Yield whom a noun before an office calls the host: "The hostess, Prime Minister Ana Lima,"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    for found in phrases(language, _TOPIC, "host_nouns").finditer(
        plain, scene.sentence.start, scene.sentence.end
    ):
        after = [one for one in scene.actors() if one.type == "PER" and one.start >= found.end()]
        beside = after and _beside_office(language).fullmatch(plain, found.end(), after[0].start)
        if beside and not any(found.end() <= one.start < after[0].start for one in scene.dates):
            yield Trigger(found.start(), found.end(), {"role": "host", "side": "after"}), after[0]


@cache
def _beside_office(language: str) -> re.Pattern[str]:
    """Match what stands between "the host" and a name: a comma, an office and of what it is one."""
    office = phrase_pattern(cues(language, "clauses")["titles"])
    return re.compile(rf",? (?:[^,.;:()]{{0,25}}{office}[^.;:()]{{0,40}}?,? )?", re.IGNORECASE)


def with_host(scene: Scene, names: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Add who stands before a list with an apposition: "Bolivia, host of the meeting, Chile and Peru"."""
    if not names:
        return names
    before = [one for one in scene.actors() if one.end <= names[0].start]
    if not before:
        return names
    between = scene.found.text.plain[before[-1].end : names[0].start]
    hosts = _host(scene.found.text.language)
    if re.fullmatch(r"\s*,[^,;:.]{3,60},\s*(?:\w{1,4}\s+)?", between) and hosts.search(between):
        return (*participants(scene.listed_with(before[-1])), *names)
    return names


@cache
def _host(language: str) -> re.Pattern[str]:
    """Match words that make a host of whoever stands beside them."""
    found = [entry["find"] for entry in cues(language, _TOPIC)["roles"] if entry["role"] == "host"]
    return re.compile(phrase_pattern([one for phrases_ in found for one in phrases_]), re.IGNORECASE)
