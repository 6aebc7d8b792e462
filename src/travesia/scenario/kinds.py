"""The closed lists of policies: kinds, units, legal bases, and what the kernel cannot act on yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LATER: Mapping[str, str | None] = MappingProxyType({
    "expulsion": None,
    "return": None,
    "exemption": None,
    "appointments": None,
    "quota-pathway": None,
    "deterrence": "lowers the chance of protection; its effect on departures is not fitted yet",
    "capacity": "a ceiling on passages needs queues at links, which come later",
    "closure": "closes lawful passage only; irregular links stay open",
    "reopening": "closures of lawful passage are not modelled yet",
    "visa": "visas on links are not modelled yet; departures worked back hold their effect",
    "visa-lifted": "visas on links are not modelled yet; departures worked back hold their effect",
    "resettlement": "refugees taken in from abroad are tracked against the pledge, not moved",
    "status": "leave to stay for people already there moves no one",
    "reception": "shelter and onward transfer are not modelled yet",
    "transit-enforcement": "checks on the way are not modelled yet; observed holds are dated gate outcomes",
    "transit-facilitation": "easier passage is not modelled yet",
    "cost-risk": "itineraries do not weigh fees yet",
    "sanction": "the effect on departures is not fitted yet",
    "sanction-relief": "the effect on departures is not fitted yet",
    "information": "beliefs are not modelled yet",
    "origin-shock": "its size is in the departures worked back, not a switch of its own yet",
    "commitment": "an instrument without an effect of its own",
    "announcement": "beliefs are not modelled yet",
})  # fmt: skip
"""Every kind of policy, with the reason why the kernel does not act on it yet (``None``: it does)."""

DEMOGRAPHIC = "acts on some demographic groups only; demographic classes come later"
WAITING = "sent elsewhere to wait or to claim there: the share enrolled is not observed here"
NO_GATE = "no gate of the pack stands where it acts"
NO_CLASS = "no nationality with an origin in the pack is under it"
NO_LINK = "names no link to travel on"
NO_PARENT = "exempts from a policy that the kernel does not act on"
OPEN_TOTAL = "a total without a known end cannot be spread over days"

ORDINARY_RETURN = "ordinary-law"
LEGAL_BASES = ("public-health-order", ORDINARY_RETURN, "wait-for-hearing", "asylum-cooperative-agreement")
DEMOGRAPHICS = ("unaccompanied_child", "family_unit", "single_adult")

DAYS_A_MONTH = 30.4375
PER_DAY, PER_MONTH, TOTAL, NO_RATE = "per day", "per month", "total", "no number of people a day"
UNITS: Mapping[str, str] = MappingProxyType({
    "appointments per day": PER_DAY,
    "persons per day": PER_DAY,
    "persons per day, Tuesday to Saturday": NO_RATE,
    "persons per month": PER_MONTH,
    "persons per month accepted by Mexico": PER_MONTH,
    "persons in total": TOTAL,
    "persons over two fiscal years": TOTAL,
    "visas in the fiscal year": TOTAL,
    "persons registered, about": NO_RATE,
    "cards issued": NO_RATE,
    "USD per person": NO_RATE,
    "USD per person (fine waived)": NO_RATE,
    "ratio": NO_RATE,
})  # fmt: skip
"""Every unit that an effect may have, and how it becomes people a day; units are never guessed."""
