"""Folders of the peer engine for tests: two invented ones kept here, real ones beside the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
