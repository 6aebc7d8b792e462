"""``travesia run`` at its edges: words that are wrong, odd spans and seeds, thin packs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import polars as pl
import pytest

from travesia.region import find_pack
from travesia.terms import read_table, schemas, write_table

BAD = [
    (["--scenario", "expulsion-stays"], "expulsion-stays: too few to run; name two scenarios or more"),
    (["--scenario", "expulsion-stays", "--scenario", "nonsense"], "nonsense"),
    (["--from", "2022-04-01", "--to", "2023-02-01"], "observations of toy end on 2022-12-31"),
    (["--from", "2022-09-01", "--to", "2022-04-01"], "the first one earlier"),
    (["--from", "2022-04-01", "--to", "2022-04-01"], "no day lies between"),
    (["--from", "2022-05-15", "--to", "2022-06-10"], "no whole month"),
    (["--from", "2022-06-03", "--to", "2022-06-30"], "no whole month"),
    (["--from", "2022-04-01"], "--from and --to go together"),
    (["--from", "2022-13-01", "--to", "2022-12-01"], "YYYY-MM-DD"),
    (["--from", "2021-12-01", "--to", "2022-06-01"], "observations of toy begin on 2022-01-01"),
    (["--runs", "0"], "runs"),
    (["--threads", "0"], "threads"),
    (["--lang", "de"], "de"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_words_are_one_clear_line(travesia, tmp_path, words, said):
    told = travesia("run", "toy", *words, "--out", tmp_path / "here" / "study", "--quiet")
    assert told.code == 2
    assert told.out == ""
    assert re.fullmatch(r"error: .*\n", told.err)
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_pack_is_one_clear_line(travesia, tmp_path):
    told = travesia("run", "atlantis", "--out", tmp_path / "study")
    assert (told.code, told.out) == (2, "")
    assert "atlantis" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("named", ["[]", '["expulsion-stays"]'])
def test_a_pack_that_names_no_question_says_so(travesia, tmp_path, named):
    pack = Path(shutil.copytree(find_pack("toy").base, tmp_path / "mine"))
    text = (pack / "pack.toml").read_text()
    (pack / "pack.toml").write_text(text.replace('["expulsion-stays", "expulsion-ends"]', named))
    told = travesia("run", pack, "--runs", "2", "--quiet", "--out", tmp_path / "study")
    assert told.code == 2
    assert re.fullmatch(r"error: .*--scenario.*\n", told.err)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_same_scenario_twice_is_one_clear_line(travesia, tmp_path):
    twice = ["--scenario", "expulsion-stays"] * 2
    told = travesia("run", "toy", *twice, "--runs", "2", "--quiet", "--out", tmp_path / "study")
    assert told.code == 2
    assert re.fullmatch(r"error: .*expulsion-stays.*\n", told.err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("runs", [1, 2])
def test_very_few_runs_make_a_study_too(travesia, tmp_path, runs):
    assert travesia("run", "toy", "--runs", runs, "--quiet", "--out", tmp_path / "study").code == 0
    drivers = pl.read_csv(tmp_path / "study/tables/drivers.csv", infer_schema_length=None)
    assert drivers["rank_correlation"].null_count() == drivers.height


@pytest.mark.parametrize(
    "span", [("2022-01-01", "2023-01-01"), ("2022-05-15", "2022-09-03"), ("2022-09-01", "2022-12-15")]
)
def test_any_span_with_a_whole_month_makes_a_study(travesia, tmp_path, span):
    words = ["--from", span[0], "--to", span[1], "--runs", 3, "--quiet"]
    assert travesia("run", "toy", *words, "--out", tmp_path / "study").code == 0
    facts = json.loads((tmp_path / "study/study.json").read_text())
    assert facts["span"] == list(span)
    assert span[0] <= facts["window"][0] < facts["window"][1] <= span[1]


def test_any_seed_is_taken(travesia, tmp_path):
    """The kernel takes 64 bits; seeds beyond them are no crash, and seeds near their end differ."""
    made = []
    for seed in (2**63 - 1, 2**63, 2**64 - 1, 10**20):
        target = tmp_path / str(seed)
        assert travesia("run", "toy", "--runs", 2, "--seed", seed, "--quiet", "--out", target).code == 0
        made.append((target / "tables/arrivals.csv").read_bytes())
    assert len(set(made)) == 4


def observed_only(tmp_path: Path, keep: pl.Expr) -> Path:
    pack = Path(shutil.copytree(find_pack("toy").base, tmp_path / "mine"))
    path = pack / "observations.csv.gz"
    write_table(read_table(path, schemas.Observations).filter(keep), path)
    return pack


def test_a_pack_whose_border_nobody_counted_is_one_clear_line(travesia, tmp_path):
    pack = observed_only(tmp_path, pl.col("series") != "toy-border")
    told = travesia("run", pack, "--runs", "2", "--quiet", "--out", tmp_path / "study")
    assert told.code == 2
    assert re.fullmatch(r"error: .*gates\.csv:2: series: unknown series toy-border; .*\n", told.err)


def test_one_month_counted_is_a_study_without_a_score(travesia, tmp_path):
    """After the only month that is known nothing can be scored; the table has no number, not a zero."""
    pack = observed_only(tmp_path, (pl.col("series") != "toy-border") | (pl.col("period") == "2022-03"))
    told = travesia("run", pack, "--runs", "2", "--quiet", "--out", tmp_path / "study")
    assert told.err == (
        "error: --to 2022-10-01: observations of toy end on 2022-03-31; choose an earlier day\n"
    )
    march = ["--from", "2022-03-01", "--to", "2022-04-01"]
    told = travesia("run", pack, *march, "--runs", "2", "--quiet", "--out", tmp_path / "study")
    assert (told.code, told.err) == (0, "")
    scores = pl.read_csv(tmp_path / "study/tables/scores_as_of.csv", infer_schema_length=None)
    assert set(scores["months"]) == {0}
    assert scores["wape_model"].null_count() == scores.height


def test_a_pack_with_a_month_in_which_nobody_comes(travesia, tmp_path):
    """Nobody of anywhere from July on: empty months are empty tables, not a fault."""
    pack = Path(shutil.copytree(find_pack("toy").base, tmp_path / "mine"))
    path = pack / "observations.csv.gz"
    seen = read_table(path, schemas.Observations)
    later = (pl.col("period") >= "2022-06") & pl.col("series").is_in(["toy-border", "toy-checkpoint"])
    write_table(seen.with_columns(value=pl.when(later).then(0.0).otherwise(pl.col("value"))), path)
    words = ["run", pack, "--from", "2022-09-01", "--to", "2022-12-01", "--runs", "2", "--quiet"]
    told = travesia(*words, "--out", tmp_path / "study")
    assert (told.code, told.err) == (0, "")
    arrivals = pl.read_csv(tmp_path / "study/tables/arrivals.csv", infer_schema_length=None)
    assert arrivals.filter(source="observed")["mean"].to_list() == [0.0, 0.0, 0.0]
