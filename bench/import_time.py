"""CPU seconds of `import travesia` and of `travesia --help`: the least of nine new processes each."""

from __future__ import annotations

import os
import subprocess
import sys

CASES = {
    "python alone": "pass",
    "import travesia": "import travesia",
    "travesia --help": "from travesia.cli import call; call(['--help'])",
}


def cpu_seconds(script: str) -> float:
    """Return user and system time of one new process."""
    before = os.times()
    subprocess.run([sys.executable, "-c", script], stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print one line a case."""
    for name, script in CASES.items():
        print(f"{name:<16} {min(cpu_seconds(script) for _ in range(9)):.2f} s CPU")


if __name__ == "__main__":
    main()
