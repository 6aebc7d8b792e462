"""Where sentences begin and end, and which lines are none: headings, items, datelines, speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.lines import Line, joined_lines
from travesia.record.reading.nouns import Sentence

# What may end a sentence: stops, then quotes and brackets that close; French sets a space before »,
# American notes a reference after.
_STOP = re.compile(r"(?:[.!?\u2026]|(?<=\.) (?=\.))+(?:[ \u00a0\u202f]?\u00bb|[\"'\u201d\u2019)\]])*(?=\s|$)")
_NEXT = re.compile(r"\s*([\"'\u201c\u2018\u00ab(\[\u00bf\u00a1\u2013\u2014-]\s?)*([^\W_][\w'\u2019]*)?(\.?)")
_LAST_WORD = re.compile(r"[^\s\"'\u201c\u2018\u2019\u00ab(\[/\u2013\u2014-]+$")
_LEADER = re.compile(r"(?:\. ?){4,}|\u2026 ?\u2026|_{4,}")
_LONGEST_ABBREVIATION = 24

_AMOUNT = r"(?:(?:US\$|R\$|C\$|[$\u20ac\u00a3])\s?)?\d(?:[\d.,]*\d)?"
_TABLE_ROW = re.compile(rf"(?:^{_AMOUNT}%?\s\S.*[^.:]$)|(?:\s{_AMOUNT}%?$)")
_LABEL = re.compile(r"([^\W\d_][\w.'\u2019 -]{0,60}?)\s?:\s+(?=\S)")
_WIRE = re.compile(
    r"(?P<place>[^\W\d_][\w.'\u2019/ -]{1,60}(?:, ?[^\W\d_][\w.'\u2019 -]{1,30})?)"
    r"(?P<date>,? [^():\n]{0,24}\d[^():\n]{0,14}?)?(?P<agency> ?\([\w ./-]{2,20}\))?"
    r"(?:\s?\.?\s?[\u2013\u2014]|\s?\.?\s?-{1,2}|\.-)\s+(?=\S)"
)
_LONGEST_HEADING = 180
# Longer ones are no sentences (a table without line breaks, a list of thousands): they are cut between words,
# so that what rules look at together stays small.
_LONGEST_SENTENCE = 3_000


@dataclass(frozen=True)
class _Abbreviations:
    never_last: frozenset[str]
    before_number: frozenset[str]
    may_be_last: frozenset[str]
    starters: frozenset[str]
    speakers: frozenset[str]
    months: frozenset[str]


@cache
def _abbreviations(language: str) -> _Abbreviations:
    """Return the language's cues; those of all four for a text in none of them."""
    chosen = (language,) if language in LANGUAGES else LANGUAGES

    def words(name: str) -> frozenset[str]:
        return frozenset(word for known in chosen for word in cues(known, "sentences")[name].split())

    return _Abbreviations(
        *map(words, ("never_last", "before_number", "may_be_last", "starters", "speakers", "months"))
    )


def sentences_of(original: str, plain: str, language: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order, without the white space around them; none overlap."""
    known = _abbreviations(language)
    lines = tuple(joined_lines(original))
    labels = _repeated_labels(plain, lines)
    found: list[Sentence] = []
    prose_seen = False
    for line in lines:
        kind = _kind(plain, line, known)
        start = line.start
        if kind == "prose":
            for opening in _openings(plain, line, known, labels, wire=not prose_seen):
                found.append(opening)
                start = _skip_spaces(original, opening.end, line.end)
            prose_seen = True
        whole = kind != "prose" and not line.bullet
        pieces = [(start, line.end)] if whole else _split(original, start, line.end, known)
        found.extend(
            Sentence(first, last, kind) for piece in pieces for first, last in _short_enough(original, *piece)
        )
    return tuple(found)


def _short_enough(original: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or cut between words where it is longer than any."""
    while end - start > _LONGEST_SENTENCE:
        room = original[start : start + _LONGEST_SENTENCE]
        words = (
            room.rsplit(None, 1)[0] if not original[start + _LONGEST_SENTENCE].isspace() else room.rstrip()
        )
        yield start, start + len(words)
        start += len(words)
        while start < end and original[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _skip_spaces(original: str, start: int, end: int) -> int:
    while start < end and (original[start].isspace() or original[start] in "\u2013\u2014-."):
        start += 1
    return start


def _kind(plain: str, line: Line, known: _Abbreviations) -> str:
    if line.bullet:
        return "item"
    if line.end - line.start > _LONGEST_HEADING:
        return "prose"
    words = plain[line.start : line.end]
    if _LEADER.search(words) or _TABLE_ROW.search(words):
        return "item" if not _is_dateline(words, known) else "dateline"
    if _is_dateline(words, known):
        return "dateline"
    if words.endswith(":"):
        return "heading" if len(words.split()) <= 3 else "prose"
    # A French quote keeps a space before its closing mark.
    if re.search(r"[.!?;\u2026](?:\s?[\"')\]])*$", words) and not words.isupper():
        return "prose"
    return "heading"


def _is_dateline(words: str, known: _Abbreviations) -> bool:
    """Tell whether a short line holds a date with its month, or a place with its state, and no more."""
    if len(words) > 80:
        return False
    tokens = re.findall(r"[^\W\d_]+|\d+", words.casefold())
    if any(token in known.months for token in tokens) and any(token.isdigit() for token in tokens):
        return len(tokens) <= 8 and any(len(token) == 4 and token.isdigit() for token in tokens)
    return bool(re.fullmatch(r"[A-Z\u00c0-\u00de][\w' ]{1,30}, [A-Z\u00c0-\u00de][\w.' ]{1,30}", words))


def _repeated_labels(plain: str, lines: tuple[Line, ...]) -> frozenset[str]:
    """Return names before a colon at the start of more than one line: people who speak in turn."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for line in lines:
        if label := _LABEL.match(plain, line.start, line.end):
            (repeated if label[1] in seen else seen).add(label[1])
    return frozenset(label for label in repeated if label.isupper() or label.istitle())


def _openings(
    plain: str, line: Line, known: _Abbreviations, labels: frozenset[str], *, wire: bool
) -> Iterator[Sentence]:
    """Yield what stands before a line's prose: who speaks, a label in capitals, or a news wire's dateline."""
    if label := _LABEL.match(plain, line.start, line.end):
        words, after_colon = label[1], len(label[0].rstrip()) + line.start
        first = re.split(r"[ .-]", words.casefold())[0]
        if words in labels or (first in known.speakers and words[0].isupper() and len(words.split()) <= 5):
            yield Sentence(line.start, after_colon, "speaker")
        elif words.isupper() and len(words) > 3 and len(words.split()) <= 5:
            yield Sentence(line.start, after_colon, "heading")
    elif wire and (opening := _WIRE.match(plain, line.start, line.end)):
        capitals = opening["place"].isupper() and len(opening["place"]) > 3
        named = opening["place"].istitle() or capitals
        if capitals or opening["agency"] or (named and opening["date"]):
            parts = [opening.end(name) for name in ("place", "date", "agency") if opening[name]]
            yield Sentence(line.start, len(plain[: max(parts)].rstrip()), "dateline")


def _split(original: str, start: int, end: int, known: _Abbreviations) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a stretch of prose."""
    first = start
    for stop in _STOP.finditer(original, start, end):
        if stop.start() <= first or not _ends_sentence(original, stop, end, known):
            continue
        yield first, stop.end()
        first = stop.end()
        while first < end and original[first].isspace():
            first += 1
    if first < end:
        yield first, end


def _ends_sentence(original: str, stop: re.Match[str], end: int, known: _Abbreviations) -> bool:
    after = _NEXT.match(original, stop.end(), end)
    word = after[2] if after else None
    if _LEADER.match(stop[0]) or (word and word[0].islower()):
        return False
    if not word or not after:
        return True
    if stop[0][0] != "." or len(stop[0]) > 1:
        return True
    back = original[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    last_word = _LAST_WORD.search(back)
    if not last_word:
        return True
    last = last_word[0].casefold()
    begins = word.casefold() in known.starters and not (after[3] and len(word) == 1)
    if last in known.never_last or (last in known.before_number and word[0].isdigit()):
        return False
    initial = len(last) == 1 and last.isalpha() and last_word[0].isupper()
    if last in known.may_be_last or initial or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", last):
        return begins
    return True
