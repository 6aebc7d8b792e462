"""Families are placed as they arrive: each at the best of its places with room, after paying the prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from travesia.sharing.assign.bound import net_worth
from travesia.sharing.assign.program import OUT, Floats, Ints, Program, rows_of
from travesia.sharing.online.arrivals import Arrivals, OnlineRule, Pool
from travesia.sharing.online.futures import bid_prices, forecast
from travesia.sharing.online.parts import part_of
from travesia.sharing.online.standing import Standing

PRICINGS = 50
"""How often prices are made anew in the period, where no other number is given."""

Done = Callable[[int], None]


@dataclass(frozen=True)
class Decision:
    """What was decided about a family when it came.

    ``pair`` and ``runner_up`` are pairs of the program, `OUT` for none; ``cost`` is what the runner-up was
    worth less, at the prices then, and ``paid`` [D] what the family paid for each resource. ``reason`` says
    why there is no place, and is empty where none was ever admissible.
    """

    family: int
    pair: int
    runner_up: int = OUT
    cost: float = 0.0
    paid: tuple[float, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Pricing:
    """Prices of the rows, [R], from a position in the order on."""

    begin: int
    prices: Floats


@dataclass(frozen=True)
class Run:
    """All decisions in their order, all pricings, families expected at the last, and the mean wait.

    ``wait`` is the mean over people placed of the part of the period for which their place would be busy with
    those who came before, if it worked through its room at an even pace.
    """

    decisions: tuple[Decision, ...]
    pricings: tuple[Pricing, ...]
    expected: int
    wait: float

    def chosen(self, families: int) -> Ints:
        """Return the pair of each family, [F]."""
        out = np.full(families, OUT)
        for decision in self.decisions:
            out[decision.family] = decision.pair
        return out


def place_arrivals(
    program: Program,
    arrivals: Arrivals,
    pool: Pool | None,
    rule: OnlineRule,
    done: Done = lambda families: None,
) -> Run:
    """Place families in the order of their arrival, none of them with a look at who comes later.

    Parameters
    ----------
    program
        All families; of those who have not arrived nothing is read.
    arrivals
        Their order.
    pool
        A history; futures are drawn from it and from those who have arrived, be they few.
    rule
        Futures, pricing, balance; no futures make it greedy.
    done
        Told how many families were placed since it was told last.
    """
    standing = Standing(program, arrivals)
    everyone = Pool.growing(pool, program, arrivals)
    known = rule.expected if rule.expected is not None or pool is None else len(pool.families)
    decisions: list[Decision] = []
    made: list[Pricing] = []
    prices = np.zeros(len(rows_of(program).lower))
    begin = expected = 0
    while begin < len(arrivals.order):
        standing.arrive(arrivals.until(begin))
        here = arrivals.order[begin : standing.arrived]
        drawn_from = everyone.grown(arrivals.order[: standing.arrived])
        ahead = forecast(standing, here, drawn_from, known)
        if rule.futures:
            prices = bid_prices(standing, here, drawn_from, rule, ahead.families)
            made.append(Pricing(begin, prices))
        expected = standing.arrived + ahead.families
        states = standing.most_people(standing.people_seen + ahead.people)
        end = arrivals.block_end(begin, rule.reprice or max(expected // PRICINGS, 1))
        net = _net_worths(program, arrivals.order[begin:end], prices)
        for position, own in zip(range(begin, end), net, strict=True):
            standing.arrive(arrivals.until(position))
            family = int(arrivals.order[position])
            decision = _decide(standing, family, own - _held_back(standing, rule, family), states)
            decisions.append(_with_paid(program, decision, prices))
            if decision.pair != OUT:
                standing.put(family, decision.pair)
            standing.pass_time(expected)
        done(end - begin)
        begin = end
    return Run(tuple(decisions), tuple(made), expected, standing.waited / max(standing.placed, 1.0))


def _net_worths(program: Program, families: Ints, prices: Floats) -> list[Floats]:
    """Return what the pairs of each family are worth less what they would pay."""
    part = part_of(program, families)
    return np.split(net_worth(part, prices), part.start[1:-1])


def _held_back(standing: Standing, rule: OnlineRule, family: int) -> Floats | float:
    """Return what waiting at each admissible place counts (Bansak and Paulson 2024)."""
    if not rule.balance:
        return 0.0
    program = standing.program
    place = program.place[program.start[family] : program.start[family + 1]]
    return rule.balance * float(program.people[family]) * standing.wait()[place]


def _decide(standing: Standing, family: int, net: Floats, states: Ints) -> Decision:
    """Choose the best of a family's places with room; prices choose between places, never against all."""
    program = standing.program
    first = int(program.start[family])
    if not len(net):
        return Decision(family, OUT)
    pairs = standing.open_places(family, states)
    if not len(pairs):
        return Decision(family, OUT, reason=_full(standing, family, states))
    if not program.must[family]:
        pairs = pairs[program.worth[pairs] >= 0]
    if not len(pairs):
        return Decision(family, OUT, reason="its score was below zero at every place with room when it came")
    order = np.argsort(-net[pairs - first], kind="stable")[:2]
    pair = int(pairs[order[0]])
    if len(pairs) == 1:
        return Decision(family, pair)
    other = int(pairs[order[1]])
    return Decision(family, pair, other, float(net[pair - first] - net[other - first]))


def _full(standing: Standing, family: int, states: Ints) -> str:
    """Say why none of the admissible places takes a family any more."""
    count = int(standing.program.start[family + 1] - standing.program.start[family])
    if len(standing.open_places(family, np.zeros(0, np.int64))):
        return "no room when it came: its admissible places with room lie in states at their upper share"
    return f"no room when it came: all {count} admissible places were too full for it"


def _with_paid(program: Program, decision: Decision, prices: Floats) -> Decision:
    """Return a decision with what the family paid for each resource."""
    if decision.pair == OUT:
        return decision
    places, resources = program.capacity.shape
    price = prices[: places * resources].reshape(places, resources)[program.place[decision.pair]]
    return replace(decision, paid=tuple((price * program.use[decision.family]).tolist()))
