"""Ids of proposed records: the same document read by the same rules gives the same ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right

from travesia.record.reading.nouns import Extent, Found, Text
from travesia.record.reading.once import once

PREFIX_OF = {
    "instrument": "ins", "event": "evt", "participation": "par", "commitment": "com", "figure": "fig",
    "policy": "pol", "statement": "sta", "relation": "rel",
}  # fmt: skip
"""First part of an id, by the type of record."""


def record_id(found: Found, kind: str, evidence: Extent, also: str = "") -> str:
    """Return the id of a record that has no name of its own.

    It is made of the document, the type, the words cited and how often they stood before; `also` tells apart
    records that share their evidence.
    """
    quote = found.text.original[evidence.start : evidence.end]
    before = once(found.text, _Occurrences).before(quote, evidence.start)
    seed = "\x1f".join([found.document, kind, quote, str(before), also])
    return f"{PREFIX_OF[kind]}:{hashlib.sha256(seed.encode()).hexdigest()[:12]}"


class _Occurrences:
    """Where words that were asked for stand in a text, found from left to right as far as needed."""

    def __init__(self, text: Text) -> None:
        self._original = text.original
        self._ends: dict[str, list[int]] = {}

    def before(self, quote: str, start: int) -> int:
        """Return how often a quote stands before a place, none of them overlapping."""
        ends = self._ends.setdefault(quote, [])
        at = ends[-1] if ends else 0
        while at <= start and (next_at := self._original.find(quote, at, start)) >= 0:
            at = next_at + len(quote)
            ends.append(at)
        return bisect_right(ends, start)


def named_id(kind: str, name: str) -> str:
    """Return the id of a record that is known by its name, such as a summit or a treaty."""
    return f"{PREFIX_OF[kind]}:{slug(name)}"


def slug(text: str) -> str:
    """Return a text as a part of an id: plain letters and digits in lower case, one hyphen between them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
