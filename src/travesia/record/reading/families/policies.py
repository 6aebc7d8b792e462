"""Policies: measures with their kind, status and dates, and what a court may still change.

A measure is named ("Title 42") or described ("the parole process"); what is said of it in its own sentence
settles its status. A measure whose end was announced and then stopped is in force, with no end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from travesia.record.reading.families.who import states, who
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Doubt, Extent, Found, Proposal, When
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import Trigger, find_triggers, phrases, within

TOPIC = "policies"

_NEAR = 160
"""How far from a measure's words what is said of it may stand, in code points."""

_RANKS = ("ended", "suspended", "in_force", "in_progress", "announced", "proposed", "advocated")


@dataclass(frozen=True)
class _Said:
    """One place where a measure is spoken of, and the words that settle its status, if any."""

    scene: Scene
    anchor: Extent
    kind: str
    status: Trigger | None
    date: When | None


def policies(found: Found) -> Iterator[Proposal]:
    """Propose the measures of a text, one a name or a kind, and the expiries that it tells of."""
    every = scenes(found)
    told: dict[str, list[_Said]] = {}
    for scene in every:
        anchors = tuple(_anchors(scene))
        statuses = find_triggers(found.text, TOPIC, "statuses", scene.sentence) if anchors else ()
        for name, anchor, kind in anchors:
            told.setdefault(name, []).append(_said(scene, anchor, kind, statuses))
    for name, places in told.items():
        if name.startswith("pol:") or any(one.status for one in places):
            yield _policy(every, name, places)
            yield from _expiries(name, places)


def _anchors(scene: Scene) -> Iterator[tuple[str, Extent, str]]:
    """Yield each measure of a sentence: its name or kind, where it stands, its kind."""
    if scene.sentence.kind in {"dateline", "speaker"}:
        return
    cues = find_triggers(scene.found.text, TOPIC, "kinds", scene.sentence)
    named = [one for one in (*scene.mentions, *scene.nested) if one.entity.startswith("pol:")]
    for mention in named:
        kinds = [cue.says["kind"] for cue in cues if cue.overlaps(mention)]
        yield mention.entity, Extent(mention.start, mention.end), str(kinds[0] if kinds else "other")
    titles = [one for one in scene.mentions if one.type in {"EVENT", "ORG", "DOC"}]
    for cue in cues:
        if not any(one.overlaps(cue) for one in (*named, *titles)):
            yield str(cue.says["kind"]), Extent(cue.start, cue.end), str(cue.says["kind"])


def _said(scene: Scene, anchor: Extent, kind: str, statuses: Sequence[Trigger]) -> _Said:
    near = [one for one in statuses if _distance(one, anchor) <= _NEAR and not anchor.holds(one)]
    status = min(near, key=lambda one: _weight(scene, one, anchor), default=None)
    return _Said(scene, anchor, kind, status, _date(scene, status) if status else None)


def _weight(scene: Scene, status: Trigger, anchor: Extent) -> tuple[int, int]:
    """Order words of status: those that tell of an end or of its being stopped first, then the nearest."""
    return (0 if "expiry" in status.says else 1, _distance(status, anchor))


def _distance(one: Extent, other: Extent) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _date(scene: Scene, status: Trigger) -> When | None:
    dates = [one for one in scene.dates if one.value]
    near = [one for one in dates if _distance(one, status) <= _NEAR // 2]
    after = [one for one in near if one.start >= status.end]
    return min(after or near, key=lambda one: _distance(one, status), default=None)


def _policy(every: Sequence[Scene], name: str, places: Sequence[_Said]) -> Proposal:
    main = min(places, key=lambda one: _rank(one, places))
    scene, anchor, status = main.scene, main.anchor, main.status
    fields: dict[str, Any] = {"kind": _kind(places)}
    slots: dict[str, Extent] = {"kind": anchor}
    doubts: list[Doubt] = []
    if name.startswith("pol:"):
        fields["name"] = scene.found.text.original[anchor.start : anchor.end]
    if status is not None:
        fields["status"], slots["status"] = status.says["status"], Extent(status.start, status.end)
    for one in places:
        slot = one.status.says.get("date") if one.status else None
        if slot in {"end", "expected_end"} and one.date is not None and slot not in fields:
            fields[slot], slots[slot] = one.date.value, Extent(one.date.start, one.date.end)
            doubts += [Doubt(str(slot), one.date.candidates)] if len(one.date.candidates) > 1 else []
    if fields.get("status") == "ended":
        fields.pop("expected_end", None)
    fields |= _about(every, main)
    evidence = tuple(dict.fromkeys([anchor, *(one.anchor for one in places)]))
    wanted = ("status", "authority", "targets")
    return Proposal(
        id=name if name.startswith("pol:") else record_id(scene.found, "policy", anchor, name),
        type="policy", fields=fields, evidence=evidence[:5], slots=slots, doubts=tuple(doubts),
        modality=_modality(fields), abstained=tuple(slot for slot in wanted if slot not in fields),
    )  # fmt: skip


def _modality(fields: dict[str, Any]) -> str:
    return {"announced": "intended", "proposed": "intended", "advocated": "intended"}.get(
        str(fields.get("status")), "actual"
    )


def _rank(one: _Said, places: Sequence[_Said]) -> tuple[int, int]:
    """Order places: an end that was stopped outweighs the end, an end outweighs what was before it."""
    if one.status is None:
        return (len(_RANKS) + 1, one.anchor.start)
    if one.status.says.get("kept"):
        return (0, one.anchor.start)
    return (1 + _RANKS.index(one.status.says["status"]), one.anchor.start)


def _kind(places: Sequence[_Said]) -> str:
    kinds = [one.kind for one in places if one.kind != "other"]
    return max(dict.fromkeys(kinds), key=kinds.count) if kinds else "other"


def _about(every: Sequence[Scene], main: _Said) -> dict[str, Any]:
    scene, found = main.scene, main.scene.found
    about: dict[str, Any] = {}
    if main.status is not None:
        by = states(scene, who(every, scene, main.status).ids)
        about |= {"authority": by[0]} if by else {}
    targets = _targets(scene, main.anchor)
    about |= {"targets": list(targets)} if targets else {}
    basis = phrases(found.text.language, TOPIC, "legal_bases").search(
        found.text.plain, scene.sentence.start, scene.sentence.end
    )
    if basis is not None:
        about["legal_basis"] = found.text.original[basis.start() : basis.end()]
    court = phrases(found.text.language, TOPIC, "courts").search(
        found.text.plain, scene.sentence.start, scene.sentence.end
    )
    if court is not None:
        decided_by = found.text.original[court.start() : court.end()]
        about["contingency"] = {"kind": "court_decision", "decided_by": decided_by, "reversible": True}
    return about


def _targets(scene: Scene, anchor: Extent) -> tuple[str, ...]:
    """Return whom a measure is for: the people or states named right after it or inside its words."""
    reach = Extent(anchor.start, min(scene.sentence.end, anchor.end + _NEAR // 2))
    named = [one for one in within(scene.mentions, reach) if one.type in {"NORP", "GROUP", "GPE"}]
    if not named:
        return ()
    return tuple(dict.fromkeys(one.entity for one in scene.mentions if one in named))


def _expiries(name: str, places: Sequence[_Said]) -> Iterator[Proposal]:
    """Propose the expiry that a text tells of: past, to come, or stopped."""
    ends = [one for one in places if one.status is not None and "expiry" in one.status.says]
    dated = [one for one in ends if one.status and not one.status.says.get("kept")]
    if not dated:
        return
    stopped = any(one.status and one.status.says.get("kept") for one in ends)
    one = dated[0]
    status = one.status
    assert status is not None
    told = "did_not_happen" if stopped else str(status.says["expiry"])
    evidence = Extent(min(status.start, one.anchor.start), max(status.end, one.anchor.end))
    fields: dict[str, Any] = {"kind": "policy_expiry", "status": told}
    if one.date is not None:
        fields["date"] = one.date.value
    yield Proposal(
        id=record_id(one.scene.found, "event", evidence, f"expiry of {name}"), type="event", fields=fields,
        evidence=(evidence,), modality={"actual": "actual"}.get(told, told),
        slots={"kind": Extent(status.start, status.end)},
    )  # fmt: skip
