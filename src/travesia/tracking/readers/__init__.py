"""Readers of saved files in which publishers report what was paid or done: a file becomes deliveries.

Each is a pure function of the file's bytes. What a file holds in another form than the one named is refused
in one line, with file, row and column; rows that must not count are left out and told, with the reason.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from travesia.tracking.readers.fts import read_fts
from travesia.tracking.readers.hapi import read_hapi
from travesia.tracking.readers.iati import read_iati
from travesia.tracking.readers.rows import Imported
from travesia.tracking.readers.states import StateCodes, state_codes
from travesia.tracking.readers.unhcr import read_unhcr

READERS: Mapping[str, Callable[[Path, StateCodes], Imported]] = MappingProxyType(
    {"fts": read_fts, "iati": read_iati, "unhcr": read_unhcr, "hapi": read_hapi}
)
"""Readers by the name of what publishes the files."""

__all__ = [
    "READERS",
    "Imported",
    "StateCodes",
    "read_fts",
    "read_hapi",
    "read_iati",
    "read_unhcr",
    "state_codes",
]
