"""Sheets: lines without a verb in a text that a state or body issues, under whatever heading.

"Rehabilitation of 3,400 homes by December 2026", "Budget: 5 million dollars", "2,300 tonnes of flour for the
camps": who issues a fact sheet, a notice or a programme gives what its lines name, unless they tell of what
was done or is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.commitments.actions import action_of, before_amount, is_money, unit_of
from travesia.record.reading.families.commitments.amounts import deed_noun, leading_to_amount
from travesia.record.reading.families.commitments.binding import OBJECT, TOPIC, Case, Promise
from travesia.record.reading.families.commitments.deeds import first_verb
from travesia.record.reading.families.commitments.voices import Voices
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Quantity, When
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases

_LONGEST = 260
"""Longest line without a verb, in code points."""

_SECTION = 14
"""How many sentences after a heading belong to it at most."""

_FORM = 30
"""How many sentences the head of a form has at most: "Donor", "Amount", "Duration"."""

_REACH = 14
"""How many words after the noun of a deed the people may stand whom it is for."""

_LABEL = re.compile(r"\W*([^\W\d_][^:.;,\n\d]{1,50}?)\s?:\s+(?=\S)")


def sheet_lines(case: Case) -> Iterator[Promise]:
    """Yield what a line without a verb promises, where the text is one of who gives."""
    scene = case.scene
    if not (scene.quantities or scene.dates) or not _may_be_a_line(scene):
        return
    giver = donor(case.voices)
    if giver == NOBODY and not (case.voices.ours or case.voices.host):
        return
    label = _LABEL.match(case.plain, scene.sentence.start, scene.sentence.end)
    start = label.end() if label else scene.sentence.start
    names = label is not None and _names_an_amount(case, label)
    if not names and scene.sentence.kind == "heading":
        return
    if _tells(case, start) or (not names and _of_facts(case)):
        return
    for place, amount in _promised(case, start, names):
        action = action_of(case.actions(place), amount)
        unit = unit_of(scene, amount) if amount else None
        binder = Trigger(place.start, place.start, case.binder.says)
        yield Promise(scene, binder, place, giver, amount, unit, action)


def _may_be_a_line(scene: Scene) -> bool:
    sentence, plain = scene.sentence, scene.found.text.plain
    if sentence.end - sentence.start > _LONGEST or sentence.kind not in {"item", "heading", "prose"}:
        return False
    # A fragment of prose is a paragraph of its own.
    return sentence.kind != "prose" or plain[max(0, sentence.start - 1) : sentence.start] in {"", "\n"}


def _names_an_amount(case: Case, label: re.Match[str]) -> bool:
    """Tell whether the label of a line says that an amount is given: "Budget", "Annual quota"."""
    return case.has("amount_labels", label.start(1), label.end(1)) and not case.has(
        "bare_facts", label.start(1), label.end(1)
    )


def _tells(case: Case, start: int) -> bool:
    """Tell whether a line tells something: it has a finite verb, or words for what is done or needed."""
    end = case.scene.sentence.end
    if case.has("finite", start, end) or case.has("bare_past", start, end):
        return True
    published = case.scene.found.published or ""
    past = [one for one in case.scene.dates if one.value and published and (one.last or "9") < published]
    return bool(past) and len(past) == sum(1 for one in case.scene.dates if one.value)


def _of_facts(case: Case) -> bool:
    """Tell whether the heading over a line, or the line that leads to it, is of what was or is needed."""
    voices, number = case.voices, case.scene.number
    for one in reversed(voices.every[max(0, number - _SECTION) : number]):
        words = one.words(one.sentence).rstrip()
        leads = words.endswith(":") and one.sentence.kind != "item"
        if leads or one.sentence.kind == "heading":
            return case.has("bare_facts", one.sentence.start, one.sentence.end) or case.has(
                "no_deeds_below", one.sentence.start, one.sentence.end
            )
    return False


def _promised(case: Case, start: int, names: bool) -> Iterator[tuple[Extent, Quantity | None]]:
    """Yield the amounts that a line opens with, or that a noun or verb of a deed has right behind it."""
    scene, end, told = case.scene, case.reach.end, False
    for one in scene.quantities:
        if one.value is None or one.start < start or one.kind == "RATIO":
            continue
        opening = _opening(case.language).fullmatch(case.plain, start, one.start)
        if opening and (names or _is_meant(case, one)):
            yield Extent(start, end), one
            told = True
        elif _of_a_deed(case, start, one):
            first = Extent(start, end) if not told else Extent(one.start, end)
            yield first, one
            told = True
    ahead = any(one.value and _is_ahead(case, one) for one in scene.dates)
    if not told and ahead and deed_noun(case.language, 0).match(case.plain, start, end):
        yield Extent(start, end), None


def _is_meant(case: Case, amount: Quantity) -> bool:
    """Tell whether a line that opens with an amount says for whom, for what or by when it is."""
    end = case.scene.sentence.end
    unit = unit_of(case.scene, amount) or ""
    ahead = any(one.value and _is_ahead(case, one) and one.start > amount.end for one in case.scene.dates)
    places = case.has("raised", amount.start, min(end, amount.end + OBJECT))
    if is_money(case.scene, amount) and phrases(case.language, TOPIC, "part_goes").match(
        case.plain, amount.end + 1, end
    ):
        return True
    meant = case.has("beneficiaries", amount.end, end) or case.has("meant_for", amount.end, end)
    if unit.startswith("person") and not places:
        return False
    return ahead or meant or (places and not unit.startswith("other"))


def _of_a_deed(case: Case, start: int, amount: Quantity) -> bool:
    """Tell whether the noun or infinitive of a deed stands right before an amount, at an opening of a part.

    So do the people whom its object goes to ("distribution of seeds to 4,000 families") and what it is worth.
    """
    before = case.plain[start : amount.start]
    if _deed_at_end(case.language).search(before):
        return True
    last = "worth" if amount.kind == "MONEY" else "goes_to"
    opened = deed_noun(case.language).match(case.plain, start, amount.start)
    if (
        opened
        and len(before.split()) <= _REACH
        and leading_to_amount(case.language, last).search(case.plain, opened.end(), amount.start)
    ):
        return True
    verb = first_verb(case.scene.found.text, Extent(start, amount.start))
    return (
        verb is not None and _opening(case.language).fullmatch(case.plain, verb.end, amount.start) is not None
    )


def _is_ahead(case: Case, when: When) -> bool:
    published = case.scene.found.published
    last = when.last or str(when.value).rstrip("~")
    return bool(published) and last > str(published) and not str(when.value).endswith("~")


def donor(voices: Voices) -> Who:
    """Return who gives by the head of a form: "Donor: Government of Japan"."""
    return once(voices, _donor)


def _donor(voices: Voices) -> Who:
    for scene in voices.every[:_FORM]:
        if phrases(voices.found.text.language, TOPIC, "donor_labels").match(
            voices.found.text.plain, scene.sentence.start, scene.sentence.end
        ):
            named = next(iter(scene.actors()), None)
            if named is not None:
                return Who((named.entity,))
    return NOBODY


def duration(voices: Voices) -> When | None:
    """Return the period by the head of a form: "Duration: January 2026 to December 2027"."""
    return once(voices, _duration)


def _duration(voices: Voices) -> When | None:
    for scene in voices.every[:_FORM]:
        if scene.dates and phrases(voices.found.text.language, TOPIC, "duration_labels").match(
            voices.found.text.plain, scene.sentence.start, scene.sentence.end
        ):
            return next((one for one in scene.dates if "/" in str(one.value)), None)
    return None


@cache
def _opening(language: str) -> re.Pattern[str]:
    """Match the small words before an amount."""
    small = phrase_pattern(cues(language, TOPIC)["before_amount"])
    return re.compile(rf"\W*(?:{small}\W*){{0,4}}", re.IGNORECASE)


@cache
def _deed_at_end(language: str) -> re.Pattern[str]:
    """Match a part that ends in the noun of a deed and the small words before its amount."""
    joiner = phrase_pattern(cues(language, "clauses")["joiners"])
    return re.compile(
        rf"(?:^|[,;:]\s|\s{joiner}\s){deed_noun(language).pattern}\s*{before_amount(language)}$",
        re.IGNORECASE,
    )
