"""Measures: where a text speaks of them, and which places speak of one and the same.

A measure is named ("Title 42"), described ("a process for Venezuelans") or taken up again ("the programme").
Described ones of one kind are one measure unless they are for different people or states.

The measure that a text is about gathers more: its lead tells that it is kept, stopped or was to end, and
`stories` finds the places that go on about it at any distance. What each place says is a step of its life
(`standings`); from the steps follow its status and its days (`states`) and what it hangs on (`contingency`).
What somebody wants of it ("wants the rule made law") is a measure of its own, of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from travesia.record.reading.families.policies.anchors import TOPIC, Anchor, anchors_of, is_aside
from travesia.record.reading.families.policies.fated import fated
from travesia.record.reading.families.policies.stories import (
    dues,
    is_ground,
    is_of_another,
    is_ruling,
    is_wish,
    left_out,
    norm_before,
    norm_of,
    opening_code,
    opens_story,
    references,
    takes_up,
    tells,
)
from travesia.record.reading.families.policies.turns import governing
from travesia.record.reading.families.policies.whom import named_targets
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import find_triggers, phrases

_AGAIN = 3
"""How many sentences later a measure may be taken up by "the programme" or "it"."""

FLEETING = {"cap_amendment", "policy_gap", "policy_orientation", "diplomatic_exclusion"}
"""Kinds that no "it" or "the programme" takes up."""

_DEFINED = re.compile(
    r"\((?:(?P<short>[A-Z]{2,8}\d*)"
    r"|(?:(?:hereinafter|en adelante|en lo sucesivo|ci-après|doravante|a seguir),? )?"
    r'(?:the|el|la|le|l\'|o|a)? ?"?(?P<term>[A-Z][\w-]+(?: [A-Z][\w-]+){0,2})"?)\)'
)
"""A name that a text gives a measure in brackets right after its words."""

_SHORTEST_NOUN = 2

_FEW = 6
"""How many words of a longer stretch may tell what a measure is called."""

_STEM = 5
"""How many letters of a word tell it whatever its ending."""

_SMALL = 4
"""How long a word is at most that tells nothing of a measure."""


@dataclass
class Measure:
    """A measure and the places that speak of it, in the order of the text."""

    kind: str
    name: str | None
    places: list[Anchor] = field(default_factory=list)
    targets: tuple[str, ...] = ()
    """Whom it is for: what the first place that says so says."""
    is_main: bool = False
    """Whether it is the one that the text is about: its lead tells how it goes on."""
    short: str | None = None
    """The pattern of the name that the text defines for it: "(PTPH)", "(the Public Policy)"."""
    heads: set[str] = field(default_factory=set)
    """How the nouns begin that tell of it."""
    stems: set[str] = field(default_factory=set)
    """How the words begin that tell of it without such a noun: "the visa requirement"."""
    described: list[Anchor] = field(default_factory=list)
    """The places that tell of it without such a noun."""

    @property
    def told_kind(self) -> str:
        """The kind that most of its places tell."""
        kinds = [one.kind for one in self.places if one.kind != "other"]
        return max(dict.fromkeys(kinds), key=kinds.count) if kinds else "other"

    def add(self, anchor: Anchor) -> None:
        """Add a place, with what it says for the first time."""
        self.places.append(anchor)
        self.name = self.name or anchor.name
        self.targets = self.targets or anchor.targets
        self.short = self.short or _short_name(anchor)
        noun = anchor.says.get("head") or norm_of(anchor) or _norm_before(anchor)
        if noun:
            self.heads.add(str(noun)[:5])
        else:
            self.described.append(anchor)
            self.stems |= _stems(anchor)


def measures(scenes: Sequence[Scene]) -> list[Measure]:
    """Return the measures that a text speaks of, in the order in which it first does."""
    found: list[Measure] = []
    main: Measure | None = None
    for scene in scenes:
        if scene.sentence.kind in {"dateline", "speaker"} or scene.is_too_long:
            continue
        here = [one for one in anchors_of(scene) if not _is_cited(one) and not is_ruling(one)]
        if main is None and (code := opening_code(scene, here)) is not None:
            main = _opened(found, code)
        for anchor in here:
            if is_aside(scene, anchor) and found and found[-1].places[-1].scene is scene:
                found[-1].add(replace(anchor, again=True))
                continue
            measure = _of_story(found, main, anchor) or _again(scene, found, anchor) or _add(found, anchor)
            if main is None and opens_story(anchor):
                main, measure.is_main = measure, True
        taken = [] if main is None else _referring(scene, here, found, main)
        beside = [*here, *taken, *_fated(scene, [*here, *taken], found)]
        if beside:
            continue
        if (again := _taken_up(scene, found)) is not None:
            again[0].add(again[1])
        elif main and (due := _untold_due(scene, main)) is not None:
            main.add(due)
    return found


def _fated(scene: Scene, here: Sequence[Anchor], found: list[Measure]) -> Iterator[Anchor]:
    """Add the measures of a sentence that nothing but their fate tells, and yield their places."""
    told = list(fated(scene, here))
    if not told or _by_short_name(scene, found) is not None:
        return
    for noun, verb in told:
        heads = find_triggers(scene.found.text, TOPIC, "heads", noun)
        kind = str(heads[0].says["kind"]) if heads else "other"
        says = {"head": scene.words(noun).casefold().split()[-1]}
        whom = named_targets(scene, noun, kind)
        anchor = Anchor(noun.start, noun.end, scene, kind, None, whom, says=says, turns=(verb,))
        _add(found, anchor)
        yield anchor


def _opened(found: list[Measure], code: Anchor) -> Measure:
    """Return the measure of the story that a norm with a number opens, or that the heading told of before."""
    told = (one for one in found if one.name is None and all(_is_opening(place) for place in one.places))
    main = next((one for one in told if tells(one, code)), None)
    if main is None:
        main = _add(found, code)
    else:
        main.add(code)
    main.is_main = True
    return main


def _is_opening(place: Anchor) -> bool:
    return place.again or place.scene.sentence.kind == "heading"


def _norm_before(anchor: Anchor) -> str | None:
    """Return the noun of the norm whose deed some words tell, in what is a deed only."""
    norm = norm_before(anchor) if anchor.kind == "expulsion_or_return" and not anchor.again else None
    return anchor.scene.words(norm).casefold() if norm else None


def _untold_due(scene: Scene, main: Measure) -> Anchor | None:
    """Return the words that set a day for an end where no measure is named: the story's is meant."""
    due = dues(scene)
    if not due or scene.number - main.places[-1].scene.number > 2 * _AGAIN:
        return None
    if find_triggers(scene.found.text, TOPIC, "heads", scene.sentence):
        return None
    return Anchor(due[0].start, due[0].end, scene, main.kind, main.name, again=True)


def _is_cited(anchor: Anchor) -> bool:
    """Tell whether a norm is only that under which a measure was made: "issued under the Health Act"."""
    norm = (anchor.name or "").startswith("ins:") or (anchor.kind == "other" and "head" in anchor.says)
    return norm and is_ground(anchor.scene, anchor)


def _of_story(found: list[Measure], main: Measure | None, anchor: Anchor) -> Measure | None:
    """Return the measure of the story where a place tells of it; what somebody wants of it is another."""
    if main is None or any(one.name == anchor.name is not None for one in found if one is not main):
        return None
    if _is_in_the_lead(main, anchor) or tells(main, anchor):
        main.add(anchor)
        return main
    if not takes_up(main, anchor) or _is_nearer(found, main, anchor):
        return None
    if not is_wish(anchor):
        main.add(anchor)
        return main
    if anchor.kind != "other":
        return None
    last = found[-1].places[-1]
    same = last.scene is anchor.scene and last.turns == anchor.turns
    return found[-1] if same else _add(found, replace(anchor, kind=main.told_kind))


def _referring(scene: Scene, here: Sequence[Anchor], found: list[Measure], main: Measure) -> list[Anchor]:
    """Add the places of a sentence that speak of the measure of the story, and return them."""
    known = [*here, *(one for one in main.places if one.scene is scene)]
    return [one for one in references(scene, known) if _refers(found, main, one)]


def _refers(found: list[Measure], main: Measure, anchor: Anchor) -> bool:
    """Add a place that takes up the measure of the story, or says what it does, if it does."""
    if anchor.name is not None:
        mine = main.name in {None, anchor.name}
        wished = governing(anchor.scene, anchor) if mine else ()
        if mine and is_wish(told := replace(anchor, kind=main.told_kind, name=None, turns=wished)):
            found.append(Measure(told.kind, None, [told]))
            return True
    elif "content" in anchor.says:
        mine = tells(main, anchor)
    else:
        mine = "ruled" in anchor.says or (takes_up(main, anchor) and not _is_nearer(found, main, anchor))
    if mine:
        main.add(anchor)
    elif anchor.name is not None and (governing(anchor.scene, anchor) or dues(anchor.scene)):
        _add(found, anchor)
    return mine


def _is_in_the_lead(main: Measure, anchor: Anchor) -> bool:
    """Tell whether a place tells in prose what the heading told, that a measure is kept or ends."""
    if any(one.scene.sentence.kind != "heading" for one in main.places) or anchor.name is not None:
        return False
    alike = main.kind == anchor.kind or "other" in {main.kind, anchor.kind}
    return alike and opens_story(anchor) and not is_wish(anchor)


def _is_nearer(found: Sequence[Measure], main: Measure, anchor: Anchor) -> bool:
    """Tell whether another measure was told of by the same noun since the story's was."""
    stem = str(anchor.says.get("head", ""))[:5]
    last = main.places[-1].start
    return any(stem in one.heads and one.places[-1].start > last for one in found if one is not main)


def _again(scene: Scene, found: Sequence[Measure], anchor: Anchor) -> Measure | None:
    """Return the measure before that a bare "the programme" takes up, with the place added."""
    near = [one for one in found if scene.number - one.places[-1].scene.number <= _AGAIN]
    lasting = [one for one in near if one.kind not in FLEETING or one.kind == "cap_amendment"]
    words = scene.words(anchor)
    if "head" not in anchor.says or not phrases(scene.found.text.language, TOPIC, "again").fullmatch(words):
        return None
    if not _is_bare(scene, anchor):
        return None
    if not lasting or any(_same(one, anchor) for one in found):
        return None
    last = max(lasting, key=lambda one: (_is_called(one, words), one.places[-1].start))
    last.add(replace(anchor, kind=last.kind, name=last.name, again=True))
    return last


def _is_bare(scene: Scene, anchor: Anchor) -> bool:
    """Tell whether nothing beside a noun says which one it is: its verb or a mark follows it at once."""
    after = scene.words(Extent(anchor.end, scene.sentence.end))
    near = any(0 <= one.start - anchor.end <= 12 for one in anchor.turns)
    return near or re.match(r"\s*(?:[,;.:)]|$)", after) is not None


def _add(found: list[Measure], anchor: Anchor) -> Measure:
    for measure in reversed(found):
        if _same(measure, anchor) and not (measure.is_main and is_of_another(anchor)):
            measure.add(anchor)
            return measure
    made = Measure(anchor.kind, anchor.name)
    made.add(anchor)
    found.append(made)
    return made


def _same(measure: Measure, anchor: Anchor) -> bool:
    if anchor.name is not None and measure.name is not None:
        return anchor.name == measure.name
    if _is_same_norm(measure, anchor):
        return True
    if anchor.kind != measure.kind:
        return False
    if anchor.again:
        return True
    if anchor.name is not None or measure.name is not None:
        return any(_defined(one, anchor) for one in measure.places)
    if not _is_same_noun(measure, anchor):
        return False
    if all(one.scene.sentence.kind == "heading" for one in measure.places):
        return True
    return not measure.targets or not anchor.targets or set(measure.targets) == set(anchor.targets)


def _is_same_norm(measure: Measure, anchor: Anchor) -> bool:
    """Tell whether a norm that has a number is the one that was described before: "Decree 412"."""
    if measure.name is not None or anchor.kind != "other" or not (anchor.name or "").startswith("ins:"):
        return False
    return str(anchor.says.get("head", " "))[:5] in measure.heads


def _is_same_noun(measure: Measure, anchor: Anchor) -> bool:
    """Tell whether a measure that its noun or its verb tells is meant once more: by the same word."""
    if measure.kind == "cap_amendment":
        return True
    if "head" in anchor.says:
        words = {str(anchor.says["head"])[:5]}
        return bool(measure.heads & words) or any(_holds(one, words) for one in measure.described)
    words = _stems(anchor)
    if measure.described and words and measure.stems and not words & (measure.stems | measure.heads):
        return False
    return not measure.heads or bool(measure.described) or _holds(anchor, measure.heads)


def _stems(anchor: Anchor) -> set[str]:
    """Return how the first words of a place begin, small ones left out."""
    words = anchor.scene.words(anchor).casefold().split()[:_FEW]
    return {one[:_STEM] for one in words if len(one) > _SMALL}


def _holds(anchor: Anchor, stems: set[str]) -> bool:
    words = anchor.scene.words(anchor).casefold()
    return any(re.search(rf"\b{re.escape(stem)}", words) for stem in stems)


def _defined(first: Anchor, second: Anchor) -> bool:
    """Tell whether one stretch gives the name of what another describes: "(hereinafter the programs)"."""
    left, right = sorted((first, second), key=lambda one: one.start)
    if left.scene.number != right.scene.number:
        return False
    between = left.scene.words(Extent(left.end, right.start))
    return re.search(r'\(|"|known as|called|conocid|denominad|dénommé|appelé|chamad', between) is not None


def _taken_up(scene: Scene, found: Sequence[Measure]) -> tuple[Measure, Anchor] | None:
    """Return which measure a sentence takes up: by its short name, by "the programme", by "it"."""
    plain, sentence = scene.found.text.plain, scene.sentence
    if (named := _by_short_name(scene, found)) is not None:
        return named
    near = [one for one in found if scene.number - one.places[-1].scene.number <= _AGAIN]
    lasting = [one for one in near if one.is_main or one.kind not in FLEETING]
    if not lasting:
        return None
    lasting.sort(key=lambda one: -one.places[-1].start)
    every = phrases(scene.found.text.language, TOPIC, "again").finditer(plain, sentence.start, sentence.end)
    match = max(every, key=lambda one: len(one[0]), default=None) or left_out(
        scene, lasting[0].places[-1].scene
    )
    if match is None:
        return None
    last = max(lasting, key=lambda one: _is_called(one, match[0]))
    main = next((one for one in lasting if one.is_main), None)
    if main is not None and dues(scene) and _is_deed(last.places[-1]):
        last = main
    return last, Anchor(match.start(), match.end(), scene, last.kind, last.name, again=True)


def _by_short_name(scene: Scene, found: Sequence[Measure]) -> tuple[Measure, Anchor] | None:
    """Return which measure a sentence takes up by the name that the text defined for it."""
    for measure in reversed(found):
        if measure.short and (match := re.search(rf"\b{measure.short}\b", scene.words(scene.sentence))):
            start = scene.sentence.start + match.start()
            end = start + len(match[0])
            return measure, Anchor(start, end, scene, measure.kind, measure.name, again=True)
    return None


def _is_deed(place: Anchor) -> bool:
    """Tell whether a place tells a measure by what is done alone: "are sent back" is nothing that ends."""
    return place.name is None and any(one.overlaps(place) for one in place.turns)


def _short_name(place: Anchor) -> str | None:
    """Return the pattern of the name that a text defines right after a place that speaks of a measure."""
    if place.again:
        return None
    after = place.scene.words(Extent(place.start, min(place.scene.sentence.end, place.end + 60)))
    defined = _DEFINED.search(after, max(0, place.end - place.start - 40))
    return re.escape(defined["short"] or defined["term"]) if defined else None


def _is_called(measure: Measure, words: str) -> bool:
    """Tell whether the noun that takes up a measure is one that told of it before."""
    noun = words.casefold().split()[-1]
    return len(noun) > _SHORTEST_NOUN and any(_holds(one, {noun[:5]}) for one in measure.places)
