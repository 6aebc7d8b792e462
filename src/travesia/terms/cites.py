"""Sources and cites: who published what, and where in it a statement stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A document or dataset; `faults` are known faults of its figures, `stored_copy` where it was read."""

    id: str
    title: str
    publisher: str
    licence: str
    published: str | None = None
    lang: str | None = None
    sha256: str | None = None
    stored_copy: str | None = None
    faults: str | None = None


@dataclass(frozen=True)
class Cite:
    """A place in a source.

    `start` and `end` are code points of the original, half-open, where known; `sha256` is that of the words
    between them as UTF-8, so that a cite can be checked where the text itself may not be shown.
    """

    source: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    sha256: str | None = None
