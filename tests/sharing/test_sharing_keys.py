from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from travesia.sharing import (
    Factor,
    Key,
    as_enacted,
    fair_shares,
    find_key,
    keys,
    read_inputs,
    with_cap,
    with_fallbacks,
)
from travesia.terms import Cite, InputError, Source, UnknownIdsError, UsageError

F = Fraction


def key_of(*factors: Factor, **changes: Any) -> Key:
    return replace(Key("test", "Test", factors, (), ()), **changes)


def shares_of(folder: Path, key: Key, text: str, **options: Any) -> dict[str, Any]:
    file = folder / "indicators.csv"
    file.write_text(text, encoding="utf-8")
    return {row.iso3: row for row in fair_shares(key, read_inputs(file), **options).rows}


def test_shipped_keys_are_cited_unless_they_weigh_nothing() -> None:
    shipped = keys()
    assert " ".join(shipped) == (
        "eu-2015-05 eu-2015-09 grech population-gdp koenigstein svr-swp bovens-bartsch equal"
    )
    assert all(key.id == name for name, key in shipped.items())
    assert all(bool(key.cites) == bool(key.factors) for key in shipped.values())


def test_an_unknown_key_names_those_that_exist() -> None:
    with pytest.raises(UsageError, match=r"key eu-2016: is unknown; use eu-2015-05, .*, equal or custom$"):
        find_key("eu-2016")


@dataclass(frozen=True)
class FakeEntry:
    name: str
    offered: object
    value: str = "other_package:KEY"

    def load(self) -> object:
        return self.offered


def install(monkeypatch: pytest.MonkeyPatch, *entries: FakeEntry) -> None:
    monkeypatch.setattr(
        "travesia.sharing.key_files.entry_points", lambda group: entries if group == "travesia.keys" else ()
    )


def test_installed_packages_add_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = key_of(Factor("population", F(1)), id="by-people")
    install(monkeypatch, FakeEntry("by-people", theirs))
    assert find_key("by-people") is theirs


@pytest.mark.parametrize(
    ("name", "offered", "says"),
    [
        ("by-people", "not a key", "is no key named by-people"),
        ("other-name", key_of(id="by-people"), "is no key named other-name"),
        ("equal", key_of(id="equal"), "key equal exists already"),
    ],
)
def test_a_wrong_installed_key_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, offered: object, says: str
) -> None:
    install(monkeypatch, FakeEntry(name, offered))
    with pytest.raises(UsageError, match=says):
        keys()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"factors": (Factor("population", F(1, 2)),)}, "add up to 1"),
        ({"factors": (Factor("Area km2", F(1)),)}, "factor Area km2 is no column name"),
        ({"factors": (Factor("population", F(2)), Factor("gdp", F(-1)))}, "weights must be above 0"),
        ({"factors": (Factor("population", F(1), cap=F(1)),)}, "a cap needs"),
        ({"cites": (Cite("nowhere"),)}, "does not list"),
    ],
)
def test_a_key_that_makes_no_sense_cannot_be_made(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        key_of(**changes)


def test_a_cite_must_point_to_a_listed_source() -> None:
    source = Source("law", "A law", "A state", "public domain")
    assert key_of(sources=(source,), cites=(Cite("law"),)).cites == (Cite("law"),)


def test_population_and_gdp_weigh_half_each(tmp_path: Path) -> None:
    rows = shares_of(tmp_path, find_key("population-gdp"), "iso3,population,gdp\nAAA,1,3\nBBB,3,1\nCCC,4,0\n")
    assert [row.share for row in rows.values()] == [F(7, 16), F(5, 16), F(1, 4)]
    assert rows["AAA"].why == "1/2 x population 12.500% + 1/2 x gdp 75.000%"


def test_the_unit_of_an_indicator_does_not_matter(tmp_path: Path) -> None:
    key = find_key("population-gdp")
    one = shares_of(tmp_path, key, "iso3,population,gdp\nAAA,1.1,0.3\nBBB,3.7,0.1\n")
    two = shares_of(tmp_path, key, "iso3,population,gdp\nAAA,1100000,3\nBBB,3700000,1\n")
    assert {s: r.share for s, r in one.items()} == {s: r.share for s, r in two.items()}


def test_equal_needs_no_indicator(tmp_path: Path) -> None:
    rows = shares_of(tmp_path, find_key("equal"), "iso3,gdp\nAAA,\nBBB,\nCCC,\n", people=10)
    assert [row.people for row in rows.values()] == [4, 3, 3]
    assert [row.share for row in rows.values()] == [F(1, 3)] * 3


def test_an_inverse_factor_gives_less_where_the_value_is_high(tmp_path: Path) -> None:
    key = key_of(Factor("unemployment_pct", F(1), "inverse"))
    rows = shares_of(tmp_path, key, "iso3,unemployment_pct\nAAA,2\nBBB,4\nCCC,4\n")
    assert [row.share for row in rows.values()] == [F(1, 2), F(1, 4), F(1, 4)]


def test_an_inverse_factor_refuses_zero(tmp_path: Path) -> None:
    key = key_of(Factor("unemployment_pct", F(1), "inverse"))
    with pytest.raises(InputError, match=r"csv:3: unemployment_pct BBB: is 0, and the key divides by it"):
        shares_of(tmp_path, key, "iso3,unemployment_pct\nAAA,2\nBBB,0\n")


def test_a_cap_is_measured_by_the_base_and_what_it_cuts_off_is_shared_by_the_base(tmp_path: Path) -> None:
    # Base: population 1/4, 3/4. Inverse unemployment 3/4, 1/4, capped at 2 x base = 1/2 for AAA.
    # AAA .5/4 + .5/2 = 3/8, BBB .5*3/4 + .5/4 = 1/2; the rest 1/8 goes 1 to 3.
    key = key_of(Factor("population", F(1, 2)), Factor("unemployment_pct", F(1, 2), "inverse", cap=F(2)))
    key = with_cap(key, "base")
    rows = shares_of(tmp_path, key, "iso3,population,unemployment_pct\nAAA,1,2\nBBB,3,6\n")
    assert [row.score for row in rows.values()] == [F(3, 8) + F(1, 32), F(1, 2) + F(3, 32)]


def test_floors_ceilings_and_exclusions_of_a_key_hold(tmp_path: Path) -> None:
    key = key_of(Factor("population", F(1)), floor=F(1, 10), ceiling=F(1, 2), excluded=("DDD", "ZZZ"))
    text = "iso3,population\nAAA,70\nBBB,29\nCCC,1\nDDD,100\n"
    rows = shares_of(tmp_path, key, text)
    assert [row.share for row in rows.values()] == [F(1, 2), F(2, 5), F(1, 10), F(0)]
    assert [row.bound for row in rows.values()] == ["upper", None, "lower", "upper"]
    assert rows["DDD"].why == "exempted: excluded by the key test"
    assert "held at the ceiling" in rows["AAA"].why


def test_exempted_states_keep_their_score_and_the_rest_is_spread(tmp_path: Path) -> None:
    text = "iso3,population,gdp\nAAA,2,2\nBBB,1,1\nCCC,1,1\n"
    rows = shares_of(tmp_path, find_key("population-gdp"), text, people=9, exempt={"AAA": "in crisis"})
    assert [row.score for row in rows.values()] == [F(1, 2), F(1, 4), F(1, 4)]
    assert [row.people for row in rows.values()] == [0, 5, 4]
    assert (rows["AAA"].bound, rows["AAA"].why) == ("upper", "exempted: in crisis")
    assert rows["BBB"].why.endswith("spread in proportion")


def test_exempting_everybody_or_a_stranger_is_refused(tmp_path: Path) -> None:
    text = "iso3,population,gdp\nAAA,2,2\nBBB,1,1\n"
    with pytest.raises(UsageError, match="exempt fewer states"):
        shares_of(tmp_path, find_key("equal"), text, exempt={"AAA": "x", "BBB": "y"})
    with pytest.raises(UnknownIdsError, match="unknown member CCC"):
        shares_of(tmp_path, find_key("equal"), text, exempt={"CCC": "x"})


def test_a_missing_indicator_is_refused_and_never_zero(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"indicators\.csv:3: gdp BBB \(and 1 more\): is missing"):
        shares_of(tmp_path, find_key("population-gdp"), "iso3,population,gdp\nAAA,2,2\nBBB,1,\nCCC,1,\n")
    with pytest.raises(InputError, match=r"indicators\.csv:2: gdp AAA"):
        shares_of(tmp_path, find_key("population-gdp"), "iso3,population\nAAA,2\n")


def test_an_indicator_that_is_zero_everywhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"population AAA .*is 0 for all members"):
        shares_of(tmp_path, find_key("population-gdp"), "iso3,population,gdp\nAAA,0,2\nBBB,0,1\n")


RATES = "iso3,population,gdp,unemployment_pct,asylum_per_million\nAAA,2,2,4,1\nBBB,1,1,,1\nCCC,1,1,8,1\n"


def test_a_fallback_is_named_and_seen(tmp_path: Path) -> None:
    key = find_key("eu-2015-05")
    with pytest.raises(InputError, match="unemployment_pct BBB: is missing"):
        shares_of(tmp_path, key, RATES)
    found = shares_of(tmp_path, with_fallbacks(key, {"unemployment_pct": "median"}), RATES)
    filled = shares_of(tmp_path, key, RATES.replace("1,1,,1", "1,1,6,1"))
    assert {s: row.share for s, row in found.items()} == {s: row.share for s, row in filled.items()}
    assert found["BBB"].why == filled["BBB"].why + "; unemployment_pct missing: the members' median 6 taken"
    assert found["AAA"].why == filled["AAA"].why


def test_a_fallback_needs_somebody_who_reports(tmp_path: Path) -> None:
    key = with_fallbacks(find_key("eu-2015-05"), {"unemployment_pct": "median"})
    with pytest.raises(InputError, match=r"unemployment_pct AAA \(and 1 more\): is missing"):
        shares_of(tmp_path, key, "iso3,population,gdp,asylum_per_million\nAAA,2,2,1\nBBB,1,1,1\n")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"gdp": "median"}, "--fallback gdp: nothing stands in for the size of a state"),
        ({"area_km2": "median"}, "--fallback area_km2: key eu-2015-05 weighs population, gdp"),
        (
            {"unemployment_pct": "zero"},
            "--fallback unemployment_pct=zero: is unknown; use unemployment_pct=median",
        ),
    ],
)
def test_a_fallback_that_makes_no_sense_is_refused(columns: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        with_fallbacks(find_key("eu-2015-05"), columns)


def test_bounds_in_people_hold_and_the_rest_is_shared_in_proportion(tmp_path: Path) -> None:
    text = "iso3,population,gdp\nAAA,6,6\nBBB,3,3\nCCC,1,1\n"
    bounds = {"AAA": (None, 40), "CCC": (20, None)}
    rows = shares_of(tmp_path, find_key("population-gdp"), text, people=100, bounds=bounds)
    assert [row.people for row in rows.values()] == [40, 40, 20]
    assert [row.bound for row in rows.values()] == ["upper", None, "lower"]
    assert sum(row.share for row in rows.values()) == 1
    for way in ("webster", "adams", "jefferson", "huntington-hill"):
        held = shares_of(tmp_path, find_key("population-gdp"), text, people=99, bounds=bounds, rounding=way)
        assert (held["AAA"].people, held["CCC"].people) == (40, 20)


def test_bounds_need_people_and_members(tmp_path: Path) -> None:
    text = "iso3,population,gdp\nAAA,6,6\nBBB,3,3\n"
    key = find_key("population-gdp")
    with pytest.raises(UnknownIdsError, match="unknown member CCC"):
        shares_of(tmp_path, key, text, people=10, bounds={"CCC": (1, None)})
    with pytest.raises(UsageError, match="bounds: count people"):
        shares_of(tmp_path, key, text, bounds={"AAA": (1, None)})
    with pytest.raises(UsageError, match=r"upper bounds: the states that take part can carry 0\.9000"):
        shares_of(tmp_path, key, text, people=10, bounds={"AAA": (None, 5), "BBB": (None, 4)})
    nobody = shares_of(tmp_path, key, text, people=0, bounds={"AAA": (None, 5)})
    assert [row.people for row in nobody.values()] == [0, 0]


def test_as_enacted_leaves_out_whom_the_text_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "eu.csv"
    file.write_text(RATES.replace("AAA", "DNK").replace(",,", ",5,"), encoding="utf-8")
    key = find_key("eu-2015-05")
    inputs = as_enacted(key, read_inputs(file))
    assert inputs.members == ("BBB", "CCC")
    # Nothing of the state that is left out counts: not in sums, and not in the parts of rates.
    assert fair_shares(key, inputs).rows[0].share == F(8, 10) / 2 + F(1, 10) / 2 + F(1, 10) * F(8, 13)
    with pytest.raises(UsageError, match="leaves out every member"):
        as_enacted(key, inputs.of(["DNK"]))


def test_shares_show_themselves_as_a_table(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("iso3,population,gdp\nAAA,3,3\nBBB,1,1\n", encoding="utf-8")
    shares = fair_shares(find_key("population-gdp"), read_inputs(file), people=8)
    assert shares.table.columns == ["iso3", "score", "share", "people", "usd", "bound", "why"]
    assert shares.table.rows()[0][:5] == ("AAA", 0.75, 0.75, 6, None)
    assert "<table" in shares._repr_html_()
    assert "AAA" in shares._repr_html_()


def test_an_index_over_equal_values_is_refused(tmp_path: Path) -> None:
    text = "iso3,population,gdp_per_head_ppp,job_vacancy_pct,old_age_pct\nAAA,1,5,1,1\nBBB,1,5,2,2\n"
    with pytest.raises(InputError, match=r"gdp_per_head_ppp AAA .*is the same for all members"):
        shares_of(tmp_path, find_key("bovens-bartsch"), text)


def test_a_key_that_gives_nobody_a_share_is_refused(tmp_path: Path) -> None:
    # The only people live where all three indices are the lowest.
    text = "iso3,population,gdp_per_head_ppp,job_vacancy_pct,old_age_pct\nAAA,1,5,1,1\nBBB,0,6,2,2\n"
    with pytest.raises(InputError, match="key bovens-bartsch: gives no member a share"):
        shares_of(tmp_path, find_key("bovens-bartsch"), text)
