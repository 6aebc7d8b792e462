from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest

from travesia.region import Region, load_region
from travesia.sharing import Factor, find_key, members_of, read_inputs, region_inputs
from travesia.terms import InputError, PackError, UnknownIdsError, UsageError

KEY = find_key("population-gdp")


def test_groups_and_lists(small_region: Region) -> None:
    assert members_of(small_region, "la-declaration") == ("AAA", "BBB", "HTI", "USA")
    assert members_of(small_region, "r4v") == ("AAA", "CCC")
    assert len(members_of(small_region, "americas")) == 6
    assert members_of(small_region, "USA, AAA") == ("USA", "AAA")
    assert members_of(small_region, ("BBB",)) == ("BBB",)


@pytest.mark.parametrize(
    ("members", "error", "says"),
    [
        ("los-angeles", UsageError, "members los-angeles: is no group; use la-declaration, r4v, americas"),
        ("usa", UsageError, "is no group"),
        ("", UsageError, "is no group"),
        ("AAA,ZZZ,YYY", UnknownIdsError, "unknown state YYY, ZZZ; use an id of small"),
        ("AAA,", UnknownIdsError, r"unknown state \(empty\)"),
        ("AAA,bbb", UnknownIdsError, "unknown state bbb"),
        ("AAA,BBB,AAA", UsageError, "members AAA: stands twice"),
        ((), UsageError, "members: are none"),
    ],
)
def test_wrong_members_are_refused(
    small_region: Region, members: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        members_of(small_region, members)


def test_a_group_without_members_is_refused(small_region: Region) -> None:
    bare = replace(small_region, countries=small_region.countries.filter(pl.col("iso3") == "VEN"))
    with pytest.raises(UsageError, match="no state of small belongs to it"):
        members_of(bare, "r4v")


def test_indicators_of_a_year_in_the_order_of_the_members(small_region: Region) -> None:
    inputs = region_inputs(small_region, ("USA", "AAA"), KEY, 2021)
    assert inputs.members == ("USA", "AAA")
    assert inputs.column("population") == {"USA": Fraction(500), "AAA": Fraction(100)}
    assert inputs.year == 2021


def test_the_default_year_is_the_last_with_what_the_key_needs(small_region: Region) -> None:
    assert region_inputs(small_region, ("USA", "AAA"), KEY).year == 2022
    assert region_inputs(small_region, ("USA", "AAA"), find_key("equal")).year is None


def test_a_missing_indicator_names_state_column_and_year(small_region: Region) -> None:
    inputs = region_inputs(small_region, ("AAA", "CCC", "VEN"), KEY, 2021)
    with pytest.raises(InputError, match=r"^small indicators: gdp_usd CCC 2021 \(and 1 more\): is missing"):
        inputs.values(Factor("gdp", Fraction(1)))
    absent = region_inputs(small_region, ("AAA", "CCC"), KEY, 2022)
    with pytest.raises(InputError, match="population CCC 2022: is missing"):
        absent.values(Factor("population", Fraction(1)))
    with pytest.raises(InputError, match="asylum_per_million AAA 2021"):
        inputs.values(Factor("asylum_per_million", Fraction(1)))


@pytest.mark.parametrize("year", [1850, 2023, 20211])
def test_a_year_without_indicators_is_refused(small_region: Region, year: int) -> None:
    with pytest.raises(UsageError, match=f"year {year}: is not in the indicators of small; .*2021 to 2022"):
        region_inputs(small_region, ("AAA",), KEY, year)


def test_a_region_without_indicators_is_refused(small_region: Region) -> None:
    bare = replace(small_region, indicators=small_region.indicators.clear())
    with pytest.raises(InputError, match="have no year with population and gdp_usd"):
        region_inputs(bare, ("AAA",), KEY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("iso3,people\nAAA,1\n", "has no indicator"),
        ("iso3,population,people\nAAA,1,2\n", "people: column is unknown"),
        ("population,gdp\n1,2\n", "iso3: column is missing"),
        ("iso3,population\n", "has no row"),
        ("", "file is empty"),
        ("iso3,population\nAAA,1\nAAA,2\n", ":3: iso3 AAA: row stands twice"),
        ("iso3,population\nAAA,1\nBBB,-2\n", ":3: population -2: is too small"),
        ("iso3,population\nAAA,many\n", ":2: population many: is not a number"),
        ("iso3,population\nAAA,nan\n", ":2: population nan"),
        ("iso3,population\nUnited States,1\n", ":2: iso3 United States"),
        ("iso3,population\nAAA,1,2\n", ":2: .*3 cells"),
    ],
)
def test_a_wrong_file_of_indicators_names_the_cell(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "indicators.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=says):
        read_inputs(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"nowhere\.csv: file is missing"):
        read_inputs(tmp_path / "nowhere.csv")


def test_who_signed_an_instrument_shares_as_known_on_a_day() -> None:
    region = load_region("americas")
    signed = members_of(region, "ins:la-declaration")
    assert sorted(signed) == sorted(members_of(region, "la-declaration"))
    assert members_of(region, "ins:la-declaration", date(2022, 6, 10)) == signed
    assert members_of(region, "ins:la-declaration,GUY") == (*signed, "GUY")
    with pytest.raises(UsageError, match="members ins:la-declaration: nobody signed it by 2022-06-09"):
        members_of(region, "ins:la-declaration", date(2022, 6, 9))
    with pytest.raises(UsageError, match="members ins:none: nobody signed it by the ledger; use ins:la-decl"):
        members_of(region, "ins:none")
    with pytest.raises(UsageError, match="members BRA: stands twice"):
        members_of(region, "ins:la-declaration,BRA")


def test_the_toy_pact_is_a_coalition_too() -> None:
    assert members_of(load_region("toy"), "ins:toy-pact") == ("XAA", "XBB", "XCC")
