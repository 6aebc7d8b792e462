"""Reading folders of the peer engine: what stands in them, how untidy they may be, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from flee_folders import change, needs_shared, own_folder, paths, plain, refusal

from travesia.movement import Closure, SiteLink, read_flee_folder, site_ids


@pytest.fixture
def own(tmp_path):
    return own_folder(tmp_path)


def error_of(own):
    return refusal(lambda: read_flee_folder(*own)).replace(str(own[0]), "F")


def ignored(own):
    return dict(read_flee_folder(*own).settings.ignored)


# What stands there


def test_sites_stand_as_the_folder_writes_them():
    sites = read_flee_folder(*paths("toy-capped-a1")).sites
    assert [site.id for site in sites][:4] == ["alba", "brio", "cima", "duna"]
    brio, campo = sites[1], sites[9]
    assert (brio.name, brio.region, brio.country, brio.kind) == ("Brio", "R1", "Homeland", "conflict_zone")
    assert (brio.lat, brio.lon, brio.conflict_day, brio.people) == (0.5, 0.3, 15, 30000)
    assert (campo.kind, campo.people) == ("camp", 900)


def test_links_closures_and_period_stand_as_the_folder_writes_them():
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    assert len(displacement.links) == 14
    assert displacement.links[0] == SiteLink("Alba", "Brio", 45.0, 0, {})
    assert displacement.closures == (
        Closure("country", "Homeland", "Eastland", 20, 35),
        Closure("camp", "Metra", "-", 0, 10),
        Closure("location", "Idipa", "-", 40, 50),
    )
    assert (displacement.name, displacement.start, displacement.days) == ("toy-capped", date(2020, 1, 1), 60)


def test_intensities_are_by_site_and_day():
    intensity = read_flee_folder(*paths("toy-capped-a1")).intensity
    assert set(intensity) == {"Alba", "Brio"}
    assert intensity["Alba"].shape == (60,)
    assert intensity["Brio"][:16].tolist() == [0.0] * 15 + [1.0]


def test_series_begin_with_the_total_and_keep_their_files():
    counts = read_flee_folder(*paths("toy-capped-a1")).counts
    assert [series.name for series in counts] == ["total", "Idipa", "Campo", "Largo", "Metra"]
    assert counts[2].days.tolist() == [0, 60]
    assert counts[2].people.tolist() == [50.0, 900.0]
    assert [part.file for part in counts[2].parts] == ["campo.csv"]


def test_people_stay_undivided():
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    assert displacement.settings.hasten == 1
    assert displacement.sites[0].people == 50000


@needs_shared
def test_a_real_folder_keeps_its_scale_in_the_settings():
    displacement = read_flee_folder(*paths("burundi2015-classic"))
    assert displacement.settings.hasten == 50
    assert displacement.sites[0].people == 497166


@needs_shared
def test_demographics_are_weights_by_value_and_column():
    demographics = read_flee_folder(*paths("mali2012-classic")).demographics
    assert set(demographics) == {"age", "gender", "ethnicity"}
    values, weights = demographics["gender"]
    assert values == ("male", "female")
    assert weights["Default"].tolist() == [0.995, 1.005]


@needs_shared
def test_names_in_conflicts_that_are_no_places_are_named_and_passed_over():
    displacement = read_flee_folder(*paths("venezuela2022-modern"))
    found = dict(displacement.settings.ignored)
    assert "no place" in found["input_csv/conflicts.csv: Distrito Capital"]
    assert found["input_csv/population.csv"] == "is not read, nor by the peer engine"
    assert "Distrito_Capital" not in displacement.intensity


# How untidy it may be


@pytest.mark.parametrize("name", ["closures.csv", "registration_corrections.csv"])
def test_closures_and_corrections_need_not_exist(own, name):
    (own[0] / "input_csv" / name).unlink()
    assert read_flee_folder(*own).closures == () or name != "closures.csv"


def test_without_conflicts_there_are_no_intensities(own):
    (own[0] / "input_csv" / "conflicts.csv").unlink()
    assert read_flee_folder(*own).intensity is None


def test_lines_may_end_as_on_windows_and_begin_with_a_mark_of_order(own):
    before = read_flee_folder(*own)
    for file in [*own[0].glob("*/*.csv")]:
        text = file.read_text(encoding="utf-8")
        file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert plain(read_flee_folder(*own)) == plain(before)


def test_cells_may_have_quotes_and_spaces(own):
    before = read_flee_folder(*own)
    for name in ("locations.csv", "routes.csv"):
        file = own[0] / "input_csv" / name
        rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
        file.write_text("\n".join(", ".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")
    file = own[0] / "input_csv" / "conflicts.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",", ", "), encoding="utf-8")
    assert plain(read_flee_folder(*own)) == plain(before)


def test_blank_lines_and_comments_say_nothing(own):
    before = read_flee_folder(*own)
    for name in ("locations.csv", "routes.csv", "closures.csv"):
        file = own[0] / "input_csv" / name
        head, *rest = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n\n".join([head, "#a comment, with, commas", *rest, ",,,"]), encoding="utf-8")
    for file in own[0].glob("source_data/*.csv"):
        file.write_text(file.read_text(encoding="utf-8") + "\n\n#2020-01-05,7\n", encoding="utf-8")
    assert plain(read_flee_folder(*own)) == plain(before)


def test_a_header_may_lack_its_mark(own):
    before = read_flee_folder(*own)
    for name in ("locations.csv", "routes.csv", "closures.csv"):
        file = own[0] / "input_csv" / name
        text = file.read_text(encoding="utf-8")
        assert text.startswith("#")
        file.write_text(text.lstrip("#"), encoding="utf-8")
    assert plain(read_flee_folder(*own)) == plain(before)


def test_an_empty_capacity_is_none(own):
    change(own[0] / "input_csv" / "locations.csv", "camp,0,900", "camp,0,")
    assert read_flee_folder(*own).sites[9].people == 0


def test_further_columns_are_kept_by_name(own):
    file = own[0] / "input_csv" / "locations.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = [lines[0] + ",initial_idps,IPC", *(f"{line},{at},x" for at, line in enumerate(lines[1:]))]
    file.write_text("\n".join(rows), encoding="utf-8")
    change(own[0] / "input_csv" / "routes.csv", "forced_redirection", "forced_redirection,max_move_speed")
    change(own[0] / "input_csv" / "routes.csv", "Alba,Brio,45,0", "Alba,Brio,45,0,50")
    displacement = read_flee_folder(*own)
    assert displacement.sites[9].columns == {"initial_idps": "9", "IPC": "x"}
    assert displacement.links[0].columns == {"max_move_speed": "50"}
    assert displacement.links[1].columns == {"max_move_speed": ""}


def test_a_heading_of_counts_may_say_anything_and_blank_counts_say_nothing(own):
    file = own[0] / "source_data" / "campo.csv"
    file.write_text(",\n2020-01-01,50\n2020-02-01,\n2020-03-01,900\n", encoding="utf-8")
    assert read_flee_folder(*own).counts[2].days.tolist() == [0, 60]


def test_files_of_one_camp_are_added_up(own):
    change(own[0] / "source_data" / "data_layout.csv", "Campo,campo.csv", "Campo,campo.csv,more.csv")
    (own[0] / "source_data" / "more.csv").write_text("2020-01-01,5\n2020-03-01,7\n", encoding="utf-8")
    series = read_flee_folder(*own).counts[2]
    assert series.people.tolist() == [55.0, 907.0]
    assert [part.people.tolist() for part in series.parts] == [[50.0, 900.0], [5.0, 7.0]]


def correction(own, text):
    (own[0] / "input_csv" / "registration_corrections.csv").write_text(text, encoding="utf-8")


def test_a_correction_scales_what_was_counted_before_it(own):
    correction(own, '"Campo","2020-03-01","normalize"\n')
    series = read_flee_folder(*own).counts[2]
    assert series.people.tolist() == [900.0, 900.0]
    assert series.corrected == (60,)


def test_a_correction_before_the_start_is_passed_over(own):
    correction(own, "Campo,2019-12-31\n")
    assert read_flee_folder(*own).counts[2].corrected == ()


def test_an_unknown_country_cell_is_unknown(own):
    change(own[0] / "input_csv" / "locations.csv", "Alba,R1,Homeland", "Alba,R1,")
    assert read_flee_folder(*own).sites[0].country == "unknown"


def test_coordinates_that_are_missing_are_named(own):
    change(own[0] / "input_csv" / "locations.csv", "Brio,R1,Homeland,0.5,", "Brio,R1,Homeland,,")
    assert read_flee_folder(*own).sites[1].lat == 0.0
    assert "taken as 0" in ignored(own)["input_csv/locations.csv:3: latitude"]


def test_where_people_set_out_by_conflict_counts_may_be_missing(own):
    change(own[1], "spawn_rules:\n", "spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: constant\n")
    (own[0] / "source_data" / "data_layout.csv").unlink()
    assert read_flee_folder(*own).counts == ()


def test_camps_that_start_empty_need_no_counts(own):
    change(own[0] / "source_data" / "data_layout.csv", "Metra,metra.csv\n", "")
    change(own[1], "insert_day0: true", "empty_camps_on_day0: true")
    assert [series.name for series in read_flee_folder(*own).counts] == ["total", "Idipa", "Campo", "Largo"]


# What is named because it is not followed


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("country ,Homeland,Eastland,1,5", "stray space"),
        ("border,Homeland,Eastland,1,5", "none that is known"),
        ("country,Homeland,Atlantis,1,5", "no places lie in Atlantis"),
        ("location,Nowhere,-,1,5", "'Nowhere' is no place"),
    ],
)
def test_closures_that_the_peer_engine_passes_over_are_named(own, row, reason):
    change(own[0] / "input_csv" / "closures.csv", "location,Idipa,-,40,50", row)
    assert reason in ignored(own)["input_csv/closures.csv:4"]
    assert len(read_flee_folder(*own).closures) == 2


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("input_csv/major_routes.csv", "major routes"),
        ("input_csv/agents.csv", "one by one"),
        ("input_csv/flood_level.csv", "floods"),
        ("input_csv/region_attributes_IPC.csv", "hunger"),
        ("input_csv/location_changes.csv", "kind of a place"),
        ("location_changes.csv", "kind of a place"),
        ("input_csv/notes.csv", "nor by the peer engine"),
        ("source_data/old.csv", "not named in data_layout.csv"),
    ],
)
def test_files_that_are_not_read_are_named(own, name, reason):
    (own[0] / name).write_text("x\n", encoding="utf-8")
    assert reason in ignored(own)[name]


@pytest.mark.parametrize(("value", "named"), [("0.5", True), ("0", False), ("", False)])
def test_walking_by_chance_is_named_where_it_would_act(own, value, named):
    change(own[0] / "input_csv" / "routes.csv", "forced_redirection", "forced_redirection,walk_probability")
    change(own[0] / "input_csv" / "routes.csv", "Alba,Brio,45,0", f"Alba,Brio,45,0,{value}")
    assert ("input_csv/routes.csv: walk_probability" in ignored(own)) == named


@pytest.mark.parametrize("column", ["deactivation_probability", "conflict_intensity"])
def test_columns_that_are_not_followed_are_named(own, column):
    file = own[0] / "input_csv" / "locations.csv"
    change(file, "population\n", f"population,{column}\n")
    change(file, "conflict_zone,0,50000", "conflict_zone,0,50000,0.5")
    assert f"input_csv/locations.csv: {column}" in ignored(own)


def test_days_of_conflicts_out_of_order_are_named(own):
    change(own[0] / "input_csv" / "conflicts.csv", "\n5,1,0\n", "\n6,1,0\n")
    assert "order of the rows" in ignored(own)["input_csv/conflicts.csv:7: Day 6"]


def test_a_whole_folder_leaves_nothing_unsaid():
    assert read_flee_folder(*paths("toy-capped-a1")).settings.ignored == ()


# What is refused, in one line with file, row and column

DAMAGE = [
    ("locations.csv", "Duna,R2", ",R2", "locations.csv:5: name: is empty"),
    ("locations.csv", "Duna,R2", "Cima,R2", "locations.csv:5: name Cima: stands twice"),
    ("locations.csv", "1.2,1.4", "north,1.4", "locations.csv:5: latitude north: is not a n"),
    ("locations.csv", "1.2,1.4", "1.2,nan", "locations.csv:5: longitude nan: is not a n"),
    ("locations.csv", "1.2,1.4", "91,1.4", "locations.csv:5: latitude 91: is no latitude"),
    ("locations.csv", "1.2,1.4,town", "1.2,1.4,", "locations.csv:5: location_type: is empty"),
    ("locations.csv", "town,0,10000", "town,0,many", "locations.csv:5: population many: is not a n"),
    ("locations.csv", "town,0,10000", "town,0,1.5", "locations.csv:5: population 1.5: is not a wh"),
    ("locations.csv", "town,0,10000", "town,0,1e30", "locations.csv:5: population 1e30: is too large"),
    ("locations.csv", "town,0,10000", "town,0,-2", "locations.csv:5: population -2: is below -1"),
    ("locations.csv", "town,0,10000", "town,0", "locations.csv:5: name Duna: row has 7 cells"),
    ("locations.csv", "town,0,10000", "town,0,10000,7", "locations.csv:5: column 9 7: has no name"),
    ("locations.csv", "conflict_zone,15", "conflict_zone,", "locations.csv:3: conflict_date: is empty"),
    ("routes.csv", "Alba,Cima,120", "Alba,Tima,120", "routes.csv:3: name2 Tima: is no p"),
    ("routes.csv", "Alba,Cima,120", "Alba,,120", "routes.csv:3: name2: is empty"),
    ("routes.csv", "Alba,Cima,120", "Alba,Cima,far", "routes.csv:3: distance far: is not a n"),
    ("routes.csv", "Alba,Cima,120", "Alba,Cima,-1", "routes.csv:3: distance -1: is below 0"),
    ("routes.csv", "Alba,Cima,120,0", "Alba,Cima,120,3", "routes.csv:3: forced_redirection 3: is"),
    ("closures.csv", "20,35", "20,", "closures.csv:2: closure_end: is empty"),
    ("closures.csv", "20,35", "x,35", "closures.csv:2: closure_start x: is not a n"),
    ("conflicts.csv", "\n5,1,0\n", "\n5,1,\n", "conflicts.csv:7: Brio: is empty"),
    ("conflicts.csv", "\n5,1,0\n", "\n5,-1,0\n", "conflicts.csv:7: Alba -1: is below 0"),
    ("conflicts.csv", "#Day,Alba,Brio", "#Day,Alba,Alba", "conflicts.csv:1: name Alba: stands twice"),
    ("sim_period.csv", "2020-01-01", "1 Jan 2020", "sim_period.csv:1: StartDate 1 Jan 2020: is not a day"),
    ("sim_period.csv", "Length,60", "Length,0", "sim_period.csv:2: Length 0: is below 1"),
    ("sim_period.csv", "Length,60", "Longth,60", "sim_period.csv: Length: row is missing"),
    ("sim_period.csv", "Length,60", "Length,600", "conflicts.csv:1: has 62 days, the period has 600"),
    ("data_layout.csv", "campo.csv", "gone.csv", "gone.csv: file is missing"),
    ("data_layout.csv", ",campo.csv", ",", "data_layout.csv:3: file: is empty"),
    ("data_layout.csv", "Campo", "Idipa", "data_layout.csv:3: name Idipa: stands twice"),
    ("data_layout.csv", "Campo", "Compo", "data_layout.csv: name Campo: row is missing"),
    ("campo.csv", "2020-03-01", "1/3/2020", "campo.csv:3: date 1/3/2020: is not a day"),
    ("campo.csv", "900", "9oo", "campo.csv:3: people 9oo: is not a n"),
    ("campo.csv", "900", "-900", "campo.csv:3: people -900: is below 0"),
    ("campo.csv", "900", "9.5", "campo.csv:3: people 9.5: is not a wh"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), DAMAGE, ids=[said for *_, said in DAMAGE])
def test_damage_is_told_with_file_row_and_column(own, name, old, new, said):
    change(next(own[0].glob(f"*/{name}")), old, new)
    assert said in error_of(own)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nirgends,2020-03-01\n", "registration_corrections.csv:1: name Nirgends: has no row"),
        (
            "\nCampo,2020-02-01\n",
            "registration_corrections.csv:2: date 2020-02-01: is no day after the first",
        ),
        ("Campo,2020-01-01\n", "registration_corrections.csv:1: date 2020-01-01: is no day after the first"),
        ("Campo,soon\n", "registration_corrections.csv:1: date soon: is not a day"),
    ],
)
def test_corrections_that_cannot_be_made_are_told(own, text, said):
    correction(own, text)
    assert said in error_of(own)


def test_a_correction_of_nobody_is_told(own):
    change(own[0] / "source_data" / "campo.csv", "2020-01-01,50", "2020-01-01,0")
    correction(own, "Campo,2020-03-01\n")
    assert "follows a count below 1" in error_of(own)


def test_a_file_added_up_must_not_begin_later(own):
    change(own[0] / "source_data" / "data_layout.csv", "Campo,campo.csv", "Campo,campo.csv,more.csv")
    (own[0] / "source_data" / "more.csv").write_text("2020-01-02,5\n", encoding="utf-8")
    assert "data_layout.csv:3: file more.csv: begins later than campo.csv" in error_of(own)


@pytest.mark.parametrize(
    "name", ["input_csv/locations.csv", "input_csv/routes.csv", "input_csv/sim_period.csv"]
)
def test_files_that_are_needed_are_asked_for(own, name):
    (own[0] / name).unlink()
    assert f"F/{name}: file is missing" in error_of(own)


@pytest.mark.parametrize("name", ["input_csv", "source_data"])
def test_folders_that_are_needed_are_asked_for(own, name):
    (own[0] / name).rename(own[0] / "away")
    assert f"F/{name}/" in error_of(own)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe#\x00", "is not UTF-8"),
        (b"#name,a\nx,\x00", "NUL bytes"),
        (b'#name\n"open,1\n', "is no CSV"),
        (b"", "holds no places"),
        (b"#name,region\n", "holds no places"),
    ],
)
def test_files_that_are_no_tables_are_told(own, content, said):
    (own[0] / "input_csv" / "locations.csv").write_bytes(content)
    assert said in error_of(own)


def demographics(own, text, name="demographics_gender.csv"):
    (own[0] / "input_csv" / name).write_text(text, encoding="utf-8")


def test_an_attribute_is_named_by_its_file(own):
    demographics(own, "gender,Default,Alba\nmale,1,0\nfemale,3,1\n", "demographics_gender_2020.csv")
    values, weights = read_flee_folder(*own).demographics["gender"]
    assert values == ("male", "female")
    assert {name: weight.tolist() for name, weight in weights.items()} == {
        "Default": [1.0, 3.0],
        "Alba": [0.0, 1.0],
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gender,Alba\nmale,1\n", "demographics_gender.csv:1: Default: column is missing"),
        ("gender,Default\n", "demographics_gender.csv:1: Default: no row follows"),
        ("gender,Default\nmale,x\n", "demographics_gender.csv:2: Default x: is not a number"),
        ("gender,Default\nmale,-1\n", "demographics_gender.csv:2: Default -1: is below 0"),
        ("gender,Default\nmale,0\n", "demographics_gender.csv:1: Default: adds up to 0"),
        ("gender,Default\n,1\n", "demographics_gender.csv:2: gender: is empty"),
        ("", "demographics_gender.csv:1: Default: column is missing"),
    ],
)
def test_shares_that_cannot_be_read_are_told(own, text, said):
    demographics(own, text)
    assert said in error_of(own)


# Ids


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Bujumbura", "bujumbura"),
        ("N'Djamena", "n-djamena"),
        ("Fassala-Mbera", "fassala-mbera"),
        ("Distrito_Capital", "distrito-capital"),
        ("São  Tomé -- (north)", "sao-tome-north"),
        ("_Gao_", "gao"),
        ("Camp 12", "camp-12"),
        ("حلب", "site"),
    ],
)
def test_an_id_is_the_name_in_lower_case_with_hyphens(name, wanted):
    assert site_ids([name]) == (wanted,)


def test_names_that_fold_to_one_id_are_numbered_in_their_order():
    assert site_ids(["Gao", "gao", "GAO", "Gao-2"]) == ("gao", "gao-3", "gao-4", "gao-2")


def test_no_place_takes_the_id_of_people_under_way():
    assert site_ids(["On links", "on_links"]) == ("on-links-2", "on-links-3")
