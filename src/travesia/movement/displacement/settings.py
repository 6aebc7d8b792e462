"""Settings of a displacement, with the names, units and defaults of the peer engine's settings file."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

SpawnMode = Literal["constant", "pop_ratio", "poisson"]


@dataclass(frozen=True)
class SpawnRules:
    """Who sets out, when and where from."""

    take_from_population: bool = False
    insert_day0: bool = True
    empty_camps_on_day0: bool = False
    sum_from_camps: bool = True
    conflict_zone_spawning_only: bool = True
    conflict_spawn_decay: tuple[float, ...] = ()
    """Factor by interval since a conflict began, the last one kept; empty: 1."""
    conflict_spawn_decay_interval: int = 30
    """Length of an interval, days."""
    conflict_driven: SpawnMode | None = None
    """People by conflict and day instead of from counts; ``None``: from counts."""
    displaced_per_conflict_day: float = 500.0
    """People (share of inhabitants for ``pop_ratio``) a day at intensity 1."""


@dataclass(frozen=True)
class MoveRules:
    """How people move. Speeds in km a day, distances in km, chances a day."""

    max_move_speed: float = 360.0
    max_walk_speed: float = 35.0
    foreign_weight: float = 1.0
    camp_weight: float = 1.0
    conflict_weight: float = 10.0**-0.5
    conflict_movechance: float = 1.0
    camp_movechance: float = 0.001
    idpcamp_movechance: float = 0.1
    default_movechance: float = 0.3
    awareness_level: int = 1
    capacity_buffer: float = 0.9
    capacity_scaling: float = 1.0
    avoid_short_stints: bool = False
    start_on_foot: bool = False
    softening: float = 10.0
    weight_softening: float = 0.0
    weight_power: float = 1.0
    distance_power: float = 1.0
    pruning_threshold: float = 1.0
    fixed_routes: bool = False
    movechance_pop_base: float = 10000.0
    movechance_pop_scale_factor: float = 0.0
    use_pop_for_loc_weight: bool = False
    pop_power_for_loc_weight: float = 0.1
    stay_close_to_home: bool = False
    home_distance_power: float = 0.5
    children_avoid_hazards: bool = False
    elderly_avoid_hazards: bool = False
    women_avoid_hazards: bool = False
    boys_take_risk: bool = False


@dataclass(frozen=True)
class Settings:
    """All settings that act. `ignored` names those that were set and do not act here, with the reason."""

    spawn: SpawnRules = field(default_factory=SpawnRules)
    move: MoveRules = field(default_factory=MoveRules)
    hasten: int = 1
    """Number that people, capacities and counts are divided by; 1: full scale."""
    default_conflict_intensity: float = 1.0
    ignored: tuple[tuple[str, str], ...] = ()


def rule_bounds(name: str) -> tuple[float, float]:
    """Return the least and the largest value of a rule of movement."""
    if name == "awareness_level":
        return 1.0, math.inf
    if name.endswith("movechance"):
        return 0.0, 1.0
    if name == "capacity_buffer":
        return 0.0, 1.0
    if name in ("weight_power", "distance_power", "movechance_pop_scale_factor", "home_distance_power"):
        return -math.inf, math.inf
    if name in ("max_move_speed", "max_walk_speed", "movechance_pop_base"):
        return math.ulp(0.0), math.inf
    return 0.0, math.inf
