"""What annotated participations teach: as what a name takes part in something, or in nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fit_rows import first_span
from travesia.record.reading.learned.participants import NONE, names, without_rules
from travesia.record.reading.learned.units import is_told_in
from travesia.record.reading.nouns import Found

Row = tuple[frozenset[str], str]


def role_rows(found: Found, records: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield the signs of each name with its role, with and without what the rules told of it.

    Rules know more of the texts that they were written after than of others: a name must be known without
    them too.
    """
    told = [(first_span(one), one["fields"]["role"]) for one in records if one["type"] == "participation"]
    for one in names(found):
        role = next((role for span, role in told if is_told_in(span, one.mention)), NONE)
        yield one.signs, role
        yield without_rules(one.signs), role
