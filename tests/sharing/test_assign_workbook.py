"""``travesia assign`` from workbooks and to them: the same answers and the same errors as with CSV."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest
from assigning import as_workbook, as_workbooks, write_files
from test_assign_command import BAD, CLASHES

from travesia.cli import call
from travesia.sharing import NOTICE
from travesia.terms import read_rows

EVERYTHING = {
    "compatible": "case,place\nc1,a\nc1,b\nc2,a\nc2,b\nc3,a\nc3,b\nc4,b\n",
    "needs": "case,kind,value\nc3,language,es\n",
    "offers": "place,kind,value\na,language,fr\nb,language,*\nb,size,3\n",
    "links": "case,with\nc2,c3\n",
    "ties": "case,place\nc2,b\n",
    "vetoes": "case,place\nc4,a\n",
    "forbids": "case,place\nc4,a\n",
    "preferences": "case,place,bonus\nc1,a,0.25\n",
    "pins": "case,place,reason\nc1,a,decided\n",
    "states": "state,lower_share,upper_share\nXXX,0,0.9\n",
    "groups": "case,group\nc1,g1\nc2,g2\nc3,g2\n",
    "params": "option,value\nunplaced_penalty,0.5\ngroup_per,people\ngroup_floors.g2,0.1\n",
}
WIDE = {"scores": "case,a,b\nc1,1.5,0.5\nc2,0.7,0.2\nc3,0.4,0.6\nc4,,0.1\n"}


def answer(capsys, path):
    assert call(["assign", str(path), "--json", "--quiet", "--explain"]) == 0
    found = json.loads(capsys.readouterr().out)
    return found | {"seconds": 0}


@pytest.mark.parametrize("changed", [{}, EVERYTHING, WIDE])
def test_every_form_gives_the_same_answer(tmp_path, capsys, changed):
    folder = write_files(tmp_path / "in", changed)
    one, book = answer(capsys, folder), answer(capsys, as_workbook(folder))
    assert one == book == answer(capsys, as_workbooks(folder))
    assert one["placed"] >= 3


def test_options_in_a_table_are_those_of_toml(tmp_path, capsys):
    folder = write_files(tmp_path / "in", EVERYTHING)
    table = answer(capsys, folder)
    (folder / "params.csv").unlink()
    (folder / "params.toml").write_text(
        'unplaced_penalty = 0.5\ngroup_per = "people"\n[group_floors]\ng2 = 0.1\n'
    )
    assert answer(capsys, folder) == table


def refused(capsys, path):
    assert call(["assign", str(path), "--quiet"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize(("changed", "says"), BAD)
def test_bad_input_names_sheet_row_and_column(tmp_path, capsys, changed, says):
    for name in changed:
        says = says.replace(f"{name}.csv", f"in.xlsx#{name}")
    says = says.replace(": file is unknown", ": sheet is unknown")
    assert says in refused(capsys, as_workbook(write_files(tmp_path / "in", changed)))


@pytest.mark.parametrize(("changed", "says"), BAD[::4])
def test_bad_input_names_the_workbook_of_a_folder(tmp_path, capsys, changed, says):
    says = says.replace(".csv", ".xlsx")
    assert says in refused(capsys, as_workbooks(write_files(tmp_path / "in", changed)))


@pytest.mark.parametrize(("changed", "conditions"), CLASHES)
def test_a_clash_names_sheets(tmp_path, capsys, changed, conditions):
    said = refused(capsys, as_workbook(write_files(tmp_path / "in", changed)))
    for words in conditions:
        assert re.sub(r"(\w+)\.csv", r"in.xlsx#\1", words) in said


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["surprise", 1]], "in.xlsx#params:2: surprise: option is unknown"),
        ([["unplaced_penalty", -1]], "in.xlsx#params:2: unplaced_penalty -1.0: is negative"),
        ([["unplaced_penalty", True]], "in.xlsx#params:2: unplaced_penalty True: is not a number"),
        (
            [["group_per", "case"], ["group_per", "case"]],
            "in.xlsx#params:3: option group_per: row stands twice",
        ),
        ([["group_floors.nobody", 1]], "in.xlsx#params:2: group_floors.nobody: group has no case"),
        ([["floor_penalty", None]], "in.xlsx#params:2: value: is empty"),
    ],
)
def test_bad_options_in_a_sheet(tmp_path, capsys, rows, says):
    path = as_workbook(write_files(tmp_path / "in", {}))
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("params")
    for row in [["option", "value"], *rows]:
        sheet.append(row)
    book.save(path)
    assert says in refused(capsys, path)


def test_a_sheet_is_found_whatever_its_capitals_and_lists_behind_cells_are_left_alone(tmp_path, capsys):
    folder = write_files(tmp_path / "in", {})
    plain = answer(capsys, folder)
    path = as_workbook(folder)
    book = openpyxl.load_workbook(path)
    book["cases"].title = "to be renamed"
    book["to be renamed"].title = "Cases"
    book.create_sheet("empty")
    book.create_sheet("lists").append(["a list"])
    book["lists"].sheet_state = "hidden"
    book.save(path)
    assert answer(capsys, path) == plain
    book["lists"].sheet_state = "visible"
    book.save(path)
    assert "in.xlsx#lists: sheet is unknown" in refused(capsys, path)


def test_what_is_no_table_missing_or_there_twice(tmp_path, capsys):
    folder = write_files(tmp_path / "in", {})
    path = as_workbook(folder)
    (folder / "~$cases.xlsx").write_bytes(b"open elsewhere")
    (folder / "notes.txt").write_text("anything")
    assert call(["assign", str(folder), "--quiet"]) == 0
    capsys.readouterr()
    (folder / "vetoes.ods").write_bytes(b"PK")
    assert "vetoes.ods: is a .ods file; save it as XLSX" in refused(capsys, folder)
    (folder / "vetoes.ods").rename(folder / "scores.xlsx")
    assert "scores.xlsx: stands beside scores.csv; keep one" in refused(capsys, folder)
    assert "is neither a folder nor a workbook" in refused(capsys, folder / "cases.csv")
    book = openpyxl.load_workbook(path)
    del book["scores"]
    book.save(path)
    assert "in.xlsx: sheet scores is missing; add it" in refused(capsys, path)
    path.write_bytes(b"PK nothing")
    assert "in.xlsx: workbook is damaged" in refused(capsys, path)


def test_out_may_be_one_workbook(tmp_path, capsys):
    folder = write_files(tmp_path / "in", EVERYTHING)
    out = tmp_path / "out.xlsx"
    assert call(["assign", str(folder), "--out", str(out), "--json", "--quiet"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert openpyxl.load_workbook(out).sheetnames == ["placements", "unplaced", "prices", "groups", "notice"]
    rows = [cells for _, cells in read_rows(tmp_path / "out.xlsx#placements")[1]]
    assert [(row["case"], row["place"]) for row in rows] == [
        (row["case"], row["place"]) for row in found["placements"]
    ]
    assert {row["notice"] for row in rows} == {NOTICE}
    notice = {row["item"]: row["value"] for _, row in read_rows(tmp_path / "out.xlsx#notice")[1]}
    assert notice["notice"] == NOTICE
    assert float(notice["objective"]) == found["objective"]
    assert notice["status"] == "optimal"
    assert call(["assign", str(folder), "--out", str(out), "--quiet"]) == 2
    assert "exists already" in capsys.readouterr().err
    whole = out.read_bytes()
    assert call(["assign", str(folder), "--out", str(out), "--quiet", "--force"]) == 0
    assert out.read_bytes() == whole
    capsys.readouterr()
    assert call(["assign", str(folder), "--out", str(tmp_path / "out.csv"), "--quiet"]) == 2
    assert "name a folder or an .xlsx file" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_an_infeasible_input_leaves_no_workbook(tmp_path, capsys):
    folder = write_files(tmp_path / "in", CLASHES[0][0])
    assert call(["assign", str(folder), "--out", str(tmp_path / "out.xlsx"), "--quiet"]) == 2
    capsys.readouterr()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
