"""Definitions carry nothing that is not drawn, fetch nothing, and write axes in the language of the page."""

from __future__ import annotations

import re
from typing import Any

import pytest

from travesia.report.grammar import framed, layer, lines_down, month_axis, quantity
from travesia.report.picture import Label, draw, identifier
from travesia.report.words import load_words

LABEL = Label("probe", "Title & <more>", "What it shows", "Source: none")


def labels_of(x: dict[str, Any], rows: list[dict[str, Any]], lang: str) -> list[str]:
    """Draw points over an x axis and return the texts of the picture."""
    words = load_words(lang)
    svg = draw(framed([layer(rows, {"type": "circle"}, {"x": x})], 120), LABEL, words)
    return re.findall(r">([^<>]+)</text>", svg)


def test_a_layer_carries_only_what_it_draws() -> None:
    made = layer(
        [{"a": 1, "secret": 2, "b": 3}], {"type": "rule"}, {"x": {"field": "a"}, "x2": {"field": "b"}}
    )
    assert made["data"]["values"] == [{"a": 1, "b": 3}]


def test_a_layer_without_rows_is_empty() -> None:
    assert layer([], {"type": "rule"}, {"x": {"field": "a"}})["data"]["values"] == []


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", ["0", "500k", "1 M", "1.5 M", "2 M"]), ("es", ["0", "500 mil", "1 M", "1,5 M", "2 M"])],
)
def test_axes_write_numbers_short_in_the_language(lang: str, told: list[str]) -> None:
    rows = [{"n": 0}, {"n": 2_000_000}]
    assert labels_of(quantity("n", load_words(lang)), rows, lang) == told


def test_signed_axes_write_plus_and_minus_but_not_at_zero() -> None:
    rows = [{"n": -20_000}, {"n": 20_000}]
    texts = labels_of(quantity("n", load_words("en"), signed=True), rows, "en")
    assert texts == ["−20k", "−10k", "0", "+10k", "+20k"]


def test_months_are_named_in_the_language_and_never_slip_with_the_clock_of_the_machine() -> None:
    rows = [{"day": "2023-01-01"}, {"day": "2023-05-01"}]
    english = labels_of(month_axis(load_words("en")), rows, "en")
    french = labels_of(month_axis(load_words("fr")), rows, "fr")
    assert english[0] == "Jan 2023"
    assert french[0] == "janv. 2023"
    assert len(english) == len(french) == 3


def test_lines_keep_the_order_of_the_rows() -> None:
    assert lines_down([{"line": "z"}, {"line": "a"}])["sort"] == ["z", "a"]


def test_titles_in_pictures_are_escaped() -> None:
    words = load_words("en")
    svg = draw(framed([layer([{"n": 1}], {"type": "circle"}, {"x": quantity("n")})], 100), LABEL, words)
    assert '<title id="probe-title">Title &amp; &lt;more&gt;</title>' in svg
    assert svg.count("<svg") == svg.count("</svg>") == 1


def test_a_definition_cannot_fetch_anything() -> None:
    definition = {
        "data": {"url": "https://example.org/data.csv"},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    with pytest.raises(ValueError, match="External data url not allowed"):
        draw(definition, LABEL, load_words("en"))


@pytest.mark.parametrize(
    ("text", "made"), [("Title 42 stays", "title-42-stays"), ("map-Ñandú--x", "map-and-x"), ("a_b", "a-b")]
)
def test_identifiers(text: str, made: str) -> None:
    assert identifier(text) == made
