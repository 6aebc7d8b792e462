"""``travesia ledger systems``: every name of the list is checked, and nothing works that lacks one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from travesia.cli import call
from travesia.record import load_ledger
from travesia.region import find_pack
from travesia.study import System, systems_of
from travesia.terms import ScenarioError

TOY = find_pack("toy").base


def listed(capsys: pytest.CaptureFixture[str]) -> dict[int, dict[str, object]]:
    assert call(["ledger", "systems", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    return {row["system"]: row for row in rows}


def test_all_38_rows_are_there_and_say_what_they_are(capsys: pytest.CaptureFixture[str]):
    rows = listed(capsys)
    assert list(rows) == list(range(1, 39))
    for row in rows.values():
        assert set(row) >= {"system", "title", "records", "used_by", "works"}
        assert row["works"] is (bool(row["records"]) and not row["missing"] and row["open"] is None)
        assert row["works"] or row["missing"] or row["open"]
    assert rows[1]["works"]
    assert len([name for name in rows[1]["records"] if name.startswith("par:la-declaration-")]) == 20


def test_what_no_public_document_says_is_open(capsys: pytest.CaptureFixture[str]):
    rows = listed(capsys)
    for number in (6, 22, 24, 25, 26, 27, 29, 33, 34, 35, 36, 38):
        assert (rows[number]["records"], rows[number]["works"]) == ([], False)
        assert rows[number]["open"] == "no public document in the ledger"


def test_no_name_of_the_list_is_missing(capsys: pytest.CaptureFixture[str]):
    assert {number: row["missing"] for number, row in listed(capsys).items() if row["missing"]} == {}


def own(tmp_path: Path, text: str) -> tuple[System, ...]:
    folder = tmp_path / "pack"
    shutil.copytree(TOY, folder)
    (folder / "systems.toml").write_text(text, encoding="utf-8")
    ledger = load_ledger(folder / "ledger.jsonl")
    return systems_of(folder, ledger, lambda line: line == "share")


@pytest.mark.parametrize(
    ("table", "records", "missing", "works"),
    [
        ('records = ["par:toy-pact-*"]\nused_by = ["command:share"]', 3, (), True),
        ('records = ["ins:toy-pact"]\nused_by = ["command:shares"]', 1, ("command:shares",), False),
        ('records = ["ins:toy-pact", "com:none"]', 1, ("com:none",), False),
        ('records = ["ins:toy-pact"]\nused_by = ["key:none", "key:equal"]', 1, ("key:none",), False),
        ('records = ["ins:toy-pact"]\nopen = "not yet"', 1, (), False),
        ('used_by = ["command:share"]', 0, (), False),
    ],
)
def test_a_system_works_if_nothing_is_missing_or_open(
    tmp_path: Path, table: str, records: int, missing: tuple[str, ...], works: bool
):
    (found,) = own(tmp_path, f'[systems.1]\ntitle = "A pact"\n{table}\n')
    assert (len(found.records), found.missing, found.works) == (records, missing, works)


def test_an_unknown_kind_is_named_with_its_line(tmp_path: Path):
    with pytest.raises(ScenarioError, match=r"systems\.toml:3: .*colour:red.*unknown kind"):
        own(tmp_path, '[systems.1]\ntitle = "A pact"\nused_by = ["colour:red"]\n')


def test_a_pack_without_a_list_says_so(capsys: pytest.CaptureFixture[str]):
    assert call(["ledger", "systems", "toy"]) == 2
    assert "systems.toml: file is missing" in capsys.readouterr().err
