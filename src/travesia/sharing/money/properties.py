"""What a rule keeps: in general, by proof, and on the needs at hand, by trying.

In general, by rule (awards before rounding; rounding moves an award by less than a cent):

==================  ======  ======  ==========  ======  =========  =========  ==========  =======
rule                budget  bounds  more-need   equals  splitting  self-dual  truncation  minimal
==================  ======  ======  ==========  ======  =========  =========  ==========  =======
proportional-gap    yes     yes     yes         yes     yes        yes        no          no
equal-coverage      yes     yes     yes         yes     yes
severity            yes     yes     yes         yes     yes
cerf-like           yes     yes     no          no      no
cea                 yes     yes     yes         yes     no         no         yes         no
cel                 yes     yes     yes         yes     yes        no         no          yes
talmud              yes     yes     yes         yes     no         yes        yes         yes
==================  ======  ======  ==========  ======  =========  =========  ==========  =======

The first two hold by construction. Awards rise with one level for all (see `levels`): a larger need
raises its own line and no other, so the level, and with it every other award, cannot rise: ``more-need``;
equal lines give equal awards: ``equals``; lines of two parts in one ratio add up to the line of the whole
except where a claim stands alone (cea) or a half of one (talmud), and two equal losses are more than one
(cel): ``splitting``. ``cerf-like`` chooses states, and who is chosen can change with anybody's need.
The last three are of claims: C. Herrero and A. Villar, "The three musketeers", Mathematical Social
Sciences 42, 2001, and W. Thomson, "Axiomatic and game-theoretic analysis of bankruptcy and taxation
problems: a survey", Mathematical Social Sciences 45, 2003. cea and cel are each other's dual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from travesia.sharing.money.dividing import Awards
from travesia.sharing.money.needs import Need, Needs
from travesia.sharing.money.rules import AWARD_RULES, CLAIM_RULES, AwardRule, divide, in_usd
from travesia.sharing.showing import Listed

MOST_TRIED = 50
"""States whose need is raised and split."""

_RISES = (Fraction(101, 100), Fraction(11, 10), Fraction(2))
_PARTS = (Fraction(1, 2), Fraction(1, 10))


@dataclass(frozen=True)
class Finding:
    """A property of the rule that made some awards.

    `general` says whether it holds for all needs and budgets, `here` whether no counterexample was found
    on these; `against` is the first counterexample found, in words.
    """

    id: str
    says: str
    general: bool
    here: bool
    against: str | None


@dataclass(frozen=True)
class _Property:
    says: str
    broken_by: frozenset[AwardRule]
    check: Callable[[Awards], str | None]
    claims_only: bool = False


def award_properties(awards: Awards) -> Listed[Finding]:
    """Say of each property whether the rule keeps it in general, and try it on these needs.

    Trying is no proof: each state's need is raised by 1 %, 10 % and to the double, and each state is
    split in halves and into a tenth and the rest; of more than `MOST_TRIED` states, those with the
    largest gaps. Properties of claims are tried on the claims, which
    are gaps within caps, and told only of rules that the literature on claims knows.
    """
    found = []
    for name, one in PROPERTIES.items():
        if one.claims_only and awards.rule not in CLAIM_RULES:
            continue
        against = one.check(awards)
        found.append(Finding(name, one.says, awards.rule not in one.broken_by, against is None, against))
    return Listed(found)


def _budget(awards: Awards) -> str | None:
    given = sum(row.usd for row in awards.rows) + awards.unallocated_usd
    return None if given == awards.budget_usd else f"awards and the rest are {given}"


def _bounds(awards: Awards) -> str | None:
    for row, need in zip(awards.rows, awards.needs.rows, strict=True):
        if not 0 <= row.usd * 100 <= need.room:
            return f"{row.iso3} gets {row.usd}, and can take {in_usd(need.room)}"
    return None


def _more_need(awards: Awards) -> str | None:
    before = _divided(awards, awards.needs)
    for need in _tried(awards.needs):
        for rise in _RISES:
            more = replace(need, need=need.need * rise)
            after = _divided(awards, _with(awards.needs, need, (more,)))
            if after[need.iso3] < before[need.iso3]:
                return (
                    f"{need.iso3} with a need of {in_usd(more.need)} gets {in_usd(after[need.iso3])}, "
                    f"not {in_usd(before[need.iso3])}"
                )
    return None


def _equals(awards: Awards) -> str | None:
    found: dict[tuple[object, ...], tuple[str, Fraction]] = {}
    exact = _divided(awards, awards.needs)
    for need in awards.needs.rows:
        like = (need.need, need.received, need.severity, need.cap)
        other, amount = found.setdefault(like, (need.iso3, exact[need.iso3]))
        if amount != exact[need.iso3]:
            return f"{other} gets {in_usd(amount)} and its equal {need.iso3} {in_usd(exact[need.iso3])}"
    return None


def _splitting(awards: Awards) -> str | None:
    before = _divided(awards, awards.needs)
    for need in _tried(awards.needs):
        for part in _PARTS:
            halves = (_part(need, part, "1"), _part(need, 1 - part, "2"))
            after = _divided(awards, _with(awards.needs, need, halves))
            gained = sum(after[half.iso3] for half in halves) - before[need.iso3]
            # A part can take whole cents only, which moves the others by as much.
            if gained > 2:
                return f"{need.iso3} in parts of {float(part):g} and the rest gets {in_usd(gained)} more"
    return None


def _self_dual(awards: Awards) -> str | None:
    claims, total = _claims(awards)
    gains = _of_claims(awards, claims, total)
    losses = _of_claims(awards, claims, sum(claims.values()) - total)
    for state, claim in claims.items():
        if gains[state] != claim - losses[state]:
            return (
                f"{state} gets {in_usd(gains[state])} when awards are divided, "
                f"{in_usd(claim - losses[state])} when losses are"
            )
    return None


def _truncation(awards: Awards) -> str | None:
    claims, total = _claims(awards)
    cut = {state: min(claim, total) for state, claim in claims.items()}
    return _same(awards, claims, _of_claims(awards, cut, total), "claims are cut to the budget")


def _minimal(awards: Awards) -> str | None:
    claims, total = _claims(awards)
    every = sum(claims.values())
    rights = {state: max(0, total - every + claim) for state, claim in claims.items()}
    rest = {state: claim - rights[state] for state, claim in claims.items()}
    divided = _of_claims(awards, rest, total - sum(rights.values()))
    given = {state: rights[state] + divided[state] for state in claims}
    return _same(awards, claims, given, "what the others leave uncontested is given first")


def _same(awards: Awards, claims: Mapping[str, int], other: Mapping[str, Fraction], when: str) -> str | None:
    plain = _of_claims(awards, claims, _claims(awards)[1])
    for state, amount in plain.items():
        if amount != other[state]:
            return f"{state} gets {in_usd(other[state])} if {when}, not {in_usd(amount)}"
    return None


def _tried(needs: Needs) -> list[Need]:
    return sorted(needs.rows, key=lambda need: (-need.gap, need.iso3))[:MOST_TRIED]


def _divided(awards: Awards, needs: Needs) -> Mapping[str, Fraction]:
    return divide(awards.rule, needs, int(awards.budget_usd * 100), awards.options).amounts


def _claims(awards: Awards) -> tuple[dict[str, int], int]:
    """Return claims and what there is for them, both in cents."""
    claims = {need.iso3: need.room for need in awards.needs.rows}
    return claims, min(int(awards.budget_usd * 100), sum(claims.values()))


def _of_claims(awards: Awards, claims: Mapping[str, int], total: int) -> Mapping[str, Fraction]:
    needs = Needs(tuple(Need(state, Fraction(claim), Fraction(0)) for state, claim in claims.items()))
    return divide(awards.rule, needs, total, awards.options).amounts


def _with(needs: Needs, old: Need, new: tuple[Need, ...]) -> Needs:
    rows = (new if need is old else (need,) for need in needs.rows)
    return Needs(tuple(need for part in rows for need in part), needs.file)


def _part(need: Need, part: Fraction, mark: str) -> Need:
    cap = None if need.cap is None else need.cap * part
    name = f"{need.iso3} part {mark}"
    return replace(need, iso3=name, need=need.need * part, received=need.received * part, cap=cap)


def _rules(*kept: AwardRule) -> frozenset[AwardRule]:
    return frozenset(AWARD_RULES) - set(kept)


PROPERTIES: Mapping[str, _Property] = {
    "budget": _Property("awards and what is unallocated are the budget, to the cent", frozenset(), _budget),
    "bounds": _Property("no award is below 0, above the gap or above the cap", frozenset(), _bounds),
    "more-need": _Property("more need never gives less", frozenset({"cerf-like"}), _more_need),
    "equals": _Property("the same need gets the same award", frozenset({"cerf-like"}), _equals),
    "splitting": _Property(
        "no state gains by being split in two of the same coverage",
        frozenset({"cerf-like", "cea", "talmud"}),
        _splitting,
    ),
    "self-dual": _Property(
        "dividing awards and dividing losses come to the same",
        _rules("proportional-gap", "talmud"),
        _self_dual,
        claims_only=True,
    ),
    "truncation": _Property(
        "what a claim asks beyond the budget changes nothing",
        _rules("cea", "talmud"),
        _truncation,
        claims_only=True,
    ),
    "minimal": _Property(
        "giving first what the others leave uncontested changes nothing",
        _rules("cel", "talmud"),
        _minimal,
        claims_only=True,
    ),
}
"""Properties by name, in the order in which they are told."""
