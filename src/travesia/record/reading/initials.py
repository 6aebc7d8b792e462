"""Initials: the letters with which a phrase of a cue file may begin, to pass over other words fast."""

from __future__ import annotations

from collections.abc import Sequence

_ZERO_WIDTH = ("(?<!", "(?<=", "(?=", "(?!")
_OPTIONAL = ("?", "*", "{0,")


def initials(phrases: Sequence[str]) -> frozenset[str] | None:
    """Return the lower-case letters with which some phrases may begin; `None` where any may stand."""
    found: set[str] = set()
    for phrase in phrases:
        letters = _first(phrase.strip())
        if letters is None:
            return None
        found |= letters
    return frozenset(found)


def _first(phrase: str) -> set[str] | None:
    """Return the first letters of a regular expression; `None` where it begins with no letter or group."""
    found: set[str] = set()
    while phrase:
        piece, rest = _piece(phrase)
        if piece.startswith(_ZERO_WIDTH):
            phrase = rest
            continue
        letters = _letters(piece)
        if letters is None:
            return None
        found |= letters
        if not rest.startswith(_OPTIONAL) and "" not in letters:
            return found
        found.discard("")
        phrase = rest[rest.index("}") + 1 :] if rest.startswith("{") else rest.lstrip("?*")
    return None


def _letters(piece: str) -> set[str] | None:
    """Return what one letter, class or group may begin with; an empty string where it may be empty."""
    if piece.startswith("(?:"):
        found: set[str] = set()
        for one in _alternatives(piece[3:-1]):
            letters = _first(one) if one else {""}
            if letters is None:
                return None
            found |= letters
        return found
    if piece.startswith("[") and piece[1:-1].isalpha():
        return set(piece[1:-1].casefold())
    return {piece.casefold()} if len(piece) == 1 and (piece.isalpha() or piece.isdigit()) else None


def _piece(phrase: str) -> tuple[str, str]:
    """Cut the first letter, escape, class or group off a regular expression."""
    if phrase[0] == "\\":
        return phrase[:2], phrase[2:]
    if phrase[0] == "[":
        end = phrase.index("]", 2) + 1
        return phrase[:end], phrase[end:]
    if phrase[0] != "(":
        return phrase[0], phrase[1:]
    end = _closing(phrase)
    return phrase[: end + 1], phrase[end + 1 :]


def _closing(phrase: str) -> int:
    """Return where the group ends that a regular expression opens with."""
    depth, at = 0, 0
    while True:
        if phrase[at] == "\\":
            at += 1
        elif phrase[at] == "[":
            at = phrase.index("]", at + 2)
        elif phrase[at] in "()":
            depth += 1 if phrase[at] == "(" else -1
            if not depth:
                return at
        at += 1


def _alternatives(inside: str) -> list[str]:
    """Cut the inside of a group at its own bars."""
    found, rest = [""], inside
    while rest:
        piece, rest = _piece(rest)
        if piece == "|":
            found.append("")
        else:
            found[-1] += piece
    return found
