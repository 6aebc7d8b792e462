"""The lines of a text as its writer meant them: wrapped lines joined, bullets told from words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\n\r\f\u2028\u2029]+")
_BULLET = re.compile(
    r"(?:[\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u2219\u00b7\uf0b7\u2713\u27a2*]|[-\u2013\u2014](?=\s)"
    r"|o(?=\t|\s{2})|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}\.(?=\s))\s*"
)
_ENDED = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019\u00bb)\]]{0,3}$")
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 40
_RAGGED = 20


@dataclass(frozen=True)
class Line:
    """A paragraph, heading or item: its stretch without bullet and white space around it."""

    start: int
    end: int
    bullet: bool


@dataclass(frozen=True)
class _Row:
    """A line as it stands in the file, and whether it follows the one before without a blank line."""

    start: int
    end: int
    follows: bool


def joined_lines(original: str) -> Iterator[Line]:
    """Yield the lines of a text in order; a line broken only to fit a width goes on with the next.

    A break is such where the next line's first word would not have fitted into the width that the text
    keeps to, or where the next line goes on in lower case though nothing ended.
    """
    rows = _rows(original)
    width = _width(rows)
    first: _Row | None = None
    last: _Row | None = None
    for row in rows:
        if first and last and row.follows and _goes_on(original, last, row, width):
            last = row
            continue
        if first and last:
            yield _line(original, first.start, last.end)
        first = last = row
    if first and last:
        yield _line(original, first.start, last.end)


def _rows(original: str) -> tuple[_Row, ...]:
    """Return the lines that hold a letter or a digit, or a bullet that stands alone."""
    rows: list[_Row] = []
    before = 0
    for found in _LINE.finditer(original):
        piece = found[0]
        start = found.start() + len(piece) - len(piece.lstrip())
        end = found.end() - len(piece) + len(piece.rstrip())
        if start >= end or not (any(map(str.isalnum, piece)) or _BULLET.fullmatch(original, start, end)):
            continue
        gap = original[before:start]
        breaks = gap.count("\n") or gap.count("\r") or gap.count("\u2028")
        rows.append(_Row(start, end, breaks == 1 and bool(rows)))
        before = end
    return tuple(rows)


def _width(rows: Sequence[_Row]) -> int | None:
    """Return the width that a text's lines are broken to, None for a text with a paragraph a line."""
    lengths = [row.end - row.start for row in rows]
    short = [length for length in lengths if length <= _WIDEST_WRAP]
    if not short or max(short) < _NARROWEST_WRAP or sum(short) < 0.75 * sum(lengths):
        return None
    width = max(short)
    broken = [length for length, row in zip(lengths, rows[1:], strict=False) if row.follows]
    full = sum(width - _RAGGED <= length <= width for length in broken)
    return width if full >= 2 and full >= 0.35 * len(broken) else None


def _goes_on(original: str, last: _Row, row: _Row, width: int | None) -> bool:
    """Tell whether a line goes on with the next."""
    if _BULLET.fullmatch(original, last.start, last.end):
        return True
    if _BULLET.match(original, row.start, row.end):
        return False
    ended = _ENDED.search(original, max(last.start, last.end - 6), last.end)
    if original[last.end - 1] == "," or (original[row.start].islower() and not ended):
        return True
    if width is None:
        return False
    first_word = next(
        (at for at in range(row.start, min(row.end, row.start + width)) if original[at].isspace()), row.end
    )
    return last.end - last.start + 1 + first_word - row.start > width


def _line(original: str, start: int, end: int) -> Line:
    bullet = _BULLET.match(original, start, end)
    return (
        Line(bullet.end(), end, bullet=True)
        if bullet and bullet.end() < end
        else Line(start, end, bullet=False)
    )
