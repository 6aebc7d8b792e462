"""The annotated texts: they cite their texts, and reading what they say is right everywhere."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from annotated.sources import (
    HELDOUT,
    INVENTED,
    LEARNING,
    POLICIES,
    PUBLIC,
    SECOND,
    SHARED_TEXTS,
    SourceError,
    annotated,
    sources,
    text_of,
)
from travesia.record import check_reading, citations, misses, score

SOURCES = [one for part in (PUBLIC, INVENTED, LEARNING, HELDOUT, POLICIES) for one in sources(part)]

each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


def test_a_second_annotator_had_the_same_texts_and_mentions():
    for source in sources(SECOND):
        first, second = annotated(INVENTED / source.name)[0], annotated(source)[0]
        assert second["document"]["sha256"] == first["document"]["sha256"]
        assert second["mentions"] == first["mentions"]
        kinds = {record["type"] for record in second["records"]}
        assert {"policy", "commitment"} <= kinds <= {"policy", "commitment", "statement", "figure"}


@pytest.mark.parametrize(("part", "count"), [(INVENTED, 57), (LEARNING, 34), (HELDOUT, 7), (POLICIES, 18)])
def test_every_language_has_as_many_documents(part: Path, count: int):
    assert sorted(source.stem[:2] for source in sources(part)) == sorted(["en", "es", "fr", "pt"] * count)


@pytest.mark.skipif(not SHARED_TEXTS.is_dir(), reason="the public texts are not at hand")
def test_every_public_text_is_annotated():
    assert {text_of(source).name for source in sources(PUBLIC)} == {
        each.name for each in SHARED_TEXTS.glob("*.txt")
    }


@each_source
def test_an_annotation_has_the_shape_and_cites_its_text(source: Path):
    gold, text = annotated(source)
    assert check_reading(gold, text) == []
    valid, every = citations(gold, text)
    assert valid == every > 0


@each_source
def test_an_annotation_read_as_it_is_is_right_everywhere(source: Path):
    gold, _ = annotated(source)
    assert misses(gold, gold) == []
    for measure, counts in score(gold, gold).items():
        assert counts.hits == counts.proposed == counts.wanted, measure


@each_source
def test_flat_mentions_do_not_overlap_and_each_quantity_is_a_figure(source: Path):
    gold, _ = annotated(source)
    flat = [each for each in gold["mentions"] if not each.get("nested")]
    assert all(one["end"] <= other["start"] for one, other in pairwise(flat))
    figures = {each["id"] for each in gold["records"] if each["type"] == "figure"}
    counted = {each["entity"] for each in flat if each["type"] in ("QUANTITY", "MONEY", "RATIO")}
    assert counted == figures


@each_source
def test_commitments_say_whether_they_can_be_measured(source: Path):
    gold, _ = annotated(source)
    for record in gold["records"]:
        if record["type"] == "commitment":
            fields = record["fields"]
            assert fields["measurable"] is ("quantity" in fields), record["id"]
            assert ("quantity" in fields) is ("unit" in fields), record["id"]


WRITTEN = """
[document]
kind = "news"
publisher = "invented"
doc_date = {{ value = "2024-01-01", certainty = "stated" }}
mentions = \"\"\"
{mentions}
\"\"\"
{records}
"""
TEXT = "Chad took in 500 people. Chad closed no door."


def written(folder: Path, mentions: str, records: str = "") -> Path:
    (folder / "en-chad.txt").write_text(TEXT, encoding="utf-8")
    source = folder / "en-chad.toml"
    source.write_text(WRITTEN.format(mentions=mentions, records=records), encoding="utf-8")
    return source


def test_quotes_become_offsets(tmp_path: Path):
    record = '["com:door"]\nev = ["Chad#2"]\nactor = ["TCD"]\naction = "refrain"'
    gold, text = annotated(
        written(tmp_path, "GPE TCD | Chad\nQUANTITY people 500 person | 500 people", record)
    )
    assert [text[each["start"] : each["end"]] for each in gold["mentions"]] == ["Chad", "500 people"]
    door, figure = gold["records"]
    assert (door["evidence"][0]["start"], door["fields"]["actor"]) == (25, ["cty:TCD"])
    assert figure["fields"] == {"value": 500, "unit": "person", "qualifier": "exact"}
    assert gold["document"]["chars"] == len(TEXT)
    assert check_reading(gold, text) == []


@pytest.mark.parametrize(
    ("mentions", "records", "problem"),
    [
        ("GPE TCD | Tchad", "", "'Tchad' does not occur"),
        ("QUANTITY x 500 person | 500 people\nGPE TCD | took in", "", "does not occur after"),
        ("GPE TCD | Chad\n+GPE TCD | people", "", "does not occur inside"),
        ("GPE TCD Chad", "", "without a quote"),
        ("GPE TCD | Chad", '["sta:x"]\nev = ["Chad"]', "occurs 2 times"),
        ("GPE TCD | Chad", '["sta:x"]\nev = ["Chad#3"]', "not 3"),
        ("GPE TCD | Chad", '["sta:x"]\nev = ["Niger"]', "does not hold 'Niger'"),
    ],
)
def test_a_quote_that_does_not_fit_is_named(tmp_path: Path, mentions: str, records: str, problem: str):
    with pytest.raises(SourceError, match=f"en-chad.toml: .*{problem}"):
        annotated(written(tmp_path, mentions, records))
