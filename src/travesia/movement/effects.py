"""What each kind of policy touches, and with which coefficient: one function a kind.

A function takes an effect and the frame's ways and returns its **parts**, or in words why it moves nobody.
A part is an attribute over days and sources, classes or gates, and the id of the parameter that weighs it.
Nothing here knows a baseline; that only what differs from it counts is the business of `changes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travesia.movement.itineraries import Source
from travesia.movement.kernel import CHECKPOINT, HUB
from travesia.movement.stretches import BETWEEN, FIRST, LAST, Way
from travesia.scenario import Effect, people_a_day

Floats = npt.NDArray[np.float64]

AIR_SHUT, LAND_SHUT = "air-shut-utility", "land-shut-utility"
FEE, EASED = "fee-utility-100-usd", "way-eased-utility"
SHOCK, SANCTION, RELIEF = "origin-shock-utility", "sanction-utility", "sanction-relief-utility"
STATUS, RUSH, CAMPAIGN = "status-utility", "rush-utility", "campaign-reach"
CLOSED, METERED, WATCHED = "closed-gate-utility", "metered-gate-utility", "watched-gate-utility"
DETERRED, EXEMPT = "deterrence-believed-share", "exempt"
WAITING_RETURN, STOPPED, WAITS = "waiting-return-share", "stopped-share", "facilitated-wait-ratio"
CEILING = "outside-quota-share"
APPOINTED = "appointments-utility-100"
BAR = "pathway-bar-utility"
SENT_BACK, PLACES = "sent-back", "pathway-places"
"""Attributes that no single policy writes: chance to be sent back at a gate, places of pathways a day."""
SHOCK_DAYS = "origin-shock-days"
COLUMNS: Mapping[str, str] = {
    **dict.fromkeys(
        (AIR_SHUT, LAND_SHUT, FEE, EASED, SHOCK, SANCTION, RELIEF, STATUS, RUSH, CAMPAIGN, BAR), "source"
    ),
    **dict.fromkeys((CLOSED, METERED, WATCHED, DETERRED, EXEMPT, APPOINTED, SENT_BACK), "class, gate"),
    STOPPED: "stretch", WAITS: "class", PLACES: "class", CEILING: "gate",
}  # fmt: skip
"""What the columns of an attribute of a `Change` stand for; the day is the axis before them."""

NO_WAY = "no way that its nationalities take in the model leads over its places or links"
NO_START = "nobody of its nationalities sets out from its places in the model"
NO_BORDER = "acts where nobody in the model chooses or passes a border gate"
NO_AMOUNT = "names no number, and its daily flow is in the counts"
NO_GROUP = "acts on some demographic groups, whose share of the encounters was not counted by then"
FLOWED = "a ceiling with no gate of its own on the way: what passed is in the counts"


@dataclass(frozen=True)
class Part:
    """An attribute: the outer product of `days` and `over`; `over` is float64[source, class or gate ...]."""

    coefficient: str
    days: Floats
    over: Floats


@dataclass(frozen=True)
class Ground:
    """What effects are laid over: sources with their ways, classes, gates; all in the frame's order."""

    sources: tuple[Source, ...]
    ways: tuple[tuple[Way, ...], ...]
    nationalities: tuple[str, ...]
    at_border: npt.NDArray[np.bool_]
    country: Mapping[str, str]
    """Country of each place."""
    weekdays: npt.NDArray[np.int64]
    """int64[day], 0 for Monday."""
    numbers: Mapping[str, float]
    """Central parameters by id."""
    corridor: int | None
    """The gate of the corridor."""
    group_share: Callable[[Sequence[str]], float | None]
    """Share of the encounters that some demographic groups made up, as known."""

    def share(self, effect: Effect, touched: Callable[[Way], float]) -> Floats:
        """Return float64[source]: mean over places of origin, 0 for nationalities not under the policy."""
        return np.array(
            [
                sum(way.share * touched(way) for way in ways) if concerned else 0.0
                for ways, concerned in zip(self.ways, self.of_sources(effect), strict=True)
            ]
        )

    def of_sources(self, effect: Effect) -> Floats:
        """Return float64[source], 1 where the nationality is under the policy."""
        return np.array([float(effect.policy.concerns(source.nationality)) for source in self.sources])

    def of_classes(self, effect: Effect) -> Floats:
        """Return float64[class], 1 where the nationality is under the policy."""
        return np.array([float(effect.policy.concerns(name)) for name in self.nationalities])

    def of_gates(self, effect: Effect) -> Floats:
        """Return float64[class, gate], the share of a border gate's places for those under the policy."""
        return np.outer(self.of_classes(effect), effect.at_gates * self.at_border)


Found = list[Part] | str
BELIEF = (
    "belief-gate-utility",
    "belief-departure-utility",
    "experience-days",
    "smuggler-reach",
    "smuggler-trust",
)
ROUTE = ("going-elasticity", "known-route-share")
BESIDE: Mapping[str, tuple[str, ...]] = {
    AIR_SHUT: ROUTE, LAND_SHUT: ROUTE, FEE: ROUTE, EASED: ROUTE, STOPPED: (*ROUTE, "retry-after-stop"),
    CAMPAIGN: ("campaign-trust", "belief-departure-utility", "belief-memory-days"), DETERRED: BELIEF,
    CEILING: ("leave-queue-share",), SHOCK: (SHOCK_DAYS,), SENT_BACK: BELIEF, PLACES: ("pathway-stay-share",),
}  # fmt: skip
"""Parameters that a coefficient needs beside itself."""


def parts_of(effect: Effect, ground: Ground) -> Found:
    """Return the parts of an effect, or in words why it moves nobody in the model."""
    found = _KINDS[effect.policy.kind](effect, ground)
    if isinstance(found, str):
        return found
    missing = [name for part in found for name in lacking(part.coefficient, ground)]
    return f"the pack gives no parameter {missing[0]}, which weighs it" if missing else found


def lacking(coefficient: str, ground: Ground) -> list[str]:
    """Return the parameters that a coefficient needs and the pack does not give."""
    own = () if coefficient in (EXEMPT, SENT_BACK, PLACES) else (coefficient,)
    return [name for name in (*own, *BESIDE.get(coefficient, ())) if name not in ground.numbers]


def _parts(effect: Effect, over: Mapping[str, Floats], why_not: str) -> Found:
    """Return a part in force for each attribute that touches anybody; and the rush before the first day."""
    days = effect.in_force.astype(np.float64)
    found = [Part(name, days, values) for name, values in over.items() if values.any()]
    return found or why_not


def _shut(effect: Effect, ground: Ground, sign: float) -> dict[str, Floats]:
    where = effect.policy.where

    def by_land(way: Way) -> bool:
        # Places at the border are gates, which have a utility of their own.
        coming = [way.stretches[at].places for at in (FIRST, BETWEEN)]
        return any(not named.isdisjoint(where) for named in (*coming, *(s.land for s in way.stretches)))

    return {
        AIR_SHUT: sign * ground.share(effect, lambda w: any(s.air.intersection(where) for s in w.stretches)),
        LAND_SHUT: sign * ground.share(effect, by_land),
    }


def _barrier(effect: Effect, ground: Ground) -> Found:
    sign = -1.0 if effect.policy.kind in ("visa-lifted", "reopening") else 1.0
    over = _shut(effect, ground, sign)
    if effect.policy.kind in ("closure", "reopening"):
        over[CLOSED] = sign * ground.of_gates(effect)
    found = _parts(effect, over, NO_WAY)
    return found if isinstance(found, str) or sign < 0.0 else [*found, *_rush(effect, ground, over)]


def _rush(effect: Effect, ground: Ground, over: Mapping[str, Floats]) -> list[Part]:
    if not effect.announced.any():
        return []
    touched = np.zeros(len(ground.sources))
    for values in over.values():
        if values.ndim == 1:
            touched = np.maximum(touched, values > 0.0)
        else:
            classes = [ground.nationalities.index(source.nationality) for source in ground.sources]
            touched = np.maximum(touched, values[classes].max(axis=1) > 0.0)
    return [Part(RUSH, effect.announced.astype(np.float64), touched)] if touched.any() else []


def _capacity(effect: Effect, ground: Ground) -> Found:
    at_border = ground.of_gates(effect)
    amount = effect.policy.effect.get("amount")
    if amount is None or amount.value is None:
        return _parts(effect, {METERED: at_border}, NO_AMOUNT)
    a_day = people_a_day(effect.policy) or 0.0
    days = effect.in_force * (_working(amount.unit, ground) * a_day)
    gates = effect.at_gates.copy()
    if not gates.any() and ground.corridor is not None and _into_corridor(effect, ground):
        gates[ground.corridor] = 1.0
    if not gates.any():
        return FLOWED
    # A ceiling is no attribute of a choice: it stands over the whole gate, for all nationalities.
    return [Part(CEILING, np.where(effect.in_force, days, -1.0), gates / gates.sum())]


def _working(unit: str, ground: Ground) -> Floats:
    """Return float64[day], 0 on days on which a ceiling by weekday lets nobody through."""
    if "Tuesday to Saturday" not in unit:
        return np.ones(len(ground.weekdays))
    return np.isin(ground.weekdays, (1, 2, 3, 4, 5)).astype(np.float64)


def _into_corridor(effect: Effect, ground: Ground) -> bool:
    ways = [
        way
        for source, found in zip(ground.sources, ground.ways, strict=True)
        for way in found
        if source.route == "corridor"
    ]
    return any(way.touches(effect.policy.where, (FIRST,)) for way in ways)


def _fee(effect: Effect, ground: Ground) -> Found:
    amount = effect.policy.effect.get("amount")
    if amount is None or amount.value is None:
        return "names no amount to pay"
    touched = ground.share(effect, lambda way: way.touches(effect.policy.where))
    return _parts(effect, {FEE: touched * amount.value / 100.0}, NO_WAY)


def _at_origin(coefficient: str) -> Callable[[Effect, Ground], Found]:
    def parts(effect: Effect, ground: Ground) -> Found:
        touched = ground.share(effect, lambda way: way.origin in effect.policy.where)
        return _parts(effect, {coefficient: touched}, NO_START)

    return parts


def _shock(effect: Effect, ground: Ground) -> Found:
    found = _at_origin(SHOCK)(effect, ground)
    if isinstance(found, str):
        return found
    days = np.arange(len(effect.in_force)) - effect.first_day
    fading = np.exp(-np.maximum(days, 0) / ground.numbers.get(SHOCK_DAYS, 1.0)) * effect.in_force
    return [Part(part.coefficient, fading, part.over) for part in found]


def _bar(effect: Effect, ground: Ground) -> Found:
    return _parts(effect, {BAR: ground.share(effect, lambda way: way.touches(effect.policy.where))}, NO_WAY)


def _status(effect: Effect, ground: Ground) -> Found:
    def stays(way: Way) -> bool:
        return way.origin in effect.policy.where and ground.country[way.origin] not in concerned

    concerned = {name for name in ground.nationalities if effect.policy.concerns(name)}
    return _parts(effect, {STATUS: ground.share(effect, stays)}, NO_START)


def _enforcement(effect: Effect, ground: Ground) -> Found:
    where = effect.policy.where
    watched = ground.of_gates(effect)
    if watched.any():
        return _parts(effect, {WATCHED: watched}, NO_BORDER)
    return _parts(effect, {STOPPED: stretches_touched(effect, ground, where)}, NO_WAY)


def stretches_touched(effect: Effect, ground: Ground, where: Sequence[str]) -> Floats:
    """Return float64[column], the share of people on each stretch whose way touches a place or link.

    Columns: sources (stretch to the first station), then for each class the stretches that begin at a
    checkpoint and at a hub.
    """
    out = np.zeros(len(ground.sources) + 2 * len(ground.nationalities))
    out[: len(ground.sources)] = ground.share(effect, lambda way: way.touches(where, (FIRST,)))
    for stretch, kind in ((BETWEEN, CHECKPOINT), (LAST, HUB)):
        shares = ground.share(effect, lambda way, at=stretch: way.touches(where, (at,)))  # type: ignore[misc]
        for source, share in zip(ground.sources, shares, strict=True):
            at = len(ground.sources) + 2 * ground.nationalities.index(source.nationality) + kind
            out[at] = max(out[at], share)
    return out


def _facilitation(effect: Effect, ground: Ground) -> Found:
    where = effect.policy.where

    def waits(way: Way) -> bool:
        return way.touches(where, (LAST,))

    eased = ground.share(effect, lambda way: way.touches(where, (FIRST, BETWEEN)))
    shorter = np.zeros(len(ground.nationalities))
    for source, share in zip(ground.sources, ground.share(effect, waits), strict=True):
        at = ground.nationalities.index(source.nationality)
        shorter[at] = max(shorter[at], share)
    return _parts(effect, {EASED: eased, WAITS: shorter}, NO_WAY)


def _of_group(effect: Effect, ground: Ground) -> float | None:
    named = effect.policy.demographics
    return 1.0 if named is None else ground.group_share(named)


def _deterrence(effect: Effect, ground: Ground) -> Found:
    group = _of_group(effect, ground)
    at_border = ground.of_gates(effect)
    if not at_border.any():
        return NO_BORDER
    if group is None:
        return NO_GROUP
    over = {DETERRED: group * at_border}
    found = _parts(effect, over, NO_BORDER)
    return found if isinstance(found, str) else [*found, *_rush(effect, ground, over)]


def _exemption(effect: Effect, ground: Ground) -> Found:
    group = _of_group(effect, ground)
    if group is None:
        return NO_GROUP
    return _parts(effect, {EXEMPT: np.log1p(-min(group, 0.99)) * ground.of_gates(effect)}, NO_BORDER)


def _waiting_return(effect: Effect, ground: Ground) -> Found:
    return _parts(effect, {WAITING_RETURN: ground.of_gates(effect)}, NO_BORDER)


_KINDS: Mapping[str, Callable[[Effect, Ground], Found]] = {
    "visa": _barrier, "visa-lifted": _barrier, "closure": _barrier, "reopening": _barrier,
    "capacity": _capacity, "cost-risk": _fee, "sanction": _at_origin(SANCTION),
    "sanction-relief": _at_origin(RELIEF), "origin-shock": _shock, "information": _at_origin(CAMPAIGN),
    "status": _status, "transit-enforcement": _enforcement, "transit-facilitation": _facilitation,
    "deterrence": _deterrence, "exemption": _exemption, "return": _waiting_return,
    "pathway-bar": _bar,
}  # fmt: skip
