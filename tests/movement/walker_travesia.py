"""The package's own rules, one person at a time: every oddity of the peer gone.

What a place and a link are is worked out anew each day from the displacement alone, so that nothing can leak
from one day into another; only people, inhabitants and who is owed are carried on.
"""

from __future__ import annotations

import math
from fractions import Fraction

from walker_world import Link, Person, Place, Way, World, great_circle_km, kind_of, number

from travesia.movement.displacement.displacement import Closure, CountSeries, Displacement

TICKS = 2048
"""Parts of a day in which time on the way is counted."""
ROLES = {"camp": "camp", "idpcamp": "idpcamp", "forward": "hub", "marker": "marker"}


class TravesiaWorld(World):
    """A day in which everybody has one day to travel, and in which what is written in the folder acts."""

    day_ticks_of_a_further_link = False
    """A mistake that the tests switch on, to see that they find it: each link of a day has a whole day."""

    def __init__(self, displacement: Displacement, seed: int) -> None:
        super().__init__(displacement, seed)
        self.every_link = [link for place in self.places for link in place.open_links]

    # A day.

    def begin(self) -> None:
        if self.spawn.empty_camps_on_day0:
            return
        # Fractions are carried from camp to camp: nobody is lost or made up by rounding.
        so_far = Fraction(0)
        for place in self.places:
            if kind_of(place.site) not in ("camp", "idpcamp"):
                continue
            series = self.series(place.name)
            before = half_up(so_far)
            so_far += exact(series, 0) if series and self.spawn.insert_day0 else Fraction(0)
            here = half_up(so_far) - before
            for _ in range(here + int(number(place.site.columns, "initial_idps", 0))):
                self.add_person(place)

    def live(self, day: int) -> None:
        self.day = day
        self.known_ways = {}
        for place in self.places:
            self._today(place)
        for link in self.every_link:
            link.closed = any(self._closes(closure, link) for closure in self._in_force())
        for place in self.places:
            place.open_links = self._ways_out(place)
        for person in self.everybody:
            if isinstance(person.at, Link) and person.at.closed:
                person.turned_back = True
        self._spawn()
        for person in self.everybody:
            if isinstance(person.at, Place):
                self._decide(person)
        for person in self.everybody:
            self._travel(person)

    def _ways_out(self, place: Place) -> list[Link]:
        """Open links of a place; where one is forced there is no other, also for who plans to pass by."""
        links = [link for link in self.every_link if link.start is place and not link.closed]
        return [link for link in links if self._is_forced(link)] or links

    def _in_force(self) -> list[Closure]:
        return [each for each in self.displacement.closures if each.first <= self.day < each.last]

    def _today(self, place: Place) -> None:
        role = self._role(place)
        place.camp, place.idp = role in ("camp", "idpcamp"), role == "idpcamp"
        place.town, place.hub, place.marker = role == "town", role == "hub", role == "marker"
        place.conflict = self._intensity(place, self.day)
        if place.conflict > 0:
            place.conflict_since = self._conflict_since(place)
            place.chance = self.move.conflict_movechance
        else:
            place.chance = {
                "camp": self.move.camp_movechance,
                "idpcamp": self.move.idpcamp_movechance,
                "town": self.move.default_movechance,
            }.get(role, 1.0)

    def _role(self, place: Place) -> str:
        """What a place is today: a closed camp is a town, and what has been opened is a camp from then on."""
        rows = [
            each
            for each in self.displacement.closures
            if each.kind in ("camp", "idpcamp") and each.one == place.name and each.first <= self.day
        ]
        if any(self.day < each.last for each in rows):
            return "town"
        if rows:
            return max(rows, key=lambda each: each.last).kind
        return ROLES.get(kind_of(place.site), "town")

    def _intensity(self, place: Place, day: int) -> float:
        """The table says; the day of the row counts where there is no table, or no column and it is past."""
        table = self.displacement.intensity
        if table is not None and place.name in table:
            return float(table[place.name][day])
        begins = place.site.conflict_day
        if kind_of(place.site) == "conflict" and begins <= (day if table is None else 0):
            usual = self.displacement.settings.default_conflict_intensity
            return number(place.site.columns, "conflict_intensity", usual)
        return 0.0

    def _conflict_since(self, place: Place) -> int:
        if place.name not in (self.displacement.intensity or {}):
            return place.site.conflict_day
        day = self.day
        while day > 0 and self._intensity(place, day - 1) > 0:
            day -= 1
        return day

    def _closes(self, closure: Closure, link: Link) -> bool:
        ends = {link.start.name, link.end.name}
        if closure.kind == "country":
            return {link.start.country, link.end.country} == {closure.one, closure.other}
        if closure.kind == "location":
            return closure.one in ends
        return closure.kind == "link" and ends == {closure.one, closure.other}

    # Who sets out.

    def _spawn(self) -> None:
        weights = [self.spawn_weight(place) for place in self.places]
        if self.spawn.conflict_driven is not None:
            for place in self.places:
                for _ in range(self.driven_out(place)):
                    self._set_out(place)
            return
        # One number: people still to set out if positive, people too many if negative.
        self.owed += self._difference()
        if self.owed > 0 and sum(weights) > 0:
            for place in self.rng.choices(self.places, weights, k=self.owed):
                self._set_out(place)
            self.owed = 0

    def _set_out(self, place: Place) -> None:
        if self.spawn.take_from_population:
            place.inhabitants = max(place.inhabitants - 1, 0)
        self.add_person(place)

    def _difference(self) -> int:
        if self.day > 0:
            return self._total(self.day) - self._total(self.day - 1)
        in_camps = self.spawn.insert_day0 or self.spawn.empty_camps_on_day0
        return 0 if in_camps else self._total(0)

    def _total(self, day: int) -> int:
        total, *camps = (self.scaled(series) for series in self.displacement.counts)
        counted = camps if self.spawn.sum_from_camps else [total]
        return half_up(sum((exact(series, day) for series in counted), Fraction(0)))

    # A person.

    def ways_from(self, place: Place) -> list[Way]:
        """One way to each place, the shortest."""
        shortest: dict[Place, Way] = {}
        for way in super().ways_from(place):
            if way.stops[-1] not in shortest or way.km < shortest[way.stops[-1]].km:
                shortest[way.stops[-1]] = way
        return list(shortest.values())

    def _decide(self, person: Person) -> None:
        place = person.at
        assert isinstance(place, Place)
        if self.rng.random() < (1.0 if person.plan else self.chance_of(place)):
            self._leave(person, place)

    def _leave(self, person: Person, place: Place) -> None:
        """Take the next link of the plan, made now if there is none; without such a link he stays."""
        if not person.plan:
            person.plan = self._choose(person, self.ways_from(place))
        along = [link for link in place.open_links if [link.end] == person.plan[:1]]
        if not along or self.refuses(person.plan[-1]):
            person.plan = []
            return
        link = min(along, key=lambda each: each.km)
        person.plan = person.plan[1:]
        person.ticks_left = self._ticks(person, link)
        person.turned_back = False
        self.put(person, link)

    def _is_forced(self, link: Link) -> bool:
        lifted = any(
            closure.kind == "remove_forced_redirection"
            and (closure.one, closure.other) == (link.start.name, link.end.name)
            for closure in self._in_force()
        )
        return link.forced and not lifted

    def _choose(self, person: Person, ways: list[Way]) -> list[Place]:
        options = self.weighed(person, ways)
        weights = [weight for weight, _ in options]
        if not any(weight > 0 for weight in weights):
            return []
        return list(self.rng.choices(options, weights)[0][1].stops)

    def _ticks(self, person: Person, link: Link) -> int:
        speed = number(link.row.columns, "max_move_speed", self.move.max_move_speed)
        if self.move.start_on_foot and not person.ended_a_link:
            speed = self.move.max_walk_speed
        if self.rng.random() < number(link.row.columns, "walk_probability", 0.0):
            speed = self.move.max_walk_speed
        return max(1, math.floor(link.km / speed * TICKS + 0.5))

    def _travel(self, person: Person) -> None:
        """Use up the day: what is left of it after a link is all that a further link gets."""
        left = TICKS
        while isinstance(person.at, Link):
            link = person.at
            if person.ticks_left > left:
                person.ticks_left -= left
                return
            left = TICKS if self.day_ticks_of_a_further_link else left - person.ticks_left
            person.ended_a_link = True
            if person.turned_back:
                person.plan = []
                self.put(person, link.start)
                return
            self.put(person, link.end)
            if left > 0 and (person.plan or self.chance_of(link.end) >= 1):
                self._leave(person, link.end)

    def room(self, place: Place) -> float:
        if place.capacity <= 0:
            return 1.0
        capacity = place.site.people / self.displacement.settings.hasten * self.move.capacity_scaling
        return self.nearly_full(place, capacity) if capacity > 0 else 0.0

    def is_foreign(self, person: Person, place: Place) -> bool:
        # Who appears in a camp is taken to be from the country of the first site: no file says more.
        in_camp = kind_of(person.home.site) in ("camp", "idpcamp")
        return place.country != (self.places[0] if in_camp else person.home).country

    def home_km(self, person: Person, place: Place) -> float:
        home, there = person.home.site, place.site
        return great_circle_km(home.lat, home.lon, there.lat, there.lon)


def exact(series: CountSeries, day: int) -> Fraction:
    """Return a count on a day, linear between two points and flat outside them, without any rounding."""
    points = [(int(at), Fraction(float(n))) for at, n in zip(series.days, series.people, strict=True)]
    before = [point for point in points if point[0] <= day]
    after = [point for point in points if point[0] > day]
    if not before:
        return points[0][1]
    if not after:
        return points[-1][1]
    (first, low), (last, high) = before[-1], after[0]
    return low + (high - low) * Fraction(day - first, last - first)


def half_up(people: Fraction) -> int:
    return math.floor(people + Fraction(1, 2))
