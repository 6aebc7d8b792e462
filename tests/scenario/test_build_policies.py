"""The build script: from the raw table to the pack's files, half-open and byte for byte the same."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

HEADER = (
    "id,kind,start,end,announced,planned_end,end_known,authority,nationalities,except,demographics,where,"
    "amount,unit,in_model,part_of,description,certainty,source\n"
)
SAID = "USA,*,,*,@border,,,0,t42-original"
ROWS = {
    "t42-original": "expulsion,2020-03-21,2023-05-11,2020-03-20,,2023-01-30,USA,*,,*,@border,,,1,,O,seen,law",
    "t42-planned-end-1": f"announcement,2022-04-01,2022-05-23,,,,{SAID},End,seen,a",
    "t42-louisiana-injunction": f"announcement,2022-05-20,,,,,{SAID},Stop,seen,b",
    "t42-dc-ruling": f"announcement,2022-11-15,,,,,{SAID},Ruling,seen,c",
    "t42-admin-stay": f"announcement,2022-12-19,,,,,{SAID},Stay,seen,d",
    "t42-scotus-stay": f"announcement,2022-12-27,,,,,{SAID},Stay,seen,e",
    "t42-end-announced": f"announcement,2023-01-30,,,,,{SAID},Said,seen,f",
    "visa": (
        "visa,2023-02-28,,,2024-02-28,,MEX,@two|COL,COL,family_unit,@way|a--b--air,,,1,,"
        '"He said ""no""",seen,"x, y"'
    ),
    "parole": (
        "quota-pathway,2022-10-18,2022-12-31,,,,USA,VEN,,*,a--b--air,24000,persons in total,1,,Parole,seen,g"
    ),
}
KINDS = (
    "kind,acts_on,meaning,amount_means\n"
    "expulsion,gate,,\nannouncement,belief,,\nvisa,link,,\nquota-pathway,link,,\n"
)
NATIONS = "group,iso3\ntwo,HTI\ntwo,VEN\n"
PLACES = (
    "group,member_type,member,direction\nborder,place,us-yuma,\nway,route,c--d--road,forward\n"
    "way,route,e--f--road,reverse\nway,route,g--h--rail,both\n"
)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "build_policies.py"
    spec = importlib.util.spec_from_file_location("build_policies", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    text = HEADER + "".join(f"{name},{row}\n" for name, row in ROWS.items())
    for name, content in (
        ("policies", text), ("policy-kinds", KINDS), ("policy-nationalities", NATIONS),
        ("policy-places", PLACES),
    ):  # fmt: skip
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def test_last_days_become_half_open_ends(tool: ModuleType, raw: Path) -> None:
    files = {name: tomllib.loads(text) for name, text in tool.policy_files(raw).items()}
    order = files["gates.toml"]["policies"][0]
    assert f"{order['start']} {order['end']} {order['announced']} {order['end_known']}" == (
        "2020-03-21 2023-05-12 2020-03-20 2023-01-30"
    )
    visa, parole = files["links.toml"]["policies"]
    assert str(visa["planned_end"]) == "2024-02-29"
    assert "end" not in visa
    assert str(parole["end"]) == "2023-01-01"


def test_text_groups_and_amounts_survive(tool: ModuleType, raw: Path) -> None:
    visa, parole = tomllib.loads(tool.policy_files(raw)["links.toml"])["policies"]
    assert visa["description"] == 'He said "no"'
    assert visa["source"] == "x, y"
    assert (visa["nationalities"], visa["except"]) == (["@two", "COL"], ["COL"])
    assert (visa["demographics"], visa["where"]) == (["family_unit"], ["@way", "a--b--air"])
    assert parole["effect"] == {"amount": {"value": 24000, "unit": "persons in total", "basis": "cited"}}


def test_groups_stand_once_with_links_in_the_direction_of_travel(tool: ModuleType, raw: Path) -> None:
    groups = tomllib.loads(tool.policy_files(raw)["groups.toml"])["groups"]
    assert groups["nationalities"] == {"two": ["HTI", "VEN"]}
    assert groups["places"] == {
        "border": ["us-yuma"], "way": ["c--d--road", "f--e--road", "g--h--rail", "h--g--rail"],
    }  # fmt: skip


def test_plans_take_their_day_and_source_from_the_record_that_says_so(tool: ModuleType, raw: Path) -> None:
    plans = tomllib.loads(tool.policy_files(raw)["groups.toml"])["plans"]
    assert [(str(plan["known"]), str(plan.get("end")), plan["source"]) for plan in plans[:4]] == [
        ("2022-04-01", "2022-05-23", "a"), ("2022-05-20", "None", "b"),
        ("2022-11-15", "2022-12-21", "c"), ("2022-12-19", "None", "d"),
    ]  # fmt: skip


def test_building_twice_gives_the_same_bytes(tool: ModuleType, raw: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        tool.main(["--raw", str(raw), "--out", str(tmp_path / name)])
    files = sorted(path.name for path in (tmp_path / "one" / "policies").iterdir())
    assert files == ["beliefs.toml", "gates.toml", "groups.toml", "links.toml", "origins.toml", "places.toml"]
    for name in files:
        assert (tmp_path / "one/policies" / name).read_bytes() == (
            tmp_path / "two/policies" / name
        ).read_bytes()


def test_a_day_that_does_not_exist_is_refused(tool: ModuleType, raw: Path) -> None:
    file = raw / "policies.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2023-05-11", "2023-13-11"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"month must be in 1..12"):
        tool.policy_files(raw)
