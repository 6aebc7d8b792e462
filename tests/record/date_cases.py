"""Reads a sentence as a text, and tells the dates found in it as quote and value."""

from __future__ import annotations

from travesia.record.reading.dates import find_dates
from travesia.record.reading.nouns import Text
from travesia.record.reading.text import prepare


def as_text(original: str, language: str) -> Text:
    return prepare(original, language)


def dates_in(original: str, language: str, published: str | None) -> list[tuple[str, str | None]]:
    text = as_text(original, language)
    return [(original[found.start : found.end], found.value) for found in find_dates(text, published)]
