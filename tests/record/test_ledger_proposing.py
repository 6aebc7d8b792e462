"""From what a reader found to proposals: the same document twice proposes nothing new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from travesia.record import Accept, Entry, Ledger, Propose, Reject, load_ledger, propose_all
from travesia.record.documents import Described, Document
from travesia.record.ledger.lines import chain_text
from travesia.record.ledger.validity import days_of, valid_days
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Proposal

AT = "2024-03-01T08:00:00Z"
WORDS = "El Gobierno de Belice se compromete a acoger a 600 personas en 2023, según se anunció."


def page(file: str = "belize.txt", text: str = WORDS) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=f"doc:{file}-{digest[:8]}", file=file, sha256=digest, text_sha256=digest, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text, described=Described(),
    )  # fmt: skip


def found(name: str = "com:1", kind: str = "commitment", start: int = 31, **fields: Any) -> Proposal:
    fields = {"actor": "cty:BLZ", "quantity": 600, "unit": "person", "period": "2023"} | fields
    return Proposal(name, kind, MappingProxyType(fields), (Extent(start, 59),), origin="rules@1")


def proposed(
    ledger: Ledger, *proposals: Proposal, document: Document | None = None, **changes: Any
) -> Ledger:
    given = {"published": "2022-06-10", "at": AT} | changes
    return ledger.with_entries(*propose_all(ledger, document or page(), proposals, **given))


def test_a_proposal_holds_what_was_read_and_where() -> None:
    doubt = Doubt("period", (Candidate("2023", "calendar year"), Candidate("2023-04/2024-03", "fiscal year")))
    proposal = Proposal(
        "com:1", "commitment", {"quantity": 600, "period": "2023", "target": ("a", 1)},
        (Extent(31, 59), Extent(0, 21)), "reported", "intended", ("cty:BLZ",), (doubt,), ("bound",),
        {"quantity": Extent(50, 53)}, "rules@1",
    )  # fmt: skip
    ledger = proposed(Ledger(()), proposal)
    (one,) = ledger.proposed()
    record = one.record
    assert (record.id, record.type, record.origin, one.by) == ("com:1", "commitment", "rules@1", "rules@1")
    assert dict(record.fields) == {"quantity": 600, "period": "2023", "target": ["a", 1]}
    assert [(cite.source, cite.quote) for cite in record.cites] == [
        (page().id, WORDS[31:59]), (page().id, "El Gobierno de Belice"),
    ]  # fmt: skip
    assert record.cites[0].sha256 == hashlib.sha256(WORDS[31:59].encode()).hexdigest()
    assert (record.certainty, record.modality, record.attribution) == ("reported", "intended", ("cty:BLZ",))
    assert (record.valid_from, record.valid_to) == (date(2022, 6, 10), date(2024, 1, 1))
    assert record.known_from == date(2022, 6, 10)
    assert (one.proposal.doubts, one.proposal.abstained) == ((doubt,), ("bound",))
    assert dict(one.proposal.slots) == {"quantity": Extent(50, 53)}


def test_words_that_may_not_be_shown_are_not_copied() -> None:
    ledger = proposed(Ledger(()), found(), withheld=True)
    (cite,) = ledger.proposed()[0].record.cites
    assert (cite.start, cite.end, cite.quote) == (31, 59, None)
    assert cite.sha256 == hashlib.sha256(WORDS[31:59].encode()).hexdigest()


@pytest.mark.parametrize("decision", [None, Accept, Reject])
def test_reading_again_proposes_nothing_new(decision: type | None, tmp_path: Any) -> None:
    proposals = (found(), found("com:2", start=20), found("fig:1", "figure"))
    ledger = proposed(Ledger(()), *proposals)
    assert len(ledger.proposed()) == 3
    if decision is not None:
        for one in ledger.proposed():
            operation = Accept(one.id) if decision is Accept else Reject(one.id, "no")
            ledger = ledger.with_entries(Entry(operation, "aa", AT))
    assert proposed(ledger, *proposals) == ledger
    newer = [replace(one, fields={**one.fields, "unit": "state"}, origin="rules@2") for one in proposals]
    assert proposed(ledger, *newer) == ledger
    path = tmp_path / "ledger.jsonl"
    path.write_text(chain_text(ledger.entries)[0], encoding="utf-8")
    assert proposed(load_ledger(path), *proposals).entries == load_ledger(path).entries


def test_another_rule_document_type_or_place_is_another_proposal() -> None:
    ledger = proposed(Ledger(()), found())
    assert len(proposed(ledger, found(start=30)).proposed()) == 2
    assert len(proposed(ledger, found("fig:1", "figure")).proposed()) == 2
    assert len(proposed(ledger, replace(found(), origin="llm:m+ab12")).proposed()) == 2
    assert len(proposed(ledger, found(), document=page(text=WORDS + " ")).proposed()) == 2


def test_the_same_bytes_under_another_name_are_the_same_document() -> None:
    ledger = proposed(Ledger(()), found())
    assert proposed(ledger, found(), document=page("copy.txt")) == ledger


def test_two_records_on_the_same_words_are_both_kept_and_a_double_is_not() -> None:
    two = (found(), found("com:2", quantity=7), found("com:3"))
    ledger = proposed(Ledger(()), *two)
    assert [one.record.fields["quantity"] for one in ledger.proposed()] == [600, 7]
    assert proposed(ledger, *two) == ledger


def test_ids_taken_get_the_document_behind_them_and_what_names_them_follows() -> None:
    summit = Proposal("ins:1", "instrument", {"name": "Pact"}, (Extent(0, 4),))
    member = Proposal(
        "par:1", "participation", {"of": "ins:1", "replaces": ["ins:1", {"who": "per:x"}]}, (Extent(5, 9),)
    )
    ledger = proposed(Ledger(()), summit, member)
    other = page(text=WORDS.replace("600", "700"))
    short = other.sha256[:8]
    second = proposed(ledger, summit, member, document=other)
    records = [one.record for one in second.proposals()]
    assert [record.id for record in records] == ["ins:1", "par:1", f"ins:1-{short}", f"par:1-{short}"]
    assert records[1].fields["of"] == "ins:1"
    assert dict(records[3].fields) == {
        "of": f"ins:1-{short}", "replaces": [f"ins:1-{short}", {"who": "per:x"}]
    }  # fmt: skip
    third = Proposal("par:2", "participation", {"of": "ins:1"}, (Extent(11, 14),))
    late = proposed(second, summit, third, document=other).proposals()[-1].record
    assert late.fields["of"] == f"ins:1-{short}"


def test_an_id_that_no_record_may_have_is_put_right() -> None:
    ledger = proposed(Ledger(()), found("com:Los Ángeles/20"), found("com:--", start=3))
    assert [one.record.id for one in ledger.proposed()] == ["com:los-angeles-20", "com:unnamed"]


@pytest.mark.parametrize(
    ("published", "known", "dated"),
    [
        ("2022-06-10", date(2022, 6, 10), True), ("2022-06", date(2022, 6, 30), True),
        ("2022", date(2022, 12, 31), True), (None, date(2024, 3, 1), False),
    ],
)  # fmt: skip
def test_a_record_is_known_from_the_last_day_that_its_document_may_have(
    published: str | None, known: date, dated: bool
) -> None:
    (one,) = proposed(Ledger(()), found(), published=published).proposed()
    assert (one.record.known_from, one.proposal.dated) == (known, dated)


D = date
KNOWN = D(2022, 12, 20)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2022-06-10", (D(2022, 6, 10), D(2022, 6, 10))), ("2022-02", (D(2022, 2, 1), D(2022, 2, 28))),
        ("2023", (D(2023, 1, 1), D(2023, 12, 31))), ("2022-10/2024-09", (D(2022, 10, 1), D(2024, 9, 30))),
        ("2017/", (D(2017, 1, 1), None)), ("2022-06-10~", (D(2022, 6, 10), D(2022, 6, 10))),
        ("soon", (None, None)), (None, (None, None)), (2023, (None, None)), ("2022-13", (None, None)),
    ],
)  # fmt: skip
def test_dates_as_records_write_them(value: object, days: tuple[D | None, D | None]) -> None:
    assert days_of(value) == days


@pytest.mark.parametrize(
    ("kind", "fields", "days"),
    [
        ("policy", {"status": "in_force"}, (KNOWN, None)),
        ("policy", {"status": "announced"}, (None, None)),
        ("policy", {"start": "2020-03-21", "expected_end": "2022-12-21"}, (D(2020, 3, 21), D(2022, 12, 22))),
        (
            "policy",
            {"start": "2020-03-21", "expected_end": "2022-12-21", "contingency": {"kind": "court"}},
            (D(2020, 3, 21), None),
        ),
        ("policy", {"start": "2020-03-21", "end": "2023-05-11"}, (D(2020, 3, 21), D(2023, 5, 12))),
        ("commitment", {}, (KNOWN, None)),
        ("commitment", {"period": "2021-10/2022-09"}, (D(2021, 10, 1), D(2022, 10, 1))),
        ("commitment", {"period_start": "2023-01-01"}, (KNOWN, None)),
        ("event", {"date": "2022-06-10"}, (D(2022, 6, 10), D(2022, 6, 11))),
        ("event", {"start": "2022-06-06", "end": "2022-06-10"}, (D(2022, 6, 6), D(2022, 6, 11))),
        ("figure", {"as_of": "2022-06"}, (D(2022, 6, 1), D(2022, 7, 1))),
        ("statement", {"date": "2022-06-10"}, (D(2022, 6, 10), None)),
        ("instrument", {"adopted": "2022-06-10"}, (D(2022, 6, 10), None)),
        ("participation", {}, (None, None)),
        ("event", {"start": "2022-06-10", "end": "2022-06-06"}, (None, None)),
    ],
)
def test_when_a_record_holds(kind: str, fields: Mapping[str, Any], days: tuple[D | None, D | None]) -> None:
    assert valid_days(kind, fields, KNOWN) == days


def test_entries_are_proposals_and_nothing_else() -> None:
    entries = propose_all(Ledger(()), page(), [found()], published=None, at=AT)
    assert [type(one.operation) for one in entries] == [Propose]
