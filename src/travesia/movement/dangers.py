"""What the links of journeys mean to those who cross them: days, and dangers that the pack names."""

from __future__ import annotations

import numpy as np

from travesia.movement.itineraries import Itineraries, legs_of
from travesia.movement.kernel import GATE, Journeys
from travesia.movement.routes import Step
from travesia.region import Region


def journeys_of(itineraries: Itineraries, gates: tuple[str, ...], region: Region) -> Journeys:
    """Return who is on each leg, for how long on each link, and which links are dangerous.

    People come to a gate again by the last link of the way to it; from several hubs, that of the last one.
    """
    number = {name: c for c, name in enumerate(itineraries.nationalities)}
    onward = [(station, *move) for station in itineraries.stations for move in itineraries.moves[station]]
    who = [station.nationality for station, _, _ in onward]
    who += [source.nationality for source in itineraries.sources for _ in source.starts]
    of_link, dangers = region.danger_of_link, region.dangers["id"].to_list()

    def danger(step: Step) -> int:
        return dangers.index(of_link[step.link]) if step.link in of_link else -1

    steps = [step for leg in legs_of(itineraries) for step in leg.steps]
    line_days = np.zeros((len(number), len(gates)))
    line_danger = np.full(line_days.shape, -1, dtype=np.int64)
    for _, target, leg in onward:
        if target.kind == GATE and target.gate and leg.steps:
            at = number[target.nationality], gates.index(target.gate)
            line_days[at], line_danger[at] = leg.steps[-1].days, danger(leg.steps[-1])
    return Journeys(
        cls=np.array([number[name] for name in who], dtype=np.int64),
        days=np.array([step.days for step in steps]),
        danger=np.array([danger(step) for step in steps], dtype=np.int64),
        line_days=line_days,
        line_danger=line_danger,
    )
