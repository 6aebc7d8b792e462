"""Changing a scenario: taking a policy out, moving an end, and from which day on that can matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from travesia.scenario.digests import digest_after
from travesia.scenario.policy import DepartureChange, Policy
from travesia.scenario.scenario import Scenario
from travesia.terms import ScenarioError, Span, UnknownIdsError

Policies = tuple[Policy, ...]
Part = TypeVar("Part", Policy, DepartureChange)


def without(scenario: Scenario, policy_id: str) -> Scenario:
    """Return the scenario without a policy and without those that rest on it.

    Raises `UnknownIdsError` where the scenario does not hold the policy.
    """
    _require(scenario, policy_id)
    policies, words = taken_out(scenario.policies, policy_id)
    return _changed(scenario, f"{scenario.name}-without-{policy_id}", policies, words)


def with_end(scenario: Scenario, policy_id: str, day: date) -> Scenario:
    """Return the scenario in which a policy is last in force on the day before `day`.

    Policies that rest on it end with it: none goes on longer, and those that ended on its old end follow
    to the new one. One that would begin on or after the new end does not begin.

    Raises
    ------
    UnknownIdsError
        The scenario does not hold the policy.
    ScenarioError
        `day` is not after the start of the policy.
    """
    policy = _require(scenario, policy_id)
    if day <= policy.span.start:
        raise ScenarioError(
            f"scenario {scenario.name}", f"would end before it begins on {policy.span.start}",
            "take the policy out instead", column=policy_id, value=day,
        )  # fmt: skip
    policies, words = ended(scenario.policies, policy_id, day)
    return _changed(scenario, f"{scenario.name}-{policy_id}-ends-{day}", policies, words)


def taken_out(policies: Policies, policy_id: str) -> tuple[Policies, str]:
    """Return the policies without one and without all that rest on it, and the change in words."""
    gone = {policy_id, *_resting_on(policies, policy_id)}
    others = _named(p for p in policies if p.id in gone and p.id != policy_id)
    words = f"without {policy_id}" + (f", and without what rests on it: {others}" if others else "")
    return tuple(policy for policy in policies if policy.id not in gone), words


def ended(policies: Policies, policy_id: str, day: date) -> tuple[Policies, str]:
    """Return the policies with one ending on `day`, and the change in words; see `with_end`."""
    by_id = {policy.id: policy for policy in policies}
    ends: dict[str, date | None] = {policy_id: day}
    for name in _resting_on(policies, policy_id):
        policy = by_id[name]
        assert policy.part_of is not None
        old, new = by_id[policy.part_of].span.end, ends[policy.part_of]
        ends[name] = new if policy.span.end == old else earlier(policy.span.end, new)
    begun = {name: end for name, end in ends.items() if end is None or end > by_id[name].span.start}
    kept = tuple(
        _until(policy, begun[policy.id]) if policy.id in begun else policy
        for policy in policies
        if policy.id not in ends or policy.id in begun
    )
    moved = _named(p for p in kept if p.id in begun and p.id != policy_id and p is not by_id[p.id])
    stopped = _named(p for p in policies if p.id in ends and p.id not in begun)
    words = f"{policy_id} ends on {day} instead of {by_id[policy_id].span.end or 'no known day'}"
    words += f"; with it end {moved}" if moved else ""
    words += f"; never begun: {stopped}" if stopped else ""
    return kept, words


def resting(policies: Iterable[Policy]) -> dict[str, str]:
    """Return which policy rests on which: `part_of`, but for one that begins when the other has ended."""
    by_id = {policy.id: policy for policy in policies}
    out = {}
    for policy in by_id.values():
        parent = by_id.get(policy.part_of) if policy.part_of else None
        if parent is not None and (parent.span.end is None or policy.span.start < parent.span.end):
            out[policy.id] = parent.id
    return out


def capped(policies: Policies, rests: Mapping[str, str]) -> Policies:
    """Return the policies with no one outlasting what it rests on."""
    by_id = {policy.id: policy for policy in policies}

    def end_of(policy: Policy) -> date | None:
        parent = by_id.get(rests.get(policy.id, ""))
        end = policy.span.end if parent is None else earlier(policy.span.end, end_of(parent))
        return policy.span.end if end is not None and end < policy.span.start else end

    return tuple(_until(policy, end_of(policy)) for policy in policies)


def first_difference(base: Scenario, other: Scenario) -> date | None:
    """Return the first day on which two scenarios can differ, ``None`` if they never can.

    A policy in one of them only counts from its announcement; a moved end from the earlier end; changed
    departures from their start; changed parameters and rules from the first day of the span.
    """
    days = [_policy_difference(a, b) for a, b in _pairs(base.policies, other.policies)]
    days += [min(x.start for x in pair if x) for pair in _pairs(base.departures, other.departures)]
    if _frame(base) != _frame(other):
        days.append(min(base.span.start, other.span.start))
    found = [day for day in days if day is not None]
    return min(found) if found else None


def earlier(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two ends, where ``None`` is no end."""
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None


def _frame(scenario: Scenario) -> tuple[object, ...]:
    return scenario.rules, scenario.region, scenario.span, scenario.known, scenario.parameters


def _named(policies: Iterable[Policy]) -> str:
    """Name policies in a sentence; announcements and umbrellas act on nothing and are left out."""
    return ", ".join(policy.id for policy in policies if policy.in_model)


def _until(policy: Policy, end: date | None) -> Policy:
    return policy if end == policy.span.end else replace(policy, span=Span(policy.span.start, end))


def _resting_on(policies: Policies, policy_id: str) -> list[str]:
    rests = resting(policies)
    found, at = [policy_id], 0
    while at < len(found):
        found += [child for child, parent in rests.items() if parent == found[at]]
        at += 1
    return found[1:]


def _pairs(a: tuple[Part, ...], b: tuple[Part, ...]) -> list[tuple[Part | None, Part | None]]:
    left: dict[str, Part] = {x.id: x for x in a}
    right: dict[str, Part] = {x.id: x for x in b}
    names = [*left, *(name for name in right if name not in left)]
    pairs = [(left.get(name), right.get(name)) for name in names]
    return [pair for pair in pairs if pair[0] is not pair[1] and pair[0] != pair[1]]


def _policy_difference(a: Policy | None, b: Policy | None) -> date | None:
    either = [policy for policy in (a, b) if policy is not None and policy.in_model]
    if not either:
        return None
    if a is not None and b is not None and replace(a, span=b.span) == b and a.span.start == b.span.start:
        return earlier(a.span.end, b.span.end)
    return min(min(policy.announced or policy.span.start, policy.span.start) for policy in either)


def _require(scenario: Scenario, policy_id: str) -> Policy:
    for policy in scenario.policies:
        if policy.id == policy_id:
            return policy
    raise UnknownIdsError(f"scenario {scenario.name}", "policy", [policy_id], known="its policies")


def _changed(scenario: Scenario, name: str, policies: Policies, words: str) -> Scenario:
    changed = replace(
        scenario, name=name, title=f"{scenario.title}: {words}", policies=policies,
        base=scenario.name, changes=(words,), first_difference=None, digest="",
    )  # fmt: skip
    changed = replace(changed, first_difference=first_difference(scenario, changed))
    return replace(changed, digest=digest_after(scenario, changed))
