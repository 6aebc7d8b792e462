"""Names in a text: who and what is mentioned where, each as one entity however it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from travesia.record.reading.names.countries import countries
from travesia.record.reading.names.gazetteer import Gazetteer
from travesia.record.reading.names.layers import Find, mentions
from travesia.record.reading.names.words import Words, words_of
from travesia.record.reading.nouns import Entity, Mention, Text


def find_names(
    text: Text, published: str | None, gazetteer: Gazetteer
) -> tuple[Mapping[str, Entity], tuple[Mention, ...]]:
    """Return the entities by id and where the text mentions them.

    Parameters
    ----------
    text
        A prepared text.
    published
        The document's date, ISO 8601; it settles who held an office. None where it is not known.
    gazetteer
        The names known beforehand.
    """
    words = words_of(text.plain)
    found = mentions(_known(words, text.language, gazetteer))
    entities = {mention.entity: gazetteer.entities[mention.entity] for mention in found}
    return MappingProxyType(entities), found


def _known(words: Words, language: str, gazetteer: Gazetteer) -> Iterator[Find]:
    for hit in countries(words, language, gazetteer.phrases(language).hits(words)):
        # "Guinea" is no mention of its own in "Guinea-Bissau", nor "Mexico" in "New Mexico".
        opaque = hit.sense.type in ("", "GPE", "NORP", "LOC")
        yield Find(hit.start, hit.end, hit.sense.type, hit.sense.entity, opaque)
