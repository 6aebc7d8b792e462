"""The index: what it finds, and that it is thrown away as soon as it is not of these very files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from invented_records import PACKS, accept, amend, entry, invented, propose

from travesia.record import (
    Accept,
    Reject,
    Wanted,
    append,
    find_items,
    load_ledger,
    name_of,
    open_index,
    open_ledger,
)
from travesia.record.ledger.index import _TABLES, searches_texts
from travesia.terms import Cite

ENTRIES = (
    accept(invented(fields={"commitment": "Réinstaller des réfugiés", "actor": ["USA"]})),
    accept(invented("pol:door", type="policy", fields={"name": "The door", "authority": ["MEX", "USA"]})),
    propose(1, invented("com:c1", cites=(Cite("other", 1, 9, "cien por ciento"),), fields={"iso3": "MEX"})),
    propose(2), propose(3),
    entry(Reject("pro:0000000000000002", "no")), entry(Accept("pro:0000000000000003")),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "project.toml").write_text('format = 1\npack = "toy"\n', encoding="utf-8")
    path = tmp_path / "ledger.jsonl"
    append(open_ledger(path=path), *ENTRIES)
    return path


@pytest.fixture
def kept(path: Path) -> Path:
    return path.parent / ".travesia" / "ledger.sqlite"


@pytest.fixture(params=["full text", "plain"])
def index(request: pytest.FixtureRequest, path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_index(path)) as index:
        if request.param == "full text":
            assert searches_texts(index)
            yield index
            return
        with closing(sqlite3.connect(":memory:")) as plain:
            plain.executescript(_TABLES)
            for table, columns in (("item", 11), ("actor", 2), ("cite", 5)):
                marks = ", ".join("?" * columns)
                plain.executemany(
                    f"INSERT INTO {table} VALUES ({marks})", index.execute(f"SELECT * FROM {table}")
                )
            yield plain


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), ["com:places", "pol:door", "com:c3", "pro:0000000000000001", "pro:0000000000000002"]),
        (Wanted(type="policy"), ["pol:door"]),
        (Wanted(status="proposed"), ["pro:0000000000000001"]),
        (Wanted(status="rejected"), ["pro:0000000000000002"]),
        (Wanted(status="accepted", type="commitment"), ["com:places", "com:c3"]),
        (Wanted(iso3="mex"), ["pol:door", "pro:0000000000000001"]),
        (Wanted(iso3="MEX", type="commitment"), ["pro:0000000000000001"]),
        (Wanted(document="other"), ["pro:0000000000000001"]),
        (Wanted(words="ciento CIEN"), ["pro:0000000000000001"]),
        (Wanted(words="cien puertas"), []),
        (Wanted(words="door"), ["pol:door"]),
        (Wanted(words='100% "a_b" OR \' -- *'), []),
        (Wanted(words="Réinst"), ["com:places"]),
    ],
)
def test_what_is_wanted_is_found(index: sqlite3.Connection, wanted: Wanted, ids: list[str]) -> None:
    assert list(find_items(index, wanted)) == ids


NAMES = [
    ({"name": "Title 42", "kind": "expulsion_or_return"}, "Title 42"),
    ({"speaker": "per:lozano", "stance": "refuse", "topic": "the criticism"}, "the criticism"),
    ({"speaker": "per:lozano", "stance": "refuse"}, "per:lozano refuse"),
    ({"actor": "CUB", "role": "not_invited"}, "CUB not_invited"),
    ({}, "sta:one"),
]


@pytest.mark.parametrize(("fields", "called"), NAMES)
def test_a_record_is_called_by_its_name_or_by_who_said_or_did_what(
    fields: dict[str, str], called: str
) -> None:
    assert name_of(invented("sta:one", type="statement", fields=fields)) == called


def test_texts_are_searched_without_accents(path: Path) -> None:
    with closing(open_index(path)) as index:
        assert find_items(index, Wanted(words="reinstaller")) == ("com:places",)


def test_the_index_is_kept_and_made_again_when_the_ledger_grows(path: Path, kept: Path) -> None:
    open_index(path).close()
    first = kept.stat().st_mtime_ns
    open_index(path).close()
    assert kept.stat().st_mtime_ns == first
    append(open_ledger(path=path), accept(invented("com:more")))
    with closing(open_index(path)) as index:
        assert "com:more" in find_items(index, Wanted())
    assert kept.stat().st_mtime_ns != first
    assert sorted(file.name for file in kept.parent.iterdir()) == [
        ".gitignore", "ledger.head", "ledger.lock", "ledger.sqlite",
    ]  # fmt: skip


def test_an_index_made_under_another_rule_of_acceptance_is_made_again(path: Path) -> None:
    open_index(path).close()
    with closing(open_index(path, acceptances={"*": 2})) as index:
        assert find_items(index, Wanted(status="accepted")) == ()


@pytest.mark.parametrize("harm", [b"", b"no database at all", None])
def test_a_broken_index_is_made_again_without_a_word(path: Path, kept: Path, harm: bytes | None) -> None:
    open_index(path).close()
    kept.write_bytes(kept.read_bytes()[:5000] if harm is None else harm)
    with closing(open_index(path)) as index:
        assert len(find_items(index, Wanted())) == 5


def test_what_the_index_says_is_never_what_the_ledger_reads(path: Path, kept: Path) -> None:
    open_index(path).close()
    with closing(sqlite3.connect(kept)) as index, index:
        index.execute("DELETE FROM item")
    assert len(load_ledger(path).accepted()) == 3


def test_a_shipped_pack_is_indexed_in_memory(kept: Path, path: Path) -> None:
    shipped = PACKS / "americas" / "ledger.jsonl"
    with closing(open_index(shipped)) as index:
        signed = find_items(index, Wanted(type="participation", iso3="BRA"))
        assert signed == ("par:la-declaration-bra", "par:la-implementation-launch-bra")
    assert not (shipped.parent / ".travesia").exists()
    with closing(open_index(shipped, path)) as index:
        assert {"par:la-declaration-bra", "com:places"} <= set(find_items(index, Wanted()))
    assert kept.exists()


def test_a_folder_that_cannot_be_written_to_is_indexed_in_memory(
    path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("travesia.record.ledger.index.work_folder", refuse)
    with closing(open_index(path)) as index:
        assert len(find_items(index, Wanted())) == 5
    assert not kept.exists()


def test_an_amendment_replaces_the_row(path: Path) -> None:
    append(open_ledger(path=path), amend(invented(fields={"commitment": "Open a window"})))
    with closing(open_index(path)) as index:
        assert find_items(index, Wanted(words="window")) == ("com:places",)
        assert find_items(index, Wanted(words="Réinstaller")) == ()
