"""Grounds: the norm under which a measure was made, or by which it was."""

from __future__ import annotations

from collections.abc import Sequence

from travesia.record.reading.families.policies.anchors import TOPIC
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.standings import Standing
from travesia.record.reading.families.policies.stories import ground_of
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers, phrases

_PREAMBLE = 12
"""In how many sentences from the start a notice cites the law under which it is made."""

_CITED = 60
"""How far after "pursuant to" the law's name stands, past its sections, in code points."""


def legal_basis(scenes: Sequence[Scene], measure: Measure, main: Standing) -> str | None:
    """Return the norm that is cited beside a measure, that it is itself, or that its notice cites."""
    for place in measure.places:
        if (ground := ground_of(place, measure.heads)) is not None:
            return ground
    scene = main.scene
    basis = next(iter(scene.stretches(TOPIC, "legal_bases")), None)
    if basis is not None and not main.anchor.overlaps(basis):
        return scene.found.text.original[basis.start : basis.end]
    return _itself(measure) or _preamble(scenes, measure)


def _itself(measure: Measure) -> str | None:
    """Return the instrument that a measure is: "the Mobility Agreement takes effect in March"."""
    name = measure.name or ""
    if not name.startswith("ins:"):
        return None
    for place in measure.places:
        found, language = place.scene.found, place.scene.found.text.language
        nouns = find_triggers(found.text, TOPIC, "heads", place)
        if phrases(language, TOPIC, "norms").search(place.scene.words(place)) or nouns:
            return name
    return None


def _preamble(scenes: Sequence[Scene], measure: Measure) -> str | None:
    """Return the law that the preamble of a notice cites, for the measure with a name that it is about."""
    if measure.name is None:
        return None
    for scene in scenes[:_PREAMBLE]:
        cited = next(iter(scene.stretches(TOPIC, "preambles")), None)
        laws = [one for one in scene.mentions if cited and 0 <= one.start - cited.end <= _CITED]
        named = next((one for one in laws if one.type == "DOC"), None)
        if named is not None:
            return named.entity
    return None
