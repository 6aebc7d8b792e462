"""Numbers in digits and in words; what num2words and Babel write is read back."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from num2words import num2words

from travesia.record.reading.numbers import find_numbers, number_in
from travesia.record.reading.plain import plain_copy
from travesia.record.reading.ratios import find_all_numbers

WRITERS = ("en", "en_GB", "es", "es_CO", "es_VE", "fr", "fr_BE", "fr_CH", "pt", "pt_BR")
LOCALES = ("en_US", "es_ES", "es_MX", "es_419", "fr_FR", "fr_CA", "fr_CH", "pt_BR", "pt_PT")


def draws(seed: str, times: int) -> list[int]:
    """Return numbers of one to twelve digits, the same each time."""
    chance = random.Random(seed)
    return [chance.randrange(10 ** chance.randint(1, 12)) for _ in range(times)]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_number_written_in_words_is_read_back(writer: str) -> None:
    numbers = [*range(1100), *(10**power for power in range(3, 12)), *draws(writer, 1500)]
    written = {n: num2words(n, lang=writer) for n in numbers}
    wrong = {n: words for n, words in written.items() if number_in(words, writer[:2]) != n}
    assert wrong == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_written_in_digits_is_read_back(locale: str) -> None:
    wrong = {}
    chance = random.Random(locale)
    for whole in draws(locale, 1500):
        # Three decimals read as thousands in every locale, as news mean them; so there are at most two.
        number = whole + chance.choice([Decimal(0), Decimal("0.1"), Decimal("0.25"), Decimal("0.9")])
        written = plain_copy(format_decimal(number, locale=locale))
        if number_in(written, locale[:2]) != (int(number) if number == whole else float(number)):
            wrong[number] = written
    assert wrong == {}


@pytest.mark.parametrize("writer", WRITERS)
def test_an_ordinal_is_no_count(writer: str) -> None:
    language = writer[:2]
    for n in [*range(1, 300), *draws(f"{writer} in order", 200)]:
        # "six hundredth" is a rank and six parts of a hundred, in English and French alike.
        if n % 100 == 0 or (language == "fr" and n % 1000 == 0):
            continue
        written = num2words(max(n % 10**6, 1), lang=writer, to="ordinal")
        if (max(n % 10**6, 1)) % 100 == 0:
            continue
        assert {one.form for one in find_numbers(written, language)} == {"ordinal"}, written


READ = {
    "en": {
        "$314m": 314_000_000, "$2.3bn": 2_300_000_000, "20K": 20_000, "1.8M": 1_800_000,
        "3.4 million": 3_400_000, "7.7 MILLION": 7_700_000, "two and a half million": 2_500_000,
        "half a million": 500_000,
        "a hundred thousand": 100_000, "twenty-five hundred": 2500, "a dozen": 12, "two dozen": 24,
        "three\nmillion": 3_000_000, "1,234.5": 1234.5, "3.453": 3.453, "0.775": 0.775,
    },
    "es": {
        "11 mil 460": 11_460, "120 mil": 120_000, "mil millones": 10**9, "314 millones": 314_000_000,
        "US$ 1.800 millones": 1_800_000_000, "dos mil 300 millones": 2_300_000_000, "3.4 millones": 3_400_000,
        "3,453": 3453, "1.234": 1234, "dos millones y medio": 2_500_000, "medio millón": 500_000,
        "tres millones 200 mil": 3_200_000, "un millón doscientos mil": 1_200_000, "VEINTIUN MIL": 21_000,
        "7,7": 7.7, "200 MM": 200_000_000, "una docena": 12,
    },
    "fr": {
        "314 millions": 314_000_000, "1 milliard": 10**9, "1,5 milliard": 1_500_000_000, "1 234": 1234,
        "20.000": 20_000, "1,234 milliard": 1_234_000_000, "un million et demi": 1_500_000,
        "une centaine": 100, "quatre-vingt-dix-sept": 97, "soixante et onze": 71, "314 M$": 314_000_000,
        "5 Md€": 5 * 10**9, "mille deux cents": 1200,
    },
    "pt": {
        "2.5 bilhões": 2_500_000_000, "7,7 milhões": 7_700_000, "mil e duzentos": 1200,
        "meio milhão": 500_000, "um milhão e meio": 1_500_000, "3 milhões e 200 mil": 3_200_000,
        "mil milhões": 10**9, "120 mil 500": 120_500,
        "US$ 5 mi": 5_000_000, "R$ 3 bi": 3 * 10**9, "dezesseis": 16, "dezasseis": 16,
        "2,8 bilhões": 2_800_000_000,
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [(language, words, number) for language, page in READ.items() for words, number in page.items()],
)
def test_a_number_is_read(language: str, words: str, number: float) -> None:
    (found,) = find_numbers(plain_copy(words), language)
    assert float(found.value or 0) == number


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        ("en", "U4U, COVID-19, H-2A, 10:30, 24/7, 10.06.2022 and 5G", []),
        ("en", "one million, two of them", ["one million", "two"]),
        ("en", "between two hundred and three hundred", ["two hundred", "three hundred"]),
        ("en", "between one million and two million", ["one million", "two million"]),
        ("en", "$20 million and 15 million", ["20 million", "15 million"]),
        ("en", "tens of thousands, a few hundred thousand", ["tens of thousands", "few hundred thousand"]),
        ("es", "decenas de miles y varios millones", ["decenas de miles", "varios millones"]),
        ("es", "entre treinta y cuarenta", ["treinta", "cuarenta"]),
        ("fr", "en 2018 300 000", ["2018", "300 000"]),
        ("fr", "une dizaine de milliers", ["une dizaine de milliers"]),
        ("pt", "dois milhões e três milhões", ["dois milhões", "três milhões"]),
    ],
)
def test_where_a_number_ends(language: str, words: str, wanted: list[str]) -> None:
    assert [words[one.start : one.end] for one in find_numbers(words, language)] == wanted


@pytest.mark.parametrize(
    ("language", "words", "form", "value"),
    [
        ("en", "two-thirds of them", "fraction", 2 / 3),
        ("en", "a third of them", "fraction", 1 / 3),
        ("en", "cut by half", "fraction", 0.5),
        ("en", "one out of every four", "fraction", 0.25),
        ("en", "eighty-five percent", "percent", 0.85),
        ("en", "tripling", "multiple", 3),
        ("en", "a twofold rise", "multiple", 2),
        ("en", "ten times more", "multiple", 10),
        ("es", "un tercio de ellos", "fraction", 1 / 3),
        ("es", "tres cuartas partes", "fraction", 0.75),
        ("es", "la mitad", "fraction", 0.5),
        ("es", "85 por ciento", "percent", 0.85),
        ("es", "el doble", "multiple", 2),
        ("es", "multiplicado por cinco", "multiple", 5),
        ("fr", "deux tiers", "fraction", 2 / 3),
        ("fr", "un réfugié sur cinq", "fraction", 0.2),
        ("fr", "85 pour cent", "percent", 0.85),
        ("fr", "quadrupler", "multiple", 4),
        ("pt", "um terço dos", "fraction", 1 / 3),
        ("pt", "nove em cada dez", "fraction", 0.9),
        ("pt", "85,5 por cento", "percent", 0.855),
        ("pt", "o dobro", "multiple", 2),
    ],
)
def test_parts_and_multiples(language: str, words: str, form: str, value: float) -> None:
    (found,) = [one for one in find_all_numbers(words, language) if one.form not in {"count", "ordinal"}]
    assert found.form == form
    assert float(found.value or 0) == pytest.approx(value)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a third country, the first half of 2022, met three times, double taxation, the fifth summit"),
        ("es", "un cuarto encuentro, la mitad del año, doble nacionalidad, deportado tres veces ayer"),
        ("fr", "un pays tiers, double nationalité, expulsé trois fois hier"),
        ("pt", "o quarto encontro, dupla cidadania, deportado três vezes ontem"),
    ],
)
def test_what_looks_like_a_part_and_is_none(language: str, words: str) -> None:
    assert {one.form for one in find_all_numbers(words, language)} <= {"count", "ordinal"}
