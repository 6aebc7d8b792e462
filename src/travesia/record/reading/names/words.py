"""The words of a text, folded for matching, each with its place and with what joins it to the word before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from travesia.record.reading.plain import without_accents

_WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*")
_ASCII = re.compile(r"[\x00-\x7f]*")
_JOINTS = {
    "": "",
    "'": "'",
    ".": ".",
    ". ": ".",
    ", ": ",",
    ",": ",",
    " & ": "&",
    "/": "/",
    "\n": " ",
    "-\n": " ",
}
_LONGEST_JOINT = 4
_LONGEST_LINE = 200
"""So far is a line looked at; longer ones are not lines."""


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return a word in lower case and without accents."""
    if _ASCII.fullmatch(word):
        return word.lower()
    return without_accents(word)


def _joint(gap: str) -> str:
    """Return what joins two words: a space, a hyphen and a line break alike; ``|`` where nothing may join."""
    if gap in (" ", "-"):
        return " "
    if len(gap) > _LONGEST_JOINT:
        return " " if gap.isspace() and "\n" not in gap else "|"
    found = _JOINTS.get(gap)
    if found is None:
        return " " if gap.isspace() and gap.count("\n") < 2 else "|"
    return found


@dataclass(frozen=True)
class Words:
    """The words of a plain text, one list a property, all of one length.

    `joints` says what stands between a word and the one before it: a space or hyphen (both `` ``), an
    apostrophe, a full stop, a comma, ``&``, ``/``, nothing, or ``|`` for what joins no name.
    """

    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    folds: tuple[str, ...]
    joints: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.starts)

    def word(self, i: int) -> str:
        """Return a word as written; nothing beyond either end."""
        return self.plain[self.starts[i] : self.ends[i]] if 0 <= i < len(self.starts) else ""

    def fold(self, i: int) -> str:
        """Return a word folded; nothing beyond either end."""
        return self.folds[i] if 0 <= i < len(self.folds) else ""

    def gap(self, i: int) -> str:
        """Return what stands before a word: from the end of the one before it, or the text's start."""
        start = self.ends[i - 1] if i > 0 else 0
        return self.plain[start : self.starts[i]] if i < len(self.starts) else self.plain[start:]

    def capital(self, i: int) -> bool:
        """Tell whether a word starts with a capital."""
        return 0 <= i < len(self.starts) and self.plain[self.starts[i]].isupper()

    def shouted(self, i: int) -> bool:
        """Tell whether the line around a word has no small letter, so that capitals say nothing."""
        first, last = max(0, self.starts[i] - _LONGEST_LINE), self.ends[i] + _LONGEST_LINE
        start = max(first, self.plain.rfind("\n", first, self.starts[i]) + 1)
        end = self.plain.find("\n", self.ends[i], last)
        line = self.plain[start : end if end >= 0 else last]
        return line.isupper() and " " in line.strip()


def words_of(plain: str) -> Words:
    """Split a plain text into words: runs of letters, digits and accents."""
    spans = [found.span() for found in _WORD.finditer(plain)]
    starts, ends = tuple(s for s, _ in spans), tuple(e for _, e in spans)
    joints = ("|", *(_joint(plain[e:s]) for e, s in zip(ends, starts[1:], strict=False)))
    return Words(plain, starts, ends, tuple(fold(plain[s:e]) for s, e in spans), joints[: len(spans)])


def split_form(form: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a name with what joins each to the one before it; the first joins nothing."""
    words = words_of(form)
    for i in range(len(words)):
        yield ("" if i == 0 else words.joints[i]), words.folds[i]
