"""Openings: the letters with which the phrases of a cue file begin, to pass over other words fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise

LONGEST = 8
"""How many letters of a word are looked at, in code points."""

_ZERO_WIDTH = ("(?<!", "(?<=", "(?=", "(?!")
_REPEATED = re.compile(r"[?*+]\??|\{[\d,]*\}\??")
_LETTERS = re.compile(r"[^\\^$.*+?{}\[\]()|]+(?![*+?{])")
_MARK = re.compile(r"\\.|\[.[^\]]*\]|[()|]")
_GROUP = re.compile(r"\((?:\?(?:-?i)?:)?")
_SPECIAL = re.compile(r"[\\^$.*+?{}\[\]()]")
_BLANK = re.compile(r"\s")
_ESCAPED = 2

_Begun = tuple[str, bool]
"""How a match begins, and whether what comes next in the pattern follows at once."""


def folded(text: str) -> str:
    """Return a text of the same length as `openings` writes it: without regard to case, any blank a space."""
    same = text.casefold()
    if len(same) != len(text):
        same = "".join(one if len(one) == 1 else " " for one in map(str.casefold, text))
    return _BLANK.sub(" ", same)


def openings(phrases: Sequence[str]) -> frozenset[str]:
    """Return how the matches of some phrases may begin, up to their longest; with "" for anything."""
    return frozenset(
        begun
        for phrase in phrases
        for one in _alternatives(phrase.strip())
        for begun, _ in (_of(one) if _SPECIAL.search(one) else [(one[:LONGEST].casefold(), False)])
    )


def _of(phrase: str) -> Set[_Begun]:
    """Return how the matches of a regular expression without bars outside groups begin."""
    found: set[_Begun] = set()
    heads = {""}
    for piece, repeat in _pieces(phrase):
        if piece.startswith(_ZERO_WIDTH):
            continue
        options: Iterable[_Begun] = _of_piece(piece)
        if repeat and repeat[0] != "?":
            options = [(begun, False) for begun, _ in options]
        if repeat and (repeat[0] in "?*" or repeat.startswith(("{0", "{,"))):
            options = [*options, ("", True)]
        longer = {(f"{head}{begun}"[:LONGEST], goes_on) for head in heads for begun, goes_on in options}
        done = {one for one in longer if not one[1] or len(one[0]) == LONGEST}
        found |= done
        heads = {begun for begun, _ in longer - done}
        if not heads:
            return found
    return found | {(head, True) for head in heads}


@cache
def _of_piece(piece: str) -> frozenset[_Begun]:
    opens = _GROUP.match(piece)
    if opens is not None:
        return frozenset(begun for one in _alternatives(piece[opens.end() : -1]) for begun in _of(one))
    if piece[0] == "[" and piece[1:-1].isalpha():
        return frozenset((letter, True) for letter in piece[1:-1].casefold())
    if piece[0] == "\\" and len(piece) == _ESCAPED and not piece[1].isalnum():
        return frozenset({(piece[1], True)})
    return frozenset({("", False) if piece[0] in "[\\.^$" else (piece.casefold(), True)})


def _pieces(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield the letters, escapes, classes and groups of a regular expression, each with how it repeats."""
    at = 0
    while at < len(phrase):
        letters = _LETTERS.match(phrase, at)
        end = letters.end() if letters else _end(phrase, at)
        repeat = _REPEATED.match(phrase, end)
        yield phrase[at:end], repeat[0] if repeat else ""
        at = repeat.end() if repeat else end


def _end(phrase: str, start: int) -> int:
    """Return where the letter, escape, class or group ends that begins at a place."""
    depth = 0
    for mark in _MARK.finditer(phrase, start):
        if mark.start() > start and depth == 0:
            break
        depth += (mark[0] == "(") - (mark[0] == ")")
        if depth == 0:
            return mark.end()
    return start + 1


def _alternatives(inside: str) -> list[str]:
    """Cut the inside of a group at its own bars."""
    bars, depth = [-1], 0
    for mark in _MARK.finditer(inside):
        depth += (mark[0] == "(") - (mark[0] == ")")
        if mark[0] == "|" and depth == 0:
            bars.append(mark.start())
    return [inside[bar + 1 : after] for bar, after in pairwise([*bars, len(inside)])]
