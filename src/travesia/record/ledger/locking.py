"""One writer at a time: a lock file that the system frees when its holder ends, killed or not."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from travesia.terms import InputError

PATIENCE_S = 10.0
"""How long to wait for another writer; a line takes thousandths of a second."""

_PAUSE_S = 0.01


@contextmanager
def only_writer(path: Path, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock file at `path`; it holds the id of the process that writes.

    The lock is the system's, not the file's being there: what a killed process left behind stops nobody,
    and the file is never removed, so that two processes cannot hold different files of one name.

    Raises
    ------
    InputError
        If another process holds it for longer than `patience_s`, naming that process.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        until = time.monotonic() + patience_s
        while not _tried(path, handle):
            if time.monotonic() >= until:
                raise _held(path)
            time.sleep(_PAUSE_S)
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def _tried(path: Path, handle: int) -> bool:
    try:
        return _taken(handle)
    except OSError as error:
        problem = f"this disk cannot keep two writers apart ({error.strerror})"
        raise InputError(path, problem, "keep the project on a disk of this computer") from None


def _held(path: Path) -> InputError:
    try:
        holder = path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        holder = ""
    who = f"process {holder}" if holder.isdigit() else "another process"
    return InputError(path, f"{who} is writing to this ledger", "wait until it has ended, and try again")


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
