"""The ledger of the Americas, a ledger to write lines into, and a project with its commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_records import PACKS

from travesia.cli import call
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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run `travesia ledger` with some words; gives the exit code and both streams."""

    def run(*words: str) -> tuple[int, str, str]:
        code = call(["ledger", *words])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project over the toy pack, its ledger still empty, as the working folder."""
    folder = tmp_path / "mine"
    assert call(["init", str(folder), "--pack", "toy"]) == 0
    capsys.readouterr()
    monkeypatch.chdir(folder)
    return folder
