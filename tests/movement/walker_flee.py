"""The peer's rules, one person at a time, with the peer's own oddities; where they are, a comment says so."""

from __future__ import annotations

from dataclasses import replace

from walker_world import Link, Person, Place, Way, World, great_circle_km, kind_of, number

from travesia.movement.displacement.displacement import Closure, CountSeries, Displacement, SiteLink

LEAST_CONFLICT = 1e-6
"""Intensity below which the table of conflicts says peace."""


class RunStopsError(Exception):
    """The peer would stop here: nobody can be spawned, or a place has run out of inhabitants."""


class FleeWorld(World):
    """Everything as the peer has it."""

    def __init__(self, displacement: Displacement, seed: int) -> None:
        super().__init__(displacement, seed)
        self.markers_count = self.move.fixed_routes
        for place in self.places:
            self._found(place)
        self.home_country = self.places[0].country
        self.people_in_conflict = [self.spawn_weight(place) for place in self.places]

    def _link_both_ways(self, row: SiteLink) -> None:
        # A forced row of flag 1 makes its two links twice; no code reads the flag afterwards.
        for _ in range(2 if row.forced == 1 else 1):
            super()._link_both_ways(replace(row, forced=0))

    def _found(self, place: Place) -> None:
        kind = kind_of(place.site)
        if kind == "conflict" and place.site.conflict_day > 0:
            kind = "town"
        place.camp, place.idp = "camp" in kind, kind == "idpcamp"
        place.town, place.hub, place.marker = kind == "town", kind == "forward", kind == "marker"
        place.chance = {
            "camp": self.move.camp_movechance,
            "idpcamp": self.move.idpcamp_movechance,
            "conflict": self.move.conflict_movechance,
            "town": self.move.default_movechance,
        }.get(kind, 1.0)
        if kind == "conflict":
            usual = int(self.displacement.settings.default_conflict_intensity)
            place.conflict = number(place.site.columns, "conflict_intensity", usual)
        # A place that people hardly ever leave is taken for a camp.
        if place.chance < 0.005 and not place.camp:
            place.camp, place.town = True, False

    # A day.

    def begin(self) -> None:
        if self.spawn.empty_camps_on_day0:
            return
        for place in self.places:
            if not place.camp:
                continue
            series = self.series(place.name)
            inserted = truncated(series, 0) if series and self.spawn.insert_day0 else 0
            for _ in range(inserted + int(number(place.site.columns, "initial_idps", 0))):
                self.add_person(place)

    def live(self, day: int) -> None:
        self.day = day
        self._conflicts()
        self._spawn()
        for closure in self.displacement.closures:
            self._close_or_open(closure)
        self.known_ways = {}
        # These weights serve tomorrow: conflicts fade in them a day late, unless one begins or ends.
        self.people_in_conflict = [self.spawn_weight(place) for place in self.places]
        for person in self.everybody:
            if isinstance(person.at, Place):
                self._decide(person, must=False)
        for person in self.everybody:
            self._travel(person)
        for person in self.everybody:
            person.recent = (person.recent + person.km_today / self.move.max_move_speed) / 2
            person.km_today = 0.0

    def _conflicts(self) -> None:
        for name, by_day in (self.displacement.intensity or {}).items():
            place, today = self.by_name[name], float(by_day[self.day])
            before = float(by_day[self.day - 1]) if self.day > 0 else None
            begins = today > LEAST_CONFLICT and (before is None or before < LEAST_CONFLICT)
            ends = today < LEAST_CONFLICT and before is not None and before > LEAST_CONFLICT
            if begins:
                place.chance, place.conflict, place.town = self.move.conflict_movechance, today, False
                place.conflict_since = self.day
            if ends:
                # A camp stays a camp but is left as a town is, from now on.
                place.chance, place.conflict, place.town = self.move.default_movechance, -1.0, True
            if begins or ends:
                self.people_in_conflict = [self.spawn_weight(each) for each in self.places]

    def _spawn(self) -> None:
        if self.spawn.conflict_driven is not None:
            for place in self.places:
                for _ in range(self.driven_out(place)):
                    self._set_out(place)
            return
        new = self._difference() - self.owed
        if self.day == 0 and self.spawn.insert_day0:
            new = 0
            self._reduce_capacities()
        self.owed = max(-new, 0)
        if sum(self.people_in_conflict) <= 0:
            raise RunStopsError(f"day {self.day}: no place has a conflict")
        if new > 0:
            for place in self.rng.choices(self.places, self.people_in_conflict, k=new):
                self._set_out(place)

    def _set_out(self, place: Place) -> None:
        if self.spawn.take_from_population:
            if place.inhabitants <= 0:
                raise RunStopsError(f"day {self.day}: {place.name} has nobody left")
            place.inhabitants -= 1
        self.add_person(place)

    def _difference(self) -> int:
        total, *camps = (self.scaled(series) for series in self.displacement.counts)
        counted = camps if self.spawn.sum_from_camps else [total]
        if self.day > 0:
            return sum(truncated(series, self.day) - truncated(series, self.day - 1) for series in counted)
        if self.spawn.empty_camps_on_day0:
            return 0
        # The first day counts the total and then the camps once more.
        first_day = [total, *camps] if self.spawn.sum_from_camps else [total]
        return sum(truncated(series, 0) for series in first_day)

    def _reduce_capacities(self) -> None:
        # Those who are put in stand in the camp and are taken off its capacity too.
        for place in self.places:
            series = self.series(place.name)
            if series is not None and place.capacity > 0:
                place.capacity -= truncated(series, 0)

    def _close_or_open(self, closure: Closure) -> None:
        if closure.kind in ("camp", "idpcamp"):
            place = self.by_name[closure.one]
            if self.day == closure.first:
                place.chance, place.camp, place.idp = self.move.default_movechance, False, False
                place.conflict, place.town, place.hub, place.marker = -1.0, True, False, False
            if self.day == closure.last:
                idp = closure.kind == "idpcamp"
                place.chance = self.move.idpcamp_movechance if idp else self.move.camp_movechance
                place.camp, place.idp = True, place.idp or idp
                place.conflict, place.town, place.hub, place.marker = -1.0, False, False, False
        # A closure of a link, or of a forced one, does nothing.
        if closure.kind in ("country", "location"):
            if self.day == closure.first:
                for link in [link for place in self.places for link in place.open_links]:
                    if touches(closure, link):
                        link.start.open_links.remove(link)
                        link.closed = True
                        link.start.closed_links.append(replace(link))
            if self.day == closure.last:
                # Who is on the link that was closed stays on that one; this is another, open one.
                for link in [link for place in self.places for link in place.closed_links]:
                    if touches(closure, link):
                        link.start.closed_links.remove(link)
                        link.closed = False
                        link.start.open_links.append(link)

    # A person.

    def _decide(self, person: Person, must: bool) -> None:
        place = person.at
        assert isinstance(place, Place)
        certain = (must and place.town) or person.plan
        if self.rng.random() >= (1.0 if certain else self.chance_of(place)):
            return
        if not person.plan:
            person.plan = self._choose(person, place)
        link = next((link for link in place.open_links if [link.end] == person.plan[:1]), None)
        if link is None or self.refuses(person.plan[-1]):
            person.plan = []
            return
        person.plan = person.plan[1:]
        person.km_done = 0.0
        self.put(person, link)

    def _choose(self, person: Person, place: Place) -> list[Place]:
        if self.move.awareness_level == 0:
            return []  # A number stands where a name is expected: nobody moves.
        ways = self.ways_from(place)
        options = self._fixed(person, place) if self.move.fixed_routes else self.weighed(person, ways)
        if not options:
            return []
        # If nothing attracts, everything does alike.
        weights = [weight for weight, _ in options] if any(weight > 0 for weight, _ in options) else None
        return list(self.rng.choices(options, weights)[0][1].stops)

    def _fixed(self, person: Person, place: Place) -> list[tuple[float, Way]]:
        """The best way to each place; its weight, in which the score is, is multiplied by the score again."""
        best: dict[Place, tuple[float, Way]] = {}
        for way in [] if place.marker else self.ways_from(place):
            attraction = self.move.weight_softening + self.score(person, way.stops[-1])
            distance = (self.move.softening + way.km) ** self.move.distance_power
            weight = (attraction / distance) ** self.move.weight_power
            if weight > best.get(way.stops[-1], (0.0, way))[0]:
                best[way.stops[-1]] = weight, way
        return [(weight * self.score_for(person, end), way) for end, (weight, way) in best.items()]

    def _travel(self, person: Person) -> None:
        while isinstance(person.at, Link):
            link = person.at
            speed = self._speed_today(person, link)
            # A further link of the day has the whole day again.
            person.km_done += speed
            person.km_today += speed
            if person.km_done <= link.km:
                return
            person.ended_a_link = True
            person.km_today += link.km - person.km_done
            if link.closed:
                self.put(person, link.start)
                return
            self.put(person, link.end)
            if person.km_today >= speed:
                return
            half = (person.recent + person.km_today / self.move.max_move_speed) / 2
            self._decide(person, must=self.move.avoid_short_stints and half < 0.5)

    def _speed_today(self, person: Person, link: Link) -> float:
        speed = number(link.row.columns, "max_move_speed", self.move.max_move_speed)
        if self.move.start_on_foot and not person.ended_a_link:
            speed = self.move.max_walk_speed
        if self.rng.random() < number(link.row.columns, "walk_probability", 0.0):
            speed = self.move.max_walk_speed
        return speed

    def room(self, place: Place) -> float:
        capacity = place.capacity * self.move.capacity_scaling
        # No capacity left is as good as none set.
        return 1.0 if capacity < 1 else self.nearly_full(place, capacity)

    def is_foreign(self, person: Person, place: Place) -> bool:
        return place.country != self.home_country

    def home_km(self, person: Person, place: Place) -> float:
        # From where the person stands, with latitude and longitude taken for each other.
        assert isinstance(person.at, Place)
        here, there = person.at.site, place.site
        return great_circle_km(here.lon, here.lat, there.lon, there.lat)


def touches(closure: Closure, link: Link) -> bool:
    """Say whether a closed border or a closed place closes a link."""
    if closure.kind == "country":
        ends = (link.start.country, link.end.country)
        return ends in ((closure.one, closure.other), (closure.other, closure.one))
    return closure.one in (link.start.name, link.end.name)


def truncated(series: CountSeries, day: int) -> int:
    """Return a count on a day: linear between two points, flat outside them, without its fraction."""
    days, people = [float(each) for each in series.days], [float(each) for each in series.people]
    if day <= days[0]:
        return int(people[0])
    for i in range(1, len(days)):
        if day < days[i]:
            part = (day - days[i - 1]) / (days[i] - days[i - 1])
            return int(people[i - 1] + part * (people[i] - people[i - 1]))
    return int(people[-1])
