"""Rules that divide money among needs, in exact cents before rounding.

==================  ==========================================================================
rule                award of a state with gap g, need n, received h, severity v
==================  ==========================================================================
proportional-gap    t g
equal-coverage      t n - h: the least covered are raised to one level, which is then highest
severity            t g v^k, or with the form ``coverage`` raised to the level t v^k
cerf-like           t g between floor and cap, among the states chosen as below
cea                 t: constrained equal awards
cel                 c - t: constrained equal losses
talmud              equal awards up to half of each claim, then equal losses up to half
==================  ==========================================================================

One level t serves all; no award is below 0 or above what the state can take, which is the smaller of
its gap and its cap. For the three bankruptcy rules that is the claim c. What one state cannot take goes
to the others by the same rule; what nobody can take is left.

``cerf-like`` follows the order in which the Central Emergency Response Fund works for underfunded
emergencies: the least funded first, then by an index of risk and vulnerability. What the fund gives is a
judgement after consultation, not a formula, so this rule is named after it and no more. Chosen are states
whose coverage is at or below a threshold, ranked by (1 - coverage) x severity, the largest first.

Sources: for cea, cel and talmud C. Herrero and A. Villar, "The three musketeers", Mathematical Social
Sciences 42, 2001; for talmud R. J. Aumann and M. Maschler, Journal of Economic Theory 36, 1985.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, get_args

from travesia.sharing.money.levels import Line, line, solve_level
from travesia.sharing.money.needs import Need, Needs
from travesia.terms import UsageError

AwardRule = Literal["proportional-gap", "equal-coverage", "severity", "cerf-like", "cea", "cel", "talmud"]
"""Rules by name."""

AWARD_RULES: tuple[AwardRule, ...] = get_args(AwardRule)
CLAIM_RULES: tuple[AwardRule, ...] = ("proportional-gap", "cea", "cel", "talmud")
"""Rules that look at claims alone, of which the literature on bankruptcy speaks."""
SEVERITY_RULES: tuple[AwardRule, ...] = ("severity", "cerf-like")
"""Rules that need a severity of every state."""

_MOST_POWER = 10


@dataclass(frozen=True)
class AwardOptions:
    """What a rule leaves open; each has a default with a reason, and is published with the awards.

    Attributes
    ----------
    severity_power
        k of ``severity``; 1 lets a state twice as severe count twice.
    severity_form
        Whether severity weighs the ``gap`` or the level of ``coverage`` that is aimed at.
    threshold
        Coverage at or below which ``cerf-like`` keeps a state; by default that of all states together,
        the one threshold that the numbers themselves give.
    most_states
        How many states ``cerf-like`` chooses at most; 10, after "about 8-10 countries" in the guidance
        note for the fund's underfunded emergencies of 2018 (cerf.un.org).
    floor, cap
        Least and most for a chosen state, as parts of the budget; by default 0 and 1, which bind nobody,
        as the fund publishes neither.
    """

    severity_power: Fraction = Fraction(1)
    severity_form: Literal["gap", "coverage"] = "gap"
    threshold: Fraction | None = None
    most_states: int = 10
    floor: Fraction = Fraction(0)
    cap: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if not 0 <= self.severity_power <= _MOST_POWER:
            raise UsageError(
                f"severity power {float(self.severity_power):g}: must be from 0 to {_MOST_POWER}"
            )
        if self.severity_form not in ("gap", "coverage"):
            raise UsageError(f"severity form {self.severity_form}: is unknown; use gap or coverage")
        if self.threshold is not None and self.threshold < 0:
            raise UsageError(f"threshold {float(self.threshold):g}: is below 0; give a coverage such as 0.3")
        if self.most_states < 1:
            raise UsageError(f"most states {self.most_states}: must be at least 1")
        if not 0 <= self.floor <= self.cap <= 1:
            raise UsageError(
                f"floor {float(self.floor):g} and cap {float(self.cap):g}: must be parts of the budget, "
                "from 0 to 1, the floor not above the cap"
            )


OPTIONS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "severity": ("severity_power", "severity_form"),
        "cerf-like": ("threshold", "most_states", "floor", "cap"),
    }
)
"""Options that a rule heeds."""


@dataclass(frozen=True)
class Division:
    """Exact awards in cents by state, and what says in words where each comes from."""

    amounts: Mapping[str, Fraction]
    why: Callable[[Need], str]


_Words = Callable[[Need, Fraction], str]
"""Says where the award of a state at a level comes from."""


def divide(rule: AwardRule, needs: Needs, cents: int, options: AwardOptions) -> Division:
    """Divide cents among needs by a rule, exactly, before rounding.

    Raises
    ------
    UsageError
        For an unknown rule.
    InputError
        For a severity that the rule needs and a state lacks.
    """
    if rule not in AWARD_RULES:
        raise UsageError(f"rule {rule}: is unknown; use {', '.join(AWARD_RULES)}")
    if rule == "cerf-like":
        lines, words, left_out = _cerf_like(needs, cents, options)
    else:
        left_out = {}
        lines, words = _alike(rule, needs, cents, options)
    level, amounts = solve_level(lines, cents)
    every = dict.fromkeys((need.iso3 for need in needs.rows), Fraction(0)) | amounts

    def why(need: Need) -> str:
        return left_out.get(need.iso3) or _why(need, every[need.iso3], level, words)

    return Division(every, why)


def in_usd(cents: Fraction | int) -> str:
    """Write cents as dollars, with two digits after the point."""
    return f"{Decimal(round(cents)).scaleb(-2):,.2f}"


def usual_threshold(needs: Needs) -> Fraction:
    """Return the coverage of all states together, 0 where nothing is needed."""
    needed = sum(need.need for need in needs.rows)
    return sum(need.received for need in needs.rows) / needed if needed else Fraction(0)


def _alike(
    rule: AwardRule, needs: Needs, cents: int, options: AwardOptions
) -> tuple[dict[str, Line], _Words]:
    """Return the line of every state with room, for a rule that chooses nobody."""
    rooms = [need for need in needs.rows if need.room]
    if rule == "severity":
        return _severity(needs, rooms, options)
    scarce = 2 * cents <= sum(need.room for need in rooms)
    of, words = _LINES[f"{rule}, {'awards' if scarce else 'losses'}" if rule == "talmud" else rule]
    return {need.iso3: of(need) for need in rooms}, words


def _raised(need: Need, weight: Fraction) -> Line:
    """Return the line that raises coverage to the level times a weight."""
    return line(need.need * weight, need.received / (need.need * weight), need.room)


def _raised_words(need: Need, level: Fraction) -> str:
    before = need.received / need.need
    if before >= level:
        return f"covered {float(before):.2%}, not below the common level {float(level):.2%}"
    return f"raised from {float(before):.2%} towards the common level {float(level):.2%}"


_HALF = Fraction(1, 2)
_LINES: Mapping[str, tuple[Callable[[Need], Line], _Words]] = MappingProxyType(
    {
        "proportional-gap": (
            lambda n: line(n.gap, 0, n.room),
            lambda n, t: f"{float(t):.2%} of the gap {in_usd(n.gap)}",
        ),
        "equal-coverage": (lambda n: _raised(n, Fraction(1)), _raised_words),
        "cea": (
            lambda n: line(1, 0, n.room),
            lambda n, t: f"claim {in_usd(n.room)}, equal award {in_usd(t)}",
        ),
        "cel": (
            lambda n: line(1, -n.room, n.room),
            lambda n, t: f"claim {in_usd(n.room)}, equal loss {in_usd(-t)}",
        ),
        "talmud, awards": (
            lambda n: line(1, 0, n.room * _HALF),
            lambda n, t: f"claim {in_usd(n.room)}, equal award {in_usd(t)} up to half the claim",
        ),
        "talmud, losses": (
            lambda n: line(1, -n.room, n.room, n.room * _HALF),
            lambda n, t: f"claim {in_usd(n.room)}, equal loss {in_usd(-t)} up to half the claim",
        ),
    }
)
"""Line of a state, and in words how its award comes from the level."""


def _severity(needs: Needs, rooms: list[Need], options: AwardOptions) -> tuple[dict[str, Line], _Words]:
    severities = needs.severities()
    power = options.severity_power
    weights = {state: _power(value, power) for state, value in severities.items()}
    kept = [need for need in rooms if weights[need.iso3]]
    if options.severity_form == "coverage":
        lines = {n.iso3: _raised(n, weights[n.iso3]) for n in kept}
    else:
        lines = {n.iso3: line(n.gap * weights[n.iso3], 0, n.room) for n in kept}

    def words(need: Need, level: Fraction) -> str:
        severity = f"severity {float(severities[need.iso3]):g}^{float(power):g}"
        if need.iso3 not in lines:
            return f"{severity} weighs nothing"
        if options.severity_form == "gap":
            return f"gap {in_usd(need.gap)} x {severity} x {float(level):.4%}"
        before, aim = float(need.received / need.need), f"{float(level):.2%} x {severity}"
        if before < float(level * weights[need.iso3]):
            return f"raised from {before:.2%} towards {aim}"
        return f"covered {before:.2%}, not below {aim}"

    return lines, words


def _power(base: Fraction, power: Fraction) -> Fraction:
    """Return base ** power, exactly for a whole power and to 40 digits for another."""
    if power.denominator == 1:
        return base**power.numerator
    if not base:
        return base
    with localcontext(prec=40):
        exact = [Decimal(part.numerator) / Decimal(part.denominator) for part in (base, power)]
        return Fraction(exact[0] ** exact[1])


def _cerf_like(
    needs: Needs, cents: int, options: AwardOptions
) -> tuple[dict[str, Line], _Words, dict[str, str]]:
    """Choose and rank states, and say of the others why they are left out."""
    severities = needs.severities()
    threshold = usual_threshold(needs) if options.threshold is None else options.threshold
    covered = {n.iso3: n.received / n.need for n in needs.rows if n.room}
    urgency = {state: (1 - covered[state]) * severities[state] for state in covered}
    under = [n for n in needs.rows if n.room and covered[n.iso3] <= threshold]
    ranked = sorted(under, key=lambda n: (-urgency[n.iso3], -n.gap, n.iso3))
    # Every chosen state must get its floor, so that the floors alone may not use up the budget.
    most = min(options.most_states, int(1 / options.floor)) if options.floor else options.most_states
    chosen = {need.iso3: rank for rank, need in enumerate(ranked[:most], start=1)}
    floor, cap = int(options.floor * cents), int(options.cap * cents)
    lines = {n.iso3: line(n.gap, 0, min(cap, n.room), min(floor, n.room)) for n in ranked[:most]}
    left_out = {
        n.iso3: f"left out: covered {float(covered[n.iso3]):.2%}, above the threshold {float(threshold):.2%}"
        for n in needs.rows
        if n.room and covered[n.iso3] > threshold
    }
    left_out |= {
        n.iso3: f"left out: rank {rank} by (1 - coverage) x severity, and {most} are chosen"
        for rank, n in enumerate(ranked[most:], start=most + 1)
    }

    def words(need: Need, level: Fraction) -> str:
        one, at = lines[need.iso3], ""
        if one.at(level) < need.room:
            if one.at(level) == one.high:
                at = "; held at the cap"
            elif one.low and one.at(level) == one.low:
                at = "; held at the floor"
        return (
            f"rank {chosen[need.iso3]} of {len(chosen)}: covered {float(covered[need.iso3]):.2%}, "
            f"severity {float(severities[need.iso3]):g}; {float(level):.2%} of the gap {in_usd(need.gap)}{at}"
        )

    return lines, words, left_out


def _why(need: Need, amount: Fraction, level: Fraction, words: _Words) -> str:
    if not need.need:
        return "nothing is needed"
    if not need.gap:
        return "the need is met already"
    if not need.room:
        return "nothing can be absorbed"
    end = ""
    if amount == need.room:
        end = "; held at what it can absorb" if need.room < int(need.gap) else "; the whole gap"
    return words(need, level) + end
