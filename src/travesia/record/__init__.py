"""From documents to the ledger: what was said, by whom, where it stands, and since when it is known."""

from travesia.record.ledger.ledger import Ledger, Standing, commitments, signatories
from travesia.record.ledger.lines import chain_text, load_ledger
from travesia.record.ledger.operations import (
    Accept,
    Amend,
    Entry,
    Merge,
    Note,
    Operation,
    Propose,
    Reject,
    Retract,
    Split,
    Supersede,
)
from travesia.record.record import Record
from travesia.record.schema import check_reading, citations
from travesia.record.scoring import Counts, Miss, f1_interval, misses, score, total

__all__ = [
    "Accept",
    "Amend",
    "Counts",
    "Entry",
    "Ledger",
    "Merge",
    "Miss",
    "Note",
    "Operation",
    "Propose",
    "Record",
    "Reject",
    "Retract",
    "Split",
    "Standing",
    "Supersede",
    "chain_text",
    "check_reading",
    "citations",
    "commitments",
    "f1_interval",
    "load_ledger",
    "misses",
    "score",
    "signatories",
    "total",
]
