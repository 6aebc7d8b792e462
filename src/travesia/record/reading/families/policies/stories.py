"""The measure that a story is about, and the words that speak of it without telling it anew.

Where a court or a day that was set decides whether a measure goes on, the lead tells of it, and each later
sentence says one more step of its life: by its number ("Regulation 36"), by a noun of norms ("the rule"), by
what it lets the police do, or by the ruling that was to end it ("froze that judgment").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Protocol

from travesia.record.reading.families.policies.anchors import TOPIC, Anchor
from travesia.record.reading.families.policies.noun_phrases import phrase_of
from travesia.record.reading.families.policies.turns import governing, has_object
from travesia.record.reading.nouns import Extent
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, phrases_at_end

_LEAD = 4
"""In how many sentences from the start a text tells what it is about, its heading among them."""

_BESIDE = 80
"""How far from a measure in the lead stands what ends or keeps it, in code points."""

_ROOM = 8
"""How many words may stand between a norm and the words that cite it as a ground."""

_DATED = 40
"""How far from the words of an end its day stands, in code points."""

_STEM = 5
"""How many letters of a noun tell it whatever its ending."""

_CITED = 20
"""How far after "under" or "by virtue of" the norm stands, in code points."""

_WORDS = r"\s*((?:[^\W\d_][\w'-]*\s*){1,7}(?:\d[\w/-]*)?)"
"""The words of a norm that is no document of the text."""

_PLAIN = 8
"""How far after a noun of norms its verb stands where nothing says which norm it is, in code points."""

_CLAUSE = 14
"""How many words may stand between a norm and what it lets be done."""

_BORDER = {"expulsion_or_return", "entry_restriction", "cap_amendment", "other"}
"""Kinds of what one and the same norm does at a border, in the words of different sentences."""

_PERMITS = {"legal_pathway", "regularisation", "registration"}
"""Kinds whose nouns stand for one another: a visa is a permit, and both are a programme."""

_SUBJECTLESS = 30
"""How far into a sentence a verb without a subject of its own may stand, in code points."""

_NEVER = {"policy_gap", "policy_orientation", "information_campaign", "diplomatic_exclusion"}

_TO_COME = {"announced", "proposed", "advocated", "conditional"}

_FATES = {"end", "suspend", "keep", "extend", "resume"}


class Measured(Protocol):
    """What is known of a measure so far."""

    kind: str
    name: str | None
    heads: set[str]
    stems: set[str]


def opens_story(anchor: Anchor) -> bool:
    """Tell whether a place in the lead says that a measure is kept, stopped or was to end."""
    scene = anchor.scene
    if scene.number >= _LEAD or anchor.kind in _NEVER or "needs" in anchor.says:
        return False
    if contents(scene) and any(one.overlaps(anchor) for one in _codes(scene)):
        return True
    told = anchor.turns or governing(scene, anchor)
    if any(_is_of_what_acts(scene, anchor, one) for one in told):
        return False
    if any(_is_fate(scene, one) for one in told):
        return True
    return any(anchor.distance(one) <= _BESIDE for one in fates(scene))


def opening_code(scene: Scene, here: Sequence[Anchor]) -> Anchor | None:
    """Return a norm with a number in the lead that is kept, stopped or told by what it lets be done."""
    if scene.number >= _LEAD:
        return None
    for one in _codes(scene):
        fated = any(_is_fate(scene, turn) for turn in governing(scene, one))
        fated = fated or any(due.distance(one) <= _BESIDE for due in dues(scene))
        if (fated or contents(scene)) and not any(each.overlaps(one) for each in here):
            return one
    return None


def _is_fate(scene: Scene, turn: Trigger) -> bool:
    """Tell whether a verb decides on a measure; that it is "in force" decides nothing."""
    if turn.says["turn"] not in _FATES or turn.says["status"] in _TO_COME:
        return False
    return not is_adjective(scene, turn)


def is_adjective(scene: Scene, status: Extent) -> bool:
    """Tell whether words say that something is valid, not that somebody keeps it so."""
    return phrases(scene.found.text.language, TOPIC, "in_force").fullmatch(scene.words(status)) is not None


def _is_of_what_acts(scene: Scene, anchor: Anchor, turn: Trigger) -> bool:
    """Tell whether a norm does it to another: "a decree that extends the permit"."""
    if turn.says["turn"] not in {"extend", "suspend", "resume", "end"} or turn.start < anchor.end:
        return False
    between = scene.words(Extent(anchor.end, turn.start)).strip()
    if turn.says["turn"] == "end":
        return (
            has_object(scene, turn)
            and phrases(scene.found.text.language, "clauses", "relatives").match(between) is not None
        )
    return phrases(scene.found.text.language, TOPIC, "relatives").fullmatch(between) is not None


def fates(scene: Scene) -> tuple[Trigger, ...]:
    """Return the words of a sentence that end, keep or prolong a measure."""
    return once(scene, _fates)


def _fates(scene: Scene) -> tuple[Trigger, ...]:
    statuses = find_triggers(scene.found.text, TOPIC, "statuses", scene.sentence)
    return tuple(one for one in statuses if "expiry" in one.says or "extends" in one.says)


def references(scene: Scene, here: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the places that speak of a measure by its code, by what it does, or by a ruling on it."""
    taken = list(here)
    for kind in (_codes, _rulings, _contents, _nouns):
        for one in kind(scene):
            if not any(one.overlaps(each) for each in taken):
                taken.append(one)
                yield one


def _codes(scene: Scene) -> Iterator[Anchor]:
    """Yield norms named by their number; one that is part of another, or cited as a ground, is none."""
    language = scene.found.text.language
    for extent in scene.stretches(TOPIC, "coded"):
        after = scene.words(Extent(extent.end, min(scene.sentence.end, extent.end + 12)))
        if phrases(language, TOPIC, "part_of").match(after) or is_ground(scene, extent):
            continue
        yield Anchor(extent.start, extent.end, scene, "other", name_of(scene, extent))


def name_of(scene: Scene, extent: Extent) -> str:
    """Return the id of a norm that is a document of the text, otherwise its own words."""
    document = next((one for one in scene.mentions if one.type == "DOC" and one.overlaps(extent)), None)
    return document.entity if document else scene.words(extent).strip(' «»"').casefold()


def _rulings(scene: Scene) -> Iterator[Anchor]:
    """Yield where a ruling against a measure is frozen or set aside: that keeps the measure."""
    for ruling in scene.stretches(TOPIC, "rulings"):
        for turn in governing(scene, ruling):
            if turn.says["turn"] in {"suspend", "end", "extend"} and turn.says["time"] == "past":
                says = {"status": "in_force", "kept": True, "expiry": "did_not_happen", "turn": "keep"}
                verb = Trigger(turn.start, turn.end, MappingProxyType({**says, "time": "past"}))
                start, end = min(turn.start, ruling.start), max(turn.end, ruling.end)
                yield Anchor(start, end, scene, "other", again=True, says={"ruled": True}, turns=(verb,))
                break


def _contents(scene: Scene) -> Iterator[Anchor]:
    """Yield what a norm lets be done: "people can be turned back", "lets police send migrants back"."""
    for one in contents(scene):
        yield Anchor(one.start, one.end, scene, "expulsion_or_return", says={"content": True})


def _nouns(scene: Scene) -> Iterator[Anchor]:
    """Yield the nouns of norms with "the" or "this" before them."""
    for one in scene.stretches(TOPIC, "story_nouns"):
        noun = phrase_of(scene, one)
        if is_definite(scene, noun):
            says = {"head": scene.words(one).casefold()}
            yield Anchor(noun.start, noun.end, scene, "other", again=True, says=says)


def dues(scene: Scene) -> tuple[Trigger, ...]:
    """Return the words that set a day for an end, as the family of events has them."""
    return once(scene, _dues)


def _dues(scene: Scene) -> tuple[Trigger, ...]:
    says = {"status": "in_force", "date": "expected_end", "expiry": "scheduled"}
    found = find_triggers(scene.found.text, "events", "terms", scene.sentence)
    published = scene.found.published or ""
    due = []
    for one in found:
        if one.says["told"] != "was_to_end":
            near = [
                when
                for when in scene.dates
                if when.last
                and when.distance(one) <= _DATED
                and (when.start >= one.end or when.relation in {"until", "by"})
            ]
            ahead = any(str(when.last) >= published[:10] for when in near)
            if one.says["told"] != "end" or not one.says.get("sure") or not ahead:
                continue
        if not _ends_another(scene, one):
            due.append(Trigger(one.start, one.end, MappingProxyType(says)))
    return tuple(due)


def _ends_another(scene: Scene, verb: Extent) -> bool:
    """Tell whether a norm ends what it is about: "a decree that would have ended the reception"."""
    relatives = phrases_at_end(scene.found.text.language, "clauses", "relatives")
    return relatives.search(scene.before(verb, 12)) is not None and has_object(scene, verb)


def was_to_end(scene: Scene, status: Extent) -> bool:
    """Tell whether words say that something was to end, and so that it may not have."""
    found = find_triggers(scene.found.text, "events", "terms", scene.sentence)
    return any(one.says["told"] == "was_to_end" and one.overlaps(status) for one in found)


def is_definite(scene: Scene, noun: Extent) -> bool:
    """Tell whether a noun stands with "the" or "this"."""
    return phrases(scene.found.text.language, TOPIC, "definite").match(scene.words(noun)) is not None


def is_ground(scene: Scene, name: Extent) -> bool:
    """Tell whether a norm is named as that under which another was made: "issued under the Health Act"."""
    before = scene.before(name, 80)
    found = list(phrases(scene.found.text.language, TOPIC, "grounds").finditer(before))
    between = before[found[-1].end() :] if found else ","
    return "," not in between and len(between.split()) <= _ROOM


def ground_of(anchor: Anchor, heads: set[str]) -> str | None:
    """Return the norm that a place cites as that under which its measure was made, by id or in words."""
    scene, plain = anchor.scene, anchor.scene.found.text.plain
    for cue in scene.stretches(TOPIC, "grounds"):
        near = [one for one in scene.mentions if -2 <= one.start - cue.end <= _CITED and one.type == "DOC"]
        words = re.match(_WORDS, plain[cue.end : cue.end + 70])
        named = words and phrases(scene.found.text.language, TOPIC, "laws").search(words[0])
        if near and not anchor.overlaps(near[0]):
            return near[0].entity
        if words and named and named[0].casefold()[:_STEM] not in heads:
            start = cue.end + words.start(1)
            return scene.found.text.original[start : start + len(words[1])]
    return None


def is_wish(anchor: Anchor) -> bool:
    """Tell whether somebody only wants, proposes or plans something with a measure."""
    return bool(anchor.turns) and all(
        one.says["status"] in _TO_COME and (one.says["turn"], one.says["time"]) != ("announce", "past")
        for one in anchor.turns
    )


def takes_up(main: Measured, anchor: Anchor) -> bool:
    """Tell whether a definite noun is one that told of a measure before, or stands alone for any norm."""
    scene, head = anchor.scene, str(anchor.says.get("head", ""))
    if not head or not (is_definite(scene, anchor) or _is_apposed(scene, anchor, head)):
        return False
    both = {anchor.kind, main.kind}
    if "other" not in both and len(both) > 1 and not (both <= _BORDER or both <= _PERMITS):
        return False
    if head[:_STEM] in main.heads | main.stems:
        return True
    generic = phrases(scene.found.text.language, TOPIC, "norm_names").fullmatch(head) is not None
    alike = anchor.kind in _PERMITS and main.kind in _PERMITS
    return (generic or alike) and not head.endswith("s") and _is_bare(scene, anchor)


def _is_apposed(scene: Scene, anchor: Anchor, head: str) -> bool:
    """Tell whether a noun without an article says again what was just named: ", a measure that ends"."""
    words = scene.words(anchor).casefold()
    return scene.before(anchor, 2) == ", " and words.split()[-1] == words.removeprefix("a ") == head


def _is_bare(scene: Scene, anchor: Anchor) -> bool:
    """Tell whether nothing after a noun says which one it is: no "of", no "on"."""
    after = scene.words(Extent(anchor.end, min(scene.sentence.end, anchor.end + 20)))
    return phrases(scene.found.text.language, "clauses", "prepositions").match(after.lstrip()) is None


def tells(main: Measured, anchor: Anchor) -> bool:
    """Tell whether a place can name the measure of the story, or say what it does."""
    if main.kind not in _BORDER or anchor.kind not in _BORDER or "needs" in anchor.says:
        return False
    scene = anchor.scene
    if anchor.name is not None:
        named = phrases(scene.found.text.language, TOPIC, "norm_names").search(scene.words(anchor))
        return main.name is None and named is not None and not is_ground(scene, anchor)
    if main.name is not None and not main.name.startswith("ins:") and not _is_norm_name(scene, main.name):
        return False
    if is_wish(anchor) or ("head" in anchor.says and not any(one.overlaps(anchor) for one in anchor.turns)):
        return False
    if anchor.says.get("status") not in {None, "in_force"} or is_of_another(anchor):
        return False
    if (code := _code_of(anchor)) is not None:
        return main.name in {None, code}
    if (norm := norm_before(anchor)) is not None:
        noun = scene.words(norm).casefold()
        plain = anchor.start - norm.end <= _PLAIN and not noun.endswith("s")
        generic = plain and phrases(scene.found.text.language, TOPIC, "norm_names").fullmatch(noun)
        return noun[:_STEM] in main.heads or bool(generic)
    if main.kind not in {"other", anchor.kind}:
        return False
    return scene.number < _LEAD or bool(anchor.turns) or _lets(anchor)


def _is_norm_name(scene: Scene, name: str) -> bool:
    """Tell whether a name is that of a norm and not of a programme, which sends nobody back."""
    return phrases(scene.found.text.language, TOPIC, "norm_names").search(name) is not None


def _code_of(anchor: Anchor) -> str | None:
    """Return the number of the norm before what it does: "Law 5307 allowed"."""
    return next((one.name for one in _codes(anchor.scene) if one.start < anchor.end), None)


def _lets(anchor: Anchor) -> bool:
    return "content" in anchor.says or any(one.overlaps(anchor) for one in contents(anchor.scene))


def is_of_another(anchor: Anchor) -> bool:
    """Tell whether a state stands before the words as who does it: "Peru, which asks for visas"."""
    if anchor.scene.number < _LEAD:
        return False
    before = [one for one in anchor.scene.seen_actors() if one.end <= anchor.start]
    return any(one.type in {"GPE", "GPE_METONYM"} for one in before)


def norm_before(anchor: Anchor) -> Extent | None:
    """Return the noun of norms that stands before what it lets be done: "the regime that lets police"."""
    scene = anchor.scene
    for one in reversed(scene.stretches(TOPIC, "story_nouns")):
        between = scene.words(Extent(one.end, max(one.end, anchor.start)))
        near = one.start < anchor.end and len(between.split()) <= _CLAUSE
        if near and not re.search(r"[;:]|\.\s", between):
            return one
    return None


def contents(scene: Scene) -> tuple[Extent, ...]:
    """Return what the norms of a sentence let be done."""
    return once(scene, _lets_of)


def _lets_of(scene: Scene) -> tuple[Extent, ...]:
    return tuple(scene.stretches(TOPIC, "lets"))


def is_ruling(anchor: Anchor) -> bool:
    """Tell whether what looks like a norm is what a judge ruled: "the order of a judge"."""
    return "head" in anchor.says and any(
        one.overlaps(anchor) for one in anchor.scene.stretches(TOPIC, "rulings")
    )


def norm_of(anchor: Anchor) -> str | None:
    """Return the noun of norms in a name: "Regulation 36", "the Orderly Entry Rule"."""
    found = phrases(anchor.scene.found.text.language, TOPIC, "norm_names").search(anchor.scene.words(anchor))
    return found[0].casefold() if found and anchor.name is not None else None


def left_out(scene: Scene, before: Scene) -> re.Match[str] | None:
    """Return the first word of a sentence that says when the measure of the one before it ends.

    "Il devait prendre fin mercredi", "Debía expirar el miércoles": a pronoun, or no subject at all.
    """
    if scene.number - before.number > 2:
        return None
    ends = [one.start for one in dues(scene)]
    if not ends or min(ends) - scene.sentence.start > _SUBJECTLESS:
        return None
    if any(one.end <= min(ends) for one in scene.seen_actors()):
        return None
    return re.compile(r"\w+").search(scene.found.text.plain, scene.sentence.start, scene.sentence.end)
