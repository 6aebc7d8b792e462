"""The reference page of the study folder says what a study holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from travesia.cli import call
from travesia.study import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "study-folder.md"
COLUMN = re.compile(r"^\| `(\w+)` \| (\w+) \| .+ \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("study") / "out"
    assert call(["run", "toy", "--runs", "3", "--quiet", "--out", str(target)]) == 0
    return target


def described() -> dict[str, list[tuple[str, str]]]:
    """Return (column, type) of each table that the page describes."""
    parts = re.split(r"^## (\w+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name: COLUMN.findall(text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}


def test_every_table_and_column_with_its_type_is_described(folder):
    package = json.loads((folder / "datapackage.json").read_text())
    held = {
        resource["name"]: [(field["name"], field["type"]) for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    }
    assert described() == held


def test_the_names_of_the_tables_are_listed():
    assert sorted(TABLES) == sorted(described())


def test_every_file_is_described(folder):
    head = PAGE.read_text(encoding="utf-8").split("## ")[0]
    for path in folder.iterdir():
        assert f"`{path.name}" in head, path.name
