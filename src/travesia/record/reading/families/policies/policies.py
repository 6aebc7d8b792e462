"""Policies: measures with their kind, status and dates, and what a court may still change.

What is said of a measure in its own sentence settles its status. A measure whose end was announced and then
stopped is in force, with no end.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from travesia.record.reading.families.policies.anchors import TOPIC, Anchor
from travesia.record.reading.families.policies.contingency import contingency
from travesia.record.reading.families.policies.measures import Measure, measures
from travesia.record.reading.families.policies.rulers import rulers
from travesia.record.reading.families.policies.standings import BESIDE, NEAR, PLANNED, Standing, standings
from travesia.record.reading.families.statements.stages import Stage, stage
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Doubt, Extent, Found, Proposal, When
from travesia.record.reading.scenes import scenes
from travesia.record.reading.triggers import phrases, within

_LINK = 5
"""How far a date may stand from the words that it belongs to, in code points."""

_LOOKING_BACK_DAYS = 7
_HALF_A_YEAR_DAYS = 180

_RANKS = (
    "ended", "suspended", "in_force", "conditional", "in_progress", "announced", "proposed", "advocated",
    "applied", "stated", "absent",
)  # fmt: skip

_INTRODUCED = {*PLANNED, "start", "announce"}


def policies(found: Found) -> Iterator[Proposal]:
    """Propose the measures of a text."""
    every = scenes(found)
    if not every:
        return
    told = stage(every)
    for measure in measures(every):
        places = _settling(measure, [one for anchor in measure.places for one in standings(measure, anchor)])
        if _worth_telling(measure, places):
            yield _policy(told, measure, places)


def _settling(measure: Measure, places: list[Standing]) -> list[Standing]:
    """Return the places that count: of a cap, the end of the one before is not its own."""
    if measure.kind != "cap_amendment":
        return places
    kept = [one for one in places if one.status is None or one.status.says["status"] != "ended"]
    return kept or places


def _worth_telling(measure: Measure, places: Sequence[Standing]) -> bool:
    """Tell whether a measure is more than a word in passing: something is said of it."""
    if measure.name is None and all(one.scene.sentence.kind == "heading" for one in measure.places):
        return False
    statuses = {str(one.status.says["status"]) for one in places if one.status}
    needed = measure.places[0].says.get("needs")
    if needed is not None:
        return needed in statuses
    return bool(statuses) or any(one.says.get("status") for one in measure.places)


def _policy(told: Stage, measure: Measure, places: Sequence[Standing]) -> Proposal:
    main = min(places, key=_rank)
    scene, anchor, status = main.scene, main.anchor, main.status
    first = next((one.anchor for one in places if not one.anchor.again), anchor)
    fields: dict[str, Any] = {"kind": _kind(measure)}
    slots: dict[str, Extent] = {"kind": Extent(first.start, first.end)}
    if measure.name:
        named = next(one for one in measure.places if one.name and not one.again)
        fields["name"] = scene.found.text.original[named.start : named.end]
    fields["status"] = _status(measure, main)
    if status is not None:
        slots["status"] = Extent(status.start, status.end)
    doubts = _dates(fields, slots, places)
    fields = {name: value for name, value in fields.items() if value is not None}
    fields |= _about(told, measure, main)
    told_of = contingency(scene, told.scenes, status, fields.get("status"))
    fields |= {"contingency": told_of} if told_of else {}
    evidence = _evidence(main, places)
    wanted = ("status", "authority", "targets")
    gazetted = measure.name is not None and measure.name.startswith("pol:")
    key = measure.name or f"{measure.kind} {' '.join(measure.targets)}"
    return Proposal(
        id=str(measure.name) if gazetted else record_id(scene.found, "policy", first, key),
        type="policy", fields=fields, evidence=evidence, slots=slots, doubts=tuple(doubts),
        modality=_modality(fields, main), abstained=tuple(slot for slot in wanted if slot not in fields),
    )  # fmt: skip


def _is_decisive(one: Standing) -> bool:
    """Tell whether a place says more than that a measure is there: an end, a stay, a suspension."""
    if one.status is None or one.anchor.scene.sentence.kind == "heading":
        return False
    ends = "expiry" in one.status.says or "extends" in one.status.says
    return ends or one.status.says["status"] in {"ended", "suspended", "in_progress"}


def _evidence(main: Standing, places: Sequence[Standing]) -> tuple[Extent, ...]:
    """Return where a measure is spoken of: first the place that settles it, with its status and date.

    Where nothing is settled that is the first place in prose, with those for whom it is.
    """
    prose = [one for one in places if one.scene.sentence.kind != "heading"] or list(places)
    chosen = main if _is_decisive(main) or (main.date is not None and main in prose) else prose[0]
    if chosen.anchor.again and not _is_stopped(chosen):
        chosen = next((one for one in prose if not one.anchor.again), chosen)
    parts: list[Extent] = [chosen.anchor, *_within_reach(chosen)]
    if chosen.status is not None and _is_decisive(chosen):
        parts.append(chosen.status)
        if chosen.date is not None and chosen.date.distance(chosen.status) <= _LINK:
            parts.append(chosen.date)
    first = Extent(min(one.start for one in parts), max(one.end for one in parts))
    others = (Extent(one.anchor.start, one.anchor.end) for one in places)
    return tuple(dict.fromkeys([first, *others]))[:5]


def _is_stopped(place: Standing) -> bool:
    """Tell whether a place says that an end was put off: that outweighs where the measure is described."""
    return place.status is not None and bool({"extends", "kept"} & set(place.status.says))


def _within_reach(place: Standing) -> Sequence[Extent]:
    """Return the mentions of those whom a measure is for, right after its words."""
    anchor = place.anchor
    reach = Extent(anchor.start, anchor.end + BESIDE)
    return [one for one in within(place.scene.mentions, reach) if one.entity in anchor.targets]


def _status(measure: Measure, main: Standing) -> str | None:
    """Return the status; what was announced or set up before, and is spoken of as there, is in force."""
    if main.status is None:
        return next((str(one.says["status"]) for one in measure.places if one.says.get("status")), None)
    status = str(main.status.says["status"])
    scene, published = main.scene, main.scene.found.published
    if _is_ahead(main):
        return {"ended": "in_force", "in_force": "announced"}.get(status, status)
    if status == "announced" and main.date is not None and published is not None:
        by = re.match(
            r"\s*(?:by|por|par|pel[oa])\b", scene.words(Extent(main.status.end, scene.sentence.end))
        )
        earlier = (main.date.last or "")[:7] < published[:7]
        if by and earlier and main.status.start >= main.anchor.end:
            return "in_force"
        if _was_announced(main, published):
            return "in_force"
    return status


def _was_announced(main: Standing, published: str) -> bool:
    """Tell whether a measure was announced a week or longer ago: a text that looks back finds it in force."""
    if main.status is None or main.date is None or len(main.date.last or "") < 10 or len(published) < 10:
        return False
    told = phrases(main.scene.found.text.language, TOPIC, "announced").match(main.scene.words(main.status))
    days = _days_between(str(main.date.last), published)
    return told is not None and days >= _LOOKING_BACK_DAYS


def _days_between(first: str, last: str) -> int:
    return (
        (datetime.date.fromisoformat(last[:10]) - datetime.date.fromisoformat(first[:10])).days
        if len(last) >= 10
        else 0
    )


def _is_ahead(place: Standing) -> bool:
    """Tell whether what is said of a measure is dated after the document: its end, or its beginning."""
    status, date, published = place.status, place.date, place.scene.found.published
    if status is None or date is None or date.first is None or not published or len(published) < 10:
        return False
    if status.says.get("date") == "start" and date.relation == "until":
        return False
    return status.says.get("date") in {"end", "start"} and date.first > published


def _dates(fields: dict[str, Any], slots: dict[str, Extent], places: Sequence[Standing]) -> list[Doubt]:
    """Fill the end or the expected end: an extension's day before the day that it replaced."""
    doubts: list[Doubt] = []
    for one in sorted(places, key=lambda one: 0 if one.status and one.status.says.get("extends") else 1):
        slot = one.status.says.get("date") if one.status else None
        slot = "expected_end" if slot == "end" and _is_ahead(one) else slot
        if slot == "expected_end" and _is_gone(one):
            continue
        since = one.date is not None and one.date.relation == "since" and "/" in str(one.date.value)
        if slot in {"end", "expected_end"} and one.date is not None and not since and slot not in fields:
            fields[slot], slots[slot] = _last_day(one), Extent(one.date.start, one.date.end)
            doubts += [Doubt(str(slot), one.date.candidates)] if len(one.date.candidates) > 1 else []
    kept = [
        one for one in places if _is_stopped(one) or (one.status and one.status.says.get("turn") == "keep")
    ]
    if (until := _until(kept)) is not None or ("expected_end" not in fields and (until := _until(places))):
        fields["expected_end"], slots["expected_end"] = until.value, Extent(until.start, until.end)
    if "expected_end" not in fields and (span := _span(places)) is not None:
        fields["expected_end"], slots["expected_end"] = span[0], Extent(span[1].start, span[1].end)
    ended = fields.get("status") == "ended"
    fields["end"] = fields.get("end") if ended else None
    fields["expected_end"] = None if ended else fields.get("expected_end")
    return [one for one in doubts if fields.get(one.slot) is not None]


def _last_day(place: Standing) -> str:
    """Return the day of an end: what is prolonged ends after the document, whatever its verb's tense.

    "On Tuesday until 28 February" tells when that was decided, then the end.
    """
    date, published = place.date, place.scene.found.published or ""
    value = str(date.value) if date is not None else ""
    if date is None or place.status is None or not place.status.says.get("extends"):
        return _next_such_day(place, value, published)
    last = value.rpartition("/")[2]
    ahead = [one.value for one in date.candidates if one.value > published[:10]]
    return ahead[0] if last < published[: len(last)] and ahead else last


def _next_such_day(place: Standing, value: str, published: str) -> str:
    """Return the next such day where an expected end without a year would lie half a year back."""
    dated = re.fullmatch(r"(\d{4})-(\d\d-\d\d)", value)
    ends = place.status is not None and place.status.says.get("expiry") == "scheduled"
    if dated is None or place.date is None or not ends or re.search(r"\d{4}", place.scene.words(place.date)):
        return value
    year = int(published[:4] or 0)
    ahead = f"{year + (dated[2] < published[5:10])}-{dated[2]}"
    return ahead if int(dated[1]) < year and _days_between(value, published) > _HALF_A_YEAR_DAYS else value


def _is_gone(place: Standing) -> bool:
    """Tell whether a date before the words of an end is when something else was: "on Tuesday blocked"."""
    date, status, published = place.date, place.status, place.scene.found.published
    if date is None or status is None or date.last is None or not published:
        return False
    return date.end <= status.start and date.last < published and date.relation not in {"until", "by"}


def _until(places: Sequence[Standing]) -> When | None:
    """Return the day until which a measure lasts, where a place that tells of it says "until"."""
    for one in places:
        if one.status is None:
            continue
        for date in one.scene.dates:
            near = min(date.distance(one.anchor), date.distance(one.status))
            if date.value and date.relation == "until" and near <= NEAR // 2:
                return date
    return None


def _span(places: Sequence[Standing]) -> tuple[str, When] | None:
    """Return the last day of a period that a measure is announced for: "from 1 July to 30 September"."""
    for one in places:
        if one.status is None or one.status.says.get("date") != "start" or one.date is None:
            continue
        _, _, last = str(one.date.value).partition("/")
        if last and re.search(r"\d\D+\d{1,2}\b(?!\d)", one.scene.words(one.date)) and len(last) == 10:
            return last, one.date
    return None


def _modality(fields: dict[str, Any], main: Standing) -> str:
    """Return the modality: what is announced with its day is scheduled, what goes on is ongoing."""
    status = str(fields.get("status"))
    if status == "announced" and main.date is not None:
        return "scheduled"
    if status in PLANNED:
        return "intended"
    if status == "conditional":
        return "conditional"
    kept = main.status is not None and (
        main.status.says.get("kept") or main.status.says.get("turn") == "keep"
    )
    return "ongoing" if status == "in_progress" or (status == "in_force" and kept) else "actual"


def _rank(one: Standing) -> tuple[int, int, int]:
    """Order places: an end that was stopped outweighs the end, an end outweighs what was before it."""
    if one.status is None:
        return (len(_RANKS) + 2, int(one.anchor.again), one.anchor.start)
    if one.status.says.get("kept") or one.status.says.get("extends"):
        return (0, 0, one.anchor.start)
    if one.status.says.get("weak"):
        return (len(_RANKS) + 1, 0, one.anchor.start)
    rank = 1 + _RANKS.index(one.status.says["status"])
    dated = one.date is not None and one.status.says.get("date") in {"end", "expected_end"}
    return (rank, 0 if dated else 1, one.anchor.start)


def _kind(measure: Measure) -> str:
    kinds = [one.kind for one in measure.places if one.kind != "other"]
    return max(dict.fromkeys(kinds), key=kinds.count) if kinds else "other"


def _about(told: Stage, measure: Measure, main: Standing) -> dict[str, Any]:
    scene = main.scene
    about: dict[str, Any] = {}
    authority, asking = rulers(told, main)
    if asking:
        about["introduced_by"] = asking[0] if len(asking) == 1 else list(asking)
    if authority:
        about["authority"] = authority[0] if len(authority) == 1 else list(authority)
        if main.status is not None and _INTRODUCED & {
            main.status.says["status"],
            main.status.says.get("turn"),
        }:
            about["introduced_by"] = about["authority"]
    about |= {"targets": list(measure.targets)} if measure.targets else {}
    for place in measure.places:
        if (by := _introduced(place)) is not None:
            about["introduced_by"] = by
    basis = phrases(scene.found.text.language, TOPIC, "legal_bases").search(
        scene.found.text.plain, scene.sentence.start, scene.sentence.end
    )
    if basis is not None and not main.anchor.overlaps(Extent(basis.start(), basis.end())):
        about["legal_basis"] = scene.found.text.original[basis.start() : basis.end()]
    return about


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
