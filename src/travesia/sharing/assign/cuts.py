"""Cuts: conditions that every whole answer keeps anyway, and that the relaxation breaks.

A weighted sum of the rows of a program, each with its slack, holds for every answer, whatever the weights;
families are whole and so are the amounts, hence its slacks; so it may be rounded (Gomory 1960, in the form of
Marchand and Wolsey 2001). The weights come from the basis of the relaxation, as multiples of 1 / `UNIT`; from
there on all is reckoned in whole numbers, so that no cut loses an answer by an error of rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from travesia.sharing.assign.bound import best_of, clipped, net_worth, row_terms
from travesia.sharing.assign.highs import Part, WithCuts
from travesia.sharing.assign.program import Flags, Floats, Ints, Program, Rows, entries

UNIT = 1 << 20
ROUNDS, MOST_CUTS, STEP = 5, 60, 0.03
"""Rounds of cuts, cuts a round, and the part of the gain so far that another round must bring."""

ALIKE, FAINT = 0.95, 1e-3
LARGEST_SIDES = 1 << 40
"""Above this sum of the rows' sides, sums of weights might not fit in 64 bits."""


@dataclass(frozen=True)
class Sharper:
    """The relaxation of a part with cuts: a bound, and what each pair of the part gives away against it.

    ``bound`` is -inf where the relaxation has no answer. ``gives_away`` is [pairs of the part], ``out`` [F]
    what leaving a family out gives away.
    """

    bound: float
    gives_away: Floats
    out: Floats


def sharpen(program: Program, rows: Rows, part: Part, seconds: float) -> Sharper | None:
    """Bound the answers of a part by its relaxation and a few rounds of cuts; ``None`` if time runs out.

    Weak duality as in `price_bound`: cuts are rows more, with prices of 0 or more. Nobody may be settled
    (``taken`` is 0).
    """
    relaxed = WithCuts(program, rows, part, seconds)
    whole = _Whole(program, rows, part, relaxed)
    first = before = relaxed.worth
    for _ in range(ROUNDS if whole.fit else 0):
        if not relaxed.solved:
            break
        value, upper = whole.cuts(relaxed)
        if not len(upper):
            break
        relaxed.add(value, upper)
        if before - relaxed.worth <= STEP * (first - relaxed.worth):
            break
        before = relaxed.worth
    if relaxed.status == "infeasible":
        return Sharper(-np.inf, np.zeros(len(part.pairs)), np.zeros(len(part.inside)))
    return _priced(program, rows, part, relaxed) if relaxed.solved else None


def _priced(program: Program, rows: Rows, part: Part, relaxed: WithCuts) -> Sharper:
    prices, cut_prices = clipped(rows, relaxed.prices), np.maximum(relaxed.cut_prices, 0.0)
    net = np.full(len(program.place), -np.inf)
    net[part.pairs] = net_worth(program, prices)[part.pairs] - cut_prices @ relaxed.cut_value
    best = best_of(program, net, part.inside)
    bound = float(best.sum() + row_terms(rows, prices).sum() + cut_prices @ relaxed.cut_upper)
    return Sharper(bound, best[relaxed.family] - net[part.pairs], best)


class _Whole:
    """The rows of a part that hold whole numbers and have a hard upper side."""

    def __init__(self, program: Program, rows: Rows, part: Part, relaxed: WithCuts) -> None:
        row, value = entries(program, part.pairs, relaxed.family)
        of_pair = relaxed.row_of_family[:, None]
        self.row = np.concatenate([relaxed.number[row], of_pair], axis=1)
        self.value = np.concatenate([np.rint(value), np.ones((len(row), 1))], axis=1).astype(np.int64)
        groups = np.arange(len(rows.upper)) >= len(rows.upper) - len(program.group_floor)
        hard = (np.isposinf(rows.most) & np.isfinite(rows.upper) & ~groups)[relaxed.kept]
        families = np.ones(relaxed.height - len(relaxed.kept))
        self.usable = np.concatenate([hard, families > 0])
        upper = np.where(hard, rows.upper[relaxed.kept], 0.0)
        self.fit = bool(upper.sum() + self.value.sum() < LARGEST_SIDES)
        self.side = np.concatenate([upper, families]).astype(np.int64) if self.fit else np.zeros(0, np.int64)

    def through(self, weights: Ints) -> Ints:
        """Return weights of rows, [N, rows], times the rows: a coefficient for each pair, [N, pairs]."""
        total = weights[:, self.row[:, 0]] * self.value[:, 0]
        for entry in range(1, self.row.shape[1]):
            total += weights[:, self.row[:, entry]] * self.value[:, entry]
        return total

    def cuts(self, relaxed: WithCuts) -> tuple[Floats, Floats]:
        """Return cuts that the relaxed answer breaks, the deepest first, few of them alike."""
        weights = np.rint(relaxed.weights()[:, : len(self.side)] * UNIT * self.usable).astype(np.int64)
        # A whole multiple of a row adds nothing to a cut.
        value, upper, by = rounded(self, np.concatenate([weights, -weights]) % UNIT, relaxed.x > 0.5)
        cut, side = value / by[:, None], upper / by
        size = np.maximum(np.sqrt((cut**2).sum(axis=1)), FAINT)
        over = cut @ relaxed.x - side
        deep = np.argsort(-over / size, kind="stable")
        kept: list[int] = []
        for number in deep[over[deep] > FAINT]:
            if len(kept) == MOST_CUTS:
                break
            if not kept or (cut[kept] @ cut[number] <= ALIKE * size[kept] * size[number]).all():
                kept.append(int(number))
        return cut[kept], side[kept]


def rounded(whole: _Whole, weights: Ints, turned: Flags) -> tuple[Ints, Ints, Ints]:
    """Round sums of rows, with weights from 0 to below `UNIT`, [N, rows].

    Pairs that are ``turned`` count as 1 less themselves: any choice gives cuts, those near 1 the deepest.
    Returned are coefficients, right sides, and what divides both.
    """
    sums, side = whole.through(weights), weights @ whole.side
    ups = np.flatnonzero(turned)
    sums[:, ups] *= -1
    side = side + sums[:, ups].sum(axis=1)
    rest = side % UNIT
    useful = (rest > UNIT // 100) & (rest < UNIT - UNIT // 100)
    sums, side, rest, weights = sums[useful], side[useful], rest[useful], weights[useful]
    by = UNIT - rest
    value = (sums // UNIT) * by[:, None] + np.maximum(sums % UNIT - rest[:, None], 0)
    upper = (side // UNIT) * by
    upper -= value[:, ups].sum(axis=1)
    value[:, ups] *= -1
    slack = np.maximum(weights - rest[:, None], 0)
    return value - whole.through(slack), upper - slack @ whole.side, by
