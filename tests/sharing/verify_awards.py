"""Awards computed elsewhere or by hand, reproduced to the cent."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from money import claims_of, needs_of, usd

from travesia.sharing import AwardOptions, award

FIVE = needs_of((800, 200), (350, 40), (250, 60), (150, 20), (200, 10))
"""The example on which the rules were first tried, with a budget of 314."""


def decimals(*texts):
    return [Decimal(text) for text in texts]


def test_proportional_to_gap_of_the_example():
    found = award(FIVE, "proportional-gap", Decimal(314))
    assert usd(found) == decimals("132.68", "68.55", "42.01", "28.75", "42.01")
    assert [round(float(row.coverage), 3) for row in found.rows] == [0.416, 0.310, 0.408, 0.325, 0.260]
    assert found.unallocated_usd == 0


def test_equal_coverage_of_the_example():
    found = award(FIVE, "equal-coverage", Decimal(314))
    assert usd(found) == decimals("94.4", "88.8", "32", "35.2", "63.6")
    assert {row.coverage for row in found.rows} == {Fraction(368, 1000)}


@pytest.mark.parametrize(
    ("estate", "divided"),
    [
        (100, ["33.33", "33.33", "33.34"]),
        (200, ["50", "75", "75"]),
        (300, ["50", "100", "150"]),
    ],
)
def test_the_three_estates_of_the_talmud(estate, divided):
    # Ketubot 93a, claims of 100, 200 and 300; Aumann and Maschler 1985, table I. A third of 100 leaves
    # one cent over, which goes to the largest gap.
    assert usd(award(claims_of(100, 200, 300), "talmud", Decimal(estate))) == decimals(*divided)


def test_the_contested_garment():
    # Bava Metzia 2a: one holds all of it, the other half: three quarters and one quarter.
    assert usd(award(claims_of(100, 50), "talmud", Decimal(100))) == decimals("75", "25")


@pytest.mark.parametrize(
    ("rule", "claims", "estate", "divided"),
    [
        # Examples of the encyclopedia's articles on the two rules; each is one line by hand.
        ("cea", (60, 90), 100, ["50", "50"]),
        ("cea", (40, 80), 100, ["40", "60"]),
        ("cea", (50, 100, 150), 100, ["33.33", "33.33", "33.34"]),
        ("cea", (50, 100, 150), 200, ["50", "75", "75"]),
        ("cel", (60, 90), 100, ["35", "65"]),
        ("cel", (50, 100), 100, ["25", "75"]),
        ("cel", (40, 80), 100, ["30", "70"]),
        ("cel", (50, 100, 150), 100, ["0", "25", "75"]),
        ("cel", (50, 100, 150), 200, ["16.66", "66.67", "116.67"]),
        ("cel", (50, 100, 150), 300, ["50", "100", "150"]),
    ],
)
def test_equal_awards_and_losses(rule, claims, estate, divided):
    assert usd(award(claims_of(*claims), rule, Decimal(estate))) == decimals(*divided)


def test_severity_weighs_the_gap():
    # Gaps 100 and 100, severities 1 and 3: a quarter and three quarters; squared, a tenth and nine.
    two = needs_of((150, 50, 1), (100, 0, 3))
    assert usd(award(two, "severity", Decimal(40))) == decimals("10", "30")
    squared = AwardOptions(severity_power=Fraction(2))
    assert usd(award(two, "severity", Decimal(40), squared)) == decimals("4", "36")
    none = AwardOptions(severity_power=Fraction(0))
    assert usd(award(two, "severity", Decimal(40), none)) == decimals("20", "20")


def test_severity_raises_the_aim():
    # Levels t and 2 t of needs 100 and 100, of which 10 and 0 are there: 3 t x 100 = 10 + 80.
    two = needs_of((100, 10, 1), (100, 0, 2))
    found = award(two, "severity", Decimal(80), AwardOptions(severity_form="coverage"))
    assert usd(found) == decimals("20", "60")
    assert [float(row.coverage) for row in found.rows] == [0.3, 0.6]


def test_what_a_capped_state_cannot_take_goes_to_the_others_in_the_same_proportion():
    capped = needs_of((100, 0), (200, 0), (300, 0), caps=(None, None, 30))
    assert usd(award(capped, "proportional-gap", Decimal(90))) == decimals("20", "40", "30")
    assert usd(award(capped, "equal-coverage", Decimal(90))) == decimals("20", "40", "30")


def test_cerf_like_by_hand():
    # Coverage .5, .1, .2, 0: together 80 of 400, so .2 is kept. (1 - coverage) x severity: 2.7, 0.8, 2;
    # gaps of 90, 80 and 100.
    four = needs_of((100, 50, 5), (100, 10, 3), (100, 20, 1), (100, 0, 2))
    assert usd(award(four, "cerf-like", Decimal(135))) == decimals("0", "45", "40", "50")
    best_two = AwardOptions(most_states=2)
    assert usd(award(four, "cerf-like", Decimal(95), best_two)) == decimals("0", "45", "0", "50")
    # A floor of two fifths leaves room for two states; of a half of 95 dollars, 47.50, both are held there.
    floor = AwardOptions(floor=Fraction(1, 2))
    assert usd(award(four, "cerf-like", Decimal(95), floor)) == decimals("0", "47.5", "0", "47.5")
    cap = AwardOptions(cap=Fraction(3, 10))
    found = award(four, "cerf-like", Decimal(100), cap)
    assert usd(found) == decimals("0", "30", "30", "30")
    assert found.unallocated_usd == Decimal(10)
    strict = AwardOptions(threshold=Fraction(1, 10))
    assert usd(award(four, "cerf-like", Decimal(19), strict)) == decimals("0", "9", "0", "10")
