"""Policies: measures with their kind, status and dates, and what a court may still change.

What is said of a measure in its own sentence settles its status. A measure whose end was announced and then
stopped is in force, with no end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from travesia.record.reading.families.commitments.vouching import Voucher, is_quoted, sayer
from travesia.record.reading.families.policies.anchors import TOPIC, Anchor
from travesia.record.reading.families.policies.contingency import contingency
from travesia.record.reading.families.policies.grounds import legal_basis
from travesia.record.reading.families.policies.measures import Measure, measures
from travesia.record.reading.families.policies.modalities import modality_of
from travesia.record.reading.families.policies.practices import with_practice
from travesia.record.reading.families.policies.rulers import rulers
from travesia.record.reading.families.policies.standings import BESIDE, Standing, standings
from travesia.record.reading.families.policies.states import ends_of, rank, settling, status_of
from travesia.record.reading.families.policies.whom import unnamed_targets
from travesia.record.reading.families.statements.stages import Stage, stage_of
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Extent, Found, Proposal
from travesia.record.reading.scenes import scenes
from travesia.record.reading.triggers import phrases, within

_MERELY_NAMED = {"policy_orientation", "other"}
"""Kinds of plans and norms that a text may name without saying that they are there."""


def policies(found: Found) -> Iterator[Proposal]:
    """Propose the measures of a text."""
    every = scenes(found)
    if not every:
        return
    told = stage_of(found)
    for measure in with_practice(every, measures(every)):
        places = settling(measure, [one for anchor in measure.places for one in standings(measure, anchor)])
        if _worth_telling(measure, places):
            yield policy_of(told, measure, places)


def _worth_telling(measure: Measure, places: Sequence[Standing]) -> bool:
    """Tell whether a measure is more than a word in passing: something is said of it."""
    if measure.name is None and all(one.scene.sentence.kind == "heading" for one in measure.places):
        return False
    if all(_is_general(one) for one in measure.places):
        return False
    if measure.name is not None and measure.kind not in _MERELY_NAMED:
        return True
    statuses = {str(one.status.says["status"]) for one in places if one.status}
    needed = measure.places[0].says.get("needs")
    if needed is not None:
        return needed in statuses
    return bool(statuses) or any(one.says.get("status") for one in measure.places)


def _is_general(place: Anchor) -> bool:
    """Tell whether words name no measure but a kind of them: "more legal pathways"."""
    general = phrases(place.scene.found.text.language, TOPIC, "general")
    return place.name is None and general.fullmatch(place.scene.words(place)) is not None


def policy_of(told: Stage, measure: Measure, places: Sequence[Standing]) -> Proposal:
    """Propose a measure, with what the places that speak of it say."""
    main = min(places, key=rank)
    scene, anchor, status = main.scene, main.anchor, main.status
    first = next((one.anchor for one in places if not one.anchor.again), anchor)
    fields: dict[str, Any] = {"kind": measure.told_kind}
    slots: dict[str, Extent] = {"kind": Extent(first.start, first.end)}
    if measure.name:
        named = next(one for one in measure.places if one.name and not one.again)
        fields["name"] = scene.found.text.original[named.start : named.end]
    fields["status"] = status_of(measure, main, places)
    if status is not None:
        slots["status"] = Extent(status.start, status.end)
    days, doubts = ends_of(measure, fields["status"], places)
    for slot, day in days.items():
        fields[slot], slots[slot] = day.value, Extent(day.when.start, day.when.end)
    fields = {name: value for name, value in fields.items() if value is not None}
    fields |= _about(told, measure, main)
    told_of = contingency(told.scenes, measure, sorted(places, key=rank), fields.get("status"))
    fields |= {"contingency": told_of} if told_of else {}
    evidence = _evidence(places)
    wanted = ("status", "authority", "targets")
    gazetted = measure.name is not None and measure.name.startswith("pol:")
    prose = [one for one in places if one.scene.sentence.kind != "heading"]
    vouched = _voucher(told, main if main in prose or not prose else prose[0], fields.get("authority"))
    key = measure.name or f"{measure.kind} {' '.join(measure.targets)}"
    return Proposal(
        id=str(measure.name) if gazetted else record_id(scene.found, "policy", first, key),
        type="policy", fields=fields, evidence=evidence, slots=slots, doubts=tuple(doubts),
        modality=modality_of(fields.get("status"), main, places),
        certainty=vouched.certainty, attribution=vouched.ids,
        abstained=tuple(slot for slot in wanted if slot not in fields),
    )  # fmt: skip


def _voucher(told: Stage, place: Standing, authority: Any) -> Voucher:
    """Return who says that a measure is, was or will be so, where it is not the writer.

    A state vouches for its own measures only.
    """
    scene, verb = place.scene, place.status or place.anchor
    whole = Extent(min(verb.start, place.anchor.start), max(verb.end, place.anchor.end))
    said = (one for one in sayer(told.scenes, scene, whole, whole.end) if one[3:4] == ":")
    ids = tuple(one for one in said if not one.startswith("cty:") or authority in (None, one))
    return Voucher(ids, bool(ids) and is_quoted(scene, whole))


def _telling(prose: Sequence[Standing]) -> Standing:
    """Return the place to cite first: one that says when a measure ends, or the first that describes it.

    Words that only take it up, or say what it lets be done, are the first to be cited where nothing else is.
    """
    described = [one for one in prose if not one.anchor.again]
    dated = (one for one in described if one.date is not None and one.tells_end)
    plain = (one for one in described if "content" not in one.anchor.says)
    return next((one for found in (dated, plain, described) for one in found), prose[0])


def _evidence(places: Sequence[Standing]) -> tuple[Extent, ...]:
    """Return where a measure is spoken of: first in prose, with those whom it is for."""
    chosen = _telling([one for one in places if one.scene.sentence.kind != "heading"] or places)
    parts: list[Extent] = [chosen.anchor, *_within_reach(chosen)]
    first = Extent(min(one.start for one in parts), max(one.end for one in parts))
    others = (Extent(one.anchor.start, one.anchor.end) for one in places)
    return tuple(dict.fromkeys([first, *others]))[:5]


def _within_reach(place: Standing) -> Sequence[Extent]:
    """Return the mentions of those whom a measure is for, right after its words."""
    anchor = place.anchor
    reach = Extent(anchor.start, anchor.end + BESIDE)
    return [one for one in within(place.scene.mentions, reach) if one.entity in anchor.targets]


def _about(told: Stage, measure: Measure, main: Standing) -> dict[str, Any]:
    about: dict[str, Any] = {}
    authority, brought = rulers(told, main)
    for slot, ids in (("authority", authority), ("introduced_by", brought)):
        if ids:
            about[slot] = ids[0] if len(ids) == 1 else list(ids)
    whom = measure.targets or _unnamed(measure)
    about |= {"targets": list(whom)} if whom else {}
    for place in measure.places:
        if (by := _introduced(place)) is not None:
            about["introduced_by"] = by
    if (basis := legal_basis(told.scenes, measure, main)) is not None:
        about["legal_basis"] = basis
    return about


def _unnamed(measure: Measure) -> tuple[str, ...]:
    """Return whom a measure is for where no place names them."""
    for one in measure.places:
        verbal = any(turn.overlaps(one) or turn.end <= one.start for turn in one.turns)
        if one.again or "lasting" in one.says:
            continue
        if whom := unnamed_targets(one.scene, one, one.kind, verbal):
            return whom
    return ()


def _introduced(place: Anchor) -> str | None:
    """Return who introduced a measure: the first actor after "introduced under"."""
    scene = place.scene
    found = phrases(scene.found.text.language, TOPIC, "introduced").search(
        scene.found.text.plain, place.end, scene.sentence.end
    )
    if found is None or found.start() - place.end > BESIDE:
        return None
    after = [one for one in scene.actors() if 0 <= one.start - found.end() <= BESIDE]
    people = [one for one in after if one.type in {"PER", "PER_ROLE"}]
    return (people or after)[0].entity if after else None
