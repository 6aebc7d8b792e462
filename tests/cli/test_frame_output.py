"""What commands say and write: JSON, progress, whole folders."""

from __future__ import annotations

import json
import math
import os
import stat
import sys
import threading
from datetime import date
from enum import Enum
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from travesia.cli.output import emit_json, progress, say, to_plain, write_folder
from travesia.terms import Amount, OutputExistsError, UsageError


class Colour(Enum):
    RED = "red"


def test_json_is_one_object_in_the_form_of_the_contract(capsys):
    frame = pl.DataFrame(
        {"name": ["Perú", "Haiti"], "share": [0.25, None], "day": [date(2022, 12, 21), None]}
    )
    emit_json({"rows": frame, "usd": math.nan, "people": np.int64(7), "flag": np.bool_(True)})
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith("}\n")
    assert json.loads(out) == {
        "rows": [
            {"name": "Perú", "share": 0.25, "day": "2022-12-21"},
            {"name": "Haiti", "share": None, "day": None},
        ],
        "usd": None, "people": 7, "flag": True,
    }  # fmt: skip
    assert "Perú" in out


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (0, 0),
        (0.1, 0.1),
        (-math.inf, None),
        (np.float64(0.1), 0.1),
        (np.float32("nan"), None),
        (np.array([[1.0, math.nan]]), [[1.0, None]]),
        (np.array(3), 3),
        (pl.Series([1, None]), [1, None]),
        (("a", date(2022, 1, 1)), ["a", "2022-01-01"]),
        ({1: Colour.RED}, {"1": "red"}),
        (Amount(0.4, "ratio"), 0.4),
        (Amount(None, "people"), None),
        (Path("a/b"), "a/b"),
    ],
    ids=repr,
)
def test_values_become_plain(value, plain):
    assert to_plain(value) == plain
    assert type(to_plain(value)) is type(plain)


@pytest.mark.parametrize("value", [{1, 2}, object(), b"x", 1j], ids=lambda value: type(value).__name__)
def test_what_has_no_agreed_form_is_refused_and_not_guessed(value):
    with pytest.raises(TypeError, match="no JSON form"):
        json.dumps(to_plain(value))


def test_say_writes_a_line(capsys):
    say("out/report.html")
    assert capsys.readouterr().out == "out/report.html\n"


def test_progress_off_the_terminal_is_a_few_lines_on_stderr(capsys):
    with progress(200, "runs") as advance:
        for _ in range(200):
            advance(1)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [f"runs: {done} of 200" for done in (50, 100, 150, 200)]


def test_progress_in_large_steps_and_from_many_threads_counts_all(capsys):
    with progress(400, "runs") as advance:
        threads = [threading.Thread(target=lambda: [advance(1) for _ in range(100)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert capsys.readouterr().err.splitlines()[-1] == "runs: 400 of 400"
    with progress(3, "days") as advance:
        advance(3)
    assert capsys.readouterr().err == "days: 3 of 3\n"


@pytest.mark.parametrize(("total", "quiet"), [(10, True), (0, False)])
def test_progress_may_be_silent(capsys, total, quiet):
    with progress(total, "runs", quiet=quiet) as advance:
        advance(5)
    assert capsys.readouterr() == ("", "")


def test_progress_on_a_terminal_is_a_bar_on_stderr(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with progress(2, "runs") as advance:
        advance(2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "runs" in err


def listing(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_folder_appears_whole_at_the_end(tmp_path):
    out = tmp_path / "new" / "deep" / "study"
    with write_folder(out) as folder:
        (folder / "tables").mkdir()
        (folder / "tables" / "a.csv").write_text("x\n")
        assert not out.exists()
        assert folder.parent == out.parent
        assert folder.name.startswith(".")
    assert listing(tmp_path / "new") == ["deep", "deep/study", "deep/study/tables", "deep/study/tables/a.csv"]


def test_a_folder_has_the_rights_of_any_other(tmp_path):
    with write_folder(tmp_path / "out") as folder:
        assert folder.is_dir()
    (tmp_path / "plain").mkdir()
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "plain").stat().st_mode
    )


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("name", ["out", "new/deep/out"])
def test_on_any_error_nothing_is_left(tmp_path, error, name):
    def fail():
        with write_folder(tmp_path / name) as folder:
            (folder / "half").write_text("half")
            raise error

    with pytest.raises(error):
        fail()
    assert listing(tmp_path) == []


def test_a_folder_that_exists_is_refused_before_any_work(tmp_path):
    out = tmp_path / "out"
    out.mkdir()

    def fail():
        with write_folder(out):
            pytest.fail("work began")

    with pytest.raises(OutputExistsError, match=r"exists already; choose another --out or add --force"):
        fail()
    assert listing(tmp_path) == ["out"]


def test_with_force_the_old_folder_is_replaced_and_not_mixed_with_the_new(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.csv").write_text("old")
    with write_folder(out, force=True) as folder:
        (folder / "new.csv").write_text("new")
        assert (out / "old.csv").exists()
    assert listing(tmp_path) == ["out", "out/new.csv"]


def test_with_force_an_error_keeps_the_old_folder(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.csv").write_text("old")

    def fail():
        with write_folder(out, force=True):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert listing(tmp_path) == ["out", "out/old.csv"]


def test_an_interrupt_between_the_two_renames_puts_the_old_folder_back(tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.mkdir()
    (out / "old.csv").write_text("old")
    rename = Path.rename

    def interrupted(self, target):
        if (self / "new.csv").exists():
            raise KeyboardInterrupt
        return rename(self, target)

    def fail():
        with write_folder(out, force=True) as folder:
            (folder / "new.csv").write_text("new")
            monkeypatch.setattr(Path, "rename", interrupted)

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert listing(tmp_path) == ["out", "out/old.csv"]


def test_a_folder_that_another_process_made_meanwhile_is_not_overwritten(tmp_path):
    out = tmp_path / "out"

    def fail():
        with write_folder(out):
            out.mkdir()
            (out / "theirs").write_text("x")

    with pytest.raises(OutputExistsError):
        fail()
    assert listing(tmp_path) == ["out", "out/theirs"]


def test_force_does_not_replace_a_file_a_repository_or_the_folder_one_stands_in(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "here" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here" / "below")
    before = listing(tmp_path)

    def fail(out):
        with write_folder(out, force=True):
            pytest.fail("work began")

    for out in (tmp_path / "file", tmp_path / "repository", Path(), Path(".."), tmp_path / "here"):
        with pytest.raises(UsageError, match="choose another --out"):
            fail(out)
    assert listing(tmp_path) == before


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with write_folder(tmp_path / "link", force=True) as folder:
        (folder / "x").write_text("x")
    assert (tmp_path / "link").is_symlink()
    assert listing(tmp_path / "real") == ["x"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_place_without_rights_is_an_error_with_its_name(tmp_path):
    tmp_path.chmod(0o500)

    def fail():
        with write_folder(tmp_path / "out"):
            pytest.fail("work began")

    with pytest.raises(PermissionError):
        fail()
