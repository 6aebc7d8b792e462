"""A reference simulator: one person at a time, slow and obvious, by the rules that the kernel's page states.

It shares the plan's arrays with the kernel and nothing else: no cohorts, no quantiles, no keyed numbers.
Lawful pathways and ceilings, which are shared between people, are left to other tests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from travesia.movement import OUTCOMES, Drawn, Plan
from travesia.movement.kernel import (
    ACROSS,
    CHECKPOINT,
    DELAY_DAYS,
    FLOWN,
    GATE,
    GAVE_UP,
    HUB,
    JOINED,
    LEAVE_QUEUE,
    NIGHTS,
    NOT_MET,
    REMOVED,
    RETRY_STOPPED,
    SERVED,
    SWITCH_DAYS,
    Rules,
)


@dataclass
class Person:
    """Somebody on the way, by the state that is reached; `waited` for an appointment, or not."""

    at: int
    waited: bool = False


Dates = Mapping[int, list[Person]]
"""Who is due, by day."""


class World:
    """What one run leads to over the whole span: events by class, gate and outcome, people met, queues."""

    def __init__(self, plan: Plan, rules: Rules) -> None:
        self.rules = rules
        gates, classes = len(plan.frame.gates), len(plan.frame.itineraries.nationalities)
        self.counts = np.zeros((classes, gates, len(OUTCOMES)))
        self.people = np.zeros((classes, gates))
        self.queue = np.zeros((classes, gates, 4))
        self.asking: list[list[Person]] = [[] for _ in range(gates)]


def walk(plan: Plan, drawn: Drawn, rng: np.random.Generator, rules: Rules | None = None) -> World:
    """Run every person of a plan from departure to the end of the span, by the plan's rules or other ones."""
    world = World(plan, plan.rules if rules is None else rules)
    sources, dates = plan.frame.sources, defaultdict[int, list[Person]](list)
    for day in range(plan.frame.span.days):
        left = _serve(plan, drawn, rng, world, day, dates)
        served = _called(plan, rng, left, dates[day])
        for person in dates.pop(day):
            later = _step(plan, drawn, rng, world, person, day, id(person) in served)
            if later is not None:
                dates[later].append(person)
        for gate, waiting in enumerate(world.asking):
            for person in waiting:
                world.queue[plan.frame.layout.cls[person.at], gate, NIGHTS] += 1
        for s in range(len(sources.key)):
            for _ in range(rng.poisson(drawn.departures[day, s])):
                starts = range(sources.first[s], sources.first[s + 1])
                weight = sources.weight[starts.start : starts.stop]
                start = rng.choice(starts, p=weight / weight.sum())
                late = _checked(world.rules.stop[day, s], drawn, rng)
                if late is not None:
                    dates[day + int(sources.days[start]) + late].append(Person(int(sources.target[start])))
    return world


def _serve(
    plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, day: int, dates: Dates
) -> list[int]:
    """Let in by lot those who wait for an appointment; return by gate the places that are left."""
    layout, rules, left = plan.frame.layout, world.rules, list[int]()
    for gate, waiting in enumerate(world.asking):
        places = int(np.floor(max(rules.appointments[day, gate], 0.0) + rng.random()))
        world.asking[gate] = []
        if rules.appointments[day, gate] < 0.0:
            dates[day].extend(waiting)
            for person in waiting:
                world.queue[layout.cls[person.at], gate, GAVE_UP] += 1
        else:
            rng.shuffle(waiting)
            for person in waiting[:places]:
                _count_met(plan, world, person, gate, "admitted")
                world.queue[layout.cls[person.at], gate, SERVED] += 1
            for person in waiting[places:]:
                cls = layout.cls[person.at]
                others = _at_other_gates(plan, person.at)
                weights = np.array([rules.choice[day, cls, layout.gate[k]] for k in others])
                gives_up = rng.random() < drawn.parameters[LEAVE_QUEUE]
                if gives_up and weights.sum() > 0.0:
                    person.at = int(rng.choice(others, p=weights / weights.sum()))
                    dates[day + int(drawn.parameters[SWITCH_DAYS])].append(person)
                    world.queue[cls, gate, GAVE_UP] += 1
                else:
                    world.asking[gate].append(person)
        left.append(max(0, places - len(waiting)))
    return left


def _called(plan: Plan, rng: np.random.Generator, left: list[int], due: list[Person]) -> set[int]:
    """Return who of those due today gets one of the places that are left, by lot."""
    layout, out = plan.frame.layout, set[int]()
    for gate, places in enumerate(left):
        here = [p for p in due if layout.kind[p.at] == GATE and layout.gate[p.at] == gate]
        rng.shuffle(here)
        out |= {id(person) for person in here[:places]}
    return out


def _step(
    plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, person: Person, day: int, called: bool
) -> int | None:
    """Let happen what happens to a person on a day; return the day of what comes next, if anything does."""
    layout, rules, at = plan.frame.layout, world.rules, person.at
    stretches = len(plan.frame.sources.key)
    cls, gate = layout.cls[at], layout.gate[at]
    if layout.kind[at] == CHECKPOINT:
        world.counts[cls, gate, OUTCOMES.index("passed")] += 1
        move = layout.first_move[at]
        late = _checked(rules.stop[day, stretches + 2 * cls], drawn, rng)
        if late is None:
            return None
        day += late
    elif layout.kind[at] == HUB:
        if gate >= 0:
            world.counts[cls, gate, OUTCOMES.index("passed")] += 1
        left = _left_hub(plan, drawn, rng, rules, at, day)
        if left is None:
            return None
        day = left
        moves = range(layout.first_move[at], layout.first_move[at + 1])
        chosen = np.array([rules.choice[day, cls, layout.move_gate[m]] for m in moves])
        move = int(rng.choice(moves, p=chosen / chosen.sum()))
    else:
        sent_out = _gate(plan, drawn, rng, world, person, day, called)
        if sent_out is None or rng.random() >= drawn.retry[cls, sent_out]:
            return None
        person.at = _next_gate(plan, rng, rules, at, day)
        way = int(layout.home_days[cls]) if sent_out == FLOWN else 0
        return day + int(drawn.parameters[DELAY_DAYS]) + way
    person.at = int(layout.move_target[move])
    return day + int(layout.move_days[move])


def _checked(chance: float, drawn: Drawn, rng: np.random.Generator) -> int | None:
    """Return the days that checks on a stretch cost a person; nothing for one sent back for good."""
    if rng.random() >= chance:
        return 0
    return int(drawn.parameters[DELAY_DAYS]) if rng.random() < drawn.parameters[RETRY_STOPPED] else None


def _left_hub(
    plan: Plan, drawn: Drawn, rng: np.random.Generator, rules: Rules, at: int, day: int
) -> int | None:
    """Return the day on which a person leaves a hub to cross; nothing for one who does not."""
    layout = plan.frame.layout
    cls = layout.cls[at]
    for today in range(day, plan.frame.span.days):
        mean_wait = (1.0 / layout.leave[at] - 1.0) * rules.waits[today, cls]
        if rng.random() < 1.0 / (1.0 + mean_wait):
            if rng.random() >= rules.stop[today, len(plan.frame.sources.key) + 2 * cls + 1]:
                return today
            if rng.random() >= drawn.parameters[RETRY_STOPPED]:
                return None
    return None


def _next_gate(plan: Plan, rng: np.random.Generator, rules: Rules, at: int, day: int) -> int:
    """Return the state of the next try: at the same gate, or at one that has gained."""
    layout = plan.frame.layout
    cls, gate = layout.cls[at], layout.gate[at]
    same = int(layout.retry[at])
    if rng.random() < rules.keep[day, cls, gate]:
        return same
    others = _at_other_gates(plan, same)
    gains = np.array([rules.gain[day, cls, layout.gate[k]] for k in others])
    return int(rng.choice(others, p=gains / gains.sum())) if gains.sum() > 0.0 else same


def _at_other_gates(plan: Plan, at: int) -> list[int]:
    """Return the states of the same people and attempt at other gates."""
    layout = plan.frame.layout
    alike = (layout.cls == layout.cls[at]) & (layout.kind == GATE) & (layout.attempt == layout.attempt[at])
    return [int(k) for k in np.flatnonzero(alike) if k != at]


def _count_met(plan: Plan, world: World, person: Person, gate: int, outcome: str) -> None:
    cls = plan.frame.layout.cls[person.at]
    world.counts[cls, gate, OUTCOMES.index(outcome)] += 1
    if plan.frame.layout.attempt[person.at] == 0:
        world.people[cls, gate] += 1


def _gate(
    plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, person: Person, day: int, called: bool
) -> int | None:
    """Meet a gate; return how the person was sent out, if so."""
    layout, rules, at = plan.frame.layout, world.rules, person.at
    cls, gate = layout.cls[at], layout.gate[at]
    tally = world.counts[cls, gate]
    if layout.attempt[at] == 0 and not person.waited and rng.random() < rules.turn_back[day, cls]:
        tally[OUTCOMES.index("turned_back")] += 1
        return None
    if called:
        _count_met(plan, world, person, gate, "admitted")
        return None
    if rules.appointments[day, gate] >= 0.0 and rng.random() < drawn.asks[cls]:
        person.waited = True
        world.asking[gate].append(person)
        world.queue[cls, gate, JOINED] += 1
        return None
    if layout.between_ports[gate] and rng.random() < drawn.parameters[NOT_MET]:
        tally[OUTCOMES.index("passed")] += 1
        return None
    if rng.random() < rules.expel[day, gate, cls]:
        _count_met(plan, world, person, gate, "expelled")
        return FLOWN if rng.random() < drawn.flown[cls] else ACROSS
    accepted = rng.random() < rules.accept[day, gate, cls]
    if accepted or rng.random() < drawn.base_return[cls]:
        _count_met(plan, world, person, gate, "returned")
        return REMOVED
    _count_met(plan, world, person, gate, "let_in")
    return None
