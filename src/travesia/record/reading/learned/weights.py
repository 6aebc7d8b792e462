"""Weights: how much each sign of a unit speaks for a record of a type there, or for a value of its slot.

Logistic regressions with a quadratic penalty, fitted by `tools/fit_reader.py` to the annotated texts. The
weights ship as data, so that every chance can be traced to the words that made it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

QUESTIONS = ("policy", "commitment")
"""Types of records for which a stretch is weighed."""

_STEM_SIGNS = ("5 ",)
"""How the signs begin that tell the first letters of a word, where these are as many as there are."""

_REASONS = 3

_TOLD = 1.5
"""What it adds to the log odds of a value that the rules told it; 0.5 to 2 are as good on texts left out."""

SLOTS = ("policy.kind", "policy.status", "commitment.action")
"""Slots of which the likeliest value is chosen, what the rules told among the signs."""


@dataclass(frozen=True)
class Weights:
    """The log odds of a unit without signs, and what each sign adds to them."""

    base: float
    signs: Mapping[str, float]

    def odds(self, signs: Collection[str]) -> float:
        """Return the log odds of a unit with some signs."""
        return self.base + math.fsum([self.signs[one] for one in signs if one in self.signs])

    def chance(self, signs: Collection[str]) -> float:
        """Return how likely a unit with some signs holds a record, in (0, 1)."""
        return 1.0 / (1.0 + math.exp(-self.odds(signs)))


_Slot = tuple[Mapping[str, float], Mapping[str, Sequence[tuple[str, float]]]]
"""The log odds of each value of a slot without signs, and what each sign adds to which of them."""


@dataclass(frozen=True)
class Learned:
    """What was learned: weights for each type of record, and for each value of a slot.

    `told` is what a file of weights holds; by default that of the one that ships, read where first asked.
    """

    told: Mapping[str, Any] | None = None

    def chance(self, question: str, signs: Collection[str]) -> float:
        """Return how likely a unit with some signs holds a record of a type, in (0, 1)."""
        return self._questions[question].chance(signs)

    def reasons(self, question: str, signs: Collection[str]) -> tuple[str, ...]:
        """Return the beginnings of words that speak most for a record of a type, three at most."""
        held = self._questions[question].signs
        words = sorted((-held.get(one, 0.0), one) for one in signs if one[:2] in _STEM_SIGNS)
        return tuple(f"{one[2:]}-" for weight, one in words[:_REASONS] if weight < 0)

    def likeliest(self, slot: str, signs: Collection[str], told: str | None = None) -> str:
        """Return the value of a slot, as ``policy.kind``, for which most speaks.

        What the rules `told` counts as one more sign.
        """
        values, of_sign = self._slots[slot]
        parts = {one: [base, _TOLD * (one == told)] for one, base in values.items()}
        for sign in signs:
            for value, weight in of_sign.get(sign, ()):
                parts[value].append(weight)
        return max(parts, key=lambda one: math.fsum(parts[one]))

    @cached_property
    def _questions(self) -> Mapping[str, Weights]:
        return {name: Weights(**one) for name, one in self._told["questions"].items()}

    @cached_property
    def _slots(self) -> Mapping[str, _Slot]:
        return {slot: _by_sign(values) for slot, values in self._told["slots"].items()}

    @property
    def _told(self) -> Mapping[str, Any]:
        return _shipped() if self.told is None else self.told


def _by_sign(values: Mapping[str, Mapping[str, Any]]) -> _Slot:
    signs: dict[str, list[tuple[str, float]]] = {}
    for value, told in values.items():
        for sign, weight in told["signs"].items():
            signs.setdefault(sign, []).append((value, weight))
    return {value: told["base"] for value, told in values.items()}, signs


@cache
def _shipped() -> Mapping[str, Any]:
    return dict(json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8")))


SHIPPED = Learned()
"""What was learned from the annotated texts of this package."""
