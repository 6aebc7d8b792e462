"""The check of the page of a simulated day finds what it should, and nothing where all is right."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = """
class State(NamedTuple):
    due: Floats
    today: Floats
    waiting: Floats
    queue: Floats
    resident: Floats
    totals: Floats
class Walk(NamedTuple):
    standing: Floats
    coming: Floats
    staying: Floats
def mix(): ...
def _arrivals(): ...
def _leave_hubs(): ...
def _pathways(): ...
def _depart(): ...
def advance():
    mix()
    for day in days:
        _arrivals(mix())
        _leave_hubs()
        _pathways()
        _depart()
def _appear(): ...
def _spawn(): ...
def _come_due(): ...
def _turns(): ...
def _come(): ...
def _decide(): ...
def wander():
    _appear()
    _spawn(mix())
    _decide()
"""
PAGE = """
# A day

`wander` in prose is nobody's order.

| in the code | holds |
| --- | --- |
| `State`, `Walk` | everybody |
| `mix` | a word |

1. **Arrivals** (`_arrivals`). As `mix` says.
2. **Checks.** A step without a name.
3. **Others** (`_leave_hubs`, `_pathways`, `_depart`).
4. **Night** (`advance`).

1. **Appear** (`_appear`, `_spawn`).
2. **Come** (`_come_due`, `_turns`, `_come`).
3. **Decide** (`_decide`).
4. **Night** (`wander`).
"""


@pytest.fixture(scope="module")
def faults():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from check_day import day_page_faults
    finally:
        sys.path.pop(0)
    return lambda page, code: list(day_page_faults(page, code))


def test_a_page_in_the_order_of_the_code_has_no_faults(faults):
    assert faults(PAGE, CODE) == []


@pytest.mark.parametrize(
    ("old", "new", "said", "written"),
    [
        ("(`_leave_hubs`, `_pathways`", "(`_pathways`, `_leave_hubs`", "_pathways", "_leave_hubs"),
        ("| `State`, `Walk` | everybody |", "| `State` | everybody |", "mix", "Walk"),
        ("(`_come_due`, `_turns`, `_come`)", "(`_come_due`, `_come`)", "_come", "_turns"),
        (" (`wander`)", "", "None", "wander"),
        ("(`wander`)", "(`wander`, `gone`)", "gone", "None"),
    ],
)
def test_a_name_left_out_too_many_or_out_of_order_is_found(faults, old, new, said, written):
    assert old in PAGE
    (fault,) = faults(PAGE.replace(old, new), CODE)
    assert fault.startswith(f"says `{said}` where kernel.py has `{written}`")


def test_a_new_function_of_the_kernel_must_be_told(faults):
    (fault,) = faults(PAGE, CODE.replace("def _depart(): ...", "def _depart(): ...\ndef _rest(): ..."))
    assert fault.startswith("says `advance` where kernel.py has `_rest`")


def test_a_day_that_calls_its_steps_in_another_order_is_found(faults):
    code = CODE.replace(
        "        _leave_hubs()\n        _pathways()", "        _pathways()\n        _leave_hubs()"
    )
    assert faults(PAGE, code) == [
        "`advance` calls _arrivals, _pathways, _leave_hubs, _depart, "
        "in another order than they stand in kernel.py"
    ]


def test_a_picture_must_name_what_is_there(faults):
    code = CODE.replace("    coming: Floats\n", "").replace("_turns", "_rounds")
    assert faults(PAGE.replace("_turns", "_rounds"), code) == [
        "a picture names _turns, which kernel.py does not have",
        "a picture names coming, which kernel.py does not have",
    ]


def test_every_known_defect_stands_on_the_page_of_rules():
    page = (ROOT / "docs" / "concepts" / "rules.md").read_text(encoding="utf-8")
    files = (ROOT / "tests" / "movement").glob("verify_defects*.py")
    tests = re.findall(
        r"^def (test_\w+)", "".join(file.read_text(encoding="utf-8") for file in files), re.MULTILINE
    )
    assert len(tests) > 20
    assert [name for name in tests if f"`{name}`" not in page] == []


def test_pictures_are_drawn_within_their_frame_and_read_without_colour():
    import xml.etree.ElementTree as ET

    for name, steps in (("day-of-walking", 6), ("day-at-gates", 6)):
        root = ET.fromstring((ROOT / "docs" / "pictures" / f"{name}.svg").read_text(encoding="utf-8"))
        assert root.get("aria-label")
        width, height = (float(part) for part in root.get("viewBox", "").split()[2:])
        texts = root.findall("{*}text")
        assert sum(text.get("font-weight") == "600" for text in texts) == steps
        for text in texts:
            assert 0 < float(text.get("x", "")) < width
            assert 0 < float(text.get("y", "")) < height
        # Each kind of arrow has a dash of its own beside its colour.
        style = root.findtext("{*}style") or ""
        assert ".later.arrow { stroke-dasharray" in style
        assert ".rest.arrow { stroke-dasharray" in style
        assert "prefers-color-scheme: dark" in style
