"""Large instances: prices and their bound, an answer that follows them, chains of moves that improve it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from travesia.sharing.assign.board import make_board, make_field
from travesia.sharing.assign.exact import Solved, answer_worth, margins
from travesia.sharing.assign.improve import Stop, answer_of, descend, disturb
from travesia.sharing.assign.knapsack import knapsack_bound
from travesia.sharing.assign.prices import MANY_FAMILIES, find_prices
from travesia.sharing.assign.program import OUT, Flags, Floats, Ints, Program, Rows, fits, loads, part_of
from travesia.sharing.assign.sharpening import decided, near_pairs, sharpened

CORE_PAIRS, CORE_BEST, CORE = 8, 250, 3_000_000
"""Pairs a family, on average and at least, that chains may use, and about how many in all: far ones cost
nothing until somebody is left out."""

OPEN_PAIRS = 1.8
"""Of many families those are open at first who have several among so many pairs a family on average."""

PRICED = 0.5
"""Part of the time after which prices are good enough: an answer has to be found as well."""


def solve_large(program: Program, rows: Rows, deadline: float, gap: float = 5e-4) -> Solved:
    """Solve a large program to a certified gap, as a part of the score.

    What stands at `deadline` (`time.monotonic`) is given.
    """
    began = time.monotonic()
    until = began + PRICED * (deadline - began)
    prices = find_prices(program, rows, until)
    prices, bound, chosen = sharpened(program, rows, prices, until, gap)
    best = [bound]
    given = margins(program, prices)
    core = near_pairs(program, given[0], CORE_PAIRS, min(CORE_BEST, CORE // max(len(program.people), 1)))

    def stop_of(part: _Open, until: float) -> Stop:
        def enough() -> bool:
            lost = best[0] - answer_worth(program, rows, part.answer())
            return lost <= gap * abs(best[0] - program.out_penalty) and fits(program, rows, part.answer())

        return Stop(until, enough)

    for free in _opened(program, rows, given, chosen):
        part = _Open(program, rows, (prices, *given), core, (chosen, free))
        stop = stop_of(part, deadline)
        descend(part.field, part.board, stop)
        # As long again as the answer took so far; what it gains then costs more than a sharper bound.
        disturb(part.field, part.board, stop_of(part, min(deadline, 2 * time.monotonic() - began)), seed=0)
        chosen = part.answer()
        if stop():
            break
    worth = answer_worth(program, rows, chosen)
    if np.isfinite(worth) and not stop():
        best[0] = knapsack_bound(program, rows, (prices, bound, given), worth, stop)
    disturb(part.field, part.board, stop, seed=1)
    chosen = part.answer()
    return Solved(chosen if fits(program, rows, chosen) else None, prices, best[0], proven=False)


class _Open:
    """The families that are open, on a board of their own; all others stay where they are."""

    def __init__(
        self,
        program: Program,
        rows: Rows,
        certificate: tuple[Floats, Floats, Floats],
        core: Ints,
        chosen: tuple[Ints, Flags],
    ) -> None:
        prices, gives_away, out = certificate
        wanted, free = chosen
        self._families = np.flatnonzero(free)
        self._settled = np.where(free, OUT, wanted)
        placed = np.flatnonzero(free & (wanted != OUT))
        near = np.zeros(len(gives_away), np.bool_)
        near[core] = free[program.family[core]]
        near[wanted[placed]] = True
        pairs = np.flatnonzero(near)
        taken = loads(program, self._settled)
        part = part_of(program, self._families, pairs)
        left = replace(rows, lower=rows.lower - taken, upper=rows.upper - taken)
        margins = gives_away[pairs], out[self._families]
        field = make_field(part, left, prices, np.arange(len(pairs)), margins)
        at = np.zeros(len(pairs), np.int64)
        at[field.program_pair] = np.arange(len(pairs))
        number = np.full(len(wanted), OUT)
        number[placed] = at[np.searchsorted(pairs, wanted[placed])]
        self.field = field._replace(program_pair=pairs[field.program_pair])
        self.board = make_board(self.field, number[self._families])

    def answer(self) -> Ints:
        """Return the pair of every family of the program, [F]."""
        chosen = self._settled.copy()
        chosen[self._families] = answer_of(self.field, self.board)
        return chosen


def _opened(program: Program, rows: Rows, given: tuple[Floats, Floats], chosen: Ints) -> Iterator[Flags]:
    """Yield which families are open: of many first those whom the prices leave undecided, then all, [F]."""
    if len(program.people) > MANY_FAMILIES:
        _, alone = decided(program, given, (OPEN_PAIRS, 1))
        settled = np.full(len(chosen), OUT)
        settled[program.family[alone]] = alone
        settled = np.where(settled == chosen, settled, OUT)
        # Where prices have sent more than there is room for, nobody is settled.
        of_places = loads(program, settled)[: program.capacity.size].reshape(program.capacity.shape)
        full = np.any(of_places > program.capacity, axis=1)
        yield (settled == OUT) | full[program.place[settled]]
    yield np.ones(len(chosen), np.bool_)
