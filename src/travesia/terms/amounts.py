"""Amounts with a range, a unit and the reason to believe them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Basis = Literal["observed", "cited", "fitted", "assumed"]
"""Where a value comes from: counted, printed in a source, fitted to data, or assumed with a range."""


@dataclass(frozen=True)
class Amount:
    """A number with its range and unit; missing is ``None``, never 0.

    `low` and `high` bound the range (equal to `value` where it is exact). An assumed amount without a
    range is refused: what nobody measured must say how far it may be off.
    """

    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    basis: Basis = "cited"
    source: str | None = None

    def __post_init__(self) -> None:
        if self.basis == "assumed" and (self.low is None or self.high is None):
            raise ValueError("an assumed amount needs low and high")
        numbers = [number for number in (self.low, self.value, self.high) if number is not None]
        if any(math.isnan(number) for number in numbers):
            raise ValueError("NaN is no amount; missing is None")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        if self.value is None:
            return
        if self.low is not None and self.low > self.value:
            raise ValueError(f"low {self.low} is above the value {self.value}")
        if self.high is not None and self.high < self.value:
            raise ValueError(f"high {self.high} is below the value {self.value}")
