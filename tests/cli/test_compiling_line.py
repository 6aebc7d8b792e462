"""The line that says that the kernel is compiled: on stderr, when it is, unless quiet."""

from __future__ import annotations

import pytest
from flee_folders import paths

from travesia.movement import COMPILING, compiling

SOON = ("--from", "2022-04-01", "--to", "2022-06-01")


@pytest.fixture(params=[False, True], ids=["cold", "kept"])
def kept(request, monkeypatch):
    monkeypatch.setattr(compiling, "is_compiled", lambda function: request.param)
    return request.param


@pytest.mark.parametrize("command", ["simulate", "run"])
def test_said_once_before_the_first_run(travesia, tmp_path, kept, command):
    told = travesia(command, "toy", *SOON, "--runs", 2, "--out", tmp_path / "out")
    assert told.code == 0, told.err
    assert told.err.splitlines().count(COMPILING) == (0 if kept else 1)
    assert COMPILING not in told.out


@pytest.mark.parametrize("command", ["simulate", "run"])
def test_quiet_says_nothing(travesia, tmp_path, kept, command):
    told = travesia(command, "toy", *SOON, "--runs", 2, "--quiet", "--out", tmp_path / "out")
    assert (told.code, told.err) == (0, "")


def test_a_displacement_says_it_too(travesia, tmp_path, kept):
    folder, settings = paths("toy-capped-a1")
    pack = tmp_path / "pack"
    assert travesia("import", "flee", folder, "--settings", settings, "--out", pack).code == 0
    told = travesia("simulate", pack, "--rules", "flee", "--runs", 2, "--out", tmp_path / "out")
    assert told.code == 0, told.err
    assert told.err.splitlines().count(COMPILING) == (0 if kept else 1)
