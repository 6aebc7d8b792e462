"""A cue is passed over only at words that none of its phrases can match."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from travesia.record.reading.initials import initials
from travesia.record.reading.triggers import phrase_pattern

LANGUAGES = ("en", "es", "fr", "pt")
TEXTS = Path(__file__).parent / "invented"


@pytest.mark.parametrize(
    ("phrase", "letters"),
    [
        ("pledges?", "p"),
        ("(?:will|shall)(?: not)?", "ws"),
        ("(?<!is.)(?:un)?able to", "ua"),
        ("(?:(?:will|would) )?(?:rise|go up)", "wrg"),
        ("[oa]s líderes", "oa"),
        ("é (?:criad|instituíd)[oa]", "é"),
    ],
)
def test_the_letters_that_a_phrase_may_begin_with(phrase: str, letters: str) -> None:
    assert initials([phrase]) == frozenset(letters)


@pytest.mark.parametrize("phrase", [r"\w+(?:ará|erá)", "(?-i:[A-Z])", "(?:|a)", r"(?:\d+|two)"])
def test_what_may_begin_with_anything_is_left_open(phrase: str) -> None:
    assert initials([phrase]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cue_matches_at_a_word_with_another_letter(language: str) -> None:
    cues = tomllib.loads((files("travesia.record.reading") / f"cues/{language}.toml").read_text("utf-8"))
    texts = [path.read_text("utf-8") for path in sorted(TEXTS.glob(f"{language}-*.txt"))]
    known = 0
    for section in cues.values():
        for group in section.values():
            entries = [one for one in group if isinstance(one, dict)] if isinstance(group, list) else []
            for letters, entry in ((initials(one["find"]), one) for one in entries):
                known += letters is not None
                pattern = re.compile(phrase_pattern(entry["find"]), re.IGNORECASE)
                first = {match[0][0].casefold() for text in texts for match in pattern.finditer(text)}
                assert letters is None or first <= letters
    assert known > 100
