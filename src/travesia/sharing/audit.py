"""The audit of a key: what each factor really weighs, where it works against its meaning, who gains by whom.

P. Grech, "Undesired properties of the European Commission's refugee distribution key", European Union
Politics, 2016, found that a cap can give states with high unemployment a larger share than they would have
if unemployment were left out. `audit_key` looks for that in every factor of any key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import polars as pl

from travesia.sharing.bounds import Bound, bounded_shares
from travesia.sharing.inputs import KeyInputs
from travesia.sharing.key import CAPS, Factor, Key, with_cap
from travesia.sharing.scoring import Scores, Values, score, values_of
from travesia.sharing.showing import shown
from travesia.terms import InputError, UsageError

NUDGE = Fraction(1, 100)
"""By how much a member's indicator is raised to see how its share answers."""

Sign = Literal["more", "less", "none"]


@dataclass(frozen=True)
class FactorAudit:
    """One factor of a key among some members.

    `weight` is that of the text. `effective_weight` is how much of all scores its capped terms make up
    (only for factors of the sum), `moves` the share of the people who would be elsewhere without it (half
    the sum of absolute differences). `sign` is each member's answer to one per cent more of its own
    indicator, `elasticity` its size (relative change of its share for a relative change of the indicator).
    `effect` is each member's share less its share without the factor; `paradox` lists members whom the
    factor moves against its direction: above the mean and inverse, yet with more than without it, or the
    opposite. `capped` members are held by the cap.
    """

    factor: Factor
    weight: Fraction
    effective_weight: Fraction | None
    moves: Fraction
    sign: Mapping[str, Sign]
    elasticity: Mapping[str, float]
    effect: Mapping[str, Fraction]
    paradox: tuple[str, ...]
    capped: tuple[str, ...]


@dataclass(frozen=True)
class KeyAudit:
    """Audit of a key among some members; `bounds` are those floors and ceilings that bind."""

    key: Key
    members: tuple[str, ...]
    scored: Scores
    shares: Mapping[str, Fraction]
    factors: tuple[FactorAudit, ...]
    bounds: Mapping[str, Bound]

    @property
    def table(self) -> pl.DataFrame:
        """One row a factor; weights and `moves` as fractions of 1, members by code."""
        return pl.DataFrame(
            [
                {
                    "factor": each.factor.column,
                    "direction": each.factor.direction,
                    "weight": float(each.weight),
                    "effective_weight": None
                    if each.effective_weight is None
                    else float(each.effective_weight),
                    "moves": float(each.moves),
                    "capped": ", ".join(each.capped),
                    "against_direction": ", ".join(each.paradox),
                }
                for each in self.factors
            ],
            schema_overrides={"effective_weight": pl.Float64},
        )

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return shown(self.table)


@dataclass(frozen=True)
class KeyRange:
    """Shares of one member under all keys that the inputs allow, the smallest first."""

    iso3: str
    shares: Mapping[str, Fraction]

    @property
    def lowest(self) -> str:
        """The key that gives the least."""
        return min(self.shares, key=lambda key: self.shares[key])

    @property
    def highest(self) -> str:
        """The key that gives the most."""
        return max(self.shares, key=lambda key: self.shares[key])


@dataclass(frozen=True)
class KeyRanges:
    """The range of every member over keys, and the keys that the inputs do not allow with the reason."""

    ranges: tuple[KeyRange, ...]
    refused: Mapping[str, str]

    @property
    def table(self) -> pl.DataFrame:
        """One row a member, one column a key: shares as fractions of 1."""
        return pl.DataFrame(
            [
                {"iso3": each.iso3, **{key: float(each.shares[key]) for key in self.ranges[0].shares}}
                for each in self.ranges
            ]
        )

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return shown(self.table)


def audit_key(key: Key, inputs: KeyInputs) -> KeyAudit:
    """Audit every factor of a key among the members of some inputs.

    Raises
    ------
    InputError, UsageError
        As `fair_shares` does.
    """
    members, values = inputs.members, values_of(key, inputs)
    scored = score(key, members, values)
    shares, bounds = _bounded(key, members, scored.scores)
    factors = []
    for factor in key.every_factor:
        answers = {state: _answer(key, members, values, factor, state) for state in members}
        effect = _effect(key, members, values, factor, shares)
        term = scored.terms.get(factor)
        capped = scored.capped.get(factor, frozenset())
        factors.append(
            FactorAudit(
                factor=factor,
                weight=factor.weight,
                effective_weight=None if term is None else sum(term.values(), Fraction(0)),
                moves=sum((abs(change) for change in effect.values()), Fraction(0)) / 2,
                sign={s: "more" if a > 0 else "less" if a < 0 else "none" for s, a in answers.items()},
                elasticity={s: float(a / NUDGE) for s, a in answers.items()},
                effect=effect,
                paradox=_paradox(factor, values[factor.column], effect),
                capped=tuple(state for state in members if state in capped),
            )
        )
    return KeyAudit(key, members, scored, shares, tuple(factors), bounds)


def key_ranges(keys: Iterable[Key], inputs: KeyInputs) -> KeyRanges:
    """Compute every member's share under many keys.

    A key whose cap can be read in two ways counts twice, as ``ID --cap READING``.

    Returns
    -------
    KeyRanges
        Keys for which an indicator is missing are refused with the reason, and never guessed.
    """
    found: dict[str, Mapping[str, Fraction]] = {}
    refused = {}
    for name, key in readings(keys):
        try:
            scores = score(key, inputs.members, values_of(key, inputs)).scores
            found[name] = _bounded(key, inputs.members, scores)[0]
        except (InputError, UsageError) as error:
            refused[name] = str(error)
    ranges = []
    for state in inputs.members:
        own = sorted((shares[state], name) for name, shares in found.items())
        ranges.append(KeyRange(state, {name: share for share, name in own}))
    return KeyRanges(tuple(ranges), refused)


def membership(key: Key, inputs: KeyInputs, member: str) -> dict[str, tuple[Fraction, Fraction]]:
    """Return what every other member's share is without a member and with it.

    The key is applied anew to the others: unlike an exempted member, one that is no member does not count
    in means, sums and ranges. Read from the first to the second number it is what joining does, the other
    way round what leaving does.

    Raises
    ------
    UsageError
        If the state is no member, or the only one.
    """
    if member not in inputs.members:
        raise UsageError(f"member {member}: is not among the members; add it to the indicators")
    others = tuple(state for state in inputs.members if state != member)
    if not others:
        raise UsageError(f"member {member}: is the only one; name at least two")
    parts = []
    for given in (inputs.of(others), inputs):
        scores = score(key, given.members, values_of(key, given)).scores
        parts.append(_bounded(key, given.members, scores)[0])
    without, with_it = parts
    return {state: (without[state], with_it[state]) for state in others}


def readings(keys: Iterable[Key]) -> Iterator[tuple[str, Key]]:
    """Return every key with a name for it; one whose cap can be read in two ways comes twice."""
    for key in keys:
        if key.is_capped and key.cap_reading is None:
            yield from ((f"{key.id} --cap {cap}", with_cap(key, cap)) for cap in CAPS)
        else:
            yield key.id, key


def _bounded(
    key: Key, members: Sequence[str], scores: Mapping[str, Fraction]
) -> tuple[Mapping[str, Fraction], dict[str, Bound]]:
    """Return shares within the key's floor and ceiling, and the bounds that bind."""
    out = set(key.excluded)
    found = bounded_shares(
        scores,
        {state: Fraction(0) if state in out else key.floor for state in members},
        {state: Fraction(0) if state in out else key.ceiling for state in members},
    )
    return found.shares, {state: bound for state, bound in found.binding.items() if bound is not None}


def _answer(key: Key, members: tuple[str, ...], values: Values, factor: Factor, state: str) -> Fraction:
    """Return the relative change of a member's score where its own indicator is a little higher."""
    before = score(key, members, values).scores[state]
    column = dict(values[factor.column])
    column[state] *= 1 + NUDGE
    after = score(key, members, {**values, factor.column: column}).scores[state]
    return after / before - 1 if before else after - before


def _effect(
    key: Key, members: tuple[str, ...], values: Values, factor: Factor, shares: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    left = without_factor(key, factor)
    scores = score(left, members, values).scores
    other = _bounded(left, members, scores)[0]
    return {state: shares[state] - other[state] for state in members}


def without_factor(key: Key, factor: Factor) -> Key:
    """Return the key without a factor.

    The weight of a factor of the sum goes to the base, as what a cap cuts off does (or to all others
    where it belongs to the base itself); a factor of an adjustment is dropped, and an adjustment without
    factors with it.
    """
    if factor not in key.factors:
        adjustments = (
            replace(each, factors=tuple(f for f in each.factors if f != factor)) for each in key.adjustments
        )
        return replace(key, adjustments=tuple(each for each in adjustments if each.factors))
    others = tuple(each for each in key.factors if each != factor)
    heirs = tuple(f for f in others if f.is_base and not factor.is_base) or others
    weight = sum((heir.weight for heir in heirs), Fraction(0))
    factors = tuple(
        replace(each, weight=each.weight * (1 + factor.weight / weight)) if each in heirs else each
        for each in others
    )
    # Without a factor to measure them by, caps have no meaning.
    if not any(each.is_base for each in factors):
        factors = tuple(replace(each, cap=None) for each in factors)
    return replace(key, factors=factors)


def _paradox(
    factor: Factor, values: Mapping[str, Fraction], effect: Mapping[str, Fraction]
) -> tuple[str, ...]:
    """Return the members whom a factor moves against its direction, for rates; sizes have no such mean."""
    if factor.is_base and factor.scale == "part":
        return ()
    mean = sum(values.values()) / len(values)
    towards = -1 if factor.direction == "inverse" else 1
    return tuple(state for state, change in effect.items() if change * (values[state] - mean) * towards < 0)
