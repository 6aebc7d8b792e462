"""Displacements as packs: what is written is read back, passes the checks, and damage is told."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import numpy as np
import polars as pl
import pytest
from flee_folders import EVERY_CASE, change, needs_shared, paths, plain, refusal
from hypothesis import given, settings
from hypothesis import strategies as st

from travesia.movement import (
    Closure,
    CountPart,
    Displacement,
    MoveRules,
    Settings,
    Site,
    SiteLink,
    SpawnRules,
    count_series,
    load_displacement,
    new_people,
    read_flee_folder,
    save_displacement,
    unmatched_countries,
)
from travesia.movement.displacement.country_codes import SPELLINGS, countries_named
from travesia.region import check_pack, load_region
from travesia.terms import InputError


def saved(displacement, folder):
    folder.mkdir()
    save_displacement(displacement, folder)
    return folder


@pytest.mark.parametrize("case", EVERY_CASE)
def test_what_is_saved_is_loaded_again_to_the_last_digit(case, tmp_path):
    displacement = read_flee_folder(*paths(case))
    again = load_displacement(saved(displacement, tmp_path / "pack"))
    assert plain(again) == plain(displacement)
    assert list(again.intensity) == list(displacement.intensity)
    assert new_people(again).tolist() == new_people(displacement).tolist()


@pytest.mark.parametrize("case", EVERY_CASE)
def test_a_saved_pack_passes_the_checks_without_an_error(case, tmp_path):
    findings = check_pack(saved(read_flee_folder(*paths(case)), tmp_path / "pack"))
    assert not [finding for finding in findings if finding.severity == "error"]
    assert {finding.check for finding in findings} <= {"short-links", "reachable-places"}


def test_saving_twice_gives_the_same_bytes(tmp_path):
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    first, second = (saved(displacement, tmp_path / name) for name in ("one", "two"))
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).map(str.strip)
FLOATS = st.floats(0, 1e12, allow_nan=False)


@st.composite
def displacements(draw):
    names = draw(st.lists(NAMES.filter(bool), min_size=2, max_size=4, unique=True))
    days = draw(st.integers(1, 6))
    levels = st.lists(FLOATS, min_size=days, max_size=days).map(np.array)
    sites = tuple(
        Site(
            id=f"site-{at}",
            name=name,
            region=draw(NAMES),
            country=draw(NAMES.filter(bool)),
            lat=draw(st.floats(-80, 80)),
            lon=draw(st.floats(-80, 80)),
            kind=draw(st.sampled_from(["town", "camp", "conflict_zone", "marker"])),
            conflict_day=draw(st.integers(-1, 9)),
            people=draw(st.integers(-1, 10**9)),
            columns=draw(st.dictionaries(NAMES.filter(bool), NAMES, max_size=2)),
        )
        for at, name in enumerate(names)
    )
    link = st.builds(
        SiteLink, st.sampled_from(names), st.sampled_from(names), FLOATS, st.sampled_from([0, 1, 2]),
        st.dictionaries(NAMES.filter(bool), NAMES, max_size=2),
    )  # fmt: skip
    whole = st.integers(-(10**6), 10**6)
    closure = st.builds(Closure, NAMES.filter(bool), NAMES, NAMES, whole, whole)
    part = CountPart("f.csv", np.array([0, 3], dtype=np.int64), np.array([draw(FLOATS), draw(FLOATS)]))
    values = tuple(draw(st.lists(NAMES.filter(bool), min_size=1, max_size=3)))
    weights = {"Default": np.array([draw(FLOATS) for _ in values])}
    return Displacement(
        name=draw(NAMES),
        start=date(2020, 2, 29),
        days=days,
        sites=sites,
        links=tuple(draw(st.lists(link, max_size=3))),
        closures=tuple(draw(st.lists(closure, max_size=2))),
        intensity=draw(st.none() | st.dictionaries(st.sampled_from(names), levels, max_size=2)),
        counts=(count_series("total", [part]), count_series(names[0] + "x", [part, part])),
        settings=Settings(
            SpawnRules(conflict_spawn_decay=(1.0, draw(FLOATS)), conflict_driven="pop_ratio"),
            MoveRules(camp_weight=draw(FLOATS), awareness_level=3, start_on_foot=True),
            hasten=draw(st.integers(1, 100)),
            ignored=((draw(NAMES), draw(NAMES)),),
        ),
        demographics=draw(st.sampled_from([{}, {"age": (values, weights)}])),
    )


@settings(max_examples=60, deadline=None)
@given(displacements())
def test_any_displacement_is_loaded_as_it_was_saved(tmp_path_factory, displacement):
    folder = tmp_path_factory.mktemp("packs") / "pack"
    assert plain(load_displacement(saved(displacement, folder))) == plain(displacement)
    load_region(folder)


# The ordinary files


@pytest.fixture
def toy(tmp_path):
    return saved(read_flee_folder(*paths("toy-capped-a1")), tmp_path / "pack")


def test_places_are_told_by_what_people_do_there(toy):
    places = load_region(toy).places
    kinds = dict(places.select("name", pl.col("kind").cast(pl.String)).iter_rows())
    assert kinds["Alba"] == "origin"
    assert kinds["Mark1"] == kinds["Hubba"] == kinds["Nora"] == "transit"
    assert kinds["Idipa"] == kinds["Campo"] == "destination"
    assert set(places["coordinates"].cast(pl.String)) == {"unchecked"}


def test_a_capacity_is_no_population(toy):
    people = dict(load_region(toy).places.select("name", "population").iter_rows())
    assert people["Alba"] == 50000
    assert people["Campo"] is None
    assert people["Mark1"] is None


def test_the_manifest_names_days_and_what_is_not_known_of_the_licence(toy):
    region = load_region(toy)
    assert region.name == "toy-capped"
    assert (region.default_span.start, region.default_span.end) == (date(2020, 1, 1), date(2020, 3, 1))
    assert region.restricted
    assert "not stated" in region.sources[0].licence


def test_two_roads_between_the_same_places_stand_once_in_the_pack_and_twice_for_the_simulator(tmp_path):
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    links = (*displacement.links, SiteLink("Brio", "Alba", 99.0), SiteLink("Alba", "Alba", 5.0))
    folder = saved(dataclasses.replace(displacement, links=links), tmp_path / "pack")
    routes = load_region(folder).routes
    assert routes.filter(pl.col("id") == "alba--brio--road")["km"].to_list() == [45.0]
    assert routes.height == len(displacement.links)
    assert load_displacement(folder).links == links


def test_a_place_without_links_is_doubtful_and_no_error(tmp_path):
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    links = tuple(link for link in displacement.links if "Nora" not in (link.one, link.other))
    found = check_pack(saved(dataclasses.replace(displacement, links=links), tmp_path / "pack"))
    alone = [finding for finding in found if finding.check == "reachable-places"]
    assert [finding.severity for finding in alone] == ["warning", "warning"]


def test_zones_that_only_the_table_of_conflicts_names_are_origins(tmp_path):
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    intensity = {**displacement.intensity, "Nora": np.ones(60), "Duna": np.zeros(60)}
    folder = saved(dataclasses.replace(displacement, intensity=intensity), tmp_path / "pack")
    assert load_region(folder).origins["place"].to_list() == ["alba", "brio", "nora"]


# Countries


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Burundi", "BDI"),
        ("Burkina_Faso", "BFA"),
        ("South_Sudan", "SSD"),
        ("south sudan", "SSD"),
        ("DRC", "COD"),
        ("CAR", "CAF"),
        ("Equador", "ECU"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote_d_Ivoire", "CIV"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Turkey", "TUR"),
        ("UKR", "UKR"),
    ],
)
def test_names_of_states_are_matched(name, iso3):
    country = countries_named([name])[name]
    assert (country.iso3, country.matched) == (iso3, True)


@pytest.mark.parametrize("name", ["Homeland", "Congo", "unknown", "Sud", "Burund", "", "XAA"])
def test_names_that_match_no_state_are_never_guessed(name):
    country = countries_named([name])[name]
    assert (country.iso3, country.matched) == ("XAA", False)


def test_codes_for_users_follow_the_order_of_the_names():
    found = countries_named(["Westland", "Mali", "Eastland", "Westland", "Northland"])
    assert [country.iso3 for country in found.values()] == ["XAA", "MLI", "XAB", "XAC"]


def test_every_further_spelling_is_of_a_state_that_is_listed():
    for name, iso3 in SPELLINGS.items():
        assert countries_named([name])[name].iso3 == iso3


def test_a_state_written_in_two_ways_stands_once(tmp_path):
    displacement = read_flee_folder(*paths("toy-capped-a1"))
    written = ["DRC", "Democratic Republic of the Congo"]
    sites = tuple(
        dataclasses.replace(site, country=written[at % 2]) for at, site in enumerate(displacement.sites)
    )
    folder = saved(dataclasses.replace(displacement, sites=sites), tmp_path / "pack")
    assert load_region(folder).countries["iso3"].to_list() == ["COD"]
    assert load_displacement(folder).sites == sites


def test_countries_without_a_state_are_told():
    found = unmatched_countries(read_flee_folder(*paths("toy-capped-a1")))
    assert [(country.written, country.iso3) for country in found] == [
        ("Homeland", "XAA"),
        ("Eastland", "XAB"),
        ("Westland", "XAC"),
    ]


@needs_shared
def test_all_countries_of_the_real_folders_are_states():
    for case in ("burundi2015-classic", "mali2012-classic", "venezuela2022-modern"):
        assert unmatched_countries(read_flee_folder(*paths(case))) == ()


# Damage


def test_a_pack_without_a_displacement_has_none():
    assert load_displacement("toy") is None


DAMAGE = [
    ("sites.csv", "alba,Alba", "Alba,Alba", "sites.csv:2: id Alba: is not written as it must be"),
    ("sites.csv", ",50000", ",many", "sites.csv:2: people many: is not a whole number"),
    ("links.csv", "1,Alba,Brio,45", "1,Alba,Brio,-45", "links.csv:2: km -45: is too small"),
    ("links.csv", "1,Alba,Brio", "1,Alba,Trio", "links.csv: unknown site Trio"),
    ("links.csv", "1,Alba,Brio", "2,Alba,Brio", "links.csv:3: link 2: row stands twice"),
    ("conflicts.csv", "Alba,0,1", "Olba,0,1", "conflicts.csv: unknown site Olba"),
    ("conflicts.csv", "Alba,0,1", "Alba,0,-1", "conflicts.csv:2: intensity -1: is too small"),
    ("counts.csv", "1,refugees.csv,0,200", "1,refugees.csv,0,", "counts.csv:2: people: is empty"),
    ("corrections.csv", "series,day\n", "series,day\n1,Compo,3\n", "corrections.csv: unknown series Compo"),
    ("settings.json", '"days": 60', '"days": "sixty"', "settings.json: is not of the form"),
    ("settings.json", '"hasten": 1', '"hasten": 0', "settings.json: settings.hasten 0: is below 1"),
    ("settings.json", '"days": 60', '"days": 0', "settings.json: days 0: is below 1"),
    ("counts.csv", "1,refugees.csv,0,200", "1,refugees.csv,0,1e20", "counts.csv:2: people 1e20: is too"),
    ("settings.json", '"hasten": 1', '"hasten": "one"', "settings.json: hasten: input should be"),
    ("settings.json", '"hasten": 1', '"hasten": 1, "haste": 2', "settings.json: settings.haste: key is"),
    ("settings.json", '"softening"', '"softning"', "settings.json: settings.move.softning: key is"),
    ("settings.json", '"format": 1', '"format": 9', "settings.json: format 9: this version"),
    ("settings.json", "{", "", "settings.json:2: is no JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), DAMAGE, ids=[said for *_, said in DAMAGE])
def test_damage_to_a_saved_displacement_is_told(toy, name, old, new, said):
    change(toy / "displacement" / name, old, new)
    text = refusal(lambda: load_displacement(toy))
    assert said in text.replace(str(toy / "displacement") + "/", "")


@pytest.mark.parametrize("name", ["sites.csv", "links.csv", "counts.csv", "settings.json"])
def test_files_of_a_saved_displacement_are_asked_for(toy, name):
    (toy / "displacement" / name).unlink()
    with pytest.raises(InputError, match=f"{name}: file is missing"):
        load_displacement(toy)


def test_columns_of_demographics_must_have_the_same_values(toy):
    file = toy / "displacement" / "demographics.csv"
    file.write_text("attribute,column,row,value,weight\na,Default,1,x,1\na,Alba,1,y,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="does not have the values"):
        load_displacement(toy)


def test_numbers_changed_by_hand_are_read(toy):
    change(toy / "displacement" / "links.csv", "1,Alba,Brio,45", "1,Alba,Brio,46.5")
    head = toy / "displacement" / "settings.json"
    content = json.loads(head.read_text(encoding="utf-8"))
    content["settings"]["move"]["softening"] = 12.5
    head.write_text(json.dumps(content), encoding="utf-8")
    again = load_displacement(toy)
    assert again.links[0].km == 46.5
    assert again.settings.move.softening == 12.5
