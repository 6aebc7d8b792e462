"""Quotes: what stands between quotation marks in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from travesia.record.reading.nouns import Extent
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene

_FURTHEST = 8000
"""How far from a sentence a quote of several begins or ends at most, in code points."""


def quoted_in(scene: Scene) -> Sequence[Extent]:
    """Return the stretches between quotation marks in a sentence, also of a quote of several sentences."""
    return once(scene, _quoted)


def _quoted(scene: Scene) -> Sequence[Extent]:
    plain, start, end = scene.found.text.plain, scene.sentence.start, scene.sentence.end
    marks = [start + match.start() for match in re.finditer('"', scene.words(scene.sentence))]
    line = plain.rfind("\n", max(0, start - _FURTHEST), start) + 1
    if len(marks) % 2 and plain.count('"', max(line, start - _FURTHEST), start) % 2:
        marks = [start, *marks]
    elif len(marks) % 2 and '"' in plain[end : end + _FURTHEST].split("\n", 1)[0]:
        marks = [*marks, end - 1]
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [Extent(first, last + 1) for first, last in pairs if last - first > 3]
