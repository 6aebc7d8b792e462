"""The closed lists of policies: kinds, units, legal bases, and the reasons why a policy moves nobody."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ELSEWHERE = "concerns people who have arrived, whom the model no longer follows"
KINDS: Mapping[str, str | None] = MappingProxyType({
    "expulsion": None,
    "return": None,
    "exemption": None,
    "appointments": None,
    "quota-pathway": None,
    "pathway-bar": None,
    "deterrence": None,
    "capacity": None,
    "closure": None,
    "reopening": None,
    "visa": None,
    "visa-lifted": None,
    "resettlement": "refugees taken in from abroad are tracked against the pledge, not moved",
    "status": None,
    "reception": "shelter and onward transfer: no figure says whether they make people stay or go on",
    "transit-enforcement": None,
    "transit-facilitation": None,
    "cost-risk": None,
    "sanction": None,
    "sanction-relief": None,
    "information": None,
    "origin-shock": None,
    "commitment": "acts on nothing by itself: an instrument or promise, tracked and not simulated",
    "announcement": "acts on nothing by itself: what is announced acts from its own day of announcement",
})  # fmt: skip
"""Every kind of policy; with a reason where none of its kind can move anybody here (``None``: it can)."""

EFFECTS = frozenset({
    "deterrence", "capacity", "closure", "reopening", "visa", "visa-lifted", "status", "transit-enforcement",
    "transit-facilitation", "cost-risk", "sanction", "sanction-relief", "information", "origin-shock",
    "pathway-bar",
})  # fmt: skip
"""Kinds that act through what they change, against the baseline, of a choice, a queue or a stretch."""

NO_GATE = "no gate of the pack stands where it acts"
NO_CLASS = "no nationality with an origin in the pack is under it"
NO_LINK = "names no link to travel on and no number of people: it refers people to other pathways"
NO_PARENT = "exempts from a policy that the scenario does not hold"
NO_PATHWAY = "bars from a pathway that the scenario does not hold on these days"
NO_NUMBER = "names no number of people, and nobody who came by it is counted at a gate"
NO_CEILING = "names no number of appointments: those admitted are in the counts of the ports"
OPEN_TOTAL = "a total without a known end cannot be spread over days"

ORDINARY_RETURN, WAIT_FOR_HEARING = "ordinary-law", "wait-for-hearing"
LEGAL_BASES = ("public-health-order", ORDINARY_RETURN, WAIT_FOR_HEARING, "asylum-cooperative-agreement")
DEMOGRAPHICS = ("unaccompanied_child", "family_unit", "single_adult")

DAYS_A_MONTH = 30.4375
PER_DAY, PER_MONTH, TOTAL, NO_RATE = "per day", "per month", "total", "no number of people a day"
TUESDAY_TO_SATURDAY = "per day, from Tuesday to Saturday"
UNITS: Mapping[str, str] = MappingProxyType({
    "appointments per day": PER_DAY,
    "persons per day": PER_DAY,
    "persons per day, Tuesday to Saturday": TUESDAY_TO_SATURDAY,
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
