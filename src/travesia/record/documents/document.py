"""The document: a file's text with its hash, and what is known of who published it and when."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from travesia.record.documents.formats import LONGEST_TEXT, html_text, pdf_text
from travesia.terms import InputError

LARGEST = 50_000_000
"""Largest file that is read, in bytes; ten thousand pages are far below it."""

_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Described:
    """What somebody says of a file beside it; ``None`` where nobody said it."""

    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    title: str | None = None
    licence: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Document:
    """A document ready to be read.

    `id` is made of the file's name and `sha256` (of the file's bytes), so that the same file always has the
    same one. `text` is what offsets count in: the file decoded as UTF-8 without changing line ends, or the
    text taken out of HTML or PDF; `text_sha256` is its hash (of its UTF-8 bytes).
    """

    id: str
    file: str
    sha256: str
    text_sha256: str
    bytes: int
    encoding: str
    media: str
    text: str
    described: Described


def load_document(path: Path, described: Described | None = None) -> Document:
    """Read a text, HTML (extra ``html``) or PDF (extra ``pdf``) file.

    Raises
    ------
    InputError
        One line naming the file, and the row where there is one: missing, empty, too long, binary, not
        UTF-8 or of mixed encodings, direction overrides that would show another text than is stored, HTML
        nested too deeply or without text, a PDF that is locked or has no text.
    """
    raw = _bytes(path)
    media = _media(path, raw)
    if media == "pdf":
        text, encoding = pdf_text(path, raw), "pdf"
    else:
        text, encoding = _decoded(path, raw), "utf-8"
        if media == "html":
            text = html_text(path, text)
    _check(path, text)
    digest = hashlib.sha256(raw).hexdigest()
    return Document(
        id=f"doc:{_slug(path.stem)}-{digest[:8]}", file=path.name, sha256=digest,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(), bytes=len(raw), encoding=encoding,
        media=media, text=text, described=described or Described(),
    )  # fmt: skip


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(path, f"is larger than {LARGEST // 1_000_000} MB", "split it into its documents")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(path, "file is missing", "check the path") from None
    except IsADirectoryError:
        raise InputError(path, "is a folder", "name the files in it") from None
    except OSError as error:
        raise InputError(
            path, f"cannot be read ({error.strerror})", "check the path and its rights"
        ) from None
    if not raw.strip():
        raise InputError(path, "is empty", "give a file with text")
    return raw


def _media(path: Path, raw: bytes) -> str:
    """Tell what a file holds by its first bytes, and HTML also by its name."""
    if raw[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    start = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or path.suffix.lower() in {".html", ".htm", ".xhtml"}:
        return "html"
    return "text"


def _decoded(path: Path, raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(path, "is UTF-16", "save it as UTF-8")
    if b"\x00" in raw:
        raise InputError(path, "is no text (it holds zero bytes)", "give a text, HTML or PDF file")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 (byte 0x{raw[error.start]:02X} at {error.start})"
        raise InputError(path, problem, "save the whole file as UTF-8", row=row) from None


def _check(path: Path, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        problem = f"holds {len(text):,} characters, more than {LONGEST_TEXT:,}"
        raise InputError(path, problem, "split it into its documents or chapters")
    turned = _OVERRIDES.search(text)
    if turned:
        row = text.count("\n", 0, turned.start()) + 1
        problem = (
            f"holds U+{ord(turned.group()):04X}, which shows the text in another order than it is stored"
        )
        raise InputError(path, problem, "remove it, and look at what the text then says", row=row)
    control = sum(1 for character in text[:100_000] if ord(character) < 32 and character not in "\t\n\r\f\v")
    if control * 20 > min(len(text), 100_000):
        raise InputError(path, "is no text (it holds control characters)", "give a text, HTML or PDF file")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "file"
