"""Fair shares: scores by a key, held between bounds, in whole people and cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from travesia.sharing.bounds import Bound, bounded_shares
from travesia.sharing.inputs import KeyInputs
from travesia.sharing.key import Factor, Key
from travesia.sharing.rounding import Rounding, share_people, share_usd
from travesia.terms import UnknownIdsError


@dataclass(frozen=True)
class Share:
    """What falls to one member: score and share as exact fractions of 1, people, dollars and cents."""

    iso3: str
    score: Fraction
    share: Fraction
    people: int | None
    usd: Decimal | None
    bound: Bound | None
    why: str


@dataclass(frozen=True)
class Shares:
    """Shares of all members; scores and shares add up to exactly 1, people and dollars to what was shared.

    `rounding` is how people were made whole; money always goes to the cent by largest remainder.
    """

    key: Key
    members: tuple[str, ...]
    year: int | None
    people: int | None
    usd: Decimal | None
    rounding: Rounding
    rows: tuple[Share, ...]


def fair_shares(
    key: Key,
    inputs: KeyInputs,
    *,
    people: int | None = None,
    usd: Decimal | None = None,
    rounding: Rounding = "hamilton",
    exempt: Mapping[str, str] | None = None,
) -> Shares:
    """Divide people and money among members by a key.

    The score is the key's share among all members. Exempted states then carry nothing, and the others
    carry what was theirs in proportion to their scores, within the key's floor and ceiling.

    Parameters
    ----------
    key
        By what to divide.
    inputs
        Members and their indicators.
    people, usd
        How many people, how many US dollars; ``None`` leaves the column empty.
    rounding
        How people are made whole.
    exempt
        States that take no part, with the reason.

    Raises
    ------
    UsageError
        For amounts below 0 or exempting everybody.
    UnknownIdsError
        For an exempted state that is no member.
    InputError
        For an indicator that is missing.
    """
    reasons = dict.fromkeys(set(key.excluded) & set(inputs.members), f"excluded by the key {key.id}")
    reasons |= exempt or {}
    if strangers := set(reasons) - set(inputs.members):
        raise UnknownIdsError("exempted states", "member", strangers, known="the members")
    parts = _parts(key, inputs)
    scores = _scores(key, inputs.members, parts)
    zero = Fraction(0)
    bounded = bounded_shares(
        scores,
        {state: zero if state in reasons else key.floor for state in scores},
        {state: zero if state in reasons else key.ceiling for state in scores},
    )
    whole = share_people(bounded.shares, people, rounding) if people is not None else {}
    cents = share_usd(bounded.shares, usd) if usd is not None else {}
    rows = tuple(
        Share(
            iso3=state,
            score=scores[state],
            share=bounded.shares[state],
            people=whole.get(state),
            usd=cents.get(state),
            bound=bounded.binding[state],
            why=_why(key, parts, state, reasons, bounded.binding[state]),
        )
        for state in inputs.members
    )
    return Shares(key, inputs.members, inputs.year, people, usd, rounding, rows)


def _parts(key: Key, inputs: KeyInputs) -> dict[Factor, dict[str, Fraction]]:
    """Return each factor's share of every member, before weights and caps."""
    parts = {}
    for factor in key.factors:
        values = inputs.column(factor.column)
        if factor.direction == "inverse":
            if zeros := [state for state, value in values.items() if not value]:
                raise inputs.fault(
                    zeros,
                    factor.column,
                    "is 0, and the key divides by it",
                    "give a value above 0 or leave it out",
                )
            values = {state: 1 / value for state, value in values.items()}
        total = sum(values.values())
        if not total:
            raise inputs.fault(inputs.members, factor.column, "is 0 for all members", "check the column")
        parts[factor] = {state: value / total for state, value in values.items()}
    return parts


def _scores(
    key: Key, members: tuple[str, ...], parts: Mapping[Factor, Mapping[str, Fraction]]
) -> dict[str, Fraction]:
    """Return the weighted sum of capped parts; what the caps cut off is shared by the base."""
    if not key.factors:
        return dict.fromkeys(members, Fraction(1, len(members)))
    base_weight = sum((factor.weight for factor in parts if factor.is_base), Fraction(0))
    scores = {}
    for state in members:
        base = sum((f.weight * part[state] for f, part in parts.items() if f.is_base), Fraction(0))
        held = (
            f.weight * (part[state] if f.cap is None else min(part[state], f.cap * base / base_weight))
            for f, part in parts.items()
        )
        scores[state] = sum(held, Fraction(0)), base
    rest = 1 - sum(score for score, _ in scores.values())
    return {
        state: score + rest * base / base_weight if rest else score for state, (score, base) in scores.items()
    }


def _why(
    key: Key,
    parts: Mapping[Factor, Mapping[str, Fraction]],
    state: str,
    reasons: Mapping[str, str],
    bound: Bound | None,
) -> str:
    """Say in words where a share comes from."""
    if state in reasons:
        return f"exempted: {reasons[state]}"
    terms = [
        f"{factor.weight} x {factor.column} {float(part[state]):.3%}"
        + (" inverse" if factor.direction == "inverse" else "")
        for factor, part in parts.items()
    ]
    held = {"upper": "; held at the ceiling", "lower": "; held at the floor", None: ""}[bound]
    spread = "; others' exempted part spread in proportion" if reasons else ""
    return (" + ".join(terms) or "the same for every member") + held + spread
