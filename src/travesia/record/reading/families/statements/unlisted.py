"""Speakers that no list names, in the words of the text: by a noun of a body, by an office and a name.

"The Teachers' Union", "the mayor of Colon, Ana Ruiz" and "figures of the ministry" stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.families.statements.stages import Stage
from travesia.record.reading.families.who import NOBODY, Who
from travesia.record.reading.nouns import Extent, Mention
from travesia.record.reading.quotes import quoted_in
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import phrase_pattern, phrases

_TOPIC = "statements"

_BEHIND = 70
"""How far after "by", an office or a verb a name is looked for, in code points."""

_NAME_OF_BODY = re.compile(r"(?:\s(?:(?:de|da|do|du|des|of|del|dos|das|la)\s){0,2}[A-ZÀ-Þ][\w'-]+){1,5}")

_OWNER = 14
"""How far before a body the state stands whose it is: "Mexico's foreign ministry"."""

_FEW = 7
"""Most words of a source that is no mention."""

_HOLDER = re.compile(
    r"(?:\s[\w'-]+){0,6}?,\s([^\W\d_a-zß-ÿ][\w'-]+(?:\s[^\W\d_a-zß-ÿ][\w'-]+|\s(?:de|da|do|dos|al|el|bin|ould|van|von)){1,4})"
    r"(?=[,.;:\"]|\s*$)"
)
"""A name after an office and a comma."""

_UNKNOWN = re.compile(
    r"(?:\s(?:a|à|au|ao|to)\s(?:\w+\s)?[^\W\d_A-Z][\w'-]*|\s(?:[lL]['ae]|el|the|[oa])\s?(?:[^\W\d_A-Z][\w'-]*\s?){1,3})?"
    r"\s([^\W\d_a-zß-ÿ][\w'-]+(?:\s[^\W\d_a-zß-ÿ][\w'-]+|\s(?:de|da|do|al|el|bin|van|von)){1,3})"
)
"""A name right after a verb of saying, or after those to whom it is told, or after a bare occupation."""

_ALONE = re.compile(r"\s([^\W\d_a-zß-ÿ][\w'-]+)(?=, (?:\d\d|une?|uma?|an?|el|la|le|the|[oa]|qu[ie]|who)\b)")
"""One name after a verb of saying, with an aside that tells who it is: "raconte Yuleidy, une mère"."""

_SURNAME = re.compile(
    r"\s(?:(?:M|Mme|Mlle|Mr|Mrs|Ms|Sr|Sra|Dr|Dra|D)\.? )?"
    r"([^\W\d_a-zß-ÿ][\w'-]{2,}(?:\s(?:de |da |van |al )?[^\W\d_a-zß-ÿ][\w'-]+)?)(?=[.,;]|\s*$)"
)
"""A surname alone after a quote and a verb: '"...", sums up Condori.'"""

_TITLED = re.compile(
    r"\s(?:l'|(?:el|la|le|les|the|o|a|os|as|su|son|sa|its|seu|sua)\s)(?:[^\W\d_A-Z][\w'-]*\s){0,5}[^\W\d_A-Z][\w'-]*,\s"
    r"([^\W\d_a-zß-ÿ][\w'-]+(?:\s[^\W\d_a-zß-ÿ][\w'-]+|\s(?:de|da|do|al|el|bin|van|von)){1,3})(?=[.,;]|\s*$)"
)
"""An office that no list has after a verb of saying, with who holds it: "said the warden, Ana Ruiz."."""

_AGO = 100
"""How many sentences ago the body may have been named that "the ministry" is."""

_AROUND = 5_000
"""How far around a capital that opens a sentence the same name is looked for inside one, in code points."""

_NAMED = 70
"""How far before a verb the words may begin that name its subject, in code points."""


def _cue(scene: Scene, group: str) -> re.Pattern[str]:
    return phrases(scene.found.text.language, _TOPIC, group)


def agent_in_words(scene: Scene, at: int) -> Extent | None:
    """Return the noun of a body after "by", with its article: "by the employers"."""
    after = scene.words(Extent(at, min(scene.sentence.end, at + _BEHIND)))
    article = phrases(scene.found.text.language, "clauses", "determiners").pattern
    bodies = _cue(scene, "bodies").pattern
    match = re.match(rf"\s*((?:{article}\s*)?(?:[\w'-]+\s){{0,2}}?{bodies})", after, re.I)
    return Extent(at + match.start(1), at + match.end(1)) if match else None


def source_in_words(scene: Scene, place: Extent) -> Who:
    """Return a source in the words of the text, where they hold a name or a body."""
    words = scene.words(place)
    start = place.start + len(words) - len(words.lstrip())
    found = Extent(start, start + len(words.strip(" .\n")))
    if len(words.split()) > _FEW or any(one.overlaps(found) for one in (*scene.dates, *scene.quantities)):
        return NOBODY
    article = phrases(scene.found.text.language, "clauses", "determiners").match(words.lstrip())
    impersonal = _cue(scene, "no_source").fullmatch(words.strip())
    named = (
        (article and not impersonal)
        or re.search(r"[^\W\d_a-zß-ÿ]\w", words)
        or _cue(scene, "bodies").search(words)
    )
    return Who((scene.found.text.original[found.start : found.end],), found) if named else NOBODY


def fuller(scene: Scene, who: Who, verb: Extent) -> Who:
    """Return a speaker without a name in all the words before the verb: "local relief organisations"."""
    assert who.extent is not None
    after = scene.words(Extent(who.extent.end, max(who.extent.end, verb.start)))
    small = phrases(scene.found.text.language, _TOPIC, "between").pattern
    more = re.match(rf"((?:\s[\w'-]+){{0,4}}?)(?:\s{small})*\s$", after, re.I)
    broken = more is not None and _cue(scene, "relatives").search(more[1])
    if (
        more is None
        or broken
        or any(one.start >= who.extent.end and one.end <= verb.start for one in scene.dates)
    ):
        return who
    owners = [one for one in scene.mentions if one.type == "GPE" and 0 < who.extent.start - one.end <= _OWNER]
    owned = [
        one
        for one in owners
        if re.fullmatch(r"'s?\s(?:\w+\s)?", scene.words(Extent(one.end, who.extent.start)))
    ]
    start = owned[-1].start if owned else who.extent.start
    extent = Extent(start, who.extent.end + len(more[1]))
    return Who((scene.found.text.original[extent.start : extent.end],), extent)


def in_words(scene: Scene, place: Extent) -> Who:
    """Return the speaker that some words of the text name."""
    return Who((scene.found.text.original[place.start : place.end],), place)


def noun_before(scene: Scene, at: int) -> Extent | None:
    """Return the words right before a place that name a subject by a body or a name that no list has."""
    clause = scene.clause_of(Extent(max(scene.sentence.start, at - 1), at))
    over = max((one.end for one in quoted_in(scene) if one.end <= at), default=clause.start)
    before = scene.words(Extent(max(clause.start, over, at - _NAMED), at))
    match = _named_before(scene.found.text.language).search(f"{before} ")
    if match is None or "\n" in match["name"]:
        return None
    start = at - len(before) + match.start("name")
    found = Extent(start, start + len(match["name"].rstrip(" ,")))
    dated = any(one.overlaps(found) for one in scene.dates)
    # "40 organisations demand" may begin with its number.
    dated = dated or any(one.overlaps(found) and one.start > found.start for one in scene.quantities)
    if dated or not _is_named(scene, found):
        return None
    article = phrases(scene.found.text.language, "clauses", "determiners").match(match["name"])
    return (apposed_name(scene, found) if article else None) or found


def _is_named(scene: Scene, place: Extent) -> bool:
    """Tell whether some words name somebody: by a noun of a body, or by a capital that opens no sentence."""
    language, plain = scene.found.text.language, scene.found.text.plain
    words = scene.words(place)
    article = re.match(phrases(language, "clauses", "determiners").pattern + r"\s*", words, re.I)
    rest = words[article.end() :] if article else words
    if any(phrases(language, "clauses", group).search(rest) for group in ("they", "we")):
        return False
    if phrases(language, _TOPIC, "relatives").search(rest):
        return False
    if phrases(language, _TOPIC, "bodies").search(rest):
        return True
    names = [one for one in rest.split() if one[:1].isupper()]
    if not names or phrases(language, _TOPIC, "nobody").match(rest):
        return False
    alone = place.start == scene.sentence.start and not article and len(names) == 1
    near = plain[max(0, place.start - _AROUND) : place.end + _AROUND]
    return not alone or re.search(rf"[^\W\d_A-Z],? {re.escape(names[0])}\b", near) is not None


@cache
def _named_before(language: str) -> re.Pattern[str]:
    """Match a noun of a body, or an article with a name, and what it is of, at the end of a text."""
    section, clauses = cues(language, _TOPIC), cues(language, "clauses")
    article, of = phrase_pattern(clauses["determiners"]), phrase_pattern(section["of"])
    capital, word = r"(?-i:[^\W\d_a-zß-ÿ][\w'-]*)", r"[^\W\d_][\w'-]*"
    name = rf"(?:{article}\s*)?(?:{word}\s+){{0,2}}?(?:{phrase_pattern(section['bodies'])}|{capital})"
    known = rf"(?:{capital}|{phrase_pattern(section['bodies'])})"
    more = rf"(?:\s+(?:{of}\s*(?:{article}\s*)?)?{known}|\s+{of}\s*{word}|\s+{word})"
    aside, opening = phrase_pattern(section["asides"]), phrase_pattern(section["openings"])
    return re.compile(
        rf"(?:^\W*(?:{opening}\s)?|[.,;:(]\s|{phrase_pattern(clauses['joiners'])}\s|{opening}\s)\s*"
        rf"(?P<name>{name}{more}{{0,4}}?)(?:\s\([^()]{{1,15}}\))?(?:,\s(?:{aside}|[^,.;:]{{3,50}}),)?\s+(?:{phrase_pattern(section['between'])}\s*){{0,3}}$",
        re.IGNORECASE,
    )


def with_name(scene: Scene, noun: Extent) -> Extent:
    """Return a noun of a body with the name right after it: "a associacao Asilo Aberto"."""
    found = _NAME_OF_BODY.match(scene.found.text.plain, noun.end, scene.sentence.end)
    return Extent(noun.start, found.end()) if found else noun


def apposed_name(scene: Scene, noun: Extent) -> Extent | None:
    """Return the name that a noun adds to or has added: "Open Door, a movement", "the party, ABC,"."""
    article = phrases(scene.found.text.language, "clauses", "determiners").pattern
    name = r"(?-i:[A-ZÀ-Þ][\w'-]+(?:\s(?:(?:de|da|do|du|des|of|del|for|the)\s){0,2}[A-ZÀ-Þ][\w'-]+){0,5})"
    before = scene.words(Extent(max(scene.sentence.start, noun.start - _BEHIND), noun.start))
    ahead = re.search(
        rf"(?:^|[;,.]\s)(?:{article}\s?)?({name}),\s(?:{article}\s?(?:[\w-]+\s){{0,3}})?$", before, re.I
    )
    if ahead is not None and not phrases(scene.found.text.language, _TOPIC, "nobody").match(ahead[1]):
        start = noun.start - len(before)
        found = Extent(start + ahead.start(1), start + ahead.end(1))
        others = [one for one in scene.mentions if one.type not in {"ORG", "PER"}]
        if not any(one.overlaps(found) for one in (*scene.dates, *others)):
            return found
    after = scene.words(Extent(noun.end, min(scene.sentence.end, noun.end + _BEHIND)))
    behind = re.match(rf"(?:\s[\w'-]+){{0,4}},\s(?:{article}\s?)({name}),\s", after, re.I)
    return Extent(noun.end + behind.start(1), noun.end + behind.end(1)) if behind else None


def holder_of(scene: Scene, office: Mention) -> Extent | None:
    """Return the name that no list has of who holds an office: "la ministre des Refugies, Grace Nabwire"."""
    of = _cue(scene, "of").pattern
    article = phrases(scene.found.text.language, "clauses", "determiners").pattern
    led = rf"{_cue(scene, 'offices').pattern}\s{of}\s*(?:{article}\s*)?$"
    governed = office.type == "GPE" and re.search(led, scene.before(office, _BEHIND), re.I)
    if office.type not in {"GROUP", "PER_ROLE", "NORP"} and not governed:
        return None
    found = _HOLDER.match(scene.found.text.plain, office.end, min(scene.sentence.end, office.end + _BEHIND))
    name = Extent(found.start(1), found.end(1)) if found else None
    taken = name is None or any(one.overlaps(name) for one in scene.mentions)
    return None if taken else name


def name_after(scene: Scene, verb: Extent, last: int, near: Sequence[Mention]) -> Extent | None:
    """Return a name that no list has right after a verb of saying, before anybody known."""
    plain = scene.found.text.plain
    quoted = scene.before(verb, 4).rstrip(" ,").endswith('"')
    patterns = (_UNKNOWN, _ALONE, _TITLED, _SURNAME) if quoted else (_UNKNOWN, _ALONE, _TITLED)
    found = next((match for one in patterns if (match := one.match(plain, verb.end, last))), None)
    known = [one for one in (*near, *scene.mentions) if one.start >= verb.end]
    if found is None:
        return None
    name = Extent(found.start(1), found.end(1))
    taken = [one for one in known if one.start < name.end and (one.type != "NORP" or one.overlaps(name))]
    return None if taken else name


def known_by_noun(stage: Stage, scene: Scene, noun: Mention) -> Who | None:
    """Return the body that "the ministry" is: the last one named with that word, else the state's."""
    words = scene.words(noun)
    if noun.type == "GROUP" and (holder := _named_with(stage, scene, noun)) is not None:
        return holder
    if noun.type != "GROUP" or _cue(scene, "general").fullmatch(words) is None:
        return None
    head = re.compile(rf"\b{re.escape(words[:-1] if words.endswith('s') else words)}", re.IGNORECASE)
    for before in reversed(stage.scenes[max(0, scene.number - _AGO) : scene.number + 1]):
        bodies = [one for one in before.mentions if one.type in {"ORG", "EVENT"} and one.end < noun.start]
        same = [one for one in bodies if head.search(before.words(one))]
        if same:
            return Who((same[-1].entity,), Extent(noun.start, noun.end))
    ahead = scene.before(noun, _OWNER) + words
    if _cue(scene, "anaphors").search(ahead):
        courts = phrases(scene.found.text.language, "policies", "courts")
        court = courts.search(ahead) is not None
        for before in reversed(stage.scenes[max(0, scene.number - 3) : scene.number]):
            bodies = [one for one in before.seen_actors() if one.type == "ORG"]
            bodies = [one for one in bodies if (courts.search(before.words(one)) is not None) == court]
            if bodies:
                return Who((bodies[-1].entity,), Extent(noun.start, noun.end))
    state = _cue(scene, "ministries").fullmatch(words)
    return Who((stage.home,), Extent(noun.start, noun.end)) if state and stage.home else None


def _named_with(stage: Stage, scene: Scene, office: Mention) -> Who | None:
    """Return the person whom the text named with an office before: "the ambassador" after "ambassador X"."""
    words = scene.words(office)
    if _cue(scene, "offices").fullmatch(words) is None:
        return None
    title = re.compile(rf"\b{re.escape(words)}\b[^.;:]*$", re.IGNORECASE)
    for before in reversed(stage.scenes[max(0, scene.number - _AGO) : scene.number]):
        for one in before.mentions:
            told = before.words(Extent(max(before.sentence.start, one.start - _BEHIND), one.start))
            if one.type == "PER" and title.search(told):
                return Who((one.entity,), Extent(office.start, office.end))
    return None
