"""Relations: what stands between two actors, and amounts that are part of other amounts."""

from __future__ import annotations

from collections.abc import Iterator

from travesia.record.reading.families.figures import figure_id
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal, Quantity
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_NEAR = 80
"""How far after its words the other side of a relation is looked for, in code points."""


def relations(found: Found) -> Iterator[Proposal]:
    """Propose the relations between actors that a sentence names, and parts of totals."""
    for scene in scenes(found):
        told: set[tuple[str, str, str]] = set()
        for cue in find_triggers(found.text, "relations", "kinds", scene.sentence):
            pair = _pair(scene, cue)
            key = (*pair, str(cue.says["kind"])) if pair else None
            if pair and key not in told and key is not None:
                told.add(key)
                yield _relation(scene, cue, pair)
        yield from _parts(scene)


def _pair(scene: Scene, cue: Trigger) -> tuple[str, str] | None:
    """Return the two sides: the subject and who follows, or two who follow ("between A and B")."""
    actors = [scene.country_of(one.entity) or one.entity for one in scene.subjects_of(cue)]
    after = [
        scene.country_of(one.entity) or one.entity
        for one in scene.actors()
        if 0 <= one.start - cue.end <= _NEAR
    ]
    for source in actors[:1] or after[:1]:
        others = [one for one in after if one != source]
        if others:
            return source, others[0]
    return None


def _relation(scene: Scene, cue: Trigger, pair: tuple[str, str]) -> Proposal:
    clause = scene.clause_of(cue)
    evidence = Extent(max(clause.start, cue.start - _NEAR), min(scene.sentence.end, cue.end + _NEAR))
    fields = {"source": pair[0], "target": pair[1], "kind": cue.says["kind"]}
    return Proposal(
        id=record_id(scene.found, "relation", evidence, str(fields)), type="relation", fields=fields,
        evidence=(evidence,), slots={"kind": Extent(cue.start, cue.end)},
    )  # fmt: skip


def _parts(scene: Scene) -> Iterator[Proposal]:
    """Propose that an amount after "including" is part of the amount before it, in the same unit."""
    language, plain = scene.found.text.language, scene.found.text.plain
    for total, part in zip(scene.quantities, scene.quantities[1:], strict=False):
        if not _is_part(total, part):
            continue
        match = phrases(language, "relations", "parts").search(plain, total.end, part.start)
        if match is None:
            continue
        evidence = Extent(match.start(), part.end)
        yield Proposal(
            id=record_id(scene.found, "relation", evidence, "part"), type="relation",
            fields={"source": figure_id(scene.found, part), "target": figure_id(scene.found, total),
                    "kind": "part_of_total"},
            evidence=(evidence,), slots={"kind": Extent(match.start(), match.end())},
        )  # fmt: skip


def _is_part(total: Quantity, part: Quantity) -> bool:
    if total.value is None or part.value is None or total.unit is None:
        return False
    return total.unit == part.unit and part.value < total.value
