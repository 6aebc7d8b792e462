"""``travesia simulate`` and ``run``: kinds of workers, paths, and what Ctrl-C leaves, in real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from travesia.movement import COMPILING

PATIENCE_S = 240.0
"""A bound for a machine that hangs, not a claim."""
KINDS = ("threads", "processes")


def command(*words: object) -> list[str]:
    return [sys.executable, "-c", "from travesia.cli import main; main()", *map(str, words)]


def start(*words: object) -> subprocess.Popen[str]:
    """Start a command as a shell does, in a process group of its own."""
    return subprocess.Popen(
        command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def until(what, process: subprocess.Popen[str] | None = None) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not what():
        if process is not None and process.poll() is not None:
            pytest.fail(f"ended early: {process.communicate()[1][-500:]}")
        if time.monotonic() > end:
            pytest.fail("waited too long")
        time.sleep(0.02)


def nobody_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def tables_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "tables").iterdir()}


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("whole_group", [True, False], ids=["ctrl-c", "kill-int"])
def test_ctrl_c_ends_with_130_leaves_nothing_and_the_rest_goes_on_later(tmp_path, kind, whole_group):
    words = ("simulate", "toy", "--seed", 5, "--threads", 2, "--executor", kind, "--keep", tmp_path / "keep")
    many = start(*words, "--runs", 200_000, "--out", tmp_path / "out")
    until(lambda: list((tmp_path / "keep").glob("*/runs-*.npz")), many)
    (os.killpg if whole_group else os.kill)(many.pid, signal.SIGINT)
    said = many.communicate(timeout=PATIENCE_S)
    stages = {"working back departures", COMPILING}
    assert many.returncode == 130
    assert (said[0], set(said[1].splitlines()) - stages) == ("", set())
    until(lambda: nobody_left(many.pid))
    assert [path.name for path in tmp_path.iterdir()] == ["keep"]
    kept = sorted(path.name for path in (tmp_path / "keep" / "drawn").iterdir())
    assert not [name for name in kept if name.startswith(".")]
    assert len(kept) < 1 + 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_stopped_and_begun_again_writes_the_same_bytes(tmp_path, kind):
    words = ("simulate", "toy", "--seed", 5, "--threads", 2, "--runs", 61, "--paths", "--quiet")
    subprocess.run(command(*words, "--out", tmp_path / "whole"), check=True, stdout=subprocess.DEVNULL)
    words = (*words, "--executor", kind, "--keep", tmp_path / "keep")
    first = start(*words, "--out", tmp_path / "out")
    until(lambda: list((tmp_path / "keep").glob("*/runs-*.npz")) or first.poll() is not None)
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=PATIENCE_S)
    # The command may have been done before the signal came: then the second one finds all runs kept.
    assert first.returncode in (130, 0)
    subprocess.run(command(*words, "--out", tmp_path / "again"), check=True, stdout=subprocess.DEVNULL)
    assert tables_of(tmp_path / "again") == tables_of(tmp_path / "whole")
    assert files_of(tmp_path / "again" / "paths") == files_of(tmp_path / "whole" / "paths")


def test_paths_hold_what_stock_sums_up(travesia, tmp_path):
    out = tmp_path / "out"
    assert travesia("simulate", "toy", "--runs", 4, "--paths", "--quiet", "--out", out).code == 0
    paths = pl.read_parquet(out / "paths" / "expulsion-stays" / "*.parquet")
    stock = pl.read_parquet(out / "tables" / "stock.parquet")
    assert paths["day"].min() >= stock["day"].min()
    means = paths.group_by("day", "place").agg(pl.col("people").sum() / 4)
    both = stock.join(means, on=["day", "place"], how="left").with_columns(pl.col("people").fill_null(0.0))
    assert (both["mean"] - both["people"]).abs().max() < 1e-9
    assert means.height == stock.filter(pl.col("mean") > 0).height


def test_without_paths_there_are_none(travesia, tmp_path):
    assert travesia("simulate", "toy", "--runs", 2, "--quiet", "--out", tmp_path / "out").code == 0
    assert not (tmp_path / "out" / "paths").exists()


def test_a_study_is_the_same_from_processes_and_from_kept_runs(travesia, tmp_path):
    words = ("run", "toy", "--runs", 11, "--seed", 5, "--quiet")
    assert travesia(*words, "--out", tmp_path / "plain").code == 0
    other = (*words, "--executor", "processes", "--keep", tmp_path / "keep")
    for name in ("one", "two"):
        assert travesia(*other, "--out", tmp_path / name).code == 0
        assert files_of(tmp_path / name).keys() == files_of(tmp_path / "plain").keys()
        assert tables_of(tmp_path / name) == tables_of(tmp_path / "plain")
        for file in ("study.json", "report.html", "prov.json"):
            assert (tmp_path / name / file).read_bytes() == (tmp_path / "plain" / file).read_bytes(), file


BAD = [
    (["--executor", "cluster"], "--executor"),
    (["--expected", "--paths"], "--expected --paths: expected flows have no runs"),
    (["--expected", "--keep", "KEEP"], "--expected --keep: expected flows have no runs"),
    (["--keep", "OUT/kept"], "lies inside --out, or holds it"),
    (["--keep", "."], "lies inside --out, or holds it"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_words_are_one_line_and_leave_nothing(travesia, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    told = travesia("simulate", "toy", "--runs", 2, "--out", "OUT", "--quiet", *words)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("error: ")
    assert told.err.count("\n") == 1
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_runs_kept_for_another_seed_are_refused_and_stay(travesia, tmp_path):
    words = ("simulate", "toy", "--runs", 2, "--quiet", "--keep", tmp_path / "keep")
    assert travesia(*words, "--out", tmp_path / "one").code == 0
    before = files_of(tmp_path / "keep")
    told = travesia(*words, "--seed", 7, "--out", tmp_path / "two")
    assert told.code == 2
    assert told.err.endswith("keeps an ensemble of seed 1, not 7; choose another folder or remove this one\n")
    told = travesia(*words, "--scenario", "expulsion-ends", "--out", tmp_path / "two")
    assert "keeps an ensemble of scenarios expulsion-stays, not expulsion-ends" in told.err
    assert files_of(tmp_path / "keep") == before
    assert not (tmp_path / "two").exists()
