"""Folders of the peer engine for tests: two invented ones kept here, real ones beside the repository."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from travesia.terms import InputError

HERE = Path(__file__).parent / "flee"
SHARED = Path(__file__).parents[3] / "shared" / "flee"
TOYS = (
    "toy-capped-a1",
    "toy-capped-a2",
    "toy-uncapped-a1",
    "toy-uncapped-a2",
    "toy-uncapped-a3foot",
    "toy-uncapped-stints",
)
REAL = (
    "burundi2015-classic",
    "burundi2015-modern",
    "mali2012-classic",
    "mali2012-aware2",
    "venezuela2022-modern",
)
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the real folders and their statistics")
EVERY_CASE = [*TOYS, *(pytest.param(case, marks=needs_shared) for case in REAL)]


def paths(case: str) -> tuple[Path, Path]:
    """Return the folder and the settings file of a case."""
    root = HERE if case in TOYS else SHARED / "instances"
    folder = root / case.rpartition("-")[0]
    return folder, folder / f"{case}.simsetting.yml"


def stats(case: str) -> Path:
    """Return the folder of statistics of the peer engine's runs."""
    return HERE / "stats" if case in TOYS else SHARED / "stats"


def own_folder(to: Path, case: str = "toy-capped-a1") -> tuple[Path, Path]:
    """Return a copy of a folder that a test may change, and its settings file."""
    folder, settings = paths(case)
    shutil.copytree(folder, to / folder.name)
    return to / folder.name, to / folder.name / settings.name


def change(file: Path, old: str, new: str) -> None:
    """Replace a text that must stand in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} holds no {old!r}"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")


def refusal(action: Callable[[], object]) -> str:
    """Return how a reader refuses: in one line that says what is wrong and what to do."""
    with pytest.raises(InputError) as caught:
        action()
    text = str(caught.value)
    assert "; " in text
    assert "\n" not in text
    return text


def plain(value: Any) -> Any:
    """Return a value with arrays as lists, so that it can be compared whole."""
    if dataclasses.is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(part) for part in value)
    return (str(value.dtype), value.tolist()) if isinstance(value, np.ndarray) else value
