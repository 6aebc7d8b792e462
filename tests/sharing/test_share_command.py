from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from travesia.cli import call
from travesia.region import Region
from travesia.terms import read_rows


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


def european(folder: Path) -> str:
    file = folder / "eu.csv"
    file.write_text(
        "iso3,population,gdp,unemployment_pct,asylum_per_million\n"
        "AAA,5,5,9,100\nBBB,90,90,5,100\nGBR,5,5,,100\n",
        "utf-8",
    )
    return str(file)


def test_a_key_with_a_cap_as_its_text_has_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--indicators", european(tmp_path), "--key", "eu-2015-09", "--people", "1000000", "--as-enacted"]
    by_sum, by_base = (answer(capsys, *words, "--cap", cap) for cap in ("sum", "base"))
    assert by_sum["members"] == by_base["members"] == ["AAA", "BBB"]
    assert [row["people"] for row in by_sum["rows"]] != [row["people"] for row in by_base["rows"]]
    assert list(by_sum) == ["key", "members", "year", "people", "usd", "rounding", "rows"]


def test_the_explanation_audits_the_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--indicators", european(tmp_path), "--key", "eu-2015-09", "--cap", "sum", "--people", "1000"]
    words += ["--fallback", "unemployment_pct=median", "--explain"]
    found = answer(capsys, *words)
    assert "members' median 7 taken" in found["rows"][2]["why"]
    told = found["explain"]
    assert (told["cap_reading"], told["years"]["gdp"]) == ("sum", "2014")
    assert [each["column"] for each in told["factors"]] == [
        "population", "gdp", "asylum_per_million", "unemployment_pct",
    ]  # fmt: skip
    for each in told["factors"]:
        assert [row["iso3"] for row in each["rows"]] == ["AAA", "BBB", "GBR"]
        assert sum(row["effect"] for row in each["rows"]) == pytest.approx(0)
        assert sum(row["term"] for row in each["rows"]) == pytest.approx(each["effective_weight"])
    # AAA is held by the cap and has the most unemployment, and yet more by it: the capping paradox.
    assert told["factors"][3]["capped"] == ["AAA", "GBR"]
    assert told["factors"][3]["against_direction"] == ["AAA", "BBB"]
    assert [each["iso3"] for each in told["leaving"]] == ["AAA", "BBB", "GBR"]
    assert call(["share", *words]) == 0
    said = capsys.readouterr().out
    assert "1/10 x unemployment_pct" in said
    assert "capping paradox: " in said
    assert "left out by the text (and here with --as-enacted): DNK takes no part" in said
    assert "if it left" in said


def test_the_range_over_all_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--members", "AAA,USA", "--people", "10", "--year", "2021", "--all-keys"]
    found = answer(capsys, *words)["all_keys"]
    # svr-swp is refused, for the small region has no area; the others need what no pack has.
    assert set(found["refused"]) == {
        "eu-2015-05", "eu-2015-09 --cap sum", "eu-2015-09 --cap base", "grech", "koenigstein", "svr-swp",
        "bovens-bartsch",
    }  # fmt: skip
    assert found["refused"]["svr-swp"].startswith("small indicators: area_km2 AAA 2021")
    first = found["rows"][0]
    assert first["lowest_key"] == "population-gdp"
    assert first["lowest"] == pytest.approx(29 / 204)
    assert (first["highest_key"], first["highest"]) == ("equal", 0.5)
    assert call(["share", *words]) == 0
    said = capsys.readouterr().out
    assert "population-gdp" in said
    assert "grech refused: small indicators: unemployment_pct" not in said
    assert "grech refused: small indicators: asylum_per_million AAA 2021 (and 1 more): is missing" in said


def test_a_fallback_counts_for_every_key_of_the_range(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--indicators", european(tmp_path), "--key", "eu-2015-09", "--cap", "sum", "--people", "10"]
    words += ["--fallback", "unemployment_pct=median", "--all-keys"]
    found = answer(capsys, *words)
    assert set(found["all_keys"]["rows"][0]["shares"]) == {
        "eu-2015-05", "eu-2015-09 --cap sum", "eu-2015-09 --cap base", "grech", "population-gdp", "equal",
    }  # fmt: skip
    for row, ranged in zip(found["rows"], found["all_keys"]["rows"], strict=True):
        assert ranged["shares"]["eu-2015-09 --cap sum"] == row["score"]
    assert call(["share", *words]) == 0
    assert "this key" in capsys.readouterr().out


def test_a_key_of_ones_own_is_in_the_range(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = tmp_path / "key.toml"
    key.write_text('id = "mine"\ntitle = "Mine"\n[[factors]]\ncolumn = "gdp"\nweight = 1\n', "utf-8")
    words = ["--members", "AAA,USA", "--people", "10", "--year", "2021", "--all-keys", "--key", "custom"]
    assert "mine" in answer(capsys, *words, "--key-file", str(key))["all_keys"]["rows"][0]["shares"]


def test_bounds_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bounds.csv"
    file.write_text("iso3,least_people,most_people\nAAA,3,\nUSA,,7\n", "utf-8")
    words = ["--members", "AAA,USA", "--people", "10", "--year", "2021", "--bounds", str(file)]
    found = answer(capsys, *words)
    # The two bounds meet: either is what holds both.
    assert [row["people"] for row in found["rows"]] == [3, 7]
    assert [row["share"] for row in found["rows"]] == [0.3, 0.7]
    file.write_text("iso3,least_people,most_people\nAAA,-3,\n", "utf-8")
    assert call(["share", *words]) == 2
    assert "bounds.csv:2: least_people -3: is too small" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_table_is_written_and_read_again(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"shares{suffix}"
    words = [
        "share",
        "--members",
        "AAA,USA",
        "--people",
        "7",
        "--usd",
        "0.05",
        "--year",
        "2021",
        "--out",
        str(out),
    ]
    assert call(words) == 0
    header, rows = read_rows(out)
    assert header == ["iso3", "score", "share", "people", "usd", "bound", "why"]
    assert [(cells["iso3"], cells["people"], cells["usd"]) for _, cells in rows] == [
        ("AAA", "1", "0.01"),
        ("USA", "6", "0.04"),
    ]
    first = out.read_bytes()
    capsys.readouterr()
    assert call(words) == 2
    assert "exists already" in capsys.readouterr().err
    assert call([*words, "--force"]) == 0
    assert out.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


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
        ("--people 1 --out shares.ods", "--out shares.ods: is neither .csv nor .xlsx"),
        ("--people 1 --year 2021 --out no/such/shares.csv", "its folder does not exist"),
        ("--people 1 --fallback gdp=median", "--fallback gdp: nothing stands in for the size of a state"),
        ("--people 1 --fallback gdp", "--fallback gdp: nothing stands in"),
        (
            "--people 1 --key grech --fallback unemployment_pct",
            "--fallback unemployment_pct=: is unknown; use",
        ),
        ("--people 1 --year 2021 --bounds nowhere.csv", "nowhere.csv: file is missing"),
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
