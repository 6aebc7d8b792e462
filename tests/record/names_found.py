"""What the tests of names share: a text without sentences, and its mentions as one line each."""

from __future__ import annotations

from collections.abc import Mapping

from travesia.record.reading.names import Gazetteer, find_names
from travesia.record.reading.nouns import Entity, Mention, Sentence, Text
from travesia.record.reading.plain import plain_copy

GAZETTEER = Gazetteer.shipped()


def found(
    written: str, language: str, published: str | None = "2022-06-10", gazetteer: Gazetteer = GAZETTEER
) -> tuple[Mapping[str, Entity], tuple[Mention, ...]]:
    text = Text(written, plain_copy(written), language, (Sentence(0, len(written)),))
    return find_names(text, published, gazetteer)


def lines(written: str, language: str, *types: str, published: str | None = "2022-06-10") -> list[str]:
    """Return "words = entity" for each mention of these types, a nested one with ``>`` before it."""
    return [
        f"{'>' if m.nested else ''}{written[m.start : m.end]} = {m.entity}"
        for m in found(written, language, published)[1]
        if m.type in types
    ]
