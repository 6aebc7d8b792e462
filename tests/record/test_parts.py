"""Amounts after "including" are parts of the amount before them, as long as they do not exceed it."""

from __future__ import annotations

import pytest
from names_found import GAZETTEER

from travesia.record.reading.families.figures import figures
from travesia.record.reading.families.relations import relations
from travesia.record.reading.names import find_names
from travesia.record.reading.nouns import Found
from travesia.record.reading.quantities import find_quantities
from travesia.record.reading.text import prepare

PARTS = [
    ("en", "Canada gave $40 million, including $15 million for schools and $5 million for food.",
     [(15e6, 40e6), (5e6, 40e6)]),
    ("en", "Spain announced $40 million. The sum, comprising $30 million for food and $10 million for"
     " schools, is new.", [(30e6, 40e6), (10e6, 40e6)]),
    ("es", "Chile donó 40 millones de dólares, incluidos 15 millones de dólares para escuelas.",
     [(15e6, 40e6)]),
    ("fr", "La France a versé 40 millions de dollars, dont 15 millions de dollars pour les écoles.",
     [(15e6, 40e6)]),
    ("pt", "O Brasil doou 40 milhões de dólares, incluindo 15 milhões de dólares para escolas.",
     [(15e6, 40e6)]),
    ("en", "Canada gave $40 million, including $30 million for schools and $30 million of last year.",
     [(30e6, 40e6)]),
    ("en", "Canada gave $40 million and Spain $15 million.", []),
    ("en", "Canada gave $40 million, including 15 buses.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), PARTS)
def test_parts_of_a_total(language: str, text: str, wanted: list[tuple[float, float]]) -> None:
    prepared = prepare(text, language)
    entities, mentions = find_names(prepared, "2022-06-10", GAZETTEER)
    found = Found(
        text=prepared, published="2022-06-10", publisher=None, entities=entities, mentions=mentions, dates=(),
        quantities=find_quantities(prepared, ()), document="doc:x",
    )  # fmt: skip
    values = {one.id: one.fields["value"] for one in figures(found) if "value" in one.fields}
    parts = [one.fields for one in relations(found) if one.fields["kind"] == "part_of_total"]
    assert [(values[one["source"]], values[one["target"]]) for one in parts] == wanted
