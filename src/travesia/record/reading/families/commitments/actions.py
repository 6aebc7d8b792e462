"""Actions: what a deed is in the ledger's words, and what its amount counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from travesia.record.reading.counted import is_start_of_change
from travesia.record.reading.cue_files import cues
from travesia.record.reading.nouns import Extent, Quantity
from travesia.record.reading.scenes import Scene
from travesia.record.reading.triggers import Trigger, phrase_pattern, phrases, phrases_at_end

_WEAK = ("other", "fund", "help", "attend", "strengthen_efforts", "assure")

_NEXT = 12
"""How near its verb a noun stands that is its object, in code points."""


_OF_MONEY = 100_000
"""The least number that money without its currency may be."""

_CHANGE = 40
"""How near the amount that a change starts from the one stands to which it leads, in code points."""


@cache
def before_amount(language: str) -> str:
    """Return the pattern of the small words that may stand before an amount: "up to", "another"."""
    return rf"(?:{phrase_pattern(cues(language, 'commitments')['before_amount'])}\s*){{0,4}}"


def is_strong(actions: Sequence[Trigger]) -> bool:
    """Tell whether one of some deeds is more than help, money or whatever any sentence might hold."""
    return any(one.says["action"] not in _WEAK or one.says.get("firm") for one in actions)


def helps_at_once(binder: Extent, actions: Sequence[Trigger]) -> bool:
    """Tell whether help or money is what a verb is followed by: "promised support"."""
    return bool(actions) and actions[0].start - binder.end <= _NEXT


def action_of(actions: Sequence[Trigger], quantity: Quantity | None) -> Trigger | None:
    """Return what a deed is: money funds; else the first that is more than help, then help, then any."""
    if quantity is not None and quantity.kind == "MONEY":
        return next((one for one in actions if one.says["action"] == "fund"), None)
    known = [one for one in actions if one.says["action"] not in _WEAK]
    helping = [one for one in actions if one.says["action"] in {"help", "strengthen_efforts", "attend"}]
    return next(iter(known or helping or actions), None)


def unit_of(scene: Scene, quantity: Quantity) -> str | None:
    """Return the unit of an amount; a nationality right after a number counts persons."""
    if quantity.unit in {None, "other"} and quantity.kind == "QUANTITY":
        near = [one for one in (*scene.mentions, *scene.nested) if one.type in {"NORP", "GROUP"}]
        if any(0 < one.start - quantity.end <= 3 for one in near):
            return "person"
    return quantity.unit


def is_money(scene: Scene, one: Quantity) -> bool:
    """Tell whether an amount is money, or so large that it is money whose currency was told before."""
    if one.kind == "MONEY":
        return True
    named = one.counted is not None and one.counted.start >= one.start and not _is_rest(scene, one.counted)
    bare = one.kind == "QUANTITY" and unit_of(scene, one) in {None, "other"} and not named
    return bare and (one.value or 0) >= _OF_MONEY


def _is_rest(scene: Scene, counted: Extent) -> bool:
    """Tell whether the word behind a number only says that it is what remains: "the 2 million remaining"."""
    return phrases(scene.found.text.language, "commitments", "rests").match(scene.words(counted)) is not None


def _is_base(scene: Scene, amount: Quantity) -> bool:
    """Tell whether an amount is what another one starts from: "from 3,000 to 10,000"."""
    plain, language = scene.found.text.plain, scene.found.text.language
    if not is_start_of_change(plain, amount.start, language):
        return False
    following = [one for one in scene.quantities if 0 <= one.start - amount.end <= _CHANGE]
    if not following:
        return False
    return (
        phrases(language, "commitments", "changes").search(plain, amount.end, following[0].start) is not None
    )


def is_article(scene: Scene, amount: Quantity) -> bool:
    """Tell whether a number is no amount of its own: an article, or what a change starts from.

    After "5 million and" the "un" or "a" opens a thing, not a million.
    """
    words = scene.words(amount)
    article = words.isalpha() and len(words) <= 3 and amount.kind == "MONEY"
    return article or _is_base(scene, amount) or _is_former(scene, amount)


def _is_former(scene: Scene, amount: Quantity) -> bool:
    """Tell whether an amount is what somebody gave before: "double its earlier grant of $12 million"."""
    former = phrases_at_end(scene.found.text.language, "commitments", "former")
    return former.search(scene.before(amount, _CHANGE)) is not None
