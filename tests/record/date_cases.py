"""Reads a sentence as a text, and tells the dates found in it as quote and value."""

from __future__ import annotations

from travesia.record.reading.dates import find_dates
from travesia.record.reading.nouns import Sentence, Text
from travesia.record.reading.plain import plain_copy


def as_text(original: str, language: str) -> Text:
    return Text(original, plain_copy(original), language, (Sentence(0, len(original)),))


def dates_in(original: str, language: str, published: str | None) -> list[tuple[str, str | None]]:
    text = as_text(original, language)
    return [(original[found.start : found.end], found.value) for found in find_dates(text, published)]
