"""Figures: every amount that a text states, with what it measures, where and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from travesia.record.reading.families.hearsay import told_by
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Doubt, Extent, Found, Proposal, Quantity
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import phrases, within

_LONGEST = 120
"""Longest description of what a figure measures, in code points."""


def figures(found: Found) -> Iterator[Proposal]:
    """Propose one figure for each amount that was found, in order."""
    for scene in scenes(found):
        for quantity in scene.quantities:
            yield _figure(scene, quantity)


def figure_id(found: Found, quantity: Quantity) -> str:
    """Return the id of the figure that holds an amount."""
    return record_id(found, "figure", Extent(quantity.start, quantity.end), str(quantity.start))


def _figure(scene: Scene, quantity: Quantity) -> Proposal:
    place = Extent(quantity.start, quantity.end)
    fields: dict[str, Any] = {"value": quantity.value, "qualifier": quantity.qualifier, "unit": quantity.unit}
    if quantity.low is not None or quantity.high is not None:
        fields["range"] = [quantity.low, quantity.high]
    slots = {"value": place}
    measured = _measured(scene, quantity)
    if measured is not None:
        fields["measures"] = scene.found.text.original[measured.start : measured.end]
        slots["measures"] = measured
    fields |= _when(scene, quantity)
    doubts = (Doubt(_doubted(quantity), quantity.candidates),) if len(quantity.candidates) > 1 else ()
    wanted = ("value", "unit", "measures")
    voucher = told_by(scene, place)
    return Proposal(
        id=figure_id(scene.found, quantity), type="figure",
        fields={name: value for name, value in fields.items() if value is not None},
        evidence=(place,), certainty=voucher.certainty, attribution=voucher.ids, doubts=doubts, slots=slots,
        abstained=tuple(name for name in wanted if fields.get(name) is None),
    )  # fmt: skip


def _doubted(quantity: Quantity) -> str:
    """Return what the readings of an amount differ in: which currency it is in, or how much it is."""
    return "unit" if isinstance(quantity.candidates[0].value, str) else "value"


def _measured(scene: Scene, quantity: Quantity) -> Extent | None:
    """Return the words that say what is counted: the noun, and the phrases that hang on it."""
    plain = scene.found.text.plain
    start = quantity.counted.start if quantity.counted else _after_joint(scene, quantity)
    if start is None:
        return None
    limit = min(scene.sentence.end, start + _LONGEST)
    clause_ends = [one.start for one in scene.clauses if one.start > start]
    others = [one.start for one in scene.quantities if one.start > quantity.end]
    stops = [plain.find(mark, start, limit) for mark in ".;,()"]
    end = min([limit, *clause_ends, *others, *(stop for stop in stops if stop >= 0)])
    words = plain[start:end].rstrip()
    return Extent(start, start + len(words)) if words else None


def _after_joint(scene: Scene, quantity: Quantity) -> int | None:
    """Return where an amount of money goes on with what it is for ("in humanitarian aid")."""
    plain, language = scene.found.text.plain, scene.found.text.language
    match = phrases(language, "figures", "continues").match(plain, _skip(plain, quantity.end))
    return None if match is None or match.end() >= scene.sentence.end else _skip(plain, match.end())


def _skip(plain: str, at: int) -> int:
    while at < len(plain) and plain[at] == " ":
        at += 1
    return at


def _when(scene: Scene, quantity: Quantity) -> dict[str, str]:
    """Return the period that the clause of an amount names, or the day as of which it stands."""
    clause = scene.clause_of(quantity)
    dates = [one for one in within(scene.dates, clause) if one.value] or [
        one for one in scene.dates if one.value
    ]
    if len({one.value for one in dates}) != 1:
        return {}
    value = str(dates[0].value)
    name = "period" if "/" in value or len(value) < len("2022-06-10") else "as_of"
    return {name: value}
