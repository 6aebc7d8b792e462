"""Seals: who signs below a text, in lines such as "For the Republic of Peru:", by name, or in a roll."""

from __future__ import annotations

import re
from collections.abc import Sequence

from travesia.record.reading.families.meetings.gatherings import TOPIC as EVENTS
from travesia.record.reading.families.participation.rolls import rolls
from travesia.record.reading.families.participation.rosters import is_long
from travesia.record.reading.families.participation.turned import participants
from travesia.record.reading.nouns import Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrases

_TOPIC = "participation"

_LAST = 6
"""How many sentences before its end a text may have the roll of those who sign it."""

_HONOUR = 16
"""How long a form of address before the name of who signs is at most, in code points."""

Seal = tuple[Scene, Trigger, Mention]
"""Where somebody signs, the words for it, and who; they say `for` which state a person does."""


def seals(every: Sequence[Scene]) -> list[Seal]:
    """Return who signs below a text, two at least: states, or the persons who do for them."""
    found = [one for scene in every for one in _line(every, scene)]
    if len(found) < 2:
        # A text that ends in a roll, "Signatories: Chile, Ghana and Togo", is signed by those.
        rolled = [(scene, *one) for scene in every[-_LAST:] for one in rolls(every, scene)]
        found = [one for one in rolled if one[1].says["role"] == "signatory"] or _signed_below(every)
    return found if len(found) > 1 else []


def _line(every: Sequence[Scene], scene: Scene) -> list[Seal]:
    """Return who signs in a line that says for which state, or in the one below it."""
    plain, start, end = scene.found.text.plain, scene.sentence.start, scene.sentence.end
    match = phrases(scene.found.text.language, _TOPIC, "signs_for").match(plain, start, end)
    # "For the Government of Fiji": the state is named within its government.
    named = (*scene.mentions, *scene.nested)
    near = [one for one in named if match and 0 <= one.start - match.end() <= 1]
    if not near or not near[0].entity.startswith("cty:"):
        return []
    state, rest = near[0], plain[near[0].end : end]
    names = scene.listed_with(state)
    behind = plain[names[-1].end : end]
    if len(names) > 1 and re.fullmatch(r"\s*:?\s*(?:\([^()]{1,20}\))?[.\s]*", behind):
        # "For Chile, Ghana and Togo: (signed)"
        last = scene.number >= len(every) - _LAST
        return [(scene, _signing(start, names[0].start), one) for one in participants(names) if last]
    signer = _signer(every, scene, state)
    if signer is not None:
        where, name = signer
        cue = _signing(start, state.start, state.entity)
        return [(where, cue if where is scene else _signing(name.start, name.end, state.entity), name)]
    alone = len(rest) <= len(": ") or (rest.startswith(",") and not rest.endswith("."))
    return [(scene, _signing(start, state.start), state)] if alone else []


def _signing(start: int, end: int, state: str | None = None) -> Trigger:
    """Return the words of signing, and for which state somebody does."""
    return Trigger(start, end, {"role": "signatory", "for": state})


def _signer(every: Sequence[Scene], scene: Scene, state: Mention) -> tuple[Scene, Mention] | None:
    """Return the person who signs for a state: named behind it, or in the line below."""
    behind = next((one for one in scene.mentions if one.start > state.end), None)
    if behind is not None and _is_signature(scene, behind, state.end):
        return scene, behind
    below = every[scene.number + 1] if scene.number + 1 < len(every) else None
    alone = not scene.found.text.plain[state.end : scene.sentence.end].strip(" :,")
    first = next(iter(below.mentions), None) if below is not None and alone else None
    if below is None or first is None or not _is_signature(below, first, below.sentence.start):
        return None
    return below, first


def _is_signature(scene: Scene, name: Mention, start: int) -> bool:
    """Tell whether a line is a person's name with no more than his office."""
    return name.type == "PER" and name.start - start <= _HONOUR and not is_long(scene)


def _signed_below(every: Sequence[Scene]) -> list[Seal]:
    """Return the persons whose names and offices stand in lines below "Done at Bamako, 3 May 2023"."""
    found: list[Seal] = []
    done = False
    for scene in every:
        start = scene.sentence.start
        closing = phrases(scene.found.text.language, EVENTS, "done")
        if closing.match(scene.found.text.plain, start, scene.sentence.end):
            done, found = True, []
        elif done and scene.mentions and _is_signature(scene, scene.mentions[0], start):
            first = scene.mentions[0]
            found.append((scene, _signing(first.start, first.end), first))
    return found
