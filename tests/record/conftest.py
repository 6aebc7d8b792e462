"""The ledger of the Americas and a ledger to write lines into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_records import PACKS

from travesia.record import Entry, Ledger, chain_text, load_ledger


@pytest.fixture(scope="session")
def americas() -> Ledger:
    return load_ledger(PACKS / "americas" / "ledger.jsonl")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write entries as a ledger file."""

    def write(*entries: Entry, name: str = "ledger.jsonl") -> Path:
        path = tmp_path / name
        path.write_text(chain_text(entries)[0], encoding="utf-8")
        return path

    return write
