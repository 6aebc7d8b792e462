"""Doubles are found and explained, and what contradicts itself is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_records import accept, invented, propose

from travesia.record import Ledger, Record, lint, merge_candidates
from travesia.record.ledger.duplicates import agree

BASE = {"actor": ["USA"], "action": "fund", "quantity": 407_000_000, "unit": "USD", "period": "2021"}


def candidates(one: Record, *others: Record) -> list[tuple[str, str]]:
    ledger = Ledger((*(accept(other) for other in others), propose(1, one)))
    (proposal,) = ledger.proposed()
    return [(found.id, found.reason) for found in merge_candidates(ledger, proposal)]


def pledge(name: str = "com:new", **fields: Any) -> Record:
    return invented(name, fields=BASE | fields, known_from=date(2021, 6, 10))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"quantity": 406_900_000}, "407,000,000 is about 406,900,000"),
        ({"quantity": 406_900_000, "actor": "cty:USA"}, "is about"),
        ({"quantity": 300_000_000}, ", in periods that overlap: 407,000,000 against 300,000,000"),
        ({"quantity": 300_000_000, "period": "2021-06/2022-05"}, "in periods that overlap"),
        ({"quantity": 300_000_000, "period": "2022"}, None),
        ({"quantity": 300_000_000, "period": None}, None),
        ({"unit": "person"}, None),
        ({"actor": ["CAN"]}, None),
        ({"action": "resettle"}, None),
        ({"quantity": None}, None),
        ({"action": None, "kind": "money"}, "is about"),
    ],
)
def test_commitments_of_the_same_doing(fields: dict[str, Any], reason: str | None) -> None:
    found = candidates(pledge(), pledge("com:old", **fields))
    assert [name for name, _ in found] == ([] if reason is None else ["com:old"])
    assert reason is None or reason in found[0][1]


def test_commitments_without_a_quantity_by_their_periods() -> None:
    old = pledge("com:old", quantity=None)
    assert candidates(pledge(quantity=None), old)[0][1] == "the same actor and action in periods that overlap"
    assert candidates(pledge(quantity=None, period="2023"), old) == []


def test_other_open_proposals_are_candidates_but_never_the_proposal_itself() -> None:
    ledger = Ledger((propose(1, pledge("com:a")), propose(2, pledge("com:b"))))
    first, second = ledger.proposed()
    assert [found.id for found in merge_candidates(ledger, first)] == [second.id]


def test_names_agree_without_case_accents_and_articles() -> None:
    def named(name: str, title: str, **fields: Any) -> Record:
        return invented(name, type="instrument", fields={"name": title, **fields})

    old = named("ins:old", "Declaración de Los Ángeles", aliases=["The Los Angeles Declaration"])
    assert candidates(named("ins:new", "DECLARACION DE LOS ANGELES"), old)
    assert candidates(named("ins:new", "Los Angeles declaration"), old)
    assert candidates(named("ins:new", "Declaración de Lima"), old) == []
    assert candidates(invented("pol:x", type="policy", fields={"name": "los angeles declaration"}), old) == []


def test_what_the_reader_knows_by_one_name_in_every_language_agrees() -> None:
    old = invented("ins:la-pact", type="instrument", fields={"name": "Los Angeles Declaration"})
    new = invented("ins:la-pact-0123abcd", type="instrument", fields={"name": "Declaração de Los Angeles"})
    assert candidates(new, old) == [("ins:la-pact", "the same name: Los Angeles Declaration")]
    other = invented("ins:lima-pact-0123abcd", type="instrument", fields={"name": "Declaração de Lima"})
    assert candidates(other, old) == []


def test_participations_in_the_same_thing() -> None:
    def part(name: str, **fields: Any) -> Record:
        given = {"iso3": "USA", "role": "signatory", "of": "ins:x"} | fields
        return invented(name, type="participation", fields=given)

    assert candidates(part("par:new"), part("par:old"))
    assert candidates(part("par:new"), part("par:old", role="host")) == []
    assert candidates(part("par:new"), part("par:old", of="ins:y")) == []
    assert candidates(part("par:new"), part("par:old", iso3="CAN")) == []


def test_figures_of_the_same_thing() -> None:
    def figure(name: str, **fields: Any) -> Record:
        given = {"measures": "displaced Venezuelans", "value": 6_800_000, "unit": "person"} | fields
        return invented(name, type="figure", fields=given)

    assert candidates(figure("fig:new"), figure("fig:old", value=6_805_000))
    assert candidates(figure("fig:new"), figure("fig:old", measures="returned people")) == []
    assert candidates(figure("fig:new", measures=None), figure("fig:old")) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (407, 406.9, True), (336, 337, False), (314, 817, False), (20_000, 24_000, False),
        (2_500, 2_460, True), (400, 406.9, False), (0, 0, True), (0, 1, False), (-0.25, -0.25, True),
        (375, 376, False), (1_400_000_000, 1_440_000_000, True),
    ],
)  # fmt: skip
def test_numbers_that_may_be_one_rounded(one: float, other: float, same: bool) -> None:
    assert agree(one, other) is same
    assert agree(other, one) is same


@given(st.integers(1, 10**9), st.integers(1, 6))
def test_a_number_agrees_with_its_own_rounding(value: int, zeros: int) -> None:
    rounded = round(value, -zeros)
    if len(str(rounded).rstrip("0")) >= 2:
        assert agree(value, rounded)


def findings(*records: Record) -> list[tuple[str, str, str]]:
    return [(found.id, found.check, found.level) for found in lint(Ledger(tuple(map(accept, records))))]


def test_parts_that_come_to_more_than_their_total() -> None:
    def part(name: str, quantity: float, **fields: Any) -> Record:
        return pledge(name, quantity=quantity, relation="part_of", related_to="com:all", **fields)

    whole = pledge("com:all", quantity=336)
    assert findings(whole, part("com:a", 247), part("com:b", 89)) == []
    assert findings(whole, part("com:a", 247), part("com:b", 90)) == [("com:all", "parts", "error")]
    assert findings(whole, part("com:a", 247), part("com:b", 90, unit="EUR")) == []
    assert findings(pledge("com:all", quantity=336, bound="at_least"), part("com:a", 400)) == []
    rough = pledge("com:all", quantity=340, bound="about")
    assert findings(rough, part("com:a", 247), part("com:b", 96)) == []
    assert findings(rough, part("com:a", 247), part("com:b", 120)) == [("com:all", "parts", "error")]
    total_of = pledge("com:all", quantity=10, relation="total_of", related_to="com:a")
    assert findings(total_of, pledge("com:a", quantity=20)) == [("com:all", "parts", "error")]
    related = invented(
        "rel:r", type="relation", fields={"kind": "part_of_total", "source": "com:a", "target": "com:all"}
    )
    assert findings(whole, pledge("com:a", quantity=400), related) == [("com:all", "parts", "error")]


def test_lists_against_the_count_stated() -> None:
    def pact(**fields: Any) -> Record:
        return invented("ins:x", type="instrument", fields=fields)

    def signed(state: str) -> Record:
        fields = {"iso3": state, "role": "signatory", "of": "ins:x"}
        return invented(f"par:{state.lower()}", type="participation", fields=fields)

    assert findings(pact(n_signatories=2, signatories=["cty:USA", "cty:CAN"])) == []
    assert findings(pact(n_signatories=3, signatories=["cty:USA"])) == [("ins:x", "count", "error")]
    assert findings(pact(n_signatories=2), signed("USA"), signed("CAN")) == []
    assert findings(pact(n_signatories=2), signed("USA")) == [("ins:x", "count", "error")]
    assert findings(pact(n_signatories=2)) == []


def test_spans_and_periods() -> None:
    def event(**fields: Any) -> Record:
        return invented("evt:e", type="event", fields=fields, valid_to=None)

    assert findings(event(start="2022-06-10", end="2022-06-06")) == [("evt:e", "span", "error")]
    assert findings(event(date_range="2022-06-10/2022-06-06")) == [("evt:e", "span", "error")]
    assert findings(event(start="2021-06-10", end="2021-06-16")) == []
    early = pledge("com:early", period="2020")
    assert findings(early) == [("com:early", "period", "warning")]
    assert findings(pledge("com:late", period="2023")) == []


def test_nobody_signs_what_they_were_not_invited_to() -> None:
    def part(name: str, role: str, of: str = "ins:x") -> Record:
        return invented(name, type="participation", fields={"iso3": "CUB", "role": role, "of": of})

    assert findings(part("par:a", "signatory"), part("par:b", "not_invited")) == [
        ("par:a", "invited", "error")
    ]
    assert findings(part("par:a", "signatory"), part("par:b", "not_invited", "ins:y")) == []


def test_open_proposals_are_looked_at_unless_they_are_not_to_be() -> None:
    ledger = Ledger((propose(1, pledge("com:early", period="2020")),))
    assert [found.check for found in lint(ledger)] == ["period"]
    assert lint(ledger, proposals=False) == ()
