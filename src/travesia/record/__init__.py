"""From documents to the ledger: what was said, by whom, where it stands, and since when it is known.

What only readers and reviewers need is loaded on first use, so that asking a ledger stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from travesia.record.ledger import Entry, Ledger, Standing, commitments, signatories
from travesia.record.lines import entry_line, load_ledger
from travesia.record.record import Record

if TYPE_CHECKING:
    from travesia.record.documents import Described as Described
    from travesia.record.documents import Document as Document
    from travesia.record.documents import check_said as check_said
    from travesia.record.documents import load_document as load_document
    from travesia.record.documents import read_index as read_index
    from travesia.record.reading.extractors import Rules as Rules
    from travesia.record.reading.models import Model as Model
    from travesia.record.reading.names import Gazetteer as Gazetteer
    from travesia.record.reading.reader import Reading as Reading
    from travesia.record.reading.reader import read_document as read_document
    from travesia.record.reading.written import as_json as as_json
    from travesia.record.schema import check_reading as check_reading
    from travesia.record.schema import citations as citations
    from travesia.record.scoring import Counts as Counts
    from travesia.record.scoring import Miss as Miss
    from travesia.record.scoring import f1_interval as f1_interval
    from travesia.record.scoring import misses as misses
    from travesia.record.scoring import score as score
    from travesia.record.scoring import total as total

_LATER = {
    "Counts": "scoring",
    "Described": "documents",
    "Document": "documents",
    "Gazetteer": "reading.names",
    "Miss": "scoring",
    "Model": "reading.models",
    "Reading": "reading.reader",
    "Rules": "reading.extractors",
    "as_json": "reading.written",
    "check_reading": "schema",
    "check_said": "documents",
    "citations": "schema",
    "f1_interval": "scoring",
    "load_document": "documents",
    "misses": "scoring",
    "read_document": "reading.reader",
    "read_index": "documents",
    "score": "scoring",
    "total": "scoring",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


__all__ = [
    "Counts",
    "Described",
    "Document",
    "Entry",
    "Gazetteer",
    "Ledger",
    "Miss",
    "Model",
    "Reading",
    "Record",
    "Rules",
    "Standing",
    "as_json",
    "check_reading",
    "check_said",
    "citations",
    "commitments",
    "entry_line",
    "f1_interval",
    "load_document",
    "load_ledger",
    "misses",
    "read_document",
    "read_index",
    "score",
    "signatories",
    "total",
]
