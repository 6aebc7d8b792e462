"""An invented record to vary, and where the shipped packs lie."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from travesia.record import Accept, Amend, Entry, Operation, Propose, Record, Retract
from travesia.terms import Cite

AT = "2024-01-01T12:00:00Z"
PACKS = Path(__file__).parents[2] / "src" / "travesia" / "packs"


def invented(name: str = "com:places", **changes: Any) -> Record:
    values: dict[str, Any] = {
        "id": name, "type": "commitment", "fields": {"quantity": 20000, "unit": "person"},
        "cites": (Cite("report", 10, 20, "20 000 réfugiés"),),
        "certainty": "asserted", "modality": "intended",
        "attribution": ("cty:USA",), "valid_from": date(2022, 6, 10), "valid_to": date(2024, 10, 1),
        "known_from": date(2022, 6, 10), "origin": "hand:aa",
    }  # fmt: skip
    return Record(**(values | changes))


def entry(operation: Operation, by: str = "aa", at: str = AT) -> Entry:
    return Entry(operation, by, at)


def accept(record: Record, by: str = "aa") -> Entry:
    return entry(Accept(record=record), by)


def amend(record: Record, by: str = "aa") -> Entry:
    return entry(Amend(record), by)


def retract(name: str, known_from: date, by: str = "aa") -> Entry:
    return entry(Retract(name, known_from), by)


def propose(number: int, record: Record | None = None, **changes: Any) -> Entry:
    return entry(Propose(f"pro:{number:016x}", record or invented(f"com:c{number}"), **changes), "rules@1")
