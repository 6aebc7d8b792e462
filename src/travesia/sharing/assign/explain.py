"""Why this place, and why none: score terms, prices, the runner-up and its cost, reasons."""

from __future__ import annotations

import numpy as np

from travesia.sharing.assign.bound import net_worth
from travesia.sharing.assign.instance import Instance
from travesia.sharing.assign.placements import GroupResult, Placement, Price, Unplaced
from travesia.sharing.assign.program import OUT, Floats, Ints, loads


def placements_of(instance: Instance, chosen: Ints, prices: Floats) -> tuple[Placement, ...]:
    """Return the placed cases with their runner-up at the prices."""
    program = instance.program
    net = net_worth(program, prices)
    runner = _runner_up(program.start, net, chosen)
    places, resources = program.capacity.shape
    of_place = prices[: places * resources].reshape(places, resources)
    found = []
    for case, family in enumerate(instance.family_of):
        pair = chosen[family]
        if pair == OUT:
            continue
        place = int(program.place[pair])
        terms = terms_of(instance, case, place)
        other = runner[family]
        paid = {
            name: float(of_place[place, number] * program.use[family, number])
            for number, name in enumerate(instance.resources)
            if of_place[place, number] and program.use[family, number]
        }
        found.append(
            Placement(
                case=instance.cases[case],
                place=instance.places[place],
                score=sum(terms.values()),
                runner_up=None if other == OUT else instance.places[int(program.place[other])],
                cost=None if other == OUT else float(net[pair] - net[other]),
                terms=terms,
                prices=paid,
            )
        )
    return tuple(found)


def unplaced_of(instance: Instance, chosen: Ints, prices: Floats) -> tuple[Unplaced, ...]:
    """Return the cases without a place, each with its reason."""
    out = np.flatnonzero(chosen[instance.family_of] == OUT)
    places, resources = instance.program.capacity.shape
    load = loads(instance.program, chosen)[: places * resources].reshape(places, resources)
    room = instance.program.capacity - load
    return tuple(
        Unplaced(instance.cases[case], int(instance.people[case]), _reason(instance, int(case), room))
        for case in out
    )


def not_admissible(instance: Instance, case: int) -> str:
    """Say what leaves a case without any admissible place."""
    words = instance.why_not.get(case, "no place takes all cases that it is linked to")
    return f"no admissible place: {words}"


def _reason(instance: Instance, case: int, room: Floats) -> str:
    program = instance.program
    family = int(instance.family_of[case])
    pairs = np.arange(program.start[family], program.start[family + 1])
    if not len(pairs):
        return not_admissible(instance, case)
    open_to = program.place[pairs]
    free = open_to[(program.use[family] <= room[open_to]).all(axis=1)]
    if not len(free):
        best = int(open_to[np.argmax(program.score[pairs])])
        return (
            f"no room: all {len(open_to)} admissible places are too full for it, {instance.places[best]},"
            " its best, among them; others bring more there"
        )
    if program.score[pairs].max() < 0:
        return "cheaper out: its score is below zero at every admissible place"
    free_place = instance.places[int(free[0])]
    return f"cheaper out: {free_place} has room, but a floor, a share or a better total forbids it"


def prices_of(instance: Instance, prices: Floats) -> tuple[Price, ...]:
    """Return the prices of the conditions that bind, the dearest first."""
    places, resources = instance.program.capacity.shape
    found = []
    for row in np.flatnonzero(np.abs(prices) > 1e-9):
        lower, upper = instance.rows.get(int(row), (None, None))
        condition = upper if prices[row] > 0 else lower
        if condition is None:
            continue
        resource = int(row) % resources if row < places * resources else None
        scale = 1 if resource is None else instance.scale[resource]
        unit = "people" if resource is None else instance.resources[resource]
        found.append(Price(condition.words, unit, float(prices[row]) * scale))
    return tuple(sorted(found, key=lambda price: -abs(price.price)))


def groups_of(
    instance: Instance, chosen: Ints, prices: Floats, levels: tuple[float, ...] = ()
) -> tuple[GroupResult, ...]:
    """Return what each group got, beside its level under leximin of the relaxation."""
    count = len(instance.groups)
    if not count:
        return ()
    got = loads(instance.program, chosen)[-count:]
    floors = instance.program.group_floor
    return tuple(
        GroupResult(
            group=name,
            mean=float(got[at] / instance.group_size[at]),
            floor=float(floors[at] / instance.group_size[at]) if np.isfinite(floors[at]) else None,
            price=float(0.0 - prices[len(prices) - count + at] * instance.group_size[at]),
            level=levels[at] if levels else None,
        )
        for at, name in enumerate(instance.groups)
    )


def terms_of(instance: Instance, case: int, place: int) -> dict[str, float]:
    """Return the parts of the score of a case at one of its admissible places."""
    first = int(instance.case_start[case])
    at = first + int(np.searchsorted(instance.case_place[first : instance.case_start[case + 1]], place))
    return {name: float(term[at]) for name, term in instance.terms.items()}


def _runner_up(start: Ints, net: Floats, chosen: Ints) -> Ints:
    """Return the best pair of each family besides the chosen one, [F]; `OUT` if there is none."""
    others = net.copy()
    others[chosen[chosen != OUT]] = -np.inf
    runner = np.full(len(chosen), OUT)
    some = np.flatnonzero(np.diff(start) > 0)
    best = np.full(len(chosen), -np.inf)
    best[some] = np.maximum.reduceat(others, start[some])
    family = np.repeat(np.arange(len(chosen)), np.diff(start))
    at = np.flatnonzero((others == best[family]) & np.isfinite(others))
    first, index = np.unique(family[at], return_index=True)
    runner[first] = at[index]
    return runner
