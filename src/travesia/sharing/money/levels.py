"""Awards that rise together with one level, solved exactly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

_ZERO = Fraction(0)


@dataclass(frozen=True)
class Line:
    """Award of a state at a level: ``clip(slope * (level - start), low, high)``, slope above 0."""

    slope: Fraction
    start: Fraction
    low: Fraction
    high: Fraction

    def at(self, level: Fraction) -> Fraction:
        """Return the award at a level."""
        return min(max(self.slope * (level - self.start), self.low), self.high)

    @property
    def bends(self) -> tuple[Fraction, Fraction]:
        """Levels at which the award leaves its low and meets its high."""
        return self.start + self.low / self.slope, self.start + self.high / self.slope


def line(slope: Fraction | int, start: Fraction | int, high: Fraction | int, low: Fraction | int = 0) -> Line:
    """Return a line from whole or exact numbers."""
    return Line(Fraction(slope), Fraction(start), Fraction(low), Fraction(high))


def solve_level(lines: Mapping[str, Line], total: int) -> tuple[Fraction, dict[str, Fraction]]:
    """Find the lowest level at which awards add up to a total, and the awards there.

    The sum grows with the level and bends only where a line does, so a bisection over those points finds
    the stretch that holds the answer, and a division finds it exactly.

    Parameters
    ----------
    lines
        Line of each state.
    total
        Cents to give; what is above the sum of all `high` is left, what is below that of all `low`
        cannot be met and gives the lows.
    """
    bends = sorted({bend for one in lines.values() for bend in one.bends})
    if not bends:
        return _ZERO, {}

    def given(level: Fraction) -> Fraction:
        return sum((one.at(level) for one in lines.values()), _ZERO)

    at = bisect_left(bends, Fraction(total), key=given)
    if at == len(bends):
        level = bends[-1]
    elif at == 0:
        level = bends[0]
    else:
        before, after = bends[at - 1], bends[at]
        held, reached = given(before), given(after)
        level = before + (total - held) * (after - before) / (reached - held)
    return level, {state: one.at(level) for state, one in lines.items()}
