"""From a scenario to flows: itineraries, the compiled kernel, ensembles."""

from travesia.movement.demand import Demand
from travesia.movement.draws import CENTRAL, draw, draw_runs, drawn_parameters, rules_of_runs
from travesia.movement.ensemble import (
    Options,
    Progress,
    count_work,
    expected_as_flows,
    expected_flows,
    simulate,
    warm_up,
)
from travesia.movement.flows import (
    BEYOND,
    MEASURES,
    ON_LINKS,
    Daily,
    Flows,
    crossings_table,
    outcomes_table,
    spawned_table,
    stock_table,
)
from travesia.movement.itineraries import Itineraries, Source, Station, plan_itineraries
from travesia.movement.kernel import OUTCOMES, Drawn, Out, State, advance
from travesia.movement.observed import Encounters, encounters_at_gates
from travesia.movement.plan import Frame, Plan, build_frame, build_plan, first_day_apart, with_demand
from travesia.movement.reactions import deterred, weighed
from travesia.movement.sums import empty_out, empty_state

__all__ = [
    "BEYOND",
    "CENTRAL",
    "MEASURES",
    "ON_LINKS",
    "OUTCOMES",
    "Daily",
    "Demand",
    "Drawn",
    "Encounters",
    "Flows",
    "Frame",
    "Itineraries",
    "Options",
    "Out",
    "Plan",
    "Progress",
    "Source",
    "State",
    "Station",
    "advance",
    "build_frame",
    "build_plan",
    "count_work",
    "crossings_table",
    "deterred",
    "draw",
    "draw_runs",
    "drawn_parameters",
    "empty_out",
    "empty_state",
    "encounters_at_gates",
    "expected_as_flows",
    "expected_flows",
    "first_day_apart",
    "outcomes_table",
    "plan_itineraries",
    "rules_of_runs",
    "simulate",
    "spawned_table",
    "stock_table",
    "warm_up",
    "weighed",
    "with_demand",
]
