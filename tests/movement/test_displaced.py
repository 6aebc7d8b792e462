"""The arithmetic of the measurements of displacements, by hand and on engines whose law is known."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import polars as pl
import pytest

import parity
from displaced import commands
from displaced.accuracy import averaged_relative_difference
from displaced.agreement import Agreement, compare, joined, root_mean_square, same_counts, with_z
from displaced.cases import cases_of, place_id, with_hasten

PLACES, DAYS = 12, 60
GOOD = Agreement(True, True, 100, 1.0, 1.0, 1.0, 0.01, "campo on day 3")


def stock(rows):
    """Return a stock of (day, place, camp, mean, sd, data)."""
    schema = {
        "day": pl.Int64,
        "place": pl.String,
        "camp": pl.Boolean,
        "mean": pl.Float64,
        "sd": pl.Float64,
        "data": pl.Float64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def spawned(*totals):
    new = [totals[0], *np.diff(totals).tolist()]
    return pl.DataFrame({"day": range(len(totals)), "new": new, "total": totals})


def engine(seed, runs, mean=40.0, spread=1.0):
    """Return the stock of an engine: independent counts about one mean, a third of the places camps."""
    rng = np.random.default_rng(seed)
    counts = mean + spread * rng.normal(0.0, np.sqrt(mean), (runs, DAYS, PLACES))
    means, spreads = counts.mean(axis=0), counts.std(axis=0, ddof=1)
    rows = [
        (day, f"place-{place}", place % 3 == 0, means[day, place], spreads[day, place], None)
        for day in range(DAYS)
        for place in range(PLACES)
    ]
    return stock(rows)


PEOPLE = spawned(*[40 * PLACES] * DAYS)


def compared(ours, runs=60, peer_runs=20):
    return compare((ours, PEOPLE), (engine(1, peer_runs), PEOPLE), runs, peer_runs)


def test_z_is_the_difference_over_the_pooled_standard_error():
    both = joined(stock([(0, "a", True, 12.0, 4.0, None)]), stock([(0, "a", True, 10.0, 3.0, None)]))
    # (9 + 16) / 2 = 12.5; times 1/60 + 1/20 = 1/15 is 0.8333, of which the root is 0.91287.
    assert with_z(both, 60, 20)["z"].to_list() == pytest.approx([2.0 / 0.9128709])


@pytest.mark.parametrize(("spread", "tells"), [(0.0, False), (1.15, False), (1.17, True)])
def test_a_place_where_hardly_anybody_is_says_nothing(spread, tells):
    both = joined(stock([(0, "a", True, 1.0, spread, None)]), stock([(0, "a", True, 0.0, spread, None)]))
    assert (with_z(both, 60, 20)["z"][0] is not None) == tells  # 1.1619 * sqrt(1/15) is 0.3


def test_root_mean_square_leaves_out_what_is_missing():
    assert root_mean_square(pl.Series([3.0, None, -4.0])) == pytest.approx(12.5**0.5)
    assert root_mean_square(pl.Series([None, None], dtype=pl.Float64)) is None


def test_one_law_drawn_twice_agrees():
    found = compared(engine(2, 60))
    assert found.failures("any") == []
    assert found.rms_z == pytest.approx(1.0, abs=0.08)
    assert found.rms_z_camps == pytest.approx(1.0, abs=0.15)
    assert found.variance_ratio == pytest.approx(1.0, abs=0.1)
    assert found.compared == PLACES * DAYS


def test_a_law_with_another_mean_is_found_out():
    assert "rms z" in compared(engine(2, 60, mean=42.0)).failures("any")


@pytest.mark.parametrize("spread", [0.75, 1.25])
def test_a_law_with_another_spread_is_found_out(spread):
    assert compared(engine(2, 60, spread=spread)).failures("any") == ["variance"]


def test_one_place_far_off_is_found_out_and_named():
    ours = engine(2, 60)
    off = (pl.col("day") == 7) & (pl.col("place") == "place-5")
    ours = ours.with_columns(pl.when(off).then(pl.col("mean") + 0.05 * 480).otherwise("mean").alias("mean"))
    found = compared(ours)
    assert found.largest_at == "place-5 on day 7"
    assert found.largest_share == pytest.approx(0.05, abs=0.01)
    assert "difference" in found.failures("any")


@pytest.mark.parametrize(
    ("change", "case", "failures"),
    [
        ({}, "toy-capped-a1", []),
        ({"spawn_equal": False}, "toy-capped-a1", ["spawn"]),
        ({"rms_z": 1.3}, "toy-capped-a1", ["rms z"]),
        ({"rms_z": 1.49}, "mali2012-classic", []),
        ({"rms_z": 1.5}, "mali2012-aware2", ["rms z"]),
        ({"rms_z_camps": 1.5}, "toy-capped-a1", ["rms z of camps"]),
        ({"rms_z_camps": None}, "toy-capped-a1", []),
        ({"variance_ratio": 0.69}, "toy-capped-a1", ["variance"]),
        ({"variance_ratio": 1.41}, "toy-capped-a1", ["variance"]),
        ({"largest_share": 0.015}, "toy-capped-a1", ["difference"]),
        ({"rms_z": float("nan"), "variance_ratio": float("nan")}, "any", ["rms z", "variance"]),
    ],
)
def test_each_bound_is_held(change, case, failures):
    assert dataclasses.replace(GOOD, **change).failures(case) == failures


def test_spawn_must_be_equal_on_every_day():
    ours = engine(2, 60)
    late = compare((ours, spawned(*[479] * 59, 480)), (engine(1, 20), PEOPLE), 60, 20)
    assert late.failures("any") == ["spawn"]


@pytest.mark.parametrize("less", ["ours", "peer"])
def test_a_place_that_one_side_lacks_is_named(less):
    whole = stock([(0, "a", True, 1.0, 1.0, None), (0, "b", True, 1.0, 1.0, None)])
    sides = {"ours": whole, "peer": whole, less: whole.head(1)}
    with pytest.raises(ValueError, match=r"1 places and days that only .* b on day 0"):
        joined(sides["ours"], sides["peer"])


@pytest.mark.parametrize(
    ("ours", "same"), [([5.0, None], True), ([5.0, 0.0], False), ([None, None], False), ([5.1, None], False)]
)
def test_counts_are_the_same_where_present_and_missing_alike(ours, same):
    sides = [
        stock([(0, "a", True, 1.0, 1.0, one), (0, "b", False, 1.0, 1.0, other)])
        for one, other in (ours, [5.0, None])
    ]
    assert same_counts(joined(*sides)) == same


def test_the_relative_difference_by_hand():
    rows = [
        (0, "a", True, 90.0, 0.0, 100.0),
        (0, "b", True, 35.0, 0.0, 20.0),
        (0, "town", False, 999.0, 0.0, None),
        (1, "a", True, 3.0, 0.0, 0.0),
        (1, "b", True, 0.0, 0.0, 0.0),
    ]
    # Day 0: (10 + 15) / 120; day 1: 3 / 1, since nobody was counted.
    assert averaged_relative_difference(stock(rows)) == pytest.approx((25.0 / 120.0 + 3.0) / 2.0)


def test_no_count_gives_no_difference():
    with pytest.raises(ValueError, match="no camp has a count"):
        averaged_relative_difference(stock([(0, "town", False, 1.0, 0.0, None)]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("(on links)", "on-links"),
        ("Commune_of_Mabanda", "commune-of-mabanda"),
        ("Bobo-Dioulasso", "bobo-dioulasso"),
        ("São  João (A)", "são-joão-a-"),
    ],
)
def test_place_ids(name, expected):
    assert place_id(name) == expected


def test_hasten_is_the_only_thing_changed(tmp_path):
    settings = tmp_path / "a.yml"
    settings.write_text("move_rules:\n  awareness_level: 1\noptimisations:\n  hasten: 50\n", encoding="utf-8")
    new = with_hasten(settings, 1, tmp_path).read_text(encoding="utf-8")
    assert new == settings.read_text(encoding="utf-8").replace("50", "1")
    settings.write_text("move_rules:\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="sets hasten 0 times"):
        with_hasten(settings, 1, tmp_path)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one case whose peer has two places and a link."""
    inputs = tmp_path / "instances" / "toy"
    inputs.mkdir(parents=True)
    (inputs / "toy-one.simsetting.yml").write_text("optimisations:\n  hasten: 1\n", encoding="utf-8")
    (tmp_path / "stats").mkdir()
    peer = engine(1, 20).filter(pl.col("place").is_in(["place-0", "place-1", "place-2"]))
    names = {"place-0": "Place_0", "place-1": "Place 1", "place-2": "(on links)"}
    peer = peer.with_columns(pl.col("place").replace(names).alias("location"))
    peer.rename({"camp": "is_camp"}).drop("place").write_parquet(tmp_path / "stats" / "toy-one.parquet")
    pl.DataFrame({"day": range(DAYS), "spawned": [0] * DAYS, "agents": [600] * DAYS}).write_csv(
        tmp_path / "stats" / "toy-one.spawn.csv"
    )
    (tmp_path / "summary.csv").write_text("case,hasten,runs,seeds\ntoy-one,1,20,1-20\n", encoding="utf-8")
    return tmp_path


def answering(mean):
    """Return a command line that imports nothing and writes the tables of an engine with a mean."""

    def call(words):
        if words[0] == "simulate":
            out = commands.Path(words[words.index("--out") + 1])
            (out / "tables").mkdir(parents=True)
            ids = {"place-0": "place-0", "place-1": "place-1", "place-2": "on-links"}
            ours = engine(2, 60, mean).filter(pl.col("place").is_in(ids))
            ours = ours.with_columns(pl.col("place").replace(ids), min=pl.lit(0), max=pl.lit(99))
            ours.drop("camp").write_csv(out / "tables" / "stock.csv")
            people = pl.DataFrame({"day": range(DAYS), "new": [0] * DAYS, "total": [600] * DAYS})
            people.write_csv(out / "tables" / "spawned.csv")
            (out / "run.json").write_text(json.dumps({"runs": 60}), encoding="utf-8")
        return 0

    return call


@pytest.mark.parametrize(("mean", "code", "words"), [(40.0, 0, "all pass"), (44.0, 1, "FAIL: rms z")])
def test_the_table_and_its_exit_code(folder, monkeypatch, capsys, mean, code, words):
    monkeypatch.setattr(commands, "call", answering(mean))
    monkeypatch.setattr("sys.argv", ["parity.py", str(folder)])
    with pytest.raises(SystemExit) as ended:
        parity.main()
    assert ended.value.code == code
    assert words in capsys.readouterr().out


def test_a_command_that_fails_ends_the_script_with_its_code(monkeypatch):
    monkeypatch.setattr(commands, "call", lambda words: 2)
    with pytest.raises(SystemExit) as ended:
        commands.travesia("import", "flee")
    assert ended.value.code == 2


def test_an_unknown_case_is_named(folder):
    assert [case.name for case in cases_of(folder)] == ["toy-one"]
    with pytest.raises(SystemExit, match="has no case toy-two"):
        cases_of(folder, ["toy-two"])
