"""Policies that no rule found: what a stretch tells of a measure where one is likely there."""

from __future__ import annotations

from travesia.record.reading.families.policies.anchors import Anchor
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.policies import policy_of
from travesia.record.reading.families.policies.standings import standings
from travesia.record.reading.families.policies.states import settling
from travesia.record.reading.families.policies.whom import named_targets
from travesia.record.reading.families.statements.stages import stage_of
from travesia.record.reading.nouns import Extent, Proposal
from travesia.record.reading.scenes import Scene


def likely_policy(scene: Scene, stretch: Extent, kind: str) -> Proposal:
    """Propose the measure of a kind that a stretch of a sentence tells."""
    whom = named_targets(scene, stretch, kind)
    anchor = Anchor(stretch.start, stretch.end, scene, kind, None, whom)
    measure = Measure(kind, None)
    measure.add(anchor)
    return policy_of(stage_of(scene.found), measure, settling(measure, list(standings(measure, anchor))))
