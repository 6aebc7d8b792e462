"""A command that is busy in two threads with a folder half written; a test interrupts it."""

from __future__ import annotations

import sys
import time
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import travesia.cli
from travesia.cli.output import write_folder


def probe(out: Path) -> None:
    """Work until interrupted."""
    with write_folder(out) as folder:
        (folder / "half.txt").write_text("half")
        ThreadPoolExecutor(1).submit(time.sleep, 3600)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        time.sleep(3600)


module = types.ModuleType("probes")
module.probe = probe
sys.modules["probes"] = module
travesia.cli.COMMANDS = (travesia.cli.Command("probe", "probes", "probe", "Probe."),)
sys.argv[1:1] = ["probe"]
travesia.cli.main()
