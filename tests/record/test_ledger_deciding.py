"""Proposals and what becomes of them: acceptance by one or two people, rejection, merging, splitting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from invented_records import accept, amend, entry, invented, propose, retract

from travesia.record import (
    Accept,
    Ledger,
    Merge,
    MisplacedError,
    Note,
    Reject,
    Retract,
    Split,
    Supersede,
    accepted,
    rejected,
    signatories,
)
from travesia.record.ledger.content import content_of

ONE, TWO, THREE = (f"pro:{n:016x}" for n in (1, 2, 3))
BY_TWO = {"*": 1, "commitment": 2}
AT = "2024-03-01T08:00:00Z"


def ids(ledger: Ledger) -> list[str]:
    return [record.id for record in ledger.accepted()]


def statuses(ledger: Ledger) -> list[str]:
    return [one.status for one in ledger.proposals()]


def test_a_proposal_reaches_no_model_until_it_is_accepted() -> None:
    ledger = Ledger((propose(1), propose(2), propose(3)))
    assert (ids(ledger), len(ledger.proposed())) == ([], 3)
    ledger = ledger.with_entries(entry(Accept(ONE)), entry(Reject(TWO, "a quotation")))
    assert (ids(ledger), statuses(ledger)) == (["com:c1"], ["accepted", "rejected", "proposed"])
    assert ledger.proposal(TWO).why == "a quotation"
    assert ledger.proposal(ONE).into == ("com:c1",)


def test_an_undated_document_is_known_from_the_day_of_acceptance() -> None:
    ledger = Ledger((propose(1, dated=False),)).with_entries(entry(Accept(ONE), at=AT))
    (record,) = ledger.accepted()
    assert record.known_from == date(2024, 3, 1)
    assert ledger.as_of(valid=date(2024, 2, 29), known=date(2024, 2, 29)) == ()


def test_what_was_edited_is_named_and_the_proposal_stays_as_it_was() -> None:
    ledger = Ledger((propose(1),))
    better = replace(invented("com:c1"), fields={"quantity": 2, "unit": "person"}, valid_to=None)
    made = accepted(ledger, ONE, by="aa", at=AT, record=better)
    assert made.operation.edited == ("fields.quantity", "valid_to")
    ledger = ledger.with_entries(made)
    assert dict(ledger.accepted()[0].fields) == {"quantity": 2, "unit": "person"}
    assert ledger.proposal(ONE).record.fields["quantity"] == 20000


def test_two_people_must_accept_the_same() -> None:
    ledger = Ledger((propose(1),), BY_TWO)
    ledger = ledger.with_entries(accepted(ledger, ONE, by="ana", at=AT))
    assert (ids(ledger), statuses(ledger), len(ledger.waiting())) == ([], ["proposed"], 1)
    for same in ("ana", "Ana", " ANA "):
        with pytest.raises(
            MisplacedError, match=f"com:c1: was accepted by {same.strip()} already; ask another"
        ):
            ledger.with_entries(accepted(ledger, ONE, by=same, at=AT))
    second = accepted(ledger, ONE, by="bea", at=AT)
    assert second.operation == Accept(of="com:c1", content=content_of(invented("com:c1")))
    ledger = ledger.with_entries(second)
    assert (ids(ledger), statuses(ledger), ledger.waiting()) == (["com:c1"], ["accepted"], ())


def test_two_who_accept_different_things_have_not_accepted() -> None:
    ledger = Ledger((propose(1),), BY_TWO)
    for by, number in (("ana", 2), ("bea", 3)):
        better = invented("com:c1", fields={"quantity": number, "unit": "person"})
        ledger = ledger.with_entries(accepted(ledger, ONE, by=by, at=AT, record=better))
    assert (ids(ledger), len(ledger.waiting())) == ([], 2)
    with pytest.raises(MisplacedError, match="waits in versions of different content"):
        accepted(ledger, ONE, by="eva", at=AT)
    third = accepted(ledger, ONE, by="eva", at=AT, record=better)
    ledger = ledger.with_entries(third)
    assert ledger.accepted()[0].fields["quantity"] == 3
    assert ledger.waiting() == ()


def test_an_edit_is_accepted_with_the_proposal_by_the_second_person() -> None:
    ledger = Ledger((propose(1),), BY_TWO)
    better = invented("com:c1", fields={"quantity": 7})
    ledger = ledger.with_entries(accepted(ledger, ONE, by="ana", at=AT, record=better))
    ledger = ledger.with_entries(accepted(ledger, ONE, by="bea", at=AT))
    assert dict(ledger.accepted()[0].fields) == {"quantity": 7}


def test_by_hand_and_amended_records_wait_for_the_second_person_too() -> None:
    ledger = Ledger((accept(invented(), "ana"),), BY_TWO)
    assert ids(ledger) == []
    ledger = ledger.with_entries(accepted(ledger, "com:places", by="bea", at=AT))
    newer = invented(fields={"quantity": 5})
    ledger = ledger.with_entries(amend(newer, "ana"))
    assert ledger.accepted() == (invented(),)
    assert ledger.with_entries(accepted(ledger, "com:places", by="bea", at=AT)).accepted() == (newer,)


def test_other_types_need_one_person_and_the_number_holds_for_all_where_it_is_said_for_all() -> None:
    policy = accept(invented("pol:p", type="policy"))
    assert ids(Ledger((policy,), BY_TWO)) == ["pol:p"]
    assert ids(Ledger((policy,), {"*": 2})) == []


def test_a_rejection_ends_the_waiting() -> None:
    ledger = Ledger((propose(1),), BY_TWO).with_entries(entry(Accept(ONE), "ana"), entry(Reject(ONE, "no")))
    assert (ledger.waiting(), statuses(ledger)) == ((), ["rejected"])
    with pytest.raises(MisplacedError, match="has no version of this content that waits"):
        ledger.with_entries(entry(Accept("com:c1", content=content_of(invented("com:c1"))), "bea"))


def test_what_was_rejected_can_still_be_accepted() -> None:
    ledger = Ledger((propose(1), entry(Reject(ONE, "no")), entry(Accept(ONE))))
    assert (ids(ledger), ledger.proposal(ONE).why) == (["com:c1"], None)


def test_decisions_are_taken_back_one_by_one() -> None:
    start = Ledger((propose(1), propose(2), propose(3), accept(invented())))
    merged = Merge((ONE, TWO, "com:places"), invented("com:c1"))
    for operation in (
        Accept(ONE), Reject(ONE, "no"), merged, Split(ONE, (invented("com:p"), invented("com:q"))),
    ):  # fmt: skip
        done = start.with_entries(entry(operation))
        assert done.proposal(ONE).status != "proposed"
        back = done.with_entries(entry(Retract(ONE)))
        assert statuses(back) == ["proposed"] * 3
        assert ids(back) == ["com:places"]
        assert back.with_entries(entry(operation)).accepted() == done.accepted()


def test_a_first_name_is_taken_back_as_well() -> None:
    ledger = Ledger((propose(1), entry(Accept(ONE), "ana"), entry(Retract(ONE), "ana")), BY_TWO)
    assert (ledger.waiting(), statuses(ledger)) == ((), ["proposed"])


def test_nothing_is_taken_back_that_others_rest_on() -> None:
    ledger = Ledger((propose(1), entry(Accept(ONE)), amend(invented("com:c1", fields={}))))
    with pytest.raises(MisplacedError, match="has a record that was changed since; retract the record"):
        ledger.with_entries(entry(Retract(ONE)))
    with pytest.raises(MisplacedError, match="has no decision to take back"):
        Ledger((propose(1),)).with_entries(entry(Retract(ONE)))


def test_merging_makes_one_of_several_and_what_named_them_follows() -> None:
    summit = invented("ins:summit", type="instrument")
    again = invented("ins:summit-2", type="instrument")
    part = invented(
        "par:usa", type="participation", fields={"iso3": "USA", "role": "signatory", "of": "ins:summit-2"}
    )
    ledger = Ledger((accept(summit), propose(1, again), accept(part)))
    assert signatories(ledger, "ins:summit") == ()
    ledger = ledger.with_entries(entry(Merge(("ins:summit", ONE), summit)))
    assert (ids(ledger), statuses(ledger)) == (["ins:summit", "par:usa"], ["merged"])
    assert signatories(ledger, "ins:summit") == ("USA",)
    with pytest.raises(MisplacedError, match="ins:summit-2: stands for ins:summit; choose another id"):
        ledger.with_entries(accept(again))


def test_merged_records_are_closed_from_the_day_of_the_merged_version() -> None:
    ledger = Ledger((accept(invented("com:a")), accept(invented("com:b"))))
    both = invented("com:a", known_from=date(2022, 7, 1))
    ledger = ledger.with_entries(entry(Merge(("com:a", "com:b"), both)))

    def known(day: date) -> list[str]:
        return [one.record.id for one in ledger.as_of(valid=day, known=day)]

    assert known(date(2022, 6, 30)) == ["com:a", "com:b"]
    assert known(date(2022, 7, 1)) == ["com:a"]
    assert ledger.with_entries(retract("com:a", date(2023, 1, 1))).accepted() == ()


def test_splitting_closes_the_one_and_opens_the_others() -> None:
    parts = (invented("com:a"), invented("com:b", known_from=date(2022, 7, 1)))
    ledger = Ledger((accept(invented()), entry(Split("com:places", parts))))
    assert ids(ledger) == ["com:a", "com:b"]
    with pytest.raises(MisplacedError, match="com:places: was closed in favour of com:a, com:b"):
        ledger.with_entries(amend(invented()))


def test_a_superseding_record_that_is_retracted_gives_way_to_the_old_one() -> None:
    newer = invented("com:new", supersedes="com:places", known_from=date(2023, 1, 5))
    ledger = Ledger((accept(invented()), entry(Supersede(newer, ("quantity",)))))
    assert ids(ledger) == ["com:new"]
    assert ids(ledger.with_entries(retract("com:new", date(2023, 2, 1)))) == ["com:places"]


def test_nothing_is_retracted_before_it_was_known() -> None:
    ledger = Ledger((accept(invented()),))
    with pytest.raises(MisplacedError, match="com:places: is known only from 2022-06-10; retract it from"):
        ledger.with_entries(retract("com:places", date(2022, 6, 9)))
    assert ledger.with_entries(entry(Retract("com:places"), at=AT)).as_of(
        valid=date(2024, 2, 29), known=date(2024, 2, 29)
    )
    never = ledger.with_entries(retract("com:places", date(2022, 6, 10)))
    assert never.as_of(valid=date(2022, 6, 10), known=date(2022, 6, 10)) == ()


def test_notes_change_nothing() -> None:
    ledger = Ledger((accept(invented()), propose(1)))
    noted = ledger.with_entries(entry(Note("com:places", "ask")), entry(Note(ONE, "hm"), "bb"))
    assert noted.accepted() == ledger.accepted()
    assert noted.proposals() == ledger.proposals()
    assert (noted.notes("com:places"), noted.notes(ONE), noted.notes("com:c1")) == (
        (("aa", "ask"),), (("bb", "hm"),), (),
    )  # fmt: skip


def test_what_is_unknown_is_named() -> None:
    ledger = Ledger((propose(1),))
    for make in (
        lambda: accepted(ledger, TWO, by="a", at=AT),
        lambda: rejected(ledger, TWO, by="a", at=AT, why="no"),
        lambda: ledger.proposal(TWO),
    ):
        with pytest.raises(MisplacedError, match=f"{TWO}: was never proposed; correct the id"):
            make()


def test_a_ledger_with_further_entries_leaves_the_first_as_it_was() -> None:
    first = Ledger((propose(1), accept(invented())))
    before = (first.accepted(), first.proposals())
    grown = first.with_entries(entry(Accept(ONE)), amend(invented(fields={})))
    assert (first.accepted(), first.proposals()) == before
    assert grown.accepted() == Ledger(grown.entries).accepted()
