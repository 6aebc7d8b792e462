"""Shares computed or published elsewhere, reproduced."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from travesia.cli import call
from travesia.region import Region, load_region
from travesia.sharing import find_key, hosted_pool, responsibility

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def americas() -> Region:
    return load_region("americas")


@pytest.mark.parametrize("rounding", ["hamilton", "webster", "huntington-hill"])
def test_twenty_signatories_by_the_command(rounding: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = "share --members la-declaration --key population-gdp --people 20000 --year 2021 --json --rounding"
    assert call([*words.split(), rounding]) == 0
    answer = json.loads(capsys.readouterr().out)
    with (GOLDEN / "la_declaration_50_50_2021.csv").open(encoding="utf-8") as file:
        golden = {row["iso3"]: row for row in csv.DictReader(file)}
    assert {row["iso3"] for row in answer["rows"]} == set(golden) == set(answer["members"])
    for row in answer["rows"]:
        wanted = golden[row["iso3"]]
        assert row["people"] == int(wanted[f"{rounding.replace('-', '_')}_20000"])
        assert row["share"] == pytest.approx(float(wanted["key_50_50"]) / 100, abs=5.1e-6)
        assert row["score"] == row["share"]


def test_inputs_of_the_golden_table_are_those_of_the_pack(americas: Region) -> None:
    golden = pl.read_csv(GOLDEN / "la_declaration_50_50_2021.csv")
    ours = americas.indicators.filter(pl.col("year") == 2021)
    both = golden.join(ours, on="iso3")
    assert both.height == 20
    assert (both["population_2021"] == both["population"]).all()
    assert ((both["gdp_2021_busd"] - both["gdp_usd"] / 1e9).abs() < 0.051).all()


def test_people_displaced_from_venezuela_in_the_americas(americas: Region) -> None:
    # Counted by hand from the rows of UNHCR for 2022: refugees + asylum-seekers + oip.
    pool = hosted_pool(americas, "americas", year=2022)
    hosted = dict(pool.select("iso3", "hosted_people").iter_rows())
    assert hosted["COL"] == 1381 + 22345 + 2453862
    assert hosted["PER"] == 4763 + 531788 + 969817
    assert hosted["USA"] == 22583 + 371386
    assert hosted["MEX"] == 20263 + 18069 + 53027
    assert hosted["HTI"] is None
    # Published for the whole world: 6,585,011; those outside the Americas are in Europe, above all Spain.
    world = americas.series("unhcr-population").filter(
        (pl.col("period") == "2022")
        & (pl.col("nationality") == "VEN")
        & pl.col("channel").is_in(["refugees", "asylum_seekers", "oip"])
    )
    assert world["value"].sum() == 6585011
    assert 6_300_000 < pool["hosted_people"].sum() < 6585011


def test_responsibility_of_the_signatories_adds_up(americas: Region) -> None:
    found = responsibility(americas)
    table = found.table
    assert table["fair_people"].sum() == found.pool_people == table["hosted_people"].sum()
    assert round(table["fair_need_usd"].sum() * 100) == 179_000_000_000
    assert table["share"].sum() == pytest.approx(1, abs=1e-12)
    haiti = table.row(by_predicate=pl.col("iso3") == "HTI", named=True)
    assert (haiti["share"], haiti["fair_people"], haiti["bound"]) == (0, 0, "upper")
    assert haiti["share_without_exemption"] == pytest.approx(0.00637, abs=1e-5)
    assert find_key("population-gdp") == found.key
