"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "travesia"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FUNCTION, LONGEST_FILE, MOST_PARAMETERS = 60, 400, 6
FORBIDDEN = {"utils", "util", "common", "manager", "managers", "helpers", "helper", "data", "info", "misc"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node):
    """Lines of a function, its signature and docstring included."""
    return node.end_lineno - node.lineno + 1


def parameters(node):
    """Count what a caller must know; compiled functions, told by their decorator, take arrays instead."""
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    given = [argument for argument in given if argument.arg not in ("self", "cls")]
    return 0 if node.decorator_list or node.name == "__init__" else len(given)


def too_much(path):
    """Name the functions that are too long or, outside the commands with their options, ask for too much."""
    name = path.relative_to(ROOT).as_posix()
    most = MOST_PARAMETERS if path.parent.name != "cli" else 1000
    found = [node for node in functions(path) if length(node) > LONGEST_FUNCTION or parameters(node) > most]
    return {f"{name}:{node.name}" for node in found}


def listed():
    lines = (ROOT / "decisions" / "long-functions.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


@each_file
def test_a_long_file_is_listed_with_its_reason(path):
    if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE:
        assert path.relative_to(ROOT).as_posix() in listed()


@each_file
def test_a_function_that_is_long_or_asks_for_much_is_listed_with_its_reason(path):
    assert too_much(path) <= set(listed())


def test_the_list_names_only_what_is_too_much():
    for entry, reason in listed().items():
        name, _, function = entry.partition(":")
        lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
        needed = entry in too_much(ROOT / name) if function else lines > LONGEST_FILE
        assert needed, f"{entry} is within bounds; take it off the list"
        assert len(reason.split()) >= 3


@each_file
def test_public_functions_swallow_no_misspelt_options(path):
    assert not [node.name for node in functions(path) if node.args.kwarg and not node.name.startswith("_")]


@each_file
def test_names_say_what_they_hold(path):
    assert path.stem not in FORBIDDEN


@each_file
def test_no_module_keeps_state(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]


@each_file
def test_nothing_names_a_private_place(path):
    assert not re.search(r"/(work|tmp|home|root)/", path.read_text(encoding="utf-8"))
