"""Families of rules: each reads one type of record from what was found in a text."""

from collections.abc import Callable, Iterable

from travesia.record.reading.nouns import Found, Proposal

Family = Callable[[Found], Iterable[Proposal]]

FAMILIES: tuple[Family, ...] = ()
"""Every family, in the order in which they are asked; the first to propose an id fills its fields."""
