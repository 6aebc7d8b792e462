"""``travesia simulate``: tables by day and the facts of a run, as the contract has them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from travesia.cli import call
from travesia.movement import Options, simulate
from travesia.region import load_region
from travesia.study import Request, prepare

DAYS = [date(2022, 4, 1) + timedelta(days=n) for n in range(183)]
RUNS = 7
FACTS = {
    "runs", "days", "people", "person_days", "cohorts_per_day", "draws",
    "cpu_s", "wall_s", "compile_s", "peak_mb",
}  # fmt: skip


def simulate_toy(folder: Path, *words: object) -> Path:
    command = ["simulate", "toy", "--runs", RUNS, "--seed", 5, "--quiet", "--out", folder, *words]
    assert call([str(word) for word in command]) == 0
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulate_toy(tmp_path_factory.mktemp("toy") / "out")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return simulate_toy(tmp_path_factory.mktemp("toy") / "expected", "--expected")


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(folder / "tables" / f"{name}.csv", try_parse_dates=True, infer_schema_length=None)


def tables_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}


def test_the_folder_is_printed_and_holds_what_the_contract_names(travesia, tmp_path):
    told = travesia("simulate", "toy", "--runs", 2, "--out", tmp_path / "out")
    assert (told.code, told.out) == (0, f"{tmp_path / 'out'}\n")
    names = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*")}
    wanted = {f"tables/{name}.csv" for name in ("stock", "crossings", "outcomes", "spawned")}
    assert wanted | {"run.json"} <= names


def test_stock_has_every_place_and_day_and_one_place_on_links(folder):
    stock = table(folder, "stock")
    assert stock.columns == ["day", "place", "mean", "sd", "min", "max", "data"]
    places = set(stock["place"])
    assert {"xb-cruce", "xb-bosque", "on-links"} <= places
    assert places - {"on-links", "beyond-gates"} <= set(load_region("toy").places["id"])
    rows = sorted(stock.select("day", "place").rows())
    assert rows == sorted((day, place) for day in DAYS for place in places)


def test_nothing_observed_is_missing_not_zero(folder):
    assert table(folder, "stock")["data"].null_count() == len(table(folder, "stock"))


@pytest.mark.parametrize("name", ["stock", "crossings"])
def test_least_and_most_are_whole_people_around_the_mean(folder, name):
    daily = table(folder, name)
    for column in ("min", "max"):
        assert (daily[column] == daily[column].round()).all()
    assert ((daily["min"] <= daily["mean"]) & (daily["mean"] <= daily["max"])).all()
    assert (daily["sd"] >= 0.0).all()
    assert (daily.filter(pl.col("min") == pl.col("max"))["sd"] == 0.0).all()
    # Means of whole people over seven runs are sevenths.
    assert (daily["mean"] * RUNS - (daily["mean"] * RUNS).round()).abs().max() < 1e-9


def test_mean_and_deviation_are_those_of_the_runs(folder):
    """Each run by itself, its stocks written out: the deviation divides by one less than the runs."""
    ready = prepare(Request("toy", runs=RUNS, seed=5))
    one_by_one = []
    for runs in range(1, RUNS + 1):
        one_by_one.append(simulate([ready.plans[0]], Options(runs, 5, 1))[0].stock.total)
    stocks = np.diff(np.array([np.zeros_like(one_by_one[0]), *one_by_one]), axis=0)
    first = ready.frame.day(date(2022, 4, 1))
    at = ready.frame.places.index("xb-cruce")
    rows = table(folder, "stock").filter(place="xb-cruce")
    assert rows["mean"].to_list() == pytest.approx(stocks[:, first:, at].mean(axis=0).tolist())
    assert rows["sd"].to_list() == pytest.approx(stocks[:, first:, at].std(axis=0, ddof=1).tolist(), abs=1e-6)
    assert rows["min"].to_list() == stocks[:, first:, at].min(axis=0).tolist()
    assert rows["max"].to_list() == stocks[:, first:, at].max(axis=0).tolist()
    assert rows["sd"].max() > 0.0


def test_one_run_has_no_deviation(tmp_path):
    stock = table(simulate_toy(tmp_path / "out", "--runs", 1), "stock")
    assert stock["sd"].fill_null(0.0).max() == 0.0
    assert (stock["min"] == stock["max"]).all()


def test_people_who_set_out_are_somewhere(folder):
    """What is new by day is what stocks rise by, lawful admissions aside, which the toy has none of."""
    total = table(folder, "stock").group_by("day").agg(pl.col("mean").sum()).sort("day")["mean"]
    spawned = table(folder, "spawned")
    assert spawned.columns[:3] == ["day", "new", "total"]
    assert spawned["day"].to_list() == DAYS
    assert spawned["new"][1:].to_list() == pytest.approx(total.diff()[1:].to_list(), abs=1e-6)
    assert spawned["total"].to_list() == pytest.approx(total.to_list())
    assert spawned["total"].diff()[1:].to_list() == pytest.approx(spawned["new"][1:].to_list(), abs=1e-6)


def test_crossings_name_links_and_directions(folder):
    crossings = table(folder, "crossings")
    assert crossings.columns == ["day", "link", "direction", "mean", "sd", "min", "max"]
    routes = load_region("toy").routes
    assert set(crossings["link"]) <= set(routes["id"])
    assert set(crossings["direction"]) <= {"forward", "reverse"}
    one_way = set(routes.filter(pl.col("one_way"))["id"])
    assert crossings.filter((pl.col("direction") == "reverse") & pl.col("link").is_in(one_way)).is_empty()


def test_outcomes_are_by_gate_nationality_and_what_became_of_people(folder):
    outcomes = table(folder, "outcomes")
    assert {"gate", "nationality", "outcome", "mean", "p05", "p95"} <= set(outcomes.columns)
    assert set(outcomes["gate"]) == {"gate-sector-duna", "gate-bosque"}
    assert set(outcomes.filter(gate="gate-bosque")["outcome"]) == {"passed"}
    assert "expelled" in set(outcomes.filter(gate="gate-sector-duna", nationality="XAA")["outcome"])
    # The toy's expulsion leaves Boscanians out.
    assert "expelled" not in set(outcomes.filter(nationality="XBB")["outcome"])


def test_run_json_has_the_keys_of_the_contract(folder):
    facts = json.loads((folder / "run.json").read_text())
    assert facts.keys() >= FACTS
    assert (facts["runs"], facts["days"]) == (RUNS, len(DAYS))
    for key in FACTS:
        assert isinstance(facts[key], int | float), key
        assert facts[key] >= 0.0, key
    assert facts["people"] > 0
    assert facts["person_days"] > facts["people"]
    assert facts["draws"] > 0
    assert 1.0 < facts["cohorts_per_day"] < 1000.0
    assert 20.0 < facts["peak_mb"] < 4000.0


def test_expected_flows_lie_among_the_runs(expected, tmp_path):
    """Every draw is its mean: no whole numbers, and close to the mean of many runs."""
    stock = table(expected, "stock")
    assert (stock["min"] == stock["mean"]).all()
    assert (stock["max"] == stock["mean"]).all()
    assert (stock["mean"] != stock["mean"].round()).any()
    facts = json.loads((expected / "run.json").read_text())
    assert (facts["runs"], facts["draws"]) == (1, 0)
    many = table(simulate_toy(tmp_path / "many", "--runs", 60), "stock").filter(place="xb-cruce")
    mine = stock.filter(place="xb-cruce")["mean"]
    assert abs(many["mean"].mean() / mine.mean() - 1.0) < 0.1


def test_threads_change_no_table(folder, tmp_path):
    assert tables_of(simulate_toy(tmp_path / "two", "--threads", 2)) == tables_of(folder)


def test_another_seed_does(folder, tmp_path):
    assert tables_of(simulate_toy(tmp_path / "two", "--seed", 6)) != tables_of(folder)


def test_a_scenario_is_the_same_up_to_its_first_difference(folder, tmp_path):
    """Departures are worked back and drawn under what happened, whichever scenario is simulated."""
    other = simulate_toy(tmp_path / "out", "--scenario", "expulsion-ends")
    before, after = table(folder, "stock"), table(other, "stock")
    early = pl.col("day") < date(2022, 6, 1)
    assert before.filter(early).equals(after.filter(early))
    assert not before.filter(~early).equals(after.filter(~early))
    assert json.loads((other / "run.json").read_text())["scenario"] == "expulsion-ends"


def test_from_and_to_are_the_days_written(tmp_path):
    out = simulate_toy(tmp_path / "out", "--from", "2022-05-10", "--to", "2022-05-20")
    days = [date(2022, 5, 10) + timedelta(days=n) for n in range(10)]
    assert sorted(set(table(out, "stock")["day"])) == days
    assert table(out, "spawned")["day"].to_list() == days
    assert json.loads((out / "run.json").read_text())["days"] == 10


BAD = [
    (["--rules", "flee"], "flee"),
    (["--rules", "nonsense"], "nonsense"),
    (["--scenario", "nonsense"], "nonsense"),
    (["--from", "2022-04-01", "--to", "2023-02-01"], "observations of toy end on 2022-12-31"),
    (["--from", "2022-06-01", "--to", "2022-05-01"], "the first one earlier"),
    (["--runs", "0"], "runs"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_words_are_one_clear_line(travesia, tmp_path, words, said):
    told = travesia("simulate", "toy", *words, "--out", tmp_path / "out", "--quiet")
    assert (told.code, told.out) == (2, "")
    assert re.fullmatch(r"error: .*\n", told.err)
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_peers_rules_need_a_displacement(travesia, tmp_path):
    told = travesia("simulate", "toy", "--rules", "flee", "--out", tmp_path / "out")
    assert told.code == 2
    assert told.err == (
        "error: --rules flee: pack toy holds no displacement; use a pack made by `travesia import flee`\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_folder_that_exists_stays(folder, travesia):
    before = tables_of(folder)
    told = travesia("simulate", "toy", "--runs", 2, "--out", folder)
    assert told.code == 2
    assert "exists already" in told.err
    assert tables_of(folder) == before
