"""What was known of policies on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from travesia.scenario.policies import Plan
from travesia.scenario.policy import Policy
from travesia.terms import Span


def as_known(policies: Sequence[Policy], plans: Sequence[Plan], day: date) -> tuple[Policy, ...]:
    """Return the policies as known at the end of a day.

    One that was not announced by then (or, without a known announcement, had not started) is left out. An
    end that became known later is replaced by the end fixed at the time: the last plan known by then, or
    `planned_end`, or no end.

    Parameters
    ----------
    policies, plans
        As recorded; `plans` in the order in which they became known.
    day
        The last day of which anything is known.
    """
    out = []
    for policy in policies:
        if (policy.announced or policy.span.start) > day:
            continue
        end = policy.span.end
        if end is not None and (policy.end_known or end - timedelta(days=1)) > day:
            made = [plan for plan in plans if plan.policy == policy.id and plan.known <= day]
            end = made[-1].end if made else policy.planned_end
        out.append(replace(policy, span=Span(policy.span.start, end)))
    return tuple(out)
