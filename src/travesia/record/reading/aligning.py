"""Aligning a quote with the text that it claims to come from: verbatim, or not at all."""

from __future__ import annotations

import re

from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.plain import plain_copy

_LONGEST = 2_000


def align(text: Text, quote: str, within: Extent | None = None) -> Extent | None:
    """Return where a quote first stands, in the whole text or in a piece of it.

    It stands there exactly, or exactly after folding spaces, quotes, dashes and apostrophes. ``None`` where
    the words differ in anything else: a quote is never stretched to fit.
    """
    quote = quote.strip()
    if not quote or len(quote) > _LONGEST:
        return None
    piece = within or Extent(0, len(text.original))
    at = text.original.find(quote, piece.start, piece.end)
    if at >= 0:
        return Extent(at, at + len(quote))
    folded = r"\s+".join(re.escape(word) for word in plain_copy(quote).split())
    match = re.compile(folded).search(text.plain, piece.start, piece.end)
    return Extent(match.start(), match.end()) if match else None
