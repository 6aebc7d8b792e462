"""The ledger: what was known when, what held when, and who signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from invented_records import invented

from travesia.record import Entry, Ledger, Record, commitments, load_ledger, signatories

TWENTY = (
    "ARG", "BLZ", "BRA", "BRB", "CAN", "CHL", "COL", "CRI", "ECU", "GTM",
    "HND", "HTI", "JAM", "MEX", "PAN", "PER", "PRY", "SLV", "URY", "USA",
)  # fmt: skip


def known(ledger: Ledger, day: date) -> dict[str, Record]:
    return {standing.record.id: standing.record for standing in ledger.as_of(valid=day, known=day)}


def test_the_ledger_holds_24_commitments_and_the_declaration(americas: Ledger) -> None:
    assert len(americas.entries) == 45
    assert len(commitments(americas)) == 24
    types = [entry.record.type for entry in americas.entries]
    assert (types.count("instrument"), types.count("participation")) == (1, 20)


def test_twenty_states_signed_the_declaration(americas: Ledger) -> None:
    assert signatories(americas, "ins:la-declaration") == TWENTY
    assert signatories(americas, "ins:another") == ()


def test_the_declaration_does_not_bind(americas: Ledger) -> None:
    declaration = known(americas, date(2022, 6, 10))["ins:la-declaration"]
    assert declaration.fields["binding"] is False
    assert declaration.fields["n_signatories"] == 20
    assert declaration.fields["adopted"] == "2022-06-10"


def test_every_record_is_cited(americas: Ledger) -> None:
    assert all(cite.source for entry in americas.entries for cite in entry.record.cites)
    assert all(entry.record.cites for entry in americas.entries)


def test_the_pledge_of_20000_places(americas: Ledger) -> None:
    pledge = next(record for record in commitments(americas) if record.id == "com:us-2022-refugees")
    assert (pledge.fields["quantity"], pledge.fields["unit"], pledge.fields["bound"]) == (
        20000,
        "person",
        "exact",
    )
    assert (pledge.fields["period_start"], pledge.fields["period_end"]) == ("2022-10-01", "2024-09-30")
    assert (pledge.valid_from, pledge.valid_to) == (date(2022, 6, 10), date(2024, 10, 1))
    assert pledge.fields["measured_by"] == "us-refugee-admissions"
    assert "VEN" in pledge.fields["beneficiaries"]


def test_money_is_in_whole_dollars(americas: Ledger) -> None:
    money = {record.id: record.fields for record in commitments(americas) if record.fields["kind"] == "money"}
    assert (money["com:us-2022-ven-jun"]["quantity"], money["com:us-2022-ven-jun"]["unit"]) == (
        314_000_000,
        "USD",
    )
    assert money["com:us-2021-ven-fy"]["quantity"] == 406_900_000
    assert all(isinstance(fields["quantity"], int) for fields in money.values())


def test_a_commitment_without_a_number_has_none(americas: Ledger) -> None:
    statute = next(record for record in commitments(americas) if record.id == "com:co-2022-statute")
    assert (statute.fields["quantity"], statute.fields["unit"], statute.fields["bound"]) == (None, None, None)


def test_relations_name_records_that_there_are(americas: Ledger) -> None:
    ids = {record.id for record in commitments(americas)}
    related = {record.fields["related_to"] for record in commitments(americas)} - {None}
    assert related <= ids
    assert len(related) == 9


def test_nothing_is_known_before_it_was_said(americas: Ledger) -> None:
    assert "com:us-2022-refugees" not in known(americas, date(2022, 6, 9))
    assert "com:us-2022-refugees" in known(americas, date(2022, 6, 10))
    assert americas.as_of(valid=date(2024, 1, 1), known=date(2020, 1, 1)) == ()


def test_in_force_is_half_open(americas: Ledger) -> None:
    def holds(day: date) -> bool:
        found = americas.as_of(valid=day, known=date(2025, 1, 1))
        return next(s.in_force for s in found if s.record.id == "com:us-2022-refugees")

    assert [holds(date(2022, 6, 9)), holds(date(2022, 6, 10))] == [False, True]
    assert [holds(date(2024, 9, 30)), holds(date(2024, 10, 1))] == [True, False]


def test_an_amendment_counts_from_the_day_it_is_known() -> None:
    first = invented(fields={"bound": "level"})
    restated = invented(fields={"bound": "up_to"}, known_from=date(2023, 1, 5))
    ledger = Ledger((Entry("accept", "aa", first), Entry("amend", "bb", restated)))
    assert known(ledger, date(2023, 1, 4))["com:places"].fields["bound"] == "level"
    assert known(ledger, date(2023, 1, 5))["com:places"].fields["bound"] == "up_to"
    assert len(ledger.as_of(valid=date(2023, 2, 1), known=date(2023, 2, 1))) == 1


def test_an_older_version_entered_later_does_not_win() -> None:
    late = Ledger(
        (
            Entry("accept", "aa", invented(fields={"v": 2}, known_from=date(2023, 1, 5))),
            Entry("amend", "aa", invented(fields={"v": 1}, known_from=date(2022, 6, 10))),
        )
    )
    assert known(late, date(2022, 7, 1))["com:places"].fields["v"] == 1
    assert known(late, date(2023, 2, 1))["com:places"].fields["v"] == 2


def test_a_retracted_record_stands_until_it_is_retracted() -> None:
    gone = invented(known_from=date(2023, 1, 5))
    ledger = Ledger((Entry("accept", "aa", invented()), Entry("retract", "bb", gone)))
    assert "com:places" in known(ledger, date(2023, 1, 4))
    assert known(ledger, date(2023, 1, 5)) == {}
    assert commitments(ledger) == ()


def test_a_superseded_record_is_left_out_once_the_other_is_known() -> None:
    monthly = invented("com:monthly", supersedes="com:places", known_from=date(2023, 1, 5))
    ledger = Ledger((Entry("accept", "aa", invented()), Entry("accept", "aa", monthly)))
    assert set(known(ledger, date(2023, 1, 4))) == {"com:places"}
    assert set(known(ledger, date(2023, 1, 5))) == {"com:monthly"}


def test_title_42_as_known_on_three_days() -> None:
    def version(known_from: date, end: date | None) -> Record:
        return invented(
            "pol:title-42", type="policy", valid_from=date(2020, 3, 21), valid_to=end, known_from=known_from
        )

    ledger = Ledger(
        (
            Entry("accept", "aa", version(date(2020, 3, 20), None)),
            Entry("amend", "aa", version(date(2022, 11, 15), date(2022, 12, 21))),
            Entry("amend", "aa", version(date(2022, 12, 19), None)),
            Entry("amend", "aa", version(date(2023, 1, 30), date(2023, 5, 12))),
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
        Entry("accept", "aa", part("USA", "signatory")),
        Entry("accept", "aa", part("CUB", "not_invited")),
    ]
    assert signatories(Ledger(tuple(entries)), "ins:x") == ("USA",)
    entries.append(Entry("retract", "aa", part("USA", "signatory")))
    assert signatories(Ledger(tuple(entries)), "ins:x") == ()


def test_an_empty_ledger_has_nothing() -> None:
    assert Ledger(()).latest() == ()
    assert commitments(Ledger(())) == ()


def test_a_project_ledger_lies_over_that_of_the_pack(written: Callable[..., Path]) -> None:
    pack = written(Entry("accept", "aa", invented()), name="pack.jsonl")
    own = written(Entry("amend", "me", invented(fields={}, known_from=date(2023, 1, 1))), name="own.jsonl")
    assert [dict(record.fields) for record in load_ledger(pack, own).latest()] == [{}]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["amend", "retract"]), st.integers(0, 60))),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_asking_as_of_a_day_ignores_everything_known_later(
    operations: list[tuple[int, str, int]], day: int, valid: int
) -> None:
    start = date(2022, 1, 1)
    entries = tuple(
        Entry(op, "aa", invented(f"com:c{which}", fields={"n": n}, known_from=start + timedelta(days=at)))
        for n, (which, op, at) in enumerate(operations)
    )
    asked = {"valid": start + timedelta(days=valid), "known": start + timedelta(days=day)}
    past = tuple(entry for entry in entries if entry.record.known_from <= asked["known"])
    assert Ledger(entries).as_of(**asked) == Ledger(past).as_of(**asked)
    assert len({s.record.id for s in Ledger(entries).as_of(**asked)}) == len(Ledger(entries).as_of(**asked))
