"""Documents: a file becomes text whose every code point can be cited."""

from travesia.record.documents.document import Described, Document, load_document
from travesia.record.documents.index import check_said, read_index
from travesia.record.documents.keeping import keep_document, kept_documents, kept_text

__all__ = [
    "Described",
    "Document",
    "check_said",
    "keep_document",
    "kept_documents",
    "kept_text",
    "load_document",
    "read_index",
]
