"""From documents to the ledger: what was said, by whom, where it stands, and since when it is known.

What only reviewers need is loaded on first use, so that asking a ledger stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from travesia.record.ledger.folding import MisplacedError, Proposed, Version
from travesia.record.ledger.ledger import Ledger, Standing, commitments, signatories
from travesia.record.ledger.lines import chain_text, load_ledger, torn_end
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

if TYPE_CHECKING:
    from travesia.record.ledger.appending import OpenLedger as OpenLedger
    from travesia.record.ledger.appending import append as append
    from travesia.record.ledger.appending import now_utc as now_utc
    from travesia.record.ledger.appending import open_ledger as open_ledger
    from travesia.record.ledger.deciding import accepted as accepted
    from travesia.record.ledger.deciding import rejected as rejected
    from travesia.record.ledger.duplicates import MergeCandidate as MergeCandidate
    from travesia.record.ledger.duplicates import merge_candidates as merge_candidates
    from travesia.record.ledger.index import Wanted as Wanted
    from travesia.record.ledger.index import find_items as find_items
    from travesia.record.ledger.index import name_of as name_of
    from travesia.record.ledger.index import open_index as open_index
    from travesia.record.ledger.lint import LintFinding as LintFinding
    from travesia.record.ledger.lint import lint as lint
    from travesia.record.ledger.proposing import propose_all as propose_all
    from travesia.record.ledger.verifying import Verified as Verified
    from travesia.record.ledger.verifying import verify_files as verify_files

_LATER = {
    "LintFinding": "lint",
    "MergeCandidate": "duplicates",
    "OpenLedger": "appending",
    "Verified": "verifying",
    "Wanted": "index",
    "accepted": "deciding",
    "append": "appending",
    "find_items": "index",
    "lint": "lint",
    "merge_candidates": "duplicates",
    "name_of": "index",
    "now_utc": "appending",
    "open_index": "index",
    "open_ledger": "appending",
    "propose_all": "proposing",
    "rejected": "deciding",
    "verify_files": "verifying",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.ledger.{_LATER[name]}"), name)


__all__ = [
    "Accept",
    "Amend",
    "Counts",
    "Entry",
    "Ledger",
    "LintFinding",
    "Merge",
    "MergeCandidate",
    "MisplacedError",
    "Miss",
    "Note",
    "OpenLedger",
    "Operation",
    "Propose",
    "Proposed",
    "Record",
    "Reject",
    "Retract",
    "Split",
    "Standing",
    "Supersede",
    "Verified",
    "Version",
    "Wanted",
    "accepted",
    "append",
    "chain_text",
    "check_reading",
    "citations",
    "commitments",
    "f1_interval",
    "find_items",
    "lint",
    "load_ledger",
    "merge_candidates",
    "misses",
    "name_of",
    "now_utc",
    "open_index",
    "open_ledger",
    "propose_all",
    "rejected",
    "score",
    "signatories",
    "torn_end",
    "total",
    "verify_files",
]
