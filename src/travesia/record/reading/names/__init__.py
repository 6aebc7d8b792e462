"""Names: countries, people, organisations, places, groups, events and instruments that a text mentions."""

from travesia.record.reading.names.find import find_names
from travesia.record.reading.names.gazetteer import Gazetteer

__all__ = ["Gazetteer", "find_names"]
