"""Presents: what a state does from a day on or under a condition, told in the present.

"Quito reopens the border if Lima does", "Chile suspende las expulsiones", "Canberra is sending teachers in
September": the present alone tells of a habit, so a day to come, a condition or a measure that changes must
stand with it, and the state right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import action_of
from travesia.record.reading.families.commitments.amounts import amounts_in
from travesia.record.reading.families.commitments.binding import CLOSE, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.terms import is_ahead
from travesia.record.reading.families.who import Who
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrase_pattern, within

_ACTING = ("GPE", "GPE_METONYM")

_NEAR = 30
"""How far before who acts a condition opens, in code points."""

_LONGEST = 80
"""How far behind who acts a verb may end, with an aside between them, in code points."""


def presents(scene: Scene, found: Sequence[Trigger]) -> Iterator[Trigger]:
    """Yield the verbs of doing in the present that stand right behind a state; `found` are other binders."""
    if scene.sentence.kind in {"heading", "item"}:
        return
    plain, language = scene.found.text.plain, scene.found.text.language
    for actor in scene.actors():
        if actor.type not in _ACTING and not (actor.type == "ORG" and scene.country_of(actor.entity)):
            continue
        verb = _behind(language).match(plain, actor.end, min(scene.sentence.end, actor.end + _LONGEST))
        if verb is None or _is_hidden(scene, actor) or any(_takes(one, verb) for one in found):
            continue
        listed = scene.listed_with(actor)
        ids = tuple(dict.fromkeys(one.entity for one in listed))
        says = {
            "class": "now",
            "status": "announced",
            "subject": Who(ids, Extent(listed[0].start, actor.end)),
        }
        if verb["change"]:
            says["change"] = actor.type
        yield Trigger(verb.start("verb"), verb.end("verb"), MappingProxyType(says))


def _is_hidden(scene: Scene, actor: Mention) -> bool:
    """Tell whether a preposition hides an actor, or it is only the condition of another deed."""
    return (
        scene.is_hidden(actor)
        or _conditional(scene.found.text.language).search(scene.before(actor, _NEAR)) is not None
    )


def _gives_way(one: Trigger) -> bool:
    return bool(one.says.get("deed")) or one.says["class"] == "give"


def _takes(one: Trigger, verb: re.Match[str]) -> bool:
    """Tell whether a binder that knows more than that a measure changes stands where a verb does."""
    return not _gives_way(one) and one.start < verb.end("verb") and verb.start("verb") < one.end


def now(case: Case) -> Iterator[Promise]:
    """Yield what a verb in the present promises with a day, a condition or a measure that it changes."""
    deed = Extent(case.binder.start, case.reach.end)
    actions = case.actions(deed)
    amounts = amounts_in(case, deed, actions, direct=True)
    if not amounts and case.has("agenda", case.binder.start, case.binder.end):
        return
    made = case.promise(
        deed, amounts[0] if amounts else None, action_of(actions, amounts[0] if amounts else None)
    )
    if (
        _is_conditional(case)
        or _is_dated(case, made)
        or (not amounts and _changes(case))
        or (bool(amounts) and amounts[0].kind == "MONEY" and _is_issuers(case))
    ):
        yield made
        for quantity in amounts[1:]:
            yield case.promise(Extent(quantity.start, deed.end), quantity, action_of(actions, quantity))


def _is_conditional(case: Case) -> bool:
    return case.has("conditions", case.binder.end, case.reach.end)


def _is_issuers(case: Case) -> bool:
    """Tell whether it is the state that issues a text which gives: "Portugal adds 2 million"."""
    issuing = case.voices.ours or case.voices.host
    return any(case.scene.country_of(one) in issuing for one in case.subject().ids)


def _is_dated(case: Case, made: Promise) -> bool:
    """Tell whether a day to come stands with a deed, or right before who does it."""
    near = Extent(case.scene.clause_of(case.binder).start, case.reach.end)
    days = [one for one in within(case.scene.dates, near) if one.value]
    return bool(case.scene.found.published) and any(is_ahead(made, one, strictly=True) for one in days)


def _changes(case: Case) -> bool:
    """Tell whether a verb of change has a measure behind it or a capital before it: "Lima reopens"."""
    change = case.binder.says.get("change")
    if change is None or change == "GPE_METONYM":
        return change is not None
    return case.has("measures", case.binder.end, min(case.reach.end, case.binder.end + CLOSE // 2))


@cache
def _conditional(language: str) -> re.Pattern[str]:
    """Match text that ends in what opens a condition, with an article behind it."""
    opening = phrase_pattern(
        [*cues(language, TOPIC)["conditions"], *cues(language, "clauses")["conditional"][:6]]
    )
    articles = phrase_pattern(cues(language, "clauses")["determiners"])
    return re.compile(rf"{opening}\s*(?:que\s+|qu')?(?:{articles}\s*)?$", re.IGNORECASE)


@cache
def _behind(language: str) -> re.Pattern[str]:
    """Match a verb in the present right behind its subject, past an adverb or a short aside."""
    section = cues(language, TOPIC)
    adverb = phrase_pattern(section["before_present"])
    telling = phrase_pattern(section["announcing"])
    they = phrase_pattern(cues(language, "clauses")["they"])
    aside = rf"(?:,\s[^,;:.\n]{{2,40}},|,\s{they}|\s(?:\S+\s){{0,2}}?{telling})?\s+(?:{adverb}\s+){{0,2}}"
    changing, doing = phrase_pattern(section["changing"]), phrase_pattern(_forms(language))
    return re.compile(rf"{aside}(?P<verb>(?P<change>{changing})|{doing})(?=\s)", re.IGNORECASE)


def _forms(language: str) -> list[str]:
    """Return the third persons of the verbs of doing that are formed by rule, and those that are not."""
    section = cues(language, TOPIC)
    irregular: list[str] = section["presents"]
    endings: dict[str, str] = section["present_endings"]
    regular = [form for verb in section["doing"].split() if (form := _regular(verb, endings))]
    return [*irregular, *regular]


def _regular(verb: str, endings: dict[str, str]) -> str | None:
    """Return the forms of a verb by the first of some endings that it has."""
    last = next((one for one in endings if verb.endswith(one) and len(verb) > len(one) + 1), None)
    return None if last is None else f"{verb[: len(verb) - len(last)]}(?:{endings[last]})"
