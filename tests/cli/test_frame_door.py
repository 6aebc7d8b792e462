"""The front door of the package: one table of public names, loaded when asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import travesia

DOORS = travesia._DOORS


def test_public_names_are_those_of_the_table_in_order():
    assert travesia.__all__ == ["__version__", *DOORS]
    assert list(DOORS) == sorted(DOORS)
    assert dir(travesia) == sorted(travesia.__all__)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_every_public_name_loads_from_the_door_of_a_room_that_offers_it(name):
    door = import_module(DOORS[name])
    assert DOORS[name].count(".") == 1, "a room is entered by its door"
    assert name in door.__all__
    assert getattr(travesia, name) is getattr(door, name)
    assert getattr(travesia, name).__doc__


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="frobnicate"):
        _ = travesia.frobnicate


def test_importing_the_package_loads_no_room_and_no_library():
    script = (
        "import sys; before = set(sys.modules); import travesia; print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    ours = {name for name in run.stdout.split() if name.split(".")[0] not in sys.stdlib_module_names}
    assert ours == {"travesia", "travesia.version"}


def test_light_words_do_not_load_the_table_libraries():
    script = "import sys; from travesia import Span, TravesiaError; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(run.stdout.split()) & {"numpy", "polars", "numba", "typer", "pydantic"}
