"""Who has to wait for a compilation is told, and nobody else."""

from __future__ import annotations

import importlib.util
import os
import sys

import pytest

from travesia.movement import COMPILING, advance, is_compiled, tell_if_compiling, wander

SOURCE = """
from numba import njit

@njit(cache=True)
def twice(x):
    return 2 * x

@njit(cache=True)
def twice_again(x):
    return 2 * x
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Two functions in a file of their own, which no cache knows."""
    path = tmp_path / "small_kernel.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("small_kernel", path)
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "small_kernel", made)
    spec.loader.exec_module(made)
    return made


def touched(module, seconds: float) -> None:
    """Change the time of a source to `seconds` after that of what is kept of it."""
    kept = module.twice.stats.cache_path
    newest = max(entry.stat().st_mtime for entry in os.scandir(kept))
    os.utime(module.__file__, (newest + seconds, newest + seconds))


def test_nothing_is_kept_before_the_first_call(module):
    assert not is_compiled(module.twice)


def test_after_a_call_it_is_kept(module):
    assert module.twice(3) == 6
    assert is_compiled(module.twice)


def test_a_function_whose_name_begins_alike_is_another_one(module):
    module.twice_again(3)
    assert is_compiled(module.twice_again)
    assert not is_compiled(module.twice)


@pytest.mark.parametrize(("seconds", "kept"), [(-10.0, True), (10.0, False)])
def test_a_source_that_has_changed_since_is_compiled_again(module, seconds, kept):
    module.twice(3)
    touched(module, seconds)
    assert is_compiled(module.twice) is kept


def test_one_line_before_the_first_call_and_none_after_it(module):
    told: list[str] = []
    tell_if_compiling(module.twice, told.append)
    assert told == [COMPILING]
    module.twice(3)
    tell_if_compiling(module.twice, told.append)
    assert told == [COMPILING]


def test_nobody_asked_nobody_told(module, capsys):
    tell_if_compiling(module.twice, None)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("function", [advance, wander])
def test_the_kernel_is_kept_where_numba_says(function):
    assert function.stats.cache_path
