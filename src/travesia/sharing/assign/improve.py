"""Improving an answer by chains of moves: first from every place in turn, then after small disturbances."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from travesia.sharing.assign.board import Board, Field, make_search
from travesia.sharing.assign.chains import bring_in, settle_places, shake
from travesia.sharing.assign.program import Ints

HOPS = 4
"""Moves of a chain at most; longer ones gain little and cost more."""

CHOICES_A_FAMILY, CHOICES_A_PLACE = 1.0, 40.0
"""How far chains reach: to so many further pairs a family that has a choice, but not too many a place."""

PLACES_AT_A_TIME, TRIALS_AT_A_TIME, TRIALS_OF_ONE = 64, 2_000, 100
"""How much is done between two looks at the clock, and how often a family that is out is tried in between."""

PATIENCE = 30
"""Disturbances a family in a row without any gain after which the search rests."""

WIDER = (1.0, 2.0, 1.0, 4.0)
"""How much farther disturbances and their chains reach, in turn: what is near is soon tried out."""

FARTHER = (16.0, 64.0, 1000.0)
"""How much farther chains reach for the sake of a family that is out, in turn."""


@dataclass(frozen=True)
class Stop:
    """When to stop: at a time (`time.monotonic`), or when an answer has lost no more than is `enough`."""

    deadline: float
    enough: Callable[[], bool]

    def __call__(self) -> bool:
        """Tell whether to stop."""
        return time.monotonic() >= self.deadline or self.enough()


def descend(field: Field, board: Board, stop: Stop) -> None:
    """Improve an answer by chains from every family that is out and from every place, until none gains."""
    search = make_search(field, HOPS)
    reach = typical_reach(field)
    places = np.arange(len(field.price))
    gained = True
    while gained and not stop():
        gained = bring_in(field, board, search, reach) > 0
        for first in range(0, len(places), PLACES_AT_A_TIME):
            gained |= settle_places(field, board, search, places[first : first + PLACES_AT_A_TIME], reach) > 0
            if time.monotonic() >= stop.deadline:
                return


def disturb(field: Field, board: Board, stop: Stop, seed: int) -> None:
    """Improve an answer by disturbances, until many a family in a row gain nothing, or `stop` says so."""
    search = make_search(field, HOPS)
    reach = typical_reach(field)
    state = np.array([seed * 7919 + 88172645463325252], np.uint64)
    journal = np.zeros((2, 64 * (HOPS + 2)), np.int64)
    idle, turn = 0, 0
    while idle < PATIENCE * len(field.use) and not stop():
        gain, turn = 0.0, turn + 1
        far = FARTHER[turn % len(FARTHER)] * reach
        for family in np.flatnonzero((board.chosen < 0) & (np.diff(field.first) > 0)):
            gain += shake(field, board, search, state, journal, (TRIALS_OF_ONE, int(family)), far)
        wide = WIDER[turn % len(WIDER)] * reach
        gain += shake(field, board, search, state, journal, (TRIALS_AT_A_TIME, -1), wide)
        idle = 0 if gain > 0 else idle + TRIALS_AT_A_TIME


def typical_reach(field: Field) -> float:
    """Return what pairs give away of which families with a choice have a few."""
    choices = np.diff(field.first)
    free = choices[field.family] > 1
    families = int((choices > 1).sum())
    wanted = int(families + min(CHOICES_A_FAMILY * families, CHOICES_A_PLACE * len(field.price)))
    give = field.give[free]
    return float(np.partition(give, wanted)[wanted]) if wanted < len(give) else float(give.max(initial=0.0))


def answer_of(field: Field, board: Board) -> Ints:
    """Return the answer as pairs of the program, [F]."""
    return np.where(board.chosen >= 0, field.program_pair[np.maximum(board.chosen, 0)], -1)
