"""What runs say of journeys: attempts, waits, days, exposure and shifts, a number a run and cell.

Every measure is a sum, or a ratio of sums, over periods of a run; tables over runs and differences between
scenarios are made of these numbers in `stats`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from travesia.movement.flows import Flows
from travesia.movement.kernel import GATE, GAVE_UP, HUB, JOINED, NIGHTS, SERVED
from travesia.movement.plan import Frame

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ALL = "all"
"""Stands for all nationalities together, where their rows cannot be summed."""
STAGES = ("to_hub", "at_hub", "to_gate", "before_gate", "whole")


@dataclass(frozen=True)
class Cells:
    """Numbers by run: `keys` are the columns that name a cell, a value each; `values` is [run, cell]."""

    keys: Mapping[str, Sequence[str | int]]
    values: Floats


Measure = Callable[[Flows, Sequence[int]], Cells]
"""From flows and the periods to sum over to cells; the same cells for all flows of one frame."""


def attempts(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return encounters by nationality, gate and attempt."""
    frame = flows.frame
    states = np.flatnonzero(frame.layout.kind == GATE)
    numbers = (frame.layout.attempt[states] + 1).tolist()
    return Cells({**_who_where(frame, states), "attempt": numbers}, _met(flows, periods)[:, states])


def people_and_encounters(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return people, encounters, and encounters a person, by nationality and for all."""
    border = flows.frame.at_border
    people = _over(flows.people, periods)[..., border].sum(axis=2)
    met = _met(flows, periods)
    encounters = np.stack(
        [met[:, flows.frame.layout.cls == c].sum(axis=1) for c in range(people.shape[1])], axis=1
    )
    people, encounters = _and_all(people), _and_all(encounters)
    names = [*flows.frame.itineraries.nationalities, ALL]
    measures = ("people", "encounters", "encounters_per_person")
    keys = {"nationality": names * 3, "measure": [m for m in measures for _ in names]}
    ratio = _ratio(encounters, people)
    return Cells(keys, np.concatenate([people, encounters, ratio], axis=1))


def waiting(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return person-days of waiting, and the mean days of a wait, at each hub and before each gate."""
    frame, layout = flows.frame, flows.frame.layout
    waited, on_moves = _over(flows.waited, periods), _on_moves(flows, periods)
    spots: dict[tuple[str, str, str], list[int]] = {}
    for k, station in enumerate(frame.itineraries.stations):
        at = ("hub", station.place) if layout.kind[k] == HUB else ("gate", station.gate or "")
        spots.setdefault((station.nationality, *at), []).append(k)
    set_out = _by_start(flows, on_moves) + _by_gate(flows, on_moves)
    days = np.stack([waited[:, states].sum(axis=1) for states in spots.values()], axis=1)
    first = [[k for k in states if layout.attempt[k] == 0] for states in spots.values()]
    people = np.stack([set_out[:, states].sum(axis=1) for states in first], axis=1)
    mean = _ratio(np.stack([waited[:, states].sum(axis=1) for states in first], axis=1), people)
    columns = list(zip(*spots, strict=True)) or [(), (), ()]
    keys = {name: list(column) * 2 for name, column in zip(("nationality", "at", "id"), columns, strict=True)}
    keys["measure"] = ["person_days"] * len(spots) + ["mean_days"] * len(spots)
    return Cells(keys, np.concatenate([days, mean], axis=1))


def queues(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return by nationality and gate who waits for an appointment: people there, coming, going; mean days."""
    frame = flows.frame
    days = sum(frame.periods[i].days for i in periods)
    queue = np.moveaxis(_over(flows.queue, periods)[:, :, np.flatnonzero(frame.at_border)], 3, 0)
    left = queue[SERVED] + queue[GAVE_UP]
    rows = {
        "in_queue": queue[NIGHTS] / days,
        "joined": queue[JOINED],
        "served": queue[SERVED],
        "gave_up": queue[GAVE_UP],
        "mean_days": _ratio(queue[NIGHTS], left),
    }
    names, gates = frame.itineraries.nationalities, [frame.gates[g] for g in np.flatnonzero(frame.at_border)]
    keys = {
        "nationality": [name for name in names for _ in gates] * len(rows),
        "gate": gates * len(names) * len(rows),
        "measure": [name for name in rows for _ in range(len(names) * len(gates))],
    }
    return Cells(keys, np.concatenate([values.reshape(flows.runs, -1) for values in rows.values()], axis=1))


def days_on_the_way(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return mean days from departure to the first arrival at a border gate, stage by stage, by route."""
    sources, (stages, _) = flows.frame.itineraries.sources, _stages(flows, periods)
    keys: dict[str, Sequence[str | int]] = {
        "nationality": [source.nationality for source in sources for _ in STAGES],
        "route": [source.route for source in sources for _ in STAGES],
        "stage": [*STAGES] * len(sources),
    }
    return Cells(keys, stages.reshape(flows.runs, len(sources) * len(STAGES)))


def _stages(flows: Flows, periods: Sequence[int]) -> tuple[Floats, Floats]:
    """Return float64[run, source, stage] mean days, and float64[run, source] people who set out."""
    frame = flows.frame
    out, waited = _over(flows.set_out, periods), _over(flows.waited, periods)
    on_moves = out[:, : len(frame.layout.move_target)]
    left = _by_start(flows, on_moves)
    at_hub = _ratio(waited, left)
    to_gate = _ratio(_by_start(flows, on_moves * frame.layout.move_days), left)
    before_gate = _ratio(_by_start(flows, _nights(flows, on_moves, waited)), left)
    hubs, days = _chains(frame)
    found = np.full((flows.runs, len(frame.itineraries.sources), len(STAGES)), np.nan)
    setting_out = np.zeros(found.shape[:2])
    for s in range(found.shape[1]):
        starts = np.arange(frame.sources.first[s], frame.sources.first[s + 1])
        people, hub = out[:, frame.sources.leg[starts]], hubs[starts]
        spent = (np.broadcast_to(days[starts], people.shape), at_hub[:, hub], to_gate[:, hub])
        for i, part in enumerate((*spent, before_gate[:, hub])):
            found[:, s, i] = _weighted(people, part)
        setting_out[:, s] = people.sum(axis=1)
    found[:, :, -1] = found[:, :, :-1].sum(axis=2)
    return found, setting_out


def exposure(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return person-days on dangerous links, by nationality and danger."""
    dangers, names = flows.frame.region.dangers["id"].to_list(), flows.frame.itineraries.nationalities
    cells = _exposed(flows, periods)
    keys = {
        "nationality": [name for name in names for _ in dangers],
        "danger": dangers * len(names),
    }
    return Cells(keys, cells.reshape(len(cells), len(names) * len(dangers)))


def journeys(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return the measures of all nationalities together, each with its unit."""
    people = _over(flows.people, periods)[..., flows.frame.at_border].sum(axis=(1, 2))
    met, waited = _met(flows, periods), _over(flows.waited, periods)
    stages, setting_out = _stages(flows, periods)
    rows = [
        ("encounters_per_person", ALL, "encounters", _ratio(met.sum(axis=1), people)),
        ("later_attempts", ALL, "encounters", met[:, flows.frame.layout.attempt > 0].sum(axis=1)),
        ("waiting", ALL, "person-days", waited.sum(axis=1)),
        ("days_on_the_way", ALL, "days", _weighted(setting_out, stages[:, :, -1])),
    ]
    exposed = _exposed(flows, periods).sum(axis=1)
    rows += [
        ("exposure", danger, "person-days", exposed[:, i])
        for i, danger in enumerate(flows.frame.region.dangers["id"])
    ]
    names, ids, units, values = zip(*rows, strict=True)
    return Cells({"measure": list(names), "id": list(ids), "unit": list(units)}, np.stack(values, axis=1))


def arrivals_by_way(flows: Flows, periods: Sequence[int]) -> Cells:
    """Return people by border gate of first meeting, by route on which they set out, and by lawful pathway.

    For each nationality, and for all. Gates, routes and pathways are three ways to see people: never add one
    to another.
    """
    frame, sources = flows.frame, flows.frame.itineraries.sources
    names = frame.itineraries.nationalities
    gates = [g for g, border in enumerate(frame.at_border) if border]
    at_gate = _over(flows.people, periods)[..., gates]
    out = _over(flows.set_out, periods)
    routes = sorted({source.route for source in sources})
    by_route = np.zeros((flows.runs, len(names), len(routes)))
    for s, source in enumerate(sources):
        legs = frame.sources.leg[frame.sources.first[s] : frame.sources.first[s + 1]]
        by_route[:, names.index(source.nationality), routes.index(source.route)] += out[:, legs].sum(axis=1)
    lawful = np.swapaxes(_over(flows.lawful, periods), 1, 2)
    whole = np.concatenate([at_gate, by_route, lawful], axis=2)
    whole = np.concatenate([whole, whole.sum(axis=1, keepdims=True)], axis=1)
    ways = [("gate", frame.gates[g]) for g in gates] + [("route", route) for route in routes]
    ways += [("pathway", name) for name in flows.pathways]
    everybody = [*names, ALL]
    keys = {
        "nationality": [name for name in everybody for _ in ways],
        "by": [by for by, _ in ways] * len(everybody),
        "id": [name for _, name in ways] * len(everybody),
    }
    return Cells(keys, whole.reshape(flows.runs, len(everybody) * len(ways)))


def aligned(cells: Cells, other: Cells) -> Cells:
    """Return cells with those of another scenario added where they lack them, at 0: it has no such way."""
    own, others = (list(zip(*of.keys.values(), strict=True)) for of in (cells, other))
    union = sorted({*own, *others})
    values = np.zeros((len(cells.values), len(union)))
    place = {key: i for i, key in enumerate(union)}
    values[:, [place[key] for key in own]] = cells.values
    columns = zip(cells.keys, zip(*union, strict=True), strict=True)
    return Cells({name: list(column) for name, column in columns}, values)


def groups(flows: Flows, periods: Sequence[int], by_period: bool) -> list[tuple[date | None, list[int]]]:
    """Return the periods that are summed together, with the day on which they start if each is by itself."""
    if not by_period:
        return [(None, list(periods))]
    return [(flows.frame.periods[i].start, [i]) for i in periods]


def _over(values: npt.NDArray[np.float32], periods: Sequence[int]) -> Floats:
    return np.asarray(values[:, list(periods)].astype(np.float64).sum(axis=1))


def _met(flows: Flows, periods: Sequence[int]) -> Floats:
    """Return float64[run, state], encounters; those of the first attempt are people first met."""
    layout, out = flows.frame.layout, _over(flows.met_later, periods)
    first = np.flatnonzero((layout.kind == GATE) & (layout.attempt == 0))
    out[:, first] = _over(flows.people, periods)[:, layout.cls[first], layout.gate[first]]
    return out


def _exposed(flows: Flows, periods: Sequence[int]) -> Floats:
    """Return float64[run, class, danger], person-days, the last link of later attempts with them."""
    out, again = _over(flows.exposed, periods), _over(flows.again, periods)
    journeys = flows.frame.journeys
    for danger in range(out.shape[2]):
        days = np.where(journeys.line_danger == danger, journeys.line_days, 0.0)
        out[:, :, danger] += (again * days).sum(axis=2)
    return out


def _ratio(above: Floats, below: Floats) -> Floats:
    """Return above over below; not a number where there is nobody below."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0.0)


def _weighted(people: Floats, days: Floats) -> Floats:
    """Return the mean of days over the people whose days are known."""
    known = np.where(np.isnan(days), 0.0, people)
    return _ratio((known * np.nan_to_num(days)).sum(axis=1), known.sum(axis=1))


def _and_all(values: Floats) -> Floats:
    return np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)


def _who_where(frame: Frame, states: Ints) -> dict[str, list[str]]:
    return {
        "nationality": [frame.itineraries.nationalities[c] for c in frame.layout.cls[states]],
        "gate": [frame.gates[g] for g in frame.layout.gate[states]],
    }


def _on_moves(flows: Flows, periods: Sequence[int]) -> Floats:
    """Return float64[run, move], people who set out from a station: moves have the first legs."""
    return _over(flows.set_out, periods)[:, : len(flows.frame.layout.move_target)]


def _by_start(flows: Flows, on_moves: Floats) -> Floats:
    """Return float64[run, state], what is on the moves that leave a station."""
    layout = flows.frame.layout
    return _by_state(flows, on_moves, np.repeat(np.arange(len(layout.cls)), np.diff(layout.first_move)))


def _by_gate(flows: Flows, on_moves: Floats) -> Floats:
    """Return float64[run, state], what is on the moves that lead from a hub to a gate."""
    layout = flows.frame.layout
    return _by_state(flows, on_moves, np.where(layout.move_gate >= 0, layout.move_target, -1))


def _by_state(flows: Flows, on_moves: Floats, state_of_move: Ints) -> Floats:
    out = np.zeros((flows.runs, len(flows.frame.layout.cls)))
    kept = np.flatnonzero(state_of_move >= 0)
    np.add.at(out.T, state_of_move[kept], on_moves.T[kept])
    return out


def _nights(flows: Flows, on_moves: Floats, waited: Floats) -> Floats:
    """Return float64[run, move], nights before the gate to which a move leads.

    Of those at a gate nobody knows from which hub they came: all wait alike.
    """
    layout = flows.frame.layout
    each = np.nan_to_num(_ratio(waited, _by_gate(flows, on_moves)))
    return np.where(layout.move_gate >= 0, on_moves * each[:, layout.move_target], 0.0)


def _chains(frame: Frame) -> tuple[Ints, Floats]:
    """Return, by start, the hub at which its journey arrives and the days until then."""
    layout, sources = frame.layout, frame.sources
    hubs, days = sources.target.copy(), sources.days.astype(np.float64)
    for start in range(len(hubs)):
        while layout.kind[hubs[start]] != HUB:
            move = layout.first_move[hubs[start]]
            days[start] += layout.move_days[move]
            hubs[start] = layout.move_target[move]
    return hubs, days
