"""What is learned of the events that dates tell: which are proposed, and what they say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from policies_read import proposals_of

from annotated.sources import LEARNING, sources, text_of
from travesia.record import Described, load_document, read_document
from travesia.record.reading.learned import EVENT, EVENT_STATUS, Learned
from travesia.record.reading.learned.events import dated
from travesia.record.reading.nouns import Proposal

NOTHING: dict[str, Any] = {"base": -9.0, "signs": {}}
ROBINS = "The robins of Lima came back on 3 May 2022, and on 7 June 2022 they sang in Quito."


def _told(kinds: dict[str, Any], **statuses: dict[str, Any]) -> Learned:
    slots: dict[str, Any] = {
        "policy.kind": {"other": NOTHING}, "policy.status": {"ended": NOTHING},
        "commitment.action": {"help": NOTHING},
    }  # fmt: skip
    values = {"none": {"base": 0.0, "signs": {}}, "court_decision": NOTHING} | kinds
    slots |= {EVENT: values, EVENT_STATUS: {"actual": {"base": 0.0, "signs": {}}} | statuses}
    return Learned({"questions": {"policy": NOTHING, "commitment": NOTHING}, "slots": slots})


def _events(text: str, kinds: dict[str, Any], **statuses: dict[str, Any]) -> list[Proposal]:
    return proposals_of(text, "en", "event", learned=_told(kinds, **statuses))


def test_a_date_that_likely_tells_an_event_is_proposed_with_what_stands_around_it():
    assert proposals_of(ROBINS, "en", "event") == []
    (read,) = _events(
        ROBINS, {"other": {"base": -9.0, "signs": {"before on": 4.5, "near lima": 0.5, "near back": 4.5}}}
    )
    assert read.origin.startswith("learned@")
    assert read.fields == {"kind": "other", "date": "2022-05-03", "status": "actual"}
    assert [ROBINS[one.start : one.end] for one in read.evidence] == [
        "The robins of Lima came back on 3 May 2022"
    ]
    assert ROBINS[read.slots["date"].start : read.slots["date"].end] == "3 May 2022"
    (doubt,) = read.doubts
    assert (doubt.slot, doubt.candidates[0].reason) == (
        "kind",
        "likely on this date (62%), by the words around it",
    )
    assert read.abstained == ("participants",)


def test_none_is_proposed_below_the_bound():
    assert _events(ROBINS, {"other": {"base": 0.4, "signs": {}}}) == []
    assert len(_events(ROBINS, {"other": {"base": 0.5, "signs": {}}})) == 2


def test_each_date_of_a_clause_has_words_of_its_own_up_to_the_next():
    text = "Storks returned in May 2021 to chimneys that were swept before June 2021 by the guild."
    read = _events(text, {"other": {"base": 3.0, "signs": {}}})
    told = [(text[one.evidence[0].start : one.evidence[0].end], one.fields["date"]) for one in read]
    assert [date for _, date in told] == ["2021-05", "2021-06"]
    assert "June" not in told[0][0]
    assert "May" not in told[1][0]
    assert len({one.id for one in read}) == 2


def test_an_event_that_the_rules_read_is_not_proposed_again():
    text = "The programme expired on 3 May 2022."
    (alone,) = proposals_of(text, "en", "event")
    (read,) = _events(text, {"court_decision": {"base": 9.0, "signs": {}}})
    assert (read.id, read.fields) == (alone.id, alone.fields)


@pytest.mark.parametrize(
    ("status", "modality"),
    [("scheduled", "scheduled"), ("prospective", "intended"), ("did_not_happen", "did_not_happen")],
)
def test_what_became_of_it_says_in_which_mode_it_is_told(status: str, modality: str):
    read = _events(ROBINS, {"other": {"base": 3.0, "signs": {}}}, **{status: {"base": 5.0, "signs": {}}})
    assert {(one.fields["status"], one.modality) for one in read} == {(status, modality)}


def test_where_it_happened_is_read_where_a_preposition_says_so():
    (_, read) = _events(ROBINS, {"other": {"base": 3.0, "signs": {}}})
    assert read.fields["place"] == "plc:quito"
    assert ROBINS[read.slots["place"].start : read.slots["place"].end] == "Quito"


def test_weights_that_know_nothing_of_events_propose_none():
    told = _told({"other": {"base": 9.0, "signs": {}}})
    assert told.told is not None
    slots = {name: one for name, one in told.told["slots"].items() if name not in (EVENT, EVENT_STATUS)}
    assert proposals_of(ROBINS, "en", "event", learned=Learned({**told.told, "slots": slots})) == []


@pytest.mark.parametrize("source", sources(LEARNING)[::8], ids=lambda source: source.stem)
def test_each_date_stands_in_its_own_stretch_of_its_unit(source: Path):
    found = read_document(load_document(text_of(source), Described()), extractors=()).found
    every = list(dated(found))
    assert every
    assert all(one.holds(one.date) and one.unit.holds(one) for one in every)
    assert not any(one.overlaps(two.date) for one, two in pairwise(every))
