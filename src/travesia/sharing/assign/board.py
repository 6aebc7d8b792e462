"""The board on which large instances are improved: who is where and what every row carries, compiled.

A `Field` does not change while families move; a `Board` is one answer. Both are plain arrays, so that a move
costs some tens of nanoseconds.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from travesia.sharing.assign.chains import FAR, settle
from travesia.sharing.assign.program import OUT, Floats, Ints, Program, Rows, entries

HOPE = 0.1
"""Of the spread of scores; see `Field`."""


class Field(NamedTuple):
    """Pairs worth considering, K of them sorted by family and by what they give away, and all conditions.

    Pairs of family f stand at ``first[f]:first[f + 1]``; ``program_pair`` [K] is their number in the program.
    ``give`` [K] is what a pair gives away at the prices, ``out`` [F] what leaving a family out does. A
    ``node`` is a place together with what a family uses there, N of them sorted by place: pairs of one node
    need the same room. ``row`` and ``amount`` [K, E] are a pair's entries on the rows; ``short`` and
    ``over`` [R] what a unit below or above a side costs (rows of room are never exceeded). ``price`` [L, D]
    is of room. Where there are conditions but room, chains that look worse than the best by up to ``hope``
    are weighed exactly; 0 where there is only room.
    """

    first: Any
    family: Any
    place: Any
    program_pair: Any
    worth: Any
    give: Any
    out: Any
    must: Any
    node: Any
    node_first: Any
    node_use: Any
    use: Any
    row: Any
    amount: Any
    lower: Any
    upper: Any
    short: Any
    over: Any
    price: Any
    hope: float


class Board(NamedTuple):
    """An answer: pair of each family [F] (-1: out), loads [R], and the families at each place as chains."""

    chosen: Any
    load: Any
    head: Any
    after: Any
    before: Any


def make_field(
    program: Program, rows: Rows, prices: Floats, pairs: Ints, margins: tuple[Floats, Floats]
) -> Field:
    """Lay out some pairs of a program, given prices and what pairs and leaving out give away there."""
    gives_away, out = margins
    family = program.family[pairs]
    order = np.lexsort((gives_away[pairs], family))
    pairs, family = pairs[order], family[order]
    place = program.place[pairs]
    row, amount = entries(program, pairs, family)
    uses, kind = np.unique(program.use, axis=0, return_inverse=True)
    keys, node = np.unique(place * len(uses) + kind.ravel()[family], return_inverse=True)
    places, resources = program.capacity.shape
    dear = dearest(program)
    finite = np.isfinite(rows.lower) & (rows.least < 0)
    room = np.arange(len(rows.lower)) < places * resources
    bounded = ~room & (rows.most > 0) & np.isfinite(rows.upper)
    short = np.where(finite, np.where(np.isinf(rows.least), dear, -rows.least), 0.0)
    over = np.where(bounded, np.where(np.isinf(rows.most), dear, rows.most), 0.0)
    return Field(
        first=np.searchsorted(family, np.arange(len(program.people) + 1)),
        family=family,
        place=place,
        program_pair=pairs,
        worth=program.worth[pairs],
        give=gives_away[pairs],
        out=np.where(program.must, dear, out),
        must=program.must,
        node=node.ravel(),
        node_first=np.searchsorted(keys // len(uses), np.arange(places + 1)),
        node_use=uses[keys % len(uses)].astype(np.float64),
        use=program.use.astype(np.float64),
        row=row,
        amount=amount,
        lower=np.where(finite, rows.lower, 0.0),
        upper=np.where(room | bounded, rows.upper, np.inf),
        short=short,
        over=over,
        price=prices[: places * resources].reshape(places, resources).copy(),
        hope=HOPE * (float(np.std(program.score)) or 1.0) if short.any() or over.any() else 0.0,
    )


def dearest(program: Program) -> float:
    """Return a penalty beyond anything that placing somebody can bring."""
    return 4.0 * (float(np.abs(program.worth).max(initial=0.0)) + 1.0)


def make_board(field: Field, wanted: Ints) -> Board:
    """Place each family at its wanted pair where there is room, who has least choice and needs most first."""
    families, places = len(field.use), len(field.price)
    board = Board(
        np.full(families, OUT), np.zeros(len(field.upper)), np.full(places, OUT), np.full(families, OUT),
        np.full(families, OUT),
    )  # fmt: skip
    choices = np.diff(field.first)
    order = np.lexsort((-field.use[:, 0], choices > 1))
    settle(field, board, order[choices[order] > 0], wanted)
    return board


class Search(NamedTuple):
    """Work space of a search, H layers over N nodes; `moves` [2, H + 1] is the chain that was found."""

    cost: Any
    parent: Any
    pair: Any
    start: Any
    touched: Any
    place: Any
    stamp: Any
    clock: Any
    here: Any
    moves: Any
    trial: Any
    keep: Any
    room_cost: Any
    room_node: Any
    room_stamp: Any


def make_search(field: Field, hops: int) -> Search:
    """Make work space for chains of at most so many moves."""
    nodes, places = len(field.node_use), len(field.price)
    layers = (hops, nodes)
    widest = int(np.diff(field.node_first).max(initial=1))
    return Search(
        np.full(layers, FAR), np.zeros(layers, np.int64), np.zeros(layers, np.int64),
        np.zeros(layers, np.int64), np.zeros(hops * nodes, np.int64), np.zeros((2, places), np.int64),
        np.full(places, -1), np.zeros(1, np.int64), np.zeros(widest, np.int64),
        np.zeros((2, hops + 1), np.int64), np.zeros((2, hops + 1), np.int64), np.zeros(1, np.bool_),
        np.zeros(nodes), np.zeros(nodes, np.int64), np.full(nodes, -1),
    )  # fmt: skip
