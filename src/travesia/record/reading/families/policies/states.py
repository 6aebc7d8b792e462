"""The state of a measure on the day of the document, from the steps that the text tells of its life.

Each place tells at most one step: the measure starts, is due to end, is kept or prolonged, suspended, ended,
or only announced, proposed, asked for. What stopped an end outweighs the end, an end what was before it. The
day that was set for the end stays, also where a court has stopped it or come before it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from travesia.record.reading.families.policies.anchors import TOPIC
from travesia.record.reading.families.policies.entering import enters_later
from travesia.record.reading.families.policies.measures import Measure
from travesia.record.reading.families.policies.modalities import begins_later
from travesia.record.reading.families.policies.standings import NEAR, Standing, courts
from travesia.record.reading.families.policies.stories import was_to_end
from travesia.record.reading.families.when import after_lasting
from travesia.record.reading.nouns import Doubt, Extent, When
from travesia.record.reading.triggers import find_triggers, phrases

_LOOKING_BACK_DAYS = 7
_HALF_A_YEAR_DAYS = 180
_WEEKS_DAYS = 45

_BESIDE = 60
"""How far after the day on which a measure begins it may say for how long, in code points."""

_RANKS = (
    "ended", "suspended", "in_force", "conditional", "in_progress", "announced", "proposed", "advocated",
    "applied", "stated", "absent",
)  # fmt: skip


_THERE = {"announced", "in_force"}


@dataclass(frozen=True)
class Day:
    """A day that ends a measure, ISO, and where the text says so."""

    value: str
    when: When


def settling(measure: Measure, places: list[Standing]) -> list[Standing]:
    """Return the places that count: of a cap, the end of the one before is not its own."""
    if measure.kind != "cap_amendment":
        return places
    kept = [one for one in places if one.status is None or one.status.says["status"] != "ended"]
    own = [one for one in kept if not (one.anchor.again and one.status and "expiry" in one.status.says)]
    return own or kept or places


def rank(one: Standing) -> tuple[int, int, int]:
    """Order places by how much they settle: those that say first that an end was stopped."""
    if one.is_kept and one.status is not None:
        return (0, 0, one.anchor.start)
    if one.status is None:
        return (len(_RANKS) + 2, int(one.anchor.again), one.anchor.start)
    if one.status.says.get("weak"):
        return (len(_RANKS) + 1, 0, one.anchor.start)
    rank = 1 + _RANKS.index(one.status.says["status"])
    dated = one.date is not None and one.status.says.get("date") in {"end", "expected_end"}
    return (rank, 0 if dated else 1, one.anchor.start)


def status_of(measure: Measure, main: Standing, places: Sequence[Standing]) -> str | None:
    """Return the status; what was announced or set up before, and is spoken of as there, is in force."""
    if main.status is None:
        told = next((str(one.says["status"]) for one in measure.places if one.says.get("status")), None)
        told = told or ("in_force" if measure.name is not None else None)
        return "announced" if told == "in_force" and begins_later(main) else told
    status = str(main.status.says["status"])
    done = next((one for one in measure.places if one.says.get("practice")), None)
    if done is not None and status not in {"suspended", "ended"}:
        # Who asks that it stop, or refuses to stop it, says that it goes on.
        return str(done.says["status"])
    scene, published = main.scene, main.scene.found.published
    if _is_of_the_norm(main) and enters_later(scene.found) is not None:
        return {"ended": "in_force", "in_force": "announced"}.get(status, status)
    if _is_still_suspended(main, places):
        return "suspended"
    if status == "suspended" and any(_is_resumed(one, main) for one in places):
        return "announced"
    if status == "announced" and _is_only_changed(measure, main):
        return "in_force"
    if _is_ahead(main):
        return {"ended": "in_force", "in_force": "announced"}.get(status, status)
    if status == "ended" and main.date is None and measure.is_main and any(map(_still_due, places)):
        return "in_force"
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


def _is_of_the_norm(main: Standing) -> bool:
    """Tell whether a norm that is the text itself lays something down, without a day of its own."""
    says = dict(main.status.says) if main.status is not None else {}
    day = main.date is None or bool(says.get("extends"))
    return day and "kept" not in says and says.get("turn") not in {"keep", "resume"}


def _is_still_suspended(main: Standing, places: Sequence[Standing]) -> bool:
    """Tell whether a measure is suspended until it resumes: "frozen since May, will resume in June"."""
    turn = main.status
    if turn is None or turn.says.get("turn") != "resume" or turn.start < main.anchor.end:
        return False
    to_come = turn.says["status"] == "announced" or turn.says.get("time") == "negated" or _is_ahead(main)
    return to_come and any(one.status.says["status"] == "suspended" for one in places if one.status)


def _is_resumed(place: Standing, main: Standing) -> bool:
    """Tell whether somebody is to resume what the same sentence calls suspended: "will reopen its scheme"."""
    turn = place.status
    return (
        turn is not None
        and turn.says.get("turn") == "resume"
        and place.scene is main.scene
        and turn.start < main.anchor.start
        and (turn.says["status"] == "announced" or _is_ahead(place))
    )


def _is_only_changed(measure: Measure, main: Standing) -> bool:
    """Tell whether what is announced is more of a measure that has a name and so is there already."""
    if measure.kind == "cap_amendment" or main.status is None or main.status.start > main.anchor.start:
        return False
    verbs = find_triggers(main.scene.found.text, TOPIC, "turns", main.scene.sentence)
    grows = any(one.says["turn"] == "change" and one.overlaps(main.status) for one in verbs)
    return grows and measure.name is not None and not main.anchor.again


def _still_due(place: Standing) -> bool:
    """Tell whether a place sets a day for an end that is still to come: until then nothing has ended."""
    date, published = place.date, place.scene.found.published
    if (
        place.status is None
        or place.status.says.get("expiry") != "scheduled"
        or date is None
        or not published
    ):
        return False
    return (date.first or "") > published and not was_to_end(place.scene, place.status)


def _was_announced(main: Standing, published: str) -> bool:
    """Tell whether a measure was announced a week or longer ago: a text that looks back finds it in force."""
    if main.status is None or main.date is None or len(main.date.last or "") < 10 or len(published) < 10:
        return False
    if main.date.relation == "since" and main.date.start > main.anchor.start:
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


def ends_of(
    measure: Measure, status: str | None, places: Sequence[Standing]
) -> tuple[dict[str, Day], list[Doubt]]:
    """Return the end of what has ended, and the day that was set: an extension's before the one it moved.

    Of what has ended the day set is kept where it was still to come: somebody came before it.
    """
    days: dict[str, Day] = {}
    doubts: list[Doubt] = []
    for one in sorted(places, key=_moved):
        slot = one.status.says.get("date") if one.status else None
        slot = "expected_end" if slot == "end" and _is_ahead(one) else slot
        if slot not in {"end", "expected_end"} or one.date is None or slot in days:
            continue
        since = one.date.relation == "since" and "/" in str(one.date.value)
        if since or (slot == "expected_end" and _is_gone(one)):
            continue
        days[slot] = Day(_last_day(one, _decided(places)), one.date)
        doubts += [Doubt(str(slot), one.date.candidates)] if len(one.date.candidates) > 1 else []
    # What a frozen ruling lasts until is no end of the measure.
    until = _until([one for one in places if (one.is_kept or _is_keeping(one)) and not one.is_ruled])
    if until is None and "expected_end" not in days:
        until = _until([one for one in places if not one.is_ruled]) or _span(places) or _lasts(places)
    if until is not None:
        days["expected_end"] = until
    later = enters_later(places[0].scene.found)
    if later is not None and status == "in_force" and not days and _ends_with_the_norm(places):
        days["expected_end"] = Day(str(later.value), later)
    if status != "ended":
        days.pop("end", None)
    elif not (measure.is_main and _is_forestalled(days, places)):
        days.pop("expected_end", None)
    return days, [one for one in doubts if one.slot in days]


def _ends_with_the_norm(places: Sequence[Standing]) -> bool:
    """Tell whether a norm only says that it ends a measure: it does so where it comes into force."""
    return any(one.status.says["status"] == "ended" and one.date is None for one in places if one.status)


def _moved(place: Standing) -> int:
    """Order days: an extension's, then one that still stands, then one on which something was to end."""
    if place.status is None or place.status.says.get("extends"):
        return 0
    return 1 + was_to_end(place.scene, place.status)


def _is_keeping(place: Standing) -> bool:
    return place.status is not None and place.status.says.get("turn") == "keep"


def _is_forestalled(days: dict[str, Day], places: Sequence[Standing]) -> bool:
    """Tell whether a measure ended before the day on which it was to end."""
    end, expected = days.get("end"), days.get("expected_end")
    was_to = any(
        (one.status.says["status"] == "ended" and courts(one.scene)) or was_to_end(one.scene, one.status)
        for one in places
        if one.status is not None
    )
    if end is None or expected is None or not was_to:
        return False
    return len(end.value) == len("2026-01-26") and end.value < str(expected.when.last)


def _decided(places: Sequence[Standing]) -> str:
    """Return the last day on which a measure was stopped or kept: it was alive until then."""
    told = [
        str(one.date.last)
        for one in places
        if one.status and one.date and one.date.last and len(one.date.last) == len("2026-01-26")
        and (one.is_kept or one.status.says["status"] in {"ended", "suspended"})
    ]  # fmt: skip
    published = places[0].scene.found.published or ""
    return max((one for one in told if one <= published), default="")


def _last_day(place: Standing, decided: str) -> str:
    """Return the day of an end: what is prolonged ends after the document, whatever its verb's tense.

    "On Tuesday until 28 February" tells when that was decided, then the end.
    """
    date, published = place.date, place.scene.found.published or ""
    value = str(date.value) if date is not None else ""
    if date is None or place.status is None or not place.status.says.get("extends"):
        return _next_such_day(place, value, published, decided)
    last = value.rpartition("/")[2]
    ahead = [one.value for one in date.candidates if one.value > published[:10]]
    return ahead[0] if last < published[: len(last)] and ahead else last


def _next_such_day(place: Standing, value: str, published: str, decided: str) -> str:
    """Return the next such day where an expected end without a year would lie long before the document.

    That is half a year, or weeks before the day on which somebody still stopped or kept the measure.
    """
    dated = re.fullmatch(r"(\d{4})-(\d\d-\d\d)", value)
    ends = place.status is not None and place.status.says.get("expiry") == "scheduled"
    if dated is None or place.date is None or not ends or re.search(r"\d{4}", place.scene.words(place.date)):
        return value
    year = int(published[:4] or 0)
    recent = 0 <= _days_between(f"{year}-{dated[2]}", published) <= _WEEKS_DAYS
    ahead = f"{year + (dated[2] < published[5:10] and not recent)}-{dated[2]}"
    long_ago = _days_between(value, published) > _HALF_A_YEAR_DAYS
    alive = bool(decided) and _days_between(value, decided) > _WEEKS_DAYS
    return ahead if int(dated[1]) < year and (long_ago or alive) else value


def _is_gone(place: Standing) -> bool:
    """Tell whether a date is when something else was: "on Tuesday blocked", "extended it a week ago"."""
    date, status, published = place.date, place.status, place.scene.found.published
    if date is None or status is None or date.last is None or not published or status.overlaps(place.anchor):
        return False
    apart = date.end <= status.start or not re.search(r"\d", place.scene.words(date))
    return apart and date.last < published and date.relation not in {"until", "by"}


def _until(places: Sequence[Standing]) -> Day | None:
    """Return the day until which a measure lasts, where a place that tells of it says "until"."""
    for one in places:
        if one.status is None or _is_promised_by(one):
            continue
        for date in one.scene.dates:
            if _is_deadline(one, date):
                continue
            near = min(date.distance(one.anchor), date.distance(one.status))
            if date.value and date.relation == "until" and near <= NEAR // 2:
                return Day(_still_to_come(one, date), date)
    return None


def _is_promised_by(place: Standing) -> bool:
    """Tell whether a place promises so many by a day: "will regularise 40,000 by the end of 2027"."""
    says = place.status.says if place.status else {}
    counted = any(one.overlaps(place.anchor) for one in place.scene.quantities)
    return counted and (says.get("turn"), says.get("time")) == ("start", "planned")


def _is_deadline(place: Standing, date: When) -> bool:
    """Tell whether a day between a verb and what it sets up is by when: "criarão, até maio, um fundo"."""
    status = place.status
    starts = status is not None and status.says.get("turn") == "start"
    return starts and status is not None and status.end <= date.start < date.end <= place.anchor.start


def _lasts(places: Sequence[Standing]) -> Day | None:
    """Return the last day of what begins on a day and goes on for a time: "from 1 May, for twelve months".

    The time may be told later on, of the same measure: "It will run for a year".
    """
    begun = [(one, date) for one in places for date in one.scene.dates if _is_begin(one, date)]
    for one, date in begun:
        last = after_lasting(one.scene, date, date.end, min(one.scene.sentence.end, date.end + _BESIDE))
        if last is not None:
            return Day(last, date)
    for place in places:
        runs = place.anchor.again and begun and place.anchor.start > begun[0][1].end
        if runs and place.status is not None and place.status.says.get("turn") in {"keep", "extend"}:
            last = after_lasting(place.scene, begun[0][1], place.status.start, place.scene.sentence.end)
            if last is not None:
                return Day(last, begun[0][1])
    return None


def _is_begin(place: Standing, date: When) -> bool:
    """Tell whether a day stands with a measure as that on which it begins."""
    if place.status is None or date.value is None or date.relation not in {None, "since"}:
        return False
    opens = place.status.says.get("date") == "start" and (date == place.date or date.relation == "since")
    return opens and min(date.distance(place.anchor), date.distance(place.status)) <= NEAR


def _still_to_come(place: Standing, date: When) -> str:
    """Return the day until which something lasts: the next such day where no year is said."""
    value, published = str(date.value), place.scene.found.published or ""
    if "/" in value or value[:7] >= published[:7] or re.search(r"\d{4}", place.scene.words(date)):
        return value
    ahead = f"{int(value[:4]) + 1}{value[4:]}"
    kept = place.is_kept or _is_keeping(place)
    return ahead if kept and len(value) > len("2026") and ahead >= published[: len(ahead)] else value


def _span(places: Sequence[Standing]) -> Day | None:
    """Return the last day of a period that a measure is there for: "from 1 July to 30 September"."""
    for one in places:
        told = one.status.says["status"] if one.status else one.anchor.says.get("status", "in_force")
        if told not in _THERE or _is_promised_by(one):
            continue
        near = (date for date in one.scene.dates if date.distance(one.anchor) <= NEAR)
        for date in (one.date,) if one.date else near:
            _, _, last = str(date.value).partition("/")
            if last and re.search(r"\d\D+\d{1,2}\b(?!\d)", one.scene.words(date)) and len(last) == 10:
                return Day(last, date)
    return None
