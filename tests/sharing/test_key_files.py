from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from travesia.cli import call
from travesia.sharing import Factor, Key, find_key, keys, read_key
from travesia.terms import Cite, ScenarioError, UsageError

OWN = """\
id = "housing-first"
title = "People and empty homes"
floor = 0.05
excluded = ["CCC"]
cites = ["plan"]

[years]
population = "2024"

[[factors]]
column = "population"
weight = "2/3"

[[factors]]
column = "empty_homes"
weight = "1/3"

[[sources]]
id = "plan"
title = "A plan"
publisher = "A ministry"
licence = "public domain"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "key.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_key_of_ones_own(tmp_path: Path) -> None:
    key = find_key("custom", written(tmp_path, OWN))
    assert isinstance(key, Key)
    assert key.factors == (Factor("population", Fraction(2, 3)), Factor("empty_homes", Fraction(1, 3)))
    assert (key.floor, key.excluded, key.cites) == (Fraction(1, 20), ("CCC",), (Cite("plan"),))
    assert key.years == (("population", "2024"),)


def test_decimals_are_the_numbers_that_are_written() -> None:
    assert [factor.weight for factor in find_key("eu-2015-05").factors] == [
        Fraction(4, 10), Fraction(4, 10), Fraction(1, 10), Fraction(1, 10),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('id = "housing-first"\n', "", "key.toml:1: id: key is missing; add it"),
        ('id = "housing-first"', 'id = "Housing First"', "key.toml:1: id Housing First: string should match"),
        ("floor = 0.05", "floor = 2", "floor and ceiling are fractions of 1, floor first"),
        ("floor = 0.05", 'floor = "a lot"', "key.toml:3: floor a lot: is no number; write for example 0.4"),
        ("floor = 0.05", "floor = nan", "key.toml:3: floor nan: is no number"),
        ("floor = 0.05", "flour = 0.05", "key.toml:3: flour: key is unknown; remove it or correct its name"),
        ("floor = 0.05", "floor = 0.05 0.06", "key.toml:3: floor 0.05 0.06: is no TOML"),
        ('excluded = ["CCC"]', 'excluded = ["Chile"]', "key.toml:4: excluded Chile"),
        ('weight = "2/3"', 'weight = "1/2"', "key.toml: key housing-first: the weights must add up to 1"),
        ('weight = "2/3"', 'weight = "2/0"', "key.toml:12: weight 2/0: is no number"),
        ('weight = "2/3"', 'weight = "1e999999999"', "key.toml:12: weight 1e999999999: is no number"),
        ('weight = "2/3"', 'weight = "0x1"', "key.toml:12: weight 0x1: is no number"),
        ('weight = "2/3"', "weight = true", "key.toml:12: weight True: is no number"),
        ('"empty_homes"', '"Empty homes"', "factor Empty homes is no column name"),
        ('"empty_homes"', '"population"\ncap = 0.3\nscale = "mean"', "only adjustments take the scales"),
        ('"empty_homes"', '"empty_homes"\nscale = "log"', "key.toml:16: scale log"),
        ('"population"\nw', '"population"\nfallback = "median"\nw', "no fallback for population, a size"),
        ('cites = ["plan"]', 'cites = ["nowhere"]', "a cite names a source that the key does not list"),
        ('licence = "public domain"', "", "key.toml:18: licence: key is missing"),
    ],
)
def test_every_fault_of_a_key_file_is_one_line_with_its_place(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in OWN
    with pytest.raises(ScenarioError) as error:
        read_key(written(tmp_path, OWN.replace(old, new)))
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_key_file_that_is_not_there() -> None:
    with pytest.raises(ScenarioError, match=r"nowhere\.toml: file is missing"):
        read_key(Path("nowhere.toml"))


def test_id_and_file_belong_together(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="give --key-file FILE"):
        find_key("custom")
    with pytest.raises(UsageError, match="is for --key custom"):
        find_key("equal", tmp_path)


def test_a_key_of_ones_own_has_an_id_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"key\.toml: id grech is that of another key"):
        find_key("custom", written(tmp_path, OWN.replace("housing-first", "grech")))


def test_every_shipped_key_says_what_its_text_says() -> None:
    for key in keys().values():
        assert not key.factors or key.sources
        assert {cite.source for cite in key.cites} == {source.id for source in key.sources}
        assert {column for column, _ in key.years} <= set(key.columns)
        assert all(source.licence and source.publisher for source in key.sources)
    assert [rule.id for rule in find_key("population-gdp").solidarity] == ["dublin-2016", "regulation-2024"]
    assert {each.iso3 for each in find_key("eu-2015-09").left_out} == {"DNK", "GBR", "IRL", "GRC", "ITA"}


def test_a_key_of_ones_own_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, file = written(tmp_path, OWN), tmp_path / "mine.csv"
    file.write_text("iso3,population,empty_homes\nAAA,1,9\nBBB,2,0\nCCC,3,3\n", "utf-8")
    words = ["share", "--key", "custom", "--key-file", str(key), "--indicators", str(file), "--people", "100"]
    assert call([*words, "--json"]) == 0
    assert '"key": "housing-first"' in capsys.readouterr().out
    file.write_text("iso3,population,empty_huts\nAAA,1,9\nBBB,2,0\nCCC,3,3\n", "utf-8")
    assert call(words) == 2
    assert "mine.csv:1: empty_huts: column is unknown" in capsys.readouterr().err
    file.write_text("iso3,population\nAAA,1\nBBB,2\nCCC,3\n", "utf-8")
    assert call(words) == 2
    assert "mine.csv:2: empty_homes AAA (and 2 more): is missing" in capsys.readouterr().err
