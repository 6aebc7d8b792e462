"""The recorded policies of the Americas: read whole, dated half-open, cited."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from travesia.record import load_ledger
from travesia.region import Region, find_pack
from travesia.scenario import Policy, load_policies, load_policy_set
from travesia.scenario.kinds import KINDS, UNITS
from travesia.terms import Amount, Span


@pytest.fixture(scope="module")
def policies(americas: Region) -> dict[str, Policy]:
    return {policy.id: policy for policy in load_policies(americas.folder)}


def test_all_139_policies_are_read_with_their_record_ids(policies: dict[str, Policy]) -> None:
    assert len(policies) == 139
    ids = set(load_ledger(*find_pack("americas").layers("ledger.jsonl")).record_ids())
    assert {policy.id for policy in policies.values() if policy.record not in ids} == set()
    named = {policy.id for policy in policies.values() if policy.record != f"pol:{policy.id}"}
    shocks = {policy.id for policy in policies.values() if policy.kind == "origin-shock"}
    assert named == shocks | {"t42-original", "la-declaration"}


def test_every_policy_is_cited_and_of_a_kind_of_the_closed_list(policies: dict[str, Policy]) -> None:
    assert all(policy.source and policy.certainty for policy in policies.values())
    assert {policy.kind for policy in policies.values()} == set(KINDS)


def test_title_42_is_last_in_force_on_11_may_2023(policies: dict[str, Policy]) -> None:
    assert policies["t42-original"].span == Span(date(2020, 3, 21), date(2023, 5, 12))
    assert date(2023, 5, 11) in policies["t42-original"].span
    assert date(2023, 5, 12) not in policies["t42-original"].span


def test_a_planned_end_is_half_open_too(policies: dict[str, Policy]) -> None:
    assert policies["tps-ven-1"].planned_end == date(2024, 3, 11)


def test_consecutive_steps_of_appointments_leave_no_gap(policies: dict[str, Policy]) -> None:
    steps = [policies[f"cbp-one-{step}"] for step in ("t42", "1000", "1250", "1450")]
    assert all(a.span.end == b.span.start for a, b in pairwise(steps))


def test_missing_days_stay_missing(policies: dict[str, Policy]) -> None:
    visa = policies["slv-visa-ven"]
    assert (visa.span.end, visa.announced, visa.planned_end, visa.end_known) == (None, None, None, None)


def test_groups_become_ids(policies: dict[str, Policy]) -> None:
    assert policies["chnv-parole"].nationalities == ("CUB", "HTI", "NIC", "VEN")
    assert len(policies["t42-original"].where) == 20
    assert policies["h2b-2023"].nationalities == ("GTM", "HND", "SLV", "HTI")


def test_a_reverse_member_of_a_group_reads_in_the_direction_of_travel(policies: dict[str, Policy]) -> None:
    where = policies["covid-slv"].where
    assert "gt-guatemala-city--sv-santa-ana--road" in where
    assert "sv-santa-ana--gt-guatemala-city--road" not in where


def test_whom_a_policy_concerns(policies: dict[str, Policy]) -> None:
    assert policies["mpp-2"].concerns("VEN")
    assert not policies["mpp-2"].concerns("MEX")
    assert not policies["mpp-2"].concerns("IND")
    assert policies["clp-rule"].concerns("IND")
    assert not policies["clp-rule"].concerns("MEX")


def test_the_number_that_a_policy_names_is_a_cited_amount(policies: dict[str, Policy]) -> None:
    amount = policies["chnv-parole"].effect["amount"]
    assert amount == Amount(
        30000, "persons per month", source="88 FR 1279 (monthly limit); 90 FR 13611 (ended 25 March 2025)"
    )
    assert "amount" not in policies["u4u"].effect


def test_every_unit_in_use_is_of_the_closed_list(policies: dict[str, Policy]) -> None:
    used = {amount.unit for policy in policies.values() for amount in policy.effect.values()}
    assert len(used) == 12
    assert used <= set(UNITS)


def test_announcements_of_what_did_not_happen_are_not_in_the_model(policies: dict[str, Policy]) -> None:
    said = [
        "t42-planned-end-1",
        "t42-louisiana-injunction",
        "t42-dc-ruling",
        "t42-admin-stay",
        "t42-scotus-stay",
    ]
    assert not any(policies[name].in_model for name in said)


def test_each_plan_is_said_by_a_record_of_that_day(americas: Region, policies: dict[str, Policy]) -> None:
    for plan in load_policy_set(americas.folder).plans:
        said = policies[plan.said_by]
        assert plan.known == (said.announced or said.span.start)
        assert said.part_of == plan.policy


def test_the_toy_pack_has_two(toy: Region) -> None:
    assert [policy.id for policy in load_policies(toy.folder)] == ["toy-expulsion", "toy-returns"]
