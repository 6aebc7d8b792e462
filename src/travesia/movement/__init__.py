"""From a scenario to flows: itineraries, the compiled kernel, ensembles."""

from travesia.movement.counts import (
    count_series,
    counted,
    daily,
    full_scale,
    is_camp,
    new_people,
    people_at_scale,
    people_at_start,
)
from travesia.movement.demand import Demand
from travesia.movement.displacement import Closure, CountPart, CountSeries, Displacement, Site, SiteLink
from travesia.movement.displacement_files import load_displacement
from travesia.movement.displacement_pack import save_displacement, unmatched_countries
from travesia.movement.draws import CENTRAL, draw, draw_runs, drawn_parameters
<<<<<<< HEAD
from travesia.movement.ensemble import (
    Options,
    Progress,
    count_work,
    expected_as_flows,
    expected_flows,
    simulate,
    warm_up,
)
from travesia.movement.flee_folder import read_flee_folder
from travesia.movement.flee_settings import read_flee_settings
=======
from travesia.movement.ensemble import Chunk, Job, Options, Progress, run_job, work_chunk
from travesia.movement.expected import expected_flows, warm_up
>>>>>>> ensemble
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
<<<<<<< HEAD
from travesia.movement.settings import MoveRules, Settings, SpawnRules
from travesia.movement.site_ids import site_ids
from travesia.movement.sums import empty_out, empty_state
=======
from travesia.movement.pools import PoolKind, open_pool
from travesia.movement.stores import empty_out, empty_state
from travesia.movement.sums import Sums, Whole, Written, merge
from travesia.movement.work import count_work
>>>>>>> ensemble

__all__ = [
    "BEYOND",
    "CENTRAL",
    "MEASURES",
    "ON_LINKS",
    "OUTCOMES",
<<<<<<< HEAD
    "Closure",
    "CountPart",
    "CountSeries",
=======
    "Axes",
    "Chunk",
>>>>>>> ensemble
    "Daily",
    "Demand",
    "Displacement",
    "Drawn",
    "Encounters",
    "Flows",
    "Frame",
    "Itineraries",
<<<<<<< HEAD
    "MoveRules",
=======
    "Job",
>>>>>>> ensemble
    "Options",
    "Out",
    "Plan",
    "PoolKind",
    "Progress",
    "Settings",
    "Site",
    "SiteLink",
    "Source",
    "SpawnRules",
    "State",
    "Station",
    "Sums",
    "Whole",
    "Written",
    "advance",
    "build_frame",
    "build_plan",
    "count_series",
    "count_work",
    "counted",
    "crossings_table",
    "daily",
    "draw",
    "draw_runs",
    "drawn_parameters",
    "empty_out",
    "empty_state",
    "encounters_at_gates",
    "expected_as_flows",
    "expected_flows",
    "first_day_apart",
<<<<<<< HEAD
    "full_scale",
    "is_camp",
    "load_displacement",
    "new_people",
    "outcomes_table",
    "people_at_scale",
    "people_at_start",
    "plan_itineraries",
    "read_flee_folder",
    "read_flee_settings",
    "save_displacement",
=======
    "merge",
    "open_pool",
    "outcomes_table",
    "paired_runs",
    "plan_itineraries",
    "run_job",
>>>>>>> ensemble
    "simulate",
    "site_ids",
    "spawned_table",
    "stock_table",
    "unmatched_countries",
    "warm_up",
    "with_demand",
    "work_chunk",
]
