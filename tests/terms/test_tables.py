from __future__ import annotations

import csv
import gzip
import io
import os
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from travesia.terms import PackError, read_rows, read_table, schemas, table_schema, write_table


class Walks(dy.Schema):
    id = dy.String(primary_key=True, regex=schemas.ID, description="walk id")
    day = dy.Date(nullable=True, description="day of the walk")
    km = dy.Float64(nullable=True, min=0, max=1000, description="length, km")
    people = dy.Int64(nullable=True, min=0, description="people")
    kind = dy.Enum(["foot", "road"], description="way of travel")
    note = dy.String(nullable=True, min_length=1, description="a remark")
    open = dy.Bool(nullable=True, description="1: open")


HEADER = "id,day,km,people,kind,note,open"
GOOD = "a,2022-12-21,1.5,3,foot,ok,1"


@pytest.fixture
def write(tmp_path):
    def put(*lines, name="walks.csv"):
        path = tmp_path / name
        data = "".join(f"{line}\n" for line in lines).encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return put


def fault(path, schema=Walks):
    with pytest.raises(PackError) as caught:
        read_table(path, schema)
    text = str(caught.value)
    assert text.startswith(f"{path}:")
    assert text.isprintable()
    assert "; " in text
    return text.removeprefix(str(path))


def test_a_table_has_the_types_of_its_schema_and_empty_cells_are_null(write):
    frame = read_table(write(HEADER, GOOD, "b,,,,road,,"), Walks)
    assert frame.schema == {
        "id": pl.String, "day": pl.Date, "km": pl.Float64, "people": pl.Int64,
        "kind": pl.Enum(["foot", "road"]), "note": pl.String, "open": pl.Boolean,
    }  # fmt: skip
    assert frame.row(0) == ("a", date(2022, 12, 21), 1.5, 3, "foot", "ok", True)
    assert frame.row(1) == ("b", None, None, None, "road", None, None)


def test_columns_may_come_in_any_order_and_come_out_in_that_of_the_schema(write):
    frame = read_table(write("open,kind,note,id,people,day,km", "0,road,x,a,1,2022-01-01,2"), Walks)
    assert frame.columns == HEADER.split(",")
    assert frame.row(0) == ("a", date(2022, 1, 1), 2.0, 1, "road", "x", False)


def test_a_table_may_have_no_rows(write):
    assert read_table(write(HEADER), Walks).height == 0
    assert read_rows(write(HEADER)) == (HEADER.split(","), [])


def test_compressed_files_byte_order_marks_and_line_ends_of_other_systems_are_read(write, tmp_path):
    plain = read_table(write(HEADER, GOOD), Walks)
    assert_frame_equal(read_table(write(HEADER, GOOD, name="walks.csv.gz"), Walks), plain)
    for text in (
        f"\ufeff{HEADER}\n{GOOD}",
        f"{HEADER}\r\n{GOOD}\r\n",
        f"{HEADER}\r{GOOD}\r",
        f"\n{HEADER}\n\n{GOOD}\n\n",
    ):
        path = tmp_path / "other.csv"
        path.write_bytes(text.encode())
        assert_frame_equal(read_table(path, Walks), plain)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,2022-13-01,1,1,foot,,1", ":3: day 2022-13-01: is not a day written YYYY-MM-DD"),
        ("b,2022-1-3,1,1,foot,,1", ":3: day 2022-1-3: is not a day written YYYY-MM-DD"),
        ("b,2023-02-29,1,1,foot,,1", ":3: day 2023-02-29: is not a day"),
        ("b,,one,1,foot,,1", ":3: km one: is not a number"),
        ("b,,nan,1,foot,,1", ":3: km nan: is not a number"),
        ("b,,inf,1,foot,,1", ":3: km inf: is not a number"),
        ("b,,1 000,1,foot,,1", ":3: km 1 000: is not a number"),
        ("b,, 1,1,foot,,1", ":3: km ' 1': is not a number"),
        ("b,,-4,1,foot,,1", ":3: km -4: is too small"),
        ("b,,1001,1,foot,,1", ":3: km 1001: is too large"),
        ("b,,1,1.5,foot,,1", ":3: people 1.5: is not a whole number"),
        ("b,,1,99999999999999999999,foot,,1", ":3: people 99999999999999999999: is not a whole number"),
        ("b,,1,-1,foot,,1", ":3: people -1: is too small"),
        ("b,,1,1,swim,,1", ":3: kind swim: is not one of foot, road"),
        ("b,,1,1,Foot,,1", ":3: kind Foot: is not one of foot, road"),
        ("b,,1,1,,,1", ":3: kind: is empty"),
        ("b,,1,1,foot,,yes", ":3: open yes: is not 1 or 0"),
        (",,1,1,foot,,1", ":3: id: is empty"),
        ("B b,,1,1,foot,,1", ":3: id B b: is not written as it must be; the cell holds: walk id"),
        ("a,,1,1,foot,,1", ":3: id a: row stands twice; keep one"),
        ("b,,1,1,foot,", ":3: row has 6 cells, the header has 7; add or remove cells"),
        ("b,,1,1,foot,x,1,", ":3: row has 8 cells, the header has 7; add or remove cells"),
        ('b,,1,1,foot,"x,1', ":3: is no CSV"),
        ('b,,1,1,foot,"x"y,1', ":3: is no CSV"),
    ],
)
def test_a_fault_names_file_row_column_and_value(write, row, said):
    assert fault(write(HEADER, GOOD, row, "c,,1,1,foot,,1")).startswith(said)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,day,km,people,kind,note", ":1: open: column is missing; the header needs id,day,"),
        ("id,day,km,people,kind,note,open,extra", ":1: extra: column is unknown; the header is id,day,"),
        ("id,day,km,people,kind,note,Open", ":1: open: column is missing"),
        ("id,id,km,people,kind,note,open", ":1: id: column stands twice"),
        ("", ": file is empty"),
    ],
)
def test_a_fault_of_the_header_is_row_1(write, header, said):
    assert fault(write(header)).startswith(said)


def test_rows_count_as_in_a_spreadsheet(write):
    bad = "b,,-4,1,foot,,1"
    assert fault(write(HEADER, GOOD, bad)).startswith(":3: km -4")
    assert fault(write(HEADER, "", GOOD, "", bad)).startswith(":5: km -4"), "blank lines are rows there"
    assert fault(write(HEADER, 'a,,1,1,foot,"two\nlines",1', bad)).startswith(":3: km -4"), (
        "a cell of two lines is one row"
    )
    assert fault(write(HEADER, 'a,,1,1,foot,"two\nlines",1', "b,,1")).startswith(":3: row has 3 cells")
    assert fault(write(HEADER, 'a,,1,1,foot,"two\nlines",1', 'b,,1,1,foot,"x"y,1')).startswith(
        ":3: is no CSV"
    )


def test_the_first_bad_row_of_the_file_is_named_whatever_rule_it_breaks(write):
    rows = ["b,,1,1,foot,,1", "c,,1,-1,foot,,1", "d,,-1,1,foot,,1", "E,,1,1,foot,,1"]
    assert fault(write(HEADER, GOOD, *rows)).startswith(":4: people -1")


def test_two_bad_rows_of_equal_values_and_nulls_are_told_apart_from_good_ones(write):
    assert fault(write(HEADER, "b,,,,road,,", "c,,-1,,road,,", "d,,-1,,road,,")).startswith(":3: km -1")


def test_a_value_is_shown_as_the_file_writes_it(write):
    assert fault(write(HEADER, "b,,-4.500,1,foot,,1")).startswith(":2: km -4.500: ")


def test_a_missing_file(tmp_path):
    assert fault(tmp_path / "none.csv").startswith(": file is missing")


def test_a_folder_in_place_of_a_file(tmp_path):
    assert "cannot be read" in fault(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read all")
def test_a_file_without_rights(write):
    path = write(HEADER)
    path.chmod(0)
    assert "cannot be read" in fault(path)


def test_latin_1_is_refused_with_its_row(write):
    path = write(HEADER, GOOD, 'b,,1,1,foot,"two\nlines",1', "c,,1,1,foot,Darién,1")
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    assert fault(path).startswith(":4: is not UTF-8; save it as CSV UTF-8")


@pytest.mark.parametrize("keep", [0, 5, 12, 30, -1, -8])
def test_a_gzip_file_that_is_cut_off_is_refused_wherever_it_is_cut(write, keep):
    path = write(HEADER, *[f"a{n},,1,{n},foot,,1" for n in range(200)], name="walks.csv.gz")
    path.write_bytes(path.read_bytes()[:keep])
    said = fault(path)
    assert "gzip" in said or "empty" in said


def test_gzip_bytes_that_are_damaged_or_no_gzip_are_refused(write):
    path = write(HEADER, *[f"a{n},,1,{n},foot,,1" for n in range(200)], name="walks.csv.gz")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    assert fault(path).startswith(": gzip file is cut off or damaged")
    path.write_text(f"{HEADER}\n{GOOD}\n")
    assert fault(path).startswith(": gzip file is cut off or damaged")


def test_utf_16_is_refused(write):
    path = write(HEADER, GOOD)
    path.write_bytes(f"{HEADER}\n{GOOD}\n".encode("utf-16"))
    assert "UTF-8" in fault(path)
    path.write_bytes(f"{HEADER}\n{GOOD}\n".encode("utf-16-le"))
    assert "UTF-8" in fault(path)


def test_null_is_a_value_of_its_own_in_the_key_of_observations(write):
    header = "series,period,place,country,nationality,channel,authority,measure,unit,value,source"
    one = "s,2022-01,x,USA,VEN,,T8,flow,encounters,5,src"
    other = "s,2022-01,,USA,VEN,,T8,flow,encounters,5,src"
    assert read_table(write(header, one, other), schemas.Observations).height == 2
    said = fault(write(header, other, one, other), schemas.Observations)
    assert said.startswith(":4: series s 2022-01 USA VEN T8: row stands twice")


@pytest.mark.parametrize("period", ["2022-13", "2022-1", "22-01", "2022-01-01", "٢٠٢٢-01"])
def test_a_period_out_of_range_is_refused(write, period):
    header = "series,period,place,country,nationality,channel,authority,measure,unit,value,source"
    said = fault(write(header, f"s,{period},x,USA,VEN,,T8,flow,encounters,5,src"), schemas.Observations)
    assert said.startswith(f":2: period {period}: is not written as it must be")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), min_size=1, max_size=8)
walks = st.fixed_dictionaries(
    {
        "day": st.none() | st.dates(date(1000, 1, 1)),
        "km": st.none() | st.floats(0, 1000),
        "people": st.none() | st.integers(0, 2**63 - 1),
        "kind": st.sampled_from(["foot", "road"]),
        "note": st.none() | cells,
        "open": st.none() | st.booleans(),
    }
)
same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def frame_of(rows):
    schema = {name: column.dtype for name, column in Walks.columns().items()}
    return pl.DataFrame([{"id": f"w-{n}"} | row for n, row in enumerate(rows)], schema=schema)


@same_folder
@given(st.lists(walks, max_size=6), st.sampled_from(["t.csv", "t.csv.gz"]))
def test_what_is_written_is_read_back_bit_for_bit(tmp_path, rows, name):
    frame = frame_of(rows)
    write_table(frame, tmp_path / name)
    assert_frame_equal(read_table(tmp_path / name, Walks), frame, check_exact=True)


def test_equal_tables_are_equal_bytes_whatever_the_clock_and_the_name_say(tmp_path, monkeypatch):
    frame = frame_of([{"kind": "foot", "km": 0.1, "note": "Darién", "open": True}])
    write_table(frame, tmp_path / "a.csv.gz")
    monkeypatch.setattr("time.time", lambda: 4e9)
    write_table(frame, tmp_path / "b.csv.gz")
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "b.csv.gz").read_bytes()
    write_table(frame, tmp_path / "c.csv")
    expected = f"{HEADER}\nw-0,,0.1,,foot,Darién,1\n".encode()
    assert (tmp_path / "c.csv").read_bytes() == expected
    assert gzip.decompress((tmp_path / "a.csv.gz").read_bytes()) == expected


@same_folder
@given(
    st.lists(st.lists(st.text("aé 1\t;", max_size=3), min_size=2, max_size=2), max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_files_with_and_without_quotes_are_read_alike(tmp_path, cells, end):
    texts = []
    for quoting in (csv.QUOTE_NONE, csv.QUOTE_ALL):
        stream = io.StringIO(newline="")
        csv.writer(stream, quoting=quoting, lineterminator=end).writerows([["x", "y"], *cells])
        path = tmp_path / "t.csv"
        path.write_bytes(stream.getvalue().encode())
        texts.append(read_rows(path))
    assert texts[0] == texts[1]
    assert texts[0] == (
        ["x", "y"],
        [(n, dict(zip("xy", row, strict=True))) for n, row in enumerate(cells, start=2)],
    )


def test_rows_without_a_schema_keep_their_text_and_number(write):
    header, rows = read_rows(write("x,y", '"a, b",', "", "é,0"))
    assert header == ["x", "y"]
    assert rows == [(2, {"x": "a, b", "y": ""}), (4, {"x": "é", "y": "0"})]
    with pytest.raises(PackError, match="stands twice"):
        read_rows(write("x,x", "1,2"))


def test_a_table_of_one_column(write):
    assert read_rows(write("x", "1", "2"))[1] == [(2, {"x": "1"}), (3, {"x": "2"})]
    with pytest.raises(PackError, match="row has 2 cells, the header has 1"):
        read_rows(write("x", "1,2"))


def test_the_frictionless_schema_has_types_descriptions_and_key():
    described = table_schema(frame_of([]), Walks)
    assert [field["type"] for field in described["fields"]] == [
        "string", "date", "number", "integer", "string", "string", "boolean",
    ]  # fmt: skip
    assert described["fields"][2] == {"name": "km", "type": "number", "description": "length, km"}
    assert described["primaryKey"] == ["id"]
    assert described["missingValues"] == [""]
    assert "primaryKey" not in table_schema(frame_of([]))


def test_the_error_names_the_file_as_the_caller_did(write, monkeypatch):
    path = write(HEADER, "b,,-4,1,foot,,1")
    monkeypatch.chdir(path.parent)
    with pytest.raises(PackError, match=r"^walks\.csv:2: km -4: "):
        read_table(Path("walks.csv"), Walks)
