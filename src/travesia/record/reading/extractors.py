"""Extractors: whatever proposes records from what was found in a document, under one interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from travesia.record.reading.cue_files import LANGUAGES
from travesia.record.reading.families import FAMILIES
from travesia.record.reading.learned import SHIPPED, Learned, weighed
from travesia.record.reading.nouns import Found, Proposal
from travesia.version import __version__


@dataclass(frozen=True)
class Extracted:
    """What an extractor proposes, and how many of its quotes stand nowhere in the text and were dropped."""

    proposals: tuple[Proposal, ...]
    dropped: int = 0


class Extractor(Protocol):
    """Proposes records; rules, a language model and a person's own function all look like this."""

    def propose(self, found: Found) -> Extracted:
        """Propose records whose evidence lies in the text."""
        ...


@dataclass(frozen=True)
class Rules:
    """The rules of this package, one family a type of record.

    What was learned from annotated texts then drops what is unlikely and adds what the rules missed;
    ``None`` leaves the rules alone.
    """

    learned: Learned | None = SHIPPED

    @property
    def origin(self) -> str:
        """Name the rules with their version, as a record's origin does."""
        return f"rules@{__version__}"

    def propose(self, found: Found) -> Extracted:
        """Propose what the families of rules find; a text in no known language gives nothing."""
        if found.text.language not in LANGUAGES:
            return Extracted(())
        proposals: Iterable[Proposal] = [one for family in FAMILIES for one in family(found)]
        proposals = weighed(found, proposals, self.learned) if self.learned else proposals
        ours = (replace(one, origin=self.origin) if one.origin == "rules" else one for one in proposals)
        return Extracted(tuple(_once(ours)))


def _once(proposals: Iterable[Proposal]) -> Sequence[Proposal]:
    """Keep the first proposal of each id, in the order of the text; later ones add their evidence to it."""
    kept: dict[str, Proposal] = {}
    for one in proposals:
        held = kept.get(one.id)
        if held is None:
            kept[one.id] = one
        else:
            more = tuple(extent for extent in one.evidence if extent not in held.evidence)
            kept[one.id] = replace(held, evidence=held.evidence + more)
    return sorted(kept.values(), key=lambda one: (one.evidence[0], one.id))
