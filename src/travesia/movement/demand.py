"""Demand: who sets out, when and on which route; who is turned back, and which gate is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Mode = Literal["past", "as-of"]


@dataclass(frozen=True)
class Demand:
    """Departures by nationality, route and month, with what was worked out beside them.

    A demand of mode ``past`` used all observations and fits them by construction; one of mode ``as-of``
    used only what was observed up to and with the month `known`, later months being carried forward by
    `rule`. The two are never mixed. Months outside `months` have no departures, and take `turned_back` and
    `choice` from the nearest one.
    """

    mode: Mode
    rule: str
    known: str | None
    months: tuple[str, ...]
    nationalities: tuple[str, ...]
    gates: tuple[str, ...]
    departures_people: Mapping[tuple[str, str], npt.NDArray[np.float64]]
    """float64[month] people who set out in the month, by (nationality, route)."""
    turned_back: npt.NDArray[np.float64]
    """float64[nationality, month] share turned back or waiting before the border: more came than were met."""
    choice: npt.NDArray[np.float64]
    """float64[nationality, gate, month] share that chooses a gate; sums to 1 over gates."""

    def __post_init__(self) -> None:
        total = self.choice.sum(axis=1)
        if not np.allclose(total, 1.0):
            raise ValueError("shares of gates do not sum to 1 for every nationality and month")
        if self.turned_back.min(initial=0.0) < 0.0 or self.turned_back.max(initial=0.0) > 1.0:
            raise ValueError("shares turned back must lie between 0 and 1")
