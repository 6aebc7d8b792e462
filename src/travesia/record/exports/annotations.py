"""The ledger's cites as W3C Web Annotations: one a cite, its body the record, its target the words.

Web Annotation Data Model, W3C Recommendation of 23 February 2017, as JSON-LD. Positions count Unicode code
points of the document's text, as the model asks for; the digests are of the UTF-8 bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from travesia.record.exports.names import PREFIX, entries_by_record, local_name, source_name
from travesia.record.ledger.content import plain_record
from travesia.record.ledger.index import name_of
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry
from travesia.record.record import Record
from travesia.terms import Cite, InputError
from travesia.version import __version__

CONTEXT = (
    "http://www.w3.org/ns/anno.jsonld",
    {"travesia": PREFIX, "travesia:fields": {"@type": "@json"}},
)
"""The model's own context, and ours: the fields of a record are JSON as it stands in the ledger."""

AROUND = 32
"""How many characters before and after a quote go with it, so that it is found where the text has moved."""


def web_annotations(
    ledger: Ledger,
    documents: Mapping[str, Mapping[str, str]],
    text_of: Callable[[str], str | None],
) -> dict[str, Any]:
    """Return the cites of all accepted records as one annotation collection.

    Parameters
    ----------
    ledger
        Its accepted records, each in its newest version; proposals are left out.
    documents
        What is known of each document, by its id: the rows of ``documents/index.csv``.
    text_of
        Gives the text of a document; ``None`` where it is withheld or not kept, which leaves out the words
        around a quote, and the quote itself where the ledger does not hold it.

    Raises
    ------
    InputError
        If a text does not hold what a record cites from it.
    """
    made = entries_by_record(ledger)
    items = [
        _annotation(record, number, made.get(record.id, ()), documents, text_of)
        for record in ledger.accepted()
        for number in range(len(record.cites))
    ]
    page = {
        "id": f"{PREFIX}annotations/1", "type": "AnnotationPage", "partOf": f"{PREFIX}annotations",
        "startIndex": 0, "items": items,
    }  # fmt: skip
    return {
        "@context": list(CONTEXT), "id": f"{PREFIX}annotations", "type": "AnnotationCollection",
        "label": "Records of a Travesia ledger and the words that support them", "total": len(items),
        "first": page,
    }  # fmt: skip


def _annotation(
    record: Record,
    number: int,
    entries: tuple[Entry, ...],
    documents: Mapping[str, Mapping[str, str]],
    text_of: Callable[[str], str | None],
) -> dict[str, Any]:
    cite = record.cites[number]
    people = tuple(dict.fromkeys(entry.by for entry in entries))
    annotation: dict[str, Any] = {
        "id": f"{PREFIX}{local_name('annotation', f'{record.id}/{number + 1}')}", "type": "Annotation",
        "motivation": "describing",
    }  # fmt: skip
    if entries:
        annotation |= {"created": entries[0].at, "modified": entries[-1].at}
        creators = [
            {"id": f"{PREFIX}{local_name('person', by)}", "type": "Person", "name": by} for by in people
        ]
        annotation["creator"] = creators[0] if len(creators) == 1 else creators
    software = {"id": f"{PREFIX}software", "type": "Software", "name": f"Travesia {__version__}"}
    target = _target(record, cite, documents, text_of)
    return annotation | {"generator": software, "body": _body(record), "target": target}


def _body(record: Record) -> dict[str, Any]:
    plain = plain_record(record)
    about = (
        "certainty",
        "modality",
        "attribution",
        "valid_from",
        "valid_to",
        "known_from",
        "origin",
        "supersedes",
    )
    return {
        "id": f"{PREFIX}{local_name('record', record.id)}", "type": f"travesia:{record.type}",
        "label": name_of(record), "travesia:fields": plain["fields"],
        **{f"travesia:{name}": plain[name] for name in about if plain.get(name) not in (None, [])},
    }  # fmt: skip


def _target(
    record: Record,
    cite: Cite,
    documents: Mapping[str, Mapping[str, str]],
    text_of: Callable[[str], str | None],
) -> dict[str, Any]:
    source: dict[str, Any] = {"id": f"{PREFIX}{source_name(cite, documents)}", "type": "Text"}
    row = documents.get(cite.source)
    if row is None:
        # A source that nobody has as a file: its description is all that there is.
        source["label"] = cite.source
    else:
        told = {
            "label": row.get("title") or row.get("file"), "language": row.get("language"),
            "rights": row.get("licence"), "travesia:sha256": row.get("text_sha256"),
        }  # fmt: skip
        source |= {"format": "text/plain"} | {name: value for name, value in told.items() if value}
    target: dict[str, Any] = {"type": "SpecificResource", "source": source}
    selectors = _selectors(record, cite, text_of(cite.source) if row is not None else None)
    if selectors:
        target["selector"] = selectors
    if cite.sha256:
        target["travesia:sha256"] = cite.sha256
    return target


def _selectors(record: Record, cite: Cite, text: str | None) -> list[dict[str, Any]]:
    """Return where the words stand, and which they are: by position, and by quote where it may be shown."""
    selectors: list[dict[str, Any]] = []
    start, end = cite.start, cite.end
    if start is not None and end is not None:
        selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
    if cite.quote is not None:
        quote = {"type": "TextQuoteSelector", "exact": cite.quote}
        if text is not None and start is not None and end is not None:
            _check(record, cite, text[start:end])
            quote |= {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
        selectors.append(quote)
    return selectors


def _check(record: Record, cite: Cite, words: str) -> None:
    same = words == cite.quote
    if cite.sha256 is not None:
        same = same and hashlib.sha256(words.encode()).hexdigest() == cite.sha256
    if not same:
        problem = f"{cite.source} does not hold the words cited at [{cite.start}, {cite.end})"
        raise InputError(record.id, problem, "put the text back that was read, or amend the record")
