"""What a reviewer does to proposals and records, as entries for the ledger."""

from __future__ import annotations

from travesia.record.ledger.content import content_of, edited_fields
from travesia.record.ledger.folding import MisplacedError, Version
from travesia.record.ledger.ledger import Ledger
from travesia.record.ledger.operations import Accept, Entry, Reject
from travesia.record.record import Record


def accepted(ledger: Ledger, name: str, *, by: str, at: str, record: Record | None = None) -> Entry:
    """Return the entry by which a person accepts a proposal, or a version that waits for a further name.

    Parameters
    ----------
    ledger
        As it stands.
    name
        Id of a proposal, or of a record with one version that waits.
    by, at
        Who accepts, and when (``YYYY-MM-DDTHH:MM:SSZ``).
    record
        The proposed record as edited. Without it, what others have accepted of the proposal so far is
        accepted, edits and all; where nobody has, the proposal as it is.

    Raises
    ------
    MisplacedError
        If there is no such proposal or version, or versions of different content wait.
    """
    waiting = [version for version in ledger.waiting() if _concerns(version, name)]
    if record is None and waiting:
        if len(waiting) > 1:
            raise MisplacedError(name, "waits in versions of different content", "say which by editing")
        (version,) = waiting
        return Entry(Accept(of=version.records[0].id, content=content_of(*version.records)), by, at)
    proposal = ledger.proposal(name)
    if record is None:
        return Entry(Accept(of=name), by, at)
    return Entry(Accept(of=name, record=record, edited=edited_fields(proposal.record, record)), by, at)


def rejected(ledger: Ledger, name: str, *, by: str, at: str, why: str) -> Entry:
    """Return the entry by which a person rejects a proposal; raises `MisplacedError` if there is none."""
    ledger.proposal(name)
    return Entry(Reject(name, why), by, at)


def _concerns(version: Version, name: str) -> bool:
    return name in version.takes or name in (record.id for record in version.records)
