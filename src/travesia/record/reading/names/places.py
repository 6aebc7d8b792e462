"""Places that a noun tells: "Naf River", "campo de Mbera", "province de l'Ouaddaï"; later the bare name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity

_LONGEST = 5
_REACH = 5
_BORDER = ("border", "fronter", "fronti", "frontei")
_JOINED = (" ", "-", "'")
_NAMED = ("GPE", "NORP", "ORG", "EVENT", "DOC", "GROUP")
"""What starts with one of these is named after it, and no place that nobody knows."""


Span = tuple[int, int]


@dataclass(frozen=True)
class _Cues:
    """Nouns of places, folded: `before` a name and `after` it.

    Of the `bodies` the noun is no part; the `regions` are cities or states where the name stands alone; with
    a capital `towns` start a town's name; `crossings` are borders.
    """

    before: frozenset[str]
    after: frozenset[str]
    bodies: frozenset[str]
    regions: frozenset[str]
    towns: frozenset[str]
    crossings: frozenset[str]
    links: frozenset[str]
    inside: frozenset[str]
    modifiers: frozenset[str]
    conjunctions: frozenset[str]
    no_name: frozenset[str]
    leading: frozenset[str]

    @cached_property
    def nouns(self) -> frozenset[str]:
        """All nouns that tell a place."""
        return self.before | self.after


@cache
def _cues(language: str) -> _Cues:
    names = cues(language, "names")

    def folded(*words: str) -> frozenset[str]:
        return frozenset(map(fold, words))

    heads = names["heads"]
    return _Cues(
        **{topic: folded(*words) for topic, words in names["places"].items()},
        conjunctions=folded(*names["conjunctions"]),
        no_name=folded(*names["not_names"]),
        leading=folded(*heads["leading"].split("|"), *heads["calendar"].split("|")),
    )


def places(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield each place that a noun beside its name tells, and each later mention of the name alone."""
    cue = _cues(known.language)
    found: dict[tuple[str, ...], tuple[str, Entity]] = {}
    told: set[int] = set()
    for word, folded in enumerate(known.words.folds):
        if folded not in cue.nouns or known.at(word, "GPE", "NORP") is not None:  # "Cape Verdean"
            continue
        spans = [*_after_noun(known, word, cue)] if folded in cue.before else []
        spans += _before_noun(known, word, cue) if folded in cue.after and not spans else []
        town = _is_town(known, word, cue)
        body = folded in cue.bodies or (folded in cue.regions and folded.endswith("s"))
        type_ = "GPE" if town or body else "BORDER" if _is_crossing(known, word, spans, cue) else "LOC"
        for extent, name in spans:
            first, last = extent if town or type_ != "GPE" else name
            own = extent if town else name
            bare = "LOC" if type_ == "LOC" and folded not in cue.regions else "GPE"
            folds = known.words.folds[own[0] : own[1]]
            _, entity = found.setdefault(folds, (bare, _place(known, own)))
            told.update(range(first, last))
            yield _find(known, first, last, type_, entity)
    yield from _alone(known, found, told)


def _is_crossing(known: Known, noun: int, spans: list[tuple[Span, Span]], cue: _Cues) -> bool:
    """Tell whether a place is where a border is crossed: "paso de Masnaa", "puesto fronterizo de Jimaní"."""
    folds, beside = known.words.folds, (part for extent, _ in spans for part in extent)
    near = [noun, *beside]
    return folds[noun] in cue.crossings or any(
        fold.startswith(_BORDER) for fold in folds[min(near) : max(near)]
    )


def _is_town(known: Known, noun: int, cue: _Cues) -> bool:
    """Tell whether a noun starts a town's name: "Cabo Delgado", but "Golfo de México"."""
    words = known.words
    return words.folds[noun] in cue.towns and words.capital(noun) and words.capital(noun + 1)


def _after_noun(known: Known, noun: int, cue: _Cues) -> Iterator[tuple[Span, Span]]:
    """Yield what a noun and the names after it cover: "campo de Mbera", "distritos de Arua y Yumbe"."""
    words = known.words
    if words.capital(noun) and words.capital(noun - 1) and words.gap(noun) == " ":
        return  # "Plan Puente Atlántico"
    word = noun + 1
    while (
        words.gap(word) in (" ", "'")
        and words.fold(word) in cue.links | cue.modifiers
        and word <= noun + _REACH
    ):
        if words.capital(word) and words.fold(word) not in cue.links:
            break
        word += 1
    last = _name(known, word, cue) if words.gap(word) in (" ", "'") else word
    if last == word:
        return
    yield (noun, last), (word, last)
    several = words.fold(noun).endswith("s")
    while several:
        step = last + (words.fold(last) in cue.conjunctions)
        step += words.fold(step) in cue.links and not words.capital(step)
        if step == last and "," not in words.gap(step):
            return
        last, word = _name(known, step, cue), step
        if last == word or words.gap(word).strip() not in ("", ","):
            return
        yield (word, last), (word, last)


def _before_noun(known: Known, noun: int, cue: _Cues) -> Iterator[tuple[Span, Span]]:
    """Yield what a noun and the names before it cover: "Naf River", "the Goz and Kyangwali settlements"."""
    words = known.words
    last = noun
    while words.gap(last) == " " and words.fold(last - 1) in cue.modifiers:
        last -= 1
    first = last
    while first > max(0, last - _LONGEST) and words.gap(first) in _JOINED and _leads(known, first - 1, cue):
        first -= 1
    goes_on = words.gap(noun + 1) == " " and words.capital(noun + 1)
    if first == last or goes_on or known.at(first, "LOC"):
        return
    if any(known.at(word, *_NAMED) for word in range(first, last)):
        return
    yield (first, noun + 1), (first, last)
    if words.fold(noun).endswith("s") and words.fold(first - 1) in cue.conjunctions:
        start = first - 2
        if start >= 0 and _leads(known, start, cue) and not known.at(start, *_NAMED):
            yield (start, first - 1), (start, first - 1)


def _name(known: Known, first: int, cue: _Cues) -> int:
    """Return where the name that starts at a word ends; the word itself where none does."""
    words = known.words
    if not _is_name(known, first, cue) or known.at(first, *_NAMED):
        return first
    last = first + 1
    while last < first + _LONGEST and words.gap(last) in _JOINED:
        step = last
        if words.fold(step) == "s" and words.gap(step) == "'":  # "Cox's Bazar"
            step += 1
        while words.fold(step) in cue.inside and words.gap(step + 1) in (" ", "'", "-") and step < last + 2:
            step += 1
        if not (_leads(known, step, cue) or (step == last and words.word(step).isdigit())):
            break
        last = step + 1
    return last


def _leads(known: Known, word: int, cue: _Cues) -> bool:
    """Tell whether a word can be of a name; a name after its noun starts with more than that."""
    words = known.words
    if words.folds[word] in cue.leading or not words.capital(word) or words.shouted(word):
        return False
    return word not in known.in_offices


def _is_name(known: Known, word: int, cue: _Cues) -> bool:
    words = known.words
    return _leads(known, word, cue) and words.folds[word] not in cue.no_name


def _place(known: Known, name: Span) -> Entity:
    words = known.words
    hit = known.at(name[0], "LOC")
    if hit is not None and hit.last == name[1]:
        return known.gazetteer.entities[hit.sense.entity]
    written = words.plain[words.starts[name[0]] : words.ends[name[1] - 1]]
    return Entity(f"plc:{'-'.join(words.folds[name[0] : name[1]])}", "place", " ".join(written.split()))


def _find(known: Known, first: int, last: int, type_: str, entity: Entity) -> tuple[Find, Entity]:
    return Find(known.words.starts[first], known.words.ends[last - 1], type_, entity.id), entity


def _alone(
    known: Known, found: dict[tuple[str, ...], tuple[str, Entity]], told: set[int]
) -> Iterator[tuple[Find, Entity]]:
    """Yield the mentions of places told elsewhere where the name stands alone."""
    words = known.words
    by_first = {name[0]: name for name in found}
    for word, folded in enumerate(words.folds) if found else ():
        name = by_first.get(folded)
        if (
            name is None
            or word in told
            or words.folds[word : word + len(name)] != name
            or not words.capital(word)
        ):
            continue
        last = word + len(name)
        beside = (words.gap(last) == " " and words.capital(last)) or (
            words.gap(word) == " " and words.capital(word - 1) and words.gap(word - 1)[-1:] == " "
        )
        if not beside and not known.at(word, *_NAMED, "PER", "LOC"):
            yield _find(known, word, last, *found[name])
