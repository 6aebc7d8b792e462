from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from travesia.region import CHECKS, Finding, Region, check_pack, check_region, load_region


def only(pack: Path, check: str) -> Finding:
    """The one finding of a check; any other check must be silent."""
    findings = check_pack(pack)
    assert [finding.check for finding in findings] == [check], [str(finding) for finding in findings]
    return findings[0]


def test_shipped_packs_have_no_findings(americas: Region) -> None:
    assert check_region(americas) == []
    assert check_pack("toy") == []


def test_every_check_is_explained() -> None:
    assert all(check.__doc__ and check.__doc__.startswith("Find ") for check in CHECKS.values())


def test_a_link_back_over_a_two_way_link_is_a_duplicate(pack: Path) -> None:
    path = pack / "routes.csv"
    path.write_text(path.read_text() + "xa-mirador--xa-alba--road,xa-mirador,xa-alba,road,96.0,1\n")
    found = only(pack, "duplicate-links")
    assert (found.row, found.column, found.severity) == (8, "id", "error")
    assert "xa-alba--xa-mirador--road" in found.message


def test_two_one_way_links_against_each_other_are_no_duplicates(pack: Path) -> None:
    path = pack / "routes.csv"
    path.write_text(path.read_text() + "xb-bosque--xa-alba--jungle,xb-bosque,xa-alba,jungle,140.0,1\n")
    assert check_pack(pack) == []


def test_a_link_shorter_than_the_great_circle(pack: Path, edit: Callable[..., Path]) -> None:
    # Alba to Bosque: 1.1 degrees north and 0.1 west are 122.8 km.
    edit("routes.csv", "jungle,140.0", "jungle,122.0")
    found = only(pack, "short-links")
    assert (found.row, found.column) == (3, "km")
    assert "122 km is shorter than the great circle, 122.8 km" in found.message


@pytest.mark.parametrize(("km", "wrong"), [(122.5, 0), (122.2, 1)])
def test_half_a_kilometre_is_rounding(pack: Path, edit: Callable[..., Path], km: float, wrong: int) -> None:
    edit("routes.csv", "jungle,140.0", f"jungle,{km}")
    assert len(check_pack(pack)) == wrong


@pytest.mark.parametrize(("km", "wrong"), [(327.0, 0), (325.0, 1)])
def test_an_end_rounded_to_a_district_may_be_off(
    pack: Path, edit: Callable[..., Path], km: float, wrong: int
) -> None:
    # Bosque to Cruce: 3.0 degrees north and 0.2 west are 334.3 km; Cruce is rounded to 0.1 degree.
    edit("routes.csv", "bus_controlled,390.0", f"bus_controlled,{km}")
    assert len(check_pack(pack)) == wrong


def test_a_link_to_its_own_start(pack: Path) -> None:
    path = pack / "routes.csv"
    path.write_text(path.read_text() + "xa-alba--xa-alba--road,xa-alba,xa-alba,road,1.0,1\n")
    assert "ends where it starts" in only(pack, "short-links").message


def test_a_place_that_no_link_reaches(pack: Path) -> None:
    path = pack / "places.csv"
    path.write_text(path.read_text() + "xb-isla,Isla,XBB,transit,2.0,-27.0,,approximate\n")
    found = only(pack, "reachable-places")
    assert Path(found.file).name == "places.csv"
    assert found.row == 7
    assert "xb-isla" in found.message


def test_an_origin_from_which_no_way_leads_to_the_border(pack: Path, edit: Callable[..., Path]) -> None:
    path = pack / "places.csv"
    path.write_text(path.read_text() + "xa-isla,Isla,XAA,origin,0.4,-26.0,,approximate\n")
    path = pack / "origins.csv"
    path.write_text(path.read_text() + "XAA,xa-isla,home\n")
    found = only(pack, "reachable-places")
    assert Path(found.file).name == "origins.csv"
    assert found.row == 6
    assert found.message == "no way leads from xa-isla to xc-duna"


def test_one_way_links_are_not_walked_back(pack: Path, edit: Callable[..., Path]) -> None:
    # The last link turned round: the border can no longer be reached by anyone.
    edit(
        "routes.csv",
        "xb-cruce--xc-duna--border_desert,xb-cruce,xc-duna",
        "xc-duna--xb-cruce--border_desert,xc-duna,xb-cruce",
    )
    found = check_pack(pack)
    assert {finding.check for finding in found} == {"reachable-places", "gates"}
    assert sum(Path(finding.file).name == "origins.csv" for finding in found) == 4


def test_a_gate_without_a_near_side(pack: Path, edit: Callable[..., Path]) -> None:
    edit("gates.csv", "xc-duna,,xb-cruce,", "xc-duna,,,")
    assert only(pack, "gates").message == "gate-sector-duna has no near side"


def test_a_near_side_without_a_link_to_the_gate(pack: Path, edit: Callable[..., Path]) -> None:
    edit("gates.csv", "xc-duna,,xb-cruce,", "xc-duna,,xb-bosque,")
    assert "no link leads from xb-bosque to gate-sector-duna" in only(pack, "gates").message


def test_a_checkpoint_may_stand_some_links_after_its_near_side(pack: Path, edit: Callable[..., Path]) -> None:
    edit("routes.csv", "xa-alba--xb-bosque--jungle,xa-alba,xb-bosque,jungle,140.0,1\n", "")
    assert check_pack(pack) == []


def test_a_place_belongs_to_one_gate(pack: Path, edit: Callable[..., Path]) -> None:
    edit("gates.csv", "xb-bosque,,xa-alba", "xb-bosque,xc-duna,xa-alba")
    assert only(pack, "gates").message == "xc-duna belongs to gate-sector-duna already"


def test_a_port_belongs_to_a_gate(pack: Path, edit: Callable[..., Path]) -> None:
    edit("places.csv", "XAA,origin,0.9", "XAA,port,0.9")
    assert only(pack, "gates").message == "port xa-mirador belongs to no gate"


def test_a_place_off_the_map(pack: Path, edit: Callable[..., Path]) -> None:
    edit("places.csv", "destination,4.9,-27.2", "destination,-27.2,4.9")
    found = {finding.check: finding for finding in check_pack(pack)}
    assert set(found) == {"coordinates", "short-links"}
    assert "exchanged" in found["coordinates"].remedy


def test_an_irregular_crossing_must_be_rounded(pack: Path, edit: Callable[..., Path]) -> None:
    edit("places.csv", ",,district", ",,approximate")
    assert "round it to 0.1 degree" in only(pack, "coordinates").remedy


def test_a_district_must_be_rounded(pack: Path, edit: Callable[..., Path]) -> None:
    edit("places.csv", "crossing,4.6,-27.3", "crossing,4.61,-27.3")
    assert "is not rounded" in only(pack, "coordinates").message


def test_years_out_of_range(pack: Path, observe: Callable[..., Path]) -> None:
    observe(lambda frame: frame.with_columns(pl.col("period").replace("2021", "1021")))
    found = check_pack(pack)
    assert {finding.check for finding in found} == {"periods"}
    assert len(found) == 6
    assert "1021 of toy-hosted is out of range" in found[0].message


def test_a_series_beyond_the_end_of_the_data_is_a_warning(pack: Path, edit: Callable[..., Path]) -> None:
    edit("pack.toml", 'data_end = "2023-01-01"', 'data_end = "2022-12-01"')
    found = check_pack(pack)
    assert {(finding.check, finding.severity) for finding in found} == {("periods", "warning")}
    # A year counts by its last month, so the year 2022 goes on after November.
    assert sorted(finding.message.split()[0] for finding in found) == [
        "toy-admissions", "toy-border", "toy-checkpoint", "toy-hosted",
    ]  # fmt: skip
    edit("pack.toml", "[title]", 'background = ["toy-admissions", "toy-border", "toy-checkpoint"]\n[title]')
    assert [finding.message.split()[0] for finding in check_pack(pack)] == ["toy-hosted"]


def test_a_series_that_mixes_stock_and_flow(pack: Path, observe: Callable[..., Path]) -> None:
    first = (pl.col("series") == "toy-hosted") & (pl.col("value") == 900)
    swapped = (
        pl.when(first).then(pl.lit("flow")).otherwise(pl.col("measure").cast(pl.String)).alias("measure")
    )
    observe(lambda frame: frame.with_columns(swapped))
    assert "toy-hosted mixes" in only(pack, "measures").message


def test_a_nationality_counted_at_the_border_must_start_somewhere(
    pack: Path, edit: Callable[..., Path]
) -> None:
    edit("origins.csv", "OTHER,xa-mirador,gateway\n", "")
    found = only(pack, "nationalities")
    assert found.message == "OTHER is counted in toy-border but starts nowhere"
    assert found.row is not None


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("toy-border,2022,,7778,encounters,x", "toy-border 2022 adds up to 7779, published are 7778"),
        ("toy-border,2022,USBP,7779,encounters,x", None),
        ("toy-border,2022,OFO,7779,encounters,x", "toy-border 2022 OFO has no rows, published are 7779"),
        ("toy-border,FY2022,,5673,encounters,x", None),
        ("toy-border,2022-01/2022-09,,5673,encounters,x", None),
        ("toy-border,2022-01,,500,encounters,x", None),
        ("toy-border,2022,,7779,people,x", "toy-border 2022 is not all in people"),
        ("toy-boarder,2022,,7779,people,x", "toy-boarder 2022 has no rows, published are 7779"),
    ],
)
def test_totals(pack: Path, row: str, message: str | None) -> None:
    (pack / "published-totals.csv").write_text(f"series,period,channel,value,unit,note\n{row}\n")
    found = check_pack(pack)
    if message is None:
        assert found == []
    else:
        assert [(finding.check, finding.row, finding.message) for finding in found] == [
            ("totals", 2, message)
        ]


def test_totals_are_optional_but_must_be_readable(pack: Path) -> None:
    path = pack / "published-totals.csv"
    path.write_text("series,period\n")
    assert only(pack, "totals").row == 1
    path.unlink()
    assert check_pack(pack) == []


def test_a_finding_reads_as_one_line(pack: Path, edit: Callable[..., Path]) -> None:
    path = edit("routes.csv", "jungle,140.0", "jungle,12.0")
    text = str(only(pack, "short-links"))
    assert text.startswith(f"error: {path}:3: km: 12 km is shorter")
    assert text.endswith("[short-links]")


def test_check_region_reads_the_totals_of_a_project(pack: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "overrides").mkdir(parents=True)
    (project / "project.toml").write_text(f'format = 1\npack = "{pack.as_posix()}"\n')
    wrong = project / "overrides" / "published-totals.csv"
    wrong.write_text("series,period,channel,value,unit,note\ntoy-border,2022,,1,encounters,x\n")
    found = check_region(load_region(project))
    assert [(finding.check, finding.file) for finding in found] == [("totals", str(wrong))]


def test_the_command_says_all_is_well(travesia: Callable[..., Any]) -> None:
    outcome = travesia("check", "toy")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "toy: 0 errors, 0 warnings in 15 checks\n"


def test_the_command_lists_all_findings_and_ends_with_1(
    pack: Path, edit: Callable[..., Path], travesia: Callable[..., Any]
) -> None:
    edit("routes.csv", "jungle,140.0", "jungle,12.0")
    edit("origins.csv", "OTHER,xa-mirador,gateway\n", "")
    outcome = travesia("check", pack)
    assert outcome.code == 1
    lines = outcome.out.splitlines()
    assert len(lines) == 3
    assert "[short-links]" in lines[0]
    assert "[nationalities]" in lines[1]
    assert lines[2].endswith("2 errors, 0 warnings in 15 checks")


def test_warnings_alone_end_with_0(
    pack: Path, edit: Callable[..., Path], travesia: Callable[..., Any]
) -> None:
    edit("pack.toml", 'data_end = "2023-01-01"', 'data_end = "2022-12-01"')
    outcome = travesia("check", pack, "--json")
    told = json.loads(outcome.out)
    assert (outcome.code, told["errors"], told["warnings"]) == (0, 0, 4)
    assert {row["severity"] for row in told["rows"]} == {"warning"}


def test_the_command_finds_faults_of_policies_and_scenarios(
    pack: Path, edit: Callable[..., Path], travesia: Callable[..., Any]
) -> None:
    edit("scenarios.toml", 'policy = "toy-expulsion"', 'policy = "toy-explosion"')
    outcome = travesia("check", pack, "--json")
    told = json.loads(outcome.out)
    assert outcome.code == 1
    assert [row["check"] for row in told["rows"]] == ["scenarios"]
    assert "toy-explosion" in told["rows"][0]["message"]
    (pack / "policies.toml").unlink()
    told = json.loads(travesia("check", pack, "--json").out)
    assert [row["check"] for row in told["rows"]] == ["policies"]


def test_a_default_scenario_that_is_none_is_found(
    pack: Path, edit: Callable[..., Path], travesia: Callable[..., Any]
) -> None:
    edit("pack.toml", '"expulsion-ends"', '"expulsion-bends"')
    told = json.loads(travesia("check", pack, "--json").out)
    assert [row["check"] for row in told["rows"]] == ["scenarios"]


def test_no_such_pack_ends_with_2(travesia: Callable[..., Any]) -> None:
    outcome = travesia("check", "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("error: nowhere: ")
