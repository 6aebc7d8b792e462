"""Policies that the rules propose of a small text, whatever was learned beside them."""

from __future__ import annotations

from travesia.record import Described, Rules, read_document
from travesia.record.documents import Document
from travesia.record.reading.learned import Learned
from travesia.record.reading.nouns import Proposal


def policies_of(text: str, language: str, published: str = "2025-03-12") -> list[Proposal]:
    """Return the policies of a text published on a day."""
    return proposals_of(text, language, "policy", published)


def proposals_of(
    text: str, language: str, kind: str, published: str = "2022-12-20", learned: Learned | None = None
) -> list[Proposal]:
    """Return the records of a type in a text, read by rules alone or with what was learned."""
    document = Document(
        id="doc:given", file="given.txt", sha256="0" * 64, text_sha256="0" * 64, bytes=len(text.encode()),
        encoding="utf-8", media="text", text=text,
        described=Described(published=published, language=language),
    )  # fmt: skip
    reading = read_document(document, extractors=(Rules(learned),))
    return [one for one in reading.proposals if one.type == kind]
