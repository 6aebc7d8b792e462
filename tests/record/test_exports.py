"""What others read of a ledger: annotations that find the words, provenance without loose ends, a table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented_records import PACKS, accept, amend, entry, invented, propose

from travesia.record import (
    Accept,
    Ledger,
    Merge,
    Reject,
    kept_documents,
    kept_text,
    ledger_provenance,
    records_table,
    web_annotations,
)
from travesia.terms import Cite, InputError

TEXT = "Ayer, « 20\u202f000 réfugiés 𝟜 » — según el informe de hoy."
START = TEXT.index("20")
QUOTE = "20\u202f000 réfugiés 𝟜"
CITE = Cite("doc:a", START, START + len(QUOTE), QUOTE, hashlib.sha256(QUOTE.encode()).hexdigest())
ROWS = {
    "doc:a": {"title": "Informe", "language": "es", "licence": "CC0", "text_sha256": "ab", "sha256": "cd"}
}


def _annotations(ledger: Ledger, text: str | None = TEXT) -> list[dict[str, Any]]:
    return list(web_annotations(ledger, ROWS, lambda name: text)["first"]["items"])


def _selector(annotation: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    found = annotation["target"].get("selector", [])
    return next((one for one in found if one["type"] == kind), None)


def test_every_selector_of_the_americas_finds_its_words(americas: Ledger) -> None:
    folder = PACKS / "americas"
    rows = kept_documents(folder)
    content = web_annotations(americas, rows, lambda name: kept_text(folder, name))
    assert content["total"] == sum(len(record.cites) for record in americas.accepted()) > 300
    assert len({one["id"] for one in content["first"]["items"]}) == content["total"]
    resolved = 0
    for annotation in content["first"]["items"]:
        place = _selector(annotation, "TextPositionSelector")
        if place is None:
            continue
        quote = _selector(annotation, "TextQuoteSelector")
        name = annotation["target"]["source"]["id"].removeprefix("urn:travesia:document/")
        text = kept_text(folder, name)
        assert text is not None
        assert quote is not None
        words = text[place["start"] : place["end"]]
        assert words == quote["exact"]
        assert text.find(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 0
        assert hashlib.sha256(words.encode()).hexdigest() == annotation["target"]["travesia:sha256"]
        resolved += 1
    assert resolved > 50


def test_an_annotation_has_the_shape_of_the_model() -> None:
    (annotation,) = _annotations(Ledger((accept(invented(cites=(CITE,)), by="Ana Paz"),)))
    assert annotation["type"] == "Annotation"
    assert annotation["id"].startswith("urn:travesia:annotation/com:places/")
    assert annotation["created"] == annotation["modified"] == "2024-01-01T12:00:00Z"
    assert annotation["creator"] == {
        "id": "urn:travesia:person/Ana%20Paz", "type": "Person", "name": "Ana Paz",
    }  # fmt: skip
    assert annotation["generator"]["type"] == "Software"
    assert annotation["body"]["type"] == "travesia:commitment"
    assert annotation["body"]["travesia:fields"] == {"quantity": 20000, "unit": "person"}
    assert annotation["target"]["type"] == "SpecificResource"
    assert annotation["target"]["source"] == {
        "id": "urn:travesia:document/doc:a", "type": "Text", "format": "text/plain", "label": "Informe",
        "language": "es", "rights": "CC0", "travesia:sha256": "ab",
    }  # fmt: skip
    assert _selector(annotation, "TextPositionSelector") == {
        "type": "TextPositionSelector", "start": START, "end": START + len(QUOTE),
    }  # fmt: skip
    assert _selector(annotation, "TextQuoteSelector") == {
        "type": "TextQuoteSelector", "exact": QUOTE, "prefix": "Ayer, « ",
        "suffix": " » — según el informe de hoy.",
    }  # fmt: skip


def test_a_withheld_text_leaves_offsets_and_a_digest() -> None:
    hidden = replace(CITE, quote=None)
    (annotation,) = _annotations(Ledger((accept(invented(cites=(hidden,))),)), None)
    assert [one["type"] for one in annotation["target"]["selector"]] == ["TextPositionSelector"]
    assert annotation["target"]["travesia:sha256"] == CITE.sha256
    assert QUOTE not in json.dumps(annotation, ensure_ascii=False)


def test_without_the_text_a_quote_stands_alone() -> None:
    (annotation,) = _annotations(Ledger((accept(invented(cites=(CITE,))),)), None)
    assert _selector(annotation, "TextQuoteSelector") == {"type": "TextQuoteSelector", "exact": QUOTE}


def test_a_source_that_is_no_document_is_described() -> None:
    (annotation,) = _annotations(Ledger((accept(invented(cites=(Cite("a report on paper"),))),)))
    assert annotation["target"]["source"]["label"] == "a report on paper"
    assert "selector" not in annotation["target"]


def test_a_text_that_was_changed_is_named() -> None:
    ledger = Ledger((accept(invented(cites=(CITE,))),))
    with pytest.raises(InputError, match="com:places: doc:a does not hold the words cited at"):
        _annotations(ledger, TEXT.replace("20", "30"))


def test_proposals_are_not_annotated() -> None:
    assert _annotations(Ledger((propose(1), accept(invented(cites=(CITE,)))))) != []
    assert _annotations(Ledger((propose(1),))) == []


def _history() -> Ledger:
    """Three proposals of one document: one accepted by two people and amended, one rejected, two merged."""
    first, second, third, fourth = (
        invented(f"com:c{number}", cites=(CITE,), origin="rules@1", fields={"quantity": number})
        for number in range(1, 5)
    )
    proposals = [propose(number, one) for number, one in enumerate((first, second, third, fourth), start=1)]
    return Ledger(
        (
            *proposals,
            entry(Accept(of="pro:0000000000000001"), "Ana"),
            amend(replace(first, fields={"quantity": 5}, known_from=date(2023, 1, 1)), "Eva"),
            entry(Reject("pro:0000000000000002", "not so"), "Ana"),
            entry(Merge(("pro:0000000000000003", "pro:0000000000000004"), third), "Eva"),
        )
    )


def _ends(parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("used", "wasGeneratedBy", "wasAssociatedWith", "wasDerivedFrom", "specializationOf"):
        for relation in parts[name].values():
            yield from relation.items()


KINDS = {"activity": "activity", "agent": "agent"}


def test_provenance_leads_from_the_model_back_to_the_document() -> None:
    told = ledger_provenance(_history(), ROWS, {"com:c1": {"becomes": "level", "value": "5 person"}})
    assert told["prefix"] == {"travesia": "urn:travesia:"}
    for role, name in _ends(told):
        assert name in told[KINDS.get(role.removeprefix("prov:"), "entity")], (role, name)
    sources: dict[str, set[str]] = {}
    for one in told["wasDerivedFrom"].values():
        sources.setdefault(one["prov:generatedEntity"], set()).add(one["prov:usedEntity"])
    assert sources["travesia:input/com:c1"] == {"travesia:record/com:c1"}
    assert sources["travesia:record/com:c1/1"] == {
        "travesia:proposal/pro:0000000000000001", "travesia:document/doc:a",
    }  # fmt: skip
    assert "travesia:record/com:c1/1" in sources["travesia:record/com:c1/2"]
    assert sources["travesia:record/com:c3/1"] >= {
        "travesia:proposal/pro:0000000000000003", "travesia:proposal/pro:0000000000000004",
    }  # fmt: skip
    assert sources["travesia:proposal/pro:0000000000000002"] == {"travesia:document/doc:a"}
    assert "travesia:record/com:c2" not in told["entity"]
    people = {name for name, one in told["agent"].items() if one["prov:type"] == "prov:Person"}
    assert people == {"travesia:person/Ana", "travesia:person/Eva"}
    (reading,) = (name for name in told["activity"] if name.startswith("travesia:reading/"))
    assert reading == "travesia:reading/doc:a/rules@1"
    rejected = told["activity"]["travesia:decision/7"]
    assert (rejected["travesia:operation"], rejected["travesia:why"]) == ("reject", "not so")


def test_a_second_name_under_the_same_makes_no_second_version() -> None:
    record = invented("com:c1", cites=(CITE,))
    ledger = Ledger((accept(record, "Ana"), accept(record, "Eva")), {"*": 2})
    told = ledger_provenance(ledger, ROWS, {})
    assert {name for name in told["entity"] if name.startswith("travesia:record/")} == {
        "travesia:record/com:c1", "travesia:record/com:c1/1",
    }  # fmt: skip
    assert len(told["wasAssociatedWith"]) == 2


def test_the_table_has_a_row_for_each_record_and_a_column_for_each_field(americas: Ledger) -> None:
    table = records_table(americas)
    assert [row["id"] for row in table.rows] == [record.id for record in americas.accepted()]
    assert all(set(row) <= set(table.columns) for row in table.rows)
    title = next(row for row in table.rows if row["id"] == "pol:title-42")
    assert title["valid_from"].startswith("2020-03-")
    assert title["known_from"] == str(americas.versions("pol:title-42")[-1].known_from)
    cited = next(row for row in table.rows if "[" in row["cites"])
    assert cited["quotes"]


def test_a_field_called_as_a_column_keeps_its_own() -> None:
    record = invented(
        fields={"title": "Plan", "attribution": "x", "quantity": None}, attribution=("cty:USA",)
    )
    (row,) = records_table(Ledger((accept(record),))).rows
    assert (row["title (field)"], row["attribution (field)"], row["quantity"]) == ("Plan", "x", "")
    assert row["attribution"] == "cty:USA"


@pytest.mark.parametrize(
    ("form", "file"),
    [("web-annotation", "a.jsonld"), ("prov", "p.json"), ("records", "r.csv"), ("records", "r.xlsx")],
)
def test_the_same_ledger_gives_the_same_bytes(
    tmp_path: Path, travesia: Callable[..., Any], form: str, file: str
) -> None:
    one, other = tmp_path / file, tmp_path / f"again-{file}"
    for path in (one, other):
        assert travesia("ledger", "export", path, "americas", "--as", form).code == 0
    assert one.read_bytes() == other.read_bytes()
    assert str(tmp_path).encode() not in one.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a.csv", "--as", "prov"), "is no name for --as prov; name a file that ends in .json"),
        (("a.txt",), "is no name for --as review; name a file that ends in .csv or .xlsx"),
        (("a.json", "--as", "prov", "--status", "all"), "--status all: is for --as review; leave it out"),
        (("a.csv", "--reporter", "X"), "--reporter X: is for --as iati; leave it out"),
        (("a.xml", "--as", "iati"), "--reporter: is missing"),
        (("a.xml", "--as", "iati", "--reporter", "Me"), "--reporter Me: is not an identifier"),
    ],
)
def test_what_does_not_go_together_gets_one_line(
    tmp_path: Path, travesia: Callable[..., Any], words: tuple[str, ...], said: str
) -> None:
    done = travesia("ledger", "export", tmp_path / words[0], "americas", *words[1:])
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err
    assert list(tmp_path.iterdir()) == []
