"""What a number counts: the noun after it, past adjectives and nationalities, and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names import Gazetteer
from travesia.record.reading.nouns import Extent

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][^\W_]*(?:-[^\W_]+)*")
_STEP = re.compile(r"\s{1,3}|[/']|,\s")
_FARTHEST = 9
_CHANGE = 90
_AGAINST = 24
_UNCHANGED = ("ese", "\u00e8")
_NO_PLURALS = ("ss", "us", "less", "ous", "is")


@dataclass(frozen=True)
class Counted:
    """The noun that a number counts.

    `unit` is ``person``, ``state``, ``authorization``, ``km`` or ``time``; ``None`` for any other noun.
    `seat` tells a place that is a permit unless other words say whose it is, `thing` a noun of which few
    are worth keeping, `deed` that no noun but what only people do follows.
    `extent` is the noun with what describes it, ``None`` where no noun follows. `compound` tells that the
    number is part of a word ("seven-day"), `partitive` that it counts some of what was named ("of them").
    """

    unit: str | None
    extent: Extent | None
    compound: bool = False
    partitive: bool = False
    seat: bool = False
    thing: bool = False
    deed: bool = False


@dataclass(frozen=True)
class _Nouns:
    units: tuple[tuple[str, re.Pattern[str]], ...]
    nationals: frozenset[str]
    unchanged_nationals: frozenset[str]
    things: re.Pattern[str]
    peoples: re.Pattern[str]
    occasions: re.Pattern[str]
    against: re.Pattern[str]
    authorization_kinds: re.Pattern[str]
    seats: re.Pattern[str]
    of_people: re.Pattern[str]
    seats_for: re.Pattern[str]
    beds_before: re.Pattern[str]
    beds_after: re.Pattern[str]
    people_do: re.Pattern[str]
    changes: re.Pattern[str]
    partitive: re.Pattern[str]
    km: re.Pattern[str]
    person_kinds: re.Pattern[str]
    skipped: frozenset[str]
    stops: frozenset[str]
    conjunctions: frozenset[str]
    language: str
    describing: frozenset[str]
    head_last: bool
    compounds: Mapping[str, str]
    number_of: re.Pattern[str]
    start_of_change: re.Pattern[str]
    record: re.Pattern[str]


@cache
def _nationals(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nationalities in lower case: the plurals, and those that may be either ("Sudanese")."""
    forms = {
        form.lower()
        for of, form, sense in Gazetteer.shipped().forms
        if of == language and sense.kind == "demonym"
    }
    plurals = frozenset(form for form in forms if form.endswith("s"))
    return plurals, frozenset(form for form in forms - plurals if form.endswith(_UNCHANGED))


@cache
def _nouns(language: str) -> _Nouns:
    known = cues(language, "quantities")

    def one_of(words: str) -> re.Pattern[str]:
        return re.compile("|".join(words.split()), re.IGNORECASE)

    return _Nouns(
        units=(
            ("person", one_of(known["persons"])),
            ("state", one_of(known["states"])),
            ("authorization", one_of(known["authorizations"])),
            ("time", one_of(known["time"])),
        ),
        nationals=_nationals(language)[0],
        unchanged_nationals=_nationals(language)[1],
        things=one_of(known["things"]),
        peoples=re.compile(known["peoples"]),
        occasions=re.compile(rf"\s(?:{known['occasions']})\b"),
        against=re.compile(rf"\b(?:{known['against']})\s$", re.IGNORECASE),
        authorization_kinds=re.compile(rf"(?:{known['authorization_kinds']})\b", re.IGNORECASE),
        seats=one_of(known["seats"]),
        of_people=re.compile(rf"(?:{known['seats_of_people']})\b", re.IGNORECASE),
        seats_for=re.compile(rf"\s(?:{known['seats_for']})\s", re.IGNORECASE),
        beds_before=re.compile(rf"\b(?:{known['beds_before']})\b", re.IGNORECASE),
        beds_after=re.compile(rf"\s(?:{known['beds_after']})\b", re.IGNORECASE),
        people_do=re.compile(rf"\s(?:{known['people_do']})", re.IGNORECASE),
        changes=re.compile(rf"\b(?:{known['changes']})\b", re.IGNORECASE),
        partitive=re.compile(rf"\s(?:{known['partitive']})\b", re.IGNORECASE),
        km=re.compile(rf"[\s-](?:de\s)?(?:{known['km']})(?![\w\u00b2\u00b3])", re.IGNORECASE),
        person_kinds=re.compile(
            rf"(?:{known['person_kinds']})\s(?:{known['person_kind_nouns']})\b", re.IGNORECASE
        ),
        skipped=frozenset(known["skipped"].split("|")),
        stops=frozenset(known["stops"].split()),
        conjunctions=frozenset(known["and"].split("|")),
        language=language,
        describing=frozenset(known["describing"].split()),
        head_last=known["head_last"],
        compounds=MappingProxyType(dict(pair.split(":") for pair in known["compounds"].split())),
        number_of=re.compile(rf"\b(?:{known['number_of']})(?=\s(?:of|de|d'|des|dos|das)\b)", re.IGNORECASE),
        start_of_change=re.compile(rf"\b(?:{known['from']})\s$", re.IGNORECASE),
        record=re.compile(rf"\b(?:{known['record']})", re.IGNORECASE),
    )


def record_numbers(plain: str, language: str) -> Iterator[Extent]:
    """Yield where a text says "a record number" of something, and no figure."""
    for found in _nouns(language).record.finditer(plain):
        yield Extent(*found.span())


def _words(plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the words that follow a number without a pause; a comma only between names (Cuban, Haitian)."""
    at, name = start, False
    for _ in range(_FARTHEST):
        step = _STEP.match(plain, at, end)
        word = _WORD.match(plain, step.end(), end) if step else None
        if not step or not word or ("\n\n" in step[0]):
            return
        if step[0][0] == "," and not (name and (word[0][0].isupper() or word[0] == "and")):
            return
        name = word[0][0].isupper()
        yield word
        at = word.end()


def _unit_of(word: str, known: _Nouns) -> str | None:
    """Return the unit that a noun stands for; of joined words the last counts ("asylum-seekers")."""
    last = word.rsplit("-", 1)[-1] if known.head_last else word
    if last.lower() in known.nationals or known.peoples.fullmatch(last):
        return "person"
    return next((unit for unit, noun in known.units if noun.fullmatch(last)), None)


def counted_after(plain: str, start: int, end: int, language: str) -> Counted:
    """Return what the number that ends at `start` counts, looking no farther than `end`."""
    known = _nouns(language)
    if km := known.km.match(plain, start, end):
        return Counted("km", Extent(start + 1, km.end()))
    if plain[start : start + 1] == "-" and plain[start + 1 : start + 2].isalpha():
        word = _WORD.match(plain, start + 1, end)
        unit = known.compounds.get(word[0].lower()) if word else None
        return Counted(unit, Extent(*word.span()) if word and unit else None, compound=unit is None)
    if known.partitive.match(plain, start, end):
        return Counted(None, None, partitive=True)
    first: int | None = None
    last = start
    united = False
    for word in _words(plain, start, end):
        bare = word[0].lower()
        if bare in known.stops:
            break
        if bare in known.conjunctions:
            if first is None:
                break
            continue
        if bare in known.skipped and (first is None or bare != "of"):
            continue
        if bare in known.skipped:
            break
        first = word.start() if first is None else first
        last = word.end()
        unit = None if united else _unit_of(word[0], known)
        united = bare == "united"
        if kind := known.person_kinds.match(plain, word.start(), end):
            return Counted("person", Extent(first, kind.end()))
        if kind := known.authorization_kinds.match(plain, word.start(), end):
            return Counted("authorization", Extent(first, kind.end()))
        if known.seats.fullmatch(bare):
            return _seat(plain, Extent(first, last), end, known)
        if unit and not _is_possessive(plain, last) and not _describes(plain, word, end, known):
            return Counted(unit, Extent(first, _with_followers(plain, last, end, known)))
        plural = bare.endswith("s") and not bare.endswith(_NO_PLURALS) and word[0].islower()
        if not known.head_last and not bare.endswith(("s", "x", "z")):
            first = None
        if not known.head_last or plural:
            break
    return _without_unit(plain, start, end, None if first is None else Extent(first, last), known)


def _without_unit(plain: str, start: int, end: int, noun: Extent | None, known: _Nouns) -> Counted:
    """Return what counts that which no unit holds, or people by what they do or by their nationality."""
    word = plain[noun.start : noun.end].rsplit(" ", 1)[-1].lower() if noun else ""
    if known.people_do.match(plain, start, end) and not known.things.fullmatch(word):
        return Counted(None, None, deed=True)
    if word in known.unchanged_nationals:
        return Counted("person", noun)
    return Counted(None, noun, thing=bool(known.things.fullmatch(word)))


def _seat(plain: str, noun: Extent, end: int, known: _Nouns) -> Counted:
    """Return "6,000 resettlement places" as people, "400 places in shelters" as what has no unit."""
    words = plain[noun.start : noun.end]
    if known.beds_before.search(words) or known.beds_after.match(plain, noun.end, end):
        return Counted("other", noun, seat=True)
    whose = known.seats_for.match(plain, noun.end, end)
    if (
        known.of_people.search(words)
        or known.of_people.match(plain, noun.end + 1, end)
        or (whose and counted_after(plain, whose.end() - 1, end, known.language).unit == "person")
    ):
        return Counted("person", noun, seat=True)
    return Counted("authorization", noun, seat=True)


def _describes(plain: str, word: re.Match[str], end: int, known: _Nouns) -> bool:
    """Tell whether a word such as "displaced" describes what follows: "400 displaced families"."""
    if word[0].lower() not in known.describing:
        return False
    after = next(_words(plain, word.end(), end), None)
    return bool(after and after[0].lower() not in known.stops and after[0].endswith(("s", "n", "e")))


def _is_possessive(plain: str, end: int) -> bool:
    return plain[end : end + 1] == "'" and not plain[end + 1 : end + 2].isspace()


def _with_followers(plain: str, at: int, end: int, known: _Nouns) -> int:
    """Return where the noun ends with its adjective and its partner ("refugiados y migrantes")."""
    joined = False
    for word in _words(plain, at, min(end, at + 60)):
        bare = word[0].lower()
        if bare in known.conjunctions:
            joined = True
        elif _unit_of(bare, known) == "person" and (joined or not known.head_last):
            at, joined = word.end(), False
        elif not (joined and bare in known.skipped):
            break
    return at


def counted_before(plain: str, start: int, end: int, language: str) -> Counted | None:
    """Return what "the number of refugees" counts that stands between `start` and `end`, the last such."""
    found = [*_nouns(language).number_of.finditer(plain, start, end)]
    noun = counted_after(plain, found[-1].end(), end, language) if found else None
    return noun if noun and noun.unit not in {None, "time"} else None


def counts_occasions(plain: str, end: int, language: str) -> bool:
    """Tell whether a number says how often something was done: "applied 640,000 times"."""
    return bool(_nouns(language).occasions.match(plain, end))


def counts_against(plain: str, start: int, language: str) -> bool:
    """Tell whether a number is the other side of a vote: "by 27 votes to 14"."""
    return bool(_nouns(language).against.search(plain, max(0, start - _AGAINST), start))


def named_before(plain: str, first: int, start: int, language: str) -> str | None:
    """Return the unit of the last noun before a bare number: "arrivals rose to 4,500"."""
    known = _nouns(language)
    for word in reversed([*_WORD.finditer(plain, first, start)]):
        if unit := _unit_of(word[0], known):
            return None if unit == "time" else unit
        if known.things.fullmatch(word[0].lower()):
            return "other"
    return None


def is_start_of_change(plain: str, start: int, language: str) -> bool:
    """Tell whether a number is where a change begins: "from 3,000 to 400", "pasa de 3.000 a 400"."""
    known = _nouns(language)
    before = plain[max(0, start - _CHANGE) : start]
    clause = max(before.rfind(mark) for mark in ".;:,")
    return bool(known.start_of_change.search(before) and known.changes.search(before, clause + 1))
