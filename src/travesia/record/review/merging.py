"""Making one record of two that say the same."""

from __future__ import annotations

from datetime import date

from travesia.record.ledger.folding import PROPOSAL, MisplacedError
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Entry, Merge
from travesia.record.record import Record
from travesia.record.review.drafts import as_of_entry, drafted, one_of


def merging(ledger: Ledger, name: str, draft: Record, other: str, *, by: str, at: str) -> Entry:
    """Return the entry that merges a proposal with another one, or with a record that stands.

    A record keeps its id and what it says, and of two proposals the one that is reviewed; the other fills
    its open fields and adds its cites.

    Raises
    ------
    MisplacedError
        If there is no such proposal or record, or it is of another type.
    """
    day = date.fromisoformat(at[:10])
    mine = as_of_entry(draft, day, dated=ledger.proposal(name).proposal.dated)
    if other.startswith(PROPOSAL):
        theirs = as_of_entry(drafted(ledger, other), day, dated=ledger.proposal(other).proposal.dated)
        kept, added = mine, theirs
    else:
        other = ledger.resolved(other)
        standing = next((one for one in ledger.accepted() if one.id == other), None)
        if standing is None:
            raise MisplacedError(
                other or "merge", "is no record that stands and no proposal", "correct the id"
            )
        kept, added = standing, mine
    if kept.type != added.type:
        theirs_is = kept.type if added is mine else added.type
        raise MisplacedError(other, f"is a {theirs_is}, not a {mine.type}", "merge what says the same")
    return Entry(Merge((name, other), one_of(kept, added)), by, at)
