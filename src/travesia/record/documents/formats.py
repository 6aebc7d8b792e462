"""Text out of HTML and PDF, by libraries that come as extras, and within bounds."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from travesia.terms import InputError, UsageError

DEEPEST = 200
"""Deepest nesting of HTML elements that is read."""

MOST_ELEMENTS = 50_000
"""Most elements of an HTML page; what takes the text out of it slows down with their square."""

MOST_PAGES = 5_000
"""Longest PDF that is read, in pages."""

MOST_CONTENT = 30_000_000
"""Longest instructions of a PDF's pages, unpacked, in bytes; a page of print has some ten thousand."""

MOST_OPERATORS = 3_000_000
"""Most drawing operations of a PDF, those of forms within forms counted as often as they are drawn."""

LONGEST_TEXT = 3_000_000
"""Longest text that is read, in code points: a thousand pages."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,30})[^<>]{0,10000}?(/?)>")
_CLOSED_ALONE = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param"}
    | {"source", "td", "th", "tr", "track", "wbr"}
)


def html_text(path: Path, page: str) -> str:
    """Return the article's text of an HTML page, one paragraph a line.

    Raises
    ------
    UsageError
        If the extra is not installed.
    InputError
        For a page nested too deeply, or without text.
    """
    try:
        from trafilatura import extract
    except ImportError:
        raise UsageError(f"{path}: reading HTML needs an extra; install travesia[html]") from None
    if problem := _out_of_bounds(page):
        raise InputError(path, problem, "save the page's text as a .txt file")
    with _silenced("trafilatura", "htmldate", "readability", "justext"):
        text = extract(page, include_comments=False, include_tables=True, favor_recall=True)
    if not text or not text.strip():
        raise InputError(path, "has no text in its body", "save the page's text as a .txt file")
    return str(text)


def _out_of_bounds(page: str) -> str | None:
    """Return what is wrong with the shape of a page; what HTML closes itself does not nest."""
    depth = elements = 0
    for tag in _TAG.finditer(page):
        closing, name, alone = tag.groups()
        elements += not closing
        if elements > MOST_ELEMENTS:
            return f"has more than {MOST_ELEMENTS:,} elements"
        if name.lower() in _CLOSED_ALONE or alone:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEEPEST:
            return f"has elements nested more than {DEEPEST} deep"
    return None


def pdf_text(path: Path, raw: bytes) -> str:
    """Return the text of a PDF, pages separated by a form feed.

    Raises
    ------
    UsageError
        If the extra is not installed.
    InputError
        For a PDF that is damaged, locked, too long or without text.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise UsageError(f"{path}: reading PDF needs an extra; install travesia[pdf]") from None
    with _silenced("pypdf"):
        try:
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(path, "is locked by a password", "save a copy without one")
            if len(reader.pages) > MOST_PAGES:
                raise InputError(path, f"has more than {MOST_PAGES} pages", "split it")
            spent = _Spent()
            pages = [spent.text_of(page) for page in reader.pages]
        except _TooMuchError as error:
            raise InputError(path, str(error), "split it, or save its text") from None
        except InputError:
            raise
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problem = f"cannot be read as PDF ({type(error).__name__})"
            raise InputError(path, problem, "open it and save it again, or save its text") from None
    if not "".join(pages).strip():
        problem = f"holds no text on its {len(pages)} pages; they are probably pictures"
        raise InputError(path, problem, "run text recognition (OCR) on it first")
    return "\f".join(pages)


class _TooMuchError(BaseException):
    """A PDF asks for more than its pages can hold; no `Exception`, as the library passes over those."""


class _Spent:
    """Counts what a PDF asks for: a file of a kilobyte can unpack to gigabytes of instructions."""

    def __init__(self) -> None:
        self.content = self.operators = self.shown = 0

    def text_of(self, page: Any) -> str:
        """Return the text of a page; raises `_TooMuchError` where all pages so far ask for too much."""
        content = page.get_contents()
        self.content += len(content.get_data()) if content is not None else 0
        if self.content > MOST_CONTENT:
            raise _TooMuchError(f"unpacks to more than {MOST_CONTENT // 1_000_000} MB of instructions")
        return str(page.extract_text(visitor_operand_before=self.count))

    def count(self, _: object, operands: Sequence[Any], *__: object) -> None:
        """Count an operation and the characters that it shows."""
        self.operators += 1
        self.shown += sum(len(one) for one in operands if isinstance(one, str | bytes | list))
        if self.operators > MOST_OPERATORS or self.shown > MOST_CONTENT:
            raise _TooMuchError(f"draws more than {MOST_OPERATORS:,} times, or too much at once")


@contextmanager
def _silenced(*names: str) -> Iterator[None]:
    """Keep what libraries log off the terminal: what matters becomes one line of ours."""
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
