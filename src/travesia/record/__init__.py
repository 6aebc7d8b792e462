"""From documents to the ledger: what was said, by whom, where it stands, and since when it is known."""

from travesia.record.ledger import Entry, Ledger, Standing, commitments, signatories
from travesia.record.lines import entry_line, load_ledger
from travesia.record.record import Record
from travesia.record.schema import check_reading, citations
from travesia.record.scoring import Counts, Miss, f1_interval, misses, score, total

__all__ = [
    "Counts", "Entry", "Ledger", "Miss", "Record", "Standing", "check_reading", "citations", "commitments",
    "entry_line", "f1_interval", "load_ledger", "misses", "score", "signatories", "total",
]  # fmt: skip
