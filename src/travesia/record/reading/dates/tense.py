"""Which way a sentence looks: back, ahead, or neither that one can tell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Text

WORDS: Mapping[str | None, str] = MappingProxyType(
    {"past": "past tense", "future": "looks ahead", None: "tense open"}
)
# How far a verb may stand from its date, in characters; a participle stands right before it.
_REACH, _PARTICIPLE_REACH = 240, 28
_WAS_TO_REACH, _CONDITION_REACH = 45, 60
# How far what is put off may stand before the day to which it is, and a verb from the "today" that it tells.
_PUT_OFF_REACH, _BESIDE = 75, 40
_PAUSE = re.compile(r"[,;:.]")
# A comma between verb and date weighs as so many characters, a semicolon twice as much, and a verb that
# stands after its date weighs as so many more.
_COMMA, _AFTER = 25, 15
# How many verbs to look at on each side; a long list of them costs no more.
_NEAR = 6
# How many words may part "who" from its verb, and what a verb right before its date: " en ", in characters.
_RELATIVE_WORDS, _RIGHT_AFTER = 3, 4
# What may part an auxiliary from its verb: " be ", " also be ", in characters.
_AUXILIARY = 9


@cache
def verbs_of(language: str) -> re.Pattern[str]:
    """Return the pattern of verbs whose form tells their time, in groups named after it."""
    cue = cues(language, "dates")["tense"]
    groups = [
        f"(?P<{kind}>{'|'.join(map(_shape, sorted(cue[kind], key=_later)))})" for kind in _ORDER if cue[kind]
    ]
    spared = "|".join(map(_shape, cue["not_past"])) or "(?!)"
    return re.compile(rf"(?<![\w'])(?!(?:{spared})(?!\w))(?:{'|'.join(groups)})(?!\w)|(?P<contracted>'ll)\b")


@dataclass(frozen=True)
class _Aheads:
    """What shows a promise; what is not yet, was to come or goes on until a day; a "who" before its verb."""

    promised: re.Pattern[str]
    infinitive: re.Pattern[str]
    condition: re.Pattern[str]
    was_to: re.Pattern[str]
    put_off: re.Pattern[str]
    lasting: re.Pattern[str]
    relative: re.Pattern[str]


@cache
def _aheads(language: str) -> _Aheads:
    cue = cues(language, "dates")["tense"]

    def word(pattern: str) -> str:
        return rf"(?<![\w'-])(?:{pattern})(?!\w)"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    infinitive, relatives = word(cue["infinitive"]), "|".join(cues(language, "clauses")["relatives"])
    return _Aheads(
        compiled(rf"(?<![\w'-])(?:{cue['promises']})[^.;:]{{0,90}}?{infinitive}"),
        compiled(infinitive),
        compiled(word(cue["conditions"])),
        compiled(word(cue["was_to"])),
        compiled(rf"(?<![\w'-])(?:{cue['put_off']})(?:\s(?:the|el|le|l'|o|at least))?\s$"),
        compiled(word(cue["lasting"])),
        compiled(rf"{word(relatives)}(?:\s\S+){{0,{_RELATIVE_WORDS}}}\s$"),
    )


_ORDER = ("future", "past", "participle")


def _later(word: str) -> tuple[bool, int]:
    return word.startswith("*"), -len(word)


def _shape(words: str) -> str:
    return re.escape(words).replace(r"\*", "[a-zà-ÿ]{2,20}").replace(r"\ ", r"\s{1,2}")


class Tenses:
    """The verbs of a text and the ends of its sentences, found once."""

    def __init__(self, text: Text) -> None:
        plain = text.plain
        self._plain = plain
        self._found = False
        self._language = text.language
        self._verbs: list[tuple[int, int, str]] = []
        self._starts: list[int] = []
        self._breaks = [part.start for part in text.sentences]

    def sentence(self, extent: Extent) -> Extent:
        """Return the sentence that holds a date, at most `_REACH` characters of it on each side."""
        left = bisect_right(self._breaks, extent.start)
        right = bisect_left(self._breaks, extent.end)
        start = self._breaks[left - 1] if left else 0
        end = self._breaks[right] if right < len(self._breaks) else len(self._plain)
        return Extent(max(start, extent.start - _REACH), min(max(end, extent.end), extent.end + _REACH))

    def was_to_come(self, extent: Extent) -> bool:
        """Tell whether the words before a date look ahead from the past: "was to expire on 31 January"."""
        first = max(self.sentence(extent).start, extent.start - _WAS_TO_REACH)
        return bool(_aheads(self._language).was_to.search(self._plain, first, extent.start))

    def is_put_off_to(self, extent: Extent) -> bool:
        """Tell whether something is moved to a date or goes on until it: "put off until January"."""
        first = max(self.sentence(extent).start, extent.start - _PUT_OFF_REACH)
        return bool(_aheads(self._language).put_off.search(self._plain, first, extent.start))

    def tells_beside(self, extent: Extent) -> bool:
        """Tell whether a verb of the past or future stands near, without a pause between."""
        self._read()
        here = bisect_left(self._starts, extent.start)
        for start, end, _ in self._verbs[max(0, here - _NEAR) : here + _NEAR]:
            gap = self._plain[end : extent.start] if start < extent.start else self._plain[extent.end : start]
            if len(gap) <= _BESIDE and not _PAUSE.search(gap):
                return True
        return False

    def is_right_after(self, extent: Extent) -> bool:
        """Tell whether a date stands right after a verb of the past: "derogó en noviembre"."""
        self._read()
        at = bisect_left(self._starts, extent.start) - 1
        if at < 0 or self._verbs[at][2] != "past":
            return False
        return 0 <= extent.start - self._verbs[at][1] <= _RIGHT_AFTER

    def leaning(self, extent: Extent, relation: str | None = None) -> str | None:
        """Return ``past``, ``future`` or ``None`` by the verb that governs a date: the nearest one.

        What was promised to be done, or must be done by a date (`relation`), is to come.
        """
        self._read()
        around = self.sentence(extent)
        here = bisect_left(self._starts, extent.start)
        best: tuple[int, str, int] | None = None
        for at in range(max(0, here - _NEAR), min(here + _NEAR, len(self._verbs))):
            start, end, kind = self._verbs[at]
            if start < around.start or end > around.end or extent.start <= start < extent.end:
                continue
            before = start < extent.start
            gap = self._plain[end : extent.start] if before else self._plain[extent.end : start]
            if kind == "participle" and not (before and len(gap) <= _PARTICIPLE_REACH):
                continue
            if kind != "future" and self._follows_auxiliary(start, at):
                kind = "future"
            if not before and _aheads(self._language).condition.search(gap):
                continue  # "from July unless funding improved"
            if not before and _aheads(self._language).relative.search(gap):
                continue  # "from July, those who registered will"
            stops = gap.count(",") * before + 2 * gap.count(";")
            weight = len(gap) + _COMMA * stops + (0 if before else _AFTER)
            if best is None or weight < best[0]:
                best = weight, "past" if kind == "participle" else kind, start
        if best is None:
            return None
        told = best[1] == "past" and best[2] < extent.start
        pending = told and self._is_pending(around.start, best[2], extent.start, relation)
        return "future" if pending else best[1]

    def _is_pending(self, first: int, verb: int, date: int, relation: str | None) -> bool:
        """Tell whether a date after a verb of the past is of what that verb only promised or asked."""
        known = _aheads(self._language)
        if relation not in {"by", "until", "before"}:
            return bool(known.promised.search(self._plain, verb, date))
        if relation == "until" and known.lasting.search(self._plain, verb, date):
            return True
        condition = known.condition.search(self._plain, max(first, verb - _CONDITION_REACH), date)
        return bool(condition or known.infinitive.search(self._plain, verb, date))

    def _follows_auxiliary(self, start: int, at: int) -> bool:
        """Tell whether a participle belongs to a verb that looks ahead: "will be held", "será firmado"."""
        if at == 0 or self._verbs[at - 1][2] != "future":
            return False
        gap = self._plain[self._verbs[at - 1][1] : start]
        return len(gap) <= _AUXILIARY and gap.replace(" ", "a").isalpha()

    def _read(self) -> None:
        if self._found:
            return
        self._found = True
        for match in verbs_of(self._language).finditer(self._plain):
            kind = "future" if match.lastgroup == "contracted" else str(match.lastgroup)
            self._verbs.append((match.start(), match.end(), kind))
        self._starts = [start for start, _, _ in self._verbs]
