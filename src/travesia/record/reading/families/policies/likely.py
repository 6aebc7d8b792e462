"""Policies that no rule found: what a stretch tells of a measure where one is likely there."""

from __future__ import annotations

from travesia.record.reading.families.policies.anchors import Anchor
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.policies import policy_of
from travesia.record.reading.families.policies.standings import standings
from travesia.record.reading.families.policies.states import settling
from travesia.record.reading.families.policies.whom import named_targets
from travesia.record.reading.families.statements.stages import Stage, stage
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.reading.once import once
from travesia.record.reading.scenes import Scene, scenes


def likely_policy(scene: Scene, stretch: Extent, kind: str) -> Proposal:
    """Propose the measure of a kind that a stretch of a sentence tells."""
    told = once(scene.found, _stage)
    whom = named_targets(scene, stretch, kind)
    anchor = Anchor(stretch.start, stretch.end, scene, kind, None, whom)
    measure = Measure(kind, None)
    measure.add(anchor)
    return policy_of(told, measure, settling(measure, list(standings(measure, anchor))))


def _stage(found: Found) -> Stage:
    return stage(scenes(found))
