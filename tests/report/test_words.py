"""Words and numbers: missing is never 0, ranges share a scale, no catalogue is half-translated."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import travesia.report
from travesia.report import words as words_room
from travesia.report.words import LANGUAGES, Words, load_words, missing_texts
from travesia.terms import UsageError

ROOM = Path(travesia.report.__file__).parent
NAMED = re.compile(r'(?:\bt|\bwords|\.plain)\(\s*"([a-z_0-9]+\.[a-z_0-9]*[a-z0-9])"')
ENGLISH = load_words("en")


@pytest.mark.parametrize("write", ["number", "percent", "compact"])
@pytest.mark.parametrize("value", [None, float("nan")])
def test_missing_is_told_and_never_zero(write: str, value: float | None) -> None:
    assert getattr(ENGLISH, write)(value) == "not reported"


def test_a_range_with_a_missing_end_is_not_reported() -> None:
    assert ENGLISH.between(None, 3.0) == "not reported"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"), (7.4, "7"), (999, "999"), (6312, "6,310"), (9994, "9,990"), (12_000, "12 thousand"),
        (173_210, "173 thousand"), (-251_250, "−251 thousand"), (999_499, "999 thousand"),
        (999_600, "1 million"),
        (2_475_669, "2.5 million"), (314e6, "314 million"), (1.79e9, "1,790 million"),
    ],
)  # fmt: skip
def test_compact_numbers(value: float, told: str) -> None:
    assert ENGLISH.compact(value) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (190_300, 310_400, "190 to 310 thousand"), (6_200, 17_900, "6.2 to 17.9 thousand"),
        (-59_673, 22_330, "−59.7 to 22.3 thousand"), (0, 0, "0 to 0"), (3, 9, "3 to 9"),
    ],
)  # fmt: skip
def test_ranges_share_a_scale(low: float, high: float, told: str) -> None:
    assert ENGLISH.between(low, high) == told


@given(st.floats(min_value=-5e9, max_value=5e9))
def test_compact_stays_within_five_per_cent(value: float) -> None:
    text = ENGLISH.compact(value).replace("−", "-").replace(",", "")
    scale = 1e6 if "million" in text else 1e3 if "thousand" in text else 1.0
    told = float(text.split()[0]) * scale
    assert abs(told - value) <= max(0.51, 0.05 * abs(value))


@given(st.floats(min_value=-1, max_value=1))
def test_no_minus_before_zero(value: float) -> None:
    text = ENGLISH.number(value)
    assert text in {"0", "1", "−1"}


@pytest.mark.parametrize(
    ("value", "told"), [(0.4, "0.4"), (10.0, "10"), (0.0198, "0.0198"), (2111.13, "2,111"), (0, "0")]
)
def test_decimals_have_no_trailing_zeros(value: float, told: str) -> None:
    assert ENGLISH.decimal(value) == told


def test_days_and_months_are_written_in_words() -> None:
    assert ENGLISH.day(date(2022, 12, 21)) == "21 December 2022"
    assert ENGLISH.month("2023-05") == "May 2023"


def test_values_are_escaped_in_texts() -> None:
    told = ENGLISH("sign.none", {"title": "<script>"})
    assert "<script>" not in told
    assert "&lt;script&gt;" in told
    assert "<strong>" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_language_is_whole(lang: str) -> None:
    assert missing_texts(lang) == []
    catalogue = load_words(lang)
    assert len(catalogue.months) == len(catalogue.months_short) == 12
    assert set(catalogue.texts) == set(ENGLISH.texts), "a key that English lacks is never shown"


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_a_language_is_translated_and_not_copied(lang: str) -> None:
    texts = load_words(lang).texts
    long_texts = [key for key, text in ENGLISH.texts.items() if len(text) > 30]
    assert [key for key in long_texts if texts[key] == ENGLISH.texts[key]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_first(lang: str) -> None:
    told = " ".join(load_words(lang).texts.values()).lower()
    for word in (
        "flood",
        "wave ",
        "illegal",
        "ilegal",
        "illégal",
        "clandestin",
        "avalancha",
        "oleada",
        "invasi",
    ):
        assert word not in told


def test_an_incomplete_language_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = words_room._read_catalogue

    def without_one(lang: str) -> dict[str, str]:
        texts = whole(lang)
        return {key: text for key, text in texts.items() if lang != "fr" or key != "page.notice"}

    monkeypatch.setattr(words_room, "_read_catalogue", without_one)
    with pytest.raises(UsageError, match=r"^language fr: 1 of \d+ texts missing; choose one of ") as caught:
        load_words("fr")
    assert "\n" not in str(caught.value)
    assert "fr" not in str(caught.value).split("choose one of")[1]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match=r"language xx: unknown; choose one of en, es, fr, pt"):
        load_words("xx")


def test_every_text_that_the_code_names_exists() -> None:
    files = [*ROOM.glob("*.py"), *ROOM.glob("templates/*.j2")]
    named = {key for file in files for key in NAMED.findall(file.read_text(encoding="utf-8"))}
    assert len(named) > 100
    assert named - set(ENGLISH.texts) == set()


def test_other_languages_write_numbers_their_way() -> None:
    spanish = Words(
        "es",
        {**ENGLISH.texts, "number.group": ".", "number.point": ","},
        ENGLISH.months,
        ENGLISH.months_short,
    )
    assert spanish.number(1234567.5, 1) == "1.234.567,5"
    assert spanish.format_locale()["decimal"] == ","
