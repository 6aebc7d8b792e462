"""Text out of HTML and PDF, by libraries that come as extras, and within bounds."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from travesia.terms import InputError, UsageError

DEEPEST = 200
"""Deepest nesting of HTML elements that is read."""

MOST_PAGES = 5_000
"""Longest PDF that is read, in pages."""

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
    if _depth(page) > DEEPEST:
        problem = f"has elements nested more than {DEEPEST} deep"
        raise InputError(path, problem, "save the page's text as a .txt file")
    with _silenced("trafilatura", "htmldate", "readability", "justext"):
        text = extract(page, include_comments=False, include_tables=True, favor_recall=True)
    if not text or not text.strip():
        raise InputError(path, "has no text in its body", "save the page's text as a .txt file")
    return str(text)


def _depth(page: str) -> int:
    """Return how deep elements stand inside each other, at most; not counting what HTML closes itself."""
    deepest = depth = 0
    for closing, name, alone in _TAG.findall(page):
        if name.lower() in _CLOSED_ALONE or alone:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


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
            pages = [page.extract_text() for page in reader.pages]
        except InputError:
            raise
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problem = f"cannot be read as PDF ({type(error).__name__})"
            raise InputError(path, problem, "open it and save it again, or save its text") from None
    if not "".join(pages).strip():
        problem = f"holds no text on its {len(pages)} pages; they are probably pictures"
        raise InputError(path, problem, "run text recognition (OCR) on it first")
    return "\f".join(pages)


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
