"""The compiled kernel: one run, day by day, over cohorts of people in the same state.

A day, in the order of the code:

1. people due at a checkpoint are counted and go on;
2. people due at a hub start to wait;
3. people due at a border gate meet its outcomes: turned back, not met, expelled, returned, let in, admitted;
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


class Rules(NamedTuple):
    """What holds on each day in one scenario."""

    expel: _Floats  # [day, gate, class] chance that one who is met is expelled
    accept: _Floats  # [day, gate, class] chance to be returned instead, where an expulsion has ended
    appointments: _Floats  # [day, gate] admissions by appointment, -1 where there is no such system
    turn_back: _Floats  # [day, class] chance to be turned back before the border, at the first attempt
    choice: _Floats  # [day, class, gate] chance to choose a gate; sums to 1 over gates
    quota: _Floats  # [day, pathway] admissions
    period: _Ints  # [day] period of the totals


class Sources(NamedTuple):
    """Where people depart: one source a nationality and route, with its places of origin."""

    key: _Keys  # [source]
    first: _Ints  # [source + 1]
    target: _Ints  # [start] state reached first
    leg: _Ints  # [start]
    days: _Ints  # [start]
    weight: _Floats  # [start] share of the source's people; sums to 1
    start_key: _Keys  # [start] word of the place of origin
    pathway_key: _Keys  # [pathway]
    class_key: _Keys  # [class]


class Drawn(NamedTuple):
    """What one run has drawn before its first day."""

    parameters: _Floats  # [parameter]
    base_return: _Floats  # [class] chance that one who is met under ordinary law is returned
    departures: _Floats  # [day, source] mean departures
    applicants: _Floats  # [day, pathway, class] mean applicants of lawful pathways


class Bag(NamedTuple):
    """Cohorts by key, each key once; only those that are not empty are held."""

    key: _Keys  # [entry]
    people: _Floats  # [entry]
    table: _Ints  # [slot] entry of a key, or -1; a power of two of slots
    used: _Ints  # [2] entries in use; 1 where there was no room for another


class Due(NamedTuple):
    """Cohorts under way, a list for each of the coming days; a key may stand in a list more than once."""

    key: _Keys  # [entry]
    people: _Floats  # [entry]
    later: _Ints  # [entry] next entry of the same list, or -1
    ends: _Ints  # [slot, 2] first and last entry of a day's list, day modulo slots, or -1
    used: _Ints  # [3] first free entry, or -1; entries ever used; 1 where there was no room for another


class State(NamedTuple):
    """Where everybody is; changed in place."""

    due: Due  # people under way, by the state that they reach
    today: Bag  # those of them who are due today
    waiting: Bag  # people who wait at a hub, by state
    resident: _Floats  # [place] people at a place: waiting, turned back, or sent back there
    totals: _Floats  # [2] people on links; people beyond the gates (passed, let in, admitted)
    queue: _Floats  # [pathway, class] people in the queue of a lawful pathway


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


@njit(cache=True)
def put(bag: Bag, key: np.uint64, people: float) -> None:
    """Add people to the cohort of a key."""
    mask = bag.table.shape[0] - 1
    at = np.int64(mix(np.uint64(0), key) & np.uint64(mask))
    while True:
        entry = bag.table[at]
        if entry < 0:
            break
        if bag.key[entry] == key:
            bag.people[entry] += people
            return
        at = (at + 1) & mask
    entry = bag.used[0]
    if entry == bag.key.shape[0]:
        bag.used[1] = 1
        return
    bag.used[0] = entry + 1
    bag.table[at] = entry
    bag.key[entry], bag.people[entry] = key, people


@njit(cache=True)
def in_order(bag: Bag) -> _Ints:
    """Return the entries of a bag by rising key (Shell's sort: a day has some hundreds)."""
    order = np.arange(bag.used[0])
    gap = order.shape[0] // 2
    while gap > 0:
        for i in range(gap, order.shape[0]):
            entry, j = order[i], i
            while j >= gap and bag.key[order[j - gap]] > bag.key[entry]:
                order[j] = order[j - gap]
                j -= gap
            order[j] = entry
        gap //= 2
    return order


@njit(cache=True)
def empty(bag: Bag) -> None:
    """Take everybody out."""
    bag.used[0] = 0
    bag.table[:] = -1


@njit(cache=True)
def send(due: Due, day: int, key: np.uint64, people: float) -> None:
    """Add people who are due on a day; lists keep the order in which they were added to."""
    entry = due.used[0]
    if entry >= 0:
        due.used[0] = due.later[entry]
    else:
        entry = due.used[1]
        if entry == due.key.shape[0]:
            due.used[2] = 1
            return
        due.used[1] = entry + 1
    slot = day % due.ends.shape[0]
    due.key[entry], due.people[entry], due.later[entry] = key, people, -1
    if due.ends[slot, 0] < 0:
        due.ends[slot, 0] = entry
    else:
        due.later[due.ends[slot, 1]] = entry
    due.ends[slot, 1] = entry


@njit(cache=True)
def collect(due: Due, day: int, bag: Bag) -> None:
    """Move everybody who is due on a day into a bag."""
    slot = day % due.ends.shape[0]
    entry = due.ends[slot, 0]
    while entry >= 0:
        put(bag, due.key[entry], due.people[entry])
        later = due.later[entry]
        due.later[entry], due.used[0] = due.used[0], entry
        entry = later
    due.ends[slot] = -1


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
    send(state.due, day + days_under_way, np.uint64(target), people)
    state.totals[0] += people
    if leg >= 0:
        under_way[day, leg] += people


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
    due, resident, totals = state.today, state.resident, state.totals
    empty(due)
    collect(state.due, day, due)
    appointed, shift = _appointments(day, base, layout, rules, due, expected)
    served = np.zeros(layout.gate_key.shape[0])
    for entry in in_order(due):
        k, n = np.int64(due.key[entry]), due.people[entry]
        if n <= 0.0:
            continue
        key, cls, gate, place, first = (
            mix(base, layout.key[k]), layout.cls[k], layout.gate[k], layout.place[k], layout.attempt[k] == 0,
        )  # fmt: skip
        if first:
            totals[0] -= n
        else:
            resident[place] -= n
        if layout.kind[k] == CHECKPOINT:
            counts[cls, gate, PASSED] += n
            at = layout.first_move[k]
            _go(n, day, layout.move_leg[at], layout.move_days[at], layout.move_target[at], state, under_way)
            continue
        if layout.kind[k] == HUB:
            if gate >= 0:
                counts[cls, gate, PASSED] += n
            resident[place] += n
            put(state.waiting, np.uint64(k), n)
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
        if again > 0.0:
            send(state.due, day + int(drawn.parameters[DELAY_DAYS]), np.uint64(layout.retry[k]), again)
        resident[place] += turned + expelled + returned
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
    day: int, base: np.uint64, layout: Layout, rules: Rules, due: Bag, expected: bool
) -> tuple[_Floats, _Floats]:
    """Return by gate the share of today's arrivals who have an appointment, and the shift of its sampling.

    All classes get the same share. In draws it is systematic sampling: one shift for all classes, so that
    together they are the day's number.
    """
    gates = layout.gate_key.shape[0]
    appointed, shift = np.zeros(gates), np.zeros(gates)
    if rules.appointments[day].max() <= 0.0:
        return appointed, shift
    for entry in in_order(due):
        k = np.int64(due.key[entry])
        if layout.kind[k] == GATE:
            appointed[layout.gate[k]] += due.people[entry]
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
    day: int, base: np.uint64, layout: Layout, rules: Rules, state: State, under_way: _Floats, expected: bool
) -> None:
    """Do step 4: of those who wait at a hub a share leaves and chooses a gate."""
    waiting = state.waiting
    for entry in in_order(waiting):
        k, n = np.int64(waiting.key[entry]), waiting.people[entry]
        if n <= 0.0:
            continue
        key, cls = mix(base, layout.key[k]), layout.cls[k]
        leaving = _draw(n, layout.leave[k], key, _LEAVE, expected)
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
        waiting.people[entry] -= leaving - left
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
        _leave_hubs(day, base, layout, rules, state, out.under_way, expected)
        _pathways(day, base, sources, rules, drawn, state, out.lawful[period], expected)
        _depart(day, base, layout, sources, drawn, state, out.departed[day], out.under_way, expected)
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
