"""A reference simulator: one person at a time, slow and obvious, by the rules that the kernel's page states.

It shares the plan's arrays with the kernel and nothing else: no cohorts, no quantiles, no keyed numbers.
Lawful pathways and appointments, which are shared between people, are left to other tests.
"""

from __future__ import annotations

import numpy as np

from travesia.movement import OUTCOMES, Drawn, Plan
from travesia.movement.kernel import CHECKPOINT, DELAY_DAYS, HUB, NOT_MET, RETRY_EXPELLED, RETRY_RETURNED


class World:
    """What one run leads to: events by class, gate and outcome, and people met, over the whole span."""

    def __init__(self, plan: Plan) -> None:
        gates, classes = len(plan.frame.gates), len(plan.frame.itineraries.nationalities)
        self.counts = np.zeros((classes, gates, len(OUTCOMES)))
        self.people = np.zeros((classes, gates))


def walk(plan: Plan, drawn: Drawn, rng: np.random.Generator) -> World:
    """Run every person of a plan from departure to the end of the span."""
    world = World(plan)
    sources = plan.frame.sources
    for day in range(plan.frame.span.days):
        for s in range(len(sources.key)):
            for _ in range(rng.poisson(drawn.departures[day, s])):
                starts = range(sources.first[s], sources.first[s + 1])
                weight = sources.weight[starts.start : starts.stop]
                start = rng.choice(starts, p=weight / weight.sum())
                _person(plan, drawn, rng, world, int(sources.target[start]), day + int(sources.days[start]))
    return world


def _person(plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, at: int, day: int) -> None:
    layout = plan.frame.layout
    while day < plan.frame.span.days:
        cls, gate = layout.cls[at], layout.gate[at]
        if layout.kind[at] == CHECKPOINT:
            world.counts[cls, gate, OUTCOMES.index("passed")] += 1
            move = layout.first_move[at]
        elif layout.kind[at] == HUB:
            if gate >= 0:
                world.counts[cls, gate, OUTCOMES.index("passed")] += 1
            while rng.random() >= layout.leave[at]:
                day += 1
            if day >= plan.frame.span.days:
                return
            moves = range(layout.first_move[at], layout.first_move[at + 1])
            chosen = np.array([plan.rules.choice[day, cls, layout.move_gate[m]] for m in moves])
            move = int(rng.choice(moves, p=chosen / chosen.sum()))
        else:
            again = _gate(plan, drawn, rng, world, at, day)
            if not again:
                return
            at, day = int(layout.retry[at]), day + int(drawn.parameters[DELAY_DAYS])
            continue
        at, day = int(layout.move_target[move]), day + int(layout.move_days[move])


def _gate(plan: Plan, drawn: Drawn, rng: np.random.Generator, world: World, at: int, day: int) -> bool:
    """Meet a gate; tell whether the person will try again."""
    layout, rules = plan.frame.layout, plan.rules
    cls, gate, first = layout.cls[at], layout.gate[at], layout.attempt[at] == 0
    tally = world.counts[cls, gate]
    if first and rng.random() < rules.turn_back[day, cls]:
        tally[OUTCOMES.index("turned_back")] += 1
        return False
    if layout.between_ports[gate] and rng.random() < drawn.parameters[NOT_MET]:
        tally[OUTCOMES.index("passed")] += 1
        return False
    if first:
        world.people[cls, gate] += 1
    if rng.random() < rules.expel[day, gate, cls]:
        tally[OUTCOMES.index("expelled")] += 1
        return bool(rng.random() < drawn.parameters[RETRY_EXPELLED])
    accepted = rng.random() < rules.accept[day, gate, cls]
    if accepted or rng.random() < drawn.base_return[cls]:
        tally[OUTCOMES.index("returned")] += 1
        return bool(rng.random() < drawn.parameters[RETRY_RETURNED])
    tally[OUTCOMES.index("let_in")] += 1
    return False
