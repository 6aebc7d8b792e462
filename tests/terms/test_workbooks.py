from __future__ import annotations

import datetime as dt
import io
import zipfile
from datetime import date

import dataframely as dy
import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from travesia.terms import (
    PackError,
    read_header,
    read_rows,
    read_table,
    sheet_names,
    write_table,
    write_workbook,
)


class Needs(dy.Schema):
    iso3 = dy.String(primary_key=True, regex="^[A-Z]{3}$", description="ISO 3166 alpha-3")
    need_usd = dy.Float64(min=0, description="need, US dollars")
    day = dy.Date(nullable=True, description="day of the figure")
    open = dy.Bool(nullable=True, description="1: open")
    note = dy.String(nullable=True, description="a remark")


HEADER = ["iso3", "need_usd", "day", "open", "note"]
GOOD = ["COL", 1.5, date(2024, 1, 2), True, "ok"]


@pytest.fixture
def book(tmp_path):
    """Write sheets of rows and return the path; `change` may do more to the workbook."""

    def put(sheets, change=None, name="needs.xlsx"):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
        if change:
            change(made)
        made.save(tmp_path / name)
        return tmp_path / name

    return put


def fault(path):
    with pytest.raises(PackError) as caught:
        read_table(path, Needs)
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith(str(path))
    return text.removeprefix(str(path))


def sheet(path, name):
    return path.with_name(f"{path.name}#{name}")


def test_a_sheet_is_the_table_that_the_same_csv_file_is(book, tmp_path):
    path = book({"Needs": [HEADER, GOOD, ["PER", 1e15, None, False, None], ["ECU", 7, None, None, "  x "]]})
    csv = tmp_path / "needs.csv"
    csv.write_text(
        "iso3,need_usd,day,open,note\nCOL,1.5,2024-01-02,TRUE,ok\n"
        "PER,1000000000000000,,FALSE,\nECU,7,,,  x \n"
    )
    assert_frame_equal(read_table(path, Needs), read_table(csv, Needs))
    assert read_rows(path) == read_rows(csv)


def test_a_number_reads_as_the_digits_that_a_spreadsheet_keeps(book):
    path = book({"Needs": [["a", "b", "c"], [0.777, 1234567890123.45, 3.0]]})
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    # Excel itself keeps the tail of =0.1+0.2 in the file and shows 0.3.
    parts[sheet] = parts[sheet].replace(b"<v>0.777<", b"<v>0.30000000000000004<")
    assert b"0.30000000000000004" in parts[sheet]
    with zipfile.ZipFile(path, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    assert read_rows(path)[1] == [(2, {"a": "0.3", "b": "1234567890123.45", "c": "3"})]


def test_rows_count_as_in_the_spreadsheet_and_empty_ones_are_passed_over(book):
    def change(made):
        sheet = made["Needs"]
        for at, value in enumerate(HEADER, start=1):
            sheet.cell(3, at, value)
        for at, value in enumerate(["COL", -1, None, None, None], start=1):
            sheet.cell(7, at, value)

    path = book({"Needs": []}, change)
    assert fault(path).startswith(":7: need_usd -1: is too small; ")
    assert read_rows(path)[1][0][0] == 7


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["COL", "many"], ":2: need_usd many: is not a number; "),
        (["COL", date(2024, 5, 6)], ":2: need_usd 2024-05-06: is not a number; "),
        (["COL", dt.datetime(2024, 5, 6, 7, 8)], ":2: need_usd 2024-05-06 07:08:00: is not a number; "),
        (["COL", True], ":2: need_usd TRUE: is not a number; "),
        (["COL", "#DIV/0!"], ":2: need_usd #DIV/0!: is what a failed formula shows; "),
        (["COL", None], ":2: need_usd: is empty; "),
        (["COL", 1, None, None, None, None, "x"], ":2: row has 7 cells, the header has 5; "),
        (["COL", "=1+1"], ":2: need_usd: is a formula without a calculated value; "),
        ([None, None, "=A1"], ":2: day: is a formula without a calculated value; "),
    ],
)
def test_a_cell_that_will_not_do_is_named_in_one_line(book, row, said):
    assert fault(book({"Needs": [HEADER, row]})).startswith(said)


def test_a_formula_stands_for_the_value_saved_with_it(tmp_path):
    import xlsxwriter

    path = tmp_path / "needs.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["iso3", "need_usd", "empty"])
        sheet.write_string(1, 0, "COL")
        sheet.write_formula(1, 1, "=1+1", value=2)
    assert read_rows(path)[1] == [(2, {"iso3": "COL", "need_usd": "2", "empty": ""})]


def test_headers_that_name_no_column_or_one_twice_are_refused(book):
    assert fault(book({"Needs": [["iso3", None, "need_usd"]]})).startswith(":1: B: column has no name; ")
    twice = book({"Needs": [["iso3", "iso3"]]})
    assert fault(twice).startswith(":1: iso3: column stands twice; ")


def test_of_several_sheets_none_is_guessed(book):
    sheets = {"Needs": [HEADER, GOOD], "Last year": [HEADER, ["PER", 2, None, None, None]]}
    path = book(sheets)
    assert fault(path) == ": has 2 sheets: Needs, Last year; choose one: needs.xlsx#Needs"
    assert read_table(sheet(path, "Last year"), Needs)["iso3"].to_list() == ["PER"]
    assert fault(sheet(path, "Lost")) == ": has no sheet Lost; choose one of Needs, Last year"


def test_hidden_and_empty_sheets_are_no_rivals(book):
    def hide(made):
        made["Old"].sheet_state = "hidden"

    path = book({"Blank": [], "Needs": [HEADER, GOOD], "Old": [HEADER, ["PER", 2, None, None, None]]}, hide)
    assert read_table(path, Needs)["iso3"].to_list() == ["COL"]
    assert read_table(sheet(path, "Old"), Needs)["iso3"].to_list() == ["PER"]
    assert fault(sheet(path, "Blank")).startswith(": sheet is empty; ")
    assert fault(book({"Blank": []})).startswith(": has no visible sheet with anything in it; ")


def test_files_that_are_no_workbook(tmp_path):
    path = tmp_path / "needs.xlsx"
    assert fault(path).startswith(": file is missing; ")
    for data, said in [
        (b"iso3,need_usd\nCOL,1\n", ": is no Excel workbook; "),
        (b"", ": is no Excel workbook; "),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), ": is an old workbook or locked with a password; "),
        (b"PK\x03\x04 and then nothing", ": workbook is damaged; "),
    ]:
        path.write_bytes(data)
        assert fault(path).startswith(said)
    old = tmp_path / "needs.xls"
    old.write_bytes(b"x")
    assert fault(old).startswith(": is a .xls file; save it as XLSX or CSV UTF-8")
    (tmp_path / "folder.xlsx").mkdir()
    assert ": cannot be read (" in fault(tmp_path / "folder.xlsx")


def test_a_workbook_damaged_anywhere_is_read_whole_or_refused_in_one_line(book):
    path = book({"Needs": [HEADER, GOOD, ["PER", 2, None, None, "y"]]})
    whole, table = path.read_bytes(), read_table(path, Needs)
    refused = 0
    for at in range(0, len(whole), 37):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            assert_frame_equal(read_table(path, Needs), table)
        except PackError:
            refused += 1
    assert refused > 20


def test_a_zip_file_that_is_something_else_is_refused(tmp_path):
    path, inner = tmp_path / "needs.xlsx", io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("a.txt", "hello")
    path.write_bytes(inner.getvalue())
    assert fault(path).startswith(": workbook is damaged; ")


def test_a_fault_names_the_sheet_and_a_file_called_like_one_is_left_alone(book, tmp_path):
    path = book({"A": [HEADER, ["COL", -1, None, None, None]], "B #1": [HEADER, GOOD]})
    assert fault(sheet(path, "A")).startswith(":2: need_usd -1: is too small; ")
    assert read_table(sheet(path, "B #1"), Needs)["iso3"].to_list() == ["COL"]
    sheet(path, "A").write_text("iso3\nCOL\n")
    assert read_rows(sheet(path, "A"))[0] == ["iso3"]
    with pytest.raises(PackError, match=r"lost\.xlsx: file is missing; "):
        read_rows(sheet(tmp_path / "lost.xlsx", "A"))


CELLS = st.fixed_dictionaries(
    {
        "iso3": st.from_regex("[A-Z]{3}", fullmatch=True),
        "need_usd": st.integers(0, 10**13).map(lambda cents: cents / 100),
        "day": st.none() | st.dates(date(1901, 1, 1), date(2100, 1, 1)),
        "open": st.none() | st.booleans(),
        "note": st.none() | st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1),
    }
)


@given(st.lists(CELLS, unique_by=lambda row: row["iso3"], max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_what_is_written_as_a_workbook_is_read_back(tmp_path, rows):
    frame = Needs.validate(pl.DataFrame(rows, schema=Needs.create_empty().schema), cast=True)
    path = tmp_path / "out.xlsx"
    write_table(frame, path)
    assert_frame_equal(read_table(path, Needs), frame)
    first = path.read_bytes()
    write_table(frame, path)
    assert path.read_bytes() == first


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    path = tmp_path / "out.xlsx"
    write_table(pl.DataFrame({"note": ["=1+1", "https://example.org"]}), path)
    assert [row["note"] for _, row in read_rows(path)[1]] == ["=1+1", "https://example.org"]


def test_what_does_not_fit_a_workbook_is_refused(tmp_path):
    path = tmp_path / "out.xlsx"
    with pytest.raises(PackError, match=r"a text of 32768 signs does not fit a cell; write it as CSV"):
        write_table(pl.DataFrame({"note": ["x" * 32_768]}), path)
    with pytest.raises(PackError, match=r"1048576 rows do not fit a sheet; write it as CSV"):
        write_table(pl.DataFrame({"note": pl.repeat(1, 1_048_576, eager=True)}), path)
    assert not path.exists()


def test_a_header_is_that_of_the_rows(book, tmp_path):
    path = book({"A": [[None], ["iso3", "a, b", None], ["COL", 1]], "B": [["x"]]})
    assert read_header(sheet(path, "A")) == read_rows(sheet(path, "A"))[0] == ["iso3", "a, b"]
    csv = tmp_path / "a.csv"
    for text in ('iso3,"a, b"\nCOL,1\n', '\r\riso3,"a, b"\rCOL,1\r', '\ufeffiso3,"a, b"\r\nCOL,1'):
        csv.write_bytes(text.encode())
        assert read_header(csv) == read_rows(csv)[0] == ["iso3", "a, b"]
    with pytest.raises(PackError, match=r"has 2 sheets: A, B; choose one"):
        read_header(path)
    with pytest.raises(PackError, match=r"sheet is empty"):
        read_header(sheet(book({"A": [[None]]}), "A"))


def test_sheets_that_hold_anything_are_named(book):
    def hide(made):
        made["B"].sheet_state = "hidden"

    path = book({"A": [["x"]], "B": [["y"]], "C": []}, hide)
    assert sheet_names(path) == {"A": True, "B": False}
    path.write_bytes(b"PK no zip")
    with pytest.raises(PackError, match=r"workbook is damaged"):
        sheet_names(path)


def test_a_workbook_of_tables_is_read_back_and_always_the_same(tmp_path):
    tables = {"one": pl.DataFrame({"a": [1, 2]}), "two": pl.DataFrame({"b": ["=x", None]})}
    path = tmp_path / "out.xlsx"
    write_workbook(tables, path)
    whole = path.read_bytes()
    assert list(sheet_names(path)) == ["one", "two"]
    assert [cells for _, cells in read_rows(sheet(path, "two"))[1]] == [{"b": "=x"}]
    write_workbook(tables, path)
    assert path.read_bytes() == whole
