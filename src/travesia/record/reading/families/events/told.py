"""What a text tells of meetings, instruments and who took part in them, for the families that ask."""

from __future__ import annotations

from dataclasses import dataclass

from travesia.record.reading.families.meetings.documents import Instruments, instruments
from travesia.record.reading.families.meetings.gatherings import Gatherings, gatherings
from travesia.record.reading.families.participation.part import Part
from travesia.record.reading.families.participation.participation import parts
from travesia.record.reading.nouns import Found
from travesia.record.reading.once import once
from travesia.record.reading.scenes import scenes


@dataclass(frozen=True)
class Told:
    """The meetings and the instruments of a text, and who took part."""

    met: Gatherings
    written: Instruments
    took: tuple[Part, ...]


def told_of(found: Found) -> Told:
    """Return what a text tells of meetings and instruments; once, however many families ask."""
    return once(found, _told)


def _told(found: Found) -> Told:
    every = scenes(found)
    met, written = gatherings(found, every), instruments(found, every)
    # A text may call a measure by a declaration's words; measures are told of by their own family.
    took = (part for part in parts(every, met, written) if not str(part.of).startswith("pol:"))
    return Told(met, written, tuple(took))
