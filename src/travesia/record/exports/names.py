"""Names and digests that all exports share: the same thing has the same name in each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from urllib.parse import quote

from travesia.record.ledger.folding import PROPOSAL
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Accept, Entry, records_of
from travesia.terms import Cite

PREFIX = "urn:travesia:"
"""What the names of our own things start with, as those in a study's ``prov.json``."""

_KEPT = "/:@+-._~"


def local_name(kind: str, name: str) -> str:
    """Return the name of a thing behind the prefix, such as ``record/com:us-2022-refugees``."""
    return f"{kind}/{quote(name, safe=_KEPT)}"


def source_name(cite: Cite, documents: Mapping[str, Mapping[str, str]]) -> str:
    """Return the name of what a cite cites: a document's id, or a digest of the words that describe it."""
    if cite.source in documents:
        return local_name("document", cite.source)
    return f"source/{hashlib.sha256(cite.source.encode()).hexdigest()[:16]}"


def entries_by_record(ledger: Ledger) -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries by which people put their names to each record, in the order of entry."""
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in ledger.entries:
        for name in _entered(ledger, entry):
            found[name] = (*found.get(name, ()), entry)
    return found


def _entered(ledger: Ledger, entry: Entry) -> tuple[str, ...]:
    operation = entry.operation
    if entry.op in {"propose", "reject", "retract", "note"}:
        return ()
    if isinstance(operation, Accept) and operation.record is None and operation.of is not None:
        named = operation.of
        return (ledger.proposal(named).record.id if named.startswith(PROPOSAL) else named,)
    return tuple(record.id for record in records_of(operation))
