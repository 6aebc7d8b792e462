"""What holds for the dates of any text at all."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from date_cases import as_text

from travesia.record.reading.cue_files import cues
from travesia.record.reading.dates import document_date, find_dates
from travesia.record.reading.dates.periods import written

RELATIONS = {None, "since", "until", "by", "before", "after", "during"}
MARKS = [",", ",", "-", "/", ".", "(", ")", "'", "\n", "and", "to", "de", "la", "le", "of", "a"]
NUMBERS = [
    "1",
    "9",
    "10",
    "31",
    "42",
    "99",
    "1900",
    "1994",
    "2022",
    "2023",
    "2000",
    "10/06/2022",
    "99999",
    "1st",
]


def words_of(language: str) -> list[str]:
    cue = cues(language, "dates")
    found = [name for names in cue["months"] + cue["month_abbreviations"] + cue["weekdays"] for name in names]
    found += [word for words in cue["words"].values() for word in words]
    found += [word for kind, words in cue["values"].items() if kind != "plurals" for word in words]
    found += [word for kind in ("past", "future") for word in cue["tense"][kind]]
    return found + [word.capitalize() for word in found]


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_any_words_of_dates_give_ordered_dates_with_sound_values(language):
    drawn = random.Random(language)
    words = words_of(language)
    for _ in range(1_500):
        original = " ".join(
            drawn.choice((words, words, MARKS, NUMBERS)[drawn.randrange(4)])
            for _ in range(drawn.randrange(1, 14))
        )
        text = as_text(original, language)
        for published in ("2022-06-10", "2018-06", "2020", None):
            found = find_dates(text, published)
            assert list(found) == sorted(found)
            assert all(one.end <= other.start for one, other in pairwise(found))
            for one in found:
                assert 0 <= one.start < one.end <= len(original)
                assert original[one.start].strip()
                assert original[one.end - 1].strip()
                assert one.relation in RELATIONS
                if one.value is None:
                    assert one.first is None
                    continue
                assert written(one.value).text == one.value
                assert date.fromisoformat(str(one.first)) <= date.fromisoformat(str(one.last))
                values = [candidate.value for candidate in one.candidates]
                assert values == [] or (values[0] == one.value and len(values) == len(set(values)) > 1)
                assert all(candidate.reason for candidate in one.candidates)
        document_date(text)


def test_other_languages_have_no_dates():
    assert find_dates(as_text("Am 10. Juni 2022 in Berlin.", "unknown"), "2022-06-10") == ()


@pytest.mark.parametrize("wrong", ["10 June", "2022-13", "2022-02-30", "22"])
def test_a_wrong_document_date_is_told(wrong):
    with pytest.raises(ValueError, match=r".+"):
        find_dates(as_text("Today it opened.", "en"), wrong)
