"""A cue is passed over only at words that none of its phrases can match."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.record.reading.nouns import Extent, Text
from travesia.record.reading.openings import LONGEST, folded, openings
from travesia.record.reading.text import prepare
from travesia.record.reading.triggers import find_triggers, phrase_pattern

LANGUAGES = ("en", "es", "fr", "pt")
TEXTS = Path(__file__).parent / "invented"


@pytest.mark.parametrize(
    ("phrase", "begun"),
    [
        ("pledges?", "pledge pledges"),
        ("(?:will|shall)(?: not)?", "shall shall_no will will_not"),
        ("(?<!is.)(?:un)?able to", "able_to unable_t"),
        ("(?:(?:will|would) )?(?:rise|go up)", "go_up rise will_go_ will_ris would_go would_ri"),
        ("[oa]s líderes", "as_líder os_líder"),
        ("é (?:criad|instituíd)[oa]", "é_criada é_criado é_instit"),
        ("(?:(?<=has.been.)|(?<=have.been.))(?:set|put) aside", "put_asid set_asid"),
        (r"U\.S\. envoy", "u.s._env"),
        ("re?ad+", "read rad"),
        ("no", "no"),
        ("gives?|promis(?:es|ed)", "give gives promised promises"),
    ],
)
def test_how_the_matches_of_a_phrase_begin(phrase: str, begun: str) -> None:
    assert openings([phrase]) == {one.replace("_", " ") for one in begun.split()}


@pytest.mark.parametrize("phrase", [r"\w+(?:ará|erá)", "(?:|a)", r"(?:\d+|two)", r"(?:\S+ )?parole"])
def test_what_may_begin_with_anything_is_left_open(phrase: str) -> None:
    assert "" in openings([phrase])


@given(st.text(max_size=30))
def test_a_text_is_folded_letter_by_letter(text: str) -> None:
    assert len(folded(text)) == len(text)


def _groups(language: str) -> list[tuple[str, str, list[dict[str, list[str]]]]]:
    cues = tomllib.loads((files("travesia.record.reading") / f"cues/{language}.toml").read_text("utf-8"))
    return [
        (topic, name, group)
        for topic, section in cues.items()
        for name, group in section.items()
        if isinstance(group, list) and group and isinstance(group[0], dict) and name != "named"
    ]


def _plainly(text: Text, group: list[dict[str, list[str]]]) -> list[tuple[int, int]]:
    """Return where the cues of a group stand, all tried at all words by one pattern."""
    parts = "|".join(phrase_pattern(one["find"]) for one in group)
    return [one.span() for one in re.finditer(rf"(?<!\w)(?=\S)(?:{parts})", text.plain, re.IGNORECASE)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cues_found_are_those_that_one_pattern_finds(language: str) -> None:
    texts = [
        prepare(path.read_text("utf-8"), language) for path in sorted(TEXTS.glob(f"{language}-*.txt"))[:6]
    ]
    found = 0
    for topic, name, group in _groups(language):
        for text in texts:
            cues = find_triggers(text, topic, name, Extent(0, len(text.plain)))
            assert [(one.start, one.end) for one in cues] == _plainly(text, group)
            found += len(cues)
    assert found > 100
    assert LONGEST > 1
