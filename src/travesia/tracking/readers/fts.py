"""OCHA's Financial Tracking Service: flows as its public API v1 gives them, or the CSV of HDX.

JSON: ``data.flows`` of ``/v1/public/fts/flow``; of each flow id, status, date, amountUSD, originalAmount,
originalCurrency, firstReportedDate, boundary, flowType, contributionType, newMoney, parentFlowId,
sourceObjects and destinationObjects. CSV: "fts_incoming_funding_XXX.csv" with the same columns, and of the
objects srcOrganization, srcOrganizationTypes, srcLocations, destOrganization, destLocations, destPlanId.

Status pledge, commitment and paid become the stages pledged, committed and disbursed; a flow has one status,
so that what is paid is no longer among what is committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from travesia.tracking.readers.rows import (
    Found,
    Imported,
    day_of,
    fault,
    is_json,
    items_of,
    number_of,
    optional_day,
    optional_number,
    read_bytes,
    read_json,
    table_rows,
    text_of,
)
from travesia.tracking.readers.states import StateCodes

SERIES = "fts-flows"
_STAGES = {"pledge": "pledged", "commitment": "committed", "paid": "disbursed"}
_NEEDED = ("id", "status", "date", "amountUSD", "srcOrganization", "srcOrganizationTypes")


def read_fts(path: Path, states: StateCodes) -> Imported:
    """Read flows of the Financial Tracking Service, saved as JSON or CSV.

    Left out are flows inside or out of the boundary of what was asked, money carried over from an earlier
    year, flows that pass on another one of the file, and contributions in kind: each would count twice, or
    is no money.

    Raises
    ------
    InputError
        For a file of another form: file, row or number of the flow, column.
    """
    raw = read_bytes(path)
    found = Found(path, SERIES)
    flows: list[tuple[int, Mapping[str, Any]]]
    if is_json(raw):
        whole = read_json(path, raw)
        flows = [
            (number, _flat(path, number, flow)) for number, flow in items_of(path, whole, "data", "flows")
        ]
        meta = whole.get("meta")
        if isinstance(meta, dict) and meta.get("nextLink"):
            found.left_out["further pages: the file is one page of several, save the others too"] += 1
    else:
        flows = table_rows(path, raw, _NEEDED)
    ids = {str(flow["id"]) for _, flow in flows if flow.get("id")}
    for number, flow in flows:
        reason = _left_out(flow, ids)
        if reason:
            found.left_out[reason] += 1
        else:
            _add(found, number, flow, states)
    return found.imported()


def _left_out(flow: Mapping[str, Any], ids: set[str]) -> str | None:
    boundary = text_of(flow.get("boundary"))
    if boundary not in (None, "incoming"):
        return f"{boundary} flows, which do not come from outside what was asked for"
    if flow.get("newMoney") is False or str(flow.get("flowType") or "").lower().startswith("carry"):
        return "money of an earlier year, carried over or passed on"
    if str(flow.get("parentFlowId") or "") in ids:
        return "flows that pass on another flow of the file"
    kind = str(flow.get("contributionType") or "financial").lower().replace("-", " ")
    return "contributions in kind, which are no money" if kind == "in kind" else None


def _add(found: Found, number: int, flow: Mapping[str, Any], states: StateCodes) -> None:
    path = found.path
    status = str(flow.get("status"))
    if status not in _STAGES:
        raise fault(path, f"is none of {', '.join(_STAGES)}", number, "status", flow.get("status"))
    if not text_of(flow.get("id")):
        raise fault(path, "is missing", number, "id")
    day = day_of(path, number, "date", flow.get("date"))
    provider = text_of(flow.get("srcOrganization"))
    plan = text_of(flow.get("destPlanId"))
    found.add(
        number,
        str(flow["id"]),
        {
            "country": _state(flow, provider, states),
            "provider": provider,
            "to_country": _single(flow.get("destLocations"), states),
            "receiver": text_of(flow.get("destOrganization")),
            "channel": f"plan {plan}" if plan else None,
            "stage": _STAGES[status],
            "direction": "out",
            "measure": "flow",
            "unit": "USD",
            "value": number_of(path, number, "amountUSD", flow.get("amountUSD")),
            "first_day": day,
            "last_day": day,
            "reported": optional_day(path, number, "firstReportedDate", flow.get("firstReportedDate")),
            "original_value": optional_number(path, number, "originalAmount", flow.get("originalAmount")),
            "original_currency": text_of(flow.get("originalCurrency")),
        },
    )


def _state(flow: Mapping[str, Any], provider: str | None, states: StateCodes) -> str | None:
    """Return the state that gives: a government by its name, or by its one location."""
    if not str(flow.get("srcOrganizationTypes") or "").lower().startswith("government"):
        return None
    return states.government(provider) or _single(flow.get("srcLocations"), states)


def _single(locations: object, states: StateCodes) -> str | None:
    """Return the state of a list of locations that names one only."""
    names = [name for name in str(locations or "").split(",") if name.strip()]
    return states.find(names[0]) if len(names) == 1 else None


def _flat(path: Path, number: int, flow: Mapping[str, Any]) -> dict[str, Any]:
    """Return a flow with its objects as the columns of the CSV."""
    flat = dict(flow)
    for side, key in (("src", "sourceObjects"), ("dest", "destinationObjects")):
        objects = flow.get(key)
        if not isinstance(objects, list) or not all(isinstance(each, dict) for each in objects):
            raise fault(path, "is no list of objects", number, key)
        named = {kind: [each for each in objects if each.get("type") == kind]
                 for kind in ("Organization", "Location", "Plan")}  # fmt: skip
        first = named["Organization"][0] if named["Organization"] else {}
        names = [str(each.get("name")) for each in named["Organization"]]
        flat[f"{side}Organization"] = " and ".join(names) or None
        types = first.get("organizationTypes")
        flat[f"{side}OrganizationTypes"] = (
            types[0] if len(names) == 1 and isinstance(types, list) and types else None
        )
        # A name may hold a comma, which separates the codes of the CSV.
        flat[f"{side}Locations"] = ",".join(
            str(each.get("name")).replace(",", " ") for each in named["Location"]
        )
        flat[f"{side}PlanId"] = named["Plan"][0].get("id") if len(named["Plan"]) == 1 else None
    return flat
