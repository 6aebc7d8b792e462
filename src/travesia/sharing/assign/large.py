"""Large instances: prices and their bound, an answer that follows them, chains of moves that improve it."""

from __future__ import annotations

import time

import numpy as np

from travesia.sharing.assign.board import make_board, make_field
from travesia.sharing.assign.exact import Solved, answer_worth, margins
from travesia.sharing.assign.improve import Stop, answer_of, descend, disturb
from travesia.sharing.assign.knapsack import knapsack_bound
from travesia.sharing.assign.prices import find_prices
from travesia.sharing.assign.program import OUT, Program, Rows, fits
from travesia.sharing.assign.sharpening import near_pairs, sharpened

CORE_PAIRS, CORE_BEST, CORE = 8, 250, 3_000_000
"""Pairs a family, on average and at least, that chains may use, and about how many in all: far ones cost
nothing until somebody is left out."""


def solve_large(program: Program, rows: Rows, deadline: float, gap: float = 5e-4) -> Solved:
    """Solve a large program to a certified gap, as a part of the score.

    What stands at `deadline` (`time.monotonic`) is given.
    """
    began = time.monotonic()
    prices = find_prices(program, rows, deadline)
    prices, bound, wanted = sharpened(program, rows, prices, deadline, gap)
    best = [bound]
    gives_away, out = margins(program, prices)
    least = min(CORE_BEST, CORE // max(len(program.people), 1))
    pairs = np.union1d(near_pairs(program, gives_away, CORE_PAIRS, least), wanted[wanted != OUT])
    field = make_field(program, rows, prices, pairs, (gives_away, out))
    number = np.full(len(program.place) + 1, OUT)
    number[field.program_pair] = np.arange(len(pairs))
    board = make_board(field, number[wanted])

    def enough() -> bool:
        chosen = answer_of(field, board)
        lost = best[0] - answer_worth(program, rows, chosen)
        return lost <= gap * abs(best[0] - program.out_penalty) and fits(program, rows, chosen)

    stop = Stop(deadline, enough)
    descend(field, board, stop)
    # As long again as the answer took so far; what it gains then costs more than a sharper bound.
    soon = Stop(min(deadline, 2 * time.monotonic() - began), enough)
    disturb(field, board, soon, seed=0)
    worth = answer_worth(program, rows, answer_of(field, board))
    if np.isfinite(worth) and not stop():
        best[0] = knapsack_bound(program, rows, (prices, bound, (gives_away, out)), worth, stop)
    disturb(field, board, stop, seed=1)
    chosen = answer_of(field, board)
    return Solved(chosen if fits(program, rows, chosen) else None, prices, best[0], proven=False)
