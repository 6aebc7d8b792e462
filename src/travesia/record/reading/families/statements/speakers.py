"""Who says it: before the verb, after it, after "according to", or at the head of a list.

A speaker without a name ("the opposition", "relief actors") is kept in the words of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.statements.candidates import candidates, is_ours, together
from travesia.record.reading.families.statements.stages import Stage
from travesia.record.reading.families.statements.unlisted import (
    agent_in_words,
    holder_of,
    in_words,
    known_by_noun,
    name_after,
    noun_before,
    source_in_words,
)
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrases, phrases_at_end

_TOPIC = "statements"
_BEHIND = 70
"""How far after "according to" or an inverted verb the speaker is looked for, in code points."""

_NEARBY = 40
"""How far before a verb its pronoun stands, in code points."""

_CLOSE = 6
"""How far after the verb of a relative clause its subject may stand: "que pedia la ONU"."""


def speaker(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    """Return who says what a verb says; nobody where the text leaves it open."""
    behind = inverted(stage, scene, verb, says)
    if behind != NOBODY:
        return behind
    if _cue(scene, _TOPIC, "first").fullmatch(scene.words(verb)):
        return stage.voice(scene)
    agent = _cue(scene, "clauses", "agents").search(scene.found.text.plain, verb.end, scene.sentence.end)
    finite = _cue(scene, _TOPIC, "finite").search(scene.words(verb)) is not None
    follows = agent is not None and agent.start() - verb.end <= 1 and not finite
    passive = phrases_at_end(scene.found.text.language, _TOPIC, "passives").search(
        scene.before(verb, _NEARBY)
    )
    if scene.is_passive(verb) or passive or follows:
        near = [one for one in candidates(scene) if agent and 0 <= one.start - agent.end() <= _BEHIND // 2]
        named = agent_in_words(scene, agent.end()) if agent and follows else None
        if named is not None and not any(one.start <= named.end for one in near):
            return in_words(scene, named)
        return _named(stage, scene, near)
    before = scene.before(verb, _NEARBY)
    relative = phrases_at_end(scene.found.text.language, _TOPIC, "object_relatives").search(before)
    if relative is not None and not _closes_aside(scene, Extent(verb.start - len(relative[0]), verb.end)):
        close = [one for one in candidates(scene) if 0 < one.start - verb.end <= _CLOSE]
        if close and not scene.is_hidden(close[0]):
            return _named(stage, scene, close)
    return subject(stage, scene, verb, says)


def after_source(stage: Stage, scene: Scene, cue: Extent) -> Who:
    """Return who stands after "according to"; figures of the government are those of the state told of."""
    plain = scene.found.text.plain
    reach = Extent(cue.end, min(scene.sentence.end, cue.end + _BEHIND))
    stop = re.compile(r'[,;:"(]|\.\s').search(plain, reach.start, reach.end)
    last = stop.start() if stop else reach.end
    near = [one for one in candidates(scene) if cue.end <= one.start < last]
    pronoun = re.compile(rf"\s{_cue(scene, 'clauses', 'they').pattern}(?=[,\s])", re.I).match(
        plain, cue.end, last + 1
    )
    if pronoun is not None and not near:
        place = Extent(cue.end + 1, pronoun.end())
        earlier = _earlier(stage, scene, place, persons=True)
        return Who(earlier.ids, place) if earlier.ids else NOBODY
    official = _cue(scene, _TOPIC, "official").match(plain, cue.end + 1, last)
    body = _body_of(scene, cue, near[0]) if near else None
    if body is not None:
        return in_words(scene, body)
    if official is not None and stage.home and not near:
        return Who((stage.home,), Extent(official.start(), official.end()))
    return _named(stage, scene, near) if near else source_in_words(scene, Extent(cue.end, last))


def _body_of(scene: Scene, cue: Extent, state: Mention) -> Extent | None:
    """Return the body of a state that a source is: "Panama's migration service", "la oficina de Panamá"."""
    if state.type not in {"GPE", "GPE_METONYM"}:
        return None
    bodies = phrases(scene.found.text.language, _TOPIC, "bodies").pattern
    after = scene.words(Extent(state.end, scene.sentence.end))
    if owned := re.match(rf"'s?\s(?:[\w-]+\s){{0,2}}{bodies}", after, re.I):
        return Extent(state.start, state.end + owned.end())
    article = phrases(scene.found.text.language, "clauses", "determiners").pattern
    before = scene.words(Extent(cue.end, state.start))
    head = re.match(rf"\s(?:{article}\s?)?(?=(?:\w+\s)?{bodies}\s(?:\w+\s){{1,6}}$)", before, re.I)
    return Extent(cue.end + head.end(), state.end) if head else None


def _cue(scene: Scene, topic: str, group: str) -> re.Pattern[str]:
    return phrases(scene.found.text.language, topic, group)


def _named(stage: Stage, scene: Scene, near: Sequence[Mention]) -> Who:
    """Return the first of some candidates, or the person who follows it: "its minister, Eleni Karras"."""
    if not near:
        return NOBODY
    for one in candidates(scene):
        if one.start >= near[0].end and one.type == "PER" and _apposed(scene, near[0], one):
            return _first(stage, scene, (one,), near[0].start)
    general = known_by_noun(stage, scene, near[0])
    if general is not None:
        return general
    holder = holder_of(scene, near[0])
    if holder is not None:
        return Who((scene.found.text.original[holder.start : holder.end],), Extent(near[0].start, holder.end))
    return _first(stage, scene, together(scene, near[0]))


def _apposed(scene: Scene, office: Extent, person: Extent) -> bool:
    """Tell whether a name only adds to an office before it: at most a comma between, a pause after it."""
    between = scene.words(Extent(office.end, person.start))
    after = scene.words(Extent(person.end, scene.sentence.end))
    if len(between.split()) > 7 or not re.fullmatch(r"[\w' -]*,?[\w' -]*", between):
        return False
    return "," not in between or re.match(r'\s*[,.;:"]|\s*$', after) is not None


def inverted(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    """Return who follows a verb of saying after a quote or a comma: "..., said the minister"."""
    plain = scene.found.text.plain
    before = scene.before(verb, 5).rstrip()
    opened = before.endswith(('"', '",', '" ,'))
    told = scene.words(Extent(scene.clause_of(verb).start, verb.start)).strip(" ,")
    aside = "," not in told and _cue(scene, _TOPIC, "relatives").match(told)
    if not opened and (
        not says or aside or _closes_aside(scene, verb) or not before.endswith((",", ", a", ", ha"))
    ):
        return NOBODY
    stop = re.compile(r'[;:"]|\b(?:that\b|que\b|qu\')').search(plain, verb.end, scene.sentence.end)
    last = min(stop.start() if stop else scene.sentence.end, verb.end + _BEHIND)
    near = [one for one in candidates(scene) if verb.end <= one.start < last]
    unknown = name_after(scene, verb, last, near)
    if unknown is not None:
        return in_words(scene, unknown)
    between = plain[verb.end : near[0].start] if near else ""
    named = _named(stage, scene, near)
    person = near and (near[0].type == "PER" or (named.ids and named.ids[0].startswith("per:")))
    if len(between.split()) > 7 or ("," in between and not person):
        return NOBODY
    return named


def _closes_aside(scene: Scene, verb: Extent) -> bool:
    """Tell whether the comma before a verb closes what only adds to its subject: "X, the minister, said"."""
    before = scene.words(Extent(scene.sentence.start, verb.start)).rstrip(" ,")
    end = scene.sentence.start + len(before)
    closing = [one for one in scene.actors() if one.end == end]
    opened = scene.words(Extent(scene.sentence.start, closing[-1].start)).rstrip() if closing else ""
    return opened.endswith(",") or (not opened and bool(closing))


def _outside(scene: Scene, verb: Extent) -> list[Mention]:
    """Return who may be the subject of a verb: no preposition hides them and no quote."""
    quotes = [one for one in quoted_in(scene) if not one.overlaps(verb)]
    shown = [one for one in candidates(scene) if not scene.is_hidden(one)]
    return [one for one in shown if not any(quote.holds(one) for quote in quotes)]


def subject(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    """Return who stands before a verb as its subject, or for whom its pronoun or no word at all stands."""
    clause = scene.clause_of(verb)
    shown = _outside(scene, verb)
    before = [one for one in candidates(scene) if one.end <= clause.start]
    if _is_after_aside(scene, clause, verb):
        name = None if before else noun_before(scene, clause.start)
        if before or name is not None:
            return in_words(scene, name) if name else _held(stage, scene, before[-1])
    here = [one for one in shown if clause.start <= one.start and one.end <= verb.start]
    own = noun_before(scene, verb.start)
    rivals = [one for one in here if not (own and _only_adds(scene, own, one, verb))]
    if own is not None and not any(one.overlaps(own) or one.start >= own.start for one in rivals):
        return in_words(scene, own)
    if here:
        tail = tail_of(scene, verb) if says else None
        last = [one for one in here if tail and one.start >= tail.start]
        near = [one for one in here if len(scene.words(Extent(one.end, verb.start)).split()) <= 2]
        chosen = _in_person(scene, (last or near[-1:] or here)[0], verb)
        return _held(stage, scene, chosen)
    compatriot = _compatriot(stage, scene, verb)
    if compatriot != NOBODY:
        return compatriot
    dropping = cues(scene.found.text.language, _TOPIC)["subjectless"] != "(?!)"
    if not dropping and is_ours(scene, verb):
        return stage.voice(scene)
    if _pronoun(scene, clause, verb):
        named = [one for one in candidates(scene) if one.end <= verb.start]
        if named and _cue(scene, _TOPIC, "topical").match(scene.words(scene.sentence)):
            return _first(stage, scene, together(scene, named[-1]))
        personal = _is_personal(scene, clause, verb)
        if personal and (person := [one for one in before if one.type == "PER" and one in shown]):
            return _first(stage, scene, (person[0],))
        return _earlier(stage, scene, verb, persons=personal)
    oblique = rf"{_cue(scene, _TOPIC, 'oblique').pattern}(?:\s\S+)?\s*$"
    if before and re.search(oblique, scene.before(verb, _NEARBY), re.I):
        main = [one for one in before if one in shown]
        return _first(stage, scene, together(scene, main[0]), at=None) if main else NOBODY
    if _cue(scene, _TOPIC, "relatives").match(scene.words(clause).lstrip(" ,")):
        noun = noun_before(scene, clause.start)
        if noun is not None and not any(one.start >= noun.start for one in before):
            return in_words(scene, noun)
        if before:
            return _held(stage, scene, _whom_it_adds_to(scene, before, clause))
    clitic = phrases_at_end(scene.found.text.language, _TOPIC, "clitics").search(
        scene.before(verb, _CLOSE + 2)
    )
    follows = [one for one in shown if 0 < one.start - verb.end <= _CLOSE] if clitic else []
    if follows:
        return _named(stage, scene, follows)
    if _joined(scene, clause, verb) and (earlier := [one for one in before if one in shown]):
        return _first(stage, scene, together(scene, _in_person(scene, earlier[0], verb)))
    return _implied(stage, scene, verb, says)


def _only_adds(scene: Scene, name: Extent, noun: Mention, verb: Extent) -> bool:
    """Tell whether a noun without a name stands in an aside to a name: "Open Door, a movement,"."""
    if noun.type not in {"GROUP", "PER_ROLE"} or noun.start < name.end or not scene.words(noun)[:1].islower():
        return False
    aside = scene.words(Extent(name.end, verb.start)).strip()
    return aside.startswith(",") and aside.endswith(",")


def _held(stage: Stage, scene: Scene, office: Mention) -> Who:
    """Return who holds an office, by the name after it that no list has, else the list that it belongs to."""
    holder = holder_of(scene, office)
    return in_words(scene, holder) if holder else _first(stage, scene, together(scene, office))


def _compatriot(stage: Stage, scene: Scene, verb: Extent) -> Who:
    """Return the person whom a nationality with its article right before a verb stands for: "o americano"."""
    near = [one for one in scene.mentions if one.type == "NORP" and 0 < verb.start - one.end <= _CLOSE]
    article = phrases_at_end(scene.found.text.language, "clauses", "determiners")
    if (
        not near
        or not article.search(scene.before(near[-1], 8))
        or "," in scene.words(Extent(near[-1].end, verb.start))
    ):
        return NOBODY
    state = scene.country_of(near[-1].entity)
    if state and _cue(scene, _TOPIC, "plurals").search(scene.before(near[-1], 6)):
        return Who((state,), Extent(near[-1].start, near[-1].end))
    for before in reversed(stage.scenes[: scene.number + 1]):
        for one in reversed(before.mentions):
            if one.type == "PER" and one.end <= near[-1].start and state in _states_beside(before, one):
                return Who((one.entity,), Extent(near[-1].start, near[-1].end))
    return NOBODY


def _states_beside(scene: Scene, person: Mention) -> set[str | None]:
    """Return the state of a person's office: the one known, and the one named right before the name."""
    beside = [one for one in scene.mentions if 0 < person.start - one.end <= _NEARBY and one.type != "PER"]
    return {scene.country_of(one.entity) for one in (person, *beside[-1:])}


def _in_person(scene: Scene, office: Mention, verb: Extent) -> Mention:
    """Return who holds an office, where the name adds to it: "the minister, X, was harsher"."""
    if office.type == "PER":
        return office
    named = [one for one in candidates(scene) if office.end <= one.start and one.end <= verb.start]
    person = next((one for one in named if one.type == "PER"), None)
    return person if person is not None and _apposed(scene, office, person) else office


def _implied(stage: Stage, scene: Scene, verb: Extent, says: bool) -> Who:
    """Return who says it where no subject stands: the head of a list, the parties, who spoke before."""
    clause = scene.clause_of(verb)
    opening = scene.words(Extent(scene.sentence.start, verb.start))
    if re.fullmatch(r"\W*(?:\w{1,2}[.)]\s*)?", opening):
        head, voice = _head(stage, scene), stage.voice(scene)
        if head != NOBODY or len(voice.ids) > 2:
            return head if head != NOBODY else voice
    if re.search(r'"[\s,]*$', opening) or _subjectless(scene, opening):
        return _earlier(stage, scene, verb, persons=says)
    first = scene.clauses[0]
    if first.end <= clause.start and _cue(scene, "clauses", "they").match(scene.words(first)):
        return _earlier(stage, scene, Extent(first.start, first.start), persons=False)
    return NOBODY


def _whom_it_adds_to(scene: Scene, before: Sequence[Mention], clause: Extent) -> Mention:
    """Return of whom a relative clause tells: the person, where the last name only says what he heads."""
    for one in before[:-1]:
        aside = scene.words(Extent(one.end, clause.start))
        if one.type == "PER" and re.fullmatch(r',\s[^,;.:"]+,?\s*', aside):
            return one
    return before[-1]


def _is_after_aside(scene: Scene, clause: Extent, verb: Extent) -> bool:
    """Tell whether a verb goes on after a relative clause: "the minister, who hosted it, called the text"."""
    words = scene.words(Extent(clause.start, verb.start))
    opened = _cue(scene, _TOPIC, "relatives").match(words.lstrip(" ,")) is not None
    after_pause = words.startswith(",") or scene.before(clause, 3).rstrip().endswith(",")
    return opened and after_pause and clause.start > scene.sentence.start and words.rstrip(" ").endswith(",")


def _subjectless(scene: Scene, opening: str) -> bool:
    """Tell whether a verb opens its sentence where the language leaves pronouns out: "Tambien pidio"."""
    pattern = cues(scene.found.text.language, _TOPIC)["subjectless"]
    return re.fullmatch(pattern, opening.strip(), re.I) is not None


def tail_of(scene: Scene, verb: Extent) -> Extent | None:
    """Return the last words of a sentence where they only say who said the rest: ", a spokesman said"."""
    plain, sentence = scene.found.text.plain, scene.sentence
    start = max(plain.rfind(mark, sentence.start, verb.start) for mark in (",", '"'))
    rest = plain[verb.end : sentence.end].strip(' ."')
    dated = any(0 <= one.start - verb.end <= 8 and len(rest) < 40 for one in scene.dates)
    told = _cue(scene, _TOPIC, "told").match(rest)
    ends = not rest or dated or (told is not None and len(rest) < 60)
    return Extent(start + 1, verb.end) if start > sentence.start and ends else None


def _joined(scene: Scene, clause: Extent, verb: Extent) -> bool:
    """Tell whether a clause goes on with the subject before it: after "and", a comma, "who", a dash."""
    opening = scene.words(Extent(clause.start, verb.start)).strip()
    return opening[:1] not in {":", ";"} or opening == ":"


def _pronoun(scene: Scene, clause: Extent, verb: Extent) -> bool:
    near = Extent(max(clause.start, verb.start - 40), verb.start)
    return _pronouns(scene.found.text.language).search(scene.words(near)) is not None


@cache
def _pronouns(language: str) -> re.Pattern[str]:
    """Match a pronoun shortly before the end, with at most two words after it."""
    return re.compile(rf"{phrases(language, 'clauses', 'they').pattern}(?:\s\S+){{0,2}}\s*$", re.I)


def _is_personal(scene: Scene, clause: Extent, verb: Extent) -> bool:
    words = scene.words(Extent(max(clause.start, verb.start - 40), verb.start))
    return re.search(phrases(scene.found.text.language, _TOPIC, "persons").pattern, words, re.I) is not None


def _earlier(stage: Stage, scene: Scene, verb: Extent, persons: bool = False) -> Who:
    """Return the subject of a sentence before: a person where only persons are meant, several for "they"."""
    pronoun = scene.words(Extent(max(scene.sentence.start, verb.start - _NEARBY), verb.start + 1))
    several = _cue(scene, _TOPIC, "several").search(pronoun) is not None
    for before in reversed(stage.scenes[max(0, scene.number - (4 if several else 2)) : scene.number]):
        shown = [one for one in candidates(before) if not before.is_hidden(one)]
        people = [one for one in shown if one.type in {"PER", "PER_ROLE"}] if persons else []
        if several:
            shown = [one for one in shown if one.type in {"GROUP", "ORG"} or len(together(before, one)) > 1]
        if shown:
            return Who(_named(stage, before, people or shown).ids)
    return stage.voice(scene) if several and len(stage.voice(scene).ids) > 2 else NOBODY


def _head(stage: Stage, scene: Scene) -> Who:
    """Return the subject that introduces a list: "The ministers:" a few lines above."""
    for before in reversed(stage.scenes[max(0, scene.number - 30) : scene.number]):
        if before.words(before.sentence).rstrip().endswith(":"):
            shown = [one for one in candidates(before) if not before.is_hidden(one)]
            return _first(stage, before, together(before, shown[0]), at=None) if shown else NOBODY
    return NOBODY


def _first(stage: Stage, scene: Scene, ones: Sequence[Mention], at: int | None = -1) -> Who:
    """Return some mentions as speakers; without an extent (`at` is none) where they stand elsewhere."""
    known = known_by_noun(stage, scene, ones[0]) if len(ones) == 1 else None
    ids = list(known.ids) if known else [_acting(stage, scene, one) for one in ones]
    if not ids:
        return NOBODY
    extent = None if at is None else Extent(ones[0].start if at < 0 else at, ones[-1].end)
    return Who(tuple(dict.fromkeys(ids)), extent)


def _acting(stage: Stage, scene: Scene, one: Mention) -> str:
    """Return who a speaker is: "the government" is the state told of, a capital the state that it leads."""
    if one.entity == "government":
        return stage.home or one.entity
    known = scene.found.entities.get(one.entity)
    capital = known is not None and known.kind == "capital" and one.type == "GPE"
    return (scene.country_of(one.entity) if capital else None) or one.entity
