"""``travesia simulate`` on a pack that holds a displacement, and what other commands say of such a pack."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from travesia.cli import call
from travesia.movement import counted, load_displacement, save_displacement

TOY = Path(__file__).parents[1] / "movement" / "flee" / "toy-capped"
DAYS, RUNS = 60, 5
FACTS = {
    "runs", "days", "people", "person_days", "cohorts_per_day", "draws", "cpu_s", "wall_s", "compile_s",
    "peak_mb", "rules", "hasten", "displacement", "people_waiting",
}  # fmt: skip


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the toy as a pack, with a third of its people."""
    home = tmp_path_factory.mktemp("packs")
    text = (TOY / "toy-capped-a2.simsetting.yml").read_text(encoding="utf-8")
    assert "hasten: 1\n" in text
    (home / "s.yml").write_text(text.replace("hasten: 1\n", "hasten: 3\n"), encoding="utf-8")
    words = ["import", "flee", TOY, "--settings", home / "s.yml", "--out", home / "pack", "--quiet"]
    assert call([str(word) for word in words]) == 0
    return home / "pack"


def simulated(pack: Path, out: Path, *words: object) -> tuple[dict, dict[str, pl.DataFrame]]:
    command = ["simulate", pack, "--runs", RUNS, "--seed", 5, "--quiet", "--out", out, *words]
    assert call([str(word) for word in command]) == 0
    tables = {
        path.stem: pl.read_csv(path, infer_schema_length=None) for path in (out / "tables").glob("*.csv")
    }
    return json.loads((out / "run.json").read_text(encoding="utf-8")), tables


def variant(pack: Path, to: Path, **changed: object) -> Path:
    """Return another pack, of the displacement with something changed."""
    found = load_displacement(pack)
    to.mkdir()
    save_displacement(replace(found, **changed), to)
    return to


@pytest.mark.parametrize(
    "words", [(), ("--rules", "flee"), ("--full-scale",), ("--expected",), ("--runs", 1)]
)
def test_tables_and_facts_are_those_of_the_contract(pack: Path, tmp_path: Path, words: tuple):
    facts, tables = simulated(pack, tmp_path / "out", *words)
    assert facts.keys() >= FACTS
    assert facts["rules"] == ("flee" if "flee" in words else "travesia")
    assert facts["hasten"] == (1 if "--full-scale" in words else 3)
    assert facts["runs"] == (1 if {"--expected", "--runs"} & set(words) else RUNS)
    assert (facts["draws"] == 0) == ("--expected" in words)
    stock, spawned = tables["stock"], tables["spawned"]
    assert stock.columns[:7] == ["day", "place", "mean", "sd", "min", "max", "data"]
    assert spawned.columns == ["day", "new", "total"]
    assert (spawned["new"].dtype, spawned["total"].dtype) == (pl.Int64, pl.Int64)
    assert tables["outcomes"].is_empty()
    places = load_displacement(pack).sites
    ids = [place.id for place in places]
    assert stock.select("day", "place").rows() == [
        (day, at) for day in range(DAYS) for at in [*ids, "on-links"]
    ]
    assert set(stock.filter(place="campo")["name"]) == {"Campo"}
    everybody = stock.group_by("day", maintain_order=True).agg(pl.col("mean").sum())["mean"]
    assert everybody.to_list() == pytest.approx(spawned["total"].to_list())
    assert facts["people"] == spawned["total"][-1]
    assert facts["person_days"] == pytest.approx(float(stock["mean"].sum()))
    assert facts["people_waiting"] == 0.0
    if facts["runs"] == 1:
        assert stock["sd"].max() == 0.0
    links = {(link.one.lower(), link.other.lower()) for link in load_displacement(pack).links}
    for one, other in tables["crossings"].select("from", "to").unique().rows():
        assert (one, other) in links or (other, one) in links
    assert tables["crossings"]["mean"].sum() > 0.0


def test_the_column_of_data_holds_what_was_counted_and_nothing_where_nothing_was(pack: Path, tmp_path: Path):
    stock = simulated(pack, tmp_path / "out", "--rules", "flee")[1]["stock"]
    found = load_displacement(pack)
    data = counted(found)
    for at, site in enumerate(found.sites):
        column = stock.filter(place=site.id)["data"]
        if site.name in {series.name for series in found.counts[1:]}:
            assert column.to_list() == data[:, at].tolist()
        else:
            assert column.null_count() == DAYS
    assert stock.filter(place="on-links")["data"].null_count() == DAYS


def test_full_scale_is_the_whole_and_the_settings_scale_a_third(pack: Path, tmp_path: Path):
    third, _ = simulated(pack, tmp_path / "third")
    whole, _ = simulated(pack, tmp_path / "whole", "--full-scale")
    assert whole["people"] == pytest.approx(3 * third["people"], rel=0.01)


def test_paths_hold_every_run_and_its_sum_is_the_mean(pack: Path, tmp_path: Path):
    _, tables = simulated(pack, tmp_path / "out", "--paths", "--rules", "flee")
    files = sorted((tmp_path / "out" / "paths" / "flee").glob("*.parquet"))
    assert [file.name for file in files] == [f"run-{n:05d}.parquet" for n in range(RUNS)]
    whole = pl.concat([pl.read_parquet(file) for file in files])
    mean = whole.group_by("place").agg((pl.col("people").sum() / RUNS).alias("people"))
    for place, people in mean.rows():
        assert tables["stock"].filter(place=place)["mean"].sum() == pytest.approx(people)


def test_a_kept_ensemble_goes_on_to_the_same_bytes_and_refuses_another(pack: Path, tmp_path: Path, travesia):
    keep = ("--keep", tmp_path / "kept")
    simulated(pack, tmp_path / "first", *keep, "--runs", 2)
    simulated(pack, tmp_path / "second", *keep)
    simulated(pack, tmp_path / "whole", "--threads", 2)
    for file in (tmp_path / "whole" / "tables").iterdir():
        assert (tmp_path / "second" / "tables" / file.name).read_bytes() == file.read_bytes()
    for other in (("--rules", "flee"), ("--full-scale",), ("--seed", 9)):
        words = ("simulate", pack, "--seed", 5, "--runs", 2, *keep, "--out", tmp_path / "no", *other)
        told = travesia(*words)
        assert (told.code, told.out) == (2, "")
        assert "keeps an ensemble of" in told.err
        assert not (tmp_path / "no").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rules", "peer"), "--rules peer: is no set of rules; use travesia or flee"),
        (("--scenario", "as-imported"), "--scenario: pack PACK holds a displacement, which has one course"),
        (("--from", "2020-01-01", "--to", "2020-01-09"), "--from: pack PACK holds a displacement"),
        (("--expected", "--paths"), "--expected --paths: expected flows have no runs"),
        (("--expected", "--keep", "kept"), "--expected --keep: expected flows have no runs"),
        (("--runs", "0"), "Invalid value for '--runs'"),
    ],
)
def test_words_that_do_not_go_together_leave_one_line_and_nothing_else(
    pack: Path, tmp_path: Path, travesia, words: tuple, says: str
):
    told = travesia("simulate", pack, "--out", tmp_path / "out", *words)
    assert (told.code, told.out) == (2, "")
    assert says.replace("PACK", str(pack)) in told.err
    assert told.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--rules", "flee"), "--rules flee: pack toy holds no displacement"),
        (("--full-scale",), "--full-scale: pack toy holds no displacement"),
    ],
)
def test_a_pack_without_displacement_knows_no_rules_of_flee(
    travesia, tmp_path: Path, words: tuple, says: str
):
    told = travesia("simulate", "toy", "--out", tmp_path / "out", *words)
    assert (told.code, told.err.count("\n")) == (2, 1)
    assert says in told.err
    assert not list(tmp_path.iterdir())


def test_run_says_in_one_line_what_to_use_instead(pack: Path, tmp_path: Path, travesia):
    for words in ((), ("--scenario", "a", "--scenario", "b")):
        told = travesia("run", pack, "--out", tmp_path / "out", *words)
        assert (told.code, told.out) == (2, "")
        assert told.err == (
            f"error: run {pack}: holds a displacement, which has one course and no scenarios to compare; "
            f"use travesia simulate {pack} --out DIR\n"
        )
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", [(), ("--executor", "processes", "--threads", 2)])
def test_people_whom_nobody_can_spawn_by_the_rules_of_flee_leave_one_line(
    pack: Path, tmp_path: Path, travesia, words: tuple
):
    found = load_displacement(pack)
    spawn = replace(found.settings.spawn, take_from_population=True)
    few = variant(
        pack, tmp_path / "few",
        settings=replace(found.settings, spawn=spawn),
        sites=tuple(site if "camp" in site.kind else replace(site, people=90) for site in found.sites),
    )  # fmt: skip
    told = travesia(
        "simulate", few, "--rules", "flee", "--runs", 4, "--out", tmp_path / "no", "--quiet", *words
    )
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "people are to set out whom no place in conflict has as inhabitants" in told.err
    assert not (tmp_path / "no").exists()
    facts, tables = simulated(few, tmp_path / "out", *words)
    assert facts["people_waiting"] > 0.0
    assert facts["people"] == tables["spawned"]["total"][-1]


def test_check_lays_out_what_it_reads(pack: Path, tmp_path: Path, travesia):
    found = load_displacement(pack)
    assert travesia("check", pack).code == 0
    links = tuple(replace(link, km=1e9) for link in found.links)
    told = travesia("check", variant(pack, tmp_path / "far", links=links))
    assert told.code == 1
    assert "km: 1000000000.0 takes more than 100,000 days at" in told.out
