"""An invented record to vary, and where the shipped packs lie."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from travesia.record import Record
from travesia.terms import Cite

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
