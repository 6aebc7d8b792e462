"""Anchors: where a sentence speaks of a measure, by its name, by words of a kind, by a noun or a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.policies.clauses import is_given_to_so_many, told_by_clauses
from travesia.record.reading.families.policies.lasting import practices
from travesia.record.reading.families.policies.noun_phrases import is_hidden, phrase_of
from travesia.record.reading.families.policies.turns import (
    governing,
    settled,
    turns,
    without_dates,
)
from travesia.record.reading.families.policies.whom import named_targets
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import (
    Trigger,
    find_triggers,
    phrase_pattern,
    phrases,
    phrases_at_end,
)

TOPIC = "policies"

_DECREED = 70
"""How far from the name of a decree or an agreement its end may be told, in code points."""

_WORDS_OF_A_NORM = 8
"""How many words may stand between a norm and what it says."""

_WORDS_OF_WHO = 5
"""How many words may say whose norm it is before what it says."""

_FEW = 9

_FOR = ("NORP", "GROUP", "GPE", "BORDER")


@dataclass(frozen=True)
class Anchor(Extent):
    """A stretch that speaks of a measure.

    `name` is its id or its own name, ``None`` where it is only described; `again` marks words that take up
    another; `says` is what the cue file says of its kind; `turns` are the verbs that govern it.
    """

    scene: Scene
    kind: str
    name: str | None = None
    targets: tuple[str, ...] = ()
    again: bool = False
    says: dict[str, Any] = field(default_factory=dict)
    turns: tuple[Trigger, ...] = ()


def anchors_of(scene: Scene) -> Iterator[Anchor]:
    """Yield each measure that a sentence names or describes; those beside a name belong to it."""
    found = find_triggers(scene.found.text, TOPIC, "kinds", scene.sentence)
    named = [*_gazetted(scene, found), *_titled(scene, found)]
    named += _decreed(scene, found, named)
    taken = [one for one in scene.mentions if one.type in {"EVENT", "ORG", "DOC"}]
    for cue in found:
        kind = str(cue.says["kind"])
        beside = any(one.overlaps(cue) or (one.kind == kind and _covers(one, cue)) for one in named)
        if beside or any(one.overlaps(cue) and not cue.holds(one) for one in taken):
            continue
        if kind == "legal_pathway" and _is_given(scene, cue):
            continue
        whom = named_targets(scene, cue, kind)
        named.append(Anchor(cue.start, cue.end, scene, kind, None, whom, says=dict(cue.says)))
    named = [_widened(scene, one) for one in _led(scene, named)]
    headed = _headed(scene, [one for one in named if "needs" not in one.says and not is_aside(scene, one)])
    headed = [_of_kind(one, named) for one in headed]
    told = [(one, _content(scene, one, [*named, *headed])) for one in headed]
    held = [content for _, content in told if content is not None]
    named = [one for one in named if not any(one is each for each in held)]
    headed = [_holding(one, content) for one, content in told if not any(one is each for each in held)]
    kept = [one for one in named if "needs" not in one.says or not any(one.overlaps(each) for each in headed)]
    every = sorted([*kept, *headed], key=lambda one: one.start)
    yield from (_in_apposition(scene, one) for one in every if not _is_in_passing(scene, one))
    for done in () if every else practices(scene):
        says = {"status": "announced" if done.is_to_come else "in_force", "lasting": True}
        yield Anchor(done.start, done.end, scene, done.kind, None, done.whom, says=says)


def is_aside(scene: Scene, anchor: Anchor) -> bool:
    """Tell whether a clause only says more of a noun before it: "the amnesty, which lets them work, ends"."""
    if not anchor.says.get("clause"):
        return False
    relatives = phrases_at_end(scene.found.text.language, "clauses", "relatives")
    return relatives.search(scene.before(anchor, 20)) is not None


def _is_in_passing(scene: Scene, anchor: Anchor) -> bool:
    """Tell whether words only say whose papers, by which decree or since which measures something is so.

    "Whose parole has expired" tells of people, "approved by decree" of another measure, and "since new
    measures began" of a time.
    """
    language = scene.found.text.language
    before = scene.before(anchor, 60)
    if anchor.kind in {"legal_pathway", "regularisation"} and _before(language, "whose").search(before):
        return True
    if anchor.kind == "other" and phrases(language, TOPIC, "norms").search(scene.words(anchor)):
        changed = anchor.name is not None and any(one.says["turn"] == "change" for one in anchor.turns)
        own = phrases(language, TOPIC, "own").match(scene.words(anchor).lstrip())
        own = own or phrases_at_end(language, TOPIC, "own").search(before)
        cited = any(one.start < anchor.start < one.end for one in scene.stretches(TOPIC, "legal_bases"))
        means = _before(language, "means").search(before) is not None
        return changed or own is not None or means or cited
    since = phrases(language, TOPIC, "since").match(scene.words(scene.sentence).lstrip())
    if since is None or anchor.name is not None or "head" in anchor.says:
        return False
    return "," not in scene.words(Extent(scene.sentence.start, anchor.start))


def _in_apposition(scene: Scene, anchor: Anchor) -> Anchor:
    """Return "a lawful pathway" right after "the process," as words that say again what that was."""
    if anchor.name is not None or anchor.turns:
        return anchor
    before = scene.before(anchor, 60)
    indefinite = phrases(scene.found.text.language, TOPIC, "indefinite").match(scene.words(anchor))
    nouns = find_triggers(scene.found.text, TOPIC, "heads", scene.sentence)
    beside = any(
        one.end <= anchor.start and scene.words(Extent(one.end, anchor.start)) == ", " for one in nouns
    )
    if indefinite is None or not beside or not before.endswith(", "):
        return anchor
    return replace(anchor, again=True)


@cache
def _before(language: str, group: str) -> re.Pattern[str]:
    articles = phrase_pattern(cues(language, TOPIC)["articles"])
    return re.compile(rf"{phrase_pattern(cues(language, TOPIC)[group])}\s*(?:{articles}\s*)?$", re.IGNORECASE)


def _content(scene: Scene, headed: Anchor, named: Sequence[Anchor]) -> Anchor | None:
    """Return the measure that a norm holds, or a clause about a measure: "the decree that required" one."""
    language = scene.found.text.language
    norm = headed.kind == "other" and phrases(language, TOPIC, "norms").search(scene.words(headed))
    relative = phrases(language, TOPIC, "relatives")
    for one in named:
        if not (norm or one.says.get("clause")):
            continue
        if one.start < headed.end or one.name is not None:
            continue
        between = f"{without_dates(scene, Extent(headed.end, one.start)).lstrip(' ,')} "
        opens = relative.search(f"{between}{scene.words(one)}")
        if opens is None or re.search(r"[;:.()]", between) is not None:
            continue
        by, held = between[: opens.start()], between[opens.start() :]
        if len(by.split()) <= _WORDS_OF_WHO and len(held.split()) <= _WORDS_OF_A_NORM and "," not in by:
            return one
    return None


def _holding(headed: Anchor, content: Anchor | None) -> Anchor:
    """Return a norm with the words, the kind and the targets of what it holds."""
    if content is None:
        return headed
    whom = content.targets or headed.targets
    kind = content.kind if headed.kind == "other" else headed.kind
    says = {**headed.says, "holding": True}
    return replace(headed, end=content.end, kind=kind, targets=whom, says=says)


def _of_kind(headed: Anchor, named: Sequence[Anchor]) -> Anchor:
    """Return a measure that its noun tells, with the kind of the words around it: "a regional fund"."""
    kinds = [one.kind for one in named if one.overlaps(headed) and one.kind != "agreement"]
    return replace(headed, kind=kinds[0]) if kinds else headed


def _widened(scene: Scene, anchor: Anchor) -> Anchor:
    """Return the words of a kind with the noun that they tell: "its programme of humanitarian visas"."""
    if anchor.name is not None or anchor.turns or "needs" in anchor.says:
        return anchor
    for head in find_triggers(scene.found.text, TOPIC, "heads", Extent(scene.sentence.start, anchor.start)):
        noun = phrase_of(scene, head)
        if _leads_to(scene, noun, anchor):
            return replace(anchor, start=noun.start)
    return anchor


def _led(scene: Scene, named: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield measures with the verbs that tell them, and those that only a verb and its object tell.

    "Closes its borders", "issues documents to those who fled" name no measure.
    """
    acts = [
        (cue, turn)
        for cue in find_triggers(scene.found.text, TOPIC, "acts", scene.sentence)
        if (turn := settled(scene, cue, str(cue.says.get("turn", "start")))) is not None
        and not is_given_to_so_many(scene, cue)
    ]
    clauses = list(told_by_clauses(scene))
    taken: list[Extent] = []
    for one in named:
        inside = [turn for cue, turn in acts if one.overlaps(cue)]
        over = [each for each in clauses if one.overlaps(each)]
        if over and "needs" in one.says:
            continue
        inside += [each.turn for each in over if one.name or one.kind in {each.kind, "other"}]
        if inside or not over or "status" in one.says:
            taken.append(one)
            yield replace(one, turns=tuple(inside[:1])) if inside else one
    taken += [cue for cue, _ in acts]
    for told in clauses:
        if not any(one.overlaps(told) for one in taken):
            says: dict[str, Any] = {"head": told.head, "clause": True}
            yield Anchor(
                told.start, told.end, scene, told.kind, None, told.whom, says=says, turns=(told.turn,)
            )
            taken.append(told)
    for cue, turn in acts:
        if not any(one.overlaps(cue) for one in named):
            says = {"head": scene.words(cue).casefold().split()[-1]}
            kind = str(cue.says["kind"])
            whom = named_targets(scene, cue, kind)
            yield Anchor(cue.start, cue.end, scene, kind, None, whom, says=says, turns=(turn,))


def _headed(scene: Scene, named: Sequence[Anchor]) -> list[Anchor]:
    """Return measures that a noun tells whatever stands with it, where a verb says what becomes of them."""
    heads = find_triggers(scene.found.text, TOPIC, "heads", scene.sentence)
    taken = [one for one in scene.mentions if one.type in {"EVENT", "ORG", "PER", "PER_ROLE"}]
    nouns = [phrase_of(scene, one) for one in heads]
    anchors: list[Anchor] = []
    for head, noun in zip(heads, nouns, strict=True):
        if any(one.overlaps(head) for one in taken) or any(_is_told(scene, noun, one) for one in named):
            continue
        document = next((one for one in scene.mentions if one.type == "DOC" and one.overlaps(head)), None)
        if _is_counted(scene, noun, head) or (document and not _is_headed(document, head)):
            continue
        whole = Extent(noun.start, document.end) if document else noun
        rivals = [*(one for one in nouns if one != noun), *named]
        verbs, agreed = governing(scene, whole, rivals), head.says["kind"] == "agreement"
        verbs = tuple(one for one in verbs if not (document or agreed) or one.says["turn"] != "announce")
        if phrases(scene.found.text.language, TOPIC, "aims").fullmatch(scene.words(head)):
            verbs = tuple(one for one in verbs if one.says["turn"] != "change")
        if verbs or (scene.is_question and not is_hidden(scene, whole)):
            says, kind = {"head": scene.words(head).casefold()}, str(head.says["kind"])
            name = document.entity if document else None
            whom = named_targets(scene, whole, kind)
            anchors.append(Anchor(whole.start, whole.end, scene, kind, name, whom, says=says, turns=verbs))
    return [one for one in anchors if not any(one is not other and other.holds(one) for other in anchors)]


def _is_headed(document: Mention, head: Trigger) -> bool:
    """Tell whether the name of a document opens with the noun of a measure: an agreement, a decree."""
    opens = head.start - document.start <= 12 or head.end == document.end
    return opens and head.says["kind"] in {"agreement", "legal_pathway", "other"}


def _is_given(scene: Scene, noun: Extent) -> bool:
    """Tell whether a number counts a noun: "6,000 humanitarian visas" are given, and no measure."""
    return any(-2 <= noun.start - one.end <= 2 or one.overlaps(noun) for one in scene.quantities)


def _is_few(scene: Scene, noun: Extent) -> bool:
    """Tell whether a noun is counted by a few: "two new pilot programmes" are measures one by one."""
    counts = [one for one in scene.quantities if one.overlaps(noun) or 0 <= noun.start - one.end <= 2]
    return all(one.kind == "QUANTITY" and one.value is not None and one.value <= _FEW for one in counts)


def _is_counted(scene: Scene, noun: Extent, head: Trigger) -> bool:
    """Tell whether a number counts a noun, or it is part of a longer one: "the registration centre"."""
    if "counted" not in head.says and _is_given(scene, noun) and not _is_few(scene, noun):
        return True
    after = scene.words(Extent(head.end, min(scene.sentence.end, head.end + 20)))
    return phrases(scene.found.text.language, TOPIC, "compounds").match(after.lstrip()) is not None


def _is_told(scene: Scene, noun: Extent, other: Extent) -> bool:
    """Tell whether a noun only leads to, or overlaps, words that tell the measure more closely."""
    if noun.overlaps(other):
        return True
    language, between = scene.found.text.language, scene.words(Extent(noun.end, max(noun.end, other.start)))
    norm = phrases(language, TOPIC, "norms").search(scene.words(noun)) is not None
    if norm and phrases(language, TOPIC, "relatives").match(f"{between.lstrip()}{scene.words(other)}"):
        return False
    if norm and noun.end < other.start and not between.strip():
        return True
    return _leads_to(scene, noun, other)


def _leads_to(scene: Scene, noun: Extent, other: Extent) -> bool:
    between = scene.words(Extent(noun.end, max(noun.end, other.start)))
    near = 0 < len(between.split()) <= 3 and re.search(r"[,;:.()]", between) is None
    return (
        near
        and noun.end <= other.start
        and not any(noun.end <= one.start < other.start for one in turns(scene))
    )


def _covers(name: Anchor, cue: Extent) -> bool:
    """Tell whether words of a kind tell what a name of that kind does: beside it, or in its sentence."""
    known = (name.name or "").startswith("pol:")
    return known or (name.start - 2 <= cue.end and cue.start <= name.end + 10)


def _gazetted(scene: Scene, found: Sequence[Trigger]) -> list[Anchor]:
    """Return the measures of the gazetteer; the words of a kind right after a name say its kind."""
    anchors = []
    for one in (*scene.mentions, *scene.nested):
        if one.entity.startswith("pol:"):
            beside = [cue for cue in found if cue.overlaps(one) or 0 <= cue.start - one.end <= 10]
            end = max([one.end, *(cue.end for cue in beside)])
            kind = str(beside[0].says["kind"]) if beside else "other"
            whom = named_targets(scene, Extent(one.start, end), kind)
            anchors.append(Anchor(one.start, end, scene, kind, one.entity, whom))
    return anchors


def _titled(scene: Scene, found: Sequence[Trigger]) -> list[Anchor]:
    """Return measures with a name in capitals that is in no gazetteer: "Programa Portas do Norte"."""
    anchors: list[Anchor] = []
    plain, sentence = scene.found.text.plain, scene.sentence
    quoted = '"' in scene.words(sentence)
    for default, pattern in _names(scene.found.text.language)[0 if quoted else 1 :]:
        for match in pattern.finditer(plain, sentence.start, sentence.end):
            extent = Extent(match.start(), match.end())
            other = [one for one in scene.mentions if one.overlaps(extent) and not extent.holds(one)]
            if any(one.type != "DOC" for one in other) or any(one.overlaps(extent) for one in anchors):
                continue
            if any(_is_taken(one) and one.overlaps(extent) for one in scene.mentions):
                continue
            bodies = phrases(scene.found.text.language, TOPIC, "bodies")
            if bodies.search(match[0]) or _is_signed(scene, extent):
                continue
            kinds = [str(cue.says["kind"]) for cue in found if cue.overlaps(extent)]
            name = re.sub(r"\s*\([^)]*\)$", "", match[0]).casefold()
            inside = [one for one in (*scene.mentions, *scene.nested) if extent.holds(one)]
            people = [one for one in inside if one.type in _FOR]
            people = [one for one in people if one.type == "GROUP"] or people
            whom = tuple(dict.fromkeys(one.entity for one in people))
            kind = kinds[0] if kinds else default
            whom = whom or named_targets(scene, extent, kind)
            anchors.append(Anchor(extent.start, extent.end, scene, kind, name, whom))
    return anchors


def _is_taken(mention: Mention) -> bool:
    return mention.type in {"ORG", "EVENT"} or mention.entity.startswith("pol:")


@cache
def _names(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of names by kind, first those in quotes, which few sentences hold."""
    section = cues(language, TOPIC)
    quoted = re.compile("|".join(section["quoted"]))
    return (
        ("other", quoted),
        *(
            (one["kind"], re.compile(rf"(?<!\w)(?:{'|'.join(one['find'])})(?!\w)"))
            for one in section["named"]
        ),
    )


def _is_signed(scene: Scene, name: Extent) -> bool:
    """Tell whether a name is that of a document which states sign, no measure."""
    return phrases(scene.found.text.language, TOPIC, "declarations").search(scene.words(name)) is not None


def _decreed(scene: Scene, found: Sequence[Trigger], named: Sequence[Anchor]) -> list[Anchor]:
    """Return decrees and agreements that a sentence ends, keeps or limits in time."""
    if not any(one.type == "DOC" for one in scene.mentions):
        return []
    statuses = find_triggers(scene.found.text, TOPIC, "statuses", scene.sentence)
    timed = [one for one in statuses if "expiry" in one.says or "extends" in one.says]
    anchors = []
    for one in scene.mentions:
        near = any(each.distance(one) <= _DECREED for each in timed)
        taken = any(each.overlaps(one) for each in named) or _is_signed(scene, one)
        if one.type != "DOC" or not near or taken:
            continue
        nouns = find_triggers(scene.found.text, TOPIC, "heads", one)
        kinds = [str(cue.says["kind"]) for cue in (*nouns, *found) if "needs" not in cue.says]
        kind = kinds[0] if kinds else "other"
        anchors.append(Anchor(one.start, one.end, scene, kind, one.entity, named_targets(scene, one, kind)))
    return anchors
