"""Awards: a budget divided by a rule, to the cent, with nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from travesia.sharing.money.needs import Needs
from travesia.sharing.money.rules import (
    AWARD_RULES,
    OPTIONS_OF,
    SEVERITY_RULES,
    AwardOptions,
    AwardRule,
    divide,
    usual_threshold,
)
from travesia.sharing.rounding import in_cents, largest_remainders
from travesia.sharing.showing import shown
from travesia.terms import InputError

if TYPE_CHECKING:
    import polars as pl

_MOST_USD = 10**15


@dataclass(frozen=True)
class Award:
    """What one state is awarded, dollars and cents.

    `before` and `coverage` are what it has per dollar needed without and with the award, exact; ``None``
    where nothing is needed.
    """

    iso3: str
    usd: Decimal
    before: Fraction | None
    coverage: Fraction | None
    why: str


@dataclass(frozen=True)
class Awards:
    """Awards of all states; they and what is unallocated add up to the budget exactly.

    Unallocated is what the rule can give to nobody, for gaps, caps or the rule's own bounds are reached.
    """

    rule: AwardRule
    options: AwardOptions
    needs: Needs
    budget_usd: Decimal
    unallocated_usd: Decimal
    rows: tuple[Award, ...]

    def settings(self) -> dict[str, Fraction | int | str]:
        """Return the options that the rule heeded, defaults worked out."""
        values = {name: getattr(self.options, name) for name in OPTIONS_OF.get(self.rule, ())}
        if "threshold" in values and values["threshold"] is None:
            values["threshold"] = usual_threshold(self.needs)
        return values

    def table(self) -> pl.DataFrame:
        """Return one row a state: need, received, award, coverage before and after, and why."""
        import polars as pl

        return pl.DataFrame(
            {
                "iso3": [row.iso3 for row in self.rows],
                "need_usd": [float(need.need / 100) for need in self.needs.rows],
                "received_usd": [float(need.received / 100) for need in self.needs.rows],
                "usd": [float(row.usd) for row in self.rows],
                "coverage_before": [None if row.before is None else float(row.before) for row in self.rows],
                "coverage": [None if row.coverage is None else float(row.coverage) for row in self.rows],
                "why": [row.why for row in self.rows],
            },
            schema_overrides={"coverage_before": pl.Float64, "coverage": pl.Float64},
        )

    def _repr_html_(self) -> str:
        head = f"{self.rule}: {self.budget_usd:,.2f} US dollars, {self.unallocated_usd:,.2f} unallocated"
        return shown(self.table(), head)


@dataclass(frozen=True)
class Comparison:
    """What each state would be awarded under each rule; rules that cannot be applied, with the reason."""

    budget_usd: Decimal
    awards: Mapping[AwardRule, Awards]
    left_out: Mapping[AwardRule, str]

    def table(self) -> pl.DataFrame:
        """Return one row a state: the award under each rule, the lowest, the highest and their distance."""
        import polars as pl

        first = next(iter(self.awards.values()))
        columns = {str(rule): [row.usd for row in awards.rows] for rule, awards in self.awards.items()}
        states = list(zip(*columns.values(), strict=True))
        return pl.DataFrame(
            {"iso3": [row.iso3 for row in first.rows]}
            | {rule: [float(usd) for usd in column] for rule, column in columns.items()}
            | {
                "lowest_usd": [float(min(state)) for state in states],
                "highest_usd": [float(max(state)) for state in states],
                "range_usd": [float(max(state) - min(state)) for state in states],
            }
        )

    def _repr_html_(self) -> str:
        return shown(self.table(), f"{self.budget_usd:,.2f} US dollars under each rule")


def award(needs: Needs, rule: AwardRule, budget_usd: Decimal, options: AwardOptions | None = None) -> Awards:
    """Divide a budget among needs by a rule.

    Exact awards are cut to whole cents; the cents left over go one each to the largest remainders, ties
    to the larger gap, then to the id that comes first in the alphabet.

    Parameters
    ----------
    needs
        See `read_needs`.
    rule
        One of `AWARD_RULES`.
    budget_usd
        Dollars and cents, not below 0.
    options
        What the rule leaves open.

    Raises
    ------
    UsageError
        For an unknown rule, or a budget that is no amount of money.
    InputError
        For a severity that the rule needs and a state lacks.
    """
    options = options or AwardOptions()
    budget = in_cents(budget_usd, "budget", 250000000, below=_MOST_USD)
    division = divide(rule, needs, budget, options)
    # What was given is whole, so that all of it goes out and no whole limit is passed.
    given = int(sum(division.amounts.values(), Fraction(0)))
    cents = largest_remainders({need.iso3: need.gap for need in needs.rows}, division.amounts, given)
    rows = tuple(
        Award(
            need.iso3,
            Decimal(cents[need.iso3]).scaleb(-2),
            need.coverage,
            (need.received + cents[need.iso3]) / need.need if need.need else None,
            division.why(need),
        )
        for need in needs.rows
    )
    left = Decimal(budget - sum(cents.values())).scaleb(-2)
    return Awards(rule, options, needs, Decimal(budget).scaleb(-2), left, rows)


def compare_awards(needs: Needs, budget_usd: Decimal, options: AwardOptions | None = None) -> Comparison:
    """Divide a budget by every rule; a rule that needs severities which are missing is left out.

    Raises
    ------
    UsageError
        As `award` does.
    """
    found: dict[AwardRule, Awards] = {}
    left_out: dict[AwardRule, str] = {}
    for rule in AWARD_RULES:
        try:
            found[rule] = award(needs, rule, budget_usd, options)
        except InputError as error:
            if rule not in SEVERITY_RULES:
                raise
            left_out[rule] = str(error)
    return Comparison(next(iter(found.values())).budget_usd, found, left_out)
