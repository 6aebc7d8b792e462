"""States that people set: a record of its own, with a cite, says which and from when.

A record of type statement with the fields ``about`` (a commitment) and ``state_override`` (a state) sets that
state on the days on which it holds. It is a record like others, so that it has an author, a source, the day
from which it was known, and can be amended or retracted. What the figures say stays beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from travesia.record import Record
from travesia.terms import Cite, InputError
from travesia.tracking.commitment import short_id
from travesia.tracking.states import State

FIELD = "state_override"


@dataclass(frozen=True)
class Override:
    """The state that a record sets for a commitment, and what that rests on."""

    record: str
    state: State
    cites: tuple[Cite, ...]


def overrides_on(records: Sequence[Record], day: date) -> Mapping[str, Override]:
    """Return the states that people have set, by commitment; of several the latest one that holds.

    Raises
    ------
    InputError
        For a record that names no commitment, no such state, or cites nothing.
    """
    found: dict[str, tuple[date, Override]] = {}
    for record in records:
        if record.type != "statement" or FIELD not in record.fields:
            continue
        override = _read(record)
        about, since = short_id(str(record.fields["about"])), record.valid_from
        if since is None or not record.in_force(day):
            continue
        if about not in found or found[about][0] <= since:
            found[about] = since, override
    return {about: override for about, (_, override) in found.items()}


def _read(record: Record) -> Override:
    state = record.fields[FIELD]
    if state not in get_args(State):
        known = ", ".join(get_args(State))
        raise _fault(record, FIELD, state, f"is none of {known}")
    if not record.fields.get("about"):
        raise _fault(record, "about", None, "names no commitment")
    if not any(cite.source for cite in record.cites):
        raise _fault(record, FIELD, state, "cites nothing, and a state is set only with a source")
    return Override(record.id, state, record.cites)


def _fault(record: Record, name: str, value: object, problem: str) -> InputError:
    return InputError(record.id, problem, "amend the record", column=name, value=value)
