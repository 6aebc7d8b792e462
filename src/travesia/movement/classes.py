"""Classes of people in a displacement: by what their choices read, and by nothing else.

Age and gender matter only through the power to which they take a place's score; the origin only through
what is foreign to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement import Displacement
from travesia.movement.kernel import MOST_CLASSES
from travesia.movement.settings import MoveRules
from travesia.terms import ScenarioError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Classes:
    """Groups that score alike; each class is its own group."""

    group: npt.NDArray[np.int64]
    """[class]"""
    share: Floats
    """[place, class] shares of those who appear there; sums to 1."""
    foreign: Floats
    """[group, place] factor of the score abroad."""
    power: Floats
    """[group] power to which the score is taken; 0: it is 1."""


def classes_of(displacement: Displacement, quirks: bool) -> Classes:
    """Return the classes. The peer calls foreign what is abroad for the first site, we for each origin.

    Whoever stands in a camp on day 0 counts as from the country of the first site: no file says more.

    Raises
    ------
    ScenarioError
        If there are more than the kernel can tell apart.
    """
    sites, move = displacement.sites, displacement.settings.move
    home = sites[0].country
    countries = [home] if quirks else sorted({site.country for site in sites})
    shares = [_power_shares(displacement, site.name) for site in sites]
    powers = sorted({power for share in shares for power in share})
    pairs = [(country, power) for country in countries for power in powers]
    if len(pairs) > MOST_CLASSES:
        raise ScenarioError(
            displacement.name,
            f"{len(countries):,} countries and {len(powers)} ways to avoid hazards make more than "
            f"{MOST_CLASSES:,} classes of people",
            "merge countries, or let age and gender not matter",
        )
    share = np.zeros((len(sites), len(pairs)))
    for p, site in enumerate(sites):
        origin = home if quirks or "camp" in site.kind.lower() else site.country
        for power, part in shares[p].items():
            share[p, pairs.index((origin, power))] = part
    foreign = np.array(
        [[move.foreign_weight if site.country != country else 1.0 for site in sites] for country, _ in pairs]
    )
    return Classes(np.arange(len(pairs)), share, foreign, np.array([power for _, power in pairs]))


def _power_shares(displacement: Displacement, place: str) -> dict[float, float]:
    """Return the share of people by the power that they take scores to, at a place."""
    move = displacement.settings.move
    if not (move.children_avoid_hazards or move.elderly_avoid_hazards or move.women_avoid_hazards):
        return {1.0: 1.0}
    ages = _weights(displacement, "age", place, "-1")
    genders = _weights(displacement, "gender", place, "")
    out: dict[float, float] = defaultdict(float)
    for age, age_share in ages:
        for gender, gender_share in genders:
            out[_power(move, float(age), gender)] += age_share * gender_share
    return dict(out)


def _power(move: MoveRules, age: float, gender: str) -> float:
    power = 1.0
    if move.children_avoid_hazards:
        power *= 2.0 if age < 19 else 1.0
        if move.boys_take_risk and gender == "male" and age > 14:
            power = 0.0
    if move.elderly_avoid_hazards and age > 59:
        power *= 2.0
    if move.women_avoid_hazards and gender == "female":
        power *= 2.0
    return power


def _weights(
    displacement: Displacement, attribute: str, place: str, absent: str
) -> Sequence[tuple[str, float]]:
    table = displacement.demographics.get(attribute)
    if table is None:
        return [(absent, 1.0)]
    values, columns = table
    weights = columns.get(place, columns["Default"])
    return [(value, float(w / weights.sum())) for value, w in zip(values, weights, strict=True)]
