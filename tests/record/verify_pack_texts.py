"""The public texts of the Americas pack: every cite holds, and the reader finds most of what was accepted."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from invented_records import PACKS

from travesia.record import Ledger, kept_documents, kept_text
from travesia.record.ledger.operations import Accept, Merge, Propose, records_of
from travesia.record.ledger.validity import days_of

ROOT = Path(__file__).parents[2]
PACK = PACKS / "americas"
TEXTS = ROOT.parent / "shared" / "texts"


@pytest.fixture
def reviewed(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    __import__("reviewed")
    return sys.modules["reviewed"]


def test_twenty_texts_ship_as_they_are_and_may():
    rows = kept_documents(PACK)
    assert len(rows) == 20
    assert Counter(row["language"] for row in rows.values()) == {"en": 10, "es": 3, "fr": 3, "pt": 4}
    for name, row in rows.items():
        assert row["licence"].startswith("public domain"), name
        assert row["publisher"], name
        text = kept_text(PACK, name)
        assert text is not None, name
        if TEXTS.is_dir():
            assert (TEXTS / row["file"]).read_bytes() == text.encode("utf-8")


def test_every_cite_of_a_text_in_the_ledger_holds(americas: Ledger):
    records = [record for entry in americas.entries for record in records_of(entry.operation)]
    cites = [cite for record in records for cite in record.cites if cite.source.startswith("doc:")]
    assert len(cites) > 200
    for cite in cites:
        text = kept_text(PACK, cite.source)
        assert text is not None
        assert cite.start is not None
        assert text[cite.start : cite.end] == cite.quote
        assert hashlib.sha256((cite.quote or "").encode()).hexdigest() == cite.sha256


def test_every_text_supports_a_record_and_nothing_is_left_undecided(americas: Ledger):
    cited = {cite.source for record in americas.accepted() for cite in record.cites}
    assert set(kept_documents(PACK)) <= cited
    assert americas.proposed() == ()


def test_what_the_reader_proposed_stands_before_what_was_accepted_of_it(americas: Ledger):
    proposed = [entry for entry in americas.entries if isinstance(entry.operation, Propose)]
    accepted = {entry.operation.of for entry in americas.entries if isinstance(entry.operation, Accept)}
    merged = {entry.operation.of[0] for entry in americas.entries if isinstance(entry.operation, Merge)}
    assert all(entry.by.startswith("rules@") for entry in proposed)
    assert {entry.operation.id for entry in proposed} == (accepted | merged) - {None}


def test_nothing_that_a_text_says_was_known_before_it(americas: Ledger):
    rows = kept_documents(PACK)
    for record in (version for name in americas.record_ids() for version in americas.versions(name)):
        sources = {cite.source for cite in record.cites} & set(rows)
        if sources:
            days = (days_of(rows[one]["date"])[1] for one in sources)
            assert record.known_from >= max(day for day in days if day is not None)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the public texts are not at hand")
def test_the_reader_proposes_most_of_what_was_accepted(
    reviewed: ModuleType, capsys: pytest.CaptureFixture[str]
):
    texts = reviewed.pack_texts(PACK)
    wanted = reviewed.cites_of(texts)
    found = reviewed.proposals_of(
        texts, reviewed.read_texts(TEXTS, PACK / "places.csv", "2026-11-22T00:00:00Z")
    )
    with capsys.disabled():
        sys.stdout.write(f"\n[reader] proposes {len(found)} of {len(wanted)} accepted records of the texts\n")
    assert len(found) > 0.6 * len(wanted)
