"""How far the keys are from the tables that were published by them: every error beside its tolerance.

Total variation is half the sum of the absolute differences between shares: the fraction of the people whom
our share sends elsewhere. What is left comes from inputs: they are later editions of the statistics, or
rounded in print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import polars as pl

from travesia.sharing import KeyInputs, fair_shares, find_key, share_people, with_cap

GOLDEN = Path(__file__).parents[1] / "tests" / "sharing" / "golden"
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Line:
    """One published table: how it is compared, the error, the most that is allowed, the worst state."""

    table: str
    key: str
    measure: str
    error: float
    allowed: float
    worst: str

    @property
    def holds(self) -> bool:
        """Whether the error is within what is allowed."""
        return self.error <= self.allowed


def shares_by(key: str, table: pl.DataFrame, cap: str | None = None, drop: int = 0) -> Shares:
    """Return the shares by a shipped key; `drop` leaves that many adjustments at the end out."""
    chosen = with_cap(find_key(key), cap)
    chosen = replace(chosen, adjustments=chosen.adjustments[: len(chosen.adjustments) - drop])
    rows = fair_shares(chosen, inputs_of(table)).rows
    return {row.iso3: float(row.share) for row in rows}


def inputs_of(table: pl.DataFrame) -> KeyInputs:
    """Return a table of indicators as a key takes them."""
    return KeyInputs("golden", None, table, MappingProxyType({}))


def eu_inputs(gdp_year: str, states: pl.Series) -> pl.DataFrame:
    """Return the European inputs of 2015 for some states, with the GDP of one year."""
    return (
        pl.read_csv(GOLDEN / "eu_2015_inputs.csv")
        .filter(pl.col("iso2").is_in(states.implode()))
        .select(
            pl.col("iso2").alias("iso3"),
            pl.col("population_2014").alias("population"),
            pl.col(f"gdp_{gdp_year}_meur").alias("gdp"),
            pl.col("unemployment_2014_pct").alias("unemployment_pct"),
            (1e6 * pl.col("asylum_applications_avg_2010_2014") / pl.col("population_2014")).alias(
                "asylum_per_million"
            ),
        )
    )


def eu_lines() -> Iterator[Line]:
    """Compare with the European tables of 2015."""
    published = pl.read_csv(GOLDEN / "eu_2015_published.csv")
    for title, column, key, cap, allowed in (
        ("European Agenda, May 2015", "key_may2015_pct", "eu-2015-05", None, 0.0015),
        ("Proposal of September 2015, 120,000", "proposal_sept2015_120000", "eu-2015-09", "sum", 0.0035),
        ("Decision 2015/1601, 66,000", "decision_2015_1601_66000", "eu-2015-09", "sum", 0.0030),
    ):
        table = published.drop_nulls(column)
        whole = 100 if column.endswith("_pct") else table[column].sum()
        wanted = {state: value / whole for state, value in table.select("iso2", column).iter_rows()}
        found = shares_by(key, eu_inputs(dict(find_key(key).years)["gdp"], table["iso2"]), cap)
        how = largest if key == "eu-2015-05" else total_variation
        yield how(title, f"{key} {cap or ''}".strip(), found, wanted, allowed)


def grech_inputs() -> KeyInputs:
    """Return the inputs of Grech 2016, as printed."""
    return inputs_of(
        pl.read_csv(GOLDEN / "eu_efta_2015_grech_check.csv").select(
            pl.col("iso2").alias("iso3"),
            pl.col("pop_share").alias("population"),
            pl.col("gdp_share").alias("gdp"),
            "unemployment_pct",
            pl.col("asylum_apps_per_million").alias("asylum_per_million"),
        )
    )


def grech_lines() -> Iterator[Line]:
    """Compare with tables 1 and 2 of Grech 2016."""
    table = pl.read_csv(GOLDEN / "eu_efta_2015_grech_check.csv")
    inputs = grech_inputs().table
    for title, column, key, cap, drop, allowed in (
        ("Grech table 1, base share", "base_share", "population-gdp", None, 0, 1e-4),
        ("Grech table 1, no cap", "ec_uncapped_share", "eu-2015-05", None, 0, 2e-4),
        ("Grech table 1, capped", "ec_capped_share", "eu-2015-09", "base", 0, 1e-4),
        ("Grech table 2, unemployment only", "grech_unemp_share", "grech", None, 1, 1e-4),
        ("Grech table 2, corrected", "grech_full_share", "grech", None, 0, 1e-4),
    ):
        wanted = dict(table.select("iso2", column).iter_rows())
        yield largest(title, f"{key} {cap or ''}".strip(), shares_by(key, inputs, cap, drop), wanted, allowed)


def declaration_lines() -> Iterator[Line]:
    """Compare with the shares of the twenty signatories of the Los Angeles Declaration."""
    table = pl.read_csv(GOLDEN / "la_declaration_50_50_2021.csv")
    inputs = table.select("iso3", pl.col("pop_share").alias("population"), pl.col("gdp_share").alias("gdp"))
    found = shares_by("population-gdp", inputs)
    wanted = {state: share / 100 for state, share in table.select("iso3", "key_50_50").iter_rows()}
    yield largest("Los Angeles Declaration, half and half", "population-gdp", found, wanted, 1e-5)
    weights = {state: Fraction(str(share)) for state, share in wanted.items()}
    for rounding in ("hamilton", "webster", "huntington-hill"):
        people = dict(table.select("iso3", f"{rounding.replace('-', '_')}_20000").iter_rows())
        ours = share_people(weights, 20_000, rounding)
        worst = max(people, key=lambda state: abs(ours[state] - people[state]))
        error = abs(ours[worst] - people[worst])
        yield Line("20,000 people of the Declaration", rounding, "people", error, 0, worst)


def largest(table: str, key: str, found: Shares, wanted: Shares, allowed: float) -> Line:
    """Return the largest difference between two shares of one state."""
    error, worst = max((abs(found[state] - wanted[state]), state) for state in wanted)
    return Line(table, key, "largest", error, allowed, worst)


def total_variation(table: str, key: str, found: Shares, wanted: Shares, allowed: float) -> Line:
    """Return the total variation between two sets of shares."""
    apart = {state: abs(found[state] - wanted[state]) for state in wanted}
    return Line(
        table, key, "variation", sum(apart.values()) / 2, allowed, max(apart, key=lambda state: apart[state])
    )


LINES: tuple[Callable[[], Iterator[Line]], ...] = (eu_lines, grech_lines, declaration_lines)


def lines() -> list[Line]:
    """Return every comparison."""
    return [line for part in LINES for line in part()]


def main() -> int:
    """Print the table; the exit code says whether every error is within what is allowed."""
    found = lines()
    print(f"{'table':<40} {'key':<16} {'measure':<10} {'error':>9} {'allowed':>9} {'worst':>6}")
    for line in found:
        mark = "" if line.holds else "  EXCEEDED"
        print(
            f"{line.table:<40} {line.key:<16} {line.measure:<10} {line.error:>9.6f} {line.allowed:>9.6f}"
            f" {line.worst:>6}{mark}"
        )
    print(
        "koenigstein, svr-swp and bovens-bartsch have no published table with its inputs: see verify_keys.py"
    )
    return int(not all(line.holds for line in found))


if __name__ == "__main__":
    raise SystemExit(main())
