"""What a promise takes over from the one before it: the giver of a share, the term of a part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from travesia.record.reading.families.commitments.binding import Promise
from travesia.record.reading.families.who import NOBODY
from travesia.record.reading.nouns import Proposal

_NEAR = 2
"""How many sentences after a promise its shares and parts may be told."""


def inherited(promise: Promise, made: Proposal, before: tuple[Promise, Proposal] | None) -> Proposal:
    """Return a promise with what the one shortly before it says of both.

    "A third will go to hosts" is of who gave the whole; "Brazil will give 9 million" of a fund of 18 million
    for two years is for these years.
    """
    if before is None or promise.scene.number - before[0].scene.number > _NEAR:
        return made
    fields, whole = dict(made.fields), before[1].fields
    if promise.kind == "share" and promise.subject == NOBODY and "actor" in whole:
        fields["actor"] = whole["actor"]
    if fields.get("action") == "other" and "action" in whole and _goes_with(promise, fields, before):
        fields["action"] = whole["action"]
    part = promise.kind == "share" or _is_part(fields, whole)
    if "period" in whole and "period" not in fields and part:
        fields["period"] = whole["period"]
    if promise.kind in {"may", "cap"} and _goes_on_with(promise, fields, before):
        fields["period"] = whole["period"]
    return replace(made, fields=fields) if fields != made.fields else made


def of_lead(promise: Promise, made: Proposal, lead: tuple[Promise, Proposal] | None) -> Proposal:
    """Return an item of a list with the term that its lead tells: "will give in 2027:" before amounts."""
    fields = dict(made.fields)
    if lead is None or not is_item_of(promise, lead[0]) or "period" in fields or "quantity" not in fields:
        return made
    if "period" not in lead[1].fields or fields.get("actor") != lead[1].fields.get("actor"):
        return made
    return replace(made, fields=fields | {"period": lead[1].fields["period"]})


def is_item_of(promise: Promise, lead: Promise) -> bool:
    """Tell whether a promise stands in the list that another, which ends in a colon, opens."""
    plain, first, last = lead.scene.found.text.plain, lead.scene.sentence, promise.scene.sentence
    opens = plain[first.start : first.end].rstrip().endswith(":") and first.end <= last.start
    return opens and last.kind == "item" and "\n\n" not in plain[first.end : last.start].lstrip("\n")


def _goes_with(promise: Promise, fields: dict[str, Any], before: tuple[Promise, Proposal]) -> bool:
    """Tell whether a share, or a second amount of a line, is of the deed that was told right before it."""
    same = promise.scene.number == before[0].scene.number and promise.quantity is not None
    alike = same and fields.get("unit") == before[1].fields.get("unit") and not promise.negative
    return alike or (promise.kind == "share" and not before[0].negative)


def is_part(made: Proposal, before: tuple[Promise, Proposal] | None) -> bool:
    """Tell whether a promise is one state's part of the one before it, which its other parts follow."""
    return before is not None and _is_part(dict(made.fields), before[1].fields)


def _goes_on_with(promise: Promise, fields: dict[str, Any], before: tuple[Promise, Proposal]) -> bool:
    """Tell whether how many may come is told of what a sentence before starts: "They will be 2,500"."""
    scene, whole = before[0].scene, before[1].fields
    between = scene.found.text.plain[scene.sentence.end : promise.scene.sentence.start]
    first, own = str(whole.get("period", "")), fields.get("period")
    ends = own is None or first.endswith(f"/{own}")
    same = fields.get("actor") == whole.get("actor") and "quantity" not in whole
    return bool(first) and ends and same and "\n" not in between


def _is_part(fields: dict[str, Any], whole: Any) -> bool:
    """Tell whether an amount is one state's part of what all of them promise together."""
    amount, total = fields.get("quantity"), whole.get("quantity")
    if amount is None or total is None or fields.get("unit") != whole.get("unit") or not amount < total:
        return False
    givers, own = whole.get("actor") or [], fields.get("actor") or []
    together = len(givers) > 1 or any(":" not in one or one.startswith("grp:") for one in givers)
    return together and len(own) == 1 and own != givers
