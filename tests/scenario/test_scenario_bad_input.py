"""Whatever is wrong in the files: one clear line with file and line number, and what to do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travesia.region import Region
from travesia.scenario import load_parameters, load_policies, load_scenario, scenario_names
from travesia.terms import InputError, ScenarioError, UnknownIdsError

POLICY = """
[[policies]]
id = "toy-third"
kind = "visa"
description = "Invented"
authority = ["XCC"]
start = 2022-05-01
nationalities = ["XAA"]
where = ["xb-bosque--xb-cruce--road"]
in_model = true
certainty = "invented"
source = "invented"
"""


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line == text)


def spoil(region: Region, file: str, old: str, new: str) -> Path:
    path = region.folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def fault(region: Region, name: str = "expulsion-ends") -> str:
    with pytest.raises(InputError) as raised:
        load_scenario(region, name)
    text = str(raised.value)
    assert "\n" not in text
    assert "; " in text
    assert raised.value.exit_code == 2
    return text


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("policies.toml", "start = 2022-02-01", "start = 2022-13-01", "start 2022-13-01: is no TOML"),
        ("policies.toml", "start = 2022-02-01", "start = 2022-02-30", "start 2022-02-30: is no TOML"),
        (
            "policies.toml",
            "start = 2022-02-01",
            'start = "2022-02-01"',
            "start 2022-02-01: input should be a valid date",
        ),
        ("policies.toml", "start = 2022-02-01", "start = 2022", "start 2022: input should be a valid date"),
        (
            "policies.toml",
            "end = 2022-08-01",
            "end = 2022-01-01",
            "end 2022-01-01: is before the start 2022-02-01",
        ),
        ("policies.toml", "end = 2022-08-01", "ends = 2022-08-01", "ends: key is unknown"),
        (
            "policies.toml",
            'kind = "expulsion"',
            'kind = "expelling"',
            "kind expelling: unknown kind, none of expulsion",
        ),
        ("policies.toml", 'except = ["XBB"]', 'except = ["xbb"]', "except xbb: is no ISO 3166 alpha-3 code"),
        ("policies.toml", 'authority = ["XCC"]', 'authority = ["USAA"]', "authority USAA: is no ISO 3166"),
        (
            "policies.toml",
            'where = ["@border"]',
            'where = ["@borders"]',
            "where @borders: unknown group; use one of border",
        ),
        (
            "policies.toml",
            "in_model = true",
            'in_model = "yes"',
            "in_model yes: input should be a valid boolean",
        ),
        ("policies.toml", 'id = "toy-returns"', 'id = "toy-expulsion"', "id toy-expulsion: stands twice"),
        ("policies.toml", 'id = "toy-returns"', 'id = "Toy returns"', "id Toy returns: is no id"),
        (
            "policies.toml",
            "in_model = true",
            'demographics = ["men"]\nin_model = true',
            "demographics men: unknown demographic",
        ),
        (
            "policies.toml",
            'legal_basis = "ordinary-law"',
            'legal_basis = "law"',
            "legal_basis law: unknown legal basis",
        ),
        (
            "policies.toml",
            "in_model = true",
            'part_of = "toy-first"\nin_model = true',
            "part_of toy-first: unknown policy",
        ),
        (
            "policies.toml",
            "in_model = true",
            'part_of = "toy-expulsion"\nin_model = true',
            "part_of toy-expulsion: leads back to itself",
        ),
        (
            "policies.toml",
            "in_model = true",
            'effect = { amount = { value = 5, unit = "people" } }\nin_model = true',
            "effect people: unknown unit; use one of",
        ),
        (
            "policies.toml",
            "in_model = true",
            'effect = { amount = { value = 5, unit = "ratio", basis = "assumed" } }\nin_model = true',
            "effect 5.0: an assumed amount needs low and high",
        ),
        ("scenarios.toml", "day = 2022-06-01", "day = 2022-13-01", "day 2022-13-01: is no TOML"),
        (
            "scenarios.toml",
            "day = 2022-06-01",
            "day = 2022-02-01",
            "day 2022-02-01: toy-expulsion begins on 2022-02-01",
        ),
        (
            "scenarios.toml",
            'policy = "toy-expulsion"',
            'policy = "toy-exp"',
            "policy toy-exp: unknown policy",
        ),
        (
            "scenarios.toml",
            'base = "expulsion-stays"',
            'base = "expulsion"',
            "base expulsion: unknown scenario; use one of expulsion-stays",
        ),
        (
            "scenarios.toml",
            'base = "expulsion-stays"',
            'base = "expulsion-ends"',
            "base expulsion-ends: leads back to itself",
        ),
        ("scenarios.toml", 'base = "expulsion-stays"', 'bases = "expulsion-stays"', "bases: key is unknown"),
        (
            "scenarios.toml",
            'base = "expulsion-stays"',
            'rules = "fleet"',
            "rules fleet: input should be 'travesia' or 'flee'",
        ),
        (
            "scenarios.toml",
            'base = "expulsion-stays"',
            'without = ["toy-nothing"]',
            "without toy-nothing: unknown policy",
        ),
        (
            "scenarios.toml",
            'nationalities = ["XAA"]',
            'nationalities = ["XXX"]',
            "nationalities XXX: unknown nationality",
        ),
        (
            "scenarios.toml",
            'unit = "ratio"',
            'unit = "percent"',
            "amount percent: unknown unit; a factor has the unit ratio",
        ),
        ("scenarios.toml", "low = 1.0, high = 1.5, ", "", "amount 1.2: an assumed amount needs low and high"),
        ("scenarios.toml", "value = 1.2, ", "", "amount: has no value"),
        (
            "scenarios.toml",
            "ramp = [0.5, 1.0]",
            "ramp = [0.5, 2.0]",
            "ramp 2.0: input should be less than or equal to 1",
        ),
        (
            "scenarios.toml",
            "ramp = [0.5, 1.0]",
            'base_month = "2022-13"',
            "base_month 2022-13: string should match pattern",
        ),
        (
            "parameters.toml",
            "low = 0.30, high = 0.55",
            "low = 0.5, high = 0.55",
            "amount 0.4: low 0.5 is above the value 0.4",
        ),
        ("parameters.toml", "value = 0.40", "value = nan", "value nan: input should be a finite number"),
        (
            "parameters.toml",
            'id = "retry-delay-days"',
            'id = "retry-after-expulsion"',
            "id retry-after-expulsion: stands twice",
        ),
        (
            "parameters.toml",
            'id = "retry-delay-days"',
            'instead_of = "retry-after-expulsion"\nid = "retry-delay-days"',
            "instead_of retry-after-expulsion: stands without nationalities",
        ),
        (
            "parameters.toml",
            'id = "retry-delay-days"',
            'instead_of = "retry"\nnationalities = ["XAA"]\nid = "retry-delay-days"',
            "instead_of retry: is no parameter above that applies by itself",
        ),
        (
            "parameters.toml",
            'id = "retry-delay-days"',
            'instead_of = "flown-share"\nnationalities = ["XAA"]\nid = "retry-delay-days"',
            "instead_of flown-share: replaces an amount in another unit",
        ),
    ],
)
def test_one_line_names_file_line_and_fault(broken: Region, file: str, old: str, new: str, said: str) -> None:
    path = spoil(broken, file, old, new)
    text = fault(broken)
    first = new.partition("\n")[0]
    rows = [
        n
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if first and first in line
    ]
    place, _, rest = text.removeprefix(f"{path}:").partition(": ")
    assert text.startswith(f"{path}:")
    assert rest.startswith(said), text
    assert not rows or int(place) in rows, text


@pytest.mark.parametrize(
    ("add", "said"),
    [
        ('id = "toy-expulsion"', "id toy-expulsion: stands twice"),
        ('id = "toy-new"\npart_of = "toy-none"', "part_of toy-none: unknown policy"),
        ('id = "toy-new"\nwho = "all"', "who: key is unknown"),
    ],
)
def test_an_added_policy_is_checked_like_any_other(broken: Region, add: str, said: str) -> None:
    path = broken.folder / "scenarios.toml"
    block = POLICY.replace("[[policies]]", "[[scenarios.expulsion-ends.add]]").replace(
        'id = "toy-third"', add
    )
    path.write_text(path.read_text(encoding="utf-8") + block, encoding="utf-8")
    text = fault(broken)
    assert said in text
    assert text.startswith(f"{path}:{line_of(path, add.splitlines()[-1])}: ")


def test_a_scenario_changes_only_parameters_that_there_are_in_their_unit(broken: Region) -> None:
    path = broken.folder / "scenarios.toml"
    text = path.read_text(encoding="utf-8")
    block = (
        '\n[[scenarios.expulsion-ends.parameters]]\nid = "{}"\n'
        'amount = {{ value = 1, unit = "{}" }}\nwhy = "x"\n'
    )
    path.write_text(text + block.format("retries", "ratio"), encoding="utf-8")
    assert "id retries: unknown parameter; use one of parameters.toml" in fault(broken)
    path.write_text(text + block.format("retry-delay-days", "weeks"), encoding="utf-8")
    assert "amount weeks: unknown unit; this parameter has the unit days" in fault(broken)


def test_an_unknown_scenario_is_named_with_those_that_there_are(americas: Region) -> None:
    with pytest.raises(UnknownIdsError) as raised:
        load_scenario(americas, "title-43-stays")
    assert str(raised.value).startswith(
        "pack americas: unknown scenario title-43-stays; use an id of scenarios.toml: title-42-stays, "
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"XAA"', '"QQQ"', "unknown nationality QQQ; use an id of countries.csv"),
        (
            '"xb-bosque--xb-cruce--road"',
            '"xb-wald"',
            "unknown place or link xb-wald; use an id of places.csv or routes.csv",
        ),
        ('"XCC"', '"ZZZ"', "unknown state ZZZ; use an id of countries.csv"),
        (
            "xb-bosque--xb-cruce--road",
            "xb-cruce--xb-bosque--bus_controlled",
            "unknown place or link xb-cruce--xb-bosque--bus_controlled",
        ),
    ],
)
def test_unknown_ids_are_named(broken: Region, old: str, new: str, said: str) -> None:
    path = broken.folder / "policies.toml"
    path.write_text(path.read_text(encoding="utf-8") + POLICY.replace(old, new), encoding="utf-8")
    assert said in fault(broken)


def test_a_two_way_link_may_be_named_in_either_direction(broken: Region) -> None:
    path = broken.folder / "policies.toml"
    back = POLICY.replace("xb-bosque--xb-cruce--road", "xb-cruce--xb-bosque--road")
    path.write_text(path.read_text(encoding="utf-8") + back, encoding="utf-8")
    assert len(load_scenario(broken, "expulsion-stays").policies) == 3


@pytest.mark.parametrize("file", ["policies.toml", "scenarios.toml", "parameters.toml"])
def test_a_missing_file(broken: Region, file: str) -> None:
    (broken.folder / file).unlink()
    assert fault(broken).startswith(f"{broken.folder / file}: file is missing; ")


@pytest.mark.parametrize("file", ["policies.toml", "scenarios.toml", "parameters.toml"])
def test_a_file_in_latin_1(broken: Region, file: str) -> None:
    (broken.folder / file).write_bytes("# Boscânia\n".encode("latin-1"))
    assert fault(broken) == f"{broken.folder / file}: is not UTF-8; save it as UTF-8"


@pytest.mark.parametrize("file", ["policies.toml", "scenarios.toml", "parameters.toml"])
def test_a_folder_in_place_of_a_file(broken: Region, file: str) -> None:
    (broken.folder / file).unlink()
    (broken.folder / file).mkdir()
    with pytest.raises(InputError, match=r"cannot be read|file is missing"):
        load_scenario(broken, "expulsion-ends")


def test_a_file_cut_off(broken: Region) -> None:
    path = broken.folder / "scenarios.toml"
    path.write_text("[scenarios.a]\ntitle = [\n", encoding="utf-8")
    assert fault(broken, "a").startswith(f"{path}:2: title [: is no TOML (")


def test_policies_of_several_files_are_read_as_one(broken: Region) -> None:
    folder = broken.folder / "policies"
    folder.mkdir()
    shutil.move(broken.folder / "policies.toml", folder / "a.toml")
    (folder / "b.toml").write_text(POLICY, encoding="utf-8")
    assert len(load_policies(broken.folder)) == 3
    (folder / "c.toml").write_text(POLICY, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"policies/c\.toml:3: id toy-third: stands twice"):
        load_policies(broken.folder)
    (folder / "c.toml").write_text('[groups.places]\nborder = ["xc-duna"]\n', encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"c\.toml:2: border border: group stands twice"):
        load_policies(broken.folder)


def test_a_plan_names_policies_that_there_are(broken: Region) -> None:
    path = broken.folder / "policies.toml"
    plan = (
        '\n[[plans]]\npolicy = "toy-expulsion"\nsaid_by = "nobody"\nknown = 2022-03-01\nsource = "invented"\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + plan, encoding="utf-8")
    assert "said_by nobody: unknown policy" in fault(broken)


def test_a_project_adds_its_scenarios_and_overrides_files(toy: Region, tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text('format = 1\npack = "toy"\n', encoding="utf-8")
    own = '[scenarios.mine]\ntitle = "Mine"\nbase = "expulsion-ends"\nwithout = ["toy-returns"]\n'
    (tmp_path / "scenarios.toml").write_text(own, encoding="utf-8")
    project = replace(toy, folder=tmp_path)
    assert scenario_names(project) == ("expulsion-stays", "expulsion-ends", "mine")
    assert [policy.id for policy in load_scenario(project, "mine").policies] == ["toy-expulsion"]
    (tmp_path / "overrides").mkdir()
    few = '[[parameters]]\nid = "x"\ntitle = "X"\namount = { value = 1, unit = "days" }\nwhy = "mine"\n'
    (tmp_path / "overrides" / "parameters.toml").write_text(few, encoding="utf-8")
    assert [parameter.id for parameter in load_parameters(project.folder)] == ["x"]
    (tmp_path / "scenarios.toml").write_text(own.replace("mine", "expulsion-ends"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"scenarios\.toml:1: .*the pack has a scenario of this name"):
        scenario_names(project)


@given(st.text(max_size=60), st.integers(0, 2000))
def test_garbage_anywhere_is_one_line_or_still_a_scenario(
    toy: Region, tmp_path_factory: pytest.TempPathFactory, garbage: str, at: int
) -> None:
    folder = tmp_path_factory.mktemp("garbage")
    for name in ("policies.toml", "scenarios.toml", "parameters.toml", "pack.toml"):
        shutil.copy(toy.folder / name, folder / name)
    text = (folder / "scenarios.toml").read_text(encoding="utf-8")
    at = min(at, len(text))
    (folder / "scenarios.toml").write_text(text[:at] + garbage + text[at:], encoding="utf-8")
    try:
        told = load_scenario(replace(toy, folder=folder), "expulsion-ends").title
    except InputError as error:
        told = str(error)
    assert "\n" not in told
