"""Families of rules: each reads one type of record from what was found in a text."""

from collections.abc import Callable, Iterable

from travesia.record.reading.families.commitments.commitments import commitments
from travesia.record.reading.families.events.events import events
from travesia.record.reading.families.events.named import named
from travesia.record.reading.families.figures import figures
from travesia.record.reading.families.policies.policies import policies
from travesia.record.reading.families.relations import relations
from travesia.record.reading.families.statements.statements import statements
from travesia.record.reading.nouns import Found, Proposal

Family = Callable[[Found], Iterable[Proposal]]

FAMILIES: tuple[Family, ...] = (
    named,
    policies,
    commitments,
    figures,
    events,
    statements,
    relations,
)
"""Every family, in the order in which they are asked; the first to propose an id fills its fields."""
