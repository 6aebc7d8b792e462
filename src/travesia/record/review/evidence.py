"""The words that support a record, as a reviewer gives them: verbatim, or not at all."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from travesia.record.reading.aligning import align
from travesia.record.reading.nouns import Extent, Text
from travesia.record.record import Record
from travesia.terms import Cite, UsageError


def cite_of(record: Record, text: Text, quote: str) -> Cite:
    """Return the cite of words in a record's document; where they stand twice, near what is cited now.

    Parameters
    ----------
    record
        Its first cite names the document; where that has no quote, the new one has none either.
    text
        The document's text, prepared.
    quote
        The words as they stand there; only blanks, quotes and dashes may be of another kind.

    Raises
    ------
    UsageError
        If the document does not hold the words.
    """
    first = record.cites[0]
    here = [one for one in text.sentences if first.start is not None and one.start <= first.start < one.end]
    nearby = (align(text, quote, Extent(one.start, one.end)) for one in here)
    found = next((one for one in nearby if one is not None), None) or align(text, quote)
    if found is None:
        raise UsageError("evidence: the document does not hold these words; copy them as they stand")
    words = text.original[found.start : found.end]
    digest = hashlib.sha256(words.encode("utf-8")).hexdigest()
    return Cite(first.source, found.start, found.end, None if first.quote is None else words, digest)


def with_cite(record: Record, cite: Cite, *, beside: bool) -> Record:
    """Return a record that rests on other words than its first, or on more words `beside` the others."""
    kept = tuple(one for one in (record.cites if beside else record.cites[1:]) if one != cite)
    return replace(record, cites=(*kept, cite) if beside else (cite, *kept))
