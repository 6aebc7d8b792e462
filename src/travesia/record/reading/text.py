"""A text made ready for reading: its plain copy, its language, its sentences."""

from __future__ import annotations

from travesia.record.reading.language import language_of
from travesia.record.reading.nouns import Text
from travesia.record.reading.plain import plain_copy
from travesia.record.reading.sentences import sentences_of


def prepare(original: str, language: str | None = None) -> Text:
    """Make a text ready for reading.

    Parameters
    ----------
    original
        The document's text, to which every offset refers.
    language
        ``en``, ``es``, ``fr`` or ``pt``; by default what the text's own words say, ``unknown`` where they
        speak for none of the four.
    """
    plain = plain_copy(original)
    language = language or language_of(plain)
    return Text(original, plain, language, sentences_of(original, plain, language))
