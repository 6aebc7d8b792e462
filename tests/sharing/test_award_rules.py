from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from money import BUDGETS, NEEDS, OPTIONS, claims_of, needs_of, usd

from travesia.sharing import AWARD_RULES, AwardOptions, Need, Needs, award, award_properties, compare_awards
from travesia.terms import InputError, UsageError

each_rule = pytest.mark.parametrize("rule", AWARD_RULES)


@each_rule
@given(needs=NEEDS, budget=BUDGETS, options=OPTIONS)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_and_nobody_gets_more_than_gap_and_cap(rule, needs, budget, options):
    found = award(needs, rule, budget, options)
    assert sum(usd(found)) + found.unallocated_usd == budget
    assert found.unallocated_usd >= 0
    for row, need in zip(found.rows, needs.rows, strict=True):
        cents = row.usd * 100
        assert cents == int(cents)
        assert 0 <= cents <= max(need.need - need.received, 0)
        assert need.cap is None or cents <= need.cap
        assert (row.coverage is None) == (need.need == 0)
        assert row.why


@pytest.mark.parametrize("rule", [rule for rule in AWARD_RULES if rule != "cerf-like"])
@given(needs=NEEDS, budget=BUDGETS)
@settings(max_examples=60, deadline=None)
def test_money_stays_only_where_everybody_is_full(rule, needs, budget):
    found = award(needs, rule, budget)
    room = sum(need.room for need in needs.rows if rule != "severity" or need.severity)
    assert found.unallocated_usd == max(budget - Decimal(room).scaleb(-2), 0)


@each_rule
@given(needs=NEEDS, budget=BUDGETS, options=OPTIONS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_rows_changes_nothing(rule, needs, budget, options, data):
    shuffled = Needs(tuple(data.draw(st.permutations(needs.rows))))
    one, other = award(needs, rule, budget, options), award(shuffled, rule, budget, options)
    assert {row.iso3: row for row in one.rows} == {row.iso3: row for row in other.rows}


@each_rule
@given(needs=NEEDS, budget=BUDGETS, options=OPTIONS)
@settings(max_examples=40, deadline=None)
def test_what_a_rule_is_said_to_keep_always_it_keeps(rule, needs, budget, options):
    for finding in award_properties(award(needs, rule, budget, options)):
        if finding.general:
            assert finding.here, (finding.id, finding.against)


@pytest.mark.parametrize("rule", [rule for rule in AWARD_RULES if rule != "cerf-like"])
@given(needs=NEEDS, budget=BUDGETS, options=OPTIONS, more=st.integers(1, 500))
@settings(max_examples=60, deadline=None)
def test_more_need_never_gives_less_even_to_the_cent(rule, needs, budget, options, more):
    before = award(needs, rule, budget, options).rows[0].usd
    first = needs.rows[0]
    grown = Need(first.iso3, first.need + more, first.received, first.severity, first.cap)
    assert award(Needs((grown, *needs.rows[1:])), rule, budget, options).rows[0].usd >= before


@each_rule
@given(needs=NEEDS, budget=BUDGETS, more=st.integers(1, 500))
@settings(max_examples=60, deadline=None)
def test_more_money_takes_nothing_from_anybody_beyond_a_cent(rule, needs, budget, more):
    one, other = award(needs, rule, budget), award(needs, rule, budget + more)
    assert all(a - b <= Decimal("0.01") for a, b in zip(usd(one), usd(other), strict=True))


def test_what_a_rule_does_not_keep_is_found_where_it_fails():
    def against(awards):
        return {one.id: one.against for one in award_properties(awards) if not one.here}

    assert set(against(award(claims_of(100, 20), "proportional-gap", Decimal(60)))) == {
        "truncation",
        "minimal",
    }
    assert set(against(award(claims_of(100, 50), "cea", Decimal(60)))) == {
        "splitting",
        "self-dual",
        "minimal",
    }
    assert set(against(award(claims_of(100, 20), "cel", Decimal(60)))) == {"self-dual", "truncation"}
    assert set(against(award(claims_of(100, 200, 300), "talmud", Decimal(100)))) == {"splitting"}
    # Of three equals two are chosen; a state held at the cap halves itself to get past it.
    equals = needs_of((100, 0), (100, 0), (100, 0))
    two = award(equals, "cerf-like", Decimal(60), AwardOptions(most_states=2))
    assert usd(two) == [30, 30, 0]
    assert set(against(two)) == {"equals"}
    held = award(needs_of((300, 0), (100, 0)), "cerf-like", Decimal(100), AwardOptions(cap=Fraction(1, 2)))
    assert usd(held) == [50, 50]
    assert set(against(held)) == {"splitting"}
    # More need of the first lifts the bar over the second, whose place a larger gap takes.
    trap = needs_of((100, 0, 9), (10, 5, 9), (1000, 400, 1), (100, 200, 1))
    assert "more-need" in against(award(trap, "cerf-like", Decimal(60), AwardOptions(most_states=2)))


def test_equal_remainders_go_to_the_larger_gap_then_to_the_alphabet():
    assert usd(award(claims_of(1, 1, 1), "cea", Decimal("0.02"))) == [Decimal("0.01"), Decimal("0.01"), 0]
    assert usd(award(claims_of(1, 2, 1), "cea", Decimal("0.01"))) == [0, Decimal("0.01"), 0]


def contested_garment(claim, other, total):
    """Return what the first of two gets: what the other does not claim, and half of what both do."""
    own, theirs = max(total - other, Fraction(0)), max(total - claim, Fraction(0))
    return own + (total - own - theirs) / 2


@given(claims=st.lists(st.integers(1, 300), min_size=2, max_size=5), part=st.fractions(0, 1))
@settings(max_examples=80, deadline=None)
def test_any_two_divide_by_the_talmud_as_if_they_were_alone(claims, part):
    # Aumann and Maschler 1985: the Talmud's rule is the one that is consistent with the contested garment.
    total = int(part * sum(claims) * 100)
    divided = usd(award(claims_of(*claims), "talmud", Decimal(total).scaleb(-2)))
    for i, j in combinations(range(len(claims)), 2):
        both = Fraction(divided[i] + divided[j])
        wanted = contested_garment(Fraction(claims[i]), Fraction(claims[j]), both)
        assert abs(Fraction(divided[i]) - wanted) <= Fraction(1, 100)


@given(needs=NEEDS, budget=BUDGETS)
@settings(max_examples=80, deadline=None)
def test_no_cent_of_equal_coverage_could_do_more_for_a_less_covered_state(needs, budget):
    found = award(needs, "equal-coverage", budget)
    rows = list(zip(found.rows, needs.rows, strict=True))
    for giver, from_need in rows:
        for taker, to_need in rows:
            if giver.usd and taker.usd * 100 < to_need.room:
                # Whoever was raised is no more than a cent above whoever could still be.
                raised = giver.coverage - Fraction(1) / from_need.need
                assert raised <= taker.coverage + Fraction(1) / to_need.need


@given(needs=NEEDS, budget=BUDGETS)
@settings(max_examples=80, deadline=None)
def test_equal_losses_are_what_equal_awards_of_the_loss_leave(needs, budget):
    claims = {need.iso3: need.room for need in needs.rows}
    total = min(int(budget * 100), sum(claims.values()))
    losses = award(needs, "cea", Decimal(sum(claims.values()) - total).scaleb(-2))
    gains = award(needs, "cel", Decimal(total).scaleb(-2))
    for loss, gain in zip(losses.rows, gains.rows, strict=True):
        assert abs(gain.usd + loss.usd - Decimal(claims[gain.iso3]).scaleb(-2)) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"severity_power": Fraction(-1)}, "severity power -1: must be from 0 to 10"),
        ({"severity_power": Fraction(11)}, "severity power 11: must be from 0 to 10"),
        ({"severity_form": "both"}, "severity form both: is unknown"),
        ({"threshold": Fraction(-1, 2)}, "threshold -0.5: is below 0"),
        ({"most_states": 0}, "most states 0: must be at least 1"),
        ({"floor": Fraction(1, 2), "cap": Fraction(1, 4)}, "floor 0.5 and cap 0.25: must be parts"),
        ({"cap": Fraction(2)}, "floor 0 and cap 2: must be parts"),
    ],
)
def test_options_out_of_range_are_refused(options, said):
    with pytest.raises(UsageError, match=f"^{said}"):
        AwardOptions(**options)


@pytest.mark.parametrize(
    "budget", ["-1", "0.001", "NaN", "Infinity", "1e999999999", "1e15", "1." + "0" * 30 + "1"]
)
def test_a_budget_that_is_no_money_is_refused(budget):
    with pytest.raises(UsageError, match="is not an amount of dollars and cents"):
        award(claims_of(1), "cea", Decimal(budget))


def test_an_unknown_rule_is_refused():
    with pytest.raises(UsageError, match=r"^rule fair: is unknown; use proportional-gap, "):
        award(claims_of(1), "fair", Decimal(1))


def test_a_comparison_leaves_out_what_cannot_be_applied_and_says_why():
    plain = Needs(tuple(Need(n.iso3, n.need, n.received) for n in claims_of(10, 20).rows))
    found = compare_awards(plain, Decimal(15))
    assert set(found.awards) == {"proportional-gap", "equal-coverage", "cea", "cel", "talmud"}
    assert set(found.left_out) == {"severity", "cerf-like"}
    table = found.table()
    assert table["lowest_usd"].to_list() == [2.5, 7.5]
    assert table["highest_usd"].to_list() == [7.5, 12.5]
    with pytest.raises(InputError, match=r"^needs: severity AAA: is missing, and missing is not zero; "):
        award(plain, "severity", Decimal(15))


def test_awards_show_themselves_as_a_table():
    text = award(claims_of(10, 20), "cea", Decimal(40))._repr_html_()
    assert "10.00 unallocated" in text
    assert text.count("<tr>") >= 3
    assert "the whole gap" in text
    assert "under each rule" in compare_awards(claims_of(10, 20), Decimal(15))._repr_html_()


def test_the_page_says_of_each_rule_what_the_code_says():
    page = (Path(__file__).parents[2] / "docs" / "concepts" / "money.md").read_text(encoding="utf-8")
    table = page.partition("| property |")[2].partition("\n\n")[0].splitlines()
    rules = [cell.strip() for cell in table[0].strip(" |").split("|")]
    told = [[cell.strip() for cell in line.split("|")[2:-1]] for line in table[2:]]
    assert tuple(rules) == AWARD_RULES
    for at, rule in enumerate(rules):
        general = [one.general for one in award_properties(award(claims_of(1, 2), rule, Decimal(1)))]
        said = [line[at] for line in told if line[at]]
        assert said == ["yes" if holds else "no" for holds in general], rule
    assert len(told) == 8
