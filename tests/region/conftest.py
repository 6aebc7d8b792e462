"""The shipped packs, read once, and a copy of the toy pack to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from travesia.region import Region, find_pack, load_region
from travesia.terms import read_table, write_table


@pytest.fixture(scope="session")
def americas() -> Region:
    return load_region("americas")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the toy pack in a folder of its own."""
    return Path(shutil.copytree(find_pack("toy").base, tmp_path / "mine"))


@pytest.fixture
def edit(pack: Path) -> Callable[..., Path]:
    """Replace text in a file of the copied pack; the text must stand there exactly once."""

    def replace(name: str, old: str, new: str) -> Path:
        path = pack / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return replace


@pytest.fixture
def observe(pack: Path) -> Callable[..., Path]:
    """Change the observations of the copied pack with a function of the frame."""
    from travesia.terms import schemas

    def change(function: Callable[..., object]) -> Path:
        path = pack / "observations.csv.gz"
        write_table(function(read_table(path, schemas.Observations)), path)  # type: ignore[arg-type]
        return path

    return change
