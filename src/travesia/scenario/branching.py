"""Ends that a day left open: what the ledger knew of the end of each policy, a scenario for each way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import prod
from typing import Literal

from travesia.record import Ledger, Record
from travesia.region import Region
from travesia.scenario.changes import first_difference, with_end
from travesia.scenario.digests import digest_of
from travesia.scenario.loading import load_scenario
from travesia.scenario.policy import Policy
from travesia.scenario.scenario import Scenario
from travesia.terms import Cite, Span, UnknownIdsError, UsageError

MOST_BRANCHES = 16
"""Scenarios that one day may branch into: each further uncertain end doubles them at least."""

EndState = Literal["fixed", "uncertain", "ended"]


@dataclass(frozen=True)
class NamedEnd:
    """A day on which a policy was to end, half-open: the first one no longer in force."""

    day: date
    known: date
    """Since when it was named."""
    cites: tuple[Cite, ...]


@dataclass(frozen=True)
class KnownEnd:
    """What was known on a day of the end of a policy.

    `state` is ``fixed`` or ``ended`` with the one day of `candidates`; ``uncertain`` where no end stood
    because it hung on what `decided_by` would do: `candidates` are then the days that had been named before
    and were still to come, and that it holds is one way more. `cites` are those of the record as of then.
    """

    policy: str
    record: str
    state: EndState
    candidates: tuple[NamedEnd, ...]
    decided_by: tuple[str, ...]
    cites: tuple[Cite, ...]


def ends_known(policies: Sequence[Policy], ledger: Ledger, day: date) -> tuple[KnownEnd, ...]:
    """Return what was known at the end of a day of the ends of policies, by the ledger.

    Policies that the ledger did not hold by then, or of whose end it said nothing, are left out.
    """
    standing = {one.record.id: one.record for one in ledger.as_of(valid=day, known=day)}
    found = []
    for policy in policies:
        record = standing.get(policy.record or "")
        if record is None or policy.record is None:
            continue
        if record.valid_to is not None:
            state: EndState = "ended" if record.valid_to <= day else "fixed"
            ends: tuple[NamedEnd, ...] = (NamedEnd(record.valid_to, record.known_from, record.cites),)
        elif record.fields.get("contingency"):
            state, ends = "uncertain", _still_to_come(ledger.versions(record.id), day)
        else:
            continue
        found.append(KnownEnd(policy.id, record.id, state, ends, _decided_by(record), record.cites))
    return tuple(found)


def branches(
    region: Region,
    name: str,
    ledger: Ledger,
    known: date,
    *,
    ends: Mapping[str, Sequence[date]] | None = None,
    span: Span | None = None,
) -> tuple[Scenario, ...]:
    """Return a scenario as known on a day, then one for every other way in which uncertain ends could go.

    The first one lets every uncertain end hold. None has a weight: which way is likely, no text says.

    Parameters
    ----------
    region
        The region.
    name
        Its scenario of what happened, of which only what was known acts.
    ledger
        What was known of ends.
    known
        The day.
    ends
        Further days, by policy, on which one could end: the first day no longer in force.
    span
        Days to run; ``None``: the default span of the region.

    Raises
    ------
    UnknownIdsError
        If `ends` names a policy that the scenario does not hold.
    ScenarioError
        For a day that is not after the policy's start.
    UsageError
        If there would be more than `MOST_BRANCHES`.
    """
    recorded = load_scenario(region, name, span=span)
    holds = load_scenario(region, name, known=known, span=span)
    choices = _choices(holds, ledger, known, ends or {})
    count = prod(len(choice) for choice in choices)
    if count > MOST_BRANCHES:
        raise UsageError(f"--known {known}: {count} branches, more than {MOST_BRANCHES}; name fewer ends")
    first = _as_known(holds, recorded, known)
    out = []
    for chosen in product(*choices):
        branch = first
        for policy, day in chosen:
            if day is not None:
                branch = with_end(branch, policy, day)
        out.append(branch)
    return tuple(out)


def _choices(
    holds: Scenario, ledger: Ledger, known: date, ends: Mapping[str, Sequence[date]]
) -> list[list[tuple[str, date | None]]]:
    """Return for each policy with an open end the ways in which it can go on, that it holds first."""
    held = {policy.id: policy for policy in holds.policies}
    if unknown := set(ends) - set(held):
        raise UnknownIdsError(f"scenario as known on {known}", "policy", unknown, known="its policies")
    days = {policy: set(named) for policy, named in ends.items()}
    for end in ends_known(holds.policies, ledger, known):
        if end.state == "uncertain" and held[end.policy].in_model:
            days.setdefault(end.policy, set()).update(one.day for one in end.candidates)
    return [[(policy, None), *((policy, day) for day in sorted(named))] for policy, named in days.items()]


def _as_known(holds: Scenario, recorded: Scenario, known: date) -> Scenario:
    words = f"only what was known on {known} acts; departures are those of what happened"
    named = replace(
        holds, name=f"{recorded.name}-known-{known}", title=f"As known on {known}", base=recorded.name,
        changes=(words,),
    )  # fmt: skip
    # What was known is no difference of its own: what acts is.
    named = replace(named, first_difference=first_difference(replace(recorded, known=known), named))
    return replace(named, digest=digest_of(named))


def _still_to_come(versions: Sequence[Record], day: date) -> tuple[NamedEnd, ...]:
    """Return the ends that earlier versions named and that a day had not reached, the last naming of each."""
    named = {
        version.valid_to: NamedEnd(version.valid_to, version.known_from, version.cites)
        for version in versions
        if version.known_from <= day and version.valid_to is not None and version.valid_to > day
    }
    return tuple(named[end] for end in sorted(named))


def _decided_by(record: Record) -> tuple[str, ...]:
    contingency = record.fields.get("contingency") or {}
    named = contingency.get("decided_by") or [] if isinstance(contingency, Mapping) else []
    return (named,) if isinstance(named, str) else tuple(map(str, named))
