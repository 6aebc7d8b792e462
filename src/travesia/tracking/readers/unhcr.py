"""UNHCR's Refugee Data Finder: population and solutions by year, origin and asylum.

CSV: the download form ("Year", "Country of origin (ISO)", "Country of asylum (ISO)", then a column a group,
lines before the header allowed), or the columns of the API and of tables made of it (year, coo_iso, coa_iso
or origin, asylum). JSON: ``items`` of ``/population/v1/population/`` or ``/population/v1/solutions/``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from travesia.tracking.readers.rows import (
    Found,
    Imported,
    fault,
    is_json,
    items_of,
    number_of,
    read_bytes,
    read_json,
    table_rows,
    text_of,
)
from travesia.tracking.readers.states import StateCodes

_FLOWS = ("returned_refugees", "returned_idps", "resettlement", "naturalisation")
_STOCKS = ("refugees", "asylum_seekers", "idps", "stateless", "ooc", "oip", "hst")
_DOWNLOAD: Mapping[str, str] = MappingProxyType(
    {
        "Refugees under UNHCR's mandate": "refugees",
        "Refugees under UNHCR’s mandate": "refugees",
        "Asylum-seekers": "asylum_seekers",
        "Returned refugees": "returned_refugees",
        "IDPs of concern to UNHCR": "idps",
        "Returned IDPs": "returned_idps",
        "Returned IDPss": "returned_idps",
        "Stateless persons": "stateless",
        "Others of concern": "ooc",
        "Others of concern to UNHCR": "ooc",
        "Other people in need of international protection": "oip",
        "Host Community": "hst",
        "Host community": "hst",
        "Resettlement arrivals": "resettlement",
        "Naturalisation": "naturalisation",
    }
)
"""Groups by the heads of the download."""
_FORMS = (
    ("Year", "Country of origin (ISO)", "Country of asylum (ISO)"),
    ("year", "coo_iso", "coa_iso"),
    ("year", "origin", "asylum"),
)
_SILENT = ("", "-", "*")
"""Cells without a number; a star hides a count below five."""


def read_unhcr(path: Path, states: StateCodes) -> Imported:
    """Read people by year, origin and asylum; a count at the end of a year is a stock and never a delivery.

    Raises
    ------
    InputError
        For a file of another form: file, row or number of the item, column.
    """
    raw = read_bytes(path)
    if is_json(raw):
        rows = items_of(path, read_json(path, raw), "items")
    else:
        first = [form for form in _FORMS if all(f"{name}".encode() in raw[:20_000] for name in form)]
        rows = table_rows(path, raw, first[0] if first else _FORMS[0])
    if not rows:
        raise fault(path, "has no row", None)
    form, groups = _form(path, rows[0][1])
    kind = (
        "solutions"
        if "resettlement" in groups.values() or "naturalisation" in groups.values()
        else "population"
    )
    found = Found(path, f"unhcr-{kind}")
    for number, row in rows:
        _add(found, number, row, form, groups)
    return found.imported()


def _form(path: Path, row: Mapping[str, Any]) -> tuple[Sequence[str], dict[str, str]]:
    """Return the columns of year, origin and asylum, and the group of each column that has one."""
    form = next((form for form in _FORMS if set(form) <= set(row)), None)
    known = {**_DOWNLOAD, **{name: name for name in (*_FLOWS, *_STOCKS)}}
    groups = {name: known[name] for name in row if name in known}
    if form is None or not groups:
        raise fault(path, "has not the columns of population or solutions", None)
    return form, groups


def _add(
    found: Found, number: int, row: Mapping[str, Any], form: Sequence[str], groups: Mapping[str, str]
) -> None:
    path = found.path
    written = number_of(path, number, form[0], row[form[0]])
    if not written.is_integer() or not 1900 <= written <= 2200:
        raise fault(path, "is no year", number, form[0], row[form[0]])
    year = int(written)
    origin, asylum = (_code(path, number, name, row[name]) for name in form[1:])
    for column, group in groups.items():
        cell = text_of(row[column]) or ""
        if cell in _SILENT:
            found.left_out["cells without a number, which are not zero"] += 1
            continue
        value = number_of(path, number, column, row[column])
        if value < 0:
            raise fault(path, "is below 0", number, column, row[column])
        found.add(
            number,
            f"{year}:{origin or '-'}:{asylum or '-'}:{group}",
            {
                "country": asylum,
                "nationality": origin,
                "channel": group,
                "measure": "flow" if group in _FLOWS else "stock",
                "unit": "people",
                "value": value,
                "first_day": date(year, 1, 1),
                "last_day": date(year, 12, 31),
                "covers_to": date(year, 12, 31),
            },
        )


def _code(path: Path, number: int, column: str, value: object) -> str | None:
    text = text_of(value)
    if text is None or text == "-":
        return None
    if len(text) != 3 or not text.isalpha():
        raise fault(path, "is no code of three letters", number, column, value)
    return text.upper()
