"""The scenario: a region by reference, the policies that hold in it, and what differs in departures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from travesia.scenario.policy import DepartureChange, Parameter, Policy
from travesia.terms import Span


@dataclass(frozen=True)
class Scenario:
    """One world to be run. `known` is set where only what was known by then may act (else ``None``).

    `base` names the scenario that this one overrides, `changes` says in words what differs from it.
    `first_difference` is the first day on which it can differ from `base`, ``None`` for a base.
    """

    name: str
    title: str
    region: str
    policies: tuple[Policy, ...]
    parameters: tuple[Parameter, ...]
    departures: tuple[DepartureChange, ...]
    span: Span
    rules: str = "travesia"
    known: date | None = None
    base: str | None = None
    changes: tuple[str, ...] = ()
    first_difference: date | None = None
    digest: str = ""
