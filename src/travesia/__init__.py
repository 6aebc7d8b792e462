"""Travesia: who moves, where do they arrive, who takes responsibility, and were the promises kept.

The public names stand in one table and are loaded from the doors of their rooms on first use, so that
importing the package costs next to nothing.
"""

from importlib import import_module
from typing import Any

from travesia.version import __version__

_DOORS = {
    "Amount": "travesia.terms",
    "AwardOptions": "travesia.sharing",
    "Awards": "travesia.sharing",
    "Balance": "travesia.tracking",
    "Cite": "travesia.terms",
    "Flows": "travesia.movement",
    "Key": "travesia.sharing",
    "Ledger": "travesia.record",
    "OnlineRule": "travesia.sharing",
    "Options": "travesia.movement",
    "Parameter": "travesia.scenario",
    "Placements": "travesia.sharing",
    "Policy": "travesia.scenario",
    "Region": "travesia.region",
    "Request": "travesia.study",
    "Scenario": "travesia.scenario",
    "Shares": "travesia.sharing",
    "Source": "travesia.terms",
    "Span": "travesia.terms",
    "Study": "travesia.study",
    "TravesiaError": "travesia.terms",
    "as_known": "travesia.scenario",
    "assign": "travesia.sharing",
    "audit_key": "travesia.sharing",
    "award": "travesia.sharing",
    "award_properties": "travesia.sharing",
    "check_pack": "travesia.region",
    "compare_awards": "travesia.sharing",
    "fair_shares": "travesia.sharing",
    "find_key": "travesia.sharing",
    "key_ranges": "travesia.sharing",
    "load_ledger": "travesia.record",
    "load_policies": "travesia.scenario",
    "load_region": "travesia.region",
    "load_scenario": "travesia.scenario",
    "members_of": "travesia.sharing",
    "pack_names": "travesia.region",
    "place_online": "travesia.sharing",
    "prepare": "travesia.study",
    "read_instance": "travesia.sharing",
    "read_needs": "travesia.sharing",
    "render": "travesia.report",
    "run_study": "travesia.study",
    "save_study": "travesia.study",
    "scenario_names": "travesia.scenario",
    "simulate": "travesia.movement",
    "stats": "travesia.movement",
    "timetable": "travesia.scenario",
    "track": "travesia.tracking",
    "with_end": "travesia.scenario",
    "without": "travesia.scenario",
}
"""Public name -> the door that it comes through."""

__all__ = ["__version__", *_DOORS]  # noqa: PLE0604 - the names of the table are text


def __getattr__(name: str) -> Any:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
