"""Scores of small readings, counted by hand."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from invented_readings import entity, mention, reading, record, right

from travesia.record import Counts, f1_interval, misses, score, total
from travesia.record.matching import matched, overlapping


def at(start: int, end: int) -> dict[str, int]:
    return {"start": start, "end": end}


@pytest.mark.parametrize(
    ("one", "other", "enough"),
    [
        (at(0, 10), at(5, 15), True),  # 5 of 10
        (at(0, 10), at(6, 16), False),  # 4 of 10
        (at(0, 100), at(98, 102), True),  # 2 of the shorter's 4
        (at(0, 100), at(99, 103), False),  # 1 of the shorter's 4
        (at(0, 5), at(5, 9), False),
        (at(3, 3), at(0, 9), False),
    ],
)
def test_spans_match_by_half_of_the_shorter(one: dict[str, int], other: dict[str, int], enough: bool):
    assert overlapping(one, other) is overlapping(other, one) is enough


def test_matches_are_one_to_one_and_the_closest_first():
    predicted = [at(0, 50), at(0, 12)]
    gold = [at(0, 10), at(20, 50)]
    assert sorted(matched(predicted, gold)) == [(0, 1), (1, 0)]
    assert matched(predicted[:1], gold) == [(0, 1)]


def test_agreement_settles_equals():
    twice = [at(0, 10), at(0, 10)]
    assert sorted(matched(twice, twice, lambda i, j: float(i != j))) == [(0, 1), (1, 0)]


def test_shares_of_counts():
    counts = Counts(3, 4, 6)
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.5, 0.6)
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)
    assert (Counts(0, 2, 0).f1, Counts(0, 0, 2).f1) == (0.0, 0.0)
    assert Counts(1, 2, 3) + Counts(1, 1, 1) == Counts(2, 3, 4)


def mistaken() -> dict[str, Any]:
    """Return the right reading with other names for the same things, and mistakes in what it says of them."""
    return reading(
        [
            mention("DATE", "dat:2024-05", "2 May"),  # another value
            mention("GPE", "cty:KEN", "Kenya"),
            mention("QUANTITY", "fig:f1", "900"),
            mention("GPE", "cty:SSD", "Sudan"),  # another country
            mention("EVENT", "evt:e1", "the Nairobi meeting"),
            mention("GPE", "plc:p1", "Nairobi", nested=True),
            mention("ORG", "org:o1", "stayed away"),  # there is none
        ],
        [
            record("fig:f1", "900", value=900, unit="person", qualifier="about"),
            record("com:c1", "would admit 900 people from Sudan", actor=["cty:KEN"], action="admit",
                   quantity=900, unit="person", origin=["cty:SSD"], period="2024"),
            record("evt:e1", "Nairobi meeting", kind="other", place="plc:p1"),
            record("par:p1", "Uganda", actor="cty:UGA", role="boycotted", of="evt:e1"),
            record("par:p2", "Kenya", actor="cty:KEN", role="attended", of="evt:e1"),
            record("sta:s1", "Kenya said", speaker="cty:KEN", stance="support"),
        ],
        entity("cty:UGA"),
    )  # fmt: skip


EXPECTED = {
    ("spans", "DATE"): Counts(1, 1, 1),
    ("spans", "GPE"): Counts(2, 2, 3),
    ("spans", "EVENT"): Counts(1, 1, 1),
    ("spans", "ORG"): Counts(0, 1, 0),
    ("links", "countries"): Counts(1, 2, 3),
    ("values", "dates"): Counts(0, 1, 1),
    ("values", "quantities with unit"): Counts(1, 1, 1),
    ("records", "commitment"): Counts(1, 1, 1),
    # Right: actor, action, quantity, unit. Wrong: origin; period is not in the text; measurable is left open.
    ("slots", "commitment"): Counts(4, 6, 6),
    ("filled", "commitment"): Counts(5, 6, 6),
    ("slot", "commitment.origin"): Counts(0, 1, 1),
    ("slot", "commitment.period"): Counts(0, 1, 0),
    ("slot", "commitment.measurable"): Counts(0, 0, 1),
    ("slot", "commitment.certainty"): Counts(1, 1, 1),
    ("slots", "event"): Counts(2, 2, 3),
    ("records", "participation"): Counts(1, 2, 1),
    ("slots", "participation"): Counts(3, 3, 3),
    ("slots", "figure"): Counts(2, 3, 3),
    ("whole", "participations: actor, role, of"): Counts(1, 2, 1),
    ("whole", "who signed or was not invited: actor, role"): Counts(0, 0, 0),
    ("whole", "commitments: actor, quantity, unit, period"): Counts(0, 1, 1),
    ("whole", "commitments with a quantity"): Counts(0, 1, 1),
    ("whole", "statements: speaker, stance"): Counts(0, 1, 1),
    ("whole", "policies: status, expected end, end"): Counts(0, 0, 0),
}


@pytest.mark.parametrize("measure", EXPECTED, ids=" ".join)
def test_scores_counted_by_hand(measure: tuple[str, str]):
    assert score(mistaken(), right())[measure] == EXPECTED[measure]


def test_lists_are_of_who_signed_or_was_not_invited_whatever_the_meeting():
    def of(*roles: str) -> dict[str, Any]:
        actors = ("cty:KEN", "cty:UGA", "cty:SSD")
        rows = zip(actors, roles, strict=True)
        taking_part = [record(f"par:{a[4:]}", "Kenya", actor=a, role=r, of=f"evt:{r}") for a, r in rows]
        return reading([], taking_part)

    predicted, gold = of("signatory", "not_invited", "host"), of("signatory", "signatory", "not_invited")
    counts = score(predicted, gold)["whole", "who signed or was not invited: actor, role"]
    assert counts == Counts(1, 2, 3)


def test_what_went_wrong_is_listed():
    found = {(miss.fault, miss.type, miss.what.partition(" ")[0]) for miss in misses(mistaken(), right())}
    assert found == {
        ("differs", "DATE", "dat:2024-05"), ("differs", "GPE", "cty:SSD"), ("missed", "GPE", "cty:UGA"),
        ("false", "ORG", "org:o1"), ("differs", "figure", "fig:people"),
        ("differs", "commitment", "com:admit"),
        ("differs", "event", "evt:meeting"), ("false", "participation", "par:p2"),
        ("differs", "statement", "sta:kenya"),
    }  # fmt: skip


def test_a_commitment_counts_only_with_all_four_right():
    other = mistaken()
    del other["records"][1]["fields"]["period"]
    measure = ("whole", "commitments: actor, quantity, unit, period")
    assert score(other, right())[measure] == Counts(1, 1, 1)
    for name, value in {"actor": ["cty:UGA"], "quantity": 901, "unit": "state"}.items():
        wrong = copy.deepcopy(other)
        wrong["records"][1]["fields"][name] = value
        assert score(wrong, right())[measure] == Counts(0, 1, 1)


def test_nothing_read_is_nothing_right():
    scores = score(reading([], []), right())
    assert {(counts.hits, counts.proposed) for counts in scores.values()} == {(0, 0)}
    assert scores["records", "participation"].wanted == 1


def test_a_government_is_its_state_and_an_office_is_whom_it_names():
    gold = right()
    gold["records"][4]["fields"]["speaker"] = "org:government"
    gold["entities"].append(entity("org:government", kind="government", country="cty:KEN"))
    other = right()
    assert score(other, gold)["whole", "statements: speaker, stance"] == Counts(1, 1, 1)
    other["records"][4]["fields"]["speaker"] = "cty:UGA"
    assert score(other, gold)["whole", "statements: speaker, stance"] == Counts(0, 1, 1)


@pytest.mark.parametrize(
    ("own", "wanted", "same"),
    [
        ("free movement of workers", "the free movement of all workers", True),
        ("free movement of workers", "detention of minors", False),
        (["cty:SDN", "cty:KEN"], ["cty:KEN", "cty:SDN"], True),
        (["cty:SDN"], ["cty:KEN", "cty:SDN"], False),
        (["cty:KEN"], "cty:KEN", True),
        (True, True, True),
        (1, True, False),
        (1 / 3, 0.333333333, True),
        ({"decided_by": "cty:KEN", "effect": "x"}, {"decided_by": "cty:KEN"}, True),
        ({"decided_by": "cty:UGA"}, {"decided_by": "cty:KEN"}, False),
        ("admit", "Admit", True),
        ("admit", "resettle", False),
    ],
)
def test_what_counts_as_the_same_value(own: object, wanted: object, same: bool):
    gold, predicted = right(), right()
    gold["records"][1]["fields"]["condition"], predicted["records"][1]["fields"]["condition"] = wanted, own
    assert score(predicted, gold)["slot", "commitment.condition"] == Counts(int(same), 1, 1)


def test_documents_are_added_and_drawn_with_replacement():
    measure = ("records", "commitment")
    documents = [{measure: Counts(1, 1, 1)}, {measure: Counts(0, 1, 1)}]
    assert total(documents)[measure] == Counts(1, 2, 2)
    assert f1_interval(documents, measure) == (0.0, 1.0)
    assert f1_interval(documents[:1] * 3, measure) == (1.0, 1.0)
    assert f1_interval(documents, measure, seed=7) == f1_interval(documents, measure, seed=7)
    assert f1_interval(documents, ("records", "policy")) is None
    assert f1_interval([], measure) is None
