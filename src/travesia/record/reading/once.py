"""What is made of a frozen value once and kept with it, as it can never become another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


def once(of: object, make: Callable[..., _T]) -> _T:
    """Return ``make(of)``, made at the first call and kept with `of`, a frozen value that has attributes."""
    held: dict[object, _T] | None = of.__dict__.get("_once")
    if held is None:
        held = of.__dict__["_once"] = {}
    if make not in held:
        held[make] = make(of)
    return held[make]
