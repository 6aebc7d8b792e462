"""Shapley values: what each state should pay of a cost that they cause together.

L. S. Shapley, "A value for n-person games", 1953: each player's mean marginal cost over all orders in which
the players can come.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from travesia.sharing.showing import shown
from travesia.terms import UsageError

EXACT_PLAYERS = 20
"""Up to this many players every coalition is counted: about a million."""

Floats = NDArray[np.float64]
CostOf = Callable[[NDArray[np.bool_]], Floats]
"""Cost of coalitions: an array (coalitions, players) of who takes part gives one cost each, 0 for nobody."""


@dataclass(frozen=True)
class ShapleyShares:
    """Cost share of each player, in the unit of the cost; `standard_error` is 0 where all orders count."""

    costs: Mapping[str, float]
    standard_error: Mapping[str, float]
    orders: int | None

    @property
    def table(self) -> pl.DataFrame:
        """One row a player: cost share and standard error, in the unit of the cost."""
        return pl.DataFrame(
            {
                "player": list(self.costs),
                "cost": [float(cost) for cost in self.costs.values()],
                "standard_error": [float(self.standard_error[player]) for player in self.costs],
            }
        )

    def _repr_html_(self) -> str:
        return shown(self.table)


def shapley_costs(
    players: Sequence[str], cost: CostOf, *, orders: int | None = None, seed: int = 0
) -> ShapleyShares:
    """Share a cost by Shapley's rule, exactly up to `EXACT_PLAYERS` players.

    Parameters
    ----------
    players
        Who shares the cost.
    cost
        Cost of any coalitions, see `CostOf`.
    orders
        Sample so many random orders instead (two or more); needed above `EXACT_PLAYERS` players. The
        shares of a sample add up to the whole cost too.
    seed
        Seed of the sample.

    Raises
    ------
    UsageError
        For no players, one that stands twice, too many without a sample, or an empty coalition that costs.
    """
    if not players or len(set(players)) != len(players):
        raise UsageError("players: are none, or one stands twice; name each once")
    nobody = float(cost(np.zeros((1, len(players)), dtype=bool))[0])
    if nobody:
        raise UsageError(f"cost: nobody at all costs {nobody}; subtract that first")
    if orders is not None:
        return _sampled(players, cost, orders, seed)
    if len(players) > EXACT_PLAYERS:
        raise UsageError(
            f"players: {len(players)} are more than the {EXACT_PLAYERS} whose coalitions can all be counted; "
            "give orders to sample"
        )
    return _exact(players, cost)


def airport_costs(needs: Mapping[str, float]) -> dict[str, float]:
    """Share the largest of the needs by Shapley's rule in closed form.

    Each stretch from one need to the next larger one is paid equally by all who need at least so much
    (S. C. Littlechild and G. Owen, "A simple expression for the Shapley value in a special case", 1973).
    """
    paid, below, shares = 0.0, 0.0, {}
    ranked = sorted(needs.items(), key=lambda item: (item[1], item[0]))
    for at, (player, need) in enumerate(ranked):
        if need < 0:
            raise UsageError(f"need of {player}: {need} is below 0; give what it costs alone")
        paid += (need - below) / (len(ranked) - at)
        below, shares[player] = need, paid
    return {player: shares[player] for player in needs}


def _exact(players: Sequence[str], cost: CostOf) -> ShapleyShares:
    n = len(players)
    coalitions = np.arange(1 << n, dtype=np.int64)
    costs = np.asarray(cost((coalitions[:, None] >> np.arange(n)) & 1 == 1), dtype=np.float64)
    sizes = np.bitwise_count(coalitions)
    # A coalition of size s comes before a player in s! (n - s - 1)! of n! orders.
    chance = np.array([1 / (n * math.comb(n - 1, size)) for size in range(n)])
    shares = {}
    for at, player in enumerate(players):
        without = coalitions[(coalitions >> at) & 1 == 0]
        marginal = costs[without | (1 << at)] - costs[without]
        shares[player] = float(np.sum(marginal * chance[sizes[without]]))
    return ShapleyShares(shares, dict.fromkeys(players, 0.0), None)


def _sampled(players: Sequence[str], cost: CostOf, orders: int, seed: int) -> ShapleyShares:
    if orders < 2:
        raise UsageError(f"orders {orders}: are too few for a standard error; give two or more")
    n, random = len(players), np.random.default_rng(seed)
    marginal = np.empty((orders, n))
    for at in range(orders):
        order = random.permutation(n)
        rank = np.argsort(order)
        costs = np.asarray(cost(rank[None, :] < np.arange(n + 1)[:, None]), dtype=np.float64)
        marginal[at, order] = np.diff(costs)
    error = marginal.std(axis=0, ddof=1) / math.sqrt(orders)
    return ShapleyShares(
        dict(zip(players, marginal.mean(axis=0).tolist(), strict=True)),
        dict(zip(players, error.tolist(), strict=True)),
        orders,
    )
