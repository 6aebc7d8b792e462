from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from travesia.cli import call
from travesia.region import Region


@pytest.fixture(autouse=True)
def _pack(monkeypatch: pytest.MonkeyPatch, small_region: Region) -> None:
    def load(name: str) -> Region:
        assert name == "americas"
        return small_region

    monkeypatch.setattr("travesia.region.load_region", load)


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert call(["share", *words, "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return json.loads(said.out)


def test_shape_of_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(
        capsys,
        "--members",
        "AAA,USA",
        "--key",
        "population-gdp",
        "--people",
        "7",
        "--usd",
        "0.05",
        "--year",
        "2021",
    )
    assert list(found) == ["key", "members", "year", "people", "usd", "rounding", "rows"]
    assert found | {"rows": None} == {
        "key": "population-gdp",
        "members": ["AAA", "USA"],
        "year": 2021,
        "people": 7,
        "usd": 0.05,
        "rounding": "hamilton",
        "rows": None,
    }
    assert [list(row) for row in found["rows"]] == [
        ["iso3", "score", "share", "people", "usd", "bound", "why"]
    ] * 2
    # Population 1/6, GDP 2/17: share 29/204 = 0.1422.
    assert found["rows"][0]["share"] == pytest.approx(29 / 204)
    assert [row["people"] for row in found["rows"]] == [1, 6]
    assert [row["usd"] for row in found["rows"]] == [0.01, 0.04]


def test_default_members_are_the_signatories_and_what_is_not_shared_is_null(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = answer(capsys, "--people", "10", "--year", "2021")
    assert found["members"] == ["AAA", "BBB", "HTI", "USA"]
    assert found["usd"] is None
    assert {row["usd"] for row in found["rows"]} == {None}


def test_money_alone(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--members", "AAA,USA", "--key", "equal", "--usd", "1e3")
    assert (found["people"], found["year"]) == (None, None)
    assert [row["usd"] for row in found["rows"]] == [500, 500]


def test_exempted_members(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--people", "1000", "--year", "2021", "--exempt", "HTI,AAA")
    assert [row["people"] for row in found["rows"]] == [0, 242, 0, 758]
    assert [row["bound"] for row in found["rows"]] == ["upper", None, "upper", None]


@pytest.mark.parametrize(("rounding", "parts"), [("jefferson", [0, 3]), ("adams", [1, 2])])
def test_rounding(capsys: pytest.CaptureFixture[str], rounding: str, parts: list[int]) -> None:
    words = ["--members", "AAA,USA", "--people", "3", "--year", "2021", "--rounding", rounding]
    assert [row["people"] for row in answer(capsys, *words)["rows"]] == parts


def test_indicators_of_a_file_replace_the_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(
        "iso3,population,gdp,unemployment_pct,asylum_per_million\nXXX,1,1,,\nYYY,3,3,,\n", "utf-8"
    )
    found = answer(capsys, "--indicators", str(file), "--people", "8")
    assert found["members"] == ["XXX", "YYY"]
    assert [row["people"] for row in found["rows"]] == [2, 6]
    assert found["year"] is None
    assert answer(capsys, "--indicators", str(file), "--members", "YYY,XXX", "--people", "8") == found


def test_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["share", "--people", "5000", "--year", "2021", "--lang", "es"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[0]
        == "Half by population, half by gross domestic product, indicators of 2021; whole people by hamilton"
    )
    assert lines[1].split() == ["state", "name", "share", "people"]
    assert lines[-1].split() == ["USA", "USA", "es", "62.500%", "3,125"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--people -1", "people -1: is below 0; give how many people are to be shared"),
        ("--people 1.5", "--people"),
        ("--people many", "--people"),
        ("--year then --people 1", "--year"),
        ("--year 1850 --people 1", "--year"),
        ("--year 2031 --people 1 --key equal", "year 2031: is not in the indicators of small"),
        (
            "--year 1999 --people 1",
            "year 1999: is not in the indicators of small; take one from 2021 to 2022",
        ),
        ("", "--people: nothing to divide; give --people N, --usd X or both"),
        ("--usd much", "--usd much: is no amount of US dollars"),
        ("--usd 0.001", "usd 0.001: is not an amount of dollars and cents"),
        ("--usd -5", "usd -5: is not an amount"),
        (
            "--key eu-2015-09 --cap sum --people 1",
            "small indicators: asylum_per_million AAA 2022 (and 3 more): is missing, and missing is not zero",
        ),
        ("--key eu-2015-09 --people 1", "key eu-2015-09 can be read in two ways; give --cap sum (the sum"),
        ("--key eu-2016 --people 1", "key eu-2016: is unknown; use eu-2015-05, eu-2015-09"),
        ("--key custom --people 1", "--key custom: is a key in a file of your own; give --key-file FILE"),
        ("--key-file mine.toml --people 1", "--key-file mine.toml: is for --key custom"),
        ("--key custom --key-file nowhere.toml --people 1", "nowhere.toml: file is missing"),
        ("--cap sum --people 1", "--cap sum: key population-gdp has no cap to read; leave --cap out"),
        ("--cap half --people 1", "--cap"),
        ("--rounding best --people 1", "--rounding"),
        ("--members CCC,USA --year 2021 --people 1", "small indicators: gdp_usd CCC 2021: is missing"),
        ("--members ZZZ --people 1", "members: unknown state ZZZ"),
        ("--members AAA,AAA --people 1", "members AAA: stands twice"),
        ("--members nobody --people 1", "members nobody: is no group"),
        ("--exempt ZZZ --people 1", "exempted states: unknown member ZZZ"),
        ("--exempt AAA,BBB,HTI,USA --people 1 --year 2021", "upper bounds:"),
        ("--indicators nowhere.csv --people 1", "nowhere.csv: file is missing"),
        ("--people 2000000 --rounding quota --year 2021", "rounding quota: 2000000 people"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], words: str, says: str
) -> None:
    assert call(["share", *words.split()]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert says in said.err


def test_members_that_are_not_the_rows_of_the_file_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("iso3,population,gdp\nXXX,1,1\nYYY,3,3\n", "utf-8")
    assert call(["share", "--indicators", str(file), "--members", "XXX", "--people", "1"]) == 2
    assert "rows of the file are the members" in capsys.readouterr().err
    assert call(["share", "--indicators", str(file), "--members", "USA", "--people", "1"]) == 2
    assert "unknown state USA" in capsys.readouterr().err
