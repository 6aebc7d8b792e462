"""The people of a text: each name, short or full, becomes one of them, with the offices they held."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from travesia.record.reading.names.known import Known
from travesia.record.reading.names.offices import Tenure, fits, holder, person_id
from travesia.record.reading.names.titles import Title
from travesia.record.reading.nouns import Entity

PARTICLES = frozenset(
    ["de", "del", "la", "las", "los", "da", "do", "dos", "das", "von", "van", "der", "bin", "al", "di", "du"]
)
"""Small words inside names."""

_FURTHEST_BACK = 12


@dataclass
class Person:
    """A person of this text: an id, the name's folded words, offices, and the country told without any."""

    id: str
    name: str
    words: tuple[str, ...]
    first: int
    roles: dict[tuple[str, str], None] = field(default_factory=dict)
    country: str | None = None


@dataclass(frozen=True)
class Run:
    """A stretch that names a person: words ``[first, last)``, the office beside it, and of whom.

    A country without an office is the person's own: "el guatemalteco Rodolfo Batres".
    """

    first: int
    last: int
    office: str | None = None
    of: str | None = None


def entity_of(person: Person) -> Entity:
    """Return a person as an entity."""
    return Entity(person.id, "person", person.name, roles=tuple(person.roles), country=person.country)


def power(of: str) -> str:
    """Return the id of a state or organisation from a country's code or an id."""
    return of if ":" in of else f"cty:{of}"


class Cast:
    """The people of a text: each run of capitalised words becomes one of them."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._people: dict[str, Person] = {}
        self._by_word: dict[str, dict[str, Person]] = {}
        self._named_at: list[tuple[int, Run, Person]] = []

    def person(self, run: Run) -> Person:
        """Return whom a run names; longer runs come first, so that a surname finds its full name."""
        words, day = self._known.words, self._known.published
        folds = words.folds[run.first : run.last]
        row = self._row(folds, run)
        person = self._people.get(row.person) if row else self._named(folds)
        if person is None:
            name = row.holder if row else words.plain[words.starts[run.first] : words.ends[run.last - 1]]
            id_ = row.person if row else person_id(name)
            person = Person(id_, " ".join(name.split()), row.words if row else folds, run.first)
            self._people[id_] = person
            for word in person.words:
                self._by_word.setdefault(word, {})[id_] = person
        if row is not None and day and row.covers(day):
            person.roles.setdefault(row.role)
        elif run.of and run.office not in (None, "mister"):
            person.roles.setdefault((run.office, power(run.of)))
        elif run.office is None:
            person.country = person.country or run.of
        person.first = min(person.first, run.first)
        insort(self._named_at, (run.first, run, person), key=itemgetter(0))
        return person

    def _named(self, folds: tuple[str, ...]) -> Person | None:
        """Return the one person of the text whose name holds these words, initials aside."""
        bare = tuple(f for f in folds if len(f) > 1) or folds
        found = [p for p in self._by_word.get(bare[-1], {}).values() if _within(bare, p.words)]
        return found[0] if len(found) == 1 else None

    def _row(self, folds: tuple[str, ...], run: Run) -> Tenure | None:
        """Return the row of the table that a name means: by itself, or with an office at the date."""
        gazetteer, day = self._known.gazetteer, self._known.published
        rows: Sequence[Tenure] = gazetteer.tenures_by_name.get(" ".join(folds), ())
        if not rows and run.office and day:
            rows = [
                row
                for row in gazetteer.tenures
                if folds[-1] in row.words
                and _within(folds, row.words)
                and row.covers(day)
                and fits(run.office, row.office)
                and row.is_of(run.of)
            ]
        if len({row.person for row in rows}) != 1:
            return None
        current = [row for row in rows if day and row.covers(day)] or rows
        return ([row for row in current if fits(run.office, row.office)] or current)[-1]

    def short_forms(self, taken: set[int]) -> Iterator[tuple[int, int, Person]]:
        """Yield the surnames of people whose full name stands elsewhere in the text."""
        words = self._known.words
        shorter: dict[tuple[str, ...], set[str]] = {}
        for person in self._people.values():
            for first in range(1, len(person.words)):
                for last in range(first + 1, len(person.words) + 1):
                    form = person.words[first:last]
                    if len(form[0]) > 2 and form[0] not in PARTICLES and form[-1] not in PARTICLES:
                        shorter.setdefault(form, set()).add(person.id)
        word, opening = 0, {form[0] for form in shorter}
        while word < len(words):
            opens = words.folds[word] in opening
            span = self._short_form(word, shorter, taken) if opens else None
            if span is None:
                word += 1
                continue
            last, id_ = span
            yield word, last, self._people[id_]
            word = last

    def _short_form(
        self, word: int, shorter: dict[tuple[str, ...], set[str]], taken: set[int]
    ) -> tuple[int, str] | None:
        words = self._known.words
        if word in taken or not words.capital(word) or words.shouted(word):
            return None
        for length in (4, 3, 2, 1):
            ids = shorter.get(words.folds[word : word + length], set())
            if len(ids) > 1:  # an earlier full name settles it
                ids = {id_ for id_ in ids if self._people[id_].first < word}
            last = word + length
            if len(ids) == 1 and last <= len(words) and not taken.intersection(range(word, last)):
                if length == 1 and self._known.at(word, "GPE", "NORP", "ORG", "LOC"):
                    return None
                return last, next(iter(ids))
        return None

    def in_office(self, title: Title) -> Person | None:
        """Return who holds an office: by the table at the document's day, else who was last said to."""
        row = holder(self._known.gazetteer.tenures, title.office, title.of, self._known.published)
        if row is None:
            return self._said_to_hold(title)
        person = self._people.get(row.person)
        if person is None:
            person = Person(row.person, row.holder, row.words, title.first)
            self._people[row.person] = person
        person.roles.setdefault(row.role)
        return person

    def _said_to_hold(self, title: Title) -> Person | None:
        """Return the one person named before who holds the office; none if several do."""
        before = bisect_left(self._named_at, title.first, key=itemgetter(0))
        power_of = power(title.of) if title.of else None
        found: dict[str, Person] = {}
        for _, run, person in self._named_at[max(0, before - _FURTHEST_BACK) : before]:
            held = {of for office, of in person.roles if office == title.office}
            if run.office == title.office:
                held.add(power(run.of) if run.of else "")
            if held and power_of in (None, *held):
                found[person.id] = person
        return next(iter(found.values())) if len(found) == 1 else None


def _within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Tell whether a name is the last part, or a surname, of a full name, or the same."""
    if short == full:
        return True
    if len(short) > 1 and short[0] == full[0] and short[-1] == full[-1]:
        return True
    return any(full[i : i + len(short)] == short for i in range(1, len(full) - len(short) + 1))
