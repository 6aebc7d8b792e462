"""Scores of a key: what each factor, cap and adjustment makes of the members' indicators, exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from travesia.sharing.inputs import KeyInputs
from travesia.sharing.key import Adjustment, Factor, Key, with_cap
from travesia.terms import InputError

Values = Mapping[str, Mapping[str, Fraction]]
"""Indicators that a key weighs: by column and member."""

Measures = Mapping[Factor, Mapping[str, Fraction]]
"""What a key makes of them: by factor and member."""


@dataclass(frozen=True)
class Scores:
    """Scores of the members, which add up to exactly 1, and what they are made of.

    `measures` holds each factor on its scale, `terms` the weighted and capped terms of the sum, `rest`
    what the caps cut off of the whole, `capped` the members whose factor a cap holds, `multipliers` each
    adjustment's.
    """

    scores: Mapping[str, Fraction]
    measures: Measures
    terms: Measures
    rest: Fraction
    capped: Mapping[Factor, frozenset[str]]
    multipliers: tuple[Mapping[str, Fraction], ...]


def values_of(key: Key, inputs: KeyInputs) -> Values:
    """Return the indicators that a key weighs; raises as `KeyInputs.values` does."""
    return {factor.column: inputs.values(factor) for factor in key.every_factor}


def score(key: Key, members: tuple[str, ...], values: Values) -> Scores:
    """Return the scores of a key.

    Raises
    ------
    UsageError
        If the key has a cap and no reading of it.
    """
    key = with_cap(key, None)
    measures = {factor: _measure(factor, values[factor.column]) for factor in key.every_factor}
    terms, capped = _terms(key, members, measures)
    rest = Fraction(1) - sum((_sum(term) for term in terms.values()), Fraction(0))
    raw = _sums(key, members, terms, rest)
    multipliers = tuple(_multiplier(each, members, measures) for each in key.adjustments)
    for multiplier in multipliers:
        raw = {state: raw[state] * multiplier[state] for state in members}
    total = sum(raw.values())
    if not total:
        raise InputError(
            f"key {key.id}", "gives no member a share", "check the indicators, or use another key"
        )
    return Scores({s: raw[s] / total for s in members}, measures, terms, rest, capped, multipliers)


def _measure(factor: Factor, values: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return a factor on its scale, see `Factor`."""
    inverse = factor.direction == "inverse"
    if factor.scale == "part":
        sizes = {state: 1 / value for state, value in values.items()} if inverse else values
        total = _sum(sizes)
        return {state: size / total for state, size in sizes.items()}
    lowest, highest, mean = min(values.values()), max(values.values()), _sum(values) / len(values)
    if factor.scale == "mean":
        return {s: 1 - value / mean if inverse else value / mean - 1 for s, value in values.items()}
    return {s: (highest - v if inverse else v - lowest) / (highest - lowest) for s, v in values.items()}


def _sum(values: Mapping[str, Fraction]) -> Fraction:
    """Add over one common denominator: several times faster than one by one."""
    common = math.lcm(*(value.denominator for value in values.values()))
    return Fraction(sum(value.numerator * (common // value.denominator) for value in values.values()), common)


def _terms(
    key: Key, members: tuple[str, ...], measures: Measures
) -> tuple[dict[Factor, dict[str, Fraction]], dict[Factor, frozenset[str]]]:
    base = [factor for factor in key.factors if factor.is_base]
    weight = sum((factor.weight for factor in base), Fraction(0))
    terms: dict[Factor, dict[str, Fraction]] = {}
    capped = {}
    for factor in key.factors:
        parts = dict(measures[factor])
        if factor.cap is not None:
            held = {
                state: factor.cap
                * sum(
                    (f.weight / weight if key.cap_reading == "base" else 1) * measures[f][state] for f in base
                )
                for state in members
            }
            capped[factor] = frozenset(state for state in members if held[state] < parts[state])
            parts = {state: min(parts[state], held[state]) for state in members}
        terms[factor] = {state: factor.weight * part for state, part in parts.items()}
    return terms, capped


def _sums(key: Key, members: tuple[str, ...], terms: Measures, rest: Fraction) -> dict[str, Fraction]:
    """Return the sums; what the caps cut off is shared by the base."""
    if not key.factors:
        return dict.fromkeys(members, Fraction(1, len(members)))
    base = [factor for factor in key.factors if factor.is_base]
    weight = sum((factor.weight for factor in base), Fraction(0))
    sums = {}
    for state in members:
        sums[state] = sum((term[state] for term in terms.values()), Fraction(0))
        if rest:
            sums[state] += rest * sum(terms[factor][state] for factor in base) / weight
    return sums


def _multiplier(each: Adjustment, members: tuple[str, ...], measures: Measures) -> dict[str, Fraction]:
    return {
        state: max(
            Fraction(0),
            each.constant + sum(factor.weight * measures[factor][state] for factor in each.factors),
        )
        for state in members
    }
