"""Words of dates: a text becomes runs of tokens, each with a one-letter code for the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from travesia.record.reading.cue_files import cues

# One letter a kind of word. Months are M, weekdays W, small letters where they count only beside a number. Of
# numbers D may be a day, O is one with an ordinal's ending, Y a year, 9 a whole date, z a decade, N the rest.
# Marks stand for themselves.
_CODES = {
    "of": "o", "article": "a", "to": "t", "and": "&", "or": "|", "between": "B", "from": "f", "this": "T",
    "of_this": "T", "last": "L", "either": "L", "trailing": "L", "recent": "L", "next": "X", "ago": "G",
    "names": "_",
    "ago_before": "g", "earlier": "V", "later": "v", "ahead": "J", "ahead_before": "j", "depuis": "S",
    "hedge": "h", "fiscal": "F", "fiscal_noun": "x", "to_date": "~", "nowadays": "_", "label": "Q",
    "half_label": "Q", "same_period": "%",
}  # fmt: skip
_VALUES = {
    "numbers": "N", "ordinals": "R", "units": "U", "divisions": "q", "seasons": "s", "parts": "E",
    "part_nouns": "e", "days": "Z", "feasts": "K", "same": "=",
    "other_years": "+",
}  # fmt: skip
_ANCHORS = frozenset("KMmWYO9zZ~=+%UFxQqs")
# No prose goes on so long; a line of nothing but numbers is not held in memory whole.
_LONGEST_RUN = 500
_DAY_ENDINGS = {"st", "nd", "rd", "th", "er", "º", "°", "o", "ro", "ª", "ᵉʳ"}
_TOKEN = re.compile(
    r"(?P<numeric>(?<![\w./-])\d{1,4}([./-])\d{1,2}\2\d{1,4}(?![\w]|[./-]\d))"
    r"|(?P<figure>\d+(?:[.,](?!(?:19|20)\d\d(?!\d))\d+)+)"
    r"|(?P<number>\d+)(?P<ending>(?:\.?[ºª°]|st|nd|rd|th| ?er|ᵉʳ|ro|o|e|è|ème|s)(?![^\W\d_]))?"
    r"|(?P<word>(?:[Aa]ujourd'hui|AUJOURD'HUI|(?:[ldLD]|[Jj]usqu)'(?=\w))|[^\W\d_]+)"
    r"|(?P<mark>[^\w\s])"
)


class Token(NamedTuple):
    """A word, number or mark of a run."""

    code: str
    value: Any
    start: int
    end: int


class Run(NamedTuple):
    """Neighbouring tokens that may belong to dates, and their codes as one text for the grammar."""

    codes: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Lexicon:
    """The words of dates of one language, case folded; `phrases` by their first word, longest first.

    `known` holds every word with which anything of these begins.
    """

    language: str
    words: Mapping[str, tuple[str, Any]]
    abbreviations: Mapping[str, tuple[str, Any]]
    phrases: Mapping[str, tuple[tuple[re.Pattern[str], str, Any], ...]]
    capitalised: bool
    month_first: bool
    adjectives_follow: bool
    plurals: frozenset[str]
    known: frozenset[str]

    def entry(self, word: str, opening: bool) -> tuple[str, Any] | None:
        """Return code and value of a word as it stands in the text, in view of its capitals.

        `opening` tells whether it opens a sentence.
        """
        found = self.words.get(word.casefold())
        if found is None or found[0] not in "MW" or word.isupper() or (opening and found[0] == "W"):
            return found
        if self.capitalised:
            return found if word[0].isupper() else None
        # A capital where the language has none: a name, unless a day or a year stands beside it.
        # Portugal and Africa still write some months so; what stands before them tells.
        if word[0].islower() or (found[0] == "M" and self.language == "pt"):
            return found
        return found[0].lower(), found[1]


@cache
def lexicon(language: str) -> Lexicon:
    """Return the words of dates of a language, from its cue file."""
    cue = cues(language, "dates")
    words: dict[str, tuple[str, Any]] = {}
    phrases: dict[str, list[tuple[str, str, Any]]] = {}

    def enter(word: str, code: str, value: Any) -> None:
        first = re.findall(r"\w+|\W", word)[0]
        if word.isalpha() or word in {"&", "aujourd'hui"} or word.endswith("'"):
            words[word] = (code, value)
        else:
            phrases.setdefault(first, []).append((word, code, value))

    for kind, code in _CODES.items():
        for word in cue["words"].get(kind, ()):
            enter(word, code, kind)
    for kind, code in _VALUES.items():
        for word, value in cue["values"][kind].items():
            plural = word in cue["values"]["plurals"]
            # "A year earlier" goes back to the same month, "the previous year" to a whole year.
            month = word.startswith(("a ", "one ", "un ", "um "))
            enter(word, code, {"U": (value, plural), "+": (value, month)}.get(code, value))
    for code, kind in (("M", "months"), ("W", "weekdays")):
        for number, names in enumerate(cue[kind]):
            for name in names:
                enter(name, code, number + (code == "M"))
    abbreviations = {
        name: (code, number + (code == "m"))
        for code, kind in (("m", "month_abbreviations"), ("w", "weekday_abbreviations"))
        for number, names in enumerate(cue[kind])
        for name in names
    }
    return Lexicon(
        language=language,
        words=words,
        abbreviations=abbreviations,
        phrases={
            first: tuple((_phrase(word), code, value) for word, code, value in sorted(found, key=_longest))
            for first, found in phrases.items()
        },
        capitalised=cue["capitalised"],
        month_first=cue["month_first"],
        adjectives_follow=cue["adjectives_follow"],
        plurals=frozenset(cue["values"]["plurals"]),
        known=frozenset({*words, *phrases, *abbreviations}),
    )


def _longest(entry: tuple[str, str, Any]) -> int:
    return -len(entry[0])


def _phrase(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words).replace(r"\ ", r"\s{1,2}") + r"(?!\w)", re.IGNORECASE)


def runs(plain: str, language: str) -> Iterator[Run]:
    """Split a plain text into runs of neighbouring tokens; what holds no date word is left out."""
    words = lexicon(language)
    codes: list[str] = []
    tokens: list[Token] = []
    position, end = 0, len(plain)
    while position < end:
        match = _TOKEN.search(plain, position)
        if match is None:
            break
        token = _token(match, words, tokens)
        position = match.end() if token is None else token.end
        apart = tokens and (_apart(plain, tokens[-1].end, match.start()) or len(tokens) == _LONGEST_RUN)
        if (token is None or apart) and tokens:
            if not _ANCHORS.isdisjoint(codes):
                yield Run("".join(codes), tuple(tokens))
            codes, tokens = [], []
        if token is not None:
            codes.append(token.code)
            tokens.append(token)
    if not _ANCHORS.isdisjoint(codes):
        yield Run("".join(codes), tuple(tokens))


def _apart(plain: str, left: int, right: int) -> bool:
    """Tell whether a gap is more than some spaces and one line break."""
    return right - left > 8 or plain.count("\n", left, right) > 1


def _token(match: re.Match[str], words: Lexicon, before: list[Token]) -> Token | None:
    start, end, text = match.start(), match.end(), match.group()
    kind = match.lastgroup
    if kind == "mark":
        return Token(text, None, start, end) if text in ",-/.()'&" else None
    if kind == "word":
        return _word(match, words, before)
    if kind == "numeric":
        return Token("9", text, start, end)
    if kind == "figure":
        return None
    # What is left is a number, with or without an ordinal's ending.
    return _number(match.group("number"), match.group("ending"), start, end)


def _number(digits: str, ending: str | None, start: int, end: int) -> Token | None:
    if len(digits) > 4:
        return None
    value = int(digits)
    if ending == "s":
        tens = len(digits) == 2 and value % 10 == 0
        return Token("z", value, start, end) if value % 10 == 0 and (len(digits) == 4 or tens) else None
    if ending is not None:
        fits = ending.lstrip(". ") in _DAY_ENDINGS and 1 <= value <= 31 and len(digits) <= 2
        return Token("O", value, start, end) if fits else None
    if len(digits) == 4 and 1700 <= value <= 2199:
        return Token("Y", value, start, end)
    return Token("D" if len(digits) <= 2 and 1 <= value <= 31 else "N", value, start, end)


def _word(match: re.Match[str], words: Lexicon, before: list[Token]) -> Token | None:
    plain, start, end, text = match.string, match.start(), match.end(), match.group()
    folded = text.casefold()
    # Most words of a text are none of these, and need no closer look.
    if folded.rstrip("'") not in words.known and folded not in words.known:
        return None
    for pattern, code, value in words.phrases.get(folded.rstrip("'"), ()):
        found = pattern.match(plain, start)
        if found:
            return Token(code, value, start, found.end())
    short = words.abbreviations.get(folded)
    if short is not None and not (words.capitalised and text[0].islower()):
        dotted = plain.startswith(".", end)
        beside = bool(before) and before[-1].code in "DO"
        if dotted or beside or folded not in words.words:
            return Token(*short, start, end + dotted)
    opening = start == 0 or plain[max(0, start - 3) : start].rstrip(' "(-')[-1:] in {
        "",
        ".",
        "!",
        "?",
        "\n",
        ":",
    }
    entry = words.entry(text, opening)
    return None if entry is None else Token(*entry, start, end)
