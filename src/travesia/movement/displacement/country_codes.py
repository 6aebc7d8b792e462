"""ISO 3166 alpha-3 codes of countries that a folder names in its own way, matched and never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from travesia.region import find_pack
from travesia.terms import read_table, schemas

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "burma": "MMR",
        "car": "CAF",
        "czech republic": "CZE",
        "democratic republic of congo": "COD",
        "democratic republic of the congo": "COD",
        "drc": "COD",
        "dr congo": "COD",
        "ivory coast": "CIV",
        "palestine": "PSE",
        "republic of the congo": "COG",
        "russian federation": "RUS",
        "swaziland": "SWZ",
        "the gambia": "GMB",
        "turkey": "TUR",
        "uk": "GBR",
        "usa": "USA",
    }
)
"""Further spellings, each with one meaning."""

AMBIGUOUS = frozenset({"congo", "korea"})
"""Spellings that mean more than one state, whatever one language calls it."""

LIST_OF_STATES = "americas"
"""The shipped pack whose ``countries.csv`` lists the states of the world in four languages."""


@dataclass(frozen=True)
class Country:
    """A country as a folder writes it, and the row of ``countries.csv`` for it.

    `matched` is false where no state has this name; its code is then one that ISO 3166 leaves to users.
    """

    written: str
    row: Mapping[str, Any]
    matched: bool

    @property
    def iso3(self) -> str:
        """The code."""
        return str(self.row["iso3"])


def countries_named(names: Iterable[str]) -> dict[str, Country]:
    """Return countries by name as written, in the order of their first appearance.

    A name is matched, without regard to case, accents and what stands between its words, with the names of
    states in English, Spanish, French and Portuguese, their codes, and `SPELLINGS`. One that matches no
    state or several gets the next of the user-assigned codes XAA, XAB, ...
    """
    states = read_table(find_pack(LIST_OF_STATES).file("countries.csv"), schemas.Countries)
    rows = {row["iso3"]: row for row in states.iter_rows(named=True)}
    meanings: dict[str, set[str]] = {}
    for iso3, row in rows.items():
        for column in ("name_en", "name_es", "name_fr", "name_pt"):
            meanings.setdefault(_plain(row[column]), set()).add(iso3)
        meanings.setdefault(iso3.lower(), set()).add(iso3)
    meanings |= {name: {iso3} for name, iso3 in SPELLINGS.items()}
    free, out = _free_codes(), {}
    for name in dict.fromkeys(names):
        plain = _plain(name)
        found = set() if plain in AMBIGUOUS else meanings.get(plain, set())
        if len(found) == 1:
            out[name] = Country(name, rows[next(iter(found))], True)
        else:
            out[name] = Country(name, _unlisted(next(free), name), False)
    return out


def _plain(name: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.lower().replace("_", " ")))


def _free_codes() -> Iterator[str]:
    """Yield the codes XAA to XZZ, which ISO 3166 leaves to users."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return (f"X{second}{third}" for second in letters for third in letters)


def _unlisted(iso3: str, name: str) -> dict[str, Any]:
    flags = ("americas", "la_declaration", "r4v_platform")
    return {
        "iso3": iso3,
        "iso2": None,
        **{f"name_{lang}": name for lang in ("en", "es", "fr", "pt")},
        "subregion": None,
        **dict.fromkeys(flags, False),
        "area_km2": None,
    }
