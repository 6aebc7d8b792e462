"""Commitments that no rule found: what a stretch promises where a promise is likely there."""

from __future__ import annotations

from types import MappingProxyType

from travesia.record.reading.families.commitments.actions import action_of, unit_of
from travesia.record.reading.families.commitments.binding import TOPIC, Case, Promise
from travesia.record.reading.families.commitments.commitments import commitment_of
from travesia.record.reading.families.commitments.voices import voices_of
from travesia.record.reading.nouns import Extent, Proposal, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, within

_SAYS = MappingProxyType({"class": "will", "status": "announced"})
"""What is known of the verb of a promise that no rule knows: it is told as something to come."""


def likely_commitment(scene: Scene, stretch: Extent) -> Proposal:
    """Propose the promise that a stretch of a sentence makes.

    Its binder is the first that the cue files know there, else the words behind its first actor.
    """
    binder = _binder(scene, stretch)
    reach = Extent(min(binder.end, stretch.end), stretch.end)
    case = Case(voices_of(scene.found), scene, binder, reach)
    actions = case.actions(stretch)
    quantity = next((one for one in within(scene.quantities, stretch) if _is_amount(scene, one)), None)
    unit = unit_of(scene, quantity) if quantity else None
    action = action_of(actions, quantity)
    promise = Promise(scene, binder, stretch, case.subject(), quantity, unit, action)
    return commitment_of(case.voices, promise, stretch)


def _binder(scene: Scene, stretch: Extent) -> Trigger:
    known = find_triggers(scene.found.text, TOPIC, "verbs", stretch)
    if known:
        return Trigger(known[0].start, known[0].end, MappingProxyType({**known[0].says, **_SAYS}))
    actors = [one for one in scene.seen_actors() if stretch.holds(one)]
    at = actors[0].end if actors else stretch.start
    return Trigger(at, at, _SAYS)


def _is_amount(scene: Scene, one: Quantity) -> bool:
    """Tell whether a number counts what can be promised: people, money, papers."""
    counts = one.kind == "MONEY" or (unit_of(scene, one) or "").startswith(("person", "authorization"))
    return one.value is not None and counts
