"""The Humanitarian API of HDX, versions 1 and 2: funding, refugees and others, returnees; JSON or CSV.

JSON: ``data`` of ``/api/v2/coordination-context/funding``, ``/affected-people/refugees-persons-of-concern``
and ``/affected-people/returnees``. CSV: the same columns, as the API and the downloads of HDX give them.
Funding is of a whole plan: no state gives it, so it stands beside pledges and counts for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
    optional_number,
    read_bytes,
    read_json,
    table_rows,
    text_of,
)
from travesia.tracking.readers.states import StateCodes

_FUNDING = ("appeal_code", "requirements_usd", "funding_usd", "location_code")
_PEOPLE = ("origin_location_code", "asylum_location_code", "population_group", "population")
_PERIOD = ("reference_period_start", "reference_period_end")
_STOCKS = {"REF", "ROC", "ASY", "OIP", "IOC", "STA", "OOC", "HST"}
_FLOWS = {"RET", "RDP"}


def read_hapi(path: Path, states: StateCodes) -> Imported:
    """Read plans with what they asked for and received, or people by origin, asylum and group.

    Of people the totals over gender and age count; rows of single genders and ages are parts of them. What
    plans received is what was committed to them, payments included.

    Raises
    ------
    InputError
        For a file of another form: file, row or number of the item, column.
    """
    raw = read_bytes(path)
    rows = items_of(path, read_json(path, raw), "data") if is_json(raw) else table_rows(path, raw, _PERIOD)
    if not rows:
        raise fault(path, "has no row", None)
    columns = set(rows[0][1])
    if {*_FUNDING, *_PERIOD} <= columns:
        found, add = Found(path, "hapi-funding"), _add_plan
    elif {*_PEOPLE, *_PERIOD} <= columns:
        found, add = Found(path, "hapi-people"), _add_people
    else:
        raise fault(path, "holds neither funding nor refugees nor returnees", None)
    for number, row in rows:
        missing = next((name for name in _PERIOD if name not in row), None)
        if missing:
            raise fault(path, "is missing", number, missing)
        days = (
            day_of(path, number, _PERIOD[0], row[_PERIOD[0]]),
            day_of(path, number, _PERIOD[1], row[_PERIOD[1]]),
        )
        if days[1] < days[0]:
            raise fault(path, "is before the start of the period", number, _PERIOD[1], row[_PERIOD[1]])
        add(found, number, row, days, states)
    return found.imported()


def _add_plan(
    found: Found, number: int, row: Mapping[str, Any], days: tuple[date, date], states: StateCodes
) -> None:
    code = text_of(row.get("appeal_code"))
    place = text_of(row.get("location_code"))
    if code is None:
        found.left_out["money outside any plan"] += 1
        return
    for column, stage in (("requirements_usd", "needed"), ("funding_usd", "committed")):
        value = optional_number(found.path, number, column, row.get(column))
        if value is None:
            found.left_out["cells without a number, which are not zero"] += 1
            continue
        found.add(
            number,
            f"{code}:{place}:{days[0]}:{stage}",
            {
                "to_country": states.find(place),
                "receiver": text_of(row.get("appeal_name")),
                "channel": f"plan {code}",
                "stage": stage,
                "direction": "in",
                "measure": "flow",
                "unit": "USD",
                "value": value,
                "first_day": days[0],
                "last_day": days[1],
            },
        )


def _add_people(
    found: Found, number: int, row: Mapping[str, Any], days: tuple[date, date], states: StateCodes
) -> None:
    path = found.path
    if any(text_of(row.get(name)) not in (None, "all") for name in ("gender", "age_range")):
        found.left_out["rows of single genders and ages, which are parts of totals"] += 1
        return
    group = text_of(row.get("population_group")) or ""
    if group not in _STOCKS | _FLOWS:
        known = ", ".join(sorted(_STOCKS | _FLOWS))
        raise fault(path, f"is none of {known}", number, "population_group", group)
    value = optional_number(path, number, "population", row.get("population"))
    if value is None:
        found.left_out["cells without a number, which are not zero"] += 1
        return
    if number_of(path, number, "population", value) < 0:
        raise fault(path, "is below 0", number, "population", value)
    origin, asylum = text_of(row.get("origin_location_code")), text_of(row.get("asylum_location_code"))
    found.add(
        number,
        f"{days[0]}:{origin}:{asylum}:{group}",
        {
            "country": states.find(asylum),
            "nationality": origin,
            "channel": group,
            "measure": "flow" if group in _FLOWS else "stock",
            "unit": "people",
            "value": value,
            "first_day": days[0],
            "last_day": days[1],
            "covers_to": days[1],
        },
    )
