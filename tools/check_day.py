"""Hold the page of a simulated day to the kernel: the same names in the same order, and none left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest

from build_day_pictures import GATES, WALKING

NAMES = r"((?:`\w+`(?:, )?)+)"
TITLE = re.compile(rf"^\| {NAMES} \||^\d+\. \*\*[^*\n]+\*\* \({NAMES}\)", re.MULTILINE)
"""What the page explains: the first cell of a row, or the title of a step."""
DAYS = ("advance", "wander")


def day_page_faults(page: str, code: str) -> Iterator[str]:
    """Find where the page, the kernel and the pictures part.

    The page's rows and steps name every function and group of arrays of the kernel in its order; the steps
    are called in that order too; and the pictures name what is there.
    """
    body = ast.parse(code).body
    functions = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    arrays = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    there = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    rows, steps = zip(*TITLE.findall(page), strict=True)
    named = [
        word for title in zip(rows, steps, strict=True) for word in re.findall(r"`(\w+)`", "".join(title))
    ]
    for said, written in zip_longest(named, there):
        if said != written:
            yield f"says `{said}` where kernel.py has `{written}`; the page's order is the code's order"
            break
    told = set(re.findall(r"`(\w+)`", "".join(steps)))
    for day in DAYS:
        called = [name for name in _called(functions[day]) if name in told]
        if called != sorted(called, key=there.index):
            yield f"`{day}` calls {', '.join(called)}, in another order than they stand in kernel.py"
    fields = {field.target.id for node in arrays.values() for field in node.body if _is_field(field)}
    for picture in (WALKING, GATES):
        words = {word for _, code in picture.steps for word in code.split()} - set(functions)
        words |= {store for store, _ in picture.stores} - fields
        for word in sorted(words):
            yield f"a picture names {word}, which kernel.py does not have"


def _is_field(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _called(function: ast.FunctionDef) -> list[str]:
    """Return the names that a function calls, by their first call."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    calls.sort(key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.func.id for node in calls if isinstance(node.func, ast.Name)))
