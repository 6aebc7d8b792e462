"""Dates and periods of a text, and the document's own date."""

from travesia.record.reading.dates.document import document_date
from travesia.record.reading.dates.finding import find_dates

__all__ = ["document_date", "find_dates"]
