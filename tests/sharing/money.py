"""Needs made by hand or by chance, in whole dollars and cents."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from travesia.sharing import AwardOptions, Need, Needs

NAMES = [f"{a}{b}{c}" for a in "ABC" for b in "ABC" for c in "ABC"]


def needs_of(*rows, caps=None):
    """Return needs from (need, received[, severity]) in dollars, named in the order of the alphabet."""
    return Needs(
        tuple(
            Need(
                NAMES[at],
                Fraction(row[0]) * 100,
                Fraction(row[1]) * 100,
                Fraction(row[2]) if len(row) > 2 else Fraction(1),
                None if not caps or caps[at] is None else Fraction(caps[at]) * 100,
            )
            for at, row in enumerate(rows)
        )
    )


def claims_of(*claims):
    return needs_of(*((claim, 0) for claim in claims))


def usd(awards):
    return [row.usd for row in awards.rows]


CENTS = st.integers(0, 30_000) | st.sampled_from([0, 1, 2, 100, 10_000, 10**12])
ONE = st.builds(
    lambda need, received, severity, cap: (need, received, severity, cap),
    CENTS, CENTS, st.sampled_from([0, 1, Fraction(7, 2), 5]), st.none() | CENTS,
)  # fmt: skip
NEEDS = st.lists(ONE, min_size=1, max_size=6).map(
    lambda rows: Needs(
        tuple(
            Need(
                NAMES[at], Fraction(need), Fraction(received), Fraction(severity),
                None if cap is None else Fraction(cap),
            )
            for at, (need, received, severity, cap) in enumerate(rows)
        )
    )
)  # fmt: skip
BUDGETS = st.integers(0, 100_000).map(lambda cents: Decimal(cents).scaleb(-2))
PARTS = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3)])
OPTIONS = st.builds(
    AwardOptions,
    severity_power=st.sampled_from([Fraction(0), Fraction(1), Fraction(2), Fraction(1, 2)]),
    severity_form=st.sampled_from(["gap", "coverage"]),
    threshold=st.none() | st.fractions(0, 2, max_denominator=10),
    most_states=st.integers(1, 8),
    floor=PARTS,
    cap=st.sampled_from([Fraction(1, 3), Fraction(1, 2), Fraction(1)]),
)
