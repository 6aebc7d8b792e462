"""Pinned: the canonical form of a scenario, on which every digest in a saved study rests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from travesia.scenario import DepartureChange, Parameter, Policy, Scenario
from travesia.scenario.digests import digest_of
from travesia.terms import Amount, Span

POLICY = Policy(
    id="p", kind="expulsion", authority=("XCC",), span=Span(date(2022, 1, 1), date(2022, 2, 1)),
    where=("xc-duna",), nationalities=None, excepted=("XBB",), demographics=None,
    effect={"amount": Amount(5, "persons per day")}, in_model=True, description="Dünen", certainty="invented",
    source="invented", announced=date(2021, 12, 1),
)  # fmt: skip
RANGE = Amount(0.4, "ratio", 0.3, 0.5, "assumed")
SCENARIO = Scenario(
    name="s", title="S", region="toy", policies=(POLICY,), parameters=(Parameter("x", "X", RANGE, "why"),),
    departures=(DepartureChange("d", "D", ("XAA",), date(2022, 1, 5), RANGE, (0.5,)),),
    span=Span(date(2022, 1, 1), date(2022, 6, 1)),
)  # fmt: skip


def test_digest_is_as_pinned() -> None:
    assert digest_of(SCENARIO) == "45ba9bc02a1e9544b97f0eb63c01558e9c0bc3edd53970ceca60020859569bf4"


def test_digest_does_not_see_itself() -> None:
    assert digest_of(replace(SCENARIO, digest="x")) == digest_of(SCENARIO)


def test_order_of_policies_does_not_count_but_a_policy_twice_does() -> None:
    other = replace(POLICY, id="q")
    a, b = replace(SCENARIO, policies=(POLICY, other)), replace(SCENARIO, policies=(other, POLICY))
    assert digest_of(a) == digest_of(b) != digest_of(SCENARIO)
    assert digest_of(replace(SCENARIO, policies=(POLICY, POLICY))) != digest_of(SCENARIO)
