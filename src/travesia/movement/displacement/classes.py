"""Classes of people in a displacement: by what their choices read, and by nothing else.

Age and gender matter only through the power to which they take a place's score; the origin only through
what is foreign to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

import numpy as np
import numpy.typing as npt

from travesia.movement.displacement.counts import is_camp
from travesia.movement.displacement.displacement import Displacement, Site
from travesia.movement.displacement.settings import MoveRules
from travesia.movement.kernel import MOST_CLASSES
from travesia.terms import ScenarioError

Floats = npt.NDArray[np.float64]
_EARTH_KM = 6371.0


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
    nearness: Floats
    """[group, place] factor of the score by the distance from home."""


def classes_of(displacement: Displacement, quirks: bool) -> Classes:
    """Return the classes. The peer calls foreign what is abroad for the first site, we for each origin.

    Whoever stands in a camp on day 0 counts as from the country of the first site, and as at home where he
    stands: no file says more.

    Raises
    ------
    ScenarioError
        If there are more than the kernel can tell apart.
    """
    sites, move = displacement.sites, displacement.settings.move
    first = sites[0].country
    by_home = move.stay_close_to_home and not quirks
    origins = [_origin(site, first, by_home, quirks) for site in sites]
    shares = [_power_shares(displacement, site.name) for site in sites]
    pairs = sorted(
        {(origin, power) for origin, share in zip(origins, shares, strict=True) for power in share}
    )
    if len(pairs) > MOST_CLASSES:
        raise ScenarioError(
            displacement.name,
            f"{len(pairs):,} classes by origin and way to avoid hazards are more than {MOST_CLASSES:,}",
            "merge countries, or let age, gender and home not matter",
        )
    share = np.zeros((len(sites), len(pairs)))
    for p, origin in enumerate(origins):
        for power, part in shares[p].items():
            share[p, pairs.index((origin, power))] = part
    abroad = [
        [move.foreign_weight if site.country != origin[0] else 1.0 for site in sites] for origin, _ in pairs
    ]
    near = np.ones((len(pairs), len(sites)))
    if by_home:
        between, index = nearness(move, sites), {site.name: k for k, site in enumerate(sites)}
        near = between[[index[origin[1]] for origin, _ in pairs]]
    powers = np.array([power for _, power in pairs])
    return Classes(np.arange(len(pairs)), share, np.array(abroad), powers, near)


def _origin(site: Site, first: str, by_home: bool, quirks: bool) -> tuple[str, str]:
    """Return the country and, where it matters, the place that people who appear at a site are from."""
    country = first if quirks or is_camp(site) else site.country
    return country, site.name if by_home else ""


def nearness(move: MoveRules, sites: Sequence[Site]) -> Floats:
    """Return float64[place, place], the factor by which nearness as the crow flies attracts."""
    km = np.array([[_crow_km(one, other) for other in sites] for one in sites])
    return np.asarray(np.maximum(1.0, km) ** -move.home_distance_power)


def _crow_km(one: Site, other: Site) -> float:
    """Return the great-circle distance (haversine formula)."""
    a, b = radians(one.lat), radians(other.lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


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
