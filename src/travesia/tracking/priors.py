"""From the record to the model: what a figure lets the number that it measures be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from travesia.record import Record
from travesia.terms import Cite

Ends = tuple[Decimal | None, Decimal]


def _about(value: Decimal, unit: Decimal) -> Ends:
    return value - unit, value + unit


_RANGES: Mapping[str, Callable[[Decimal, Decimal], Ends]] = MappingProxyType(
    {
        "exact": lambda value, unit: (value - unit / 2, value + unit / 2),
        "about": _about,
        "approximate": _about,
        "more_than": lambda value, unit: (value, value + unit),
        "less_than": lambda value, unit: (value - unit, value),
        "almost": lambda value, unit: (value - unit, value),
        "up_to": lambda value, unit: (None, value),
        "limit": lambda value, unit: (None, value),
    }
)
"""Range of a positive number by the qualifier, from its value and the unit of its last significant digit."""

_CONSTRAINTS = ("up_to", "limit")


@dataclass(frozen=True)
class Prior:
    """A range for what a figure measures, and the record that it comes from.

    `becomes` is ``prior``, a range in which the number lies and is as likely anywhere, or ``constraint``, a
    bound that it must keep (`low` is then ``None``). `value` is the number as said; all are in `unit`.
    `series` is the pack's series that counts the same, where the record names one, `nationality` of whom.
    """

    record: str
    becomes: Literal["prior", "constraint"]
    measures: str
    unit: str
    low: float | None
    value: float
    high: float
    series: str | None
    nationality: str | None
    cites: tuple[Cite, ...]


def prior_of(record: Record) -> Prior | None:
    """Return what a figure lets its number be; ``None`` where it is only to be shown.

    A number is as exact as its last digit that is not a zero: 6.8 million, said as such, is 6.75 to 6.85
    million, and about 6.8 million twice as wide. "More than" goes up to the next number as round, so that
    more than six million is six to seven; "almost" and "less than" go down to it. "Up to" only bounds from
    above. A vague figure, a figure of what did not happen, and one without value or unit is for display.

    Parameters
    ----------
    record
        A record of type figure; any other gives ``None``.
    """
    fields = record.fields
    value, unit, qualifier = fields.get("value"), fields.get("unit"), fields.get("qualifier") or "exact"
    if record.type != "figure" or record.modality == "did_not_happen" or unit is None:
        return None
    if qualifier not in _RANGES or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(str(value)).normalize()
    low, high = _RANGES[qualifier](abs(number), _last_digit(number))
    if number < 0:
        # A fall of more than 85 % is a change of -0.86 to -0.85.
        low, high = -high, Decimal(0) if low is None else -low
    return Prior(
        record=record.id, becomes="constraint" if qualifier in _CONSTRAINTS else "prior",
        measures=str(fields.get("measures") or ""), unit=unit, low=None if low is None else float(low),
        value=float(number), high=float(high), series=fields.get("measured_by"),
        nationality=fields.get("nationality"), cites=record.cites,
    )  # fmt: skip


def _last_digit(number: Decimal) -> Decimal:
    """Return the unit of the last digit that is not a zero; 1 for zero."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1) if number == 0 else Decimal(10) ** exponent
