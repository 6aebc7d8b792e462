"""The compiled kernel: one run, day by day, over cohorts of people in the same state.

A day, in the order of the code:

1. people due at a checkpoint are counted and go on;
2. people due at a hub start to wait;
3. people due at a border gate meet its outcomes: turned back, not met, expelled, returned, let in, admitted;
   where a ceiling stands, those above it wait before the gate, and come again tomorrow or go to another;
4. of those who wait at a hub a share leaves and chooses a gate;
5. lawful pathways admit from their queues up to the day's quota;
6. people depart;
7. where everybody is at the end of the day is written down.

Every draw is the quantile of one keyed uniform number and rises with it, so two scenarios that share a
seed differ only by what the policy does. With ``expected`` each draw is its mean instead. Counts are
float64 in both modes; in a run of draws they are whole numbers (exact up to 2**53).

This is the only compiled file; it knows arrays, not nouns: first come their names, axes and meanings. They
stand here, and nowhere else, because what is compiled is kept, and only a change of this file renews it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]

CHECKPOINT, HUB, GATE = 0, 1, 2
"""Kinds of station."""
PASSED, LET_IN, EXPELLED, RETURNED, TURNED_BACK, ADMITTED = range(6)
"""Outcomes at a gate; `PASSED` is not met (at a checkpoint: passed through)."""
OUTCOMES = ("passed", "let_in", "expelled", "returned", "turned_back", "admitted")
RETRY_EXPELLED, RETRY_RETURNED, NOT_MET, DELAY_DAYS = range(4)
RETRY_STOPPED, OUTSIDE, LEAVE_QUEUE, SWITCH_DAYS = range(4, 8)
"""Places in the vector of a run's parameters."""


class Layout(NamedTuple):
    """Who can be where, and how one goes on; the same in every scenario of a region."""

    cls: _Ints  # [state] class (nationality)
    kind: _Ints  # [state] kind of station
    gate: _Ints  # [state] gate, or -1
    attempt: _Ints  # [state] 0 at the first attempt, 1 at the second, ... the last one holds all later ones
    place: _Ints  # [state] place of a hub or checkpoint; place of return of a gate
    retry: _Ints  # [state] state of the next attempt at a gate
    key: _Keys  # [state] word of its name
    leave: _Floats  # [state] share of those waiting at a hub who leave each day
    first_move: _Ints  # [state + 1] its moves are first_move[k] .. first_move[k + 1]
    move_target: _Ints  # [move] state reached
    move_leg: _Ints  # [move] leg, or -1 for one without links
    move_days: _Ints  # [move] days under way
    move_gate: _Ints  # [move] gate chosen, or -1
    first_link: _Ints  # [leg + 1]
    link: _Ints  # [step] links of a leg in order
    offset: _Ints  # [step] day of the journey on which the link is crossed
    gate_key: _Keys  # [gate]
    between_ports: _Ints  # [gate] 1 where people can come through unmet
    at_gate: _Ints  # [class, gate, attempt] state, or -1 where the gate cannot be reached


class Rules(NamedTuple):
    """What holds on each day in one scenario."""

    expel: _Floats  # [day, gate, class] chance that one who is met is expelled
    accept: _Floats  # [day, gate, class] chance to be returned instead, where an expulsion has ended
    appointments: _Floats  # [day, gate] admissions by appointment, -1 where there is no such system
    turn_back: _Floats  # [day, class] chance to be turned back before the border, at the first attempt
    choice: _Floats  # [day, class, gate] chance to choose a gate; sums to 1 over gates
    quota: _Floats  # [day, pathway] admissions
    period: _Ints  # [day] period of the totals
    keep: _Floats  # [day, class, gate] chance to choose the gate again that one chose before the change
    gain: _Floats  # [day, class, gate] chance to choose a gate for those who do not keep theirs
    stop: _Floats  # [day, source and then class x (checkpoint, hub)] chance to be stopped on the stretch
    waits: _Floats  # [day, class] waits at hubs over those of the layout
    ceiling: _Floats  # [day, gate] people let through, -1 where there is no ceiling


class Sources(NamedTuple):
    """Where people depart: one source a nationality and route, with its places of origin."""

    key: _Keys  # [source]
    first: _Ints  # [source + 1]
    target: _Ints  # [start] state reached first
    leg: _Ints  # [start]
    days: _Ints  # [start]
    weight: _Floats  # [start] share of the source's people; sums to 1
    place: _Ints  # [start] place of origin
    start_key: _Keys  # [start] word of the place of origin
    pathway_key: _Keys  # [pathway]
    class_key: _Keys  # [class]


class Drawn(NamedTuple):
    """What one run has drawn before its first day."""

    parameters: _Floats  # [parameter]
    base_return: _Floats  # [class] chance that one who is met under ordinary law is returned
    departures: _Floats  # [day, source] mean departures
    applicants: _Floats  # [day, pathway, class] mean applicants of lawful pathways


class State(NamedTuple):
    """Where everybody is; changed in place."""

    due: _Floats  # [slot, state] people who reach the state on a day, day modulo slots
    waiting: _Floats  # [state] people who wait at a hub
    resident: _Floats  # [place] people at a place: waiting, turned back, or sent back there
    totals: _Floats  # [2] people on links; people beyond the gates (passed, let in, admitted)
    queue: _Floats  # [pathway, class] people in the queue of a lawful pathway
    held: (
        _Floats  # [state] of those due, people who wait before the gate and stand at the place, not on links
    )


class Out(NamedTuple):
    """What is written down; added to in place."""

    counts: _Floats  # [period, class, gate, outcome] events
    people: _Floats  # [period, class, gate] people met for the first time
    lawful: _Floats  # [period, pathway, class] people admitted by lawful pathways
    departed: _Floats  # [day, source] people who set out
    stock: _Floats  # [day, place + 2] people at places, on links, beyond the gates
    under_way: _Floats  # [day, leg] people who set out on a leg


_GOLDEN, _M1, _M2 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
# Purposes of a draw. The numbers are part of the results: never reuse or reorder them.
_TURN, _UNMET, _EXPEL, _RETURN, _AGAIN_EXPELLED, _AGAIN_RETURNED = range(1, 7)
_LEAVE, _DEPART, _APPOINT, _QUEUE, _CHOOSE, _ORIGIN = range(7, 13)
_STOP, _AGAIN_STOPPED, _ROOM, _LEAVE_QUEUE, _SWITCH, _SWITCH_TO = range(13, 19)


@njit(cache=True, inline="always")
def mix(state: np.uint64, word: np.uint64) -> np.uint64:
    """Fold one 64-bit word into a 64-bit state; the same function as `terms.chance.mix`."""
    z = (state ^ word) + _GOLDEN
    z = (z ^ (z >> _S30)) * _M1
    z = (z ^ (z >> _S27)) * _M2
    return z ^ (z >> _S31)


@njit(cache=True, inline="always")
def uniform(state: np.uint64, purpose: int) -> float:
    """Return the uniform number in (0, 1) of a keyed state and purpose."""
    bits = mix(state, np.uint64(purpose)) >> _S12
    return (float(np.int64(bits)) + 0.5) * 2.0**-52


@njit(cache=True)
def _beta_tail(a: float, b: float, x: float, front: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) by its continued fraction (Lentz).

    `front` is x**a (1 - x)**b / B(a, b), which a caller that has the mass of the law need not work out again.
    """
    flip = x > (a + 1.0) / (a + b + 2.0)
    if flip:
        a, b, x = b, a, 1.0 - x
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    h = d
    for m in range(1, 10000):
        m2 = 2 * m
        even = m * (b - m) * x / ((a + m2 - 1.0) * (a + m2))
        d = 1.0 + even * d
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = 1.0 + even / c
        h *= d * (c if abs(c) > tiny else tiny)
        odd = -(a + m) * (a + b + m) * x / ((a + m2) * (a + m2 + 1.0))
        d = 1.0 + odd * d
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = 1.0 + odd / c
        step = d * c
        h *= step
        if abs(step - 1.0) < 1e-15:
            break
    tail = front * h / a
    return 1.0 - tail if flip else tail


@njit(cache=True)
def _normal_quantile(u: float) -> float:
    """Return the normal quantile to about 4e-4 (Abramowitz and Stegun 26.2.23); only a first guess."""
    p = min(u, 1.0 - u)
    t = math.sqrt(-2.0 * math.log(p))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (
        1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    )
    return z if u > 0.5 else -z


@njit(cache=True)
def binomial(n: float, p: float, u: float) -> float:
    """Return the `u` quantile of the binomial law of `n` trials with chance `p`; rises with `u`, `n`, `p`.

    Sums end where a further term would change nothing: rounding may keep them under the largest `u`.
    """
    if n <= 0.0 or p <= 0.0:
        return 0.0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - _binomial_low(n, 1.0 - p, 1.0 - u)
    return _binomial_low(n, p, u)


@njit(cache=True)
def _binomial_low(n: float, p: float, u: float) -> float:
    odds = p / (1.0 - p)
    if n * p < 48.0:
        mass = math.exp(n * math.log1p(-p))
        total, k = mass, 0.0
        while total < u and k < n:
            k += 1.0
            mass *= odds * (n - k + 1.0) / k
            if total + mass == total:
                break
            total += mass
        return k
    sd = math.sqrt(n * p * (1.0 - p))
    z = _normal_quantile(u)
    k = math.floor(n * p + z * sd + (1.0 - 2.0 * p) * (z * z - 1.0) / 6.0 + 0.5)
    k = min(max(k, 0.0), n)
    mass = math.exp(
        math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)
        + k * math.log(p) + (n - k) * math.log1p(-p)
    )  # fmt: skip
    total = 1.0 if k >= n else _beta_tail(n - k, k + 1.0, 1.0 - p, mass * (n - k) * p)
    while total < u and k < n:
        k += 1.0
        mass *= odds * (n - k + 1.0) / k
        if total + mass == total:
            break
        total += mass
    while k > 0.0 and total - mass >= u:
        total -= mass
        mass *= k / (odds * (n - k + 1.0))
        k -= 1.0
    return k


@njit(cache=True)
def _gamma_tail(a: float, x: float, front: float) -> float:
    """Return the regularised upper incomplete gamma function Q(a, x); `front` is x**a exp(-x) / Gamma(a)."""
    if x < a + 1.0:
        term = 1.0 / a
        total, k = term, a
        while term > total * 1e-16:
            k += 1.0
            term *= x / k
            total += term
        return 1.0 - front * total
    b = x + 1.0 - a
    c, d = 1e300, 1.0 / b
    h = d
    for i in range(1, 10000):
        an = -i * (i - a)
        b += 2.0
        d = 1.0 / (an * d + b)
        c = b + an / c
        step = d * c
        h *= step
        if abs(step - 1.0) < 1e-15:
            break
    return front * h


@njit(cache=True)
def poisson(mean: float, u: float) -> float:
    """Return the `u` quantile of the Poisson law; rises with `u` and with `mean`."""
    if mean <= 0.0:
        return 0.0
    if mean < 48.0:
        mass = math.exp(-mean)
        total, k = mass, 0.0
        while total < u:
            k += 1.0
            mass *= mean / k
            if total + mass == total:
                break
            total += mass
        return k
    z = _normal_quantile(u)
    k = max(0.0, math.floor(mean + z * math.sqrt(mean) + (z * z - 1.0) / 6.0 + 0.5))
    mass = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0))
    total = _gamma_tail(k + 1.0, mean, mass * mean)
    while total < u:
        k += 1.0
        mass *= mean / k
        if total + mass == total:
            break
        total += mass
    while k > 0.0 and total - mass >= u:
        total -= mass
        mass *= k / mean
        k -= 1.0
    return k


@njit(cache=True, inline="always")
def _draw(n: float, p: float, key: np.uint64, purpose: int, expected: bool) -> float:
    if expected:
        return n * min(max(p, 0.0), 1.0)
    return binomial(n, p, uniform(key, purpose))


@njit(cache=True, inline="always")
def _go(
    people: float, day: int, leg: int, days_under_way: int, target: int, state: State, under_way: _Floats
) -> None:
    """Send people along a leg: they are on links until they are due."""
    state.due[(day + days_under_way) % state.due.shape[0], target] += people
    state.totals[0] += people
    if leg >= 0:
        under_way[day, leg] += people


@njit(cache=True, inline="always")
def _go_later(people: float, day: int, days: int, target: int, drawn: Drawn, state: State) -> None:
    """Send people on who were stopped and sent back inside the country: they are due later."""
    slots = state.due.shape[0]
    later = min(slots - 1, days + int(drawn.parameters[DELAY_DAYS]))
    state.due[(day + later) % slots, target] += people
    state.totals[0] += people


@njit(cache=True)
def _stopped(n: float, chance: float, key: np.uint64, drawn: Drawn, expected: bool) -> tuple[float, float]:
    """Return, of people who set out on a stretch, those stopped for good and those who get on later."""
    stopped = _draw(n, chance, key, _STOP, expected)
    later = _draw(stopped, drawn.parameters[RETRY_STOPPED], key, _AGAIN_STOPPED, expected)
    return stopped - later, later


@njit(cache=True)
def _room(
    day: int, base: np.uint64, layout: Layout, rules: Rules, drawn: Drawn, due: _Floats, expected: bool
) -> tuple[_Floats, _Floats]:
    """Return by gate the share of those due whom a ceiling lets through today, and the shift of its sampling.

    At a checkpoint a share passes outside the ceiling. All classes get the same share.
    """
    gates = layout.gate_key.shape[0]
    share, shift = np.ones(gates), np.zeros(gates)
    if rules.ceiling[day].max() < 0.0:
        return share, shift
    total = np.zeros(gates)
    for k in range(due.shape[0]):
        if layout.gate[k] >= 0:
            total[layout.gate[k]] += due[k]
            if layout.kind[k] != GATE and rules.ceiling[day, layout.gate[k]] >= 0.0:
                shift[layout.gate[k]] = drawn.parameters[OUTSIDE]
    for gate in range(gates):
        if rules.ceiling[day, gate] >= 0.0 and total[gate] > 0.0:
            share[gate] = min(1.0, shift[gate] + rules.ceiling[day, gate] / total[gate])
            shift[gate] = 0.0 if expected else uniform(mix(base, layout.gate_key[gate]), _ROOM)
    return share, shift


@njit(cache=True)
def _switch(
    n: float,
    k: int,
    later: int,
    day: int,
    key: np.uint64,
    layout: Layout,
    weights: _Floats,
    state: State,
    expected: bool,
) -> float:
    """Send people at a gate to other gates by `weights`, due `later` days on; return those who found none.

    Their attempt stays that of state `k`. At a first attempt they are on links until then, else at the
    town before the new gate.
    """
    cls, attempt, own = layout.cls[k], layout.attempt[k], layout.gate[k]
    total = 0.0
    for gate in range(weights.shape[0]):
        if gate != own and layout.at_gate[cls, gate, attempt] >= 0:
            total += weights[gate]
    left, chance_left = n, 1.0
    for gate in range(weights.shape[0]):
        target = layout.at_gate[cls, gate, attempt]
        if gate == own or target < 0 or weights[gate] <= 0.0 or left <= 0.0:
            continue
        p = weights[gate] / total
        if expected:
            part = n * p
        else:
            share = 1.0 if p >= chance_left else p / chance_left
            part = binomial(left, share, uniform(mix(key, layout.gate_key[gate]), _SWITCH_TO))
        chance_left -= p
        left -= part
        state.due[(day + later) % state.due.shape[0], target] += part
        state.resident[layout.place[k]] -= part
        if attempt == 0:
            state.totals[0] += part
        else:
            state.resident[layout.place[target]] += part
    return left


@njit(cache=True)
def _wait_before(
    n: float,
    k: int,
    day: int,
    key: np.uint64,
    layout: Layout,
    rules: Rules,
    drawn: Drawn,
    state: State,
    expected: bool,
) -> None:
    """Keep people before a full gate or checkpoint: some choose another gate, the others come tomorrow."""
    state.resident[layout.place[k]] += n
    if layout.kind[k] == GATE:
        away = _draw(n, drawn.parameters[LEAVE_QUEUE], key, _LEAVE_QUEUE, expected)
        n -= away
        weights = rules.choice[day, layout.cls[k]]
        n += _switch(away, k, int(drawn.parameters[SWITCH_DAYS]), day, key, layout, weights, state, expected)
    state.due[(day + 1) % state.due.shape[0], k] += n
    if layout.attempt[k] == 0:
        state.held[k] += n


@njit(cache=True)
def _arrivals(
    day: int,
    base: np.uint64,
    layout: Layout,
    rules: Rules,
    drawn: Drawn,
    state: State,
    counts: _Floats,
    people: _Floats,
    under_way: _Floats,
    expected: bool,
) -> None:
    """Do steps 1 to 3: everybody who is due today."""
    due, resident, totals = state.due[day % state.due.shape[0]], state.resident, state.totals
    appointed, shift = _appointments(day, base, layout, rules, due, expected)
    room, room_shift = _room(day, base, layout, rules, drawn, due, expected)
    served, through = np.zeros(layout.gate_key.shape[0]), np.zeros(layout.gate_key.shape[0])
    stretches = rules.stop.shape[1] - 2 * drawn.base_return.shape[0]
    for k in range(due.shape[0]):
        n = due[k]
        if n <= 0.0:
            continue
        due[k] = 0.0
        key, cls, gate, place, first = (
            mix(base, layout.key[k]), layout.cls[k], layout.gate[k], layout.place[k], layout.attempt[k] == 0,
        )  # fmt: skip
        if first:
            held = state.held[k]
            state.held[k] = 0.0
            totals[0] -= n - held
            resident[place] -= held
        else:
            resident[place] -= n
        if gate >= 0 and room[gate] < 1.0:
            before, due_today = through[gate], n
            through[gate] += n * room[gate]
            if expected:
                n = through[gate] - before
            else:
                after = math.floor(through[gate] + room_shift[gate])
                n = min(n, after - math.floor(before + room_shift[gate]))
            if due_today > n:
                _wait_before(due_today - n, k, day, key, layout, rules, drawn, state, expected)
            if n <= 0.0:
                continue
        if layout.kind[k] == CHECKPOINT:
            counts[cls, gate, PASSED] += n
            at = layout.first_move[k]
            stop = rules.stop[day, stretches + 2 * cls]
            if stop > 0.0:
                lost, late = _stopped(n, stop, key, drawn, expected)
                n -= lost + late
                resident[place] += lost
                _go_later(late, day, layout.move_days[at], layout.move_target[at], drawn, state)
            _go(n, day, layout.move_leg[at], layout.move_days[at], layout.move_target[at], state, under_way)
            continue
        if layout.kind[k] == HUB:
            if gate >= 0:
                counts[cls, gate, PASSED] += n
            resident[place] += n
            state.waiting[k] += n
            continue
        turned = _draw(n, rules.turn_back[day, cls], key, _TURN, expected) if first else 0.0
        n -= turned
        admitted, passed = 0.0, 0.0
        if appointed[gate] > 0.0:
            before = served[gate]
            served[gate] += n * appointed[gate]
            if expected:
                admitted = served[gate] - before
            else:
                admitted = min(n, math.floor(served[gate] + shift[gate]) - math.floor(before + shift[gate]))
        if layout.between_ports[gate]:
            passed = _draw(n - admitted, drawn.parameters[NOT_MET], key, _UNMET, expected)
        met = n - admitted - passed
        expelled = _draw(met, rules.expel[day, gate, cls], key, _EXPEL, expected)
        # Those whom an ended expulsion would have sent out are returned where a state takes them back.
        accept = rules.accept[day, gate, cls]
        p_return = accept + (1.0 - accept) * drawn.base_return[cls]
        returned = _draw(met - expelled, p_return, key, _RETURN, expected)
        let_in = met - expelled - returned
        again = _draw(expelled, drawn.parameters[RETRY_EXPELLED], key, _AGAIN_EXPELLED, expected)
        again += _draw(returned, drawn.parameters[RETRY_RETURNED], key, _AGAIN_RETURNED, expected)
        slot = (day + int(drawn.parameters[DELAY_DAYS])) % state.due.shape[0]
        resident[place] += turned + expelled + returned
        if rules.keep[day, cls, gate] < 1.0:
            moved = _draw(again, 1.0 - rules.keep[day, cls, gate], key, _SWITCH, expected)
            delay, weights = int(drawn.parameters[DELAY_DAYS]), rules.gain[day, cls]
            again -= moved
            again += _switch(moved, layout.retry[k], delay, day, key, layout, weights, state, expected)
        state.due[slot, layout.retry[k]] += again
        totals[1] += admitted + passed + let_in
        if first:
            people[cls, gate] += admitted + met
        outcomes = counts[cls, gate]
        outcomes[PASSED] += passed
        outcomes[LET_IN] += let_in
        outcomes[EXPELLED] += expelled
        outcomes[RETURNED] += returned
        outcomes[TURNED_BACK] += turned
        outcomes[ADMITTED] += admitted


@njit(cache=True)
def _appointments(
    day: int, base: np.uint64, layout: Layout, rules: Rules, due: _Floats, expected: bool
) -> tuple[_Floats, _Floats]:
    """Return by gate the share of today's arrivals who have an appointment, and the shift of its sampling.

    All classes get the same share. In draws it is systematic sampling: one shift for all classes, so that
    together they are the day's number.
    """
    gates = layout.gate_key.shape[0]
    appointed, shift = np.zeros(gates), np.zeros(gates)
    if rules.appointments[day].max() <= 0.0:
        return appointed, shift
    for k in range(due.shape[0]):
        if layout.kind[k] == GATE:
            appointed[layout.gate[k]] += due[k]
    for gate in range(gates):
        quota = rules.appointments[day, gate]
        if quota > 0.0 and appointed[gate] > 0.0:
            appointed[gate] = min(1.0, quota / appointed[gate])
            shift[gate] = 0.0 if expected else uniform(mix(base, layout.gate_key[gate]), _APPOINT)
        else:
            appointed[gate] = 0.0
    return appointed, shift


@njit(cache=True)
def _leave_hubs(
    day: int,
    base: np.uint64,
    layout: Layout,
    rules: Rules,
    drawn: Drawn,
    state: State,
    under_way: _Floats,
    expected: bool,
) -> None:
    """Do step 4: of those who wait at a hub a share leaves and chooses a gate."""
    stretches = rules.stop.shape[1] - 2 * drawn.base_return.shape[0]
    for k in range(layout.cls.shape[0]):
        n = state.waiting[k]
        if n <= 0.0:
            continue
        key, cls = mix(base, layout.key[k]), layout.cls[k]
        p_leave, longer = layout.leave[k], rules.waits[day, cls]
        if longer != 1.0:
            p_leave = p_leave / (p_leave + (1.0 - p_leave) * longer)
        leaving = _draw(n, p_leave, key, _LEAVE, expected)
        stop = rules.stop[day, stretches + 2 * cls + 1]
        if stop > 0.0:
            # Sent back inside the country, to the hub: for good, or to wait and set out again.
            lost, late = _stopped(leaving, stop, key, drawn, expected)
            leaving -= lost + late
            state.waiting[k] -= lost
        left, chance_left = leaving, 1.0
        for at in range(layout.first_move[k], layout.first_move[k + 1]):
            p = rules.choice[day, cls, layout.move_gate[at]]
            if left <= 0.0 or p <= 0.0:
                continue
            if expected:
                part = leaving * p
            else:
                share = 1.0 if p >= chance_left else p / chance_left
                part = binomial(
                    left, share, uniform(mix(key, layout.gate_key[layout.move_gate[at]]), _CHOOSE)
                )
            chance_left -= p
            left -= part
            _go(
                part, day, layout.move_leg[at], layout.move_days[at], layout.move_target[at], state, under_way
            )
        # Rounding of the shares may leave somebody without a choice; nobody is lost, they go on waiting.
        state.waiting[k] -= leaving - left
        state.resident[layout.place[k]] -= leaving - left


@njit(cache=True)
def _pathways(
    day: int,
    base: np.uint64,
    sources: Sources,
    rules: Rules,
    drawn: Drawn,
    state: State,
    lawful: _Floats,
    expected: bool,
) -> None:
    """Do step 5: admit from the queues of lawful pathways, all classes in proportion, up to the quota."""
    for w in range(state.queue.shape[0]):
        key = mix(base, sources.pathway_key[w])
        for c in range(state.queue.shape[1]):
            mean = drawn.applicants[day, w, c]
            if mean > 0.0:
                state.queue[w, c] += (
                    mean if expected else poisson(mean, uniform(mix(key, sources.class_key[c]), _QUEUE))
                )
        total = state.queue[w].sum()
        if total <= 0.0 or rules.quota[day, w] <= 0.0:
            continue
        share = min(1.0, rules.quota[day, w] / total)
        shift, running = uniform(key, _QUEUE), 0.0
        for c in range(state.queue.shape[1]):
            before = running
            running += state.queue[w, c] * share
            part = running - before if expected else math.floor(running + shift) - math.floor(before + shift)
            part = min(part, state.queue[w, c])
            state.queue[w, c] -= part
            lawful[w, c] += part
            state.totals[1] += part


@njit(cache=True)
def _depart(
    day: int,
    base: np.uint64,
    layout: Layout,
    sources: Sources,
    rules: Rules,
    drawn: Drawn,
    state: State,
    departed: _Floats,
    under_way: _Floats,
    expected: bool,
) -> None:
    """Do step 6: people set out from their places of origin."""
    for s in range(sources.key.shape[0]):
        mean = drawn.departures[day, s]
        if mean <= 0.0:
            continue
        key = mix(base, sources.key[s])
        n = mean if expected else poisson(mean, uniform(key, _DEPART))
        departed[s] += n
        left, weight_left, first, end = n, 1.0, sources.first[s], sources.first[s + 1]
        for at in range(first, end):
            weight = sources.weight[at]
            if at == end - 1:
                part = left
            elif expected:
                part = n * weight
            else:
                part = binomial(
                    left, min(1.0, weight / weight_left), uniform(mix(key, sources.start_key[at]), _ORIGIN)
                )
            weight_left -= weight
            left -= part
            if part > 0.0 and rules.stop[day, s] > 0.0:
                key_of = mix(key, sources.start_key[at])
                lost, late = _stopped(part, rules.stop[day, s], key_of, drawn, expected)
                part -= lost + late
                state.resident[sources.place[at]] += lost
                _go_later(late, day, sources.days[at], sources.target[at], drawn, state)
            if part > 0.0:
                _go(part, day, sources.leg[at], sources.days[at], sources.target[at], state, under_way)


@njit(cache=True, nogil=True)
def advance(
    first_day: int,
    last_day: int,
    seed: int,
    number: int,
    layout: Layout,
    rules: Rules,
    sources: Sources,
    drawn: Drawn,
    state: State,
    out: Out,
    expected: bool,
) -> None:
    """Move run `number` from `first_day` up to before `last_day`; `state` and `out` change in place."""
    start = mix(mix(np.uint64(0), np.uint64(seed)), np.uint64(number))
    places = state.resident.shape[0]
    for day in range(first_day, last_day):
        base, period = mix(start, np.uint64(day)), rules.period[day]
        counts, people = out.counts[period], out.people[period]
        _arrivals(day, base, layout, rules, drawn, state, counts, people, out.under_way, expected)
        _leave_hubs(day, base, layout, rules, drawn, state, out.under_way, expected)
        _pathways(day, base, sources, rules, drawn, state, out.lawful[period], expected)
        _depart(day, base, layout, sources, rules, drawn, state, out.departed[day], out.under_way, expected)
        out.stock[day, :places] = state.resident
        out.stock[day, places] = state.totals[0]
        out.stock[day, places + 1] = state.totals[1]


@njit(cache=True, nogil=True)
def crossings(under_way: _Floats, layout: Layout, links: int) -> _Floats:
    """Return float64[day, link], people who cross each link, from the people who set out on each leg.

    The end of a journey that lies beyond the last day is left out.
    """
    days = under_way.shape[0]
    out = np.zeros((days, links))
    for leg in range(layout.first_link.shape[0] - 1):
        for at in range(layout.first_link[leg], layout.first_link[leg + 1]):
            later, link = layout.offset[at], layout.link[at]
            for day in range(days - later):
                out[day + later, link] += under_way[day, leg]
    return out
