"""The modality of a measure: it is there, goes on, has a day to come, is only meant or hangs on an if."""

from __future__ import annotations

from collections.abc import Sequence

from travesia.record.reading.families.policies.entering import enters_later
from travesia.record.reading.families.policies.standings import NEAR, PLANNED, Standing
from travesia.record.reading.nouns import Extent, When
from travesia.record.reading.triggers import phrases

_CONDITION = 12
"""How many words may stand between a measure and what it is conditional on."""

_ENDS = {"until", "by", "before"}
"""Relations of dates that set a term; none of them is a day on which something begins."""

_YEAR = 4

_DATED = {
    "in_force": "ongoing", "in_progress": "ongoing", "applied": "ongoing", "stated": "ongoing",
    "conditional": "conditional", "proposed": "intended", "advocated": "intended",
}  # fmt: skip


def modality_of(status: str | None, main: Standing, places: Sequence[Standing]) -> str:
    """Return the modality: what is announced with its day is scheduled, what goes on is ongoing."""
    if status in {"announced", "proposed"} and _is_conditional(main):
        return "conditional"
    if status == "announced":
        prose = [one for one in places if one.scene.sentence.kind != "heading"] or list(places)
        begins = any(begins_later(one) for one in prose if one is main or _is_planned(one))
        begins = begins or enters_later(main.scene.found) is not None
        return "scheduled" if begins else "intended"
    if status == "suspended":
        return "scheduled" if _is_suspended_from(main) else "actual"
    if status == "in_force" and not _goes_on(main):
        return "actual"
    return _DATED.get(str(status), "actual")


def _is_suspended_from(main: Standing) -> bool:
    """Tell whether the suspension itself has a day to come, and nothing else of the sentence."""
    if main.status is None or main.status.says["status"] != "suspended":
        return False
    if main.date is None:
        return enters_later(main.scene.found) is not None
    between = main.scene.words(main.date.between(main.status))
    return ";" not in between and main.date.relation not in _ENDS and _is_ahead(main, main.date)


def _is_planned(place: Standing) -> bool:
    return place.status is not None and place.status.says["status"] in PLANNED


def _goes_on(main: Standing) -> bool:
    """Tell whether a measure in force is told as lasting, and not what was done to it: set up, prolonged."""
    says = dict(main.status.says) if main.status is not None else {}
    if says.get("extends") or main.anchor.kind == "cap_amendment":
        return False
    if main.is_kept or says.get("turn") == "keep":
        return True
    if main.date is not None and main.date.relation == "since":
        return True
    if "expiry" in says or says.get("turn") == "announce":
        return False
    return "turn" in says or "date" not in says


def begins_later(place: Standing) -> bool:
    """Tell whether a day to come on which a measure begins stands with it."""
    near = [
        one
        for one in place.scene.dates
        if one.distance(place.anchor) <= NEAR // 2 and ";" not in place.scene.words(one.between(place.anchor))
    ]
    near += [place.date] if place.date is not None else []
    return any(
        one.value is not None
        and len(str(one.value).partition("/")[0]) > _YEAR
        and one.relation not in _ENDS
        and (_is_ahead(place, one) or _may_be_ahead(place, one))
        for one in near
    )


def _may_be_ahead(place: Standing, date: When) -> bool:
    """Tell whether "from 1 July", without a year, can be the next such day of what is only announced."""
    published = (place.scene.found.published or "")[:10]
    opens = date.relation == "since" and date.start > place.anchor.start and str(date.value)[-1] != "~"
    return opens and any(str(one.value)[:10] > published for one in date.candidates)


def _is_ahead(place: Standing, date: When) -> bool:
    published = place.scene.found.published or ""
    return bool(date.first) and str(date.first) > published[:10]


def _is_conditional(place: Standing) -> bool:
    """Tell whether an "if" or "provided that" follows a measure in its sentence, or opens the sentence."""
    scene, language = place.scene, place.scene.found.text.language
    end = max(place.anchor.end, place.status.end if place.status else 0)
    pattern = phrases(language, "commitments", "conditions")
    after = pattern.search(scene.words(Extent(end, scene.sentence.end)))
    if after is not None:
        between = scene.words(Extent(end, end + after.start()))
        joined = phrases(language, "clauses", "joiners").search(between.rpartition(",")[2])
        return (
            len(between.split()) <= _CONDITION
            and not set(between) & set(";:()")
            and not ("," in between and joined)
        )
    return pattern.match(scene.words(scene.sentence).lstrip()) is not None
