"""The state of a commitment on a day: a pure function of what was promised, observed, and the day.

The first rule that holds decides. "Window" is from the first to the last day of the commitment.

=====================================================================  ==========================
on the day                                                             state
=====================================================================  ==========================
another commitment supersedes or amends it before its window closed    superseded
another one withdraws it before its window closed                      withdrawn
another one blocks it, and its own window has not closed               blocked
it is conditional and names its condition                              blocked
it names no amount, or is marked as not measurable                     unverifiable
its window has not opened, or no month of it is over (monthly ones)    announced, pledged or
                                                                       formalised, by its basis
nothing counts in its own unit, money included                         unreported
something counts, but has nothing for the window yet                   unreported
more than the amount is counted                                        exceeded
exactly the amount is counted                                          met
less is counted, the window is open                                    in_progress
less is counted, the window is over, something is missing              unreported
less is counted, the window is over, everything is counted             lapsed
=====================================================================  ==========================

Announced and offered commitments are ``announced``, pledged ones ``pledged``, committed and agreed ones
``formalised``. ``at_least`` and ``about`` are held against the amount itself. A ceiling (``up_to``) is met
only where it is reached: silence or a lower count never meets it, and it leaves no gap, for it owes nothing.

People may set another state, by a record of their own with a cite: see `travesia.tracking.overrides`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal

from travesia.tracking.commitment import Commitment
from travesia.tracking.measures import Delivered

State = Literal[
    "announced", "pledged", "formalised", "in_progress", "met", "exceeded", "lapsed",
    "superseded", "withdrawn", "blocked", "unverifiable", "unreported",
]  # fmt: skip

_BY_BASIS: Mapping[str, State] = MappingProxyType(
    {
        "announced": "announced",
        "offered": "announced",
        "pledged": "pledged",
        "committed": "formalised",
        "agreed": "formalised",
    }
)
_BY_RELATION: Mapping[str, tuple[State, str]] = MappingProxyType(
    {
        "supersedes": ("superseded", "superseded"),
        "amends": ("superseded", "amended"),
        "withdraws": ("withdrawn", "withdrawn"),
        "blocks": ("blocked", "blocked"),
    }
)
"""State of a commitment that another one touches, and the word for it."""
_ENDED = ("superseded", "withdrawn")


def state_on(
    day: date, commitment: Commitment, others: Sequence[Commitment], delivered: Delivered | None
) -> tuple[State, str]:
    """Return the state of a commitment and why, by the table above.

    Parameters
    ----------
    day
        The day asked about.
    commitment
        Made on that day or before.
    others
        Commitments that may supersede, amend, withdraw or block it; later ones do not count.
    delivered
        What its measure counted up to that day; ``None`` where nothing measures it.
    """
    if touched := _touched(day, commitment, others):
        return touched
    if commitment.held_by is not None:
        return "blocked", f"waits on its condition: {commitment.held_by}"
    if commitment.amount is None:
        return "unverifiable", "names no amount to hold it against"
    if not commitment.measurable:
        return "unverifiable", "is marked as not measurable"
    if day < commitment.first_day:
        return _BY_BASIS[commitment.basis], f"its window opens on {commitment.first_day}"
    if delivered is None:
        return "unreported", _silence(commitment)
    if not delivered.begun:
        return _BY_BASIS[commitment.basis], "no whole month of its window is over"
    if delivered.amount is None:
        return "unreported", f"{delivered.by} has nothing for this window"
    return _against(commitment.amount, day, commitment, delivered)


def _touched(day: date, commitment: Commitment, others: Sequence[Commitment]) -> tuple[State, str] | None:
    """Return what another commitment did to it; what ends it counts before what only holds it up."""
    last = commitment.last_day
    found = []
    for other in sorted(others, key=lambda other: (other.made, other.id)):
        relation = other.relation or ""
        if other.related_to != commitment.id or relation not in _BY_RELATION:
            continue
        if other.made > day or (last is not None and other.made > last):
            continue
        state, word = _BY_RELATION[relation]
        held = state in _ENDED or other.last_day is None or day <= other.last_day
        if held:
            found.append((state, f"{word} by {other.id} of {other.made}"))
    return next((each for each in found if each[0] in _ENDED), found[0] if found else None)


def _silence(commitment: Commitment) -> str:
    if commitment.is_money:
        return "money paid is not reported in any series; what was pledged never counts as delivered"
    if commitment.measured_by:
        return f"{commitment.measured_by} counts nothing in its unit and by month"
    return "nothing measures it"


def _against(amount: float, day: date, commitment: Commitment, delivered: Delivered) -> tuple[State, str]:
    """Hold a count against an amount."""
    count = delivered.amount or 0
    over = commitment.last_day is not None and day >= commitment.last_day
    told = f"counted to the end of {delivered.reported_to} in {delivered.by}"
    if commitment.bound == "up_to":
        told += "; up to: a ceiling, no floor was promised"
    if count > amount:
        return "exceeded", told
    if count == amount:
        return "met", told
    if not over:
        return "in_progress", told
    if not delivered.complete:
        return "unreported", f"{told}; later months of its window are not reported"
    return "lapsed", told
