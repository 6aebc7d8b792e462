"""States that people set: only by a record with a cite, for the days on which it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from small_ledgers import ENTERED, admissions, ledger_of, record

from travesia.record import Entry, Ledger, Record, Retract
from travesia.terms import Cite, InputError
from travesia.tracking import track

REGION = admissions({f"2022-0{month}": 10.0 for month in range(1, 7)})


def set_state(state: str, since: str = "2022-02-01", until: str | None = None, **changes: Any) -> Record:
    made = record("said", since, fields={"about": "com:places", "state_override": state, "stance": "report"})
    return replace(
        made,
        id="sta:said",
        type="statement",
        valid_from=date.fromisoformat(since),
        valid_to=None if until is None else date.fromisoformat(until),
        **changes,
    )


def state(ledger: Ledger, day: str, known: str | None = None) -> tuple[str, str | None, str]:
    (found,) = track(
        REGION,
        ledger,
        as_of=date.fromisoformat(day),
        known=None if known is None else date.fromisoformat(known),
    )
    return found.state, found.by_figures, found.why


def test_a_set_state_holds_while_its_record_does_and_the_figures_stay() -> None:
    ledger = ledger_of(record(), set_state("blocked", until="2022-05-01"))
    assert state(ledger, "2022-01-31")[:2] == ("in_progress", None)
    blocked = state(ledger, "2022-03-31")
    assert blocked[:2] == ("blocked", "in_progress")
    assert "set by sta:said (source of said); the figures say in_progress" in blocked[2]
    assert state(ledger, "2022-05-31")[:2] == ("in_progress", None)


def test_the_latest_set_state_counts_and_a_retracted_one_does_not() -> None:
    first = set_state("blocked")
    second = replace(set_state("withdrawn", "2022-03-01"), id="sta:again")
    ledger = ledger_of(record(), first, second)
    assert state(ledger, "2022-02-28")[0] == "blocked"
    assert state(ledger, "2022-03-31")[0] == "withdrawn"
    gone = Entry(Retract("sta:again", known_from=date(2022, 4, 1)), "hand:test", ENTERED)
    assert state(ledger.with_entries(gone), "2022-04-30")[0] == "blocked"


def test_known_before_it_was_said_the_figures_decide() -> None:
    said_late = replace(set_state("withdrawn"), known_from=date(2022, 6, 1))
    ledger = ledger_of(record(), said_late)
    assert state(ledger, "2022-05-31")[0] == "withdrawn"
    assert state(ledger, "2022-05-31", known="2022-05-31")[0] == "in_progress"


@pytest.mark.parametrize("cites", [(), (Cite(""),)])
def test_without_a_cite_no_state_is_set(cites: tuple[Cite, ...]) -> None:
    with pytest.raises(InputError, match="sta:said: state_override met: cites nothing"):
        state(ledger_of(record(), set_state("met", cites=cites)), "2022-03-31")


def test_no_such_state_and_no_commitment_are_refused() -> None:
    with pytest.raises(InputError, match="state_override kept: is none of announced"):
        state(ledger_of(record(), set_state("kept")), "2022-03-31")
    nothing = set_state("met", fields={"state_override": "met"})
    with pytest.raises(InputError, match="about: names no commitment"):
        state(ledger_of(record(), nothing), "2022-03-31")
