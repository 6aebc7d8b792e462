"""From the peer engine's settings file (``simsetting.yml``) to settings, naming what does not act here."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from travesia.movement.displacement.settings import MoveRules, Settings, SpawnRules, rule_bounds
from travesia.movement.flee.cells import LARGEST, read_text
from travesia.terms import InputError

if TYPE_CHECKING:
    import yaml

V1_RULES: Mapping[str, Any] = MappingProxyType(
    {
        "max_move_speed": 200.0,
        "camp_weight": 2.0,
        "conflict_weight": 0.25,
        "avoid_short_stints": False,
        "start_on_foot": False,
    }
)
"""What ``use_v1_rules`` puts in place of whatever else the file says."""

SWITCHES: Mapping[str, str] = MappingProxyType(
    {
        "ChildrenAvoidHazards": "children_avoid_hazards",
        "ElderlyAvoidHazards": "elderly_avoid_hazards",
        "WomenAvoidHazards": "women_avoid_hazards",
        "BoysTakeRisk": "boys_take_risk",
    }
)
_FLOODS = "displacement by floods is not modelled"
_HUNGER = "hunger (IPC phases) is not modelled"
_MATCH = "choosing places by ethnicity or religion is not modelled"
NOT_MODELLED: Mapping[str, str] = MappingProxyType(
    {
        "conflict_input_file": "conflicts are read from input_csv/conflicts.csv",
        "flood_level_input_file": _FLOODS,
        "spawn_rules.flood_zone_spawning_only": _FLOODS,
        "spawn_rules.flood_driven_spawning": _FLOODS,
        "spawn_rules.flood_driven_spawn_mode": _FLOODS,
        "spawn_rules.camps_are_sinks": "never acts in the peer engine either, which reads a misspelt key",
        "spawn_rules.camps_are_sicks": "camps that people leave the simulation from are not modelled",
        "spawn_rules.read_from_agents_csv_file": "people listed one by one in agents.csv are not read",
        "spawn_rules.starvation_driven_spawning": _HUNGER,
        "move_rules.two_system_decision_making": "never acts in the peer engine either",
        "move_rules.use_economic_pull": "pull by trade and development is not modelled",
        "move_rules.harvest_months": "staying for the harvest is not modelled",
        "move_rules.flee_when_starving": _HUNGER,
        "move_rules.avoid_food_deprived_locations": _HUNGER,
        "move_rules.flood_rules": _FLOODS,
        "move_rules.MatchCampEthnicity": _MATCH,
        "move_rules.MatchTownEthnicity": _MATCH,
        "move_rules.MatchConflictEthnicity": _MATCH,
        "move_rules.MatchCampReligion": _MATCH,
    }
)
"""Settings that would act in the peer engine when set, and why they do not act here."""

WITHOUT_EFFECT = frozenset(
    {
        *(f"log_levels.{name}" for name in ("agent", "link", "camp", "conflict", "init", "idp_totals")),
        "log_levels.granularity",
        "spawn_rules.average_social_connectivity",
        "move_rules.max_crossing_speed",
        "move_rules.avg_religion_fraction",
    }
)
"""Settings that do not change where people go, or do so only with one that is named already."""

SECTIONS = ("log_levels", "spawn_rules", "move_rules", "optimisations")
LENGTH = "number_of_steps"
_DRIVEN = "conflict_driven_spawning"
_OFF: tuple[object, ...] = (None, False, 0, "", [], {})


@dataclass
class _Sheet:
    """The file: by section and key a value, and its row; what has been asked for is taken out."""

    file: Path
    values: dict[str, Any]
    rows: dict[str, int]
    ignored: list[tuple[str, str]] = field(default_factory=list)

    def take(self, key: str) -> Any:
        return self.values.pop(key, None)

    def fault(self, key: str, value: object, problem: str, remedy: str = "correct the line") -> InputError:
        return InputError(self.file, problem, remedy, row=self.rows.get(key), column=key, value=value)

    def number(self, key: str, default: float, least: float = -math.inf, most: float = math.inf) -> float:
        if (found := self.take(key)) is None:
            return default
        try:
            # Numbers such as 1e-3 are texts to YAML, and numbers to the peer engine.
            value = math.nan if isinstance(found, bool) else float(found)
        except (TypeError, ValueError, OverflowError):
            value = math.nan
        if not math.isfinite(value):
            raise self.fault(key, found, "is not a number")
        if not least <= value <= most:
            bounds = f"at least {least:g}" if most == math.inf else f"{least:g} to {most:g}"
            raise self.fault(key, found, f"is out of range, which is {bounds}")
        return value

    def whole(self, key: str, default: int, least: int) -> int:
        row_value = self.values.get(key)
        value = self.number(key, default, least, LARGEST)
        if value != int(value):
            raise self.fault(key, row_value, "is not a whole number")
        return int(value)

    def switch(self, key: str, default: bool) -> bool:
        if (found := self.take(key)) is None:
            return default
        if found not in (True, False):
            raise self.fault(key, found, "is neither true nor false", "write true or false, without quotes")
        return bool(found)

    def name_rest(self) -> None:
        """Name what is left: settings that do not act here, and keys that nobody knows."""
        for key, value in self.values.items():
            if key in WITHOUT_EFFECT or (key in NOT_MODELLED and value in _OFF):
                continue
            self.ignored.append((key, NOT_MODELLED.get(key, "is no setting that is known")))


def read_flee_settings(path: Path) -> Settings:
    """Read a settings file of the peer engine, with its defaults for what the file does not say.

    Returns
    -------
    Settings
        `ignored` names every key that is set and does not act here, with the reason.

    Raises
    ------
    InputError
        For a file that is missing or no YAML, and for a value of the wrong type or out of range, naming
        its row and key.
    """
    sheet = _read_sheet(path)
    spawn, move = _spawn_rules(sheet), _move_rules(sheet)
    if sheet.switch("move_rules.use_v1_rules", False):
        move = dataclasses.replace(move, **V1_RULES)
    hasten = sheet.whole("optimisations.hasten", 1, 1)
    # The peer engine drops fractions of this intensity.
    intensity = float(int(sheet.number("default_conflict_intensity", 1.0, 0.0)))
    if sheet.number(LENGTH, -1.0) != -1.0:
        sheet.ignored.append((LENGTH, "the number of days is that of input_csv/sim_period.csv"))
    sheet.name_rest()
    return Settings(spawn, move, hasten, intensity, tuple(sheet.ignored))


def _spawn_rules(sheet: _Sheet) -> SpawnRules:
    default = SpawnRules()
    mode, rate = _conflict_driven(sheet)
    return SpawnRules(
        **{
            name: sheet.switch(f"spawn_rules.{name}", getattr(default, name))
            for name in (
                "take_from_population",
                "insert_day0",
                "empty_camps_on_day0",
                "sum_from_camps",
                "conflict_zone_spawning_only",
            )
        },
        conflict_spawn_decay=_decay(sheet),
        conflict_spawn_decay_interval=sheet.whole("spawn_rules.conflict_spawn_decay_interval", 30, 1),
        conflict_driven=mode,
        displaced_per_conflict_day=rate,
    )


def _decay(sheet: _Sheet) -> tuple[float, ...]:
    key = "spawn_rules.conflict_spawn_decay"
    found = sheet.take(key)
    if found is None:
        return ()
    if not isinstance(found, list) or not all(
        isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf
        for value in found
    ):
        raise sheet.fault(key, found, "is not a list of numbers from 0 on", "write for example [1.0, 0.5]")
    return tuple(float(value) for value in found)


def _conflict_driven(sheet: _Sheet) -> tuple[Any, float]:
    """Return the mode in which people set out by conflict (``None``: they do not) and its rate."""
    key = f"spawn_rules.{_DRIVEN}"
    default = SpawnRules().displaced_per_conflict_day
    if (found := sheet.take(key)) is None:
        return None, default
    if not isinstance(found, dict):
        raise sheet.fault(
            key, found, "is no table", "write spawn_mode and displaced_per_conflict_day below it"
        )
    inner = _Sheet(sheet.file, {f"{key}.{name}": value for name, value in found.items()}, dict(sheet.rows))
    named = inner.take(f"{key}.spawn_mode") or "constant"
    mode = named.lower() if isinstance(named, str) else named
    if mode not in ("constant", "pop_ratio", "poisson"):
        raise inner.fault(
            f"{key}.spawn_mode", named, "is no mode that is known", "write constant, pop_ratio or poisson"
        )
    by_people = mode == "pop_ratio"
    rate = inner.number(f"{key}.displaced_per_conflict_day", 0.01 if by_people else default, 0.0)
    inner.name_rest()
    sheet.ignored += inner.ignored
    # The peer engine drops fractions of a number of people.
    return mode, rate if by_people else float(int(rate))


def _move_rules(sheet: _Sheet) -> MoveRules:
    default = MoveRules()
    read: dict[str, Any] = {"awareness_level": _awareness(sheet)}
    for item in dataclasses.fields(MoveRules):
        key, value = f"move_rules.{item.name}", getattr(default, item.name)
        if item.name in read or item.name in SWITCHES.values():
            continue
        if isinstance(value, bool):
            read[item.name] = sheet.switch(key, value)
        else:
            read[item.name] = sheet.number(key, value, *rule_bounds(item.name))
    for theirs, ours in SWITCHES.items():
        read[ours] = sheet.switch(f"move_rules.{theirs}", False)
    return MoveRules(**read)


def _awareness(sheet: _Sheet) -> int:
    key = "move_rules.awareness_level"
    asked = sheet.values.get(key)
    level = sheet.whole(key, 1, -1)
    if level == 0:
        raise sheet.fault(key, asked, "lets nobody move in the peer engine", "write 1 or more")
    # There -1 is the same as one link ahead.
    return max(level, 1)


def _read_sheet(path: Path) -> _Sheet:
    import yaml

    text = read_text(path)
    try:
        loader = yaml.SafeLoader(text)
        try:
            root = loader.get_single_node()
            sheet = _Sheet(path, {}, {})
            if root is not None:
                _fill(sheet, loader, root, "")
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = None if mark is None else mark.line + 1
        raise InputError(path, f"is no YAML ({error.problem})", "correct the line", row=row) from None
    except (yaml.YAMLError, RecursionError) as error:
        what = str(error).splitlines()[0] if str(error) else "too deep"
        raise InputError(path, f"is no YAML ({what})", "save it as UTF-8 text") from None
    return sheet


def _fill(sheet: _Sheet, loader: yaml.SafeLoader, node: yaml.Node, prefix: str) -> None:
    """Take the keys of a mapping, those of the four sections by section and key, others whole."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        value = loader.construct_object(node, deep=True)
        if prefix and value is None:
            return
        raise InputError(
            sheet.file, "is no table of settings", "write `key: value` lines", row=node.start_mark.line + 1
        )
    loader.flatten_mapping(node)
    for key_node, value_node in node.value:
        name = f"{prefix}{loader.construct_object(key_node, deep=True)}"
        if not prefix and name in SECTIONS:
            _fill(sheet, loader, value_node, f"{name}.")
            continue
        if name in sheet.values:
            sheet.ignored.append((name, f"stands twice; row {key_node.start_mark.line + 1} acts"))
        sheet.values[name] = loader.construct_object(value_node, deep=True)
        sheet.rows[name] = key_node.start_mark.line + 1
        if isinstance(value_node, yaml.MappingNode):
            for inner, _ in value_node.value:
                sheet.rows[f"{name}.{inner.value}"] = inner.start_mark.line + 1
