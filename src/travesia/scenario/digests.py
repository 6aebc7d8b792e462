"""The digest of a scenario: SHA-256 of its canonical content, part by part.

The digests of the parts (each policy, parameter, change of departures, and the rest) are added modulo
2**256 (Bellare and Micciancio 1997, AdHash), so that taking one policy out does not hash all others again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from travesia.scenario.scenario import Scenario

_LISTS = ("policies", "parameters", "departures")


def digest_of(scenario: Scenario) -> str:
    """Return the digest of everything that a scenario holds but its digest, in hexadecimal."""
    return _hex(sum(map(_part, _parts(scenario, _LISTS))))


def digest_after(base: Scenario, scenario: Scenario) -> str:
    """Return the digest of a scenario that differs from `base` in few policies: equal to `digest_of`."""
    total = int(base.digest, 16) - sum(map(_part, _parts(base, ()))) + sum(map(_part, _parts(scenario, ())))
    old, new = {id(policy) for policy in base.policies}, {id(policy) for policy in scenario.policies}
    total -= sum(_part(("policies", policy)) for policy in base.policies if id(policy) not in new)
    total += sum(_part(("policies", policy)) for policy in scenario.policies if id(policy) not in old)
    return _hex(total)


def _parts(scenario: Scenario, lists: Iterable[str]) -> Iterable[tuple[str, object]]:
    rest = (field.name for field in fields(scenario) if field.name not in (*_LISTS, "digest"))
    yield "scenario", {name: getattr(scenario, name) for name in rest}
    for name in lists:
        yield from ((name, item) for item in getattr(scenario, name))


def _part(part: tuple[str, object]) -> int:
    text = json.dumps(part, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _hex(total: int) -> str:
    return f"{total % 2**256:064x}"


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value):
        given = {field.name: getattr(value, field.name) for field in fields(value)}
        later = {field.name: field.default for field in fields(value) if field.metadata.get("later")}
        return {name: of for name, of in given.items() if name not in later or of != later[name]}
    raise TypeError(f"{type(value).__name__} has no canonical form")
