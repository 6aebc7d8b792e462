"""A reference simulator: one person at a time, slow and obvious, by the rules that the kernel's page states.

It shares the plan's arrays with the kernel and nothing else: no cohorts, no quantiles, no keyed numbers.
Lawful pathways, appointments and queues, which are shared between people, are left to other tests.
"""

from __future__ import annotations

import numpy as np

from travesia.movement import OUTCOMES, Drawn, Plan
from travesia.movement.kernel import (
    ACROSS,
    CHECKPOINT,
    DELAY_DAYS,
    FLOWN,
    GATE,
    HUB,
    NOT_MET,
    REMOVED,
    RETRY_STOPPED,
    Rules,
)


class World:
    """What one run leads to: events by class, gate and outcome, and people met, over the whole span."""

    def __init__(self, plan: Plan, rules: Rules) -> None:
        self.rules = rules
        gates, classes = len(plan.frame.gates), len(plan.frame.itineraries.nationalities)
        self.counts = np.zeros((classes, gates, len(OUTCOMES)))
        self.people = np.zeros((classes, gates))


def walk(plan: Plan, drawn: Drawn, rng: np.random.Generator, rules: Rules | None = None) -> World:
    """Run every person of a plan from departure to the end of the span, by the plan's rules or other ones."""
    world = World(plan, plan.rules if rules is None else rules)
    sources = plan.frame.sources
    for day in range(plan.frame.span.days):
        for s in range(len(sources.key)):
            for _ in range(rng.poisson(drawn.departures[day, s])):
                starts = range(sources.first[s], sources.first[s + 1])
                weight = sources.weight[starts.start : starts.stop]
                start = rng.choice(starts, p=weight / weight.sum())
                late = _checked(world.rules.stop[day, s], drawn, rng)
                if late is not None:
                    at, due = int(sources.target[start]), day + int(sources.days[start]) + late
                    _person(plan, drawn, rng, world, at, due)
    return world


def _person(plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, at: int, day: int) -> None:
    layout, rules = plan.frame.layout, world.rules
    stretches = len(plan.frame.sources.key)
    while day < plan.frame.span.days:
        cls, gate = layout.cls[at], layout.gate[at]
        if layout.kind[at] == CHECKPOINT:
            world.counts[cls, gate, OUTCOMES.index("passed")] += 1
            move = layout.first_move[at]
            late = _checked(rules.stop[day, stretches + 2 * cls], drawn, rng)
            if late is None:
                return
            day += late
        elif layout.kind[at] == HUB:
            if gate >= 0:
                world.counts[cls, gate, OUTCOMES.index("passed")] += 1
            left = _left_hub(plan, drawn, rng, rules, at, day)
            if left is None:
                return
            day = left
            moves = range(layout.first_move[at], layout.first_move[at + 1])
            chosen = np.array([rules.choice[day, cls, layout.move_gate[m]] for m in moves])
            move = int(rng.choice(moves, p=chosen / chosen.sum()))
        else:
            sent_out = _gate(plan, drawn, rng, world, at, day)
            if sent_out is None or rng.random() >= drawn.retry[cls, sent_out]:
                return
            at, day = _next_gate(plan, rng, rules, at, day), day + int(drawn.parameters[DELAY_DAYS])
            if sent_out == FLOWN:
                day += int(layout.home_days[cls])
            continue
        at, day = int(layout.move_target[move]), day + int(layout.move_days[move])


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
    attempt = layout.attempt[same]
    others = [
        k for k in range(len(layout.cls))
        if layout.cls[k] == cls and layout.kind[k] == GATE and layout.attempt[k] == attempt and k != same
    ]  # fmt: skip
    gains = np.array([rules.gain[day, cls, layout.gate[k]] for k in others])
    return int(rng.choice(others, p=gains / gains.sum())) if gains.sum() > 0.0 else same


def _gate(plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, at: int, day: int) -> int | None:
    """Meet a gate; return how the person was sent out, if so."""
    layout, rules = plan.frame.layout, world.rules
    cls, gate, first = layout.cls[at], layout.gate[at], layout.attempt[at] == 0
    tally = world.counts[cls, gate]
    if first and rng.random() < rules.turn_back[day, cls]:
        tally[OUTCOMES.index("turned_back")] += 1
        return None
    if layout.between_ports[gate] and rng.random() < drawn.parameters[NOT_MET]:
        tally[OUTCOMES.index("passed")] += 1
        return None
    if first:
        world.people[cls, gate] += 1
    if rng.random() < rules.expel[day, gate, cls]:
        tally[OUTCOMES.index("expelled")] += 1
        return FLOWN if rng.random() < drawn.flown[cls] else ACROSS
    accepted = rng.random() < rules.accept[day, gate, cls]
    if accepted or rng.random() < drawn.base_return[cls]:
        tally[OUTCOMES.index("returned")] += 1
        return REMOVED
    tally[OUTCOMES.index("let_in")] += 1
    return None
