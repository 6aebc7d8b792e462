"""Every policy of every scenario, what the model makes of it, and the record that it comes from."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from travesia.record import Ledger
from travesia.scenario import Policy, Scenario, Timetable
from travesia.terms import Cite


def policies_listed(
    scenarios: Sequence[Scenario], timetables: Sequence[Timetable], ledger: Ledger
) -> pl.DataFrame:
    """Return one row a policy, the baseline's timetable first; `record` and `cites` lead to the ledger."""
    records = {record.id: record for record in ledger.accepted()}
    reasons = {name: reason for name, _, reason in timetables[0].not_modelled}
    acting = {name for timetable in timetables for name in timetable.acting}
    members: dict[str, list[str]] = {}
    shown: dict[str, Policy] = {}
    for scenario in scenarios:
        for policy in scenario.policies:
            shown.setdefault(policy.id, policy)
            members.setdefault(policy.id, []).append(scenario.name)
    rows = []
    for policy in shown.values():
        state = "not in model" if not policy.in_model else "acts" if policy.id in acting else "moves nobody"
        record = records.get(policy.record or "")
        rows.append(
            {
                "id": policy.id,
                "kind": policy.kind,
                "start": policy.span.start,
                "end": policy.span.end,
                "description": policy.description,
                "state": state,
                "reason": reasons.get(policy.id),
                "in_scenarios": " ".join(members[policy.id]),
                "certainty": policy.certainty,
                "source": policy.source,
                "record": None if record is None else record.id,
                "cites": None if record is None else " | ".join(told_cite(cite) for cite in record.cites),
            }
        )
    text = dict.fromkeys(("reason", "record", "cites"), pl.String)
    return pl.DataFrame(rows, schema_overrides={"end": pl.Date, **text})


def told_cite(cite: Cite) -> str:
    """Write a cite in one line: its source, and where it has them the place in code points and the words."""
    place = "" if cite.start is None else f" [{cite.start}, {cite.end})"
    quote = f": {' '.join(cite.quote.split())}" if cite.quote else ""
    return f"{cite.source}{place}{quote}"
