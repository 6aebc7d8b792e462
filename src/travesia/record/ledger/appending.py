"""Writing to a ledger: whole lines at its end, on the disk before this returns, one process at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.lines import (
    End,
    chain_text,
    examine,
    extended,
    load_ledger,
    read_bytes,
    read_entries,
    split_lines,
)
from travesia.record.ledger.locking import only_writer
from travesia.record.ledger.operations import Entry
from travesia.terms import InputError

WORK = ".travesia"
"""Folder beside a project's ledger for what is made from it: lock, head, index. It may be removed."""

TORN = ".torn"
"""What is put behind a ledger's name for the file that takes its half lines."""


@dataclass(frozen=True)
class OpenLedger:
    """A ledger and the file into which it grows: the last of those that it was read from."""

    ledger: Ledger
    path: Path
    end: End


def open_ledger(*below: Path, path: Path, acceptances: Mapping[str, int] | None = None) -> OpenLedger:
    """Open a ledger for writing.

    Parameters
    ----------
    below
        The files under it (a pack's), which stay as they are.
    path
        The file to write; one that is not there yet is made by the first `append`.
    acceptances
        As `load_ledger` takes it.

    Raises
    ------
    InputError
        As `load_ledger` does, and where lines that were written here are missing at the end of the file.
    """
    ledger = load_ledger(*below, acceptances=acceptances)
    if not path.exists():
        return OpenLedger(ledger, path, End())
    entries, end = read_entries(path)
    if missing := missing_end(path):
        raise missing
    return OpenLedger(extended(ledger, entries, path, row=1), path, end)


def append(opened: OpenLedger, *entries: Entry) -> OpenLedger:
    """Write entries at the end of a ledger: one write, flushed to the disk before this returns.

    What another process has written meanwhile is read first, and the entries must fit it. Half a line at
    the end, left by a killed writer, is moved to the file of the same name with ``.torn`` behind.

    Raises
    ------
    InputError
        If an entry does not fit, the file was changed other than at its end, or another process holds it.
    """
    folder = work_folder(opened.path)
    with only_writer(folder / f"{opened.path.stem}.lock"):
        now = _caught_up(opened)
        ledger = extended(now.ledger, entries, opened.path)
        text, last = chain_text(entries, now.end.sha256)
        # Nothing is written that could not be read again.
        for found in examine(opened.path, split_lines(text.encode(), now.end)[0], now.end.sha256):
            if isinstance(found, InputError):
                raise found
        data = ("" if now.end.ended else "\n").encode() + text.encode()
        _write(opened.path, data, now.end.size)
        end = End(now.end.size + len(data), now.end.rows + len(entries), last)
        _write_head(folder, opened.path, end)
    return OpenLedger(ledger, opened.path, end)


def refreshed(opened: OpenLedger) -> OpenLedger:
    """Return an open ledger with what other processes have written since; raises as `append` does."""
    with only_writer(work_folder(opened.path) / f"{opened.path.stem}.lock"):
        return _caught_up(opened)


def now_utc() -> str:
    """Return the present time as a line has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def work_folder(path: Path) -> Path:
    """Return the folder beside a ledger for what is made from it, made where it is missing."""
    folder = path.parent / WORK
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    return folder


def missing_end(path: Path) -> InputError | None:
    """Find out whether lines that were written here are missing at the end of a file.

    Every line names the one before it, so that one which is missing elsewhere is found by the chain; for
    the end, the last line written here is remembered beside the file.
    """
    try:
        row, head = (path.parent / WORK / f"{path.stem}.head").read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return None
    lines, end = split_lines(read_bytes(path))
    if any(line.sha256 == head for line in lines):
        return None
    return InputError(
        path,
        f"ends without row {row} as it was written here: lines at its end were removed or changed",
        f"take it back from a copy, or remove {WORK}/{path.stem}.head if this is meant",
        row=end.rows,
    )


def _caught_up(opened: OpenLedger) -> OpenLedger:
    """Read what was written since, and set a half line aside."""
    path, end = opened.path, opened.end
    if not path.exists():
        if end.size:
            raise InputError(path, "was removed while it was open", "take it back from a copy")
        return opened
    size = path.stat().st_size
    if size < end.size:
        raise InputError(path, "became shorter while it was open", "take it back from a copy")
    if size == end.size:
        return opened
    with path.open("rb") as stream:
        stream.seek(end.size)
        data = stream.read()
    if not end.ended and data.startswith(b"\n"):
        end, data = replace(end, size=end.size + 1, ended=True), data[1:]
    lines, now = split_lines(data, end)
    entries = []
    for found in examine(path, lines, end.sha256):
        if isinstance(found, InputError):
            raise found
        entries.append(found)
    if now.torn:
        _set_aside(path, now)
        now = replace(now, torn=b"")
    return OpenLedger(extended(opened.ledger, entries, path, row=end.rows + 1), path, now)


def _set_aside(path: Path, end: End) -> None:
    """Move half a line out of the ledger; it is on the disk in its new place before it leaves the old."""
    note = (
        f"# half a line after row {end.rows} of {path.name}, left by a writer that was stopped; not counted\n"
    )
    with path.with_name(path.name + TORN).open("ab") as stream:
        stream.write(note.encode() + end.torn + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.truncate(path, end.size)


def _write(path: Path, data: bytes, size: int) -> None:
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    except OSError:
        # A full disk takes a part: it is taken back, so that the file ends where it did.
        os.ftruncate(handle, size)
        raise
    finally:
        os.close(handle)
    if is_new and hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _write_head(folder: Path, path: Path, end: End) -> None:
    fresh = folder / f"{path.stem}.head.new"
    fresh.write_text(f"{end.rows} {end.sha256}\n", encoding="utf-8")
    fresh.replace(folder / f"{path.stem}.head")
