"""The two shipped packs, read once, and a pack to break."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from travesia.region import Region, load_region
from travesia.scenario import Scenario, load_scenario

OWN = ("policies.toml", "scenarios.toml", "parameters.toml", "pack.toml")


@pytest.fixture(scope="session")
def americas() -> Region:
    return load_region("americas")


@pytest.fixture(scope="session")
def toy() -> Region:
    return load_region("toy")


@pytest.fixture(scope="session")
def happened(americas: Region) -> Scenario:
    return load_scenario(americas, "title-42-stays")


@pytest.fixture
def broken(toy: Region, tmp_path: Path) -> Region:
    """The toy region with a copy of its scenario files, for a test to break."""
    for name in OWN:
        shutil.copy(toy.folder / name, tmp_path / name)
    return replace(toy, folder=tmp_path)
