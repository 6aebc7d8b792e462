"""Words and numbers of a page in one language, from one catalogue file a language.

A catalogue that lacks a key of the English one is refused whole: a half-translated page misleads.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from string import Formatter
from typing import Any

from markupsafe import Markup

from travesia.terms import UsageError

LANGUAGES = ("en", "es", "fr", "pt")
"""Languages that a page can be asked for; each has a catalogue ``text/LANG.toml``."""


@dataclass(frozen=True)
class Words:
    """Texts by dotted key, month names, and how numbers are written in the language."""

    lang: str
    texts: Mapping[str, str]
    months: tuple[str, ...]
    months_short: tuple[str, ...]

    def __call__(self, key: str, values: Mapping[str, object] | None = None) -> Markup:
        """Return a text with its ``{places}`` filled; values are escaped, the catalogue is trusted."""
        return Markup(self.texts[key]).format(**(values or {}))  # noqa: S704 - the catalogue is ours

    def plain(self, key: str, values: Mapping[str, object] | None = None) -> str:
        """Return a text without mark-up, for pictures and workbooks."""
        return self.texts[key].format(**(values or {}))

    def number(self, value: float | None, digits: int = 0) -> str:
        """Write a number in full; a missing one is "not reported", never 0."""
        if value is None or math.isnan(value):
            return self.texts["number.missing"]
        text = f"{abs(value):,.{digits}f}"
        return self._signed(text, value)

    def _signed(self, text: str, value: float) -> str:
        group, point = self.texts["number.group"], self.texts["number.point"]
        text = "".join({",": group, ".": point}.get(sign, sign) for sign in text)
        minus = "−" if value < 0 and any(c in "123456789" for c in text) else ""
        return minus + text

    def decimal(self, value: float) -> str:
        """Write a number to three figures without trailing zeros."""
        digits = 0 if value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
        text = f"{value:.{digits}f}"
        digits = len(text.rstrip("0").partition(".")[2]) if "." in text else 0
        return self.number(value, digits)

    def percent(self, fraction: float | None, digits: int = 0) -> str:
        """Write a fraction of 1 as per cent."""
        if fraction is None or math.isnan(fraction):
            return self.texts["number.missing"]
        return self.plain("number.percent", {"n": self.number(100 * fraction, digits)})

    def compact(self, value: float | None) -> str:
        """Write a number to about three figures, in words from ten thousand on."""
        if value is None or math.isnan(value):
            return self.texts["number.missing"]
        return self._scaled(value, _scale(abs(value)))

    def between(self, low: float | None, high: float | None) -> str:
        """Write a range in one common scale, such as "120 to 240 thousand"."""
        if low is None or high is None:
            return self.texts["number.missing"]
        scale = _scale(max(abs(low), abs(high)))
        digits = _digits(max(abs(low), abs(high)) / scale) if scale > 1 else 0
        bare = self._short(low / scale, digits)
        return self.plain("number.between", {"low": bare, "high": self._scaled(high, scale)})

    def month(self, month: str) -> str:
        """Write ``YYYY-MM`` with the short name of the month."""
        name = self.months_short[int(month[5:7]) - 1]
        return self.plain("date.month", {"month": name, "year": month[:4]})

    def day(self, day: date) -> str:
        """Write a day with the full name of the month."""
        name = self.months[day.month - 1]
        return self.plain("date.day", {"day": day.day, "month": name, "year": day.year})

    def format_locale(self) -> dict[str, Any]:
        """Return the d3-format locale, so that axes write numbers as the page does."""
        group, point = self.texts["number.group"], self.texts["number.point"]
        return {"decimal": point, "thousands": group, "grouping": [3], "currency": ["$", ""], "minus": "−"}

    def _scaled(self, value: float, scale: float) -> str:
        if scale == 1:
            return self.number(_to_ten(value))
        word = "number.million" if scale == 1e6 else "number.thousand"
        return self.plain(word, {"n": self._short(value / scale, _digits(value / scale))})

    def _short(self, value: float, digits: int) -> str:
        """Write a number without zeros at its end: 42 thousand, not 42.0 thousand."""
        text = f"{abs(value):,.{digits}f}"
        return self._signed(text.rstrip("0").rstrip(".") if "." in text else text, value)


def load_words(lang: str) -> Words:
    """Read the catalogue of a language.

    Raises `UsageError` for a language that is unknown or whose catalogue is not complete.
    """
    english = _read_catalogue("en")
    catalogue = english if lang == "en" else _read_catalogue(lang)
    missing = sorted(set(english) - set(catalogue))
    if missing:
        known = ", ".join(code for code in LANGUAGES if not set(english) - set(_read_catalogue(code)))
        raise UsageError(
            f"language {lang}: {len(missing)} of {len(english)} texts missing; choose one of {known}"
        )
    months, short = (tuple(catalogue[key].split()) for key in ("date.months", "date.months_short"))
    return Words(lang, catalogue, months, short)


def missing_texts(lang: str) -> list[str]:
    """Return the keys that the catalogue of a language lacks or whose ``{places}`` differ from English."""
    english, other = _read_catalogue("en"), _read_catalogue(lang)
    return [key for key, text in english.items() if key not in other or _places(text) != _places(other[key])]


def _read_catalogue(lang: str) -> dict[str, str]:
    if lang not in LANGUAGES:
        raise UsageError(f"language {lang}: unknown; choose one of {', '.join(LANGUAGES)}")
    file = files("travesia.report").joinpath(f"text/{lang}.toml")
    if not file.is_file():
        return {}
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")), ""))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
    return found


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _scale(size: float) -> float:
    return 1e6 if size >= 999_500 else 1e3 if size >= 9_995 else 1.0


def _digits(value: float) -> int:
    """Return how many decimals make two or three figures."""
    size = abs(value)
    return 2 if 0 < size < 1 else 1 if size < 99.95 else 0


def _to_ten(value: float) -> float:
    return float(round(value, -1)) if abs(value) >= 1000 else float(round(value))
