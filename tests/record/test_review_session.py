"""The review as a state machine: commands in, entries and the next state out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from invented_records import accept, entry, invented, propose
from invented_review import DOCUMENT, ONE, TEXT, THREE, TWO, commitment, proposals

from travesia.record import (
    REASONS,
    Accept,
    Command,
    Ledger,
    Merge,
    Note,
    Outcome,
    Reject,
    Retract,
    Review,
    Split,
    on_ledger,
    prepare,
    start_review,
    step,
    view_of,
)
from travesia.terms import Cite, TravesiaError

AT = "2024-03-01T08:00:00Z"
BY_TWO = {"*": 2}


def review(by: str = "Ana", acceptances: dict[str, int] | None = None, **options: Any) -> Review:
    return start_review(Ledger(proposals(), acceptances or {}), by, **options)


def after(state: Review, *commands: Command) -> Outcome:
    outcome = Outcome(state)
    for command in commands:
        outcome = step(outcome.review, command, AT)
    return outcome


def do(name: Any, field: str = "", text: str = "", **parts: tuple[str, ...]) -> Command:
    return Command(name, field, text, parts)


def test_the_queue_follows_the_text_document_by_document() -> None:
    other = invented("com:other", cites=(Cite("second", 0, 3, "abc"),))
    early = invented("com:early", cites=(Cite(DOCUMENT, 0, 4, "Lima"),))
    ledger = Ledger((*proposals(), propose(4, other), propose(5, early)))
    fourth, fifth = f"pro:{4:016x}", f"pro:{5:016x}"
    assert start_review(ledger, "Ana").queue == (fifth, ONE, TWO, THREE, fourth)
    assert start_review(ledger, "Ana", kind="commitment").queue == (fifth, ONE, fourth)
    assert start_review(ledger, "Ana", document="second").queue == (fourth,)
    assert start_review(ledger, "Ana", limit=2).queue == (fifth, ONE)


def test_each_decision_is_one_entry_of_who_made_it() -> None:
    state = review()
    assert step(state, do("accept"), AT).entries == (entry(Accept(ONE), "Ana", AT),)
    assert step(state, do("reject", text=" no  promise "), AT).entries == (
        entry(Reject(ONE, "no promise"), "Ana", AT),
    )
    assert step(state, do("reject", text="2"), AT).entries[0].operation == Reject(ONE, REASONS[1])
    noted = step(state, do("note", text="ask Bea"), AT)
    assert noted.entries[0].operation == Note(ONE, "ask Bea")
    assert noted.review.present == state.present
    assert step(state, do("skip"), AT).entries == ()


def test_walking_through_ends_with_nothing_to_decide() -> None:
    done = after(review(), do("accept"), do("skip"), do("reject", text="1"))
    assert done.review.present is None
    assert [one.status for one in done.review.ledger.proposals()] == ["accepted", "proposed", "rejected"]
    assert done.review.accepted == 1
    with pytest.raises(TravesiaError, match="walked through"):
        step(done.review, do("accept"), AT)
    with pytest.raises(TravesiaError, match="walked through"):
        view_of(done.review, None)
    assert start_review(done.review.ledger, "Ana").queue == (TWO,)


def test_an_edit_is_accepted_with_what_was_edited_named() -> None:
    state = after(review(), do("set", "quantity", "30000"), do("set", "bound", "up")).review
    assert state.ledger.entries == review().ledger.entries
    made = step(state, do("accept"), AT)
    assert made.entries[0].operation.edited == ("fields.bound", "fields.quantity")
    (record,) = made.review.ledger.accepted()
    assert record.fields == {**commitment().fields, "quantity": 30000, "bound": "up_to"}
    assert made.review.ledger.proposal(ONE).record.fields["quantity"] == 20000


def test_a_chosen_date_moves_the_days_on_which_the_record_holds() -> None:
    state = after(review(), do("choose", "period", "2")).review
    (record,) = step(state, do("accept"), AT).review.ledger.accepted()
    assert (record.fields["period"], record.valid_to) == ("2022-06-10", date(2022, 6, 11))
    state = after(review(), do("set", "period", "")).review
    (record,) = step(state, do("accept"), AT).review.ledger.accepted()
    assert "period" not in record.fields
    assert (record.valid_from, record.valid_to) == (date(2022, 6, 10), None)


def test_an_edit_that_is_none_is_no_edit() -> None:
    same = after(review(), do("choose", "period", "1"), do("set", "actor", "USA"))
    assert (same.review.drafts, same.said) == ((), "actor: is that already")
    there_and_back = after(review(), do("set", "quantity", "1"), do("set", "quantity", "20000"), do("accept"))
    assert there_and_back.entries[0].operation == Accept(ONE)


def test_an_undated_document_is_known_from_its_acceptance_also_where_it_was_edited() -> None:
    ledger = Ledger((propose(1, commitment(), dated=False),))
    made = after(start_review(ledger, "Ana"), do("set", "quantity", "1"), do("accept"))
    assert made.review.ledger.accepted()[0].known_from == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (do("set", "unit", "euro"), "unit euro: is no unit; write one of person, state, USD"),
        (do("set", "action", "a"), "action a: is none of its words; write one of admit, resettle"),
        (do("set", "period", "next week"), "period next week: is no date; write YYYY, YYYY-MM"),
        (do("set", "period", "2022-02-30"), "period 2022-02-30: is no date"),
        (do("set", "actor", "XYZ"), "actor XYZ: is no state; write its code of ISO 3166"),
        (do("set", "actor", "cty:ZZZ"), "actor cty:ZZZ: is no state"),
        (do("set", "actor", "somebody"), "actor somebody: names nobody that is known; write a code"),
        (do("set", "actor", "usa:biden"), "actor usa:biden: is no id; begin it with one of per, cty"),
        (do("set", "quantity", "20,000"), "quantity 20,000: is no number; write it in digits"),
        (do("set", "quantity", "nan"), "quantity nan: is no number"),
        (do("set", "quantity", "1e99999"), "quantity 1e99999: is no number"),
        (do("set", "measurable", "perhaps"), "measurable perhaps: is neither yes nor no"),
        (do("set", "certainty", ""), "certainty : is empty; write one of asserted"),
        (do("set", "speaker", "USA"), "field speaker: is no field of a commitment; choose one of actor"),
        (do("set", "b", "x"), "field b: begins 4 fields: bound, beneficiary, binding, base"),
        (do("choose", "period", "3"), "period 3: has no such number; choose 1 to 2"),
        (do("choose", "quantity", "1"), "quantity: has no candidates; write a value"),
        (do("reject", text=" "), "a rejection needs a reason"),
        (do("reject", text="99"), f"reason 99: has no such number; choose 1 to {len(REASONS)}"),
        (do("merge", text="1"), "merge 1: has no such number; there is none to choose"),
        (do("merge", text="com:none"), "com:none: is no record that stands and no proposal"),
        (do("merge", text=TWO), f"{TWO}: is a figure, not a commitment"),
        (do("merge", text=ONE), "com:admit: merges fewer than two"),
        (do("merge", text="pro:00"), "pro:00: was never proposed"),
        (do("split", quantity=("5",)), "a split needs a field with two values or more"),
        (do("split", quantity=("5", "6"), unit=("USD",)), "a split needs a field with two values or more"),
        (do("split"), "a split needs a field"),
        (do("note", text=" "), "the note is empty"),
        (do("undo"), "nothing of yours is left to take back"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(command: Command, said: str) -> None:
    with pytest.raises(TravesiaError) as error:
        step(review(), command, AT)
    assert str(error.value).startswith(said), error.value
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("actor", "Estados Unidos Mexicanos", ["cty:MEX"]),
        ("actor", "MEX; Guatemala", ["cty:MEX", "cty:GTM"]),
        ("actor", "per:biden", ["per:biden"]),
        ("action", "Support host communities", "support_host_communities"),
        ("action", "support_d", "support_dialogue"),
        ("unit", "usd per month", "USD per month"),
        ("period", "2023/2024-06~", "2023/2024-06~"),
        ("quantity", "30 000", 30000),
        ("quantity", "-0.25", -0.25),
        ("measurable", "no", False),
        ("beneficiary", "people who were displaced", "people who were displaced"),
        ("beneficiary", "VEN", "cty:VEN"),
        ("origin", "HTI; CUB", ["cty:HTI", "cty:CUB"]),
        ("modality", "cond", "conditional"),
        ("attribution", "cty:MEX; per:ebrard", ("cty:MEX", "per:ebrard")),
        ("note", "see page 2; and 3", "see page 2; and 3"),
    ],
)
def test_values_are_taken_as_people_write_them(field: str, text: str, value: object) -> None:
    draft = after(review(), do("set", field, text)).review.draft
    held = getattr(draft, field) if field in ("modality", "attribution") else draft.fields[field]
    assert held == value
    assert type(held) is type(value)


def test_a_semicolon_divides_names_and_no_prose() -> None:
    said = invented("sta:s", type="statement", fields={}, cites=(Cite("d", 0, 3, "abc"),))
    state = start_review(Ledger((propose(9, said),)), "Ana")
    state = after(state, do("set", "topic", "work; housing"), do("set", "speaker", "COL; PER")).review
    assert state.draft.fields == {"topic": "work; housing", "speaker": ["cty:COL", "cty:PER"]}
    skipped = step(state, do("skip"), AT)
    assert (skipped.said, skipped.review.drafts) == ("skipped without the edits; it stays open", ())


def test_merging_with_a_record_keeps_it_and_adds_the_cites_and_what_it_left_open() -> None:
    stands = commitment(
        fields={"actor": ["cty:USA"], "action": "admit", "quantity": 20000, "unit": "person"},
        cites=(Cite("white-house", 1, 9, "20,000"),), known_from=date(2022, 6, 1), valid_to=None,
    )  # fmt: skip
    stands = replace(stands, id="com:us-admits")
    ledger = Ledger((accept(stands), *proposals()))
    state = start_review(ledger, "Ana")
    double = view_of(state, None).doubles[0]
    assert (double.id, double.reason[:35]) == ("com:us-admits", "the same actor, action and unit, an")
    made = step(state, do("merge", text="1"), AT)
    assert made.entries[0].operation.of == (ONE, "com:us-admits")
    assert made.said == "merged as com:us-admits"
    (record,) = made.review.ledger.accepted()
    assert (record.id, record.fields["period"]) == ("com:us-admits", "2022-06-17")
    assert [cite.source for cite in record.cites] == ["white-house", DOCUMENT]
    assert (record.known_from, record.valid_to) == (date(2022, 6, 10), date(2022, 6, 18))
    earlier = made.review.ledger.as_of(valid=date(2022, 6, 5), known=date(2022, 6, 5))
    assert [one.record for one in earlier] == [stands]
    back = step(made.review, do("undo"), AT)
    assert back.review.ledger.accepted() == (stands,)
    assert back.review.present is not None


def test_merging_with_a_proposal_closes_both() -> None:
    twin = commitment(
        cites=(Cite("second", 0, 3, "abc"),), fields={"actor": ["cty:USA"], "origin": "cty:HTI"}
    )
    ledger = Ledger((*proposals(), propose(4, replace(twin, id="com:twin"))))
    made = after(start_review(ledger, "Ana"), do("set", "quantity", "5"), do("merge", text=f"pro:{4:016x}"))
    assert isinstance(made.entries[0].operation, Merge)
    (record,) = made.review.ledger.accepted()
    assert (record.id, record.fields["quantity"], record.fields["origin"]) == ("com:admit", 5, "cty:HTI")
    assert [one.status for one in made.review.ledger.proposals()] == [
        "merged", "proposed", "proposed", "merged",
    ]  # fmt: skip
    walked = after(made.review, do("skip"), do("skip"))
    assert walked.review.present is None


def test_splitting_makes_a_record_for_each_value() -> None:
    made = step(review(), do("split", quantity=("15000", "5000"), period=("2022", "2023")), AT)
    assert isinstance(made.entries[0].operation, Split)
    one, two = made.review.ledger.accepted()
    assert (one.id, one.fields["quantity"], one.valid_to) == ("com:admit-1", 15000, date(2023, 1, 1))
    assert (two.id, two.fields["quantity"], two.valid_to) == ("com:admit-2", 5000, date(2024, 1, 1))
    assert one.cites == two.cites == commitment().cites
    assert made.said == "split as com:admit-1, com:admit-2"


def test_undo_takes_back_edits_then_decisions_then_those_of_an_earlier_review() -> None:
    state = after(review(), do("accept"), do("skip"), do("set", "role", "host")).review
    state = step(state, do("undo"), AT).review
    assert (state.drafts, state.queue[state.place]) == ((), THREE)
    back = step(state, do("undo"), AT)
    assert (back.entries, back.review.queue[back.review.place]) == ((), TWO)
    back = step(back.review, do("undo"), AT)
    assert [one.operation for one in back.entries] == [Retract(ONE)]
    assert back.review.queue[back.review.place] == ONE
    assert back.review.ledger.accepted() == ()
    later = start_review(after(review(), do("accept"), do("reject", text="1")).review.ledger, "Ana")
    assert later.queue == (THREE,)
    back = step(later, do("undo"), AT)
    assert (back.review.queue, back.review.place) == ((TWO, THREE), 0)
    back = step(back.review, do("undo"), AT)
    assert back.review.queue == (ONE, TWO, THREE)
    assert [one.status for one in back.review.ledger.proposals()] == ["proposed"] * 3
    with pytest.raises(TravesiaError, match="nothing of yours"):
        step(back.review, do("undo"), AT)


def test_nobody_undoes_what_somebody_else_decided() -> None:
    ledger = after(review(), do("reject", text="1")).review.ledger
    with pytest.raises(TravesiaError, match="nothing of yours"):
        step(start_review(ledger, "Bea"), do("undo"), AT)
    retracted = ledger.with_entries(entry(Retract(ONE), "Ana"), entry(Reject(ONE, "no"), "Bea"))
    with pytest.raises(TravesiaError, match="nothing of yours"):
        step(start_review(retracted, "Ana"), do("undo"), AT)


def test_a_decision_that_something_rests_on_stays() -> None:
    state = after(review(), do("accept")).review
    amended = replace(state.ledger.accepted()[0], fields={"quantity": 1})
    from invented_records import amend

    state = on_ledger(state, state.ledger.with_entries(amend(amended)))
    with pytest.raises(TravesiaError, match="was changed since"):
        step(state, do("undo"), AT)


def test_what_waits_for_a_name_is_shown_to_another_person_only() -> None:
    made = after(review("Ana", BY_TWO), do("set", "quantity", "7"), do("accept"), do("accept"))
    assert made.said == "waits for another name after Ana"
    ledger = made.review.ledger
    assert (ledger.accepted(), made.review.accepted) == ((), 2)
    assert start_review(ledger, " ANA ").queue == (THREE,)
    other = start_review(ledger, "Bea")
    assert other.queue == (ONE, TWO, THREE)
    view = view_of(other, None)
    assert view.accepted_by == ("Ana",)
    assert [(one.name, one.text) for one in view.fields if one.edited] == [("quantity", "7")]
    done = step(other, do("accept"), AT)
    assert done.said == "accepted as com:admit"
    assert done.review.ledger.accepted()[0].fields["quantity"] == 7
    back = step(done.review, do("undo"), AT)
    assert back.said == "the decision is taken back; Ana must accept it again"
    assert back.review.ledger.proposal(ONE).status == "proposed"


def test_two_who_edit_differently_have_not_accepted_and_a_third_decides() -> None:
    ledger = after(review("Ana", BY_TWO), do("set", "quantity", "7"), do("accept")).review.ledger
    second = after(start_review(ledger, "Bea"), do("set", "quantity", "8"), do("accept"))
    assert second.review.ledger.accepted() == ()
    third = after(start_review(second.review.ledger, "Eva"), do("accept"))
    assert third.review.ledger.accepted()[0].fields["quantity"] == 7


def test_a_merge_waits_for_the_second_name_too_and_can_be_undone() -> None:
    twin = commitment(cites=(Cite("second", 0, 3, "abc"),))
    ledger = Ledger((*proposals(), propose(4, replace(twin, id="com:twin"))), BY_TWO)
    made = after(start_review(ledger, "Ana"), do("merge", text=f"pro:{4:016x}"))
    assert start_review(made.review.ledger, "Ana").queue == (TWO, THREE)
    done = step(start_review(made.review.ledger, "Bea"), do("accept"), AT)
    assert (done.said, len(done.review.ledger.accepted())) == ("merged as com:admit", 1)
    back = step(made.review, do("undo"), AT)
    assert start_review(back.review.ledger, "Ana").queue == (ONE, TWO, THREE, f"pro:{4:016x}")


def test_what_somebody_decides_meanwhile_is_passed_over() -> None:
    state = after(review(), do("set", "quantity", "7")).review
    others = state.ledger.with_entries(entry(Reject(ONE, "no"), "Bea"), entry(Accept(TWO), "Bea"))
    state = on_ledger(state, others)
    assert (state.queue[state.place], state.drafts) == (THREE, ())
    assert on_ledger(state, others) == state


def test_the_view_marks_each_slot_in_its_sentence() -> None:
    view = view_of(
        review(), prepare(TEXT, "en"), {"title": "A pledge", "publisher": "", "date": "2022-06-10"}
    )
    assert view.document == f"{DOCUMENT}, A pledge, 2022-06-10"
    (passage,) = view.passages
    marked = {one.slot: passage.text[one.start : one.end] for one in passage.marks}
    assert marked == {
        "actor": "The United States", "evidence": "will admit 20,000 refugees", "quantity": "20,000 refugees",
        "period": "by Friday",
    }  # fmt: skip
    fields = {one.name: one for one in view.fields}
    assert [one.name for one in view.fields][:7] == [
        "actor", "action", "quantity", "unit", "period", "beneficiary", "bound",
    ]  # fmt: skip
    assert [one[0] for one in fields["period"].candidates] == ["2022-06-17", "2022-06-10"]
    assert fields["beneficiary"].left_open
    assert (view.place, view.total, view.accepted) == (1, 3, 0)


def test_without_its_text_a_proposal_shows_its_quotes_and_a_withheld_one_nothing() -> None:
    assert [one.text for one in view_of(review(), None).passages] == ["will admit 20,000 refugees"]
    withheld = commitment(cites=(Cite(DOCUMENT, 3, 9),))
    assert view_of(start_review(Ledger((propose(1, withheld),)), "Ana"), None).passages == ()


def test_what_does_not_print_reaches_no_terminal_and_a_long_line_is_cut_around_its_marks() -> None:
    text = "a " * 5000 + "Peru\u202e signed\x1b[2J" + " b" * 5000
    start = text.index("Peru")
    record = invented("par:p", type="participation", fields={}, cites=(Cite("d", start, start + 4),))
    view = view_of(start_review(Ledger((propose(1, record),)), "Ana"), prepare(text, "en"))
    (passage,) = view.passages
    assert "Peru· signed·[2J" in passage.text
    assert len(passage.text) < 700
    assert passage.text.startswith("… ")
    assert passage.text.endswith(" …")
    assert [passage.text[one.start : one.end] for one in passage.marks] == ["Peru"]
