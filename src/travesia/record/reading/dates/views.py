"""From where a date is seen, and what it may mean from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from travesia.record.reading.dates.periods import Period


class Choice(NamedTuple):
    """One reading of a date, and why one would read it so."""

    period: Period
    reason: str
    fiscal: bool = False


@dataclass(frozen=True)
class View:
    """From where a date is seen.

    `published` is the document's date, a day or a longer period; `leaning` is ``past``, ``future`` or
    ``None`` where the sentence leaves it open, `sure` where no nearer date can outweigh it; `before` the
    date named last; `years` those that the text names; `us` tells whether the United States speak. `last`
    is the period named last.
    """

    published: Period | None
    leaning: str | None
    sure: bool = False
    before: Period | None = None
    years: tuple[int, ...] = ()
    us: bool = True
    last: Period | None = None

    @property
    def day(self) -> date:
        """The day from which relative dates count; raises ``ValueError`` where none is known."""
        if self.published is None:
            raise ValueError("no date of the document")
        return self.published.last

    @property
    def exact_day(self) -> date:
        """The same, where only a single day will do."""
        if self.published is None or self.published.unit != "day":
            raise ValueError("no day of the document")
        return self.published.first
