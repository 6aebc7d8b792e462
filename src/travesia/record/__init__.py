"""From documents to the ledger: what was said, by whom, where it stands, and since when it is known.

What only readers and reviewers need is loaded on first use, so that asking a ledger stays quick.
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

if TYPE_CHECKING:
    from travesia.record.documents import Described as Described
    from travesia.record.documents import Document as Document
    from travesia.record.documents import check_said as check_said
    from travesia.record.documents import keep_document as keep_document
    from travesia.record.documents import kept_documents as kept_documents
    from travesia.record.documents import kept_text as kept_text
    from travesia.record.documents import load_document as load_document
    from travesia.record.documents import read_index as read_index
    from travesia.record.exports.annotations import web_annotations as web_annotations
    from travesia.record.exports.provenance import ledger_provenance as ledger_provenance
    from travesia.record.exports.tables import records_table as records_table
    from travesia.record.ledger.appending import OpenLedger as OpenLedger
    from travesia.record.ledger.appending import append as append
    from travesia.record.ledger.appending import now_utc as now_utc
    from travesia.record.ledger.appending import open_ledger as open_ledger
    from travesia.record.ledger.appending import refreshed as refreshed
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
    from travesia.record.reading.extractors import Rules as Rules
    from travesia.record.reading.models import Model as Model
    from travesia.record.reading.names import Gazetteer as Gazetteer
    from travesia.record.reading.nouns import Proposal as Proposal
    from travesia.record.reading.nouns import Text as Text
    from travesia.record.reading.reader import Reading as Reading
    from travesia.record.reading.reader import read_document as read_document
    from travesia.record.reading.text import prepare as prepare
    from travesia.record.reading.written import as_json as as_json
    from travesia.record.review.evidence import cite_of as cite_of
    from travesia.record.review.history import decided_by as decided_by
    from travesia.record.review.session import REASONS as REASONS
    from travesia.record.review.session import Command as Command
    from travesia.record.review.session import Outcome as Outcome
    from travesia.record.review.session import Review as Review
    from travesia.record.review.session import on_ledger as on_ledger
    from travesia.record.review.session import start_review as start_review
    from travesia.record.review.session import step as step
    from travesia.record.review.sheet import DECISIONS as DECISIONS
    from travesia.record.review.sheet import Sheet as Sheet
    from travesia.record.review.sheet import sheet_of as sheet_of
    from travesia.record.review.sheet_back import Taken as Taken
    from travesia.record.review.sheet_back import decisions_in as decisions_in
    from travesia.record.review.sheet_back import guarded as guarded
    from travesia.record.review.view import FieldSeen as FieldSeen
    from travesia.record.review.view import Passage as Passage
    from travesia.record.review.view import View as View
    from travesia.record.review.view import view_of as view_of
    from travesia.record.schema import check_reading as check_reading
    from travesia.record.schema import citations as citations
    from travesia.record.scoring import Counts as Counts
    from travesia.record.scoring import Miss as Miss
    from travesia.record.scoring import f1_interval as f1_interval
    from travesia.record.scoring import misses as misses
    from travesia.record.scoring import score as score
    from travesia.record.scoring import total as total

_LATER = {
    "Command": "review.session",
    "Counts": "scoring",
    "DECISIONS": "review.sheet",
    "Described": "documents",
    "Document": "documents",
    "FieldSeen": "review.view",
    "Gazetteer": "reading.names",
    "LintFinding": "ledger.lint",
    "MergeCandidate": "ledger.duplicates",
    "Miss": "scoring",
    "Model": "reading.models",
    "OpenLedger": "ledger.appending",
    "Outcome": "review.session",
    "Passage": "review.view",
    "Proposal": "reading.nouns",
    "REASONS": "review.session",
    "Reading": "reading.reader",
    "Review": "review.session",
    "Rules": "reading.extractors",
    "Sheet": "review.sheet",
    "Taken": "review.sheet_back",
    "Text": "reading.nouns",
    "Verified": "ledger.verifying",
    "View": "review.view",
    "Wanted": "ledger.index",
    "accepted": "ledger.deciding",
    "append": "ledger.appending",
    "as_json": "reading.written",
    "check_reading": "schema",
    "check_said": "documents",
    "citations": "schema",
    "cite_of": "review.evidence",
    "decided_by": "review.history",
    "decisions_in": "review.sheet_back",
    "f1_interval": "scoring",
    "find_items": "ledger.index",
    "guarded": "review.sheet_back",
    "keep_document": "documents",
    "kept_documents": "documents",
    "kept_text": "documents",
    "ledger_provenance": "exports.provenance",
    "lint": "ledger.lint",
    "load_document": "documents",
    "merge_candidates": "ledger.duplicates",
    "misses": "scoring",
    "name_of": "ledger.index",
    "now_utc": "ledger.appending",
    "on_ledger": "review.session",
    "open_index": "ledger.index",
    "open_ledger": "ledger.appending",
    "prepare": "reading.text",
    "propose_all": "ledger.proposing",
    "read_document": "reading.reader",
    "read_index": "documents",
    "records_table": "exports.tables",
    "refreshed": "ledger.appending",
    "rejected": "ledger.deciding",
    "score": "scoring",
    "sheet_of": "review.sheet",
    "start_review": "review.session",
    "step": "review.session",
    "total": "scoring",
    "verify_files": "ledger.verifying",
    "view_of": "review.view",
    "web_annotations": "exports.annotations",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


__all__ = [
    "DECISIONS",
    "REASONS",
    "Accept",
    "Amend",
    "Command",
    "Counts",
    "Described",
    "Document",
    "Entry",
    "FieldSeen",
    "Gazetteer",
    "Ledger",
    "LintFinding",
    "Merge",
    "MergeCandidate",
    "MisplacedError",
    "Miss",
    "Model",
    "Note",
    "OpenLedger",
    "Operation",
    "Outcome",
    "Passage",
    "Proposal",
    "Propose",
    "Proposed",
    "Reading",
    "Record",
    "Reject",
    "Retract",
    "Review",
    "Rules",
    "Sheet",
    "Split",
    "Standing",
    "Supersede",
    "Taken",
    "Text",
    "Verified",
    "Version",
    "View",
    "Wanted",
    "accepted",
    "append",
    "as_json",
    "chain_text",
    "check_reading",
    "check_said",
    "citations",
    "cite_of",
    "commitments",
    "decided_by",
    "decisions_in",
    "f1_interval",
    "find_items",
    "guarded",
    "keep_document",
    "kept_documents",
    "kept_text",
    "ledger_provenance",
    "lint",
    "load_document",
    "load_ledger",
    "merge_candidates",
    "misses",
    "name_of",
    "now_utc",
    "on_ledger",
    "open_index",
    "open_ledger",
    "prepare",
    "propose_all",
    "read_document",
    "read_index",
    "records_table",
    "refreshed",
    "rejected",
    "score",
    "sheet_of",
    "signatories",
    "start_review",
    "step",
    "torn_end",
    "total",
    "verify_files",
    "view_of",
    "web_annotations",
]
