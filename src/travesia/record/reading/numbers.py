"""Numbers in digits, in words, and in both ("11 mil 460"), with what kind of number each is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from travesia.record.reading.cue_files import LANGUAGES
from travesia.record.reading.digits import decimal_mark
from travesia.record.reading.nouns import Extent
from travesia.record.reading.number_sums import Sum
from travesia.record.reading.number_words import Token, bare, lexicon_of, tokens_of

_LOOK_BACK = 24
_LOOK_AHEAD = 5
_NAMES_A_SIZE = frozenset({"scale", "hundred", "hundreds"})
_BEFORE_ORDINALS = _NAMES_A_SIZE | {"ten", "tens"}


@dataclass(frozen=True)
class Number(Extent):
    """A number as found.

    `form` is ``count``; ``rounded`` for a dozen or a hundred or so; ``vague`` for "tens of thousands" and
    ``ordinal`` for "52nd", whose `value` is ``None``; ``percent`` and ``fraction`` for a part (0.85) and
    ``multiple`` for "triple" (3). `scale` is the word such as million that it ends in, 1 without; `digits`
    tells whether it starts in digits.
    """

    value: Decimal | None
    form: str = "count"
    scale: int = 1
    digits: bool = False


class _Reader:
    """Reads the numbers of one text from its tokens."""

    def __init__(self, plain: str, language: str) -> None:
        self.plain = plain
        self.lexicon = lexicon_of(language)
        self.tokens = tokens_of(plain, self.lexicon)
        figures = (token.figure for token in self.tokens if token.figure)
        self.mark = decimal_mark(figures, self.lexicon.decimal_mark)

    def numbers(self) -> Iterator[Number]:
        """Yield every number in order."""
        at = 0
        while at < len(self.tokens):
            number, after = self._number(at)
            if number:
                yield number
            at = max(after, at + 1)

    def _word(self, token: Token) -> str:
        return self.plain[token.start : token.end]

    def _number(self, at: int) -> tuple[Number | None, int]:
        """Return the number that begins at a token, and the token after it."""
        token = self.tokens[at]
        if token.kind == "label":
            return None, at + 1
        if token.kind == "ordinal":
            return Number(token.start, token.end, None, "ordinal"), at + 1
        if token.kind == "half" and not self._scale_follows(at, self.lexicon.half_gap):
            return None, at + 1
        run, start = Sum(self.lexicon, self.mark), token.start
        opening = self.plain[max(0, start - _LOOK_BACK) : start]
        vague = False
        if token.kind in {"scale", "hundred", "collective", "plural"}:
            few, article = self.lexicon.few.search(opening), self.lexicon.article.search(opening)
            vague = bool(few) or bare(self._word(token)) in self.lexicon.plurals
            if word := few or article:
                start -= len(opening) - word.start("word")
            if vague:
                return self._vague(start, at)
            if article:
                run.parts, run.rooms = [Decimal(1)], [*run.rooms, Decimal(1)]
        return self._run(run, start, at)

    def _vague(self, start: int, at: int) -> tuple[Number, int]:
        """Return "hundreds of thousands" or "several million" whole, without a value."""
        end, scale = self.tokens[at].end, int(self.tokens[at].value or 1)
        after = at + 1
        while after < len(self.tokens) and self.tokens[after].kind in {
            "plural",
            "scale",
            "hundred",
            "collective",
        }:
            between = self.plain[end : self.tokens[after].start]
            if between != " " and not self.lexicon.of.fullmatch(between):
                break
            end, scale = self.tokens[after].end, int(self.tokens[after].value or 1)
            after += 1
        return Number(start, end, None, "vague", scale), after

    def _scale_follows(self, at: int, gap: re.Pattern[str]) -> bool:
        if at + 1 >= len(self.tokens):
            return False
        token, after = self.tokens[at], self.tokens[at + 1]
        sizes = {"scale", "collective"} if token.kind == "half" else {"scale"}
        return after.kind in sizes and bool(gap.fullmatch(self.plain, token.end, after.start))

    def _run(self, run: Sum, start: int, at: int) -> tuple[Number | None, int]:
        """Read on from a token as far as one number goes."""
        first, end, here = self.tokens[at], self.tokens[at].start, at
        joins = not self.lexicon.between.search(self.plain[max(0, start - _LOOK_BACK) : start])
        back: tuple[int, Sum, int] | None = None
        while here < len(self.tokens):
            token = self.tokens[here]
            if here > at:
                joined = self._joined(run, end, here, joins=joins)
                if joined is None:
                    break
                if token.kind == "ordinal":
                    return Number(start, token.end, None, "ordinal"), here + 1
                if joined or run.last in _NAMES_A_SIZE:
                    back = here, run.copy(), end
            if not run.takes(token, self._word(token), scaled=self._scale_follows(here, self.lexicon.gap)):
                if token.kind in {"scale", "hundred"} and back:
                    here, run, end = back
                break
            end = token.end
            if run.last in {"unit", "four", "digits", "scale"} and (
                half := self.lexicon.half_added.match(self.plain, end)
            ):
                run.parts[-1] += Decimal(run.scale if run.last == "scale" else 1) / 2
                end = half.end()
            here += 1
            while here < len(self.tokens) and self.tokens[here].start < end:
                here += 1
        if end <= first.start:
            return None, at + 1
        return self._finished(run, Extent(start, end), here, digits=first.figure is not None)

    def _finished(self, run: Sum, extent: Extent, here: int, *, digits: bool) -> tuple[Number, int]:
        """Return the number read; "une dizaine de milliers" is vague."""
        if (
            run.last == "collective"
            and here < len(self.tokens)
            and self.tokens[here].kind in {"plural", "scale"}
        ):
            token = self.tokens[here]
            if self.lexicon.of.fullmatch(self.plain, extent.end, token.start):
                return Number(extent.start, token.end, None, "vague"), here + 1
        form = "rounded" if run.rounded else "count"
        return Number(extent.start, extent.end, sum(run.parts, Decimal(0)), form, run.scale, digits), here

    def _joined(self, run: Sum, end: int, here: int, *, joins: bool) -> bool | None:
        """Tell whether a token goes on with a number: by "and" (True), at once (False), or not (None)."""
        token = self.tokens[here]
        if run.last == "half":
            return False if self.lexicon.half_gap.fullmatch(self.plain, end, token.start) else None
        gap = self.lexicon.gap.fullmatch(self.plain, end, token.start)
        if not gap or token.kind in {"label", "plural", "half"}:
            return None
        words = gap[0]
        kind = "hundred" if run.last == "hundreds" else run.last
        if gap["join"] and (not joins or kind not in self.lexicon.joins_after):
            return None
        if token.kind == "ordinal":
            goes_on = run.last in _BEFORE_ORDINALS or (
                run.last == "four" and self.lexicon.french and words == "-"
            )
            return bool(gap["join"]) if goes_on and "," not in words else None
        if (
            token.kind in {"digits", "short"}
            and (gap["join"] or "\n" in words or "," in words or self.lexicon.decimal_mark == ".")
            and not (gap["join"] and self._scale_follows(here, self.lexicon.gap))
        ):
            return None
        if "," in words and not (run.last == "scale" and self._names_a_size(here)):
            return None
        return bool(gap["join"])

    def _names_a_size(self, here: int) -> bool:
        """Tell whether words after a comma go on with a number ("one million, two hundred thousand")."""
        end = None
        for token in self.tokens[here : here + _LOOK_AHEAD]:
            if token.figure or (
                end is not None and not self.lexicon.gap.fullmatch(self.plain, end, token.start)
            ):
                return False
            if token.kind in _NAMES_A_SIZE:
                return True
            end = token.end
        return False


def find_numbers(plain: str, language: str) -> tuple[Number, ...]:
    """Return the numbers of a text in order: counts, ordinals and vague ones, none within another.

    Parameters
    ----------
    plain
        The text's plain copy, see `plain_copy`.
    language
        One of the four; a text in another has none.
    """
    return tuple(_Reader(plain, language).numbers()) if language in LANGUAGES else ()


def number_in(words: str, language: str) -> int | float | None:
    """Return the number that a whole phrase says ("trois cent douze mille"), ``None`` where it says none."""
    found = find_numbers(words, language)
    if len(found) != 1 or found[0].value is None or words.strip() != words[found[0].start : found[0].end]:
        return None
    return plain_number(found[0].value)


def plain_number(value: Decimal) -> int | float:
    """Return a whole number as ``int``, any other as ``float``."""
    return int(value) if value == value.to_integral_value() else float(value)
