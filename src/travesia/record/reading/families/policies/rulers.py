"""Rulers: who takes a measure, and who asked for it or brought it in.

Whoever does what is said of a measure brings it in, and the state behind rules it; a court never does. Where
nobody is said to do it the owner is looked for, "its scheme", then the state that the text speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from travesia.record.reading.families.commitments.issuers import LETTERHEAD
from travesia.record.reading.families.commitments.voices import voices_of
from travesia.record.reading.families.policies.anchors import TOPIC
from travesia.record.reading.families.policies.standings import PLANNED, Standing
from travesia.record.reading.families.statements.speakers import speaker
from travesia.record.reading.families.statements.stages import Stage
from travesia.record.reading.families.who import NOBODY, Who, all_of, lists_of_states
from travesia.record.reading.nouns import Extent
from travesia.record.reading.once import once
from travesia.record.reading.scenes import PERSONS, Scene
from travesia.record.reading.triggers import Trigger, phrases, phrases_at_end

_ASKED = {"advocated", "proposed"}
"""Statuses of what somebody wants: nobody rules it yet."""

_OWNERLESS = {"policy_gap"}

_BROUGHT = {*PLANNED, "start", "announce"}
"""What the state of the text has brought in itself where nobody else is said to."""

_ARTICLE = re.compile(r"\d{1,2}\. |(?:Art|Section)\w*\.? \d", re.IGNORECASE)
"""How a clause of a notice opens."""

_FEW = 3

_OF = 12
"""How far after a norm stands who made it, in code points."""


def rulers(told: Stage, main: Standing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the state or body that rules a measure, never a court, and who brought it in or asks for it."""
    scene, kind = main.scene, main.anchor.kind
    says = dict(main.status.says) if main.status is not None else {}
    who = _who(told, main)
    ids = tuple(dict.fromkeys(_settled(scene, one) for one in who.ids if one[3:4] == ":"))
    if says.get("status") in _ASKED:
        return (), ids or who.ids[:1]
    if who.extent is not None and _is_court(scene, who.extent):
        return tuple(_states(scene, ids, (), keep=False)) or _home(told), _maker(scene, main.anchor)
    own = tuple(_states(scene, ids, _home(told), keep=True))
    if own:
        kept = says.get("turn") == "keep" or says.get("kept") or kind in _OWNERLESS
        return own, () if kept else ids
    home = _home(told)
    brought = _BROUGHT & {says.get("status"), says.get("turn")} and kind not in _OWNERLESS
    return home, home if brought else ()


def _maker(scene: Scene, anchor: Extent) -> tuple[str, ...]:
    """Return who made the norm that a court decides on: "the order of the Interior Ministry"."""
    end = min(scene.sentence.end, anchor.end + _OF)
    norm = phrases(scene.found.text.language, TOPIC, "norms").search(
        scene.found.text.plain, anchor.start, end
    )
    near = [one for one in scene.actors() if norm and 0 <= one.start - norm.end() <= _OF]
    return (near[0].entity,) if near and near[0].type not in PERSONS else ()


def _settled(scene: Scene, one: str) -> str:
    """Return the state of a city that acts, otherwise who it is."""
    return scene.country_of(one) or one if one.startswith("plc:") else one


def _home(told: Stage) -> tuple[str, ...]:
    """Return the state that a text speaks of, or the body in whose name a notice without one is."""
    return once(told, _home_of)


def _home_of(told: Stage) -> tuple[str, ...]:
    if told.scenes and told.scenes[0].found.author:
        return ()
    articles = sum(map(_is_article, told.scenes)) >= _FEW
    heads = [one for one in told.scenes[:LETTERHEAD] if one.sentence.kind in {"heading", "dateline"}]
    bodies = [each.entity for one in heads for each in one.mentions if each.type == "ORG" and articles]
    return tuple(bodies[:1]) or ((told.home,) if told.home else ())


def _is_article(scene: Scene) -> bool:
    """Tell whether a sentence is a clause of a notice: it has a number, before it or in it."""
    start = scene.sentence.start
    label = scene.found.text.plain[max(0, start - 5) : start]
    return _ARTICLE.match(f"{label.lstrip()}{scene.words(scene.sentence)}") is not None


def _is_court(scene: Scene, extent: Extent) -> bool:
    return phrases(scene.found.text.language, TOPIC, "courts").search(scene.words(extent)) is not None


def _states(scene: Scene, ids: Iterable[str], home: Sequence[str], keep: bool) -> dict[str, None]:
    """Return the states behind some actors; an agency and a body of no known state stay if kept."""
    found = []
    for one in ids:
        known = scene.found.entities.get(one)
        agency = keep and known is not None and one.startswith("org:") and known.kind == "government"
        state = None if agency else scene.country_of(one)
        if (
            state is None
            and known is not None
            and known.kind in {None, "institution"}
            and one.startswith("org:")
        ):
            state = next(iter(home), None)
        found.append(state or (one if keep and not one.startswith("per:") else None))
    states = dict.fromkeys(one for one in found if one is not None)
    return states if len(states) < 2 else dict.fromkeys(scene.country_of(one) or one for one in states)


def _who(told: Stage, main: Standing) -> Who:
    """Return who does what the status of a measure says; nobody where an end only comes."""
    scene, status, anchor = main.scene, main.status, main.anchor
    if anchor.kind in _OWNERLESS:
        return _owner(scene, anchor)
    if status is None:
        found = _decider(scene, anchor)
        return _owner(scene, anchor) if found == NOBODY else found
    if status.says.get("weak") or status.says.get("expiry") == "scheduled" or _happens(scene, anchor, status):
        return _owner(scene, anchor)
    found = _decider(scene, Extent(min(status.start, anchor.start), status.end))
    if found == NOBODY:
        found = _nearest(scene, status, anchor) or speaker(told, scene, status, says=False)
    if not any(one[3:4] == ":" for one in found.ids):
        owner = _owner(scene, anchor)
        found = owner if owner != NOBODY else _bound(told, scene, status, found)
    return found


def _happens(scene: Scene, anchor: Extent, verb: Trigger) -> bool:
    """Tell whether a measure is itself the subject of a verb: "the waiver ends in May", nobody ends it."""
    if verb.says.get("turn") != "end" or verb.start < anchor.end:
        return False
    if scene.is_passive(verb) or scene.agents_of(verb):
        return False
    between = Extent(anchor.end, verb.start)
    return not any(between.holds(one) for one in scene.seen_actors())


def _bound(told: Stage, scene: Scene, verb: Trigger, found: Who) -> Who:
    """Return who is bound by a verb, as a promise's is found; "the three countries" are those listed."""
    bound = voices_of(scene.found).bound(scene, verb)
    many = phrases(scene.found.text.language, "commitments", "collectives")
    lists = [one for one in lists_of_states(scene.found) if len(one) >= _FEW]
    named = found.extent or bound.extent
    words = [*found.ids, *bound.ids, f"{scene.before(named, 4)}{scene.words(named)}" if named else ""]
    if len(lists) == 1 and any(map(many.match, words)):
        return Who(lists[0])
    return bound if any(one[3:4] == ":" for one in bound.ids) else found


def _decider(scene: Scene, verb: Extent) -> Who:
    """Return who stands right before the infinitive that a decision leads to.

    "Mexico's decision" aside, that is how all four languages say it: "thanked Chad for keeping its border
    open", "a decisão do Maláui de encerrar o campo".
    """
    led = phrases_at_end(scene.found.text.language, TOPIC, "infinitive_marks").search(scene.before(verb, 12))
    if led is None:
        return NOBODY
    at = verb.start - len(led[0])
    near = [one for one in scene.actors() if 0 <= at - one.end <= 1]
    return all_of(scene.listed_with(near[-1])) if near else NOBODY


def _owner(scene: Scene, anchor: Extent) -> Who:
    """Return whose a measure is: the subject before "its scheme", the state in "Peru's permit"."""
    opened = [one for one in scene.actors() if one.start == anchor.start and one.type not in PERSONS]
    if opened and scene.words(Extent(opened[0].end, anchor.end)).startswith("'s "):
        return all_of(opened[:1])
    own = phrases(scene.found.text.language, TOPIC, "its")
    if own.search(scene.words(anchor)) is None and own.search(scene.before(anchor, 7)) is None:
        return NOBODY
    before = [one for one in scene.seen_actors() if one.end <= anchor.start and one.type not in PERSONS]
    return all_of(scene.listed_with(before[-1])) if before else NOBODY


def _nearest(scene: Scene, verb: Extent, anchor: Extent) -> Who | None:
    """Return the actor right before a measure: of two clauses the nearer has its own subject."""
    at = min(verb.start, anchor.start)
    before = [one for one in scene.seen_actors() if one.end <= at]
    if not before or scene.is_passive(verb) or scene.is_author(verb):
        return None
    last = scene.listed_with(scene.in_person(before[-1]))
    if re.search(r'[;"]|\.\s', scene.words(Extent(last[-1].end, max(at, last[-1].end)))):
        return None
    return all_of(last)
