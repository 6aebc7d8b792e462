"""From a scenario to the kernel's arrays.

A **frame** holds what all scenarios of a study share: itineraries, days, periods, the layout of states.
A **plan** adds what holds in one scenario. Two plans of one frame can be compared by day and nationality
(`apart`), so that what is the same is computed once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from travesia.movement.changes import Change, Reading, ground_of, read
from travesia.movement.dangers import journeys_of
from travesia.movement.demand import Demand
from travesia.movement.effects import (
    AIR_SHUT,
    APPOINTED,
    LAND_SHUT,
    PLACES,
    SENT_BACK,
    WAITING_RETURN,
    Ground,
    lacking,
)
from travesia.movement.expelled import expelled_by_day, month_index, timetable_of
from travesia.movement.itineraries import Itineraries, legs_of
from travesia.movement.kernel import Journeys, Layout, Rules, Sources
from travesia.movement.layout import layout_of, sources_of
from travesia.region import Region
from travesia.scenario import Scenario, Timetable
from travesia.terms import Span, chance, first_day, month_span, months_in

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """What all scenarios of a study share. Days count from the start of `span`; `periods` tile it."""

    region: Region
    itineraries: Itineraries
    span: Span
    periods: tuple[Span, ...]
    gates: tuple[str, ...]
    places: tuple[str, ...]
    links: tuple[tuple[str, bool], ...]
    """(link id, forward) in the kernel's order."""
    layout: Layout
    sources: Sources
    journeys: Journeys
    slots: int

    def day(self, when: date) -> int:
        """Return the number of a day of the frame."""
        return (when - self.span.start).days

    @property
    def source_class(self) -> npt.NDArray[np.int64]:
        """int64[source]: class of the people who set out from it."""
        names = self.itineraries.nationalities
        classes = [names.index(source.nationality) for source in self.itineraries.sources]
        return np.array(classes, dtype=np.int64)

    @property
    def at_border(self) -> npt.NDArray[np.bool_]:
        """bool[gate]: a border gate, no checkpoint on the way."""
        return np.isin(self.gates, self.region.border_gates["id"].to_list())


@dataclass(frozen=True)
class Plan:
    """One scenario as arrays over a frame. `rules` and `departures` decide its numbers, and nothing else."""

    scenario: Scenario
    frame: Frame
    timetable: Timetable
    rules: Rules
    departures: Floats
    """float64[day, source] mean departures, before any change that a run draws."""
    expelled: Floats
    """float64[gate, nationality, day] share expelled wherever expulsion is or was in force."""
    pathways: tuple[str, ...]
    change: Change
    """What the scenario changes against the baseline."""
    shut: npt.NDArray[np.bool_]
    """bool[day, source]: under the baseline a policy shuts links of the way; see `choice.when_open`."""


def build_frame(region: Region, itineraries: Itineraries, span: Span, cuts: tuple[date, ...] = ()) -> Frame:
    """Lay out states, legs and days; periods are the months of `span`, cut further at `cuts`."""
    gates = tuple(region.gates["id"])
    places = sorted(region.places["id"])
    legs = legs_of(itineraries)
    links = sorted({(step.link, step.forward) for leg in legs for step in leg.steps})
    layout = layout_of(itineraries, gates, places, links, region)
    # Who is flown home comes again by a whole journey, after a delay.
    longest = max([64, *(leg.days for leg in legs)]) + int(layout.home_days.max(initial=0))
    return Frame(
        region, itineraries, span, _periods(span, cuts), gates, tuple(places), tuple(links), layout,
        sources_of(itineraries, places), journeys_of(itineraries, gates, region), longest + 1,
    )  # fmt: skip


def build_plan(frame: Frame, scenario: Scenario, demand: Demand, baseline: Scenario | None = None) -> Plan:
    """Turn a scenario into arrays.

    Parameters
    ----------
    frame
        Shared layout and days.
    scenario, demand
        Policies and departures.
    baseline
        The scenario under which the observations came about; shares of expulsion are read in its months
        in force. The scenario itself where ``None``.
    """
    own, happened = timetable_of(frame, scenario, frame.span), baseline or scenario
    observed = expelled_by_day(frame, happened, scenario.known)
    share = expelled_by_day(frame, happened, scenario.known, scenario)
    ground = ground_of(frame.region, frame.itineraries, frame.span, scenario)
    reading = read(own, ground)
    rules, names = _rules(frame, reading, demand, (share, observed), ground)
    keys = np.array([chance.word(f"pathway|{name}") for name in names], dtype=np.uint64)
    frame = replace(frame, sources=frame.sources._replace(pathway_key=keys))
    base = reading
    parts: dict[str, Floats] = {}
    if baseline is not None and baseline.policies != scenario.policies:
        base = read(timetable_of(frame, baseline, frame.span), ground)
        others, _ = _rules(frame, base, demand, (observed, observed), ground)
        parts = reading.difference(base) | _between(reading, rules, base, others)
        rules = rules._replace(turn_back=rules.turn_back * _turning(rules, others))
        parts = {name: values for name, values in parts.items() if not lacking(name, ground)}
    return Plan(
        scenario, frame, reading.timetable, rules, _departures(frame, demand), share, names, Change(parts),
        _shut(base, ground, frame.span.days),
    )  # fmt: skip


def _rules(
    frame: Frame, reading: Reading, demand: Demand, share: tuple[Floats, Floats], ground: Ground
) -> tuple[Rules, tuple[str, ...]]:
    """Return what holds on each day, before anybody reacts, and the pathways in the order of the quotas.

    `share` is the share expelled, and the one returned instead where an expulsion has ended.
    """
    own, days = reading.timetable, frame.span.days
    ended = ~own.expulsion & own.returns
    turn_back, choice = _ways(frame, own, demand)
    quota = np.array([path.quota_people for path in own.pathways]).reshape(len(own.pathways), days)
    accept = np.where(ended, share[1], 0.0)
    waiting = reading.returned_to_wait(ground.numbers.get(WAITING_RETURN, 0.0), accept.shape)
    if waiting.any():
        accept = 1.0 - (1.0 - accept) * (1.0 - waiting)
    classes, gates = len(own.nationalities), len(frame.gates)
    rules = Rules(
        expel=_by_day(np.where(own.expulsion, share[0], 0.0)),
        accept=_by_day(accept),
        appointments=_by_day(np.nan_to_num(own.appointments_people, nan=-1.0)),
        turn_back=turn_back,
        choice=choice,
        quota=_by_day(quota),
        period=_period_of_day(frame),
        keep=np.ones((days, classes, gates)),
        gain=np.zeros((days, classes, gates)),
        stop=np.zeros((days, len(frame.itineraries.sources) + 2 * classes)),
        waits=np.ones((days, classes)),
        ceiling=np.full((days, gates), -1.0),
    )
    return rules, tuple(path.policy for path in own.pathways)


def _between(reading: Reading, rules: Rules, base: Reading, others: Rules) -> dict[str, Floats]:
    """Return the attributes that follow from the rules of both: outcomes, appointments, places a day."""

    def places(of: Reading) -> Floats:
        names = of.timetable.nationalities
        out = np.zeros((len(rules.period), len(names)))
        for path in of.timetable.pathways:
            named = [c for c, name in enumerate(names) if name in path.nationalities]
            out[:, named] += path.quota_people[:, None] / max(1, len(named))
        return out

    admitted = (np.maximum(rules.appointments, 0.0) - np.maximum(others.appointments, 0.0)) / 100.0
    parts = {
        SENT_BACK: _sent_back(rules) - _sent_back(others),
        APPOINTED: np.repeat(admitted[:, None, :], rules.choice.shape[1], axis=1),
        PLACES: places(reading) - places(base),
    }
    return {name: values for name, values in parts.items() if values.any()}


def _sent_back(rules: Rules) -> Floats:
    """Return float64[day, class, gate], the chance that a policy sends one back who is met."""
    return np.swapaxes(rules.expel + (1.0 - rules.expel) * rules.accept, 1, 2)


def _turning(rules: Rules, others: Rules) -> Floats:
    """Return float64[day, class]: of those turned back, the part that still is, as fewer are sent back."""
    before = (others.choice * _sent_back(others)).sum(axis=2)
    now = (others.choice * _sent_back(rules)).sum(axis=2)
    return np.asarray(np.divide(now, before, out=np.ones_like(now), where=now < before))


def _shut(base: Reading, ground: Ground, days: int) -> npt.NDArray[np.bool_]:
    out = np.zeros((days, len(ground.sources)), dtype=np.bool_)
    for _, parts in base.parts:
        for part in parts:
            if part.coefficient in (AIR_SHUT, LAND_SHUT):
                out |= np.multiply.outer(part.days, part.over) > 0.0
    return out


def with_demand(plan: Plan, demand: Demand) -> Plan:
    """Return the plan with another demand; what its policies decide is not worked out again."""
    turn_back, choice = _ways(plan.frame, plan.timetable, demand)
    rules = plan.rules._replace(turn_back=turn_back, choice=choice)
    return replace(plan, rules=rules, departures=_departures(plan.frame, demand))


def _ways(frame: Frame, own: Timetable, demand: Demand) -> tuple[Floats, Floats]:
    """Return what a demand decides by day: who is turned back, and which gate is chosen."""
    month = month_index(frame, demand.months)
    # People stop before a border because they would be sent back: where nobody would be, they do not stop.
    sent_back = (own.expulsion | own.returns).any(axis=0)
    return _by_day(demand.turned_back[:, month] * sent_back), _by_day(demand.choice[:, :, month])


def _by_day(values: Floats) -> Floats:
    """Move the last axis, the day, to the front: the kernel reads one day after the other."""
    return np.ascontiguousarray(np.moveaxis(values, -1, 0))


def _periods(span: Span, cuts: tuple[date, ...]) -> tuple[Span, ...]:
    starts = {first_day(month) for month in months_in(span)} | {span.start} | set(cuts)
    inside = sorted(day for day in starts if day in span)
    return tuple(Span(a, b) for a, b in zip(inside, [*inside[1:], span.end], strict=True))


def _period_of_day(frame: Frame) -> npt.NDArray[np.int64]:
    counts = [period.days for period in frame.periods]
    return np.repeat(np.arange(len(counts)), counts).astype(np.int64)


def _departures(frame: Frame, demand: Demand) -> Floats:
    """Spread the departures of each month evenly over its days; days of other months have none."""
    out = np.zeros((frame.span.days, len(frame.itineraries.sources)))
    for s, source in enumerate(frame.itineraries.sources):
        monthly = demand.departures_people.get((source.nationality, source.route))
        if monthly is None:
            continue
        for month, people in zip(demand.months, monthly, strict=True):
            part = month_span(month).clip(frame.span)
            if part is not None:
                first, last = frame.day(part.start), frame.day(part.start) + part.days
                out[first:last, s] = people / month_span(month).days
    return out
