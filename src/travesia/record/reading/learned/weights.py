"""Weights: how much each sign of a unit speaks for a record of a type there, or for a value of its slot.

Logistic regressions with a quadratic penalty, fitted by `tools/fit_reader.py` to the annotated texts. The
weights ship as data, so that every chance can be traced to the words that made it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

_Ints = npt.NDArray[np.int64]

QUESTIONS = ("policy", "commitment")
"""Types of records for which a stretch is weighed."""

_STEM_SIGNS = ("5 ",)
"""How the signs begin that tell the first letters of a word, where these are as many as there are."""

_REASONS = 3

_SCALE = 1000
"""Weights are whole thousandths: their sum is the same in any order, so that no chance turns on a set's."""

_TOLD = 2500
"""What it adds to the log odds of a value that the rules told it."""

_TOLD_STATUS = 3500
"""The same of a policy's status, which rules tell better on texts that are less dense."""

_TOLD_ACTOR = 700
"""What it adds to the worth of one who may act that the rules told it is he."""

STATUS = "policy.status"

SLOTS = ("policy.kind", STATUS, "commitment.action")
"""Slots of which the likeliest value is chosen, what the rules told among the signs."""

MODALITY = "policy.modality"
"""Under which name the weights tell whether a measure of some status is there, goes on or is meant."""

DAY = "policy.day"
"""Under which name the weights tell which slot of a policy a date fills, or ``none``."""

EVENT = "event.kind"
"""Under which name the weights tell which kind of event a date tells, or ``none``."""

EVENT_STATUS = "event.status"
"""Under which name the weights tell what became of an event on a date."""

ROLE = "participation.role"
"""Under which name the weights tell as what a name takes part in something, or ``none``."""


@dataclass(frozen=True)
class Weights:
    """The log odds of a unit without signs, and what each sign adds to them, in thousandths."""

    base: int
    signs: Mapping[str, int]

    def chance(self, signs: Set[str]) -> float:
        """Return how likely a unit with some signs holds a record, in (0, 1)."""
        odds = self.base + sum([self.signs[one] for one in signs & self.signs.keys()])
        return 1.0 / (1.0 + math.exp(-odds / _SCALE))


@dataclass(frozen=True)
class _Slot:
    """The values of a slot, their log odds without signs [V], each sign's row, and what it adds [S, V]."""

    values: Sequence[str]
    bases: _Ints
    rows: Mapping[str, int]
    weights: _Ints

    def likeliest(self, signs: Set[str], told: str | None, worth: int) -> str:
        """Return the value for which most speaks, what the rules told being worth more; of two, the first."""
        odds = self._odds(signs)
        if told in self.values:
            odds[self.values.index(told)] += worth
        return self.values[int(odds.argmax())]

    def chances(self, signs: Set[str]) -> dict[str, float]:
        """Return how likely each value is; together they are certain."""
        odds = self._odds(signs).tolist()
        shares = [math.exp((one - max(odds)) / _SCALE) for one in odds]
        return {name: one / sum(shares) for name, one in zip(self.values, shares, strict=True)}

    def _odds(self, signs: Set[str]) -> _Ints:
        known = [self.rows[sign] for sign in signs & self.rows.keys()]
        odds: _Ints = self.bases + self.weights[np.array(known, np.intp)].sum(axis=0)
        return odds


@dataclass(frozen=True)
class Learned:
    """What was learned: weights for each type of record, each value of a slot, and candidates for one.

    `told` is what a file of weights holds; by default that of the one that ships, read where first asked.
    """

    told: Mapping[str, Any] | None = None

    def chance(self, question: str, signs: Set[str]) -> float:
        """Return how likely a unit with some signs holds a record of a type, in (0, 1)."""
        return self._questions[question].chance(signs)

    def reasons(self, question: str, signs: Set[str]) -> tuple[str, ...]:
        """Return the beginnings of words that speak most for a record of a type, three at most."""
        held = self._questions[question].signs
        words = sorted((-held.get(one, 0), one) for one in signs if one[:2] in _STEM_SIGNS)
        return tuple(f"{one[2:]}-" for weight, one in words[:_REASONS] if weight < 0)

    def likeliest(self, slot: str, signs: Set[str], told: str | None = None) -> str:
        """Return the value of a slot, as ``policy.kind``, for which most speaks.

        What the rules `told` counts as one more sign.
        """
        return self._slots[slot].likeliest(signs, told, _TOLD_STATUS if slot == STATUS else _TOLD)

    def settles(self, slot: str) -> bool:
        """Tell whether it was learned which value a slot has, or which candidate fills it."""
        return slot in self._slots or slot in self._choices

    def chances(self, slot: str, signs: Set[str]) -> Mapping[str, float]:
        """Return how likely each value of a slot is."""
        return self._slots[slot].chances(signs)

    def worth(self, slot: str, signs: Set[str]) -> int:
        """Return how much speaks for a candidate for a slot, in thousandths."""
        held = self._choices[slot]
        return sum([held[one] for one in signs & held.keys()]) + _TOLD_ACTOR * ("told" in signs)

    @cached_property
    def _choices(self) -> Mapping[str, Mapping[str, int]]:
        return {slot: _wholes(signs) for slot, signs in self._told.get("choices", {}).items()}

    @cached_property
    def _questions(self) -> Mapping[str, Weights]:
        told: Mapping[str, Any] = self._told["questions"]
        return {name: Weights(_whole(one["base"]), _wholes(one["signs"])) for name, one in told.items()}

    @cached_property
    def _slots(self) -> Mapping[str, _Slot]:
        return {slot: _by_sign(values) for slot, values in self._told["slots"].items()}

    @property
    def _told(self) -> Mapping[str, Any]:
        return _shipped() if self.told is None else self.told


def _by_sign(values: Mapping[str, Mapping[str, Any]]) -> _Slot:
    names = sorted(values)
    signs = sorted({sign for one in values.values() for sign in one["signs"]})
    rows = {sign: row for row, sign in enumerate(signs)}
    weights = np.zeros((len(signs), len(names)), np.int64)
    for at, name in enumerate(names):
        held = _wholes(values[name]["signs"])
        weights[[rows[sign] for sign in held], at] = list(held.values())
    return _Slot(names, np.array([_whole(values[name]["base"]) for name in names]), rows, weights)


def _wholes(signs: Mapping[str, float]) -> dict[str, int]:
    return {sign: _whole(weight) for sign, weight in signs.items()}


def _whole(weight: float) -> int:
    return round(weight * _SCALE)


@cache
def _shipped() -> Mapping[str, Any]:
    return dict(json.loads(files(__package__).joinpath("weights.json").read_text(encoding="utf-8")))


SHIPPED = Learned()
"""What was learned from the annotated texts of this package."""
