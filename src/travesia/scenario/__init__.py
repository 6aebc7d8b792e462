"""From a region, policies and choices to a scenario."""

from travesia.scenario.acting import people_a_day, timetable
from travesia.scenario.branching import KnownEnd, NamedEnd, branches, ends_known
from travesia.scenario.changes import first_difference, with_end, without
from travesia.scenario.files import load_parameters
from travesia.scenario.known import as_known
from travesia.scenario.loading import load_scenario, scenario_names
from travesia.scenario.policies import Plan, check_policies, load_policies, load_policy_set
from travesia.scenario.policy import DepartureChange, Parameter, Policy
from travesia.scenario.scenario import Scenario
from travesia.scenario.timetable import Effect, Pathway, Timetable

__all__ = [
    "DepartureChange",
    "Effect",
    "KnownEnd",
    "NamedEnd",
    "Parameter",
    "Pathway",
    "Plan",
    "Policy",
    "Scenario",
    "Timetable",
    "as_known",
    "branches",
    "check_policies",
    "ends_known",
    "first_difference",
    "load_parameters",
    "load_policies",
    "load_policy_set",
    "load_scenario",
    "people_a_day",
    "scenario_names",
    "timetable",
    "with_end",
    "without",
]
