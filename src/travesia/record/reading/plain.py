"""Plain forms of a text to match on: a copy as long as the original, and words without accents."""

from __future__ import annotations

import unicodedata

_SPACES = "\ufeff\u00a0\u202f\u205f\u3000\u0085\u2028\u2029\t\x0b\x0c\r" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u02b9"
_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

_PLAIN = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
)


def plain_copy(original: str) -> str:
    """Return a text of the same length with plain spaces, quotes and dashes; line feeds stay.

    Each offset in the copy is an offset in the original.
    """
    return original.translate(_PLAIN)


def without_accents(text: str) -> str:
    """Return a text without case and accents; it may be longer or shorter."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
