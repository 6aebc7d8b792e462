"""Dangerous links of the Americas pack: what was counted is in the raw file, and no link stands twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from travesia.region import check_pack, find_pack, load_region
from travesia.terms import PackError, UnknownIdsError

RAW = Path(__file__).parents[3] / "shared" / "data" / "missing-migrants-americas.csv.gz"
ISLANDS = ["ABW", "BHS", "CUB", "CUW", "HTI", "JAM", "TTO", "VEN"]
CROSSED_BY = {
    "darien-jungle": {"jungle"},
    "sea": {"sea"},
    "freight-rail": {"rail"},
    "border-river": {"border_river"},
    "border-land": {"border", "border_desert"},
}


def cause(text: str) -> pl.Expr:
    return pl.col("cause").str.contains(text)


def box(south: float, north: float, west: float, east: float) -> pl.Expr:
    return pl.col("lat").is_between(south, north) & pl.col("lon").is_between(west, east)


COUNTED = {
    "darien-jungle": pl.col("country").eq("PAN") & box(7.3, 9.2, -78.3, -76.7),
    "sea": pl.col("country").is_in(ISLANDS) & cause("Drowning"),
    "freight-rail": pl.col("country").eq("MEX") & cause("Vehicle accident"),
    "border-river": pl.col("country").is_in(["MEX", "USA"]) & box(25.5, 32, -106.6, -97) & cause("Drowning"),
    "border-land": pl.col("country").eq("USA") & box(0, 34, -118, -97) & cause("Harsh environmental"),
}


def test_each_danger_names_all_links_of_its_kinds():
    region = load_region("americas")
    for danger, links in region.dangers.select("id", "links").iter_rows():
        kinds = region.routes.filter(pl.col("kind").is_in(list(CROSSED_BY[danger])))
        assert set(links.split("|")) == set(kinds["id"])
    assert set(region.dangers["id"]) == set(CROSSED_BY)


@pytest.mark.skipif(not RAW.is_file(), reason="the raw files are not here")
def test_the_counts_are_those_of_the_raw_file():
    incidents = pl.read_csv(RAW, infer_schema_length=None).filter(pl.col("month") <= "2023-09")
    for danger, people in load_region("americas").dangers.select("id", "dead_or_missing_people").iter_rows():
        assert incidents.filter(COUNTED[danger])["dead_or_missing"].sum() == people, danger


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    shutil.copytree(find_pack("toy").base, tmp_path / "toy")
    return tmp_path / "toy"


def with_dangers(pack: Path, *rows: str) -> Path:
    lines = ["id,title,links,dead_or_missing_people,counted,source", *rows]
    (pack / "dangers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return pack


def test_a_pack_may_do_without_and_may_have_them(pack):
    region = load_region(pack)
    assert region.dangers.is_empty()
    link, source = region.routes["id"][0], region.sources[0].id
    assert load_region(with_dangers(pack, f"x,X,{link},3,invented,{source}")).danger_of_link == {link: "x"}


def test_an_unknown_link_is_refused(pack):
    source = load_region(pack).sources[0].id
    with pytest.raises(UnknownIdsError, match=r"dangers\.csv:2"):
        load_region(with_dangers(pack, f"x,X,a--b--road,3,invented,{source}"))


def test_a_count_of_nobody_is_refused(pack):
    region = load_region(pack)
    with pytest.raises(PackError, match="dead_or_missing_people"):
        load_region(with_dangers(pack, f"x,X,{region.routes['id'][0]},0,invented,{region.sources[0].id}"))


def test_a_link_under_two_dangers_is_found(pack):
    region = load_region(pack)
    link, source = region.routes["id"][0], region.sources[0].id
    twice = with_dangers(pack, f"x,X,{link},3,invented,{source}", f"y,Y,{link},3,invented,{source}")
    found = [finding for finding in check_pack(twice) if finding.check == "dangers"]
    assert len(found) == 1
    assert f"{link} stands under x too" in str(found[0])
