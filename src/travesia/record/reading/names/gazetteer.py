"""The names that the reader knows before it reads: countries, places, organisations, instruments."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

from travesia.record.reading.cue_files import LANGUAGES, cues
from travesia.record.reading.names.offices import Tenure, tenures
from travesia.record.reading.names.phrases import Phrases, Sense
from travesia.record.reading.names.words import words_of
from travesia.record.reading.nouns import Entity

Form = tuple[str, str, Sense]
"""Language (``*`` for all), form, sense."""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Known names: `forms` in each language and the `entities` that they name, by id."""

    forms: tuple[Form, ...]
    entities: Mapping[str, Entity]
    tenures: tuple[Tenure, ...] = ()
    given_names: frozenset[str] = frozenset()

    @cached_property
    def tenures_by_name(self) -> Mapping[str, tuple[Tenure, ...]]:
        """The rows of offices by each name of the holder, folded."""
        found: dict[str, tuple[Tenure, ...]] = {}
        for row in self.tenures:
            for form in (*row.forms, *row.bare):
                key = " ".join(words_of(form).folds)
                found[key] = (*found.get(key, ()), row)
        return MappingProxyType(found)

    @staticmethod
    def shipped() -> Gazetteer:
        """Return the names that ship with the package."""
        return _shipped()

    def with_places(self, rows: Iterable[Mapping[str, str]]) -> Gazetteer:
        """Return these names and those of places, such as the rows of a pack's ``places.csv``.

        Each row has `id`, `name` and `country`. Of a name with brackets or a slash each part is known, as in
        "Ipiales (Rumichaca)"; a name known before keeps its meaning.
        """
        had = {form for _, form, _ in self.forms}
        entities = dict(self.entities)
        forms = list(self.forms)
        for row in rows:
            known = [part.strip() for part in row["name"].replace("(", "/").replace(")", "").split("/")]
            new = [form for form in known if form and form not in had]
            if not new:
                continue
            id_ = f"plc:{row['id']}"
            entities[id_] = Entity(id_, "place", known[0], country=row["country"])
            forms += [("*", form, Sense("LOC", id_, "city")) for form in new]
        return replace(self, forms=tuple(forms), entities=MappingProxyType(entities))

    def phrases(self, language: str) -> Phrases:
        """Return all forms of a language, ready to be found."""
        return _phrases(self, language)


@lru_cache(maxsize=32)
def _phrases(gazetteer: Gazetteer, language: str) -> Phrases:
    names = cues(language, "names")
    none = Sense("", "", "blocked")
    forms = [(form, sense) for of, form, sense in gazetteer.forms if of in (language, "*")]
    forms += [(form, none) for form in names["blocked"]]
    forms += [
        (form, Sense("GPE", f"cty:{row['country']}", "name")) for form, row in names["doubtful"].items()
    ]
    for row in gazetteer.tenures:
        forms += [(form, Sense("PER", row.person, "holder")) for form in row.forms]
        forms += [(form, Sense("PER", row.person, "surname")) for form in row.bare]
    for topic, type_, prefix in _TOPICS:
        for name, written in names[topic].items():
            forms += [(form, Sense(type_, prefix + name, topic.removesuffix("s"))) for form in written]
    return Phrases(forms)


_TOPICS = (
    ("groups", "GROUP", "grp:"),
    ("nationals", "GROUP", "grp:"),
    ("offices", "TITLE", ""),
    ("regional", "NORP", "plc:"),
)
"""Sections of the cue file whose entries are forms: type of mention and how the id starts."""

_WHAT = {"plc:": "place", "org:": "organisation", "ins:": "instrument", "pol:": "policy", "evt:": "event"}
_TABLES = (("places.csv", "LOC", "plc:"), ("organisations.csv", "ORG", "org:"), ("instruments.csv", "", ""))


@cache
def _shipped() -> Gazetteer:
    forms: list[Form] = []
    entities: dict[str, Entity] = {}
    for row in _rows("countries.csv"):
        id_ = f"cty:{row['iso3']}"
        written = row["forms"].split("|")
        if row["kind"] in ("name", "official") and (
            id_ not in entities or (row["language"], row["kind"]) == ("en", "name")
        ):
            entities[id_] = Entity(id_, "country", written[0], iso3=row["iso3"])
        sense = Sense("NORP" if row["kind"] == "demonym" else "GPE", id_, row["kind"])
        forms += [(row["language"], form, sense) for form in written]
    for table, type_, prefix in _TABLES:
        for row in _rows(table):
            id_ = prefix + row["id"]
            mention = row.get("type") or type_
            name = row["en"].split("|")[0]
            entities[id_] = Entity(
                id_, _WHAT[id_[:4]], name, country=row.get("country") or None, kind=row["kind"]
            )
            sense = Sense(mention, id_, row["kind"])
            for language in LANGUAGES:
                # An empty cell says that the name is the same as in English; capitals go by both.
                cell = row[language] or row["en"]
                cell += f"|{row['en']}" if row["kind"] == "capital" else ""
                forms += [(language, form, sense) for form in dict.fromkeys(cell.split("|"))]
    countries = {id_: entity.country for id_, entity in entities.items()}
    held = tenures(_rows("offices.csv"), countries)
    return Gazetteer(
        tuple(forms), MappingProxyType(entities), held, frozenset(_text("given-names.txt").split())
    )


def _text(name: str) -> str:
    return (files("travesia.record.reading") / "gazetteer" / name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))
