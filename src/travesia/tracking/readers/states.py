"""Codes of states as files of money name them: by code, by name, or as a government."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

_OFFICIAL: Mapping[str, str] = MappingProxyType(
    {
        "bolivia plurinational state of": "BOL",
        "iran islamic republic of": "IRN",
        "korea republic of": "KOR",
        "moldova republic of": "MDA",
        "netherlands kingdom of the": "NLD",
        "russian federation": "RUS",
        "syrian arab republic": "SYR",
        "tanzania united republic of": "TZA",
        "turkey": "TUR",
        "united kingdom of great britain and northern ireland": "GBR",
        "united states of america": "USA",
        "venezuela bolivarian republic of": "VEN",
        "viet nam": "VNM",
    }
)
"""Names that the United Nations and OCHA use and that are no state's name in any of the four languages."""
_GOVERNMENT = re.compile(
    r"^(?:government of (?:the )?(?P<before>.+)|(?P<after>.+?),? government of(?: the)?)$"
)
_AGENCY = re.compile(r"^([A-Z]{2})-GOV(?:-|$)")


@dataclass(frozen=True)
class StateCodes:
    """ISO 3166 alpha-3 codes by two-letter code, three-letter code and name in four languages."""

    codes: Mapping[str, str]

    def find(self, text: str | None) -> str | None:
        """Return the code of a state by its code or name; ``None`` for anything else, never a guess."""
        return self.codes.get(_plain(text or ""))

    def government(self, name: str | None) -> str | None:
        """Return the state whose government a name is, as "Canada, Government of"; else ``None``."""
        match = _GOVERNMENT.match(_plain(name or "", keep=","))
        return self.find(match["before"] or match["after"]) if match else None

    def agency(self, reference: str | None) -> str | None:
        """Return the state of an organisation identifier of a government, as US-GOV-1; else ``None``."""
        match = _AGENCY.match(reference or "")
        return self.find(match[1]) if match else None


def state_codes(countries: pl.DataFrame) -> StateCodes:
    """Make the codes of the states of a region's ``countries``; a name of two states names neither."""
    meanings: dict[str, set[str]] = {}
    columns = [
        name for name in ("iso2", "name_en", "name_es", "name_fr", "name_pt") if name in countries.columns
    ]
    for row in countries.select("iso3", *columns).iter_rows(named=True):
        for text in row.values():
            meanings.setdefault(_plain(text or ""), set()).add(row["iso3"])
    known = set(countries["iso3"])
    single = {name: next(iter(found)) for name, found in meanings.items() if name and len(found) == 1}
    return StateCodes({name: iso3 for name, iso3 in _OFFICIAL.items() if iso3 in known} | single)


def _plain(text: str, keep: str = "") -> str:
    """Fold case, accents and what stands between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(c if c.isalnum() or c in keep else " " for c in letters if not unicodedata.combining(c))
    return " ".join(folded.split())
