"""How right a reading is: hits, what was proposed and what was wanted, measure by measure.

Greedy one-to-one matches as in the annotation schema: same type, spans that share at least half of the
shorter one (of a record, the first span of its evidence); then values and fields are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from travesia.record.matching import Comparison, Reading, matched, of_type
from travesia.record.reading.nouns import MENTION_TYPES
from travesia.record.schema import FIELDS, listed_unit

Measure = tuple[str, str]
"""A family (spans, links, values, records, slots, filled, slot, whole) and a name in it."""

QUANTITIES = ("QUANTITY", "MONEY", "RATIO")
UNSCORED = {"base", "name", "date_range", "start", "numerator", "implied", "cause", "superseded_by"}

WHOLE = {
    "commitments: actor, quantity, unit, period": ("commitment", "actor quantity unit period"),
    "commitments with a quantity": ("commitment", "actor quantity unit period"),
    "policies: status, expected end, end": ("policy", "status expected_end end"),
    "statements: speaker, stance": ("statement", "speaker stance"),
}
"""Records that count only when every one of some fields is right, or rightly empty."""

ABOUT = ("certainty", "modality", "attribution")
"""What is compared of every record, beside its fields, and counted apart from them."""

PARTICIPATIONS = {
    "participations: actor, role, of": ("actor role of", None),
    "who signed or was not invited: actor, role": ("actor role", ("signatory", "not_invited")),
}
"""Participations that count wherever the text says so: the fields that must be right, and the roles."""


@dataclass(frozen=True)
class Counts:
    """How many were right, how many were proposed, how many were wanted."""

    hits: int = 0
    proposed: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return the counts of both."""
        return Counts(self.hits + other.hits, self.proposed + other.proposed, self.wanted + other.wanted)

    @property
    def precision(self) -> float | None:
        """The share of what was proposed that is right; ``None`` where nothing was."""
        return self.hits / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """The share of what was wanted that was found; ``None`` where nothing was."""
        return self.hits / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; ``None`` where nothing was proposed or wanted."""
        return 2 * self.hits / (self.proposed + self.wanted) if self.proposed + self.wanted else None


Scores = Mapping[Measure, Counts]


def score(predicted: Reading, gold: Reading) -> dict[Measure, Counts]:
    """Return the counts of one document, measure by measure.

    Both are objects of the shape that `check_reading` checks, of the same text.
    """
    compared = Comparison(predicted, gold)
    scores = dict(_spans(compared))
    scores["links", "countries"] = _countries(compared, nested=False)
    scores["links", "countries, nested too"] = _countries(compared, nested=True)
    scores["values", "dates"] = _dates(compared)
    scores["values", "quantities with unit"] = _quantities(compared)
    for kind in FIELDS:
        scores |= _records(compared, kind)
    for name in PARTICIPATIONS:
        scores["whole", name] = _participations(compared, name)
    for name in WHOLE:
        scores["whole", name] = _whole(compared, name)
    return scores


def total(documents: Iterable[Scores]) -> dict[Measure, Counts]:
    """Return the counts of several documents together."""
    summed: dict[Measure, Counts] = {}
    for scores in documents:
        for measure, counts in scores.items():
            summed[measure] = summed.get(measure, Counts()) + counts
    return summed


def f1_interval(
    documents: Sequence[Scores], measure: Measure, draws: int = 1000, seed: int = 1
) -> tuple[float, float] | None:
    """Return the middle 95 % of F1 over documents drawn with replacement; ``None`` where no draw has one.

    The percentile bootstrap of Efron (1979), whole documents at a time; `seed` settles the draws.
    """
    import numpy as np

    rows = [scores.get(measure, Counts()) for scores in documents]
    if not rows:
        return None
    table = np.array([(row.hits, row.proposed + row.wanted) for row in rows], dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(rows), size=(draws, len(rows)))
    hits, size = table[drawn].sum(axis=1).T
    found = 2 * hits[size > 0] / size[size > 0]
    if not len(found):
        return None
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def _spans(compared: Comparison) -> Iterator[tuple[Measure, Counts]]:
    for kind in MENTION_TYPES:
        first, second = compared.mentions([kind])
        yield ("spans", kind), Counts(len(matched(first, second)), len(first), len(second))


def _countries(compared: Comparison, nested: bool) -> Counts:
    both = compared.mentions(MENTION_TYPES, nested)
    first, second = ([each for each in mentions if each["entity"].startswith("cty:")] for mentions in both)

    def same(i: int, j: int) -> bool:
        return bool(first[i]["entity"] == second[j]["entity"])

    return Counts(sum(same(i, j) for i, j in matched(first, second, same)), len(first), len(second))


def _dates(compared: Comparison) -> Counts:
    first, second = compared.mentions(["DATE"])
    pairs = matched(first, second)
    return Counts(sum(first[i]["entity"] == second[j]["entity"] for i, j in pairs), len(first), len(second))


def _quantities(compared: Comparison) -> Counts:
    """Count quantities whose value and unit are right; those without a value are not counted."""
    own, right = (
        {each["id"]: each for each in reading["records"] if each["type"] == "figure"}
        for reading in (compared.predicted, compared.gold)
    )
    first, second = (
        [each for each in mentions if _valued(figures.get(each["entity"]))]
        for mentions, figures in zip(compared.mentions(QUANTITIES), (own, right), strict=True)
    )
    hits = 0
    for i, j in matched(first, second):
        ours, theirs = own[first[i]["entity"]], right[second[j]["entity"]]
        hits += all(
            compared.same(slot(ours, name), slot(theirs, name)) for name in ("value", "range", "unit")
        )
    return Counts(hits, len(first), len(second))


def _valued(figure: Reading | None) -> bool:
    return figure is not None and any(slot(figure, name) is not None for name in ("value", "range"))


def slots_of(kind: str) -> list[str]:
    """Return the fields of a type that are compared."""
    return [
        name for name in FIELDS[kind].split() if name not in UNSCORED and (kind, name) != ("event", "end")
    ]


def slot(record: Reading, name: str) -> Any:
    """Return a field's value, ``None`` where it is empty.

    An event's date may be a range or a start; a unit is taken as the closed list has it.
    """
    fields = record["fields"]
    if name in ABOUT:
        value = record[name]
    elif record["type"] == "event" and name == "date":
        start, end = fields.get("start"), fields.get("end")
        value = fields.get("date") or fields.get("date_range") or (f"{start}/{end}" if end else start)
    else:
        value = fields.get(name)
    if name == "unit" and isinstance(value, str):
        value = listed_unit(value)
    return None if value in (None, "", [], {}) else value


def _records(compared: Comparison, kind: str) -> dict[Measure, Counts]:
    """Return detection of a type's records, and their fields on those that match."""
    pairs = compared.records.get(kind, [])
    own, right = of_type(compared.predicted, kind), of_type(compared.gold, kind)
    scores = {("records", kind): Counts(len(pairs), len(own), len(right))}
    right_ones = filled_ones = Counts()
    for name in (*slots_of(kind), *ABOUT):
        right_here, filled_here = _slot_counts(compared, pairs, name)
        scores["slot", f"{kind}.{name}"] = right_here
        if name not in ABOUT:
            right_ones, filled_ones = right_ones + right_here, filled_ones + filled_here
    return scores | {("slots", kind): right_ones, ("filled", kind): filled_ones}


def _slot_counts(
    compared: Comparison, pairs: Sequence[tuple[Reading, Reading]], name: str
) -> tuple[Counts, Counts]:
    """Return how often a field is right, and how often it is filled where it should be."""
    right = filled = Counts()
    for ours, theirs in pairs:
        value, wanted = slot(ours, name), slot(theirs, name)
        both = value is not None and wanted is not None
        sizes = int(value is not None), int(wanted is not None)
        right += Counts(int(both and compared.same(value, wanted)), *sizes)
        filled += Counts(int(both), *sizes)
    return right, filled


def _participations(compared: Comparison, name: str) -> Counts:
    """Count participations by some of their fields, wherever the text says so."""
    slots, roles = PARTICIPATIONS[name]

    def told(reading: Reading, right: bool) -> Counter[tuple[Any, ...]]:
        def said(row: Reading, slot: str) -> Any:
            named = compared.right if right else compared.translated
            return row.get(slot) if slot == "role" else named(row.get(slot))

        rows = [record["fields"] for record in of_type(reading, "participation")]
        kept = [row for row in rows if roles is None or row.get("role") in roles]
        return Counter(tuple(said(row, slot) for slot in slots.split()) for row in kept)

    own, wanted = told(compared.predicted, False), told(compared.gold, True)
    return Counts((own & wanted).total(), own.total(), wanted.total())


def _whole(compared: Comparison, name: str) -> Counts:
    kind, slots = WHOLE[name]
    only = "quantity" if name == "commitments with a quantity" else None

    def counted(record: Reading) -> bool:
        return only is None or slot(record, only) is not None

    hits = sum(
        counted(theirs) and all(compared.same(slot(ours, each), slot(theirs, each)) for each in slots.split())
        for ours, theirs in compared.records.get(kind, [])
    )
    own, right = of_type(compared.predicted, kind), of_type(compared.gold, kind)
    return Counts(hits, sum(map(counted, own)), sum(map(counted, right)))


@dataclass(frozen=True)
class Miss:
    """What a reading lacks, has in vain or has otherwise: ``missed``, ``false`` or ``differs``."""

    fault: str
    type: str
    what: str
    start: int
    end: int


def misses(predicted: Reading, gold: Reading) -> list[Miss]:
    """Return where two readings differ, in the order of the text, for whoever improves the reader."""
    compared = Comparison(predicted, gold)
    found = [*_mention_misses(compared), *_record_misses(compared)]
    return sorted(found, key=lambda miss: (miss.start, miss.end, miss.type))


def _mention_misses(compared: Comparison) -> Iterator[Miss]:
    for kind in MENTION_TYPES:
        first, second = compared.mentions([kind])
        pairs = matched(first, second)
        for i, j in pairs:
            own, right = first[i]["entity"], second[j]["entity"]
            if own != right and right.startswith(("cty:", "dat:")):
                yield Miss("differs", kind, f"{own} should be {right}", second[j]["start"], second[j]["end"])
        yield from _alone(first, {i for i, _ in pairs}, "false", kind)
        yield from _alone(second, {j for _, j in pairs}, "missed", kind)


def _alone(mentions: Sequence[Reading], paired: set[int], fault: str, kind: str) -> Iterator[Miss]:
    for index, each in enumerate(mentions):
        if index not in paired:
            yield Miss(fault, kind, each["entity"], each["start"], each["end"])


def _record_misses(compared: Comparison) -> Iterator[Miss]:
    for kind in FIELDS:
        pairs = compared.records.get(kind, [])
        for ours, theirs in pairs:
            span = theirs["evidence"][0]
            for name in slots_of(kind):
                value, wanted = slot(ours, name), slot(theirs, name)
                if (value is not None or wanted is not None) and not compared.same(value, wanted):
                    what = f"{theirs['id']} {name}: {value!r} should be {wanted!r}"
                    yield Miss("differs", kind, what, span["start"], span["end"])
        for reading, side, fault in ((compared.predicted, 0, "false"), (compared.gold, 1, "missed")):
            paired = {pair[side]["id"] for pair in pairs}
            for record in of_type(reading, kind):
                if record["id"] not in paired:
                    span = record["evidence"][0]
                    yield Miss(fault, kind, _summary(record), span["start"], span["end"])


def _summary(record: Reading) -> str:
    shown = {name: slot(record, name) for name in slots_of(record["type"])}
    return f"{record['id']} " + " ".join(
        f"{name}={value}" for name, value in shown.items() if value is not None
    )
