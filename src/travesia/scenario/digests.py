"""The digest of a scenario: SHA-256 of its canonical content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from travesia.scenario.scenario import Scenario


def digest_of(scenario: Scenario) -> str:
    """Return the SHA-256 of everything that a scenario holds but its digest, in hexadecimal."""
    content = {field.name: getattr(scenario, field.name) for field in fields(scenario) if field.name != "digest"}
    text = json.dumps(content, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form")
