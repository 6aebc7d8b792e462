"""The ledger: what was known when, what held when, and who signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from invented_records import accept, amend, invented, retract

from travesia.record import Ledger, Record, commitments, load_ledger, signatories
from travesia.record.ledger.operations import records_of

TWENTY = (
    "ARG", "BLZ", "BRA", "BRB", "CAN", "CHL", "COL", "CRI", "ECU", "GTM",
    "HND", "HTI", "JAM", "MEX", "PAN", "PER", "PRY", "SLV", "URY", "USA",
)  # fmt: skip


def known(ledger: Ledger, day: date) -> dict[str, Record]:
    return {standing.record.id: standing.record for standing in ledger.as_of(valid=day, known=day)}


def test_the_ledger_holds_24_commitments_of_the_table_and_the_declaration(americas: Ledger) -> None:
    assert sum("basis" in record.fields for record in commitments(americas)) == 24
    kinds = [record.fields["kind"] for record in americas.accepted() if record.type == "instrument"]
    assert kinds.count("political_declaration") == 1


def test_twenty_states_signed_the_declaration(americas: Ledger) -> None:
    assert signatories(americas, "ins:la-declaration") == TWENTY
    assert signatories(americas, "ins:another") == ()


def test_the_declaration_does_not_bind(americas: Ledger) -> None:
    declaration = known(americas, date(2022, 6, 10))["ins:la-declaration"]
    assert declaration.fields["binding"] is False
    assert declaration.fields["n_signatories"] == 20
    assert declaration.fields["adopted"] == "2022-06-10"


def test_every_record_is_cited(americas: Ledger) -> None:
    records = [record for entry in americas.entries for record in records_of(entry.operation)]
    assert all(record.cites and all(cite.source for cite in record.cites) for record in records)


def test_the_pledge_of_20000_places(americas: Ledger) -> None:
    pledge = known(americas, date(2022, 6, 10))["com:us-2022-refugees"]
    assert (pledge.fields["quantity"], pledge.fields["unit"], pledge.fields["bound"]) == (
        20000,
        "person",
        "exact",
    )
    assert (pledge.fields["period_start"], pledge.fields["period_end"]) == ("2022-10-01", "2024-09-30")
    assert (pledge.valid_from, pledge.valid_to) == (date(2022, 6, 10), date(2024, 10, 1))
    assert pledge.fields["measured_by"] == "us-refugee-admissions"
    assert "VEN" in pledge.fields["beneficiaries"]


def test_the_pledge_of_20000_places_was_said_again_as_a_ceiling(americas: Ledger) -> None:
    day_before, day = (known(americas, date(2023, 1, at))["com:us-2022-refugees"] for at in (4, 5))
    assert (day_before.fields["bound"], day.fields["bound"]) == ("exact", "up_to")
    assert (day.fields["quantity"], day.fields["region"]) == (20000, "Latin America and the Caribbean")


def test_money_is_in_whole_dollars(americas: Ledger) -> None:
    money = {record.id: record.fields for record in commitments(americas) if record.fields["kind"] == "money"}
    assert (money["com:us-2022-ven-jun"]["quantity"], money["com:us-2022-ven-jun"]["unit"]) == (
        314_000_000,
        "USD",
    )
    assert money["com:us-2021-ven-fy"]["quantity"] == 406_900_000
    assert all(isinstance(fields["quantity"], int) for fields in money.values() if fields.get("unit"))


def test_a_commitment_without_a_number_has_none(americas: Ledger) -> None:
    statute = next(record for record in commitments(americas) if record.id == "com:co-2022-statute")
    assert (statute.fields["quantity"], statute.fields["unit"], statute.fields["bound"]) == (None, None, None)


def test_relations_name_records_that_there_are(americas: Ledger) -> None:
    ids = {record.id for record in commitments(americas)}
    related = {record.fields.get("related_to") for record in commitments(americas)} - {None}
    assert related <= ids
    assert len(related) == 11


@pytest.mark.parametrize(
    ("known_on", "valid_to", "status", "holds"),
    [
        ((2022, 12, 18), date(2022, 12, 21), "in_force", {(2022, 12, 20): True, (2022, 12, 21): False}),
        ((2022, 12, 20), None, "in_force", {(2022, 12, 21): True, (2023, 5, 12): True}),
        ((2023, 6, 15), date(2023, 5, 12), "ended", {(2023, 5, 11): True, (2023, 5, 12): False}),
    ],
)
def test_title_42_in_the_pack_as_known_on_three_days(
    americas: Ledger,
    known_on: tuple[int, int, int],
    valid_to: date | None,
    status: str,
    holds: dict[tuple[int, int, int], bool],
) -> None:
    record = known(americas, date(*known_on))["pol:title-42"]
    assert (record.valid_from, record.valid_to) == (date(2020, 3, 21), valid_to)
    assert record.fields["status"] == status
    assert record.fields["kind"] == "expulsion_or_return"
    assert {day: record.in_force(date(*day)) for day in holds} == holds
    assert ("contingency" in record.fields) == (status == "in_force")


def test_the_24000_places_gave_way_to_30000_a_month(americas: Ledger) -> None:
    def standing(day: date) -> dict[str, tuple[int, bool]]:
        found = americas.as_of(valid=day, known=day)
        names = ("pol:ven-parole", "pol:chnv-parole", "com:us-2022-ven-parole", "com:us-2023-chnv")
        return {s.record.id: (s.record.fields["quantity"], s.in_force) for s in found if s.record.id in names}

    assert standing(date(2022, 12, 1)) == {
        "pol:ven-parole": (24000, True), "com:us-2022-ven-parole": (24000, True)
    }  # fmt: skip
    assert standing(date(2023, 1, 9)) == {
        "pol:ven-parole": (24000, False), "pol:chnv-parole": (30000, True),
        "com:us-2022-ven-parole": (24000, False), "com:us-2023-chnv": (30000, True),
    }  # fmt: skip
    assert standing(date(2025, 3, 26))["pol:chnv-parole"] == (30000, False)
    newer = known(americas, date(2023, 1, 9))["pol:chnv-parole"].fields
    assert newer["unit"] == "person per month"
    assert set(newer["targets"]) == {"CUB", "HTI", "NIC", "VEN"}
    assert newer["contingency"]["decided_by"] == ["MEX"]


def test_no_end_is_known_before_the_day_on_which_it_became_known(americas: Ledger) -> None:
    before = known(americas, date(2025, 3, 24))
    assert before["pol:chnv-parole"].valid_to is None
    assert before["com:us-2023-chnv"].fields["period_end"] is None


def test_nothing_is_known_before_it_was_said(americas: Ledger) -> None:
    assert "com:us-2022-refugees" not in known(americas, date(2022, 6, 9))
    assert "com:us-2022-refugees" in known(americas, date(2022, 6, 10))
    assert americas.as_of(valid=date(2024, 1, 1), known=date(2007, 12, 31)) == ()


def test_in_force_is_half_open(americas: Ledger) -> None:
    def holds(day: date) -> bool:
        found = americas.as_of(valid=day, known=date(2025, 1, 1))
        return next(s.in_force for s in found if s.record.id == "com:us-2022-refugees")

    assert [holds(date(2022, 6, 9)), holds(date(2022, 6, 10))] == [False, True]
    assert [holds(date(2024, 9, 30)), holds(date(2024, 10, 1))] == [True, False]


def test_an_amendment_counts_from_the_day_it_is_known() -> None:
    first = invented(fields={"bound": "level"})
    restated = invented(fields={"bound": "up_to"}, known_from=date(2023, 1, 5))
    ledger = Ledger((accept(first), amend(restated)))
    assert known(ledger, date(2023, 1, 4))["com:places"].fields["bound"] == "level"
    assert known(ledger, date(2023, 1, 5))["com:places"].fields["bound"] == "up_to"
    assert len(ledger.as_of(valid=date(2023, 2, 1), known=date(2023, 2, 1))) == 1


def test_an_older_version_entered_later_does_not_win() -> None:
    late = Ledger(
        (
            accept(invented(fields={"v": 2}, known_from=date(2023, 1, 5))),
            amend(invented(fields={"v": 1}, known_from=date(2022, 6, 10))),
        )
    )
    assert known(late, date(2022, 7, 1))["com:places"].fields["v"] == 1
    assert known(late, date(2023, 2, 1))["com:places"].fields["v"] == 2


def test_a_retracted_record_stands_until_it_is_retracted() -> None:
    ledger = Ledger((accept(invented()), retract("com:places", date(2023, 1, 5))))
    assert "com:places" in known(ledger, date(2023, 1, 4))
    assert known(ledger, date(2023, 1, 5)) == {}
    assert commitments(ledger) == ()


def test_a_superseded_record_is_left_out_once_the_other_is_known() -> None:
    monthly = invented("com:monthly", supersedes="com:places", known_from=date(2023, 1, 5))
    ledger = Ledger((accept(invented()), accept(monthly)))
    assert set(known(ledger, date(2023, 1, 4))) == {"com:places"}
    assert set(known(ledger, date(2023, 1, 5))) == {"com:monthly"}


def test_title_42_as_known_on_three_days() -> None:
    def version(known_from: date, end: date | None) -> Record:
        return invented(
            "pol:title-42", type="policy", valid_from=date(2020, 3, 21), valid_to=end, known_from=known_from
        )

    ledger = Ledger(
        (
            accept(version(date(2020, 3, 20), None)),
            amend(version(date(2022, 11, 15), date(2022, 12, 21))),
            amend(version(date(2022, 12, 19), None)),
            amend(version(date(2023, 1, 30), date(2023, 5, 12))),
        )
    )

    def asked(valid: date, day: date) -> bool:
        (standing,) = ledger.as_of(valid=valid, known=day)
        return standing.in_force

    january = date(2023, 1, 15)
    assert asked(january, date(2022, 12, 18)) is False
    assert asked(january, date(2022, 12, 20)) is True
    assert asked(january, date(2023, 6, 1)) is True
    assert asked(date(2023, 5, 12), date(2023, 6, 1)) is False


def test_a_record_whose_start_is_unknown_is_not_in_force() -> None:
    assert not invented(valid_from=None, valid_to=None).in_force(date(2022, 7, 1))


def test_only_signatories_count_and_once_retracted_no_more() -> None:
    def part(state: str, role: str) -> Record:
        fields = {"iso3": state, "role": role, "of": "ins:x"}
        return invented(f"par:x-{state.lower()}", type="participation", fields=fields)

    entries = [
        accept(part("USA", "signatory")),
        accept(part("CUB", "not_invited")),
    ]
    assert signatories(Ledger(tuple(entries)), "ins:x") == ("USA",)
    entries.append(retract("par:x-usa", date(2022, 6, 10)))
    assert signatories(Ledger(tuple(entries)), "ins:x") == ()


def test_an_empty_ledger_has_nothing() -> None:
    assert Ledger(()).accepted() == ()
    assert commitments(Ledger(())) == ()


def test_a_project_ledger_lies_over_that_of_the_pack(written: Callable[..., Path]) -> None:
    pack = written(accept(invented()), name="pack.jsonl")
    own = written(amend(invented(fields={}, known_from=date(2023, 1, 1))), name="own.jsonl")
    assert [dict(record.fields) for record in load_ledger(pack, own).accepted()] == [{}]
