"""Hearsay: who vouches for what a sentence tells, where the writer does not: "according to IOM, 400 left"."""

from __future__ import annotations

from collections.abc import Iterator

from travesia.record.reading.families.commitments.vouching import (
    ATTRIBUTED,
    Voucher,
    is_quoted,
    sayer,
)
from travesia.record.reading.families.statements.speakers import after_source
from travesia.record.reading.families.statements.stages import stage_of
from travesia.record.reading.nouns import Extent
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import phrases

_AT_ONCE = 3
"""How near to its verb stands what is announced itself: "announced 3 million", but "said that 300 left"."""

WRITER = Voucher()
"""Nobody but the writer."""


def told_by(scene: Scene, told: Extent) -> Voucher:
    """Return who says what stands in a stretch of a sentence; nobody where the writer does."""
    ids = next(_sources(scene, told), ()) or _sayer(scene, told)
    known = tuple(one for one in ids if one[:4] in ATTRIBUTED)
    return Voucher(known, bool(known) and is_quoted(scene, told))


def _sources(scene: Scene, told: Extent) -> Iterator[tuple[str, ...]]:
    """Yield those after "according to" whose part of the sentence, up to a semicolon, holds a stretch."""
    plain, stage = scene.found.text.plain, stage_of(scene.found)
    for cue in scene.stretches("statements", "sources"):
        if ";" not in plain[min(cue.end, told.end) : max(cue.start, told.start)]:
            source = after_source(stage, scene, cue)
            if source.ids:
                yield source.ids


def _sayer(scene: Scene, told: Extent) -> tuple[str, ...]:
    """Return who says that it is so: only English says it without a word for "that"."""
    language, plain = scene.found.text.language, scene.found.text.plain
    before = [one for one in scene.stretches("commitments", "said") if one.end <= told.start]
    if before:
        that = phrases(language, "commitments", "that").search(plain, before[-1].start, told.start)
        if that is None and (language != "en" or told.start - before[-1].end < _AT_ONCE):
            return ()
    return sayer(scenes(scene.found), scene, told, told.end)
