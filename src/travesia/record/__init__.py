"""From documents to the ledger: what was said, by whom, where it stands, and since when it is known."""

from travesia.record.ledger import Entry, Ledger, Standing, commitments, signatories
from travesia.record.lines import entry_line, load_ledger
from travesia.record.record import Record

__all__ = ["Entry", "Ledger", "Record", "Standing", "commitments", "entry_line", "load_ledger", "signatories"]
