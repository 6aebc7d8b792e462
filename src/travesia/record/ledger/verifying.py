"""Going through a ledger's files line by line: every fault, not only the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from travesia.record.ledger.appending import missing_end
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.lines import examine, extended, read_bytes, split_lines
from travesia.record.ledger.operations import Entry
from travesia.terms import InputError


@dataclass(frozen=True)
class Verified:
    """What was found in one file: its whole lines, the last hash, every fault, half a line at the end."""

    path: Path
    rows: int
    sha256: str | None
    faults: tuple[InputError, ...]
    torn: bool


def verify_files(*paths: Path, acceptances: Mapping[str, int] | None = None) -> tuple[Verified, ...]:
    """Go through a ledger's files and name every line that was changed, removed, put in or swapped.

    Whether operations fit one another is looked at only where no line is at fault. A whole chain written
    anew, or an end cut off where it was not written here, cannot be told from a ledger that is in order:
    compare the last hash with one that you trust.
    """
    found: list[Verified] = []
    ledger = Ledger((), acceptances or {})
    for path in paths:
        lines, end = split_lines(read_bytes(path))
        seen = list(examine(path, lines))
        entries = [one for one in seen if isinstance(one, Entry)]
        faults = [one for one in seen if isinstance(one, InputError)]
        if missing := missing_end(path):
            faults.append(missing)
        if not faults and not any(file.faults for file in found):
            try:
                ledger = extended(ledger, entries, path, row=1)
            except InputError as error:
                faults.append(error)
        found.append(Verified(path, end.rows, end.sha256, tuple(faults), bool(end.torn)))
    return tuple(found)
