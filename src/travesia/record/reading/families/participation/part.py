"""A part: one participant of a meeting or an instrument, and the record that is proposed of him."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from travesia.record.reading.families.commitments.offices import state_beside
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Mention, Proposal
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, find_triggers, phrases

_TOPIC = "participation"

_SMALL = 8
"""How long an article or "and the" after the comma of a list is at most, in code points."""

_GOVERNMENTS = ("government",)


@dataclass(frozen=True)
class Part:
    """One participant: whose name, in which role, of what record; `whole` where the list names all.

    `inferred` where no words say the role, but what else is told; `chance` says how likely it
    is where no rule told it, but what stands around it.
    """

    scene: Scene
    cue: Trigger
    name: Mention
    role: str
    of: str
    whole: bool = False
    state: str | None = None
    replaces: Mention | None = None
    inferred: bool = False
    chance: float | None = None

    @property
    def actor(self) -> str:
        """The entity that takes part."""
        return self.name.entity

    @property
    def for_state(self) -> str | None:
        """The state for which somebody takes part: who sent him, his own, his office's; a state itself."""
        known = self.state or self.scene.country_of(self.actor)
        return known or (state_beside(self.scene, self.name) if self.name.type == "PER" else None)


def proposal(part: Part, ahead: bool) -> Proposal:
    """Return the record of one participant."""
    scene, cue, name = part.scene, part.cue, part.name
    fields: dict[str, Any] = {"actor": part.actor, "role": part.role, "of": part.of}
    slots = {"actor": Extent(name.start, name.end), "role": Extent(cue.start, cue.end)}
    state, entity = part.for_state, scene.found.entities.get(part.actor)
    own = entity is not None and (entity.type == "country" or entity.kind in _GOVERNMENTS)
    if state is not None and not own and state != part.actor:
        fields["for_state"] = state
    if part.replaces is not None:
        fields["replaces"] = part.replaces.entity
        slots["replaces"] = Extent(part.replaces.start, part.replaces.end)
    if part.role in {"boycotted", "not_invited", "expected"} and not ahead:
        reason = _reason(scene, cue)
        fields |= {"reason": reason} if reason else {}
    return Proposal(
        id=record_id(scene.found, "participation", Extent(name.start, name.end), part.role),
        type="participation", fields=fields, slots=slots,
        evidence=(Extent(name.start, name.end), Extent(cue.start, cue.end)),
        certainty="inferred" if part.inferred else "asserted",
        modality="scheduled" if part.role == "expected" or ahead else "actual",
    )  # fmt: skip


def _reason(scene: Scene, cue: Trigger) -> str | None:
    """Return why: what follows "because of", "in protest at" and the like, up to the next stop."""
    if cue.says.get("why"):
        return scene.found.text.original[cue.start : cue.end]
    plain, end = scene.found.text.plain, scene.sentence.end
    match = phrases(scene.found.text.language, _TOPIC, "reasons").search(plain, cue.end, end)
    if match is None:
        return None
    roles = find_triggers(scene.found.text, _TOPIC, "roles", Extent(match.end(), end))
    end = min([end, *(one.start for one in roles if one.says["role"] == "attended_as_replacement")])
    named = {one.start for one in scene.mentions}
    for at in range(match.end(), end):
        listed = plain[at] == "," and any(at < start <= at + _SMALL for start in named)
        if plain[at] in ".;:" or (plain[at] == "," and not listed):
            end = at
            break
    joiners = phrases(scene.found.text.language, "clauses", "joiners").pattern
    words = re.sub(rf"\s*,?\s*{joiners}\s*$", "", scene.found.text.original[match.end() : end], flags=re.I)
    return words.strip(" ,\u00a0\n") or None
