"""From record to model: a number is a target, the rest a list; and records as read from a text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_ledgers import ENTERED, MONEY, admissions, kinds, ledger_of, paid, record

from travesia.record import Accept, Entry, Merge, Supersede
from travesia.tracking import checklist_of, commitments_of, targets_of, track


@pytest.mark.parametrize(
    ("said", "bound"),
    [("up_to", "ceiling"), ("at_least", "floor"), ("more_than", "floor"), ("exact", "level"),
     ("about", "level"), (None, "level")],
)  # fmt: skip
def test_a_number_becomes_a_target_with_its_record(said: str | None, bound: str) -> None:
    ledger = ledger_of(record(bound=said))
    (target,) = targets_of(commitments_of(ledger))
    assert (target.record, target.actor, target.unit, target.amount) == ("com:places", "USA", "person", 100)
    assert target.bound == bound
    assert (target.window.start, target.window.end) == (date(2022, 1, 1), date(2022, 7, 1))
    assert checklist_of(commitments_of(ledger)) == ()
    (row,) = track(admissions({}), ledger, as_of=date(2022, 3, 31))
    assert (row.record, row.target) == ("com:places", bound)


@pytest.mark.parametrize("changes", [{"quantity": None, "unit": None}, {"measurable": False}])
def test_without_a_number_it_is_shown_and_never_scored(changes: dict) -> None:
    ledger = ledger_of(record(**changes))
    assert targets_of(commitments_of(ledger)) == ()
    (item,) = checklist_of(commitments_of(ledger))
    assert (item.record, item.actor, item.title) == ("com:places", "USA", "Take in people")
    (row,) = track(admissions({"2022-01": 500.0}), ledger, as_of=date(2022, 3, 31))
    assert (row.state, row.target) == ("unverifiable", None)


AS_READ = {
    "actor": ["cty:USA"], "action": "resettle", "quantity": 20000, "unit": "person", "bound": "more_than",
    "beneficiary": ["cty:VEN", "grp:refugees"], "period": "2023/2024",
    "period_note": "calendar or fiscal years", "status_at_document": "mobilised",
}  # fmt: skip
"""A commitment with the fields that reading gives."""


def test_a_record_as_read_from_a_text_is_tracked_too() -> None:
    ledger = ledger_of(record("read", "2022-06-10", fields=AS_READ))
    (one,) = commitments_of(ledger)
    assert (one.iso3, one.title, one.bound, one.basis) == ("USA", "resettle", "at_least", "committed")
    assert (one.first_day, one.last_day) == (date(2023, 1, 1), date(2024, 12, 31))
    assert one.beneficiaries == ("VEN",)
    (row,) = track(admissions({}), ledger, as_of=date(2022, 7, 1))
    assert row.state == "formalised"
    assert [(each.kind, each.text) for each in row.mismatches] == [("period", "calendar or fiscal years")]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023", (2023, 1, 1), (2023, 12, 31)),
        ("2023-02", (2023, 2, 1), (2023, 2, 28)),
        ("2023-02-03", (2023, 2, 3), (2023, 2, 3)),
        ("2022-10-01/2023-09", (2022, 10, 1), (2023, 9, 30)),
        ("2017/..", (2017, 1, 1), None),
        ("2022-06-10~", (2022, 6, 10), (2022, 6, 10)),
    ],
)
def test_periods_as_texts_write_them(period: str, first: tuple, last: tuple | None) -> None:
    (one,) = commitments_of(ledger_of(record(fields={**AS_READ, "period": period})))
    assert one.first_day == date(*first)
    assert one.last_day == (None if last is None else date(*last))


@pytest.mark.parametrize("period", ["soon", "2023-13", "2024/2023", "10 June"])
def test_a_period_that_is_none_is_refused(period: str) -> None:
    with pytest.raises(Exception, match="com:places: period"):
        commitments_of(ledger_of(record(fields={**AS_READ, "period": period})))


@pytest.mark.parametrize("actor", ["per:biden", ["org:usaid"], ["cty:USA", "cty:CAN"], []])
def test_who_is_no_single_state_is_no_state(actor: object) -> None:
    (one,) = commitments_of(ledger_of(record(actor=actor)))
    assert one.iso3 is None


def test_a_condition_holds_a_commitment_up_until_it_is_amended() -> None:
    waits = replace(record(condition="if the dialogue resumes"), modality="conditional")
    resumed = replace(record(known="2022-03-01"), modality="intended")
    region = admissions({"2022-01": 5.0, "2022-02": 5.0, "2022-03": 5.0})
    (before,) = track(region, ledger_of(waits), as_of=date(2022, 2, 28))
    assert (before.state, before.delivered) == ("blocked", 10)
    assert "waits on its condition: if the dialogue resumes" in before.why
    (after,) = track(region, ledger_of(waits, resumed), as_of=date(2022, 3, 31))
    assert after.state == "in_progress"


def test_a_block_that_has_ended_and_one_that_was_withdrawn_meanwhile() -> None:
    region = admissions({f"2022-0{month}": 5.0 for month in range(1, 7)})
    block = record("court", "2022-02-10", relation="blocks", related_to="com:places", period_end="2022-03-31",
                   quantity=None)  # fmt: skip
    states = {
        day: track(region, ledger_of(record(), block), as_of=date.fromisoformat(day))[0].state
        for day in ("2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30")
    }
    assert list(states.values()) == ["in_progress", "blocked", "blocked", "in_progress"]
    end = record("end", "2022-03-15", relation="withdraws", related_to="com:places")
    assert track(region, ledger_of(record(), block, end), as_of=date(2022, 3, 31))[0].state == "withdrawn"


def test_a_record_that_another_supersedes_is_told_as_superseded() -> None:
    new = replace(record("new", "2022-03-10", quantity=500), supersedes="com:places")
    ledger = ledger_of(record()).with_entries(Entry(Supersede(new), "hand:test", ENTERED))
    region = admissions({f"2022-0{month}": 5.0 for month in range(1, 7)})
    found = {each.commitment: each for each in track(region, ledger, as_of=date(2022, 3, 31))}
    assert found["places"].state == "superseded"
    assert "superseded by new of 2022-03-10" in found["places"].why
    assert (found["new"].state, found["new"].pledged) == ("in_progress", 500)
    before = track(region, ledger, as_of=date(2022, 3, 31), known=date(2022, 3, 9))
    assert [each.state for each in before] == ["in_progress"]


def test_what_a_later_version_changed_is_told() -> None:
    first = record(bound="exact")
    later = record(known="2022-02-05", bound="up_to", quantity=120, beneficiaries=["VEN"])
    (now,) = track(admissions({}), ledger_of(first, later), as_of=date(2022, 3, 31))
    (told,) = (each.text for each in now.mismatches if each.kind == "restated")
    assert (
        told == "restated on 2022-02-05: quantity from 100 to 120, bound from exact to up_to, beneficiaries"
    )
    (then,) = track(admissions({}), ledger_of(first, later), as_of=date(2022, 3, 31), known=date(2022, 2, 4))
    assert "restated" not in kinds(then.mismatches)


def test_doubts_that_a_record_states_are_shown() -> None:
    noted = record(scope_note="the Americas or Latin America only", currency_year=2021, bound="about")
    (row,) = track(admissions({}), ledger_of(noted), as_of=date(2022, 3, 31))
    assert kinds(row.mismatches) == ["bound", "region", "prices"]
    assert "prices of 2021" in row.mismatches[2].text


def test_what_names_a_commitment_that_was_merged_counts_for_what_it_became() -> None:
    other = record("same", "2021-12-05", **MONEY)
    later = record("later", "2022-01-05", **MONEY, relation="withdraws", related_to="com:same")
    ledger = ledger_of(record(**MONEY), other)
    merged = Merge(("com:places", "com:same"), record(known="2022-01-02", **MONEY))
    ledger = ledger.with_entries(Entry(merged, "hand:test", ENTERED))
    region = paid({"day": "2022-02-10", "value": 300.0, "commitment": "same"})
    (one,) = track(region, ledger, as_of=date(2022, 3, 31))
    assert (one.commitment, one.delivered) == ("places", 300)
    ended = ledger.with_entries(Entry(Accept(record=later), "hand:test", ENTERED))
    assert track(region, ended, as_of=date(2022, 3, 31))[0].state == "withdrawn"
