"""Small invented displacements: by hand, and as a strategy of hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from travesia.movement import (
    Closure,
    CountSeries,
    Displacement,
    MoveRules,
    Settings,
    Site,
    SiteLink,
    SpawnRules,
)

START = date(2022, 1, 1)
ALWAYS = 10_000
"""A day after every last one."""
STAY = MoveRules(
    max_move_speed=200.0,
    max_walk_speed=40.0,
    conflict_weight=0.0,
    camp_movechance=0.0,
    idpcamp_movechance=0.0,
    default_movechance=0.0,
    softening=0.0,
)
"""Rules by which people leave conflict with certainty, never go back and stay where they have arrived."""
ONCE = SpawnRules(insert_day0=False, sum_from_camps=False)
"""Rules by which the total of day 0 sets out on day 0."""


# By hand.


def choosing(**rules: object) -> MoveRules:
    return replace(STAY, **rules)  # type: ignore[arg-type]


def site(
    name: str,
    kind: str = "town",
    people: int = 0,
    country: str = "Aland",
    at: tuple[float, float] = (0.0, 0.0),
    conflict_day: int = 0,
) -> Site:
    """Make a site; of a zone of conflict and of a camp the people are the ones that matter."""
    return Site(name.lower(), name, "Region", country, at[0], at[1], kind, conflict_day, people)


def counted(name: str, *points: tuple[int, float]) -> CountSeries:
    """Make a series of counts from (day, people)."""
    return CountSeries(name, np.array([p[0] for p in points]), np.array([float(p[1]) for p in points]))


def by_day(days: int, *changes: tuple[int, float]) -> np.ndarray:
    """Return float64[day], an intensity that holds from each day given until the next."""
    out = np.zeros(days)
    for first, value in changes:
        out[first:] = value
    return out


def displacement_of(
    sites: Sequence[Site],
    links: Sequence[SiteLink],
    counts: Sequence[CountSeries],
    days: int = 4,
    settings: Settings | None = None,
    closures: Sequence[Closure] = (),
    intensity: Mapping[str, np.ndarray] | None = None,
) -> Displacement:
    """Make a displacement in which, unless told otherwise, a zone of conflict is one from day 0 on."""
    return Displacement(
        "small", START, days, tuple(sites), tuple(links), tuple(closures), intensity, tuple(counts),
        settings or Settings(ONCE, STAY),
    )  # fmt: skip


HOME, CAMP = site("Home", "conflict_zone", 1000), site("Camp", "camp", -1)
TEN = counted("total", (0, 10))
A_HUNDRED = counted("total", (0, 100))


def fork(
    *closures: Closure, forced: int = 0, km: tuple[float, float] = (100.0, 100.0), days: int = 4
) -> Displacement:
    """Home to the left or to the right camp."""
    camps = [site("Left", "camp", -1), site("Right", "camp", -1, country="Bland")]
    links = [SiteLink("Home", "Left", km[0], forced), SiteLink("Home", "Right", km[1])]
    return displacement_of([HOME, *camps], links, [A_HUNDRED], days, closures=closures)


# At random.

KINDS = ("camp", "camp", "idpcamp", "town", "town", "conflict_zone", "forwarding_hub", "marker")
COUNTRIES = ("Aland", "Aland", "Bland", "Cland")
DEMOGRAPHICS = {
    "age": (("5", "16", "40", "70"), {"Default": np.array([3.0, 2.0, 4.0, 1.0]), "S0": np.ones(4)}),
    "gender": (("male", "female"), {"Default": np.ones(2)}),
}
CLOSURES = ("country", "location", "link", "camp", "idpcamp", "remove_forced_redirection")


@st.composite
def displacements(draw: Any, rules: str, capacities: bool = True) -> Displacement:
    """Draw a displacement of 2 to 7 sites and 10 to 25 days that a run of `rules` can finish.

    The first site is always a zone of conflict; under `flee` it never stops being one, as that engine stops
    when nobody can be spawned. `capacities` tells whether camps may have any.
    """
    days = draw(st.integers(10, 25))
    sites = [draw(_sites(0, capacities))]
    sites += [draw(_sites(at, capacities)) for at in range(1, draw(st.integers(2, 7)))]
    names = [each.name for each in sites]
    camps = [each.name for each in sites if "camp" in each.kind]
    intensity = {
        each.name: draw(_intensities(days))
        for each in sites
        if each.kind == "conflict_zone" or draw(st.sampled_from([True, False, False, False]))
    }
    if rules == "flee":
        intensity[names[0]] = np.maximum(intensity[names[0]], 0.5)
    table = draw(st.sampled_from([intensity, intensity, intensity, None]))
    return Displacement(
        "random", START, days, tuple(sites), tuple(draw(_links(names, 0.0 if rules == "flee" else 0.17))),
        tuple(draw(_closures(days, names, sorted({each.country for each in sites})))),
        table, tuple(draw(_counts(days, camps))), draw(_settings(rules)), DEMOGRAPHICS,
    )  # fmt: skip


@st.composite
def _sites(draw: Any, at: int, capacities: bool) -> Site:
    kind = draw(st.sampled_from(KINDS)) if at else "conflict_zone"
    people = draw(st.integers(1_000, 90_000))
    if "camp" in kind:
        people = draw(st.sampled_from([-1, 0, 8, 20, 60])) if capacities else -1
    where = (draw(st.floats(-5.0, 5.0)), draw(st.floats(-5.0, 5.0)))
    begins = draw(st.sampled_from([0, 0, 5])) if at else 0
    columns = {"initial_idps": "3"} if kind == "idpcamp" and draw(st.booleans()) else {}
    country = draw(st.sampled_from(COUNTRIES))
    return Site(f"s{at}", f"S{at}", "R", country, where[0], where[1], kind, begins, people, columns)


@st.composite
def _links(draw: Any, names: list[str], apart_km: float) -> list[SiteLink]:
    """Draw links, parallel ones and sites without any among them.

    Under our rules a way is hardly ever as long as another, as the shortest counts; under the peer's they are
    whole kilometres, of which the kernel makes its clock.
    """
    wanted = draw(st.integers(len(names), 2 * len(names)))
    out = []
    for at in range(wanted):
        one = draw(st.sampled_from(names)) if at else names[0]
        other = draw(st.sampled_from([name for name in names if name != one]))
        km = float(draw(st.integers(60, 600))) + apart_km * at
        forced = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2]))
        columns = draw(st.sampled_from([{}, {}, {}, {"max_move_speed": "90"}]))
        out.append(SiteLink(one, other, km, forced, columns))
    if draw(st.booleans()):
        out[0] = SiteLink(out[0].one, out[0].other, 200.0, out[0].forced, {})
    return out


@st.composite
def _closures(draw: Any, days: int, names: list[str], countries: list[str]) -> list[Closure]:
    out = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(CLOSURES))
        first = draw(st.integers(0, days - 1))
        last = draw(st.just(ALWAYS) | st.integers(1, days).map(lambda n, at=first: at + n))
        one, other = (draw(st.sampled_from(countries if kind == "country" else names)) for _ in range(2))
        # A closed camp loses its conflict in the peer, and the first site is needed.
        if kind in ("camp", "idpcamp"):
            one = draw(st.sampled_from(names[1:]))
        out.append(Closure(kind, one, other, first, last))
    return out


@st.composite
def _intensities(draw: Any, days: int) -> np.ndarray:
    changes = [(0, draw(st.sampled_from([0.0, 1.0, 1.0, 2.0])))]
    for _ in range(draw(st.integers(0, 3))):
        changes.append((draw(st.integers(1, days - 1)), draw(st.sampled_from([0.0, 0.5, 1.0, 3.0]))))
    return by_day(days, *sorted(changes))


@st.composite
def _counts(draw: Any, days: int, camps: list[str]) -> list[CountSeries]:
    def series(name: str, more: int) -> CountSeries:
        later = sorted(draw(st.sets(st.integers(1, days + 5), min_size=1, max_size=3)))
        points = [(0, draw(st.integers(0, 12)))]
        for day in later:
            points.append((day, max(0, points[-1][1] + draw(st.integers(-5, more)))))
        return counted(name, *points)

    return [series("total", 40), *(series(name, 12) for name in camps)]


@st.composite
def _settings(draw: Any, rules: str) -> Settings:
    driven = draw(st.sampled_from([None, None, None, "constant", "pop_ratio", "poisson"]))
    spawn = SpawnRules(
        # The peer stops where a place has nobody left, as a camp in conflict hasn't.
        take_from_population=driven is None and draw(st.booleans()),
        insert_day0=draw(st.booleans()),
        empty_camps_on_day0=draw(st.sampled_from([False, False, True])),
        sum_from_camps=draw(st.booleans()),
        conflict_spawn_decay=draw(st.sampled_from([(), (1.0, 0.5, 0.1)])),
        conflict_spawn_decay_interval=draw(st.integers(2, 10)),
        conflict_driven=driven,
        displaced_per_conflict_day=0.00003 if driven == "pop_ratio" else 1.4,
    )
    move = MoveRules(
        max_move_speed=draw(st.sampled_from([100.0, 200.0, 360.0])),
        foreign_weight=draw(st.sampled_from([1.0, 2.0])),
        camp_weight=draw(st.sampled_from([1.0, 2.0])),
        conflict_weight=draw(st.sampled_from([0.0, 0.25])),
        conflict_movechance=draw(st.sampled_from([1.0, 0.7])),
        camp_movechance=draw(st.sampled_from([0.0, 0.02])),
        default_movechance=draw(st.sampled_from([0.3, 1.0])),
        awareness_level=draw(st.integers(1, 3)),
        avoid_short_stints=rules == "flee" and draw(st.booleans()),
        start_on_foot=draw(st.booleans()),
        weight_softening=draw(st.sampled_from([0.0, 0.1])),
        distance_power=draw(st.sampled_from([1.0, 0.5])),
        pruning_threshold=draw(st.sampled_from([1.0, 1.0, 1.5])),
        use_pop_for_loc_weight=draw(st.booleans()),
        children_avoid_hazards=draw(st.booleans()),
        boys_take_risk=draw(st.booleans()),
        elderly_avoid_hazards=draw(st.booleans()),
        women_avoid_hazards=draw(st.booleans()),
    )
    return Settings(spawn, move, hasten=draw(st.sampled_from([1, 1, 2])))
