"""What is compiled of improving an answer: moves, chains of moves, and disturbances.

A chain: a family leaves and takes another's room, that one moves on, until there is room or the circle
closes. The best chain from a place is a shortest path over nodes (a place, and what the family that just came
uses there), with the number of moves as layers: at each place one family makes room for the one that came
(Thompson and Orlin 1989; ejection chains of Yagiura, Ibaraki and Glover 2004). Costs are what pairs give away
at the prices, so that few unfinished chains are worth following.

A disturbance moves one family where it would rather not be, puts out whom it displaces there at random, and
finds chains for these and for the room that was left; what is worse than before is taken back (iterated local
search, Lourenço, Martin and Stützle 2003).

All of it stands in one file, as what is compiled is kept, and only a change of its own file renews it.
Arguments are the tuples of `board`; functions borrow arrays and make none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numba import njit

FAR = 1e300
NOBODY = -1
MOST_DISPLACED = 20
_F = TypeVar("_F", bound=Callable[..., object])


def _borrowing(function: _F, **options: Any) -> _F:
    """Compile a function that only borrows arrays: counting references would cost most of the time."""
    options |= {"cache": True, "nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
    return njit(function, **options)  # type: ignore[no-any-return]


def _inlined(function: _F) -> _F:
    """Compile a function into those that call it: handing on all the arrays costs more than what it does."""
    return _borrowing(function, no_cpython_wrapper=True, inline="always")


def _inner(function: _F) -> _F:
    """Compile a function that only compiled functions call."""
    return _borrowing(function, no_cpython_wrapper=True)


@_borrowing
def settle(field: Any, board: Any, order: Any, wanted: Any) -> None:
    """Put families at their wanted pairs, in order, where there is room."""
    for family in order:
        pair = wanted[family]
        if pair >= 0 and _has_room(field, board, field.place[pair], field.use[family]):
            _move(field, board, family, pair)


@_borrowing
def bring_in(field: Any, board: Any, search: Any, reach: float) -> float:
    """Find room for families that are out, at any price; return what is gained."""
    gained = 0.0
    for family in range(len(board.chosen)):
        if board.chosen[family] >= 0 or field.first[family] == field.first[family + 1]:
            continue
        # Leaving somebody else out instead is the last resort.
        for last in range(4):
            search.keep[0] = last < 3
            far = reach * (1.0, 8.0, 1e12, 1e12)[last]
            _, count = _find_chain(field, board, search, -1 - family, -1, far)
            if count:
                gained -= _follow(field, board, search, count)
                break
    search.keep[0] = False
    return gained


@_borrowing
def settle_places(field: Any, board: Any, search: Any, places: Any, reach: float) -> float:
    """Follow gaining chains from each place until there is none; return what is gained."""
    gained = 0.0
    for place in places:
        while True:
            _, count = _find_chain(field, board, search, place, -1, reach)
            if not count:
                break
            gained -= _follow(field, board, search, count)
    return gained


@_borrowing
def shake(field: Any, board: Any, search: Any, state: Any, journal: Any, effort: Any, reach: float) -> float:
    """Try so many disturbances, by one family or (-1) by any; what loses is taken back. Return the gain."""
    gained = 0.0
    trials, only = effort
    for _ in range(trials):
        family = only if only >= 0 else int(_chance(state) * len(board.chosen))
        now = board.chosen[family]
        choices = field.first[family + 1] - field.first[family]
        if choices < (2 if now >= 0 else 1):
            continue
        draw = _chance(state)
        pair = field.first[family] + int(draw * draw * choices)
        if pair == now or (now >= 0 and field.give[pair] - field.give[now] > reach):
            continue
        lost, entries = _disturb(field, board, search, state, journal, (family, pair), reach)
        if lost > 1e-12:
            for at in range(entries - 1, -1, -1):
                _move(field, board, journal[0, at], journal[1, at])
        elif lost < -1e-9:
            gained -= lost
    return gained


@_inner
def _disturb(
    field: Any, board: Any, search: Any, state: Any, journal: Any, first: Any, reach: float
) -> tuple[float, int]:
    """Disturb and mend; return what the answer loses and how many moves stand in the journal."""
    family, pair = first
    left = board.chosen[family]
    place = field.place[pair]
    lost, entries = 0.0, 0
    lost, entries = _log(field, board, journal, family, pair, lost, entries)
    while not _fits(field, board, place):
        other = _displaced(field, board, state, place, family)
        if other < 0 or entries > MOST_DISPLACED:
            return np.inf, entries
        lost, entries = _log(field, board, journal, other, -1, lost, entries)
    for at in range(1, entries):
        other = journal[0, at]
        if board.chosen[other] < 0:
            _, count = _find_chain(field, board, search, -1 - other, family, reach)
            if not count:
                return np.inf, entries
            lost, entries = _log_chain(field, board, search, journal, count, lost, entries)
    if left >= 0:
        _, count = _find_chain(field, board, search, field.place[left], family, reach)
        lost, entries = _log_chain(field, board, search, journal, count, lost, entries)
    return lost, entries


@_inner
def _displaced(field: Any, board: Any, state: Any, place: int, comer: int) -> int:
    """Draw one of the families at an over-full place whose going helps and who can go elsewhere."""
    resources = field.use.shape[1]
    drawn, seen = -1, 0
    family = board.head[place]
    while family >= 0:
        if family != comer and field.first[family + 1] - field.first[family] > 1:
            helps = False
            for d in range(resources):
                r = place * resources + d
                helps |= board.load[r] > field.upper[r] and field.use[family, d] > 0.0
            if helps:
                seen += 1
                if _chance(state) * seen < 1.0:
                    drawn = family
        family = board.after[family]
    return drawn


@_inner
def _fits(field: Any, board: Any, place: int) -> bool:
    resources = field.use.shape[1]
    fits = True
    for r in range(place * resources, (place + 1) * resources):
        fits &= board.load[r] <= field.upper[r]
    return fits


@_inner
def _log(
    field: Any, board: Any, journal: Any, family: int, pair: int, lost: float, entries: int
) -> tuple[float, int]:
    """Move a family and note where it was."""
    journal[0, entries], journal[1, entries] = family, board.chosen[family]
    return lost + _move(field, board, family, pair), entries + 1


@_inner
def _log_chain(
    field: Any, board: Any, search: Any, journal: Any, count: int, lost: float, entries: int
) -> tuple[float, int]:
    for i in range(count):
        lost, entries = _log(field, board, journal, search.moves[0, i], search.moves[1, i], lost, entries)
    return lost, entries


@_inner
def _follow(field: Any, board: Any, search: Any, count: int) -> float:
    """Make the moves of the chain that was found; return what the answer loses."""
    lost = 0.0
    for i in range(count):
        lost += _move(field, board, search.moves[0, i], search.moves[1, i])
    return lost


@_inner
def _find_chain(
    field: Any, board: Any, search: Any, origin: int, fixed: int, reach: float
) -> tuple[float, int]:
    """Find the best chain from a place, or of a family that is out.

    Parameters
    ----------
    field, board, search
        The answer as it stands, and work space.
    origin
        A place, or -1 - family for a family that is out.
    fixed
        A family that must stay where it is, or -1.
    reach
        Chains that give away more on the way are not followed.

    Returns
    -------
    tuple
        What the answer loses by the chain (negative), and its number of moves, which stand in
        ``search.moves``; 0 and 0 if none gains.
    """
    hops = search.cost.shape[0]
    here = origin if origin >= 0 else NOBODY
    search.clock[0] += hops + 1
    filled, places = _first_moves(field, board, search, origin, fixed, reach)
    best, count = -1e-9, 0
    for hop in range(hops):
        more = 0
        for at in range(places):
            place = search.place[hop % 2, at]
            labels = 0
            for node in range(field.node_first[place], field.node_first[place + 1]):
                if search.cost[hop, node] < FAR:
                    search.here[labels] = node
                    labels += 1
            best, count = _endings(field, board, search, (hop, place, labels, here), best, count)
            if hop + 1 == hops or place == here:
                continue
            family = board.head[place]
            while family >= 0:
                if family != fixed:
                    base, node = _make_room(field, board, search, (hop, place, labels), family)
                    base -= field.give[board.chosen[family]]
                    if base < reach:
                        best, count = _leave_out(
                            field, board, search, (hop, node, here), (family, base), best, count
                        )
                        filled, more = _pass_on(
                            field, board, search, (hop, node), (family, base), reach, (filled, more)
                        )
                family = board.after[family]
        places = more
        if not places:
            break
    for at in range(filled):
        for hop in range(hops):
            search.cost[hop, search.touched[at]] = FAR
    return (best, count) if count else (0.0, 0)


@_inner
def _first_moves(
    field: Any, board: Any, search: Any, origin: int, fixed: int, reach: float
) -> tuple[int, int]:
    """Label where the first family could go; return how many nodes were touched and places reached."""
    filled, places = 0, 0
    family = board.head[origin] if origin >= 0 else -1 - origin
    while family >= 0:
        now = board.chosen[family]
        if family != fixed:
            given = field.give[now] if now >= 0 else 0.0
            for pair in range(field.first[family], field.first[family + 1]):
                cost = field.give[pair] - given
                if cost > reach:
                    break
                if pair != now:
                    filled, places = _label(field, search, (0, cost, NOBODY, pair, family), (filled, places))
        family = board.after[family] if origin >= 0 else -1
    return filled, places


@_inner
def _label(field: Any, search: Any, label: Any, counts: Any) -> Any:
    """Write a label if it is better than the one that stands."""
    hop, cost, parent, pair, start = label
    filled, places = counts
    node = field.node[pair]
    if cost < search.cost[hop, node] - 1e-12:
        if search.cost[hop, node] == FAR:
            search.touched[filled] = node
            filled += 1
        search.cost[hop, node] = cost
        search.parent[hop, node] = parent
        search.pair[hop, node] = pair
        search.start[hop, node] = start
        place = field.place[pair]
        if search.stamp[place] != search.clock[0] + hop:
            search.stamp[place] = search.clock[0] + hop
            search.place[hop % 2, places] = place
            places += 1
    return filled, places


@_inner
def _endings(field: Any, board: Any, search: Any, spot: Any, best: float, count: int) -> tuple[float, int]:
    """Look at chains that end at a place: in free room, or in the room that their first family left."""
    hop, place, labels, here = spot
    resources = field.use.shape[1]
    for at in range(labels):
        node = search.here[at]
        total = search.cost[hop, node] + _leaving(field, search, hop, node, here)
        for d in range(resources):
            total -= field.price[place, d] * field.node_use[node, d]
        if total >= best + field.hope:
            continue
        if place == here:
            if not _fits_for(field, board, place, node, search.start[hop, node]):
                continue
        elif not _has_room(field, board, place, field.node_use[node]):
            continue
        best, count = _weigh(field, board, search, (hop, node), NOBODY, total, best, count)
    return best, count


@_inlined
def _leave_out(
    field: Any, board: Any, search: Any, spot: Any, leaver: Any, best: float, count: int
) -> tuple[float, int]:
    """Look at the chain that ends with leaving a family out."""
    hop, node, here = spot
    family, base = leaver
    total = base + field.out[family] + _leaving(field, search, hop, node, here)
    if search.keep[0] or total >= best + field.hope:
        return best, count
    start = search.start[hop, node]
    if here < 0 and _choices(field, start) > 1 and _choices(field, family) == 1:
        # Who has a choice does not push out who has none.
        return best, count
    return _weigh(field, board, search, (hop, node), family, total, best, count)


@_inlined
def _make_room(field: Any, board: Any, search: Any, spot: Any, family: int) -> tuple[float, int]:
    """Return the cheapest arrival that a family would make room for; families of one use share the answer."""
    hop, place, labels = spot
    own = field.node[board.chosen[family]]
    if search.room_stamp[own] == search.clock[0] + hop:
        return search.room_cost[own], search.room_node[own]
    least, best = FAR, NOBODY
    for at in range(labels):
        node = search.here[at]
        cost = search.cost[hop, node]
        for d in range(field.use.shape[1]):
            cost += field.price[place, d] * (field.use[family, d] - field.node_use[node, d])
        if cost < least and _fits_for(field, board, place, node, family):
            least, best = cost, node
    search.room_stamp[own] = search.clock[0] + hop
    search.room_cost[own], search.room_node[own] = least, best
    return least, best


@_inner
def _pass_on(
    field: Any, board: Any, search: Any, spot: Any, leaver: Any, reach: float, counts: Any
) -> tuple[int, int]:
    """Label where a family that made room could go, at places that its chain has not seen."""
    hop, node = spot
    family, base = leaver
    filled, places = counts
    now = board.chosen[family]
    start = search.start[hop, node]
    for pair in range(field.first[family], field.first[family + 1]):
        cost = base + field.give[pair]
        if cost > reach:
            break
        if pair == now or cost >= search.cost[hop + 1, field.node[pair]] - 1e-12:
            continue
        place, layer, at, seen = field.place[pair], hop, node, False
        while layer >= 0:
            if field.place[search.pair[layer, at]] == place:
                seen = True
                break
            at = search.parent[layer, at]
            layer -= 1
        if not seen:
            filled, places = _label(field, search, (hop + 1, cost, node, pair, start), (filled, places))
    return filled, places


@_inner
def _weigh(
    field: Any, board: Any, search: Any, spot: Any, leaver: int, total: float, best: float, count: int
) -> tuple[float, int]:
    """Keep a chain if it is better than the best so far; weighed exactly where there is more than room."""
    hop, node = spot
    length = 0
    if leaver >= 0:
        search.trial[0, 0], search.trial[1, 0] = leaver, -1
        length = 1
    while hop >= 0:
        pair = search.pair[hop, node]
        search.trial[0, length], search.trial[1, length] = field.family[pair], pair
        length += 1
        node = search.parent[hop, node]
        hop -= 1
    if field.hope > 0.0:
        total = _change(field, board, search.trial, length)
    if total < best:
        for i in range(length):
            search.moves[0, i], search.moves[1, i] = search.trial[0, i], search.trial[1, i]
        return total, length
    return best, count


@_inlined
def _leaving(field: Any, search: Any, hop: int, node: int, here: int) -> float:
    """Return the price of the room that the first family of a chain leaves, or what its being out lost."""
    start = search.start[hop, node]
    paid: float = 0.0
    if here < 0:
        paid -= field.out[start]
        return paid
    for d in range(field.use.shape[1]):
        paid += field.price[here, d] * field.use[start, d]
    return paid


@_inlined
def _choices(field: Any, family: Any) -> Any:
    return field.first[family + 1] - field.first[family]


@_inner
def _fits_for(field: Any, board: Any, place: Any, node: Any, family: Any) -> Any:
    """Tell whether what came fits once a family has gone."""
    resources = field.use.shape[1]
    for d in range(resources):
        r = place * resources + d
        if board.load[r] + field.node_use[node, d] - field.use[family, d] > field.upper[r]:
            return False
    return True


@_inner
def _has_room(field: Any, board: Any, place: Any, use: Any) -> Any:
    """Tell whether what is used fits into a place as it stands."""
    resources = field.use.shape[1]
    for d in range(resources):
        r = place * resources + d
        if board.load[r] + use[d] > field.upper[r]:
            return False
    return True


@_inner
def _move(field: Any, board: Any, family: int, pair: int) -> float:
    """Move a family to a pair, or out; return what the answer loses by that, penalties counted."""
    lost = 0.0
    now = board.chosen[family]
    if now >= 0:
        lost += field.worth[now] + _put(field, board.load, now, -1.0)
        _unlink(board, family, field.place[now])
    elif field.must[family]:
        lost -= field.out[family]
    if pair >= 0:
        lost += _put(field, board.load, pair, 1.0) - field.worth[pair]
        _link(board, family, field.place[pair])
    elif field.must[family]:
        lost += field.out[family]
    board.chosen[family] = pair
    return lost


@_inner
def _change(field: Any, board: Any, moves: Any, count: int) -> float:
    """Return what an answer would lose by moves, [2, count] of families and pairs; nothing is moved."""
    lost = 0.0
    for i in range(count):
        family, pair = moves[0, i], moves[1, i]
        now = board.chosen[family]
        if now >= 0:
            lost += field.worth[now] + _put(field, board.load, now, -1.0)
        elif field.must[family]:
            lost -= field.out[family]
        if pair >= 0:
            lost += _put(field, board.load, pair, 1.0) - field.worth[pair]
        elif field.must[family]:
            lost += field.out[family]
    for i in range(count):
        now, pair = board.chosen[moves[0, i]], moves[1, i]
        if pair >= 0:
            _put(field, board.load, pair, -1.0)
        if now >= 0:
            _put(field, board.load, now, 1.0)
    return lost


@_inner
def _put(field: Any, load: Any, pair: int, sign: float) -> float:
    """Add a pair to its rows, or take it off; return the change of penalties."""
    lost = 0.0
    for e in range(field.row.shape[1]):
        r = field.row[pair, e]
        now = load[r]
        then = now + sign * field.amount[pair, e]
        if field.short[r] > 0.0:
            lost += field.short[r] * (max(field.lower[r] - then, 0.0) - max(field.lower[r] - now, 0.0))
        if field.over[r] > 0.0:
            lost += field.over[r] * (max(then - field.upper[r], 0.0) - max(now - field.upper[r], 0.0))
        load[r] = then
    return lost


@_inner
def _unlink(board: Any, family: int, place: int) -> None:
    one, other = board.before[family], board.after[family]
    if one >= 0:
        board.after[one] = other
    else:
        board.head[place] = other
    if other >= 0:
        board.before[other] = one


@_inner
def _link(board: Any, family: int, place: int) -> None:
    first = board.head[place]
    board.after[family], board.before[family] = first, -1
    if first >= 0:
        board.before[first] = family
    board.head[place] = family


@_inner
def _chance(state: Any) -> Any:
    """Return a number in [0, 1) of a counter-free generator (xorshift64*, Vigna 2016), and move it on."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return np.float64((x * np.uint64(2685821657736338717)) >> np.uint64(33)) / 2147483648.0
