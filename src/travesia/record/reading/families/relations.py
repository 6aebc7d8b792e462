"""Relations: what stands between two actors, and amounts that are part of other amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travesia.record.reading.families.figures import figure_id
from travesia.record.reading.families.ties import ties
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal, Quantity
from travesia.record.reading.scenes import Scene, scenes

_NEAR = 80
"""How far after "including" the first part may stand, in code points."""

_OPENING = 40
"""How far into its sentence the words of a part may stand to speak of the sentence before."""

_ABOUT = 1.02
"""How far rounded parts may exceed their total."""


def relations(found: Found) -> Iterator[Proposal]:
    """Propose the relations between actors that a sentence names, and parts of totals."""
    every = scenes(found)
    for scene in every:
        if scene.is_too_long:
            continue
        yield from ties(scene)
        yield from _parts(every, scene)


def _parts(every: Sequence[Scene], scene: Scene) -> Iterator[Proposal]:
    """Propose that amounts after "including" are parts of the amount before it, in the same unit.

    A sentence that begins with them ("The funding, comprising...") speaks of the amount before. Parts go on
    as long as they do not exceed their total.
    """
    taken: list[Quantity] = []
    for cue in scene.stretches("relations", "parts"):
        total = _total(every, scene, cue.start)
        left = (total.value or 0) * _ABOUT if total else 0
        for part in scene.quantities:
            if total is None or part.start < cue.end or part in taken or not _is_part(total, part):
                continue
            left -= part.value or 0
            if left < 0 or (part.start - cue.end > _NEAR and not taken):
                break
            evidence = Extent(part.start if taken else cue.start, part.end)
            taken.append(part)
            yield Proposal(
                id=record_id(scene.found, "relation", evidence, "part"), type="relation",
                fields={"source": figure_id(scene.found, part), "target": figure_id(scene.found, total),
                        "kind": "part_of_total"},
                evidence=(evidence,), slots={"kind": cue},
            )  # fmt: skip


def _total(every: Sequence[Scene], scene: Scene, at: int) -> Quantity | None:
    """Return the amount that parts belong to: the last before their words, or that of the sentence before."""
    before = [one for one in scene.quantities if one.end <= at]
    if before:
        return before[-1]
    if at - scene.sentence.start > _OPENING or scene.number == 0:
        return None
    earlier = [one for one in every[scene.number - 1].quantities if one.kind == "MONEY"]
    return earlier[-1] if earlier else None


def _is_part(total: Quantity, part: Quantity) -> bool:
    if total.value is None or part.value is None or total.unit is None:
        return False
    return total.unit == part.unit and part.value < total.value
