"""The arrays between a plan and the compiled kernel: names, axes and meanings.

Everything is float64 or int64, days first, so that the kernel reads one day after the other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_Ints = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]

CHECKPOINT, HUB, GATE = 0, 1, 2
"""Kinds of station."""
PASSED, LET_IN, HELD, EXPELLED, RETURNED, TURNED_BACK, ADMITTED = range(7)
"""Outcomes at a gate; `PASSED` is not met (at a checkpoint: passed through)."""
OUTCOMES = ("passed", "let_in", "held", "expelled", "returned", "turned_back", "admitted")
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


class State(NamedTuple):
    """Where everybody is; changed in place."""

    due: _Floats  # [slot, state] people who reach the state on a day, day modulo slots
    waiting: _Floats  # [state] people who wait at a hub
    resident: _Floats  # [place] people at a place: waiting, held, or sent back there
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
