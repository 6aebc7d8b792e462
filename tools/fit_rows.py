"""Rows to fit to: where an annotated record is told, which unit tells it, and which rows have which sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sklearn.feature_extraction import DictVectorizer

from travesia.record.reading.learned import Unit
from travesia.record.reading.nouns import Extent

FEWEST = 4
"""In how many rows a sign is at least that counts."""


def first_span(record: Mapping[str, Any]) -> Extent:
    """Return the first evidence of an annotated record."""
    return Extent(record["evidence"][0]["start"], record["evidence"][0]["end"])


def shared(one: Extent, other: Extent) -> int:
    """Return how many code points two stretches share; below zero, how far they are apart."""
    return min(one.end, other.end) - max(one.start, other.start)


def unit_of(cut: Sequence[Unit], span: Extent) -> Unit:
    """Return the unit that tells most of a stretch."""
    return max(cut, key=lambda unit: shared(unit, span))


def table(rows: Sequence[frozenset[str]]) -> tuple[Any, Sequence[str]]:
    """Return which row has which sign, as a sparse array of rows and signs, and what the signs are called."""
    often = Counter(sign for signs in rows for sign in signs)
    kept = [{sign: 1.0 for sign in sorted(signs) if often[sign] >= FEWEST} for signs in rows]
    columns = DictVectorizer()
    found = columns.fit_transform(kept)
    found.indices, found.indptr = found.indices.astype("int32"), found.indptr.astype("int32")
    return found, columns.get_feature_names_out()
