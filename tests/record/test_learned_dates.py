"""What is learned of the days of policies: which of a sentence is an end, and what becomes of the rules'."""

from __future__ import annotations

from typing import Any

import pytest
from policies_read import proposals_of

from travesia.record.reading.learned import DAY, MODALITY, Learned
from travesia.record.reading.nouns import Proposal

NOTHING: dict[str, Any] = {"base": -9.0, "signs": {}}
TITLE = "The government ended the humanitarian visa programme on 3 May 2022."
WALNUT = "The walnut visa programme, from 3 May 2022, is the kin of another of 7 June 2023."


def _told(days: dict[str, Any]) -> Learned:
    sure = {"base": 9.0, "signs": {}}
    slots: dict[str, Any] = {"policy.kind": {"other": NOTHING}, "policy.status": {"ended": NOTHING}}
    values = {"none": {"base": 0.0, "signs": {}}, "end": NOTHING, "expected_end": NOTHING} | days
    questions = {"policy": sure, "commitment": NOTHING}
    return Learned({"questions": questions, "slots": {**slots, DAY: values}})


def _read(text: str, days: dict[str, Any]) -> Proposal:
    return proposals_of(text, "en", "policy", learned=_told(days))[0]


def test_a_likely_day_fills_its_slot_and_cites_its_words():
    read = _read(WALNUT, {"expected_end": {"base": -9.0, "signs": {"order 1 of 2": 19.0}}})
    assert (read.fields["expected_end"], read.fields.get("end")) == ("2023-06-07", None)
    cited = read.slots["expected_end"]
    assert WALNUT[cited.start : cited.end] == "7 June 2023"
    (doubt,) = (one for one in read.doubts if one.slot == "expected_end")
    assert doubt.candidates[0].value == "2023-06-07"


def test_no_slot_is_filled_below_the_bound():
    read = _read(WALNUT, {"expected_end": {"base": -9.0, "signs": {"order 1 of 2": 8.0}}})
    assert not {"end", "expected_end"} & {*read.fields, *read.slots}


def test_a_sentence_without_dates_fills_none():
    read = _read("The walnut visa programme is over.", {"end": {"base": 9.0, "signs": {}}})
    assert not {"end", "expected_end"} & {*read.fields, *read.slots}


def test_the_day_that_the_rules_read_stays_a_candidate_where_it_is_unlikely():
    (alone,) = proposals_of(TITLE, "en", "policy")
    assert alone.fields["end"] == "2022-05-03"
    read = _read(TITLE, {})
    assert "end" not in read.fields
    assert "end" in read.abstained
    (doubt,) = (one for one in read.doubts if one.slot == "end")
    assert [one.value for one in doubt.candidates] == ["2022-05-03"]


def test_the_day_of_the_rules_stays_in_doubt_beside_a_likelier_one():
    read = _read(
        f"{TITLE[:-1]}, not on 9 June 2022.", {"end": {"base": -9.0, "signs": {"order 1 of 2": 19.0}}}
    )
    (doubt,) = (one for one in read.doubts if one.slot == "end")
    assert [one.value for one in doubt.candidates] == ["2022-06-09", "2022-05-03"]


def test_weights_that_tell_nothing_of_a_sign_leave_it_out():
    slots = {DAY: {"none": {"base": 9.0, "signs": {}}, "end": NOTHING}}
    chances = Learned({"questions": {}, "slots": slots}).chances(DAY, {"order 0 of 1"})
    assert sum(chances.values()) == pytest.approx(1.0)
    assert chances["none"] > chances["end"]


def test_without_what_was_learned_of_days_the_rules_stand():
    told = _told({})
    bare = {name: each for name, each in told.told["slots"].items() if name != DAY}  # type: ignore[index]
    (read,) = proposals_of(TITLE, "en", "policy", learned=Learned({**told.told, "slots": bare}))  # type: ignore[dict-item]
    assert read.fields["end"] == "2022-05-03"


def test_a_day_without_a_year_may_be_the_next_such_day_and_nothing_else():
    text = "The walnut visa programme lasts until 9 March."
    days = {"expected_end": {"base": -9.0, "signs": {"how next": 19.0}}}
    (read,) = proposals_of(text, "en", "policy", published="2022-02-01", learned=_told(days))
    assert read.fields["expected_end"][4:] == "-03-09"


def test_the_modality_follows_the_status_and_stays_the_rules_where_nothing_was_learned_of_it():
    told = _told({}).told or {}
    meant = {"actual": {"base": 0.0, "signs": {}}, "intended": {"base": 0.0, "signs": {"status ended": 9.0}}}
    learned = Learned({**told, "slots": {**told["slots"], MODALITY: meant}})
    assert proposals_of(TITLE, "en", "policy", learned=learned)[0].modality == "intended"
    assert proposals_of(TITLE, "en", "policy", learned=_told({}))[0].modality == "actual"
