"""Settings of the peer engine: its defaults, what is carried over, what is named, what is refused."""

from __future__ import annotations

import dataclasses

import pytest
from flee_folders import paths

from travesia.movement import MoveRules, Settings, SpawnRules, read_flee_settings
from travesia.terms import InputError


@pytest.fixture
def read(tmp_path):
    def from_text(text):
        file = tmp_path / "simsetting.yml"
        file.write_text(text, encoding="utf-8")
        return read_flee_settings(file)

    return from_text


def move(text):
    return f"move_rules:\n  {text}\n"


def spawn(text):
    return f"spawn_rules:\n  {text}\n"


@pytest.mark.parametrize("text", ["", "# nothing\n", "move_rules:\nspawn_rules:\n", "---\n{}\n"])
def test_a_file_that_says_nothing_leaves_every_default(read, text):
    assert read(text) == Settings()


def test_defaults_are_those_of_the_peer_engine():
    # As its source and reference page give them.
    settings = Settings()
    assert settings.hasten == 1
    assert settings.default_conflict_intensity == 1.0
    assert settings.spawn == SpawnRules(
        take_from_population=False,
        insert_day0=True,
        empty_camps_on_day0=False,
        sum_from_camps=True,
        conflict_zone_spawning_only=True,
        conflict_spawn_decay=(),
        conflict_spawn_decay_interval=30,
        conflict_driven=None,
        displaced_per_conflict_day=500.0,
    )
    move_rules = settings.move
    assert (move_rules.max_move_speed, move_rules.max_walk_speed) == (360.0, 35.0)
    assert (move_rules.foreign_weight, move_rules.camp_weight) == (1.0, 1.0)
    assert move_rules.conflict_weight == pytest.approx(0.316227766)
    assert (move_rules.conflict_movechance, move_rules.default_movechance) == (1.0, 0.3)
    assert (move_rules.camp_movechance, move_rules.idpcamp_movechance) == (0.001, 0.1)
    assert (move_rules.awareness_level, move_rules.softening) == (1, 10.0)
    assert (move_rules.capacity_buffer, move_rules.capacity_scaling) == (0.9, 1.0)


def test_a_whole_file_is_carried_over():
    settings = read_flee_settings(paths("toy-capped-a2")[1])
    assert settings.spawn.conflict_spawn_decay == (1.0, 1.0, 1.0, 0.5, 0.1)
    assert settings.spawn.conflict_spawn_decay_interval == 10
    assert settings.move == MoveRules(
        max_move_speed=200.0,
        camp_weight=2.0,
        foreign_weight=1.5,
        conflict_weight=0.25,
        camp_movechance=0.01,
        awareness_level=2,
        distance_power=0.75,
        weight_softening=0.05,
    )
    assert settings.ignored == ()


NUMBERS = [
    item.name
    for item in dataclasses.fields(MoveRules)
    if item.type == "float" and not item.name.endswith("movechance") and item.name != "capacity_buffer"
]
SWITCHES = [
    "avoid_short_stints",
    "start_on_foot",
    "fixed_routes",
    "use_pop_for_loc_weight",
    "stay_close_to_home",
]


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_of_movement_is_carried_over(read, name):
    assert getattr(read(move(f"{name}: 2.5")).move, name) == 2.5


@pytest.mark.parametrize("name", ["conflict", "camp", "idpcamp", "default"])
def test_every_chance_is_carried_over(read, name):
    settings = read(move(f"{name}_movechance: 0.25"))
    assert getattr(settings.move, f"{name}_movechance") == 0.25


@pytest.mark.parametrize("name", SWITCHES)
def test_every_switch_of_movement_is_carried_over(read, name):
    assert getattr(read(move(f"{name}: True")).move, name) is True
    assert getattr(read(move(f"{name}: false")).move, name) is False


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("ChildrenAvoidHazards", "children_avoid_hazards"),
        ("ElderlyAvoidHazards", "elderly_avoid_hazards"),
        ("WomenAvoidHazards", "women_avoid_hazards"),
        ("BoysTakeRisk", "boys_take_risk"),
    ],
)
def test_hazards_are_carried_over(read, theirs, ours):
    settings = read(move(f"{theirs}: true"))
    assert getattr(settings.move, ours) is True
    assert settings.ignored == ()


@pytest.mark.parametrize(
    "name", ["take_from_population", "insert_day0", "empty_camps_on_day0", "sum_from_camps"]
)
def test_every_switch_of_spawning_is_carried_over(read, name):
    default = getattr(SpawnRules(), name)
    settings = read(spawn(f"{name}: {str(not default).lower()}"))
    assert getattr(settings.spawn, name) is not default


def test_the_rules_of_the_first_version_replace_what_the_file_says(read):
    text = "move_rules:\n  use_v1_rules: true\n  max_move_speed: 50\n  start_on_foot: true\n  softening: 3\n"
    found = read(text).move
    assert (found.max_move_speed, found.camp_weight, found.conflict_weight) == (200.0, 2.0, 0.25)
    assert (found.avoid_short_stints, found.start_on_foot) == (False, False)
    assert found.softening == 3.0


@pytest.mark.parametrize(
    ("text", "mode", "rate"),
    [
        ("{}", "constant", 500.0),
        ("{spawn_mode: constant, displaced_per_conflict_day: 20.9}", "constant", 20.0),
        ("{spawn_mode: Poisson, displaced_per_conflict_day: 7}", "poisson", 7.0),
        ("{spawn_mode: pop_ratio}", "pop_ratio", 0.01),
        ("{spawn_mode: pop_ratio, displaced_per_conflict_day: 0.2}", "pop_ratio", 0.2),
    ],
)
def test_people_may_set_out_by_conflict(read, text, mode, rate):
    found = read(spawn(f"conflict_driven_spawning: {text}")).spawn
    assert (found.conflict_driven, found.displaced_per_conflict_day) == (mode, rate)


def test_fractions_of_the_default_intensity_are_dropped(read):
    assert read("default_conflict_intensity: 2.9\n").default_conflict_intensity == 2.0


def test_numbers_that_yaml_takes_for_text_are_numbers(read):
    assert read(move("camp_movechance: 1e-3")).move.camp_movechance == 0.001


def test_awareness_of_minus_one_is_one_link_ahead(read):
    assert read(move("awareness_level: -1")).move.awareness_level == 1


# What is named

NAMED = [
    ("number_of_steps: 30\n", "number_of_steps", "sim_period"),
    ("conflict_input_file: other.csv\n", "conflict_input_file", "conflicts.csv"),
    ("flood_level_input_file: f.csv\n", "flood_level_input_file", "floods"),
    (spawn("flood_zone_spawning_only: true"), "spawn_rules.flood_zone_spawning_only", "floods"),
    (spawn("flood_driven_spawn_mode: {a: 1}"), "spawn_rules.flood_driven_spawn_mode", "floods"),
    (spawn("camps_are_sinks: true"), "spawn_rules.camps_are_sinks", "never acts"),
    (spawn("camps_are_sicks: true"), "spawn_rules.camps_are_sicks", "not modelled"),
    (spawn("read_from_agents_csv_file: true"), "spawn_rules.read_from_agents_csv_file", "agents.csv"),
    (spawn("starvation_driven_spawning: true"), "spawn_rules.starvation_driven_spawning", "hunger"),
    (move("two_system_decision_making: true"), "move_rules.two_system_decision_making", "never acts"),
    (move("use_economic_pull: true"), "move_rules.use_economic_pull", "trade"),
    (move("harvest_months: [7, 8]"), "move_rules.harvest_months", "harvest"),
    (move("flee_when_starving: true"), "move_rules.flee_when_starving", "hunger"),
    (move("avoid_food_deprived_locations: true"), "move_rules.avoid_food_deprived_locations", "hunger"),
    (move("flood_rules: {max_flood_level: 4}"), "move_rules.flood_rules", "floods"),
    (move("MatchCampEthnicity: true"), "move_rules.MatchCampEthnicity", "ethnicity"),
    (move("MatchTownEthnicity: true"), "move_rules.MatchTownEthnicity", "ethnicity"),
    (move("MatchConflictEthnicity: true"), "move_rules.MatchConflictEthnicity", "ethnicity"),
    (move("MatchCampReligion: true"), "move_rules.MatchCampReligion", "religion"),
    (move("max_mvoe_speed: 10"), "move_rules.max_mvoe_speed", "no setting that is known"),
    (spawn("insert_day_0: true"), "spawn_rules.insert_day_0", "no setting that is known"),
    ("speed: 10\n", "speed", "no setting that is known"),
    ("optimisations:\n  hasty: 10\n", "optimisations.hasty", "no setting that is known"),
    ("log_levels:\n  loud: 10\n", "log_levels.loud", "no setting that is known"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "reason"), NAMED, ids=[key for _, key, _ in NAMED])
def test_what_does_not_act_here_is_named(read, text, key, reason):
    found = dict(read(text).ignored)
    assert list(found) == [key]
    assert reason in found[key]


@pytest.mark.parametrize(
    "text",
    [
        "number_of_steps: -1\n",
        'conflict_input_file: ""\n',
        spawn("camps_are_sinks: false"),
        spawn("average_social_connectivity: 5"),
        move("two_system_decision_making: false"),
        move("harvest_months: []"),
        move("max_crossing_speed: 20"),
        move("avg_religion_fraction: 0.5"),
        move("MatchCampReligion: false"),
        "log_levels:\n  agent: 1\n  link: 1\n  granularity: region\n",
    ],
)
def test_what_would_not_act_there_either_is_not_named(read, text):
    assert read(text) == Settings()


def test_an_unknown_key_of_an_inner_table_is_named(read):
    text = "spawn_rules:\n  conflict_driven_spawning:\n    mode: constant\n"
    found = dict(read(text).ignored)
    assert "spawn_rules.conflict_driven_spawning.mode" in found


def test_a_key_that_stands_twice_acts_as_there_and_is_named(read):
    settings = read("move_rules:\n  softening: 5\n  softening: 7\n")
    assert settings.move.softening == 7.0
    assert dict(settings.ignored)["move_rules.softening"] == "stands twice; row 3 acts"


# What is refused

WRONG = [
    (move("max_move_speed: fast"), ":2: move_rules.max_move_speed fast: is not a number"),
    (move("max_move_speed: true"), ":2: move_rules.max_move_speed True: is not a number"),
    (move("max_move_speed: [1]"), ":2: move_rules.max_move_speed [1]: is not a number"),
    (move("max_move_speed: .inf"), ":2: move_rules.max_move_speed inf: is not a number"),
    (move("max_move_speed: 0"), ":2: move_rules.max_move_speed 0: is out of range"),
    (move("camp_movechance: 1.5"), ":2: move_rules.camp_movechance 1.5: is out of range, which is 0 to 1"),
    (move("capacity_buffer: -0.1"), ":2: move_rules.capacity_buffer -0.1: is out of range"),
    (move("softening: -1"), ":2: move_rules.softening -1: is out of range, which is at least 0"),
    (move("awareness_level: 0"), ":2: move_rules.awareness_level 0: lets nobody move"),
    (move("awareness_level: -2"), ":2: move_rules.awareness_level -2: is out of range"),
    (move("awareness_level: 1.5"), ":2: move_rules.awareness_level 1.5: is not a whole number"),
    (move('start_on_foot: "false"'), ":2: move_rules.start_on_foot false: is neither true nor false"),
    (move("start_on_foot: 2"), ":2: move_rules.start_on_foot 2: is neither true nor false"),
    (move("BoysTakeRisk: maybe"), ":2: move_rules.BoysTakeRisk maybe: is neither true nor false"),
    (spawn("insert_day0: often"), ":2: spawn_rules.insert_day0 often: is neither true nor false"),
    (spawn("conflict_spawn_decay: 0.5"), ":2: spawn_rules.conflict_spawn_decay 0.5: is not a list"),
    (spawn("conflict_spawn_decay: [1, x]"), ":2: spawn_rules.conflict_spawn_decay [1, 'x']: is not a list"),
    (spawn("conflict_spawn_decay: [-1]"), ":2: spawn_rules.conflict_spawn_decay [-1]: is not a list"),
    (spawn("conflict_spawn_decay_interval: 0"), ":2: spawn_rules.conflict_spawn_decay_interval 0: is out"),
    (spawn("conflict_driven_spawning: true"), ":2: spawn_rules.conflict_driven_spawning True: is no table"),
    (
        "spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: often\n",
        ":3: spawn_rules.conflict_driven_spawning.spawn_mode often: is no mode",
    ),
    (
        "spawn_rules:\n  conflict_driven_spawning:\n    displaced_per_conflict_day: -5\n",
        ":3: spawn_rules.conflict_driven_spawning.displaced_per_conflict_day -5: is out of range",
    ),
    ("optimisations:\n  hasten: 0\n", ":2: optimisations.hasten 0: is out of range"),
    ("optimisations:\n  hasten: 1e30\n", ":2: optimisations.hasten 1e30: is out of range"),
    ("optimisations:\n  hasten: 2.5\n", ":2: optimisations.hasten 2.5: is not a whole number"),
    ("default_conflict_intensity: high\n", ":1: default_conflict_intensity high: is not a number"),
    ("move_rules: 5\n", ":1: is no table of settings"),
    ("- a\n- b\n", ":1: is no table of settings"),
    ("move_rules:\n  a: [1\n", "is no YAML"),
    ("move_rules:\n\tsoftening: 5\n", ":2: is no YAML"),
    ("a: 1\n---\nb: 2\n", "is no YAML"),
    ("a: !!python/object:os.system x\n", ":1: is no YAML"),
    ("move_rules: {[1]: 2}\n", ""),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[text for text, _ in WRONG])
def test_wrong_values_are_told_with_row_and_key(read, text, said):
    if not said:
        assert read(text).ignored
        return
    with pytest.raises(InputError) as caught:
        read(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_missing_is_asked_for(tmp_path):
    with pytest.raises(InputError, match="file is missing"):
        read_flee_settings(tmp_path / "simsetting.yml")


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "s.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_flee_settings(tmp_path / "s.yml")
