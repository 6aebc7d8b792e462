"""The record: one cited statement about the world, with the time it holds and the time it was known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from travesia.terms import Cite

TYPES = {
    "act": "actor", "evt": "event", "par": "participation", "ins": "instrument", "pol": "policy",
    "com": "commitment", "fig": "figure", "sta": "statement", "rel": "relation",
}  # fmt: skip
"""Types of records by the first part of their ids."""

CERTAINTIES = (
    "asserted", "quoted", "reported", "hedged", "inferred", "derived",
    "source seen", "day from recollection", "recollection",
)  # fmt: skip
"""How sure a record is; the last three are of records compiled by hand rather than read from a text."""

MODALITIES = ("actual", "ongoing", "scheduled", "intended", "conditional", "did_not_happen")


@dataclass(frozen=True)
class Record:
    """One accepted version of a record.

    `fields` holds what its type says (dates as the text gives them, periods with their last day).
    `valid_from` and `valid_to` are half-open, ``None`` where unknown or without an end; `known_from` is
    the day on which this version became known. `supersedes` names the record that it replaces.
    """

    id: str
    type: str
    fields: Mapping[str, Any]
    cites: tuple[Cite, ...]
    certainty: str
    modality: str
    attribution: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    known_from: date
    origin: str
    supersedes: str | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the record holds on a day; one whose start is unknown does not."""
        if self.valid_from is None or day < self.valid_from:
            return False
        return self.valid_to is None or day < self.valid_to
