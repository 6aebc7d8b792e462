"""The workbook: one sheet a state, one a table; missing stays missing; nothing becomes a formula."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from invented import with_tables

from travesia.report import workbook
from travesia.report import workbook as write
from travesia.report.workbook import SHEET_ROWS, sheet_name
from travesia.study import Study
from travesia.terms import UsageError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(path: Path) -> dict[str, list[list[str | float | None]]]:
    """Read an XLSX with the standard library only: sheet name to rows."""
    with zipfile.ZipFile(path) as file:
        texts = [
            "".join(t.text or "" for t in item.iter(f"{MAIN}t"))
            for item in _xml(file, "xl/sharedStrings.xml")
        ]
        names = [sheet.attrib["name"] for sheet in _xml(file, "xl/workbook.xml").iter(f"{MAIN}sheet")]
        return {
            name: _rows(_xml(file, f"xl/worksheets/sheet{i}.xml"), texts) for i, name in enumerate(names, 1)
        }


def _xml(file: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(file.read(name))


def _rows(sheet: ElementTree.Element, texts: list[str]) -> list[list[str | float | None]]:
    rows: list[list[str | float | None]] = []
    for row in sheet.iter(f"{MAIN}row"):
        cells: dict[int, str | float | None] = {}
        for cell in row:
            letters = re.match(r"[A-Z]+", cell.attrib["r"])
            assert letters is not None
            column = 0
            for letter in letters.group():
                column = column * 26 + ord(letter) - 64
            value = cell.find(f"{MAIN}v")
            assert cell.find(f"{MAIN}f") is None, "no formula"
            if value is not None and value.text is not None:
                cells[column] = texts[int(value.text)] if cell.attrib.get("t") == "s" else float(value.text)
        rows.append([cells.get(i) for i in range(1, max(cells, default=0) + 1)])
    return rows


@pytest.fixture(scope="module")
def book(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "study.xlsx"
    workbook(study, path)
    return path


def test_there_is_a_sheet_for_every_state_and_every_table(study: Study, book: Path) -> None:
    found = sheets(book)
    states = study.region.countries.filter(pl.col("la_declaration"))["name_en"].to_list()
    assert set(states) <= set(found)
    assert set(study.tables) <= set(found)
    assert len(found) == 1 + 20 + len(study.tables)


def test_tables_come_through_whole(study: Study, book: Path) -> None:
    rows = sheets(book)["scores_as_of"]
    table = study.tables["scores_as_of"]
    assert rows[0] == table.columns
    assert len(rows) == table.height + 1
    values = [row[3] if len(row) > 3 else None for row in rows[1:]]
    assert values == table["observed"].to_list(), "a missing number is an empty cell"


def test_a_state_without_figures_says_not_reported_and_never_zero(study: Study, book: Path) -> None:
    silent = study.tables["shares"].filter(pl.col("hosted_people").is_null())["name_en"][0]
    told = {row[0]: row[1] for row in sheets(book)[silent] if len(row) > 1}
    assert told["Hosted, people"] == "not reported"
    assert told["Share minus hosted"] == "not reported"


def test_a_state_has_its_commitments(book: Path) -> None:
    text = str(sheets(book)["United States"])
    assert "Refugees resettled" in text
    assert "6312" in text
    assert "in progress" in text
    assert "No commitment of this state" in str(sheets(book)["Peru"])


def test_text_never_becomes_a_formula(study: Study, tmp_path: Path) -> None:
    policies = study.tables["policies"].with_columns(
        description=pl.lit("=1+1"), source=pl.lit("http://a.example")
    )
    write(with_tables(study, {"policies": policies}), tmp_path / "hostile.xlsx")
    assert "=1+1" in str(sheets(tmp_path / "hostile.xlsx")["policies"])


def test_the_same_study_gives_the_same_bytes(study: Study, book: Path, tmp_path: Path) -> None:
    workbook(study, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_a_table_that_no_sheet_can_hold_is_refused_before_writing(study: Study, tmp_path: Path) -> None:
    long = pl.DataFrame({"n": pl.int_range(SHEET_ROWS, eager=True)})
    with pytest.raises(UsageError, match="table outcomes: 1048576 rows do not fit"):
        workbook(with_tables(study, {"outcomes": long}), tmp_path / "long.xlsx")
    assert not (tmp_path / "long.xlsx").exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Peru", "Peru"),
        ("a/b:c*d?e[f]\\g", "a b c d e f  g"),
        ("Saint Vincent and the Grenadines and more", "Saint Vincent and the Grenadine"),
    ],
)
def test_sheet_names_are_allowed(title: str, name: str) -> None:
    assert sheet_name(title) == name
