"""Biproportional rounding: whole people by origin and host, where both kinds of totals are fixed.

The method is that of M. L. Balinski and G. Demange, "An axiomatic approach to proportionality between
matrices", Math. Oper. Res. 14, 1989, with standard rounding: cell (i, j) gets weight / (row divisor x
column divisor), rounded at the half. It is found as a flow of least cost (G. Rote and M. Zachariasen,
"Matrix scaling by network flow", SODA 2007): a person more in a cell that holds x costs
log((x + 1/2) / weight), so that the cheapest whole matrix with the given totals is the rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from travesia.sharing.rounding import share_people
from travesia.sharing.showing import shown
from travesia.terms import UsageError

Weights = Mapping[str, Mapping[str, Fraction | int]]
"""Weight of each host for each origin; 0, or a host not named, takes nobody from there."""

_ROUNDS = 60
"""Rounds of fitting before rounding; they bring the start near, the flow makes it exact."""
_SAME = 1e-12
"""Costs closer than this, in logarithms, are a tie."""


class ByOrigin(dict[str, dict[str, int]]):
    """People by origin and host, that a notebook shows as a table."""

    @property
    def table(self) -> pl.DataFrame:
        """One row a host, one column an origin, in people."""
        hosts = list(next(iter(self.values()), {}))
        return pl.DataFrame(
            {"host": hosts} | {origin: [row[host] for host in hosts] for origin, row in self.items()}
        )

    def _repr_html_(self) -> str:
        return shown(self.table)


def biproportional(weights: Weights, origins: Mapping[str, int], hosts: Mapping[str, int]) -> ByOrigin:
    """Divide whole people of each origin among hosts, in proportion to weights and with both totals kept.

    Parameters
    ----------
    weights
        By origin and host, not negative.
    origins, hosts
        People of each origin, and people whom each host takes; both add up to the same.

    Returns
    -------
    ByOrigin
        People by origin and host; rows add up to `origins` and columns to `hosts` exactly.

    Raises
    ------
    UsageError
        For totals that differ or are negative, an origin without weights, or totals that no whole matrix
        with these weights can have; the clash is named.
    """
    _check(weights, origins, hosts)
    cells = {
        i: {j: Fraction(weights[i].get(j, 0)) for j in hosts if weights[i].get(j, 0) and hosts[j]}
        for i in origins
        if origins[i]
    }
    logs = {i: {j: _log(weight) for j, weight in row.items()} for i, row in cells.items()}
    fitted = _fit(logs, origins, hosts)
    people = {
        i: share_people({j: _scaled(log + fitted[j]) for j, log in row.items()}, origins[i], "webster")
        for i, row in logs.items()
        if _can_place(i, row)
    }
    while True:
        over = {j: sum(row.get(j, 0) for row in people.values()) - hosts[j] for j in hosts}
        if not any(over.values()):
            return ByOrigin({i: {j: people.get(i, {}).get(j, 0) for j in hosts} for i in origins})
        _move_one(people, logs, over, hosts)


def _check(weights: Weights, origins: Mapping[str, int], hosts: Mapping[str, int]) -> None:
    for name, number in (*origins.items(), *hosts.items()):
        if number < 0:
            raise UsageError(f"{name}: {number} people are below 0; give how many there are")
    if sum(origins.values()) != sum(hosts.values()):
        raise UsageError(
            f"origins: send {sum(origins.values())} people and hosts take {sum(hosts.values())}; "
            "make the totals the same"
        )
    for i in origins:
        if i not in weights:
            raise UsageError(f"origin {i}: has no weights; give one for each host")
        if strangers := weights[i].keys() - hosts.keys():
            raise UsageError(f"origin {i}: weighs {min(strangers)}, which is no host; give what it takes")
        if any(weight < 0 for weight in weights[i].values()):
            raise UsageError(f"origin {i}: a weight is below 0; weights count what a host can take")


def _log(weight: Fraction) -> float:
    """Logarithm of a fraction of any size."""
    return math.log(weight.numerator) - math.log(weight.denominator)


def _scaled(log: float) -> Fraction:
    return Fraction(math.exp(max(min(log, 700.0), -700.0)))


def _can_place(origin: str, row: Mapping[str, float]) -> bool:
    if not row:
        raise UsageError(f"origin {origin}: no host with room takes its people; give one a weight or a place")
    return True


def _fit(
    logs: Mapping[str, Mapping[str, float]], origins: Mapping[str, int], hosts: Mapping[str, int]
) -> dict[str, float]:
    """Return logarithms of column multipliers that bring the matrix near its totals."""
    multipliers = dict.fromkeys(hosts, 0.0)
    for _ in range(_ROUNDS):
        columns = dict.fromkeys(hosts, 0.0)
        for i, row in logs.items():
            if not row:
                continue
            top = max(log + multipliers[j] for j, log in row.items())
            sizes = {j: math.exp(log + multipliers[j] - top) for j, log in row.items()}
            whole = math.fsum(sizes.values())
            for j, size in sizes.items():
                columns[j] += origins[i] * size / whole
        for j, column in columns.items():
            # A host that can never be filled would run away without end.
            if column > 0 and hosts[j]:
                step = math.log(hosts[j] / column)
                multipliers[j] = max(-200.0, min(200.0, multipliers[j] + step))
    return multipliers


def _move_one(
    people: dict[str, dict[str, int]],
    logs: Mapping[str, Mapping[str, float]],
    over: Mapping[str, int],
    hosts: Mapping[str, int],
) -> None:
    """Move one person along the cheapest chain of hosts from one with too many to one with too few.

    A step from host j to host k lets one origin send one person less to j and one more to k.
    """
    steps: dict[str, dict[str, tuple[float, str]]] = {j: {} for j in hosts}
    for i, row in logs.items():
        held = people[i]
        for j in (j for j in row if held[j]):
            saved = math.log(held[j] - 0.5) - row[j]
            for k in (k for k in row if k != j):
                price = math.log(held[k] + 0.5) - row[k] - saved
                if k not in steps[j] or price < steps[j][k][0] - _SAME:
                    steps[j][k] = price, i
    cost = {j: 0.0 if over[j] > 0 else math.inf for j in hosts}
    came: dict[str, str] = {}
    for _ in hosts:
        changed = False
        for j in hosts:
            for k, (step, _origin) in steps[j].items():
                if cost[j] + step < cost[k] - _SAME:
                    cost[k], came[k], changed = cost[j] + step, j, True
        if not changed:
            break
    short = [j for j in hosts if over[j] < 0 and cost[j] < math.inf]
    if not short:
        raise _clash(people, over, cost)
    at = min(short, key=lambda j: cost[j])
    while at in came:
        before = came[at]
        origin = steps[before][at][1]
        people[origin][before] -= 1
        people[origin][at] += 1
        at = before


def _clash(
    people: Mapping[str, Mapping[str, int]], over: Mapping[str, int], cost: Mapping[str, float]
) -> UsageError:
    """Return the error: these origins reach only these hosts, and send more than they take."""
    full = [j for j in over if cost[j] < math.inf]
    senders = [i for i, row in people.items() if any(row.get(j) for j in full)]
    surplus = sum(over[j] for j in full)
    return UsageError(
        f"hosts {', '.join(sorted(full)[:5])}: must take {surplus} people more than they may, "
        f"for origins {', '.join(sorted(senders)[:5])} weigh no other host with room; "
        "change weights or totals"
    )
