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
    """Lines of what a function does: neither its signature nor its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return node.end_lineno - body[0].lineno + 1 if body else 0


def listed():
    lines = (ROOT / "decisions" / "long-functions.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


@each_file
def test_a_long_file_is_listed_with_its_reason(path):
    if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE:
        assert path.relative_to(ROOT).as_posix() in listed()


@each_file
def test_a_long_function_is_listed_with_its_reason(path):
    name = path.relative_to(ROOT).as_posix()
    long = {f"{name}:{node.name}" for node in functions(path) if length(node) > LONGEST_FUNCTION}
    assert long <= set(listed())


def test_the_list_names_only_what_is_long():
    for entry, reason in listed().items():
        name, _, function = entry.partition(":")
        lengths = [length(node) for node in functions(ROOT / name) if node.name == function]
        lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
        long = max(lengths) > LONGEST_FUNCTION if function else lines > LONGEST_FILE
        assert long, f"{entry} is no longer long; take it off the list"
        assert len(reason.split()) >= 3


@each_file
def test_public_functions_swallow_no_misspelt_options(path):
    assert not [node.name for node in functions(path) if node.args.kwarg and not node.name.startswith("_")]


@each_file
def test_a_function_has_few_parameters(path):
    # A command's parameters are its options; compiled functions, told by their decorator, take arrays.
    if path.parent.name == "cli":
        return
    for node in functions(path):
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        given = [argument for argument in given if argument.arg not in ("self", "cls")]
        if not node.decorator_list and node.name != "__init__":
            assert len(given) <= MOST_PARAMETERS, f"{node.name} has {len(given)}"


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
