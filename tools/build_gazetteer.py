"""Write the names and nationalities of all countries, in the four languages that the reader reads.

Names are those of CLDR (through Babel) and those of ``tools/gazetteer/names.csv``; nationalities are
written there once, in the masculine singular, and put into gender and number here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "src" / "travesia" / "record" / "reading" / "gazetteer" / "countries.csv"
CODES = ROOT / "src" / "travesia" / "packs" / "americas" / "countries.csv"
LANGUAGES = {"en": ("en",), "es": ("es", "es_MX"), "fr": ("fr", "fr_CA"), "pt": ("pt", "pt_PT")}
NOT_SO = re.compile(r"RAE|SAR|R\.A\.S|outlying|périphériques|menores alejadas|fora do território")
"""Names that nobody writes."""

ELSEWHERE = {
    "en": "Congo|Jersey|Réunion|Saint Martin|St. Martin|St. Barthélemy|Guernsey|Macao",
    "es": "Congo|Jersey|Reunión|San Martín|San Bartolomé|Guadalupe|Macao|Guernesey",
    "fr": "Congo|Jersey|La Réunion|Réunion|Saint-Martin|Saint-Barthélemy|Maurice|Dominique|Salvador|Grenade",
    "pt": "Congo|Jersey|Reunião|São Martinho|São Bartolomeu|Guadalupe|Salvador|Guernsey|Maurícia|Maurício",
}
"""Names of CLDR that are more often another place, a person or a word; ``names.csv`` has one that is not."""


def names(iso2: str, language: str) -> Iterator[str]:
    """Yield what CLDR calls a country in a language, one name at a time."""
    for locale in LANGUAGES[language]:
        every = Locale.parse(locale).territories
        name = every.get(iso2, "").replace("’", "'")
        if not name or NOT_SO.search(name):
            continue
        first, _, second = name.replace("&", "and").rstrip(")").partition(" (")
        if second in every.values():  # "Saint-Martin (France)"
            second = ""
        yield from (part.replace("St. ", "Saint ") for part in (first, second) if part and part[0].isupper())
        yield from (part for part in (first, second) if part.startswith("St. "))


_ENGLISH_ALIKE = ("ese", "ish", "ch", "sh", "ss", "ois")
_ENDINGS = {
    "es": "és/esa/eses/esas án/ana/anes/anas ón/ona/ones/onas o/a/os/as í/íes/ís l/la/les/las /s",
    "fr": "ien/ienne/iens/iennes éen/éenne/éens/éennes s/se/ses e/es /e/s/es",
    "pt": "ês/esa/eses/esas ol/ola/óis/olas o/a/os/as /s",
}
"""What a masculine singular ends in, with its other endings; the first that fits holds."""


def inflected(language: str, word: str) -> Iterator[str]:
    """Yield a nationality in each gender and number; with slashes, the forms are all given."""
    if "/" in word:
        yield from filter(None, word.split("/"))
    elif language == "en":
        yield from (word,) if word.endswith(_ENGLISH_ALIKE) else (word, f"{word}s")
    else:
        endings = next(row for row in _ENDINGS[language].split(" ") if word.endswith(row.split("/")[0]))
        masculine, *others = endings.split("/")
        stem = word.removesuffix(masculine)
        yield from (stem + ending for ending in (masculine, *others))


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield country, language, kind and forms, in order."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for row in _read(CODES):
        for language in LANGUAGES:
            kept = [
                name for name in names(row["iso2"], language) if name not in ELSEWHERE[language].split("|")
            ]
            found.setdefault((row["iso3"], language, "name"), {}).update(dict.fromkeys(kept))
    for row in _read(ROOT / "tools" / "gazetteer" / "names.csv"):
        for language in LANGUAGES:
            forms = filter(None, row[language].split("|"))
            found.setdefault((row["iso3"], language, row["kind"]), {}).update(dict.fromkeys(forms))
    for row in _read(ROOT / "tools" / "gazetteer" / "demonyms.csv"):
        for language in LANGUAGES:
            forms = (f for word in row[language].split("|") if word for f in inflected(language, word))
            found.setdefault((row["iso3"], language, "demonym"), {}).update(dict.fromkeys(forms))
    for (iso3, language, kind), forms_found in sorted(found.items()):
        if forms_found:
            yield iso3, language, kind, "|".join(forms_found)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Write the table."""
    with WRITTEN.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["iso3", "language", "kind", "forms"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
