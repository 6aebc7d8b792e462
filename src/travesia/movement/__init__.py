"""From a scenario to flows: itineraries, the compiled kernel, ensembles."""

from travesia.movement.demand import Demand
from travesia.movement.draws import CENTRAL, draw, draw_runs, drawn_parameters
from travesia.movement.ensemble import Chunk, Job, Options, Progress, run_job, work_chunk
from travesia.movement.expected import expected_flows, warm_up
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
from travesia.movement.paired import expected_as_flows, paired_runs, simulate
from travesia.movement.paths import Axes
from travesia.movement.plan import Frame, Plan, build_frame, build_plan, first_day_apart, with_demand
from travesia.movement.pools import PoolKind, open_pool
from travesia.movement.stores import empty_out, empty_state
from travesia.movement.sums import Sums, Whole, Written, merge
from travesia.movement.work import count_work

__all__ = [
    "BEYOND",
    "CENTRAL",
    "MEASURES",
    "ON_LINKS",
    "OUTCOMES",
    "Axes",
    "Chunk",
    "Daily",
    "Demand",
    "Drawn",
    "Encounters",
    "Flows",
    "Frame",
    "Itineraries",
    "Job",
    "Options",
    "Out",
    "Plan",
    "PoolKind",
    "Progress",
    "Source",
    "State",
    "Station",
    "Sums",
    "Whole",
    "Written",
    "advance",
    "build_frame",
    "build_plan",
    "count_work",
    "crossings_table",
    "draw",
    "draw_runs",
    "drawn_parameters",
    "empty_out",
    "empty_state",
    "encounters_at_gates",
    "expected_as_flows",
    "expected_flows",
    "first_day_apart",
    "merge",
    "open_pool",
    "outcomes_table",
    "paired_runs",
    "plan_itineraries",
    "run_job",
    "simulate",
    "spawned_table",
    "stock_table",
    "warm_up",
    "with_demand",
    "work_chunk",
]
