"""What ``travesia share`` sets beside shares from counts: origins, relief, contributions."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import polars as pl
import pytest
from saying import answer, refused

from travesia.cli import call

MINE = "iso3,population,gdp\nCOL,52,364\nPER,34,268\nECU,18,119\nCHL,20,301\n"
ORIGINS = "origin,people\nVEN,70\nHTI,31\n"
HOSTED = "iso3,people\nCOL,700\nPER,200\nECU,80\nCHL,20\n"
TAKEN = "iso3,people\nCOL,400\nPER,10\nECU,\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {"mine": MINE, "origins": ORIGINS, "hosted": HOSTED, "taken": TAKEN}.items():
        Path(f"{name}.csv").write_text(text)


@pytest.fixture
def say(capsys):
    def run(words):
        code = call(["share", "--indicators", "mine.csv", *words.split()])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_origins_and_shares_are_both_kept(say):
    found = answer(say("--by-origin origins.csv --json"))
    assert found["people"] == 101
    assert answer(say("--people 101 --json"))["rows"] == [
        {name: value for name, value in row.items() if name != "by_origin"} for row in found["rows"]
    ]
    for row in found["rows"]:
        assert sum(row["by_origin"].values()) == row["people"]
    for origin, people in (("VEN", 70), ("HTI", 31)):
        cells = [row["by_origin"][origin] for row in found["rows"]]
        assert sum(cells) == people
        # All weigh the same, so that each origin is spread as all people are, to within a person.
        exact = [people * row["people"] / 101 for row in found["rows"]]
        assert all(abs(cell - part) < 1 for cell, part in zip(cells, exact, strict=True))


def test_weights_say_who_takes_whom(say):
    Path("origins.csv").write_text("origin,people,COL,PER,ECU,CHL\nVEN,70,1,1,1,1\nHTI,20,0,0,0,1\n")
    rows = {row["iso3"]: row["by_origin"] for row in answer(say("--by-origin origins.csv --json"))["rows"]}
    assert [rows[state]["HTI"] for state in ("COL", "PER", "ECU", "CHL")] == [0, 0, 0, 20]
    Path("origins.csv").write_text("origin,people,COL,PER,ECU,CHL\nVEN,70,1,1,1,1\nHTI,31,0,0,0,1\n")
    assert "hosts CHL: must take 9 people more than they may" in refused(say("--by-origin origins.csv"))


def test_relief_and_contributions_stand_in_the_rows(say):
    found = answer(say("--people 1000 --hosted hosted.csv --taken taken.csv --solidarity dublin-2016 --json"))
    rows = {row["iso3"]: row for row in found["rows"]}
    share = rows["COL"]["share"]
    assert rows["COL"]["relief"]["reference"] == pytest.approx(1000 * share)
    assert rows["COL"]["relief"]["gives"] == int(700 - 1500 * share)
    assert sum(row["relief"]["after"] for row in rows.values()) == 1000
    assert rows["PER"]["contribution"] == {
        "due": rows["PER"]["people"],
        "taken": 10,
        "not_taken": rows["PER"]["people"] - 10,
        "eur": 250_000 * (rows["PER"]["people"] - 10),
    }
    for silent in ("ECU", "CHL"):
        assert rows[silent]["contribution"]["eur"] is None


def test_without_a_number_of_people_those_hosted_are_shared(say):
    found = answer(say("--hosted hosted.csv --solidarity dublin-2016 --json"))
    assert found["people"] == 1000


def test_tables_for_people_and_files(say):
    words = "--by-origin origins.csv --taken taken.csv --solidarity regulation-2024 --out shares.csv"
    code, out, _ = say(words)
    assert code == 0
    assert "people by origin" in out
    assert "not reported" in out
    table = pl.read_csv("shares.csv")
    assert table["by_origin_VEN"].sum() == 70
    assert table.columns[-1] == "contribution_eur"
    assert table["contribution_eur"].null_count() == 2
    code, _, _ = say("--by-origin origins.csv --out shares.xlsx")
    assert code == 0
    header = [cell.value for cell in openpyxl.load_workbook("shares.xlsx").active[1]]
    assert header[-2:] == ["by_origin_VEN", "by_origin_HTI"]


def test_a_workbook_will_do(say):
    book = openpyxl.Workbook()
    for row in [["origin", "people"], ["VEN", 70], ["HTI", 31]]:
        book.active.append(row)
    book.save("origins.xlsx")
    assert answer(say("--by-origin origins.xlsx --json")) == answer(say("--by-origin origins.csv --json"))


@pytest.mark.parametrize(
    ("words", "text", "says"),
    [
        ("--by-origin f.csv", "origin,people\nVEN,-1\n", "f.csv:2: people -1: is too small"),
        ("--by-origin f.csv", "origin,people\nVEN,1\nVEN,2\n", "f.csv:3: origin VEN: row stands twice"),
        ("--by-origin f.csv", "origin,people\nVEN,\n", "f.csv:2: people: is empty"),
        ("--by-origin f.csv", "origin,people\n", "f.csv: has no row"),
        ("--by-origin f.csv", "origin,people,XXX\nVEN,1,1\n", "f.csv:1: XXX: column is unknown"),
        ("--by-origin f.csv", "origin,people,COL\nVEN,1,1\n", "f.csv:1: PER: column is missing"),
        ("--by-origin f.csv --people 9", "origin,people\nVEN,1\n", "people 9: the origins add up to 1"),
        (
            "--hosted f.csv --solidarity dublin-2016",
            "iso3,people\nCOL,1\n",
            "people PER: has no number",
        ),
        ("--hosted f.csv --solidarity dublin-2016", "iso3,people\nUSA,1\n", "f.csv: unknown member USA"),
        ("--hosted f.csv --solidarity regulation-2024", HOSTED, "rule regulation-2024: has no threshold"),
        (
            "--hosted f.csv",
            HOSTED,
            "--solidarity: is missing; key population-gdp has dublin-2016",
        ),
        ("--taken f.csv --usd 5 --solidarity dublin-2016", TAKEN, "people: none were shared"),
        ("--solidarity dublin-2016 --people 5", "", "--solidarity dublin-2016: acts on counts"),
        ("--people 5 --taken f.csv --solidarity x", TAKEN, "rule x: key population-gdp has"),
    ],
)
def test_bad_counts_are_one_line(say, words, text, says):
    Path("f.csv").write_text(text)
    assert says in refused(say(words))
