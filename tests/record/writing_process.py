"""Processes that do nothing but write to a ledger, for a test that kills them.

For each line ``PATH NUMBER`` on stdin a process is split off, whose id is told on stdout; ``dead`` follows
once it has ended. What a writer was told is accepted, it tells in turn, in the file ``PATH.told``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from invented_records import AT, accept, invented, propose

from travesia.record import Accept, Entry, append, open_ledger


def main() -> None:
    for line in sys.stdin:
        path, number = line.split()
        child = os.fork()
        if not child:
            write_until_killed(Path(path), int(number))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("dead\n")
        sys.stdout.flush()


def write_until_killed(path: Path, number: int) -> None:
    told = os.open(f"{path}.told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    opened = open_ledger(path=path)
    while True:
        number += 1
        if number % 3:
            opened = append(opened, accept(invented(f"com:n{number}")))
        else:
            proposal = propose(number, invented(f"com:n{number}"))
            opened = append(opened, proposal, Entry(Accept(f"pro:{number:016x}"), "aa", AT))
        os.write(told, f"{number}\n".encode())


if __name__ == "__main__":
    main()
