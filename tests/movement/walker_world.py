"""What the reference simulator of displacements knows of places, links and people, under either rule set.

Nothing here is shared with the kernel: no cohorts, no quantiles, no keyed numbers, no arrays by path. A
person is an object, a place is an object, and a choice is a list of ways with a weight each.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace

import numpy as np

from travesia.movement.displacement.displacement import CountSeries, Displacement, Site, SiteLink

EARTH_KM = 6373.0
"""Radius that the peer takes for the distance between two places."""


@dataclass(eq=False)
class Place:
    """A place as it stands today; which fields change, and when, is up to the rule set."""

    site: Site
    inhabitants: int
    capacity: int
    camp: bool = False
    idp: bool = False
    town: bool = False
    hub: bool = False
    marker: bool = False
    conflict: float = -1.0
    conflict_since: int = -1
    chance: float = 0.0
    people: int = 0
    open_links: list[Link] = field(default_factory=list)
    closed_links: list[Link] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.site.name

    @property
    def country(self) -> str:
        return self.site.country


@dataclass(eq=False)
class Link:
    """One way from a place to another."""

    start: Place
    end: Place
    row: SiteLink
    forced: bool = False
    closed: bool = False

    @property
    def km(self) -> float:
        return self.row.km


@dataclass
class Way:
    """A way that a person may choose: the places on it, the last one being where it leads, and its length."""

    stops: list[Place]
    km: float


@dataclass(eq=False)
class Person:
    """One person. Only one of `km_done` and `ticks_left` is used, by the rule set."""

    home: Place
    at: Place | Link
    traits: dict[str, str]
    plan: list[Place] = field(default_factory=list)
    ended_a_link: bool = False
    km_done: float = 0.0
    km_today: float = 0.0
    recent: float = 0.0
    ticks_left: int = 0
    turned_back: bool = False


def number(columns: object, name: str, otherwise: float) -> float:
    """Read a number from the free columns of a row; a blank is as good as no column."""
    text = dict(columns).get(name, "")  # type: ignore[call-overload]
    return float(text) if text.strip() else otherwise


def kind_of(site: Site) -> str:
    """Say what a site is, from the text of its kind; what comes first in this list wins."""
    text = site.kind.lower()
    if "camp" in text:
        return "idpcamp" if "idp" in text else "camp"
    for kind in ("conflict", "forward", "marker"):
        if kind in text:
            return kind
    return "town"


class World:
    """The places, the links and everybody, with the choice of a way; days are up to the rule set."""

    markers_count = False
    """Whether the link to a marker counts as one."""

    def __init__(self, displacement: Displacement, seed: int) -> None:
        self.displacement = displacement
        self.move, self.spawn = displacement.settings.move, displacement.settings.spawn
        self.seed = seed
        self.rng = random.Random(seed)
        self.day = 0
        self.everybody: list[Person] = []
        self.owed = 0
        self.known_ways: dict[Place, list[Way]] = {}
        self.places = [self._place(site) for site in displacement.sites]
        self.by_name = {place.name: place for place in self.places}
        for row in displacement.links:
            self._link_both_ways(row)

    def _place(self, site: Site) -> Place:
        scaled = site.people // self.displacement.settings.hasten
        if "camp" in kind_of(site):
            return Place(site, inhabitants=0, capacity=scaled if site.people >= 0 else -1)
        return Place(site, inhabitants=max(scaled, 0), capacity=-1)

    def _link_both_ways(self, row: SiteLink) -> None:
        one, other = self.by_name[row.one], self.by_name[row.other]
        one.open_links.append(Link(one, other, row, forced=row.forced == 1))
        other.open_links.append(Link(other, one, row, forced=row.forced == 2))

    # Counts.

    def series(self, name: str) -> CountSeries | None:
        """Return what was counted at a camp, with people scaled down, or nothing."""
        for series in self.displacement.counts[1:]:
            if series.name == name:
                return self.scaled(series)
        return None

    def scaled(self, series: CountSeries) -> CountSeries:
        """Divide by `hasten`; the peer does so before it corrects, which may differ in the last bit."""
        hasten = self.displacement.settings.hasten
        if hasten == 1 or len(series.parts) != 1:
            return replace(series, people=series.people / hasten)
        people = series.parts[0].people / hasten
        for day in series.corrected:
            for at in range(1, len(people)):
                if series.days[at] == day:
                    people[:at] *= people[at] / people[at - 1]
        return replace(series, people=people)

    # People.

    def add_person(self, place: Place) -> None:
        self.everybody.append(Person(home=place, at=place, traits=self._traits(place)))
        place.people += 1

    def _traits(self, place: Place) -> dict[str, str]:
        traits = {}
        for attribute, (values, columns) in self.displacement.demographics.items():
            weights = columns[place.name] if place.name in columns else columns["Default"]
            traits[attribute] = self.rng.choices(values, list(weights))[0]
        return traits

    def put(self, person: Person, where: Place | Link) -> None:
        if isinstance(person.at, Place):
            person.at.people -= 1
        if isinstance(where, Place):
            where.people += 1
        person.at = where

    # Where to.

    def ways_from(self, place: Place) -> list[Way]:
        """Every way that goes by `awareness_level` links at most and passes no place twice.

        A marker is no destination and its link is not counted. A place on the way is a destination too.
        """
        if place not in self.known_ways:
            ways: list[Way] = []
            for link in place.open_links:
                self._go_on(link, [place], 0.0, 1, ways)
            self.known_ways[place] = ways
        return self.known_ways[place]

    def _go_on(self, link: Link, passed: list[Place], km: float, links: int, ways: list[Way]) -> None:
        passed, km = [*passed, link.end], km + link.km
        if not link.end.marker:
            ways.append(Way(passed[1:], km))
        elif not self.markers_count:
            links -= 1
        if links < self.move.awareness_level:
            for further in link.end.open_links:
                if further.end not in passed:
                    self._go_on(further, passed, km, links + 1, ways)

    def weight(self, person: Person, way: Way) -> float:
        end = way.stops[-1]
        attraction = self.move.weight_softening + self.score_for(person, end)
        distance = (self.move.softening + way.km) ** self.move.distance_power
        return (attraction / distance * self.room(end)) ** self.move.weight_power

    def weighed(self, person: Person, ways: list[Way]) -> list[tuple[float, Way]]:
        """Weigh ways; what is far less attractive than the best is left out, if the settings say so."""
        options = [(self.weight(person, way), way) for way in ways]
        if self.move.pruning_threshold < 1.001:
            return options
        best = max((weight for weight, _ in options), default=0.0)
        return [(w, way) for w, way in options if w >= best / self.move.pruning_threshold]

    def score_for(self, person: Person, place: Place) -> float:
        """Return how attractive a place is to a person, distance and capacity aside."""
        score = self.hazards(person, self.score(person, place))
        if self.move.stay_close_to_home:
            score /= max(1.0, self.home_km(person, place)) ** self.move.home_distance_power
        if self.move.use_pop_for_loc_weight and not place.camp:
            score *= max(1, place.inhabitants) ** self.move.pop_power_for_loc_weight
        return score

    def score(self, person: Person, place: Place) -> float:
        score = 1.0
        if self.is_foreign(person, place):
            score *= self.move.foreign_weight
        if place.camp:
            score *= self.move.camp_weight
        if place.conflict > 0:
            score *= self.move.conflict_weight ** (self.decay(place) * place.conflict)
        return score

    def hazards(self, person: Person, score: float) -> float:
        age = int(person.traits.get("age", -1))
        gender = person.traits.get("gender", "")
        if self.move.children_avoid_hazards and 0 <= age < 19:
            score = score * score
        # The peer's boys are all males above 14, men included.
        if self.move.children_avoid_hazards and self.move.boys_take_risk and gender == "male" and age > 14:
            score = 1.0
        if self.move.elderly_avoid_hazards and age > 59:
            score = score * score
        if self.move.women_avoid_hazards and gender == "female":
            score = score * score
        return score

    def decay(self, place: Place) -> float:
        steps = self.spawn.conflict_spawn_decay
        if not steps:
            return 1.0
        interval = (self.day - place.conflict_since) // self.spawn.conflict_spawn_decay_interval
        return steps[min(interval, len(steps) - 1)]

    def spawn_weight(self, place: Place) -> float:
        if place.conflict <= 0:
            return 0.0
        return place.inhabitants * place.conflict * self.decay(place)

    def driven_out(self, place: Place) -> int:
        """Draw how many set out from a place on a day, where conflict and not counts drives them."""
        if place.conflict <= 0:
            return 0
        rate = self.spawn.displaced_per_conflict_day * place.conflict
        if self.spawn.conflict_driven == "poisson":
            return int(np.random.default_rng(self.rng.getrandbits(64)).poisson(rate))
        return int(rate * place.inhabitants if self.spawn.conflict_driven == "pop_ratio" else rate)

    def chance_of(self, place: Place) -> float:
        size = max(place.inhabitants, place.capacity) / self.move.movechance_pop_base
        return place.chance * size**self.move.movechance_pop_scale_factor

    def refuses(self, place: Place) -> bool:
        """Say whether a camp is so full that nobody sets out for it: 95 per cent with the usual buffer."""
        return place.camp and self.room(place) < 0.5

    def nearly_full(self, place: Place, capacity: float) -> float:
        """Return the factor of a place that has a capacity: 1 up to the buffer, 0 when full."""
        buffer = self.move.capacity_buffer
        if place.people <= buffer * capacity:
            return 1.0
        if place.people >= capacity:
            return 0.0
        return 1.0 - (place.people - buffer * capacity) / (capacity * (1.0 - buffer))

    # What the rule sets decide differently.

    def room(self, place: Place) -> float:
        raise NotImplementedError

    def is_foreign(self, person: Person, place: Place) -> bool:
        raise NotImplementedError

    def home_km(self, person: Person, place: Place) -> float:
        raise NotImplementedError

    def begin(self) -> None:
        """Put the people of day 0 in camps."""
        raise NotImplementedError

    def live(self, day: int) -> None:
        """Let a day pass."""
        raise NotImplementedError


def great_circle_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Haversine distance between two places given in degrees."""
    up, along = math.radians(other_lat - lat), math.radians(other_lon - lon)
    bend = math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(along / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(math.sin(up / 2) ** 2 + bend))
