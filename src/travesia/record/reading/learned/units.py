"""Units: the stretches of a text that are weighed, and the signs by which each is known.

A unit is a clause, with the clauses that no mark sets apart from it. Its signs are the lists of the cue
files that it holds words of, its names, dates and amounts, how its words begin, and where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from travesia.record.reading.families.policies.turns import time_of
from travesia.record.reading.nouns import Extent, Found
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, within

_FEWEST = 4
"""How many words a clause has at least that is weighed by itself."""

_MOST = 40
"""How many words a unit of several clauses has at most."""

_MARK = re.compile(r"[;:]\s|\s-\s")
_OPENS = re.compile(r"[,;:(-]")
_CLOSES = re.compile(r"[,;:-]$")
_WORD = re.compile(r"[^\W\d_]+|\d+|[$%\"]")
_ACCENT = re.compile("[\u0300-\u036f]")

_STEMS = (4, 5)
"""How many first letters of a word tell it: words of the four languages that share a root share these."""

_MARKS = ' ,;:.()"-\n'
_FIFTHS = 5
_WORDS_A_STEP = 6


@dataclass(frozen=True)
class Unit(Extent):
    """A stretch of a sentence that is weighed as a whole, and the signs by which it is known."""

    scene: Scene
    signs: frozenset[str]


def units(found: Found) -> tuple[Unit, ...]:
    """Return the units of a text in order, each with its signs."""
    return once(found, _units)


def _units(found: Found) -> tuple[Unit, ...]:
    return tuple(
        Unit(one.start, one.end, scene, _signs(scene, one)) for scene in scenes(found) for one in _cut(scene)
    )


def _cut(scene: Scene) -> Iterator[Extent]:
    """Yield the stretches of a sentence: its clauses, cut at marks, joined where no mark parts them."""
    held: Extent | None = None
    for piece in () if scene.is_too_long else _pieces(scene):
        if held is not None and _is_one(scene, held, piece):
            held = Extent(held.start, piece.end)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _pieces(scene: Scene) -> Iterator[Extent]:
    for clause in scene.clauses:
        marks = (clause.start + one.end() for one in _MARK.finditer(scene.words(clause)))
        for start, end in pairwise([clause.start, *marks, clause.end]):
            if len(scene.words(Extent(start, end)).split()) >= _FEWEST:
                yield Extent(start, end)


def _is_one(scene: Scene, held: Extent, piece: Extent) -> bool:
    """Tell whether no mark parts two stretches, and both are no more than one reader takes in at once."""
    before, after = scene.words(held).strip(), scene.words(piece).strip()
    parted = _CLOSES.search(before) or _OPENS.match(after)
    return parted is None and len(before.split()) + len(after.split()) <= _MOST


def _signs(scene: Scene, unit: Extent) -> frozenset[str]:
    return frozenset((*_cues_of(scene, unit), *_words_of(scene, unit), *_place_of(scene, unit)))


def _cues_of(scene: Scene, unit: Extent) -> Iterator[str]:
    """Yield the lists of the cue files that a unit holds words of, and its names, dates and amounts."""
    yield f"kind {scene.sentence.kind}"
    for group in ("kinds", "heads"):
        for cue in _cues(scene, unit, "policies", group):
            yield group
            yield f"{group} {cue.says['kind']}"
    for cue in _cues(scene, unit, "policies", "turns"):
        yield f"turn {cue.says['turn']}"
        yield f"turn {cue.says['turn']} {time_of(scene, cue)}"
    yield from (f"lead {one.says['time']}" for one in _cues(scene, unit, "policies", "leads"))
    yield from (f"status {one.says['status']}" for one in _cues(scene, unit, "policies", "statuses"))
    yield from (f"binder {one.says['class']}" for one in _cues(scene, unit, "commitments", "verbs"))
    yield from (f"name {one.type}" for one in within(scene.mentions, unit))
    for date in within(scene.dates, unit):
        yield f"date {date.relation}"
        yield f"date {date.relation} {when_of(scene, date.first, date.last)}"
    yield from (f"amount {one.unit}" for one in within(scene.quantities, unit))


def _cues(scene: Scene, unit: Extent, topic: str, group: str) -> tuple[Trigger, ...]:
    return within(find_triggers(scene.found.text, topic, group, scene.sentence), unit)


def when_of(scene: Scene, first: str | None, last: str | None) -> str:
    """Return whether a day or period lies before or after the document."""
    published = scene.found.published or ""
    if not first or not last or not published:
        return "unknown"
    is_past = last[: len(published)] < published[: len(last)]
    return "past" if is_past else "ahead" if first > published else "now"


def _words_of(scene: Scene, unit: Extent) -> Iterator[str]:
    """Yield how the words of a unit begin, alone and in pairs; any number is one word."""
    words = ["#" if one.isdigit() else one for one in _WORD.findall(folded(scene.words(unit)))]
    for word in words:
        if len(word) >= _STEMS[0]:
            yield from (f"{length} {word[:length]}" for length in _STEMS)
    yield from (f"pair {one[: _STEMS[0]]} {two[: _STEMS[0]]}" for one, two in pairwise(words))


def _place_of(scene: Scene, unit: Extent) -> Iterator[str]:
    """Yield how long a unit is, where it stands, and how it opens."""
    words = folded(scene.words(unit)).split()
    whole = max(1, len(scene.found.text.plain))
    yield f"length {min(len(words) // _WORDS_A_STEP, _STEMS[1] + 1)}"
    yield f"fifth {_FIFTHS * unit.start // whole}"
    yield f"opens {unit.start == scene.sentence.start}"
    yield f"first {scene.found.text.language} {words[0]}"


def folded(words: str) -> str:
    """Return words in small letters without accents."""
    return _ACCENT.sub("", unicodedata.normalize("NFD", words.casefold()))


def is_told_in(evidence: Extent, other: Extent) -> bool:
    """Tell whether two stretches share at least half of the shorter one, as scoring matches records."""
    shared = min(evidence.end, other.end) - max(evidence.start, other.start)
    return shared > 0 and 2 * shared >= min(evidence.end - evidence.start, other.end - other.start)


def trimmed(scene: Scene, stretch: Extent) -> Extent:
    """Return a stretch of a sentence without the marks and blanks at its ends."""
    words = scene.words(stretch)
    start = stretch.start + len(words) - len(words.lstrip(_MARKS))
    end = stretch.end - len(words) + len(words.rstrip(_MARKS))
    return Extent(start, end) if start < end else Extent(stretch.start, stretch.end)
