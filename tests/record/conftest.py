"""The ledger of the Americas and a ledger to write lines into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_records import PACKS

from travesia.record import Entry, Ledger, entry_line, load_ledger


@pytest.fixture(scope="session")
def americas() -> Ledger:
    return load_ledger(PACKS / "americas" / "ledger.jsonl")


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write entries, or raw lines, to a ledger file."""

    def write(*entries: Entry | str, name: str = "ledger.jsonl") -> Path:
        path = tmp_path / name
        lines = [entry if isinstance(entry, str) else entry_line(entry) for entry in entries]
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return write
