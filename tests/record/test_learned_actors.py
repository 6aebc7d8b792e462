"""Who acts in a record, as learned from annotated texts, and what becomes of whom the rules told."""

from __future__ import annotations

import pytest
from policies_read import proposals_of

from travesia.record.reading.learned import SHIPPED, Learned
from travesia.record.reading.nouns import Proposal

TEXT = "Chile will admit 300 refugees by June, and Peru is to help."
SLOTS = {"policy.kind": "other", "policy.status": "in_force", "commitment.action": "admit"}


def _told(**signs: float) -> Learned:
    nothing = {"base": -9.0, "signs": {}}
    questions = {"policy": nothing, "commitment": {"base": 5.0, "signs": {}}}
    slots = {slot: {value: nothing} for slot, value in SLOTS.items()}
    weights = {name.replace("_", " "): weight for name, weight in signs.items()}
    return Learned({"questions": questions, "slots": slots, "choices": {"commitment.actor": weights}})


def _first(text: str, learned: Learned | None) -> Proposal:
    return proposals_of(text, "en", "commitment", learned=learned)[0]


def test_whom_the_rules_told_stays_where_nothing_speaks_for_another():
    assert _first(TEXT, _told(told=1.0)).fields["actor"] == ["cty:CHL"]
    assert not [one for one in _first(TEXT, _told(told=1.0)).doubts if one.slot == "actor"]


def test_another_is_taken_where_more_speaks_for_it_and_whom_the_rules_told_stays_a_candidate():
    made = _first(TEXT, _told(told=1.0, sentence_after_seen=3.0))
    assert made.fields["actor"] == ["cty:PER"]
    (doubt,) = (one for one in made.doubts if one.slot == "actor")
    assert [one.value for one in doubt.candidates] == [["cty:PER"], ["cty:CHL"]]
    assert all(one.reason for one in doubt.candidates)


def test_the_words_of_whoever_is_taken_are_cited():
    made = _first(TEXT, _told(sentence_after_seen=3.0))
    place = made.slots["actor"]
    assert TEXT[place.start : place.end] == "Peru"


def test_nobody_is_invented_where_the_text_names_nobody():
    made = _first("Then 300 visas will be issued by June.", _told(sentence_after_seen=3.0))
    assert "actor" not in made.fields


def test_weights_without_choices_leave_the_rules_word():
    nothing = {"base": 5.0, "signs": {}}
    slots = {slot: {value: nothing} for slot, value in SLOTS.items()}
    told = Learned({"questions": {"policy": nothing, "commitment": nothing}, "slots": slots})
    assert _first(TEXT, told).fields["actor"] == ["cty:CHL"]


@pytest.mark.parametrize("kind", ["commitment.actor", "policy.authority"])
def test_what_ships_tells_who_acts_and_trusts_the_rules_more_than_not(kind: str):
    assert SHIPPED.settles(kind)
    assert SHIPPED.worth(kind, {"told"}) > 0
