"""What reading finds in a text: names, dates, quantities, and proposals for the ledger.

Every offset is a code point of the document's original text; every extent is half-open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

MENTION_TYPES = (
    "PER", "PER_ROLE", "GPE", "GPE_METONYM", "NORP", "ORG", "GROUP", "LOC", "BORDER", "EVENT", "DOC",
    "DATE", "QUANTITY", "MONEY", "RATIO",
)  # fmt: skip
"""What a mention can be: a person, one named by office only, a country, a capital that stands for a
government, a nationality, an organisation, a group of people, a place, a border, a named event, a named
instrument, a date, a count, money, a ratio."""


@dataclass(frozen=True, order=True)
class Extent:
    """A stretch of the original text, ``[start, end)`` in code points."""

    start: int
    end: int

    def overlaps(self, other: Extent) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Extent) -> bool:
        """Tell whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def between(self, other: Extent) -> Extent:
        """Return what lies between the two, whichever comes first."""
        return Extent(min(self.end, other.end), max(self.start, other.start))

    def distance(self, other: Extent) -> int:
        """Return how many code points lie between the two; 0 where they meet."""
        return max(self.start - other.end, other.start - self.end, 0)


@dataclass(frozen=True)
class Sentence(Extent):
    """A sentence, or a line of its own: ``heading``, ``item`` of a list, ``dateline``, ``speaker``."""

    kind: str = "prose"


@dataclass(frozen=True)
class Text:
    """A text made ready for reading.

    `plain` has the length of `original`: each no-break or thin space is a space, each curly or angled quote
    a straight one, each dash a hyphen, so that an offset in one is an offset in the other.
    """

    original: str
    plain: str
    language: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Candidate:
    """One way to read a doubtful slot, and why one would."""

    value: Any
    reason: str


@dataclass(frozen=True)
class When(Extent):
    """A date or a period, as found.

    `value` is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, ``a/b`` for a period with its last day (or month, or
    year) included; a trailing ``~`` says "now, at the document's date". ``None`` where the text does not
    settle it. `candidates` holds every reading, the chosen one first; a single reading has none.
    `first` and `last` are the first and the last day, ISO, where known. `relation` is ``since``, ``until``,
    ``by``, ``before``, ``after`` or ``during`` where the text says so. A date that is no `mention` is told
    without being named: "to date", "that day", "the past two years".
    """

    value: str | None
    candidates: tuple[Candidate, ...] = ()
    first: str | None = None
    last: str | None = None
    fiscal: bool = False
    relation: str | None = None
    mention: bool = True


@dataclass(frozen=True)
class Quantity(Extent):
    """A count, an amount of money or a ratio, as found.

    `kind` is the mention's type. `value` is in whole units (``314000000`` for 314 million dollars; a
    quarter less is ``-0.25``, three times is ``3``); `low` and `high` where the text gives a range. `unit`
    is singular (``person``, ``state``, ``USD``, ``km``, ``ratio``, ``authorization``; ``other`` where none
    fits; with `` per month``, `` per day`` and so on where it is a rate), ``None`` where the text leaves it
    open. `qualifier` is one of the schema's (``exact``, ``more_than``, ``less_than``, ``almost``, ``about``,
    ``approximate``, ``up_to``, ``limit``, ``vague``).
    `counted` is the extent of what is counted ("Venezuelan migrants"), where the text says it.
    """

    kind: str
    value: float | int | None
    unit: str | None
    qualifier: str = "exact"
    low: float | int | None = None
    high: float | int | None = None
    counted: Extent | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Entity:
    """Who or what a mention names; `id` starts with ``per: cty: org: grp: plc: dat:``.

    `roles` are offices: each the name of the office and the id of what it is the office of.
    """

    id: str
    type: str
    name: str
    iso3: str | None = None
    roles: tuple[tuple[str, str], ...] = ()
    country: str | None = None
    kind: str | None = None
    named: bool = True


@dataclass(frozen=True)
class Mention(Extent):
    """Where a text names an entity or a record; `nested` inside a longer mention."""

    type: str
    entity: str
    nested: bool = False


@dataclass(frozen=True)
class Doubt:
    """A slot that more than one value could fill: the candidates, the chosen one first."""

    slot: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Proposal:
    """A record that a reader proposes; `fields` as the schema names them, only what the text settles.

    `evidence` starts with the tightest stretch that supports the record. `attribution` names the entities
    that vouch for it, nearest first; empty for the writer. `doubts` are slots to settle in review,
    `abstained` those that the text leaves open though the reader looked for them. `slots` tells where each
    filled slot stands in the text. `origin` names the reader.
    """

    id: str
    type: str
    fields: Mapping[str, Any]
    evidence: tuple[Extent, ...]
    certainty: str = "asserted"
    modality: str = "actual"
    attribution: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    abstained: tuple[str, ...] = ()
    slots: Mapping[str, Extent] = field(default_factory=dict)
    origin: str = "rules"

    def with_slot(self, doubt: Doubt, value: Any | None, place: Extent | None) -> Proposal:
        """Return the record with a slot in doubt filled by a value that stands at a place, or left open."""
        name, abstained = doubt.slot, tuple(one for one in self.abstained if one != doubt.slot)
        fields = {slot: each for slot, each in self.fields.items() if slot != name or value is not None}
        slots = {slot: each for slot, each in self.slots.items() if slot != name}
        if value is None:
            abstained = (*abstained, name)
        else:
            fields[name] = value
        if place is not None:
            slots[name] = Extent(place.start, place.end)
        doubts = (*self.doubts, doubt)
        return replace(self, fields=fields, slots=slots, doubts=doubts, abstained=abstained)

    def texts(self) -> Iterator[str]:
        """Yield every text among its values, those of doubts too: the ids of what it names are among them."""
        yield from self.attribution
        yield from _texts(self.fields)
        yield from _texts([one.value for doubt in self.doubts for one in doubt.candidates])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


@dataclass(frozen=True)
class Found:
    """All that lies below the records: what families of rules read proposals from.

    `entities` by id; `mentions`, `dates` and `quantities` in the order of the text. `author` is the entity
    that speaks as "we", where the publisher settles it. `document` is the id of the document.
    """

    text: Text
    published: str | None
    publisher: str | None
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    dates: tuple[When, ...]
    quantities: tuple[Quantity, ...]
    author: str | None = None
    document: str = ""


@dataclass(frozen=True)
class DocumentDate:
    """When a document was published: ISO dates, ``None`` where open.

    `certainty` is ``stated`` (printed in the text), ``metadata`` (said by whoever gave the file) or
    ``inferred``; `basis` says from what.
    """

    value: str | None
    earliest: str | None
    latest: str | None
    certainty: str
    basis: str
