"""Aligning a quote with the text that it claims to come from: verbatim, or not at all."""

from __future__ import annotations

import re

from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.plain import plain_copy

_LONGEST = 2_000


def align(text: Text, quote: str, near: int = 0) -> Extent | None:
    """Return where a quote stands: exactly, or exactly after folding spaces, quotes, dashes and apostrophes.

    Of several places the one nearest to offset `near` is taken. ``None`` where the words differ in anything
    else: a quote is never stretched to fit.
    """
    quote = quote.strip()
    if not quote or len(quote) > _LONGEST:
        return None
    words = [re.escape(word) for word in plain_copy(quote).split()]
    places = [Extent(match.start(), match.end()) for match in re.finditer(re.escape(quote), text.original)]
    if not places and words:
        places = [Extent(m.start(), m.end()) for m in re.finditer(r"\s+".join(words), text.plain)]
    return min(places, key=lambda place: abs(place.start - near), default=None)
