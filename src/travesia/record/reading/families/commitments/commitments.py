"""Commitments: who promises what to whom by when.

Past deliveries ("provided 213 million") are none, announcements of new money are. Rows of a table inherit
what the promise before them says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from travesia.record.reading.families.commitments.allocations import allocations, parts_of
from travesia.record.reading.families.commitments.amounts import whole_of_share
from travesia.record.reading.families.commitments.binding import FURTHEST, TOPIC, Promise
from travesia.record.reading.families.commitments.inherited import inherited, is_item_of, is_part, of_lead
from travesia.record.reading.families.commitments.promised import (
    beneficiary_and_target,
    condition_of,
    instrument_of,
    is_numbered,
    origin_of,
)
from travesia.record.reading.families.commitments.promises import promises
from travesia.record.reading.families.commitments.recipients import supports_hosts
from travesia.record.reading.families.commitments.sheets import duration
from travesia.record.reading.families.commitments.terms import period_of
from travesia.record.reading.families.commitments.voices import Voices, voices_of
from travesia.record.reading.families.commitments.vouching import Voucher
from travesia.record.reading.naming import record_id
from travesia.record.reading.nouns import Candidate, Doubt, Extent, Found, Proposal
from travesia.record.reading.scenes import Scene, scenes
from travesia.record.reading.triggers import phrases, phrases_at_end

_BOUNDS = MappingProxyType({"up_to": "up_to", "limit": "up_to", "more_than": "more_than"})
_MORE = 60
"""How many code points after an amount or action belong to its words at most."""

_TITLES = 4
"""How many sentences may hold the title of a text."""

_STATE = "cty:"

_HARM = 30
"""How near a denial the harm stands that it denies, in code points."""

_OF_THE_STATE = ("start", "become", "receive", "rise", "bare")
"""Promises of what becomes of a measure: it is the state that speaks who makes them."""

_LOOKED_FOR = ("actor", "beneficiary", "period")

_BASES = (
    Candidate("previous_period", "the level of the period before is what a comparison in time means"),
    Candidate("earlier_pledge", "what was promised or planned before may be meant"),
)
"""What a multiple may be a multiple of where the text does not say."""


@dataclass
class _Filled:
    """The slots of a commitment as they are filled: values, where they stand, and what is in doubt."""

    fields: dict[str, Any]
    places: dict[str, Extent]
    doubts: list[Doubt]

    def put(self, slot: str, value: Any, place: Extent | None = None) -> None:
        """Fill a slot unless there is nothing to fill it with."""
        if value is not None:
            self.fields[slot] = value
            if place is not None:
                self.places[slot] = Extent(place.start, place.end)


def commitments(found: Found) -> Iterator[Proposal]:
    """Propose the commitments of a text, in order; what is said twice is proposed once."""
    if not scenes(found):
        return
    voices = voices_of(found)
    told: list[tuple[object, ...]] = []
    before: tuple[Promise, Proposal] | None = None
    lead: tuple[Promise, Proposal] | None = None
    made: list[tuple[Promise, Proposal]] = []
    for promise in promises(voices):
        proposal = inherited(promise, of_lead(promise, commitment_of(voices, promise), lead), before)
        lead = lead if lead and is_item_of(promise, lead[0]) else (promise, proposal)
        before = before if promise.kind == "share" or is_part(proposal, before) else (promise, proposal)
        made.append((promise, proposal))
    for number, (promise, proposal) in enumerate(made):
        again = _is_title(promise.scene) and any(_says_again(proposal, one) for _, one in made[number + 1 :])
        again = again or _is_topic(promise, proposal, made[number + 1 :])
        again = again or _is_lead(promise, proposal, made[number + 1 :])
        if not again and not _is_told(told, proposal):
            yield proposal
            yield from allocations(voices, promise.scene, proposal)
            yield from (one for one in parts_of(promise.scene, proposal) if not _is_told(told, one))


def _is_title(scene: Scene) -> bool:
    """Tell whether a sentence is a line above the text proper, which the text says again in full."""
    return scene.number < _TITLES and scene.sentence.kind == "heading"


def _is_topic(promise: Promise, proposal: Proposal, later: Sequence[tuple[Promise, Proposal]]) -> bool:
    """Tell whether a promise only opens a paragraph whose next sentence says what it is.

    "Spain will also contribute on the ground. Its aid agency will give 6 million": one promise.
    """
    scene, fields = promise.scene, proposal.fields
    if promise.kind not in {"will", "plan"} or any(
        one in fields for one in ("quantity", "period", "condition")
    ):
        return False
    end = min(scene.sentence.end, promise.binder.end + _HARM // 2)
    wide = phrases(scene.found.text.language, TOPIC, "wide_deeds").search(
        scene.found.text.plain, promise.binder.start, end
    )
    following = [one for other, one in later if other.scene.number == scene.number + 1]
    told = any(
        "quantity" in one.fields and one.fields.get("actor") == fields.get("actor") for one in following
    )
    return wide is not None and told


def _is_lead(promise: Promise, proposal: Proposal, later: Sequence[tuple[Promise, Proposal]]) -> bool:
    """Tell whether a promise without an amount only opens the list of those that its items promise."""
    items = [made for other, made in later if is_item_of(other, promise)]
    alike = any(
        "quantity" in one.fields and one.fields.get("actor") == proposal.fields.get("actor") for one in items
    )
    return "quantity" not in proposal.fields and alike


def _says_again(title: Proposal, later: Proposal) -> bool:
    """Tell whether a promise is one of those that a title told in short: of whom it names, or its amount.

    Where a title names no state ("donors", "the federal government"), any promise of the text may be it.
    """
    who, whose = title.fields.get("actor") or [], later.fields.get("actor") or []
    named = len(who) == 1 and who[0].startswith(_STATE)
    return (
        not named
        or bool(set(who) & set(whose))
        or title.fields.get("quantity") == later.fields.get("quantity")
    )


def _is_told(told: list[tuple[object, ...]], proposal: Proposal) -> bool:
    """Tell whether an amount was told before of the same actor, or of nobody in particular."""
    amount, actor = (
        (proposal.fields.get("quantity"), proposal.fields.get("unit")),
        proposal.fields.get("actor"),
    )
    if amount[0] is None:
        return False
    same = any(one[:2] == amount and (one[2] == actor or not one[2] or not actor) for one in told)
    told.append((*amount, actor))
    return same


def commitment_of(voices: Voices, promise: Promise, cited: Extent | None = None) -> Proposal:
    """Propose what a promise binds somebody to, with the slots that its sentence fills.

    Its evidence is the stretch to be `cited`, by default the words of the deed.
    """
    scene = promise.scene
    evidence = _evidence(promise) if cited is None else (cited,)
    voucher = voices.voucher(scene, promise.binder, evidence[0].end, promise.subject)
    filled = _filled(voices, promise, voucher)
    fields = filled.fields
    return Proposal(
        id=record_id(scene.found, "commitment", evidence[0]), type="commitment", fields=fields,
        evidence=evidence, certainty=voucher.certainty, modality=_modality(promise, fields),
        attribution=voucher.ids, doubts=tuple(filled.doubts), slots=filled.places,
        abstained=tuple(slot for slot in _LOOKED_FOR if slot not in fields),
    )  # fmt: skip


def _evidence(promise: Promise) -> tuple[Extent, ...]:
    """Return the words of the deed with its subject; of one deed among several, its own words first."""
    parts: list[Extent] = [one for one in (promise.quantity, promise.action) if one is not None]
    start = min(promise.deed.start, promise.binder.start) if promise.alone else promise.deed.start
    end = max([one.end for one in parts] + [promise.binder.end if promise.alone else start])
    whole = promise.negative or not parts
    end = (
        _to_pause(promise, promise.binder.end, FURTHEST)
        if whole and promise.alone
        else _to_pause(promise, end)
    )
    end = min(end, start + FURTHEST)
    deed = Extent(start, start + len(promise.scene.found.text.plain[start:end].rstrip(' ,;."')))
    if not promise.alone:
        # The lead above a list may bind its items: nothing of it stands in theirs.
        binder = Extent(promise.binder.start, promise.binder.end)
        return (deed, binder) if binder.start < binder.end else (deed,)
    subject = promise.subject.extent
    inside = subject is not None and subject.start >= promise.scene.clause_of(promise.binder).start
    if inside and subject is not None and _is_beside(promise.scene, subject, deed):
        deed = Extent(subject.start, deed.end)
    return (deed,)


def _is_beside(scene: Scene, subject: Extent, deed: Extent) -> bool:
    """Tell whether a subject stands so near before a deed that both are one stretch: no pronoun between."""
    gap = scene.found.text.plain[subject.end : deed.start]
    again = phrases_at_end(scene.found.text.language, "clauses", "they").search(gap)
    return 0 <= deed.start - subject.end < FURTHEST // 3 and again is None


def _to_pause(promise: Promise, at: int, more: int = _MORE) -> int:
    """Return where the words around a place end: at the next comma or stop, or at the end of the deed."""
    plain, limit = promise.scene.found.text.plain, max(at, min(promise.deed.end, at + more))
    pause = next((here for here in range(at, limit) if _pauses(plain, here)), limit)
    return pause if pause < at + more else max(at, plain.rfind(" ", at, pause))


def _pauses(plain: str, here: int) -> bool:
    """Tell whether a mark ends the words around a place; one between digits belongs to a number."""
    in_number = plain[here - 1].isdigit() and plain[here + 1 : here + 2].isdigit()
    return plain[here] in ',;:."(' and not in_number


def _filled(voices: Voices, promise: Promise, voucher: Voucher) -> _Filled:
    scene, quantity = promise.scene, promise.quantity
    filled = _Filled({}, {}, [])
    actors = voices.states(scene, promise.subject, voucher)
    if not actors and (quantity is not None or promise.negative or promise.kind in _OF_THE_STATE):
        actors = voices.ours or voices.host
    actors = actors or voices.likely(scene, promise.binder)
    if promise.action is not None and promise.action.says["action"] == "counter_disinformation":
        actors = tuple(dict.fromkeys((*actors, *voices.partners(scene, promise.deed))))
    filled.put("actor", list(actors) or None, promise.subject.extent)
    filled.put("action", _action(promise), promise.action)
    if quantity is not None:
        filled.put("quantity", quantity.value, quantity)
        filled.put("unit", promise.unit)
        filled.put("bound", "up_to" if promise.kind == "cap" else _BOUNDS.get(quantity.qualifier))
        if len(quantity.candidates) > 1:
            filled.doubts.append(Doubt("quantity", quantity.candidates))
        if quantity.kind == "RATIO":
            filled.doubts.append(Doubt("base", _BASES))
    period = period_of(promise, voices.every) or (duration(voices) if promise.kind == "bare" else None)
    if period is not None:
        filled.put("period", period.value, period)
        filled.doubts += [Doubt("period", period.candidates)] if len(period.candidates) > 1 else []
    for slot, (value, place) in (*beneficiary_and_target(promise), *origin_of(promise)):
        filled.put(slot, value, place)
    filled.put("condition", condition_of(promise))
    filled.put("under", instrument_of(promise))
    filled.put("binding", _binding(promise))
    filled.put("measurable", quantity is not None and quantity.value is not None)
    status = _status(promise, voucher)
    given = quantity is not None and quantity.kind == "MONEY" and status == "announced"
    filled.put("status_at_document", "pledged" if given and voices.pledging else status)
    filled.put("polarity", "negative" if promise.negative else None)
    return filled


def _action(promise: Promise) -> str:
    whole = promise.quantity
    if whole is not None and whole.kind == "RATIO":
        whole = whole_of_share(promise.scene, promise.deed.start)
    if whole is not None and whole.kind == "MONEY":
        return "support_host_communities" if supports_hosts(promise) else "fund"
    action = str(promise.action.says["action"]) if promise.action is not None else None
    literal = promise.action is not None and promise.action.says.get("literal")
    if action in {None, "admit", "other"} and not literal and _resettles(promise):
        return "resettle"
    if action is not None:
        return action
    if (
        promise.quantity is not None
        and promise.kind in {"say", "bare"}
        and promise.quantity.kind == "QUANTITY"
    ):
        return "help"
    if promise.negative:
        return "refrain"
    if promise.kind == "assure":
        return "assure"
    return "admit" if promise.kind in {"may", "cap"} else "other"


def _resettles(promise: Promise) -> bool:
    """Tell whether people or places are counted where a paragraph speaks of resettlement."""
    if promise.quantity is None or promise.negative or promise.unit in {None, "authorization"}:
        return False
    plain, scene = promise.scene.found.text.plain, promise.scene
    first = plain.rfind("\n", 0, scene.sentence.start) + 1
    return (
        phrases(scene.found.text.language, TOPIC, "resettling").search(plain, first, scene.sentence.end)
        is not None
    )


def _status(promise: Promise, voucher: Voucher) -> str:
    """Return how firm a promise is: negations are assurances unless promised, new money is announced."""
    if promise.kind == "not":
        return "assured" if voucher.quoted or _assures(promise) else "stated"
    if promise.kind == "will" and promise.status == "planned":
        if is_numbered(promise):
            return "pledged"
        return "announced" if promise.quantity is not None else "planned"
    if promise.kind == "give":
        clause = promise.scene.clause_of(promise.binder)
        plain, language = promise.scene.found.text.plain, promise.scene.found.text.language
        new = phrases(language, TOPIC, "new_money").search(plain, promise.binder.end, clause.end)
        return "announced" if new else promise.status
    return promise.status


def _assures(promise: Promise) -> bool:
    """Tell whether a denial is to reassure: of what would do harm to people, or beside a verb of assuring."""
    scene = promise.scene
    plain, language = scene.found.text.plain, scene.found.text.language
    if promise.binder.says.get("nobody"):
        return True
    harm = phrases(language, TOPIC, "harms").search(plain, promise.binder.start, promise.deed.end)
    near = harm is not None and harm.start() - promise.binder.end < _HARM
    assures = phrases(language, TOPIC, "assures")
    return near or assures.search(plain, scene.sentence.start, scene.sentence.end) is not None


def _modality(promise: Promise, fields: dict[str, Any]) -> str:
    if "condition" in fields:
        return "conditional"
    ongoing = promise.status in {"in_progress", "in_force"} or promise.kind == "give"
    if promise.status == "mobilised":
        return "actual"
    return "ongoing" if ongoing else "intended"


def _binding(promise: Promise) -> bool | None:
    language, sentence = promise.scene.found.text.language, promise.scene.sentence
    where = (promise.scene.found.text.plain, sentence.start, sentence.end)
    if phrases(language, TOPIC, "binding_no").search(*where):
        return False
    return True if phrases(language, TOPIC, "binding_yes").search(*where) else None
