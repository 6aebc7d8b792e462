"""The commands that a user would call: read a Flee folder, simulate it, read the tables."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from travesia.cli import call

STOCK = {
    "day": pl.Int64,
    "place": pl.String,
    "mean": pl.Float64,
    "sd": pl.Float64,
    "min": pl.Float64,
    "max": pl.Float64,
    "data": pl.Float64,
}


@dataclass(frozen=True)
class Asked:
    """How to simulate."""

    rules: str = "flee"
    runs: int = 60
    seed: int = 1
    threads: int = 1
    full_scale: bool = False

    @property
    def words(self) -> list[str]:
        """Return the options of `travesia simulate`."""
        numbers = {"--runs": self.runs, "--seed": self.seed, "--threads": self.threads}
        scale = ["--full-scale"] if self.full_scale else []
        return ["--rules", self.rules, *scale, *(str(word) for pair in numbers.items() for word in pair)]


@dataclass(frozen=True)
class Simulated:
    """What `travesia simulate` wrote."""

    stock: pl.DataFrame
    spawned: pl.DataFrame
    facts: dict[str, Any]


def travesia(*words: str | Path) -> None:
    """Run a command in this process; where it fails, its own line is on stderr and the script ends."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = call([str(word) for word in words])
    if code:
        raise SystemExit(code)


def import_flee(inputs: Path, settings: Path, pack: Path) -> Path:
    """Read a Flee folder into a pack and return the pack."""
    travesia("import", "flee", inputs, "--settings", settings, "--out", pack)
    return pack


def simulate(pack: Path, asked: Asked, out: Path) -> Simulated:
    """Simulate a pack into `out`, which may exist, and read the tables."""
    travesia("simulate", pack, *asked.words, "--quiet", "--force", "--out", out)
    return read_simulated(out)


def read_simulated(out: Path) -> Simulated:
    """Read what `travesia simulate` wrote."""
    stock = pl.read_csv(out / "tables" / "stock.csv", schema_overrides=STOCK).select(*STOCK)
    spawned = pl.read_csv(out / "tables" / "spawned.csv").select("day", "new", "total")
    return Simulated(stock, spawned, json.loads((out / "run.json").read_text(encoding="utf-8")))
