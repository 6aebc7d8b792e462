"""`as_of` against a reading of the lines that is slow and obvious."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_records import entry, invented

from travesia.record import Accept, Amend, Entry, Ledger, Merge, Record, Retract, Split, Supersede
from travesia.record.ledger.folding import MisplacedError
from travesia.record.ledger.operations import records_of

START = date(2022, 1, 1)
DAYS = st.integers(0, 9)
WHICH = st.integers(0, 4)
STEPS = st.tuples(
    st.sampled_from(["accept", "amend", "supersede", "retract", "merge", "split"]), WHICH, WHICH, DAYS, DAYS
)


def record(which: int, at: int, known: int, length: int, supersedes: int | None = None) -> Record:
    return invented(
        f"com:c{which}",
        fields={"entered": at},
        valid_from=START,
        valid_to=START + timedelta(days=length),
        known_from=START + timedelta(days=known),
        supersedes=None if supersedes is None else f"com:c{supersedes}",
    )


def operations(steps: list[tuple[str, int, int, int, int]]) -> list[Entry]:
    """Keep of random steps those that a ledger takes."""
    ledger = Ledger(())
    for at, (op, one, other, known, length) in enumerate(steps):
        made = record(one, at, known, length)
        parts = (record(10 + 2 * at, at, known, length), record(11 + 2 * at, at, length, known))
        operation = {
            "accept": Accept(record=made),
            "amend": Amend(made),
            "supersede": Supersede(record(one, at, known, length, supersedes=other)),
            "retract": Retract(made.id, made.known_from),
            "merge": Merge((made.id, f"com:c{other}"), made),
            "split": Split(made.id, parts),
        }[op]
        try:
            ledger = ledger.with_entries(entry(operation))
        except MisplacedError:
            continue
    return list(ledger.entries)


def slow(entries: list[Entry], valid: date, known: date) -> dict[str, tuple[Record, bool]]:
    said: dict[str, list[tuple[date, Record | None, list[str]]]] = {}
    for line in entries:
        match line.operation:
            case Accept(record=Record() as new) | Amend(record=new) | Supersede(record=new):
                said.setdefault(new.id, []).append((new.known_from, new, []))
            case Retract(of=name, known_from=date() as day):
                said[name].append((day, None, []))
            case Merge(of=names, record=new):
                said[new.id].append((new.known_from, new, []))
                for name in set(names) - {new.id}:
                    said[name].append((new.known_from, None, [new.id]))
            case Split(of=name, records=parts):
                for part in parts:
                    said.setdefault(part.id, []).append((part.known_from, part, []))
                day = min(part.known_from for part in parts)
                said[name].append((day, None, [part.id for part in parts]))
    newest = {}
    for name, events in said.items():
        by_then = sorted((event[0], at) for at, event in enumerate(events) if event[0] <= known)
        if by_then:
            newest[name] = events[by_then[-1][1]]
    replaced = [record.supersedes for _, record, _ in newest.values() if record and record.supersedes]
    for name in replaced:
        replaced += newest[name][2] if name in newest else []
    return {
        name: (found, START <= valid < found.valid_to)
        for name, (_, found, _) in newest.items()
        if found and name not in replaced
    }


@settings(max_examples=300)
@given(st.lists(STEPS, max_size=14), st.integers(-1, 10), DAYS)
def test_as_of_says_what_the_slow_reading_says(
    steps: list[tuple[str, int, int, int, int]], known: int, valid: int
) -> None:
    entries = operations(steps)
    day, held = START + timedelta(days=known), START + timedelta(days=valid)
    found = Ledger(tuple(entries)).as_of(valid=held, known=day)
    assert {one.record.id: (one.record, one.in_force) for one in found} == slow(entries, held, day)
    assert len({one.record.id for one in found}) == len(found)


@given(st.lists(STEPS, max_size=14), DAYS)
def test_what_becomes_known_later_changes_no_answer(
    steps: list[tuple[str, int, int, int, int]], known: int
) -> None:
    day = START + timedelta(days=known)
    ledger = Ledger(())
    for one in operations(steps):
        before, ledger = ledger, ledger.with_entries(one)
        days = [record.known_from for record in records_of(one.operation)]
        if min(days or [one.operation.known_from]) > day:
            assert ledger.as_of(valid=day, known=day) == before.as_of(valid=day, known=day)


def test_the_generator_reaches_every_operation() -> None:
    steps = [
        ("accept", 0, 0, 0, 5), ("amend", 0, 0, 3, 5), ("accept", 1, 0, 1, 5), ("merge", 0, 1, 4, 5),
        ("accept", 2, 0, 1, 5), ("supersede", 3, 2, 2, 5), ("split", 3, 0, 6, 7), ("retract", 0, 0, 8, 5),
    ]  # fmt: skip
    assert [one.op for one in operations(steps)] == [step[0] for step in steps]
