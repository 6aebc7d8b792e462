"""Fair shares: scores by a key, held between bounds, in whole people and cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import polars as pl

from travesia.sharing.bounds import Bound, bounded_shares
from travesia.sharing.inputs import KeyInputs
from travesia.sharing.key import Factor, Key
from travesia.sharing.rounding import Rounding, share_people, share_usd
from travesia.sharing.scoring import Scores, score, values_of
from travesia.sharing.showing import shown
from travesia.terms import UnknownIdsError, UsageError

_TABLE = {
    "iso3": pl.String,
    "score": pl.Float64,
    "share": pl.Float64,
    "people": pl.Int64,
    "usd": pl.Float64,
    "bound": pl.String,
    "why": pl.String,
}

Bounds = Mapping[str, tuple[int | None, int | None]]
"""Least and most people by state; ``None`` where there is no such bound."""


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

    @property
    def table(self) -> pl.DataFrame:
        """One row a member; shares as fractions of 1, money in US dollars; null where nothing is shared."""
        return pl.DataFrame(
            [
                {
                    **{name: getattr(row, name) for name in ("iso3", "people", "bound", "why")},
                    "score": float(row.score),
                    "share": float(row.share),
                    "usd": None if row.usd is None else float(row.usd),
                }
                for row in self.rows
            ],
            schema=_TABLE,
        )

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return shown(self.table)


def fair_shares(
    key: Key,
    inputs: KeyInputs,
    *,
    people: int | None = None,
    usd: Decimal | None = None,
    rounding: Rounding = "hamilton",
    exempt: Mapping[str, str] | None = None,
    bounds: Bounds | None = None,
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
    bounds
        Least and most people of states that have such bounds; they hold shares and money too.

    Raises
    ------
    UsageError
        For amounts below 0, exempting everybody, or bounds that leave no answer.
    UnknownIdsError
        For an exempted state that is no member.
    InputError
        For an indicator that is missing.
    """
    reasons = dict.fromkeys(set(key.excluded) & set(inputs.members), f"excluded by the key {key.id}")
    reasons |= exempt or {}
    if strangers := set(reasons) - set(inputs.members):
        raise UnknownIdsError("exempted states", "member", strangers, known="the members")
    scored = score(key, inputs.members, values_of(key, inputs))
    scores = scored.scores
    lacking = inputs.stand_ins(key.every_factor)
    least, most = _people_bounds(bounds or {}, inputs.members, people)
    low, high = dict.fromkeys(scores, key.floor), dict.fromkeys(scores, key.ceiling)
    if people:
        low |= {state: max(key.floor, Fraction(number, people)) for state, number in least.items()}
        high |= {state: min(key.ceiling, Fraction(number, people)) for state, number in most.items()}
    nothing = dict.fromkeys(reasons, Fraction(0))
    bounded = bounded_shares(scores, low | nothing, high | nothing)
    whole = {}
    if people is not None:
        whole = share_people(bounded.shares, people, rounding, least=least, most=most)
    cents = share_usd(bounded.shares, usd) if usd is not None else {}
    rows = tuple(
        Share(
            iso3=state,
            score=scores[state],
            share=bounded.shares[state],
            people=whole.get(state),
            usd=cents.get(state),
            bound=bounded.binding[state],
            why="; ".join(
                filter(None, [_why(key, scored, state, reasons, bounded.binding[state]), lacking.get(state)])
            ),
        )
        for state in inputs.members
    )
    return Shares(key, inputs.members, inputs.year, people, usd, rounding, rows)


def _people_bounds(
    bounds: Bounds, members: tuple[str, ...], people: int | None
) -> tuple[dict[str, int], dict[str, int]]:
    """Return least and most people of the states that have them."""
    if strangers := set(bounds) - set(members):
        raise UnknownIdsError("bounds", "member", strangers, known="the members")
    if bounds and people is None:
        raise UsageError("bounds: count people, and no people are shared; give how many")
    least = {state: low for state, (low, _) in bounds.items() if low is not None}
    return least, {state: high for state, (_, high) in bounds.items() if high is not None}


def _why(key: Key, scored: Scores, state: str, reasons: Mapping[str, str], bound: Bound | None) -> str:
    """Say in words where a share comes from."""
    if state in reasons:
        return f"exempted: {reasons[state]}"
    told = " + ".join(_factor_told(factor, scored, state) for factor in key.factors)
    for adjustment in key.adjustments:
        terms = [_factor_told(factor, scored, state) for factor in adjustment.factors]
        constant = [str(adjustment.constant)] if adjustment.constant else []
        told = f"({told}) x ({' + '.join([*constant, *terms])})"
    held = {"upper": "; held at the ceiling", "lower": "; held at the floor", None: ""}[bound]
    spread = "; others' exempted part spread in proportion" if reasons else ""
    return (told or "the same for every member") + held + spread


def _factor_told(factor: Factor, scored: Scores, state: str) -> str:
    measure = float(scored.measures[factor][state])
    told = f"{factor.weight} x {factor.column} " + (
        f"{measure:.3%}" if factor.scale == "part" else f"{measure:.4f}"
    )
    names = {
        "part": {"direct": "", "inverse": " inverse"},
        "index": {"direct": " of lowest to highest", "inverse": " of highest to lowest"},
        "mean": {"direct": " above the mean", "inverse": " below the mean"},
    }
    told += names[factor.scale][factor.direction]
    if state in scored.capped.get(factor, ()):
        told += f" capped at {float(scored.terms[factor][state] / factor.weight):.3%}"
    return told
