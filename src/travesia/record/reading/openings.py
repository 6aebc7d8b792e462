"""Openings: the letters with which the phrases of a cue file begin, to pass over other words fast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

LONGEST = 4
"""How many letters of a word are looked at, in code points."""

_ZERO_WIDTH = ("(?<!", "(?<=", "(?=", "(?!")
_REPEATED = re.compile(r"[?*+]\??|\{[\d,]*\}\??")
_GROUP = re.compile(r"\((?:\?(?:-?i)?:)?")
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
    """Return how the matches of some phrases may begin, in up to four letters; with "" for anything."""
    return frozenset(begun for phrase in phrases for begun, _ in _of(phrase.strip()))


def _of(phrase: str) -> set[_Begun]:
    """Return how the matches of a regular expression begin."""
    found: set[_Begun] = set()
    heads = {""}
    for piece, repeat in _pieces(phrase):
        if piece.startswith(_ZERO_WIDTH):
            continue
        options = _of_piece(piece)
        if repeat and repeat[0] != "?":
            options = {(begun, False) for begun, _ in options}
        if repeat and (repeat[0] in "?*" or repeat.startswith(("{0", "{,"))):
            options = {*options, ("", True)}
        longer = {(f"{head}{begun}"[:LONGEST], goes_on) for head in heads for begun, goes_on in options}
        done = {one for one in longer if not one[1] or len(one[0]) == LONGEST}
        found |= done
        heads = {begun for begun, _ in longer - done}
        if not heads:
            return found
    return found | {(head, True) for head in heads}


def _of_piece(piece: str) -> set[_Begun]:
    opens = _GROUP.match(piece)
    if opens is not None:
        return {begun for one in _alternatives(piece[opens.end() : -1]) for begun in _of(one)}
    if piece[0] == "[" and piece[1:-1].isalpha():
        return {(letter, True) for letter in piece[1:-1].casefold()}
    if piece == " ":
        # A space of a phrase stands for any blanks.
        return {(" ", False)}
    if piece[0] == "\\" and len(piece) == _ESCAPED and not piece[1].isalnum():
        return {(piece[1], True)}
    return {("", False)} if piece[0] in "[\\.^$" else {(piece.casefold(), True)}


def _pieces(phrase: str) -> Iterator[tuple[str, str]]:
    """Yield the letters, escapes, classes and groups of a regular expression, each with how it repeats."""
    while phrase:
        end = _end(phrase)
        repeat = _REPEATED.match(phrase, end)
        yield phrase[:end], repeat[0] if repeat else ""
        phrase = phrase[repeat.end() if repeat else end :]


def _end(phrase: str) -> int:
    """Return where the first letter, escape, class or group of a regular expression ends."""
    if phrase[0] == "\\":
        return _ESCAPED
    if phrase[0] == "[":
        return phrase.index("]", 2) + 1
    if phrase[0] != "(":
        return 1
    at = 1
    while phrase[at] != ")":
        at += _end(phrase[at:])
    return at + 1


def _alternatives(inside: str) -> list[str]:
    """Cut the inside of a group at its own bars."""
    found, rest = [""], inside
    while rest:
        end = _end(rest)
        if rest[0] == "|":
            found.append("")
        else:
            found[-1] += rest[:end]
        rest = rest[end:]
    return found
