"""From a scenario to flows: itineraries, the compiled kernel, ensembles."""

from travesia.movement import stats
from travesia.movement.apart import days_apart, first_day_apart
from travesia.movement.compiling import COMPILING, is_compiled, tell_if_compiling
from travesia.movement.demand import Demand
from travesia.movement.displacement.counts import (
    count_series,
    counted,
    daily,
    full_scale,
    is_camp,
    new_people,
    people_at_scale,
    people_at_start,
)
from travesia.movement.displacement.displacement import (
    Closure,
    CountPart,
    CountSeries,
    Displacement,
    Site,
    SiteLink,
)
from travesia.movement.displacement.files import load_displacement
from travesia.movement.displacement.pack import save_displacement, unmatched_countries
from travesia.movement.displacement.settings import MoveRules, Settings, SpawnRules
from travesia.movement.displacement.site_ids import site_ids
from travesia.movement.displacement.terrain import RULE_SETS, Rules, Terrain, build_terrain
from travesia.movement.displacement.walking import (
    Walked,
    expected_walk,
    walk_displacement,
    walked_crossings_table,
    walked_spawned_table,
    walked_stock_table,
    warm_up_walk,
)
from travesia.movement.draws import CENTRAL, draw, draw_runs, drawn_parameters, rules_of_runs
from travesia.movement.ensemble import Chunk, Job, Options, Progress, run_job, work_chunk
from travesia.movement.expected import expected_flows, warm_up
from travesia.movement.flee.folder import read_flee_folder
from travesia.movement.flee.settings import read_flee_settings
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
from travesia.movement.kernel import OUTCOMES, Drawn, Out, State, advance, wander
from travesia.movement.observed import Encounters, encounters_at_gates
from travesia.movement.paired import expected_as_flows, paired_runs, simulate
from travesia.movement.paths import Axes
from travesia.movement.plan import Frame, Plan, build_frame, build_plan, with_demand
from travesia.movement.pools import PoolKind, open_pool
from travesia.movement.reactions import deterred, weighed
from travesia.movement.stats import JOURNEYS
from travesia.movement.stores import empty_out, empty_state
from travesia.movement.sums import Sums, Whole, Written, merge
from travesia.movement.work import count_work

__all__ = [
    "BEYOND",
    "CENTRAL",
    "COMPILING",
    "JOURNEYS",
    "MEASURES",
    "ON_LINKS",
    "OUTCOMES",
    "RULE_SETS",
    "Axes",
    "Chunk",
    "Closure",
    "CountPart",
    "CountSeries",
    "Daily",
    "Demand",
    "Displacement",
    "Drawn",
    "Encounters",
    "Flows",
    "Frame",
    "Itineraries",
    "Job",
    "MoveRules",
    "Options",
    "Out",
    "Plan",
    "PoolKind",
    "Progress",
    "Rules",
    "Settings",
    "Site",
    "SiteLink",
    "Source",
    "SpawnRules",
    "State",
    "Station",
    "Sums",
    "Terrain",
    "Walked",
    "Whole",
    "Written",
    "advance",
    "build_frame",
    "build_plan",
    "build_terrain",
    "count_series",
    "count_work",
    "counted",
    "crossings_table",
    "daily",
    "days_apart",
    "deterred",
    "draw",
    "draw_runs",
    "drawn_parameters",
    "empty_out",
    "empty_state",
    "encounters_at_gates",
    "expected_as_flows",
    "expected_flows",
    "expected_walk",
    "first_day_apart",
    "full_scale",
    "is_camp",
    "is_compiled",
    "load_displacement",
    "merge",
    "new_people",
    "open_pool",
    "outcomes_table",
    "paired_runs",
    "people_at_scale",
    "people_at_start",
    "plan_itineraries",
    "read_flee_folder",
    "read_flee_settings",
    "rules_of_runs",
    "run_job",
    "save_displacement",
    "simulate",
    "site_ids",
    "spawned_table",
    "stats",
    "stock_table",
    "tell_if_compiling",
    "unmatched_countries",
    "walk_displacement",
    "walked_crossings_table",
    "walked_spawned_table",
    "walked_stock_table",
    "wander",
    "warm_up",
    "warm_up_walk",
    "weighed",
    "with_demand",
    "work_chunk",
]
