"""The ledger's file: JSON Lines, one operation a line, each hashed and naming the hash of the line before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from travesia.record.ledger.content import digest
from travesia.record.ledger.folding import MisplacedError
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry
from travesia.record.ledger.shapes import entry_of, line_shapes, plain_entry
from travesia.terms import InputError

_TAMPERED = "take the file back from a copy, and enter an amendment instead"


@dataclass(frozen=True)
class End:
    """Where a file ended when it was read.

    `size` counts the bytes of its whole lines; `torn` is the half line after them, which a writer that was
    killed left behind, and `ended` tells whether the last whole line has its line feed.
    """

    size: int = 0
    rows: int = 0
    sha256: str | None = None
    torn: bytes = b""
    ended: bool = True


@dataclass(frozen=True)
class Line:
    """A whole line of a file; `content` is ``None`` where it is no JSON object."""

    row: int
    text: str
    content: Mapping[str, Any] | None
    problem: str = ""

    @property
    def sha256(self) -> str | None:
        """The hash that the line states of itself."""
        found = None if self.content is None else self.content.get("sha256")
        return found if isinstance(found, str) else None


def load_ledger(*paths: Path, acceptances: Mapping[str, int] | None = None) -> Ledger:
    """Read a ledger; several files (a pack's, then a project's own) are read as one.

    Half a line at the end of a file, left by a writer that was killed, is passed over.

    Parameters
    ----------
    paths
        The files, in this order; each is a chain of its own.
    acceptances
        How many different people must accept a record, by its type; ``*`` stands for all others.

    Raises
    ------
    InputError
        One line naming file and row: a file that is missing or not UTF-8, a line that is no JSON, has
        unknown or missing keys, was changed, removed, put in or swapped, or does not fit what was before.
    """
    ledger = Ledger((), acceptances or {})
    for path in paths:
        ledger = extended(ledger, read_entries(path)[0], path, row=1)
    return ledger


def torn_end(path: Path) -> bytes:
    """Return the half line at the end of a file; none where it ends as it should."""
    data = read_bytes(path)
    return split_lines(data[data.rfind(b"\n") + 1 :])[1].torn


def read_entries(path: Path) -> tuple[list[Entry], End]:
    """Read the whole lines of a file, and where they end; raises `InputError` at the first fault."""
    lines, end = split_lines(read_bytes(path))
    entries = []
    for found in examine(path, lines):
        if isinstance(found, InputError):
            raise found
        entries.append(found)
    return entries, end


def extended(ledger: Ledger, entries: Sequence[Entry], path: Path, row: int | None = None) -> Ledger:
    """Return a ledger with further entries, the first of which stands in `row` of `path`.

    Raises
    ------
    InputError
        At the first entry that does not fit those before it, naming its row.
    """
    try:
        return ledger.with_entries(*entries)
    except MisplacedError:
        pass
    # Taken one by one to find the row.
    for at, entry in enumerate(entries):
        try:
            ledger = ledger.with_entries(entry)
        except MisplacedError as error:
            place = None if row is None else row + at
            raise InputError(
                path, error.problem, error.remedy, row=place, column="id", value=error.name
            ) from None
    return ledger


def chain_text(entries: Iterable[Entry], previous: str | None = None) -> tuple[str, str | None]:
    """Return the lines of entries, each with its line feed, and the hash of the last one.

    `previous` is the hash of the line before the first; the same entries always give the same text.
    """
    lines = []
    for entry in entries:
        content = {**plain_entry(entry), "prev": previous}
        previous = digest(content)
        lines.append(json.dumps({**content, "sha256": previous}, ensure_ascii=False, allow_nan=False) + "\n")
    return "".join(lines), previous


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raises `InputError` where it is missing or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "file is missing", "add it, or take the file from a working pack") from None
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", "check the path") from None


def split_lines(data: bytes, after: End | None = None) -> tuple[list[Line], End]:
    """Return the whole lines of a file, or of what stands `after` an earlier end, and where they end now."""
    start = after or End()
    pieces = data.split(b"\n")
    rest = pieces.pop()
    lines = [_line(row, piece) for row, piece in enumerate(pieces, start=start.rows + 1)]
    # Half a JSON object is never JSON, so what can be read is whole and only lacks its line feed.
    last = _line(start.rows + len(pieces) + 1, rest)
    whole = last.content is not None
    if whole:
        lines.append(last)
    size = start.size + len(data) - (0 if whole else len(rest))
    return lines, End(
        size=size,
        rows=start.rows + len(lines),
        sha256=lines[-1].sha256 if lines else start.sha256,
        torn=b"" if whole else rest,
        ended=not whole,
    )


def examine(path: Path, lines: list[Line], previous: str | None = None) -> Iterator[Entry | InputError]:
    """Give for each line its entry, or what is wrong with it; `previous` is the hash before the first."""
    rows = {line.sha256: line.row for line in reversed(lines) if line.sha256}
    known: str | bool | None = previous
    for line in lines:
        yield _fault(path, line, known, rows) or _entry(path, line)
        known = line.sha256 or False


def _line(row: int, data: bytes) -> Line:
    try:
        text = data.removesuffix(b"\r").decode("utf-8")
        content = json.loads(text)
    except UnicodeDecodeError:
        return Line(row, "", None, "is not UTF-8")
    except (json.JSONDecodeError, RecursionError) as error:
        told = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        return Line(row, "", None, f"is no JSON ({told})")
    if not isinstance(content, dict):
        return Line(row, text, None, "is no JSON object")
    return Line(row, text, content)


def _fault(path: Path, line: Line, previous: str | bool | None, rows: Mapping[str, int]) -> InputError | None:
    """Find what is wrong with a line and its place; `previous` is ``False`` where it cannot be known."""
    if line.content is None:
        remedy = "write one object a line, or take the line from a working ledger"
        return InputError(path, line.problem, remedy, row=line.row)
    stated = line.sha256
    if stated is None:
        return InputError(path, "key is missing", "correct the line", row=line.row, column="sha256")
    content = {name: value for name, value in line.content.items() if name != "sha256"}
    try:
        fits = digest(content) == stated
    except (UnicodeEncodeError, RecursionError):
        fits = False
    if not fits:
        problem = "does not fit the content: the line was changed"
        return InputError(path, problem, _TAMPERED, row=line.row, column="sha256", value=stated)
    if rows[stated] != line.row:
        problem = f"stands twice, first in row {rows[stated]}"
        return InputError(path, problem, "remove one of the two", row=line.row)
    named = content.get("prev")
    if previous is False or named == previous:
        return None
    return InputError(
        path, _break(line.row, named, rows), _TAMPERED, row=line.row, column="prev", value=named
    )


def _break(row: int, named: object, rows: Mapping[str, int]) -> str:
    """Say how a chain is broken at a row whose line names `named` as the one before it."""
    meant = rows.get(named) if isinstance(named, str) else 0
    if meant is None:
        return "names a line that is not there: the one before it was changed, or lines were removed"
    if meant > row:
        return f"names row {meant}, which stands after it: lines were swapped"
    before = f"row {meant}" if meant else "no line"
    return f"names {before} as the one before it: lines were put in between, or swapped"


def _entry(path: Path, line: Line) -> Entry | InputError:
    try:
        entry = entry_of(line_shapes().validate_json(line.text))
    except ValidationError as error:
        return _misshapen(path, line.row, error)
    except ValueError as error:
        return InputError(path, str(error), "correct the record", row=line.row)
    written = {**plain_entry(entry), "prev": (line.content or {}).get("prev")}
    if json.dumps({**written, "sha256": line.sha256}, ensure_ascii=False) != line.text:
        problem = "is not in the form that is written: keys in another order, spaces, or a key twice"
        return InputError(path, problem, _TAMPERED, row=line.row)
    return entry


def _misshapen(path: Path, row: int, error: ValidationError) -> InputError:
    first = error.errors(include_url=False)[0]
    # The first part names the kind of line, which the key `op` says already.
    names = [str(part) for part in first["loc"][1:]] or ["op"]
    problem = {
        "extra_forbidden": "key is unknown", "missing": "key is missing",
        "union_tag_not_found": "key is missing",
    }.get(first["type"])  # fmt: skip
    value = None if problem or not isinstance(first["input"], (str, int, float)) else first["input"]
    if first["type"] == "union_tag_invalid":
        value, problem = first["ctx"]["tag"], f"is none of {first['ctx']['expected_tags']}"
    message = problem or str(first["msg"]).removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return InputError(path, message, "correct the line", row=row, column=".".join(names), value=value)
