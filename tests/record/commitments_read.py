"""Commitments as the reader proposes them from a few lines, for tests."""

from __future__ import annotations

from typing import Any

from names_found import GAZETTEER

from travesia.record.reading.dates import find_dates
from travesia.record.reading.families.commitments.commitments import commitments
from travesia.record.reading.names import find_names
from travesia.record.reading.nouns import Found, Proposal
from travesia.record.reading.quantities import find_quantities
from travesia.record.reading.text import prepare

DAY = "2022-12-20"


def read(written: str, language: str, author: str | None = None, day: str = DAY) -> list[Proposal]:
    text = prepare(written, language)
    entities, mentions = find_names(text, day, GAZETTEER)
    dates = find_dates(text, day)
    found = Found(
        text=text, published=day, publisher=None, entities=entities, mentions=mentions, dates=dates,
        quantities=find_quantities(text, dates), author=author, document="doc:x",
    )  # fmt: skip
    return list(commitments(found))


def slots(proposal: Proposal, *names: str) -> tuple[Any, ...]:
    return tuple(proposal.fields.get(name) for name in names)
