"""English country names of the raw files that are not the names of ``countries.csv``, and their codes.

Former states carry their withdrawn ISO 3166-3 codes; what is no state carries the code that UNHCR uses.
"""

from __future__ import annotations

import polars as pl

CODES = {
    "OTHER": "all nationalities that the source does not name",
    "OOO": "other and unknown origins (UN DESA)",
    "XCX": "residents whose origin is unallocated (UN DESA)",
    "XXA": "unknown origin (UNHCR)",
    "UNK": "unknown",
    "UKN": "unknown",
    "STA": "stateless people",
    "TIB": "Tibetans",
    "ANT": "Netherlands Antilles, until 2010",
    "SCG": "Serbia and Montenegro, until 2006",
    "SUN": "Soviet Union, until 1991",
    "YUG": "Yugoslavia, until 2003",
}
"""Codes of nationalities that are not states of ``countries.csv``."""

SPELLINGS = {
    "Antigua and Barbuda": "ATG",
    "Bosnia and Herzegovina": "BIH",
    "Burkina Faso (UVolta)": "BFA",
    "Burma": "MMR",
    "China, People's Republic": "CHN",
    "Congo": "COG",
    "Congo, Democratic Republic": "COD",
    "Congo, Republic": "COG",
    "Cote d'Ivoire": "CIV",
    "Dem. Rep. Congo": "COD",
    "Gaza Strip": "PSE",
    "Guinea - Bissau": "GNB",
    "Ivory Coast": "CIV",
    "Korea, North": "PRK",
    "Korea, Republic of South": "KOR",
    "Korea, South": "KOR",
    "Macedonia": "MKD",
    "Madagascar (Malagasy Republic)": "MDG",
    "Palestine": "PSE",
    "Republic of South Sudan": "SSD",
    "Reunion": "REU",
    "Serbia and Montenegro (former)": "SCG",
    "Sri Lanka (Ceylon)": "LKA",
    "The Gambia": "GMB",
    "Tibet": "TIB",
    "Trinidad and Tobago": "TTO",
    "Turkey": "TUR",
    "Union of Soviet Socialist Republics": "SUN",
    "Unknown": "UNK",
    "Yemen (Sanaa)": "YEM",
    "Yugoslavia": "YUG",
}


def codes_of(names: pl.Series, countries: pl.DataFrame) -> pl.Series:
    """Return the code of each English name; every name must be known.

    Raises
    ------
    SystemExit
        Naming every name that neither ``countries.csv`` nor `SPELLINGS` knows.
    """
    known = dict(countries.select("name_en", "iso3").iter_rows()) | SPELLINGS
    unknown = sorted(set(names.drop_nulls()) - set(known))
    if unknown:
        raise SystemExit(f"no code for {', '.join(unknown)}: add them to tools/build_names.py")
    return names.replace_strict(known, return_dtype=pl.String)
