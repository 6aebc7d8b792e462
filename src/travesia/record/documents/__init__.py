"""Documents: a file becomes text whose every code point can be cited."""

from travesia.record.documents.document import Described, Document, load_document
from travesia.record.documents.index import check_said, read_index

__all__ = ["Described", "Document", "check_said", "load_document", "read_index"]
