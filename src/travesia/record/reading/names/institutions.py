"""Institutions that every state has: whose supreme court, congress or foreign ministry a text means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from travesia.record.reading.cue_files import cues
from travesia.record.reading.names.known import Known
from travesia.record.reading.names.layers import Find
from travesia.record.reading.names.phrases import Hit
from travesia.record.reading.names.words import fold
from travesia.record.reading.nouns import Entity


def institutions(known: Known) -> Iterator[tuple[Find, Entity]]:
    """Yield each institution as that of the state named beside it.

    Where none is, it is that of the United States if the text names no state more often, else nobody's.
    """
    for hit in known.of_kind("institution"):
        country = _beside(known, hit)
        if country is None and known.countries and known.countries.most_common(1)[0][0] == "USA":
            country = "USA"
        name = hit.sense.entity.removeprefix("org:")
        prefix = {"USA": "us-", None: ""}.get(country, f"{str(country).lower()}-")
        id_ = f"org:{prefix}{name}"
        entity = known.gazetteer.entities.get(id_) or replace(
            known.gazetteer.entities[hit.sense.entity], id=id_, country=country
        )
        yield Find(hit.start, hit.end, "ORG", id_), entity


def _beside(known: Known, hit: Hit) -> str | None:
    """Return the state before or after: "Brazil's Supreme Court", "Corte Suprema de Chile"."""
    words = known.words
    owner = known.before(hit.first, "NORP", "GPE") or known.at(hit.last, "NORP")
    if words.fold(hit.first - 1) == "s" and words.gap(hit.first - 1) == "'":
        owner = known.before(hit.first - 1, "GPE")
    step = hit.last
    of, articles = (frozenset(map(fold, cues(known.language, "names")[key])) for key in ("of", "articles"))
    while words.gap(step) in (" ", "'") and (words.fold(step) in of or words.fold(step) in articles):
        step += 1
    if owner is None and step > hit.last:
        owner = known.at(step, "GPE")
    return known.country_of(owner) if owner else None
