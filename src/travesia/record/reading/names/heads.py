"""Organisations, events and instruments that one word tells: "Ministry of …", "… Declaration on …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity

_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŠŽ][\w']{0,40}(?:-[\w']{1,40}){0,3})"
_PREFIX = {"ORG": "org:", "EVENT": "evt:", "DOC": "ins:"}
_INDEFINITE = re.compile(r"(?:An?|Une?|Una|Uma?) [^\W\d_A-ZÀ-Þ]")
_WHAT = {"ORG": "organisation", "EVENT": "event", "DOC": "instrument"}
_LONGEST = 14


@cache
def _pattern(language: str, type_: str) -> re.Pattern[str]:
    """Return the pattern of names of a type: the head first, with what follows, or words before a head."""
    heads = cues(language, "names")["heads"]
    joined = rf"(?: (?:{heads['connectors']}))"
    first = "|".join(sorted(heads[type_]["first"], key=len, reverse=True))
    last = "|".join(sorted(heads[type_]["last"], key=len, reverse=True))
    more = rf"(?:{joined}{{1,2}} ?{_CAPITAL}|,? {_CAPITAL}(?=,? (?:{heads['and']}) )|(?: |'){_CAPITAL})"
    forms = []
    if first:
        # "Comisión Nacional de …", but "House Speaker".
        direct = "" if language == "en" else f"| {_CAPITAL}"
        forms.append(rf"(?:{first})(?:{joined}{{1,2}} ?{_CAPITAL}{direct}){more}{{0,{_LONGEST}}}")
    if last:
        tail = rf"(?:{joined}{{1,2}} ?{_CAPITAL}{more}{{0,{_LONGEST}}})?"
        forms.append(rf"{_CAPITAL}(?:(?: | (?:{heads['inside']}) ){_CAPITAL}){{0,4}}? (?:{last})\b{tail}")
    return re.compile(rf"(?:(?<![\w'])|(?<=\b[lLdD]'))(?:{'|'.join(forms)})")


@cache
def _numbered(language: str) -> re.Pattern[str]:
    """Return the pattern of instruments by number, with the day they bear: "Lei nº 13.445, de 24 de maio"."""
    heads = cues(language, "names")["heads"]
    months = "|".join(cues(language, "sentences")["months"].split())
    written = rf"\d{{1,2}}(?:er|\u00ba|\u00b0)? (?:de )?(?:{months}),?(?: (?:de )?\d{{4}})?"
    day = rf"(?:,? (?:du|de|of) (?:{written}|(?:19|20)\d\d\b))?"
    issuer = r"(?: [A-Z][A-Za-z]*(?:/[A-Z]+)+)?"
    number = rf"{heads['number']}\d[\d./-]*(?:\d|[-/][A-Z]{{2,}})(?:-[A-Z]{{2,}})?|{heads['number']}\d"
    named = rf"(?:{heads['numbered']}){issuer} (?:{number})(?![\w%])"
    return re.compile(rf"(?<!\w)(?P<named>{named}){day}", re.IGNORECASE)


def _by_number(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield instruments by their number, each one entity whether its day stands beside it or not."""
    for found in _numbered(known.language).finditer(known.words.plain):
        if found[0][0].isupper() or known.language == "fr":
            find, entity = named(known, Find(*found.span("named"), "DOC", ""))
            yield replace(find, end=found.end()), entity


@cache
def _known_events(language: str) -> re.Pattern[str]:
    """Return the pattern of "third meeting of the Border Forum" and "Hurricane Mitch"."""
    heads = cues(language, "names")["heads"]
    event, joined = heads["EVENT"], rf" (?:{heads['connectors']})"
    more = rf"(?:(?: |'){_CAPITAL}|-{_CAPITAL}|{joined}{{1,2}} ?{_CAPITAL}){{0,{_LONGEST}}}"
    meeting = rf"(?:{event['numbers']}) (?:{event['meetings']}) (?:{event['whose']}) ?{_CAPITAL}{more}"
    storm = rf"{event['storms']} {_CAPITAL}(?! {_CAPITAL})"
    return re.compile(rf"(?:(?<![\w'])|(?<=\b[lLdD]'))(?:{meeting}|{storm})")


def _meetings_and_storms(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield meetings by their number and of whom they are, and storms by their names."""
    for found in _known_events(known.language).finditer(known.words.plain):
        yield named(known, Find(*found.span(), "EVENT", ""))


def named_by_head(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield organisations, events and instruments that no table knows but whose first or last word tells."""
    plain = known.words.plain
    numbered = [*_by_number(known), *_meetings_and_storms(known)]
    yield from numbered
    taken = {find.start for find, _ in numbered}
    for type_ in ("ORG", "EVENT", "DOC"):
        for found in _pattern(known.language, type_).finditer(plain):
            start, end = _trimmed(known, found.start(), found.end())
            if (
                start in taken
                or " " not in plain[start:end]
                or plain[start:end].isupper()
                or known.inside(start, end)
                or (type_ == "EVENT" and plain[start:end].islower())
            ):
                continue
            inner = known.within(start, end, type_) if type_ != "ORG" else None
            if inner is not None:  # "the Ninth Summit of the Americas"
                id_ = inner.sense.entity
                yield Find(start, end, type_, id_), known.gazetteer.entities[id_]
            else:
                body = type_ == "EVENT" and _is_body(known, end)
                yield named(known, Find(start, end, "ORG" if body else type_, ""))


def _is_body(known: Known, end: int) -> bool:
    """Tell whether a name like a meeting's is that of a body: "the Border Forum, a Tijuana charity"."""
    return _apposed(known.language).match(known.words.plain, end) is not None


@cache
def _apposed(language: str) -> re.Pattern[str]:
    """Return the pattern of ", a Tijuana charity" after a name."""
    bodies = cues(language, "names")["heads"]["EVENT"]["bodies"]
    return re.compile(rf", (?:\w{{1,3}} )?(?:[\w-]+ ){{0,2}}{bodies}\b")


def _trimmed(known: Known, start: int, end: int) -> tuple[int, int]:
    """Return a name's extent without a leading article and without what a conjunction or "of" adds.

    "Ministry of Health of Peru and the World Bank" is the ministry; the country is a mention of its own.
    """
    heads = cues(known.language, "names")["heads"]
    plain = known.words.plain
    leading = re.match(rf"(?:{heads['leading']}) ", plain[start:end])
    if leading:
        start += leading.end()
    if _INDEFINITE.match(plain, start, end):
        return start, start
    links = rf"(?P<and>{heads['and']})|(?P<where>{heads['in']})|{heads['of']}"
    cuts = rf"(?:,| (?:{links}))(?: |(?<='))(?:{heads['articles']})?"
    for cut in re.finditer(cuts, plain[start:end]):
        following = start + cut.end()
        if cut["where"] and plain[start].islower() and " " not in plain[start : start + cut.start()]:
            return start, start  # "una cumbre en Lima"
        another = known.starting_at(following, "GPE", "ORG", "PER")
        another = another or bool((cut["and"] or cut["where"]) and _head(known, following))
        if (
            another
            or re.match(heads["calendar"], plain[following:end])
            or (cut["where"] and known.starting_at(following, "LOC"))
        ):
            alone = " " not in plain[start : start + cut.start()] or plain[start].islower()
            if alone and cut["where"] and _head(known, following):
                return start, start  # "a Carta na Cúpula"
            return start, _with_state(known, following) if alone and not cut["and"] else start + cut.start()
    return start, end


def _with_state(known: Known, state: int) -> int:
    """Return where "Embassy of Brazil" ends; what one word and a state name is no body without the state."""
    return max((hit.end for hit in known.hits_at(state)), default=state)


def _head(known: Known, offset: int) -> bool:
    """Tell whether another head stands at an offset."""
    heads = cues(known.language, "names")["heads"]
    return any(
        known.words.plain.startswith(f"{head} ", offset)
        for type_ in _PREFIX
        for head in heads[type_]["first"]
    )


def named(known: Known, find: Find) -> tuple[Find, Entity]:
    """Return what a stretch names, by its words."""
    name = " ".join(known.words.plain[find.start : find.end].split())
    id_ = _PREFIX[find.type] + "-".join(
        re.findall(r"[a-z0-9]+", " ".join(map(fold, re.findall(r"\w+", name))))
    )
    return Find(find.start, find.end, find.type, id_), Entity(id_, _WHAT[find.type], name)
