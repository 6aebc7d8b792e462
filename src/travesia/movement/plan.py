"""From a scenario to the kernel's arrays.

A **frame** holds what all scenarios of a study share: itineraries, days, periods, the layout of states.
A **plan** adds what holds in one scenario. Two plans of one frame can be compared by day and nationality
(`apart`), so that what is the same is computed once.
"""

from __future__ import annotations

from collections.abc import Mapping
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
from travesia.movement.itineraries import Itineraries, Leg, Station, legs_of
from travesia.movement.kernel import GATE, HUB, Journeys, Layout, Rules, Sources
from travesia.movement.stretches import first_places
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
    layout = _layout(itineraries, gates, places, links, region)
    longest = max((leg.days for leg in legs), default=1)
    return Frame(
        region, itineraries, span, _periods(span, cuts), gates, tuple(places), tuple(links), layout,
        _sources(itineraries, places), journeys_of(itineraries, gates, region), max(longest, 64) + 1,
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


def _layout(
    itineraries: Itineraries,
    gates: tuple[str, ...],
    places: list[str],
    links: list[tuple[str, bool]],
    region: Region,
) -> Layout:
    stations = itineraries.stations
    number = {station: k for k, station in enumerate(stations)}
    classes = {name: c for c, name in enumerate(itineraries.nationalities)}
    first_link, link, offset = _leg_arrays(legs_of(itineraries), links)
    moves = [(target, leg) for station in stations for target, leg in itineraries.moves[station]]
    counts = [len(itineraries.moves[station]) for station in stations]
    kind_of_gate = dict(region.gates.select("id", "kind").iter_rows())
    ints = np.int64
    return Layout(
        cls=np.array([classes[s.nationality] for s in stations], dtype=ints),
        kind=np.array([s.kind for s in stations], dtype=ints),
        gate=np.array([gates.index(s.gate) if s.gate else -1 for s in stations], dtype=ints),
        attempt=np.array([s.attempt for s in stations], dtype=ints),
        place=np.array([places.index(s.place) for s in stations], dtype=ints),
        retry=np.array([number[_next_attempt(s, number)] for s in stations], dtype=ints),
        key=np.array([chance.word(s.name) for s in stations], dtype=np.uint64),
        leave=np.array([_leave(s, itineraries) for s in stations]),
        first_move=np.concatenate([[0], np.cumsum(counts)]).astype(ints),
        move_target=np.array([number[target] for target, _ in moves], dtype=ints),
        move_days=np.array([leg.days for _, leg in moves], dtype=ints),
        move_gate=np.array(
            [gates.index(t.gate) if t.kind == GATE and t.gate else -1 for t, _ in moves], dtype=ints
        ),
        first_link=first_link,
        link=link,
        offset=offset,
        gate_key=np.array([chance.word(f"gate|{gate}") for gate in gates], dtype=np.uint64),
        between_ports=np.array([kind_of_gate[gate] == "sector" for gate in gates], dtype=ints),
        at_gate=_at_gate(stations, classes, gates),
    )


def _at_gate(
    stations: tuple[Station, ...], classes: Mapping[str, int], gates: tuple[str, ...]
) -> npt.NDArray[np.int64]:
    attempts = 1 + max((station.attempt for station in stations), default=0)
    out = np.full((len(classes), len(gates), attempts), -1, dtype=np.int64)
    for k, station in enumerate(stations):
        if station.kind == GATE and station.gate:
            out[classes[station.nationality], gates.index(station.gate), station.attempt] = k
    return out


def _next_attempt(station: Station, number: Mapping[Station, int]) -> Station:
    later = replace(station, attempt=station.attempt + 1)
    return later if station.kind == GATE and later in number else station


def _leave(station: Station, itineraries: Itineraries) -> float:
    # Who leaves with chance p on each day, the first included, waits (1 - p) / p days on average.
    return 1.0 / (1.0 + itineraries.waits_days.get(station.place, 0.0)) if station.kind == HUB else 1.0


def _leg_arrays(
    legs: list[Leg], links: list[tuple[str, bool]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    place = {link: i for i, link in enumerate(links)}
    first, numbers, offsets = [0], list[int](), list[int]()
    for leg in legs:
        numbers += [place[step.link, step.forward] for step in leg.steps]
        offsets += leg.crossed
        first.append(len(numbers))
    return tuple(np.array(x, dtype=np.int64) for x in (first, numbers, offsets))  # type: ignore[return-value]


def _sources(itineraries: Itineraries, places: list[str]) -> Sources:
    moves = sum(len(found) for found in itineraries.moves.values())
    number = {station: k for k, station in enumerate(itineraries.stations)}
    starts = [start for source in itineraries.sources for start in source.starts]
    counts = [len(source.starts) for source in itineraries.sources]
    names = [f"{source.nationality}|{source.route}" for source in itineraries.sources]
    origins = [place for source in itineraries.sources for place in first_places(source)]
    return Sources(
        key=np.array([chance.word(name) for name in names], dtype=np.uint64),
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        target=np.array([number[station] for _, station, _ in starts], dtype=np.int64),
        leg=np.arange(moves, moves + len(starts), dtype=np.int64),
        days=np.array([leg.days for _, _, leg in starts], dtype=np.int64),
        weight=np.array([weight for weight, _, _ in starts]),
        place=np.array([places.index(name) for name in origins], dtype=np.int64),
        start_key=np.array([chance.word(name) for name in origins], dtype=np.uint64),
        pathway_key=np.zeros(0, dtype=np.uint64),
        class_key=np.array([chance.word(name) for name in itineraries.nationalities], dtype=np.uint64),
    )
