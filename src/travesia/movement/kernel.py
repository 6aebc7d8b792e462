"""The compiled kernel: one run, day by day, over cohorts of people in the same state.

This file is read from top to bottom, and `docs/concepts/a-day.md` in the same order: chance, the stores of
cohorts, the day of people at gates, the day of people who walk. Names, axes and units of the arrays stand
before the functions that read them.

At gates (`advance`), each day:

1. people due at a checkpoint are counted and go on;
2. people due at a hub start to wait;
3. people due at a border gate meet its outcomes: turned back, not met, expelled, returned, let in, admitted;
   where a ceiling stands, those above it wait before the gate, and come again tomorrow or go to another;
4. of those who wait at a hub a share leaves and chooses a gate;
5. lawful pathways admit from their queues up to the day's quota;
6. people depart;
7. where everybody is at the end of the day is written down.

People who walk (`wander`), each day:

1. people appear;
2. who stands somewhere decides in the morning, at places with limited room first;
3. who is due comes, for the night or to go on;
4. on a day on which a place could fill up they come in turns;
5. who has some of the day left decides by the time at which he comes;
6. it is night: where everybody is is written down.

Every draw is the quantile of one keyed uniform number and rises with it, so two scenarios that share a
seed differ only by what the policy does. With ``expected`` each draw is its mean instead. Counts are
float64 in both modes; in a run of draws they are whole numbers (exact up to 2**53).

This is the only compiled file; it knows arrays, not nouns. Their names stand here, and nowhere else, because
what is compiled is kept, and only a change of this file renews it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]
_F = TypeVar("_F", bound=Callable[..., object])


def _borrowing(function: _F, **options: bool) -> _F:
    """Compile a function that only borrows arrays: it can make none, and references are not counted.

    Where a call does little, counting costs more than what it does; and it takes long to compile.
    """
    options |= {"cache": True, "nogil": True, "_nrt": False, "no_cfunc_wrapper": True}
    return njit(function, **options)  # type: ignore[call-overload, no-any-return]


def _inner(function: _F) -> _F:
    """Compile a function that borrows arrays and that only compiled functions call.

    To take its arrays out of Python's objects would take as long to compile as the function itself.
    """
    return _borrowing(function, no_cpython_wrapper=True)


# Chance: keyed uniform numbers, and quantiles that rise with them.

_GOLDEN, _M1, _M2 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
_S30, _S27, _S31, _S12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(12)
# Purposes of a draw. The numbers are part of the results: never reuse or reorder them.
# A plain whole number would be compiled anew for each value.
_TURN, _UNMET, _EXPEL, _RETURN, _AGAIN_EXPELLED, _AGAIN_RETURNED = (
    np.uint64(purpose) for purpose in range(1, 7)
)
_LEAVE, _DEPART, _APPOINT, _QUEUE, _CHOOSE, _ORIGIN = (np.uint64(purpose) for purpose in range(7, 13))
_STOP, _AGAIN_STOPPED, _ROOM, _LEAVE_QUEUE, _SWITCH, _SWITCH_TO = (
    np.uint64(purpose) for purpose in range(17, 23)
)
_FLY, _AGAIN_FLOWN, _PLACES, _SERVE, _GIVE_UP, _ASK = (np.uint64(purpose) for purpose in range(24, 30))


@_borrowing
def mix(state: np.uint64, word: np.uint64) -> np.uint64:
    """Fold one 64-bit word into a 64-bit state; the same function as `terms.chance.mix`."""
    z = (state ^ word) + _GOLDEN
    z = (z ^ (z >> _S30)) * _M1
    z = (z ^ (z >> _S27)) * _M2
    return z ^ (z >> _S31)


@_borrowing
def uniform(state: np.uint64, purpose: np.uint64) -> float:
    """Return the uniform number in (0, 1) of a keyed state and purpose."""
    bits = mix(state, np.uint64(purpose)) >> _S12
    return (float(np.int64(bits)) + 0.5) * 2.0**-52


@_inner
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


@_borrowing
def _normal_quantile(u: float) -> float:
    """Return the normal quantile to about 1e-16 (Wichura 1988, AS 241), to 4e-4 beyond 7 deviations."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
            + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
            + 133.14166789178437745) * r + 3.387132872796366608  # fmt: skip
        low = ((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
            + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
            + 42.313330701600911252) * r + 1.0  # fmt: skip
        return q * top / low
    t = math.sqrt(-math.log(min(u, 1.0 - u)))
    if t <= 5.0:
        r = t - 1.6
        top = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
            + 4.6303378461565452959) * r + 1.42343711074968357734  # fmt: skip
        low = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
            + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455) * r
            + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0  # fmt: skip
        z = top / low
    else:
        t *= math.sqrt(2.0)
        z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (
            1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        )
    return z if q > 0.0 else -z


@_borrowing
def _expanded(mean: float, variance: float, p: float, z: float) -> float:
    """Return the quantile of a binomial law between whole numbers, by the expansion of Cornish and Fisher.

    The law is seen as a smooth one that is rounded, whose variance is smaller by 1/12. From a variance of 9
    on it is wrong by less than `_doubt`; p is 0 for a Poisson law.
    """
    pq, skew = p * (1.0 - p), 1.0 - 2.0 * p
    square = variance - 1.0 / 12.0
    sd = math.sqrt(square)
    g1 = variance * skew / (square * sd)
    g2 = (variance * (1.0 - 6.0 * pq) + 1.0 / 120.0) / (square * square)
    g3 = variance * skew * (1.0 - 12.0 * pq) / (square * square * sd)
    z2 = z * z
    third = g1 * (z2 - 1.0) / 6.0
    fourth = z * (g2 * (z2 - 3.0) / 24.0 - g1 * g1 * (2.0 * z2 - 5.0) / 36.0)
    fifth = (
        g3 * (z2 * (z2 - 6.0) + 3.0) / 120.0
        - g1 * g2 * (z2 * (z2 - 5.0) + 2.0) / 24.0
        + g1 * g1 * g1 * (z2 * (12.0 * z2 - 53.0) + 17.0) / 324.0
    )
    return mean + sd * (z + third + fourth + fifth)


@_borrowing
def _doubt(z: float) -> float:
    """Return how near to the middle between two whole numbers an expanded quantile does not decide."""
    far = abs(z)
    if far > 2.0:
        return 1.0 if far > 4.0 else (0.02 if far <= 3.0 else 0.1)
    return 0.002


@_borrowing
def binomial(n: float, p: float, u: float) -> float:
    """Return the `u` quantile of the binomial law of `n` trials with chance `p`; rises with `u`, `n`, `p`.

    Sums end where a further term would change nothing: rounding may keep them under the largest `u`.
    """
    if n <= 0.0 or p <= 0.0:
        return 0.0
    if p >= 1.0:
        return n
    if n == 1.0:
        return 1.0 if u > 1.0 - p else 0.0
    if p > 0.5:
        return n - _binomial_low(n, 1.0 - p, 1.0 - u)
    return _binomial_low(n, p, u)


@_inner
def _binomial_low(n: float, p: float, u: float) -> float:
    odds, variance = p / (1.0 - p), n * p * (1.0 - p)
    if variance < 9.0:
        if u <= 1.0 - n * p:  # Which is at most (1 - p)^n (Bernoulli).
            return 0.0
        if n <= 64.0:
            mass, power, left = 1.0, 1.0 - p, int(n)
            while left > 0:
                if left & 1:
                    mass *= power
                power *= power
                left >>= 1
        else:
            mass = math.exp(n * math.log1p(-p))
        total, k = mass, 0.0
        while total < u and k < n:
            k += 1.0
            mass *= odds * (n - k + 1.0) / k
            if total + mass == total:
                break
            total += mass
        return k
    z = _normal_quantile(u)
    near = _expanded(n * p, variance, p, z)
    jump = float(np.rint(near - 0.5))
    if abs(near - 0.5 - jump) > _doubt(z):
        return min(max(math.ceil(near - 0.5), 0.0), n)
    # Every u in doubt about one jump starts from one sum, so that its rounding cannot reverse their order.
    k = min(max(jump, 0.0), n)
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


@_inner
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


@_borrowing
def poisson(mean: float, u: float) -> float:
    """Return the `u` quantile of the Poisson law; rises with `u` and with `mean`."""
    if mean <= 0.0:
        return 0.0
    if mean < 9.0:
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
    near = _expanded(mean, mean, 0.0, z)
    jump = float(np.rint(near - 0.5))
    if abs(near - 0.5 - jump) > _doubt(z):
        return max(math.ceil(near - 0.5), 0.0)
    k = max(jump, 0.0)
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


@_borrowing
def hypergeometric(marked: float, others: float, taken: float, u: float) -> float:
    """Return the `u` quantile of how many of `marked` people are among those taken by lot from all.

    Without replacement, `taken` at most all; rises with `u`. What lies more than 9 standard deviations under
    the mean is left out, which is less than the rounding of the sum.
    """
    total_people = marked + others
    k, most = max(0.0, taken - others), min(marked, taken)
    if k >= most:
        return k
    mean = taken * marked / total_people
    spread = math.sqrt(mean * (others / total_people) * (total_people - taken) / (total_people - 1.0))
    k = max(k, math.floor(mean - 9.0 * spread))
    mass = math.exp(
        math.lgamma(marked + 1.0) - math.lgamma(k + 1.0) - math.lgamma(marked - k + 1.0)
        + math.lgamma(others + 1.0) - math.lgamma(taken - k + 1.0) - math.lgamma(others - taken + k + 1.0)
        - math.lgamma(total_people + 1.0) + math.lgamma(taken + 1.0) + math.lgamma(total_people - taken + 1.0)
    )  # fmt: skip
    total = mass
    while total < u and k < most:
        k += 1.0
        mass *= (marked - k + 1.0) * (taken - k + 1.0) / (k * (others - taken + k))
        if total + mass == total:
            break
        total += mass
    return k


# Stores of cohorts.


STATE, FROM_HOME, WAITED = np.uint64(0xFFFFFFFF), np.uint64(1 << 32), np.uint64(1 << 33)
"""Of a key at gates: the state; who comes again from home, where one was flown; who waited for a place."""


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


@_borrowing
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


@_borrowing
def in_order(bag: Bag, order: _Ints) -> None:
    """Write down the entries of a bag by rising key (Shell's sort: a day has some hundreds)."""
    for i in range(order.shape[0]):
        order[i] = i
    gap = order.shape[0] // 2
    while gap > 0:
        for i in range(gap, order.shape[0]):
            entry, j = order[i], i
            while j >= gap and bag.key[order[j - gap]] > bag.key[entry]:
                order[j] = order[j - gap]
                j -= gap
            order[j] = entry
        gap //= 2


@_borrowing
def empty(bag: Bag) -> None:
    """Take everybody out."""
    mask = bag.table.shape[0] - 1
    if bag.used[0] * 8 > mask:
        bag.table[:] = -1
    else:
        # From the last put in to the first, no key that stands behind another is missed.
        for entry in range(bag.used[0] - 1, -1, -1):
            at = np.int64(mix(np.uint64(0), bag.key[entry]) & np.uint64(mask))
            while bag.table[at] != entry:
                at = (at + 1) & mask
            bag.table[at] = -1
    bag.used[0] = 0


@_borrowing
def pour(bag: Bag, into: Bag) -> None:
    """Let a bag hold what another of the same size holds, which is emptied."""
    for entry in range(bag.used[0]):
        into.key[entry], into.people[entry] = bag.key[entry], bag.people[entry]
    for slot in range(bag.table.shape[0]):
        into.table[slot] = bag.table[slot]
    into.used[0] = bag.used[0]
    empty(bag)


@_borrowing
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


@_borrowing
def take(due: Due, day: int) -> int:
    """Take the first entry from a day's list, or return -1; it is read before another one is sent."""
    slot = day % due.ends.shape[0]
    entry: int = due.ends[slot, 0]
    if entry >= 0:
        due.ends[slot, 0] = due.later[entry]
        due.later[entry], due.used[0] = due.used[0], entry
    return entry


@_borrowing
def collect(due: Due, day: int, bag: Bag) -> None:
    """Move everybody who is due on a day into a bag."""
    entry = take(due, day)
    while entry >= 0:
        put(bag, due.key[entry], due.people[entry])
        entry = take(due, day)


@_borrowing
def join(due: Due, bag: Bag, chosen: npt.NDArray[np.bool_], into: Due, into_bag: Bag) -> None:
    """Add the people of some stores to others of as many days, those of the keys that are chosen."""
    for slot in range(due.ends.shape[0]):
        entry = due.ends[slot, 0]
        while entry >= 0:
            key, people = due.key[entry], due.people[entry]
            if chosen[np.int64(key & STATE)]:
                send(into, slot, key, people)
            entry = due.later[entry]
    for entry in range(bag.used[0]):
        key, people = bag.key[entry], bag.people[entry]
        if chosen[np.int64(key & STATE)]:
            put(into_bag, key, people)


# People at gates: the day of a region.

CHECKPOINT, HUB, GATE = 0, 1, 2
"""Kinds of station."""
PASSED, LET_IN, EXPELLED, RETURNED, TURNED_BACK, ADMITTED = range(6)
"""Outcomes at a gate; `PASSED` is not met (at a checkpoint: passed through)."""
OUTCOMES = ("passed", "let_in", "expelled", "returned", "turned_back", "admitted")
NOT_MET, DELAY_DAYS, RETRY_STOPPED, OUTSIDE, LEAVE_QUEUE, SWITCH_DAYS = range(6)
"""Places in the vector of a run's parameters."""
ACROSS, FLOWN, REMOVED = range(3)
"""How one was sent out: expelled across the border, expelled by air to the home, returned by ordinary law."""
JOINED, SERVED, GAVE_UP, NIGHTS = range(4)
"""What is counted of those who wait for an appointment."""


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
    move_target: _Ints  # [move] state reached; the leg of a move has its number
    move_days: _Ints  # [move] days under way
    move_gate: _Ints  # [move] gate chosen, or -1
    first_link: _Ints  # [leg + 1]
    link: _Ints  # [step] links of a leg in order
    offset: _Ints  # [step] day of the journey on which the link is crossed
    gate_key: _Keys  # [gate]
    between_ports: _Ints  # [gate] 1 where people can come through unmet
    at_gate: _Ints  # [class, gate, attempt] state, or -1 where the gate cannot be reached
    home: _Ints  # [class] place to which one is flown
    home_days: _Ints  # [class] days from there to a gate


class Journeys(NamedTuple):
    """What the links of legs mean to those who cross them; nothing in a run depends on it."""

    cls: _Ints  # [leg] class of the people on it: each move and each start has a leg of its own
    days: _Floats  # [step] days on the link, waits left out
    danger: _Ints  # [step] danger that the pack names for the link, or -1
    line_days: _Floats  # [class, gate] days of the last link before a gate, crossed again later
    line_danger: _Ints  # [class, gate] its danger, or -1


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
    flown: _Floats  # [class] chance that one who is expelled is flown home
    retry: _Floats  # [class, way of being sent out] chance to try again
    asks: _Floats  # [class] chance to wait for an appointment where none is left today
    base_return: _Floats  # [class] chance that one who is met under ordinary law is returned
    departures: _Floats  # [day, source] mean departures
    applicants: _Floats  # [day, pathway, class] mean applicants of lawful pathways


class State(NamedTuple):
    """Where everybody is; changed in place."""

    due: Due  # people under way, by the state that they reach
    today: Bag  # those of them who are due today
    waiting: Bag  # people who wait at a hub, by state
    resident: _Floats  # [place] people at a place: waiting, turned back, or sent back there
    totals: _Floats  # [2] people on links; people beyond the gates (passed, let in, admitted)
    queue: _Floats  # [pathway, class] people in the queue of a lawful pathway
    held: _Floats  # [state] of those due, people who wait before the gate: at the place, not on links
    asking: _Floats  # [state] people who wait for an appointment at a gate
    order: _Ints  # [entry] entries of a bag by key, while a day is worked on
    parts: _Floats  # [7, gate] of a day: let through, its shift; with appointment, its shift; sums; places


class Out(NamedTuple):
    """What is written down; added to in place."""

    counts: _Floats  # [period, class, gate, outcome] events
    people: _Floats  # [period, class, gate] people met for the first time
    lawful: _Floats  # [period, pathway, class] people admitted by lawful pathways
    met_later: _Floats  # [period, state] people met at a second or later attempt: class, gate, attempt
    again: _Floats  # [period, class, gate] people who come to a gate for a later attempt, met or not
    waited: _Floats  # [period, state] person-nights spent waiting at a hub or before a gate
    queue: _Floats  # [period, class, gate, JOINED ...] people, and person-nights, for an appointment
    departed: _Floats  # [day, source] people who set out
    stock: _Floats  # [day, place + 2] people at places, on links, beyond the gates
    under_way: _Floats  # [day, leg] people who set out on a leg


@_inner
def _draw(n: float, p: float, key: np.uint64, purpose: np.uint64, expected: bool) -> float:
    if expected:
        return n * min(max(p, 0.0), 1.0)
    return binomial(n, p, uniform(key, purpose))


@_inner
def _go(people: float, day: int, leg: int, days: int, target: int, state: State, out: Out) -> None:
    """Send people along a leg: they are on links until they are due."""
    send(state.due, day + days, np.uint64(target), people)
    state.totals[0] += people
    out.under_way[day, leg] += people


@_inner
def _go_later(people: float, day: int, days: int, target: int, drawn: Drawn, state: State) -> None:
    """Send people on who were stopped and sent back inside the country: they are due later."""
    if people > 0.0:
        later = min(state.due.ends.shape[0] - 1, days + int(drawn.parameters[DELAY_DAYS]))
        send(state.due, day + later, np.uint64(target), people)
        state.totals[0] += people


@_inner
def _stopped(n: float, chance: float, key: np.uint64, drawn: Drawn, expected: bool) -> tuple[float, float]:
    """Return, of people who set out on a stretch, those stopped for good and those who get on later."""
    stopped = _draw(n, chance, key, _STOP, expected)
    later = _draw(stopped, drawn.parameters[RETRY_STOPPED], key, _AGAIN_STOPPED, expected)
    return stopped - later, later


@_inner
def _switch(
    n: float,
    k: int,
    later: int,
    day: int,
    key: np.uint64,
    layout: Layout,
    weights: _Floats,
    state: State,
    mark: np.uint64,
    expected: bool,
) -> float:
    """Send people at a gate to other gates by `weights`, due `later` days on; return those who found none.

    Their attempt stays that of state `k`. At a first attempt they are on links until then, else at the
    town before the new gate; who was flown home (`mark`) stays there.
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
        if part > 0.0:
            send(state.due, day + later, np.uint64(target) | mark, part)
        if mark == FROM_HOME:
            continue
        state.resident[layout.place[k]] -= part
        if attempt == 0:
            state.totals[0] += part
        else:
            state.resident[layout.place[target]] += part
    return left


@_inner
def _largest(values: _Floats) -> float:
    largest = -np.inf
    for value in values:
        largest = max(largest, value)
    return largest


@_inner
def _room(
    day: int, base: np.uint64, layout: Layout, rules: Rules, drawn: Drawn, state: State, order: _Ints,
    expected: bool,
) -> None:  # fmt: skip
    """Work out by gate the share of those due whom a ceiling lets through, and the shift of its sampling.

    At a checkpoint a share passes outside the ceiling. All classes get the same share.
    """
    due, share, shift, total = state.today, state.parts[0], state.parts[1], state.parts[2]
    share[:], shift[:], total[:] = 1.0, 0.0, 0.0
    if _largest(rules.ceiling[day]) < 0.0:
        return
    for entry in order:
        k = np.int64(due.key[entry] & STATE)
        if layout.gate[k] >= 0:
            total[layout.gate[k]] += due.people[entry]
            if layout.kind[k] != GATE and rules.ceiling[day, layout.gate[k]] >= 0.0:
                shift[layout.gate[k]] = drawn.parameters[OUTSIDE]
    for gate in range(share.shape[0]):
        if rules.ceiling[day, gate] >= 0.0 and total[gate] > 0.0:
            share[gate] = min(1.0, shift[gate] + rules.ceiling[day, gate] / total[gate])
            shift[gate] = 0.0 if expected else uniform(mix(base, layout.gate_key[gate]), _ROOM)


@_inner
def _wait_before(
    n: float,
    k: int,
    mark: np.uint64,
    day: int,
    key: np.uint64,
    layout: Layout,
    rules: Rules,
    drawn: Drawn,
    state: State,
    waited: _Floats,
    expected: bool,
) -> None:
    """Keep people before a full gate or checkpoint: some choose another gate, the others come tomorrow."""
    state.resident[layout.place[k]] += n
    if layout.kind[k] == GATE:
        away = _draw(n, drawn.parameters[LEAVE_QUEUE], key, _LEAVE_QUEUE, expected)
        n -= away
        weights, later = rules.choice[day, layout.cls[k]], int(drawn.parameters[SWITCH_DAYS])
        n += _switch(away, k, later, day, key, layout, weights, state, mark, expected)
    if n > 0.0:
        send(state.due, day + 1, np.uint64(k) | mark, n)
        waited[k] += n
    if layout.attempt[k] == 0:
        state.held[k] += n


@_inner
def _by_lot(
    day: int, base: np.uint64, layout: Layout, rules: Rules, drawn: Drawn, state: State, out: Out,
    expected: bool,
) -> None:  # fmt: skip
    """Serve those who wait for an appointment; work out by gate the places left for those who come today.

    Who waits at a gate is as likely to be served as anybody else there: by state this is a multivariate
    hypergeometric law, drawn state by state. Of those not served some give up and go to another gate. Where
    there are no appointments any more, all come to the gate.
    """
    asking, period = state.asking, rules.period[day]
    left, people, places = state.parts[4], state.parts[5], state.parts[6]
    left[:], people[:], nobody = 0.0, 0.0, True
    for k in range(asking.shape[0]):
        if asking[k] > 0.0:
            people[layout.gate[k]] += asking[k]
            nobody = False
    for gate in range(places.shape[0]):
        places[gate] = max(0.0, rules.appointments[day, gate])
        if people[gate] > 0.0:
            if not expected:
                places[gate] = math.floor(places[gate] + uniform(mix(base, layout.gate_key[gate]), _PLACES))
            left[gate] = min(places[gate], people[gate])
            places[gate] -= left[gate]
    if nobody:
        return
    for k in range(asking.shape[0]):
        n, cls, gate, first = asking[k], layout.cls[k], layout.gate[k], layout.attempt[k] == 0
        if n <= 0.0:
            continue
        mark = WAITED if first else np.uint64(0)
        served, gone, asking[k] = 0.0, n, 0.0
        if rules.appointments[day, gate] < 0.0:
            put(state.today, np.uint64(k) | mark, n)
            if first:
                state.held[k] += n
        else:
            key, weights = mix(mix(base, layout.key[k]), WAITED), rules.choice[day, cls]
            if expected:
                served = n * left[gate] / people[gate]
            else:
                served = hypergeometric(n, people[gate] - n, left[gate], uniform(key, _SERVE))
                left[gate] -= served
                people[gate] -= n
            gone = _draw(n - served, drawn.parameters[LEAVE_QUEUE], key, _GIVE_UP, expected)
            if gone > 0.0:
                later = int(drawn.parameters[SWITCH_DAYS])
                gone -= _switch(gone, k, later, day, key, layout, weights, state, mark, expected)
            asking[k] = n - served - gone
            state.resident[layout.place[k]] -= served
            state.totals[1] += served
            out.counts[period, cls, gate, ADMITTED] += served
            if first:
                out.people[period, cls, gate] += served
            else:
                out.met_later[period, k] += served
        out.waited[period, k] += asking[k]
        counted = out.queue[period, cls, gate]
        counted[SERVED] += served
        counted[GAVE_UP] += gone
        counted[NIGHTS] += asking[k]


@_inner
def _appointments(base: np.uint64, layout: Layout, state: State, order: _Ints, expected: bool) -> None:
    """Work out by gate the share of today's arrivals who have an appointment, and the shift of its sampling.

    All classes get the same share. In draws it is systematic sampling: one shift for all classes, so that
    together they are the day's number.
    """
    due, appointed, shift, places = state.today, state.parts[2], state.parts[3], state.parts[6]
    appointed[:], shift[:] = 0.0, 0.0
    if _largest(places) <= 0.0:
        return
    for entry in order:
        k = np.int64(due.key[entry] & STATE)
        if layout.kind[k] == GATE:
            appointed[layout.gate[k]] += due.people[entry]
    for gate in range(appointed.shape[0]):
        if places[gate] > 0.0 and appointed[gate] > 0.0:
            appointed[gate] = min(1.0, places[gate] / appointed[gate])
            shift[gate] = 0.0 if expected else uniform(mix(base, layout.gate_key[gate]), _APPOINT)
        else:
            appointed[gate] = 0.0


@_inner
def _arrivals(
    day: int,
    base: np.uint64,
    layout: Layout,
    rules: Rules,
    drawn: Drawn,
    state: State,
    out: Out,
    expected: bool,
) -> None:
    """Do steps 1 to 3: everybody who is due today."""
    due, resident, totals, held_back = state.today, state.resident, state.totals, state.held
    period = rules.period[day]
    counts, people, waited = out.counts[period], out.people[period], out.waited[period]
    met_later, come_again = out.met_later[period], out.again[period]
    today_key, today_people = due.key, due.people
    empty(due)
    collect(state.due, day, due)
    for entry in range(due.used[0]):
        if today_key[entry] & FROM_HOME > 0:
            # At the gate those who come from home are like all others of their attempt.
            k, n = np.int64(today_key[entry] & STATE), today_people[entry]
            resident[layout.home[layout.cls[k]]] -= n
            resident[layout.place[k]] += n
            today_people[entry] = 0.0
            put(due, np.uint64(k), n)
    _by_lot(day, base, layout, rules, drawn, state, out, expected)
    order = state.order[: due.used[0]]
    in_order(due, order)
    _room(day, base, layout, rules, drawn, state, order, expected)
    _appointments(base, layout, state, order, expected)
    room, room_shift, through = state.parts[0], state.parts[1], state.parts[4]
    appointed, shift, served = state.parts[2], state.parts[3], state.parts[5]
    served[:], through[:] = 0.0, 0.0
    stretches = rules.stop.shape[1] - 2 * drawn.base_return.shape[0]
    for entry in order:
        k, n = np.int64(today_key[entry] & STATE), today_people[entry]
        if n <= 0.0:
            continue
        key, cls, gate, place, first = (
            mix(base, layout.key[k]), layout.cls[k], layout.gate[k], layout.place[k], layout.attempt[k] == 0,
        )  # fmt: skip
        has_waited = today_key[entry] & WAITED
        if first:
            key = mix(key, has_waited) if has_waited > 0 else key
            held = held_back[k]
            held_back[k] = 0.0
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
                before_it = due_today - n
                _wait_before(
                    before_it, int(k), has_waited, day, key, layout, rules, drawn, state, waited, expected
                )
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
            _go(n, day, at, layout.move_days[at], layout.move_target[at], state, out)
            continue
        if layout.kind[k] == HUB:
            if gate >= 0:
                counts[cls, gate, PASSED] += n
            resident[place] += n
            put(state.waiting, np.uint64(k), n)
            continue
        turned, asks = 0.0, 0.0
        if first and has_waited == 0:
            turned = _draw(n, rules.turn_back[day, cls], key, _TURN, expected)
            n -= turned
        come = n
        admitted, passed = 0.0, 0.0
        if appointed[gate] > 0.0:
            before = served[gate]
            served[gate] += n * appointed[gate]
            if expected:
                admitted = n * appointed[gate]
            else:
                admitted = min(n, math.floor(served[gate] + shift[gate]) - math.floor(before + shift[gate]))
        if rules.appointments[day, gate] >= 0.0 and drawn.asks[cls] > 0.0:
            asks = _draw(n - admitted, drawn.asks[cls], key, _ASK, expected)
            n -= asks
            state.asking[k] += asks
            waited[k] += asks
            out.queue[period, cls, gate, JOINED] += asks
            out.queue[period, cls, gate, NIGHTS] += asks
        if layout.between_ports[gate]:
            passed = _draw(n - admitted, drawn.parameters[NOT_MET], key, _UNMET, expected)
        met = n - admitted - passed
        expelled = _draw(met, rules.expel[day, gate, cls], key, _EXPEL, expected)
        # Those whom an ended expulsion would have sent out are returned where a state takes them back.
        accept = rules.accept[day, gate, cls]
        p_return = accept + (1.0 - accept) * drawn.base_return[cls]
        returned = _draw(met - expelled, p_return, key, _RETURN, expected)
        let_in = met - expelled - returned
        flown, again_flown, again = 0.0, 0.0, 0.0
        if expelled > 0.0:
            flown = _draw(expelled, drawn.flown[cls], key, _FLY, expected)
            again_flown = _draw(flown, drawn.retry[cls, FLOWN], key, _AGAIN_FLOWN, expected)
            again = _draw(expelled - flown, drawn.retry[cls, ACROSS], key, _AGAIN_EXPELLED, expected)
        if returned > 0.0:
            again += _draw(returned, drawn.retry[cls, REMOVED], key, _AGAIN_RETURNED, expected)
        resident[place] += turned + asks + expelled - flown + returned
        resident[layout.home[cls]] += flown
        # Who is flown home and tries again comes by a whole journey.
        retry, delay = layout.retry[k], int(drawn.parameters[DELAY_DAYS])
        by_air = delay + layout.home_days[cls]
        for coming, days, mark in ((again, delay, np.uint64(0)), (again_flown, by_air, FROM_HOME)):
            back = coming
            if back <= 0.0:
                continue
            if rules.keep[day, cls, gate] < 1.0:
                own, weights = mix(key, mark) if mark > 0 else key, rules.gain[day, cls]
                moved = _draw(back, 1.0 - rules.keep[day, cls, gate], own, _SWITCH, expected)
                back -= moved
                back += _switch(moved, retry, days, day, own, layout, weights, state, mark, expected)
            if back > 0.0:
                target = np.uint64(retry) | mark
                send(state.due, day + days, target, back)
        totals[1] += admitted + passed + let_in
        if first:
            people[cls, gate] += admitted + met
        else:
            met_later[k] += admitted + met
            come_again[cls, gate] += come
        outcomes = counts[cls, gate]
        outcomes[PASSED] += passed
        outcomes[LET_IN] += let_in
        outcomes[EXPELLED] += expelled
        outcomes[RETURNED] += returned
        outcomes[TURNED_BACK] += turned
        outcomes[ADMITTED] += admitted


@_inner
def _leave_hubs(
    day: int,
    base: np.uint64,
    layout: Layout,
    rules: Rules,
    drawn: Drawn,
    state: State,
    out: Out,
    expected: bool,
) -> None:
    """Do step 4: of those who wait at a hub a share leaves and chooses a gate."""
    stretches = rules.stop.shape[1] - 2 * drawn.base_return.shape[0]
    keys, people, resident = state.waiting.key, state.waiting.people, state.resident
    waited, order = out.waited[rules.period[day]], state.order[: state.waiting.used[0]]
    in_order(state.waiting, order)
    for entry in order:
        k, n = np.int64(keys[entry]), people[entry]
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
            people[entry] -= lost
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
            if part > 0.0:
                _go(part, day, at, layout.move_days[at], layout.move_target[at], state, out)
        # Rounding of the shares may leave somebody without a choice; nobody is lost, they go on waiting.
        people[entry] -= leaving - left
        resident[layout.place[k]] -= leaving - left
        waited[k] += people[entry]


@_inner
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
        total = 0.0
        for c in range(state.queue.shape[1]):
            total += state.queue[w, c]
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


@_inner
def _depart(
    day: int,
    base: np.uint64,
    layout: Layout,
    sources: Sources,
    rules: Rules,
    drawn: Drawn,
    state: State,
    out: Out,
    expected: bool,
) -> None:
    """Do step 6: people set out from their places of origin."""
    for s in range(sources.key.shape[0]):
        mean = drawn.departures[day, s]
        if mean <= 0.0:
            continue
        key = mix(base, sources.key[s])
        n = mean if expected else poisson(mean, uniform(key, _DEPART))
        out.departed[day, s] += n
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
                _go(part, day, sources.leg[at], sources.days[at], sources.target[at], state, out)


@_borrowing
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
        _arrivals(day, base, layout, rules, drawn, state, out, expected)
        _leave_hubs(day, base, layout, rules, drawn, state, out, expected)
        _pathways(day, base, sources, rules, drawn, state, out.lawful[period], expected)
        _depart(day, base, layout, sources, rules, drawn, state, out, expected)
        for place in range(places):
            out.stock[day, place] = state.resident[place]
        out.stock[day, places] = state.totals[0]
        out.stock[day, places + 1] = state.totals[1]


@njit(cache=True, nogil=True)
def crossings(under_way: _Floats, layout: Layout, links: int) -> _Floats:
    """Return float64[day, link], people who cross each link, from the people who set out on each leg.

    The end of a journey that lies beyond the last day is left out.
    """
    days, first_link, on_link, offset = under_way.shape[0], layout.first_link, layout.link, layout.offset
    by_leg, out = under_way.T.copy(), np.zeros((links, days))
    for leg in range(by_leg.shape[0]):
        people = by_leg[leg]
        if _largest(people) > 0.0:
            for at in range(first_link[leg], first_link[leg + 1]):
                later, crossed = offset[at], out[on_link[at]]
                for day in range(days - later):
                    crossed[day + later] += people[day]
    return out.T.copy()


@njit(cache=True, nogil=True)
def set_out(
    under_way: _Floats, layout: Layout, journeys: Journeys, period: _Ints, dangers: int
) -> tuple[_Floats, _Floats]:
    """Return what people who set out on legs add up to by period.

    float64[period, leg], people who set out; and float64[period, class, danger], person-days on links with
    a danger: those who cross it, times the days that the link takes, on the day on which they reach its end.
    As with `crossings`, what lies beyond the last day is left out.
    """
    days, legs, periods = under_way.shape[0], under_way.shape[1], period[-1] + 1
    until = np.zeros((days + 1, legs))  # people who set out before a day
    for day in range(days):
        for leg in range(legs):
            until[day + 1, leg] = until[day, leg] + under_way[day, leg]
    first = np.searchsorted(period, np.arange(periods + 1))
    people = np.zeros((periods, legs))
    exposed = np.zeros((periods, layout.at_gate.shape[0], dangers))
    for p in range(periods):
        for leg in range(legs):
            people[p, leg] = until[first[p + 1], leg] - until[first[p], leg]
            for at in range(layout.first_link[leg], layout.first_link[leg + 1]):
                danger, later = journeys.danger[at], layout.offset[at]
                if danger >= 0:
                    begin, end = max(0, first[p] - later), max(0, first[p + 1] - later)
                    crossed = until[end, leg] - until[begin, leg]
                    exposed[p, journeys.cls[leg], danger] += crossed * journeys.days[at]
    return people, exposed


# People who walk: the day of a displacement. What differs between the rule sets is in `Habits`.

_FOOT = np.uint64(1)
_CLOCK_BITS, _RECENT_BITS, _CLASS_BITS, _WHERE_BITS = (
    np.uint64(4),
    np.uint64(16),
    np.uint64(24),
    np.uint64(36),
)
_CLOCK, _RECENT, _CLASS, _WHERE = np.uint64(0xFFF), np.uint64(0xFF), np.uint64(0xFFF), np.uint64(0xFFFFFFF)
_NO_MORE_TODAY = _CLOCK << _CLOCK_BITS
CLOCK_GRID, RECENT_GRID = 2048, 128
"""Parts of a day on which a time within it is held; parts in which recent travel is held."""
MOST_CLASSES, MOST_CLOCKS = 1 << 12, 0xFFF
_SPAWN, _SPAWN_CLASS, _MOVE, _WAY, _TURN_OF = (np.uint64(purpose) for purpose in (13, 14, 15, 16, 23))
_TURNS = 16.0
"""Most turns in which people come on a day."""
_MEMORY = np.uint64((1 << 36) - 1)
_GRAIN = 1.0 / 64.0
"""Part of a place's room for which people decide at once as it fills up."""
SHARED, EACH, EACH_BY_POPULATION, EACH_POISSON = range(4)
"""How people are spawned: a day's number shared out by weight; a number, a share, a mean at each place."""


class Ground(NamedTuple):
    """Places, links and ways between them. The first stands are the places, where nobody has a plan.

    A stand is a place and what is left of a plan; a step takes a link and leads to a stand. An epoch is a
    time in which the same links are open.
    """

    place_key: _Keys  # [place]
    link_from: _Ints  # [link] place
    link_to: _Ints  # [link] place
    link_km: _Floats  # [link]
    link_speed: _Floats  # [link] km a day
    shuts: _Ints  # [epoch, link] first day after the epoch began on which the link shuts
    stand_place: _Ints  # [stand]
    stand_goal: _Ints  # [stand] last place of the plan; the place itself without one
    stand_key: _Keys  # [stand]
    onward: _Ints  # [epoch, stand] next step of the plan, or -1 where no link is open
    step_link: _Ints  # [step]
    step_stand: _Ints  # [step] stand that it leads to
    step_back: _Ints  # [step] stand of those who are brought back, as the link has shut
    first_option: _Ints  # [epoch, place + 1] options of a place: first_option[e, p] .. first_option[e, p + 1]
    option_step: _Ints  # [option] first step
    option_goal: _Ints  # [option] place at its end
    option_ease: _Floats  # [option] (softening + km of the whole way) ** -distance power
    option_pull: _Floats  # [option] factor on the score of its end
    nears: npt.NDArray[np.bool_]  # [epoch, place] an option ends where room is limited
    same_clock: npt.NDArray[np.int16]  # [stand, km of today] most km that lead to the same; or empty


class Days(NamedTuple):
    """What holds on each day. A row is a set of values that may hold on many days."""

    epoch: _Ints  # [day]
    row: _Ints  # [day]
    group: _Ints  # [class] group that shares scores
    score: _Floats  # [row, group, place]
    leave: _Floats  # [row, place] chance to leave on a day, of who has no plan
    town: npt.NDArray[np.bool_]  # [row, place] where people who have come a short way go on at once
    camp: npt.NDArray[np.bool_]  # [row, place] where people do not set out for when it is nearly full
    room: _Floats  # [row, place] people that a place has room for; infinite without a limit
    drive: _Floats  # [row, place] by `Habits.spawn`: weight by inhabitant, people, share of inhabitants, mean
    new: _Floats  # [day] people spawned on a day, where they are shared out
    at_start: _Floats  # [place] people who are there before the first day
    class_share: _Floats  # [place, class] classes of the people spawned there; sums to 1


class Habits(NamedTuple):
    """How people move; the two rule sets differ here and in nothing else that is compiled."""

    whole_day: bool  # each leg of a day starts with the whole day's distance, and its end must be passed
    on_foot: bool  # the first leg is walked
    stints: bool  # recent travel is kept, and who has come a short way lately leaves a town at once
    lost_if_none: bool  # where no way has weight people take any; otherwise they stay
    by_best_way: bool  # scores count twice and full places do not repel
    spawn: int  # SHARED, EACH, ...
    from_population: bool  # who is spawned is taken from the inhabitants
    top_speed: float  # km a day, by which recent travel is measured; each link has its own speed
    walk_speed: float  # km a day
    base_weight: float  # added to the score of each end
    power: float  # power to which each weight is taken
    buffer: float  # share of a place's room from which on it repels
    prune: float  # ways under the best weight over this are dropped; under 1: none


class Walk(NamedTuple):
    """Where everybody is; changed in place.

    A key is a stand and a memory: class, recent travel, what is used of the day, on foot or not.
    """

    due: Due  # people on links, by the stand that they reach and memory, a list for each day
    standing: Bag  # people at stands, by stand and memory
    staying: Bag  # the same for the coming day, as it fills
    today: Due  # people who come to a stand with some of the day left, by what they have used of it
    now: Bag  # those of them who come at one time, while they decide
    coming: Bag  # people who have been on the way since the night or the morning and come today
    resident: _Floats  # [place] people at a place
    inhabitants: _Floats  # [place]
    totals: _Floats  # [3] people on links; people not yet spawned; draws to leave, choose, share out
    weights: _Floats  # [group, way] cumulated weights from 0; a place's begin at first option + place
    fresh: _Ints  # [group, place] 1 + epoch * rows + row for which they hold, 0: weigh anew
    chosen: _Floats  # [way] people by option, as they are split
    filling: _Floats  # [place] people who are likely to come on a day
    driven: _Floats  # [place] people spawned on a day
    drives: _Floats  # [place + 1] cumulated weights of places by which they are shared out
    piles: _Floats  # [2, 64] ends of ranges of options, and people who are still to be split over them


class Trail(NamedTuple):
    """What is written down of a walk; added to in place."""

    stock: _Floats  # [day, place + 1] people at places and on links
    set_out: _Floats  # [day, link] people who set out on a link that day
    person_days: _Floats  # [link] days that those who set out spend on the link
    spawned: _Floats  # [day] people spawned
    cohorts: _Ints  # [day] cohorts that stand or arrive


@_inner
def _memory(cls: int, recent: int, clock: int) -> np.uint64:
    return (
        (np.uint64(cls) << _CLASS_BITS)
        | (np.uint64(recent) << _RECENT_BITS)
        | (np.uint64(clock) << _CLOCK_BITS)
    )


@_inner
def _held(key: np.uint64, bits: np.uint64, mask: np.uint64) -> int:
    return np.int64(key >> bits & mask)  # type: ignore[return-value]


@_inner
def _at(where: int, memory: np.uint64) -> np.uint64:
    return (np.uint64(where) << _WHERE_BITS) | memory


@_borrowing
def _share_out(
    people: float, cumulated: _Floats, parts: _Floats, piles: _Floats, key: np.uint64, purpose: np.uint64,
    expected: bool,
) -> int:  # fmt: skip
    """Split people over options by weights, cumulated from 0, by halving the list; return the draws made.

    Each half is binomial given both, so the whole is multinomial. One person needs one draw, down to the end.
    """
    draws, options = 0, cumulated.shape[0] - 1
    if expected:
        for i in range(options):
            parts[i] = people * (cumulated[i + 1] - cumulated[i]) / cumulated[options]
        return 0
    # Depth first: `piles` holds the ends of the ranges whose people are still to be split.
    for i in range(options):
        parts[i] = 0.0
    piles[0, 0], piles[1, 0] = options, people
    depth, low = 0, 0
    while depth >= 0:
        n, high = piles[1, depth], int(piles[0, depth])
        if n <= 0.0:
            low = high
            depth -= 1
            continue
        if high - low == 1:
            parts[low] += n
            low = high
            depth -= 1
            continue
        whole = cumulated[high] - cumulated[low]
        if n == 1.0 and whole > 0.0:
            u, end = uniform(mix(key, np.uint64(low) << _S31 | np.uint64(high)), purpose), high
            at = cumulated[low] + (1.0 - u) * whole
            while high - low > 1:
                middle = (low + high) // 2
                # Rounding must not lead to options at the end that have no weight.
                if at < cumulated[middle] or cumulated[middle] == cumulated[high]:
                    high = middle
                else:
                    low = middle
            parts[low] += 1.0
            draws += 1
            low = end
            depth -= 1
            continue
        middle = (low + high) // 2
        p = (cumulated[middle] - cumulated[low]) / whole if whole > 0.0 else 0.0
        if p <= 0.0:
            part = 0.0
        elif p >= 1.0:
            part = n
        else:
            part = binomial(n, p, uniform(mix(key, np.uint64(low) << _S31 | np.uint64(high)), purpose))
            draws += 1
        piles[1, depth], piles[0, depth] = n - part, high
        depth += 1
        piles[1, depth], piles[0, depth] = part, middle
    return draws


@_inner
def _appear(
    people: float, place: int, key: np.uint64, shares: _Floats, on_foot: bool, walk: Walk, expected: bool
) -> None:
    """Let people stand at a place at the start of a day, in their classes."""
    foot, left, share_left = _FOOT if on_foot else np.uint64(0), people, 1.0
    for c in range(shares.shape[0]):
        if shares[c] <= 0.0 or left <= 0.0:
            continue
        part = left
        if expected:
            part = people * shares[c]
        elif shares[c] < share_left - 1e-12:
            part = binomial(left, shares[c] / share_left, uniform(mix(key, np.uint64(c)), _SPAWN_CLASS))
        left -= part
        share_left -= shares[c]
        put(walk.standing, _at(place, _memory(c, 0, 0) | foot), part)
    walk.resident[place] += people


@_inner
def _spawn(
    day: int, base: np.uint64, ground: Ground, days: Days, habits: Habits, walk: Walk, trail: Trail,
    expected: bool,
) -> None:  # fmt: skip
    """Let people be driven from their places; those who cannot be placed wait for a day on which they can."""
    drive, places = days.drive[days.row[day]], ground.place_key.shape[0]
    parts = walk.driven
    parts[:] = 0.0
    if habits.spawn == SHARED:
        walk.totals[1] += days.new[day]
        if walk.totals[1] <= 0.0:
            return
        weights = walk.drives
        for p in range(places):
            weights[p + 1] = weights[p] + drive[p] * walk.inhabitants[p]
        if weights[places] <= 0.0:
            return
        walk.totals[2] += _share_out(walk.totals[1], weights, parts, walk.piles, base, _SPAWN, expected)
        walk.totals[1] = 0.0
        if habits.from_population:
            for p in range(places):
                driven = parts[p]
                parts[p] = min(driven, walk.inhabitants[p])
                walk.totals[1] += driven - parts[p]
    else:
        for p in range(places):
            mean = drive[p] * walk.inhabitants[p] if habits.spawn == EACH_BY_POPULATION else drive[p]
            if mean <= 0.0:
                continue
            if habits.spawn != EACH_POISSON:
                parts[p] = math.floor(mean)
            elif expected:
                parts[p] = mean
            else:
                parts[p] = poisson(mean, uniform(mix(base, ground.place_key[p]), _SPAWN))
            if habits.from_population:
                parts[p] = min(parts[p], walk.inhabitants[p])
    for p in range(places):
        if parts[p] > 0.0:
            key = mix(base, ground.place_key[p])
            _appear(parts[p], p, key, days.class_share[p], habits.on_foot, walk, expected)
            trail.spawned[day] += parts[p]
            if habits.from_population:
                walk.inhabitants[p] -= parts[p]


@_inner
def _crowding(room: float, people: float, buffer: float) -> float:
    """Return the factor by which a place that fills up attracts less: 1 with room, 0 when full."""
    if people <= buffer * room:
        return 1.0
    if people >= room:
        return 0.0
    return 1.0 - (people - buffer * room) / (room * (1.0 - buffer))


@_inner
def _any_limit(room: _Floats) -> bool:
    any_limit = False
    for place in range(room.shape[0]):
        any_limit |= room[place] < np.inf
    return any_limit


@_inner
def _few(room: float, resident: float, people: float, buffer: float) -> float:
    """Return how many of some people may decide at once, as a place ahead fills up; at least one."""
    if resident >= room or resident + people <= buffer * room:
        return max(people, 1.0)
    return max(1.0, math.floor(room * _GRAIN))


@_inner
def _weigh(
    cumulated: _Floats, first: int, ends: _Ints, ease: _Floats, pull: _Floats, score: _Floats, room: _Floats,
    resident: _Floats, people: float, habits: Habits,
) -> float:  # fmt: skip
    """Cumulate the weights of a place's options; return how many of some people can decide by them.

    It is infinite where they hold until scores or links change, and finite where an end has limited room.
    """
    total, best, most, options = 0.0, 0.0, np.inf, cumulated.shape[0] - 1
    cumulated[0] = 0.0
    for i in range(options):
        goal = ends[first + i]
        worth = score[goal] * pull[first + i]
        weight = (habits.base_weight + worth) * ease[first + i]
        if habits.by_best_way:
            weight = weight**habits.power * worth
        else:
            if room[goal] < np.inf:
                weight *= _crowding(room[goal], resident[goal], habits.buffer)
                most = min(most, _few(room[goal], resident[goal], people, habits.buffer))
            if habits.power != 1.0:
                weight = weight**habits.power
        best = max(best, weight)
        total += weight
        cumulated[i + 1] = total
    if habits.prune >= 1.0:
        floor, before, total = best / habits.prune, 0.0, 0.0
        for i in range(options):
            weight = cumulated[i + 1] - before
            before = cumulated[i + 1]
            total += weight if weight >= floor else 0.0
            cumulated[i + 1] = total
    if total <= 0.0 and habits.lost_if_none:
        for i in range(options):
            cumulated[i + 1] = i + 1.0
    return most


@_inner
def _recent_after(recent: int, days_moved: float) -> int:
    """Return half of recent travel and half of today's, on its grid; a half step is rounded down."""
    return min(math.ceil((recent + days_moved * RECENT_GRID) / 2.0 - 0.5), 255)


@_inner
def _come_due(day: int, ground: Ground, walk: Walk) -> None:
    """Let everybody come who is due today: for the night, or to decide with what is left of the day."""
    due, resident, stand_place = walk.due, walk.resident, ground.stand_place
    entry = take(due, day)
    while entry >= 0:
        key, people = due.key[entry], due.people[entry]
        walk.totals[0] -= people
        if key & _NO_MORE_TODAY == _NO_MORE_TODAY:
            resident[stand_place[_held(key, _WHERE_BITS, _WHERE)]] += people
            put(walk.staying, key & ~_NO_MORE_TODAY, people)
        else:
            put(walk.coming, key, people)
        entry = take(due, day)


@_inner
def _turns(day: int, ground: Ground, days: Days, walk: Walk, habits: Habits) -> int:
    """Return in how many turns people come today: one, unless a place could fill up by that.

    People come and go on one after the other, so that the first fill a place for the last.
    There is a turn for each part of its room that is likely to be filled today, and `_TURNS` at most.
    """
    coming, epoch, row = walk.coming, days.epoch[day], days.row[day]
    room, resident, people, close = days.room[row], walk.resident, 0.0, False
    for entry in range(coming.used[0]):
        people += coming.people[entry]
    for place in range(room.shape[0]):
        here = resident[place]
        close |= here < room[place] < np.inf and here + people > habits.buffer * room[place]
    if not close:
        return 1
    filling = walk.filling
    filling[:] = 0.0
    for entry in range(coming.used[0]):
        key, people = coming.key[entry], coming.people[entry]
        stand, group = _held(key, _WHERE_BITS, _WHERE), days.group[_held(key, _CLASS_BITS, _CLASS)]
        place, goal = ground.stand_place[stand], ground.stand_goal[stand]
        filling[place] += people
        if stand != place:
            filling[goal] += people
        elif ground.nears[epoch, place]:
            first = ground.first_option[epoch, place]
            ways = ground.first_option[epoch, place + 1] - first
            cumulated = walk.weights[group, first + place : first + place + ways + 1]
            walk.fresh[group, place] = 0
            _weigh(
                cumulated, first, ground.option_goal, ground.option_ease, ground.option_pull,
                days.score[row, group], room, resident, people, habits,
            )  # fmt: skip
            whole = cumulated[ways]
            for i in range(ways if whole > 0.0 else 0):
                share = (cumulated[i + 1] - cumulated[i]) / whole
                filling[ground.option_goal[first + i]] += people * days.leave[row, place] * share
    turns = 1.0
    for place in range(room.shape[0]):
        here = resident[place]
        if here < room[place] < np.inf and here + 3.0 * filling[place] > habits.buffer * room[place]:
            # People go on from place to place, so that more than these may come.
            turns = max(turns, min(_TURNS, filling[place] / (room[place] * _GRAIN)))
    return int(turns)


@_inner
def _come(turn: int, turns: int, base: np.uint64, ground: Ground, walk: Walk, expected: bool) -> None:
    """Let the part of a turn come of all who come today; each cohort is cut as evenly as it goes."""
    coming, resident, stand_place = walk.coming, walk.resident, ground.stand_place
    for entry in range(coming.used[0]):
        key, part = coming.key[entry], coming.people[entry]
        stand = _held(key, _WHERE_BITS, _WHERE)
        if turns > 1:
            step = part / turns
            part = step
            if not expected:
                shift = uniform(mix(mix(base, ground.stand_key[stand]), key & _MEMORY), _TURN_OF)
                part = math.floor((turn + 1) * step + shift) - math.floor(turn * step + shift)
        if part > 0.0:
            resident[stand_place[stand]] += part
            send(walk.today, _held(key, _CLOCK_BITS, _CLOCK), key, part)


@_inner
def _decide(
    day: int, base: np.uint64, ground: Ground, days: Days, habits: Habits, walk: Walk, trail: Trail,
    expected: bool,
) -> None:  # fmt: skip
    """Let people decide and set out.

    In the morning those who stand somewhere, those at places with limited room first (turn -2, then -1);
    after that (turn 0) those who come somewhere with some of the day left, by the time at which they come.
    Who goes on then comes later, so each time is met once in a turn.

    Nobody sets out for a camp that is nearly full; such plans are given up, and people stay.
    """
    epoch, row, places = days.epoch[day], days.row[day], ground.place_key.shape[0]
    mark, nobody = 1 + epoch * days.score.shape[0] + row, np.uint64(0)
    score, leave, town = days.score[row], days.leave[row], days.town[row]
    camp, room, group_of = days.camp[row], days.room[row], days.group
    stand_place, stand_goal, stand_key = ground.stand_place, ground.stand_goal, ground.stand_key
    onward, shuts, first_option = ground.onward[epoch], ground.shuts[epoch], ground.first_option[epoch]
    option_step, option_goal = ground.option_step, ground.option_goal
    option_ease, option_pull = ground.option_ease, ground.option_pull
    step_link, step_stand, step_back = ground.step_link, ground.step_stand, ground.step_back
    link_km, link_speed, same_clock = ground.link_km, ground.link_speed, ground.same_clock
    set_out, person_days = trail.set_out[day], trail.person_days
    resident, totals, fresh, weights = walk.resident, walk.totals, walk.fresh, walk.weights
    parts, piles = walk.chosen, walk.piles
    standing, now = walk.standing, walk.now
    today = walk.today
    staying, due = walk.staying, walk.due
    limited = _any_limit(room)
    trail.cohorts[day] += standing.used[0]
    turn, turns, own = -2 if limited else -1, 1, base
    while turn < turns:
        if turn >= 0:
            if turn == 0:
                _come_due(day, ground, walk)
                turns = _turns(day, ground, days, walk, habits)
            _come(turn, turns, base, ground, walk, expected)
            own = mix(base, np.uint64(turn)) if turn > 0 else base
        for time in range(min(turn, 0), today.ends.shape[0] if turn >= 0 else min(turn, 0) + 1):
            # Most times are empty: nothing is fetched before that is known.
            if turn >= 0 and today.ends[time, 0] < 0:
                continue
            keys, counts, entries = standing.key, standing.people, standing.used[0]
            if turn >= 0:
                empty(now)
                collect(today, time, now)
                keys, counts, entries = now.key, now.people, now.used[0]
                trail.cohorts[day] += entries
            for entry in range(entries):
                key, people = keys[entry], counts[entry]
                stand, cls = _held(key, _WHERE_BITS, _WHERE), _held(key, _CLASS_BITS, _CLASS)
                recent, clock = _held(key, _RECENT_BITS, _RECENT), _held(key, _CLOCK_BITS, _CLOCK)
                on_foot, place = (key & _FOOT) > 0, stand_place[stand]
                if turn < 0 and limited and (room[place] < np.inf) != (turn == -2):
                    continue
                chance = 1.0 if stand >= places else leave[place]
                night = recent
                if habits.stints:
                    lately = (recent / RECENT_GRID + clock / habits.top_speed) / 2.0
                    if turn >= 0 and town[place] and lately < 0.5:
                        chance = 1.0
                    night = _recent_after(recent, clock / habits.top_speed)
                memory = _memory(cls, night, 0) | (_FOOT if on_foot else nobody)
                if turn >= 0 and not habits.whole_day and chance < 1.0:
                    put(staying, _at(stand, memory), people)
                    continue
                key = mix(mix(own, stand_key[stand]), _memory(cls, recent, clock) | np.uint64(on_foot))
                leaving = people
                if chance < 1.0:
                    leaving = _draw(people, chance, key, _MOVE, expected)
                    totals[2] += 1.0
                    if leaving < people:
                        put(staying, _at(stand, memory), people - leaving)
                    if leaving <= 0.0:
                        continue
                first, ways, chooses = 0, 1, stand == place
                group = group_of[cls]
                if chooses:
                    first = first_option[place]
                    ways = first_option[place + 1] - first
                cumulated = weights[group, first + place : first + place + ways + 1]
                # Where a place ahead fills up people decide a few at a time, so that the later ones see the
                # earlier ones there; otherwise all at once.
                few = turns > 1
                while leaving > 0.0:
                    now_leaving = leaving
                    if chooses:
                        if fresh[group, place] != mark:
                            most = _weigh(
                                cumulated, first, option_goal, option_ease, option_pull, score[group], room,
                                resident, leaving, habits,
                            )  # fmt: skip
                            fresh[group, place] = mark if most == np.inf else 0
                            if few:
                                now_leaving = min(leaving, most)
                        if cumulated[ways] <= 0.0:
                            put(staying, _at(place, memory), leaving)
                            break
                        totals[2] += _share_out(now_leaving, cumulated, parts, piles, key, _WAY, expected)
                        key = mix(key, nobody)
                    else:
                        if few:
                            goal = stand_goal[stand]
                            now_leaving = min(
                                leaving, _few(room[goal], resident[goal], leaving, habits.buffer)
                            )
                        parts[0] = now_leaving
                    leaving -= now_leaving
                    for way in range(ways):
                        part = parts[way]
                        if part <= 0.0:
                            continue
                        step = option_step[first + way] if chooses else onward[stand]
                        goal = option_goal[first + way] if chooses else stand_goal[stand]
                        if step < 0 or (
                            camp[goal] and _crowding(room[goal], resident[goal], habits.buffer) < 0.5
                        ):
                            put(staying, _at(place, memory), part)
                            continue
                        link = step_link[step]
                        resident[place] -= part
                        speed, km = habits.walk_speed if on_foot else link_speed[link], link_km[link]
                        set_out[link] += part
                        person_days[link] += part * km / speed
                        after, used, since = 0, clock, recent
                        if not habits.whole_day:
                            used += max(1, int(CLOCK_GRID * km / speed + 0.5))
                            after = max(0, (used - 1) // CLOCK_GRID)
                            used -= after * CLOCK_GRID
                            more = used < CLOCK_GRID
                        else:
                            if km < speed:
                                used += max(1, int(km + 0.5))
                            else:
                                after = int(km / speed)
                                used = int(km - after * speed + 0.5)
                                if habits.stints:
                                    since = _recent_after(since, (clock + speed) / habits.top_speed)
                                    for _ in range(min(after - 1, 16)):
                                        since = _recent_after(since, speed / habits.top_speed)
                            more = used < speed
                        reached = step_stand[step]
                        if shuts[link] <= day + after:
                            reached, more = step_back[step], False
                        if not more and habits.stints:
                            since = _recent_after(since, used / habits.top_speed)
                        if more and used < same_clock.shape[1]:
                            used = same_clock[reached, used]
                        arriving = _at(reached, _memory(cls, since, used if more else 0))
                        if after > 0:
                            totals[0] += part
                            arriving |= nobody if more else _NO_MORE_TODAY
                            send(due, day + after, arriving, part)
                            continue
                        if more and turn < 0:
                            put(walk.coming, arriving, part)
                            continue
                        resident[stand_place[reached]] += part
                        if more:
                            send(today, used, arriving, part)
                        else:
                            put(staying, arriving, part)
        turn += 1


@_borrowing
def wander(
    first_day: int,
    last_day: int,
    seed: int,
    number: int,
    ground: Ground,
    days: Days,
    habits: Habits,
    walk: Walk,
    trail: Trail,
    expected: bool,
) -> None:
    """Move run `number` of a displacement from `first_day` up to before `last_day`.

    `walk` and `trail` change in place. A day: people appear; who stands somewhere decides; who is due comes;
    who has some of the day left goes on. It ends early where a store has no room for another cohort.
    """
    start = mix(mix(np.uint64(0), np.uint64(seed)), np.uint64(number))
    places = walk.resident.shape[0]
    for day in range(first_day, last_day):
        base = mix(start, np.uint64(day))
        if day == 0:
            for p in range(places):
                if days.at_start[p] > 0.0:
                    # Day -1: these are not the people spawned on day 0.
                    key = mix(start, ground.place_key[p])
                    _appear(days.at_start[p], p, key, days.class_share[p], habits.on_foot, walk, expected)
        _spawn(day, base, ground, days, habits, walk, trail, expected)
        empty(walk.coming)
        _decide(day, base, ground, days, habits, walk, trail, expected)
        pour(walk.staying, walk.standing)
        for place in range(places):
            trail.stock[day, place] = walk.resident[place]
        trail.stock[day, places] = walk.totals[0]
        full = walk.due.used[2] + walk.today.used[2] + walk.now.used[1] + walk.coming.used[1]
        if full + walk.staying.used[1] + walk.standing.used[1] > 0:
            break
