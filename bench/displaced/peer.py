"""The peer engine Flee in an environment of its own, from the package index."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

RELEASE = "flee==3.1"
NEEDS = ("numpy", "pandas", "pyyaml", "beartype")
"""What its serial engine imports; its own list names more (MPI, plots) that no serial run touches."""
SCRIPT = Path(__file__).with_name("peer_run.py")


@dataclass(frozen=True)
class PeerRun:
    """One run: people at the end of each day, and CPU seconds of its daily loop, readers left out."""

    days: int
    people: tuple[int, ...]
    person_days: int
    cpu_s: float
    setting_out_s: float
    moving_s: float
    peak_mb: float


def make_environment(folder: Path) -> Path:
    """Return the Python of an environment that has the peer, made in `folder` where it is not there."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    asked = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The peer last: pip would complain of what its list names and is not there.
    for packages in (NEEDS, ("--no-deps", RELEASE)):
        subprocess.run([*asked, *packages], check=True)
    return python


def run_peer(python: Path, inputs: Path, settings: Path, seed: int = 1, days: int | None = None) -> PeerRun:
    """Simulate a Flee folder with the peer, in a new process (its debt of people is kept between runs)."""
    first = [] if days is None else ["--days", str(days)]
    words = [str(python), str(SCRIPT), str(inputs), str(settings), "--seed", str(seed), *first]
    told = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return PeerRun(**{**told, "people": tuple(told["people"])})
