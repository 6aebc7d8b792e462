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
_NO_PLURALS = ("ss", "us", "less", "ous", "is")


@dataclass(frozen=True)
class Counted:
    """The noun that a number counts.

    `unit` is ``person``, ``state``, ``authorization``, ``km`` or ``time``; ``None`` for any other noun.
    `extent` is the noun with what describes it, ``None`` where no noun follows. `compound` tells that the
    number is part of a word ("seven-day"), `partitive` that it counts some of what was named ("of them").
    """

    unit: str | None
    extent: Extent | None
    compound: bool = False
    partitive: bool = False


@dataclass(frozen=True)
class _Nouns:
    units: tuple[tuple[str, re.Pattern[str]], ...]
    nationals: frozenset[str]
    partitive: re.Pattern[str]
    km: re.Pattern[str]
    person_kinds: re.Pattern[str]
    skipped: frozenset[str]
    stops: frozenset[str]
    conjunctions: frozenset[str]
    head_last: bool
    compounds: Mapping[str, str]
    number_of: re.Pattern[str]
    start_of_change: re.Pattern[str]
    record: re.Pattern[str]


@cache
def _nationals(language: str) -> frozenset[str]:
    """Return the nationalities in the plural, in lower case."""
    forms = Gazetteer.shipped().forms
    return frozenset(
        form.lower()
        for of, form, sense in forms
        if of == language and sense.kind == "demonym" and form.endswith("s")
    )


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
        nationals=_nationals(language),
        partitive=re.compile(rf"\s(?:{known['partitive']})\b", re.IGNORECASE),
        km=re.compile(rf"[\s-](?:de\s)?(?:{known['km']})(?![\w\u00b2\u00b3])", re.IGNORECASE),
        person_kinds=re.compile(
            rf"(?:{known['person_kinds']})\s(?:{known['person_kind_nouns']})\b", re.IGNORECASE
        ),
        skipped=frozenset(known["skipped"].split("|")),
        stops=frozenset(known["stops"].split()),
        conjunctions=frozenset(known["and"].split("|")),
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
    if last.lower() in known.nationals:
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
        if unit and not _is_possessive(plain, last):
            return Counted(unit, Extent(first, _with_followers(plain, last, end, known)))
        plural = bare.endswith("s") and not bare.endswith(_NO_PLURALS) and word[0].islower()
        if not known.head_last and not bare.endswith(("s", "x", "z")):
            first = None
        if not known.head_last or plural:
            break
    return Counted(None, Extent(first, last) if first is not None else None)


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


def is_start_of_change(plain: str, start: int, language: str) -> bool:
    """Tell whether a number is where a change begins: "from 3,000 to 400"."""
    return bool(_nouns(language).start_of_change.search(plain[max(0, start - 8) : start]))
