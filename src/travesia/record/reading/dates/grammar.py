"""The grammar of dates: patterns over the codes of a run, the same for all languages."""

from __future__ import annotations

from travesia.record.reading.dates.absolute import BARE_YEARS, DAYS_AND_MONTHS
from travesia.record.reading.dates.relative import NESTING, RELATIVE

RULES = DAYS_AND_MONTHS + RELATIVE + BARE_YEARS

__all__ = ["NESTING", "RULES"]
