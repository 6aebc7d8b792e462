"""What the first call costs, which compiles the kernel, and that of a later process, which loads it.

Each in a process of its own: the kernel of gates by the Americas pack, that of people who walk by a small
invented world. Wall and CPU seconds of a call over no days; imports and layout are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from displaced.invented_terrain import Ways, terrain_of
from displaced.invented_world import Size, invent
from travesia.forecast import response
from travesia.movement import advance, expected, warm_up_walk
from travesia.study import Request, prepare

SMALL = Size(places=500, links=1_500, people=10_000, classes=4, days=30, side_km=1_140.0)
AIMS_S = {"compiled": 15.0, "loaded": 1.0}


def tell(call: Callable[[], object]) -> None:
    """Print the seconds of a call."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu]))


def gates() -> None:
    """Tell what the first call of the kernel of gates costs, and end before it does any work."""

    def first_call(first: int, last: int, *others: object) -> None:
        tell(lambda: advance(first, first, *others))
        raise SystemExit(0)

    with (
        mock.patch.object(response, "advance", first_call),
        mock.patch.object(expected, "advance", first_call),
    ):
        prepare(Request("americas"))


def walking() -> None:
    """Tell what the first call of the kernel of people who walk costs."""
    terrain = terrain_of(invent(SMALL), SMALL, Ways())
    tell(lambda: warm_up_walk(terrain))


KERNELS = {"gates": gates, "walking": walking}


def in_new_process(kernel: str, cache: Path) -> list[float]:
    """Return wall and CPU seconds of the first call in a new process with a folder of compiled code."""
    told = subprocess.run(
        [sys.executable, __file__, "--call", kernel],
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache)}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return list(json.loads(told.stdout))


def main() -> None:
    """Print a line a kernel and call."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--call", choices=KERNELS, help="only the first call of a kernel, in this process")
    asked = parser.parse_args()
    if asked.call:
        KERNELS[asked.call]()
        return
    print(f"{'kernel':<10} {'call':<10} {'wall s':>8} {'CPU s':>8}")
    for kernel in KERNELS:
        with tempfile.TemporaryDirectory() as cache:
            for call, aim in AIMS_S.items():
                wall, cpu = in_new_process(kernel, Path(cache))
                print(f"{kernel:<10} {call:<10} {wall:>8.2f} {cpu:>8.2f}  aim {aim:g} s", flush=True)


if __name__ == "__main__":
    main()
