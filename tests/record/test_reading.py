"""What reading gives keeps the schema's shape and cites the text, whatever the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotated.sources import HELDOUT, INVENTED, LEARNING, PUBLIC, sources, text_of
from travesia.record import Described, as_json, check_reading, citations, load_document, read_document
from travesia.record.documents import Document

EVERY = [source for part in (PUBLIC, INVENTED, LEARNING, HELDOUT) for source in sources(part)]


def _read(text: str, **said: str) -> dict[str, object]:
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text, described=Described(**said),
    )  # fmt: skip
    return as_json(read_document(document))


@pytest.mark.parametrize("source", EVERY, ids=lambda source: source.stem)
def test_every_citation_of_every_annotated_text_is_valid_and_the_shape_holds(source: Path) -> None:
    document = load_document(text_of(source))
    reading = as_json(read_document(document))
    assert check_reading(reading, document.text) == []
    valid, every = citations(reading, document.text)
    assert valid == every > 0


PIECES = [
    "President Biden announced $314 million", "los Estados Unidos Mexicanos", "Le 10 juin 2022", "hoje",
    "no fueron invitados a la Cumbre", "Title 42 was due to expire on Wednesday", "\u202f", "«", "’", "\r\n",
    "más de 20.000 refugiados", "The Supreme Court", "said that", "; ", ". ", "\n\n", "\ufeff", "٣",
    "𝟜𝟚", "%", "de 3 milhões", "(", "Declaration of", "was signed by Chile, Peru and", "año fiscal 2023",
    "if", "\x00",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=25), published=st.sampled_from(["2022-12-20", "2022"])
)
def test_no_text_breaks_the_reader_and_every_cite_holds(pieces: list[str], published: str) -> None:
    text = " ".join(pieces) or "x"
    reading = _read(text, published=published, publisher="US Department of State")
    assert check_reading(reading, text) == []


def test_a_slot_that_names_a_record_which_nobody_proposes_stays_open() -> None:
    text = (
        "Ecuador presented the Quito Plan of Action. Under the Quito Plan of Action, Chile will admit 3,000 "
        "refugees by 2025."
    )
    reading = _read(text, published="2024-03-04")
    assert check_reading(reading, text) == []
    (promised,) = (one for one in reading["records"] if one["type"] == "commitment")  # type: ignore[attr-defined]
    named = promised["fields"].get("under")
    assert named in {one["id"] for one in reading["records"]} if named else "under" in promised["abstained"]  # type: ignore[attr-defined]


def test_the_same_document_gives_the_same_reading() -> None:
    text = "On June 10, 2022, the United States announced $314 million for Venezuelans."
    first, again = _read(text), _read(text)
    assert json.dumps(first) == json.dumps(again)


def test_a_text_in_no_known_language_gives_no_records() -> None:
    reading = _read("Die Vereinigten Staaten kündigten am Montag Hilfen in Höhe von 314 Millionen an.")
    assert reading["document"]["lang"] == "unknown"  # type: ignore[index]
    assert reading["records"] == []


def test_the_united_mexican_states_are_mexico() -> None:
    text = "Asistieron los Estados Unidos Mexicanos, los Estados Unidos de América y Belice."
    reading = _read(text, language="es")
    linked = [one["entity"] for one in reading["mentions"] if one["type"] == "GPE"]  # type: ignore[index, attr-defined]
    assert linked == ["cty:MEX", "cty:USA", "cty:BLZ"]
