"""Full paths: everybody's place by day and run, as Parquet."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from small_jobs import DAYS, PLACES, Counting, written

from travesia.movement import Demand, Options, Plan, build_plan, open_pool, run_job, simulate
from travesia.movement.paths import put
from travesia.region import Region
from travesia.scenario import load_scenario
from travesia.terms import UsageError


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paths")
    run_job(Counting(), Options(12, paths=folder, chunk=5, threads=2))
    return folder


def test_there_is_a_file_a_run_and_scenario(folder: Path):
    wanted = {f"{name}/run-{number:05d}.parquet" for name in ("stay", "end") for number in range(12)}
    assert digests(folder).keys() == wanted


def test_the_rows_are_the_stock_without_where_nobody_is(folder: Path):
    for s, scenario in enumerate(("stay", "end")):
        for number in (0, 3, 11):
            table = pl.read_parquet(folder / scenario / f"run-{number:05d}.parquet")
            assert table.schema == {"run": pl.Int32, "day": pl.Date, "place": pl.String, "people": pl.Int64}
            assert set(table["run"]) == {number}
            assert (table["people"] > 0).all()
            back = np.zeros((DAYS, len(PLACES)))
            for _, day, place, people in table.iter_rows():
                back[(day - date(2022, 1, 1)).days, PLACES.index(place)] += people
            assert np.array_equal(back, written(number, s).daily["stock"])


def test_neither_chunks_nor_processes_change_a_byte(folder: Path, tmp_path: Path):
    run_job(Counting(), Options(12, paths=tmp_path / "one", chunk=100, threads=1))
    with open_pool("processes", 2) as pool:
        run_job(Counting(), Options(12, paths=tmp_path / "two", chunk=3), pool)
    assert digests(tmp_path / "one") == digests(tmp_path / "two") == digests(folder)


def test_paths_begin_on_the_day_asked_for(tmp_path: Path):
    run_job(Counting(), Options(1, paths=tmp_path, paths_from=date(2022, 1, 4)))
    table = pl.read_parquet(tmp_path / "stay" / "run-00000.parquet")
    stock = written(0, 0).daily["stock"][3:]
    assert table["people"].sum() == stock.sum()
    assert table["day"].min() >= date(2022, 1, 4)
    with pytest.raises(UsageError, match="2021-12-31: lies before the first day simulated, 2022-01-01"):
        run_job(Counting(), Options(1, paths=tmp_path, paths_from=date(2021, 12, 31)))


def test_a_run_in_which_nobody_is_anywhere_is_an_empty_table_of_the_same_form(tmp_path: Path):
    run_job(Counting(), Options(1, paths=tmp_path, paths_from=date(2030, 1, 1)))
    table = pl.read_parquet(tmp_path / "end" / "run-00000.parquet")
    assert table.height == 0
    assert table.columns == ["run", "day", "place", "people"]


def test_paths_add_up_to_the_sums(tmp_path: Path, toy: Region, toy_fitted: tuple[Demand, Plan]):
    demand, plan = toy_fitted
    stays = load_scenario(toy, "expulsion-stays")
    flows = simulate([build_plan(plan.frame, stays, demand, stays)], Options(7, seed=5, paths=tmp_path))[0]
    paths = pl.read_parquet(tmp_path / "expulsion-stays" / "*.parquet")
    assert set(paths["run"]) == set(range(7))
    names = [*flows.frame.places, "on-links", "beyond-gates"]
    total = np.zeros_like(flows.stock.total)
    summed = paths.group_by("day", "place").agg(pl.col("people").sum(), pl.col("people").max().alias("most"))
    most = np.zeros_like(total)
    for day, place, people, largest in summed.iter_rows():
        total[flows.frame.day(day), names.index(place)] = people
        most[flows.frame.day(day), names.index(place)] = largest
    assert np.array_equal(total, flows.stock.total)
    assert np.array_equal(most, flows.stock.most)


def test_a_file_is_put_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put(tmp_path / "a", b"one")

    def cut(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path / "a", b"two")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"one"}
