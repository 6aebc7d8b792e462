from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from travesia.sharing import AWARD_RULES, AwardOptions, Need, Needs, award, award_properties, read_needs
from travesia.terms import InputError, UsageError

HEADER = "iso3,need_usd,received_usd,severity,cap_usd"


@pytest.fixture
def write(tmp_path):
    def put(*lines, name="needs.csv"):
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return put


def test_needs_are_exact_and_what_may_be_left_out_may(write):
    needs = read_needs(write(HEADER, "COL,0.1,0,3.5,", "PER,0,20.25,,7"))
    col, per = needs.rows
    assert (col.need, col.severity, col.cap) == (10, Fraction(7, 2), None)
    assert (per.received, per.severity, per.cap, per.gap, per.coverage) == (2025, None, 700, 0, None)
    short = read_needs(write("received_usd,iso3,need_usd", "1,COL,2"))
    assert (short.rows[0].gap, short.rows[0].severity, short.rows[0].cap) == (100, None, None)


def test_fractions_of_a_cent_are_needed_but_not_awarded(write):
    found = award(read_needs(write(HEADER, "COL,10.009,0,,")), "cea", Decimal(50))
    assert found.rows[0].usd == Decimal("10.00")
    assert found.unallocated_usd == 40


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("COL,,1,1,", ":2: need_usd: is empty; the cell holds: what is needed, US dollars; "),
        ("COL,1,,1,", ":2: received_usd: is empty; the cell holds: what has been received"),
        ("COL,-1,1,1,", ":2: need_usd -1: is too small; "),
        ("COL,1,-0.01,1,", ":2: received_usd -0.01: is too small; "),
        ("COL,1,1,-1,", ":2: severity -1: is too small; "),
        ("COL,1,1,1,-1", ":2: cap_usd -1: is too small; "),
        ("COL,1e-9,1,1,", ":2: need_usd 1e-9: breaks the rule 0 or at least a cent; "),
        ("COL,1,1e14,1,", ":2: received_usd 1e14: is too large; "),
        ("COL,1,1,1e-300,", ":2: severity 1e-300: breaks the rule 0 or at least a millionth; "),
        ("COL,NaN,1,1,", ":2: need_usd NaN: is not a number; "),
        ("COL,1,inf,1,", ":2: received_usd inf: is not a number; "),
        ("COL,1 000,1,1,", ":2: need_usd 1 000: is not a number; "),
        ("COL,$5,1,1,", ":2: need_usd $5: is not a number; "),
        ("col,1,1,1,", ":2: iso3 col: is not written as it must be; the cell holds: ISO 3166 alpha-3"),
        (",1,1,1,", ":2: iso3: is empty; "),
        ("COL,1,1", ":2: row has 3 cells, the header has 5; "),
    ],
)
def test_a_bad_cell_is_named_in_one_line(write, row, said):
    path = write(HEADER, row)
    with pytest.raises(InputError) as caught:
        read_needs(path)
    assert str(caught.value).startswith(f"{path}{said}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADER, "COL,1,0,1,", "PER,1,0,1,", "COL,2,0,1,"], ":4: iso3 COL: row stands twice; "),
        ([HEADER], ": has no row; "),
        (["iso3,need_usd", "COL,1"], ":1: received_usd: column is missing; "),
        (["iso3,need_usd,received_usd,cap", "COL,1,0,5"], ":1: cap: column is unknown; "),
    ],
)
def test_a_bad_file_is_named_in_one_line(write, lines, said):
    path = write(*lines)
    with pytest.raises(InputError) as caught:
        read_needs(path)
    assert str(caught.value).startswith(f"{path}{said}")


def test_the_farthest_numbers_that_are_read_are_divided(write):
    needs = read_needs(write(HEADER, "COL,0.01,1e13,1e-6,", "PER,1e13,0,1e6,0", "ECU,1e13,0.01,1e-6,1e13"))
    for rule in AWARD_RULES:
        found = award(needs, rule, Decimal(10) ** 14, AwardOptions(severity_power=Fraction(10)))
        assert found.table()["coverage"].is_finite().all()
        assert award_properties(found)


def test_a_severity_that_is_needed_and_missing_is_refused_with_its_row(write):
    path = write(HEADER, "COL,1,0,2,", "", "PER,1,0,,")
    needs = read_needs(path)
    assert award(needs, "cea", Decimal(1)).unallocated_usd == 0
    with pytest.raises(InputError) as caught:
        award(needs, "severity", Decimal(1))
    assert str(caught.value).startswith(f"{path}:4: severity PER: is missing, and missing is not zero; ")
    path = write("iso3,need_usd,received_usd", "COL,1,0")
    with pytest.raises(InputError) as caught:
        award(read_needs(path), "cerf-like", Decimal(1))
    assert str(caught.value).startswith(f"{path}:1: severity: column is missing; ")


def test_a_workbook_gives_what_the_same_csv_file_gives(write, tmp_path):
    rows = [["COL", 0.1 + 0.2, 0, 3.5, None], ["PER", 200, 20.25, None, 7]]
    book = openpyxl.Workbook()
    for row in ([*HEADER.split(",")], *rows):
        book.active.append(row)
    book.create_sheet("Notes").append(["for the meeting"])
    path = tmp_path / "needs.xlsx"
    book.save(path)
    csv = write(HEADER, "COL,0.3,0,3.5,", "PER,200,20.25,,7")
    path = path.with_name("needs.xlsx#Sheet")
    needs = read_needs(path)
    assert needs.rows == read_needs(csv).rows
    with pytest.raises(InputError) as caught:
        award(needs, "severity", Decimal(1))
    assert str(caught.value).startswith(f"{path}:3: severity PER: is missing, ")


def test_a_state_that_can_be_awarded_nothing_needs_no_severity(write):
    needs = read_needs(write(HEADER, "COL,5,0,2,", "PER,0,0,,", "ECU,5,7,,"))
    assert [row.usd for row in award(needs, "cerf-like", Decimal(1)).rows] == [1, 0, 0]


def test_needs_made_in_python_are_held_to_the_same():
    one = Need("COL", Fraction(1), Fraction(0))
    with pytest.raises(UsageError, match=r"^needs of COL: stand twice"):
        Needs((one, one))
    with pytest.raises(UsageError, match=r"^need of COL: holds a number below 0"):
        Need("COL", Fraction(1), Fraction(0), cap=Fraction(-1))
