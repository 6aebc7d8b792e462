"""The timetable: policies as per-day arrays, which is all that the movement kernel sees of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from travesia.scenario.policy import Policy


@dataclass(frozen=True)
class Pathway:
    """A lawful way in with a daily quota: policy id, its links, its nationalities, people a day."""

    policy: str
    links: tuple[str, ...]
    nationalities: tuple[str, ...]
    quota_people: npt.NDArray[np.float64]
    """float64[day]: admissions a day, 0 while not in force; infinite where the policy names no number."""


@dataclass(frozen=True, eq=False)
class Effect:
    """A policy that acts through choices, queues or the way: when, and at which gates with which weight."""

    policy: Policy
    first_day: int
    """Number of its first day, below 0 before the timetable begins."""
    in_force: npt.NDArray[np.bool_]
    """bool[day]."""
    announced: npt.NDArray[np.bool_]
    """bool[day]: announced, and soon to be in force."""
    at_gates: npt.NDArray[np.float64]
    """float64[gate], the share of the places of a gate that the policy names; 0 for others."""


@dataclass(frozen=True)
class Timetable:
    """Per-day arrays of a scenario over `days` days from `start`; gates and classes in the given order."""

    start: date
    days: int
    gates: tuple[str, ...]
    nationalities: tuple[str, ...]
    expulsion: npt.NDArray[np.bool_]
    """bool[gate, nationality, day]: an expulsion policy is in force."""
    returns: npt.NDArray[np.bool_]
    """bool[gate, nationality, day]: another state takes people back under ordinary law (kind return)."""
    appointments_people: npt.NDArray[np.float64]
    """float64[gate, day]: lawful admissions a day by appointment; NaN where no such system is in force."""
    pathways: tuple[Pathway, ...]
    effects: tuple[Effect, ...]
    """Policies whose effect is worked out where choices are made."""
    acting: tuple[str, ...]
    """Ids of the policies that these arrays hold."""
    not_modelled: tuple[tuple[str, str, str], ...]
    """(id, kind, reason) of policies with ``in_model`` that move nobody here."""
