"""Mentions of measures and instruments that a record names: in full, by acronym, in short."""

from __future__ import annotations

import pytest

from travesia.record.reading.named_records import record_mentions
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.reading.text import prepare


def named(written: str, language: str, name: str, type_: str = "policy") -> list[str]:
    """Return where a record of this name is mentioned, its span given by its name's first place."""
    start = written.index(name)
    span = Extent(start, start + len(name))
    slot = {"policy": "kind", "instrument": "name"}[type_]
    record = Proposal(
        id="pol:x", type=type_, fields={"name": name}, evidence=(span,), slots={slot: span}, modality="actual"
    )
    text = prepare(written, language)
    found = Found(text, "2024-01-01", None, {}, (), (), (), None, "doc:x")
    places = sorted(record_mentions(found, [record]), key=lambda one: one.start)
    assert all(one.type == "DOC" and one.entity == "pol:x" for one in places)
    return [written[one.start : one.end] for one in places]


@pytest.mark.parametrize(
    ("language", "written", "name", "expected"),
    [
        (
            "en",
            "The Harvest Worker Visa opens in May. The Harvest Worker Visa lasts a year.",
            "The Harvest Worker Visa",
            ["Harvest Worker Visa", "Harvest Worker Visa"],
        ),
        (
            "en",
            "It changes the Delta Families Category (the Category). The Category closes. A category is none.",
            "Delta Families Category",
            ["Delta Families Category", "Category", "Category"],
        ),
        (
            "es",
            "El Permiso de Arraigo Laboral (PAL) dura un año. El PAL se renueva.",
            "Permiso de Arraigo Laboral (PAL)",
            ["Permiso de Arraigo Laboral (PAL)", "PAL"],
        ),
        (
            "fr",
            "Le Programme d'accueil des familles (PAF) est prolongé. Le PAF prend fin en mai.",
            "Programme d'accueil des familles",
            ["Programme d'accueil des familles (PAF)", "PAF"],
        ),
        # Words without a capital, or one word, are no name.
        ("pt", "O memorando vale um ano. O memorando é curto.", "memorando", []),
        ("en", "The Act applies. The Act lapses.", "Act", []),
    ],
)
def test_a_named_measure_is_mentioned_where_it_is_named(
    language: str, written: str, name: str, expected: list[str]
) -> None:
    assert named(written, language, name) == expected


def test_an_instrument_too() -> None:
    assert named("Firmaron el Entendimiento de Salto.", "es", "Entendimiento de Salto", "instrument") == [
        "Entendimiento de Salto"
    ]
